"""Percentages of the published reports of `classification.md` §11, to the printed digit."""

from decimal import Decimal

import pytest

from evaluations.rules import agrees, number_text, percent_text, share, shares


def test_members_of_bien_hoa_2013():
    counts = {"DTC_XS": 1120, "DTC_TOT": 8445, "DTC_HT": 2311, "VPTC_KHT": 41}

    assert sum(counts.values()) == 11917
    assert {name: str(value) for name, value in shares(counts).items()} == {
        "DTC_XS": "9.40",
        "DTC_TOT": "70.87",
        "DTC_HT": "19.39",
        "VPTC_KHT": "0.34",
    }


def test_organisations_of_bien_hoa_2013_add_up_to_99_99():
    found = shares({"TSVM tiêu biểu": 15, "TSVM": 53, "HTT": 39, "HT": 9, "YEU_KEM": 1})

    assert [str(value) for value in found.values()] == ["12.82", "45.30", "33.33", "7.69", "0.85"]
    assert sum(found.values()) == Decimal("99.99")


@pytest.mark.parametrize(
    ("part", "whole", "places", "expected"),
    [
        (1, 8, 2, "12.50"),
        (1, 8, 1, "12.5"),
        (1, 200, 0, "1"),
        (1, 16, 1, "6.3"),
        (2645, 2993, 2, "88.37"),
        (604, 662, 1, "91.2"),
        (0, 7, 2, "0.00"),
    ],
)
def test_shares_round_half_up(part, whole, places, expected):
    assert str(share(part, whole, places)) == expected


def test_there_is_no_share_of_nothing():
    assert share(0, 0) is None


def test_printed_figures_may_be_off_by_the_tolerance():
    tolerance = Decimal("0.02")

    assert agrees(Decimal("15.67"), Decimal("15.69"), tolerance) is True
    assert agrees(Decimal("15.66"), Decimal("15.69"), tolerance) is False


@pytest.mark.parametrize(
    ("value", "text"),
    [(1689, "1.689"), (Decimal("6.20"), "6,2"), (Decimal("1234.5"), "1.234,5"), (Decimal("20.0"), "20"), (100, "100")],
)
def test_numbers_as_vietnamese_readers_write_them(value, text):
    assert number_text(value) == text
    assert percent_text(value) == f"{text} %"
