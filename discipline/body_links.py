"""Pages of inspection about a body, shown on the page of the body; what is under seal has no link there."""

from django.urls import reverse

from cells.permissions import Permission as P


def body_links(organisation, user):
    """What the cells of the body inspected and supervised, for whoever reads plans."""
    if user.may(P.SUPERVISION_VIEW, organisation):
        yield "Kiểm tra, giám sát của chi bộ", reverse("discipline:coverage", args=[organisation.pk])
