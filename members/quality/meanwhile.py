"""Who was written on while a long look was under way: what it found of them is out of date."""

from dataclasses import dataclass
from typing import Any

from members.models import Member
from members.quality.store import branch_findings


@dataclass(frozen=True)
class Moment:
    """Revisions of the records of a branch and the state of what was found in them, before a look."""

    revisions: dict[Any, int]
    findings: dict[int, tuple]


def moment_of(organisation) -> Moment:
    """The branch as it is now."""
    records = Member.objects.standing().below(organisation).order_by().values_list("pk", "revision")
    findings = branch_findings(organisation).order_by().values_list("pk", "member_id", "other_id", "state", "detail")
    return Moment(dict(records), {key: tuple(told) for key, *told in findings})


def changed_since(moment, organisation) -> set:
    """Members who came, went or were corrected, and those about whom somebody found or settled something else.

    An answer or a relative that was added leaves the revision as it was, but not the findings.
    """
    now = moment_of(organisation)
    changed = {key for key, _ in moment.revisions.items() ^ now.revisions.items()}
    told = [about for _, about in moment.findings.items() ^ now.findings.items()]
    return changed | {key for one, other, *_ in told for key in (one, other) if key}
