"""A record looked at again right after it was written, and whoever is named in a pair with it."""

from django.utils import timezone

from members.importing.known import chunks
from members.models import Finding, Member
from members.quality.finding import look_at
from members.quality.store import settle


def look_again(member, *, on=None):
    """Bring the findings about one record in line with it, in the transaction that wrote it."""
    on = on or timezone.localdate()
    partners = _partners(member)
    _settle(member, on)
    look_at_each(partners | _partners(member), on=on)


def look_at_each(ids, *, on):
    """Look at few records by their ids."""
    for part in chunks(sorted(ids)):
        for member in Member.objects.standing().filter(pk__in=part).order_by("pk"):
            _settle(member, on)


def _settle(member, on):
    settle(look_at(member, on), Finding.objects.about(member), on=on)


def _partners(member):
    """Who stands in a pair with the record."""
    pairs = Finding.objects.about(member).lasting().exclude(other=None).values_list("member_id", "other_id")
    return {key for pair in pairs for key in pair} - {member.pk}
