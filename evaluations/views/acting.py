"""An act that asks for a few words first: its form, the act, its refusal as words in the form."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from config.lib.workflow import NotAllowed

FORM = "evaluations/after_decision_form.html"


def act_on_review(request, review, form, act, page):
    """The form of an act about one result; once valid the act, whose refusal comes back as words in the form."""
    crumb = f"{review.member} · xếp loại {review.sheet.season.year}"
    back = reverse("evaluations:review", args=[review.pk])
    return act_with_form(request, form, act, {"crumb": crumb, "back": back, **page})


def posted(request):
    """What a form was sent with, empty too; None where it is shown for the first time."""
    return request.POST if request.method == "POST" else None


def act_with_form(request, form, act, page):
    """The form of an act; once valid the act, whose refusal comes back as words in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page["done"])
            return redirect(page["back"])
    status = 422 if form.errors else 200
    return render(request, FORM, {"form": form, **page}, status=status)
