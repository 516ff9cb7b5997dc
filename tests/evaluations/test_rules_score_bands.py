"""The rows of a rule set that persons and collectives share: W1–W12 of `classification.md` §4.4, and what is absent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluations.rules import Bands, Work, level_by_score

# 366-QĐ/TW, Điều 11
BANDS = Bands(
    scores=(Decimal(90), Decimal(70), Decimal(50)),
    late_most=(Decimal(0), Decimal(0), Decimal(20)),
    done_least=Decimal(100),
    beyond_least=Decimal(30),
    asks_remedy=True,
    article="Điều 11 (điểm)",
    row_article="Điều 11 (nhiệm vụ)",
    gap_article="Điều 11 (chậm)",
)


def found(score, work=(10, 0, 0, 0), bands=BANDS, remedied=None, also=()):
    points = None if score is None else Decimal(score)
    return level_by_score(bands, points, work and Work(*work), remedied=remedied, also_missing=also)


def said(suggestion):
    return suggestion.level, [note.code for note in suggestion.notes]


@pytest.mark.parametrize(
    ("score", "work", "level", "noted"),
    [
        pytest.param("92", (10, 0, 0, 3), "HTXSNV", [], id="W1"),
        pytest.param("92", (10, 0, 0, 2), "HTTNV", ["G2"], id="W2"),
        pytest.param("90", (7, 0, 0, 2), "HTTNV", ["G2"], id="W4"),
        pytest.param("89.9", (10, 0, 0, 5), "HTTNV", [], id="W5"),
        pytest.param("75", (10, 0, 1, 0), "HTNV", ["G4"], id="W6"),
        pytest.param("60", (10, 0, 2, 0), "HTNV", [], id="W7"),
        pytest.param("60", (10, 0, 3, 0), None, ["G1"], id="W8"),
        pytest.param("60", (10, 2, 0, 0), None, ["G1"], id="W9"),
        pytest.param("60", (10, 6, 0, 0), None, ["G1"], id="W11: the door of persons is not a row"),
        pytest.param("49.9", (10, 0, 0, 0), "KHTNV", [], id="W12"),
        pytest.param("60", (0, 0, 0, 0), None, ["G5"], id="G5"),
        pytest.param("60", None, None, ["G5"], id="G5: none known"),
        pytest.param(None, (10, 0, 0, 0), None, ["no_score"], id="no score"),
    ],
)
def test_rows(score, work, level, noted):
    assert said(found(score, work)) == (level, noted)


def test_only_the_best_level_stands_under_the_cap():
    assert [found(score, (10, 0, 0, 3)).subject_to_cap for score in ("95", "80", "60")] == [True, False, False]


@pytest.mark.parametrize(
    ("remedied", "also", "words"),
    [
        pytest.param(False, (), "chưa khắc phục xong hạn chế", id="W3"),
        pytest.param(None, ("có đơn vị bị kỷ luật",), "có đơn vị bị kỷ luật", id="a further condition of collectives"),
    ],
)
def test_what_the_best_level_misses_is_named(remedied, also, words):
    suggestion = found("92", (10, 0, 0, 3), remedied=remedied, also=also)
    assert said(suggestion) == ("HTTNV", ["G2"])
    assert words in suggestion.notes[0].text


def test_a_condition_that_the_rule_set_does_not_have_always_holds():
    bare = replace(BANDS, beyond_least=None, asks_remedy=False, done_least=None, late_most=(None, None, None))
    assert said(found("92", (10, 5, 5, 0), bare, remedied=False)) == ("HTXSNV", [])
    no_scores = replace(BANDS, scores=(None, None, None))
    assert said(found("1", (10, 0, 0, 3), no_scores)) == ("HTXSNV", [])


def test_every_step_is_told_with_its_article():
    suggestion = found("75", (10, 0, 1, 0))
    assert suggestion.steps == (
        "Điểm: 75.",
        "Nhiệm vụ: 10; không hoàn thành 0, chậm 1, vượt yêu cầu 0/10 (0 %).",
        "Đủ điều kiện HTNV (Điều 11 (nhiệm vụ)).",
    )
    assert found("40").steps[-1] == "Dưới 50 điểm (Điều 11 (điểm))."
    gap = found("60", (10, 0, 3, 0)).notes[0].text
    assert gap.startswith("3/10 (30 %) nhiệm vụ chậm, trên 20 %: không khớp điều kiện của mức nào")
    assert gap.endswith("(Điều 11 (chậm)).")
