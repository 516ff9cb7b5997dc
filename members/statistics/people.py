"""Who or what stands behind a figure: people by row of a form, organisations by column of form 5."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from django.db.models import Q

from cells.tree_history import read_history
from config.lib.workdays import add_months
from members.answers import mid_sentence
from members.enums import UNKNOWN, StartReason, Topic, YesNo
from members.models import Member, Particular
from members.statistics.books import not_out, on_books, reach_of, read_books, standing_stays
from members.statistics.counting import RETIRED, exempt_on, not_yet_official, of_minority
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.form_3 import ENTERPRISE
from members.statistics.form_3 import FORM as FORM_3
from members.statistics.form_5 import FORM as FORM_5
from members.statistics.form_5 import MEMBERS, ROW_OF_TYPE, TOTAL, UNTYPED, UNTYPED_LABEL, column_of, row_and_wholes
from members.statistics.ledger import one_body
from members.statistics.rules import PROBATIONARY, age_bounds, labels
from members.statistics.settings import rules_of

IN_ROWS = {"B": ("B1", "B2a", "B2b", "B3"), "B2": ("B2a", "B2b")}
OUT_ROWS = {"C": ("C1", "C2", "C3", "C4", "C5a", "C5b"), "C5": ("C5a", "C5b"), PROBATIONARY: ("C3",)}
SENSITIVE_ROWS = frozenset({"religious"})
SIMPLE = {"general_education": Topic.GENERAL_EDUCATION, "degree": Topic.DEGREE, "theory": Topic.THEORY,
          "academic_title": Topic.ACADEMIC_TITLE, "occupation": Topic.OCCUPATION}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """Which figure is asked about: form, body, period, row; of form 5 a column too, of form 1 maybe a part."""

    form: str
    organisation_id: int
    span: object
    row: str
    column: str = ""
    part: int | None = None


@dataclass(frozen=True)
class Person:
    """One person behind a figure: where on that day, and for a movement what happened when."""

    member: Member
    place: str
    words: str = ""


def is_figure(figure, rules):
    """Whether the form has a figure of that row and column."""
    if figure.form != FORM_5 and figure.column not in ("", MEMBERS):
        return False
    if figure.form == FORM_1:
        return figure.row in labels(rules.form_1_rows)
    if figure.form == FORM_3:
        block, _, code = figure.row.partition(".")
        rows = labels(getattr(rules, f"form_3_{block}")) if block in labels(rules.form_3_blocks) else ()
        return figure.row in labels(rules.form_3_general) or code in rows or (bool(rows) and code == UNKNOWN)
    known = (*labels(rules.form_5_rows), UNTYPED)
    return figure.row in known and figure.column in ("1", "2", "3", "4", "5", MEMBERS)


def has_part(figure, history):
    """A part is named by form 1 alone, and stood at or below the body in the period: no other name is told."""
    if figure.part is None:
        return True
    below = history.ever_below(figure.organisation_id, figure.span.since, figure.span.until)
    return figure.form == FORM_1 and figure.part in below


class Behind:
    """Reads what is behind one figure that `is_figure`; `found` is a list or a queryset to cut pages from."""

    def __init__(self, figure):
        self.figure = figure
        self.day = figure.span.last_day
        self.history = read_history()
        self.rules = rules_of(figure.organisation_id, self.history, self.day)
        self.exists = is_figure(figure, self.rules) and has_part(figure, self.history)

    @cached_property
    def found(self):
        return self._found() if self.exists else []

    @property
    def organisation(self):
        """The name of the body, or of its part, on the last day of the period."""
        return self.history.stand(self.figure.part or self.figure.organisation_id, self.day).name

    @property
    def label(self):
        """The row as the form prints it."""
        if self.figure.form == FORM_1:
            return labels(self.rules.form_1_rows)[self.figure.row]
        if self.figure.form == FORM_5:
            return labels(self.rules.form_5_rows).get(self.figure.row, UNTYPED_LABEL)
        block, _, code = self.figure.row.partition(".")
        title = labels(self.rules.form_3_blocks).get(block)
        rows = labels(getattr(self.rules, f"form_3_{block}")) if title else labels(self.rules.form_3_general)
        return f"{title}: {mid_sentence(rows.get(code, 'chưa rõ'))}" if title else rows[block]

    @property
    def period(self):
        """The days that the figure counts, in words."""
        movement = self.figure.form == FORM_1 and self.figure.row not in ("A", "D")
        return self.figure.span.words if movement else f"danh sách ngày {self._list_day():%d/%m/%Y}"

    @property
    def are_organisations(self):
        return self.figure.column not in ("", MEMBERS)

    def _found(self):
        if self.figure.form == FORM_1:
            return self._of_list() if self.figure.row in ("A", "D") else self._of_events()
        if self.figure.form == FORM_3:
            return _listed(on_books(self.rules, self.day, self._below(self.day))).filter(self._answering())
        if self.are_organisations:
            return [
                stand for stand in self.history.existing(self.figure.organisation_id, self.day) if self._is_in(stand)
            ]
        return _listed(on_books(self.rules, self.day, self._of_type()))

    def page(self, chosen):
        """The entries of one page: people with what is said of them, or organisations as they were."""
        chosen = list(chosen)
        if self.are_organisations:
            return chosen
        ids = {row[0] for row in chosen}
        members = {member.pk: member for member in Member.objects.filter(pk__in=ids).select_related("home")}
        return [Person(members[pk], self._place(place, day), words) for pk, place, day, words in map(self._row, chosen)]

    def _row(self, row):
        return row if len(row) == 4 else (*row, self._list_day(), "")

    def _list_day(self):
        return self.figure.span.eve if (self.figure.form, self.figure.row) == (FORM_1, "A") else self.day

    def _place(self, organisation_id, day):
        """The organisation of that day with the one above it: cells of different bases share names."""
        names = [self.history.stand(each, day).name for each in self.history.chain(organisation_id, day)]
        return ", ".join(names[:2]) if len(names) > 2 else names[0]

    def _below(self, day):
        return self.history.below(self.figure.organisation_id, day)

    # --- form 1

    def _key(self):
        return (self.figure.organisation_id, self.figure.part) if self.figure.part else (0, self.figure.organisation_id)

    def _ids_on(self, day):
        """Organisations whose people are entered under the key on that day."""
        keys = one_body(self.figure.organisation_id)
        return {each for each in self.history.stands if self._key() in keys(self.history.chain(each, day))}

    def _of_list(self):
        span = self.figure.span
        if self.figure.row == "D":
            return _listed(on_books(self.rules, self.day, self._ids_on(self.day)))
        eve = Q(begun__lte=span.eve, organisation_id__in=self._ids_on(span.eve)) & not_out(span.eve)
        carried = eve & (Q(ended_on__isnull=True) | Q(ended_on__gt=span.eve))
        days = [span.since, *self.history.days_of_moves(span.since, span.until), span.until]
        for since, until in pairwise(days):
            first_list = Q(start_reason=StartReason.OPENING, begun__gte=since, begun__lt=until)
            carried |= first_list & Q(organisation_id__in=self._ids_on(since))
        return _listed(standing_stays(self.rules).filter(carried))

    def _of_events(self):
        span, body = self.figure.span, self.figure.organisation_id
        books = read_books(self.history, self.rules, [span], one_body(body), reach_of(self.history, body, [span]))
        found = [row for event in books.events[span] for row in self._entries(event)]
        return found + self._carried()

    def _entries(self, event):
        """(member, place, day, words) when the event is counted in the row."""
        before, after, row = self._enters(event.before, event.day, -1), self._enters(event.after, event.day, 0), None
        if after and not before and event.entry in IN_ROWS.get(self.figure.row, (self.figure.row,)):
            row = (event.after, event.day, f"{_came(event)} ngày {event.day:%d/%m/%Y}")
        leaves = before and not after and event.exit in OUT_ROWS.get(self.figure.row, (self.figure.row,))
        if leaves and (self.figure.row != PROBATIONARY or event.probationary):
            row = (event.before, event.day - timedelta(days=1), f"{_went(event)} ngày {event.day:%d/%m/%Y}")
        if row:
            yield (event.member, *row)

    def _enters(self, organisation, day, shift):
        if organisation is None:
            return False
        chain = self.history.chain(organisation, day + timedelta(days=shift))
        return self._key() in one_body(self.figure.organisation_id)(chain)

    def _carried(self):
        """People whom a body that came under another parent carried in or out."""
        wanted = {"B": 1, "B2": 1, "B2b": 1, "C": -1, "C5": -1, "C5b": -1}.get(self.figure.row)
        found = []
        for day in self.history.days_of_moves(self.figure.span.since, self.figure.span.until) if wanted else ():
            was, is_now = self._ids_on(day - timedelta(days=1)), self._ids_on(day)
            moved = is_now - was if wanted > 0 else was - is_now
            found += [(pk, place, day, f"cùng tổ chức, ngày {day:%d/%m/%Y}") for pk, place in self._staying(moved, day)]
        return found

    def _staying(self, organisations, day):
        eve = day - timedelta(days=1)
        rows = on_books(self.rules, day, organisations).filter(not_out(eve), begun__lte=eve)
        return _listed(rows)

    # --- form 3

    def _answering(self):
        row = self.figure.row
        general = {
            "total": Q(), "probationary": not_yet_official(self.day), "female": Q(member__sex="female"),
            "minority": of_minority(), "exempt": Q(member_id__in=exempt_on(self.day)),
            "religious": self._with(Topic.RELIGION, ~Q(value__in=("none", UNKNOWN))),
            "youth_union": self._with(Topic.YOUTH_UNION, Q(value=YesNo.YES)),
            "enterprise_owner": self._with(Topic.ENTERPRISE_OWNER, Q(value=YesNo.YES)),
        }  # fmt: skip
        if row in general:
            return general[row]
        block, _, code = row.partition(".")
        if block == "ages":
            return self._aged(code)
        return self._admitted(code) if block == "admission" else self._answered(block, code)

    def _with(self, topic, condition):
        rows = Particular.objects.on(self.day).filter(condition, topic=topic)
        return Q(member_id__in=rows.values("member_id"))

    def _answered(self, block, code):
        topic = SIMPLE[block]
        if code == UNKNOWN:
            return ~self._with(topic, ~Q(value=UNKNOWN))
        if code == "working":
            return self._with(topic, ~Q(value__in=(RETIRED, UNKNOWN)))
        if code == "retired_exempt":
            return self._with(topic, Q(value=RETIRED)) & Q(member_id__in=exempt_on(self.day))
        values = {"enterprise": ENTERPRISE}.get(code, (code,))
        if (block, code) == ("theory", "advanced"):
            values = ("advanced", "bachelor")
        return self._with(topic, Q(value__in=values))

    def _aged(self, code):
        if code == "mean":
            return Q(member__born_on__isnull=False)
        bands = [age_bounds(each) for each in labels(self.rules.form_3_ages) if each != "mean"]
        if code == UNKNOWN:
            return Q(member__born_on__isnull=True) | ~_between(self.day, min(bands)[0], None)
        return _between(self.day, *age_bounds(code))

    def _admitted(self, code):
        starts = [date.fromisoformat(each) for each in self.rules.form_3_admission_from or ()]
        if code == UNKNOWN:
            return Q(member__admitted_on__isnull=True)
        number = int(code)
        found = Q(member__admitted_on__isnull=False)
        found &= Q(member__admitted_on__gte=starts[number - 2]) if number > 1 else Q()
        return found & (Q(member__admitted_on__lt=starts[number - 1]) if number <= len(starts) else Q())

    # --- form 5

    def _of_type(self):
        return {each for each in self._below(self.day) if self._has_type(each)}

    def _has_type(self, organisation_id):
        row = ROW_OF_TYPE.get(self.history.base_type(organisation_id, self.day), UNTYPED)
        return self.figure.row == TOTAL or self.figure.row in row_and_wholes(row)

    def _is_in(self, stand):
        wanted = ("2", "3") if self.figure.column == "1" else (self.figure.column,)
        return column_of(stand) in wanted and self._has_type(stand.id)


def _listed(stays):
    return stays.order_by("member__sort_key", "member_id").values_list("member_id", "organisation_id")


def _between(day, least, most):
    """Of `least` to `most` full years on `day`."""
    found = Q(member__born_on__lte=add_months(day, -12 * least))
    return found if most is None else found & Q(member__born_on__gt=add_months(day, -12 * (most + 1)))


WORDS = {
    "B1": "kết nạp", "B2a": "chuyển đến từ tỉnh khác", "B2b": "chuyển đến", "B3": "phục hồi đảng tịch",
    "C1": "từ trần", "C2": "khai trừ", "C3": "xóa tên", "C4": "xin ra khỏi Đảng", "C5a": "chuyển đi tỉnh khác",
    "C5b": "chuyển đi",
}  # fmt: skip


def _came(event):
    return WORDS.get(event.entry, "bắt đầu")


def _went(event):
    return "hủy quyết định kết nạp" if event.cancelled else WORDS.get(event.exit, "kết thúc")
