"""What the pages of votes and decisions, of execution and appeals show."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from discipline.appealing import appeal_term, appeals_of
from discipline.bodies import body_words
from discipline.decided import FIRST, current_decision, decided_on, is_expulsion, is_of_cell, lapse_of
from discipline.enums import Form, State
from discipline.models import CaseDecision, CaseVote, Notice, StepTaken
from discipline.rulebook import CaseBook
from discipline.rules.authority import ACTS
from discipline.rules.forms import HEAVY_FIRST, WORDS
from discipline.rules.terms import APPEAL_REFUSALS, announcement_due, employer_notice_due, written_decision_due
from discipline.rules.votes import ACCUMULATED, DIRECT, NO_DISCIPLINE, NOTHING_PASSED
from discipline.sealing import may_take, runs_case
from discipline.step_links import step_links
from discipline.undoing import UNDO
from discipline.verdicts import RECORDED
from discipline.workflow import BESIDE

HOW = {
    DIRECT: ("success", "đủ phiếu"),
    ACCUMULATED: ("info", "cộng dồn"),
    NOTHING_PASSED: ("warn", "không hình thức nào đủ phiếu"),
    NO_DISCIPLINE: ("neutral", "không kỷ luật"),
    RECORDED: ("neutral", "ghi như biên bản"),
}
BETWEEN = ("receive_proposal", "return_to_cell", "report_verification", "postpone", "resume", "exempt")
VOTES = ("vote_in_cell", "vote_above", *BETWEEN, "announce")
APPEALABLE = (State.ANNOUNCED, State.NOTIFIED, State.IN_FORCE, State.EXIT)
AFTERWARDS = ("announce", "notify", "enforce", "lapse", "appeal", "decide_appeal", "announce_appeal", "annul")


@dataclass(frozen=True)
class VoteCard:
    """One vote: whom it counts, the forms with their numbers, the outcome with its reason and article."""

    vote: Any
    body: str
    how: tuple[str, str]
    rows: tuple
    verdict: str
    outcome: dict
    limitation: dict


@dataclass(frozen=True)
class VotesPage:
    """The votes of a case, what stood between them, the decisions; the steps open to the reader."""

    votes: list
    between: list
    decisions: list
    steps: list
    last: Any
    may_write: bool


def read_votes(opened):
    case = opened.case
    votes = CaseVote.objects.standing().filter(case=case).select_related("organisation")
    steps = StepTaken.objects.standing().filter(case=case, step__in=BETWEEN).select_related("organisation")
    rows = CaseDecision.objects.standing().filter(case=case).select_related("organisation", "vote", "replaces")
    decisions = [(row, body_words(row.body, row.organisation)) for row in rows.order_by("recorded_at")]
    return VotesPage(
        votes=[_card(vote) for vote in votes],
        between=[(step, _between(step)) for step in steps],
        decisions=decisions,
        may_write=may_write_down(opened, current_decision(case)),
        steps=step_links(opened, VOTES),
        last=last_step_of(opened),
    )


def may_write_down(opened, decision):
    """Whether a reader enters number, day and signer: not of a decision that an appeal gave."""
    return decision is not None and decision.vote_id is not None and may_take(opened.part, "announce", opened.case)


def last_step_of(opened):
    """The last step of a case where the reader may take it back; None else."""
    last = StepTaken.objects.standing().filter(case=opened.case).order_by("on", "id").last()
    return last if last and may_void(opened, last) else None


def may_void(opened, step):
    """Whether a part of the case may take a step back: one that may take it."""
    if step.step not in UNDO:
        return False
    takes = runs_case if step.step in BESIDE else partial(may_take, step=step.step)
    return takes(opened.part, case=opened.case)


def _card(vote):
    needs, powers = vote.outcome.get("needs", {}), vote.outcome.get("acts", {})
    rows = [
        (Form(form).label, vote.votes[form], needs.get(form), *_power(powers.get(form)), form == vote.form)
        for form in HEAVY_FIRST
        if form in vote.votes
    ]
    return VoteCard(
        vote=vote,
        body=body_words(vote.body, vote.organisation),
        how=HOW[vote.how],
        rows=tuple(rows),
        verdict=_verdict(vote),
        outcome=vote.outcome,
        limitation=vote.limitation,
    )


def _power(kept):
    act, reason, article = kept or ("", "", "")
    return ACTS.get(act, ""), reason, article


def _verdict(vote):
    if vote.form:
        return f"{ACTS[vote.act].capitalize()} {WORDS[vote.form]}"
    return "Không có hình thức nào được quyết định hoặc đề nghị"


def _between(step):
    data = step.data
    said = [data.get("name", ""), step.document, step.note]
    if data.get("heard_on"):
        said.append(f"nghe trình bày ngày {data['heard_on']}")
    if data.get("refused"):
        said.append("người bị xem xét không trình bày")
    return [part for part in (*said, data.get("opinion", "")) if part]


@dataclass(frozen=True)
class Limit:
    """Something due: what, until when, whether it was done in time."""

    what: str
    due_on: date
    reason: str
    article: str
    done_on: date | None
    today: date
    is_window: bool = False

    @property
    def pill(self):
        if self.is_window:
            return ("neutral", "đã hết thời hạn") if self.today > self.due_on else ("waiting", "còn thời hạn")
        if self.done_on:
            return ("warn", "quá hạn") if self.done_on > self.due_on else ("success", "đúng hạn")
        return ("error", "đã quá hạn") if self.today > self.due_on else ("waiting", "còn hạn")


@dataclass(frozen=True)
class ExecutionPage:
    """The decision of a case and what follows from it; `decision` is None before there is one."""

    decision: Any
    body: str
    limits: list
    lapse: Any
    notices: list
    appeals: list
    reminders: list
    steps: list
    may_write: bool


def read_execution(opened, today):
    case = opened.case
    decision = current_decision(case) or _last_annulled(case)
    notices, appeals = list(Notice.objects.standing().filter(case=case)), appeals_of(case)
    book = CaseBook.of(case)
    if decision:
        decision.case = case
    announced = decision and decision.announced_on and not decision.annulled_on
    lapse = lapse_of(decision, book) if announced else None
    is_due = lapse and lapse.lapses_on and lapse.lapses_on <= today
    limits = [*_limits(decision, book, notices, today), *_window(case, decision, book, appeals, today)]
    return ExecutionPage(
        decision=decision,
        body=_decider(decision, appeals) if decision else "",
        limits=limits,
        lapse=lapse,
        notices=notices,
        appeals=[(row, APPEAL_REFUSALS.get(row.refusal, "")) for row in appeals],
        reminders=_reminders(case, decision) if announced else [],
        steps=step_links(opened, [name for name in AFTERWARDS if name != "lapse" or is_due]),
        may_write=may_write_down(opened, current_decision(case)),
    )


def _decider(decision, appeals):
    """Who decided: of a decision that changed another on appeal the body that answered the appeal."""
    answered = next((row for row in reversed(appeals) if row.decision_id == decision.replaces_id), None)
    return answered.decided_by if answered else body_words(decision.body, decision.organisation)


def _last_annulled(case):
    rows = CaseDecision.objects.standing().filter(case=case, annulled_on__isnull=False)
    return rows.select_related("organisation", "vote", *FIRST).last()


def _limits(decision, book, notices, today):
    if decision is None:
        return []
    rules = book.on(decision.organisation, decision.announced_on or today).procedure
    found = []
    if is_of_cell(decision):
        term = written_decision_due(rules, decision.vote.held_on)
        found.append(("Quyết định bằng văn bản, báo cáo cấp trên", term, decision.number and decision.signed_on))
    elif not decision.replaces_id:
        found.append(("Công bố quyết định", announcement_due(rules, decided_on(decision)), decision.announced_on))
    if decision.announced_on and not decision.replaces_id:  # what changed on appeal is announced, no notice of its own
        first = min((each.sent_on for each in notices), default=None)
        found.append(("Thông báo cơ quan, đoàn thể", employer_notice_due(rules, decision.announced_on), first))
    return [
        Limit(what, term.due_on, term.reason, term.article, done or None, today) for what, term, done in found if term
    ]


def _window(case, decision, book, appeals, today):
    """The window of appeal, as long as one may come in."""
    if decision is None or case.state not in APPEALABLE:
        return []
    term = appeal_term(case, decision, book=book, rows=appeals)
    what = "Nhận đơn khiếu nại, đến hết ngày"
    return [Limit(what, term.due_on, term.reason, term.article, None, today, True)] if term else []


def _reminders(case, decision):
    """What people must still do by hand: (words, verb, address)."""
    if case.member_id is None:
        return []
    record = reverse("members:member", args=[case.member_id])
    if decision.form == Form.REMOVAL:
        return [("Cách chức: chức vụ bị cách phải được ghi thôi giữ trong hồ sơ đảng viên.", "Mở hồ sơ", record)]
    if is_expulsion(decision):
        return [("Khai trừ: chi bộ thu thẻ đảng viên, nộp lên cấp ủy cấp trên trực tiếp.", "Mở hồ sơ", record)]
    return []
