"""Comments of the committees where members live: received or excused, for a whole cell at once (366-QĐ/TW, Điều 17)."""

from django.db import transaction

from cells.audit import record
from evaluations.models import ResidenceComment
from evaluations.residence import comment_values, shown_digest
from evaluations.sheets_locked import locked_sheet

REWRITTEN = "ghi lại trên trang nhận xét nơi cư trú"


@transaction.atomic
def record_residence(sheet, *, rows, by):
    """Write rows as typed, `{review id: (values, digest of what the page had shown)}`; the reviews not written.

    A comment that is changed is voided and recorded anew; a row that is emptied only voids. Who has been written about
    by somebody else meanwhile is left as it is.
    """
    sheet = locked_sheet(sheet)
    reviews = {review.pk: review for review in sheet.reviews.select_related("member").filter(pk__in=rows)}
    found = ResidenceComment.objects.of_members(sheet.season, [review.member_id for review in reviews.values()])
    known = {comment.member_id: comment for comment in found}
    clashes, written = [], []
    for pk, review in reviews.items():
        values, shown = rows[pk]
        before = known.get(review.member_id)
        stored = comment_values(before)
        if values == stored or shown_digest(values) == shown:
            continue
        if shown_digest(stored) != shown:
            clashes.append(pk)
            continue
        _replace(sheet.season, review.member, before, values, by)
        written.append(_told(review, values))
    if written:
        record("evaluations.record_residence", sheet, by=by, data={"number": len(written), "rows": written})
    return written, clashes


def _replace(season, member, before, values, by):
    if before:
        before.void(REWRITTEN, by)
    if any(values.values()):
        ResidenceComment.objects.create(season=season, member=member, recorded_by=by, **values)


def _told(review, values):
    """What the log keeps: who, and whether received, excused or taken back; never what the comment says."""
    state = "excused" if values["excuse"] else "received" if values["received_on"] else "taken_back"
    return {"member": str(review.member_id), "state": state}
