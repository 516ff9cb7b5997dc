"""The tree of criteria by which points are given: its checks, its sums (366-QĐ/TW, Điều 10; classification.md §9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.rules.figures import number_text
from evaluations.rules.topics import ScoreFrameRules

GENERAL, RESULTS = "general", "results"
ROOTS = (GENERAL, RESULTS)
ROOT_NAMES = {GENERAL: "Nhóm tiêu chí chung", RESULTS: "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ"}
LETTERS = {GENERAL: "A", RESULTS: "B"}


@dataclass(frozen=True)
class Node:
    """One criterion or group; `root` names the two that have no parent, a maximum may be missing in a draft."""

    key: str
    name: str
    maximum: Decimal | None
    parent: str | None = None
    root: str = ""

    @property
    def most(self) -> str:
        """The maximum as one writes it, empty where it is missing."""
        return "" if self.maximum is None else number_text(self.maximum)


@dataclass(frozen=True)
class Line:
    """A node where it stands in the printed order: its number ("A", "1", "1.2"), depth and path of keys."""

    node: Node
    number: str
    depth: int
    path: str
    is_leaf: bool

    @property
    def key(self) -> str:
        return self.node.key

    @property
    def place(self) -> str:
        """The node as a sentence names it."""
        return f"mục {self.number} “{self.node.name}”"


@dataclass(frozen=True)
class FrameProblem:
    """What is wrong at one node ("" for the frame as a whole), in words that name the place."""

    key: str
    message: str


@dataclass(frozen=True)
class PointsSum:
    """The sum of the points given below a node, on how many leaves, and how many have none yet."""

    points: Decimal
    given: int
    missing: int

    @property
    def total(self) -> Decimal | None:
        """The points of the node; None until every leaf has its points."""
        return None if self.missing else self.points

    @property
    def text(self) -> str:
        return number_text(self.points)


def has_points(rules: ScoreFrameRules) -> bool:
    """Whether this rule set gives points at all."""
    return rules.root_general_max is not None and rules.root_results_max is not None


def root_maximum(rules: ScoreFrameRules, root: str) -> Decimal | None:
    return {GENERAL: rules.root_general_max, RESULTS: rules.root_results_max}[root]


def bare_frame(rules: ScoreFrameRules) -> tuple[Node, ...]:
    """The two roots alone: what is scored where no committee has issued a frame."""
    return tuple(Node(root, ROOT_NAMES[root], root_maximum(rules, root), root=root) for root in ROOTS)


def lines_of(nodes: Sequence[Node]) -> list[Line]:
    """The tree in printed order; the order of `nodes` is that of siblings. Nodes that hang nowhere are left out."""
    below = _by_parent(nodes)
    roots = sorted(below.get(None, ()), key=lambda node: ROOTS.index(node.root) if node.root in ROOTS else len(ROOTS))
    return [line for root in roots for line in _walk(root, LETTERS.get(root.root, "?"), "", 0, below)]


def _by_parent(nodes: Iterable[Node]) -> dict[str | None, list[Node]]:
    below: dict[str | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    return below


def _walk(node: Node, number: str, above: str, depth: int, below: Mapping[str | None, list[Node]]) -> Iterable[Line]:
    path = f"{above}{node.key}/"
    children = below.get(node.key, [])
    yield Line(node, number, depth, path, not children)
    for place, child in enumerate(children, start=1):
        yield from _walk(child, f"{number}.{place}" if depth else str(place), path, depth + 1, below)


# --- the frame


def frame_problems(rules: ScoreFrameRules, nodes: Sequence[Node]) -> list[FrameProblem]:
    """Everything for which a frame cannot be issued (points 1 and 2 of §9)."""
    lines = lines_of(nodes)
    return [*_root_problems(rules, nodes), *(each for line in lines for each in _node_problems(line, nodes))]


def _root_problems(rules: ScoreFrameRules, nodes: Sequence[Node]) -> Iterable[FrameProblem]:
    if not has_points(rules):
        yield FrameProblem("", "Bộ quy tắc này không chấm điểm nên không có khung điểm.")
        return
    found = [node.root for node in nodes if node.parent is None]
    if sorted(found) != sorted(ROOTS):
        yield FrameProblem("", "Khung điểm phải có đúng hai nhóm: tiêu chí chung và kết quả thực hiện nhiệm vụ.")
    for node in nodes:
        wanted = root_maximum(rules, node.root) if node.root in ROOTS else None
        if wanted is not None and node.maximum != wanted:
            written = "chưa ghi" if node.maximum is None else f"đang là {number_text(node.maximum)}"
            yield FrameProblem(
                node.key,
                f"{node.name}: điểm tối đa phải là {number_text(wanted)}, {written} "
                f"({rules.cite(f'root_{node.root}_max')}).",
            )


def _node_problems(line: Line, nodes: Sequence[Node]) -> Iterable[FrameProblem]:
    node, place = line.node, _capital(line.place)
    if not node.name:
        yield FrameProblem(node.key, f"Mục {line.number}: chưa ghi nội dung.")
    if node.maximum is None:
        if not node.root:
            yield FrameProblem(node.key, f"{place}: chưa ghi điểm tối đa.")
    elif node.maximum <= 0:
        yield FrameProblem(node.key, f"{place}: điểm tối đa phải lớn hơn 0.")
    children = [each for each in nodes if each.parent == node.key]
    maxima = [each.maximum for each in children if each.maximum is not None]
    if children and node.maximum is not None and len(maxima) == len(children) and sum(maxima) != node.maximum:
        yield FrameProblem(
            node.key,
            f"{place}: các mục con cộng lại {number_text(Decimal(sum(maxima)))} điểm, "
            f"phải đúng bằng {number_text(node.maximum)} điểm.",
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- points


def point_problem(rules: ScoreFrameRules, line: Line, points: Decimal) -> str | None:
    """What is wrong with the points of one node, in words, or None (point 3 of §9)."""
    place, most = _capital(line.place), line.node.maximum
    if not line.is_leaf:
        return f"{place} có mục con: điểm là tổng các mục con, không ghi trực tiếp."
    if most is not None and not 0 <= points <= most:
        return f"{place}: điểm {number_text(points)} phải từ 0 đến {number_text(most)}."
    if rules.score_step and points % rules.score_step:
        return f"{place}: điểm {number_text(points)} phải là bội số của {number_text(rules.score_step)}."
    return None


def points_problems(rules: ScoreFrameRules, lines: Sequence[Line], points: Mapping[str, Decimal]) -> list[FrameProblem]:
    """Everything that is wrong with the points of one person."""
    known = {line.key: line for line in lines}
    found = []
    for key, value in points.items():
        if key not in known:
            found.append(FrameProblem(key, "Có điểm ở một mục không thuộc khung điểm này."))
        elif words := point_problem(rules, known[key], value):
            found.append(FrameProblem(key, words))
    return found


def sums_of(lines: Sequence[Line], points: Mapping[str, Decimal]) -> dict[str, PointsSum]:
    """The sum of every node: of a leaf its own points, of a group those of the leaves below it."""
    leaves = [line for line in lines if line.is_leaf]
    return {line.key: _sum([leaf for leaf in leaves if leaf.path.startswith(line.path)], points) for line in lines}


def total_of(lines: Sequence[Line], points: Mapping[str, Decimal]) -> PointsSum:
    """The sum of the whole frame."""
    return _sum([line for line in lines if line.is_leaf], points)


def _sum(leaves: Sequence[Line], points: Mapping[str, Decimal]) -> PointsSum:
    given = [points[leaf.key] for leaf in leaves if leaf.key in points]
    return PointsSum(sum(given, Decimal(0)), len(given), len(leaves) - len(given))
