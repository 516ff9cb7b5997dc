"""Scales and the voting base."""

from fractions import Fraction

import pytest

from config.lib.rulesets import typed
from members.rules import VoteBaseRules, Voter, scale_from, vote_base, votes_at_least, votes_over
from tests.evaluations.regulations import keys, shipped


def scale(code):
    return scale_from(code, keys("scale", code, "members"))


def base_rules(code="qd294_2025"):
    return typed(VoteBaseRules, keys("vote_base", code, "members"))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "tu_cach",
            [
                (1, "DTC_XS", "Đảng viên đủ tư cách, hoàn thành xuất sắc nhiệm vụ"),
                (2, "DTC_TOT", "Đảng viên đủ tư cách, hoàn thành tốt nhiệm vụ"),
                (3, "DTC_HT", "Đảng viên đủ tư cách, hoàn thành nhiệm vụ"),
                (4, "VPTC_KHT", "Đảng viên vi phạm tư cách hoặc không hoàn thành nhiệm vụ"),
            ],
        ),
        (
            "nhiem_vu",
            [
                (1, "HTXSNV", "Hoàn thành xuất sắc nhiệm vụ"),
                (2, "HTTNV", "Hoàn thành tốt nhiệm vụ"),
                (3, "HTNV", "Hoàn thành nhiệm vụ"),
                (4, "KHTNV", "Không hoàn thành nhiệm vụ"),
            ],
        ),
        (
            "tsvm",
            [
                (1, "TSVM", "Trong sạch, vững mạnh"),
                (2, "HTT", "Hoàn thành tốt nhiệm vụ"),
                (3, "HT", "Hoàn thành nhiệm vụ"),
                (4, "YEU_KEM", "Yếu kém"),
            ],
        ),
    ],
)
def test_levels_by_rank(code, names):
    assert [(level.rank, level.code, level.name) for level in scale(code).levels] == names


@pytest.mark.parametrize(
    ("code", "text", "level"),
    [
        ("nhiem_vu", "HOÀN THÀNH XUẤT SẮC NHIỆM VỤ", "HTXSNV"),
        ("nhiem_vu", "  Hoàn thành  tốt NV ", "HTTNV"),
        ("nhiem_vu", "httnv", "HTTNV"),
        ("nhiem_vu", "Hoàn thành nhiệm vụ", "HTNV"),
        ("nhiem_vu", "Không hoàn thành NV", "KHTNV"),
        ("nhiem_vu", "Loại III", None),
        ("nhiem_vu", "Không xếp loại", None),
        ("nhiem_vu", "", None),
        ("tu_cach", "loại III", "DTC_HT"),
        ("tu_cach", "Đủ tư cách, hoàn thành tốt nhiệm vụ", "DTC_TOT"),
        ("tu_cach", "Vi phạm tư cách đảng viên", "VPTC_KHT"),
        ("tu_cach", "Hoàn thành tốt nhiệm vụ", None),
        ("tu_cach", "KHTNV", None),
    ],
)
def test_spellings_of_levels(code, text, level):
    found = scale(code).level_named(text)

    assert (found.code if found else None) == level


@pytest.mark.parametrize("text", ["Không xếp loại", "KHÔNG XẾP LOẠI", "chưa đánh giá, xếp loại"])
def test_not_rated_is_a_state_and_not_a_level(text):
    assert scale("nhiem_vu").says_not_rated(text) is True
    assert scale("nhiem_vu").level_named(text) is None


def test_a_level_is_not_mistaken_for_not_rated():
    assert scale("nhiem_vu").says_not_rated("Không hoàn thành nhiệm vụ") is False


@pytest.mark.parametrize("code", ["tu_cach", "nhiem_vu", "tsvm"])
def test_no_spelling_names_two_levels(code):
    found = scale(code)
    for level in found.levels:
        for spelling in (level.code, level.name, level.short, *level.aliases):
            assert found.level_named(spelling) == level


def test_a_class_is_never_the_name_of_a_level():
    assert not any("oại" in level.name + level.short for level in scale("tu_cach").levels)


def test_levels_by_code():
    assert scale("nhiem_vu").level("HTNV").rank == 3
    with pytest.raises(KeyError):
        scale("nhiem_vu").level("DTC_HT")


@pytest.mark.parametrize(
    ("change", "present", "base", "reason"),
    [
        ({"temporary_elsewhere": True}, False, 20, "temporary"),
        ({"temporary_elsewhere": True}, True, 21, None),
        ({"exempt": True}, False, 20, "exempt_absent"),
        ({"exempt": True}, True, 21, None),
        ({"suspended": True}, False, 20, "suspended"),
        ({"suspended": True}, True, 20, "suspended"),
        ({"prosecuted": True}, True, 20, "prosecuted"),
        ({}, False, 21, None),
    ],
)
@pytest.mark.parametrize("code", ["qd24_2021", "qd294_2025", "qd208_2026"])
def test_who_leaves_the_base(code, change, present, base, reason):
    others = [Voter(key=f"m{n}", official=True) for n in range(20)]
    found = vote_base(base_rules(code), [*others, Voter(key="x", official=True, present=present, **change)])

    assert found.base == base
    assert [each.reason for each in found.exclusions] == ([reason] if reason else [])


def test_an_exclusion_is_named_with_its_article():
    [exclusion] = vote_base(base_rules(), [Voter(key="x", official=True, suspended=True)]).exclusions

    assert exclusion.explanation == (
        "Không tính vào số thành viên biểu quyết: bị đình chỉ sinh hoạt đảng (điểm 9.3.2 Quy định 294-QĐ/TW)."
    )


def test_probationary_members_are_counted_as_members_only():
    found = vote_base(base_rules(), [Voter(key="x", official=False), Voter(key="y", official=True)])

    assert (found.members, found.official, found.base, found.present) == (2, 1, 1, 1)


@pytest.mark.parametrize(
    ("base", "half", "two_thirds"), [(20, 11, 14), (18, 10, 12), (21, 11, 14), (9, 5, 6), (10, 6, 7)]
)
def test_more_than_half_and_two_thirds_are_different_comparisons(base, half, two_thirds):
    assert votes_over(Fraction(1, 2), base) == half
    assert votes_at_least(base_rules().cell_share, base) == two_thirds


def test_the_days_from_which_voting_bases_hold():
    assert [(each.code, f"{each.effective_on}") for each in shipped("members") if each.topic == "vote_base"] == [
        ("qd24_2021", "2021-07-30"),
        ("qd294_2025", "2025-07-01"),
        ("qd208_2026", "2026-07-26"),
    ]
