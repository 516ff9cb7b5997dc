"""What a change of the tree does to the ratings of open seasons.

A result that was decided stays where it was decided. What is not decided yet follows the tree, as far as nobody has to
be asked again: a sheet that is still with its cell goes the way of the new tree from now on, and the members of a cell
that ends are rated where they go, if their old cell had not begun. Where a meeting was held or a body above has the
sheet, the votes belong to the body that cast them: such a change waits until the sheet is decided or given back.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db.models import Q

from cells.changes.undoing import new_ids
from cells.enums import TreeAct
from cells.models import Organisation
from cells.ports import Touched, TreePort
from cells.trees import tree_on
from config.lib.rulesets import RuleSetError
from evaluations import organisations_in_tree
from evaluations.chains import chains_below
from evaluations.enums import WITH_CELL, SheetState
from evaluations.frames import nearest_frames
from evaluations.models import RatingSheet, Review, Season
from evaluations.removals_in_tree import follow_removals, give_back_removals
from evaluations.rules import NoChain
from evaluations.screening_in_tree import follow_screening, give_back
from members.models import AnnualGrade

CHANGES_NOTHING = [TreeAct.ADD, TreeAct.ARRIVE, TreeAct.RENAME]  # for who is rated where, and by whom
ROW = ("id", "sheet_id", "member_id", "outcome", "outcome_reason", "explanation", "not_rated_reason")


def touched(organisation_ids, on):
    """Sheets of open seasons that nobody has decided yet."""
    return [
        Touched(_open_sheets().filter(organisation__in=organisation_ids).count(), "bảng xếp loại chưa quyết định"),
        Touched(
            organisations_in_tree.open_reviews().filter(organisation__in=organisation_ids).count(),
            "tổ chức đảng chưa quyết định xếp loại",
        ),
    ]


def _open_sheets():
    return RatingSheet.objects.filter(season__in=Season.objects.open()).exclude(state=SheetState.DECIDED)


def lock():
    """Lock undecided sheets, then open seasons, as deciding does; ratings of organisations wait for their season."""
    list(_open_sheets().select_for_update().order_by("pk").values_list("pk", flat=True))
    list(Season.objects.open().select_for_update().order_by("pk").values_list("pk", flat=True))


# --- what stands against a change


def refusals(change):
    """Open seasons of a body that ends, and sheets whose votes or whose way would be lost."""
    for season in Season.objects.open().filter(organisation__in=change.ended_ids).select_related("organisation"):
        yield f"Đợt xếp loại năm {season.year} của {season.organisation} đang mở. Hãy đóng đợt xếp loại trước."
    sheets = list(_open_sheets().select_related("season", "organisation"))
    if not sheets:
        return
    yield from _begun(change, sheets)
    yield from _on_the_way(change, sheets)
    yield from _closed_targets(change)


def _begun(change, sheets):
    """Members who leave a cell that has begun to rate them, or whose day of reference comes before the change."""
    for sheet in sheets:
        rows = _leaving_rows(change.source_ids, change.ended_ids, change.persons, sheet)
        if not rows or not rows.exists():
            continue
        if sheet.state != SheetState.DRAFT or sheet.held_on or rows.filter(changed_by__isnull=False).exists():
            yield (
                f"{sheet.organisation} đang xếp loại đảng viên năm {sheet.season.year}. "
                "Hãy để cấp có thẩm quyền quyết định xong rồi mới thay đổi tổ chức."
            )
        elif sheet.season.reference_date < change.effective_on:
            yield (
                f"{sheet.organisation} chưa xếp loại năm {sheet.season.year} theo danh sách ngày "
                f"{sheet.season.reference_date:%d/%m/%Y}. Hãy xếp loại xong trước, hoặc chọn ngày có hiệu lực sớm hơn."
            )


def _leaving_rows(sources, ended, persons, sheet):
    """The reviews on a sheet of members who leave its cell by a change; None when nobody does."""
    if sheet.organisation_id in ended:
        return sheet.reviews.all()
    if sheet.organisation_id in sources:
        return sheet.reviews.filter(member__in=list(persons))
    return None


def _on_the_way(change, sheets):
    """Sheets that a body above has, where the change takes that way away."""
    ended = set(change.ended_ids)
    moved = [each.organisation.path for each in change.revised if {"parent", "kind", "level"} & set(each.values)]
    for sheet in sheets:
        below = sheet.organisation.path.startswith(tuple(moved)) if moved else False
        through = ended & {station["organisation"] for station in sheet.chain}
        if sheet.state not in WITH_CELL and (below or through) and sheet.organisation_id not in ended:
            yield (
                f"Bảng xếp loại năm {sheet.season.year} của {sheet.organisation} đang ở cấp trên xem xét. "
                "Hãy quyết định hoặc trả lại chi bộ trước khi thay đổi tổ chức."
            )


def _closed_targets(change):
    """Members cannot join a sheet that was sent or decided."""
    targets = {body.pk for body in [*change.bodies.values(), *change.persons.values()] if getattr(body, "pk", None)}
    coming = Review.objects.filter(sheet__in=_open_sheets(), sheet__organisation__in=change.ended_ids)
    sheets = RatingSheet.objects.filter(organisation__in=targets, season__in=coming.values("sheet__season"))
    for sheet in sheets.exclude(state__in=WITH_CELL).select_related("organisation", "season"):
        yield (
            f"{sheet.organisation}, nơi tiếp nhận đảng viên, đã gửi bảng xếp loại năm {sheet.season.year}. "
            "Hãy chờ quyết định xong, hoặc đề nghị trả lại bảng."
        )


# --- carrying it out


def carry_out(event, moves, *, on, by):
    """Let undecided sheets follow the tree; answers what undo needs."""
    kept = {"reviews": {}, "created": [], "dropped": [], "chains": {}}
    if event.act in CHANGES_NOTHING:
        return kept
    for season in Season.objects.filter(pk__in=_open_sheets().values("season")).select_related("organisation"):
        chains = _chains(season, event)
        _move_rows(season, moves, event, chains, kept)
        _follow(season, chains, kept)
    kept["organisations"] = organisations_in_tree.follow(event)
    kept["screening"] = follow_screening(moves)
    kept["removals"] = follow_removals(event, moves)
    return kept


def _chains(season, event):
    """The stations of every cell in the tree of the season after the event, by cell."""
    tree = tree_on(max(season.reference_date, event.effective_on))
    if season.organisation_id not in tree.nodes:
        return {}
    try:
        found = chains_below(tree, season.organisation, season.reference_date)
    except (NoChain, RuleSetError) as problem:
        raise ValidationError(f"Chưa thay đổi được: đợt xếp loại năm {season.year} – {problem}") from None
    return {each.cell: each for each in found}


def _move_rows(season, moves, event, chains, kept):
    """Reviews of members who leave an undecided sheet go to the sheet of their new cell, those of a unit leave it."""
    for sheet in _open_sheets().filter(season=season, organisation__in=moves.sources):
        rows = _leaving_rows(moves.sources, moves.ended, moves.persons, sheet)
        if moves.went_to:
            kept["dropped"] += [{name: str(value) for name, value in row.items()} for row in rows.values(*ROW)]
            rows.delete()
            continue
        going = defaultdict(list)
        for row in rows:
            going[moves.persons.get(str(row.member_id)) or moves.bodies.get(sheet.organisation_id)].append(row)
        for target, some in going.items():
            there = _sheet_of(season, target, chains, kept)
            kept["reviews"] |= {str(row.pk): str(sheet.pk) for row in some}
            Review.objects.filter(pk__in=[row.pk for row in some]).update(sheet=there)


def _sheet_of(season, cell, chains, kept):
    """The sheet of a cell in the season; a cell that the event founded gets one."""
    if found := RatingSheet.objects.filter(season=season, organisation=cell, managed_from=None).first():
        return found
    chain = chains[cell]
    sheet = RatingSheet.objects.create(
        season=season,
        organisation_id=cell,
        chain=list(chain.stations),
        frames=nearest_frames(season.frames.all(), Organisation.objects.get(pk=cell).ancestor_ids()[::-1]),
        holder_id=cell,
        decider_id=chain.decider,
    )
    kept["created"].append(str(sheet.pk))
    return sheet


def _follow(season, chains, kept):
    """Sheets that are with their cells go the way of the new tree."""
    for sheet in season.sheets.filter(state__in=WITH_CELL):
        chain = chains.get(sheet.organisation_id)
        if chain and list(chain.stations) != sheet.chain:
            kept["chains"][str(sheet.pk)] = [sheet.chain, sheet.decider_id]
            RatingSheet.objects.filter(pk=sheet.pk).update(chain=list(chain.stations), decider=chain.decider)


# --- taking it back


def depends(event):
    """Ratings begun, sent or decided on what the event made."""
    kept = event.kept.get("evaluations", {})
    new = new_ids(event)
    begun = Q(held_on__isnull=False) | ~Q(state=SheetState.DRAFT) | Q(reviews__changed_by__isnull=False)
    joined = RatingSheet.objects.filter(reviews__in=list(kept.get("reviews", {})))
    if joined.filter(begun).exists():
        yield "Chi bộ tiếp nhận đã bắt đầu xếp loại đảng viên. Hãy để xếp loại xong; không hoàn tác được nữa."
    sent = RatingSheet.objects.filter(pk__in=list(kept.get("chains", {}))).exclude(state__in=WITH_CELL)
    if number := sent.count():
        yield f"{number} bảng xếp loại đã gửi theo tổ chức mới."
    later = RatingSheet.objects.filter(organisation__in=new).exclude(pk__in=kept.get("created", []))
    if number := later.count():
        yield f"Tổ chức mới đã có {number} bảng xếp loại."
    if number := AnnualGrade.objects.standing().filter(organisation__in=new).count():
        yield f"Tổ chức mới đã có {number} kết quả xếp loại đảng viên."
    yield from organisations_in_tree.depends(kept, new)


def undo(event, kept, *, on, by):
    """Rows back on the sheets that they came from, sheets back on their old way; an empty sheet of a new cell goes."""
    back = defaultdict(list)
    for review, sheet in kept.get("reviews", {}).items():
        back[sheet].append(review)
    for sheet, reviews in back.items():
        Review.objects.filter(pk__in=reviews).update(sheet=sheet)
    Review.objects.bulk_create(Review(**row) for row in kept.get("dropped", []))
    for key, (chain, decider) in kept.get("chains", {}).items():
        RatingSheet.objects.filter(pk=key).update(chain=chain, decider=decider)
    RatingSheet.objects.filter(pk__in=kept.get("created", []), reviews=None).delete()
    organisations_in_tree.undo(kept)
    give_back(kept.get("screening", {}))
    give_back_removals(kept.get("removals", {}))


RATINGS_IN_THE_TREE = TreePort(
    name="evaluations",
    lock=lock,
    touched=touched,
    refusals=refusals,
    carry_out=carry_out,
    depends=depends,
    undo=undo,
)
