"""What stands about a result after its decision: its versions, who may give it anew, its group, its complaints."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from cells.permissions import Permission
from evaluations.cap_groups import CapGroups
from evaluations.enums import NotRated, SheetState
from evaluations.models import Complaint, RatingSheet, ReRating, Review, Season
from evaluations.workflow import may_take
from members.rules import Level

NAMED = 5  # people whom a sentence names


@dataclass(frozen=True)
class Version:
    """One result of the member: by which decision, entered by whom and when, and whether it still holds."""

    level: Level | None
    words: str
    decision: str
    body: str
    decided_on: date
    reason: str
    recorded_by: str
    recorded_at: datetime
    stands: bool
    rerating: ReRating | None = None
    may_void: bool = False

    @property
    def is_voided(self):
        return self.rerating is not None and self.rerating.voided_at is not None


@dataclass(frozen=True)
class AfterDecision:
    """What a page says about a decided result; who does not `hear` of complaints never learns of one."""

    versions: list[Version]
    bodies: list
    hears: bool
    open_complaint: bool

    @property
    def standing(self):
        return next(each for each in self.versions if each.stands)


def after_decision(review, sheet, scale, user):
    """The versions of a decided result, the first one first, and what `user` may do; None before a decision.

    `sheet` comes `with_decision()`, `review` `with_later()`.
    """
    if sheet.state != SheetState.DECIDED:
        return None
    hears = user.may(Permission.RATINGS_DECIDE, sheet.decider)
    return AfterDecision(
        versions=_versions(review, sheet, scale, user),
        bodies=rerating_bodies(user, sheet),
        hears=hears,
        open_complaint=hears and review.has_open_complaint,
    )


def _versions(review, sheet, scale, user):
    rows = list(review.re_ratings.select_related("organisation", "recorded_by", "voided_by"))
    decision = sheet.decision
    last = next((row for row in reversed(rows) if row.voided_at is None), None)
    first = Version(
        **_result(scale, *first_result(review, rows)),
        decision=decision.number,
        body=str(decision.organisation),
        decided_on=decision.decided_on,
        reason=rows[0].before_reason if rows else review.decided_reason,
        recorded_by=str(decision.decided_by),
        recorded_at=decision.decided_at,
        stands=last is None,
    )
    return [first, *(_version(row, last, sheet, scale, user) for row in rows)]


def _version(row, last, sheet, scale, user):
    return Version(
        **_result(scale, row.after_level, row.after_not_rated),
        decision=row.number,
        body=str(row.organisation),
        decided_on=row.decided_on,
        reason=row.reason,
        recorded_by=str(row.recorded_by),
        recorded_at=row.recorded_at,
        stands=row == last,
        rerating=row,
        may_void=row == last and may_rerate(user, sheet, row.organisation),
    )


def _result(scale, code, not_rated):
    level = next((each for each in scale.levels if each.code == code), None)
    return {"level": level, "words": result_words(scale, code, not_rated)}


def result_words(scale, code, not_rated):
    """A result in words: the name of its level, or that there is none and why."""
    level = next((each for each in scale.levels if each.code == code), None)
    if level:
        return level.name
    known = NotRated(not_rated).label.lower() if not_rated in NotRated.values else not_rated
    return f"Không xếp loại: {known}" if known else "Không xếp loại"


def first_result(review, rows):
    """(level, reason why none) as first decided; `rows` are all re-ratings of the review, voided ones too."""
    if rows:
        return rows[0].before_level, rows[0].before_not_rated
    return review.decided_level, review.not_rated_reason


def latest_by_review(sheet):
    """By review the decision that gave the standing result, where that is not the first one."""
    rows = ReRating.objects.standing().filter(review__sheet=sheet).select_related("organisation")
    return {row.review_id: f"Quyết định số {row} của {row.organisation}" for row in rows}


def as_first_decided(reviews, decision):
    """The reviews of a decision with the results that it gave, whatever was decided later."""
    later = {}
    for row in ReRating.objects.filter(review__sheet__decision=decision):
        later.setdefault(row.review_id, []).append(row)
    found = list(reviews)
    for review in found:
        review.decided_level, review.not_rated_reason = first_result(review, later.get(review.pk, []))
    return found


# --- who


def rerating_bodies(user, sheet):
    """The bodies for which `user` may give a result anew: the one that decided, the one directly above it."""
    above = sheet.decider.parent
    return [body for body in (sheet.decider, above) if body and may_rerate(user, sheet, body)]


def may_rerate(user, sheet, body):
    """Whether `user` is of that body: of the deciding one as for deciding, of another by the right to decide there."""
    if body.pk == sheet.decider_id:
        return may_take(user, "decide", sheet)
    return user.may(Permission.RATINGS_DECIDE, body)


# --- the group under the cap


def caps_with(review, sheet, level, book):
    """The member's group under the cap as it is, and as it would be with `level` for him."""
    groups = CapGroups(sheet.season, sheet.decider, book)
    counted, key = groups.decided(), groups.key(review)
    changed = counted - Counter([(key, review.decided_level)]) + Counter([(key, level)])
    return groups.cap(key, counted), groups.cap(key, changed)


# --- for the actions


def locked_review(review):
    """(sheet, review), locked in the order in which deciding locks: sheet, season, review."""
    rows = RatingSheet.objects.select_for_update(of=("self",))
    rows = rows.select_related("season__organisation", "organisation", "decider__parent", "decision")
    sheet = rows.get(pk=review.sheet_id)
    Season.objects.select_for_update().get(pk=sheet.season_id)
    found = Review.objects.select_for_update(of=("self",)).select_related("member").get(pk=review.pk)
    found.sheet = sheet
    return sheet, found


def open_complaints(season):
    """The sentence that names complaints of a season without an answer; empty when there are none."""
    rows = Complaint.objects.unanswered().filter(review__sheet__season=season)
    found = list(rows.select_related("review__member", "review__sheet__organisation"))
    if not found:
        return ""
    people = "; ".join(f"{row.review.member}, {row.review.sheet.organisation}" for row in found[:NAMED])
    more = f" và {len(found) - NAMED} khiếu nại khác" if len(found) > NAMED else ""
    return (
        f"Còn {len(found)} khiếu nại về xếp loại chưa trả lời ({people}{more}) nên chưa đóng đợt được. "
        "Hãy ghi trả lời từng khiếu nại trước."
    )
