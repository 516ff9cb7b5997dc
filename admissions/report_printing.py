"""The report on admissions and forms 2 and 2B on paper, as workbooks, for Word, and as documents that can be issued."""

import json

from admissions.reports.form_2 import FORM as FORM_2
from admissions.reports.form_2 import form_2
from admissions.reports.form_2b import FORM as FORM_2B
from admissions.reports.form_2b import form_2b
from admissions.reports.report import admission_report, tables
from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import LINES_AT_ONCE, NUMBER, as_text
from config.lib.word import render_word
from members.statistics.printing import abstract as form_abstract
from members.statistics.printing import render_pdf as form_pdf
from members.statistics.printing import render_xlsx as form_xlsx
from members.statistics.statement import as_data
from members.statistics.tables import tables as form_tables

TEMPLATE = "admissions/pdf/report.html"
REPORT_WORD, FORM_WORD = "admissions/docx/report.docx", "admissions/docx/statement.docx"
IN_TEXT = 1  # tables that stand in the text; the others are annexes
SECTIONS = {
    "leadership": (
        "Cấp ủy đã lãnh đạo, chỉ đạo công tác phát triển đảng viên năm {year} theo phương châm coi trọng chất lượng, "
        "không chạy theo số lượng; phân công đảng viên chính thức giúp đỡ quần chúng ưu tú; phối hợp với các đoàn thể "
        "tạo nguồn."
    ),
    "assessment": (
        "Công tác phát triển đảng viên bảo đảm tiêu chuẩn, nguyên tắc, thủ tục. Bên cạnh đó, một số chi bộ nhiều năm "
        "chưa kết nạp được đảng viên; việc tạo nguồn ở một số nơi chưa thường xuyên."
    ),
    "directions": (
        "Giao chỉ tiêu và kiểm tra việc thực hiện ở từng chi bộ; chú trọng công nhân trực tiếp sản xuất, thanh niên, "
        "trí thức, phụ nữ, người dân tộc thiểu số, người lao động trong doanh nghiệp; theo dõi, giúp đỡ đảng viên dự "
        "bị."
    ),
}


def _n(value):
    return as_text(value, NUMBER)


def findings(board):
    """The sentences of the results; every number comes from the figures."""
    target = f", đạt {as_text(board.total.done, 'percent')} % chỉ tiêu ({_n(board.plan.target)})" if board.plan else ""
    yield f"Kết nạp {_n(board.total.number)} đảng viên{target}; năm trước kết nạp {_n(board.last_year)}."
    groups = [f"{each.words.lower()} {_n(each.number)}" for each in board.groups if each.number and not each.depth]
    if groups:
        yield f"Theo hướng ưu tiên: {'; '.join(groups)}. Một người có thể thuộc nhiều nhóm."
    sources = [f"{each.words[:1].lower()}{each.words[1:]} {_n(each.number)}" for each in board.sources if each.number]
    if sources:
        yield f"Nguồn phát hiện: {'; '.join(sources)}."
    quality = board.quality
    if quality.admitted:
        yield (
            f"Chất lượng: {_n(len(quality.at_once))} người qua các bước ngay lần đầu; {_n(quality.failed)} lần biểu "
            f"quyết không đủ phiếu; {_n(quality.turned_back)} lần trả lại hoặc làm lại hồ sơ."
        )
    yield f"Đang trên đường phấn đấu: {_n(board.under_way)} người."
    if board.quiet_years:
        yield f"Chi bộ {board.quiet_years} năm chưa kết nạp đảng viên: {_n(len(board.quiet))}."


def abstract(report):
    """The trích yếu of the report."""
    return f"công tác phát triển đảng viên năm {report.year}"


def sections(report):
    """First wording of the parts that the office edits."""
    return {name: text.format(year=report.year) for name, text in SECTIONS.items()}


def data(report):
    """The figures behind the document, as JSON data."""
    board = report.board
    return {
        "year": board.year,
        "on": board.on.isoformat(),
        "organisation": board.organisation,
        "target": board.plan.target if board.plan else None,
        "admitted": board.total.number,
        "groups": {each.code: each.number for each in board.groups},
        "units": [{"label": unit.name, "target": unit.target, "admitted": unit.number} for unit in board.units],
        "form_2": as_data(report.statement),
    }


def render_pdf(report, frame, text):
    """The report as PDF in the party format, with its figures attached as JSON."""
    shown = tables(report)
    context = {
        "report": report,
        "abstract": abstract(report),
        "text": text,
        "findings": list(findings(report.board)),
        "tables": shown[:IN_TEXT],
        "annexes": list(enumerate(shown[IN_TEXT:], start=1)),
    }
    content = json.dumps(data(report), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=report.on, template=TEMPLATE, data=("so-lieu.json", content))


def render_xlsx(report):
    """The same tables as a workbook, one sheet each."""
    return write_rows([table.as_sheet() for table in tables(report)])


def render_docx(report, frame, text):
    """The same report for Word: its text to be edited, its tables as tables."""
    parts = {name: [line.strip() for line in words.splitlines() if line.strip()] for name, words in text.items()}
    context = {"report": report, "frame": frame, "findings": list(findings(report.board)), "tables": tables(report)}
    return render_word(REPORT_WORD, context | parts | {"abstract": abstract(report)})


def render_form_docx(statement):
    """A form for Word: its frame and its tables."""
    return render_word(FORM_WORD, {"head": statement.head, "tables": form_tables(statement)})


def is_long(report):
    """Whether the lists have so many lines that printing takes more than two seconds."""
    return has_long_lists(report.board)


def has_long_lists(board):
    """The same, asked of the board alone."""
    return len(board.units) + len(board.quiet) + board.total.number > LINES_AT_ONCE


def _form(name, title, collect):
    return Printable(
        name=name, title=title, type=DocumentType.REPORT, permission=Permission.REPORTS_VIEW,
        collect=kept_until_next_act(collect), render_pdf=form_pdf, render_xlsx=form_xlsx, abstract=form_abstract,
        sections=lambda statement: {}, data=as_data, is_long=lambda statement: False, takes_period=True,
    )  # fmt: skip


REPORT = Printable(
    name="admissions", title="Báo cáo công tác phát triển đảng viên", type=DocumentType.REPORT,
    permission=Permission.REPORTS_VIEW, collect=kept_until_next_act(admission_report), render_pdf=render_pdf,
    render_xlsx=render_xlsx, abstract=abstract, sections=sections, data=data, is_long=is_long,
)  # fmt: skip
FORMS = {
    FORM_2: _form(FORM_2, "Biểu 2: Thống kê đảng viên mới kết nạp", form_2),
    FORM_2B: _form(FORM_2B, "Biểu 2B: Thống kê đảng viên mới kết nạp theo dân tộc, tôn giáo", form_2b),
}
