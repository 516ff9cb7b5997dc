"""Verification of the CV (topic `verification`): the circle, what a relative in the Party spares, who may verify."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from admissions.rules.findings import FAIL, MISSING, NEEDS_HUMAN, PASS, Finding
from config.lib.rulesets import Rules

OPEN, DONE, ADVERSE = "open", "done", "adverse"
HISTORY, PRESENT = "lich_su_chinh_tri", "chinh_tri_hien_nay"
ITEMS = {HISTORY: "lịch sử chính trị", PRESENT: "chính trị hiện nay"}
APPLICANT, OWN, OF_SPOUSE = "applicant", "own", "spouse"
SIDES = {"spouse": OF_SPOUSE, "parent_in_law": OF_SPOUSE, "spouse_carer": OF_SPOUSE}
KINSHIP = {
    APPLICANT: "người vào Đảng",
    "parent": "cha, mẹ hoặc người nuôi dưỡng",
    "parent_in_law": "cha, mẹ vợ hoặc chồng",
    "spouse": "vợ hoặc chồng",
    "spouse_carer": "người nuôi dưỡng vợ hoặc chồng",
    "child": "con",
    "sibling": "anh, chị, em",
}


@dataclass(frozen=True, kw_only=True)
class VerificationRules(Rules):
    verification_circle: tuple[str, ...] | None = None
    verification_circle_extra: tuple[str, ...] | None = None
    verification_relative_rule: str | None = None
    verifier_excluded: tuple[str, ...] | None = None

    @property
    def circle(self) -> tuple[str, ...]:
        return (*(self.verification_circle or ()), *(self.verification_circle_extra or ()))


@dataclass(frozen=True, kw_only=True)
class Relative:
    """One person of the circle with what is known of both items."""

    name: str
    kinship: str
    history: str = OPEN
    present: str = OPEN

    @property
    def results(self) -> dict[str, str]:
        return {HISTORY: self.history, PRESENT: self.present}

    @property
    def side(self) -> str:
        return SIDES.get(self.kinship, OWN)


def verification(rules: VerificationRules, persons: Iterable[Relative], spared: Collection[str] = ()) -> Finding:
    """Whether everybody of the circle is verified or spared; a reply that is late is never an answer.

    `spared` are the sides on which a member's complete CV was confirmed by the committee that manages that member.
    """
    asked = [each for each in persons if each.kinship in rules.circle]
    keys = ("verification_circle", "verification_circle_extra", *(["verification_relative_rule"] if spared else []))
    say = partial(Finding, key="verification", article=rules.cite(*keys))
    if APPLICANT not in {each.kinship for each in asked}:
        step = "Lập danh sách những người phải thẩm tra."
        return say(status=MISSING, reason="Chưa lập danh sách thẩm tra.", next_step=step)
    adverse = _with_result(asked, ADVERSE)
    if adverse:
        step = "Xem xét theo quy định về tiêu chuẩn chính trị."
        return say(status=NEEDS_HUMAN, reason="Có kết quả cần xem xét.", items=adverse, next_step=step)
    still_open = tuple(
        f"{each.name} ({KINSHIP[each.kinship]}): {ITEMS[item]}"
        for each in asked
        for item, result in each.results.items()
        if result == OPEN and not is_spared(rules, each.side, item, spared)
    )
    if still_open:
        step = "Thẩm tra, hoặc nhắc nơi được đề nghị thẩm tra; quá hạn không được coi là đã trả lời."
        return say(status=MISSING, reason="Chưa thẩm tra xong.", items=still_open, next_step=step)
    return say(status=PASS, reason=f"Đã thẩm tra xong {len(asked)} người.")


def is_spared(rules: VerificationRules, side: str, item: str, spared: Collection[str]) -> bool:
    """Whether a member in the family spares the item on that side: all of it, or the political history alone."""
    everything = rules.verification_relative_rule == "none_needed"
    return side in spared and (everything or item == HISTORY)


def verifier(rules: VerificationRules, kinship: str | None) -> Finding:
    """Nobody verifies his own CV or that of his family (38-HD/BTCTW, I.1.4); None: no verifier is named yet."""
    say = partial(Finding, key="verifier", article=rules.cite("verifier_excluded"))
    if kinship is None:
        step = "Cử người đi thẩm tra."
        return say(status=MISSING, reason="Chưa ghi người đi thẩm tra.", next_step=step)
    if kinship in (rules.verifier_excluded or ()):
        reason = f"Người đi thẩm tra là {KINSHIP[kinship]} của người vào Đảng."
        if kinship == APPLICANT:
            reason = "Người vào Đảng tự đi thẩm tra."
        return say(status=FAIL, reason=reason, next_step="Cử người khác đi thẩm tra lại.")
    return say(status=PASS, reason="Người đi thẩm tra không phải người thân.")


def _with_result(persons: Iterable[Relative], wanted: str) -> tuple[str, ...]:
    return tuple(
        f"{each.name} ({KINSHIP[each.kinship]}): {ITEMS[item]}"
        for each in persons
        for item, result in each.results.items()
        if result == wanted
    )
