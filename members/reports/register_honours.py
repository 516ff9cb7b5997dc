"""Registers of a year: cards given out, badges awarded, rewards (38-HD/BTCTW, V.1). Card numbers stay masked."""

from dataclasses import dataclass

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


NO_NUMBER, NOT_HANDED = "chưa ghi số", "chưa ghi ngày trao"
NUMBER_CELL, HANDED_CELL = 6, 9


@dataclass(frozen=True)
class BadgeLine:
    """A badge that was awarded, and the home of the day."""

    badge: Badge
    home: str

    @property
    def paper(self):
        badge = self.badge
        return ", ".join(filter(None, (badge.decision, partial(badge.decided_on, badge.decided_precision))))

    @property
    def cells(self):
        """The line as it prints."""
        badge = self.badge
        return (
            *_who(badge.member, self.home), badge.level, badge.get_kind_display(), badge.number, self.paper,
            written(badge.round_on), written(badge.handed_on),
        )  # fmt: skip

    @property
    def lacks(self):
        return lacking(self.cells)


def lacking(cells):
    """What is not known yet of a line of the register of badges."""
    words = {NO_NUMBER: cells[NUMBER_CELL], NOT_HANDED: cells[HANDED_CELL]}
    return tuple(word for word, value in words.items() if not value)


def what_badges_lack(rows):
    """“Chưa ghi số: 2; chưa ghi ngày trao: 3.”, or nothing."""
    found = [word for cells in rows for word in lacking(cells)]
    words = "; ".join(f"{word}: {found.count(word)}" for word in (NO_NUMBER, NOT_HANDED) if word in found)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def badges(places, first, last):
    """Badges by the day of the decision."""
    return [line.cells for line in badge_lines(places, decided_on__gte=first, decided_on__lte=last)]


def badge_lines(places, **which):
    """Badges awarded to those whose home of the day lies in the branch, in order of the day of the decision."""
    rows = Badge.objects.awarded().filter(**which)
    ordered = rows.order_by("decided_on", "-level", "member__sort_key", "id")
    return [BadgeLine(badge, home) for badge, home in _at_home(places, ordered)]


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
