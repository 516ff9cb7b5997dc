"""A case whose member was taken back by an import goes on under the record that stands."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.models import JournalEntry
from members.forms.choosing import member_label
from members.models import Member, Sanction
from tests.discipline.cases import accused_in, case_on, opened
from tests.discipline.inspection_cases import person, refreshed
from tests.discipline.vote_cases import announced, ballot, cell_of, waiting
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return cast.inspector


def taken_back(member):
    Member.objects.filter(pk=member.pk).update(voided_at=timezone.now(), void_reason="hoàn tác đợt nhập")


def test_the_case_goes_on_under_the_record_that_stands(tree, by, as_):
    accused, _ = cell_of(tree.here, 6)
    case = opened(waiting(accused, by), by)
    actions.vote_in_cell(case, ballot({"CC": 5}), by=by)
    taken_back(accused)
    again = MemberFactory(home=tree.here, full_name=accused.full_name, official_on=accused.official_on)
    client, logged = as_(by), LogEntry.objects.count()
    assert (
        reverse("discipline:point_to_record", args=[case.pk])
        in client.get(reverse("discipline:case", args=[case.pk])).content.decode()
    )
    address = reverse("discipline:point_to_record", args=[case.pk])
    assert client.post(address, {"member": member_label(again)}).status_code == 422
    assert client.post(address, {"member": member_label(again), "reason": "nhập lại danh sách"}).status_code == 302
    assert refreshed(case).member == again
    line = JournalEntry.objects.filter(case=case, action="point_to_record").get()
    assert (line.reason, line.actor, line.data["from"]) == ("nhập lại danh sách", by, str(accused.pk))
    assert LogEntry.objects.count() == logged
    announced(refreshed(case), by)
    assert Sanction.objects.standing().get().member == again


def test_only_where_the_record_was_taken_back(tree, by):
    case, other = case_on(accused_in(tree.here), by), MemberFactory(home=tree.here)
    with pytest.raises(NotAllowed, match="vẫn còn trong danh sách"):
        actions.point_to_record(case, other, reason="x", by=by)
    actions.add_team_member(case, person("", member=other), by=by)
    taken_back(case.member)
    with pytest.raises(ValidationError, match="đưa ra khỏi tổ trước"):
        actions.point_to_record(case, other, reason="x", by=by)
    reader = MemberFactory(home=tree.here, user=by)
    with pytest.raises(ValidationError, match="thôi cho xem"):
        actions.point_to_record(case, reader, reason="x", by=by)
    with pytest.raises(ValidationError, match="cũng đã hủy"):
        actions.point_to_record(case, case.member, reason="x", by=by)
    assert refreshed(case).member_id == case.member_id


def test_an_announced_decision_stays_where_it_was_written(tree, by):
    accused, _ = cell_of(tree.here, 6)
    case = waiting(accused, by)
    actions.vote_in_cell(case, ballot({"CC": 5}), by=by)
    announced(refreshed(case), by)
    taken_back(accused)
    with pytest.raises(NotAllowed, match="từ giấy tờ"):
        actions.point_to_record(case, MemberFactory(home=tree.here), reason="x", by=by)
