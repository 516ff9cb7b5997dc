"""Every paper as of last 31 December is the same, byte for byte, after the tree and the people moved today."""

from datetime import date

import pytest

from cells.actions.tree_changes import change_tree
from cells.changes import verbs
from cells.changes.entries import OrganisationEntry
from cells.changes.plan import NewBody, TreeDecision
from cells.frames import draft_frame
from cells.models import Organisation, OrganisationVersion
from cells.ports import printables
from members.actions.reception import PresentedEntry, accept_transfer
from members.actions.transfers import SlipEntry, TransferEntry, issue_slip, request_transfer
from members.enums import PostTitle, TransferKind
from members.models import AnnualGrade, Member, Membership, Post
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
BEGAN, CLOSING = date(2025, 1, 1), date(2025, 12, 31)
FOUNDED = date(2020, 1, 1)


@pytest.fixture
def world(tree):
    """Three members a cell since before the year, each with a result of the year, and a secretary in each cell."""
    OrganisationVersion.objects.update(started_on=FOUNDED)
    for cell in (tree.here, tree.next_door, tree.there, tree.far, tree.school):
        for number in range(3):
            member = MemberFactory(home=cell, full_name=f"Trần Văn {cell.name[-1]}{number}", since=FOUNDED)
            AnnualGrade.objects.create(
                member=member, year=2025, scale="nhiem_vu", level="HTXSNV" if number else "HTTNV",
                organisation=cell, decided_on=CLOSING,
            )  # fmt: skip
        Post.objects.create(member=member, organisation=cell, title=PostTitle.SECRETARY, started_on=FOUNDED)
    return tree


def papers(body):
    """PDF and workbook of every printable as of the closing day, by name."""
    found = {}
    for source in printables():
        figures = source.collect(body, year=2025, on=CLOSING)
        frame = draft_frame(body, source, figures, on=CLOSING)
        found[source.name] = (source.render_pdf(figures, frame, source.sections(figures)), source.render_xlsx(figures))
    return found


def fresh(organisation):
    return Organisation.objects.select_related("parent").get(pk=organisation.pk)


def move_a_member(tree, today, by):
    member = Member.objects.filter(home=tree.there).first()
    entry = TransferEntry(
        kind=TransferKind.OFFICIAL, reason="Thay đổi nơi cư trú", requested_on=today, to_organisation=tree.school
    )
    move = request_transfer(member, entry, by=by)
    issue_slip(move, SlipEntry(issued_on=today, today=today), by=by)
    accept_transfer(move, PresentedEntry(presented_on=today), received_on=today, by=by)


def reorganise(tree, today, by):
    """Split one cell, merge two, move a base's cell under the other base, rename a base."""
    decision = TreeDecision("40-QĐ/ĐU", today, "Ban Thường vụ", today)
    people = Member.objects.filter(home=tree.here).values_list("pk", flat=True)
    parts = [NewBody(OrganisationEntry(f"Chi bộ Khóm 1{letter}", "cell", today), tree.east) for letter in "AB"]
    assigned = {str(pk): parts[place % 2] for place, pk in enumerate(people)}
    split = verbs.split(fresh(tree.here), parts, decision=decision, heir=tree.east, keeps=False, assigned=assigned)
    change_tree(split, on=today, by=by)
    change_tree(verbs.move([fresh(tree.next_door)], parent=fresh(tree.west), decision=decision), on=today, by=by)
    merged = NewBody(OrganisationEntry("Chi bộ Ấp Thượng Hạ", "cell", today), tree.west)
    merge = verbs.merge([fresh(tree.there), fresh(tree.far)], into=merged, decision=decision)
    change_tree(merge, on=today, by=by)
    change_tree(verbs.rename(fresh(tree.east), {"name": "Đảng bộ Phường Đông Mới"}, decision=decision), on=today, by=by)


@pytest.mark.parametrize("place", ["root", "east", "west"])
def test_papers_of_last_year_do_not_change_with_the_tree_of_today(world, cast, today, place):
    body = getattr(world, place)
    before = papers(body)
    move_a_member(world, today, cast.staff)
    reorganise(world, today, cast.staff)

    after = papers(fresh(body))

    assert [name for name in before if after[name] != before[name]] == []
    assert len(before) >= 6
    assert Membership.objects.standing().filter(ended_on=today).count() == 9  # three cells emptied
