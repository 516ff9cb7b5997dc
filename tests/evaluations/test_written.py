"""The written self-review: saved, handed in, opened again; never overwritten unseen; read by few."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.written import WrittenEdit, WrittenIncomplete
from evaluations.merging import REVIEWS_IN_A_MERGE
from evaluations.models import ResidenceComment, Review, WrittenReview
from evaluations.written_fields import seen
from members.models import Particular
from tests.evaluations.rating_cases import MEETING, of_year, open_season, people, point_raised, sent, sheet_of
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

TEXTS = ("conduct", "duties", "commitment", "shortcomings", "causes", "remedy", "directions")
WHOLE = {f"text-{code}": f"Đã ghi {code}" for code in TEXTS}


@pytest.fixture
def season(tree, cast):
    for name in ("An", "Bình", "Cường"):
        people(tree.here, 1, full_name=f"Lê Thị {name}")
    return open_season(tree, cast.staff)


@pytest.fixture
def sheet(season, tree):
    return sheet_of(season, tree.here)


@pytest.fixture
def review(sheet):
    return sheet.reviews.select_related("sheet", "member").first()


def saved(review, by, shown=None, **values):
    """Values typed over a page on which the fields were empty, unless `shown` says otherwise."""
    names = {name.replace("__", "-"): value for name, value in values.items()}
    digests = {name: seen((shown or {}).get(name, "")) for name in names}
    return actions.save_written(review, edit=WrittenEdit(names, digests), by=by)


def whole(review, by, **more):
    values = {**WHOLE, "written_on": MEETING, "own_level": "HTTNV", **more}
    edit = WrittenEdit(values, {name: seen("") for name in values})
    assert actions.save_written(review, edit=edit, by=by) == []
    return WrittenReview.objects.get(member=review.member)


def test_a_draft_keeps_form_texts_level_and_points(cast, review):
    written = whole(review, cast.secretary)
    assert (written.group, written.form, written.state, written.version) == ("non_leader", "02B", "draft", 1)
    assert written.texts == {code: f"Đã ghi {code}" for code in TEXTS}
    points = {"own_general": 28, "own_results": 60}
    actions.save_written(review, edit=WrittenEdit(points, dict.fromkeys(points, seen(""))), by=cast.secretary)
    review.refresh_from_db()
    assert (review.own_level, review.own_points, review.version) == ("HTTNV", 88, 3)
    entry = LogEntry.objects.filter(action="evaluations.save_written").first()
    assert "Đã ghi" not in str(entry.data)


def test_nothing_typed_writes_nothing(cast, review):
    assert actions.save_written(review, edit=WrittenEdit({"text-duties": ""}, {}), by=cast.secretary) == []
    assert not WrittenReview.objects.exists()
    assert not LogEntry.objects.filter(action="evaluations.save_written").exists()


def test_nobody_overwrites_unseen(cast, review):
    saved(review, cast.secretary, **{"text-duties": "Bản của bí thư", "text-causes": "Nguyên nhân"})
    clashes = saved(review, cast.staff, **{"text-duties": "Bản khác", "text-remedy": "Đã khắc phục", "text-causes": ""})
    assert clashes == [("text-duties", "Bản khác", "Bản của bí thư")]
    written = WrittenReview.objects.get()
    # what was posted as the page had shown it does not undo what came meanwhile
    assert written.texts == {"duties": "Bản của bí thư", "causes": "Nguyên nhân", "remedy": "Đã khắc phục"}
    assert saved(review, cast.staff, {"text-duties": "Bản của bí thư"}, **{"text-duties": "Bản khác"}) == []
    assert WrittenReview.objects.get().texts["duties"] == "Bản khác"


def test_the_level_is_the_one_of_the_sheet(cast, review):
    Review.objects.filter(pk=review.pk).update(own_level="HTNV")
    assert saved(review, cast.secretary, own_level="HTTNV") == [("own_level", "HTTNV", "HTNV")]
    assert saved(review, cast.secretary, {"own_level": "HTNV"}, own_level="HTTNV") == []
    review.refresh_from_db()
    assert review.own_level == "HTTNV"


def test_handing_in_asks_for_a_whole_form(cast, review):
    with pytest.raises(WrittenIncomplete):
        actions.hand_in_written(review, by=cast.secretary)
    saved(review, cast.secretary, **{"text-duties": "Tốt"})
    with pytest.raises(WrittenIncomplete) as refusal:
        actions.hand_in_written(review, by=cast.secretary)
    assert refusal.value.gaps[0] == "chưa ghi ngày viết"
    assert refusal.value.gaps[-1] == "chưa chọn mức tự nhận"
    assert any("I.1" in gap for gap in refusal.value.gaps)
    values = {**WHOLE, "written_on": MEETING, "own_level": "HTTNV"}
    shown = {name: seen("Tốt" if name == "text-duties" else "") for name in values}
    actions.save_written(review, edit=WrittenEdit(values, shown), by=cast.secretary)
    written = actions.hand_in_written(review, by=cast.secretary)
    assert (written.is_handed_in, written.handed_in_by) == (True, cast.secretary)
    with pytest.raises(NotAllowed, match="đã được nộp trước đó"):
        actions.hand_in_written(review, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Mở lại để sửa"):
        saved(review, cast.secretary, **{"text-duties": "Sửa"})
    assert not actions.reopen_written(review, by=cast.secretary).is_handed_in
    with pytest.raises(NotAllowed, match="chưa nộp"):
        actions.reopen_written(review, by=cast.secretary)


def test_signed_papers_need_no_text_and_come_many_at_once(cast, sheet):
    first, second, third = sheet.reviews.all()
    whole(first, cast.secretary)
    actions.hand_in_written(first, by=cast.secretary)
    taken = actions.receive_papers(
        sheet, reviews=[str(first.pk), str(second.pk)], written_on=MEETING, by=cast.secretary
    )
    assert taken == [str(second.member_id)]
    assert [(w.on_paper, w.state) for w in WrittenReview.objects.order_by("handed_in_at")] == [
        (False, "handed_in"),
        (True, "handed_in"),
    ]
    with pytest.raises(NotAllowed, match="ít nhất một đồng chí chưa nộp"):
        actions.receive_papers(sheet, reviews=[str(second.pk)], written_on=MEETING, by=cast.secretary)
    assert not WrittenReview.objects.filter(member=third.member).exists()


def test_the_form_follows_the_occupation_and_may_be_chosen(cast, review, season):
    Particular.objects.create(member=review.member, topic="occupation", value="retired", started_on=date(2020, 1, 1))
    saved(review, cast.secretary, **{"text-conduct": "Tốt"})
    assert (WrittenReview.objects.get().group, WrittenReview.objects.get().form) == ("outside_system", "02C")
    saved(review, cast.secretary, {"group": "outside_system"}, group="leader")
    assert (WrittenReview.objects.get().form, WrittenReview.objects.get().texts) == ("02A", {"conduct": "Tốt"})


def test_who_is_outside_writes_nothing(cast, review):
    Review.objects.filter(pk=review.pk).update(outcome="outside", explanation="miễn sinh hoạt")
    with pytest.raises(NotAllowed, match="không thuộc đối tượng kiểm điểm"):
        saved(review, cast.secretary, **{"text-duties": "x"})


def test_nothing_is_written_while_the_sheet_is_above(tree, cast, season):
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    review = sheet.reviews.first()
    for act in (
        lambda: saved(review, cast.secretary, **{"text-duties": "x"}),
        lambda: actions.hand_in_written(review, by=cast.secretary),
        lambda: actions.reopen_written(review, by=cast.secretary),
        lambda: actions.receive_papers(sheet, reviews=[review.pk], written_on=MEETING, by=cast.secretary),
        lambda: actions.record_residence(sheet, rows={}, by=cast.secretary),
    ):
        with pytest.raises(NotAllowed, match="đã gửi lên cấp trên"):
            act()
    assert not WrittenReview.objects.exists()


def test_papers_stay_when_a_member_leaves_the_sheet(tree, cast, sheet, review):
    whole(review, cast.secretary)
    ResidenceComment.objects.create(season=sheet.season, member=review.member, received_on=MEETING)
    point_raised(sheet, tree.east, by=cast.officer, review=review)
    review.member.memberships.update(organisation=tree.next_door)
    actions.refresh_sheet(sheet, by=cast.secretary)
    assert not Review.objects.filter(pk=review.pk).exists()
    next_door = sheet_of(sheet.season, tree.next_door)
    actions.refresh_sheet(next_door, by=cast.staff)
    moved = next_door.reviews.get(member=review.member)
    assert WrittenReview.objects.get().member == moved.member
    assert saved(moved, cast.staff, {"text-duties": "Đã ghi duties"}, **{"text-duties": "Tiếp"}) == []


# --- pages ---


def page(review, step=""):
    return f"/evaluations/reviews/{review.pk}/written/{step}"


def form(client, review, **changes):
    """What the page would post: every field as it is shown, with what one types instead."""
    shown = client.get(page(review)).context["form"]
    data = {name: shown[name].value() for name in shown.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)} | dict(shown.seen_fields)
    return {**data, **{name.replace("__", "-"): value for name, value in changes.items()}}


def test_the_page_saves_goes_on_and_hands_in(cast, as_, sheet):
    client = as_(cast.secretary)
    first, second, _ = sheet.reviews.all()
    shown = client.get(page(first)).content.decode()
    for words in (
        "A. NỘI DUNG KIỂM ĐIỂM",
        "1. Phẩm chất chính trị, đạo đức, lối sống",
        "IV. Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)",
        "Mẫu 02B (43-HD/BTCTW)",
        "hồ sơ chưa ghi nghề nghiệp",
    ):
        assert words in shown, words
    answer = client.post(page(first, "save/"), form(client, first, text__duties="Dòng một\r\n  Dòng  hai", next="1"))
    assert answer.url == page(second)
    assert WrittenReview.objects.get().texts == {"duties": "Dòng một\nDòng hai"}
    refused = client.post(page(first, "save/"), form(client, first, hand_in="1"), follow=True).content.decode()
    assert "Chưa nộp được: chưa ghi ngày viết" in refused
    typed = {f"text__{code}": "Tốt" for code in TEXTS} | {"written_on": "05/12/2025", "own_level": "HTTNV"}
    done = client.post(page(first, "save/"), form(client, first, hand_in="1", **typed), follow=True).content.decode()
    assert "Đã nhận bản kiểm điểm" in done
    assert "Mở lại để sửa" in done
    assert "textarea" not in done
    assert client.post(page(first, "reopen/")).url == page(first)
    assert WrittenReview.objects.get().state == "draft"


def test_wrong_input_keeps_what_was_typed_and_saves_the_rest(cast, as_, review):
    client = as_(cast.secretary)
    data = form(client, review, written_on="40/40/2025", own_general="31", text__duties="Giữ lại")
    answer = client.post(page(review, "save/"), data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "40/40/2025" in shown
    assert "Điểm 31 phải từ 0 đến 30" in shown
    assert WrittenReview.objects.get().texts == {"duties": "Giữ lại"}
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    again = client.post(page(review, "save/"), form(client, review, written_on=tomorrow))
    assert "không thể ở trong tương lai" in again.content.decode()


def test_a_clash_shows_both_and_a_second_click_decides(cast, as_, review):
    client = as_(cast.secretary)
    data = form(client, review, text__duties="Của tôi")
    saved(review, cast.staff, **{"text-duties": "Của người khác"})
    answer = client.post(page(review, "save/"), data)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Người staff vừa ghi khác: “Của người khác”" in shown
    assert ">\nCủa tôi</textarea>" in shown
    again = {**data, **dict(answer.context["form"].seen_fields)}
    assert client.post(page(review, "save/"), again).status_code == 302
    assert WrittenReview.objects.get().texts == {"duties": "Của tôi"}


def test_drafts_are_the_cells_own_and_above_reads_what_was_handed_in(cast, as_, sheet, review):
    whole(review, cast.secretary)
    for user in (cast.officer, cast.staff):
        shown = as_(user).get(page(review))
        assert shown.status_code == 200
        assert "Đã ghi duties" not in shown.content.decode()
        assert as_(user).get(page(review, "form.pdf")).status_code == 404
    actions.hand_in_written(review, by=cast.secretary)
    for user in (cast.officer, cast.staff, cast.secretary):
        assert "Đã ghi duties" in as_(user).get(page(review)).content.decode()
    for user, status in ((cast.reader, 403), (cast.inspector, 403), (cast.stranger, 404), (cast.other_officer, 404)):
        assert as_(user).get(page(review)).status_code == status
        assert as_(user).get(page(review, "form.pdf")).status_code == status
        assert as_(user).get(f"/evaluations/sheets/{sheet.pk}/written/").status_code == status
    assert "Mở lại" not in as_(cast.officer).get(page(review)).content.decode()
    assert as_(cast.officer).post(page(review, "reopen/")).status_code == 403


def test_the_list_takes_signed_papers(cast, as_, sheet):
    client, address = as_(cast.secretary), f"/evaluations/sheets/{sheet.pk}/written/"
    first, second, _ = sheet.reviews.all()
    assert "Đã nộp 0/3 bản, còn thiếu 3 nhận xét nơi cư trú, 0 gợi ý" in client.get(address).content.decode()
    data = {"written_on": "05/12/2025", "reviews": [str(first.pk), str(second.pk)]}
    assert client.post(f"{address}receive/", data).url == address
    shown = client.get(address).content.decode()
    assert "Đã nộp 2/3 bản" in shown
    assert shown.count("đã nộp (bản giấy)") == 2
    assert client.post(f"{address}receive/", data).status_code == 422
    assert client.post(f"{address}receive/", data | {"reviews": ["junk"]}).status_code == 422


def test_the_sheet_warns_before_sending_and_does_not_refuse(cast, as_, season, tree, sheet):
    first, second, third = sheet.reviews.all()
    point_raised(sheet, tree.east, by=cast.officer)
    actions.receive_papers(sheet, reviews=[first.pk, third.pk], written_on=MEETING, by=cast.secretary)
    shown = as_(cast.secretary).get(f"/evaluations/sheets/{sheet.pk}/").content.decode()
    assert f"Chưa nộp bản kiểm điểm: 1 đồng chí ({second.member})." in shown
    assert "Chưa có nhận xét của cấp ủy nơi cư trú (Điều 17 Quy định 366-QĐ/TW): 3 đồng chí" in shown
    assert "Chi bộ chưa giải trình gợi ý kiểm điểm của cấp trên đối với tập thể." in shown
    assert sent(season, tree.here, cast.secretary, ["HTTNV"] * 3).state == "sent"


def test_as_many_queries_for_one_member_as_for_forty(cast, as_, tree, season, sheet):
    client = as_(cast.secretary)
    written, residence = (f"/evaluations/sheets/{sheet.pk}/{name}/" for name in ("written", "residence"))
    one = [queries_of(client, address) for address in (written, residence, page(sheet.reviews.first()))]
    people(tree.here, 37)
    actions.refresh_sheet(sheet, by=cast.secretary)
    reviews = list(sheet.reviews.all())
    actions.receive_papers(sheet, reviews=[each.pk for each in reviews], written_on=MEETING, by=cast.secretary)
    point_raised(sheet, tree.east, by=cast.officer, review=reviews[0])
    many = [queries_of(client, address) for address in (written, residence, page(reviews[0]))]
    assert len(reviews) == 40
    assert many[:2] == one[:2]
    assert max(*one, *many) <= MOST
    assert queries_of(client, f"/evaluations/sheets/{sheet.pk}/") <= MOST


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 30000, "99999999999999999999", "32/13/2025"])
def test_junk_never_breaks_the_page(cast, as_, review, junk):
    client = as_(cast.secretary)
    names = [*form(client, review), "text-duties", "text-whole", "degree-item_1", "own_results", "on_paper", "group"]
    assert client.post(page(review, "save/"), dict.fromkeys(names, junk)).status_code in (409, 422)
    assert client.get(page(review)).status_code == 200


# --- other years, other records ---


def test_the_form_of_2019_asks_for_a_degree_in_each_item(cast, as_, season, sheet, review):
    of_year(season, 2019)
    client = as_(cast.secretary)
    shown = client.get(page(review)).content.decode()
    for words in (
        "Mẫu 02 (21-HD/BTCTW)",
        "1. (phần mềm chưa biết tiêu đề mục này; ghi theo mẫu in)",
        "Mức độ tự nhận của mục 1",
        "1. Cán bộ, công chức, viên chức",
    ):
        assert words in shown, words
    assert "Mức độ tự nhận của mục 5" not in shown  # for leaders only
    texts = {f"text__{code}": "Tốt" for code in ("item_1", "item_2", "commitment", "faults", "remedy", "directions")}
    typed = texts | {"written_on": "05/12/2025", "own_level": "HTTNV", "degree__item_1": "tot"}
    refused = client.post(page(review, "save/"), form(client, review, hand_in="1", **typed), follow=True)
    said = refused.content.decode()
    assert "mục I.2 chưa chọn mức độ" in said
    assert "mục III “Kết quả khắc phục hạn chế đã được kết luận, chỉ ra kỳ trước” chưa chọn mức độ" in said
    rest = {"degree__item_2": "kem", "degree__remedy": "xuat_sac", "staff_level": "HTXSNV"}
    client.post(page(review, "save/"), form(client, review, hand_in="1", **rest))
    written = WrittenReview.objects.get()
    assert (written.form, written.state, written.staff_level) == ("02", "handed_in", "HTXSNV")
    assert written.degrees == {"item_1": "tot", "item_2": "kem", "remedy": "xuat_sac"}


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2024, "chưa biết tiêu đề các mục của Mẫu 02A (25-HD/BTCTW)"),
        (2018, "chưa biết mẫu bản kiểm điểm năm 2018"),
        (2012, "chưa biết mẫu bản kiểm điểm năm 2012"),
    ],
)
def test_a_form_that_is_not_known_is_one_place_to_write(cast, as_, season, review, year, said):
    of_year(season, year)
    client = as_(cast.secretary)
    answer = client.get(page(review))
    assert said in answer.content.decode()
    assert [name for name in answer.context["form"].fields if name.startswith("text-")] == ["text-whole"]
    client.post(page(review, "save/"), form(client, review, text__whole="Theo mẫu in"))
    assert WrittenReview.objects.get().texts == {"whole": "Theo mẫu in"}
    assert client.get(page(review, "file-list.pdf")).status_code == 404


def test_papers_go_along_when_two_records_become_one(cast, tree, sheet, review):
    whole(review, cast.secretary)
    ResidenceComment.objects.create(season=sheet.season, member=review.member, received_on=MEETING)
    point = point_raised(sheet, tree.east, by=cast.officer, review=review)
    survivor = sheet.reviews.last().member
    ResidenceComment.objects.create(season=sheet.season, member=survivor, received_on=MEETING)
    kept = REVIEWS_IN_A_MERGE.carry_out(survivor, review.member)
    point.refresh_from_db()
    assert (WrittenReview.objects.get().member, point.member) == (survivor, survivor)
    assert ResidenceComment.objects.filter(member=review.member).count() == 1  # he has one of his own
    REVIEWS_IN_A_MERGE.undo(SimpleNamespace(merged=review.member), kept)
    point.refresh_from_db()
    assert (WrittenReview.objects.get().member, point.member) == (review.member, review.member)
