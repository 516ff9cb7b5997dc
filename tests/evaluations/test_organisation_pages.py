"""Pages of organisations rated: list, form 01, deciding in bulk, papers; in scope, in words, with few queries."""

import re
import subprocess
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, OverCap
from evaluations.enums import OrganisationState
from evaluations.models import OrganisationDecision, OrganisationGrade, OrganisationReview
from evaluations.organisation_forms import initial_of
from evaluations.organisations import read_rows
from evaluations.season_rules import rule_book
from tests.evaluations.organisation_cases import BEST, decided_by, filled, rating_of, sent_up
from tests.evaluations.rating_cases import open_season, people, sent
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
PAPER = DecisionEntry("5-QĐ/ĐU", date(2025, 12, 18))


@pytest.fixture
def season(tree, cast):
    return open_season(tree, cast.staff)


def page(review, step=""):
    return f"/evaluations/organisations/{review.pk}/{step}"


def table(season, body):
    return reverse("evaluations:decide_organisations", args=[season.pk, body.pk])


def typed(review, **changes):
    """What the page of a draft posts."""
    values = {name: "" if value is None else str(value) for name, value in initial_of(review).items()}
    del values["doors"], values["lenient"]
    return values | {
        "held_on": "15/12/2025", "general_points": "25,5", "results_points": "55", "tasks_total": "10",
        "tasks_undone": "0", "tasks_late": "0", "tasks_beyond": "1", "undisciplined": "yes", "own_level": "HTTNV",
        "text_principles": "Dòng một.\nDòng  hai.", **changes,
    }  # fmt: skip


# --- the own rating ---


def test_the_secretary_fills_in_form_01_and_sends_it(season, tree, cast, as_):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    shown = client.get(page(review)).content.decode()
    assert "I.1. Việc thực hiện nguyên tắc tập trung dân chủ" in shown
    assert client.post(page(review, "fill/"), typed(review)).status_code == 302
    review = rating_of(season, tree.here)
    assert (str(review.points), review.texts) == ("80.5", {"principles": "Dòng một.\nDòng hai."})
    assert "Đủ điều kiện HTTNV (Điều 11 Quy định 366-QĐ/TW)" in client.get(page(review)).content.decode()
    assert client.post(page(review, "send/"), typed(review)).status_code == 302
    assert rating_of(season, tree.here).state == OrganisationState.SENT
    assert "chờ quyết định" in client.get(page(review)).content.decode()
    assert client.post(page(review, "recall/")).status_code == 302
    assert rating_of(season, tree.here).state == OrganisationState.DRAFT


def test_without_any_task_the_own_level_needs_grounds_g5(season, tree, cast, as_):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    none = {"tasks_total": "0", "tasks_beyond": "0"}
    refused = client.post(page(review, "send/"), typed(review, **none))
    assert refused.status_code == 422
    assert "Bộ quy tắc yêu cầu giải trình (xem phần gợi ý): hãy ghi ở ô căn cứ." in refused.content.decode()
    review = rating_of(season, tree.here)
    answer = {"grounds": "Chi bộ mới lập, chưa giao nhiệm vụ", "version": str(review.version)}
    assert client.post(page(review, "send/"), typed(review, **none, **answer)).status_code == 302
    assert rating_of(season, tree.here).state == OrganisationState.SENT


def test_gaps_bad_input_and_an_old_page_keep_what_was_typed(season, tree, cast, as_):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    wrong = client.post(page(review, "fill/"), typed(review, general_points="31", text_faults="Còn chậm."))
    assert wrong.status_code == 422
    assert "Điểm phải từ 0 đến 30 (Điều 10 Quy định 366-QĐ/TW)." in wrong.content.decode()
    assert "Còn chậm." in wrong.content.decode()
    gaps = client.post(page(review, "send/"), typed(review, own_level=""))
    assert (gaps.status_code, "Chưa chọn mức tự xếp loại." in gaps.content.decode()) == (422, True)
    clash = client.post(page(review, "fill/"), typed(review, version="1", tasks_beyond="2"))
    words = clash.content.decode()
    assert clash.status_code == 409
    assert "vừa được người khác sửa" in words
    assert 'name="tasks_beyond" value="2"' in words
    assert "<dt>Vượt yêu cầu</dt><dd>1</dd>" in words
    assert f'name="version" value="{rating_of(season, tree.here).version}"' in words
    assert rating_of(season, tree.here).tasks_beyond == 1


@pytest.mark.parametrize("junk", ["\x00", "x" * 12000, "32/13/2025", "٣", "-1", "1e9"])
def test_junk_never_breaks_form_01(season, tree, cast, as_, junk):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    for step in ("fill/", "send/"):
        answer = client.post(page(review, step), dict.fromkeys(typed(review), junk) | {"doors": [junk]})
        assert answer.status_code == 422
    assert rating_of(season, tree.here).version == 1


def test_a_stranger_meets_nothing_and_the_officer_above_only_reads(season, tree, cast, as_):
    review = rating_of(season, tree.here)
    for user, status in ((cast.stranger, 404), (cast.other_officer, 404), (cast.officer, 403), (cast.staff, 403)):
        assert as_(user).post(page(review, "fill/"), typed(review)).status_code == status
    assert as_(cast.officer).post(page(rating_of(season, tree.east), "fill/"), typed(review)).status_code == 302
    listed = as_(cast.stranger).get(reverse("evaluations:organisations", args=[season.pk])).content.decode()
    assert "Chi bộ Ấp Thượng" in listed
    assert "Khóm" not in listed
    assert "Phường Đông" not in listed


def test_the_desk_the_sheet_and_the_season_lead_to_the_own_rating(season, tree, cast, as_):
    client, review = as_(cast.secretary), rating_of(season, tree.here)
    sheet = season.sheets.get(organisation=tree.here)
    assert page(review) in client.get(reverse("evaluations:sheet", args=[sheet.pk])).content.decode()
    assert page(review) not in client.get("/").content.decode()  # members come before the organisation
    shown = client.get(reverse("evaluations:season", args=[season.pk])).content.decode()
    assert reverse("evaluations:organisations", args=[season.pk]) in shown


# --- the body that decides ---


def posted(reviews, **changes):
    rows = read_rows(reviews, rule_book(reviews[0].season))
    data = {"organisation": [str(row.review.pk) for row in rows], "number": "8-QĐ/ĐU", "decided_on": "22/12/2025"}
    for row in rows:
        data |= {f"{row.key}-level": row.level, f"{row.key}-version": str(row.review.version)}
    return data | {name.replace("KEY", rows[0].key): value for name, value in changes.items()}


def test_deciding_many_at_once_stops_at_the_cap_until_there_is_a_reason(season, tree, cast, as_):
    best = sent_up(season, tree.here, cast.secretary, **BEST)
    good = sent_up(season, tree.next_door, cast.staff)
    client, address = as_(cast.officer), table(season, tree.east)
    shown = client.get(address).content.decode()
    assert "20 % × 1 = 0,2 → 0; đang có 1, vượt 1" in shown
    assert "Nếu đổi 1 tổ chức từ xuất sắc sang tốt" in shown
    stopped = client.post(address, posted([best, good]))
    assert stopped.status_code == 422
    assert 'name="over_cap_reason"' in stopped.content.decode()
    assert not OrganisationGrade.objects.exists()
    answer = client.post(address, posted([best, good], over_cap_reason="Nghị quyết 3", **{"KEY-exemplary": "on"}))
    found = OrganisationDecision.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/evaluations/organisation-decisions/{found.pk}/")
    words = client.get(answer.url).content.decode()
    assert "Hoàn thành xuất sắc nhiệm vụ tiêu biểu" in words
    assert "Nghị quyết 3" in words
    assert as_(cast.other_officer).get(answer.url).status_code == 404


def test_what_is_rated_first_and_has_no_result_yet_is_pointed_at(tree, cast, as_):
    """Members before their organisation, lower before upper: who decides on a base sees which of its cells are open."""
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sent_up(season, tree.east, cast.officer)
    shown = as_(cast.staff).get(table(season, tree.root)).content.decode()
    assert "còn 1 chi bộ chưa có kết quả xếp loại đảng viên" in shown
    assert "còn 2 tổ chức bên dưới chưa có kết quả" in shown
    decided_by(tree.east, [sent_up(season, tree.here, cast.secretary)], cast.officer)
    decided_by(tree.east, [sent_up(season, tree.next_door, cast.staff)], cast.officer)
    actions.decide([sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)], entry=PAPER, by=cast.officer)
    shown = as_(cast.staff).get(table(season, tree.root)).content.decode()
    assert "chưa có kết quả" not in shown


def test_a_line_that_was_not_ticked_waits_and_a_wrong_one_is_marked(season, tree, cast, as_):
    here, next_door = (sent_up(season, cell, cast.staff) for cell in (tree.here, tree.next_door))
    client, address = as_(cast.officer), table(season, tree.east)
    wrong = client.post(address, posted([here], **{"KEY-level": "HTNV"}))
    assert (wrong.status_code, "phải ghi lý do" in wrong.content.decode()) == (422, True)
    assert client.post(address, posted([here], **{"KEY-level": "HTNV", "KEY-why": "Chậm hạn"})).status_code == 302
    assert rating_of(season, tree.next_door).state == OrganisationState.SENT
    assert OrganisationGrade.objects.get().reason == "Chậm hạn"
    assert client.post(address, posted([here])).status_code == 422  # it does not wait there any more
    assert next_door.pk is not None


@pytest.mark.parametrize("junk", ["", "\x00", "x" * 3000, "32/13/2025", "٣"])
def test_junk_never_breaks_the_decision(season, tree, cast, as_, junk):
    review = sent_up(season, tree.here, cast.secretary)
    data = posted([review], number=junk, decided_on=junk, over_cap_reason=junk)
    data |= {name: junk for name in data if name.startswith("o") and "-" in name} | {"organisation": [junk]}
    assert as_(cast.officer).post(table(season, tree.east), data).status_code == 422
    assert not OrganisationDecision.objects.exists()


def test_a_result_is_given_anew_by_its_page(season, tree, cast, as_):
    review = sent_up(season, tree.here, cast.secretary)
    decided_by(tree.east, [review], cast.officer)
    review = rating_of(season, tree.here)
    client = as_(cast.officer)
    data = {
        "version": review.version, "organisation": tree.east.pk, "number": "9-QĐ/ĐU", "decided_on": "05/01/2026",
        "level": "HTXSNV", "reason": "Kết luận kiểm tra",
    }  # fmt: skip
    stopped = client.post(page(review, "rerate/"), data)
    assert (stopped.status_code, "Vượt tỷ lệ" in stopped.content.decode()) == (422, True)
    assert client.post(page(review, "rerate/"), data | {"level": "HTNV"}).status_code == 302
    shown = client.get(page(review)).content.decode()
    assert "<b>Hoàn thành nhiệm vụ</b>" in shown
    assert "<s>Hoàn thành tốt nhiệm vụ</s>" in shown
    assert as_(cast.secretary).get(page(review, "rerate/")).status_code == 403
    assert as_(cast.secretary).get(page(review)).status_code == 200


def test_a_body_over_the_cap_can_be_blocked(tree, cast):
    season = open_season(tree, cast.staff, cap_enforcement="block")
    best = sent_up(season, tree.here, cast.secretary, **BEST)
    with pytest.raises(OverCap, match="không cho quyết định vượt tỷ lệ"):
        decided_by(tree.east, [best], cast.officer, over_cap_reason="Nghị quyết 3")


# --- papers and cost ---


def text_of(content):
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return found.stdout.decode()


@pytest.mark.poppler
def test_form_01_prints_what_was_typed_and_the_blank_one_nothing(season, tree, cast, as_):
    review = filled(season, tree.here, cast.secretary)
    client = as_(cast.secretary)
    typed_form = text_of(client.get(page(review, "form-01.pdf")).content)
    assert "BÁO CÁO KIỂM ĐIỂM" in typed_form
    assert "Giữ nguyên tắc tập trung dân chủ." in typed_form
    assert "Tổng điểm: 80/100 điểm." in typed_form
    blank = text_of(client.get(page(review, "form-01-blank.pdf")).content)
    assert "Giữ nguyên tắc" not in blank
    assert "Tổng điểm: ……/100 điểm." in blank
    assert "VI. Phương hướng, biện pháp khắc phục" in blank


@pytest.mark.poppler
def test_the_decision_prints_its_list_and_exports_it(season, tree, cast, as_):
    reviews = [sent_up(season, cell, cast.staff) for cell in (tree.here, tree.next_door)]
    found = decided_by(tree.east, reviews, cast.officer)
    client, address = as_(cast.officer), f"/evaluations/organisation-decisions/{found.pk}/"
    printed = " ".join(text_of(client.get(f"{address}decision.pdf").content).split())
    assert "của 2 tổ chức đảng" in printed
    assert "- Chi bộ (2): hoàn thành tốt nhiệm vụ 2." in printed
    sheet = load_workbook(BytesIO(client.get(f"{address}list.xlsx").content)).active
    assert [cell.value for cell in sheet[2]][:2] == [1, "Chi bộ Khóm 1"]


def test_lists_need_the_same_few_queries_with_1_and_30(season, tree, cast, as_):
    client = as_(cast.officer)
    addresses = [reverse("evaluations:organisations", args=[season.pk]), table(season, tree.east)]
    sent_up(season, tree.here, cast.secretary)
    few = [queries_of(client, address) for address in addresses]
    for number in range(30):
        cell = type(tree.here).objects.create(
            name=f"Chi bộ {number}", kind="cell", path=f"{tree.east.path}x{number}/", parent=tree.east, is_cell=True
        )
        OrganisationReview.objects.create(
            season=season, organisation=cell, kind="cell", group="cell", decider=tree.east, own_level="HTTNV",
            state=OrganisationState.SENT, held_on=date(2025, 12, 15),
        )  # fmt: skip
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= MOST
    assert queries_of(client, page(rating_of(season, tree.here))) <= MOST


def test_a_level_is_proposed_upon_the_version_that_the_page_showed(season, tree, cast, as_):
    OrganisationReview.objects.filter(season=season, organisation=tree.here).update(proposer=tree.east)
    review = sent_up(season, tree.here, cast.secretary)
    client = as_(cast.officer)

    def shown():
        return re.findall(r'name="version" value="(\d+)"', client.get(page(review)).content.decode())

    [seen] = shown()
    actions.recall_organisation(review, by=cast.secretary)
    sent_up(season, tree.here, cast.secretary, own_level="HTNV", grounds="Bàn lại")
    posted = {"level": "HTTNV", "reason": "Theo kết quả"}
    stale = client.post(page(review, "propose/"), posted | {"version": seen}, follow=True)
    assert "đã được sửa hoặc gửi lại sau khi mở trang này" in stale.content.decode()
    assert client.post(page(review, "propose/"), posted | {"version": "x"}).status_code == 422
    [seen] = shown()
    assert client.post(page(review, "propose/"), posted | {"version": seen}).status_code == 302
    assert rating_of(season, tree.here).proposed_level == "HTTNV"
