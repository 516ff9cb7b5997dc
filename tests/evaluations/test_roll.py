"""What the roll knows of somebody on a day: states, and legal proceedings, from rows of their own."""

from datetime import date
from types import SimpleNamespace

import pytest

from evaluations.roll import papers_on, voter
from members.models import Overlay, Proceeding
from tests.factories import MemberFactory


@pytest.mark.parametrize(
    ("day", "prosecuted"),
    [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 8, 31), True), (date(2026, 9, 1), False)],
)
def test_proceedings_take_a_member_out_of_the_voting_base_while_they_last(tree, day, prosecuted):
    member = MemberFactory(home=tree.here)
    Overlay.objects.create(member=member, kind="exempt", started_on=date(2026, 2, 1), decision="NQ 3")
    for stage, first, last in (("charged", 6, 7), ("detained", 7, 9), ("closed", 9, None)):
        ended_on = date(2026, last, 1) if last else None
        Proceeding.objects.create(member=member, stage=stage, started_on=date(2026, first, 1), ended_on=ended_on)
    papers = papers_on([member.pk], day)[member.pk]
    found = voter(SimpleNamespace(pk=1, member=member, attended=True), papers, day)
    assert (found.prosecuted, found.exempt, papers.on("exempt")) == (prosecuted, True, "NQ 3, từ ngày 01/02/2026")
