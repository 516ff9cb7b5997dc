"""Which body acts for a candidate before the procedure: the cell, or the base committee above it."""

from cells.permissions import Permission

OF_THE_BASE = ("send_to_class", "clear", "seal_cv", "certify_cv")


def base_body(candidate):
    """The committee that seals and certifies: the nearest base above the cell, else the body directly above it.

    A cell that is a base itself, or that stands directly under a commune, has the body directly above (our default).
    """
    cell = candidate.organisation
    above = cell.parent
    while above is not None and not above.is_base:
        above = above.parent
    return above or cell.parent or cell


def may_act(user, step, candidate):
    """Whether a person may take a step of the workflow: the cell's by the candidate, the base committee's by that."""
    if step.permission == Permission.ADMISSIONS_FILE:
        return user.may(step.permission, candidate)
    body = base_body(candidate) if step.name in OF_THE_BASE else candidate.scope_organisation
    return user.may(step.permission, body)
