"""One truth about the member's own points, and what an earlier version stored in two places."""

from decimal import Decimal

import pytest

from evaluations.rules.own_score import Groups, own_score
from evaluations.rules.score_pattern import appendix_for, patterns_of
from tests.evaluations.regulations import keys


def groups(text):
    """ "28+60", "28+…", or None."""
    if text is None:
        return None
    return Groups(*(None if part == "…" else Decimal(part) for part in text.split("+")))


@pytest.mark.parametrize(
    ("scored", "written", "sheet", "place", "total", "differing"),
    [
        pytest.param("28+60", None, None, "scored", "88", "", id="scored"),
        pytest.param("28+…", None, None, "scored", None, "", id="scored in part: no total"),
        pytest.param(None, "28+60", None, "written", "88", "", id="kept with the self-review alone"),
        pytest.param(None, None, "85", "sheet", "85", "", id="a total on the sheet alone"),
        pytest.param(None, None, None, "", None, "", id="nothing"),
        pytest.param("28+60", "28+60", None, "scored", "88", "", id="the same in both"),
        pytest.param(None, "28+60", "88", "written", "88", "", id="the sheet has the sum"),
        pytest.param(
            "27+60", "28+60", None, "scored", "87", "trang chấm điểm 27 + 60 = 87; bản kiểm điểm 28 + 60 = 88",
            id="scored and kept differ",
        ),
        pytest.param(
            "28+60", "27+61", None, "scored", "88", "trang chấm điểm 28 + 60 = 88; bản kiểm điểm 27 + 61 = 88",
            id="the groups differ under one total",
        ),
        pytest.param(
            None, "28+60", "85", "written", "88", "bảng xếp loại 85; bản kiểm điểm 28 + 60 = 88",
            id="the sheet has another total",
        ),
        pytest.param(
            "28+…", "28+60", None, "scored", None, "trang chấm điểm 28 + …; bản kiểm điểm 28 + 60 = 88",
            id="scored in part beside a whole one",
        ),
    ],
)  # fmt: skip
def test_one_truth(scored, written, sheet, place, total, differing):
    found = own_score(scored=groups(scored), written=groups(written), sheet=None if sheet is None else Decimal(sheet))
    assert (found.place, found.total, found.difference) == (place, total and Decimal(total), differing)


@pytest.mark.parametrize(
    ("form", "appendix"),
    [("01", "pl1"), ("02A", "pl3"), ("02B", "pl4"), ("02C", "pl5"), ("02", ""), ("", "")],
)
def test_the_appendix_of_a_form(form, appendix):
    assert appendix_for(patterns_of(keys("score_pattern", "qd366_2025")), form) == appendix


def test_pl2_is_for_those_whom_a_person_names():
    patterns = patterns_of(keys("score_pattern", "qd366_2025"))
    assert [code for code, pattern in patterns.items() if pattern.by_hand] == ["pl2"]
    del patterns["pl3"]
    assert appendix_for(patterns, "02A") == "pl2"
