"""What a list of results would write: new results, changed ones, and those that stand already."""

from dataclasses import dataclass, field

from evaluations.importing.findings import DECIDED_HERE, fault_of
from evaluations.importing.rows import GradeRow
from evaluations.models import Review
from members.importing.known import chunks
from members.models import AnnualGrade

COMPARED = ("scale", "level", "not_rated_reason", "reason_text", "organisation_id")


@dataclass(slots=True)
class Written:
    """A row that writes: the new result, and the standing one that it replaces."""

    row: GradeRow
    new: AnnualGrade
    old: AnnualGrade | None = None


@dataclass
class Plan:
    """Rows that create a result, rows that replace one, and how many say what stands already."""

    created: list[Written] = field(default_factory=list)
    updated: list[Written] = field(default_factory=list)
    unchanged: int = 0


def make_plan(rows, rules, reader):
    """Compare the ready rows with the results on record; what was decided in the program is never overwritten."""
    ready = [row for row in rows if row.ready]
    standing = _standing([row.member.id for row in ready], rules.year)
    decided = _decided(list(standing), rules.year)
    plan = Plan()
    for row in ready:
        written = Written(row, new_grade(row, rules), standing.get(row.member.id))
        if written.old is None:
            plan.created.append(written)
        elif _is_same(written, decided):
            plan.unchanged += 1
        elif written.old.member_id in decided:
            row.person.problems.append(fault_of(reader, row.person.line, "level", DECIDED_HERE))
        else:
            plan.updated.append(written)
    return plan


def _is_same(written, decided):
    """Whether the file says what stands; of a result decided in the program the level or reason alone."""
    compared = ("level", "not_rated_reason") if written.old.member_id in decided else COMPARED
    return all(getattr(written.old, name) == getattr(written.new, name) for name in compared)


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
    for some in chunks(members):
        found |= {row.member_id: row for row in AnnualGrade.objects.of_year(year).filter(member__in=some)}
    return found


def _decided(members, year):
    """Those of the members whose result of the year was decided in the program."""
    rows = Review.objects.filter(sheet__season__year=year, sheet__decision__isnull=False)
    found = set()
    for some in chunks(members):
        found |= set(rows.filter(member__in=some).values_list("member_id", flat=True))
    return found
