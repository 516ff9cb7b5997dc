"""The committees of the story's bodies with their organs, and one cell that was handed over."""

from datetime import timedelta

from cells.actions.organs import add_organ
from cells.enums import OrganKind
from cells.models import Term
from cells.organs import proposed_organ
from config.demo.tree import REFORM
from members.actions.committees import CommitteeEntry, enter_committee
from members.actions.handovers import HandoverEntry, hand_over_cell
from members.enums import PostManner, PostTitle
from members.models import Member, Post
from members.posts import ORDER

T = PostTitle
SEATS = {  # who sits where, by kind; the first sit in the inspection commission too
    "province": [T.SECRETARY, T.STANDING_DEPUTY, T.DEPUTY, *[T.STANDING_MEMBER] * 6, *[T.COMMITTEE_MEMBER] * 12],
    "commune": [T.SECRETARY, T.STANDING_DEPUTY, T.DEPUTY, *[T.STANDING_MEMBER] * 4, *[T.COMMITTEE_MEMBER] * 8],
    "base_party": [T.SECRETARY, T.DEPUTY, *[T.COMMITTEE_MEMBER] * 5],
}
INSPECTION = [T.INSPECTION_HEAD, T.INSPECTION_DEPUTY, T.INSPECTION_MEMBER, T.INSPECTION_MEMBER]
ORGANS = {
    "province": [OrganKind.STANDING_COMMITTEE, OrganKind.INSPECTION, OrganKind.OFFICE, OrganKind.ORGANISATION_BOARD],
    "commune": [OrganKind.STANDING_COMMITTEE, OrganKind.INSPECTION, OrganKind.OFFICE, OrganKind.BUILDING_BOARD],
    "base_party": [],
}
DECISION = "Quyết định chỉ định cấp ủy nhiệm kỳ 2025–2030 (mẫu)"


def seat_committees(story, *, by):
    """A committee, and organs where its kind has them, for every body of the story above the cells."""
    for body in (story.root, story.commune, story.base_commune, story.deciding_base, story.sending_base):
        enter_committee(body, _entry(body), end_old=False, by=by)
        for kind in ORGANS[body.kind]:
            words = proposed_organ(kind, body.versions.get(ended_on=None).symbol)
            values = {**words, "kind": kind, "started_on": REFORM, "ended_on": None, "decision": DECISION}
            add_organ(body, values, by=by)


def hand_over_a_cell(cell, on, *, by):
    """Another official member took over from the secretary three weeks ago."""
    handed_on = on - timedelta(days=21)
    others = Member.objects.filter(home=cell, official_on__lte=handed_on).exclude(posts__title=T.SECRETARY)
    entry = HandoverEntry(others.earliest("cv_number"), handed_on, PostManner.APPOINTED, "Quyết định 15-QĐ/ĐU (mẫu)")
    hand_over_cell(cell, entry, on=on, by=by)


def _entry(body):
    """Secretaries of cells below first, then deputies; whoever sits in no other committee yet."""
    titles = SEATS[body.kind] + (INSPECTION if OrganKind.INSPECTION in ORGANS[body.kind] else [])
    rows = Post.objects.standing().filter(
        organisation__path__startswith=body.path, organisation__is_cell=True, started_on=REFORM
    )
    seated = set(Post.objects.filter(organisation__is_cell=False).values_list("member_id", flat=True))
    held = rows.exclude(member__in=seated).select_related("member").order_by("member__cv_number")
    people = [post.member for post in sorted(held, key=lambda post: ORDER[post.title])]
    seats = list(zip(people, titles, strict=False))
    seats += [(member, T.COMMITTEE_MEMBER) for member, title in seats if title == T.STANDING_MEMBER]
    return CommitteeEntry(
        started_on=REFORM,
        manner=PostManner.APPOINTED,
        decision=DECISION,
        term=Term.objects.on(REFORM).get(organisation=body),
        seats=tuple(seats),
    )
