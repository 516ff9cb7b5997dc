"""The decision of a body on the sheets before it: levels, the cap over its whole group, grades on file."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from cells.audit import record
from config.lib.rulesets import RuleSetError
from config.lib.workflow import NotAllowed
from evaluations.cap_groups import CapGroups, caps_data
from evaluations.chains import ChainsOfDay
from evaluations.enums import CapEnforcement, NotRated
from evaluations.models import RatingDecision, RatingSheet, Review, Season
from evaluations.rules import CapResult, NoChain
from evaluations.rules.chain import DECIDE
from evaluations.season_rules import rule_book
from evaluations.workflow import RATING
from members.importing.known import chunks
from members.models import AnnualGrade

BATCH = 500


@dataclass(frozen=True)
class DecisionEntry:
    """What the body decided: number, day, levels and reasons where they differ from what it planned, by review id.

    `versions` are the versions of the sheets (by id) that the decision was made upon, where they are known.
    """

    number: str
    decided_on: date
    levels: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)
    over_cap_reason: str = ""
    versions: dict = field(default_factory=dict)


class OverCap(NotAllowed):
    """The group of the deciding body would be over the cap; `cap` holds the arithmetic and the article."""

    def __init__(self, cap: CapResult, message):
        super().__init__(message)
        self.cap = cap


class DecidedElsewhere(NotAllowed):
    """By the rules and the tree of the day of the decision another body decides."""


class DecisionRefused(NotAllowed):
    """Lines that cannot be decided so; `problems` maps review ids to words."""

    def __init__(self, problems):
        super().__init__(f"Chưa quyết định được: {len(problems)} đảng viên cần xem lại.")
        self.problems = problems


@transaction.atomic
def decide(sheets, *, entry, by):
    """Decide the sheets of one body in one act: levels, grades on file, one log entry.

    Who decides is read from the rules and the tree of the day of the decision: DecidedElsewhere where it is another.

    OverCap stops groups over the limit until a reason is given, or wholly, as the season is set; DecisionRefused names
    lines decided otherwise than proposed without a reason, and members who have a result of that year from elsewhere.
    """
    sheets = _locked(sheets)
    season, body = sheets[0].season, sheets[0].decider
    _check_day(sheets, entry)
    _check_versions(sheets, entry)
    chain_set = _checked_chains(sheets, entry.decided_on)
    book = rule_book(season)
    reviews = list(Review.objects.filter(sheet__in=sheets).select_related("member", "sheet__organisation"))
    _set_levels(reviews, entry, {level.code for level in book.scale.levels})
    caps = _checked_caps(CapGroups(season, body, book), reviews, entry)
    decision = RatingDecision.objects.create(
        season=season,
        organisation=body,
        number=entry.number,
        decided_on=entry.decided_on,
        chain_set=chain_set,
        cap=caps_data(caps),
        over_cap_reason=entry.over_cap_reason if any(part.cap.is_over for part in caps) else "",
        decided_by=by,
    )
    _close_sheets(sheets, decision)
    _write_results(reviews)
    _store(_grades(reviews, book, season, decision, by))
    record("evaluations.decide", decision, by=by, data=_log_data(sheets, reviews, decision))
    return decision


def _locked(sheets):
    rows = RatingSheet.objects.select_for_update(of=("self",)).filter(pk__in=[sheet.pk for sheet in sheets])
    rows = list(rows.select_related("season__organisation", "organisation", "decider").order_by("pk"))
    if not rows:
        raise NotAllowed("Hãy chọn ít nhất một chi bộ để quyết định.")
    if len({(row.season_id, row.decider_id) for row in rows}) > 1:
        raise NotAllowed("Một quyết định chỉ gồm các chi bộ của cùng một đợt và cùng cấp quyết định.")
    # decisions of one body wait for each other: its group under the cap is counted over all of them
    season = Season.objects.select_for_update().get(pk=rows[0].season_id)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng.")
    for row in rows:
        if row.role != DECIDE:
            raise NotAllowed(f"{row.organisation}: bảng chưa đến cấp quyết định. Hãy tải lại trang.")
        RATING.move(row, "decide")
    return rows


def _check_day(sheets, entry):
    for sheet in sheets:
        if sheet.held_on > entry.decided_on:
            raise NotAllowed(
                f"Ngày quyết định {entry.decided_on:%d/%m/%Y} trước ngày họp của {sheet.organisation} "
                f"({sheet.held_on:%d/%m/%Y}). Hãy kiểm tra lại."
            )


def _check_versions(sheets, entry):
    for sheet in sheets:
        if entry.versions.get(sheet.pk, sheet.version) != sheet.version:
            raise NotAllowed(
                f"{sheet.organisation}: bảng đã được sửa hoặc gửi lại sau khi mở trang này. Hãy xem lại rồi quyết định."
            )


def _checked_chains(sheets, day):
    """The rule set of the chain in force on `day`, by which this body decides."""
    try:
        chains = ChainsOfDay(day)
        moved = chains.moved(sheets)
    except (NoChain, RuleSetError) as problem:
        raise NotAllowed(f"Không xác định được cấp quyết định ngày {day:%d/%m/%Y}: {problem}") from None
    if moved:
        words = "; ".join(f"{sheet.organisation}: {chains.name(chain)}" for sheet, chain in moved)
        raise DecidedElsewhere(
            f"Ngày {day:%d/%m/%Y} cấp quyết định là cấp khác ({words}), theo “{chains.rule_set.title}”. "
            "Hãy chuyển các bảng này đến cấp đó, hoặc kiểm tra lại ngày quyết định."
        )
    return chains.rule_set


def _set_levels(reviews, entry, codes):
    """Put the decided levels on the reviews; DecisionRefused for what may not be decided so."""
    problems = _graded_elsewhere(reviews)
    for review in reviews:
        if not review.is_due or not review.agreed_level:
            continue
        level = entry.levels.get(review.pk, review.intended_level)
        reason = entry.reasons.get(review.pk, review.planned_reason)
        if level not in codes:
            problems[review.pk] = "hãy chọn mức."
        elif level != review.proposed_level and not (reason or review.appraised_reason):
            problems[review.pk] = "quyết định khác mức chi bộ đề nghị thì phải ghi lý do."
        review.decided_level = level
        review.decided_reason = reason if level != review.proposed_level else ""
    if problems:
        raise DecisionRefused(problems)


def _graded_elsewhere(reviews):
    """Members who have a standing result of the year that this season did not give, or stand on two sheets."""
    year = reviews[0].sheet.season.year if reviews else None
    by_member, found = {}, {}
    for review in reviews:
        other = by_member.setdefault(review.member_id, review)
        if other is not review:
            for one, two in ((review, other), (other, review)):
                found[one.pk] = (
                    f"cũng có tên trong bảng của {two.sheet.organisation}; hãy trả lại bảng của chi bộ mà đồng chí "
                    "không còn sinh hoạt để cập nhật danh sách."
                )
    for grade in AnnualGrade.objects.of_year(year).filter(member__in=by_member).select_related("organisation"):
        words = f"đã có kết quả năm {year} do {grade.organisation} ghi ({grade.decision or 'không ghi số quyết định'})"
        found[by_member[grade.member_id].pk] = f"{words}; hãy hủy kết quả đó trước khi quyết định."
    return found


def _checked_caps(groups, reviews, entry):
    caps = groups.caps(groups.with_proposals([(review, review.decided_level) for review in reviews]))
    over = [part for part in caps if part.cap.is_over]
    enforcement = groups.season.cap_enforcement
    if not over or enforcement == CapEnforcement.OFF:
        return caps
    words = " ".join(part.over_words(groups.body) for part in over)
    fewer, cap = f"hãy giảm {sum(part.cap.to_move for part in over)} đảng viên", over[0].cap
    if enforcement == CapEnforcement.BLOCK:
        raise OverCap(cap, f"{words} Đợt này không cho quyết định vượt tỷ lệ: {fewer}.")
    if not entry.over_cap_reason:
        raise OverCap(cap, f"{words} H{fewer[1:]}, hoặc ghi lý do vượt tỷ lệ.")
    return caps


def _close_sheets(sheets, decision):
    for sheet in sheets:
        sheet.decision = decision
        sheet.version += 1
    RatingSheet.objects.bulk_update(sheets, ["state", "decision", "version"], BATCH)
    scored = Review.objects.filter(sheet__in=sheets, decided_points__isnull=False)
    scored.update(points=F("decided_points"), is_scored=True)


def _write_results(reviews):
    """One statement for all who have the same result: a committee decides a thousand people, of five results."""
    groups = defaultdict(list)
    for review in reviews:
        groups[review.decided_level, review.decided_reason, review.not_rated_reason].append(review.pk)
    for (level, reason, not_rated), some in groups.items():
        for part in chunks(some, BATCH):
            Review.objects.filter(pk__in=part).update(
                decided_level=level,
                decided_reason=reason,
                not_rated_reason=not_rated,
                planned_level="",
                planned_reason="",
            )


def _grades(reviews, book, season, decision, by):
    cells = {}
    for review in reviews:
        cells.setdefault(review.sheet_id, review.sheet.organisation_id)
    return [
        AnnualGrade(
            member_id=review.member_id,
            year=season.year,
            scale=book.scale.code,
            level=review.decided_level,
            not_rated_reason="" if review.decided_level else review.not_rated_reason or NotRated.OTHER,
            reason_text="" if review.decided_level else (review.reason or review.explanation)[:300],
            organisation_id=cells[review.sheet_id],
            decided_on=decision.decided_on,
            decision=f"{decision.number} ngày {decision.decided_on:%d/%m/%Y}",
            recorded_by=by,
        )
        for review in reviews
    ]


def _store(grades):
    """Put the results on file; one that was put there at the same moment, by an import or elsewhere, stops the act."""
    try:
        with transaction.atomic():
            AnnualGrade.objects.bulk_create(grades, BATCH)
    except IntegrityError as clash:
        raise NotAllowed(
            "Vừa có kết quả của cùng năm được ghi ở nơi khác cho một đảng viên trong các bảng này. Hãy tải lại trang."
        ) from clash


def _list_order(organisation):
    return organisation.position, organisation.pk


def _log_data(sheets, reviews, decision):
    counts = {}
    for review in reviews:
        result = review.decided_level or review.not_rated_reason
        counts[result] = counts.get(result, 0) + 1
    return {
        "number": decision.number,
        "date": f"{decision.decided_on:%d/%m/%Y}",
        "cells": [cell.name for cell in sorted({sheet.organisation for sheet in sheets}, key=_list_order)],
        "members": len(reviews),
        "counts": counts,
        "chain": decision.chain_set.code,
        "cap": decision.cap,
        "over_cap_reason": decision.over_cap_reason,
        "otherwise": [
            {"member": str(review.member_id), "level": review.decided_level, "reason": review.decided_reason}
            for review in reviews
            if review.decided_level and review.decided_level != review.proposed_level
        ],
    }
