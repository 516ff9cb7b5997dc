"""A decided result given anew (form 03): what is kept, what follows, who may, and the act voided."""

import re
import subprocess
from datetime import date

import pytest

from cells.actions.accounts import grant_role
from cells.models import LogEntry, User
from cells.permissions import Role
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, OverCap
from evaluations.boards import sheet_figures, year_figures
from evaluations.cap_groups import CapGroups
from evaluations.decision_printing import decision_paper
from evaluations.letters import result_letters
from evaluations.models import CapRaise, ReRating, Review
from evaluations.reports import ratings_report
from evaluations.season_rules import rule_book
from members.models import AnnualGrade
from tests.evaluations.rating_cases import ANEW, DECIDED, anew, open_season, people, sent, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def season(tree, cast):
    """The six members of "here" and the three next door are decided by the east: five good, one fulfilled; good."""
    for number in range(6):
        people(tree.here, 1, full_name=f"Lê Thị Mẫu {number}")
    people(tree.next_door, 3)
    season = open_season(tree, cast.staff)
    sheets = [
        sent(season, tree.here, cast.secretary, ["HTTNV"] * 5 + ["HTNV"]),
        sent(season, tree.next_door, cast.staff, ["HTTNV"] * 3),
    ]
    actions.decide(sheets, entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    return season


@pytest.fixture
def review(season, tree):
    return Review.objects.select_related("sheet").filter(sheet__organisation=tree.here, decided_level="HTTNV").first()


def fresh(review):
    return Review.objects.get(pk=review.pk)


def grades(review):
    """(level or reason why none, decision, stands) of every result on file, in the order of writing."""
    rows = AnnualGrade.objects.filter(member=review.member_id).order_by("pk")
    return [(row.level or row.not_rated_reason, row.decision, row.voided_at is None) for row in rows]


FIRST, SECOND = "5-QĐ/ĐU ngày 18/12/2025", "9-QĐ/ĐU ngày 09/01/2026"


def test_the_new_result_stands_and_the_old_one_is_kept(tree, cast, review, season):
    row = actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    now = fresh(review)
    assert (now.decided_level, now.proposed_level, now.decided_reason) == ("HTNV", "HTTNV", "Kê khai chưa đúng")
    assert (row.before_level, row.after_level, row.organisation, row.recorded_by) == (
        "HTTNV", "HTNV", tree.east, cast.officer,
    )  # fmt: skip
    assert grades(review) == [("HTTNV", FIRST, False), ("HTNV", SECOND, True)]
    voided = "Xếp loại lại theo quyết định số 9-QĐ/ĐU ngày 09/01/2026: Kê khai chưa đúng"
    assert AnnualGrade.objects.get(pk=row.before_grade_id).void_reason == voided
    [logged] = LogEntry.objects.filter(action="evaluations.rerate")
    assert (logged.organisation, logged.data["before"], logged.data["after"]) == (
        tree.here, "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ",
    )  # fmt: skip
    decided = CapGroups(season, tree.east, rule_book(season)).decided()
    assert decided == {(None, "HTTNV"): 7, (None, "HTNV"): 2}
    report = ratings_report(tree.east, year=2025)
    assert (report.total.number("HTTNV"), report.total.number("HTNV"), report.total.rated) == (7, 2, 9)


def test_a_second_click_is_refused_and_writes_nothing(tree, cast, review):
    entry = anew(review, tree.east)
    actions.rerate(review, entry=entry, by=cast.officer)
    with pytest.raises(NotAllowed, match="vừa được thay đổi ở nơi khác"):
        actions.rerate(review, entry=entry, by=cast.staff)
    assert ReRating.objects.count() == 1
    assert len(grades(review)) == 2


def test_a_result_can_be_taken_away_with_a_reason(tree, cast, review, season):
    entry = anew(review, tree.east, level="", not_rated_reason="disciplinary_case_open")
    actions.rerate(review, entry=entry, by=cast.officer)
    assert (fresh(review).decided_level, fresh(review).not_rated_reason) == ("", "disciplinary_case_open")
    [_, grade] = AnnualGrade.objects.filter(member=review.member_id).order_by("pk")
    assert (grade.level, grade.not_rated_reason, grade.reason_text) == (
        "", "disciplinary_case_open", "Chưa đánh giá",
    )  # fmt: skip
    scale = rule_book(season).scale
    found = sheet_figures(season, cast.staff, scale)
    figures = {figure.label: figure.now for figure in year_figures(found, scale, {})}
    assert (figures["Hoàn thành tốt nhiệm vụ"], figures["Chưa xếp loại"]) == (7, 1)


def test_a_closed_season_keeps_both_versions(tree, cast, review, season):
    actions.close_season(season, by=cast.staff)
    actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    season.refresh_from_db()
    assert not season.is_open
    assert grades(review) == [("HTTNV", FIRST, False), ("HTNV", SECOND, True)]


def test_voiding_lets_the_former_result_stand_again(tree, cast, review):
    row = actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    actions.void_rerating(row, reason="Ghi nhầm người", by=cast.officer)
    now = fresh(review)
    assert (now.decided_level, now.decided_reason) == ("HTTNV", "")
    assert grades(review) == [("HTTNV", FIRST, False), ("HTNV", SECOND, False), ("HTTNV", FIRST, True)]
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("Ghi nhầm người", cast.officer)
    with pytest.raises(NotAllowed, match="đã được hủy trước đó"):
        actions.void_rerating(row, reason="lại", by=cast.officer)
    [logged] = LogEntry.objects.filter(action="evaluations.void_rerating")
    assert logged.data["reason"] == "Ghi nhầm người"


def test_a_correction_that_puts_the_group_over_the_cap_says_so(tree, cast, as_, review, season):
    other = Review.objects.filter(sheet=review.sheet, decided_level="HTTNV").exclude(pk=review.pk).first()
    raised = actions.raise_cap(season, tree.east, number="2-QĐ/TU", decided_on=ANEW, reason="Nổi trội", by=cast.staff)
    actions.rerate(review, entry=anew(review, tree.east, level="HTXSNV"), by=cast.officer)
    wrong = actions.rerate(review, entry=anew(fresh(review), tree.east), by=cast.officer)
    page = f"/evaluations/reratings/{wrong.pk}/void/"
    assert "Vượt tỷ lệ" not in as_(cast.officer).get(page).content.decode()
    actions.rerate(other, entry=anew(fresh(other), tree.east, level="HTXSNV"), by=cast.officer)

    assert "Vượt tỷ lệ hoàn thành xuất sắc nhiệm vụ của Đảng bộ Phường Đông" in (
        as_(cast.officer).get(page).content.decode()
    )
    actions.void_rerating(wrong, reason="Ghi nhầm người", by=cast.officer)

    logged = LogEntry.objects.get(action="evaluations.void_rerating")
    assert (logged.data["cap"]["xs"], logged.data["cap"]["htt"], logged.data["cap"]["over_by"]) == (2, 6, 1)
    address = f"/evaluations/seasons/{season.pk}/raises/{raised.pk}/void/"
    assert "Vượt tỷ lệ" in as_(cast.staff).get(address).content.decode()
    actions.void_cap_raise(raised, reason="Ghi nhầm cấp", by=cast.staff)
    assert LogEntry.objects.get(action="evaluations.void_cap_raise").data["over"]["over_by"] == 1


def test_only_the_last_is_voided_one_after_the_other(tree, cast, review):
    first = actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    later = anew(fresh(review), tree.root, level="KHTNV", number="11-QĐ/TU")
    second = actions.rerate(review, entry=later, by=cast.staff)
    with pytest.raises(NotAllowed, match="lần thay đổi sau cùng"):
        actions.void_rerating(first, reason="sai", by=cast.officer)
    actions.void_rerating(second, reason="sai", by=cast.staff)
    assert fresh(review).decided_level == "HTNV"
    actions.void_rerating(first, reason="sai", by=cast.officer)
    assert fresh(review).decided_level == "HTTNV"
    assert [stands for _, _, stands in grades(review)] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": "HTTNV"}, "không có gì thay đổi"),
        ({"level": "DTC_XS"}, "thang xếp loại năm này"),
        ({"level": "", "not_rated_reason": ""}, "thang xếp loại năm này"),
        ({"not_rated_reason": "ill"}, "thang xếp loại năm này"),
        ({"level": "DTC_XS", "not_rated_reason": "ill"}, "thang xếp loại năm này"),
        ({"decided_on": date(2025, 12, 17)}, "trước ngày của quyết định đang có hiệu lực"),
        ({"reason": ""}, "lý do xếp loại lại"),
        ({"number": ""}, "số quyết định"),
        ({"version": 99}, "vừa được thay đổi"),
    ],
)
def test_what_is_refused_leaves_no_trace(tree, cast, review, changes, words):
    with pytest.raises(NotAllowed, match=words):
        actions.rerate(review, entry=anew(review, tree.east, **changes), by=cast.officer)
    assert grades(review) == [("HTTNV", FIRST, True)]
    assert not ReRating.objects.exists()
    assert not LogEntry.objects.filter(action="evaluations.rerate").exists()


def test_neither_a_neighbour_nor_the_cell_gives_a_result_anew(tree, cast, review):
    for body in (tree.west, tree.here):
        with pytest.raises(NotAllowed, match="366-QĐ/TW, Điều 13"):
            actions.rerate(review, entry=anew(review, body), by=cast.staff)


def test_an_undecided_result_and_one_from_elsewhere_are_left_alone(tree, cast, review, season):
    other = open_season(tree, cast.staff, year=2026)
    undecided = other.sheets.get(organisation=tree.here).reviews.first()
    with pytest.raises(NotAllowed, match="chưa có quyết định xếp loại"):
        actions.rerate(undecided, entry=anew(undecided, tree.east), by=cast.officer)
    AnnualGrade.objects.filter(member=review.member_id).update(organisation=tree.there)
    with pytest.raises(NotAllowed, match="do Chi bộ Ấp Thượng ghi"):
        actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    AnnualGrade.objects.filter(member=review.member_id).delete()
    with pytest.raises(NotAllowed, match="không còn kết quả năm 2025"):
        actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)


def test_more_excellent_than_the_cap_allows_needs_a_reason(tree, cast, review):
    up = anew(review, tree.east, level="HTXSNV")
    actions.rerate(review, entry=up, by=cast.officer)  # 1 of 7 good: 20 % allow one
    others = Review.objects.filter(decided_level="HTTNV").exclude(pk=review.pk)
    second = others[0]
    with pytest.raises(OverCap, match="lý do vượt tỷ lệ"):
        actions.rerate(second, entry=anew(second, tree.east, level="HTXSNV"), by=cast.officer)
    entry = anew(second, tree.east, level="HTXSNV", over_cap_reason="Nghị quyết 3")
    row = actions.rerate(second, entry=entry, by=cast.officer)
    assert (row.over_cap_reason, row.cap["xs"], row.cap["htt"], row.cap["over_by"]) == ("Nghị quyết 3", 2, 6, 1)
    # taking one back makes the excess smaller: nothing to explain
    assert actions.rerate(review, entry=anew(fresh(review), tree.east), by=cast.officer).over_cap_reason == ""


def test_where_an_excess_is_blocked_a_worse_result_is_still_given(tree, cast, review, season):
    season.cap_enforcement = "block"
    season.save()
    CapRaise.objects.all().delete()
    first, *rest = Review.objects.filter(decided_level="HTTNV").exclude(pk=review.pk)
    actions.rerate(first, entry=anew(first, tree.east, level="HTXSNV"), by=cast.officer)
    with pytest.raises(OverCap, match="không cho quyết định vượt tỷ lệ"):
        actions.rerate(
            review, entry=anew(review, tree.east, level="HTXSNV", over_cap_reason="Nghị quyết"), by=cast.officer
        )
    for other in rest[:2]:
        actions.rerate(other, entry=anew(other, tree.east), by=cast.officer)
    with pytest.raises(OverCap, match="Hãy ghi lý do"):  # 1 of 4 good
        actions.rerate(rest[2], entry=anew(rest[2], tree.east), by=cast.officer)
    entry = anew(rest[2], tree.east, over_cap_reason="Kết quả phải đúng thực chất")
    assert actions.rerate(rest[2], entry=entry, by=cast.officer).cap["over_by"] == 1


def test_the_first_decision_prints_as_it_was(tree, cast, review):
    actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    paper = decision_paper(review.sheet.decision)
    assert dict(paper.counts)["Hoàn thành tốt nhiệm vụ"] == 8
    assert ("HTNV", 2) not in paper.counts
    assert {row[3] for row in paper.rows if row[0] == fresh(review).member.full_name} == {"Hoàn thành tốt nhiệm vụ"}


def test_a_decision_on_the_cap_is_voided_once(tree, cast, season):
    row = actions.raise_cap(season, tree.east, number="2-QĐ/TU", decided_on=DECIDED, reason="Nổi trội", by=cast.staff)
    actions.void_cap_raise(row, reason="Ghi nhầm cấp", by=cast.staff)
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("Ghi nhầm cấp", cast.staff)
    with pytest.raises(NotAllowed, match="đã được hủy trước đó"):
        actions.void_cap_raise(row, reason="lại", by=cast.staff)
    again = actions.raise_cap(season, tree.east, number="3-QĐ/TU", decided_on=DECIDED, reason="Nổi trội", by=cast.staff)
    actions.close_season(season, by=cast.staff)
    with pytest.raises(NotAllowed, match="Đợt đã đóng"):
        actions.void_cap_raise(again, reason="muộn", by=cast.staff)
    assert LogEntry.objects.get(action="evaluations.void_cap_raise").data["over"] == {"groups": []}


# --- pages ---


def page(review, step=""):
    return f"/evaluations/reviews/{review.pk}/{step}"


def posted(review, body, **changes):
    data = {
        "organisation": body.pk, "number": "9-QĐ/ĐU", "decided_on": "09/01/2026", "level": "HTNV",
        "reason": "Kê khai chưa đúng", "version": review.version,
    }  # fmt: skip
    return data | changes


def test_giving_a_result_anew_by_the_page(tree, cast, as_, review, season):
    client = as_(cast.officer)
    content = client.get(page(review, "rerate/")).content.decode()
    assert "Hoàn thành tốt nhiệm vụ" in content
    assert "Đảng ủy Sao Mai" not in content.split("<form", 1)[1].split("level")[0]  # the body above is not his
    answer = client.post(page(review, "rerate/"), posted(review, tree.east))
    assert (answer.status_code, answer.url) == (302, page(review))
    shown = client.get(page(review)).content.decode()
    for words in (
        "9-QĐ/ĐU ngày 09/01/2026",
        "5-QĐ/ĐU ngày 18/12/2025",
        "đã được thay",
        "đang có hiệu lực",
        "In Mẫu 03",
    ):
        assert words in shown
    again = client.post(page(review, "rerate/"), posted(review, tree.east, level="KHTNV"))
    assert again.status_code == 422
    assert "vừa được thay đổi ở nơi khác" in again.content.decode()
    assert "đã xếp loại lại" in client.get(f"/evaluations/sheets/{review.sheet_id}/").content.decode()
    decision = client.get(f"/evaluations/decisions/{review.sheet.decision_id}/").content.decode()
    assert "quyết định số 9-QĐ/ĐU ngày 09/01/2026" in decision
    assert queries_of(client, page(review)) <= MOST


def test_over_the_cap_the_page_asks_for_the_reason_and_keeps_what_was_typed(tree, cast, as_, review):
    first, second = Review.objects.filter(decided_level="HTTNV")[:2]
    actions.rerate(first, entry=anew(first, tree.east, level="HTXSNV"), by=cast.officer)
    client = as_(cast.officer)
    stopped = client.post(page(second, "rerate/"), posted(second, tree.east, level="HTXSNV"))
    content = stopped.content.decode()
    assert stopped.status_code == 422
    assert "đang có 2, vượt 1" in content
    assert '<textarea name="over_cap_reason"' in content
    assert "Kê khai chưa đúng" in content
    data = posted(second, tree.east, level="HTXSNV", over_cap_reason="Nghị quyết 3")
    assert client.post(page(second, "rerate/"), data).status_code == 302


def test_the_body_directly_above_may_and_strangers_may_not(tree, cast, as_, review):
    assert as_(cast.secretary).get(page(review, "rerate/")).status_code == 403
    assert as_(cast.secretary).post(page(review, "rerate/"), posted(review, tree.east)).status_code == 403
    for user in (cast.stranger, cast.other_officer):
        assert as_(user).post(page(review, "rerate/"), posted(review, tree.east)).status_code == 404
    answer = as_(cast.staff).post(page(review, "rerate/"), posted(review, tree.root))
    assert answer.status_code == 302
    row = ReRating.objects.get()
    assert row.organisation == tree.root
    void = f"/evaluations/reratings/{row.pk}/void/"
    assert as_(cast.officer).post(void, {"reason": "không phải của tôi"}).status_code == 403
    assert as_(cast.stranger).get(void).status_code == 404
    assert as_(cast.staff).post(void, {"reason": "Ghi nhầm"}).status_code == 302
    assert fresh(review).decided_level == "HTTNV"
    again = as_(cast.staff).post(void, {"reason": "Ghi nhầm"})
    assert again.status_code == 422
    assert "đã được hủy trước đó" in again.content.decode()
    # the cell reads the history without links to act
    shown = as_(cast.secretary).get(page(review)).content.decode()
    assert "Ghi nhầm" in shown
    assert "rerate/" not in shown
    assert as_(cast.stranger).get(page(review)).status_code == 404


def test_a_base_that_is_a_cell_gives_its_results_anew(tree, cast, system, as_):
    head = User.objects.create_user("school", "mat-khau-thu-10", full_name="Bí thư Trường")
    grant_role(head, Role.CELL_SECRETARY, organisation=tree.school, started_on=date(2025, 7, 1), by=system)
    people(tree.school, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.school, head, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("1-QĐ/CB", DECIDED), by=head)
    review = sheet.reviews.first()
    assert as_(head).post(page(review, "rerate/"), posted(review, tree.school)).status_code == 302
    review = fresh(review)
    assert as_(head).post(page(review, "rerate/"), posted(review, tree.root)).status_code == 422
    assert as_(cast.staff).post(page(review, "rerate/"), posted(review, tree.root, level="KHTNV")).status_code == 302
    assert fresh(review).decided_level == "KHTNV"


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 3000, "32/13/2025", "99999999999999999999"])
def test_junk_never_breaks_the_page(tree, cast, as_, review, junk):
    names = (
        "organisation",
        "number",
        "decided_on",
        "level",
        "not_rated_reason",
        "reason",
        "over_cap_reason",
        "version",
    )
    answer = as_(cast.officer).post(page(review, "rerate/"), dict.fromkeys(names, junk))
    assert answer.status_code == 422
    assert not ReRating.objects.exists()


@pytest.mark.poppler
def test_form_03_says_what_was_entered(tree, cast, as_, review):
    row = actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    answer = as_(cast.secretary).get(f"/evaluations/reratings/{row.pk}/decision.pdf")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    text = re.sub(r"\s+", " ", text.stdout.decode())
    assert "đánh giá, xếp loại lại chất lượng đảng viên năm 2025" in text
    assert "Số 09-QĐ/" in text
    assert "Căn cứ Quy định số 366-QĐ/TW" in text
    assert "Kết quả trước: hoàn thành tốt nhiệm vụ (Quyết định số 5-QĐ/ĐU ngày 18/12/2025)" in text
    assert "Kết quả xếp loại lại: hoàn thành nhiệm vụ, thay kết quả trước" in text
    assert "Lý do: Kê khai chưa đúng." in text
    assert as_(cast.stranger).get(f"/evaluations/reratings/{row.pk}/decision.pdf").status_code == 404


def test_the_cap_decision_is_voided_on_the_page_of_the_season(tree, cast, as_, season):
    row = actions.raise_cap(season, tree.east, number="2-QĐ/TU", decided_on=ANEW, reason="Nổi trội", by=cast.staff)
    address = f"/evaluations/seasons/{season.pk}/raises/{row.pk}/void/"
    assert address in as_(cast.staff).get(f"/evaluations/seasons/{season.pk}/").content.decode()
    assert address not in as_(cast.officer).get(f"/evaluations/seasons/{season.pk}/").content.decode()
    assert as_(cast.officer).post(address, {"reason": "sai"}).status_code == 403
    assert as_(cast.staff).post(address, {"reason": ""}).status_code == 422
    assert as_(cast.staff).post(address, {"reason": "Ghi nhầm cấp"}).status_code == 302
    assert as_(cast.staff).post(address, {"reason": "Ghi nhầm cấp"}).status_code == 422
    assert (
        "2-QĐ/TU" not in as_(cast.staff).get(f"/evaluations/seasons/{season.pk}/").content.decode().split("Quy tắc")[1]
    )


def test_the_letter_to_the_member_cites_the_decision_that_stands(tree, cast, review, season):
    row = actions.rerate(review, entry=anew(review, tree.east), by=cast.officer)
    sheet = sheet_of(season, tree.here)

    def told():
        letters = result_letters(sheet, ANEW)
        return next(each.paragraphs[0] for each in letters if str(fresh(review).member) in each.addressee)

    assert told().startswith("Theo Quyết định số 9-QĐ/ĐU ngày 09/01/2026 của Đảng bộ Phường Đông, ")
    assert told().endswith("Hoàn thành nhiệm vụ.")
    actions.void_rerating(row, reason="Ghi nhầm", by=cast.officer)
    assert told().startswith("Theo Quyết định số 5-QĐ/ĐU ngày 18/12/2025 của Đảng bộ Phường Đông, ")
