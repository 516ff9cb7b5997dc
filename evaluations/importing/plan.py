"""What a list of results would write: new results, changed ones, and those that stand already."""

from dataclasses import dataclass, field

from evaluations.importing.findings import DECIDED_HERE, fault_of
from evaluations.models import Review
from members.models import AnnualGrade

COMPARED = ("scale", "level", "not_rated_reason", "reason_text", "organisation_id")
CHUNK = 900


@dataclass
class Plan:
    """Results to create, (standing, new) pairs to exchange, and how many stand as the file has them."""

    create: list[AnnualGrade] = field(default_factory=list)
    replace: list[tuple[AnnualGrade, AnnualGrade]] = field(default_factory=list)
    unchanged: int = 0


def make_plan(rows, rules, reader):
    """Compare the ready rows with the results on record; what was decided in the program is never overwritten."""
    ready = [row for row in rows if row.ready]
    standing = _standing([row.member.id for row in ready], rules.year)
    decided = _decided(list(standing), rules.year)
    plan = Plan()
    for row in ready:
        new, old = new_grade(row, rules), standing.get(row.member.id)
        if old is None:
            plan.create.append(new)
        elif all(getattr(old, name) == getattr(new, name) for name in COMPARED):
            plan.unchanged += 1
        elif old.member_id in decided:
            _keep_decided(row, old, new, plan, reader)
        else:
            plan.replace.append((old, new))
    return plan


def _keep_decided(row, old, new, plan, reader):
    if (old.level, old.not_rated_reason) == (new.level, new.not_rated_reason):
        plan.unchanged += 1
        return
    row.person.problems.append(fault_of(reader, row.person.line, "level", DECIDED_HERE))


def new_grade(row, rules):
    """The result of a row as it is stored, in the scale of its year, not saved."""
    result = row.result
    return AnnualGrade(
        member_id=row.member.id,
        year=rules.year,
        scale=rules.scale.code,
        level=result.code,
        not_rated_reason="" if result.level else result.reason,
        reason_text=result.written,
        organisation_id=row.person.organisation_id or row.member.home_id,
    )


def _standing(members, year):
    found = {}
    for start in range(0, len(members), CHUNK):
        rows = AnnualGrade.objects.of_year(year).filter(member__in=members[start : start + CHUNK])
        found |= {row.member_id: row for row in rows}
    return found


def _decided(members, year):
    """Those of the members whose result of the year was decided in the program."""
    rows = Review.objects.filter(sheet__season__year=year, sheet__decision__isnull=False)
    found = set()
    for start in range(0, len(members), CHUNK):
        found |= set(rows.filter(member__in=members[start : start + CHUNK]).values_list("member_id", flat=True))
    return found
