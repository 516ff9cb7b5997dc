"""Levels that the conditions since 2018 speak of, and how the degrees of a criterion compare."""

HTXSNV, HTTNV, HTNV, KHTNV = "HTXSNV", "HTTNV", "HTNV", "KHTNV"

# best first
DEGREES = ("xuat_sac", "tot", "trung_binh", "kem")


def at_least(degree: str, least: str | None) -> bool:
    """Whether a criterion's degree reaches the one asked for; True where none is asked for."""
    return least is None or DEGREES.index(degree) <= DEGREES.index(least)
