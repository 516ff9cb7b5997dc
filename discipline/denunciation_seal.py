"""Who is named on a denunciation, and as what; the second person is another inspection officer."""

from cells.models import User
from cells.permissions import Permission
from discipline.models import Denunciation, DenunciationReader
from discipline.sealing import inspectors_over


def reader_of(user, denunciation):
    """The line by which a denunciation names `user` itself; None for those who see it through its case."""
    return DenunciationReader.objects.of_user(user).filter(denunciation=denunciation).first()


def is_accused(user, denunciation):
    """Whether an account is that of the member whom a denunciation is about."""
    return denunciation.member_id is not None and denunciation.member.user_id == user.pk


def seconds_for(denunciation):
    """Inspection officers above the body that received it."""
    return inspectors_over(denunciation.organisation, Permission.CASES_WORK)


def readers_for(denunciation, day):
    """Accounts that can be named on it: of those who answer for such matters at the body or the cell of the member."""
    bodies = [denunciation.organisation, *([denunciation.member.home] if denunciation.member else [])]
    known = {
        user for body in bodies for user in User.objects.granted(Permission.CASES_REPORT, body, day).values_list("pk")
    }
    return User.objects.filter(pk__in=[pk for (pk,) in known]).order_by("full_name", "pk")


def orphans_of(user, day):
    """Denunciations that an inspection head gives to somebody, as nobody in office has them."""
    if not user.holds(Permission.CASES_SEAL):
        return Denunciation.objects.none()
    return Denunciation.objects.orphaned(user, day).select_related("organisation")
