"""Two people accept one move at the same moment: one of them does, the other is told so."""

import pytest

from cells.models import LogEntry
from members.models import Membership, Transfer
from tests.factories import MemberFactory
from tests.members.moving import RECEIVED, accept, issue, request, whereabouts
from tests.races import at_once


@pytest.fixture
def issued(emptied_log, tree, cast):
    return issue(request(MemberFactory(home=tree.here), tree.there, by=cast.secretary), by=cast.staff)


def test_two_acceptances_leave_one_winner(tree, cast, issued):
    first, second = (Transfer.objects.get(pk=issued.pk) for _ in range(2))

    outcomes = at_once(lambda: accept(first, by=cast.stranger), lambda: accept(second, by=cast.other_officer))

    assert sorted(outcomes) == [
        "Không thể “tiếp nhận” khi đang ở trạng thái “đã tiếp nhận”. Hãy tải lại trang.", "done",
    ]  # fmt: skip
    assert whereabouts(issued.member)[-1] == (tree.there, RECEIVED, None)
    assert Membership.objects.filter(organisation=tree.there).count() == 1
    assert LogEntry.objects.filter(action="members.accept_transfer").count() == 1


def test_two_slips_of_one_moment_get_two_numbers(emptied_log, tree, cast):
    asked = [request(MemberFactory(home=tree.here), tree.there, by=cast.secretary) for _ in range(2)]

    outcomes = at_once(*(lambda each=each: issue(each, by=cast.staff) for each in asked))

    assert outcomes == ["done", "done"]
    assert sorted(Transfer.objects.values_list("slip_number", flat=True)) == [1, 2]
