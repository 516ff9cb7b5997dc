"""Points by criteria: separate sets, totals in the review, whose turn it is, the pages, paper and workbook."""

import gzip
import re
import subprocess
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.written import WrittenEdit
from evaluations.enums import Appendix
from evaluations.models import Review, ReviewPoints
from evaluations.written_fields import seen
from tests.evaluations.frame_cases import give, issued, issued_for_everybody, older_season, scored_of
from tests.evaluations.rating_cases import fill, open_season, people, sent, sheet_of
from tests.evaluations.test_chain import sends_up
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
GOOD = ("17", "3.5", "8", "45", "18.5")  # 92


@pytest.fixture
def season(tree, cast):
    """A season with frames of the committee for everybody; three members here, three next door."""
    people(tree.here, 3)
    people(tree.next_door, 3)
    issued_for_everybody(tree.root, by=cast.staff)
    return open_season(tree, cast.staff)


def test_own_points_give_the_total_of_the_suggestion_once_they_are_whole(season, tree, cast):
    review, _ = give(season, tree.here, GOOD[:4], by=cast.secretary)
    assert (review.own_points, review.points, review.is_scored) == (None, None, True)
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    assert (review.own_points, review.points, review.version) == (Decimal(92), Decimal(92), 3)
    row = ReviewPoints.objects.get(review=review)
    assert (list(row.own.values()), row.appraised, row.version) == (list(GOOD), {}, 2)
    entries = LogEntry.objects.filter(action="evaluations.save_scores")
    assert [entry.data["rows"][0]["total"] for entry in entries.order_by("id")] == ["", "92.0"]


def test_the_same_points_again_write_nothing(season, tree, cast):
    give(season, tree.here, GOOD, by=cast.secretary)
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    assert (review.version, LogEntry.objects.filter(action="evaluations.save_scores").count()) == (2, 1)


def test_points_taken_away_leave_the_total_to_be_typed_again(season, tree, cast):
    give(season, tree.here, GOOD, by=cast.secretary)
    review, _ = give(season, tree.here, (None,) * 5, by=cast.secretary)
    assert (review.own_points, review.points, review.is_scored) == (None, None, False)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (("18.1",), "điểm 18,1 phải từ 0 đến 18"),
        (("17.25",), "phải là bội số của 0,1"),
        (("-1",), "phải từ 0 đến 18"),
    ],
)
def test_points_that_break_the_frame_write_nothing(season, tree, cast, points, words):
    with pytest.raises(NotAllowed, match=words):
        give(season, tree.here, points, by=cast.secretary)
    assert not ReviewPoints.objects.exists()
    assert not Review.objects.filter(is_scored=True).exists()


def test_somebody_faster_is_not_overwritten(season, tree, cast):
    give(season, tree.here, GOOD, by=cast.secretary)
    review, clashing = give(season, tree.here, ("1",), by=cast.secretary, version=0)
    assert (clashing, review.points) == ([review], 92)


def test_points_of_the_deciding_body_are_a_set_of_their_own(season, tree, cast):
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    sheet.reviews.update(reason="Giữ nguyên điểm")  # G2: 92 points without 30 % beyond requirement
    give(season, tree.here, GOOD, by=cast.secretary)
    sheet = actions.send(sheet, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Hãy mở xem xét bảng trước"):
        give(season, tree.here, GOOD, by=cast.officer, kind="decided")
    actions.open_sheet(sheet, by=cast.officer)
    with pytest.raises(NotAllowed, match="không ghi được điểm tự chấm"):
        give(season, tree.here, GOOD, by=cast.secretary)
    lower = ("15", "3", "7", "40", "15")
    review, _ = give(season, tree.here, lower[:3], by=cast.officer, kind="decided")
    assert (review.own_points, review.points) == (92, 92)  # not whole yet: the member's own still counts
    review, _ = give(season, tree.here, lower, by=cast.officer, kind="decided")
    assert (review.own_points, review.points, review.intended_points) == (92, 92, 80)
    actions.return_sheet(sheet, reason="Xem lại", by=cast.officer)
    review.refresh_from_db()
    assert (review.own_points, review.points, review.is_scored) == (92, 92, True)
    assert (ReviewPoints.objects.get().decided, review.decided_points) == ({}, None)


def test_a_body_that_appraises_gives_a_set_between(tree, cast):
    sends_up(tree.east)
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    sheet.reviews.update(reason="Giữ nguyên điểm")  # G2: 92 points without 30 % beyond requirement
    give(season, tree.here, ("28", "64"), by=cast.secretary)
    actions.open_sheet(actions.send(sheet, by=cast.secretary), by=cast.officer)
    review, _ = give(season, tree.here, ("27", "60"), by=cast.officer, kind="appraised")
    assert (review.own_points, review.points) == (92, 87)
    actions.open_sheet(actions.forward(sheet, by=cast.officer), by=cast.staff)
    review, _ = give(season, tree.here, ("27", "58"), by=cast.staff, kind="decided")
    row = ReviewPoints.objects.get()
    assert (review.intended_points, row.own["results"], row.appraised["results"], row.decided["results"]) == (
        85, "64", "60", "58",
    )  # fmt: skip


def test_without_a_frame_the_two_roots_alone_are_scored(tree, cast):
    people(tree.here, 1)
    season = open_season(tree, cast.staff)
    review, _ = give(season, tree.here, ("28", "64.5"), by=cast.secretary)
    assert (review.points, ReviewPoints.objects.get().own) == (Decimal("92.5"), {"general": "28", "results": "64.5"})


def choose(review, appendix, reason="", *, by):
    return actions.choose_appendix(review, appendix=appendix, reason=reason, by=by)


def written_as(review, group, by):
    """The self-review of a member begun on the form of a group."""
    edit = WrittenEdit(
        {"group": group, "text-duties": "Đã làm"}, {"text-duties": seen(""), "group": seen("non_leader")}
    )
    assert actions.save_written(review, edit=edit, by=by) == []


@pytest.mark.parametrize(
    "case", [("leader", "02A", "pl3"), ("non_leader", "02B", "pl4"), ("outside_system", "02C", "pl5")]
)
def test_the_form_of_the_written_review_names_the_appendix(season, tree, cast, as_, case):
    group, form, appendix = case
    review = sheet_of(season, tree.here).reviews.first()
    written_as(review, group, cast.secretary)
    [person] = [each for each in scored_of(season, tree.here, cast.secretary).people if each.review == review]
    assert (person.row.appendix, person.tree.frame.appendix, person.proposal.form) == (appendix, appendix, form)
    page = as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/scores/").content.decode()
    assert f"ứng với Mẫu {form} (Mẫu {form} Hướng dẫn 43-HD/BTCTW)." in page


def test_another_appendix_is_chosen_with_a_reason(season, tree, cast, as_):
    review = sheet_of(season, tree.here).reviews.first()
    written_as(review, "leader", cast.secretary)
    with pytest.raises(NotAllowed, match=r"phải ghi lý do\. Phụ lục 3 ứng với Mẫu 02A"):
        choose(review, Appendix.PL2, by=cast.secretary)
    client, address = as_(cast.secretary), f"/evaluations/reviews/{review.pk}/scores/"
    refused = client.post(f"{address}appendix/", {"appendix": "pl2", "reason": ""})
    assert (refused.status_code, "phải ghi lý do" in refused.content.decode()) == (422, True)
    assert (
        client.post(f"{address}appendix/", {"appendix": "pl2", "reason": "Diện Trung ương quản lý"}).status_code == 302
    )
    assert "Chấm theo Phụ lục 2 do chọn riêng, lý do: Diện Trung ương quản lý." in client.get(address).content.decode()
    assert ReviewPoints.objects.get().frame.appendix == "pl2"
    [entry] = LogEntry.objects.filter(action="evaluations.choose_appendix")
    assert entry.data == {"appendix": "Phụ lục 2", "reason": "Diện Trung ương quản lý"}
    choose(review, Appendix.PL3, "thừa", by=cast.secretary)
    assert (ReviewPoints.objects.get().appendix, ReviewPoints.objects.get().appendix_reason) == ("pl3", "")


def test_a_form_changed_after_scoring_keeps_the_points_and_says_so(season, tree, cast, as_):
    review = sheet_of(season, tree.here).reviews.first()
    give(season, tree.here, GOOD, by=cast.secretary)
    written_as(review, "outside_system", cast.secretary)
    row = ReviewPoints.objects.get()
    assert (row.appendix, list(row.own.values())) == ("pl4", list(GOOD))
    for step in ("scores", "written"):
        page = as_(cast.secretary).get(f"/evaluations/reviews/{review.pk}/{step}/").content.decode()
        assert "Đã chấm theo Phụ lục 4; bản kiểm điểm nay viết theo Mẫu 02C, ứng với Phụ lục 5." in page
    give(season, tree.here, (None,) * 5, by=cast.secretary)
    [person] = [each for each in scored_of(season, tree.here, cast.secretary).people if each.review == review]
    assert person.row.appendix == "pl5"


def test_leaders_are_scored_on_another_frame_and_an_appendix_can_be_chosen(season, tree, cast):
    review, other, _ = sheet_of(season, tree.here).reviews.all()
    Review.objects.filter(pk=other.pk).update(is_leader=True)
    found = {person.review.pk: person.tree.frame.appendix for person in scored_of(season, tree.here, cast.staff).people}
    assert (found[review.pk], found[other.pk]) == ("pl4", "pl3")
    choose(review, Appendix.PL5, "Đã nghỉ hưu, hồ sơ chưa ghi", by=cast.secretary)
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    assert ReviewPoints.objects.get(review=review).frame.appendix == "pl5"
    with pytest.raises(NotAllowed, match="đã được chấm điểm"):
        choose(review, Appendix.PL4, by=cast.secretary)
    with pytest.raises(NotAllowed, match="dành cho cá nhân"):
        choose(other, Appendix.PL1, by=cast.secretary)


def test_years_without_points_take_none(tree, cast):
    people(tree.here, 1)
    season = older_season(tree, by=cast.staff)
    with pytest.raises(NotAllowed, match="không chấm điểm"):
        actions.save_scores(sheet_of(season, tree.here), kind="own", edits={}, by=cast.secretary)


def test_members_of_another_cell_are_not_scored_here(season, tree, cast):
    other = Review.objects.filter(sheet__organisation=tree.next_door).first()
    edits = {other.pk: actions.scores.ScoresEdit(0, {"general": Decimal(1)})}
    assert actions.save_scores(sheet_of(season, tree.here), kind="own", edits=edits, by=cast.secretary) == []
    assert not ReviewPoints.objects.exists()


# --- the sheet and its workbook


def test_a_total_of_criteria_is_not_typed_over_on_the_sheet(season, tree, cast, as_):
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    sheet = sheet_of(season, tree.here)
    actions.save_draft(sheet, rows={review.pk: Edit(review.version, {"points": Decimal(10)})}, by=cast.secretary)
    review.refresh_from_db()
    assert review.points == 92
    page = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert f'href="/evaluations/reviews/{review.pk}/scores/"' in page
    assert len(re.findall(r'name="\w+-points"', page)) == 2  # the two others are typed


def test_the_workbook_does_not_take_a_total_of_criteria(season, tree, cast, as_):
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    client, url = as_(cast.secretary), f"/evaluations/sheets/{sheet_of(season, tree.here).pk}/workbook/"
    answer = client.get(url)
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    table = book["Xếp loại"]
    [column] = [cell.column for cell in table[1] if cell.value == "Điểm"]
    table.cell(2, column).value = 55
    table.cell(3, column).value = 66
    file = BytesIO()
    book.save(file)
    answer = client.post(url, {"file": SimpleUploadedFile("bang.xlsx", file.getvalue())})
    page = answer.content.decode()
    assert f"{review.member}: điểm là tổng các tiêu chí đã chấm, không lấy “55” từ tệp" in page
    assert "Tệp khác bảng đang có 1 chỗ" in page


# --- pages


def controls(page):
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))


def person_page(season, tree, client, user):
    person = scored_of(season, tree.here, user).people[0]
    address = f"/evaluations/reviews/{person.review.pk}/scores/"
    return person, address, client.get(address).content.decode()


def test_a_member_is_scored_on_his_page_without_javascript(season, tree, cast, as_):
    client = as_(cast.secretary)
    person, address, page = person_page(season, tree, client, cast.secretary)
    assert "cấp ủy mở đợt ban hành" in page
    posted = controls(page)
    names = [f"{person.key}-{leaf.key}" for leaf in person.tree.leaves]
    posted |= dict(zip(names, ("17", "3,5", "8", "45", "18.5"), strict=True))
    save = f"/evaluations/sheets/{person.review.sheet_id}/scores/save/"
    wrong = client.post(save, posted | {names[1]: "4,5"})
    assert wrong.status_code == 422
    assert "Mục 2 “Năng lực, thái độ”: điểm 4,5 phải từ 0 đến 4." in wrong.content.decode()
    assert 'value="4,5"' in wrong.content.decode()
    answer = client.post(save, posted, follow=True)
    assert answer.redirect_chain[0][0] == address
    assert "Điểm dùng để gợi ý mức: <strong>92</strong> (điểm tự chấm)" in answer.content.decode()
    stale = client.post(save, posted | {names[0]: "1"})
    assert stale.status_code == 409
    assert "Người khác đã lưu: 17" in stale.content.decode()
    assert Review.objects.get(pk=person.review.pk).points == 92
    again = controls(stale.content.decode())
    assert (again[names[0]], client.post(save, again).status_code) == ("1", 302)


def test_the_cell_is_scored_on_one_page_and_good_rows_are_kept(season, tree, cast, as_):
    client, sheet = as_(cast.secretary), sheet_of(season, tree.here)
    address = f"/evaluations/sheets/{sheet.pk}/scores/"
    posted = controls(client.get(address).content.decode())
    first, second, _ = scored_of(season, tree.here, cast.secretary).people
    posted |= {f"{first.key}-{leaf.key}": text for leaf, text in zip(first.tree.leaves, GOOD, strict=True)}
    posted |= {f"{second.key}-{leaf.key}": "4" for leaf in second.tree.leaves}
    posted[f"{second.key}-{second.tree.leaves[0].key}"] = "nhiều"
    answer = client.post(f"{address}save/", posted)
    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.content.decode()
    assert list(Review.objects.filter(sheet=sheet, is_scored=True)) == [first.review]


def test_points_of_a_set_whose_turn_it_is_not_are_refused(season, tree, cast, as_):
    person, _, page = person_page(season, tree, as_(cast.secretary), cast.secretary)
    posted = controls(page) | {f"{person.key}-{leaf.key}": "1" for leaf in person.tree.leaves}
    sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    answer = as_(cast.secretary).post(f"/evaluations/sheets/{person.review.sheet_id}/scores/save/", posted)
    assert answer.status_code == 409
    assert "Chưa đến lượt" in answer.content.decode()
    assert not ReviewPoints.objects.exists()
    stranger = as_(cast.stranger).post(f"/evaluations/sheets/{person.review.sheet_id}/scores/save/", posted)
    assert stranger.status_code == 404


def test_forty_members_cost_no_more_than_three(season, tree, cast, as_):
    client, sheet = as_(cast.secretary), sheet_of(season, tree.here)
    address = f"/evaluations/sheets/{sheet.pk}/scores/"
    few = queries_of(client, address)
    people(tree.here, 37)
    actions.refresh_sheet(sheet, by=cast.secretary)
    assert queries_of(client, address) == few <= MOST
    answer = client.get(address)
    assert len(gzip.compress(answer.content)) < 100_000
    assert len(re.findall(r"<tr data-row", answer.content.decode())) == 40
    review = sheet.reviews.first()
    assert queries_of(client, f"/evaluations/reviews/{review.pk}/scores/") <= MOST


def test_who_leaves_the_list_leaves_his_points_in_the_log(season, tree, cast):
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    review.member.memberships.update(ended_on=sheet_of(season, tree.here).season.reference_date, end_reason="moved_out")
    actions.refresh_sheet(sheet_of(season, tree.here), by=cast.secretary)
    assert not ReviewPoints.objects.exists()
    [entry] = LogEntry.objects.filter(action="evaluations.refresh_sheet")
    assert list(entry.data["left"][0]["criterion_points"]["own"].values()) == list(GOOD)


# --- paper


def printed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", text.stdout.decode())


@pytest.mark.poppler
def test_the_scoring_sheet_blank_and_filled_in(season, tree, cast, as_):
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    text = printed(as_(cast.secretary), f"/evaluations/reviews/{review.pk}/scores.pdf")
    assert "BẢNG CHẤM ĐIỂM" in text
    assert f"Họ và tên: {review.member}" in text
    assert "1 Chính trị, đạo đức, kỷ luật 18 17" in text
    assert "Tổng cộng 100 92" in text
    frame = issued(tree.east, by=cast.officer)
    blank = printed(as_(cast.officer), f"/evaluations/frames/{frame.pk}/frame.pdf")
    assert "Khung điểm của Đảng bộ Phường Đông (◇ cách chia của địa phương), văn bản số 7-HD/ĐU" in blank
