"""Years running: §8.5 and U8 of `classification.md`, E13, S8 and S9 of `screening.md`, by number."""

import pytest

from evaluations.rules import YearResult, assistance_rule, commendation_rule, run_of
from members.rules import scale_from
from tests.evaluations.regulations import keys, rules

NEW, OLD = "nhiem_vu", "tu_cach"
BEST = "HTXSNV"
GAP = "mặc định của phần mềm, chưa đối chiếu văn bản"


def scale(code):
    return scale_from(code, keys("scale", code, app="members"))


def rule(find=commendation_rule, gaps="breaks"):
    chosen = {} if gaps == "breaks" else {"procedure": {"unrated_year_effect": gaps}}
    return find(rules(**chosen).procedure, scale(NEW))


def results(levels, code=NEW):
    """Results by year; a text in brackets is a year without a level, and why."""
    return [
        YearResult(year, code, not_rated=level.strip("()")) if "(" in level else YearResult(year, code, level)
        for year, level in levels.items()
    ]


def years(first, last, level=BEST):
    return dict.fromkeys(range(first, last + 1), level)


def found(levels, year, find=commendation_rule, gaps="breaks"):
    run = run_of(rule(find, gaps), results(levels), year)
    return run and run.years


def test_excellent_five_years_running_says_years_level_and_article():
    run = run_of(rule(), results(years(2021, 2025)), 2025)
    assert (run.years, run.skipped) == ((2021, 2022, 2023, 2024, 2025), ())
    assert run.reason == (
        "Hoàn thành xuất sắc nhiệm vụ 5 năm liền: 2021, 2022, 2023, 2024, 2025 (điểm 19.2 Hướng dẫn 06-HD/TW năm 2025)."
    )


@pytest.mark.parametrize(
    ("levels", "year", "expected"),
    [
        pytest.param(years(2022, 2025), 2025, None, id="four years"),
        pytest.param(years(2020, 2025), 2025, (2021, 2022, 2023, 2024, 2025), id="six years: the last five"),
        pytest.param(years(2021, 2025) | {2023: "HTTNV"}, 2025, None, id="one year another level"),
        pytest.param(years(2019, 2025) | {2023: "(ốm đau)"}, 2025, None, id="U8: a year not rated"),
        pytest.param({y: BEST for y in range(2019, 2026) if y != 2023}, 2025, None, id="U8: a year unknown"),
        pytest.param(years(2021, 2025), 2026, None, id="nothing yet of the year asked for"),
        pytest.param(years(2021, 2026), 2025, (2021, 2022, 2023, 2024, 2025), id="later years say nothing"),
        pytest.param({}, 2025, None, id="no result at all"),
    ],
)
def test_best_level_by_default(levels, year, expected):
    assert found(levels, year) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        pytest.param(years(2020, 2025) | {2023: "(ốm đau)"}, (2020, 2021, 2022, 2024, 2025), id="one gap"),
        pytest.param(dict.fromkeys((2018, 2019, 2021, 2022, 2025), BEST), (2018, 2019, 2021, 2022, 2025), id="unknown"),
        pytest.param(years(2020, 2025) | {2022: "HTNV", 2023: "(ốm đau)"}, None, id="another level ends it"),
        pytest.param(years(2019, 2024) | {2025: "(ốm đau)"}, None, id="the year itself must be rated"),
        pytest.param(years(2022, 2025) | {2021: "(ốm đau)"}, None, id="passed over is not counted"),
    ],
)
def test_best_level_where_the_committee_passes_over_years_not_rated(levels, expected):
    assert found(levels, 2025, gaps="skipped") == expected


def test_a_year_passed_over_is_named_with_the_reason_and_the_choice():
    levels = dict.fromkeys((2019, 2020, 2021, 2024, 2025), BEST) | {2023: "(ốm đau)"}
    run = run_of(rule(gaps="skipped"), results(levels), 2025)
    assert run.skipped == (2022, 2023)
    assert run.reason == (
        "Hoàn thành xuất sắc nhiệm vụ 5 năm liền: 2019, 2020, 2021, 2024, 2025 "
        "(điểm 19.2 Hướng dẫn 06-HD/TW năm 2025). "
        "Không tính năm 2022 chưa có kết quả; năm 2023 không xếp loại: ốm đau (theo lựa chọn của cấp ủy)."
    )


@pytest.mark.parametrize("gaps", ["breaks", "skipped"])
def test_two_scales_are_never_joined(gaps):
    mixed = [*results(years(2014, 2017, "DTC_XS"), OLD), *results(years(2018, 2021))]
    assert run_of(rule(gaps=gaps), mixed, 2021) is None
    same_word = [*results({2017: BEST}, OLD), *results(years(2018, 2021))]
    assert run_of(rule(gaps=gaps), same_word, 2021) is None


@pytest.mark.parametrize(
    ("levels", "gaps", "expected"),
    [
        pytest.param({2025: "KHTNV", 2026: "KHTNV"}, "breaks", (2025, 2026), id="E13"),
        pytest.param({2024: "KHTNV", 2025: "(ốm đau)", 2026: "KHTNV"}, "breaks", None, id="S8"),
        pytest.param({2024: "KHTNV", 2025: "(ốm đau)", 2026: "KHTNV"}, "skipped", (2024, 2026), id="S8 by choice"),
        pytest.param({2026: "KHTNV"}, "breaks", None, id="C2: one year is a hint, no more"),
        pytest.param({2025: "HTNV", 2026: "HTNV"}, "breaks", None, id="fulfilled"),
    ],
)
def test_not_fulfilled_two_years_running(levels, gaps, expected):
    assert found(levels, 2026, assistance_rule, gaps) == expected


def test_not_fulfilled_is_helped_and_never_called_a_breach_of_qualification():
    run = run_of(rule(assistance_rule), results({2025: "KHTNV", 2026: "KHTNV"}), 2026)
    assert run.reason == "Không hoàn thành nhiệm vụ 2 năm liền: 2025, 2026 (Hướng dẫn 02-HD/BTCTW năm 2021)."


@pytest.mark.parametrize("code", ["hd07_2011", "hd27_2014", "hd16_2018", "hd21_2019", "qd124_2023"])
def test_older_rule_sets_name_no_number_so_that_nothing_is_found(code):
    """S9: VPTC_KHT of 2012 and 2013 is nobody's run."""
    procedure = rules(code).procedure
    assert commendation_rule(procedure, scale(NEW)) is None
    assert assistance_rule(procedure, scale(OLD)) is None
    assert procedure.unrated_year_effect == "breaks"


def test_the_default_of_a_year_not_rated_says_that_it_is_one():
    assert (rule().skips, rule().gap_article) == (False, GAP)
    assert rule(gaps="skipped").skips
