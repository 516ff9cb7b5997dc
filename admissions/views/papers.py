"""The forms of a candidate: which are ready, which lack what; each as PDF, some as Word."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions.form_printing import print_form as note_print
from admissions.models import Candidate
from admissions.printed.catalogue import STAGES, forms, forms_of, stage_of
from admissions.printed.filling import missing
from admissions.printed.pdf import AT_ONCE, form_pdf, meeting_pdf
from admissions.printed.rows import CandidateRows
from admissions.printed.word import form_docx
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer

OF_MEETING = {"6-knd": "admission", "13-knd": "recognition"}
MEETING_FORM = {"procedure": "6-knd", "recognition": "13-knd"}


@require_safe
@requires(P.ADMISSIONS_VIEW)
def list_forms(request, pk):
    """Every form of a stage: ready to print, or what it lacks."""
    candidate = find_candidate(request, pk)
    rows = CandidateRows(candidate, timezone.localdate())
    own = stage_of(candidate.state)
    stage = request.GET.get("stage")
    stage = stage if stage in STAGES else own
    shown = [
        (form, missing(form, rows), candidate.state in form.states) for form in forms_of(stage) if rows.has(form.needs)
    ]
    context = {
        "candidate": candidate,
        "stages": [(words, f"?stage={name}", name == stage) for name, words in STAGES.items()],
        "forms": shown,
        "meeting": _meeting(rows, MEETING_FORM.get(stage)),
        "opens_background": request.user.may(P.ADMISSIONS_BACKGROUND, candidate),
        "tabs": tabs_of(candidate, request.user, "forms"),
    }
    return render(request, "admissions/forms.html", context)


def _meeting(rows, form):
    """Where the resolutions of the whole meeting are printed; empty before the cell has voted."""
    vote = rows.vote(OF_MEETING[form], "cell") if form else None
    if vote is None:
        return ""
    return reverse("admissions:print_meeting", args=[vote.organisation_id, form, vote.held_on.isoformat()])


@require_safe
@requires(P.ADMISSIONS_VIEW)
def print_form(request, pk, form):
    """One form of a candidate as PDF; what it lacks stands on its top."""
    found, rows = _asked(request, pk, form)
    return file_answer(form_pdf(found, rows), f"{found.slug}.pdf")


@require_safe
@requires(P.ADMISSIONS_VIEW)
def download_form(request, pk, form):
    """One form as Word, of those that people complete."""
    found, rows = _asked(request, pk, form, word=True)
    return file_answer(form_docx(found, rows), f"{found.slug}.docx")


def _asked(request, pk, slug, *, word=False):
    """(form, rows) of a candidate in scope; printing what is restricted is noted."""
    candidate, form = find_candidate(request, pk), forms().get(slug)
    if form is None or (word and not form.word):
        raise Http404
    if form.background:
        if not request.user.may(P.ADMISSIONS_BACKGROUND, candidate):
            raise PermissionDenied
        note_print(candidate, form.code, by=request.user)
    return form, CandidateRows(candidate, timezone.localdate())


@require_safe
@requires(P.ADMISSIONS_VIEW)
def print_meeting(request, organisation_id, form, held_on):
    """The resolutions of one meeting of a cell, one for each person, in one file."""
    cell = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW), pk=organisation_id)
    purpose = OF_MEETING.get(form)
    people = Candidate.objects.visible_to(request.user).with_place().select_related("profile")
    people = people.voted_on(cell, purpose, _day(held_on)) if purpose else people.none()
    found = list(people[:AT_ONCE])
    if not found:
        raise Http404
    today = timezone.localdate()
    content = meeting_pdf(forms()[form], [CandidateRows(each, today) for each in found], today)
    return file_answer(content, f"{form}-{held_on}.pdf")


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
