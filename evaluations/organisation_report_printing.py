"""The report on organisations as a party document, its PDF and workbook."""

import json
from dataclasses import asdict

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import LINES_AT_ONCE
from evaluations.organisation_reports import organisations_report
from evaluations.organisation_tables import tables
from evaluations.rules import number_text, percent_text, share

TEMPLATE = "evaluations/pdf/organisations.html"
SECTIONS = {
    "leadership": (
        "Cấp ủy đã lãnh đạo, chỉ đạo các tổ chức đảng trực thuộc kiểm điểm, tự đánh giá, xếp loại năm {year}; xem xét, "
        "quyết định theo thẩm quyền."
    ),
    "assessment": "Nhìn chung, việc đánh giá, xếp loại tổ chức đảng phản ánh đúng kết quả thực hiện nhiệm vụ.",
    "directions": "Tiếp tục nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng; khắc phục hạn chế đã chỉ ra.",
}


def abstract(report):
    return f"kết quả đánh giá, xếp loại chất lượng tổ chức đảng năm {report.year}"


def sections(report):
    """First wording of the parts that the office edits."""
    return {name: text.format(year=report.year) for name, text in SECTIONS.items()}


def findings(report):
    """The sentences of the results; every number comes from the figures and names its base."""
    best, good = report.scale.levels[0], report.scale.levels[1]
    for group in report.groups:
        counts = group.counts
        name = f"{group.label[0].lower()}{group.label[1:]}"
        yield (
            f"{group.label}: tổng số {number_text(counts.total)}, đã xếp loại {number_text(counts.rated)}, chưa xếp "
            f"loại {number_text(counts.not_rated)}."
        )
        for level in report.scale.levels:
            found = counts.percent(level.code)
            words = f" (chiếm {percent_text(found)} số {name} được xếp loại)" if found is not None else ""
            yield f"- {level.name}: {number_text(counts.number(level.code))}{words}."
        if group.exemplary:
            part = percent_text(group.exemplary_percent(best.code) or 0)
            yield (
                f"- {report.scale.exemplary_name}: {number_text(group.exemplary)} "
                f"(bằng {part} số {best.name.lower()}; nằm trong số đó)."
            )
        ratio = share(counts.number(best.code), counts.number(good.code))
        if ratio is not None and counts.number(best.code):
            yield (
                f"Số {name} {best.name.lower()} bằng {percent_text(ratio)} số {good.name.lower()} "
                f"({number_text(counts.number(best.code))}/{number_text(counts.number(good.code))})."
            )
    if report.undecided:
        yield f"Chưa có quyết định xếp loại của {number_text(report.undecided)} tổ chức đảng."


def render_pdf(report, frame, text):
    """The report as PDF in the party format, with its figures attached as JSON."""
    shown = [table for table in tables(report) if table.rows]
    inside = len(report.groups)
    context = {
        "report": report,
        "text": text,
        "findings": list(findings(report)),
        "tables": shown[:inside],
        "annexes": list(enumerate(shown[inside:], start=1)),
    }
    content = json.dumps(data(report), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=report.on, template=TEMPLATE, data=("so-lieu.json", content))


def render_xlsx(report):
    """The same tables as a workbook, one sheet each."""
    return write_rows([table.as_sheet() for table in tables(report)])


def is_long(report):
    """Whether the tables have so many lines that printing takes more than two seconds."""
    parts = (report.bodies, report.best, report.worst, report.not_rated)
    return sum(map(len, parts)) > LINES_AT_ONCE


def data(report):
    """The figures behind the document, as JSON data."""
    return {
        "year": report.year,
        "on": report.on.isoformat(),
        "organisation": report.organisation.name,
        "regulation": report.regulation,
        "separates_exemplary": report.separates_exemplary,
        "groups": [
            {"group": group.group, "exemplary": group.exemplary, **asdict(group.counts)} for group in report.groups
        ],
    }


ORGANISATIONS = Printable(
    name="organisation_ratings",
    title="Báo cáo kết quả đánh giá, xếp loại chất lượng tổ chức đảng",
    type=DocumentType.REPORT,
    permission=Permission.REPORTS_VIEW,
    collect=kept_until_next_act(organisations_report),
    render_pdf=render_pdf,
    render_xlsx=render_xlsx,
    abstract=abstract,
    sections=sections,
    data=data,
    is_long=is_long,
)
