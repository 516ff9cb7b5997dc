"""The four numbers of tasks taken over from the register of the cell into rows where nobody has written any."""

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.models import RatingSheet, Review
from evaluations.season_rules import rule_book
from evaluations.year_facts import leads_units
from members.reports.life_tasks import numbers_of

FIELDS = {"tasks_total": "total", "tasks_undone": "undone", "tasks_late": "late", "tasks_beyond": "beyond"}


@transaction.atomic
def fill_tasks(sheet, *, on, by):
    """Fill the empty numbers of a sheet that the cell still writes; what was typed stays. The rows filled.

    A leader's numbers are those of the units led, of which the register of the cell knows nothing.
    """
    sheet = (
        RatingSheet.objects.select_for_update(of=("self",)).select_related("season", "organisation").get(pk=sheet.pk)
    )
    if not (sheet.is_with_cell and sheet.season.is_open):
        raise NotAllowed("Bảng đã gửi lên cấp trên nên không điền được. Hãy thu hồi trước.")
    rules = rule_book(sheet.season).rules
    reviews = [
        review
        for review in sheet.reviews.select_related("member")
        if review.is_due and _is_empty(review) and not leads_units(review, rules)
    ]
    known = numbers_of([review.member_id for review in reviews], sheet.season.year, on)
    filled = [review for review in reviews if review.member_id in known and known[review.member_id].total]
    for review in filled:
        for name, number in FIELDS.items():
            setattr(review, name, getattr(known[review.member_id], number))
        review.version += 1
        review.changed_at, review.changed_by = timezone.now(), by
    Review.objects.bulk_update(filled, [*FIELDS, "version", "changed_at", "changed_by"], 100)
    rows = [{"member": str(review.member_id), **{name: getattr(review, name) for name in FIELDS}} for review in filled]
    record("evaluations.fill_tasks", sheet, by=by, data={"number": len(filled), "rows": rows})
    return filled


def _is_empty(review):
    return all(getattr(review, name) is None for name in FIELDS)
