"""The page "buổi xếp loại": drafts field by field, both values where two people write, sums in words, sending."""

import gzip
from datetime import date
from decimal import Decimal

import pytest

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.reviews import Findings
from evaluations.enums import SheetState
from evaluations.models import RatingSheet, Review
from evaluations.sheet_page import read_sheet
from evaluations.sheet_row import key_of
from members.enums import MembershipKind, OverlayKind, StartReason
from members.models import AnnualGrade, Membership, Overlay, Sanction
from tests.evaluations.rating_cases import MEETING, done, fill, head, open_season, people, row, sent, sheet_of
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tree, cast):
    """The open sheet of the cell "here" with three members; next door has three others."""
    people(tree.here, 3)
    people(tree.next_door, 3)
    return sheet_of(open_season(tree, cast.staff), tree.here)


def page_of(sheet):
    return read_sheet(sheet_of(sheet.season, sheet.organisation), on=MEETING)


def url(sheet, step=""):
    return f"/evaluations/sheets/{sheet.pk}/{step}"


def gaps(page, who):
    return [gap.what for gap in page.gaps if gap.who == str(who)]


# --- drafts ---


def test_a_field_is_saved_over_the_version_that_was_read(sheet, cast):
    review = sheet.reviews.first()
    assert actions.save_draft(sheet, rows={review.pk: Edit(1, {"points": Decimal("92.5")})}, by=cast.secretary) == []
    review.refresh_from_db()
    assert (review.points, review.version, review.changed_by) == (Decimal("92.5"), 2, cast.secretary)
    assert not LogEntry.objects.filter(action__contains="draft").exists()


def test_a_stale_version_writes_nothing_and_returns_both_values(sheet, cast):
    review = sheet.reviews.first()
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"own_level": "HTTNV"})}, by=cast.officer)
    [conflict] = actions.save_draft(
        sheet, rows={review.pk: Edit(1, {"own_level": "HTNV"}, was={"own_level": ""})}, by=cast.secretary
    )
    assert (conflict.name, conflict.mine, conflict.theirs) == ("own_level", "HTNV", "HTTNV")
    assert conflict.by == "Người officer"
    review.refresh_from_db()
    assert (review.own_level, review.version) == ("HTTNV", 2)


def test_another_field_of_the_same_row_and_a_repeated_request_are_no_conflict(sheet, cast):
    review = sheet.reviews.first()
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"own_level": "HTTNV"})}, by=cast.officer)
    again = Edit(1, {"own_level": "HTTNV", "points": Decimal(80)}, was={"own_level": "", "points": None})
    assert actions.save_draft(sheet, rows={review.pk: again}, by=cast.secretary) == []
    review.refresh_from_db()
    assert (review.points, review.version) == (80, 3)


def test_a_row_of_another_cell_is_not_written(sheet, tree, cast):
    other = Review.objects.filter(sheet__organisation=tree.next_door).first()
    actions.save_draft(sheet, rows={other.pk: Edit(1, {"proposed_level": "KHTNV"})}, by=cast.secretary)
    other.refresh_from_db()
    assert (other.proposed_level, other.version) == ("", 1)


def test_a_level_and_a_reason_for_none_exclude_each_other(sheet, cast):
    review = sheet.reviews.first()

    def save(version, **values):
        actions.save_draft(sheet, rows={review.pk: Edit(version, values)}, by=cast.secretary)
        review.refresh_from_db()
        return review.proposed_level, review.not_rated_reason

    assert save(1, proposed_level="HTTNV") == ("HTTNV", "")
    assert save(2, not_rated_reason="ill") == ("", "ill")
    assert save(3, proposed_level="HTNV") == ("HTNV", "")


def test_a_sent_sheet_takes_no_draft(sheet, tree, cast):
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    actions.send(sheet, by=cast.secretary)
    review = sheet.reviews.first()
    with pytest.raises(NotAllowed, match="đã gửi"):
        actions.save_draft(sheet, rows={review.pk: Edit(2, {"points": Decimal(1)})}, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Bảng đã gửi"):
        actions.override_eligibility(review, outcome="rate", not_rated_reason="", reason="x", by=cast.secretary)


# --- votes (classification.md §8.4) ---


def test_base_and_threshold_with_probationary_members(tree, cast):
    """V1: 22 members, 2 probationary: base 20, need 11."""
    people(tree.here, 20)
    people(tree.here, 2, official_on=None)
    page = page_of(sheet_of(open_season(tree, cast.staff), tree.here))
    assert (len(page.rows), page.vote.base, page.needed, page.probationary) == (22, 20, 11, 2)


def test_absent_exempt_and_temporary_members_leave_the_base_by_name(tree, cast):
    """V2: 21 official, 1 temporarily elsewhere and 2 exempt, all three absent: base 18, need 10 → HTTNV proposed."""
    members = people(tree.here, 21)
    away, *exempt = members[:3]
    Membership.objects.create(
        member=away,
        organisation=tree.there,
        kind=MembershipKind.TEMPORARY,
        started_on=date(2025, 9, 1),
        start_reason=StartReason.TEMPORARY,
    )
    for member in exempt:
        Overlay.objects.create(member=member, kind=OverlayKind.EXEMPT, started_on=date(2025, 9, 1))
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    page = page_of(sheet)
    assert (page.vote.base, page.needed) == (18, 10)
    assert sorted(name for name, _ in page.exclusions) == sorted(str(member) for member in members[:3])
    review = Review.objects.get(member=members[5])
    votes = {"votes_HTTNV": 10, "votes_HTNV": 5, "blanks": 1}
    actions.save_draft(sheet, head=head(16), rows={review.pk: Edit(1, votes)}, by=cast.secretary)
    carried = page_of(sheet).row(key_of(review)).carried
    assert (carried.level, carried.needed) == ("HTTNV", 10)
    attending = Review.objects.get(member=exempt[0])
    actions.save_draft(sheet, rows={attending.pk: Edit(1, {"attended": True})}, by=cast.secretary)
    assert page_of(sheet).vote.base == 19


@pytest.mark.parametrize(
    ("votes", "level", "words"),
    [
        pytest.param({"HTTNV": 9, "HTNV": 7}, None, "16/16 phiếu", id="V3: 9 + 7 proposes none"),
        pytest.param({"HTTNV": 10, "HTNV": 5, "blanks": 1}, None, "16/16 phiếu", id="V3: 10 + 5 + 1 blank"),
        pytest.param({"HTTNV": 11, "HTNV": 5}, "HTTNV", "16/16 phiếu", id="V3: 11 + 5 proposed"),
        pytest.param({"HTTNV": 11, "HTNV": 6}, "HTTNV", "17/16 phiếu", id="V4: 17 > 16"),
    ],
)
def test_sums_are_checked_in_words(tree, cast, votes, level, words):
    people(tree.here, 20)
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    review = sheet.reviews.first()
    values = {("blanks" if name == "blanks" else f"votes_{name}"): count for name, count in votes.items()}
    actions.save_draft(sheet, head=head(16), rows={review.pk: Edit(1, values)}, by=cast.secretary)
    found = page_of(sheet).row(key_of(review))
    assert (found.carried.level, found.sum_words) == (level, words)
    too_many = [gap.what for gap in found.gaps if "nhiều hơn 16 phiếu hợp lệ" in gap.what]
    assert found.sum_ok is (words == "16/16 phiếu")
    assert len(too_many) == (0 if found.sum_ok else 1)


def test_counts_of_the_meeting_are_checked_in_words(sheet, cast):
    edit = Edit(1, {"present": 9, "issued": 10, "collected": 11, "valid": 5, "invalid": 5})
    actions.save_draft(sheet, head=edit, by=cast.secretary)
    assert page_of(sheet).head_problems == [
        "Có mặt 9 người, nhiều hơn 3 đảng viên được tính biểu quyết.",
        "Phát ra 10 phiếu, nhiều hơn 9 người có mặt được biểu quyết.",
        "Thu vào 11 phiếu, nhiều hơn 10 phiếu phát ra.",
        "Hợp lệ 5 + không hợp lệ 5 = 10, khác 11 phiếu thu vào.",
    ]


# --- advice and reasons ---


def test_a_level_other_than_advised_or_voted_needs_a_reason(sheet, cast):
    review = sheet.reviews.first()
    values = {
        "own_level": "HTXSNV",
        "points": Decimal(92),
        "tasks_total": 10,
        "tasks_beyond": 2,
        "votes_HTXSNV": 2,
        "blanks": 1,
        "proposed_level": "HTXSNV",
    }
    actions.save_draft(sheet, head=head(3), rows={review.pk: Edit(1, values)}, by=cast.secretary)
    found = page_of(sheet).row(key_of(review))
    assert found.suggested.code == "HTTNV"  # W2: 20 % beyond requirement is under 30 %
    assert found.causes == ("đề nghị khác mức gợi ý (HTTNV)", "phần gợi ý yêu cầu giải trình")
    actions.save_draft(sheet, rows={review.pk: Edit(2, {"reason": "Sáng kiến cấp tỉnh"})}, by=cast.secretary)
    assert page_of(sheet).row(key_of(review)).gaps == []


def test_discipline_of_the_year_is_shown_and_asks_a_reason(sheet, cast):
    review = sheet.reviews.first()
    Sanction.objects.create(
        member=review.member, form="reprimand", decided_on=date(2025, 5, 2), duty_linked=True, act_from=date(2025, 3, 1)
    )
    actions.save_draft(sheet, head=head(3), rows={review.pk: row("HTTNV", 3)}, by=cast.secretary)
    found = page_of(sheet).row(key_of(review))
    assert found.causes == ("có quyết định kỷ luật trong năm",)
    findings = Findings(("duty_linked_discipline",), False, False)
    with pytest.raises(NotAllowed, match="căn cứ"):
        actions.confirm_doors(review, findings=findings, reason="", by=cast.secretary)
    actions.confirm_doors(review, findings=findings, reason="Quyết định 3-QĐ/UBKT", by=cast.secretary)
    assert page_of(sheet).row(key_of(review)).suggested.code == "KHTNV"
    [entry] = LogEntry.objects.filter(action="evaluations.confirm_doors")
    assert entry.data["doors"] == ["duty_linked_discipline"]


def test_last_year_stands_beside_this_year_in_its_own_words(sheet, tree, cast):
    first, second, third = [review.member for review in sheet.reviews.all()]
    AnnualGrade.objects.create(
        member=first, year=2024, scale="nhiem_vu", level="HTXSNV", organisation=tree.here, recorded_by=cast.staff
    )
    AnnualGrade.objects.create(
        member=second, year=2024, scale="nhiem_vu", not_rated_reason="ill", organisation=tree.here
    )
    words = {row.review.member: row.last and row.last.word for row in page_of(sheet).rows}
    assert words == {first: "HTXSNV", second: "Ốm đau", third: None}


# --- pages ---


def whole(sheet, levels, **changes):
    """What the button posts: the head and every row of the page."""
    data = {"whole": "1", "head-version": "1", "head-held_on": "05/12/2025", "head-invalid": "0"}
    data |= {f"head-{name}": "3" for name in ("present", "issued", "collected", "valid")}
    for review, level in zip(sheet.reviews.all(), levels, strict=True):
        key = key_of(review)
        data |= {f"{key}-version": "1", f"{key}-own_level": level, f"{key}-votes_{level}": "2"}
        data |= {f"{key}-blanks": "1", f"{key}-proposed_level": level}
        data |= {f"{key}-{name}": str(value) for name, value in done(level).items()}
    return data | changes


def test_the_button_saves_the_whole_page_without_scripts(sheet, cast, as_):
    response = as_(cast.secretary).post(url(sheet, "save/"), whole(sheet, ["HTTNV", "HTTNV", "HTNV"]))
    assert (response.status_code, response.url) == (302, url(sheet))
    assert [review.proposed_level for review in sheet.reviews.all()] == ["HTTNV", "HTTNV", "HTNV"]
    assert page_of(sheet).gaps == []


def test_wrong_fields_come_back_as_typed_and_the_rest_is_saved(sheet, cast, as_):
    key = key_of(sheet.reviews.first())
    wrong = {f"{key}-points": "chín mươi", f"{key}-votes_HTNV": "-1", "head-held_on": "31/02/2025"}
    response = as_(cast.secretary).post(url(sheet, "save/"), whole(sheet, ["HTTNV"] * 3, **wrong))
    content = response.content.decode()
    assert response.status_code == 422
    assert 'value="chín mươi"' in content
    assert "Ghi điểm bằng số, ví dụ 92,5." in content
    assert "Ghi ngày theo dạng ngày/tháng/năm" in content
    assert [review.proposed_level for review in sheet.reviews.all()] == ["HTTNV"] * 3


def test_a_stale_page_shows_both_values_and_the_next_save_decides(sheet, cast, as_):
    review = sheet.reviews.first()
    actions.save_draft(sheet, rows={review.pk: Edit(1, {"own_level": "HTNV"})}, by=cast.officer)
    client = as_(cast.secretary)
    data = whole(sheet, ["HTTNV"] * 3)
    response = client.post(url(sheet, "save/"), data)
    content = response.content.decode()
    assert response.status_code == 409
    assert "đồng chí ghi “HTTNV”" in content
    assert "Người officer đã lưu “HTNV”" in content
    review.refresh_from_db()
    assert review.own_level == "HTNV"
    data[f"{key_of(review)}-version"] = str(review.version)
    data["head-version"] = str(sheet_of(sheet.season, sheet.organisation).version)
    client.post(url(sheet, "save/"), data)
    review.refresh_from_db()
    assert review.own_level == "HTTNV"


def test_one_field_is_saved_at_once_and_only_words_come_back(sheet, cast, as_):
    review = sheet.reviews.first()
    key = key_of(review)
    data = {f"{key}-version": "1", f"{key}-proposed_level": "HTTNV", f"was-{key}-proposed_level": ""}
    response = as_(cast.secretary).post(url(sheet, "save/"), data, HTTP_HX_REQUEST="true")
    content = response.content.decode()
    assert (response.status_code, response.headers["X-Draft"]) == (200, "saved")
    assert f'id="v-{key}" name="{key}-version" value="2"' in content
    assert "<b>1</b> đã xếp" in content
    assert "<select" not in content
    assert 'type="radio"' not in content
    older = data | {f"{key}-proposed_level": "HTNV"}
    stale = as_(cast.secretary).post(url(sheet, "save/"), older, HTTP_HX_REQUEST="true")
    assert (stale.status_code, stale.headers["X-Draft"]) == (409, "refused")
    assert "data-keep" in stale.content.decode()


JUNK = ["", "-1", "99999999999999999999", "1e9", "NaN", "<script>", "\x00", "٣", "x" * 5000, "HTXSNV'--"]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_never_breaks_the_page(sheet, cast, as_, junk):
    key = key_of(sheet.reviews.first())
    names = ["version", "own_level", "points", "votes_HTTNV", "blanks", "tasks_total", "tasks_late", "proposed_level"]
    names += ["faults_remedied", "not_rated_reason", "reason", "answer", "attended"]
    data = {f"{key}-{name}": junk for name in names} | {f"was-{key}-{name}": junk for name in names}
    data |= {f"head-{name}": junk for name in ("version", "held_on", "present", "valid", "note")}
    client = as_(cast.secretary)
    for extra in ({}, {"whole": "1"}):
        for step in ("save/", "send/"):
            response = client.post(url(sheet, step), data | extra)
            assert response.status_code in (302, 409, 422)
    assert client.get(url(sheet)).status_code == 200
    sheet.refresh_from_db()
    assert sheet.state == SheetState.DRAFT


def test_sending_saves_the_page_and_refuses_gaps_with_a_list(sheet, cast, as_):
    client = as_(cast.secretary)
    missing = key_of(sheet.reviews.last())
    data = whole(sheet, ["HTTNV"] * 3)
    del data[f"{missing}-proposed_level"]
    response = client.post(url(sheet, "send/"), data)
    assert response.status_code == 422
    assert f'<a href="#{missing}-level">' in response.content.decode()
    data |= {f"{missing}-proposed_level": "HTTNV"}
    data |= {f"{key_of(review)}-version": str(review.version) for review in sheet.reviews.all()}
    data["head-version"] = str(RatingSheet.objects.get(pk=sheet.pk).version)
    assert client.post(url(sheet, "send/"), data).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SENT
    assert client.post(url(sheet, "recall/")).status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == SheetState.DRAFT


def test_strangers_find_nothing_and_officers_only_read(sheet, tree, cast, as_):
    member = str(sheet.reviews.first().member)
    review = sheet.reviews.first()
    for user in (cast.stranger, cast.other_officer):
        client = as_(user)
        for step in ("", "save/", "send/", "recall/", "open/", "return/", "forward/", "appraise/", "refresh/"):
            response = client.get(url(sheet)) if not step else client.post(url(sheet, step))
            assert response.status_code in (403, 404), (user, step)
            assert member not in response.content.decode()
        assert client.get(f"/evaluations/reviews/{review.pk}/").status_code == 404
    assert as_(cast.stranger).post(url(sheet, "save/")).status_code == 404
    for user in (cast.reader, cast.inspector, cast.administrator):
        assert as_(user).get(url(sheet)).status_code == 403
    client = as_(cast.officer)
    content = client.get(url(sheet)).content.decode()
    assert member in content
    assert "Lưu bản nháp" not in content
    assert client.post(url(sheet, "save/"), whole(sheet, ["HTTNV"] * 3)).status_code == 403


def test_the_cell_does_not_take_the_steps_of_the_bodies_above(tree, cast, as_):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    client = as_(cast.secretary)
    for step in ("open/", "return/", "forward/", "appraise/"):
        assert client.post(url(sheet, step), {"reason": "x"}).status_code == 403
    sheet.refresh_from_db()
    assert sheet.state == SheetState.SENT


def test_an_officer_opens_and_returns_by_the_page(tree, cast, as_):
    people(tree.here, 3)
    sheet = sent(open_season(tree, cast.staff), tree.here, cast.secretary, ["HTTNV"] * 3)
    key = key_of(sheet.reviews.first())
    client = as_(cast.officer)
    assert client.post(url(sheet, "open/")).status_code == 302
    empty = client.post(url(sheet, "return/"), {"reason": "  "})
    assert empty.status_code == 422
    assert "lý do trả lại" in empty.content.decode()
    long = client.post(url(sheet, "return/"), {f"{key}-note": "x" * 1001})
    assert long.status_code == 422
    client.post(url(sheet, "return/"), {f"{key}-note": "Xem lại"})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.reviews.first().return_note) == (SheetState.RETURNED, "Xem lại")


def test_eligibility_is_settled_by_hand_with_a_reason(tree, cast, as_):
    member = MemberFactory(home=tree.here, decided_on=None, admitted_on=None, official_on=None)
    sheet = sheet_of(open_season(tree, cast.staff), tree.here)
    review = sheet.reviews.get()
    assert "chưa rõ có thuộc đối tượng không" in gaps(page_of(sheet), member)[0]
    client = as_(cast.secretary)
    place = f"/evaluations/reviews/{review.pk}/"
    assert client.get(place).status_code == 200
    assert client.post(f"{place}eligibility/", {"outcome": "rate"}).status_code == 422
    assert client.post(f"{place}eligibility/", {"outcome": "outside", "reason": "x"}).status_code == 422
    assert (
        client.post(f"{place}eligibility/", {"outcome": "rate", "reason": "Có quyết định kết nạp"}).status_code == 302
    )
    review.refresh_from_db()
    assert (review.outcome, review.override_reason) == ("rate", "Có quyết định kết nạp")
    assert client.post(f"{place}doors/", {"doors": ["no_such_door"], "reason": "x"}).status_code == 422
    assert client.post(f"{place}doors/", {"is_leader": "on"}).status_code == 302


def test_a_page_of_forty_is_light_and_asks_little(tree, cast, as_):
    people(tree.here, 40)
    people(tree.next_door, 1)
    season = open_season(tree, cast.staff)
    client = as_(cast.secretary)
    sheet = sheet_of(season, tree.here)
    content = client.get(url(sheet)).content
    assert len(gzip.compress(content)) < 100_000
    forty = queries_of(client, url(sheet))
    small = sheet_of(season, tree.next_door)
    one = queries_of(as_(cast.officer), url(small))
    assert forty <= MOST
    assert one == queries_of(as_(cast.officer), url(sheet))
