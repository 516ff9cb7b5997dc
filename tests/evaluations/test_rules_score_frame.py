"""The tree of criteria: the five points of `classification.md` §9, each problem as a sentence that names the place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.rules.score_frame import (
    Node,
    bare_frame,
    frame_problems,
    lines_of,
    points_problems,
    sums_of,
    total_of,
)
from evaluations.rules.score_pattern import patterns_of
from tests.evaluations.regulations import keys, rules

RULES = rules().score_frame


def frame(*rows):
    """Nodes from (key, parent, maximum); the roots are "general" and "results"."""
    roots = {"general", "results"}
    return [
        Node(key, f"Nội dung {key}", None if most is None else Decimal(most), parent, key if key in roots else "")
        for key, parent, most in rows
    ]


ROOTS = (("general", None, 30), ("results", None, 70))
SPLIT = (
    *ROOTS,
    ("a", "general", 18),
    ("b", "general", 4),
    ("c", "general", 8),
    ("d", "results", 50),
    ("e", "results", 20),
)


def said(nodes):
    return [problem.message for problem in frame_problems(RULES, nodes)]


def test_a_frame_that_adds_up():
    """PL2 and PL1 as one place splits them: 18 + 4 + 8 = 30, 50 + 20 = 70."""
    assert said(frame(*SPLIT)) == []


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        pytest.param(
            (("general", None, 30),),
            "Khung điểm phải có đúng hai nhóm: tiêu chí chung và kết quả thực hiện nhiệm vụ.",
            id="S1-one-root",
        ),
        pytest.param(
            (("general", None, 40), ("results", None, 70)),
            "Nội dung general: điểm tối đa phải là 30, đang là 40 (Điều 10 Quy định 366-QĐ/TW).",
            id="S1-another-maximum",
        ),
        pytest.param(
            (("general", None, 30), ("results", None, None)),
            "Nội dung results: điểm tối đa phải là 70, chưa ghi (Điều 10 Quy định 366-QĐ/TW).",
            id="S1-no-maximum",
        ),
        pytest.param(
            (*ROOTS, ("a", "general", 18), ("b", "general", 10)),
            "Mục A “Nội dung general”: các mục con cộng lại 28 điểm, phải đúng bằng 30 điểm.",
            id="S2-children-of-a-root",
        ),
        pytest.param(
            (*SPLIT, ("d1", "d", "20.5"), ("d2", "d", 30)),
            "Mục 1 “Nội dung d”: các mục con cộng lại 50,5 điểm, phải đúng bằng 50 điểm.",
            id="S2-deeper",
        ),
        pytest.param(
            (*ROOTS, ("a", "general", 30), ("b", "general", 0)),
            "Mục 2 “Nội dung b”: điểm tối đa phải lớn hơn 0.",
            id="S2-nothing",
        ),
        pytest.param(
            (*ROOTS, ("a", "general", 30), ("b", "general", None)),
            "Mục 2 “Nội dung b”: chưa ghi điểm tối đa.",
            id="S2-not-written",
        ),
    ],
)
def test_what_is_wrong_with_a_frame(rows, sentence):
    assert said(frame(*rows)) == [sentence]


def test_a_criterion_without_words():
    nodes = [*frame(*ROOTS), Node("a", "", Decimal(30), "general")]
    assert said(nodes) == ["Mục 1: chưa ghi nội dung."]


def test_years_without_points_have_no_frame():
    assert [p.message for p in frame_problems(rules("qd124_2023").score_frame, [])] == [
        "Bộ quy tắc này không chấm điểm nên không có khung điểm."
    ]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        pytest.param({"a": "18"}, None, id="S3-the-maximum"),
        pytest.param({"a": "0"}, None, id="S3-nothing"),
        pytest.param({"a": "18.1"}, "Mục 1 “Nội dung a”: điểm 18,1 phải từ 0 đến 18.", id="S3-over"),
        pytest.param({"b": "-0.1"}, "Mục 2 “Nội dung b”: điểm -0,1 phải từ 0 đến 4.", id="S3-under"),
        pytest.param({"b": "3.75"}, "Mục 2 “Nội dung b”: điểm 3,75 phải là bội số của 0,1.", id="S3-step"),
        pytest.param(
            {"general": "20"},
            "Mục A “Nội dung general” có mục con: điểm là tổng các mục con, không ghi trực tiếp.",
            id="S3-a-parent",
        ),
        pytest.param({"z": "1"}, "Có điểm ở một mục không thuộc khung điểm này.", id="S3-unknown"),
    ],
)
def test_points_of_a_criterion(points, sentence):
    found = points_problems(RULES, lines_of(frame(*SPLIT)), {key: Decimal(text) for key, text in points.items()})
    assert [problem.message for problem in found] == ([sentence] if sentence else [])


def test_a_committee_may_choose_the_step():
    half = rules(score_frame={"score_step": Decimal("0.5")}).score_frame
    lines = lines_of(frame(*SPLIT))
    assert points_problems(half, lines, {"b": Decimal("3.5")}) == []
    assert len(points_problems(half, lines, {"b": Decimal("3.4")})) == 1


def test_parents_are_sums():
    lines = lines_of(frame(*SPLIT))
    points = {"a": Decimal("17.5"), "b": Decimal("3.2"), "c": Decimal(8), "d": Decimal(45)}
    sums = sums_of(lines, points)
    assert (sums["general"].total, sums["general"].points) == (Decimal("28.7"), Decimal("28.7"))
    assert (sums["results"].total, sums["results"].points, sums["results"].missing) == (None, Decimal(45), 1)
    assert total_of(lines, points | {"e": Decimal(20)}).total == Decimal("93.7")


def test_without_a_frame_the_two_roots_are_scored():
    """Point 5 of §9."""
    lines = lines_of(bare_frame(RULES))
    assert [(line.key, line.number, line.node.maximum, line.is_leaf) for line in lines] == [
        ("general", "A", 30, True),
        ("results", "B", 70, True),
    ]
    assert total_of(lines, {"general": Decimal(28), "results": Decimal("64.5")}).total == Decimal("92.5")


def test_numbers_of_a_deep_tree():
    nodes = frame(*SPLIT, ("d1", "d", 20), ("d2", "d", 30), ("d21", "d2", 30))
    assert [(line.number, line.key, line.depth) for line in lines_of(nodes)] == [
        ("A", "general", 0), ("1", "a", 1), ("2", "b", 1), ("3", "c", 1),
        ("B", "results", 0), ("1", "d", 1), ("1.1", "d1", 2), ("1.2", "d2", 2), ("1.2.1", "d21", 3), ("2", "e", 1),
    ]  # fmt: skip


# --- any tree


@st.composite
def balanced(draw):
    """A frame of any depth whose maxima add up: nodes are split in two until they are small, or the draw says stop."""
    nodes, waiting = frame(*ROOTS), [("general", 300), ("results", 700)]
    while waiting:
        key, tenths = waiting.pop()
        if tenths < 2 or key.count("/") > 5 or not draw(st.booleans()):
            continue
        first = draw(st.integers(1, tenths - 1))
        for place, part in enumerate((first, tenths - first)):
            child = f"{key}/{place}"
            nodes.append(Node(child, child, Decimal(part) / 10, key))
            waiting.append((child, part))
    return nodes


@given(balanced(), st.data())
def test_any_balanced_tree_is_whole_and_sums_up(nodes, data):
    assert frame_problems(RULES, nodes) == []
    lines = lines_of(nodes)
    leaves = [line for line in lines if line.is_leaf]
    full = {leaf.key: leaf.node.maximum for leaf in leaves}
    assert total_of(lines, full).total == 100
    points = {key: Decimal(data.draw(st.integers(0, int(most * 10)))) / 10 for key, most in full.items()}
    assert points_problems(RULES, lines, points) == []
    sums = sums_of(lines, points)
    assert sums["general"].total + sums["results"].total == sum(points.values())
    left = data.draw(st.sampled_from(sorted(points)))
    assert total_of(lines, {key: value for key, value in points.items() if key != left}).total is None


@given(balanced().filter(lambda nodes: len(nodes) > 2), st.data())
def test_one_changed_maximum_is_seen(nodes, data):
    place = data.draw(st.integers(2, len(nodes) - 1))
    node = nodes[place]
    nodes[place] = Node(node.key, node.name, node.maximum + Decimal("0.1"), node.parent)
    assert frame_problems(RULES, nodes) != []


# --- the appendices (§9)


def test_appendices_name_owner_form_and_groups():
    found = patterns_of(keys("score_pattern", "qd366_2025"))
    assert [(each.appendix, each.form) for each in found.values()] == [
        ("pl1", "01"), ("pl2", "02A"), ("pl3", "02A"), ("pl4", "02B"), ("pl5", "02C"),
    ]  # fmt: skip
    assert [(len(each.groups["general"]), len(each.groups["results"])) for each in found.values()] == [
        (6, 2), (3, 0), (5, 3), (3, 0), (2, 3),
    ]  # fmt: skip
    assert [group.items for group in found["pl3"].groups["general"]] == ["6", "6", "5", "2", ""]


def test_only_one_place_has_split_the_points():
    found = patterns_of(keys("score_pattern", "qd366_2025"))

    def maxima(appendix, root):
        return [group.maximum for group in found[appendix].groups[root]]

    assert (maxima("pl1", "general"), maxima("pl1", "results")) == ([5] * 6, [50, 20])
    assert (maxima("pl2", "general"), maxima("pl2", "results")) == ([18, 4, 8], [])
    assert [each.has_maxima for each in found.values()] == [True, True, False, False, False]
    assert found["pl2"].maxima_citation.endswith("chưa đối chiếu văn bản")
    marks = {name: rule.mark for name, rule in keys("score_pattern", "qd366_2025").items()}
    assert {mark for name, mark in marks.items() if name.endswith("_maxima")} == {"◇"}
    assert {mark for name, mark in marks.items() if name.endswith(("_for", "_form"))} == {"●"}
