"""The suggestion: W1–W14 and the gaps G1–G5 of `classification.md` §4, and what older rule sets know."""

from datetime import date
from decimal import Decimal

import pytest

from evaluations.rules import (
    LeaderFigures,
    MemberFacts,
    SuggestionFacts,
    Work,
    eligibility,
    leader_flags,
    suggest_level,
)
from tests.evaluations.regulations import rules

REFERENCE = date(2025, 12, 31)


def suggest(code="qd366_2025", member=None, **facts):
    known = rules(code)
    eligible = eligibility(known.eligibility, member or MemberFacts(admitted_on=date(2001, 2, 3)), REFERENCE)
    return suggest_level(known.conditions, SuggestionFacts(**facts), eligible)


def gaps(found):
    return [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("score", "work", "extra", "level", "noted"),
    [
        pytest.param("92", (10, 0, 0, 3), {}, "HTXSNV", [], id="W1"),
        pytest.param("92", (10, 0, 0, 2), {}, "HTTNV", ["G2"], id="W2"),
        pytest.param("92", (10, 0, 0, 3), {"faults_remedied": False}, "HTTNV", ["G2"], id="W3"),
        pytest.param("90", (7, 0, 0, 2), {}, "HTTNV", ["G2"], id="W4"),
        pytest.param("89.9", (10, 0, 0, 5), {}, "HTTNV", [], id="W5"),
        pytest.param("75", (10, 0, 1, 0), {}, "HTNV", ["G4"], id="W6"),
        pytest.param("60", (10, 0, 2, 0), {}, "HTNV", [], id="W7"),
        pytest.param("60", (10, 0, 3, 0), {}, None, ["G1"], id="W8"),
        pytest.param("60", (10, 2, 0, 0), {}, None, ["G1"], id="W9"),
        pytest.param("60", (10, 5, 0, 0), {}, None, ["G1"], id="W10"),
        pytest.param("60", (10, 6, 0, 0), {}, "KHTNV", [], id="W11"),
        pytest.param("49.9", (10, 0, 0, 0), {}, "KHTNV", [], id="W12"),
        pytest.param("95", (10, 0, 0, 4), {"doors": ("duty_linked_discipline",)}, "KHTNV", [], id="W13"),
        pytest.param(
            "85", (10, 0, 0, 0), {"leader": True, "doors": ("units_tasks_done_under",)}, "KHTNV", [], id="W14"
        ),
    ],
)
def test_worked_examples(score, work, extra, level, noted):
    found = suggest(score=Decimal(score), work=Work(*work), **extra)

    assert (found.level, gaps(found)) == (level, noted)
    assert found.outcome == ("level" if level else "needs_human")
    assert found.subject_to_cap is (level == "HTXSNV")


def test_the_share_beyond_requirement_is_shown_w4():
    [note] = suggest(score=Decimal(90), work=Work(7, 0, 0, 2)).notes

    assert note.text == (
        "Điểm từ 90 trở lên nhưng nhiệm vụ vượt yêu cầu 2/7 (28,6 %) < 30 %. "
        "Khung điểm của HTTNV ghi dưới 90: giữ nguyên điểm và giải trình."
    )


def test_steps_carry_the_article_w13():
    found = suggest(score=Decimal(95), work=Work(10, 0, 0, 4), doors=("duty_linked_discipline",))

    assert found.steps == (
        "Đã xác nhận: có vi phạm liên quan đến hoạt động công vụ, bị kỷ luật từ khiển trách trở lên "
        "(Điều 11 Quy định 366-QĐ/TW).",
    )


def test_leniency_closes_the_door_w13():
    found = suggest(score=Decimal(95), work=Work(10, 0, 0, 4), doors=("duty_linked_discipline",), lenient=True)

    assert found.level == "HTXSNV"


def test_a_leaders_figures_open_a_door_for_confirmation_w14():
    [flag] = leader_flags(rules().conditions, LeaderFigures(units_tasks_done=Decimal(69)))

    assert (flag.code, flag.gap) == ("units_tasks_done_under", "")
    assert "hoàn thành 69 % < 70 % (Điều 11 Quy định 366-QĐ/TW)" in flag.explanation


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        ({"units_tasks_done": Decimal(70)}, []),
        ({"units_rated_khtnv": Decimal(50)}, []),
        ({"units_rated_khtnv": Decimal("50.1")}, ["units_rated_khtnv_over"]),
        ({"low_confidence": Decimal(50)}, []),
        ({"low_confidence": Decimal(51)}, ["low_confidence_over"]),
        ({"basic_targets_missed": 4}, []),
        ({"basic_targets_missed": 5}, ["basic_targets_missed"]),
        ({"subunits_disciplined": Decimal(90)}, []),
    ],
)
def test_limits_of_a_leaders_figures(figures, codes):
    assert [flag.code for flag in leader_flags(rules().conditions, LeaderFigures(**figures))] == codes


def test_disciplined_sub_units_count_in_2023():
    figures = LeaderFigures(subunits_disciplined=Decimal(21), units_tasks_done=Decimal(1))

    assert [flag.code for flag in leader_flags(rules("qd124_2023").conditions, figures)] == [
        "subunits_disciplined_over"
    ]


def test_a_leader_without_basic_targets_g3():
    [flag] = leader_flags(rules().conditions, LeaderFigures(has_basic_targets=False))

    assert flag.gap == "G3"
    assert "không áp dụng" in flag.explanation


def test_no_tasks_recorded_g5():
    assert gaps(suggest(score=Decimal(92), work=Work(0))) == ["G5"]
    assert gaps(suggest(score=Decimal(92))) == ["G5"]
    assert suggest(score=Decimal("49.9")).level == "KHTNV"


def test_without_a_score_people_decide_but_a_door_stands():
    assert (suggest(work=Work(10)).outcome, gaps(suggest(work=Work(10)))) == ("needs_human", ["no_score"])
    assert suggest(doors=("degradation",)).level == "KHTNV"


def test_a_door_of_leaders_does_not_open_for_others():
    found = suggest(score=Decimal(85), work=Work(10), doors=("units_tasks_done_under",))

    assert found.level == "HTTNV"


@pytest.mark.parametrize(
    ("member", "outcome"),
    [
        (MemberFacts(admitted_on=date(2001, 2, 3), exempt=True), "not_rated"),
        (MemberFacts(admitted_on=date(2025, 9, 1), official=False), "not_rated"),
        (MemberFacts(admitted_on=None, official=False), "needs_human"),
    ],
)
def test_who_is_not_eligible_gets_the_reason_and_no_level(member, outcome):
    found = suggest(member=member, score=Decimal(95), work=Work(10, 0, 0, 5))

    assert (found.outcome, found.level) == (outcome, None)
    assert "Điều 5 Quy định 366-QĐ/TW" in found.steps[0]


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        pytest.param({"result_degrees": ("xuat_sac",), "other_degrees": ("tot", "xuat_sac")}, "HTXSNV", id="excellent"),
        pytest.param(
            {"result_degrees": ("xuat_sac",), "other_degrees": ("tot",), "staff_level": "HTTNV"},
            "HTTNV",
            id="staff HTT",
        ),
        pytest.param({"result_degrees": ("xuat_sac", "tot"), "other_degrees": ("tot",)}, "HTTNV", id="good"),
        pytest.param({"result_degrees": ("xuat_sac",), "other_degrees": ("trung_binh",)}, "HTNV", id="average"),
        pytest.param({"result_degrees": ("kem",), "other_degrees": ("tot",)}, "KHTNV", id="poor"),
        pytest.param({"result_degrees": ("xuat_sac",), "targets_done": Decimal(49)}, "KHTNV", id="under half"),
        pytest.param({"result_degrees": ("xuat_sac",), "targets_done": Decimal(50)}, "HTXSNV", id="half"),
        pytest.param({"result_degrees": ("xuat_sac",), "doors": ("disciplined",)}, "KHTNV", id="disciplined"),
        pytest.param({}, None, id="nothing known"),
    ],
)
def test_degrees_of_2019(facts, level):
    assert suggest("hd21_2019", **facts).level == level


def test_long_illness_lowers_the_suggestion_of_2019():
    ill = MemberFacts(admitted_on=date(2001, 2, 3), sick_months=4)
    found = suggest("hd21_2019", ill, result_degrees=("xuat_sac",), other_degrees=("tot",))

    assert (found.level, found.subject_to_cap) == ("HTNV", False)
    assert suggest("hd21_2019", ill, result_degrees=("kem",)).level == "KHTNV"


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"score": Decimal(95), "work": Work(10, 0, 0, 5)}, None),
        ({"doors": ("criteria_kem",)}, "KHTNV"),
        ({"targets_done": Decimal(49), "key_targets_missed": True}, "KHTNV"),
        ({"targets_done": Decimal(49), "key_targets_missed": False}, None),
        ({"doors": ("disunity",)}, None),
        ({"doors": ("disunity",), "leader": True}, "KHTNV"),
    ],
)
def test_2023_knows_the_doors_only(facts, level):
    assert suggest("qd124_2023", **facts).level == level


@pytest.mark.parametrize("code", ["hd07_2011", "hd27_2014", "hd16_2018"])
def test_older_rule_sets_suggest_nothing(code):
    found = suggest(code, score=Decimal(95), work=Work(10, 0, 0, 5), doors=("disciplined",), result_degrees=("kem",))

    assert (found.outcome, found.level, gaps(found)) == ("needs_human", None, ["conditions_unknown"])
