"""What the yearly reports on members and on organisations have in common on paper: frame, parts, tables, figures."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cells.enums import DocumentType
from cells.permissions import Permission
from cells.ports import Printable
from cells.unchanged import kept_until_next_act
from config.lib.documents import render_document
from config.lib.sheet_writing import write_rows
from config.lib.tables import LINES_AT_ONCE

TEMPLATE = "evaluations/pdf/rating_report.html"


@dataclass(frozen=True)
class ReportPaper:
    """One of the reports: who is rated (`subject`), its parts, and the functions that read its figures.

    `findings` are its sentences, `tables` the comparison first, of which `in_text(report)` stand in the text and the
    others follow as annexes; `lists` are those whose length makes printing long.
    """

    subject: str
    parts: dict[str, str]
    findings: Callable[[Any], Any]
    tables: Callable[[Any], list]
    in_text: Callable[[Any], int]
    lists: tuple[str, ...]
    data: Callable[[Any], dict]

    def abstract(self, report):
        """The trích yếu of the report."""
        return f"kết quả đánh giá, xếp loại chất lượng {self.subject} năm {report.year}"

    def sections(self, report):
        """First wording of the parts that the office edits."""
        return {name: text.format(year=report.year) for name, text in self.parts.items()}

    def render_pdf(self, report, frame, text):
        """The report as PDF in the party format, with its figures attached as JSON."""
        tables, inside = self.tables(report), self.in_text(report)
        context = {
            "report": report,
            "abstract": self.abstract(report),
            "subject": self.subject,
            "text": text,
            "findings": list(self.findings(report)),
            "tables": [table for table in tables[:inside] if table.rows],
            "annexes": list(enumerate((table for table in tables[inside:] if table.rows), start=1)),
        }
        content = json.dumps(self.data(report), ensure_ascii=False, sort_keys=True).encode()
        return render_document(frame, context, dated=report.on, template=TEMPLATE, data=("so-lieu.json", content))

    def render_xlsx(self, report):
        """The same tables as a workbook, one sheet each."""
        return write_rows([table.as_sheet() for table in self.tables(report)])

    def is_long(self, report):
        """Whether the tables have so many lines that printing takes more than two seconds."""
        return sum(len(getattr(report, name)) for name in self.lists) > LINES_AT_ONCE

    def printable(self, name, collect):
        """The report as the product knows it, its figures kept until the next act."""
        return Printable(
            name=name,
            title=f"Báo cáo kết quả đánh giá, xếp loại chất lượng {self.subject}",
            type=DocumentType.REPORT,
            permission=Permission.REPORTS_VIEW,
            collect=kept_until_next_act(collect),
            render_pdf=self.render_pdf,
            render_xlsx=self.render_xlsx,
            abstract=self.abstract,
            sections=self.sections,
            data=self.data,
            is_long=self.is_long,
        )
