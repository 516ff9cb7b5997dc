"""A slip for a move warns those of the case, and nobody else of anything."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from discipline.models import Case, CaseDecision
from tests.discipline.beside_cases import suspended
from tests.discipline.cases import accused_in, case_on, opened
from tests.members.moving import issue, request
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
WORDS = "Đảng viên đã được cấp giấy chuyển sinh hoạt ngày 10/09/2026, đến Chi bộ Khóm 2."


@pytest.fixture
def moved(tree, cast):
    """A case whose member was given a slip to the cell next door."""
    member = accused_in(tree.here)
    case = opened(case_on(member, cast.inspector), cast.inspector)
    issue(request(member, tree.next_door, by=cast.secretary, kind="internal"), by=cast.officer)
    return case


def shown(client, name, *args):
    return client.get(reverse(f"discipline:{name}", args=args)).content.decode()


def test_those_of_the_case_are_warned(cast, moved, as_):
    client = as_(cast.inspector)
    assert WORDS in shown(client, "cases")
    assert WORDS in shown(client, "file", moved.pk)
    assert WORDS not in shown(as_(cast.head), "cases")


def test_a_slip_before_the_signal_or_a_case_that_is_over_does_not(tree, cast, moved, as_):
    later = case_on(moved.member, cast.inspector, signal_on=date(2026, 10, 1))
    opened(later, cast.inspector)
    assert WORDS not in shown(as_(cast.inspector), "file", later.pk)
    Case.objects.filter(pk=moved.pk).update(state="closed_no_violation")
    assert WORDS not in shown(as_(cast.inspector), "cases")


@pytest.mark.parametrize(("days_ago", "is_open"), [(0, True), (200, False)])
def test_the_window_of_appeal_is_told(tree, cast, moved, as_, today, days_ago, is_open):
    received = date.fromordinal(today.toordinal() - days_ago)
    CaseDecision.objects.create(
        case=moved, form="KT", subject="official", organisation=tree.east, body="base_committee",
        signed_on=received, announced_on=received, received_on=received,
    )  # fmt: skip
    Case.objects.filter(pk=moved.pk).update(state="in_force")
    assert ("Thời hạn khiếu nại còn đến hết" in shown(as_(cast.inspector), "file", moved.pk)) is is_open


def test_nobody_else_learns_of_it(cast, moved, as_):
    words = " ".join(f"{line.subject_label} {line.data}" for line in LogEntry.objects.exclude(action="x"))
    assert str(moved.pk) not in words
    transfer = moved.member.transfers.get()
    for name in ("secretary", "officer", "staff"):
        page = as_(getattr(cast, name)).get(reverse("members:transfer", args=[transfer.pk]))
        assert "kỷ luật" not in page.content.decode().split("<main", 1)[-1]


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_asks_little(tree, cast, as_, today, number):
    for _ in range(number):
        member = accused_in(tree.here)
        suspended(member, cast.inspector, started=date.fromordinal(today.toordinal() - 86))
        case_on(member, cast.inspector)
        issue(request(member, tree.next_door, by=cast.secretary, kind="internal"), by=cast.officer)
    assert queries_of(as_(cast.inspector), reverse("discipline:cases")) <= MOST


@pytest.mark.parametrize("page", ["file", "beside"])
def test_pages_of_the_case_ask_little(tree, cast, moved, as_, page):
    CaseDecision.objects.create(
        case=moved, form="KT", subject="official", organisation=tree.east, body="base_committee",
        signed_on=date(2026, 11, 1), received_on=date(2026, 11, 2),
    )  # fmt: skip
    assert queries_of(as_(cast.inspector), reverse(f"discipline:{page}", args=[moved.pk])) <= MOST
