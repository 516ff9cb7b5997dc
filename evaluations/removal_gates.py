"""What stands before a step of leaving: violations on file, how many times the self-review was asked for.

Only facts of `members` are read: what is sealed, and a hold, neither stops an application here nor shows in its answer.
"""

from config.lib.workflow import NotAllowed
from evaluations.models import RemovalStep
from evaluations.rules.screening import may_leave
from members.models import Proceeding


def refuse_violation(member, on, *, declared=False):
    """NotAllowed for an application while a violation is open, as declared or by proceedings on file."""
    open_violation = declared or Proceeding.objects.on(on).filter(member=member).exists()
    allowed, words = may_leave(open_violation=open_violation)
    if not allowed:
        raise NotAllowed(words)


def times_asked(removal):
    """How many times the cell asked for the self-review."""
    return RemovalStep.objects.standing().filter(removal=removal, step="ask_self_review").count()
