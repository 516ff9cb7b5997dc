"""The check of an applicant: every row, what blocks which step, the four limbs of Charter 1.2."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from admissions.rules.age import NO_EXCEPTION, OverAge, age_max, age_min
from admissions.rules.circumstances import (
    Place,
    Religion,
    business_owner,
    citizenship,
    foreign_spouse,
    population_policy,
    religion,
    right_place,
)
from admissions.rules.conditions import ConditionRules, agreed, cell_size, class_certificate, dossier_age, in_gap
from admissions.rules.findings import FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS, Finding
from admissions.rules.introducers import Introducer, IntroducerRules, Unions, introducers
from admissions.rules.papers import (
    Curriculum,
    Opinions,
    Political,
    application,
    cv,
    cv_sealed_first,
    local_checklist,
    opinions,
    political_standard,
)
from admissions.rules.readmission import Former, readmission
from admissions.rules.schooling import Schooling, education
from admissions.rules.verification import Relative, VerificationRules, verification, verifier
from members.rules.readmission import ReadmissionRules

START, VOTE, DECIDE = "start", "vote", "decide"
DUE_AT_THE_START = ("religion",)  # its approval is due before the procedure starts
WORST = (FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS)
LIMBS = {
    "limb_1": "Công dân Việt Nam, từ 18 tuổi",
    "limb_2": "Thừa nhận và tự nguyện thực hiện Cương lĩnh, Điều lệ, tiêu chuẩn và nhiệm vụ đảng viên",
    "limb_3": "Tự nguyện hoạt động trong một tổ chức cơ sở đảng",
    "limb_4": "Qua thực tiễn là người ưu tú, được nhân dân tín nhiệm",
}
LINES = {
    "line_standards": "Tiêu chuẩn của người vào Đảng",
    "line_ability": "Khả năng hoàn thành nhiệm vụ đảng viên",
    "line_history": "Lịch sử chính trị và chính trị hiện nay",
}
BY_PEOPLE = ("limb_4", "line_ability")  # never the machine's word


@dataclass(frozen=True)
class AdmissionRules:
    """The rule sets by which one applicant is checked, all of the day of the cell meeting."""

    conditions: ConditionRules
    introducers: IntroducerRules
    verification: VerificationRules
    readmission: ReadmissionRules


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What is on file for the check; None and empty are what is not known yet."""

    nationality: str = ""
    foreign_origin: bool = False
    born: date | None = None
    over_age: OverAge = NO_EXCEPTION
    schooling: Schooling = field(default_factory=Schooling)
    certificate_on: date | None = None
    introducers: tuple[Introducer, ...] = ()
    unions: Unions = field(default_factory=Unions)
    curriculum: Curriculum = field(default_factory=Curriculum)
    verifier: str | None = None
    relatives: tuple[Relative, ...] = ()
    spared: tuple[str, ...] = ()
    political: Political = field(default_factory=Political)
    opinions: Opinions = field(default_factory=Opinions)
    cell_official: int | None = None
    religion: Religion = field(default_factory=Religion)
    foreign_spouse: bool | None = None
    business_owner: bool | None = None
    births: tuple[date, ...] = ()
    former: Former | None = None
    place: Place | None = None
    checked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """A heading of the check with the rows it is shown from; `status` is the worst of them."""

    key: str
    words: str
    status: str
    findings: tuple[Finding, ...]


def check(
    rules: AdmissionRules, applicant: Applicant, on: date, *, coming: AdmissionRules | None = None
) -> tuple[Finding, ...]:
    """Every row in the order of the regulations on the day of the cell meeting; it never says "admit".

    `coming` is the next rule set: on the days of which the text in force is not known it is asked as well.
    """
    found = (*_personal(rules, applicant, on), *_on_paper(rules, applicant, on), *_circumstances(rules, applicant))
    if coming is None or not in_gap(rules.conditions, on):
        return found
    return tuple(agreed(rules.conditions, *both) for both in zip(found, check(coming, applicant, on), strict=True))


def _personal(rules: AdmissionRules, applicant: Applicant, on: date) -> Iterable[Finding]:
    known = rules.conditions
    yield citizenship(known, applicant.nationality, foreign_origin=applicant.foreign_origin)
    yield age_min(known, applicant.born, on)
    yield age_max(known, applicant.born, on, applicant.over_age)
    yield education(known, applicant.schooling)
    yield class_certificate(known, applicant.certificate_on, on)
    yield introducers(rules.introducers, applicant.introducers, applicant.unions, born=applicant.born, on=on)


def _on_paper(rules: AdmissionRules, applicant: Applicant, on: date) -> Iterable[Finding]:
    known, curriculum = rules.conditions, applicant.curriculum
    yield application(known, curriculum)
    yield cv(known, curriculum)
    yield cv_sealed_first(known, curriculum)
    yield verifier(rules.verification, applicant.verifier)
    yield verification(rules.verification, applicant.relatives, applicant.spared)
    yield political_standard(known, applicant.political)
    yield opinions(known, applicant.opinions)
    yield dossier_age(known, curriculum.applied_on, on, curriculum.renewal)
    yield cell_size(known, applicant.cell_official)


def _circumstances(rules: AdmissionRules, applicant: Applicant) -> Iterable[Finding]:
    known = rules.conditions
    yield religion(known, applicant.religion)
    yield foreign_spouse(known, applicant.foreign_spouse)
    yield business_owner(known, applicant.business_owner)
    yield population_policy(known, applicant.births)
    yield readmission(rules.readmission, applicant.former)
    yield right_place(known, applicant.place)
    yield local_checklist(known, applicant.checked)


def blocking(findings: Iterable[Finding], step: str, settled: Collection[str] = ()) -> tuple[Finding, ...]:
    """What stands in the way of a step; `settled` are keys that a paper or a signed finding has resolved.

    FAIL stops every step, MISSING and NEEDS_HUMAN the vote, an approval the decision (of a religion: the start).
    """
    return tuple(each for each in findings if _blocks(each, step, settled))


def _blocks(finding: Finding, step: str, settled: Collection[str]) -> bool:
    if finding.status == FAIL:
        return True
    if finding.status == NEEDS_APPROVAL:
        return step == DECIDE or finding.key in DUE_AT_THE_START
    return finding.status in (MISSING, NEEDS_HUMAN) and step in (VOTE, DECIDE) and finding.key not in settled


def limbs(rules: ConditionRules, findings: Iterable[Finding]) -> tuple[Group, ...]:
    """The four limbs of Charter 1.2 with the rows that the rule set groups under each."""
    return _grouped(rules, findings, LIMBS)


def lines(rules: ConditionRules, findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Standards, ability, political history: what the report of a committee states beside the four limbs."""
    return _grouped(rules, findings, LINES)


def _grouped(rules: ConditionRules, findings: Iterable[Finding], names: Mapping[str, str]) -> tuple[Group, ...]:
    by_key = {each.key: each for each in findings}
    return tuple(
        _group(key, words, [by_key[name] for name in getattr(rules, key) or () if name in by_key])
        for key, words in names.items()
    )


def _group(key: str, words: str, rows: list[Finding]) -> Group:
    statuses = {each.status for each in rows} | ({NEEDS_HUMAN} if key in BY_PEOPLE else set())
    return Group(key, words, min(statuses, key=WORST.index, default=NEEDS_HUMAN), tuple(rows))
