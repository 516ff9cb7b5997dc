"""Form 2B: the newly admitted of a period by ethnic group and religion."""

from admissions.reports.counted import Counted
from admissions.reports.form_2 import check_i3, head_2
from config.lib.tables import NUMBER, PERCENT
from members.catalogues import choices
from members.enums import UNKNOWN
from members.statistics import checks
from members.statistics.issued import issued_forms
from members.statistics.rules import percent
from members.statistics.statement import NO_FIGURES, Column, Line, Statement, asked_span

FORM = "form-2B"
COLUMNS = (Column("Tổng số", NUMBER, "", "2"), Column("Trong đó: nữ", NUMBER, "", "3"),
           Column("(%) so với tổng số", PERCENT, "", "4"))  # fmt: skip
OTHER = "other"
OTHER_LABEL, UNKNOWN_LABEL = "Dân tộc khác", "Chưa rõ"
NOT_A_RELIGION = ("none", UNKNOWN, "")


def form_2b(organisation, *, year=None, on=None, since=None, until=None):
    """The form of one body for a period; the rows are those of form 4."""
    span = asked_span(year=year, on=on, since=since, until=until)
    counted = Counted(organisation.pk, span)
    is_known = counted.known(0)
    lines = tuple(_lines(counted.people[0], is_known))
    return Statement(
        form=FORM,
        organisation_id=counted.id,
        organisation=counted.stand.name,
        span=span,
        head=head_2(FORM, counted, counted.rows.form_2b_title, "form_2b_title"),
        columns=COLUMNS,
        lines=lines,
        checks=tuple(_checks(counted, lines)) if is_known else (),
        notes=() if is_known else (f"{span.words.capitalize()}: {NO_FIGURES}.",),
        frozen=issued_forms(FORM, counted.id).compared(span, lines, COLUMNS),
        known=is_known,
    )


def tests_2b():
    """(code, label, serial, test on frozen values) of every row; a heading has no test."""
    groups = choices("ethnic")
    known = {code for code, _ in groups} - {OTHER}
    yield "ethnic.total", "Tổng số", "I", lambda values: True
    for number, (code, name) in enumerate(groups, start=1):
        if code != OTHER:
            yield f"ethnic.{code}", name, str(number), lambda values, wanted=code: values["ethnic"] == wanted
    yield f"ethnic.{OTHER}", OTHER_LABEL, "", lambda values: values["ethnic"] not in (*known, "")
    yield f"ethnic.{UNKNOWN}", UNKNOWN_LABEL, "", lambda values: values["ethnic"] == ""
    yield "religion.total", "Theo các tôn giáo", "II", lambda values: values["religion"] not in NOT_A_RELIGION
    for code, name in choices("religion"):
        if code not in NOT_A_RELIGION:
            yield f"religion.{code}", name, "", lambda values, wanted=code: values["religion"] == wanted


def _lines(people, is_known):
    for code, label, serial, test in tests_2b():
        found = [person for person in people if test(person.values)]
        if code.endswith(f".{UNKNOWN}") and not found:
            continue
        women = sum(person.values["sex"] == "female" for person in found)
        values = (len(found), women, percent(len(found), len(people))) if is_known else (None, None, None)
        is_total = code.endswith(".total")
        yield Line(code, label, values, 0 if is_total else 1, "total" if is_total else "", serial)


def _checks(counted, lines):
    yield check_i3(counted)
    parts = [line.values[0] for line in lines if line.code.startswith("ethnic.") and not line.weight]
    yield checks.sums("I3", "Các dân tộc cộng bằng tổng số", len(counted.people[0]), parts)
    parts = [line.values[0] for line in lines if line.code.startswith("religion.") and not line.weight]
    stated = next(line.values[0] for line in lines if line.code == "religion.total")
    yield checks.sums("I5", "Các tôn giáo cộng bằng số theo tôn giáo", stated, parts)
