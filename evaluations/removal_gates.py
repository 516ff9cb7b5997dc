"""What stands around a step of leaving: violations on file, requests for the self-review, the term of an answer.

Only facts of `members` are read: what is sealed, and a hold, neither stops an application here nor shows in its answer.
"""

from config.lib.workflow import NotAllowed
from evaluations.models import RemovalStep
from evaluations.removal_enums import ComplaintLevel
from evaluations.rules.screening import may_leave
from members.models import Proceeding
from members.rules.exits import answers_due


def refuse_violation(member, on, *, declared=False):
    """NotAllowed for an application while a violation is open, as declared or by proceedings on file."""
    open_violation = declared or Proceeding.objects.on(on).filter(member=member).exists()
    allowed, words = may_leave(open_violation=open_violation)
    if not allowed:
        raise NotAllowed(words)


def times_asked(removal):
    """How many times the cell asked for the self-review."""
    return RemovalStep.objects.standing().filter(removal=removal, step="ask_self_review").count()


def complaint_answer_due(rules, received_on, level):
    """Until when a body of that level answers a complaint; None where the rule set does not say it."""
    due = answers_due(rules, received_on)
    place = [ComplaintLevel.PROVINCE, ComplaintLevel.CENTRE].index(level)
    return due[place][1].due_on if len(due) > place else None
