"""Form 1: increase and decrease of members in a period, beside the same period of the year before."""

from cells.tree_history import list_order, read_history
from members.statistics import checks
from members.statistics.books import reach_of, read_books, recorded_late
from members.statistics.issued import issued_forms
from members.statistics.ledger import Account, one_body
from members.statistics.rules import CANCELLED, OPENING, labels, percent
from members.statistics.settings import rules_of
from members.statistics.statement import (
    BESIDE_LAST_YEAR,
    NO_FIGURES,
    OWN_LABEL,
    Column,
    Line,
    Part,
    Statement,
    asked_span,
    head_of,
)

FORM = "form-1"
PART_ROWS = ("A", "B", "C", "D")
PART_COLUMNS = (
    Column("Kỳ trước chuyển sang (A)"), Column("Tăng (B)"), Column("Giảm (C)"), Column("Cuối kỳ (D)"),
)  # fmt: skip
TOP = ("A", "B", "C", "D")


def form_1(organisation, *, year=None, on=None, since=None, until=None):
    """The form of one body for a period: half-open from `since` until `until`, a year, or a year up to `on`."""
    span = asked_span(year=year, on=on, since=since, until=until)
    return _Form1(organisation.pk, span).statement()


class _Form1:
    """What one form is made of, read once."""

    def __init__(self, organisation_id, span):
        self.id, self.span, self.before = organisation_id, span, span.a_year_before
        self.history = read_history()
        self.rules = rules_of(self.id, self.history, span.last_day)
        self.stand = self.history.stand(self.id, span.last_day)
        spans = [span, self.before]
        self.reach = reach_of(self.history, self.id, spans)
        self.books = read_books(self.history, self.rules, spans, one_body(self.id), self.reach)
        self.issued = issued_forms(FORM, self.id)
        self.account, self.last = self._account(span), self._account(self.before)

    def _account(self, span):
        """Form 1 of one period; None where nothing is known of it, or the body was not founded yet."""
        founded = self.history.is_founded(self.id, span.last_day)
        return self.books.account(span, (0, self.id)) if founded else None

    def statement(self):
        lines = tuple(self._lines())
        parts = self._parts()
        return Statement(
            form=FORM,
            organisation_id=self.id,
            organisation=self.stand.name,
            span=self.span,
            head=head_of(FORM, self.rules, self.stand, self.rules.form_1_title, self.span.words),
            columns=BESIDE_LAST_YEAR,
            lines=lines,
            checks=tuple(self._checks(lines, [account for _, account in parts if account])) if self.account else (),
            notes=tuple(self._notes()),
            part_columns=PART_COLUMNS,
            parts=tuple(part for part, _ in parts),
            frozen=self.issued.compared(self.span, lines, BESIDE_LAST_YEAR),
            known=self.account is not None,
        )

    def _lines(self):
        for code, label in labels(self.rules.form_1_rows).items():
            now = self.account.value(code) if self.account else None
            last = self.last.value(code) if self.last else None
            depth = 0 if code in TOP else 1 if len(code) == 2 else 2
            weight = "total" if code in TOP else ""
            serial = "" if code == "C3p" else {2: code[1:], 3: f"{code[2:]})"}.get(len(code), code)
            yield Line(code, label, (now, last, percent(now, last)), depth, weight, serial)

    def _parts(self):
        """(row, account) of the body's own people and of every body that was below it in the period."""
        rows = self.books.ledgers[self.span].rows
        day = self.span.last_day
        below = {key[1] for key, counts in rows.items() if key[0] == self.id != key[1] and any(counts.values())}
        below |= {each.id for each in self.history.existing(self.id, day) if each.parent_id == self.id}
        found = [self._part(stand.id, stand.name) for stand in self._in_order(below)]
        own = self.books.account(self.span, (self.id, self.id))
        if below and own and not own.is_quiet:
            found.insert(0, self._part(self.id, OWN_LABEL.format(name=self.stand.name), own=True))
        return found

    def _in_order(self, ids):
        return sorted((self.history.stand(each, self.span.last_day) for each in ids), key=list_order)

    def _part(self, organisation_id, name, *, own=False):
        account = self.books.account(self.span, (self.id, organisation_id))
        values = tuple(account.value(row) if account else None for row in PART_ROWS)
        causes = len(account.causes) or abs(account.difference) if account else 0
        return Part(None if own else organisation_id, name, values, causes), account

    def _checks(self, lines, parts):
        yield checks.balance(self.account)
        first_lists = self.account.counts.get(OPENING, 0)
        previous = self.issued.until(self.span.since)
        yield checks.carried_over(
            self.account.opening,
            first_lists,
            previous.data if previous else None,
            lambda: recorded_late(previous.signed_on, self.span.since, self.reach),
        )
        yield checks.rolled_up(self.account, parts, self._pairs())
        shown = [(line.label, *line.values) for line in lines]
        yield checks.percentages(shown, self.issued.data_of(self.before))

    def _pairs(self):
        """Moves between two parts: "Chi bộ 1 → Chi bộ 2: 3"."""
        inside = self.books.ledgers[self.span].inside.get(self.id, {})
        for (left, entered), number in sorted(inside.items()):
            yield f"{self._name(left)} → {self._name(entered)}: {number}"

    def _name(self, organisation_id):
        name = self.history.stand(organisation_id, self.span.last_day).name
        return f"{name} (trực tiếp)" if organisation_id == self.id else name

    def _notes(self):
        key = (0, self.id)
        if self.account is None:
            words = self.span.words.capitalize()
            yield f"{words}: {NO_FIGURES}, vì danh sách đảng viên bắt đầu được quản lý sau kỳ này."
        else:
            yield from _notes_of(self.account, self.books.begins_within(self.span, key), "kỳ này")
        founded_on = self.history.stands[self.id][0].started_on
        if self.before.since < founded_on:
            yield f"Tổ chức đảng có từ ngày {founded_on:%d/%m/%Y}: số liệu với cùng kỳ năm trước không so sánh được."
        if self.last is None:
            yield f"Cùng kỳ năm trước: {NO_FIGURES}."
        else:
            yield from _notes_of(self.last, self.books.begins_within(self.before, key), "cùng kỳ năm trước")


def _notes_of(account: Account, began, which):
    if number := account.counts.get(OPENING, 0):
        since = f", số liệu có từ ngày {began:%d/%m/%Y}" if began else ""
        yield f"Dòng A {which} gồm {number} đảng viên có trong danh sách ban đầu được nhập trong kỳ{since}."
    if number := account.counts.get(CANCELLED, 0):
        yield f"Số giảm {which} gồm {number} trường hợp hủy quyết định kết nạp (biểu không có dòng riêng)."
