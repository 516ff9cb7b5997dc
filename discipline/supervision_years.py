"""Which year a page of inspection and supervision shows; what cannot be read shows this year."""

FIRST_YEAR = 2000


def year_asked(text, today):
    """The year that a query asks for, one to come at most: plans are drawn up before it begins."""
    if text and text.isascii() and text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= today.year + 1:
        return int(text)
    return today.year


def years_around(year, today):
    """The years before and after, as far as there can be plans."""
    return [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= today.year + 1]
