"""The page of a cell in a round: everybody whom the records point at, and on whom the cell has spoken."""

from dataclasses import dataclass, field

from evaluations.enums import FlagStatus, ScreeningNoteKind, ScreeningState
from evaluations.models import CellReview, ScreeningFlag, ScreeningNote, ScreeningSubject

LOOKS = {
    ScreeningState.CANDIDATE: "info",
    ScreeningState.DISMISSED: "neutral",
    ScreeningState.SUPERIOR_CONSULTED: "waiting",
    ScreeningState.NOT_LISTED: "neutral",
    ScreeningState.ASSISTING: "warn",
    ScreeningState.PROGRESS_REVIEW: "waiting",
    ScreeningState.RECOGNISED: "success",
    ScreeningState.REMOVAL_PROPOSED: "error",
}
FLAG_LOOKS = {
    FlagStatus.MET: "warn",
    FlagStatus.NEEDS_HUMAN: "info",
    FlagStatus.ASK_HOST: "waiting",
    FlagStatus.ENTERED: "warn",
}


@dataclass
class Line:
    """One member: his flags, what the cell made of them, what he says."""

    member: object
    flags: list = field(default_factory=list)
    subject: ScreeningSubject | None = None
    carried: bool = False
    notes: list = field(default_factory=list)

    @property
    def is_open(self):
        """Whether the cell has still to say something."""
        return self.subject is None and any(flag.counts for flag in self.flags)

    @property
    def asks_host(self):
        return self.subject is None and not self.is_open

    @property
    def look(self):
        return LOOKS[self.subject.state] if self.subject else ""


@dataclass(frozen=True)
class CellPage:
    """Lines in the order of work: without a word, then with one, then those whose hosts are to be asked."""

    lines: list
    review: CellReview | None
    withdrawn: list

    @property
    def open_lines(self):
        return [line for line in self.lines if line.is_open]

    @property
    def said_lines(self):
        return [line for line in self.lines if line.subject and not line.carried]

    @property
    def carried_lines(self):
        """Those who come from an earlier round and are not at their end."""
        return [line for line in self.lines if line.carried]

    @property
    def host_lines(self):
        return [line for line in self.lines if line.asks_host]


def read_cell_page(one, cell):
    """The page of a cell, in five queries."""
    lines = {}
    for flag in ScreeningFlag.objects.of_cell(one, cell):
        flag.look = FLAG_LOOKS[flag.status]
        lines.setdefault(flag.member_id, Line(flag.member)).flags.append(flag)
    own = ScreeningSubject.objects.standing().filter(organisation=cell).select_related("member", "round")
    known = own.filter(round=one) | ScreeningSubject.objects.carried(one, [cell.pk]).select_related("member", "round")
    for subject in known.order_by("member__sort_key", "member_id", "-round__cutoff_on"):
        line = lines.setdefault(subject.member_id, Line(subject.member))
        if line.subject is None or subject.round_id == one.pk:
            line.subject, line.carried = subject, subject.round_id != one.pk
    notes = ScreeningNote.objects.standing().filter(round=one, organisation=cell)
    for note in notes.select_related("member", "recorded_by"):
        lines.setdefault(note.member_id, Line(note.member)).notes.append(note)
    review = CellReview.objects.standing().filter(round=one, organisation=cell).select_related("recorded_by").first()
    return CellPage(list(lines.values()), review, _withdrawn(one, cell))


def _withdrawn(one, cell):
    """Flags that went, the latest first: what a new computation or the cell itself took back."""
    rows = ScreeningFlag.objects.filter(round=one, organisation=cell, voided_at__isnull=False).select_related("member")
    return list(rows.order_by("-voided_at")[:20])


@dataclass(frozen=True)
class SubjectPage:
    """One person: the evidence, the steps with their votes, helpers, what may be done next; `primary` is due next."""

    flags: list
    steps: list
    votes: dict
    helpers: list
    notes: list
    open_steps: list
    primary: str
    voidable: int | None


ENDS_OR_TURNS = ("dismiss", "decline_recognition", "propose_removal")  # never what is due next


def _due_next(open_steps, helpers):
    """The name of the step that is due next: with a helper the note of the month, not another helper."""
    names = [step.name for step in open_steps if step.name not in ENDS_OR_TURNS]
    if helpers and "follow_up" in names:
        return "follow_up"
    return names[0] if names else ""


def read_subject(subject, user, open_steps):
    """Everything about one person; what he says of his flags is for the own cell while only it knows of him."""
    flags = list(ScreeningFlag.objects.standing().filter(round=subject.round, member=subject.member).order_by("code"))
    for flag in flags:
        flag.look = FLAG_LOOKS[flag.status]
    steps = list(subject.steps.filter(voided_at__isnull=True).select_related("organisation", "recorded_by"))
    votes = {vote.step_id: vote for vote in subject.votes.filter(voided_at__isnull=True)}
    for step in steps:
        step.counted = votes.get(step.pk)
    helpers = list(subject.helpers.filter(voided_at__isnull=True).select_related("member"))
    notes = ScreeningNote.objects.standing().filter(round=subject.round, member=subject.member)
    statements = list(notes.filter(kind=ScreeningNoteKind.STATEMENT))
    voidable = steps[-1].pk if steps else None
    primary = _due_next(open_steps, helpers)
    ordered = sorted(open_steps, key=lambda step: (step.name != primary, step.name in ENDS_OR_TURNS))
    return SubjectPage(flags, steps, votes, helpers, statements, ordered, primary, voidable)
