"""A sheet on its way: sent by the cell, recalled, opened, returned, appraised and passed on by the bodies above."""

from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cells.audit import record
from cells.models import Ballot
from config.lib.workflow import NotAllowed
from evaluations.actions.managed import take_back_parts
from evaluations.enums import SheetState
from evaluations.models import RatingSheet, Review, ReviewPoints
from evaluations.row_fields import row_values
from evaluations.rules.chain import APPRAISE, DECIDE
from evaluations.season_rules import rule_book
from evaluations.sheet_page import COUNTS, read_sheet
from evaluations.workflow import RATING


class SheetIncomplete(NotAllowed):
    """The sheet cannot be sent yet; `gaps` say what is missing where."""

    def __init__(self, gaps):
        super().__init__(f"Chưa gửi được: còn {len(gaps)} chỗ chưa xong.")
        self.gaps = gaps


@transaction.atomic
def send(sheet, *, by):
    """Send a complete sheet to the next body of its chain and record the ballot; SheetIncomplete names every gap."""
    sheet = _locked(sheet)
    RATING.move(sheet, "send")
    page = read_sheet(sheet, on=timezone.localdate())
    if page.gaps:
        raise SheetIncomplete(page.gaps)
    sheet.members_total, sheet.vote_base = len(page.rows), page.vote.base
    sheet.ballot = _ballot(sheet)
    sheet.sent_at = timezone.now()
    _hand_to(sheet, 1)
    sheet.save(update_fields=["members_total", "vote_base", "ballot", "sent_at", *STEP_FIELDS])
    record("evaluations.send", sheet, by=by, data=_sent_data(page))
    return sheet


def _refuse_part(sheet):
    if sheet.managed_from_id:
        raise NotAllowed(
            "Đây là bảng riêng của cán bộ thuộc diện cấp trên quản lý; muốn chi bộ xét lại thì đưa về bảng của chi bộ."
        )


STEP_FIELDS = ["state", "station", "holder", "version"]


def _locked(sheet):
    """The sheet locked against a second click, with its season still open."""
    sheet = RatingSheet.objects.select_for_update(of=("self",)).for_page().get(pk=sheet.pk)
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên bảng này không đổi được nữa.")
    return sheet


def _hand_to(sheet, station):
    sheet.station = station
    sheet.holder_id = sheet.chain[station]["organisation"]
    sheet.version += 1


def _ballot(sheet):
    """The ballot with these counts; a sheet sent again with the same counts keeps its ballot."""
    values = {name: getattr(sheet, name) for name in COUNTS}
    values |= {"organisation": sheet.organisation, "held_on": sheet.held_on, "entitled": sheet.vote_base}
    before = sheet.ballot
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return before
    return Ballot.objects.create(**values)


def _sent_data(page):
    """What the log keeps of a sent sheet: the head, and in every row all that is written there, under its names."""
    sheet = page.sheet
    counts = {name: getattr(sheet, name) for name in COUNTS}
    rows = [{"member": str(row.review.member_id), **_written(row_values(row.review, page.book))} for row in page.rows]
    head = {"held_on": f"{sheet.held_on:%d/%m/%Y}", "tellers": sheet.tellers, "note": sheet.note}
    return {**head, "base": page.vote.base, "ballot": counts, "rows": rows}


def _written(values):
    """What a row says, without its empty fields, as the log can keep it."""
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in (None, "")
    }


@transaction.atomic
def recall(sheet, *, by):
    """Take a sheet back to correct it, until the next body opens it; what that body planned goes (the log keeps it)."""
    sheet = _locked(sheet)
    RATING.move(sheet, "recall")
    if sheet.station != 1:
        raise NotAllowed("Cấp trên đã xem và trình tiếp nên chi bộ không thu hồi được nữa. Hãy đề nghị trả lại.")
    _refuse_part(sheet)
    if any(part.state != SheetState.SENT or part.station > 1 for part in sheet.managed_sheets.all()):
        raise NotAllowed(
            "Cấp trên đã xem bảng riêng của cán bộ trong chi bộ nên chi bộ không thu hồi được nữa. Hãy đề nghị trả lại."
        )
    take_back_parts(sheet, by=by)
    _hand_to(sheet, 0)
    sheet.save(update_fields=STEP_FIELDS)
    sheet.reviews.exclude(planned_level="").update(planned_level="", planned_reason="")
    record("evaluations.recall", sheet, by=by)
    return sheet


@transaction.atomic
def open_sheet(sheet, *, by):
    """Begin to look at a sheet at the body that has it; from now on the cell cannot recall it."""
    sheet = _locked(sheet)
    RATING.move(sheet, "open_sheet")
    sheet.version += 1
    sheet.save(update_fields=STEP_FIELDS)
    record("evaluations.open_sheet", sheet, by=by, data={"body": sheet.holder.name})
    return sheet


@transaction.atomic
def return_sheet(sheet, *, by, reason="", notes=None):
    """Give a sheet back to its cell with a reason, on the sheet or on lines (`{review id: text}`).

    What was appraised or planned is taken back (the log keeps it), points too: the cell may propose otherwise, and is
    appraised anew.
    """
    sheet = _locked(sheet)
    RATING.move(sheet, "return_sheet")
    notes = {pk: text for pk, text in (notes or {}).items() if text}
    if not reason and not notes:
        raise NotAllowed("Hãy ghi lý do trả lại: chung cho cả bảng hoặc ở dòng của từng đảng viên.")
    _refuse_part(sheet)
    take_back_parts(sheet, by=by)
    body = sheet.holder.name
    lines = _write_notes(sheet, notes)
    _take_back_points(sheet)
    sheet.return_reason = reason
    _hand_to(sheet, 0)
    sheet.save(update_fields=["return_reason", *STEP_FIELDS])
    record("evaluations.return_sheet", sheet, by=by, data={"body": body, "reason": reason, "lines": lines})
    return sheet


TAKEN_BACK = ["answer", "appraised_level", "appraised_reason", "planned_level", "planned_reason"]
GIVEN_BACK = ["return_note", *TAKEN_BACK]


def _write_notes(sheet, notes):
    """The notes of this return replace those of the one before; which lines were given back and why."""
    lines, changed = [], []
    for review in sheet.reviews.select_related("member"):
        note = notes.get(review.pk, "")
        if note or any(getattr(review, name) for name in GIVEN_BACK):
            for name in TAKEN_BACK:
                setattr(review, name, "")
            review.return_note = note
            review.version += 1
            changed.append(review)
        if note:
            lines.append({"member": str(review.member), "note": note})
    Review.objects.bulk_update(changed, [*GIVEN_BACK, "version"], 100)
    return lines


def _take_back_points(sheet):
    """The member's own points stay, those that bodies above gave go."""
    given = ReviewPoints.objects.filter(review__sheet=sheet).exclude(appraised={}, decided={}).select_related("review")
    rows = list(given)
    for row in rows:
        row.appraised, row.decided = {}, {}
        row.version += 1
        row.review.points, row.review.is_scored = row.review.own_points, not row.is_empty
        row.review.decided_points = None
        row.review.version += 1
    ReviewPoints.objects.bulk_update(rows, ["appraised", "decided", "version"], 100)
    Review.objects.bulk_update([row.review for row in rows], ["points", "decided_points", "is_scored", "version"], 100)


@transaction.atomic
def appraise(sheet, *, levels, version, by):
    """Write the levels of an appraising body, `{review id: (level, reason)}`; another than proposed needs a reason.

    `version` is that of the sheet which the person saw: nobody appraises over another unseen.
    """
    sheet = _at_station(sheet, APPRAISE)
    if sheet.version != version:
        raise NotAllowed(f"{sheet.organisation}: có người vừa ghi thẩm định. Hãy xem mức đang lưu rồi ghi lại.")
    codes = {level.code for level in rule_book(sheet.season).scale.levels}
    changed = []
    for review in sheet.reviews.select_related("member").filter(pk__in=levels):
        level, reason = levels[review.pk]
        if not review.proposed_level or level not in codes:
            continue
        if level != review.proposed_level and not reason:
            raise NotAllowed(f"{review.member}: thẩm định khác mức chi bộ đề nghị thì phải ghi lý do.")
        if (review.appraised_level, review.appraised_reason) != (level, reason):
            review.appraised_level, review.appraised_reason = level, reason
            changed.append(review)
    Review.objects.bulk_update(changed, ["appraised_level", "appraised_reason"], 100)
    if not changed:
        return changed
    sheet.version += 1
    sheet.save(update_fields=["version"])
    rows = [
        {"member": str(review.member_id), "level": review.appraised_level, "reason": review.appraised_reason}
        for review in changed
    ]
    if rows:
        record("evaluations.appraise", sheet, by=by, data={"rows": rows})
    return changed


def _at_station(sheet, role):
    sheet = _locked(sheet)
    if sheet.state != SheetState.OPENED or sheet.role != role:
        state = sheet.get_state_display()
        raise NotAllowed(
            f"Chỉ thẩm định được bảng đang mở ở cấp thẩm định; bảng này đang “{state}”. Hãy tải lại trang."
        )
    return sheet


@transaction.atomic
def forward(sheet, *, by):
    """Pass an opened sheet to the next body of the chain; what was not appraised otherwise is agreed to."""
    sheet = _locked(sheet)
    if sheet.role == DECIDE:
        raise NotAllowed("Đây là cấp quyết định; bảng này được quyết định, không trình tiếp.")
    RATING.move(sheet, "forward")
    sheet.reviews.exclude(proposed_level="").filter(appraised_level="").update(appraised_level=F("proposed_level"))
    body = sheet.holder.name
    _hand_to(sheet, sheet.station + 1)
    sheet.save(update_fields=STEP_FIELDS)
    record("evaluations.forward", sheet, by=by, data={"body": body})
    return sheet
