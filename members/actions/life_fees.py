"""Writing the ledger of fees: one month of the whole cell at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cells.audit import record
from cells.models import Organisation
from cells.permissions import Permission
from members.life_enums import FeeBasis
from members.life_roll import read_roll
from members.life_words import fee_words
from members.models import FeePayment, Member
from members.settling import CLASH, WRITE, Clash, Stale, settle

FIELDS = ("basis", "amount", "paid_on", "decision")
CORRECTED = "ghi lại đảng phí"


@dataclass(frozen=True)
class FeeLine:
    """The fee of one member as typed; no basis is no row."""

    member_id: UUID
    basis: str
    amount: Decimal | None = None
    paid_on: date | None = None
    decision: str = ""
    seen: int | None = None

    @property
    def value(self):
        """What would be stored, None for no row."""
        return tuple(getattr(self, name) for name in FIELDS) if self.basis else None


@transaction.atomic
def keep_fees(organisation, month, lines, *, by):
    """Write the fees of a month of a cell; `Stale` names what others wrote meanwhile, nothing is written."""
    cell = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _lock_members(line.member_id for line in lines)
    roll = read_roll(cell, month).by_id
    current = {row.member_id: row for row in FeePayment.objects.standing().filter(organisation=cell, month=month)}
    seen = FeePayment.objects.in_bulk([line.seen for line in lines if line.seen])
    changes, clashes = [], []
    for line in lines:
        person, row = roll.get(line.member_id), current.get(line.member_id)
        if row is None and (person is None or not person.pays_here(month)):
            continue
        _refuse_incomplete(line, person)
        known = (row.pk, _value(row)) if row else None
        verdict = settle(line.value, known, seen_key=line.seen, seen=_value(seen.get(line.seen)))
        if verdict == CLASH:
            name = person.member.full_name if person else str(row.member)
            clashes.append(Clash(line.member_id, name, fee_words(line.value), fee_words(known and known[1])))
        elif verdict == WRITE:
            changes.append((line, row))
    if clashes:
        raise Stale(clashes)
    _refuse_paid_elsewhere(cell, month, [line.member_id for line, row in changes if row is None], by)
    try:
        with transaction.atomic():
            _write(cell, month, changes, by)
    except IntegrityError:
        raise ValidationError(
            f"Đảng phí tháng {month:%m/%Y} của một đồng chí vừa được nơi khác ghi. Hãy tải lại trang rồi ghi tiếp."
        ) from None
    record("members.keep_fees", cell, by=by, data=_said(cell, month))


def _lock_members(ids):
    """In one order: the cell of a member and his host do not write the same month side by side."""
    list(Member.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def _refuse_incomplete(line, person):
    name = person.member.full_name if person else "Dòng đã ghi"
    if line.basis in (FeeBasis.EXEMPT, FeeBasis.REDUCED) and not line.decision:
        raise ValidationError(f"{name}: miễn, giảm đảng phí phải ghi văn bản quyết định.")
    if line.paid_on and line.amount is None:
        raise ValidationError(f"{name}: đã đóng thì phải ghi số tiền.")


def _refuse_paid_elsewhere(cell, month, members, by):
    """One month is paid in one place; a place beyond the reach of `by` is not named."""
    other = FeePayment.objects.standing().filter(member__in=members, month=month).exclude(organisation=cell)
    if row := other.select_related("member", "organisation").first():
        place = row.organisation if by.may(Permission.MEMBERS_VIEW, row.organisation) else "một chi bộ khác"
        raise ValidationError(
            f"{row.member}: đảng phí tháng {month:%m/%Y} đã ghi ở {place}. Mỗi tháng chỉ đóng ở một nơi."
        )


def _value(row):
    return tuple(getattr(row, name) for name in FIELDS) if row else None


def _write(cell, month, changes, by):
    voided = [row.pk for _, row in changes if row]
    FeePayment.objects.filter(pk__in=voided).update(voided_at=timezone.now(), voided_by=by, void_reason=CORRECTED)
    FeePayment.objects.bulk_create(
        FeePayment(
            organisation=cell, member_id=line.member_id, month=month, recorded_by=by,
            **dict(zip(FIELDS, line.value, strict=True)),
        )
        for line, _ in changes
        if line.basis
    )  # fmt: skip


def _said(cell, month):
    """The whole sheet of the month."""
    rows = list(FeePayment.objects.standing().filter(organisation=cell, month=month).order_by("pk"))
    paid = [row for row in rows if row.paid_on]
    return {
        "month": f"{month:%m/%Y}",
        "paid": len(paid),
        "owed": sum(row.paid_on is None and row.basis != FeeBasis.EXEMPT for row in rows),
        "exempt": sum(row.basis == FeeBasis.EXEMPT for row in rows),
        "amount": str(sum((row.amount for row in paid), Decimal())),
        "rows": [
            {"member": str(row.member_id), "basis": row.basis, "amount": str(row.amount or ""),
             "paid": f"{row.paid_on:%d/%m/%Y}" if row.paid_on else ""}
            for row in rows
        ],
    }  # fmt: skip
