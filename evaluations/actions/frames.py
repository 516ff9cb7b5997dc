"""A score frame: founded from the pattern of its appendix or a copy, edited while a draft, issued once and for all."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from cells.audit import record
from cells.models import Organisation
from config.lib.workflow import NotAllowed
from evaluations.enums import WITH_CELL, Appendix, FrameState
from evaluations.frames import frame_rules, nearest_frames, nodes_of, patterns, valid_frames
from evaluations.models import Criterion, OrganisationReview, RatingSheet, ScoreFrame, Season
from evaluations.models_frames import LOCAL
from evaluations.organisation_chains import chains_of, collective_frame
from evaluations.rules import number_text
from evaluations.rules.score_frame import ROOT_NAMES, ROOTS, frame_problems, has_points, root_maximum
from evaluations.season_rules import rule_book

MOST = 150  # criteria of one frame; a technical bound
FROZEN = (
    "Khung điểm không đổi khi đợt đã mở. Muốn khác, cấp ủy ghi lựa chọn ở trang Quy tắc trước khi mở đợt; "
    "khung mới dùng cho đợt sau."
)
CHANGED_SINCE = "Bản soạn vừa được người khác sửa sau khi đồng chí xem. Hãy xem lại khung điểm rồi ban hành."
CHANGED = "Khung này vừa được người khác sửa. Phần đồng chí ghi còn ở trang này; hãy xem lại rồi lưu lần nữa."


@dataclass(frozen=True)
class FrameEntry:
    """Of whom and for which appendix a frame is; `source` is copied, else the groups of the pattern are taken.

    `with_local_maxima` takes over how one place split the points (◇), where that is known.
    """

    organisation: Any
    rule_code: str
    appendix: str
    source: Any = None
    with_local_maxima: bool = False


@dataclass(frozen=True)
class Step:
    """What else to do with one criterion after the typed values are kept: add, remove, up, down, in or out."""

    verb: str
    criterion: int


@transaction.atomic
def found_frame(entry, *, on, by):
    """Begin a draft as the next version; NotAllowed for a cell, beside another draft, or where no points are given."""
    body = Organisation.objects.select_for_update().get(pk=entry.organisation.pk)
    if body.is_cell:
        raise NotAllowed("Khung điểm do cấp ủy ban hành, chi bộ không ban hành riêng. Hãy chọn đảng bộ.")
    rules = frame_rules(entry.rule_code, body, on)
    if not has_points(rules):
        raise NotAllowed("Bộ quy tắc này không chấm điểm nên không có khung điểm.")
    rows = ScoreFrame.objects.filter(organisation=body, rule_code=entry.rule_code, appendix=entry.appendix)
    if rows.drafts().exists():
        words = Appendix(entry.appendix).label
        raise NotAllowed(f"{body} đang có một bản soạn của {words}. Hãy soạn tiếp hoặc hủy bản đó trước.")
    frame = ScoreFrame.objects.create(
        organisation=body,
        rule_code=entry.rule_code,
        appendix=entry.appendix,
        version=(rows.aggregate(highest=Max("version"))["highest"] or 0) + 1,
        copied_from=entry.source,
        recorded_by=by,
    )
    if entry.source:
        _copy_criteria(entry.source, frame)
    else:
        _take_pattern(frame, rules, entry.with_local_maxima)
    data = {"appendix": frame.get_appendix_display(), "version": frame.version, "source": str(entry.source or "")}
    record("evaluations.found_frame", frame, by=by, data=data)
    return frame


def _take_pattern(frame, rules, with_maxima):
    pattern = patterns(frame.rule_code).get(frame.appendix)
    for place, root in enumerate(ROOTS):
        top = Criterion.objects.create(
            frame=frame, root=root, position=place, name=ROOT_NAMES[root], maximum=root_maximum(rules, root), mark="●"
        )
        groups = pattern.groups[root] if pattern else ()
        Criterion.objects.bulk_create(
            _group(frame, top, place, group, with_maxima) for place, group in enumerate(groups)
        )


def _group(frame, parent, position, group, with_maxima):
    maximum = group.maximum if with_maxima else None
    mark = LOCAL if maximum is not None else ""
    return Criterion(frame=frame, parent=parent, position=position, name=group.name, maximum=maximum, mark=mark)


def _copy_criteria(source, frame):
    """The same tree, level by level."""
    rows, copies = list(source.criteria.all()), {None: None}
    while waiting := [row for row in rows if row.pk not in copies and row.parent_id in copies]:
        for row in waiting:
            copies[row.pk] = Criterion.objects.create(
                frame=frame, parent=copies[row.parent_id], root=row.root, position=row.position, name=row.name,
                maximum=row.maximum, mark=row.mark,
            )  # fmt: skip


@transaction.atomic
def edit_frame(frame, *, revision, values, by, step=None):
    """Keep the typed names and maxima (`{criterion id: (name, maximum)}`) of a draft, then do one step with its tree.

    A draft may be incomplete and unbalanced; the roots belong to the regulation. NotAllowed when somebody else has
    changed the draft since it was read.
    """
    frame = _draft(frame)
    if frame.revision != revision:
        raise NotAllowed(CHANGED)
    rows = {row.pk: row for row in frame.criteria.select_for_update()}
    changes = _write_values(rows, values)
    if step:
        changes.append(_take_step(frame, rows, step))
    if changes:
        frame.revision += 1
        frame.save(update_fields=["revision"])
        record("evaluations.edit_frame", frame, by=by, data={"changes": changes, "number": len(changes)})
    return frame


def _draft(frame):
    """The frame locked, while it may be changed."""
    frame = ScoreFrame.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=frame.pk)
    if not frame.is_draft:
        raise NotAllowed("Khung đã ban hành hoặc đã hủy thì không sửa được. Hãy soạn bản mới.")
    return frame


def _write_values(rows, values):
    changed = []
    for key, (name, maximum) in values.items():
        row = rows.get(key)
        if row is None or row.root or (row.name, row.maximum) == (name, maximum):
            continue
        if row.maximum != maximum:
            row.mark = ""  # now the committee's own
        row.name, row.maximum = name, maximum
        row.save(update_fields=["name", "maximum", "mark"])
        changed.append(f"{name}: {_written(maximum)}")
    return changed


def _written(maximum):
    return "chưa ghi điểm" if maximum is None else f"{number_text(maximum)} điểm"


def _take_step(frame, rows, step):
    row = rows.get(step.criterion)
    if row is None:
        raise NotAllowed("Mục này không còn trong khung. Hãy tải lại trang.")
    if step.verb == "add":
        return _add_below(frame, rows, row)
    if row.root:
        raise NotAllowed("Hai nhóm gốc do Quy định đặt ra (Điều 10) nên không xóa, không chuyển được.")
    return STEPS[step.verb](rows, row)


def _add_below(frame, rows, row):
    if len(rows) >= MOST:
        raise NotAllowed(f"Khung đã có {MOST} mục, nhiều hơn nữa thì không chấm được. Hãy gộp bớt.")
    siblings = _children(rows, row.pk)
    Criterion.objects.create(frame=frame, parent=row, name="", position=siblings[-1].position + 1 if siblings else 0)
    return f"thêm mục vào “{row.name}”"


def _children(rows, parent_id):
    found = [row for row in rows.values() if row.parent_id == parent_id]
    return sorted(found, key=lambda row: (row.position, row.pk))


def _remove(rows, row):
    if _children(rows, row.pk):
        raise NotAllowed(f"“{row.name}” còn mục con. Hãy xóa hoặc chuyển các mục con trước.")
    row.delete()
    return f"xóa “{row.name}”, {_written(row.maximum)}"


def _up(rows, row):
    return _swap(rows, row, -1)


def _down(rows, row):
    return _swap(rows, row, 1)


def _swap(rows, row, by):
    siblings = _children(rows, row.parent_id)
    place = siblings.index(row) + by
    if 0 <= place < len(siblings):
        siblings.remove(row)
        siblings.insert(place, row)
        _number(siblings)
    return f"chuyển “{row.name}” {'lên' if by < 0 else 'xuống'}"


def _number(siblings):
    for place, row in enumerate(siblings):
        row.position = place
    Criterion.objects.bulk_update(siblings, ["position"])


def _into(rows, row):
    siblings = _children(rows, row.parent_id)
    place = siblings.index(row)
    if place == 0:
        raise NotAllowed(f"Trước “{row.name}” không có mục nào cùng cấp để làm mục con.")
    return _hang(rows, row, siblings[place - 1])


def _out(rows, row):
    parent = rows[row.parent_id]
    if parent.root:
        raise NotAllowed(f"“{row.name}” đã ở cấp ngoài cùng của nhóm.")
    return _hang(rows, row, rows[parent.parent_id])


def _hang(rows, row, parent):
    last = _children(rows, parent.pk)
    row.parent, row.position = parent, last[-1].position + 1 if last else 0
    row.save(update_fields=["parent", "position"])
    return f"chuyển “{row.name}” vào “{parent.name}”"


STEPS = {"remove": _remove, "up": _up, "down": _down, "in": _into, "out": _out}
VERBS = ("add", *STEPS)


@transaction.atomic
def issue_frame(frame, *, number, issued_on, revision, by):
    """Issue a draft that is whole under the document of its committee; from now on it never changes.

    `revision` is that of the draft which the person saw.
    """
    frame = _draft(frame)
    if frame.revision != revision:
        raise NotAllowed(CHANGED_SINCE)
    nodes = nodes_of(frame.criteria.all())
    problems = frame_problems(frame_rules(frame.rule_code, frame.organisation, issued_on), nodes)
    if problems:
        raise NotAllowed(f"Chưa ban hành được, còn {len(problems)} chỗ: {problems[0].message}")
    if not number:
        raise NotAllowed("Hãy ghi số văn bản ban hành khung điểm.")
    frame.state, frame.number, frame.issued_on = FrameState.ISSUED, number, issued_on
    frame.save(update_fields=["state", "number", "issued_on"])
    data = {"number": number, "date": f"{issued_on:%d/%m/%Y}", "criteria": len(nodes)}
    record("evaluations.issue_frame", frame, by=by, data=data)
    return frame


@transaction.atomic
def void_frame(frame, *, reason, by):
    """Give up a draft; it stays readable with the reason."""
    frame = _draft(frame)
    frame.void(reason, by)
    record("evaluations.void_frame", frame, by=by, data={"reason": reason})
    return frame


@transaction.atomic
def take_frames(season, *, by):
    """Let cells that have given no points yet take frames issued since the season opened; what is scored stays.

    NotAllowed unless the committee chose, before it opened the season, that frames are not frozen then.
    """
    # sheets before their season, as deciding does: whoever is giving points comes first or finds the new frame
    sheets = list(season.sheets.select_for_update(of=("self",)).filter(state__in=WITH_CELL).order_by("pk"))
    season = Season.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=season.pk)
    if not season.is_open:
        raise NotAllowed("Đợt xếp loại đã đóng nên không lấy khung điểm khác được nữa.")
    if rule_book(season).rules.score_frame.frame_frozen_when_season_open is not False:
        raise NotAllowed(FROZEN)
    frames = valid_frames(season.organisation, season.rule_code, season.reference_date)
    unscored = season.sheets.filter(pk__in=[sheet.pk for sheet in sheets])
    changed = []
    for sheet in unscored.exclude(reviews__criterion_points__isnull=False).select_related("organisation"):
        found = nearest_frames(frames, sheet.organisation.ancestor_ids()[::-1])
        if found != sheet.frames:
            sheet.frames = found
            changed.append(sheet)
    RatingSheet.objects.bulk_update(changed, ["frames"], 100)
    season.frames.add(*frames)
    collectives = _collectives_take(season)
    data = {"cells": len(changed), "frames": len(frames), "collectives": collectives}
    record("evaluations.take_frames", season, by=by, data=data)
    return changed


def _collectives_take(season):
    """Own ratings of organisations without any points take the frame that is nearest now; how many did."""
    frames = list(season.frames.filter(appendix=Appendix.PL1).order_by("version"))
    unscored = season.organisation_reviews.unsent().filter(general_points=None, results_points=None)
    above = {chain.organisation: chain.above for chain in chains_of(season)} if frames else {}
    taking = []
    for review in unscored.filter(criterion_points=None):
        found = collective_frame(frames, above.get(review.organisation_id, ()))
        if found and found != review.frame_id:
            review.frame_id = found
            taking.append(review)
    OrganisationReview.objects.bulk_update(taking, ["frame"], 500)
    return len(taking)
