"""Keys and versions from hidden fields."""

import pytest

from config.lib.posted import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("999999999", 999999999)])
def test_a_whole_number_is_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "+1", "1.0", "1e3", "٢", "²", "x", "1_000", "1000000000"])
def test_what_no_page_posts_is_none(text):
    assert whole_number(text) is None


def test_the_most_digits_are_those_asked_for():
    assert (whole_number("2025", 4), whole_number("20250", 4)) == (2025, None)
