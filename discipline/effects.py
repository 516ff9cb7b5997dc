"""What a decision writes into the records of members, and takes back: nothing before it is announced, no contents ever.

`evaluations` derives its flags from `members.Sanction` alone. Taken together these functions keep one standing sanction
of a case at most.
"""

from django.core.exceptions import ValidationError

from config.lib.periods import Fact
from config.lib.workflow import NotAllowed
from discipline.bodies import body_words
from discipline.decided import decided_on, is_expulsion
from discipline.enums import Form
from discipline.models import CaseDecision, CaseViolation
from discipline.subjects import refuse_voided
from members.actions.endings import EndingEntry, expel, void_ending
from members.actions.restorations import RestorationEntry, restore_rights, void_restoration
from members.actions.sanctions import record_sanction, void_sanction
from members.enums import RestorationKind, SanctionForm
from members.models import Membership, Restoration, Sanction

FORMS = {
    Form.REPRIMAND: SanctionForm.REPRIMAND,
    Form.WARNING: SanctionForm.WARNING,
    Form.REMOVAL: SanctionForm.REMOVAL_FROM_POST,
    Form.EXPULSION: SanctionForm.EXPULSION,
}
ON_PAPER = (
    "Hồ sơ đảng viên đã có kỷ luật {form} quyết định cùng ngày {on}, ghi từ giấy tờ. Nếu là quyết định này, hãy hủy "
    "mục ấy trong hồ sơ đảng viên rồi công bố lại ở đây."
)
WENT_ON = "Hồ sơ đảng viên đã có việc sau khi khôi phục quyền. {why} Hãy hủy việc sau ấy trước, rồi hủy bước này."
# What the record and the common log say of a step taken back; why is told in the journal of the case alone.
TAKEN_BACK = "Ghi nhầm bước trong hồ sơ vụ việc; căn cứ lưu ở hồ sơ đó"
TWO = "Vụ việc này đã có một kỷ luật đang ghi trong hồ sơ đảng viên. Hãy tải lại trang."


def put_on_record(case, decision, decided_by, *, by):
    """The announced decision as a fact of the member; an expulsion ends the membership on the day it is in force."""
    if case.member_id is None:
        return
    refuse_voided(case.member)
    _refuse_two(case)
    _refuse_same(case.member_id, decision)
    decision.sanction = record_sanction(case.member, _values(case, decision, decided_by), by=by)
    if is_expulsion(decision) and _is_in(case.member_id):
        entry = EndingEntry(
            ended_on=decision.in_force_on, decision=decision.number, decided_on=decided_on(decision),
            decided_by=decided_by, received_on=decision.received_on,
        )  # fmt: skip
        decision.ending = expel(case.member, entry, by=by)
    decision.save(update_fields=["sanction", "ending"])


def withdraw(decision, *, reason, by):
    """The fact of a decision that holds no more, voided with its reason; the membership is another matter."""
    row = Sanction.objects.standing().filter(pk=decision.sanction_id).first()
    if row is not None:
        void_sanction(row, reason=reason, by=by)


def standing_sanction(decision):
    """The key of the fact of a decision; None where somebody voided it meanwhile: no case gives that one back."""
    return Sanction.objects.standing().filter(pk=decision.sanction_id).values_list("pk", flat=True).first()


def put_back_on_record(case, decision, withdrawn, *, by):
    """The fact that a step had withdrawn from the record, word for word as it was; the voided row stays beside it."""
    row = Sanction.objects.filter(pk=withdrawn).first() if withdrawn else None
    if row is None:
        return
    refuse_voided(case.member)
    _refuse_two(case)
    decision.sanction = record_sanction(row.member, {name: getattr(row, name) for name in _said_names()}, by=by)
    decision.save(update_fields=["sanction"])


def put_out_again(case, number, decided_on, *, by):
    """Rights that a decision had restored are not: NotAllowed where the member has moved or left since."""
    rows = Restoration.objects.standing().filter(
        member=case.member_id, kind=RestorationKind.RIGHTS, decision=number, decided_on=decided_on
    )
    row = rows.order_by("recorded_at").last()
    if row is None:
        return
    try:
        void_restoration(row, reason=TAKEN_BACK, by=by)
    except ValidationError as refusal:
        raise NotAllowed(WENT_ON.format(why=" ".join(refusal.messages))) from refusal


def _said_names():
    """The columns of a sanction that say what was decided, not who entered or voided the row."""
    own = {"id", "member", *(column.name for column in Fact._meta.get_fields())}
    return [column.name for column in Sanction._meta.concrete_fields if column.name not in own]


def take_off_record(decision, *, by):
    """A decision that was announced by mistake: its fact and the end of membership never were."""
    withdraw(decision, reason=TAKEN_BACK, by=by)
    if decision.ending_id and decision.ending.voided_at is None:
        void_ending(decision.ending, reason=TAKEN_BACK, by=by)
    decision.sanction = decision.ending = None
    decision.save(update_fields=["sanction", "ending"])


def restore(case, decision, entry, *, by):
    """Whoever was expelled by a decision that holds no more is a member as if he had never been out (117-QĐ/TW).

    `entry` names the decision, its day, its body and the first day back; the cell is that of the person where he was.
    """
    if case.member_id is None or _is_in(case.member_id):
        return
    last = decision.ending.membership.organisation if decision.ending_id else case.cell
    restore_rights(
        case.member,
        RestorationEntry(
            back_on=entry.back_on, organisation=entry.cell or last, decision=entry.number,
            decided_on=entry.decided_on, decided_by=entry.decided_by,
        ),
        by=by,
    )  # fmt: skip


def name_of(decision):
    """Who decided, as a fact of the member says it."""
    return body_words(decision.body, decision.organisation)


def _values(case, decision, decided_by):
    rows = list(CaseViolation.objects.standing().filter(case=case).exclude(is_concluded=False))
    began = [each.began_on for each in rows if each.began_on]
    ended = [each.ended_on or each.discovered_on for each in rows if each.ended_on or each.discovered_on]
    articles = "; ".join(dict.fromkeys(each.article for each in rows if each.article))
    longest = Sanction._meta.get_field("article_code").max_length
    return {
        "form": FORMS[Form(decision.form)],
        "decided_on": decided_on(decision),
        "announced_on": decision.announced_on,
        "lapses_on": decision.lapses_on,
        "decision": decision.number,
        "decided_by": decided_by[:200],
        "act_from": min(began, default=None),
        "act_to": max(ended, default=None),
        "act_unit": case.cell if rows else None,
        "article_code": articles[:longest],
    }


def _refuse_two(case):
    rows = CaseDecision.objects.filter(case=case, sanction__isnull=False, sanction__voided_at__isnull=True)
    if rows.exists():
        raise NotAllowed(TWO)


def _refuse_same(member_id, decision):
    """NotAllowed where the same decision was entered from paper before."""
    form, on = FORMS[Form(decision.form)], decided_on(decision)
    if Sanction.objects.standing().filter(member=member_id, form=form, decided_on=on).exists():
        raise NotAllowed(ON_PAPER.format(form=form.label.lower(), on=f"{on:%d/%m/%Y}"))


def _is_in(member_id):
    return Membership.objects.standing().official().filter(member=member_id, ended_on__isnull=True).exists()
