"""Facts of a member's year through the page of the sheet: points and tasks missing, degrees, targets, illness."""

import re

import pytest
from django.utils import timezone

from cells.models import Ballot, LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.reviews import Findings
from evaluations.actions.written import WrittenEdit
from evaluations.deciding import cell_block
from evaluations.models import RatingSheet, Review
from evaluations.season_rules import rule_book
from evaluations.sheet_page import read_sheet
from evaluations.sheet_row import key_of
from evaluations.written_fields import seen
from tests.evaluations.rating_cases import MEETING, done, of_year, open_season, people, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

DEGREES = {"item_1": "tot", "item_2": "xuat_sac", "remedy": "tot"}
NEEDS = "cần ghi lý do"
SIZE = 3


@pytest.fixture
def sheet(tree, cast):
    """The open sheet of a cell of three."""
    people(tree.here, SIZE)
    return sheet_of(open_season(tree, cast.staff), tree.here)


@pytest.fixture
def secretary(cast, as_):
    return as_(cast.secretary)


def url(sheet, step=""):
    return f"/evaluations/sheets/{sheet.pk}/{step}"


def typed(sheet, level="HTTNV", **facts):
    """What the button posts: every member for one level, `facts` in each row."""
    sheet.refresh_from_db()
    data = {"whole": "1", "head-version": str(sheet.version), "head-held_on": "05/12/2025", "head-invalid": "0"}
    data |= {f"head-{name}": str(SIZE) for name in ("present", "issued", "collected", "valid")}
    values = {"own_level": level, f"votes_{level}": "2", "blanks": "1", "proposed_level": level, **facts}
    for review in sheet.reviews.all():
        key = key_of(review)
        data |= {f"{key}-{name}": str(value) for name, value in values.items()}
        data[f"{key}-version"] = str(review.version)
    return data


def save(client, sheet, level="HTTNV", **facts):
    return client.post(url(sheet, "save/"), typed(sheet, level, **facts))


def first_row(sheet):
    sheet = sheet_of(sheet.season, sheet.organisation)
    return read_sheet(sheet, on=MEETING).rows[0]


def suggested(sheet):
    found = first_row(sheet).suggested
    return found and found.code


def degrees(sheet, by, degrees=DEGREES, **more):
    """The self-reviews of everybody, with the degrees of their items."""
    for review in sheet.reviews.select_related("sheet", "member"):
        values = {f"degree-{code}": degree for code, degree in degrees.items()} | more
        edit = WrittenEdit(values, {name: seen("") for name in values})
        assert actions.save_written(review, edit=edit, by=by) == []


# --- a level without points or tasks (§4.3 G5, §4.4) ---


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        pytest.param({"points": ""}, "đề nghị mức khi chưa có điểm", id="no score"),
        pytest.param({"points": "81"}, "đề nghị mức khi chưa ghi nhiệm vụ", id="G5: no tasks"),
        pytest.param({"points": "81", "tasks_total": "0"}, "đề nghị mức khi chưa ghi nhiệm vụ", id="G5: total of 0"),
    ],
)
def test_a_level_without_points_or_tasks_needs_a_reason(sheet, secretary, facts, why):
    refused = secretary.post(url(sheet, "send/"), typed(sheet, **facts))
    assert refused.status_code == 422
    assert refused.content.decode().count(f"{NEEDS}: {why}") == SIZE
    assert secretary.post(url(sheet, "send/"), typed(sheet, **facts, reason="Chi bộ đã thảo luận")).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == "sent"


def test_with_points_and_tasks_no_reason_is_asked(sheet, secretary):
    assert secretary.post(url(sheet, "send/"), typed(sheet, **done("HTTNV"))).status_code == 302


@pytest.mark.parametrize("year", [2013, 2018, 2024])
def test_where_no_conditions_are_known_none_are_missed(sheet, secretary, year):
    of_year(sheet.season, year)
    level = "DTC_TOT" if year == 2013 else "HTTNV"
    assert secretary.post(url(sheet, "send/"), typed(sheet, level)).status_code == 302


# --- degrees, targets and the staff's level (§4.1) ---


def test_degrees_of_the_self_review_suggest_a_level_in_2019(sheet, secretary, cast):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary)
    assert suggested(sheet) == "HTXSNV"
    content = secretary.get(url(sheet)).content.decode()
    assert content.count("Gợi ý: <b>HTXSNV</b>") == SIZE
    assert "Các tiêu chí đủ điều kiện HTXSNV (Hướng dẫn 21-HD/BTCTW" in content
    block = cell_block(sheet_of(sheet.season, sheet.organisation), rule_book(sheet.season))
    assert [line.suggested.code for line in block.lines] == ["HTXSNV"] * SIZE


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({"item_2": "tot"}, "HTTNV"),
        ({"item_1": "trung_binh"}, "HTNV"),
        ({"remedy": "kem"}, "KHTNV"),
        ({"remedy": ""}, None),
    ],
)
def test_every_degree_counts_and_none_may_be_missing(sheet, secretary, cast, changed, level):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary, DEGREES | changed)
    save(secretary, sheet)
    assert suggested(sheet) == level
    assert ("đề nghị mức khi chưa đủ mức của các tiêu chí" in first_row(sheet).causes) is (level is None)


def test_who_is_not_excellent_as_staff_is_not_as_a_member_in_2019(sheet, cast):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary, staff_level="HTTNV")
    assert suggested(sheet) == "HTTNV"


def test_staff_who_did_not_fulfil_are_a_sign_to_confirm(sheet, secretary, cast):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary, staff_level="KHTNV")
    save(secretary, sheet)
    row = first_row(sheet)
    assert [sign.code for sign in row.signs] == ["staff_khtnv"]
    assert "có dấu hiệu của trường hợp không hoàn thành nhiệm vụ" in row.causes
    secretary.post(f"/evaluations/reviews/{row.review.pk}/doors/", {"doors": ["staff_khtnv"], "reason": "QĐ 5"})
    assert suggested(sheet) == "KHTNV"


@pytest.mark.parametrize(("targets", "level"), [("49,9", "KHTNV"), ("50", "HTXSNV"), ("", "HTXSNV")])
def test_under_half_of_the_targets_is_a_door_in_2019(sheet, secretary, cast, targets, level):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary)
    assert save(secretary, sheet, targets_done=targets).status_code == 302
    assert suggested(sheet) == level


@pytest.mark.parametrize(("missed", "level"), [("yes", "KHTNV"), ("no", None), ("", None)])
def test_in_2023_key_targets_must_be_missed_too(sheet, secretary, missed, level):
    of_year(sheet.season, 2023)
    save(secretary, sheet, targets_done="49", key_targets_missed=missed)
    assert suggested(sheet) == level


def test_a_poor_criterion_is_a_sign_in_2023_and_a_door_when_confirmed(sheet, secretary):
    of_year(sheet.season, 2023)
    refused = secretary.post(url(sheet, "send/"), typed(sheet, lowest_degree="kem"))
    assert refused.status_code == 422
    content = refused.content.decode()
    assert (
        content.count("Có dấu hiệu có tiêu chí xếp loại Kém: mức thấp nhất là Kém (Điều 12 Quy định 124-QĐ/TW)") == SIZE
    )
    assert content.count(f"{NEEDS}: có dấu hiệu của trường hợp không hoàn thành nhiệm vụ") == SIZE
    review = first_row(sheet).review
    place = f"/evaluations/reviews/{review.pk}/"
    assert "mức thấp nhất là Kém" in secretary.get(place).content.decode()
    secretary.post(f"{place}doors/", {"doors": ["criteria_kem"], "reason": "Kết luận của chi bộ"})
    assert suggested(sheet) == "KHTNV"
    assert first_row(sheet).unconfirmed == []
    save(secretary, sheet, lowest_degree="tot")
    assert first_row(sheet).signs == ()


# --- fields are asked only where the rules speak of them ---


@pytest.mark.parametrize(
    ("year", "asked"),
    [
        (2018, set()),
        (2019, {"targets_done", "sick_months"}),
        (2024, {"targets_done", "key_targets_missed", "lowest_degree"}),
        (2025, set()),
    ],
)
def test_a_sheet_asks_what_its_rules_want(sheet, secretary, year, asked):
    of_year(sheet.season, year)
    content = secretary.get(url(sheet)).content.decode()
    names = {"targets_done", "key_targets_missed", "lowest_degree", "sick_months", "low_confidence"}
    assert {name for name in names if re.search(f'name="r[0-9a-f]+-{name}"', content)} == asked


def test_what_the_rules_do_not_ask_is_not_taken(sheet, secretary):
    save(secretary, sheet, targets_done="10", sick_months="5", low_confidence="90", **done("HTTNV"))
    assert set(Review.objects.values_list("targets_done", "sick_months", "low_confidence")) == {(None, None, None)}
    assert suggested(sheet) == "HTTNV"


@pytest.mark.parametrize("wrong", ["101", "-1", "nửa", "33,33", "NaN", "1e400"])
def test_a_share_that_cannot_be_comes_back_as_typed(sheet, secretary, wrong):
    of_year(sheet.season, 2019)
    answer = save(secretary, sheet, targets_done=wrong, sick_months="13")
    content = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{wrong}" inputmode="decimal" aria-invalid="true"' in content
    assert "Ghi tỷ lệ phần trăm từ 0 đến 100, ví dụ 45,5." in content
    assert "Ghi số tháng từ 0 đến 12." in content


# --- long illness (§3) ---


def test_three_months_of_illness_set_a_ceiling_in_2019(sheet, secretary, cast):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary)
    save(secretary, sheet, "HTTNV", sick_months="2")
    assert suggested(sheet) == "HTXSNV"
    save(secretary, sheet, "HTTNV", sick_months="3")
    assert suggested(sheet) == "HTNV"
    assert "đề nghị khác mức gợi ý (HTNV)" in first_row(sheet).causes
    content = secretary.get(url(sheet)).content.decode()
    assert content.count("Nghỉ ốm 3 tháng trong năm: cao nhất là HTNV (Hướng dẫn 21-HD/BTCTW).") == SIZE


def test_the_ceiling_stands_where_no_level_is_suggested(sheet, secretary):
    of_year(sheet.season, 2019)
    save(secretary, sheet, "HTTNV", sick_months="4")
    above = "đề nghị cao hơn mức cao nhất của người nghỉ ốm dài ngày (HTNV)"
    assert above in first_row(sheet).causes
    assert "cao nhất là HTNV (Hướng dẫn 21-HD/BTCTW)" in secretary.get(url(sheet)).content.decode()
    save(secretary, sheet, "HTNV")
    assert above not in first_row(sheet).causes


# --- leniency only where the rules know it ---


def at_the_base(sheet):
    """The sheet as if it had been sent."""
    counts = dict.fromkeys(("present", "issued", "collected", "valid"), SIZE) | {"invalid": 0}
    ballot = Ballot.objects.create(organisation=sheet.organisation, held_on=MEETING, entitled=SIZE, **counts)
    RatingSheet.objects.filter(pk=sheet.pk).update(
        state="sent", ballot=ballot, held_on=MEETING, station=1, holder=sheet.decider, sent_at=timezone.now()
    )
    return RatingSheet.objects.get(pk=sheet.pk)


@pytest.mark.parametrize(("year", "known"), [(2018, False), (2019, False), (2023, True), (2025, True)])
def test_leniency_is_for_the_body_above_where_the_rules_know_it(sheet, secretary, cast, as_, year, known):
    of_year(sheet.season, year)
    review, findings = sheet.reviews.first(), Findings((), True, False)
    place = f"/evaluations/reviews/{review.pk}/"
    assert 'name="lenient"' not in secretary.get(place).content.decode(), "the cell does not weigh its own case"
    with pytest.raises(NotAllowed, match="do cấp có thẩm quyền"):
        actions.confirm_doors(review, findings=findings, reason="Tự báo cáo", by=cast.secretary)
    before = at_the_base(sheet).version
    assert as_(cast.secretary).post(f"{place}doors/", {"reason": "Tự báo cáo"}).status_code == 403
    officer = as_(cast.officer)
    assert ('name="lenient"' in officer.get(place).content.decode()) is known
    if known:
        assert officer.post(f"{place}doors/", {"lenient": "on", "reason": "Tự báo cáo"}).status_code == 302
        review.refresh_from_db()
        assert (review.lenient, review.weighed_reason, review.reason) == (True, "Tự báo cáo", "")
        assert RatingSheet.objects.get(pk=sheet.pk).version == before + 1
        return
    with pytest.raises(NotAllowed, match="không có việc giảm nhẹ"):
        actions.confirm_doors(review, findings=findings, reason="Tự báo cáo", by=cast.officer)


# --- the log and the number of queries ---


def test_facts_cost_no_query_and_go_into_the_log(sheet, secretary, cast):
    of_year(sheet.season, 2019)
    degrees(sheet, cast.secretary)
    assert queries_of(secretary, url(sheet)) <= MOST
    facts = {"targets_done": "80", "sick_months": "1", "reason": "Theo phiếu"}
    assert secretary.post(url(sheet, "send/"), typed(sheet, **facts)).status_code == 302
    [entry] = LogEntry.objects.filter(action="evaluations.send")
    assert {(row["targets_done"], row["sick_months"]) for row in entry.data["rows"]} == {("80.0", 1)}
