"""Form 3: the whole membership on a day, beside the same day of the year before."""

from collections import Counter
from decimal import Decimal

from cells.tree_history import list_order, read_history
from members.enums import UNKNOWN, YesNo
from members.statistics import checks
from members.statistics.books import day_lists, reach_of
from members.statistics.counting import ADMISSION, HEADS, RETIRED, Asked, distributions, heads, lacking
from members.statistics.issued import issued_forms
from members.statistics.ledger import one_body
from members.statistics.rules import age_bounds, labels, mean_age, percent
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

FORM = "form-3"
PART_COLUMNS = tuple(
    Column(title) for title in ("Tổng số", "Dự bị", "Nữ", "Dân tộc thiểu số", "Được miễn", "Tuổi bình quân")
)
NO_ANSWER = "none"
ENTERPRISE = ("enterprise_manager", "enterprise_indirect_worker", "enterprise_direct_worker")
NOT_WORKING = (RETIRED, UNKNOWN)
UNKNOWN_LABELS = {"ages": "Chưa rõ ngày sinh hoặc ngoài các nhóm tuổi", "admission": "Chưa rõ ngày vào Đảng"}


def form_3(organisation, *, year=None, on=None, since=None, until=None):
    """The form of one body as of the last day of the period, of the year, or as of `on`."""
    span = asked_span(year=year, on=on, since=since, until=until)
    return _Form3(organisation.pk, span).statement()


class _Form3:
    """What one form is made of, read once; a list of `figures` for this day and for that of last year."""

    def __init__(self, organisation_id, span):
        self.id, self.span, self.day = organisation_id, span, span.last_day
        self.days = [self.day, span.a_year_before.last_day]
        self.history = read_history()
        self.rules = rules_of(self.id, self.history, self.day)
        self.stand = self.history.stand(self.id, self.day)
        starts = tuple(self.rules.form_3_admission_from or ())
        self.asked = [Asked(day, self._below(day), starts) for day in self.days]
        self.lists = day_lists(self.rules, self.days, reach_of(self.history, self.id, [span, span.a_year_before]))
        self._count()
        self.issued = issued_forms(FORM, self.id)

    def _below(self, day):
        found = self.history.below(self.id, day)
        return None if len(found) == len(self.history.stands) else frozenset(found)

    def _count(self):
        keys = one_body(self.id)
        self.heads = [Counter() for _ in self.days]
        self.by_part = {}
        for place, organisation, *numbers in heads(self.rules, self.asked):
            figures = Counter(dict(zip(HEADS, numbers, strict=True)))
            self.heads[place].update(figures)
            if place == 0:
                for _, part in keys(self.history.chain(organisation, self.day)) - {(0, self.id)}:
                    self.by_part.setdefault(part, Counter()).update(figures)
        known = [self.lists.known(day) and self.history.is_founded(self.id, day) for day in self.days]
        found = distributions(self.rules, self.asked)
        self.figures = [
            figures_of(self.rules, head, made_of) if is_known else None
            for head, made_of, is_known in zip(self.heads, found, known, strict=True)
        ]

    def statement(self):
        now = self.figures[0]
        lines = tuple(self._lines())
        notes = [] if now else [f"Ngày {self.day:%d/%m/%Y}: {NO_FIGURES}."]
        notes += [] if self.figures[1] else [f"Cùng kỳ năm trước: {NO_FIGURES}."]
        return Statement(
            form=FORM,
            organisation_id=self.id,
            organisation=self.stand.name,
            span=self.span,
            head=head_of(FORM, self.rules, self.stand, self.rules.form_3_title, f"có đến {self.day:%d/%m/%Y}"),
            columns=BESIDE_LAST_YEAR,
            lines=lines,
            checks=tuple(self._checks(now, lines)) if now else (),
            notes=tuple(notes),
            part_columns=PART_COLUMNS,
            parts=tuple(self._parts()),
            frozen=self.issued.compared(self.span, lines, BESIDE_LAST_YEAR, last_day_only=True),
            known=now is not None,
        )

    # --- rows

    def _lines(self):
        for code, label in labels(self.rules.form_3_general).items():
            is_total = code == "total"
            yield self._line(code, label, depth=0 if is_total else 1, serial="I" if is_total else "", bold=is_total)
        for number, (block, title) in enumerate(labels(self.rules.form_3_blocks).items(), start=1):
            yield Line(f"{block}.", title, (None, None, None), 0, "group", f"II.{number}")
            rows = labels(getattr(self.rules, f"form_3_{block}"))
            serials = _serials(block, rows)
            for code, label in rows.items():
                yield self._line(f"{block}.{code}", label, depth=_depth(code), serial=serials.get(code, ""))
            yield from self._unknown(block)

    def _unknown(self, block):
        code = f"{block}.{UNKNOWN}"
        if any(figures and figures[code] for figures in self.figures):
            yield self._line(code, UNKNOWN_LABELS.get(block, "Chưa rõ"), depth=1)

    def _line(self, code, label, *, depth, serial="", bold=False):
        now, last = (figures[code] if figures else None for figures in self.figures)
        share = None if code == "ages.mean" else percent(now, last)
        return Line(code, label, (now, last, share), depth, "total" if bold else "", serial)

    def _parts(self):
        below = {part for part in self.by_part if part != self.id}
        below |= {each.id for each in self.history.existing(self.id, self.day) if each.parent_id == self.id}
        if below and self.id in self.by_part:
            yield self._part(None, OWN_LABEL.format(name=self.stand.name), self.by_part[self.id])
        for stand in sorted((self.history.stand(each, self.day) for each in below), key=list_order):
            yield self._part(stand.id, stand.name, self.by_part.get(stand.id, Counter()))

    def _part(self, part, name, head):
        shown = [head[each] for each in ("total", "probationary", "female", "minority", "exempt")]
        return Part(part, name, (*shown, _mean(head, self.day)))

    # --- checks

    def _checks(self, now, lines):
        listed = self.lists.people[self.day]
        total = sum(number for each, number in listed.items() if self.id in self.history.chain(each, self.day))
        lacks = lacking(self.rules, self.asked[0]) if self._something_lacks(now) else {}
        behind = {block: lacks.get(lack, ()) for block, lack in LACKING.items()}
        sides = {"danh sách (Biểu 1, dòng D; Biểu 5, cột 6)": total, "Biểu 3, tổng số": now["total"]}
        yield checks.equal("I4", "Biểu 3 bằng dòng D của Biểu 1 và cột (6) của Biểu 5", sides)
        for block, title in SUMMED.items():
            stated = [now[each] for each in now if _is_part_of(each, block)]
            yield checks.sums("I5", f"{title} cộng bằng tổng số", now["total"], stated, behind[block])
        yield from self._bounds(now)
        yield checks.rolled_up_list(now["total"], [part.values[0] for part in self._parts()])
        shown = [(line.label, *line.values) for line in lines if line.code != "ages.mean"]
        yield checks.percentages(shown, self.issued.data_of(self.span.a_year_before, last_day_only=True))
        yield checks.mean_agrees(now["ages.mean"], _exact_mean(self.heads[0], self.day), self.rules.mean_age_tolerance)

    def _bounds(self, now):
        for block, title in OPTIONAL.items():
            rows = [now[f"{block}.{code}"] for code in labels(getattr(self.rules, f"form_3_{block}"))]
            yield checks.within("I6", f"{title} không vượt tổng số", sum(rows), now["total"])
        halves = {
            "II.1a + II.1b": now["occupation.working"] + now[f"occupation.{RETIRED}"], "tổng số": now["total"]
        }  # fmt: skip
        yield checks.equal("I7", "Đang làm việc + đã nghỉ = tổng số", halves, failed=checks.WARN)
        yield checks.within(
            "I7", "Miễn trong số đã nghỉ không vượt số được miễn", now["occupation.retired_exempt"], now["exempt"],
            failed=checks.WARN,
        )  # fmt: skip

    def _something_lacks(self, now):
        return any(now[f"{block}.{UNKNOWN}"] for block in SUMMED)


SUMMED = {
    "occupation": "Nghề nghiệp",
    "ages": "Tuổi đời",
    "admission": "Thời gian kết nạp",
    "general_education": "Giáo dục phổ thông",
}
LACKING = dict(zip(SUMMED, ("no_job", "no_birth", "no_admission", "no_school"), strict=True))
OPTIONAL = {"degree": "Trình độ chuyên môn", "academic_title": "Chức danh khoa học", "theory": "Lý luận chính trị"}
SUMS_OF_ROWS = ("working", "enterprise", "retired_exempt", "mean", UNKNOWN)


def _is_part_of(code, block):
    """Whether a figure is one of those that make up the block: no sum of others, and not the unknown ones."""
    head, _, row = code.partition(".")
    return head == block and row not in SUMS_OF_ROWS


def _serials(block, rows):
    """What stands before the rows of the occupations: a, b, and the numbers of list O."""
    if block != "occupation":
        return {}
    numbered = [code for code in rows if code not in (*ENTERPRISE, "working", "retired_exempt", RETIRED)]
    return {
        "working": "a",
        RETIRED: "b",
        **{code: str(number) for number, code in enumerate(numbered, start=1)},
        **dict.fromkeys(ENTERPRISE, "–"),
    }


def _depth(code):
    if code in ("working", RETIRED):
        return 1
    return 3 if code in ENTERPRISE else 2


# --- figures ---------------------------------------------------------------------------------------------------------


def figures_of(rules, head, made_of):
    """Every figure of one list by code; a block's `unknown` is what its rows leave of the total."""
    total = head["total"]
    found = {name: head[name] for name in ("total", "probationary", "female", "minority", "exempt")}
    answers = made_of.numbers
    found["religious"] = sum(n for value, n in answers["religion"].items() if value not in (NO_ANSWER, UNKNOWN))
    found["youth_union"] = answers["youth_union"].get(YesNo.YES, 0)
    found["enterprise_owner"] = answers["enterprise_owner"].get(YesNo.YES, 0)
    blocks = {
        "occupation": _occupations(rules, answers["occupation"]),
        "ages": _ages(rules, made_of.ages),
        "admission": {code: answers[ADMISSION].get(code, 0) for code in labels(rules.form_3_admission)},
        "general_education": _plain(rules.form_3_general_education, answers["general_education"]),
        "degree": _plain(rules.form_3_degree, answers["degree"]),
        "academic_title": _plain(rules.form_3_academic_title, answers["academic_title"]),
        "theory": _theory(rules, answers["theory"]),
    }
    for block, rows in blocks.items():
        none = answers[block].get(NO_ANSWER, 0)
        rows[UNKNOWN] = total - none - sum(n for row, n in rows.items() if row not in SUMS_OF_ROWS)
        found |= {f"{block}.{row}": number for row, number in rows.items()}
    found["occupation.working"] = sum(
        n for row, n in blocks["occupation"].items() if row not in (*SUMS_OF_ROWS, *NOT_WORKING)
    )
    found["occupation.enterprise"] = sum(blocks["occupation"].get(row, 0) for row in ENTERPRISE)
    found["occupation.retired_exempt"] = made_of.exempt["occupation"].get(RETIRED, 0)
    found["ages.mean"] = mean_age(sum(age * n for age, n in made_of.ages.items()), sum(made_of.ages.values()))
    return found


def _plain(rows, answers):
    return {code: answers.get(code, 0) for code in labels(rows)}


def _occupations(rules, answers):
    return {code: answers.get(code, 0) for code in labels(rules.form_3_occupation) if code not in SUMS_OF_ROWS}


def _theory(rules, answers):
    """Cao cấp and cử nhân are one row."""
    rows = _plain(rules.form_3_theory, answers)
    rows["advanced"] = answers.get("advanced", 0) + answers.get("bachelor", 0)
    return rows


def _ages(rules, ages):
    rows = {}
    for code in labels(rules.form_3_ages):
        if code not in SUMS_OF_ROWS:
            least, most = age_bounds(code)
            rows[code] = sum(n for age, n in ages.items() if age >= least and (most is None or age <= most))
    return rows


def _exact_mean(head, day):
    """Mean of full years from the sums of the years of birth, unrounded."""
    if not head["born"]:
        return None
    return Decimal(head["born"] * day.year - head["years"] - head["late"]) / head["born"]


def _mean(head, day):
    return mean_age(head["born"] * day.year - head["years"] - head["late"], head["born"])
