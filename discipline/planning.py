"""The running inspection of a case: its plan, and the rules of the day of a step."""

from discipline.models import StepTaken
from discipline.rulebook import CaseBook


def day_rules(case, day):
    """The rules that bind the body that runs a case on the day of a step, or those chosen for the case."""
    return CaseBook.of(case).on(case.organisation, day)


def running_plan(case):
    """The last plan of an inspection; None before there is one."""
    return StepTaken.objects.standing().filter(case=case, step="plan_inspection").order_by("on", "id").last()
