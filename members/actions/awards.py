"""Party age confirmed by decision, and rewards; both entered from paper."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.models import Award, Member, PartyAgeConfirmation
from members.rules.party_age import age_words

CHANGED = "Mục này đã được hủy trước đó. Hãy tải lại trang."


@transaction.atomic
def confirm_party_age(member, values, *, by):
    """Enter the Party age that the competent body confirmed for a day; from then on it is counted from that."""
    locked = _lock(member)
    same = PartyAgeConfirmation.objects.standing().filter(member=locked, confirmed_on=values["confirmed_on"])
    if same.exists():
        raise ValidationError("Đã có xác nhận tuổi Đảng tính đến ngày này. Nếu ghi sai hãy hủy mục cũ trước.")
    found = PartyAgeConfirmation.objects.create(member=locked, recorded_by=by, **values)
    data = {"age": age_words(found.months), "on": f"{found.confirmed_on:%d/%m/%Y}", "decision": found.decision}
    record("members.confirm_party_age", locked, by=by, data=data)
    return found


@transaction.atomic
def void_confirmation(confirmation, *, reason, by):
    """Void a confirmation that was entered wrongly: Party age is computed again."""
    found = _void(confirmation, reason, by)
    record("members.void_confirmation", found.member, by=by, data={"age": age_words(found.months), "reason": reason})
    return found


@transaction.atomic
def add_award(member, values, *, by):
    """Enter a reward; the same one a second time is refused."""
    locked = _lock(member)
    if Award.objects.standing().filter(member=locked, **values).exists():
        raise ValidationError("Khen thưởng này đã ghi rồi.")
    award = Award.objects.create(member=locked, recorded_by=by, **values)
    record("members.add_award", locked, by=by, data={"award": str(award)})
    return award


@transaction.atomic
def add_awards(body, members, values, *, by):
    """Enter one reward of many people, as one decision names them; all or none. Who has it already is refused."""
    if not members:
        raise ValidationError("Chưa chọn đồng chí nào. Hãy đánh dấu người được khen thưởng.")
    rows = Member.objects.standing().select_for_update(of=("self",)).filter(pk__in=[each.pk for each in members])
    people = list(rows.order_by("pk"))
    known = {award.member_id for award in Award.objects.standing().filter(member__in=people, **values)}
    if known:
        names = ", ".join(str(each) for each in people if each.pk in known)
        raise ValidationError(f"Khen thưởng này đã ghi cho {names}. Hãy bỏ dấu chọn những người đó.")
    awards = Award.objects.bulk_create(Award(member=each, recorded_by=by, **values) for each in people)
    for award in awards:
        record("members.add_award", award.member, by=by, data={"award": str(award)})
    record("members.add_awards", body, by=by, data={"award": str(awards[0]), "people": len(awards)})


@transaction.atomic
def void_award(award, *, reason, by):
    """Void a reward that was entered wrongly."""
    found = _void(award, reason, by)
    record("members.void_award", found.member, by=by, data={"award": str(found), "reason": reason})
    return found


def _lock(member):
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)


def _void(fact, reason, by):
    _lock(fact.member)
    found = type(fact).objects.standing().select_related("member__home").filter(pk=fact.pk).first()
    if found is None:
        raise ValidationError(CHANGED)
    found.voided_at, found.voided_by, found.void_reason = timezone.now(), by, reason
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return found
