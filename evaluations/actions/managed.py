"""Members who are cadres of a higher level: taken out of their cell's sheet for that level to decide on, or put back.

Cell and collective propose, the level that manages the cadre decides (366-QĐ/TW, Điều 13): the members go on a sheet of
their own, with the ballot of the cell, which the body before proposes on and passes to the one that manages them.
"""

from django.db import transaction

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import WITH_STATION, SheetState
from evaluations.managed import managing_bodies
from evaluations.models import RatingSheet, Review
from evaluations.plans_taken_back import take_back_plans
from evaluations.rules.chain import APPRAISE, DECIDE

AS_FILED = (
    "season_id", "organisation_id", "frames", "held_on", "members_total", "vote_base", "present", "issued",
    "collected", "valid", "invalid", "ballot_id", "tellers", "note", "sent_at",
)  # fmt: skip
NOT_APPRAISED = {"appraised_level": "", "appraised_reason": ""}


@transaction.atomic
def split_managed(sheet, *, manager, members, reason, by):
    """Put members (review ids) of a sheet that was sent on one of their own, on which `manager` decides."""
    sheet = _locked(sheet)
    if sheet.managed_from_id:
        raise NotAllowed("Đây đã là bảng riêng của cán bộ thuộc diện cấp trên quản lý.")
    if manager.pk not in {body.pk for body in managing_bodies(sheet)}:
        raise NotAllowed(f"Cấp quản lý phải là cấp trên của {sheet.decider}.")
    reviews = sheet.reviews.filter(pk__in=members)
    names = [str(review.member) for review in reviews.select_related("member")]
    if not names:
        raise NotAllowed("Hãy chọn ít nhất một đảng viên trong bảng.")
    part = _new_part(sheet, manager, reason)
    take_back_plans(reviews)
    reviews.update(sheet=part)
    _touch(sheet)
    data = {"number": len(names), "body": manager.name, "reason": reason, "members": names}
    record("evaluations.split_managed", part, by=by, data=data)
    return part


@transaction.atomic
def rejoin_managed(part, *, by):
    """Put the members of such a sheet back on the one of their cell, while neither is decided."""
    if not part.managed_from_id:
        raise NotAllowed("Đây không phải bảng riêng của cán bộ thuộc diện cấp trên quản lý.")
    sheet = _locked(part.managed_from)  # first, as whoever returns it does
    _put_back(_locked(part), sheet, by)
    _touch(sheet)
    return sheet


@transaction.atomic
def take_back_parts(sheet, *, by):
    """Everybody back on a sheet that goes back to its cell; NotAllowed where somebody of it is decided already."""
    for part in RatingSheet.objects.select_for_update(of=("self",)).filter(managed_from=sheet):
        if part.state == SheetState.DECIDED:
            raise NotAllowed(
                "Cấp quản lý đã quyết định đối với cán bộ của chi bộ này nên bảng không về chi bộ được nữa."
            )
        _put_back(part, sheet, by)


def _locked(sheet):
    rows = RatingSheet.objects.select_for_update(of=("self",)).for_page().select_related("managed_from")
    sheet = rows.filter(pk=sheet.pk).first()
    if sheet is None:  # put back by a click before
        raise NotAllowed("Bảng riêng này đã được đưa về bảng của chi bộ.")
    if not sheet.season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên bảng này không đổi được nữa.")
    if sheet.state not in WITH_STATION:
        raise NotAllowed(f"{sheet.organisation}: bảng không ở cấp trên hoặc đã quyết định. Hãy tải lại trang.")
    return sheet


def _new_part(sheet, manager, reason):
    """The sheet as filed, on the same way as far as the body that would have decided, which proposes instead."""
    between = sheet.chain[1:-1]
    if not sheet.decides_itself:
        between = [*between, {"organisation": sheet.decider_id, "role": APPRAISE}]
    chain = [sheet.chain[0], *between, {"organisation": manager.pk, "role": DECIDE}]
    return RatingSheet.objects.create(
        **{name: getattr(sheet, name) for name in AS_FILED},
        managed_from=sheet,
        managed_reason=reason,
        chain=chain,
        station=sheet.station,
        holder_id=chain[sheet.station]["organisation"],
        decider=manager,
        state=SheetState.SENT,
    )


def _put_back(part, sheet, by):
    take_back_plans(part.reviews.all())
    appraisers = sheet.chain[1:-1]  # of the cell's own way: what they found stays
    back = {} if appraisers else NOT_APPRAISED
    names = [str(review.member) for review in part.reviews.select_related("member")]
    data = {"number": len(names), "body": part.decider.name, "members": names}
    Review.objects.filter(sheet=part).update(sheet=sheet, **back)
    part.delete()
    record("evaluations.rejoin_managed", sheet, by=by, data=data)


def _touch(sheet):
    sheet.version += 1
    sheet.save(update_fields=["version"])
