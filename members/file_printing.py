"""Files on paper: the index and the hand-over minutes of one file; lists and registers of a body as party documents."""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Prefetch

from cells.enums import DocumentType
from cells.frames import letterhead
from cells.permissions import Permission
from cells.ports import Printable
from cells.tree_history import read_history
from config.lib.documents import DocumentFrame, render_document, style_on
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, NUMBER, FigureTable, Heading, Row
from members.catalogues.dossier import paper_types, parts
from members.dossier_enums import PaperState
from members.filing import day_words
from members.models import FileCheck, FileLoan, Membership
from members.rules.dossier import type_number

INDEX, HANDOVER, TABLE = (f"members/pdf/{name}.html" for name in ("file_index", "file_handover", "file_table"))
INDEX_HEADINGS = (
    Heading("TT", CENTRE, 5), Heading("Loại số", CENTRE, 6), Heading("Tên tài liệu", width=34),
    Heading("Số, ký hiệu", width=16), Heading("Ngày", CENTRE, 15), Heading("Số tờ", NUMBER, 8),
    Heading("Ghi chú", width=16),
)  # fmt: skip


# --- one file -----------------------------------------------------------------------------------------------------


def index_table(state):
    """The index (mục lục) in the official order; a paper with a secrecy mark is a number without a title."""
    rows, serial, letter = [], 0, ""
    for paper in state.in_index:
        kind = paper_types()[paper.type]
        if kind.part != letter:
            letter = kind.part
            rows.append(Row((None, "", parts()[letter], "", "", "", ""), "group"))
        serial += 1
        pointer = paper.state == PaperState.POINTER
        name = "Văn bản có dấu chỉ độ mật" if pointer else kind.name
        note = "; ".join(filter(None, (paper.kept_at, "hư hỏng" if paper.is_damaged else "")))
        number = type_number(state.rules, kind.number)
        rows.append(Row((serial, number, name, paper.number, day_words(paper), paper.pages, note)))
    rows.append(Row((None, "", f"Cộng: {serial} tài liệu", "", "", state.pages, ""), "total"))
    return FigureTable(name="Mục lục", title="Mục lục tài liệu", headings=INDEX_HEADINGS, rows=tuple(rows))


def index_pdf(member, state, keeper, on):
    """The index for the keeper to sign and seal (38-HD/BTCTW, mục II.1.1)."""
    frame = replace(
        _frame(keeper, on, DocumentType.REPORT), type_name="MỤC LỤC TÀI LIỆU",
        abstract=f"hồ sơ đảng viên của đồng chí {member.full_name}", recipients=(), is_numbered=False,
    )  # fmt: skip
    frame = replace(frame, authority=letterhead(keeper, on).authority, position="NGƯỜI CHỨNG NHẬN")
    context = {"member": member, "table": index_table(state), "home": member.home, "on": on}
    return render_document(frame, context, dated=on, template=INDEX)


def file_handover_pdf(member, state, keeper, on):
    """Minutes of a file handed over whole, with its index."""
    frame = replace(
        _frame(keeper, on, DocumentType.MINUTES), abstract=f"giao nhận hồ sơ đảng viên của đồng chí {member.full_name}",
        left_position="BÊN GIAO", position="BÊN NHẬN",
    )  # fmt: skip
    context = {"member": member, "state": state, "table": index_table(state), "keeper": keeper, "on": on}
    return render_document(frame, context, dated=on, template=HANDOVER)


def index_xlsx(state):
    """The same index as a workbook."""
    return write_rows([index_table(state).as_sheet()])


def _frame(body, on, kind):
    head = letterhead(body, on)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=kind,
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name=kind.label.upper(),
    )


# --- files of a body ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FileTable:
    """Lines about the files of a body and everything below it, as of a day."""

    name: str
    words: str
    sentence: str
    body: str
    year: int
    on: date
    table: FigureTable


@dataclass(frozen=True)
class FileTableKind:
    """One document about files: its words, its columns, what fills it, whether it goes by years."""

    title: str
    sheet: str
    words: str
    sentence: str
    headings: tuple[Heading, ...]
    fill: object
    type: DocumentType = DocumentType.REPORT
    of_year: bool = True


def collect(name, organisation, *, year, on=None):
    """The lines of that document, up to and with `on` (default: the last day of the year)."""
    kind, on = KINDS[name], on or date(year, 12, 31)
    last = min(on, date(year, 12, 31))
    history = read_history()
    branch = history.below(organisation.pk, last)
    lines = kind.fill(history, branch, date(year, 1, 1), last)
    rows = tuple(Row((place, *values)) for place, values in enumerate(lines, start=1))
    title = f"{kind.title} {f'năm {year}' if kind.of_year else f'tính đến ngày {on:%d/%m/%Y}'}"
    body = history.stand(organisation.pk, last).name
    headings = (Heading("TT", CENTRE, 5), *kind.headings)
    note = "" if kind.of_year else "Số tài liệu, số thiếu theo lần tính gần nhất trên phần mềm."
    table = FigureTable(name=kind.sheet, title=title, headings=headings, rows=rows, note=note, wide=True)
    return FileTable(name, kind.words, kind.sentence, body, year, on, table)


def _people(history, branch, on):
    """(member, file or None, name of the place on the day), by place and name."""
    loans = Prefetch("member__file_loans", FileLoan.objects.out().filter(lent_on__lte=on), to_attr="loans_out")
    rows = Membership.objects.on(on).official().filter(organisation__in=branch).select_related("member__dossier")
    stands = {key: history.stand(key, on) for key in branch}

    def order(row):
        return stands[row.organisation_id].position, row.organisation_id, row.member.sort_key, str(row.member_id)

    for row in sorted(rows.prefetch_related(loans), key=order):
        yield row.member, getattr(row.member, "dossier", None), stands[row.organisation_id].name


def _handed_over(history, branch, first, last):
    for member, file, place in _people(history, branch, last):
        out = "; ".join(f"{loan.borrower} mượn từ {_day(loan.lent_on)}" for loan in member.loans_out)
        yield (
            member.full_name, _born(member), member.cv_number, place, file.papers if file else None,
            file.pages if file else None, "" if file else "chưa kiểm kê", out,
        )  # fmt: skip


def _short(history, branch, first, last):
    for member, file, place in _people(history, branch, last):
        if file is None:
            yield (member.full_name, _born(member), place, None, None, None, "chưa kiểm kê")
        elif file.missing_1 or file.missing_2 or file.missing_3:
            certified = "" if file.is_certified else "mục lục chưa chứng nhận"
            counts = (file.missing_1, file.missing_2, file.missing_3)
            yield (member.full_name, _born(member), place, *counts, certified)


def _lent(history, branch, first, last):
    stays = Membership.objects.on(last).official().filter(organisation__in=branch)
    places = {key: history.stand(place, last).name for key, place in stays.values_list("member_id", "organisation_id")}
    rows = FileLoan.objects.standing().filter(member__in=stays.values("member_id"), lent_on__lte=last)
    for loan in rows.exclude(returned_on__lt=first).select_related("member").order_by("lent_on", "id"):
        back = loan.returned_on if loan.returned_on and loan.returned_on <= last else None
        yield (
            _day(loan.lent_on), loan.member.full_name, places[loan.member_id], loan.borrower, loan.purpose,
            loan.agreed_by, _day(loan.due_on), _day(back), loan.condition if back else "",
        )  # fmt: skip


def _reconciled(history, branch, first, last):
    rows = FileCheck.objects.standing().filter(organisation__in=branch, checked_on__gte=first, checked_on__lte=last)
    for check in rows.order_by("checked_on", "id"):
        yield (
            _day(check.checked_on), history.stand(check.organisation_id, last).name,
            check.listed, check.counted, check.missing, check.damaged,
            check.checked_by, check.findings,
        )  # fmt: skip


def _born(member):
    return f"{member.born_on:%Y}" if member.born_on else ""


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""


_PERSON = (Heading("Họ và tên", width=18), Heading("Năm sinh", CENTRE, 7))
KINDS = {
    "file_handover": FileTableKind(
        "Danh sách hồ sơ đảng viên bàn giao", "Bàn giao", "bàn giao hồ sơ đảng viên",
        "hồ sơ đảng viên trong danh sách kèm theo",
        (*_PERSON, Heading("Số lý lịch", CENTRE, 10), Heading("Nơi sinh hoạt", width=18),
         Heading("Tài liệu", NUMBER, 9),
         Heading("Số tờ", NUMBER, 7), Heading("Tình trạng", width=10), Heading("Đang cho mượn", width=16)),
        _handed_over, DocumentType.MINUTES, of_year=False,
    ),
    "file_gaps": FileTableKind(
        "Danh sách hồ sơ đảng viên thiếu tài liệu", "Thiếu tài liệu", "hồ sơ đảng viên thiếu tài liệu",
        "hồ sơ thiếu tài liệu hoặc chưa kiểm kê",
        (*_PERSON, Heading("Nơi sinh hoạt", width=24), Heading("Thiếu, ưu tiên 1", NUMBER, 10),
         Heading("Thiếu, ưu tiên 2", NUMBER, 10), Heading("Thiếu, ưu tiên 3", NUMBER, 10),
         Heading("Ghi chú", width=16)),
        _short, DocumentType.LIST, of_year=False,
    ),
    "file_loans": FileTableKind(
        "Sổ giao nhận, mượn đọc hồ sơ đảng viên", "Mượn đọc", "giao nhận, mượn đọc hồ sơ đảng viên",
        "lần mượn đọc hồ sơ",
        (Heading("Ngày mượn", CENTRE, 10), Heading("Hồ sơ của", width=12), Heading("Nơi sinh hoạt", width=10),
         Heading("Người mượn", width=12), Heading("Mục đích", width=12), Heading("Người đồng ý", width=9),
         Heading("Hẹn trả", CENTRE, 10), Heading("Ngày trả", CENTRE, 10), Heading("Tình trạng", width=10)),
        _lent,
    ),
    "file_checks": FileTableKind(
        "Đối chiếu danh sách với hồ sơ đảng viên", "Đối chiếu", "đối chiếu danh sách với hồ sơ đảng viên",
        "lần đối chiếu",
        (Heading("Ngày", CENTRE, 9), Heading("Tổ chức đảng", width=20), Heading("Danh sách", NUMBER, 8),
         Heading("Đếm được", NUMBER, 8), Heading("Thiếu", NUMBER, 6), Heading("Hư hỏng", NUMBER, 7),
         Heading("Người đối chiếu", width=15), Heading("Kết quả, biện pháp", width=22)),
        _reconciled,
    ),
}  # fmt: skip


def abstract(figures):
    """The trích yếu."""
    return f"{figures.words} {f'năm {figures.year}' if KINDS[figures.name].of_year else ''}".strip()


def render_pdf(figures, frame, text):
    """The lines in the frame of the body, with their data attached."""
    if KINDS[figures.name].type == DocumentType.MINUTES:
        frame = replace(frame, left_position="BÊN GIAO", authority="", position="BÊN NHẬN", signer="")
    context = {"figures": figures, "table": figures.table, "text": text, "count": len(figures.table.rows)}
    content = json.dumps(data(figures), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=figures.on, template=TABLE, data=("so-lieu.json", content))


def render_xlsx(figures):
    """The same lines as a workbook."""
    return write_rows([figures.table.as_sheet()])


def data(figures):
    """The lines as JSON data."""
    rows = [list(row.values) for row in figures.table.rows]
    return {"name": figures.name, "organisation": figures.body, "on": figures.on.isoformat(), "rows": rows}


def sections(figures):
    """The minutes of a hand-over say who hands over and who takes over; others have a closing remark alone."""
    if KINDS[figures.name].type != DocumentType.MINUTES:
        return {"closing": ""}
    words = (
        "Bên giao: đồng chí …………………………, cán bộ giữ hồ sơ.\n"
        "Bên nhận: đồng chí …………………………, cán bộ giữ hồ sơ.\n"
        "Hai bên đã đối chiếu danh sách với hồ sơ, thống nhất giao, nhận."
    )
    return {"closing": words}


FILE_DOCUMENTS = {
    name: Printable(
        name=name,
        title=kind.title,
        type=kind.type,
        permission=Permission.FILES_KEEP,
        collect=partial(collect, name),
        render_pdf=render_pdf,
        render_xlsx=render_xlsx,
        abstract=abstract,
        sections=sections,
        data=data,
        is_long=lambda figures: len(figures.table.rows) > LINES_AT_ONCE,
    )
    for name, kind in KINDS.items()
}
