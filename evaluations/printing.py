"""The report on ratings as a party document, its PDF and workbook; the lists of years running likewise."""

from dataclasses import asdict

from cells.permissions import Permission
from cells.unchanged import kept_until_next_act
from config.lib.word import render_word
from evaluations.report_paper import ReportPaper
from evaluations.report_tables import tables
from evaluations.reports import ratings_report
from evaluations.rules import number_text, percent_text, share
from evaluations.runs import KINDS, read_run_list
from members.listing_printing import listings

WORD_TEMPLATE = "evaluations/docx/ratings.docx"
SECTIONS = {
    "leadership": (
        "Cấp ủy đã quán triệt, triển khai các quy định, hướng dẫn của Trung ương và của cấp ủy cấp trên về kiểm điểm, "
        "đánh giá, xếp loại chất lượng đảng viên năm {year}; phân công cấp ủy viên dự, chỉ đạo sinh hoạt kiểm điểm ở "
        "chi bộ; việc kiểm điểm được tiến hành đúng quy trình, bảo đảm dân chủ, khách quan."
    ),
    "assessment": (
        "Nhìn chung, việc đánh giá, xếp loại phản ánh đúng thực chất; đa số đảng viên giữ vững phẩm chất, hoàn thành "
        "nhiệm vụ được giao. Bên cạnh đó, ở một số nơi việc tự phê bình và phê bình còn nể nang."
    ),
    "directions": (
        "Tiếp tục nâng cao chất lượng sinh hoạt chi bộ; phân công nhiệm vụ cụ thể cho đảng viên và kiểm tra việc thực "
        "hiện; giáo dục, giúp đỡ đảng viên không hoàn thành nhiệm vụ; kịp thời biểu dương đảng viên tiêu biểu."
    ),
}


def findings(report):
    """The sentences of the results; every number comes from the figures and names its base."""
    total = report.total
    yield (
        f"Tổng số đảng viên có mặt đến thời điểm đánh giá, xếp loại: {number_text(total.present)} đồng chí; trong đó "
        f"được miễn công tác và sinh hoạt đảng {number_text(total.exempt)}, chưa được xếp loại "
        f"{number_text(total.not_yet)}, đã xếp loại {number_text(total.rated)} đồng chí."
    )
    for level in report.scale.levels:
        found = total.percent(level.code)
        words = f" (chiếm {percent_text(found)} số đảng viên được xếp loại)" if found is not None else ""
        yield f"- {level.name}: {number_text(total.number(level.code))} đồng chí{words}."
    if report.not_rated_reasons:
        reasons = "; ".join(f"{reason.lower()}: {number_text(n)}" for reason, n in report.not_rated_reasons)
        yield f"Lý do chưa xếp loại, được miễn: {reasons}."
    best, good = report.scale.levels[0], report.scale.levels[1]
    ratio = share(total.number(best.code), total.number(good.code))
    if ratio is not None:
        yield (
            f"Số đảng viên {best.name.lower()} bằng {percent_text(ratio)} số đảng viên {good.name.lower()} "
            f"({number_text(total.number(best.code))}/{number_text(total.number(good.code))})."
        )
    if report.undecided_cells:
        yield f"Chưa có quyết định xếp loại của {number_text(len(report.undecided_cells))} chi bộ."


def render_docx(report, frame, text):
    """The same report for Word: its text to be edited, its tables as tables."""
    parts = {name: _paragraphs(words) for name, words in text.items()}
    shown = [table for table in tables(report) if table.rows]
    context = {"report": report, "frame": frame, "findings": list(findings(report)), "tables": shown, **parts}
    return render_word(WORD_TEMPLATE, context)


def _paragraphs(words):
    return [line.strip() for line in words.splitlines() if line.strip()]


def data(report):
    """The figures behind the document, as JSON data."""
    return {
        "year": report.year,
        "on": report.on.isoformat(),
        "organisation": report.organisation.name,
        "regulation": report.regulation,
        "total": {**asdict(report.total), "present": report.total.present, "rated": report.total.rated},
        "units": [{"label": line.label, **asdict(line.counts)} for line in report.by_unit],
    }


PAPER = ReportPaper(
    subject="đảng viên",
    parts=SECTIONS,
    findings=findings,
    tables=tables,
    in_text=lambda report: 1,
    lists=("by_unit", "excellent", "failed", "not_rated"),
    data=data,
)
RATINGS = PAPER.printable("ratings", ratings_report)
RUN_LISTS = listings("years_running", KINDS, kept_until_next_act(read_run_list), permission=Permission.MEMBERS_VIEW)
