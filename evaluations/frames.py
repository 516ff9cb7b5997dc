"""Score frames as they are read: their rules and trees, which one a cell takes when a season opens, and why."""

from collections import defaultdict
from dataclasses import dataclass

from cells.models import RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from evaluations.enums import Appendix
from evaluations.models import Criterion, ScoreFrame
from evaluations.rules.score_frame import Line, Node, bare_frame, frame_problems, lines_of
from evaluations.rules.score_pattern import patterns_of
from evaluations.rules.topics import ScoreFrameRules
from evaluations.season_rules import choices_of

TOPIC, PATTERN = "score_frame", "score_pattern"


def frame_rules(rule_code, organisation, day):
    """The rules of a frame of `organisation`, with what it and the bodies above it chose on `day`."""
    stored = RuleSet.objects.latest_versions().get(topic=TOPIC, code=rule_code)
    chosen = choices_of(organisation, [TOPIC], day).get(TOPIC, {})
    return typed(ScoreFrameRules, with_overrides(restore(stored.values), chosen))


def pattern_set(year):
    """The rule set that says what the appendices are in `year`; None where no points are given."""
    try:
        return RuleSet.objects.for_season(PATTERN, year)
    except RuleSet.DoesNotExist:
        return None


def patterns(rule_code):
    """The appendices of a rule set, by code."""
    stored = RuleSet.objects.latest_versions().filter(topic=PATTERN, code=rule_code).first()
    return patterns_of(restore(stored.values)) if stored else {}


def nodes_of(criteria):
    """Rows of one frame as nodes, siblings in their order."""
    return [
        Node(
            key=str(row.pk),
            name=row.name,
            maximum=row.maximum,
            parent=str(row.parent_id) if row.parent_id else None,
            root=row.root,
        )
        for row in criteria
    ]


@dataclass(frozen=True)
class Tree:
    """One frame as it is scored: its lines in printed order; `frame` is None for the two roots alone."""

    frame: ScoreFrame | None
    lines: list[Line]

    @property
    def leaves(self):
        return [line for line in self.lines if line.is_leaf]


def trees_of(frame_ids, rules):
    """The trees of some frames by id, with the two roots alone under None; one query whatever their number."""
    trees = {None: Tree(None, lines_of(bare_frame(rules)))}
    wanted = [pk for pk in frame_ids if pk]
    if not wanted:
        return trees
    rows = defaultdict(list)
    for row in Criterion.objects.filter(frame__in=wanted).select_related("frame__organisation"):
        rows[row.frame_id].append(row)
    return trees | {str(pk): Tree(some[0].frame, lines_of(nodes_of(some))) for pk, some in rows.items()}


@dataclass(frozen=True)
class FramePage:
    """A frame with its lines, the rows behind them, and everything for which it cannot be issued yet."""

    frame: ScoreFrame
    rules: ScoreFrameRules
    lines: list[Line]
    rows: dict
    problems: list

    @property
    def pattern(self):
        return patterns(self.frame.rule_code).get(self.frame.appendix)


def read_frame(frame, on):
    """One frame (with its organisation), checked against the rules as chosen on `on`."""
    rows = list(frame.criteria.all())
    rules, nodes = frame_rules(frame.rule_code, frame.organisation, on), nodes_of(rows)
    return FramePage(
        frame=frame,
        rules=rules,
        lines=lines_of(nodes),
        rows={str(row.pk): row for row in rows},
        problems=frame_problems(rules, nodes),
    )


# --- which frame a cell takes


def valid_frames(organisation, rule_code, day):
    """The latest frame of every body and appendix that a season of `organisation` may take."""
    rows = ScoreFrame.objects.valid_for(organisation, rule_code, day).select_related("organisation")
    return list({(row.organisation_id, row.appendix): row for row in rows}.values())


def nearest_frames(frames, above):
    """`{appendix: id of the frame}` for a cell: of the bodies `above` it, the cell first, the nearest that has one."""
    by_place = {(row.organisation_id, row.appendix): str(row.pk) for row in frames}
    found = {}
    for appendix in Appendix.values:
        places = [by_place[body, appendix] for body in above if (body, appendix) in by_place]
        if places:
            found[appendix] = places[0]
    return found


def frame_reason(frame, season, cell_name):
    """Which frame applies and why, in one sentence."""
    if frame is None:
        return (
            f"Khi mở đợt chưa có khung điểm nào được ban hành cho {cell_name}, nên chỉ chấm hai nhóm tiêu chí của "
            "Quy định (Điều 10)."
        )
    if frame.organisation_id == season.organisation_id:
        why = "cấp ủy mở đợt ban hành, không có khung riêng của cấp gần chi bộ hơn"
    elif frame.organisation.path.startswith(season.organisation.path):
        why = "khung riêng của cấp gần chi bộ nhất, áp dụng trước khung của cấp ủy cấp trên"
    else:
        why = "cấp ủy cấp trên ban hành, cấp dưới không có khung riêng"
    return f"{frame}, ban hành theo văn bản số {frame.document}: {why}."
