"""What a meeting concluded: what the count says, or what the body chose with a reason."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from discipline.enums import Form
from discipline.rules.authority import ACTS
from discipline.rules.forms import WORDS
from discipline.rules.votes import DECIDE, NO_DISCIPLINE, PROPOSE

GOES_UP, FAULT_ONLY, NO_VIOLATION = "goes_up", "fault_only", "no_violation"
WITHOUT_FORM = {
    GOES_UP: "Chưa hình thức nào đủ phiếu, báo cáo kết quả lên cấp trên",
    FAULT_ONLY: "Có khuyết điểm, không kỷ luật",
    NO_VIOLATION: "Không vi phạm",
}
RECORDED = "recorded"  # how a vote of a day came out whose rules are not known
DOUBTFUL = (
    "{reason} Quy tắc không nói rõ có cộng dồn trong trường hợp này hay không: hãy chọn “{form}” theo cộng dồn, hoặc "
    "“{up}”, và ghi lý do."
)
HOW_CLOSED = "{reason} Hãy chọn kết thúc vì có khuyết điểm, hoặc vì không vi phạm."
UNKNOWN = "Phần mềm không có quy tắc của ngày {on}: hãy chọn kết luận như biên bản ghi."
UNKNOWN_ACT = "Hãy chọn hội nghị quyết định hay đề nghị, như biên bản ghi."
NEEDS_REASON = "Theo kết quả kiểm phiếu và quy tắc: {reason} Kết luận của hội nghị khác; hãy ghi lý do."
OTHER_ACT = "{form}: theo thẩm quyền là {by_rule}, hội nghị {act}. {reason}"


@dataclass(frozen=True)
class Verdict:
    """A form decided or proposed, or how it ends without one; `warnings` say where it is not what the rules say."""

    form: str = ""
    act: str = ""
    ending: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_decided(self):
        return self.act == DECIDE


def conclude(reading, found, entry):
    """The verdict on a ballot; `found` is the outcome by the rules, None on a day whose rules are not known.

    ValidationError where a choice or its reason is missing.
    """
    asked = _asked(reading, found, entry)
    form, ending = (asked, "") if asked in Form.values else ("", asked)
    by_rule = reading.acts.get(form, "")
    act = (entry.act or by_rule) if form else ""
    if found is None and form and not entry.act:
        raise ValidationError({"act": UNKNOWN_ACT})
    warnings = []
    if found is not None and not _as_found(found, form, ending):
        warnings.append(f"Kết luận khác kết quả theo quy tắc: {found.reason}")
    if form and act != by_rule and reading.rules.are_known:
        power = reading.powers[form]
        words = {"form": WORDS[form].capitalize(), "by_rule": ACTS[by_rule], "act": ACTS[act]}
        warnings.append(OTHER_ACT.format(**words, reason=power.reason))
    doubtful = found is not None and found.doubtful
    if (warnings or doubtful) and not entry.chosen_reason:
        raise ValidationError({"chosen_reason": NEEDS_REASON.format(reason=" ".join(warnings) or found.reason)})
    return Verdict(form, act, ending, tuple(warnings))


def _asked(reading, found, entry):
    """The form or the ending that was concluded, as chosen or as counted."""
    if entry.choice:
        if entry.choice not in (*reading.forms, *WITHOUT_FORM):
            raise ValidationError({"choice": f"Không có hình thức {WORDS[entry.choice]} đối với người này."})
        return entry.choice
    if found is None:
        raise ValidationError({"choice": UNKNOWN.format(on=f"{reading.rules.on:%d/%m/%Y}")})
    if found.doubtful:
        words = {"form": WORDS[found.form], "up": WITHOUT_FORM[GOES_UP]}
        raise ValidationError({"choice": DOUBTFUL.format(reason=found.reason, **words)})
    if found.how == NO_DISCIPLINE:
        raise ValidationError({"choice": HOW_CLOSED.format(reason=found.reason)})
    return found.form or GOES_UP


def _as_found(found, form, ending):
    if found.doubtful:
        return form == found.form or ending == GOES_UP
    if found.how == NO_DISCIPLINE:
        return ending in (FAULT_ONLY, NO_VIOLATION)
    return form == found.form and (bool(form) or ending == GOES_UP)


def act_choices():
    """(value, words) of what a meeting does with a form."""
    return [(act, ACTS[act].capitalize()) for act in (DECIDE, PROPOSE)]
