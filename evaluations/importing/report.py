"""The report of a check as the batch keeps it and a file has it: counts, findings, sums, absent members."""

from collections import Counter

from cells.models import Organisation
from evaluations.enums import NotRated
from evaluations.importing.check import GradeCheck
from members.importing.known import place_labels
from members.importing.problems import Severity
from members.importing.report import count_findings, describe_sheet

NOT_RATED = "not rated"


def report_of(check: GradeCheck) -> dict:
    """The whole report as JSON data, in the form of the report on members with the sums of results beside it."""
    problems = check.problems
    return {
        "rows": len(check.rows),
        "created": len(check.plan.created),
        "updated": len(check.plan.updated),
        "unchanged": check.plan.unchanged,
        "refused": check.refused,
        "warnings": sum(each.severity == Severity.WARNING for each in problems),
        "problems": [each.as_json() for each in problems],
        "problems_by_code": count_findings(problems),
        "differences": [],
        "tidied": check.tidied,
        "for_decision": [],
        "file": _file(check),
        "verdicts": _verdicts(check),
        "year": check.rules.year,
        "scale": check.rules.scale.code,
        "regulation": check.rules.book.regulation,
        "choices": {"level": [*(level.name for level in check.rules.scale.levels), "Không xếp loại"]},
        "ready_by_level": _by_level(check),
        "per_base": [_base(each, check.rules.scale) for each in check.counts],
        "members_without_result": _absent(check),
    }


def _file(check):
    reading = check.reading
    return {
        "layout": reading.layout.code,
        "layout_name": reading.layout.name,
        "as_of": check.on.isoformat(),
        "encoding": reading.encoding or "",
        **describe_sheet(reading.sheets[0]),
        "sheets": [describe_sheet(reading.sheets[0])],
    }


def _verdicts(check):
    """Every row that does something or is refused, in the order of the file."""
    written = {each.row.row: each for each in (*check.plan.created, *check.plan.updated)}
    names = {level.code: level.name for level in check.rules.scale.levels}
    found = (_verdict(row, written.get(row.row), names) for row in check.rows)
    return [each for each in found if each]


def _verdict(row, written, names):
    found = {"row": row.row, "name": row.person.name}
    if row.member:
        found["member"] = str(row.member.id)
    if not row.ready:
        return found | {"verdict": "refused"}
    if written is None:
        return None
    if written.old is None:
        return found | {"verdict": "created", "result": _words(written.new, names)}
    return found | {"verdict": "updated", "changes": _changes(written, names)}


def _changes(written, names):
    pairs = [("Kết quả", _words(written.old, names), _words(written.new, names))]
    places = (written.old.organisation_id, written.new.organisation_id)
    if places[0] != places[1]:
        labels = place_labels(places)
        pairs.append(("Chi bộ", labels[places[0]], labels[places[1]]))
    return [{"label": label, "before": before, "after": after, "sensitive": False} for label, before, after in pairs]


def _by_level(check):
    found = Counter(row.result.code or NOT_RATED for row in check.rows if row.ready)
    return {code: found[code] for code in [*(level.code for level in check.rules.scale.levels), NOT_RATED]}


def _base(count, scale):
    levels = [
        {"code": level.code, "name": level.name, "short": level.short, "count": count.by_level[level.code]}
        for level in scale.levels
    ]
    place = {"base": count.organisation.code, "name": count.organisation.name}
    return place | {"levels": levels, "cap": count.limit, "over": count.is_over, "arithmetic": count.arithmetic}


def _absent(check):
    labels = place_labels(person.home_id for person in check.absent)
    codes = dict(Organisation.objects.filter(id__in=labels).values_list("id", "code"))
    rows = [
        {"name": person.full_name, "born": str(person.born or ""), "admitted": _day(person.admitted_on),
         "cell": labels[person.home_id], "cell_code": codes[person.home_id]}
        for person in check.absent
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["cell_code"], row["cell"], row["name"]))


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""


def _words(grade, names):
    if grade.level:
        return names.get(grade.level, grade.level)
    reason = grade.reason_text or dict(NotRated.choices).get(grade.not_rated_reason, grade.not_rated_reason)
    return f"Không xếp loại: {reason}"
