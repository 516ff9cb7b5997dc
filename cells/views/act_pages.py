"""An act that asks for a few words first: its form, the act, its refusal as words in the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from config.lib.workflow import NotAllowed

PAGE = "components/act_page.html"


def posted(request):
    """What a form was sent with, empty too; None where it is shown for the first time."""
    return request.POST if request.method == "POST" else None


def add_refusal(form, refusal):
    """What an act refuses, at the fields that it names; of one that the form does not have, above the form."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for name, words in by_field.items():
        form.add_error(name if name in form.fields else None, words)


def tell_vote(page, vote):
    """Say at the end of an act what a vote came to; one that was not carried is no success."""
    if vote is not None:
        page["done"], page["tell"] = vote.outcome_words, messages.success if vote.carried else messages.warning


def act_with_form(request, form, act, page):
    """The form of an act; once valid the act, whose refusal comes back as words in the form.

    `page` names `back`, `crumb`, `title`, `lead`, `submit` and `done`; an act that answers an address leads there. What
    an act came to it may put into `page` itself (`tell_vote`).
    """
    if request.method == "POST" and form.is_valid():
        try:
            onward = act(form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            page.get("tell", messages.success)(request, page["done"])
            return redirect(onward if isinstance(onward, str) else page["back"])
    status = 422 if form.errors else 200
    return render(request, page.get("template", PAGE), {"form": form, **page}, status=status)
