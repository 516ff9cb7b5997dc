"""The report of a round on paper and as a workbook, and what a member may see of himself on paper."""

from dataclasses import replace

from cells.enums import DocumentType
from cells.frames import letterhead, proposed_signer
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, NUMBER, FigureTable, Heading, Row
from evaluations.enums import ScreeningNoteKind
from evaluations.models import ScreeningFlag, ScreeningNote

REPORT, OWN = "evaluations/pdf/screening_report.html", "evaluations/pdf/screening_own.html"
LIMITED = "Danh sách lưu hành hạn chế: chỉ gửi cấp có thẩm quyền, không sao chụp, không đăng tải."


def tables(report):
    """Figures, criteria, cells without a review, and the names where they are seen."""
    headings = (Heading("Chỉ tiêu", width=76), Heading("Số lượng", NUMBER, 24))
    yield FigureTable("Số liệu", "Kết quả rà soát", headings, tuple(Row(line) for line in report.lines))
    codes = (Heading("Mã", CENTRE, 10), Heading("Căn cứ, tiêu chí", width=66), Heading("Số đảng viên", NUMBER, 24))
    note = "Một đảng viên có thể có nhiều căn cứ. Gợi ý của phần mềm không tính vào số liệu này."
    yield FigureTable("Theo căn cứ", "Theo từng căn cứ", codes, tuple(Row(each) for each in report.criteria), note=note)
    if report.unreviewed:
        rows = tuple(Row((number, name)) for number, name in enumerate(report.unreviewed, 1))
        heads = (Heading("TT", CENTRE, 8), Heading("Chi bộ", width=92))
        yield FigureTable("Chưa rà soát", "Chi bộ chưa rà soát", heads, rows)
    if report.people:
        yield _names(report)
    if report.carried:
        yield _carried_names(report)


def _names(report):
    headings = (
        Heading("TT", CENTRE, 6), Heading("Họ và tên", width=26), Heading("Chi bộ", width=26),
        Heading("Căn cứ", CENTRE, 14), Heading("Tình trạng", width=28),
    )  # fmt: skip
    rows = tuple(
        Row((number, person.name, person.cell, person.grounds, person.state))
        for number, person in enumerate(report.people, 1)
    )
    return FigureTable("Danh sách", "Đảng viên đã xin ý kiến cấp ủy cấp trên", headings, rows, note=LIMITED)


def _carried_names(report):
    headings = (
        Heading("TT", CENTRE, 6), Heading("Họ và tên", width=24), Heading("Chi bộ", width=24),
        Heading("Từ đợt", width=16), Heading("Căn cứ", CENTRE, 10), Heading("Tình trạng", width=20),
    )  # fmt: skip
    rows = tuple(
        Row((number, person.name, person.cell, person.from_round, person.grounds, person.state))
        for number, person in enumerate(report.carried, 1)
    )
    return FigureTable("Chuyển tiếp", "Đảng viên chuyển tiếp từ đợt trước", headings, rows, note=LIMITED)


def report_pdf(report):
    """The report in the frame of the body."""
    frame = _frame(report.organisation, DocumentType.REPORT, report.title[0].lower() + report.title[1:], report.on)
    context = {"report": report, "tables": list(tables(report))}
    return render_document(frame, context, dated=report.on, template=REPORT)


def report_xlsx(report):
    """The same tables as a workbook."""
    return write_rows([table.as_sheet() for table in tables(report)])


def own_flags_pdf(one, cell, member, *, on):
    """What the record shows of one member, for himself: the flags with their counts, and room for his answer."""
    flags = list(ScreeningFlag.objects.standing().filter(round=one, member=member).order_by("code"))
    notes = ScreeningNote.objects.standing().filter(round=one, member=member, kind=ScreeningNoteKind.STATEMENT)
    abstract = f"căn cứ rà soát {one.words} – đồng chí {member}"
    recipients = (f"Đồng chí {member}", "Lưu chi bộ")  # a candidate is known to the own cell alone
    frame = replace(_frame(cell, DocumentType.NOTICE, abstract, on), recipients=recipients)
    context = {"flags": flags, "notes": list(notes), "round": one, "member": member, "cell": cell}
    return render_document(frame, context, dated=on, template=OWN)


def _frame(organisation, kind, abstract, on):
    head, signer = letterhead(organisation, on), proposed_signer(organisation, on)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=kind,
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name=kind.label.upper(),
        abstract=abstract,
        authority=head.authority,
        position=signer.position,
        signer=signer.name,
        recipients=tuple(head.recipients.splitlines()),
    )
