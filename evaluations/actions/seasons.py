"""A season: opened with a sheet for each cell and a review for each member, closed when all is decided."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cells.actions.jobs import start_job
from cells.audit import record
from cells.changes.writing import lock_tree
from cells.models import Organisation, RuleSet
from cells.trees import tree_on
from config.lib.rulesets import RuleSetError
from config.lib.workflow import NotAllowed
from evaluations.cap_groups import caps_data, over_without_raise
from evaluations.chains import chains_below
from evaluations.enums import CapEnforcement, OrganisationState, PointSet, SeasonState, SheetState
from evaluations.frames import nearest_frames, valid_frames
from evaluations.leading_posts import leading_posts_of
from evaluations.models import CapRaise, OrganisationReview, RatingSheet, Review, ReviewPoints, Season
from evaluations.opening import refuse_second_season
from evaluations.organisation_chains import chains_of, new_reviews
from evaluations.reratings import open_complaints
from evaluations.roll import roll_on, verdicts
from evaluations.row_fields import FACT_FIELDS, PLAIN_FIELDS
from evaluations.rules import NoChain
from evaluations.season_rules import book_of, find_rules, rule_book
from members.importing.bulk import insert_rows

BATCH = 1000
OPEN = "evaluations.open_season"  # the kind of its job
EMPTY: tuple = ("", None, {}, [])


@dataclass(frozen=True)
class SeasonEntry:
    """What the committee sets when it opens a season."""

    year: int
    reference_date: date
    cell_due_on: date | None = None
    base_due_on: date | None = None
    cap_enforcement: str = CapEnforcement.WARN


@transaction.atomic
def open_season(entry, *, organisation, by):
    """Open the season of a year for `organisation`: rules and score frames frozen, a sheet a cell, a review a member.

    NotAllowed for a single cell, when a body above or below has a season of that year, or a cell has no body that
    decides.
    """
    lock_tree()  # a body above or below may be opening its own: the second one sees the first
    organisation = Organisation.objects.get(pk=organisation.pk)
    refuse_second_season(organisation, entry.year)
    season, book = _new_season(entry, organisation)
    sheets = _sheets(season)
    RatingSheet.objects.bulk_create(sheets, BATCH)
    reviews = _reviews(sheets, book, season.reference_date)
    insert_rows(Review, reviews)
    OrganisationReview.objects.bulk_create(new_reviews(season, chains_of(season)), BATCH)
    counts = {"year": season.year, "rules": season.rule_code, "cells": len(sheets), "members": len(reviews)}
    record("evaluations.open_season", season, by=by, data=counts)
    return season


@transaction.atomic
def start_season(entry, *, organisation, by):
    """Have the worker open a season of many members; NotAllowed at once for what `refuse_second_season` refuses."""
    refuse_second_season(organisation, entry.year)
    params = json.loads(json.dumps(asdict(entry), default=str))
    job = start_job(OPEN, f"Mở đợt xếp loại năm {entry.year}", params=params, organisation=organisation, by=by)
    record("evaluations.start_season", job, by=by, organisation=organisation, data={"year": entry.year})
    return job


def _new_season(entry, organisation):
    try:
        frozen = find_rules(organisation, entry.year, entry.reference_date)
        book = book_of(frozen)
    except RuleSet.DoesNotExist:
        raise NotAllowed(f"Phần mềm chưa có bộ quy tắc của năm {entry.year}. Hãy chọn năm khác.") from None
    except RuleSetError as error:
        raise NotAllowed(f"Lựa chọn của cấp ủy về quy tắc có chỗ không dùng được: {error}.") from None
    season = Season.objects.create(
        organisation=organisation,
        year=entry.year,
        rule_code=frozen.code,
        rule_sets=frozen.rule_sets,
        choices=frozen.choices,
        reference_date=entry.reference_date,
        cell_due_on=entry.cell_due_on,
        base_due_on=entry.base_due_on,
        cap_enforcement=entry.cap_enforcement,
    )
    return season, book


def _sheets(season):
    tree = tree_on(season.reference_date)
    if season.organisation_id not in tree.nodes:
        raise NotAllowed(
            f"{season.organisation} chưa có vào ngày {season.reference_date:%d/%m/%Y}. Hãy chọn ngày khác."
        )
    try:
        chains = chains_below(tree, season.organisation, season.reference_date)
    except (NoChain, RuleSetError) as problem:
        raise NotAllowed(f"Chưa mở được đợt: {problem}") from None
    frames = valid_frames(season.organisation, season.rule_code, season.reference_date)
    season.frames.set(frames)
    return [
        RatingSheet(
            season=season,
            organisation_id=each.cell,
            chain=list(each.stations),
            frames=nearest_frames(frames, [node.id for node in tree.above(each.cell)]),
            holder_id=each.cell,
            decider_id=each.decider,
        )
        for each in chains
    ]


def _reviews(sheets, book, day):
    by_cell = {sheet.organisation_id: sheet for sheet in sheets}
    entries = roll_on(by_cell, day)
    found = verdicts(entries, book, day)
    leading = leading_posts_of(found, book.rules.conditions, day)
    return [
        _new_review(by_cell[entry.cell], entry.member, found[entry.member], leading.get(entry.member, ""))
        for entry in entries
    ]


def _new_review(sheet, member_id, verdict, posts):
    """The row of a review, as eligibility has it; who has a leading post on record is taken for a leader."""
    return {
        "id": uuid4(),
        "sheet_id": sheet.pk,
        "member_id": member_id,
        "outcome": verdict.outcome,
        "outcome_reason": verdict.reason,
        "explanation": verdict.explanation,
        "not_rated_reason": verdict.not_rated_reason,
        "is_leader": bool(posts),
        "leader_posts": posts,
    }


@transaction.atomic
def refresh_sheet(sheet, *, by):
    """Bring the rows of a sheet that the cell still writes up to the roll: who came, who left, who is eligible now.

    A row of somebody who left goes, its contents stay in the log; a row that a person settled by hand is not changed.
    """
    sheet = (
        RatingSheet.objects.select_for_update(of=("self",)).select_related("season", "organisation").get(pk=sheet.pk)
    )
    if not sheet.is_with_cell:
        raise NotAllowed("Bảng đã gửi lên cấp trên nên không cập nhật danh sách được. Hãy thu hồi trước.")
    # closing does not look at cells without members: it and the first member of one wait for each other
    if not Season.objects.select_for_update().get(pk=sheet.season_id).is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không cập nhật danh sách được nữa.")
    day = sheet.season.reference_date
    entries = roll_on([sheet.organisation_id], day)
    book = rule_book(sheet.season)
    found = verdicts(entries, book, day)
    leading = leading_posts_of(found, book.rules.conditions, day)
    rows = {review.member_id: review for review in sheet.reviews.select_related("member")}
    came = [
        _new_review(sheet, member, verdict, leading.get(member, ""))
        for member, verdict in found.items()
        if member not in rows
    ]
    left = [review for member, review in rows.items() if member not in found]
    changed = [
        review
        for member, review in rows.items()
        if member in found and _follows(review, found[member], leading.get(member, ""))
    ]
    insert_rows(Review, came)
    Review.objects.bulk_update(changed, FOLLOWED, 100)
    points = {row.review_id: row for row in ReviewPoints.objects.filter(review__in=left)}
    kept = [_kept(review, points.get(review.pk)) for review in left]
    data = {"came": len(came), "left": kept, "changed": len(changed)}
    Review.objects.filter(pk__in=[review.pk for review in left]).delete()
    record("evaluations.refresh_sheet", sheet, by=by, data=data)
    return data


FOLLOWED = ["outcome", "outcome_reason", "explanation", "not_rated_reason", "is_leader", "leader_posts", "version"]


def _follows(review, verdict, posts):
    """Take over a verdict or leading posts that changed; False when nothing did or a person has settled the row."""
    takes_verdict, takes_posts = _takes_verdict(review, verdict), _takes_posts(review, posts)
    if takes_verdict or takes_posts:
        review.version += 1
    return takes_verdict or takes_posts


def _takes_posts(review, posts):
    if review.leader_posts == posts:
        return False
    review.leader_posts = posts
    if not review.is_leader_settled:
        review.is_leader = bool(posts)
    return True


def _takes_verdict(review, verdict):
    same = (review.outcome, review.outcome_reason, review.explanation) == (
        verdict.outcome,
        verdict.reason,
        verdict.explanation,
    )
    if same or review.override_reason:
        return False
    if review.outcome != verdict.outcome:
        review.not_rated_reason = verdict.not_rated_reason
    review.outcome, review.outcome_reason, review.explanation = verdict.outcome, verdict.reason, verdict.explanation
    return True


def _kept(review, points):
    settled = ("outcome", "override_reason", "is_leader", "doors", "lenient", "votes", "return_note")
    values = {name: getattr(review, name) for name in (*PLAIN_FIELDS, *FACT_FIELDS, *settled)}
    values["criterion_points"] = {name: getattr(points, name) for name in PointSet.values} if points else None
    kept = {name: _plain(value) for name, value in values.items() if value is not False and value not in EMPTY}
    return {"member": str(review.member), "id": str(review.member_id), **kept}


def _plain(value):
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def raise_cap(season, organisation, *, number, decided_on, reason, by):
    """Record the decision that raises the cap of one deciding body (366-QĐ/TW, Điều 11)."""
    season = Season.objects.select_for_update().get(pk=season.pk)
    if not season.is_open:
        raise NotAllowed("Đợt đã đóng nên không ghi thêm quyết định nâng tỷ lệ được.")
    if CapRaise.objects.standing().filter(season=season, organisation=organisation).exists():
        raise NotAllowed(f"{organisation} đã có quyết định nâng tỷ lệ trong đợt này.")
    if rule_book(season).rules.cap.xs_cap_raised_percent is None:
        raise NotAllowed("Bộ quy tắc của đợt này không có tỷ lệ nâng.")
    row = CapRaise.objects.create(
        season=season, organisation=organisation, number=number, decided_on=decided_on, reason=reason, recorded_by=by
    )
    data = {"number": number, "date": f"{decided_on:%d/%m/%Y}", "reason": reason}
    record("evaluations.raise_cap", row, by=by, organisation=organisation, data=data)
    return row


@transaction.atomic
def void_cap_raise(cap_raise, *, reason, by):
    """Void a decision on the cap that was entered wrongly; what was decided under it keeps the sum of its day.

    A correction is not refused for what it brings to light: groups that are over the cap without it stand in the log.
    """
    season = Season.objects.select_for_update().get(pk=cap_raise.season_id)
    if not season.is_open:
        raise NotAllowed("Đợt đã đóng nên không hủy quyết định nâng tỷ lệ được nữa.")
    row = CapRaise.objects.standing().select_related("organisation").filter(pk=cap_raise.pk).first()
    if row is None:
        raise NotAllowed("Quyết định nâng tỷ lệ này đã được hủy trước đó.")
    row.void(reason, by)
    over = over_without_raise(season, row.organisation, rule_book(season))
    data = {"number": row.number, "date": f"{row.decided_on:%d/%m/%Y}", "reason": reason, "over": caps_data(over)}
    record("evaluations.void_cap_raise", row, by=by, organisation=row.organisation, data=data)
    return row


@transaction.atomic
def close_season(season, *, by):
    """Close a season in which every cell that has members is decided and no complaint waits for its answer.

    Answers the season with the number of decisions that were never said to have been made known (366-QĐ/TW, 15.2).
    """
    season = Season.objects.select_for_update().get(pk=season.pk)
    if not season.is_open:
        raise NotAllowed("Đợt này đã đóng.")
    left = season.sheets.exclude(state=SheetState.DECIDED).filter(reviews__isnull=False)
    left = left.order_by().values("organisation").distinct().count()  # a cell may have sheets of several bodies
    if left:
        raise NotAllowed(f"Còn {left} chi bộ chưa được quyết định xếp loại nên chưa đóng đợt được.")
    if sent := season.organisation_reviews.filter(state=OrganisationState.SENT).count():
        raise NotAllowed(
            f"Còn {sent} tổ chức đảng đã gửi bản tự xếp loại mà chưa được quyết định. "
            "Hãy quyết định hoặc trả lại trước."
        )
    if waiting := open_complaints(season):
        raise NotAllowed(waiting)
    season.state, season.closed_at = SeasonState.CLOSED, timezone.now()
    season.save(update_fields=["state", "closed_at"])
    told = Season.objects.with_silent_count(["/"]).get(pk=season.pk)  # of bodies above the season too
    record("evaluations.close_season", season, by=by, data={"year": season.year, "silent": told.silent})
    return told
