"""Comments from where members live: forty on one page, voided and written anew, never overwritten unseen."""

from datetime import date

import pytest

from cells.models import LogEntry
from evaluations import actions
from evaluations.models import ResidenceComment
from evaluations.residence import EMPTY, residence_rows, shown_digest
from members.enums import EndReason, MembershipKind, StartReason
from members.models import Membership
from tests.evaluations.rating_cases import MEETING, open_season, people, sheet_of

pytestmark = pytest.mark.django_db

RECEIVED = {**EMPTY, "received_on": MEETING, "from_whom": "Chi ủy Khóm 1", "summary": "Chấp hành tốt"}
EXCUSED = {**EMPTY, "excuse": "barracks"}
UNSEEN = shown_digest(EMPTY)


def about(rows):
    """The rows of an act on comments from where people live."""
    return {(pk, "residence"): values for pk, values in rows.items()}


@pytest.fixture
def sheet(tree, cast):
    for name in ("An", "Bình", "Cường"):
        people(tree.here, 1, full_name=f"Lê Thị {name}")
    return sheet_of(open_season(tree, cast.staff), tree.here)


def test_received_excused_changed_and_taken_back(cast, sheet):
    first, second, _ = [review.pk for review in sheet.reviews.all()]
    rows = about({first: (RECEIVED, UNSEEN), second: (EXCUSED, UNSEEN)})
    written, clashes = actions.record_residence(sheet, rows=rows, by=cast.secretary)
    assert (len(written), clashes) == (2, [])
    entry = LogEntry.objects.get(action="evaluations.record_residence")
    assert [row["state"] for row in entry.data["rows"]] == ["received", "excused"]
    assert "Chấp hành" not in str(entry.data)
    actions.record_residence(sheet, rows=about({first: (EXCUSED, shown_digest(RECEIVED))}), by=cast.secretary)
    actions.record_residence(sheet, rows=about({second: (dict(EMPTY), shown_digest(EXCUSED))}), by=cast.secretary)
    assert ResidenceComment.objects.count() == 3
    assert [(row.excuse, row.received_on) for row in ResidenceComment.objects.standing()] == [("barracks", None)]
    assert actions.record_residence(sheet, rows=about({first: (EXCUSED, "")}), by=cast.secretary) == ([], [])


def test_nobody_overwrites_unseen(cast, sheet):
    first, second, _ = [review.pk for review in sheet.reviews.all()]
    actions.record_residence(sheet, rows=about({first: (RECEIVED, UNSEEN)}), by=cast.secretary)
    rows = about({first: (EXCUSED, UNSEEN), second: (EXCUSED, UNSEEN)})
    written, clashes = actions.record_residence(sheet, rows=rows, by=cast.staff)
    assert (len(written), clashes) == (1, [(first, "residence")])
    # a row that was posted as the page had shown it, empty, does not take back what came meanwhile
    assert actions.record_residence(sheet, rows=about({first: (dict(EMPTY), UNSEEN)}), by=cast.staff) == ([], [])
    assert ResidenceComment.objects.standing().count() == 2


# --- the page ---


def page(sheet):
    return f"/evaluations/sheets/{sheet.pk}/residence/"


def posted(sheet, **rows):
    """What the page would post, with the values of some rows by place ("r0", "r1")."""
    data = {}
    for place, row in enumerate(residence_rows(sheet)):
        values = row.shown | rows.get(f"r{place}", {})
        data |= {f"{row.key}-{name}": value for name, value in values.items()} | {f"{row.key}-seen": row.seen}
    return data


def test_a_whole_cell_on_one_page(cast, as_, sheet):
    client = as_(cast.secretary)
    shown = client.get(page(sheet)).content.decode()
    assert "Còn thiếu 3/3" in shown
    assert "Điều 17 Quy định 366-QĐ/TW" in shown
    assert "Học sinh, sinh viên ở xa gia đình" in shown
    first = {"received_on": "05/12/2025", "from_whom": "Chi ủy Khóm 1", "summary": "Chấp hành tốt"}
    assert client.post(page(sheet), posted(sheet, r0=first, r1={"excuse": "students_away"})).url == page(sheet)
    assert "Còn thiếu 1/3" in client.get(page(sheet)).content.decode()
    review = sheet.reviews.first()
    beside = client.get(f"/evaluations/reviews/{review.pk}/written/").content.decode()
    assert "nhận ngày 05/12/2025 (Chi ủy Khóm 1): Chấp hành tốt" in beside


def test_a_wrong_row_stays_typed_and_the_others_are_saved(cast, as_, sheet):
    wrong = {"received_on": "", "from_whom": "Chi ủy Khóm 9", "summary": ""}
    data = posted(sheet, r0=wrong, r1={"excuse": "barracks"}, r2={"excuse": "barracks", "summary": "x"})
    answer = as_(cast.secretary).post(page(sheet), data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi ngày nhận nhận xét." in shown
    assert "để trống các ô kia" in shown
    assert 'value="Chi ủy Khóm 9"' in shown
    assert ResidenceComment.objects.standing().get().excuse == "barracks"


def test_a_clash_comes_back_and_a_second_click_decides(cast, as_, sheet):
    data = posted(sheet, r0={"excuse": "barracks"})
    actions.record_residence(sheet, rows=about({sheet.reviews.first().pk: (RECEIVED, UNSEEN)}), by=cast.staff)
    client = as_(cast.secretary)
    answer = client.post(page(sheet), data)
    assert answer.status_code == 409
    assert "Người khác vừa ghi khác" in answer.content.decode()
    again = posted(sheet, r0={**dict.fromkeys(RECEIVED, ""), "excuse": "barracks"})
    assert client.post(page(sheet), again).status_code == 302
    assert ResidenceComment.objects.standing().get().excuse == "barracks"


@pytest.mark.parametrize("junk", ["\x00", "x" * 3000, "32/13/2025", "01/01/2999"])
def test_junk_never_breaks_the_page(cast, as_, sheet, junk):
    rows = {f"r{place}": dict.fromkeys(EMPTY, junk) for place in range(3)}
    assert as_(cast.secretary).post(page(sheet), posted(sheet, **rows)).status_code == 422
    assert not ResidenceComment.objects.exists()


def test_above_reads_and_does_not_write(cast, as_, sheet):
    actions.record_residence(sheet, rows=about({sheet.reviews.first().pk: (RECEIVED, UNSEEN)}), by=cast.secretary)
    shown = as_(cast.officer).get(page(sheet)).content.decode()
    assert "Chấp hành tốt" in shown
    assert "Lưu nhận xét" not in shown
    assert as_(cast.officer).post(page(sheet), posted(sheet, r1={"excuse": "barracks"})).status_code == 403
    assert as_(cast.reader).get(page(sheet)).status_code == 403


# --- comments of other cells


TEMPORARY = (MembershipKind.TEMPORARY, date(2025, 9, 1), None)
HALF_A_YEAR = (MembershipKind.OFFICIAL, date(2024, 1, 1), date(2025, 7, 1))
A_DAY_LESS = (MembershipKind.OFFICIAL, date(2024, 1, 1), date(2025, 6, 30))


def lived_elsewhere(tree, member, stay):
    kind, began, ended = stay
    if kind == MembershipKind.OFFICIAL:
        member.memberships.update(started_on=ended, start_reason=StartReason.MOVED_IN)
    Membership.objects.create(
        member=member, organisation=tree.next_door, kind=kind, started_on=began, ended_on=ended,
        start_reason=StartReason.OPENING, end_reason=EndReason.MOVED_OUT if ended else "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        (TEMPORARY, "Nơi sinh hoạt tạm thời: Chi bộ Khóm 2"),
        (HALF_A_YEAR, "Chi bộ cũ: Chi bộ Khóm 2"),
        (A_DAY_LESS, ""),
    ],
)
def test_a_temporary_and_an_old_cell_are_asked_too(tree, cast, as_, sheet, stay, words):
    member = sheet.reviews.first().member
    lived_elsewhere(tree, member, stay)
    rows = residence_rows(sheet)
    assert [row.of_whom.partition(",")[0] for row in rows if row.of_whom] == [words] * bool(words)
    client = as_(cast.secretary)
    shown = client.get(page(sheet)).content.decode()
    assert ("Còn thiếu 1 nhận xét của nơi sinh hoạt tạm thời" in shown) == bool(words)
    if words:
        data = posted(sheet, r1={"received_on": "05/12/2025", "summary": "Sinh hoạt đều"})
        assert client.post(page(sheet), data).status_code == 302
        comment = ResidenceComment.objects.standing().get()
        assert (comment.kind, comment.summary, comment.member) == (rows[1].kind, "Sinh hoạt đều", member)
        assert client.post(page(sheet), posted(sheet, r1={"excuse": "barracks"})).status_code == 422
        address = f"/evaluations/reviews/{rows[1].review.pk}/written/"
        assert f"{rows[1].get_kind()}: nhận ngày 05/12/2025" in client.get(address).content.decode()
        assert client.get(f"{address}file-list.pdf").status_code == 200
