"""What an exit means for coming back: by its reason never, or not before a day (topic `removal`; 294-QĐ/TW, 3.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from config.lib.workdays import add_months
from evaluations.rules.removal_votes import RemovalCaseRules
from members.enums import ExitGround

NEVER, NOT_BEFORE, UNKNOWN = "never", "not_before", "unknown"
LESS_SERIOUS = "convicted_less_serious"


@dataclass(frozen=True)
class Consequence:
    """`first_on` is the first day on which an application is considered; None where never, or not known yet."""

    status: str
    reason: str
    article: str = ""
    first_on: date | None = None
    needs_consent: bool = False

    def allows(self, applied_on: date) -> bool:
        """Whether an application of that day may be considered, the written consent of the province given."""
        return self.first_on is not None and applied_on >= self.first_on


@dataclass(frozen=True, kw_only=True)
class Exit:
    """How somebody left: several codes may stand together, the strictest decides."""

    grounds: Collection[str]
    left_on: date
    times_readmitted: int = 0
    cleared_on: date | None = None


def readmission_after(rules: RemovalCaseRules, left: Exit) -> Consequence:
    """The strictest of what the codes of an exit say."""
    most = rules.readmission_max_times
    if most is not None and left.times_readmitted >= most:
        words = f"Đã được kết nạp lại {left.times_readmitted} lần; chỉ được kết nạp lại {most} lần."
        return Consequence(NEVER, words, rules.cite("readmission_max_times"))
    barred = [code for code in left.grounds if code in _never(rules, left)]
    if barred:
        words = "; ".join(_words(code) for code in barred)
        return Consequence(NEVER, f"Không xem xét kết nạp lại: {words}.", rules.cite("readmission_never_codes"))
    if not left.grounds or rules.readmission_min_months is None:
        return Consequence(UNKNOWN, "Chưa ghi lý do ra khỏi Đảng hoặc chưa có quy định cho ngày này.")
    return _waiting(rules, left)


def _waiting(rules: RemovalCaseRules, left: Exit) -> Consequence:
    months = rules.readmission_min_months or 0
    first, keys = add_months(left.left_on, months), ["readmission_min_months", "readmission_provincial_consent"]
    words = f"Ít nhất {months} tháng từ ngày ra khỏi Đảng {left.left_on:%d/%m/%Y}"
    if LESS_SERIOUS in left.grounds:
        keys.append("readmission_after_clearance_months")
        after = rules.readmission_after_clearance_months or 0
        if left.cleared_on is None:
            reason = f"{words} và {after} tháng từ ngày xóa án tích; chưa rõ ngày xóa án tích."
            return Consequence(UNKNOWN, reason, rules.cite(*keys), needs_consent=_consent(rules))
        first = max(first, add_months(left.cleared_on, after))
        words = f"{words} và {after} tháng từ ngày xóa án tích {left.cleared_on:%d/%m/%Y}"
    reason = f"{words}: từ ngày {first:%d/%m/%Y}."
    return Consequence(NOT_BEFORE, reason, rules.cite(*keys), first, needs_consent=_consent(rules))


def _consent(rules: RemovalCaseRules) -> bool:
    return bool(rules.readmission_provincial_consent)


def _never(rules: RemovalCaseRules, left: Exit) -> set[str]:
    """Hard family circumstances lift the bar of an own application alone."""
    never = set(rules.readmission_never_codes or ())
    lifted = rules.readmission_exception_code in left.grounds
    return never - {ExitGround.APPLICATION.value} if lifted else never


def _words(code: str) -> str:
    return str(ExitGround(code).label).lower() if code in ExitGround.values else code
