"""The doors to "không hoàn thành nhiệm vụ": their words, and which of a leader's figures open one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evaluations.rules.conditions import ConditionRules
from evaluations.rules.figures import percent_text
from evaluations.rules.levels import DEGREES, KHTNV

KEM = DEGREES[-1]
DOOR_NAMES = {
    "degradation": "bị kết luận suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, “tự chuyển hóa”",
    "duty_linked_discipline": "có vi phạm liên quan đến hoạt động công vụ, bị kỷ luật từ khiển trách trở lên",
    "prohibited_acts_or_exemplary_conduct_harming_standing": (
        "vi phạm những điều đảng viên không được làm hoặc trách nhiệm nêu gương, "
        "ảnh hưởng đến uy tín của bản thân và đơn vị"
    ),
    "tasks_undone_over": "quá tỷ lệ cho phép số nhiệm vụ trong năm không hoàn thành",
    "units_tasks_done_under": "cơ quan, đơn vị trực tiếp phụ trách hoàn thành dưới mức nhiệm vụ quy định",
    "basic_targets_missed": "không đạt các chỉ tiêu kinh tế – xã hội cơ bản",
    "units_rated_khtnv_over": "quá tỷ lệ cho phép đơn vị phụ trách không hoàn thành nhiệm vụ",
    "low_confidence_over": "quá tỷ lệ cho phép phiếu tín nhiệm thấp trong năm",
    "corruption_waste_negative_disciplined": (
        "để xảy ra tham nhũng, lãng phí, tiêu cực trong phạm vi trực tiếp phụ trách và bị kỷ luật"
    ),
    "targets_under": "hoàn thành dưới mức chỉ tiêu, nhiệm vụ quy định",
    "staff_khtnv": "cán bộ, công chức, viên chức được xếp loại không hoàn thành nhiệm vụ",
    "disciplined": "bị kỷ luật trong năm",
    "criteria_kem": "có tiêu chí xếp loại Kém",
    "prohibited_acts": "vi phạm những điều đảng viên không được làm",
    "exemplary_conduct": "vi phạm trách nhiệm nêu gương",
    "unit_corruption": "đơn vị phụ trách xảy ra tham nhũng, lãng phí, tiêu cực",
    "subunits_disciplined_over": "quá tỷ lệ cho phép đơn vị trực thuộc bị kỷ luật",
    "disunity": "mất đoàn kết trong đơn vị phụ trách",
}


@dataclass(frozen=True, kw_only=True)
class LeaderFigures:
    """Figures of the units led, in per cent; None where unknown, targets also where the unit has none."""

    units_tasks_done: Decimal | None = None
    basic_targets_missed: int | None = None
    has_basic_targets: bool = True
    units_rated_khtnv: Decimal | None = None
    low_confidence: Decimal | None = None
    subunits_disciplined: Decimal | None = None


@dataclass(frozen=True)
class DoorFlag:
    """A door that the figures open, for a person to confirm; `gap` is "G3" where the condition does not apply."""

    code: str
    explanation: str
    gap: str = ""


def doors_of(rules: ConditionRules, leader: bool) -> tuple[str, ...]:
    """Codes of the doors of a leader, or of everybody else."""
    return (rules.leader_khtnv_doors if leader else rules.khtnv_doors) or ()


def door_name(code: str) -> str:
    return DOOR_NAMES[code]


def targets_under(rules: ConditionRules, done: Decimal | None, key_missed: bool | None) -> bool:
    """Whether too few per cent of the targets were done (21-HD/BTCTW); under 124-QĐ/TW with key ones missed too."""
    least = rules.khtnv_targets_done_under
    if least is None or done is None or done >= least:
        return False
    return bool(key_missed) or not rules.khtnv_targets_only_if_key_missed


def degree_flags(rules: ConditionRules, degrees: Iterable[str], leader: bool) -> tuple[DoorFlag, ...]:
    """The door of a criterion that is "Kém" (124-QĐ/TW, Điều 12), where the rule set has it."""
    key = "leader_khtnv_doors" if leader else "khtnv_doors"
    if "criteria_kem" not in doors_of(rules, leader) or KEM not in degrees:
        return ()
    return (_flag(rules, "criteria_kem", key, "mức thấp nhất là Kém"),)


def staff_flags(rules: ConditionRules, staff_level: str | None, leader: bool) -> tuple[DoorFlag, ...]:
    """The door of who is rated KHTNV as staff (21-HD/BTCTW), where the rule set has it."""
    key = "leader_khtnv_doors" if leader else "khtnv_doors"
    if "staff_khtnv" not in doors_of(rules, leader) or staff_level != KHTNV:
        return ()
    return (_flag(rules, "staff_khtnv", key, "mức cán bộ ở bản kiểm điểm"),)


def leader_flags(rules: ConditionRules, figures: LeaderFigures) -> tuple[DoorFlag, ...]:
    """Doors of a leader that the figures open (366-QĐ/TW, Điều 11); nothing is decided by them alone."""
    return (*_shares(rules, figures), *_targets(rules, figures))


def _shares(rules: ConditionRules, figures: LeaderFigures) -> Iterable[DoorFlag]:
    done, least = figures.units_tasks_done, rules.leader_khtnv_units_tasks_done_under
    if done is not None and least is not None and done < least:
        key = "leader_khtnv_units_tasks_done_under"
        yield _flag(rules, "units_tasks_done_under", key, f"hoàn thành {percent_text(done)} < {percent_text(least)}")
    limits = (
        ("units_rated_khtnv_over", figures.units_rated_khtnv, rules.leader_khtnv_units_rated_khtnv_over),
        ("low_confidence_over", figures.low_confidence, rules.leader_khtnv_low_confidence_over),
        ("subunits_disciplined_over", figures.subunits_disciplined, rules.leader_khtnv_subunits_disciplined_over),
    )
    for code, found, most in limits:
        if found is not None and most is not None and found > most:
            yield _flag(rules, code, f"leader_khtnv_{code}", f"{percent_text(found)} > {percent_text(most)}")


def _targets(rules: ConditionRules, figures: LeaderFigures) -> Iterable[DoorFlag]:
    basic = rules.leader_khtnv_basic_targets
    if basic is None:
        return
    article = rules.cite("leader_khtnv_basic_targets")
    if not figures.has_basic_targets:
        words = f"Đơn vị không có chỉ tiêu kinh tế – xã hội cơ bản: điều kiện này không áp dụng ({article})."
        yield DoorFlag("basic_targets_missed", words, "G3")
    elif figures.basic_targets_missed is not None and figures.basic_targets_missed >= basic:
        yield _flag(
            rules,
            "basic_targets_missed",
            "leader_khtnv_basic_targets",
            f"không đạt {figures.basic_targets_missed} chỉ tiêu",
        )


def _flag(rules: ConditionRules, code: str, key: str, found: str) -> DoorFlag:
    return DoorFlag(
        code, f"Có dấu hiệu {DOOR_NAMES[code]}: {found} ({rules.cite(key)}). Cần người có thẩm quyền xác nhận."
    )
