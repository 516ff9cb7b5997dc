"""Who is carried over from an earlier round is named in the new one, with his round, and counted apart."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import Job
from cells.tasks import run_job
from evaluations import actions
from evaluations.screening_board import read_board
from evaluations.screening_printing import tables
from evaluations.screening_report import read_report
from tests.evaluations.screening_cases import candidate, consulted, flags, graded, opened, voted
from tests.factories import MemberFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
FIRST, SECOND, ON = date(2026, 6, 30), date(2026, 12, 31), date(2026, 7, 5)
NAME = "Lê Văn Xét"


@pytest.fixture
def carried(tree, cast):
    """Somebody on the list since the first half of the year."""
    one = opened(tree.east, cast.officer, cutoff=FIRST, half=1)
    subject = consulted(candidate(tree.here, cast.secretary, one=one, on=ON), cast.secretary, on=ON)
    voted(subject, cast.secretary, yes=1, present=1, held_on=ON)
    actions.close_round(one, reason="hết kỳ", by=cast.officer)
    return subject


@pytest.fixture
def second(carried, tree, cast):
    return opened(tree.east, cast.officer, cutoff=SECOND, half=2)


def test_the_board_counts_him_apart(second, cast):
    board = read_board(second, cast.officer)

    assert (board.carried, board.on_list, board.flagged) == (1, 0, 0)
    assert [line.carried for line in board.lines if line.carried] == [1]


@pytest.mark.parametrize(("page", "words"), [
    ("screening_cell", "Chuyển tiếp từ đợt trước (1)"),
    ("screening_people", "chuyển tiếp từ năm 2026 (6 tháng đầu năm)"),
    ("screening_report", "năm 2026 (6 tháng đầu năm)"),
])  # fmt: skip
def test_pages_name_him_with_his_round(second, as_, cast, tree, page, words):
    place = [second.pk, tree.here.pk] if page == "screening_cell" else [second.pk]

    text = as_(cast.secretary).get(reverse(f"evaluations:{page}", args=place)).content.decode()

    assert words in text
    assert NAME in text


def test_the_report_names_him_for_whom_names_are_and_counts_him_apart(second, cast, tree):
    report = read_report(second, tree.east, user=cast.officer, on=SECOND)
    lines = dict(report.lines)

    assert lines["Mới đưa vào danh sách giáo dục, giúp đỡ"] == 0
    assert lines["Chuyển tiếp từ đợt trước"] == 1
    assert lines["Chuyển tiếp từ đợt trước, chờ biểu quyết"] == 0
    assert report.people == ()
    assert [(each.name, each.from_round) for each in report.carried] == [(NAME, "năm 2026 (6 tháng đầu năm)")]
    assert "Chuyển tiếp" in [table.name for table in tables(report)]
    assert read_report(second, tree.east, user=cast.reader, on=SECOND).carried == ()


def test_his_own_round_does_not_carry_him(carried, cast):
    assert read_board(carried.round, cast.officer).carried == 0


def test_as_many_queries_for_one_as_for_ten(second, carried, as_, cast, tree):
    address, client = reverse("evaluations:screening_people", args=[second.pk]), as_(cast.secretary)
    few = queries_of(client, address)
    for _ in range(9):
        person = candidate(tree.here, cast.secretary, one=second, member=MemberFactory(home=tree.here), on=ON)
        consulted(person, cast.secretary, on=ON)

    assert queries_of(client, address) == few


def test_a_round_of_many_members_is_computed_by_the_worker(tree, cast, as_, monkeypatch):
    monkeypatch.setattr("evaluations.opening.AT_ONCE", 0)
    one, member = opened(tree.east, cast.officer, cutoff=FIRST), MemberFactory(home=tree.here)
    graded(member, {2024: "KHTNV", 2025: "KHTNV"})

    as_(cast.officer).post(reverse("evaluations:compute_round", args=[one.pk]))

    job = Job.objects.get()
    assert flags(one, member) == {}
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "Mới 1, số liệu thay đổi 0, rút 0 căn cứ.")
    assert set(flags(one, member)) == {"B1"}
