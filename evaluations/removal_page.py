"""What the page of one matter of leaving says: whose turn it is, papers, votes, decision, clocks, coming back."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.workflow import NotAllowed
from evaluations.models import Removal, RemovalComplaint, RemovalPaper, RemovalStep, RemovalVote
from evaluations.removal_book import RemovalBook
from evaluations.removal_endings import ending_of
from evaluations.removal_enums import EXIT_CODES, OPEN_STATES, ComplaintLevel, RemovalState
from evaluations.removal_stations import RemovalWay, read_removal_way, removal_steps_open_to
from evaluations.removal_step_pages import REMOVAL_STEP_PAGES
from evaluations.removal_steps import step_label
from evaluations.removal_voting import removal_base
from evaluations.rules.removal_chain import PROPOSE, RemovalStation
from evaluations.rules.removal_readmission import Exit, readmission_after
from evaluations.rules.screening import self_review
from evaluations.workflow import BODY, REMOVAL
from members.enums import RestorationKind
from members.forms.votes import options_of_base
from members.models import Membership
from members.rules.exits import answers_due, appeal_until

PILLS = {
    RemovalState.REMOVED: "error",
    RemovalState.KEPT: "neutral",
    RemovalState.WITHDRAWN: "neutral",
    RemovalState.ANNULLED: "success",
}
COMPLAINT_STEPS = ("receive_removal_complaint", "answer_removal_complaint")
OF_A_VOTE = ("organisation", "ballot", "decision__ending__member__home", "decision__organisation")


class RemovalFacts:
    """Steps, votes with their decisions, papers and complaints of one matter, each read once."""

    def __init__(self, removal):
        self.removal = removal

    @cached_property
    def steps(self):
        rows = RemovalStep.objects.standing().filter(removal=self.removal).select_related("organisation")
        found = list(rows.order_by("on", "id"))
        for step in found:
            step.removal, step.label = self.removal, step_label(step.step)
        return found

    @cached_property
    def votes(self):
        rows = RemovalVote.objects.standing().filter(removal=self.removal).order_by("held_on", "id")
        return list(rows.select_related(*OF_A_VOTE))

    @property
    def decision(self):
        found = [vote.decision for vote in self.votes if hasattr(vote, "decision")]
        return next((each for each in reversed(found) if each.voided_at is None), None)

    @cached_property
    def papers(self):
        return list(RemovalPaper.objects.standing().filter(removal=self.removal).order_by("written_on", "id"))

    @cached_property
    def complaints(self):
        if self.removal.state not in (RemovalState.REMOVED, RemovalState.ANNULLED):
            return []
        return list(RemovalComplaint.objects.standing().filter(removal=self.removal).order_by("received_on", "id"))

    @property
    def asked(self):
        return [step for step in self.steps if step.step == "ask_self_review"]


@dataclass(frozen=True)
class RemovalPage:
    """The page of one matter on a day for one person."""

    facts: RemovalFacts
    way: RemovalWay | None
    open_steps: tuple
    ending: Any = None
    clocks: tuple = ()
    consequence: Any = None
    review_words: str = ""
    last_step: RemovalStep | None = None
    links: tuple = field(default=())
    may_void_statement: bool = False

    @property
    def primary(self):
        """What is due next: a step while the matter is under way, after the decision what is still to be written."""
        due = self.open_steps if self.way else self.links
        return due[0] if due else None

    @property
    def others(self):
        return [each for each in (*self.open_steps, *self.links) if each != self.primary]


def matters(user):
    """Matters in scope with all that their page needs."""
    back = Q(member__restorations__kind=RestorationKind.READMITTED, member__restorations__voided_at__isnull=True)
    rows = Removal.objects.visible_to(user).with_place()
    return rows.annotate(times_readmitted=Count("member__restorations", filter=back))


def belonging(people, day):
    """Of some people those who are officially in a body on a day."""
    return people.filter(pk__in=Membership.objects.on(day).official().values("member"))


def read_removal_page(removal, user, today):
    """The matter as it stands: who acts next, what is open to `user`, what was said, voted and decided."""
    book, facts = RemovalBook(), RemovalFacts(removal)
    way = read_removal_way(removal, today, book=book, votes=facts.votes) if removal.is_open else None
    ending = ending_of(removal, facts.decision) if facts.decision else None
    return RemovalPage(
        facts=facts,
        way=way,
        open_steps=tuple(open_removal_steps(removal, user, way, facts)),
        ending=ending,
        clocks=tuple(_clocks(removal, ending, facts, book)),
        consequence=_consequence(removal, ending, book),
        review_words=_review_words(removal, facts, book, today),
        last_step=facts.steps[-1] if facts.steps and may_void_removal(user, facts.steps[-1]) else None,
        links=tuple(_links(removal, user, way, ending)),
        may_void_statement=removal.is_open and user.may(P.SCREENING_FILE, removal),
    )


def open_removal_steps(removal, user, way, facts):
    """(words, address) of the steps that are open to `user`."""
    complained = any(each.answered_on is None for each in facts.complaints)
    if way is not None:
        found = removal_steps_open_to(user, removal, way, complained=complained)
        names = [step.name for step in found]
    elif removal.state == RemovalState.REMOVED and removal.holder and user.may(BODY, removal.holder):
        name = COMPLAINT_STEPS[complained]
        names = [] if removal.is_leaving else [name]
    else:
        names = []
    for name in names:
        if name in REMOVAL_STEP_PAGES:
            yield REMOVAL.steps[name].label, reverse(f"evaluations:{name}", args=[removal.pk])


def may_void_removal(user, step):
    """Whether a person acts for the body that took a step which may be taken back."""
    if step.step not in REMOVAL.steps or step.step == "answer_removal_complaint":
        return False
    right = REMOVAL.steps[step.step].permission
    return user.may(right, step.organisation if right == BODY else step.removal)


def may_choose_body(user, removal):
    """Whether a person acts for a committee above the cell."""
    return removal.state in OPEN_STATES and user.may(BODY, removal)


def _links(removal, user, way, ending):
    """(words, address) of what may be entered beside the steps."""
    files, decides = user.may(P.SCREENING_FILE, removal), user.may(BODY, removal)
    to = [removal.pk]
    if removal.is_open and files:
        yield "Ghi ý kiến của đảng viên", reverse("evaluations:add_removal_statement", args=to)
    if removal.is_open and way and way.is_open and decides:
        yield "Chọn cấp quyết định", reverse("evaluations:choose_removal_body", args=to)
    if ending is None or removal.state != RemovalState.REMOVED:
        return
    if (files or decides) and not ending.received_on:
        yield "Ghi ngày đảng viên nhận quyết định", reverse("evaluations:record_removal_receipt", args=to)
    if files and not (ending.card_recovered_on and removal.card_handed_on):
        yield "Ghi thu, nộp thẻ đảng viên", reverse("evaluations:hand_in_removal_card", args=to)
    if decides and not ending.file_sent_on:
        yield "Ghi nộp hồ sơ lên cấp trên", reverse("evaluations:send_removal_file", args=to)


def _clocks(removal, ending, facts, book):
    """(words, clock) of what runs after the decision."""
    if ending is None or removal.is_leaving:
        return
    rules = book.on(removal.scope_organisation, ending.decided_on or ending.ended_on).removal
    if until := appeal_until(rules, ending.received_on):
        yield "Đảng viên khiếu nại được đến hết ngày", until
    for each in facts.complaints:
        due = answers_due(rules, each.received_on) if each.answered_on is None else ()
        for (who, clock), level in zip(due, ComplaintLevel, strict=False):
            if level == each.level:
                yield f"Trả lời khiếu nại ({who}), chậm nhất", clock


def _consequence(removal, ending, book):
    """What the exit means for coming back, by its exact codes."""
    if ending is None or removal.state != RemovalState.REMOVED:
        return None
    rules = book.on(removal.scope_organisation, ending.decided_on or ending.ended_on).removal
    left = Exit(grounds=tuple(ending.grounds), left_on=ending.ended_on, times_readmitted=removal.times_readmitted)
    return readmission_after(rules, left)


def _review_words(removal, facts, book, today):
    """Whether the matter may go on without a self-review."""
    if removal.state != RemovalState.SELF_REVIEW:
        return ""
    rules = book.on(removal.scope_organisation, today).removal
    return self_review(rules, len(facts.asked), refused=False)[1]


def removal_vote_options(removal, way, step, book):
    """What the form of a vote held on a day asks: who may have come all the same, and for a base written by hand."""
    of_cell = REMOVAL.steps[step].permission != BODY
    stop = None if of_cell else way.taker(step)
    asks = {"asks_despite": step == "vote_removal_in_base" and removal.state == RemovalState.CELL_NOT_CARRIED}
    if step == "decide_removal":
        proposed = {EXIT_CODES[code] for code in removal.grounds if code in EXIT_CODES}
        asks |= {"kind": removal.kind, "proposed": sorted(proposed)}

    def options(day):
        if of_cell:
            body = removal.scope_organisation, RemovalStation(PROPOSE, "cell")
            return asks | options_of_base(_base(*body, day, book), by_hand=False)
        base = _base(Organisation.objects.get(pk=stop.organisation_id), stop.station, day, book) if stop else None
        return asks | options_of_base(base, by_hand=True)

    return options


def _base(organisation, station, day, book):
    try:
        return removal_base(book.on(organisation, day).votes, station, organisation, day)
    except NotAllowed:
        return None
