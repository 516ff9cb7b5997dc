"""Registers of a year: cards given out, badges awarded, rewards (38-HD/BTCTW, V.1). Card numbers stay masked."""

from members.models import Award, Badge, Membership, PartyCard
from members.models.member import mask
from members.reports.register_words import born, partial, written


def cards(places, first, last):
    """Cards by their day of issue."""
    rows = PartyCard.objects.standing().exclude(number="").filter(issued_on__gte=first, issued_on__lte=last)
    for card, home in _at_home(places, rows.order_by("issued_on", "member__sort_key", "id")):
        yield (
            *_who(card.member, home), card.get_kind_display(), mask(card.number), written(card.issued_on), card.place,
            written(card.handed_on),
        )  # fmt: skip


def badges(places, first, last):
    """Badges by the day of the decision."""
    rows = Badge.objects.awarded().filter(decided_on__gte=first, decided_on__lte=last)
    for badge, home in _at_home(places, rows.order_by("decided_on", "-level", "member__sort_key", "id")):
        paper = ", ".join(filter(None, (badge.decision, partial(badge.decided_on, badge.decided_precision))))
        yield (
            *_who(badge.member, home), badge.level, badge.get_kind_display(), badge.number, paper,
            written(badge.round_on), written(badge.handed_on),
        )  # fmt: skip


def awards(places, first, last):
    """Rewards by their day."""
    rows = Award.objects.standing().filter(awarded_on__gte=first, awarded_on__lte=last)
    for award, home in _at_home(places, rows.order_by("awarded_on", "member__sort_key", "id")):
        day = partial(award.awarded_on, award.awarded_precision)
        yield (*_who(award.member, home), str(award), day, award.issuer, award.decision)


def _at_home(places, rows):
    """(row, name of the home of the day) of those whose home by then lies in the branch, the dead too."""
    people = Membership.objects.standing().filter(organisation__in=places.branch).values("member")
    return places.at_home(rows.filter(member__in=people))


def _who(member, home):
    return member.full_name, born(member), written(member.admitted_on), home
