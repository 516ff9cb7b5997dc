"""Comments of the committees where members live, of temporary and old cells: a whole cell at once (366-QĐ/TW, 17)."""

from django.db import transaction

from cells.audit import record
from evaluations.models import ResidenceComment
from evaluations.residence import comment_values, shown_digest
from evaluations.sheets_locked import locked_sheet

REWRITTEN = "ghi lại trên trang nhận xét nơi cư trú"


@transaction.atomic
def record_residence(sheet, *, rows, by):
    """Write rows as typed, `{(review id, whose): (values, digest of what the page had shown)}`; those not written.

    A comment that is changed is voided and recorded anew; a row that is emptied only voids. Who has been written about
    by somebody else meanwhile is left as it is.
    """
    sheet = locked_sheet(sheet)
    reviews = {
        review.pk: review for review in sheet.reviews.select_related("member").filter(pk__in={pk for pk, _ in rows})
    }
    found = ResidenceComment.objects.of_any(sheet.season, [review.member_id for review in reviews.values()])
    known = {(comment.member_id, comment.kind): comment for comment in found}
    clashes, written = [], []
    for (pk, kind), (values, shown) in rows.items():
        if (review := reviews.get(pk)) is None:
            continue
        before = known.get((review.member_id, kind))
        stored = comment_values(before)
        if values == stored or shown_digest(values) == shown:
            continue
        if shown_digest(stored) != shown:
            clashes.append((pk, kind))
            continue
        _replace(before, {"season": sheet.season, "member": review.member, "kind": kind}, values, by)
        written.append(_told(review, kind, values))
    if written:
        record("evaluations.record_residence", sheet, by=by, data={"number": len(written), "rows": written})
    return written, clashes


def _replace(before, about, values, by):
    if before:
        before.void(REWRITTEN, by)
    if any(values.values()):
        ResidenceComment.objects.create(**about, recorded_by=by, **values)


def _told(review, kind, values):
    """What the log keeps: who, whose, and whether received, excused or taken back; never what the comment says."""
    state = "excused" if values["excuse"] else "received" if values["received_on"] else "taken_back"
    return {"member": str(review.member_id), "of": kind, "state": state}
