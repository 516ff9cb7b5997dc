"""The report of an import: the figures and findings that the page shows and the command writes as JSON."""

from collections import Counter
from hashlib import sha256

from config.lib.sheet_model import column_letter
from members.importing.analysis import Analysis
from members.importing.choices import fonts_as_letters
from members.importing.mapping import to_letters
from members.importing.people import count_repairs
from members.importing.plan import RowPlan, Verdict
from members.importing.problems import Severity

LISTED = (Verdict.CREATED, Verdict.UPDATED, Verdict.REFUSED)
WORDS = {"created": "thêm mới", "updated": "sửa", "refused": "không ghi được"}
NAMED = 3  # rows that a refusal names


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
        "places": _places_digest(analysis.plans),
    }


def news_since(shown: dict, now: dict) -> str:
    """What a new reading of the same file would do otherwise than the report that was shown; empty for nothing."""
    before = {each["row"]: each for each in shown["verdicts"]}
    after = {each["row"]: each for each in now["verdicts"]}
    rows = sorted(row for row in before.keys() | after.keys() if before.get(row) != after.get(row))
    if rows:
        named = "; ".join(_news_of(row, before.get(row), after.get(row)) for row in rows[:NAMED])
        more = f"; và {len(rows) - NAMED} dòng khác" if len(rows) > NAMED else ""
        return f"{named}{more}."
    if shown.get("places", now["places"]) != now["places"]:
        return "Có chi bộ vừa đổi tên hoặc đổi cấp trên, người mới sẽ vào chi bộ khác."
    return ""


def _news_of(row, before, after):
    """ "dòng 5 (Lê An): trước là sửa, nay không đổi"."""
    name = (before or after)["name"] or "chưa có tên"
    words = [WORDS[each["verdict"]] if each else "không đổi" for each in (before, after)]
    how = f"trước {words[0]}, nay {words[1]}" if words[0] != words[1] else f"{words[0]}, nhưng chỗ sửa nay khác"
    return f"Dòng {row} ({name}): {how}"


def _places_digest(plans):
    """One mark of the cells that the new people come into."""
    homes = ",".join(str(plan.person.organisation_id) for plan in plans if plan.verdict == Verdict.CREATED)
    return sha256(homes.encode()).hexdigest()


def count_findings(problems) -> dict[str, int]:
    """How many findings of each code; one that concerns several rows counts once."""
    distinct = {(each.code, each.rows or (each.row, each.column, each.value)) for each in problems}
    return dict(sorted(Counter(code for code, _ in distinct).items()))


def _counts(analysis, problems):
    people, sheets = analysis.people, analysis.reading.sheets
    severities = [{each.severity for each in person.problems} for person in people]
    duplicates = sum(1 for found in severities if Severity.DUPLICATE in found)
    errors = sum(1 for found in severities if Severity.ERROR in found)
    kinds = sum((sheet.table.kinds for sheet in sheets), Counter())
    fields = {name for sheet in sheets for name in sheet.table.fields}
    return {
        "sheet_rows": sum(len(sheet.table.sheet.rows) for sheet in sheets),
        **{f"rows_{kind}": count for kind, count in sorted(kinds.items()) if count},
        "members_rows": len(people),
        "distinct_members": len(people) - duplicates,
        "rows_with_errors": errors,
        "rows_with_warnings_only": sum(1 for found in severities if found == {Severity.WARNING}),
        "duplicate_rows": duplicates,
        "rows_without_any_problem": sum(1 for found in severities if not found),
        "members_without_number": sum(_without_number(sheet.table) for sheet in sheets),
        "women_marked": sum(1 for person in people if person.values.get("sex") == "female"),
        "probationary": sum(1 for person in people if "official" in fields and "official" not in person.values),
    }


def _without_number(table):
    at = table.fields.get("number")
    return sum(1 for line in table.people if line.values[at - 1] is None) if at else 0


def _file(analysis):
    reading = analysis.reading
    return {
        "layout": reading.layout.code,
        "layout_name": reading.layout.name,
        "as_of": analysis.on.isoformat(),
        "encoding": reading.encoding or "",
        **describe_sheet(reading.sheets[0]),
        "sheets": [
            describe_sheet(sheet) | {"cell": cell} for sheet, cell in zip(reading.sheets, analysis.cells, strict=True)
        ],
    }


def describe_sheet(sheet) -> dict:
    """One sheet that is read: where its list stands, how its columns are read, how many people it has."""
    header, table = sheet.table.header, sheet.table
    return {
        "sheet": sheet.name,
        "people": len(table.people),
        "header_rows": list(header.rows),
        "mapping": to_letters(table.fields),
        "headings": {column_letter(column): words for column, words in header.headings.items()},
        "fonts": fonts_as_letters(sheet.fonts.chosen),
        "ignored_rows": [{"row": row, "text": text} for row, text in table.ignored],
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
