"""The committee of a body: on a day, or everybody who sat in it during a term; and who sits highest where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from cells.models import Organisation, OrganisationVersion, Term
from cells.trees import tree_on
from members.enums import COMMITTEE_TITLES, INSPECTION_TITLES, MembershipKind, PostTitle
from members.models import Member, Membership, Post
from members.posts import by_rank, post_rules, title_words
from members.rules.posts import Sitting, hints

LOWEST_LEVEL = 99  # of a body whose level nobody wrote down


@dataclass(frozen=True)
class Seat:
    """One person of the committee with every title held there, the highest first."""

    member: Member
    titles: tuple[str, ...]
    cell: str
    posts: tuple[Post, ...]

    @property
    def started_on(self):
        """The first day of the earliest of these posts."""
        return min(post.started_on for post in self.posts)


@dataclass(frozen=True)
class Committee:
    """Who sits in the committee and the inspection commission of a body, on `on` or at any time of `term`."""

    organisation: Organisation
    name: str
    kind: str
    on: date
    term: Term | None
    whole_term: bool
    posts: tuple[Post, ...]

    @property
    def committee_posts(self):
        return [post for post in self.posts if post.title in COMMITTEE_TITLES]

    @property
    def inspection_posts(self):
        return [post for post in self.posts if post.title in INSPECTION_TITLES]

    @property
    def other_posts(self):
        return [post for post in self.posts if post.title not in COMMITTEE_TITLES | INSPECTION_TITLES]

    @property
    def seats(self):
        """People of the committee, the secretary first; each once with all titles."""
        held = defaultdict(list)
        for post in self.posts:
            held[post.member_id].append(post)
        seated = [posts for posts in held.values() if any(post.title in COMMITTEE_TITLES for post in posts)]
        return [self._seat(posts) for posts in sorted(seated, key=lambda posts: by_rank(posts[0]))]

    def _seat(self, posts):
        member = posts[0].member
        titles = tuple(dict.fromkeys(title_words(post.title, self.kind) for post in posts))
        return Seat(member, titles, member.home.name, tuple(posts))


def committee_on(organisation, day):
    """The committee as it stands on a day."""
    terms = Term.objects.on(day).filter(organisation=organisation)
    rows = _posts(organisation, day).on(day)
    return _committee(organisation, day, terms.first(), rows)


def committee_of_term(organisation, term, day):
    """Everybody who sat in the committee at any time of a term, those who left on the way too."""
    rows = _posts(organisation, day).standing().overlapping(term.started_on, term.ended_on)
    rows = [post for post in rows if post.term_id in (term.pk, None)]
    return _committee(organisation, day, term, rows, whole_term=True)


def left_over_posts(organisation, term):
    """Posts of earlier terms that nobody has ended though `term` began."""
    rows = _posts(organisation, term.started_on).standing().open().filter(started_on__lt=term.started_on)
    return sorted((post for post in rows if post.term_id != term.pk), key=by_rank)


def committee_hints(committee):
    """What somebody should look at in a committee as it stands on its day."""
    sittings = [
        Sitting(
            person=str(posts[0].member),
            titles=frozenset(post.title for post in posts),
            probationary=posts[0].member.official_on is None or posts[0].member.official_on > committee.on,
            on_roll=posts[0].on_roll,
        )
        for posts in _by_member(committee.posts)
    ]
    return hints(post_rules(committee.organisation, committee.on), sittings)


def members_by_level(organisation, day):
    """Committee members of `organisation` and all bodies below it on a day, each person once at the highest level.

    {level: ids of members}; a cell's secretary and deputy count as members of its committee even where there is none
    (the software's default; organisation.md, section 8).
    """
    levels = {node.id: node.level or LOWEST_LEVEL for node in tree_on(day).below(organisation.pk)}
    rows = Post.objects.on(day).filter(title__in=COMMITTEE_TITLES, organisation__in=levels)
    highest: dict = {}
    for member, body in rows.values_list("member_id", "organisation_id"):
        highest[member] = min(levels[body], highest.get(member, LOWEST_LEVEL))
    found = defaultdict(set)
    for member, level in highest.items():
        found[level].add(member)
    return dict(found)


def _posts(organisation, day):
    """Posts in a body with their people, and whether each was on the roll of members on `day`."""
    official = Membership.objects.on(day).filter(member=OuterRef("member"), kind=MembershipKind.OFFICIAL)
    rows = Post.objects.filter(organisation=organisation).select_related("member__home", "term", "organisation")
    return rows.annotate(on_roll=Exists(official))


def _committee(organisation, day, term, rows, *, whole_term=False):
    version = OrganisationVersion.objects.on(day).filter(organisation=organisation).first()
    return Committee(
        organisation=organisation,
        name=version.name if version else organisation.name,
        kind=version.kind if version else organisation.kind,
        on=day,
        term=term,
        whole_term=whole_term,
        posts=tuple(sorted(rows, key=by_rank)),
    )


def _by_member(posts):
    held = defaultdict(list)
    for post in posts:
        held[post.member_id].append(post)
    return held.values()


def is_secretary_of_cell(post):
    """Whether ending the post should end a role of cell secretary too."""
    return post.title == PostTitle.SECRETARY and post.organisation.is_cell
