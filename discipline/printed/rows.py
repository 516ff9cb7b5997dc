"""What stands on file of one case, read when a paper first asks for it, each kind of row in one query."""

from functools import cached_property

from cells.models import Organisation, RuleSet
from discipline.enums import Subject
from discipline.models import (
    Appeal,
    CaseDecision,
    CaseSuspension,
    CaseViolation,
    CaseVote,
    Circumstance,
    Evidence,
    Notice,
    SelfReview,
    StepTaken,
    TeamMember,
)
from discipline.printed.heads import CELLS
from discipline.rulebook import CaseBook
from discipline.subjects import subject_of
from members.models import Post, Transfer


class CaseRows:
    """The standing rows of a case as its papers need them; `on` is the day of printing."""

    def __init__(self, case, on):
        self.case, self.on = case, on

    @property
    def member(self):
        return self.case.member

    @cached_property
    def subject(self):
        """Whom the forms of discipline are asked for: official or probationary member, or an organisation."""
        if self.member is None:
            return Subject.ORGANISATION
        if self.decision is not None:
            return Subject(self.decision.subject)
        return subject_of(self.case, self.on)

    # --- rows ---------------------------------------------------------------------------------------------------------

    @cached_property
    def steps(self):
        return list(self._of(StepTaken, "organisation").order_by("on", "id"))

    def step(self, name):
        """The last time that a step was taken; None where it never was."""
        return next((row for row in reversed(self.steps) if row.step == name), None)

    @cached_property
    def team(self):
        return list(self._of(TeamMember))

    @cached_property
    def review(self):
        return self._of(SelfReview).last()

    @cached_property
    def violations(self):
        return list(self._of(CaseViolation))

    @property
    def charged(self):
        """Violations without those of which the conclusion says that there was none: what a decision rests on."""
        return [row for row in self.violations if row.is_concluded is not False]

    @cached_property
    def circumstances(self):
        return list(self._of(Circumstance))

    @cached_property
    def evidence(self):
        return list(self._of(Evidence))

    @cached_property
    def votes(self):
        return list(self._of(CaseVote, "organisation").order_by("held_on", "recorded_at"))

    def vote(self, *, of_cell):
        """The last ballot of the cell, or of the body above; None where none was held."""
        return next((row for row in reversed(self.votes) if (row.body in CELLS) == of_cell), None)

    @cached_property
    def decisions(self):
        return list(
            self._of(CaseDecision, "organisation__parent", "vote__organisation").order_by("signed_on", "recorded_at")
        )

    @property
    def decision(self):
        """The decision on discipline itself; what an appeal put in its place is the paper of the appeal."""
        return next((row for row in reversed(self.decisions) if row.replaces_id is None), None)

    @property
    def current(self):
        """The decision that stands today, after an appeal the one in place of the first."""
        replaced = {row.replaces_id for row in self.decisions}
        return next((row for row in reversed(self.decisions) if row.pk not in replaced), None)

    @cached_property
    def notices(self):
        return list(self._of(Notice, "decision"))

    @cached_property
    def appeal(self):
        return self._of(Appeal, "decision__organisation").order_by("lodged_on", "recorded_at").last()

    @cached_property
    def suspensions(self):
        """Suspensions that belong to the case, oldest first, with what made them longer."""
        rows = CaseSuspension.objects.standing().filter(case=self.case).with_whom()
        return list(rows.order_by("started_on", "recorded_at"))

    @cached_property
    def posts(self):
        """Party posts of the member today."""
        if self.member is None:
            return []
        return list(Post.objects.on(self.on).filter(member=self.member).select_related("organisation"))

    @cached_property
    def moves(self):
        """Moves of the member since the signal, newest first."""
        if self.member is None:
            return []
        rows = Transfer.objects.filter(member=self.member, requested_on__gte=self.case.signal_on)
        return list(rows.select_related("to_organisation").order_by("-requested_on"))

    # --- bodies and rules ---------------------------------------------------------------------------------------------

    @cached_property
    def above(self):
        """The bodies above the cell, the nearest first."""
        ids = self.case.cell.ancestor_ids()[:-1]
        found = Organisation.objects.in_bulk(ids)
        return [found[each] for each in reversed(ids) if each in found]

    @cached_property
    def book(self):
        return CaseBook.of(self.case)

    def rule_numbers(self, topics, day):
        """{topic: numbers of its regulation} in force on a day, or of the set that was chosen for the case."""
        found = {}
        for row in RuleSet.objects.latest_versions().filter(topic__in=topics).order_by("effective_on"):
            chosen = self.case.sets.get(row.topic, {}).get("from")
            if row.effective_on.isoformat() == chosen if chosen else row.effective_on <= day:
                found[row.topic] = row.source
        return found

    def _of(self, model, *joined):
        return model.objects.standing().filter(case=self.case).select_related(*joined)
