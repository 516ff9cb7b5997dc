"""The report of an import: the figures and findings that the page shows and the command writes as JSON."""

from collections import Counter

from config.lib.sheet_model import column_letter
from members.importing.analysis import Analysis
from members.importing.mapping import to_letters
from members.importing.people import count_repairs
from members.importing.plan import RowPlan, Verdict
from members.importing.problems import Severity

LISTED = (Verdict.CREATED, Verdict.UPDATED, Verdict.REFUSED)


def report_of(analysis: Analysis) -> dict:
    """The whole report; `rows` = created + updated + unchanged + refused, `verdicts` name rows that do something."""
    verdicts = Counter(plan.verdict for plan in analysis.plans)
    problems = analysis.problems
    return {
        "rows": len(analysis.people),
        **{str(verdict): verdicts[verdict] for verdict in Verdict},
        "warnings": sum(1 for each in problems if each.severity == Severity.WARNING),
        "problems": [each.as_json() for each in problems],
        "problems_by_code": count_findings(problems),
        "differences": [each.as_json() for each in analysis.differences],
        "tidied": count_repairs(analysis.people),
        "for_decision": analysis.decisions,
        "counts": _counts(analysis, problems),
        "file": _file(analysis),
        "verdicts": [_verdict(plan) for plan in analysis.plans if plan.verdict in LISTED],
    }


def count_findings(problems) -> dict[str, int]:
    """How many findings of each code; one that concerns several rows counts once."""
    distinct = {(each.code, each.rows or (each.row, each.column, each.value)) for each in problems}
    return dict(sorted(Counter(code for code, _ in distinct).items()))


def _counts(analysis, problems):
    table, people = analysis.reading.table, analysis.people
    severities = [{each.severity for each in person.problems} for person in people]
    duplicates = sum(1 for found in severities if Severity.DUPLICATE in found)
    errors = sum(1 for found in severities if Severity.ERROR in found)
    number = table.fields.get("number")
    return {
        "sheet_rows": len(table.sheet.rows),
        **{f"rows_{kind}": count for kind, count in sorted(table.kinds.items()) if count},
        "members_rows": len(people),
        "distinct_members": len(people) - duplicates,
        "rows_with_errors": errors,
        "rows_with_warnings_only": sum(1 for found in severities if found == {Severity.WARNING}),
        "duplicate_rows": duplicates,
        "rows_without_any_problem": sum(1 for found in severities if not found),
        "members_without_number": sum(1 for person in people if number and person.line.values[number - 1] is None),
        "women_marked": sum(1 for person in people if person.values.get("sex") == "female"),
        "probationary": sum(1 for person in people if "official" in table.fields and "official" not in person.values),
    }


def _file(analysis):
    reading = analysis.reading
    return {
        "sheet": reading.table.sheet.name,
        "layout": reading.layout.code,
        "layout_name": reading.layout.name,
        "header_rows": list(reading.header.rows),
        "mapping": to_letters(reading.table.fields),
        "headings": {column_letter(column): words for column, words in reading.header.headings.items()},
        "as_of": analysis.on.isoformat(),
        "ignored_rows": [{"row": row, "text": text} for row, text in reading.table.ignored],
        "encoding": reading.encoding or "",
    }


def _verdict(plan: RowPlan) -> dict:
    person = plan.person
    found = {"row": person.row, "verdict": str(plan.verdict), "name": person.name}
    if plan.changes:
        found["changes"] = [
            {"label": label, "before": before, "after": after, "sensitive": sensitive}
            for label, before, after, sensitive in plan.changes
        ]
    if plan.known is not None:
        found["member"] = str(plan.known.id)
    return found
