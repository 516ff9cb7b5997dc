"""The monthly resolution of a cell: everybody in one act, refused whole, corrected line by line, taken back."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from admissions.actions.source_resolutions import (
    Line,
    ResolutionHead,
    correct_resolution,
    resolve_month,
    void_resolution,
)
from admissions.actions.source_steps import send_to_class
from admissions.enums import State
from admissions.models import Candidate, Helper, MonthlyResolution, ResolutionLine
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import listed
from tests.admissions.source_cases import helper_in, sympathiser, taken
from tests.queries import MOST, queries_of

MONTH, HELD = date(2025, 10, 1), date(2025, 10, 14)
HEAD = ResolutionHead(MONTH, HELD, "10-NQ/CB")


def state_of(candidate):
    return Candidate.objects.get(pk=candidate.pk).state


@pytest.fixture
def people(tree, cast):
    """Two on the list, two sympathisers."""
    by = cast.secretary
    return [listed(tree.here, by=by), listed(tree.here, by=by), sympathiser(tree.here, by=by),
            sympathiser(tree.here, by=by)]  # fmt: skip


@pytest.fixture
def lines(tree, people):
    first, second, third, fourth = people
    member = helper_in(tree.here)
    return [
        Line(first, "added", "học nghị quyết", member), Line(second, "kept", "giúp thêm"),
        Line(third, "kept", "dự sinh hoạt Đoàn"), Line(fourth, "dropped", "chuyển đi nơi khác"),
    ]  # fmt: skip


def test_a_month_of_a_cell_is_one_act(tree, cast, people, lines):
    resolution = resolve_month(tree.here, HEAD, lines, by=cast.secretary)

    assert [state_of(each) for each in people] == ["sympathiser", "listed", "sympathiser", "dropped"]
    kept = resolution.lines.order_by("id").values_list("change", "note", "step__step", "step__on", "step__document")
    assert set(kept) == {
        ("added", "học nghị quyết", "recognise_sympathiser", HELD, "nghị quyết 10-NQ/CB"),
        ("kept", "giúp thêm", None, None, None),
        ("kept", "dự sinh hoạt Đoàn", None, None, None),
        ("dropped", "chuyển đi nơi khác", "drop", HELD, "nghị quyết 10-NQ/CB"),
    }
    assert [row.member for row in Helper.objects.filter(candidate=people[0])] == [lines[0].helper]
    [entry] = LogEntry.objects.about(resolution)
    assert (entry.action, entry.organisation) == ("admissions.resolve_month", tree.here)
    assert entry.data == {"month": "10/2025", "added": 1, "kept": 2, "dropped": 1}


def test_a_second_resolution_of_the_month_is_refused(tree, cast, lines):
    resolve_month(tree.here, HEAD, lines, by=cast.secretary)
    with pytest.raises(NotAllowed, match="vừa được ghi ở nơi khác"):
        resolve_month(tree.here, HEAD, lines, by=cast.secretary)
    assert (MonthlyResolution.objects.count(), ResolutionLine.objects.count()) == (1, 4)


def test_one_faulty_line_refuses_the_whole_and_names_who(tree, cast, people, lines):
    wrong = [*lines[:2], Line(people[2], "added", "", helper_in(tree.here)), lines[3]]

    with pytest.raises(ValidationError) as refused:
        resolve_month(tree.here, HEAD, wrong, by=cast.secretary)

    [words] = refused.value.messages
    assert words.startswith(f"{people[2]}: Không thể “công nhận cảm tình đảng”")
    assert [state_of(each) for each in people] == ["listed", "listed", "sympathiser", "sympathiser"]
    assert MonthlyResolution.objects.count() == 0


def test_a_line_put_right_leaves_the_others_alone(tree, cast, people, lines):
    resolution = resolve_month(tree.here, HEAD, lines, by=cast.secretary)
    send_to_class(people[0], taken(tree.east, date(2025, 10, 20)), by=cast.officer)
    right = [*lines[:3], Line(people[3], "kept", "vẫn phấn đấu")]

    correct_resolution(resolution, HEAD, right, reason="ghi nhầm người", by=cast.secretary)

    assert [state_of(each) for each in people] == ["class_sent", "listed", "sympathiser", "sympathiser"]
    assert MonthlyResolution.objects.count() == 1
    voided = ResolutionLine.objects.exclude(voided_at=None)
    assert [(line.candidate, line.change, line.void_reason) for line in voided] == [
        (people[3], "dropped", "ghi nhầm người")
    ]
    assert ResolutionLine.objects.standing().count() == 4
    assert Helper.objects.standing().get(candidate=people[3]).ended_on is None


def test_another_day_writes_everything_anew(tree, cast, people, lines):
    resolution = resolve_month(tree.here, HEAD, lines, by=cast.secretary)

    new = correct_resolution(
        resolution, ResolutionHead(MONTH, date(2025, 10, 16)), lines, reason="sai ngày họp", by=cast.secretary
    )

    resolution.refresh_from_db()
    assert (resolution.void_reason, new.pk != resolution.pk) == ("sai ngày họp", True)
    assert [state_of(each) for each in people] == ["sympathiser", "listed", "sympathiser", "dropped"]
    [helper] = Helper.objects.standing().filter(candidate=people[0])
    assert helper.started_on == date(2025, 10, 16)


def test_what_others_built_on_is_not_taken_back(tree, cast, people, lines):
    resolution = resolve_month(tree.here, HEAD, lines, by=cast.secretary)
    send_to_class(people[0], taken(tree.east, date(2025, 10, 20)), by=cast.officer)

    with pytest.raises(NotAllowed, match="sau bước này đã có bước khác"):
        void_resolution(resolution, reason="nhầm", by=cast.secretary)
    assert MonthlyResolution.objects.standing().count() == 1


def test_a_resolution_taken_back_puts_everybody_where_he_was(tree, cast, people, lines):
    resolution = resolve_month(tree.here, HEAD, lines, by=cast.secretary)

    void_resolution(resolution, reason="nhầm chi bộ", by=cast.secretary)

    assert [state_of(each) for each in people] == ["listed", "listed", "sympathiser", "sympathiser"]
    assert ResolutionLine.objects.standing().count() == 0
    with pytest.raises(NotAllowed):
        void_resolution(resolution, reason="lần nữa", by=cast.secretary)


# --- the page


def page_of(tree, month=MONTH):
    return reverse("admissions:resolve_month", args=[tree.here.pk, month])


def test_forty_people_on_one_page(as_, tree, cast):
    people = [listed(tree.here, by=cast.secretary) for _ in range(40)]
    member = helper_in(tree.here)
    client = as_(cast.secretary)
    assert queries_of(client, page_of(tree)) <= MOST

    sent = {"held_on": "14/10/2025", "number": "10-NQ/CB"}
    for each in people:
        sent |= {f"change-{each.pk}": "added", f"helper-{each.pk}": str(member.pk), f"note-{each.pk}": "giao việc"}
    answer = client.post(page_of(tree), sent)

    assert answer.url == page_of(tree)
    assert set(Candidate.objects.values_list("state", flat=True)) == {State.SYMPATHISER}
    assert LogEntry.objects.filter(action="admissions.resolve_month").count() == 1
    assert "vì sao sửa" in client.get(page_of(tree)).content.decode().lower()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"held_on": "14/10/2025"}, "Chưa ghi nội dung cho người nào"),
        ({"held_on": "14/11/2025", "change": "kept"}, "không thuộc tháng 10/2025"),
        ({"held_on": "14/10/2025", "change": "added"}, "Hãy chọn đảng viên chính thức giúp đỡ"),
        ({"held_on": "14/10/2025", "change": "dropped"}, "Hãy ghi lý do đưa ra khỏi danh sách"),
        ({"held_on": "14/10/2025", "change": "junk\x00"}, "Hãy chọn một trong các nội dung"),
        ({"held_on": "31/02/0001", "change": "kept"}, "không có trong lịch"),
        ({"held_on": "14/10/2025", "change": "kept", "note": "x" * 501}, "chỉ ghi được 500"),
        ({"held_on": "14/10/2025", "change": "added", "helper": "9" * 40}, "Hãy chọn đảng viên chính thức"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, tree, cast, sent, words):
    candidate = listed(tree.here, by=cast.secretary)
    values = {name if name == "held_on" else f"{name}-{candidate.pk}": value for name, value in sent.items()}

    answer = as_(cast.secretary).post(page_of(tree), values | {"number": "7-NQ/CB"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "7-NQ/CB" in answer.content.decode()
    assert MonthlyResolution.objects.count() == 0


def test_an_officer_reads_the_month_and_does_not_write_it(as_, tree, cast, lines):
    resolve_month(tree.here, HEAD, lines, by=cast.secretary)
    page = as_(cast.officer).get(page_of(tree)).content.decode()
    assert "học nghị quyết" in page
    assert "<select" not in page
    assert as_(cast.officer).post(page_of(tree), {}).status_code == 403


def test_a_month_to_come_is_not_found(as_, tree, cast):
    assert as_(cast.secretary).get(page_of(tree, date(2098, 1, 1))).status_code == 404
