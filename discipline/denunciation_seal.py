"""Who is named on a denunciation, and as what; the second person is another inspection officer."""

from cells.permissions import Permission
from discipline.models import DenunciationReader
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
