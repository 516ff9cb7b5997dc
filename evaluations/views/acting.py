"""An act about one result: its form, and the way back to the result."""

from django.urls import reverse

from cells.views.act_pages import act_with_form


def act_on_review(request, review, form, act, page):
    """The form of an act about one result; once valid the act, whose refusal comes back as words in the form."""
    crumb = f"{review.member} · xếp loại {review.sheet.season.year}"
    back = reverse("evaluations:review", args=[review.pk])
    return act_with_form(request, form, act, {"crumb": crumb, "back": back, **page})
