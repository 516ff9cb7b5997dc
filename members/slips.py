"""Slips as rows: locked for one writer at a time, and numbered one after the other."""

from django.core.exceptions import ValidationError
from django.db.models import Max

from members.models import Member, Transfer


def lock_member(member):
    """The member as he stands now; his moves are written by one at a time."""
    return Member.objects.standing().select_for_update(of=("self",)).get(pk=member.pk)


def lock_members(ids):
    """All of them in one order, so that two people who act on the same ones wait instead of blocking each other."""
    return list(Member.objects.standing().select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


def lock_transfer(transfer):
    """The move as it stands now, its member locked before it."""
    lock_member(transfer.member)
    rows = Transfer.objects.select_for_update(of=("self",))
    return rows.select_related("member", "from_organisation", "to_organisation", "common").get(pk=transfer.pk)


def next_slip_number(common, kind, year):
    """The number after the highest that the body gave to slips of that kind in that year."""
    rows = Transfer.objects.filter(common=common, kind=kind, slip_year=year)
    return (rows.aggregate(highest=Max("slip_number"))["highest"] or 0) + 1


def refuse_before(name, day, earliest, words):
    """`ValidationError` on the field `name` when `day` lies before another day of the same move."""
    if day < earliest:
        raise ValidationError({name: f"{words} {earliest:%d/%m/%Y}."})
