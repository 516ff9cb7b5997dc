"""What a form posts without a person having typed it: keys and versions in hidden fields."""

LONGEST = 9  # digits; a version never has more


def whole_number(text: str, most: int = LONGEST) -> int | None:
    """The number of at most so many ASCII digits; None for anything else, which no page of ours posts."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None
