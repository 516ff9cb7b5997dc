"""Recognised as official: the day goes on record; dates determined anew after an admission was done wrongly."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.audit import record
from config.lib.periods import Precision
from members.models import Member
from members.quality.again import look_again


@transaction.atomic
def recognise_official(member, *, on, decision, by):
    """The member is official from `on`, the end of probation, by a decision of whatever later day (Charter 5)."""
    locked = _locked(member)
    if locked.official_on:
        raise ValidationError(f"{locked} đã là đảng viên chính thức từ {locked.official_on:%d/%m/%Y}.")
    _write(locked, {"official_on": on, "official_precision": Precision.DAY})
    record("members.recognise_official", locked, by=by, data={"on": f"{on:%d/%m/%Y}", "decision": decision})
    return locked


@transaction.atomic
def redetermine_dates(member, columns, *, decision, reason, by):
    """Write the dates that a new decision determines anew (294-QĐ/TW, 4.4): of decision, ceremony, recognition."""
    locked = _locked(member)
    before = {name: getattr(locked, name) for name in columns}
    _write(locked, columns)
    changes = {
        str(Member._meta.get_field(name).verbose_name): [_day(before[name]), _day(value)]
        for name, value in columns.items()
        if before[name] != value and not name.endswith("_precision")
    }
    data = {"decision": decision, "reason": reason, "changes": changes}
    record("members.redetermine_dates", locked, by=by, data=data)
    return locked


def _locked(member):
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)


def _write(locked, columns):
    for name, value in columns.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.validate_constraints(exclude=("personal_id", "card_number", "former_card_number"))
    locked.save(update_fields=[*columns, "revision"])
    look_again(locked)


def _day(value):
    return f"{value:%d/%m/%Y}" if value else ""
