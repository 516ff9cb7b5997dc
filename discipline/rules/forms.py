"""Forms of discipline by subject, and what a sentence of a court asks for (topic `discipline_violation`)."""

from dataclasses import dataclass

from config.lib.rulesets import Rules

REPRIMAND, WARNING, REMOVAL, EXPULSION, DISSOLUTION = "KT", "CC", "CCH", "KTR", "GT"
WORDS = {
    REPRIMAND: "khiển trách",
    WARNING: "cảnh cáo",
    REMOVAL: "cách chức",
    EXPULSION: "khai trừ",
    DISSOLUTION: "giải tán",
}
HEAVY_FIRST = (DISSOLUTION, EXPULSION, REMOVAL, WARNING, REPRIMAND)
OFFICIAL, PROBATIONARY, ORGANISATION = "official", "probationary", "organisation"
SENTENCES = {
    "exempt": "miễn trách nhiệm hình sự, miễn hình phạt",
    "warning": "cảnh cáo (hình sự)",
    "fine": "phạt tiền",
    "non_custodial_reform": "cải tạo không giam giữ",
    "suspended": "phạt tù cho hưởng án treo",
    "prison": "phạt tù",
    "death": "chung thân, tử hình",
}


@dataclass(frozen=True, kw_only=True)
class ViolationRules(Rules):
    member_forms: tuple[str, ...] | None = None
    probationary_forms: tuple[str, ...] | None = None
    organisation_forms: tuple[str, ...] | None = None
    violation_rule_reference_date: str | None = None
    limitation_reprimand_months: int | None = None
    limitation_warning_months: int | None = None
    limitation_removal_months: int | None = None
    limitation_expulsion_months: int | None = None
    limitation_unlimited_kinds: tuple[str, ...] | None = None
    limitation_restarts_on_new_violation: bool | None = None
    limitation_excluded_intervals: tuple[str, ...] | None = None
    limitation_last_day_in_time: bool | None = None
    expiry_months: int | None = None
    expiry_starts_on: str | None = None
    expiry_excluded_forms: tuple[str, ...] | None = None
    expiry_counts_served_time: bool | None = None
    postponement_child_age_months: int | None = None
    expulsion_from_sentence: str | None = None
    suspended_sentence_is_prison: bool | None = None
    mitigating_circumstances: tuple[str, ...] | None = None
    mitigating_circumstances_reported: tuple[str, ...] | None = None
    mitigating_circumstances_assumed: tuple[str, ...] | None = None
    aggravating_circumstances_reported: tuple[str, ...] | None = None
    aggravating_circumstances_assumed: tuple[str, ...] | None = None
    prohibited_acts: tuple[str, ...] | None = None

    @property
    def mitigating(self) -> tuple[str, ...]:
        """Circumstances that mitigate, those read in the text first (69-QĐ/TW, Điều 5)."""
        return _all(
            self.mitigating_circumstances, self.mitigating_circumstances_reported, self.mitigating_circumstances_assumed
        )

    @property
    def aggravating(self) -> tuple[str, ...]:
        """Circumstances that aggravate (69-QĐ/TW, Điều 6)."""
        return _all(self.aggravating_circumstances_reported, self.aggravating_circumstances_assumed)


@dataclass(frozen=True)
class Advice:
    """What a rule says, with its reason and article; `allowed` False is refused outright, None is for people."""

    allowed: bool | None
    reason: str
    article: str


def _all(*lists: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(code for codes in lists for code in codes or ())


def forms_for(rules: ViolationRules, subject: str, *, has_post: bool = False) -> tuple[str, ...]:
    """The forms that exist for a subject, light to heavy; removal from post only for who holds one."""
    key = {OFFICIAL: "member_forms", PROBATIONARY: "probationary_forms", ORGANISATION: "organisation_forms"}[subject]
    forms = getattr(rules, key) or ()
    return tuple(form for form in forms if form != REMOVAL or has_post)


def form_advice(rules: ViolationRules, subject: str, form: str, *, has_post: bool = False) -> Advice:
    """Whether a form may be recorded at all: one that does not exist for the subject is refused (Charter 35)."""
    if form in forms_for(rules, subject, has_post=has_post):
        return Advice(True, f"Hình thức {WORDS[form]} áp dụng được.", rules.cite("member_forms"))
    if subject == PROBATIONARY:
        reason = (
            f"Đảng viên dự bị chỉ bị khiển trách hoặc cảnh cáo, không {WORDS[form]}; không còn đủ tư cách thì xóa tên "
            "trong danh sách đảng viên."
        )
        return Advice(False, reason, rules.cite("probationary_forms"))
    if form == REMOVAL:
        return Advice(False, "Người không giữ chức vụ thì không bị cách chức.", rules.cite("member_forms"))
    key = "organisation_forms" if subject == ORGANISATION else "member_forms"
    return Advice(False, f"Không có hình thức {WORDS[form]} đối với đối tượng này.", rules.cite(key))


def sentence_advice(rules: ViolationRules, sentence: str) -> Advice:
    """Whether a sentence in force asks for expulsion (69-QĐ/TW, Điều 2)."""
    least = rules.expulsion_from_sentence
    article = rules.cite("expulsion_from_sentence")
    if least is None:
        return Advice(None, "Bộ quy tắc không có mức án phải khai trừ; cấp có thẩm quyền xem xét.", article)
    if sentence == "suspended" and not rules.suspended_sentence_is_prison:
        return Advice(None, "Án treo: cấp có thẩm quyền xem xét.", rules.cite("suspended_sentence_is_prison"))
    order = tuple(SENTENCES)
    if order.index(sentence) >= order.index(least):
        return Advice(True, f"Án {SENTENCES[sentence]}, từ mức {SENTENCES[least]} trở lên: khai trừ.", article)
    reason = f"Án {SENTENCES[sentence]}, dưới mức {SENTENCES[least]}: xử lý theo mức vi phạm."
    return Advice(False, reason, article)
