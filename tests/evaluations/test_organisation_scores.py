"""Collectives on the frame of appendix PL1: which frame, three sets of points, the suggestion, form 01 on paper."""

import re
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.organisations import OrganisationIncomplete
from evaluations.actions.scores import ScoresEdit
from evaluations.enums import Appendix
from evaluations.models import OrganisationPoints, OrganisationReview
from evaluations.organisation_scores import collective_of
from evaluations.organisations import read_rows
from evaluations.season_rules import rule_book
from tests.evaluations.frame_cases import issued, older_season
from tests.evaluations.organisation_cases import BEST, WHOLE, decided_by, filled, rating_of, sent_up
from tests.evaluations.rating_cases import open_season
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
# PL1: six general items of 5 points, results 50 + 20
GENERAL = tuple((f"Nội dung {number}", 5) for number in range(1, 7))
RESULTS = (("Cụ thể hóa và thực hiện chỉ tiêu, nhiệm vụ", 50), ("Kết quả xếp loại của đơn vị phụ trách", 20))
GOOD = ("5", "5", "4.5", "5", "5", "4.5", "46", "18")  # 29 + 64 = 93


def pl1(body, by, **options):
    return issued(body, by=by, appendix=Appendix.PL1, general=GENERAL, results=RESULTS, **options)


@pytest.fixture
def frame(tree, cast):
    return pl1(tree.root, cast.staff)


@pytest.fixture
def season(tree, cast, frame):
    return open_season(tree, cast.staff)


def one_of(season, organisation):
    review = rating_of(season, organisation)
    return collective_of(review, rule_book(season))


def give(season, organisation, points, *, by, kind="own", version=None):
    """Points leaf by leaf in the printed order; the review afterwards, and whether somebody was faster."""
    one = one_of(season, organisation)
    keys = [leaf.key for leaf in one.tree.leaves]
    values = {key: None if text is None else Decimal(text) for key, text in zip(keys, points, strict=False)}
    edit = ScoresEdit(one.row.version if version is None else version, values)
    clash = actions.save_organisation_scores(one.review, kind=kind, edit=edit, by=by)
    return rating_of(season, organisation), clash is not None


def suggested(season, organisation):
    [row] = read_rows([rating_of(season, organisation)], rule_book(season))
    return row.suggestion


def sent(season, tree, cast, **changes):
    """The own rating of "here" with its points, sent."""
    give(season, tree.here, GOOD, by=cast.secretary)
    values = {**WHOLE, "tasks_beyond": 4, "own_level": "HTXSNV", **changes}
    review = rating_of(season, tree.here)
    actions.fill_organisation(review, version=review.version, values=values, by=cast.secretary)
    return actions.send_organisation(rating_of(season, tree.here), by=cast.secretary)


# --- which frame


def test_every_collective_takes_the_nearest_frame_above_it_when_the_season_opens(tree, cast, frame):
    own = pl1(tree.east, cast.officer)
    season = open_season(tree, cast.staff)
    frames = {row.organisation_id: row.frame_id for row in OrganisationReview.objects.filter(season=season)}
    assert (frames[tree.here.pk], frames[tree.there.pk]) == (own.pk, frame.pk)
    assert frames[tree.east.pk] == frame.pk  # not the one that it issued itself
    later = pl1(tree.root, cast.staff, number="9-HD/ĐU", issued_on=date(2025, 12, 1))
    assert later.version == 2
    assert rating_of(season, tree.west).frame == frame


def test_a_collective_that_comes_later_takes_the_frame_of_the_season(season, tree, cast, system, frame):
    pl1(tree.root, cast.staff, number="9-HD/ĐU", issued_on=date(2025, 12, 1))
    new = add_organisation(OrganisationEntry("Chi bộ Mới", "cell", date(2025, 7, 1)), parent=tree.east, by=system)
    OrganisationReview.objects.filter(season=season, organisation=tree.here).update(frame=None)
    OrganisationReview.objects.filter(season=season, organisation=tree.next_door).update(frame=None, general_points=20)
    assert actions.add_organisations(season, by=cast.staff)["framed"] == 1
    assert (rating_of(season, new).frame, rating_of(season, tree.here).frame) == (frame, frame)
    assert rating_of(season, tree.next_door).frame is None  # has points on the two groups already


# --- points


def test_own_points_are_summed_by_group_and_feed_the_suggestion(season, tree, cast):
    review, _ = give(season, tree.here, GOOD[:7], by=cast.secretary)
    assert (review.general_points, review.results_points, review.used_points) == (29, None, None)
    review, _ = give(season, tree.here, GOOD, by=cast.secretary)
    assert (review.general_points, review.results_points, review.points) == (29, 64, 93)
    filled(season, tree.here, cast.secretary, **BEST)
    review = rating_of(season, tree.here)
    assert (review.general_points, review.results_points) == (29, 64)  # not typed over on form 01
    assert suggested(season, tree.here).level == "HTXSNV"
    assert LogEntry.objects.filter(action="evaluations.save_organisation_scores").count() == 2
    give(season, tree.here, GOOD, by=cast.secretary)
    assert LogEntry.objects.filter(action="evaluations.save_organisation_scores").count() == 2


def test_a_collective_without_all_its_criteria_is_not_sent(season, tree, cast):
    give(season, tree.here, GOOD[:7], by=cast.secretary)
    filled(season, tree.here, cast.secretary, own_level="HTTNV")
    with pytest.raises(OrganisationIncomplete) as refusal:
        actions.send_organisation(rating_of(season, tree.here), by=cast.secretary)
    assert refusal.value.gaps[0] == "Chưa chấm đủ các tiêu chí của khung điểm."


@pytest.mark.parametrize(("points", "words"), [(("5.1",), "phải từ 0 đến 5"), (("4.25",), "bội số của 0,1")])
def test_points_that_break_the_frame_write_nothing(season, tree, cast, points, words):
    with pytest.raises(NotAllowed, match=words):
        give(season, tree.here, points, by=cast.secretary)
    assert not OrganisationPoints.objects.exists()


def test_somebody_faster_is_not_overwritten(season, tree, cast):
    give(season, tree.here, GOOD, by=cast.secretary)
    review, clash = give(season, tree.here, ("1",), by=cast.secretary, version=0)
    assert (clash, review.general_points) == (True, 29)


def test_points_of_the_deciding_body_are_a_set_of_their_own_and_go_when_it_returns(season, tree, cast):
    sent(season, tree, cast)
    with pytest.raises(NotAllowed, match="chưa đến lượt"):
        give(season, tree.here, GOOD, by=cast.secretary)
    with pytest.raises(NotAllowed, match="chưa đến lượt"):
        give(season, tree.here, GOOD, by=cast.officer, kind="appraised")  # no committee stands between
    lower = ("4", "4", "4", "4", "4", "4", "40", "15")
    review, _ = give(season, tree.here, lower[:7], by=cast.officer, kind="decided")
    assert review.used_points == 93  # not whole yet
    review, _ = give(season, tree.here, lower, by=cast.officer, kind="decided")
    assert (review.points, review.decided_points, review.used_points, review.intended_points) == (93, 79, 93, 79)
    assert suggested(season, tree.here).level == "HTXSNV"  # what everybody sees before the decision
    assert LogEntry.objects.filter(action="evaluations.save_organisation_scores").latest("id").organisation == tree.east
    with pytest.raises(NotAllowed, match="Cấp trên đã chấm điểm"):
        actions.recall_organisation(review, by=cast.secretary)
    review = actions.return_organisation(review, reason="Xem lại", by=cast.officer)
    assert (review.decided_points, review.used_points, OrganisationPoints.objects.get().decided) == (None, 93, {})
    entry = LogEntry.objects.get(action="evaluations.return_organisation")
    assert list(entry.data["points"]["decided"].values()) == list(lower)


def test_a_committee_between_appraises(season, tree, cast):
    OrganisationReview.objects.filter(season=season, organisation=tree.here).update(proposer=tree.east)
    sent(season, tree, cast, tasks_beyond=1, own_level="HTTNV", grounds="Giải trình: vượt yêu cầu một việc")
    review, _ = give(season, tree.here, ("4.5",) * 6 + ("45", "18"), by=cast.officer, kind="appraised")
    assert (review.appraised_points, review.used_points) == (90, 90)
    review, _ = give(season, tree.here, ("4",) * 6 + ("45", "18"), by=cast.officer, kind="decided")
    assert (review.used_points, review.intended_points) == (90, 87)
    decided_by(tree.east, [review], cast.officer)
    assert rating_of(season, tree.here).used_points == 87
    with pytest.raises(NotAllowed, match="đã quyết định"):
        give(season, tree.here, GOOD, by=cast.officer, kind="decided")


def test_without_a_frame_own_points_are_typed_on_form_01_alone(tree, cast):
    season = open_season(tree, cast.staff)
    with pytest.raises(NotAllowed, match="ghi điểm tự chấm ở Mẫu 01"):
        give(season, tree.here, ("28", "60"), by=cast.secretary)
    review = sent_up(season, tree.here, cast.secretary)
    assert one_of(season, tree.here).row.own == {"general": "25.0", "results": "55.0"}
    review, _ = give(season, tree.here, ("24", "50"), by=cast.officer, kind="decided")
    assert (review.points, review.intended_points, OrganisationPoints.objects.get().own) == (80, 74, {})


def test_years_without_points_take_none(tree, cast, frame):
    season = older_season(tree, by=cast.staff)
    assert not OrganisationReview.objects.exclude(frame=None).exists()
    edit = ScoresEdit(0, {"general": Decimal(1)})
    with pytest.raises(NotAllowed, match="không chấm điểm"):
        actions.save_organisation_scores(rating_of(season, tree.here), kind="own", edit=edit, by=cast.secretary)


# --- pages


def page(review, step=""):
    return f"/evaluations/organisations/{review.pk}/{step}"


def controls(text):
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', text))


def test_the_secretary_scores_the_cell_without_javascript(season, tree, cast, as_):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    shown = client.get(page(review))
    assert "general_points" not in shown.context["form"].fields
    assert page(review, "scores/") in shown.content.decode()
    posted = controls(client.get(page(review, "scores/")).content.decode())
    one = one_of(season, tree.here)
    names = [f"{one.key}-{leaf.key}" for leaf in one.tree.leaves]
    posted |= dict(zip(names, ("5", "5", "4,5", "5", "5", "4,5", "46", "18"), strict=True))
    wrong = client.post(page(review, "scores/save/"), posted | {names[0]: "6"})
    assert (wrong.status_code, 'value="6"' in wrong.content.decode()) == (422, True)
    answer = client.post(page(review, "scores/save/"), posted, follow=True)
    assert "Điểm dùng để gợi ý mức: <strong>93</strong> (điểm tự chấm)" in answer.content.decode()
    stale = client.post(page(review, "scores/save/"), posted | {names[0]: "1"})
    assert (stale.status_code, "Người khác đã lưu: 5" in stale.content.decode()) == (409, True)
    assert "29,0 + 64,0 = <b>93,0</b>" in client.get(page(review)).content.decode()
    assert queries_of(client, page(review, "scores/")) <= MOST
    assert queries_of(client, page(review)) <= MOST


def test_who_gives_points_when_and_who_does_not(season, tree, cast, as_):
    review = sent(season, tree, cast)
    one = one_of(season, tree.here)
    posted = {"kind": "decided", f"{one.key}-version": str(one.row.version)}
    posted |= {f"{one.key}-{leaf.key}": "4" for leaf in one.tree.leaves}
    for user, status in ((cast.stranger, 404), (cast.other_officer, 404), (cast.reader, 403), (cast.secretary, 409)):
        assert as_(user).post(page(review, "scores/save/"), posted).status_code == status
    assert as_(cast.officer).post(page(review, "scores/save/"), posted).status_code == 302
    assert rating_of(season, tree.here).decided_points == 32
    shown = as_(cast.officer).get(page(review)).content.decode()
    assert "Điểm cấp quyết định: <b>32,0</b>" in shown
    scores = as_(cast.officer).get(page(review, "scores/")).content.decode()
    assert "<strong>32</strong> (điểm cấp quyết định)" in scores
    table = reverse("evaluations:decide_organisations", args=[season.pk, tree.east.pk])
    assert as_(cast.officer).get(table).context["rows"][0].suggestion.level == "KHTNV"
    for step in ("", "scores/"):  # the cell learns of them when it is decided
        shown = as_(cast.secretary).get(page(review, step)).content.decode()
        assert not re.search(r"\b32(,0)?\b", re.sub(r"<[^>]*>", "", shown)), step
    decided_by(tree.east, [rating_of(season, tree.here)], cast.officer, over_cap_reason="Nghị quyết 3")
    assert "Điểm cấp quyết định: <b>32,0</b>" in as_(cast.secretary).get(page(review)).content.decode()


@pytest.mark.parametrize("junk", ["\x00", "x" * 5000, "-1", "1e9"])
def test_junk_never_breaks_the_page(season, tree, cast, as_, junk):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    one = one_of(season, tree.here)
    posted = {"kind": "own", f"{one.key}-version": "0"} | {f"{one.key}-{leaf.key}": junk for leaf in one.tree.leaves}
    assert client.post(page(review, "scores/save/"), posted).status_code == 422
    assert client.post(page(review, "scores/save/"), posted | {"kind": junk}).status_code == 409
    assert client.post(page(review, "scores/save/"), posted | {f"{one.key}-version": junk}).status_code in (409, 422)
    assert client.get(page(review, "scores/"), {"kind": junk}).status_code == 200


# --- paper


def printed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", text.stdout.decode())


@pytest.mark.poppler
def test_the_scoring_sheet_and_form_01_show_the_criteria(season, tree, cast, as_):
    give(season, tree.here, GOOD, by=cast.secretary)
    review = filled(season, tree.here, cast.secretary)
    client = as_(cast.secretary)
    text = printed(client, page(review, "scores.pdf"))
    assert "tự đánh giá, xếp loại của tập thể năm 2025" in text
    assert "Tập thể: Chi bộ Khóm 1" in text
    assert "Họ và tên" not in text
    assert "3 Nội dung 3 5 4,5" in text
    assert "Tổng cộng 100 93" in text
    blank = printed(client, page(review, "scores-blank.pdf"))
    assert "Tổng cộng 100" in blank
    assert "93" not in blank
    form = printed(client, page(review, "form-01.pdf"))
    assert "1. Nhóm tiêu chí chung: 29/30 điểm." in form
    assert "Tổng điểm: 93/100 điểm." in form
    assert "Bảng chấm điểm tập thể năm 2025: Chi bộ Khóm 1" in form
    assert "Tổng cộng 100 93" in form
    assert "Tổng điểm: ……/100 điểm." in printed(client, page(review, "form-01-blank.pdf"))
