"""What stands on file of one candidate, read when a form first asks for it, each kind of row in one query."""

from functools import cached_property

from admissions.clocks import ClockBook
from admissions.enums import MoveOutcome, PaperKind, Purpose, VerificationMethod, VerificationResult
from admissions.models import (
    AdmissionDecision,
    AdmissionPaper,
    AdmissionVote,
    CandidateMove,
    Ceremony,
    ClassCertificate,
    CVEntry,
    Helper,
    Introducer,
    Relative,
    StepTaken,
    VerificationItem,
)
from cells.models import Organisation
from members.rules.probation import probation_end

COMMITTEE = ("base_committee", "sub_base_committee")
DELEGATED = "delegated_base"


class CandidateRows:
    """The standing rows of a candidate as the forms need them; `on` is the day of printing."""

    def __init__(self, candidate, on):
        self.candidate, self.on = candidate, on

    # --- the place ----------------------------------------------------------------------------------------------------

    @property
    def cell(self):
        return self.candidate.scope_organisation

    @cached_property
    def above(self):
        """The bodies above the cell, the nearest first."""
        ids = self.cell.ancestor_ids()[:-1]
        found = Organisation.objects.in_bulk(ids)
        return [found[each] for each in reversed(ids) if each in found]

    @property
    def part(self):
        """The committee of a section above the cell; None where there is none."""
        return next((body for body in self.above if body.kind == "part"), None)

    @property
    def base(self):
        """The base committee, or the body directly above where the cell has none."""
        return self.own_base or next((body for body in self.above if body.kind != "part"), self.cell)

    @property
    def own_base(self):
        return next((body for body in self.above if body.kind in ("base_party", "sub_base", "forces")), None)

    @property
    def decider(self):
        """Who decided, or who by the tree would: the body above the base committee."""
        known = [each.organisation for each in (*self.decisions, *self.votes) if getattr(each, "role", "") != "propose"]
        if known:
            return known[-1]
        over = self.above[self.above.index(self.own_base) + 1 :] if self.own_base else self.above
        return next((body for body in over if body.kind != "part"), self.base)

    # --- rows ---------------------------------------------------------------------------------------------------------

    @cached_property
    def steps(self):
        return list(self._of(StepTaken, "organisation").order_by("on", "id"))

    @cached_property
    def papers(self):
        return list(self._of(AdmissionPaper).order_by("dated_on", "recorded_at", "id"))

    @cached_property
    def certificates(self):
        return list(self._of(ClassCertificate).order_by("issued_on", "id"))

    @cached_property
    def introducers(self):
        rows = self._of(Introducer, "member__home").filter(ended_on__isnull=True)
        return list(rows.order_by("assigned_on", "id"))

    @cached_property
    def helpers(self):
        return list(self._of(Helper, "member__home").order_by("started_on", "id"))

    @cached_property
    def votes(self):
        return list(self._of(AdmissionVote, "organisation").order_by("held_on", "id"))

    @cached_property
    def decisions(self):
        return list(self._of(AdmissionDecision, "organisation").order_by("signed_on", "recorded_at"))

    @cached_property
    def ceremony(self):
        return self._of(Ceremony, "organisation").first()

    @cached_property
    def moves(self):
        return list(self._of(CandidateMove, "from_organisation", "to_organisation").order_by("ordered_on"))

    @cached_property
    def cv(self):
        return list(self._of(CVEntry).order_by("id"))

    @cached_property
    def relatives(self):
        return list(self._of(Relative).order_by("id"))

    @cached_property
    def items(self):
        return list(self._of(VerificationItem, "relative").order_by("id"))

    def _of(self, model, *related):
        rows = model.objects.standing().filter(candidate=self.candidate)
        return rows.select_related(*related) if related else rows

    # --- the one that counts ------------------------------------------------------------------------------------------

    def step(self, *names):
        return next((row for row in reversed(self.steps) if row.step in names), None)

    def paper(self, kind, **exact):
        """The last paper of a kind."""
        rows = [row for row in self.papers if row.kind == kind]
        return next((r for r in reversed(rows) if all(getattr(r, n) == v for n, v in exact.items())), None)

    def vote(self, purpose, level):
        """The last vote of the cell, the base committee or the decider for a purpose."""
        rows = [row for row in self.votes if row.purpose == purpose and level_of(row) == level]
        return rows[-1] if rows else None

    def decision(self, purpose, *, approves=True):
        rows = [row for row in self.decisions if row.purpose == purpose and row.approves == approves]
        return rows[-1] if rows else None

    def is_delegated(self, purpose):
        """Whether a base committee to which it was delegated decides."""
        rows = [*self.decisions, *self.votes]
        return any(row.purpose == purpose and row.body == DELEGATED for row in rows)

    @property
    def admitted_on(self):
        """The day of the ceremony, which the record of the new member keeps too."""
        if self.candidate.member_id:
            return self.candidate.member.admitted_on
        return self.ceremony.held_on if self.ceremony else None

    @cached_property
    def ends_on(self):
        """The last day of probation, from which the member is official (Charter 5)."""
        if not self.admitted_on:
            return None
        return probation_end(self.rules("probation"), self.admitted_on)

    def rules(self, topic):
        """The rules of a topic that bind the cell on the day of printing."""
        return self._book.known(topic, self.cell.path, self.on)

    @cached_property
    def _book(self):
        return ClockBook()

    def has(self, what):
        """Whether a form that `needs` something is made of this candidate at all."""
        return _NEEDS[what](self) if what else True

    def sent(self, method):
        """Items that a letter or a person asks about, not settled or already asked."""
        return [row for row in self.items if row.method == method and (row.sent_on or row.result == _OPEN)]


def level_of(vote):
    """Of which level a vote was: cell, base or decider."""
    if vote.body == "cell":
        return "cell"
    return "base" if vote.role == "propose" else "decider"


_OPEN = VerificationResult.OPEN
_NEEDS = {
    "part": lambda rows: rows.part is not None or any(row.step.startswith("appraise") for row in rows.steps),
    "base": lambda rows: rows.own_base is not None,
    "confirm": lambda rows: bool(rows.sent(VerificationMethod.CONFIRM)),
    "visit": lambda rows: bool(rows.sent(VerificationMethod.VISIT)),
    "move": lambda rows: bool(rows.moves),
    "refusal": lambda rows: rows.decision(Purpose.ADMISSION, approves=False) is not None,
    "removal": lambda rows: any(row.purpose == Purpose.REMOVAL for row in (*rows.votes, *rows.decisions)),
    "youth": lambda rows: rows.candidate.profile.union_member,
    "trade": lambda rows: rows.candidate.profile.trade_member and not rows.candidate.profile.union_member,
}
CONDITIONS = {
    "readmission": lambda rows: rows.candidate.is_readmission,
    "delegated": lambda rows: rows.is_delegated(Purpose.ADMISSION),
    "rec_delegated": lambda rows: rows.is_delegated(Purpose.RECOGNITION),
    "consent": lambda rows: rows.paper(PaperKind.CONSENT) is not None,
    "moved": lambda rows: any(row.outcome != MoveOutcome.CERTIFIED for row in rows.moves),
    "appraised": lambda rows: rows.step("appraise") is not None,
    "rec_appraised": lambda rows: rows.step("appraise_recognition") is not None,
}
