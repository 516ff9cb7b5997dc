"""How registers and lists write what they print of people: names, days, papers; no whole numbers."""


def written(day):
    """05/03/1975, or nothing."""
    return f"{day:%d/%m/%Y}" if day else ""


def partial(day, precision):
    """A day as far as it is known: 05/03/1975, 03/1975, 1975, or nothing."""
    if day is None:
        return ""
    return {"year": f"{day:%Y}", "month": f"{day:%m/%Y}"}.get(precision, written(day))


def born(member):
    return partial(member.born_on, member.born_precision)
