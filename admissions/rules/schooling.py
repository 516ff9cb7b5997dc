"""General schooling, with what is enough in special areas, at sea and for some persons."""

from dataclasses import dataclass

from admissions.rules.conditions import ConditionRules
from admissions.rules.findings import (
    FAIL,
    MISSING,
    NO_APPROVAL,
    NO_RULE,
    PASS,
    Approval,
    Finding,
    approved,
    not_applicable,
)

LITERATE, PRIMARY, SECONDARY, DIPLOMA = (
    "literate", "primary_completed", "lower_secondary_completed", "lower_secondary_diploma",
)  # fmt: skip
SCHOOLING = {
    "none": "chưa biết đọc, viết chữ quốc ngữ",
    LITERATE: "biết đọc, biết viết chữ quốc ngữ",
    PRIMARY: "hoàn thành chương trình tiểu học",
    SECONDARY: "hoàn thành chương trình trung học cơ sở",
    DIPLOMA: "có bằng tốt nghiệp trung học cơ sở",
    "upper_secondary": "tốt nghiệp trung học phổ thông",
}
LADDER = tuple(SCHOOLING)


@dataclass(frozen=True, kw_only=True)
class Schooling:
    """General schooling, one of `SCHOOLING`, empty when not recorded; `special_area` None is not yet known."""

    level: str = ""
    special_area: bool | None = None
    sea_fisherman: bool = False
    respected: bool = False  # già làng, trưởng bản, người có uy tín
    approval: Approval = NO_APPROVAL

    def reaches(self, wanted: str | None) -> bool:
        return wanted is not None and LADDER.index(self.level) >= LADDER.index(wanted)


def education(rules: ConditionRules, schooling: Schooling) -> Finding:
    """General schooling; less is enough in special areas and at sea, least for some persons there (06-HD/TW, 1.2).

    `code` names the row that decided: education_area or education_person, empty for the general one.
    """
    if rules.education_min is None:
        return not_applicable("education", NO_RULE)
    article = rules.cite("education_min")
    if not schooling.level:
        step = "Ghi trình độ giáo dục phổ thông và kèm bằng hoặc giấy chứng nhận."
        return _schooling("", MISSING, "Chưa ghi trình độ giáo dục phổ thông", article, step)
    found = SCHOOLING[schooling.level]
    if schooling.reaches(rules.education_min):
        return _schooling("", PASS, f"Trình độ: {found}", article)
    is_special = schooling.special_area or schooling.sea_fisherman
    if schooling.special_area is None and not is_special:
        step = "Ghi nơi cư trú có thuộc miền núi, biên giới, hải đảo, vùng khó khăn hay không."
        return _schooling("education_area", MISSING, f"Trình độ: {found}; chưa rõ nơi cư trú", article, step)
    if is_special and schooling.reaches(rules.education_min_area):
        where = "ngư dân thường xuyên trên biển" if schooling.sea_fisherman else "cư trú ở vùng đặc biệt"
        return _schooling("education_area", PASS, f"Trình độ: {found}; {where}", rules.cite("education_min_area"))
    if is_special and _may_be_literate_only(rules, schooling):
        article = rules.cite("education_min_person")
        reason = f"Trình độ: {found}; trường hợp phải được cấp tỉnh đồng ý"
        return approved(_schooling("education_person", FAIL, reason, article), schooling.approval)
    code = "education_person" if is_special else ""
    wanted = SCHOOLING[rules.education_min]
    return _schooling(code, FAIL, f"Trình độ: {found}; phải {wanted}", article, "Học xong chương trình rồi xét.")


def _may_be_literate_only(rules: ConditionRules, schooling: Schooling) -> bool:
    return (schooling.respected or schooling.sea_fisherman) and schooling.reaches(rules.education_min_person)


def _schooling(code: str, status: str, reason: str, article: str, step: str = "") -> Finding:
    return Finding(key="education", code=code, status=status, reason=f"{reason}.", article=article, next_step=step)
