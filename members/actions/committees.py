"""Committees by term: a whole committee entered at once, the posts of the old one ended, a post ended with its role."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.actions.accounts import end_role
from cells.audit import record
from cells.models import Term
from members.actions.facts import add_post, end_fact
from members.models import Member


class SeatRefused(ValidationError):
    """One line of a committee cannot be; `place` counts the lines from 0."""

    def __init__(self, place, refused):
        super().__init__(refused.messages)
        self.place = place


@dataclass(frozen=True)
class CommitteeEntry:
    """What the congress or the decision says: the first day, how they came to it, and who holds which title."""

    started_on: date
    manner: str
    decision: str
    term: Term | None
    seats: tuple[tuple[Member, str], ...]


@transaction.atomic
def enter_committee(organisation, entry, *, end_old, by):
    """Write the posts of a committee, all or none; those of a term that is over end with it.

    `end_old` first ends the posts of earlier terms on the day before.
    """
    if not entry.seats:
        raise ValidationError("Chưa ghi đồng chí nào. Hãy ghi ít nhất một người với chức vụ.")
    members = {member.pk for member, _ in entry.seats}
    old = _older_than(organisation, entry) if end_old else []
    _lock_people(members | {post.member_id for post in old})
    _end_all(old, entry.started_on, entry.decision, by)
    for place, (member, title) in enumerate(entry.seats):
        values = {
            "organisation": organisation, "title": title, "term": entry.term, "manner": entry.manner,
            "decision": entry.decision, "started_on": entry.started_on,
            "ended_on": entry.term and entry.term.ended_on,
        }  # fmt: skip
        try:
            add_post(member, values, by=by)
        except ValidationError as refused:
            raise SeatRefused(place, refused) from refused
    data = {"people": len(members), "on": str(entry.started_on), "term": str(entry.term or ""), "paper": entry.decision}
    record("members.enter_committee", organisation, by=by, data=data)


@transaction.atomic
def end_term_posts(organisation, posts, *, ended_on, paper, by):
    """End posts of an earlier term together: `ended_on` is the first day without them."""
    if not posts:
        raise ValidationError("Chưa chọn chức vụ nào để kết thúc.")
    _lock_people({post.member_id for post in posts})
    _end_all(posts, ended_on, paper, by)
    data = {"posts": len(posts), "on": str(ended_on), "paper": paper}
    record("members.end_term_posts", organisation, by=by, data=data)


@transaction.atomic
def end_post(post, *, ended_on, paper, roles, on, by):
    """End a post and with it the roles that it gave reason for; roles end today at the earliest, never in the past."""
    ended = end_fact(post, ended_on=ended_on, paper=paper, by=by)
    for role in roles:
        end_role(role, ended_on=max(ended_on, on), by=by)
    return ended


def _older_than(organisation, entry):
    rows = organisation.posts.standing().open().filter(started_on__lt=entry.started_on)
    return [post for post in rows.select_related("member__home") if post.term_id is None or post.term != entry.term]


def _lock_people(members):
    """All at once and in one order: two who change one committee do not wait for each other."""
    list(Member.objects.standing().select_for_update(of=("self",)).filter(pk__in=members).order_by("pk"))


def _end_all(posts, ended_on, paper, by):
    for post in posts:
        end_fact(post, ended_on=ended_on, paper=paper, by=by)
