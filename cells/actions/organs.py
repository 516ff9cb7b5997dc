"""Organs of a committee and its seal: dated, by decision; what was wrong is voided with a reason and written anew."""

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organ, Organisation, OrganisationVersion
from config.lib.workflow import NotAllowed


@transaction.atomic
def add_organ(organisation, values, *, by):
    """Enter an organ of a committee from a day on; of one kind a committee has one at a time."""
    place = _locked_body(organisation)
    organ = _store(Organ(organisation=place, **values), by)
    record("cells.add_organ", place, by=by, data=_said(organ))
    return organ


@transaction.atomic
def end_organ(organ, *, ended_on, paper, by):
    """Let an organ end: `ended_on` is the first day without it."""
    organ = _locked(organ)
    if organ.ended_on and organ.ended_on <= ended_on:
        raise NotAllowed(f"{organ.name} đã kết thúc, đến hết ngày {_day(organ.last_day)}.")
    if ended_on <= organ.started_on:
        raise NotAllowed(f"{organ.name} có từ {_day(organ.started_on)}; ngày kết thúc không thể trước ngày đó.")
    organ.ended_on = ended_on
    organ.save(update_fields=["ended_on"])
    data = {**_said(organ), "until": _day(organ.last_day), "paper": paper}
    record("cells.end_organ", organ.organisation, by=by, data=data)
    return organ


@transaction.atomic
def correct_organ(organ, values, *, reason, by):
    """Void an organ that was written wrongly and write it anew with `values`."""
    organ = _locked(organ)
    if all(getattr(organ, name) == value for name, value in values.items()):
        raise NotAllowed("Không có gì thay đổi so với nội dung đang lưu.")
    _void(organ, reason, by)
    corrected = _store(Organ(organisation=organ.organisation, **values), by)
    record("cells.correct_organ", organ.organisation, by=by, data={**_said(corrected), "reason": reason})
    return corrected


@transaction.atomic
def void_organ(organ, *, reason, by):
    """Void an organ that never was there."""
    organ = _locked(organ)
    _void(organ, reason, by)
    record("cells.void_organ", organ.organisation, by=by, data={**_said(organ), "reason": reason})


@transaction.atomic
def record_seal(organisation, *, has_seal, on, decision, by):
    """From `on` the body has a seal, or has none; on the first day of its present version that version is corrected."""
    place = _locked_body(organisation)
    version = OrganisationVersion.objects.on(on).filter(organisation=place).first()
    if version is None:
        raise NotAllowed(f"Ngày {_day(on)} chưa có hoặc không còn {place.name}. Hãy xem lại ngày.")
    if version.ended_on:
        raise NotAllowed(
            f"{version.name} đã có thay đổi từ ngày {_day(version.ended_on)}, nên không ghi con dấu cho ngày trước đó "
            "được. Hãy ghi từ ngày thay đổi ấy trở đi."
        )
    if version.has_seal == has_seal:
        raise NotAllowed(f"Từ {_day(version.started_on)} đã ghi như vậy; không có gì thay đổi.")
    since = on if on > version.started_on else version.started_on
    following = _copy(version, started_on=since, has_seal=has_seal, recorded_by=by)
    following.decision = decision or version.decision
    if since > version.started_on:
        version.ended_on, following.opened_by = since, None
        version.save(update_fields=["ended_on"])
    else:
        _void(version, f"ghi con dấu: {decision}"[:500], by)
    following.save(force_insert=True)
    words = "có con dấu" if has_seal else "không có con dấu"
    record("cells.record_seal", place, by=by, data={"seal": words, "since": str(since), "paper": decision})
    return following


def _copy(version, **changed):
    """A new row with what the version says."""
    names = [field.attname for field in OrganisationVersion._meta.concrete_fields]
    left_out = {"id", "recorded_at", "recorded_by_id", "voided_at", "voided_by_id", "void_reason"} | changed.keys()
    return OrganisationVersion(**{name: getattr(version, name) for name in names if name not in left_out}, **changed)


def _store(organ, by):
    if organ.organisation.is_cell:
        raise NotAllowed("Chi bộ không có ban thường vụ, ủy ban kiểm tra, cơ quan tham mưu.")
    same = Organ.objects.standing().filter(organisation=organ.organisation, kind=organ.kind)
    if other := same.overlapping(organ.started_on, organ.ended_on).first():
        raise NotAllowed(
            f"Đã có {other.name} từ {_day(other.started_on)}"
            f"{f' đến hết {_day(other.last_day)}' if other.ended_on else ', chưa kết thúc'}. "
            "Hãy kết thúc hoặc sửa mục đó trước."
        )
    organ.recorded_by = by
    organ.save(force_insert=True)
    return organ


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _locked_body(organisation):
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _locked(organ):
    _locked_body(organ.organisation)
    found = Organ.objects.standing().select_related("organisation").filter(pk=organ.pk).first()
    if found is None:
        raise NotAllowed("Mục này đã được hủy bỏ trước đó. Hãy tải lại trang.")
    return found


def _said(organ):
    return {"organ": organ.name, "since": _day(organ.started_on), "decision": organ.decision}


def _day(day):
    return f"{day:%d/%m/%Y}"
