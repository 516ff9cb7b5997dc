"""Who is counted when a cell or a committee votes: the facts of a day as `members.rules.vote_base` asks for them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, Value

from members.enums import COMMITTEE_TITLES, INSPECTION_TITLES, MembershipKind, OverlayKind, PostTitle
from members.models import Member, Membership, Overlay, Post, Proceeding, Transfer
from members.readmissions import Readmissions
from members.rules import EXCLUSIONS, Voter

BOARD_TITLES = COMMITTEE_TITLES - {PostTitle.COMMITTEE_MEMBER}
AWAY = "temporary"
SUSPENDED_FROM_COMMITTEE = (OverlayKind.SUSPENDED, OverlayKind.COMMITTEE_SUSPENDED)


@dataclass(frozen=True)
class Assembly:
    """The people of a body on a day: names by id, and each as the voting base sees him."""

    names: dict
    voters: tuple

    @property
    def may_attend(self):
        """(id, name) of those exempt or away, who are counted when they come and vote."""
        return tuple((each.key, self.names[each.key]) for each in self.voters if _counts_when_there(each))

    def left_out(self, exclusions):
        """Who is not in the base and why, by name."""
        return tuple({"name": self.names[each.key], "reason": EXCLUSIONS[each.reason]} for each in exclusions)


def _counts_when_there(voter):
    return voter.official and (voter.exempt or voter.temporary_elsewhere) and not (voter.suspended or voter.prosecuted)


def cell_assembly(cell, day, attended=()):
    """Everybody officially in a cell on `day`; `attended` are ids of those exempt or away who came and voted."""
    people = list(Member.objects.standing().in_cell(cell, day))
    states = states_on([person.pk for person in people], day)
    official = Readmissions([person.pk for person in people])
    voters = [
        _voter(person, states[person.pk], attended, official=official.official_on(person, day) is not None)
        for person in people
    ]
    return Assembly({str(person.pk): str(person) for person in people}, tuple(voters))


def committee_assembly(organisation, day, attended=(), *, board=False):
    """Everybody with a post in the committee of a body on `day`, of its standing board alone where `board`."""
    return _in_office(organisation, day, attended, BOARD_TITLES if board else COMMITTEE_TITLES)


def commission_assembly(organisation, day, attended=()):
    """Everybody with a post in the inspection commission of the committee of a body on `day`."""
    return _in_office(organisation, day, attended, INSPECTION_TITLES)


def _in_office(organisation, day, attended, titles):
    posts = Post.objects.on(day).filter(organisation=organisation, title__in=titles, member__voided_at__isnull=True)
    people = {post.member_id: post.member for post in posts.select_related("member").order_by("member__sort_key")}
    states = states_on(list(people), day)
    voters = [
        _voter(person, states[pk], attended, official=True, suspended=SUSPENDED_FROM_COMMITTEE)
        for pk, person in people.items()
    ]
    return Assembly({str(pk): str(person) for pk, person in people.items()}, tuple(voters))


def states_on(members, day):
    """What weighs on each of some people on `day`: kinds of overlays, proceedings as "prosecuted", "temporary"."""
    away = Membership.objects.on(day).filter(kind=MembershipKind.TEMPORARY, member__in=members).order_by()
    abroad = Transfer.objects.away(day).filter(to_organisation__isnull=True, member__in=members).order_by()
    stages = Proceeding.objects.weighing(day).filter(member__in=members).order_by()
    overlays = Overlay.objects.on(day).filter(member__in=members).order_by()
    found = defaultdict(set)
    rows = overlays.values_list("member_id", "kind").union(
        _called(stages, OverlayKind.PROSECUTED), _called(away, AWAY), _called(abroad, AWAY), all=True
    )
    for member, kind in rows:
        found[member].add(kind)
    return found


def _called(rows, kind):
    return rows.annotate(state_kind=Value(str(kind), output_field=CharField())).values_list("member_id", "state_kind")


def _voter(person, states, attended, *, official, suspended=(OverlayKind.SUSPENDED,)):
    away, exempt = AWAY in states, OverlayKind.EXEMPT in states
    return Voter(
        key=str(person.pk),
        official=official,
        present=str(person.pk) in attended or not (away or exempt),
        temporary_elsewhere=away,
        exempt=exempt,
        suspended=any(kind in states for kind in suspended),
        prosecuted=OverlayKind.PROSECUTED in states,
    )
