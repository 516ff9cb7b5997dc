"""Limitation of one case for the form that was voted, from its violations and from what stopped the clock."""

from discipline.enums import PostponementKind
from discipline.models import CaseViolation, Postponement
from discipline.rules.limitation import POSTPONED, PROCEEDINGS, Pause, Violation, limitation
from members.enums import ProceedingStage
from members.models import Proceeding

# Investigation, prosecution, trial; a sentence in force and a case that was closed stop nothing any more.
STAGES = (
    ProceedingStage.CHARGED,
    ProceedingStage.DETAINED,
    ProceedingStage.PROSECUTED,
    ProceedingStage.TRIED,
)


def limitation_of(case, form, concluded_on, rules):
    """Whether the form comes too late; violations that the conclusion left out do not count."""
    rows = CaseViolation.objects.standing().filter(case=case).exclude(is_concluded=False)
    violations = [
        Violation(ended_on=each.ended_on, discovered_on=each.discovered_on, kind=each.unlimited_kind) for each in rows
    ]
    return limitation(rules, form, violations, concluded_on, pauses_of(case))


def pauses_of(case):
    """Postponements of the case and proceedings against its member."""
    rows = Postponement.objects.standing().filter(case=case, kind__in=PostponementKind.values)
    pauses = [Pause(POSTPONED, each.started_on, each.ended_on) for each in rows]
    if case.member_id:
        stages = Proceeding.objects.standing().filter(member=case.member_id, stage__in=STAGES)
        pauses += [Pause(PROCEEDINGS, each.started_on, each.ended_on) for each in stages]
    return pauses


def written(found):
    """A limitation as a vote keeps it."""
    days = {name: f"{day:%d/%m/%Y}" if (day := getattr(found, name)) else "" for name in ("starts_on", "last_day")}
    said = {name: getattr(found, name) for name in ("barred", "reason", "article", "excluded_days")}
    return said | days
