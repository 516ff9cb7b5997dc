"""Organisations: who decides (43-HD, mục 3), the suggested level (366-QĐ/TW, Điều 11; 21-HD), published figures.

The task vectors are those of the table W1–W14 of `classification.md` §4.4, asked of a collective by the rows of §7.
"""

from decimal import Decimal

import pytest

from config.lib.rulesets import with_overrides
from evaluations.organisation_reports import GroupFigures
from evaluations.rules import (
    Body,
    LevelCounts,
    OrganisationFacts,
    OrganisationStations,
    Work,
    agrees,
    organisation_cap,
    organisation_stations,
    suggest_organisation_level,
)
from tests.evaluations.regulations import keys, rules

R366, R21 = rules().organisation, rules("hd21_2019").organisation

PROVINCE = Body("province", 2, False)
DISTRICT = Body("district", 3, False)
COMMUNE = Body("commune", 3, False)
COMMUNE_BASE = Body("commune", 4, True)
BASE = Body("base_party", 4, True)
BASE_CELL = Body("base_cell", 4, True)
PART = Body("part", 5, False)
CELL = Body("cell", 6, False)


def stations(code, *bodies, **choices):
    return organisation_stations(bodies, with_overrides(keys("chain", code), choices))


@pytest.mark.parametrize(
    ("code", "bodies", "decider", "proposer"),
    [
        pytest.param("chain_2025", (CELL, BASE, COMMUNE), 1, None, id="chi bộ trực thuộc: đảng ủy cơ sở"),
        pytest.param("chain_2025", (CELL, PART, BASE, COMMUNE), 2, 1, id="chi bộ dưới đảng bộ bộ phận"),
        pytest.param("chain_2025", (BASE_CELL, COMMUNE, PROVINCE), 1, None, id="chi bộ cơ sở: cấp trên trực tiếp"),
        pytest.param("chain_2025", (PART, BASE, COMMUNE), 1, None, id="đảng bộ bộ phận: đảng ủy cơ sở"),
        pytest.param("chain_2025", (BASE, COMMUNE, PROVINCE), 1, None, id="đảng bộ cơ sở: cấp trên trực tiếp"),
        pytest.param("chain_2025", (BASE, PROVINCE), 1, None, id="cơ sở trực thuộc tỉnh: tỉnh ủy"),
        pytest.param("chain_2025", (COMMUNE, PROVINCE), 1, None, id="đảng bộ xã, phường: tỉnh ủy"),
        pytest.param("chain_2026", (COMMUNE_BASE, PROVINCE), 1, None, id="2026: xã là cơ sở, tỉnh ủy quyết định"),
        pytest.param("chain_2026", (CELL, COMMUNE_BASE, PROVINCE), 1, None, id="2026: chi bộ, đảng ủy xã quyết định"),
        pytest.param("chain_2011", (BASE, DISTRICT, PROVINCE), 1, None, id="đến 2025: huyện ủy, thành ủy"),
        pytest.param("chain_2011", (CELL, BASE, DISTRICT), 1, None, id="đến 2025: chi bộ, đảng ủy cơ sở"),
        pytest.param("chain_2025", (CELL, COMMUNE, PROVINCE), 1, None, id="no base above: the next body"),
        pytest.param("chain_2025", (BASE,), None, None, id="nobody above in the tree"),
        pytest.param("chain_2025", (CELL, PART), None, None, id="a body that only proposes does not decide"),
    ],
)
def test_who_decides(code, bodies, decider, proposer):
    assert stations(code, *bodies) == OrganisationStations(decider, proposer)


def test_the_level_above_the_base_may_decide_on_cells_where_it_is_chosen():
    assert stations("chain_2025", CELL, PART, BASE, COMMUNE, org_cell="above_base") == OrganisationStations(3, 1)


def test_a_kind_that_the_rules_do_not_name_is_not_rated():
    assert stations("chain_2025", PROVINCE) is None
    assert stations("chain_2011", Body("commune", 3, False), DISTRICT) is None


# --- 366-QĐ/TW ---------------------------------------------------------------------------------------------------


def facts(score, tasks, **more):
    return OrganisationFacts(score=Decimal(score), work=Work(*tasks), **{"undisciplined": True, **more})


@pytest.mark.parametrize(
    ("found", "level", "note"),
    [
        pytest.param(facts("92", (10, 0, 0, 3)), "HTXSNV", None, id="W1"),
        pytest.param(facts("92", (10, 0, 0, 2)), "HTTNV", "G2", id="W2"),
        pytest.param(facts("92", (10, 0, 0, 3), faults_remedied=False), "HTTNV", "G2", id="W3"),
        pytest.param(facts("90", (7, 0, 0, 2)), "HTTNV", "G2", id="W4"),
        pytest.param(facts("89.9", (10, 0, 0, 5)), "HTTNV", None, id="W5"),
        pytest.param(facts("75", (10, 0, 1, 0)), "HTNV", "G4", id="W6"),
        pytest.param(facts("60", (10, 0, 2, 0)), "HTNV", None, id="W7"),
        pytest.param(facts("60", (10, 0, 3, 0)), None, "G1", id="W8"),
        pytest.param(facts("60", (10, 2, 0, 0)), None, "G1", id="W9"),
        pytest.param(facts("60", (10, 3, 0, 0)), None, "G1", id="70 % done is not under 70 %"),
        pytest.param(facts("60", (10, 4, 0, 0)), "KHTNV", None, id="60 % done"),
        pytest.param(facts("60", (10, 4, 0, 0), lenient=True), None, "lenient", id="force majeure is for people"),
        pytest.param(facts("49.9", (10, 0, 0, 0)), "KHTNV", None, id="W12"),
        pytest.param(facts("85", (0,)), None, "G5", id="no tasks"),
        pytest.param(facts("92", (10, 0, 0, 3), undisciplined=False), "HTTNV", "G2", id="somebody disciplined"),
        pytest.param(
            facts("92", (10, 0, 0, 3), undisciplined=None), None, "discipline_unconfirmed", id="not confirmed yet"
        ),
        pytest.param(OrganisationFacts(), None, "no_score", id="no points"),
    ],
)
def test_the_suggestion_of_2025(found, level, note):
    said = suggest_organisation_level(R366, found)

    assert (said.level, [each.code for each in said.notes]) == (level, [note] if note else [])
    assert said.subject_to_cap is (level == "HTXSNV")
    assert "Điều 11 Quy định 366-QĐ/TW" in said.article


@pytest.mark.parametrize(
    "door",
    [
        "org_personnel_wrongdoing", "org_leader_duty_linked_discipline", "org_leader_degradation",
        "org_tasks_done_under", "org_basic_targets_missed",
    ],
)  # fmt: skip
def test_every_confirmed_door_leads_to_khtnv_unless_it_is_weighed(door):
    shut = suggest_organisation_level(R366, facts("95", (10, 0, 0, 4), doors=(door,)))
    weighed = suggest_organisation_level(R366, facts("95", (10, 0, 0, 4), doors=(door,), lenient=True))

    assert (shut.level, weighed.level) == ("KHTNV", "HTXSNV")
    assert shut.steps[0].startswith("Đã xác nhận: ")


def test_the_reasons_name_the_sum_and_the_article():
    said = suggest_organisation_level(R366, facts("92", (10, 0, 0, 2)))

    assert said.steps == (
        "Điểm: 92.",
        "Nhiệm vụ: 10; không hoàn thành 0, chậm 0, vượt yêu cầu 2/10 (20 %).",
        "Đủ điều kiện HTTNV (Điều 11 Quy định 366-QĐ/TW).",
    )
    assert "nhiệm vụ vượt yêu cầu 2/10 (20 %) < 30 %" in said.notes[0].text


# --- 21-HD/BTCTW, and the years of which nothing is known -----------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "note", "steps"),
    [
        pytest.param(
            {"HTXSNV": 3, "HTTNV": 13, "HTNV": 4}, "shares_hold",
            ["20/20 (100 %), yêu cầu 100 % – đạt.", "16/20 (80 %), yêu cầu 80 % – đạt."], id="exactly 80 %",
        ),
        pytest.param(
            {"HTTNV": 15, "HTNV": 5}, "shares_missed",
            ["20/20 (100 %), yêu cầu 100 % – đạt.", "15/20 (75 %), yêu cầu 80 % – không đạt."], id="75 %",
        ),
        pytest.param(
            {"HTTNV": 19, "KHTNV": 1}, "shares_missed",
            ["19/20 (95 %), yêu cầu 100 % – không đạt.", "19/20 (95 %), yêu cầu 80 % – đạt."], id="one KHTNV",
        ),
        pytest.param({}, "no_shares", [], id="nobody rated yet"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("is_cell", "what"), [(True, "Đảng viên"), (False, "Tổ chức đảng trực thuộc")])
def test_the_shares_below_of_2019(levels, note, steps, is_cell, what):
    said = suggest_organisation_level(R21, OrganisationFacts(below=LevelCounts(levels), is_cell=is_cell))

    assert (said.level, [each.code for each in said.notes]) == (None, [note])
    assert [step.split(": ", 1)[1] for step in said.steps] == steps
    assert all(step.startswith(what) for step in said.steps)
    assert "21-HD/BTCTW" in said.article


@pytest.mark.parametrize("code", ["hd07_2011", "hd27_2014", "hd16_2018", "qd124_2023"])
def test_without_known_conditions_people_decide(code):
    said = suggest_organisation_level(rules(code).organisation, facts("92", (10, 0, 0, 3)))

    assert (said.level, said.notes[0].code) == (None, "conditions_unknown")
    assert "cần người quyết định" in said.notes[0].text


def test_the_cap_of_collectives_speaks_of_organisations():
    found = organisation_cap(rules().cap, 3, 10)

    assert (found.limit, found.to_move) == (2, 1)
    assert found.what_if == "Nếu đổi 1 tổ chức từ xuất sắc sang tốt: 20 % × 11 = 2,2 → 2; đang có 2, không vượt"


# --- published figures (classification.md §11) ------------------------------------------------------------------------


def percents(counts, *codes):
    return [counts.percent(code) for code in codes]


def test_dong_thap_2012():
    """TCCSĐ 87.97 / 10.22 / 1.42 / 0.39, cells 92.91 / 6.70 / 0.35 / 0.04: on 10,000 each, 100 and 100."""
    bases = LevelCounts({"TSVM": 8797, "HTT": 1022, "HT": 142, "YEU_KEM": 39})
    cells = LevelCounts({"TSVM": 9291, "HTT": 670, "HT": 35, "YEU_KEM": 4})

    assert percents(bases, "TSVM", "HTT", "HT", "YEU_KEM") == list(map(Decimal, ("87.97", "10.22", "1.42", "0.39")))
    assert percents(cells, "TSVM", "HTT", "HT", "YEU_KEM") == list(map(Decimal, ("92.91", "6.70", "0.35", "0.04")))
    assert (bases.rated, cells.rated) == (10000, 10000)


def test_bien_hoa_2013_prints_the_exemplary_ones_as_a_line_of_the_total():
    """117 of 120: 15 / 53 / 39 / 9 / 1, percentages sum to 99.99."""
    counts = LevelCounts({"TSVM": 68, "HTT": 39, "HT": 9, "YEU_KEM": 1}, not_rated=3)
    group = GroupFigures("base", "Tổ chức cơ sở đảng", counts, exemplary=15)

    assert (counts.rated, counts.total, group.separated("TSVM")) == (117, 120, (15, 53))
    lines = LevelCounts({"exemplary": 15, "TSVM": 53, "HTT": 39, "HT": 9, "YEU_KEM": 1})
    found = percents(lines, "exemplary", "TSVM", "HTT", "HT", "YEU_KEM")
    assert found == list(map(Decimal, ("12.82", "45.30", "33.33", "7.69", "0.85")))
    assert sum(found) == Decimal("99.99")


def test_can_tho_2016_counts_the_exemplary_ones_inside_the_best_level():
    """701 of 709: 439 (62.62 %), of which 107 are 24.37 % of the 439; 30.96 / 6.13 / 0.29, together 100.00."""
    counts = LevelCounts({"TSVM": 439, "HTT": 217, "HT": 43, "YEU_KEM": 2}, not_rated=8)
    group = GroupFigures("base", "Tổ chức cơ sở đảng", counts, exemplary=107)

    assert (counts.rated, counts.total, group.exemplary_percent("TSVM")) == (701, 709, Decimal("24.37"))
    found = percents(counts, "TSVM", "HTT", "HT", "YEU_KEM")
    assert found == list(map(Decimal, ("62.62", "30.96", "6.13", "0.29")))
    assert sum(found) == Decimal("100.00")


def test_nam_can_2018_printed_a_wrong_share_and_ours_says_so():
    """51 = 8 / 35 / 8, printed 15.67 for 8/51; cells 147 = 28 / 100 / 10 / 9."""
    bases = LevelCounts({"HTXSNV": 8, "HTTNV": 35, "HTNV": 8})
    tolerance = rules("hd16_2018").organisation.percent_tolerance

    assert (bases.rated, bases.percent("HTXSNV")) == (51, Decimal("15.69"))
    assert agrees(Decimal("15.67"), bases.percent("HTXSNV"), tolerance)
    assert not agrees(Decimal("15.66"), bases.percent("HTXSNV"), tolerance)
    assert LevelCounts({"HTXSNV": 28, "HTTNV": 100, "HTNV": 10, "KHTNV": 9}).rated == 147


def test_hai_duong_2019():
    """604 of 662 TCCSĐ are HTTNV or better: printed 91.2, 23.8 % of the 604 are HTXSNV."""
    counts = LevelCounts({"HTXSNV": 144, "HTTNV": 460, "HTNV": 58})

    assert counts.percent("HTXSNV", "HTTNV") == Decimal("91.24")
    assert round(Decimal(100 * 144) / 604, 1) == Decimal("23.8")
