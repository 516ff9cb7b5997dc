"""Percentages as the reports print them, in decimal arithmetic."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

_VIETNAMESE = str.maketrans(",.", ".,")


def share(part: int, whole: int, places: int = 2) -> Decimal | None:
    """Per cent of the whole, rounded half up to so many decimals; None where the base is zero."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def shares(counts: Mapping[str, int], places: int = 2) -> dict[str, Decimal | None]:
    """Every count as a share of their sum; rounded one by one, so that they need not add up to 100."""
    whole = sum(counts.values())
    return {name: share(part, whole, places) for name, part in counts.items()}


def agrees(printed: Decimal, counted: Decimal, tolerance: Decimal) -> bool:
    """Whether a printed percentage is the counted one within so many percentage points."""
    return abs(printed - counted) <= tolerance


def percent_text(value: int | Decimal) -> str:
    """20 as "20 %", 6.2 as "6,2 %"."""
    return f"{number_text(value)} %"


def number_text(value: int | Decimal) -> str:
    """6.20 as "6,2", 1689 as "1.689"."""
    number = Decimal(value)
    plain = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    return f"{plain:,f}".translate(_VIETNAMESE)
