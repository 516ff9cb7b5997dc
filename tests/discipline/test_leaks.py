"""Nobody learns of a case that does not name him: every answer stays the same, byte for byte, while it is worked on."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from discipline import actions
from discipline.actions.decisions import AnnounceEntry
from members.voters import cell_assembly
from tests.discipline.cases import accused_in, case_on
from tests.discipline.inspection_cases import ON, refreshed, step, verified, violation
from tests.discipline.vote_cases import HELD_ON, ballot, cell_of
from tests.discipline.walking import answers
from tests.things import things

pytestmark = [pytest.mark.django_db, pytest.mark.long]
OTHERS = ["secretary", "stranger", "officer", "other_officer", "staff", "head", "reader", "administrator"]

# What may show from the announcement on, and to whom (discipline.md, section 15): the fact of the decision on the pages
# about the member and its line in the log; to inspection officers above, not named, their figures of what is announced.
OF_THE_MEMBER = {"members:member", "members:sheet", "members:print_sheet", "members:dossier", "log"}
SHOWS = {
    "secretary": OF_THE_MEMBER | {"evaluations:screening_hints"},
    "officer": OF_THE_MEMBER,
    "staff": OF_THE_MEMBER,
    "head": {
        "members:member", "members:sheet", "members:show_inspection", "discipline:statistics_of",
        "discipline:behind_figure", "discipline:print_statistics", "discipline:export_statistics",
        "discipline:inspection_report", "discipline:print_inspection_report", "discipline:indicators",
    },
}  # fmt: skip


def world(tree, cast):
    """(the accused, whom everything about a member is asked of; what stands in the addresses)."""
    cell_of(tree.here, 6)
    member = accused_in(tree.here)
    found = things(tree, cast)
    about = {name: {"member_id": member.pk} for name, kept in found.items() if kept.keys() == {"member_id"}}
    return member, found | about


def worked_on(member, by):
    """A case from the signal to the decision of the cell, which is not announced; another that ended without one."""
    case = verified(case_on(member, by), by)
    actions.add_violation(case, violation(), on=ON, by=by)
    actions.submit_report(refreshed(case), step(HELD_ON, "12-BC/TKT"), by=by)
    case = refreshed(case)
    voters = [each for each in cell_assembly(member.home, HELD_ON).voters if each.official]
    actions.vote_in_cell(case, ballot({"KT": len(voters) - 3, "CC": 0, "KTR": 0}), by=by)
    other = case_on(member, by)
    actions.triage(other, step(other.signal_on), by=by)
    actions.file_signal(refreshed(other), step(other.signal_on, "05-TB/UBKT", "không có dấu hiệu"), by=by)
    return refreshed(case)


def differing(before, after):
    """The pages, by name, that answer otherwise."""
    return {resolve(urlsplit(each).path).view_name for each in before if before[each] != after[each]}


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_shows_before_the_announcement_and_then_only_what_is_listed(tree, cast, name):
    member, found = world(tree, cast)
    user = getattr(cast, name)
    before = answers(user, found)
    case = worked_on(member, cast.inspector)
    worked = answers(user, found)
    assert differing(before, worked) == set()
    entry = AnnounceEntry(
        on=HELD_ON, received_on=HELD_ON, number="03-QĐ/CB", signed_on=HELD_ON, signer="An", position="Bí thư"
    )
    actions.announce(case, entry, by=cast.inspector)
    assert differing(worked, answers(user, found)) == SHOWS.get(name, set())
