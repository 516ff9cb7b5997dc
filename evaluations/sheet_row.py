"""One member on a sheet: what the rules advise, what the votes carry, whether the sums agree, and what is missing."""

from dataclasses import dataclass, field

from evaluations.enums import NotRated, Outcome
from evaluations.models import Review
from evaluations.quarter_marks import marks_advice, marks_of
from evaluations.row_fields import NOT_RATED_BOX, VOTES, as_text, ballot_codes, label_of
from evaluations.rules import (
    KHTNV,
    SeasonRules,
    VoteRow,
    ballot_problems,
    door_name,
    proposed_level,
    sick_ceiling,
    suggest_level,
)
from evaluations.year_facts import eligibility_of, fact_controls, leads_units, signs_of, suggestion_facts
from members.rules import Level
from members.rules.life import TaskNumbers

TASKS = (
    ("tasks_total", "Số nhiệm vụ"),
    ("tasks_undone", "Không hoàn thành"),
    ("tasks_late", "Chậm"),
    ("tasks_beyond", "Vượt yêu cầu"),
)
TO_EXPLAIN = "phần gợi ý yêu cầu giải trình"
ANSWERED_BY_REASON = {
    "G1": TO_EXPLAIN,
    "G2": TO_EXPLAIN,
    "G4": TO_EXPLAIN,
    "G5": "đề nghị mức khi chưa ghi nhiệm vụ",
    "no_score": "đề nghị mức khi chưa có điểm",
    "no_degrees": "đề nghị mức khi chưa đủ mức của các tiêu chí",
}


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or does not agree: the control to go to, whose row, what to do."""

    anchor: str
    who: str
    what: str


@dataclass(frozen=True)
class LastYear:
    """The decided result of the year before, in the words of its own scale."""

    level: Level | None
    word: str


@dataclass
class Row:
    """One member on the sheet; `shown` are the texts of the controls, `errors` what is wrong with what was typed."""

    review: Review
    shown: dict
    last: LastYear | None = None
    tasks: TaskNumbers | None = None  # as the register of the cell has them
    suggestion: object = None
    carried: object = None
    flags: tuple = ()
    signs: tuple = ()
    excluded: str = ""
    in_base: bool = False
    may_be_absent: bool = False
    sum_words: str = ""
    sum_ok: bool = True
    box_words: str = ""  # where the votes for “chưa xếp loại” are as many as a level needs
    proposed: Level | None = None
    appraised: Level | None = None
    decided: Level | None = None
    own: Level | None = None
    suggested: Level | None = None
    ceiling: Level | None = None
    rules: SeasonRules | None = None
    causes: tuple = ()
    quarters: tuple = ()
    quarter_advice: tuple = ()
    gaps: list = field(default_factory=list)
    errors: dict = field(default_factory=dict)
    conflicts: list = field(default_factory=list)
    typed: dict = field(default_factory=dict)

    @property
    def key(self):
        """The name of the row in controls and anchors."""
        return key_of(self.review)

    @property
    def not_rated_word(self):
        reason = self.review.not_rated_reason
        return NotRated(reason).label if reason in NotRated.values else reason

    @property
    def doors(self):
        return [door_name(code) for code in self.review.doors]

    @property
    def advice(self):
        """Notes of the suggestion that say something to a person."""
        return [note.text for note in self.suggestion.notes] if self.suggestion else []

    @property
    def vote_controls(self):
        """Name, label and text of the control of each level's votes, best level first."""
        names = [name for name in self.shown if name.startswith(VOTES)]
        return [(name, label_of(name), self.shown[name]) for name in names]

    @property
    def ballot_controls(self):
        """The controls of the votes, blanks last."""
        return [*self.vote_controls, ("blanks", label_of("blanks"), self.shown["blanks"])]

    @property
    def task_controls(self):
        """The controls of the numbers of tasks."""
        return [(name, label, self.shown[name]) for name, label in TASKS]

    @property
    def facts(self):
        """The facts of the year that the rules of the season ask for, as controls."""
        return fact_controls(self.review, self.rules, self.shown, self.errors)

    @property
    def facts_told(self):
        """The facts that are known, in words."""
        return [fact.told for fact in self.facts if fact.text]

    @property
    def leads_units(self):
        """Whether the numbers of tasks are those of the units led."""
        return leads_units(self.review, self.rules)

    @property
    def leader_article(self):
        """Where the conditions of leaders stand."""
        return self.rules.conditions.cite("leader_khtnv_units_tasks_done_under")

    @property
    def unconfirmed(self):
        """Signs of a door to KHTNV that nobody has confirmed."""
        return [sign for sign in self.signs if not sign.gap and sign.code not in self.review.doors]

    @property
    def votes_text(self):
        """Votes for each level and blanks, as one reads them out."""
        parts = [
            f"{label.removeprefix('Phiếu ')} {text}" for _, label, text in self.vote_controls if text not in ("", "0")
        ]
        blanks = [f"trắng {self.shown['blanks']}"] if self.shown["blanks"] not in ("", "0") else []
        return ", ".join(parts + blanks)

    @property
    def finding(self):
        """The level that an appraising body's form shows: as typed, as saved, or as proposed."""
        return self.typed.get("level") or self.review.appraised_level or self.review.proposed_level

    @property
    def kept_total(self):
        """The total that an earlier version kept with the self-review, where the sheet has another; else None."""
        kept = (getattr(self.review, "kept_general", None), getattr(self.review, "kept_results", None))
        stands = self.review.own_points if self.review.is_scored else self.review.points
        differs = None not in kept and stands is not None and sum(kept) != stands
        return sum(kept) if differs else None

    @property
    def error_words(self):
        """Label and words of everything typed that could not be saved."""
        return [(label_of(name), words) for name, words in self.errors.items()]

    @property
    def clash_words(self):
        """Label, name and the two values of every field that somebody else saved differently."""
        return [clash_words(conflict) for conflict in self.conflicts]


@dataclass(frozen=True)
class Clash:
    """Two values of one field, to choose from."""

    name: str
    label: str
    mine: str
    theirs: str
    by: str


def clash_words(conflict):
    """A conflict in the words of the page."""
    mine, theirs = as_text(conflict.mine), as_text(conflict.theirs)
    return Clash(conflict.name, label_of(conflict.name), mine, theirs, conflict.by)


def key_of(review):
    return f"r{review.pk.hex[:12]}"


def advise(row, book, vote, counts):
    """The suggestion, the level that the votes carry, the sums, and what is missing in the row."""
    review = row.review
    row.quarters = marks_of(review, book.scale)
    row.quarter_advice = marks_advice(row.quarters, book)
    row.suggestion = advised(review, book)
    row.suggested = book.scale.level(row.suggestion.level) if row.suggestion.level else None
    row.rules, row.signs = book.rules, signs_of(review, book.rules)
    ceiling = sick_ceiling(book.rules.eligibility, review.sick_months or 0)
    row.ceiling = book.scale.level(ceiling) if ceiling else None
    if review.outcome == Outcome.NEEDS_HUMAN:
        row.gaps = [
            Gap(row.key, str(review.member), "chưa rõ có thuộc đối tượng không: mở “Đối tượng, trường hợp riêng”")
        ]
    if not review.is_due:
        return
    if not review.not_rated_reason:
        _check_votes(row, book, vote, counts)
    row.causes = tuple(_causes(row, book))
    row.gaps = [*row.gaps, *_row_gaps(row)]


def advised(review, book):
    """What the rule set suggests for one review."""
    facts = suggestion_facts(review, book.rules)
    return suggest_level(book.rules.conditions, facts, eligibility_of(review, book.rules))


def _check_votes(row, book, vote, counts):
    votes = {level.code: row.review.votes.get(level.code) or 0 for level in book.scale.levels}
    marked = {code: row.review.votes.get(code) or 0 for code in ballot_codes(book)}
    total = sum(marked.values()) + (row.review.blanks or 0)
    row.carried = proposed_level(book.rules.procedure, vote.base, votes) if total else None
    if counts is None:
        row.sum_words = f"cộng {total} phiếu" if total else ""
        return
    line = VoteRow(
        key=row.key,
        name=str(row.review.member),
        votes=marked,
        blanks=row.review.blanks or 0,
        voted=row.in_base and counts.valid == counts.base,
    )
    problems = [problem for problem in ballot_problems(book.rules.procedure, counts, [line]) if problem.key == row.key]
    row.sum_words, row.sum_ok = f"{total}/{counts.valid} phiếu", not problems
    row.box_words = _box_words(marked.get(NOT_RATED_BOX, 0), row.carried)
    who = str(row.review.member)
    found = [problem.message.removeprefix(f"{who}: ") for problem in problems]
    if problems and not total:
        found = [f"chưa ghi số phiếu (cần đủ {counts.valid})"]
    row.gaps += [Gap(f"{row.key}-votes", who, what) for what in found]


def _box_words(votes, carried):
    if carried is None or votes < carried.needed:
        return ""
    return f"“chưa xếp loại” được {votes} phiếu; nếu chưa xếp loại thì chọn lý do ở “Chi tiết”"


def _causes(row, book):
    """Why a reason must be written for what is proposed; empty when none is needed."""
    review = row.review
    if review.not_rated_reason == NotRated.OTHER:
        yield "chưa xếp loại vì lý do khác"
    if not review.proposed_level:
        return
    if row.suggested and row.suggested != row.proposed:
        yield f"đề nghị khác mức gợi ý ({row.suggested.short})"
    yield from dict.fromkeys(
        ANSWERED_BY_REASON[note.code] for note in row.suggestion.notes if note.code in ANSWERED_BY_REASON
    )
    if row.ceiling and not row.suggested and row.proposed and row.proposed.rank < row.ceiling.rank:
        yield f"đề nghị cao hơn mức cao nhất của người nghỉ ốm dài ngày ({row.ceiling.short})"
    if row.unconfirmed and review.proposed_level != KHTNV:
        yield "có dấu hiệu của trường hợp không hoàn thành nhiệm vụ"
    if row.carried and row.carried.level is None:
        yield f"không mức nào đủ {row.carried.needed} phiếu"
    elif row.carried and row.carried.level != review.proposed_level:
        yield f"phiếu bầu chọn {book.scale.level(row.carried.level).short}"
    if row.flags and not review.doors:
        yield "có quyết định kỷ luật trong năm"


def _row_gaps(row):
    review, who = row.review, str(row.review.member)
    if not review.not_rated_reason:
        if not review.own_level and not review.reason:
            yield Gap(f"{row.key}-own", who, "chưa ghi mức tự nhận (nếu không tự nhận thì ghi lý do)")
        if not review.proposed_level:
            yield Gap(f"{row.key}-level", who, "chưa có mức đề nghị")
    if row.kept_total is not None:
        yield Gap(f"{row.key}-kept", who, "điểm ghi ở bản kiểm điểm khác ở đây: chọn một ở trang chấm điểm")
    if row.causes and not review.reason:
        yield Gap(f"{row.key}-reason", who, f"cần ghi lý do: {'; '.join(row.causes)}")
    if review.return_note and not review.answer:
        yield Gap(f"{row.key}-answer", who, "chưa trả lời ý kiến của cấp trên")
