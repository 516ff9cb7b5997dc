"""The page of forms 2 and 2B: rows with figures that open their names for those who may see them."""

from admissions.admitted import place_of
from admissions.reports.counted import Counted
from admissions.reports.form_2 import FORM as FORM_2
from admissions.reports.form_2 import MEAN
from admissions.reports.form_2 import form_2 as collect_2
from admissions.reports.form_2b import FORM as FORM_2B
from admissions.reports.form_2b import form_2b as collect_2b
from admissions.reports.form_2b import tests_2b
from admissions.rules.statistics import form_2_rows
from config.lib.tables import PERCENT, as_text
from members.statistics.screen import Cell, ShownRow
from members.statistics.statement import NO_FIGURES

COLLECT = {FORM_2: collect_2, FORM_2B: collect_2b}
SENSITIVE = ("religious", "population_policy", "foreign_spouse", "religion.")
WOMEN = "women"


def is_sensitive(row):
    """Whether the names of a row tell what only some may know of a person."""
    return row.startswith(SENSITIVE)


def shown_rows(statement, *, opens_names, opens_sensitive):
    """The rows of a form as the page shows them."""
    return tuple(
        ShownRow(line.serial, line.label, line.depth, line.weight,
                 tuple(_cells(statement, line, opens_names and (opens_sensitive or not is_sensitive(line.code)))))
        for line in statement.lines
    )  # fmt: skip


def _cells(statement, line, is_open):
    for place, (column, value) in enumerate(zip(statement.columns, line.values, strict=True)):
        if line.weight == "group":
            yield Cell("", column.title)
            continue
        text = as_text(value, column.kind)
        if value is None:
            text = "" if column.kind == PERCENT or line.code.startswith("bases.") else NO_FIGURES
        counts_people = is_open and value and column.kind != PERCENT and line.code != MEAN
        counts_people = counts_people and not line.code.startswith("bases.")
        yield Cell(text, column.title, _query(statement, line.code, place) if counts_people else "")


def _query(statement, row, place):
    if statement.form == FORM_2B:
        return f"row={row}&{period(statement.span)}{f'&of={WOMEN}' if place == 1 else ''}"
    return f"row={row}&{period(statement.span if place == 0 else statement.span.a_year_before)}"


def period(span):
    """A period as a query."""
    return f"since={span.since:%d/%m/%Y}&until={span.last_day:%d/%m/%Y}"


def people_behind(form, organisation_id, span, row, *, only_women=False):
    """(label, people, `places` naming where each was admitted) behind a figure; None where there is no such row."""
    counted = Counted(organisation_id, span)
    found = _test_of(form, counted, row)
    if found is None:
        return None
    label, takes = found
    people = [person for person in counted.people[0] if takes(person.values)]
    if only_women:
        people = [person for person in people if person.values["sex"] == "female"]
    return label, people, lambda person: place_of(counted.history, person)


def _test_of(form, counted, row):
    if form == FORM_2B:
        return next(((label, test) for code, label, _, test in tests_2b() if code == row), None)
    rows = (each for each in form_2_rows(counted.rows) if each.code == row and each.test is not None)
    return next(((each.label, each.takes) for each in rows), None)
