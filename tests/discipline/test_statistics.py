"""Inspection statistics: the twelve cases against typed figures, identities, who learns what, freezing, paper."""

import io
import re
import subprocess
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from config.lib.sheets import read_workbook
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.models import (
    Appeal,
    CaseDecision,
    CaseViolation,
    Denunciation,
    DenunciationReader,
    FrozenTable,
    PlannedInspection,
    StepTaken,
    SupervisionPlan,
)
from discipline.reports.blocks import blocks
from discipline.reports.frozen_blocks import block_differences
from discipline.reports.printing import report_pdf, statistics_pdf, statistics_xlsx
from discipline.reports.statistics import as_data, read_statistics
from members.models import Ending, Post
from tests.discipline.cases import accused_in, case_on, named
from tests.discipline.statistics_cases import HALF, TWELVE, decided, twelve_cases
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 1)
# Columns 1–26 of each row, counted by hand from the twelve cases; "-" is not known.
COMMITTEES = {
    "I": "9 4 3 1 1 1 0 0 0 4 5 1 2 1 3 1 2 1 0 1 0 0 2 1 1 2",
    "II": "3 1 1 1 0 - 0 0 0 2 1 1 1 1 1 0 1 0 0 1 0 0 0 0 0 0",
    "II.1": "0 0 0 0 0 - 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    "II.2": "0 0 0 0 0 - 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
    "II.3": "1 0 1 0 0 - 0 0 0 1 0 1 0 1 0 0 0 0 0 0 0 0 0 0 0 0",
    "II.4": "2 1 0 1 0 - 0 0 0 1 1 0 1 0 1 0 1 0 0 1 0 0 0 0 0 0",
    "III": "1 1 0 0 0 - 0 0 0 0 1 0 0 0 0 0 0 1 0 0 0 0 0 0 0 1",
    "IV": "5 2 2 0 1 - 0 0 0 2 3 0 1 0 2 1 1 0 0 0 0 0 2 1 1 1",
}
COMMISSIONS = {
    "I": "2 1 0 0 1 0 0 0 0 2 0 0 0 0 0 0 0 0 1 0 1 0 0 0 0 0",
    "III": "1 0 0 0 1 - 0 0 0 1 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0 0",
    "IV": "1 1 0 0 0 - 0 0 0 1 0 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0",
}


@pytest.fixture
def twelve(tree, cast):
    return twelve_cases(tree, cast.inspector)


def line(statistics, table, row):
    figures = statistics.table(table).figures[row].values()
    return " ".join("-" if figure is None else str(figure) for figure in figures)


def total(statistics, table="committees"):
    return statistics.table(table).figures["I"][1]


def address(name, tree, query="since=01/01/2026&until=30/06/2026"):
    return f"{reverse(f'discipline:{name}', args=[tree.root.pk])}?{query}"


def figures_of(found, name):
    """{words: figures} of a block of the report."""
    [table] = [each for each in found if each.name == name]
    return {row.values[0]: row.values[1:] for row in table.rows}


def test_the_twelve_cases_come_to_what_was_counted_by_hand(tree, twelve):
    found = read_statistics(tree.root, HALF)
    assert {row: line(found, "committees", row) for row in COMMITTEES} == COMMITTEES
    assert {row: line(found, "commissions", row) for row in COMMISSIONS} == COMMISSIONS
    assert line(found, "commissions", "II") == COMMITTEES["II.1"]


def test_a_body_counts_itself_and_what_is_below(tree, twelve):
    assert total(read_statistics(tree.east, HALF)) == 4  # 1, 2, 5, 6
    assert total(read_statistics(tree.here, HALF)) == 2  # 1, 5
    assert total(read_statistics(tree.east, HALF), "commissions") == 0


def test_what_is_not_announced_voided_or_annulled_is_not_counted(tree, cast, twelve):
    decided(tree, (13, "CC", "cell", "here", None, "none", ["V01"], "", False), cast.inspector)
    voided = decided(tree, (14, *TWELVE[0][1:]), cast.inspector)
    voided.void("nhầm", cast.inspector)
    of_voided_case = decided(tree, (15, *TWELVE[0][1:]), cast.inspector)
    of_voided_case.case.void("nhầm", cast.inspector)
    twelve.decisions[1].annulled_on = date(2026, 6, 30)
    twelve.decisions[1].save(update_fields=["annulled_on"])
    twelve.decisions[2].annulled_on = date(2026, 7, 1)
    twelve.decisions[2].save(update_fields=["annulled_on"])
    assert total(read_statistics(tree.root, HALF)) == 8


def test_a_change_after_the_period_leaves_it_as_it_was(tree, twelve):
    first = twelve.decisions[6]
    CaseDecision.objects.create(
        case=first.case, form="KT", subject="official", organisation=tree.root, body="upper_committee",
        signed_on=date(2026, 7, 2), announced_on=date(2026, 7, 2), replaces=first,
    )  # fmt: skip
    found = read_statistics(tree.root, HALF)
    assert line(found, "committees", "I") == COMMITTEES["I"]
    whole = HALF.__class__(HALF.since, date(2027, 1, 1))
    assert line(read_statistics(tree.root, whole), "committees", "I").startswith("10 6 2 1 1 ")


def test_identities_are_shown(tree, twelve):
    checks = {(check.code, check.title): check for check in read_statistics(tree.root, HALF).checks}
    looks = [check.look for check in checks.values()]
    assert looks == ["success", "success", "info", "success", "success", "info", "warn"]
    [books] = [check for check in checks.values() if check.code == "I12"]
    assert books.reason == "Biểu 1, mục C2: 0; khai trừ có hiệu lực trong kỳ: 2 (trong 2 đã công bố)."
    for number in (9, 10):
        member = twelve.decisions[number].case.member
        Ending.objects.create(
            member=member, membership=member.memberships.get(), reason="expelled", ended_on=date(2026, 5, 7)
        )
    assert [check.look for check in read_statistics(tree.root, HALF).checks][-1] == "success"


def test_a_level_that_no_column_names_fails_the_identity(tree, twelve):
    tree.east.versions.update(kind="unheard_of")
    found = read_statistics(tree.root, HALF)
    [failed] = [check for check in found.checks if check.look == "error"]
    assert failed.reason == "Cột 1: 9; cộng các cột thành phần: 8."
    assert found.fails


def test_a_post_that_nobody_wrote_down_is_said(tree, cast, twelve):
    CaseDecision.objects.filter(pk=twelve.decisions[1].pk).update(post_then="")
    words = [check.reason for check in read_statistics(tree.root, HALF).checks]
    assert "1 quyết định chưa ghi chức vụ khi vi phạm nên chỉ có ở hàng I." in words


# --- who learns what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["statistics_of", "behind_figure", "inspection_report", "freeze_statistics"])
def test_pages_are_for_inspection_alone(tree, cast, twelve, as_, page):
    for name in vars(cast):
        status = as_(getattr(cast, name)).get(address(page, tree)).status_code
        assert status == (200 if name in ("inspector", "head") else 404), name


def test_behind_a_figure_stand_names_of_ones_own_cases_alone(tree, cast, twelve, as_):
    page = as_(cast.head).get(address("behind_figure", tree)).content.decode()
    assert page.count("niêm phong") == 9
    assert "Người Bị Kỷ Luật" not in page
    assert "Cảnh cáo, số 06-QĐ" in page
    named(twelve.decisions[6].case, cast.head)
    page = as_(cast.head).get(address("behind_figure", tree)).content.decode()
    assert re.findall(r"Người Bị Kỷ Luật \d+", page) == ["Người Bị Kỷ Luật 6"]
    one = as_(cast.head).get(address("behind_figure", tree) + "&table=commissions&row=IV&column=2").content.decode()
    assert "Khiển trách, số 90-QĐ" in one
    assert one.count("niêm phong") == 1


@pytest.mark.parametrize(
    "query",
    ["table=other", "row=V", "column=27", "column=-1", "column=x", "column=99999999999999", "column=²", "table=%00"],
)
def test_no_figure_is_not_found(tree, cast, as_, query):
    assert as_(cast.inspector).get(f"{address('behind_figure', tree)}&{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["since=x&until=y", "since=01/07/2026&until=01/01/2026", "until=01/01/9999", "since=%00"]
)
def test_odd_periods_show_this_year(tree, cast, as_, query):
    assert as_(cast.inspector).get(address("statistics_of", tree, query)).status_code == 200


def test_what_is_under_seal_is_counted_for_those_named_alone(tree, cast, twelve):
    open_case = case_on(accused_in(tree.here, full_name="Hoàng Thị Đang Xem"), cast.inspector)
    of = {"organisation": tree.root, "step": "plan_inspection", "from_state": "triage", "to_state": "planned"}
    for case in (open_case, twelve.decisions[6].case):
        StepTaken.objects.create(case=case, on=date(2026, 3, 4), **of)
    CaseViolation.objects.create(case=open_case, content="V01", description="x", is_concluded=True)
    Appeal.objects.create(
        case=open_case, decision=twelve.decisions[6], lodged_on=date(2026, 4, 1), to="Tỉnh ủy", summary="xin xem lại"
    )
    letter = Denunciation.objects.create(organisation=tree.root, member=open_case.member, received_on=date(2026, 2, 1))
    DenunciationReader.objects.create(
        denunciation=letter, user=cast.inspector, is_receiver=True, named_by=cast.inspector, reason="tiếp nhận"
    )
    found = read_statistics(tree.root, HALF)
    seen = blocks(found, cast.inspector)
    assert figures_of(seen, "signs")["Đảng viên được kiểm tra"] == (1, 1)
    assert figures_of(seen, "signs")["Có vi phạm"] == (1, 1)
    assert figures_of(seen, "signs")["– đã thi hành: cảnh cáo"] == (1, 0)
    assert figures_of(seen, "appeals")["Đã nhận"] == (0, 1)
    assert figures_of(seen, "denunciations")["Đã nhận"] == (1,)
    hidden = blocks(found, cast.head)
    assert figures_of(hidden, "signs")["Đảng viên được kiểm tra"] == (1, 0)
    assert figures_of(hidden, "signs")["Có vi phạm"] == (1, 0)
    assert figures_of(hidden, "appeals")["Đã nhận"] == (0, 0)
    assert figures_of(hidden, "denunciations")["Đã nhận"] == (0,)


def test_the_report_counts_as_the_tables_do(tree, cast, twelve, as_):
    found = blocks(read_statistics(tree.root, HALF), cast.head)
    assert [table.title for table in found] == [
        "Kiểm tra chấp hành",
        "Kiểm tra khi có dấu hiệu vi phạm",
        "Giám sát chuyên đề",
        "Kiểm tra thực hiện nhiệm vụ kiểm tra, giám sát, thi hành kỷ luật",
        "Kiểm tra tài chính đảng",
        "Giải quyết tố cáo",
        "Giải quyết khiếu nại kỷ luật",
        "Thi hành kỷ luật tổ chức đảng",
        "Thi hành kỷ luật đảng viên",
        "Khác",
    ]
    assert [row for table in found for row in table.rows if None in row.values] == [], "a line that nobody counts"
    members = figures_of(found, "members")
    assert members["Tổng số đảng viên bị thi hành kỷ luật"] == (9, 2, 11)
    assert members["Khiển trách"] == (4, 1, 5)
    assert figures_of(found, "others") == {
        "Đình chỉ sinh hoạt đảng": (1,),
        "Xử lý pháp luật": (2,),
        "– trong đó phạt tù (kể cả án treo)": (1,),
        "Xử lý hành chính": (2,),
    }
    page = as_(cast.head).get(address("inspection_report", tree)).content.decode()
    assert "thi hành kỷ luật 11 đảng viên: cấp ủy các cấp và chi bộ 9, ủy ban kiểm tra 2." in page
    assert "người khác mở báo cáo này không thấy các số ấy" in page


def test_what_was_planned_and_done_is_counted_by_kind(tree, cast):
    plan = SupervisionPlan.objects.create(organisation=tree.east, year=2026, keeper="commission")
    days = {"planned_from": date(2026, 2, 1), "planned_to": date(2026, 2, 28), "done_on": date(2026, 2, 20)}
    leader, former, other = (MemberFactory(home=tree.here) for _ in range(3))
    since = {"organisation": tree.here, "title": "deputy"}
    Post.objects.create(member=leader, started_on=date(2025, 7, 1), **since)
    Post.objects.create(member=former, started_on=date(2025, 7, 1), ended_on=date(2026, 1, 1), **since)
    done = {"plan": plan, "theme": "x", "finding": "good", "concluded_on": date(2026, 2, 25), **days}
    PlannedInspection.objects.create(kind="compliance", **done).members.set([leader, former, other])
    PlannedInspection.objects.create(kind="duty", **done).organisations.set([tree.here, tree.next_door])
    PlannedInspection.objects.create(kind="fees", **done).organisations.set([tree.here])
    PlannedInspection.objects.create(kind="fees", **done | {"done_on": date(2026, 7, 1)}).organisations.set([tree.here])
    found = blocks(read_statistics(tree.root, HALF), cast.head)
    compliance = figures_of(found, "compliance")
    assert (compliance["Đảng viên"], compliance["– trong đó cấp ủy viên"]) == ((3,), (1,))
    assert figures_of(found, "duty")["Tổ chức đảng"] == (2,)
    assert figures_of(found, "duty")["Thực hiện tốt"] == (1,)
    assert list(figures_of(found, "finance").values()) == [(0,), (1,)]


@pytest.mark.parametrize("page", ["statistics_of", "behind_figure", "inspection_report"])
def test_pages_ask_little(tree, cast, twelve, as_, page):
    assert queries_of(as_(cast.head), address(page, tree)) <= MOST


# --- closing a period -------------------------------------------------------------------------------------------------


def frozen(tree, by, **options):
    return actions.freeze_statistics(tree.root, HALF, on=ON, by=by, **options)


def test_a_frozen_period_keeps_figures_and_nothing_of_a_case(tree, cast, twelve):
    row = frozen(tree, cast.head)
    kept = dict(row.figures)
    told = dict(map(tuple, kept.pop("blocks")["members"]))
    assert kept == as_data(read_statistics(tree.root, HALF))
    assert told["Tổng số đảng viên bị thi hành kỷ luật"] == 9
    assert (row.guide, row.recorded_by) == ("885-QĐ/UBKTTW", cast.head)
    assert row.figures["committees"]["I"]["1"] == 9
    text = str(row.figures)
    assert not [each for each in twelve.decisions.values() if str(each.pk) in text or str(each.case_id) in text]
    entry = LogEntry.objects.get(action="discipline.freeze_statistics")
    assert entry.data == {"since": "01/01/2026", "last_day": "30/06/2026", "reason": ""}


def test_a_past_figure_that_changes_is_said_with_the_difference(tree, cast, twelve, as_):
    frozen(tree, cast.head)
    page = as_(cast.head).get(address("statistics_of", tree)).content.decode()
    assert "Đếm lại hôm nay khớp với số đã chốt." in page
    twelve.decisions[1].void("ghi nhầm", cast.inspector)
    differences = read_statistics(tree.root, HALF).differences
    title = "Thi hành kỷ luật đảng viên của cấp ủy các cấp và chi bộ"
    assert differences == (
        (title, "I", "1", 9, 8), (title, "I", "2", 4, 3), (title, "I", "11", 5, 4), (title, "I", "13", 2, 1),
        (title, "IV", "1", 5, 4), (title, "IV", "2", 2, 1), (title, "IV", "11", 3, 2), (title, "IV", "13", 1, 0),
    )  # fmt: skip
    page = as_(cast.head).get(address("statistics_of", tree)).content.decode()
    assert "Đếm lại hôm nay khác số đã chốt" in page
    assert FrozenTable.objects.get().figures["committees"]["I"]["1"] == 9


def test_a_line_of_the_report_that_changes_is_said_whoever_froze_it(tree, cast, twelve, as_):
    case = twelve.decisions[6].case
    frozen(tree, cast.inspector)
    page = as_(cast.head).get(address("inspection_report", tree)).content.decode()
    assert "Đếm lại hôm nay khớp với số đã chốt." in page
    assert queries_of(as_(cast.head), address("inspection_report", tree)) <= MOST
    of = {"step": "plan_inspection", "to_state": "planned", "organisation": tree.root}
    StepTaken.objects.create(case=case, on=date(2026, 3, 4), **of)
    plan = SupervisionPlan.objects.create(organisation=tree.here, year=2026, keeper="cell")
    days = {"planned_from": date(2026, 2, 1), "planned_to": date(2026, 2, 28), "done_on": date(2026, 2, 20)}
    PlannedInspection.objects.create(plan=plan, kind="thematic", theme="x", **days)
    found = read_statistics(tree.root, HALF)
    changed = list(block_differences(found.frozen.figures, blocks(found, cast.head)))
    assert ("Kiểm tra khi có dấu hiệu vi phạm", "Đảng viên được kiểm tra", 0, 1) in changed
    assert [line for line in changed if line[0] == "Giám sát chuyên đề"]
    assert "Đếm lại hôm nay khác số đã chốt" in as_(cast.head).get(address("inspection_report", tree)).content.decode()
    assert "denunciations" not in found.frozen.figures["blocks"]


def test_a_period_is_closed_anew_with_a_reason(tree, cast, twelve, as_):
    first = frozen(tree, cast.head)
    with pytest.raises(ValidationError, match="đã chốt"):
        frozen(tree, cast.head)
    again = frozen(tree, cast.head, reason="bổ sung quyết định")
    first.refresh_from_db()
    assert (first.void_reason, first.voided_by) == ("bổ sung quyết định", cast.head)
    assert FrozenTable.objects.of(tree.root, HALF) == again


def test_a_period_that_is_not_over_is_not_closed(tree, cast, twelve, as_):
    with pytest.raises(NotAllowed, match="chưa hết"):
        actions.freeze_statistics(tree.root, HALF, on=date(2026, 6, 30), by=cast.head)
    client = as_(cast.head)
    answer = client.post(address("freeze_statistics", tree, ""))
    assert answer.status_code == 422
    assert "chưa hết" in answer.content.decode()
    assert client.post(address("freeze_statistics", tree)).url == address("statistics_of", tree)
    assert FrozenTable.objects.count() == 1


# --- paper and workbook -----------------------------------------------------------------------------------------------


def text_of(pdf):
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return re.sub(r"\s+", " ", found.decode())


@pytest.mark.poppler
def test_the_paper_says_what_the_page_says(tree, cast, twelve):
    text = text_of(statistics_pdf(read_statistics(tree.root, HALF), on=ON))
    assert "I Tổng số 9 4 3 1 1 1 0 0 0 4 5 1 2 1 3 1 2 1 0 1 0 0 2 1 1 2" in text
    assert "NGƯỜI LẬP BIỂU" in text
    assert "ĐẢNG CỘNG SẢN" not in text
    assert "Người Bị Kỷ Luật" not in text


@pytest.mark.poppler
def test_the_report_on_paper(tree, cast, twelve):
    found = read_statistics(tree.root, HALF)
    text = text_of(report_pdf(found, blocks(found, cast.head), on=ON))
    assert "công tác kiểm tra, giám sát, kỷ luật từ ngày 01/01/2026 đến ngày 30/06/2026" in text
    assert "T/M ỦY BAN KIỂM TRA" in text
    assert "Khiển trách 4 1 5 Cảnh cáo 3 0 3 Cách chức 1 0 1 Khai trừ 1 1 2" in text
    assert "Phụ lục 2" in text


def test_the_workbook_has_numbers(tree, twelve):
    book = read_workbook(io.BytesIO(statistics_xlsx(read_statistics(tree.root, HALF))).getvalue(), "thong-ke.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["committees", "commissions"]
    assert book.sheets[0].rows[1][:13] == ["I", "Tổng số", 9, 4, 3, 1, 1, 1, 0, 0, 0, 4, 5]
    assert book.sheets[0].rows[2][7] is None


@pytest.mark.parametrize(
    ("page", "kind"), [("print_statistics", "pdf"), ("export_statistics", "xlsx"), ("print_inspection_report", "pdf")]
)
def test_files_are_for_inspection_alone(tree, cast, as_, page, kind):
    assert as_(cast.staff).get(address(page, tree)).status_code == 404
    answer = as_(cast.inspector).get(address(page, tree))
    assert answer.status_code == 200
    assert re.search(rf'filename="(thong-ke|bao-cao)\.{kind}"', answer.headers["Content-Disposition"])


def test_the_way_to_the_figures_stands_beside_the_cases_of_inspection_alone(tree, cast, as_):
    address = reverse("discipline:statistics")
    for name, shown in (("inspector", True), ("head", True), ("secretary", False)):
        page = as_(getattr(cast, name)).get(reverse("discipline:cases")).content.decode()
        assert (f'href="{address}"' in page) is shown, name
    page = as_(cast.head).get(address).content.decode()
    assert reverse("discipline:statistics_of", args=[tree.root.pk]) in page
    chosen = {"organisation": "Đảng bộ Phường Đông", "since": "01/01/2026", "until": "30/06/2026"}
    answer = as_(cast.head).get(address, chosen)
    own = reverse("discipline:statistics_of", args=[tree.east.pk])
    assert answer.url == f"{own}?since=01/01/2026&until=30/06/2026"


def test_a_closed_period_is_said_in_the_log(tree, cast, as_):
    frozen(tree, cast.head)
    page = as_(cast.staff).get(reverse("log")).content.decode()
    assert "chốt số liệu thống kê kiểm tra, kỷ luật từ 01/01/2026 đến 30/06/2026" in page
