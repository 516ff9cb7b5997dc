"""Facts of a member's year as the rules want them: from the sheet, and from the self-review where it has degrees."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from evaluations.enums import FormGroup
from evaluations.row_fields import label_of
from evaluations.rules import (
    DEGREES,
    Eligibility,
    LeaderFigures,
    SuggestionFacts,
    Work,
    degree_flags,
    facts_asked,
    leader_flags,
    sick_ceiling,
    sick_notes,
    staff_flags,
)

DEGREE_WORDS = dict(zip(DEGREES, ("Xuất sắc", "Tốt", "Trung bình", "Kém"), strict=True))
UNKNOWN = ("", "– chưa ghi")
CHOICES = {
    "key_targets_missed": (UNKNOWN, ("yes", "có"), ("no", "không, hoặc do bất khả kháng")),
    "has_basic_targets": (UNKNOWN, ("yes", "có"), ("no", "không có")),
    "lowest_degree": (UNKNOWN, *DEGREE_WORDS.items()),
}


@dataclass(frozen=True)
class FactControl:
    """One fact as a control of the sheet; `choices` is empty where a number is typed."""

    name: str
    label: str
    text: str
    choices: tuple
    is_wrong: bool

    @property
    def told(self):
        """The fact in words, for readers."""
        return f"{self.label}: {dict(self.choices).get(self.text, self.text)}"


def fact_controls(review, rules, shown, errors):
    """The facts that the rules of a season ask of a member, as controls."""
    return tuple(
        FactControl(name, label_of(name), shown.get(name, ""), CHOICES.get(name, ()), name in errors)
        for name in facts_asked(rules, review.is_leader)
    )


def suggestion_facts(review, rules):
    """What the suggestion looks at; degrees and the staff's level only of reviews read `with_written`."""
    results, others = degrees_of(review, rules.review_forms)
    return SuggestionFacts(
        score=review.points,
        work=work_of(review),
        faults_remedied=review.faults_remedied,
        leader=review.is_leader,
        doors=tuple(review.doors),
        lenient=review.lenient,
        result_degrees=results,
        other_degrees=others,
        staff_level=getattr(review, "written_staff_level", None) or None,
        targets_done=review.targets_done,
        key_targets_missed=review.key_targets_missed,
    )


def leads_units(review, rules):
    """Whether the numbers of tasks of a member are those of the units that he leads (366-QĐ/TW, Điều 11)."""
    return review.is_leader and rules.conditions.leader_khtnv_units_tasks_done_under is not None


def work_of(review):
    """The four numbers of tasks, of a leader those of the units led; None while nobody wrote their total."""
    if review.tasks_total is None:
        return None
    return Work(review.tasks_total, review.tasks_undone or 0, review.tasks_late or 0, review.tasks_beyond or 0)


def degrees_of(review, forms):
    """The degrees of a self-review, those of the results and the others; nothing until every one asked is there."""
    given = getattr(review, "written_degrees", None) or {}
    left_out = () if getattr(review, "written_group", "") == FormGroup.LEADER else forms.leader_sections or ()
    asked = [code for code in forms.degree_sections or () if code not in left_out]
    if not asked or any(code not in given for code in asked):
        return (), ()
    results = [code for code in asked if code in (forms.result_sections or ())]
    return tuple(given[code] for code in results), tuple(given[code] for code in asked if code not in results)


def eligibility_of(review, rules):
    """Eligibility as the review keeps it, with the ceiling for long illness."""
    months = review.sick_months or 0
    return Eligibility(
        review.outcome,
        review.outcome_reason,
        review.explanation,
        "",
        sick_notes(rules.eligibility, months),
        sick_ceiling(rules.eligibility, months),
    )


def signs_of(review, rules):
    """Doors to KHTNV that the figures open, for a person to confirm, and conditions that do not apply (G3)."""
    known, leader = rules.conditions, review.is_leader
    degrees = [*(getattr(review, "written_degrees", None) or {}).values(), review.lowest_degree]
    flags = (
        *degree_flags(known, degrees, leader),
        *staff_flags(known, getattr(review, "written_staff_level", None), leader),
    )
    return (*flags, *leader_flags(known, _figures(review))) if leader else flags


def _figures(review):
    work = work_of(review)
    return LeaderFigures(
        units_tasks_done=_share_done(work) if work and work.total else None,
        basic_targets_missed=review.basic_targets_missed,
        has_basic_targets=review.has_basic_targets is not False,
        units_rated_khtnv=review.units_rated_khtnv,
        low_confidence=review.low_confidence,
        subunits_disciplined=review.subunits_disciplined,
    )


def _share_done(work):
    """Per cent of the tasks done, rounded down, so that what is under a limit stays under it."""
    done = Decimal(100 * (work.total - work.undone)) / work.total
    return done.quantize(Decimal("0.1"), ROUND_FLOOR)
