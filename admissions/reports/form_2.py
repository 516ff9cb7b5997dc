"""Form 2: the newly admitted of a period, beside the same period of the year before (11-HD/BTCTW)."""

from dataclasses import replace
from decimal import Decimal

from admissions.reports.counted import Counted
from admissions.rules.statistics import OPTIONAL, SUMMED, form_2_rows
from members.enums import UNKNOWN
from members.statistics import checks
from members.statistics.form_5 import BASE_CELL, BASE_PARTY, column_of
from members.statistics.issued import issued_forms
from members.statistics.rules import labels, mean_age, percent
from members.statistics.statement import BESIDE_LAST_YEAR, NO_FIGURES, Line, Statement, asked_span, head_of

FORM = "form-2"
MEAN = "ages.mean"
BASES = {"party": BASE_PARTY, "cell": BASE_CELL}
NOT_KEPT = "Dòng “không còn quần chúng” để trống: phần mềm không quản lý danh sách quần chúng của cơ sở."


def form_2(organisation, *, year=None, on=None, since=None, until=None):
    """The form of one body for a period: half-open from `since` until `until`, a year, or a year up to `on`."""
    span = asked_span(year=year, on=on, since=since, until=until)
    return _Form2(Counted(organisation.pk, span)).statement()


class _Form2:
    """One form of what was counted."""

    def __init__(self, counted):
        self.counted, self.span = counted, counted.span
        self.is_known = [counted.known(place) for place in (0, 1)]
        self.issued = issued_forms(FORM, counted.id)

    def statement(self):
        counted = self.counted
        lines = tuple(self._lines())
        return Statement(
            form=FORM,
            organisation_id=counted.id,
            organisation=counted.stand.name,
            span=self.span,
            head=head_2(FORM, counted, counted.rows.form_2_title, "form_2_title"),
            columns=BESIDE_LAST_YEAR,
            lines=lines,
            checks=tuple(self._checks(lines)) if self.is_known[0] else (),
            notes=tuple(self._notes()),
            frozen=self.issued.compared(self.span, lines, BESIDE_LAST_YEAR),
            known=self.is_known[0],
        )

    def _lines(self):
        for row in form_2_rows(self.counted.rows):
            if row.weight == "group":
                yield Line(row.code, row.label, (None, None, None), 0, "group", row.serial)
                continue
            now, last = (self._value(row, place) for place in (0, 1))
            if row.code.endswith(f".{UNKNOWN}") and not (now or last):
                continue
            share = None if row.code == MEAN else percent(now, last)
            yield Line(row.code, row.label, (now, last, share), row.depth, row.weight, row.serial)
        yield from self._bases()

    def _value(self, row, place):
        if not self.is_known[place]:
            return None
        people = self.counted.people[place]
        if row.code == MEAN:
            ages = [person.values["age"] for person in people if person.values["age"] is not None]
            return mean_age(sum(ages), len(ages))
        return sum(row.takes(person.values) for person in people)

    def _bases(self):
        """Block III: base organisations at the end of the period, and those with admissions in it."""
        found = [self._bases_of(place) for place in (0, 1)]
        for code, label in labels(self.counted.rows.form_2_bases).items():
            now, last = (figures.get(code) for figures in found)
            part = code.partition("_")[2]
            depth, serial = (0, "III") if code == "bases" else (2 if part else 1, "")
            serial = serial or {"party": "1", "cell": "2"}.get(code, "")
            weight = "total" if code == "bases" else ""
            yield Line(f"bases.{code}", label, (now, last, percent(now, last)), depth, weight, serial)

    def _bases_of(self, place):
        counted, span = self.counted, self.counted.spans[place]
        if not counted.history.is_founded(counted.id, span.last_day):
            return {}
        stands = counted.history.existing(counted.id, span.last_day)
        admitting = {
            each
            for person in counted.people[place]
            for each in counted.history.chain(person.cell_id, person.counted_on)
        }
        found = {}
        for name, column in BASES.items():
            bases = [stand.id for stand in stands if column_of(stand) == column]
            found[name] = len(bases)
            found[f"{name}_admitting"] = len(admitting & set(bases)) if self.is_known[place] else None
        return {"bases": sum(found[name] for name in BASES), **found}

    # --- checks and notes

    def _checks(self, lines):
        total = len(self.counted.people[0])
        yield check_i3(self.counted)
        values = {line.code: line.values[0] for line in lines}
        for block, title in SUMMED.items():
            unknown = values.get(f"{block}.{UNKNOWN}", 0)
            behind = [f"{unknown} người chưa rõ"] if unknown else ()
            yield checks.sums("I5", f"{title} cộng bằng tổng số", total, [self._sum(block, values)], behind)
        for block, title in OPTIONAL.items():
            yield checks.within("I6", f"{title} không vượt tổng số", self._sum(block, values), total)
        shown = [(line.label, *line.values) for line in lines if line.code in self._labelled_once()]
        yield checks.percentages(shown, self.issued.data_of(self.span.a_year_before))
        ages = [person.values["age"] for person in self.counted.people[0] if person.values["age"] is not None]
        exact = Decimal(sum(ages)) / len(ages) if ages else None
        yield checks.mean_agrees(values.get(MEAN), exact, self.counted.rules.mean_age_tolerance)

    def _labelled_once(self):
        """Rows of blocks I and II: a form of a year before is compared by labels, and block III has some twice."""
        return {row.code for row in form_2_rows(self.counted.rows) if row.code != MEAN and row.weight != "group"}

    def _sum(self, block, values):
        """The sum of a block's own rows: a row with parts counts once, the unknown and the mean not at all."""
        left_out = (f"{block}.{UNKNOWN}", MEAN, "occupation.enterprise")
        return sum(value for code, value in values.items() if code.startswith(f"{block}.") and code not in left_out
                   and value)  # fmt: skip

    def _notes(self):
        if not self.is_known[0]:
            yield f"{self.span.words.capitalize()}: {NO_FIGURES}."
        if not self.is_known[1]:
            yield f"Cùng kỳ năm trước: {NO_FIGURES}."
        yield NOT_KEPT


def head_2(form, counted, title, key):
    """The frame of form 2 or 2B; its rows have a source of their own."""
    head = head_of(form, counted.rules, counted.stand, title, counted.span.words)
    return replace(head, source=counted.rows.cite(key))


def check_i3(counted):
    """I3: the newly admitted of form 1 (B1) are those of form 2; who lacks frozen answers is named."""
    title = "Tổng số bằng dòng B1 (kết nạp) của Biểu 1"
    entered = counted.entered(0)
    if entered is None:
        return checks.Check("I3", title, checks.NONE, "Biểu 1 chưa có số liệu của kỳ này.")
    sides = {"danh sách (Biểu 1, dòng B1)": entered, "người có thông tin chốt khi kết nạp": len(counted.people[0])}
    if entered == len(counted.people[0]):
        return checks.equal("I3", title, sides)
    return checks.equal("I3", title, sides, list(counted.not_frozen())[: checks.NAMED])
