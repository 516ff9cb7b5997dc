"""Figures of inspection: shares and medians, of nothing None."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median


def share(part: int, whole: int) -> Fraction | None:
    """The part of a whole."""
    return Fraction(part, whole) if whole else None


def percent(found: Fraction | None) -> int | None:
    """A share in whole per cent, halves up."""
    return None if found is None else int(found * 100 + Fraction(1, 2))


def middle(days: Sequence[int]) -> float | None:
    """The median of some numbers of days."""
    return float(median(days)) if days else None
