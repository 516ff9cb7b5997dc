"""Form 5: base organisations, what is below them, and members, by type of base organisation, on a day."""

from collections import Counter

from cells.tree_history import list_order, read_history
from members.statistics import checks
from members.statistics.books import day_lists, reach_of
from members.statistics.issued import issued_forms
from members.statistics.ledger import one_body
from members.statistics.rules import labels
from members.statistics.settings import rules_of
from members.statistics.statement import (
    NO_FIGURES,
    OWN_BODY_LABEL,
    Column,
    Line,
    Part,
    Statement,
    asked_span,
    head_of,
)

FORM = "form-5"
BASES, BELOW = "Số TCCSĐ", "Tổ chức đảng trực thuộc đảng bộ cơ sở"
COLUMNS = (
    Column("Tổng số", group=BASES, number="1 = 2+3"),
    Column("Đảng bộ cơ sở", group=BASES, number="2"),
    Column("Chi bộ cơ sở", group=BASES, number="3"),
    Column("Đảng bộ bộ phận", group=BELOW, number="4"),
    Column("Chi bộ trực thuộc", group=BELOW, number="5"),
    Column("Tổng số đảng viên", number="6"),
)
BASE_PARTY, BASE_CELL, PART, CELL, MEMBERS = "2", "3", "4", "5", "6"
UNTYPED = "untyped"
TOTAL = "total"
UNTYPED_LABEL = "Chưa ghi loại hình, đang chuyển sinh hoạt"
ROW_OF_TYPE = {
    "commune": "1", "ward": "2", "township": "3", "special_zone": "3", "party_office": "4", "state_office": "5",
    "public_service": "6a", "private_service": "6b", "army": "7", "police": "8", "state_enterprise": "9a",
    "state_capital_all": "9a1", "state_capital_major": "9a2", "state_capital_minor": "9a3",
    "private_enterprise": "9b", "joint_stock": "9b1", "private_firm": "9b2", "limited_company": "9b3",
    "partnership": "9b4", "foreign_capital": "9b5", "foreign_wholly": "9b5w", "cooperative": "9c", "abroad": "10",
    "other": "11", "": UNTYPED,
}  # fmt: skip
WHOLE = {"6a": "6", "6b": "6", "9a": "9", "9b": "9", "9c": "9", "9b5w": "9b5"}


def row_and_wholes(row):
    """A row and the rows that contain it: 9a1 is in 9a and in 9; all but the untyped in no more than the total."""
    found = [row]
    while row in WHOLE or (len(row) > 2 and row[:2] in ("9a", "9b")):
        row = WHOLE.get(row, row[:2])
        found.append(row)
    return found


def column_of(stand):
    """The column in which an organisation is counted; None for committees above the base and tổ đảng."""
    if stand.is_base:
        return BASE_CELL if stand.is_cell else BASE_PARTY
    if stand.kind in ("part", "sub_base"):
        return PART
    return CELL if stand.is_cell else None


def form_5(organisation, *, year=None, on=None, since=None, until=None):
    """The form of one body as of the last day of the period, of the year, or as of `on`."""
    span = asked_span(year=year, on=on, since=since, until=until)
    return _Form5(organisation.pk, span).statement()


class _Form5:
    """Organisations and members by type; `cells` holds figures by (row, column)."""

    def __init__(self, organisation_id, span):
        self.id, self.span, self.day = organisation_id, span, span.last_day
        self.history = read_history()
        self.rules = rules_of(self.id, self.history, self.day)
        self.stand = self.history.stand(self.id, self.day)
        self.lists = day_lists(self.rules, [self.day], reach_of(self.history, self.id, [span]))
        self.issued = issued_forms(FORM, self.id)
        self.cells, self.by_part = Counter(), {}
        self._count()

    def _count(self):
        for stand in self.history.existing(self.id, self.day):
            if column := column_of(stand):
                self._add(stand.id, column, 1)
        for organisation, number in self.lists.people[self.day].items():
            if self.id in self.history.chain(organisation, self.day):
                self._add(organisation, MEMBERS, number)

    def _add(self, organisation, column, number):
        row = ROW_OF_TYPE.get(self.history.base_type(organisation, self.day), UNTYPED)
        for each in row_and_wholes(row):
            self.cells[each, column] += number
        self.cells[TOTAL, column] += number
        [(_, part)] = one_body(self.id)(self.history.chain(organisation, self.day)) - {(0, self.id)}
        self.by_part.setdefault(part, Counter())[column] += number

    def statement(self):
        lines = tuple(self._lines())
        known = self.lists.known(self.day)
        return Statement(
            form=FORM,
            organisation_id=self.id,
            organisation=self.stand.name,
            span=self.span,
            head=head_of(FORM, self.rules, self.stand, self.rules.form_5_title, f"có đến {self.day:%d/%m/%Y}"),
            columns=COLUMNS,
            lines=lines,
            checks=tuple(self._checks()) if known else (),
            notes=() if known else (f"Ngày {self.day:%d/%m/%Y}: {NO_FIGURES} về đảng viên.",),
            part_columns=COLUMNS,
            parts=tuple(self._parts()),
            frozen=self.issued.compared(self.span, lines, COLUMNS, last_day_only=True),
            known=known,
            wide=True,
        )

    def _values(self, counts):
        members = counts(MEMBERS) if self.lists.known(self.day) else None
        organisations = [counts(column) for column in (BASE_PARTY, BASE_CELL, PART, CELL)]
        return (organisations[0] + organisations[1], *organisations, members)

    def _lines(self):
        rows = labels(self.rules.form_5_rows)
        for code, label in rows.items():
            if code == TOTAL:
                yield from self._untyped()
            values = self._values(lambda column, row=code: self.cells[row, column])
            depth = 0 if code in (TOTAL, "10", "11") else len(code) - 1
            yield Line(code, label, values, depth, "total" if code == TOTAL else "", _serial(code))

    def _untyped(self):
        if any(self.cells[UNTYPED, column] for column in (BASE_PARTY, BASE_CELL, PART, CELL, MEMBERS)):
            yield Line(UNTYPED, UNTYPED_LABEL, self._values(lambda column: self.cells[UNTYPED, column]))

    def _parts(self):
        below = {each.id for each in self.history.existing(self.id, self.day) if each.parent_id == self.id}
        below |= {part for part in self.by_part if part != self.id}
        if below and self.by_part.get(self.id):
            own = self.by_part[self.id]
            yield Part(None, OWN_BODY_LABEL.format(name=self.stand.name), self._values(lambda column: own[column]))
        for stand in sorted((self.history.stand(each, self.day) for each in below), key=list_order):
            counts = self.by_part.get(stand.id, Counter())
            yield Part(stand.id, stand.name, self._values(lambda column, found=counts: found[column]))

    def _checks(self):
        members = self.cells[TOTAL, MEMBERS]
        sides = {"danh sách (Biểu 1, dòng D; Biểu 3)": self._listed(), "cột (6), dòng Cộng": members}
        yield checks.equal("I4", "Cột (6) bằng dòng D của Biểu 1 và tổng số của Biểu 3", sides)
        tops = [code for code in labels(self.rules.form_5_rows) if code not in (TOTAL, *WHOLE) and len(code) < 3]
        for column, title in ((MEMBERS, "Đảng viên"), (CELL, "Chi bộ trực thuộc"), (BASE_PARTY, "Đảng bộ cơ sở")):
            parts = [self.cells[row, column] for row in (*tops, UNTYPED)]
            yield checks.sums("I9", f"{title}: Cộng bằng các dòng 1 + … + 11", self.cells[TOTAL, column], parts)
        yield self._parts_within_wholes()
        yield checks.rolled_up_list(members, [part.values[-1] for part in self._parts()])

    def _listed(self):
        below = self.history.below(self.id, self.day)
        return sum(number for each, number in self.lists.people[self.day].items() if each in below)

    def _parts_within_wholes(self):
        rows = [row for row in labels(self.rules.form_5_rows) if len(row_and_wholes(row)) > 1]
        off = [
            f"{row} > {whole}"
            for row in rows
            for whole in row_and_wholes(row)[1:2]
            if any(self.cells[row, column] > self.cells[whole, column] for column in (BASE_PARTY, CELL, MEMBERS))
        ]
        status = checks.ERROR if off else checks.OK
        return checks.Check("I9", "Dòng con không vượt dòng mẹ; (1) = (2) + (3)", status, "Khớp", tuple(off))


def _serial(code):
    if code == TOTAL or code.endswith("w"):
        return ""
    if code[0] in "69" and len(code) == 2:
        return f"{code[1]})"
    return "–" if len(code) == 3 else code
