"""The decision of a body on organisations below it: levels on file, the cap of each group; correcting and voiding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from cells.trees import tree_on
from config.lib.rulesets import RuleSetError
from config.lib.workflow import NotAllowed
from evaluations.actions.decisions import OverCap
from evaluations.cap_groups import is_raised
from evaluations.chains import chain_set_of
from evaluations.enums import CapEnforcement, OrganisationNotRated, OrganisationState
from evaluations.models import OrganisationDecision, OrganisationGrade, OrganisationReview, Season
from evaluations.organisation_chains import organisation_chains
from evaluations.organisation_deciding import group_caps
from evaluations.rules import NoChain
from evaluations.season_rules import rule_book
from evaluations.workflow import ORGANISATION_RATING

CHANGED = "bản tự xếp loại đã được sửa hoặc gửi lại sau khi mở trang này. Hãy xem lại rồi quyết định."


@dataclass(frozen=True)
class Verdict:
    """What a body decides about one organisation; an empty level is "không xếp loại"."""

    level: str
    reason: str = ""
    is_exemplary: bool = False


@dataclass(frozen=True)
class OrganisationDecisionEntry:
    """The decision: of which body, its number and day, a verdict by review id, versions that it was made upon."""

    organisation: Any
    number: str
    decided_on: date
    verdicts: Mapping[Any, Verdict] = field(default_factory=dict)
    over_cap_reason: str = ""
    versions: Mapping[Any, int] = field(default_factory=dict)


class OrganisationsRefused(NotAllowed):
    """Lines that cannot be decided so; `problems` maps review ids to words."""

    def __init__(self, problems):
        super().__init__(f"Chưa quyết định được: {len(problems)} tổ chức đảng cần xem lại.")
        self.problems = problems


@transaction.atomic
def decide_organisations(reviews, *, entry, by):
    """Decide organisations of one body in one act: results on file, one log entry.

    OverCap stops a group over the limit until a reason is given, or wholly, as the season is set; OrganisationsRefused
    names lines decided otherwise than proposed without a reason, and those whose deciding body is another on that day.
    """
    season, reviews = _locked(reviews)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng. Kết quả đã có thì xếp loại lại ở trang của tổ chức đảng.")
    for review in reviews:
        ORGANISATION_RATING.move(review, "decide_organisations")
    book = rule_book(season)
    _check_entry(entry)
    problems = _problems(reviews, entry, book) | _elsewhere(reviews, entry)
    if problems:
        raise OrganisationsRefused(problems)
    chosen = [(review.group, entry.verdicts[review.pk].level) for review in reviews]
    caps = _checked_caps(season, book, entry, chosen)
    decision = _decision(season, entry, caps, by, chain_set=chain_set_of(entry.decided_on))
    OrganisationGrade.objects.bulk_create([_grade(each, entry, decision, book, by) for each in reviews], 500)
    for review in reviews:
        review.decider = entry.organisation  # under whose cap it counts, whoever gives the result anew
    _touch(reviews, by)
    record("evaluations.decide_organisations", decision, by=by, data=_log_data(reviews, entry, decision))
    return decision


@transaction.atomic
def rerate_organisation(review, *, entry, by):
    """Void the standing result of an organisation and give another, in a closed season too (366-QĐ/TW, khoản 15.3).

    NotAllowed for a body that neither decided nor stands directly above it, and without a reason; OverCap where the
    group of the body that decided would be further over the cap than it is, until there is a reason.
    """
    season, [review] = _locked([review])
    verdict = entry.verdicts[review.pk]
    before = _standing(review)
    _check_again(review, before, entry, verdict)
    book = rule_book(season)
    if problems := _problems([review], entry, book):
        raise NotAllowed(" ".join(problems.values()).capitalize())
    caps = _checked_anew(review, before, entry, book)
    decision = _decision(season, entry, caps, by)
    before.void(f"Xếp loại lại theo quyết định số {decision}: {verdict.reason}", by)
    grade = _grade(review, entry, decision, book, by)
    grade.save(force_insert=True)
    _touch([review], by)
    data = {"number": entry.number, "date": f"{entry.decided_on:%d/%m/%Y}", "reason": verdict.reason}
    levels = {"before": before.level or before.not_rated_reason, "after": grade.level or grade.not_rated_reason}
    record("evaluations.rerate_organisation", review, by=by, data=data | levels)
    return grade


@transaction.atomic
def void_organisation_grade(review, *, reason, by):
    """Void a result that was entered wrongly; the organisation waits for its decision again."""
    season, [review] = _locked([review])
    if not season.is_open:
        raise NotAllowed("Đợt đã đóng nên không hủy kết quả được nữa. Hãy xếp loại lại bằng quyết định mới.")
    ORGANISATION_RATING.move(review, "void_organisation_grade")
    before = _standing(review)
    before.void(reason, by)
    _touch([review], by)
    data = {"level": before.level or before.not_rated_reason, "number": before.decision.number, "reason": reason}
    record("evaluations.void_organisation_grade", review, by=by, data=data)
    return before


def _locked(reviews):
    """(season, reviews), both locked: decisions of one body wait for each other, its groups are counted over all."""
    rows = OrganisationReview.objects.filter(pk__in=[review.pk for review in reviews]).in_list_order()
    first = rows.values_list("season", flat=True).first()
    if first is None:
        raise NotAllowed("Hãy chọn ít nhất một tổ chức đảng để quyết định.")
    season = Season.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=first)
    found = list(rows.select_for_update(of=("self",)).select_related("organisation", "decider__parent"))
    if any(each.season_id != season.pk for each in found):
        raise NotAllowed("Một quyết định chỉ gồm các tổ chức đảng của cùng một đợt.")
    for review in found:
        review.season = season
    return season, found


def _check_entry(entry):
    if not entry.number:
        raise NotAllowed("Hãy ghi số quyết định.")


def _problems(reviews, entry, book):
    """What stands against a verdict, by review id."""
    levels = [level.code for level in book.organisation_scale.levels]
    found = {}
    for review in reviews:
        verdict = entry.verdicts.get(review.pk)
        if entry.versions.get(review.pk, review.version) != review.version:
            found[review.pk] = CHANGED
        elif verdict is None or (verdict.level and verdict.level not in levels):
            found[review.pk] = "hãy chọn mức."
        elif verdict.level != review.agreed_level and not verdict.reason:
            found[review.pk] = "quyết định khác mức đề nghị thì phải ghi lý do."
        elif verdict.is_exemplary and verdict.level != levels[0]:
            found[review.pk] = "tiêu biểu chỉ ghi thêm cho mức cao nhất."
        elif review.held_on and entry.decided_on < review.held_on:
            found[review.pk] = f"ngày quyết định trước ngày họp của tổ chức đảng ({review.held_on:%d/%m/%Y})."
    return found


def _elsewhere(reviews, entry):
    """Organisations on which, by the tree and the rules of the day of the decision, another body decides."""
    tree = tree_on(entry.decided_on)
    there = [each.organisation_id for each in reviews if each.organisation_id in tree.nodes]
    try:
        chains = {each.organisation: each for each in organisation_chains(tree, there, entry.decided_on)}
    except (NoChain, RuleSetError) as problem:
        raise NotAllowed(f"Không xác định được cấp quyết định ngày {entry.decided_on:%d/%m/%Y}: {problem}") from None
    graded = OrganisationGrade.objects.of_year(reviews[0].season.year).filter(organisation__in=there)
    known = set(graded.values_list("organisation", flat=True))
    found = {}
    for review in reviews:
        chain = chains.get(review.organisation_id)
        if chain is None or chain.decider != entry.organisation.pk:
            name = tree[chain.decider].name if chain and chain.decider else "không có trong cây tổ chức"
            day = f"{entry.decided_on:%d/%m/%Y}"
            found[review.pk] = f"ngày {day} cấp quyết định là: {name} (mục 3 Hướng dẫn 43-HD/BTCTW)."
        elif review.organisation_id in known:
            found[review.pk] = f"đã có kết quả năm {review.season.year}; hãy hủy kết quả đó trước."
    return found


def _checked_caps(season, book, entry, chosen):
    body = entry.organisation
    caps = group_caps(season, body, book, chosen, raised=is_raised(season, body))
    over = [each for each in caps if each.cap.is_over]
    explained = season.cap_enforcement == CapEnforcement.WARN and entry.over_cap_reason
    if not over or explained or season.cap_enforcement == CapEnforcement.OFF:
        return caps
    cap = over[0].cap
    words = _over_words(over, body)
    if season.cap_enforcement == CapEnforcement.BLOCK:
        raise OverCap(cap, f"{words} Đợt này không cho quyết định vượt tỷ lệ: hãy giảm {cap.to_move} tổ chức.")
    raise OverCap(cap, f"{words} Hãy giảm {cap.to_move} tổ chức, hoặc ghi lý do vượt tỷ lệ.")


def _over_words(caps, body):
    words = " ".join(f"{each.name}: {each.cap.arithmetic} ({each.cap.article})." for each in caps)
    return f"Vượt tỷ lệ tổ chức đảng xếp mức cao nhất của {body}. {words}"


def _checked_anew(review, before, entry, book):
    """The cap with the new level, at the body that first decided; the rule is that of members (`reratings`).

    What makes an excess larger needs a reason; one more of the best level may be stopped wholly.
    """
    season, body, level = review.season, review.decider, entry.verdicts[review.pk].level
    [now], [then] = (
        group_caps(season, body, book, [(review.group, each)], raised=is_raised(season, body), without=(before.pk,))
        for each in (before.level, level)
    )
    enforcement = season.cap_enforcement
    if then.cap.over_by <= max(now.cap.over_by, 0) or enforcement == CapEnforcement.OFF:
        return [then]
    words = _over_words([then], body)
    if enforcement == CapEnforcement.BLOCK and level == book.organisation_scale.levels[0].code:
        raise OverCap(then.cap, f"{words} Đợt này không cho quyết định vượt tỷ lệ.")
    if not entry.over_cap_reason:
        raise OverCap(then.cap, f"{words} Hãy ghi lý do vượt tỷ lệ.")
    return [then]


def _decision(season, entry, caps, by, *, chain_set=None):
    over = any(each.cap.is_over for each in caps)
    return OrganisationDecision.objects.create(
        season=season,
        organisation=entry.organisation,
        number=entry.number,
        decided_on=entry.decided_on,
        chain_set=chain_set,
        caps=[each.data for each in caps],
        over_cap_reason=entry.over_cap_reason if over else "",
        decided_by=by,
    )


def _grade(review, entry, decision, book, by):
    verdict = entry.verdicts[review.pk]
    return OrganisationGrade(
        organisation_id=review.organisation_id,
        year=review.season.year,
        group=review.group,
        scale=book.organisation_scale.code,
        level=verdict.level,
        not_rated_reason="" if verdict.level else review.not_rated_reason or OrganisationNotRated.OTHER,
        is_exemplary=verdict.is_exemplary,
        reason=verdict.reason,
        review=review,
        decision=decision,
        recorded_by=by,
    )


def _touch(reviews, by):
    """Count the versions of reviews on which a body acted."""
    now = timezone.now()
    for review in reviews:
        review.version += 1
        review.changed_at, review.changed_by = now, by
    OrganisationReview.objects.bulk_update(reviews, ["state", "decider", "version", "changed_at", "changed_by"], 500)


def _standing(review):
    rows = OrganisationGrade.objects.standing().select_for_update(of=("self",)).select_related("decision")
    grade = rows.filter(review=review).first()
    if grade is None:
        raise NotAllowed("Tổ chức đảng này chưa có kết quả đang có hiệu lực. Hãy tải lại trang.")
    return grade


def _check_again(review, before, entry, verdict):
    _check_entry(entry)
    if review.state != OrganisationState.DECIDED:
        raise NotAllowed("Tổ chức đảng này chưa có quyết định nên chưa xếp loại lại được.")
    first = before.decision.organisation
    if entry.organisation.pk not in (review.decider_id, review.decider.parent_id, first.pk):
        raise NotAllowed(f"Chỉ {review.decider} hoặc cấp ủy trên trực tiếp được xếp loại lại (366-QĐ/TW, Điều 13).")
    if not verdict.reason:
        raise NotAllowed("Hãy ghi lý do xếp loại lại.")
    if entry.decided_on < before.decision.decided_on:
        raise NotAllowed(
            f"Ngày quyết định trước ngày của quyết định đang có hiệu lực ({before.decision.decided_on:%d/%m/%Y})."
        )
    if (verdict.level, verdict.is_exemplary) == (before.level, before.is_exemplary):
        raise NotAllowed("Kết quả xếp loại lại giống kết quả đang có; không có gì thay đổi.")


def _log_data(reviews, entry, decision):
    return {
        "number": decision.number,
        "date": f"{decision.decided_on:%d/%m/%Y}",
        "organisations": len(reviews),
        "results": [
            {"organisation": review.organisation.name, "level": entry.verdicts[review.pk].level,
             "exemplary": entry.verdicts[review.pk].is_exemplary, "reason": entry.verdicts[review.pk].reason}
            for review in reviews
        ],
        "caps": decision.caps,
        "over_cap_reason": decision.over_cap_reason,
    }  # fmt: skip
