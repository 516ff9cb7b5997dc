"""The written self-reviews of a cell: typed from paper, handed in, opened again; while the sheet is with the cell.

What somebody wrote stands on its page and nowhere in the log.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from cells.audit import record
from config.lib.workflow import NotAllowed
from evaluations.enums import Outcome, PointSet, WrittenState
from evaluations.models import WrittenReview
from evaluations.rules import empty_sections
from evaluations.rules.score_frame import GENERAL, RESULTS
from evaluations.score_appendices import proposal_of
from evaluations.score_totals import TOTALS, kept_groups, refuse_wrong, sum_up
from evaluations.scores import given, person_of
from evaluations.season_rules import rule_book
from evaluations.sheets_locked import locked_review, locked_sheet
from evaluations.written_facts import form_of, proposed_groups
from evaluations.written_fields import OWN_LEVEL, ROOTS, merge, write_values, written_values
from evaluations.written_page import layout_for


@dataclass(frozen=True)
class WrittenEdit:
    """Typed values by field, and the digests of what the page had shown in them."""

    values: dict[str, Any]
    seen: dict[str, str] = field(default_factory=dict)


class WrittenIncomplete(NotAllowed):
    """A self-review cannot be handed in yet; `gaps` say what is missing."""

    def __init__(self, gaps):
        super().__init__(f"Chưa nộp được: {'; '.join(gaps)}.")
        self.gaps = gaps


SAVED = ["texts", "degrees", "group", "form", "written_on", "on_paper", "own_general", "own_results", "staff_level",
         "version", "changed_at", "changed_by"]  # fmt: skip
HANDED = ["state", "handed_in_at", "handed_in_by", "version", "changed_at", "changed_by"]


@transaction.atomic
def save_written(review, *, edit, by):
    """Write what was typed over what the page had seen; the fields that somebody else changed meanwhile, unwritten."""
    sheet, review = locked_review(review)
    book, written = rule_book(sheet.season), _written(sheet, review, by)
    if written.is_handed_in:
        raise NotAllowed("Bản kiểm điểm đã nộp nên không sửa được. Hãy bấm “Mở lại để sửa” trước.")
    score = person_of(sheet, review, book, proposal_of(written, book))
    stored = written_values(written, review, layout_for(written, book), score)
    typed = {name: value for name, value in edit.values.items() if name in stored}
    changes, clashes = merge(stored, typed, edit.seen)
    if not changes:
        return clashes
    write_values(written, changes)
    written.form = form_of(written.group, book)
    replaced = _score_groups(score, changes, book, by)
    _save(written, SAVED, by)
    _follow(review, changes, by)
    data = {"form": written.form, "fields": sorted(changes), **replaced}
    record("evaluations.save_written", written, by=by, organisation=sheet.organisation, data=data)
    return clashes


def _written(sheet, review, by):
    """The self-review of a member, or a new one of the group that his record proposes."""
    written = WrittenReview.objects.filter(season=sheet.season, member=review.member).first()
    if written or review.outcome != Outcome.OUTSIDE:
        return written or _begun(sheet, review, by)
    raise NotAllowed(f"Đồng chí {review.member} không thuộc đối tượng kiểm điểm năm nay ({review.explanation}).")


def _begun(sheet, review, by):
    book, season = rule_book(sheet.season), sheet.season
    proposed = proposed_groups([review], book.rules.review_forms, season.reference_date)[review.member_id]
    form = form_of(proposed.group, book)
    return WrittenReview(season=season, member=review.member, group=proposed.group, form=form, changed_by=by)


def _save(written, fields, by):
    written.changed_at, written.changed_by = timezone.now(), by
    if written._state.adding:
        written.save(force_insert=True)
        return
    written.version += 1
    written.save(update_fields=fields)


def _score_groups(score, changes, book, by):
    """Keep typed points of the two groups where the scoring page and the sheet read them; what they take the place of.

    Points that an earlier version kept with the self-review go over with the first that are typed, unless they differ
    from others that are stored: then a person chooses.
    """
    if not ROOTS.keys() & changes.keys():
        return {}
    own, row = score.own, score.row
    points = given(row, PointSet.OWN) or _kept_points(score)
    points |= {root: changes[name] for name, root in ROOTS.items() if name in changes}
    points = {root: value for root, value in points.items() if value is not None}
    refuse_wrong(score.name, book.rules.score_frame, score.tree, points)
    replaced = {"replaced": str(own.total)} if own.total is not None and not row.own else {}
    if score.proposal.written and not own.differing:
        score.proposal.written.own_general = score.proposal.written.own_results = None
    row.own = {root: str(value) for root, value in points.items()}
    sum_up(score, PointSet.OWN)
    row.version += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    return replaced


def _kept_points(score):
    kept = kept_groups(score.proposal.written)
    return {} if kept is None else {GENERAL: kept.general, RESULTS: kept.results}


def _follow(review, changes, by):
    """The level and the points that the member claims stand on his review, where the sheet reads them."""
    fields = []
    if OWN_LEVEL in changes:
        review.own_level = changes[OWN_LEVEL]
        fields.append("own_level")
    if ROOTS.keys() & changes.keys():
        fields += TOTALS
    if fields:
        review.version += 1
        review.changed_at, review.changed_by = timezone.now(), by
        review.save(update_fields=[*fields, "version", "changed_at", "changed_by"])


@transaction.atomic
def hand_in_written(review, *, by):
    """Take a self-review as handed in: dated, and whole unless the signed paper is kept by the cell."""
    sheet, review = locked_review(review)
    written = WrittenReview.objects.filter(season=sheet.season, member=review.member).first()
    if written is None:
        raise WrittenIncomplete(["chưa ghi gì"])
    if written.is_handed_in:
        raise NotAllowed("Bản kiểm điểm này đã được nộp trước đó.")
    if gaps := _gaps(written, review, rule_book(sheet.season)):
        raise WrittenIncomplete(gaps)
    _hand_in(written, by)
    data = {"form": written.form, "written_on": f"{written.written_on:%d/%m/%Y}", "on_paper": written.on_paper}
    record("evaluations.hand_in_written", written, by=by, organisation=sheet.organisation, data=data)
    return written


def _gaps(written, review, book):
    gaps = [] if written.written_on else ["chưa ghi ngày viết"]
    if written.on_paper:
        return gaps
    gaps += empty_sections(layout_for(written, book), written.texts, written.degrees)
    if review.is_due and not review.own_level and not review.reason:
        gaps.append("chưa chọn mức tự nhận")
    return gaps


def _hand_in(written, by):
    written.state, written.handed_in_at, written.handed_in_by = WrittenState.HANDED_IN, timezone.now(), by
    _save(written, [*SAVED, *HANDED], by)


@transaction.atomic
def reopen_written(review, *, by):
    """Open a self-review that was handed in, to correct it."""
    sheet, review = locked_review(review)
    written = WrittenReview.objects.filter(season=sheet.season, member=review.member).first()
    if written is None or not written.is_handed_in:
        raise NotAllowed("Bản kiểm điểm này chưa nộp nên không cần mở lại.")
    written.state, written.handed_in_at, written.handed_in_by = WrittenState.DRAFT, None, None
    _save(written, HANDED, by)
    record("evaluations.reopen_written", written, by=by, organisation=sheet.organisation, data={"form": written.form})
    return written


@transaction.atomic
def receive_papers(sheet, *, reviews, written_on, by):
    """Take the signed papers of several members as handed in on one day; those handed in already stay as they are."""
    sheet = locked_sheet(sheet)
    rows = sheet.reviews.select_related("member").filter(pk__in=reviews).exclude(outcome=Outcome.OUTSIDE)
    rows, book = list(rows), rule_book(sheet.season)
    there = WrittenReview.objects.of_members(sheet.season, [row.member_id for row in rows])
    known = {written.member_id: written for written in there}
    proposed = proposed_groups(rows, book.rules.review_forms, sheet.season.reference_date)
    taken = []
    for row in rows:
        group = proposed[row.member_id].group
        written = known.get(row.member_id) or WrittenReview(
            season=sheet.season, member=row.member, group=group, form=form_of(group, book), changed_by=by
        )
        if not written.is_handed_in:
            written.on_paper, written.written_on = True, written_on
            _hand_in(written, by)
            taken.append(str(row.member_id))
    if not taken:
        raise NotAllowed("Hãy đánh dấu ít nhất một đồng chí chưa nộp bản kiểm điểm.")
    data = {"number": len(taken), "written_on": f"{written_on:%d/%m/%Y}", "members": taken}
    record("evaluations.receive_papers", sheet, by=by, data=data)
    return taken
