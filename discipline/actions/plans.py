"""Plans of inspection and supervision, and what was carried out of them; they never speak of a case."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cells.audit import record
from config.lib.workflow import NotAllowed
from discipline.beside_enums import InspectionKind
from discipline.models import PlannedInspection, SupervisionPlan

GONE = "Mục này vừa được hủy hoặc sửa ở nơi khác. Hãy tải lại trang."
TWICE = "{organisation} đã có kế hoạch năm {year}. Hãy bổ sung vào kế hoạch đó."
NO_PERSON = "Kiểm tra khi có dấu hiệu vi phạm thì trong kế hoạch không ghi tên người."
NOBODY = "Hãy chọn ít nhất một đảng viên hoặc một tổ chức đảng."
LINKS = ("members", "organisations")


@transaction.atomic
def add_plan(organisation, values, *, by):
    """The plan of a body for a year."""
    try:
        with transaction.atomic():
            plan = SupervisionPlan.objects.create(organisation=organisation, recorded_by=by, **values)
    except IntegrityError:
        raise ValidationError({"year": TWICE.format(organisation=organisation, year=values["year"])}) from None
    record("discipline.add_plan", plan, by=by, data={"year": plan.year})
    return plan


@transaction.atomic
def void_plan(plan, *, reason, by):
    """Void a plan that was entered wrongly; one with inspections stays."""
    row = SupervisionPlan.objects.standing().select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if row is None:
        raise NotAllowed(GONE)
    if row.inspections.standing().exists():
        raise NotAllowed("Kế hoạch đang có cuộc kiểm tra, giám sát. Hãy hủy từng cuộc trước.")
    row.void(reason, by)
    record("discipline.void_plan", row, by=by, data={"year": row.year, "reason": reason})
    return row


@transaction.atomic
def plan_item(plan, values, *, by):
    """One inspection or supervision of a plan; one on signs of a violation names nobody."""
    locked = SupervisionPlan.objects.standing().select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if locked is None:
        raise NotAllowed(GONE)
    columns, links = _parted(values)
    row = PlannedInspection.objects.create(plan=locked, recorded_by=by, **columns)
    _set_links(row, links)
    record("discipline.plan_item", row, by=by, data={"kind": row.get_kind_display(), "theme": row.theme})
    return row


@transaction.atomic
def change_item(item, values, *, by):
    """Plan an inspection differently, as long as it was not carried out."""
    row = _locked(item)
    if row.done_on:
        raise NotAllowed("Cuộc này đã thực hiện nên không sửa kế hoạch. Nếu ghi nhầm thì hủy và ghi lại.")
    columns, links = _parted(values)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    _set_links(row, links)
    record("discipline.change_item", row, by=by, data={"kind": row.get_kind_display(), "theme": row.theme})
    return row


@transaction.atomic
def report_item(item, values, *, by):
    """What was done and found; that a sign of a violation was passed on, without a word about whom."""
    row = _locked(item)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    data = {"kind": row.get_kind_display(), "theme": row.theme, "on": f"{row.done_on:%d/%m/%Y}"}
    record("discipline.report_item", row, by=by, data=data)
    return row


@transaction.atomic
def void_item(item, *, reason, by):
    """Void an inspection that was entered wrongly."""
    row = _locked(item)
    row.void(reason, by)
    record("discipline.void_item", row, by=by, data={"theme": row.theme, "reason": reason})
    return row


def _locked(item):
    rows = PlannedInspection.objects.standing().select_for_update(of=("self",)).select_related("plan__organisation")
    found = rows.filter(pk=item.pk).first()
    if found is None:
        raise NotAllowed(GONE)
    return found


def _parted(values):
    """(columns, subjects); signs of a violation go without a person, everything else with somebody or some body."""
    columns = {name: value for name, value in values.items() if name not in LINKS}
    links = {name: list(values.get(name) or ()) for name in LINKS}
    if columns["kind"] == InspectionKind.SIGNS:
        if links["members"]:
            raise ValidationError({"members": NO_PERSON})
    elif not any(links.values()):
        raise ValidationError({"members": NOBODY})
    return columns, links


def _set_links(row, links):
    for name, chosen in links.items():
        getattr(row, name).set(chosen)
