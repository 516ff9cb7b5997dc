"""What a discipline decision of the year means for the rating: a flag with reasons, which a person confirms."""

from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from evaluations.rules.levels import KHTNV

# lightest first; the slugs of members.enums.SanctionForm
FORMS = ("reprimand", "warning", "removal_from_post", "expulsion")
FORM_NAMES = dict(zip(FORMS, ("khiển trách", "cảnh cáo", "cách chức", "khai trừ"), strict=True))

DISCIPLINE_DOORS = ("disciplined", "duty_linked_discipline", "corruption_waste_negative_disciplined")

BY_RULE = "khtnv_by_rule"
WITH_EXCEPTION = "khtnv_unless_self_remedied"
REMEDY_UNKNOWN = "self_remedy_unknown"
DUTY_LINKED = "duty_linked_discipline"
DUTY_LINK_UNKNOWN = "duty_link_unknown"
CHECK_OTHER_DOORS = "check_other_doors"
WEIGHED_ABOVE = "weighed_by_upper_committee"
FLAG_ONLY = "flag_only"


@dataclass(frozen=True, kw_only=True)
class DisciplineRules(Rules):
    discipline_effect: str | None = None
    duty_linked_min_form: str | None = None
    one_violation_one_season: bool | None = None
    earlier_act_counts_in: str | None = None
    old_unit_act_charged_to: str | None = None
    leniency_self_detected: bool | None = None


@dataclass(frozen=True)
class Act:
    """When and in which unit a part of the violation took place; None where the record does not say."""

    on: date | None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class SanctionFacts:
    """One discipline decision; `duty_linked` and `self_remedied` are None while unknown."""

    form: str
    decided_on: date
    acts: tuple[Act, ...] = ()
    current_unit: str = ""
    duty_linked: bool | None = None
    self_remedied: bool | None = None
    counted_in: int | None = None


@dataclass(frozen=True)
class DisciplineFlag:
    """`level` is KHTNV where the rule gives it by itself; `needs_decision` where a body must weigh the case.

    `charged_units` are the units whose result is affected, empty where the records name none.
    """

    code: str
    level: str | None
    needs_decision: bool
    reasons: tuple[str, ...]
    article: str
    charged_units: tuple[str, ...] = ()

    @property
    def door(self) -> str | None:
        """The door to KHTNV that the flag opens once a person has confirmed it."""
        by_rule = dict.fromkeys((BY_RULE, WITH_EXCEPTION, REMEDY_UNKNOWN), "disciplined")
        return {**by_rule, DUTY_LINKED: DUTY_LINKED}.get(self.code)


def discipline_flag(rules: DisciplineRules, facts: SanctionFacts, year: int, leader: bool) -> DisciplineFlag | None:
    """The flag of one decision for the rating of `year`, or None where it does not count in that season."""
    if facts.decided_on.year != year or _counted_elsewhere(rules, facts, year):
        return None
    decided = f"Quyết định {FORM_NAMES[facts.form]} ngày {facts.decided_on:%d/%m/%Y}"
    if rules.discipline_effect in (None, "flag_only"):
        reason = f"{decided}: bộ quy tắc của năm này trong phần mềm không nêu ảnh hưởng đến mức xếp loại."
        return DisciplineFlag(FLAG_ONLY, None, True, (reason,), rules.cite("discipline_effect"))
    if rules.discipline_effect == "conditional":
        return _conditional(rules, facts, decided, leader)
    return _automatic(rules, facts, decided)


def weighs_anew(rules: DisciplineRules) -> bool:
    """Whether a form made heavier now is weighed in the rating of now, though its act counted before (366, Điều 11)."""
    return rules.discipline_effect == "conditional"


def _counted_elsewhere(rules: DisciplineRules, facts: SanctionFacts, year: int) -> bool:
    return bool(rules.one_violation_one_season) and facts.counted_in not in (None, year)


def _automatic(rules: DisciplineRules, facts: SanctionFacts, decided: str) -> DisciplineFlag:
    """KHTNV for every discipline of the year (2019), with the exception for the self-detected and remedied (2023)."""
    article = rules.cite("discipline_effect")
    if rules.discipline_effect == WITH_EXCEPTION and facts.self_remedied:
        reason = f"{decided}, tự phát hiện và đã khắc phục: cấp có thẩm quyền xem xét, quyết định ({article})."
        return DisciplineFlag(WITH_EXCEPTION, None, True, (reason,), article)
    if rules.discipline_effect == WITH_EXCEPTION and facts.self_remedied is None:
        reason = (
            f"{decided}: chưa rõ có tự phát hiện và đã khắc phục hay không; ghi rõ ở hồ sơ, nếu không thì "
            f"cấp có thẩm quyền xem xét, quyết định ({article})."
        )
        return DisciplineFlag(REMEDY_UNKNOWN, None, True, (reason,), article)
    reason = f"{decided} trong năm: xếp loại không hoàn thành nhiệm vụ ({article})."
    return DisciplineFlag(BY_RULE, KHTNV, False, (reason,), article)


def _conditional(rules: DisciplineRules, facts: SanctionFacts, decided: str, leader: bool) -> DisciplineFlag:
    """By duty, by time and by unit of the act (366-QĐ/TW, Điều 11)."""
    link = _by_duty(rules, facts, decided, leader)
    units = charged_units(rules, facts)
    reasons = (*link.reasons, *_unit_reasons(rules, facts, units))
    earlier = [act.on for act in facts.acts if act.on and act.on.year < facts.decided_on.year]
    if not earlier:
        return DisciplineFlag(link.code, link.level, link.needs_decision, reasons, link.article, units)
    article = rules.cite("earlier_act_counts_in")
    weighed = (
        f"Vi phạm xảy ra năm {min(earlier).year}, nay mới kỷ luật: cấp ủy có thẩm quyền cấp trên xem xét "
        f"trong kỳ xếp loại năm {facts.decided_on.year} ({article})."
    )
    return DisciplineFlag(WEIGHED_ABOVE, None, True, (weighed, *reasons), article, units)


def _by_duty(rules: DisciplineRules, facts: SanctionFacts, decided: str, leader: bool) -> DisciplineFlag:
    article = rules.cite("duty_linked_min_form")
    if facts.duty_linked is None:
        reason = (
            f"{decided}: chưa rõ có liên quan đến hoạt động công vụ hay không; ghi rõ trước khi xếp loại ({article})."
        )
        return DisciplineFlag(DUTY_LINK_UNKNOWN, None, True, (reason,), article)
    if not facts.duty_linked or not _reaches(rules, facts.form):
        return DisciplineFlag(CHECK_OTHER_DOORS, None, True, (_other_doors(decided, article, leader),), article)
    if facts.self_remedied and rules.leniency_self_detected:
        reason = (
            f"{decided} về vi phạm liên quan đến hoạt động công vụ; tự phát hiện, đã khắc phục: "
            f"cấp có thẩm quyền xem xét và chịu trách nhiệm ({rules.cite('leniency_self_detected')})."
        )
        return DisciplineFlag(DUTY_LINKED, None, True, (reason,), article)
    reason = f"{decided} về vi phạm liên quan đến hoạt động công vụ: xếp loại không hoàn thành nhiệm vụ ({article})."
    return DisciplineFlag(DUTY_LINKED, KHTNV, False, (reason,), article)


def _reaches(rules: DisciplineRules, form: str) -> bool:
    least = rules.duty_linked_min_form
    return least is None or FORMS.index(form) >= FORMS.index(least)


def _other_doors(decided: str, article: str, leader: bool) -> str:
    doors = (
        "suy thoái, tham nhũng, lãng phí, tiêu cực trong phạm vi phụ trách"
        if leader
        else "những điều đảng viên không được làm, trách nhiệm nêu gương làm ảnh hưởng đến uy tín"
    )
    return f"{decided}, không liên quan đến hoạt động công vụ: không tự động xếp loại; kiểm tra {doors} ({article})."


def charged_units(rules: DisciplineRules, facts: SanctionFacts) -> tuple[str, ...]:
    """The units in which the acts took place, whose result they affect; empty where no record or no rule names them."""
    if rules.old_unit_act_charged_to != "old_unit":
        return ()
    return tuple(dict.fromkeys(act.unit for act in facts.acts if act.unit))


def _unit_reasons(rules: DisciplineRules, facts: SanctionFacts, units: tuple[str, ...]) -> tuple[str, ...]:
    """Said only where some act took place in another unit than the one of today."""
    if set(units) <= {facts.current_unit}:
        return ()
    article = rules.cite("old_unit_act_charged_to")
    words = f"Tính vào kết quả của đơn vị nơi xảy ra vi phạm: {', '.join(units)}"
    if facts.current_unit and facts.current_unit not in units:
        words += f"; không tính vào {facts.current_unit}"
    return (f"{words} ({article}).",)
