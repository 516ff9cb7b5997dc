"""The CV: identity and answers, and the rows of its repeating items."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from admissions.actions import dossier_cv as acts
from admissions.cv_page import cv_page, part_rows
from admissions.cv_rows import CODES, cv_part, row_of
from admissions.forms_dossier_cv import CVForm
from admissions.models import CVEntry
from admissions.tabs import tabs_of
from admissions.views.candidates import find_candidate
from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.workflow import NotAllowed
from members.forms.facts import VoidForm
from members.forms.sheet import RowForm
from members.forms.text import ReasonField
from members.sheet.columns import row_words

PLACE = ("candidate__organisation", "candidate__member__home")


@require_safe
@requires(P.ADMISSIONS_VIEW)
def cv(request, pk):
    """Items 1–20 of the CV, without what few may see."""
    candidate = find_candidate(request, pk)
    context = {
        "candidate": candidate,
        "page": cv_page(candidate),
        "tabs": tabs_of(candidate, request.user, "cv"),
        "may_file": request.user.may(P.ADMISSIONS_FILE, candidate),
    }
    return render(request, "admissions/cv.html", context)


@requires(P.ADMISSIONS_FILE)
def correct_cv(request, pk):
    """Identity and answers; where somebody else wrote meanwhile, both values are shown first."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = CVForm(posted(request), candidate=candidate, today=timezone.localdate())
    page = {
        "title": f"Sửa lý lịch của {candidate}",
        "lead": "Ghi như trên lý lịch tự khai. Tôn giáo, gia đình ghi ở phần Thẩm tra.",
        "back": reverse("admissions:cv", args=[candidate.pk]),
        "done": "Đã ghi lý lịch.",
    }

    def act():
        acts.correct_cv(candidate, form.identity, form.answers, by=request.user)

    return two_sided_page(request, candidate, form, act, page)


@requires(P.ADMISSIONS_FILE)
def add_cv_row(request, pk, part):
    """The rows of an item, and the form of the next one."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    if part not in CODES:
        raise Http404
    part = cv_part(part)
    form = RowForm(posted(request), part=part, today=timezone.localdate())
    here = reverse("admissions:add_cv_row", args=[candidate.pk, part.code])
    page = {
        "back": reverse("admissions:cv", args=[candidate.pk]),
        "crumb": f"{candidate}: lý lịch",
        "title": part.title,
        "lead": part.hint or "Mỗi lần ghi là một dòng của lý lịch; ghi xong thì ghi tiếp dòng sau.",
        "submit": "Ghi dòng này",
        "done": "Đã ghi một dòng.",
        "template": "admissions/cv_part.html",
        "rows": part_rows(candidate, part),
    }

    def act(values):
        acts.add_cv_row(candidate, part, form.values, by=request.user)
        return here

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def correct_cv_row(request, pk):
    """A row written anew, with a reason."""
    entry, part = _entry(request, pk)
    form = RowForm(posted(request), part=part, today=timezone.localdate(), row=row_of(entry))
    form.fields["reason"] = ReasonField(label="Vì sao sửa")

    def act(values):
        acts.correct_cv_row(entry, part, form.values, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, _row_page(entry, part, "Sửa", "Ghi dòng mới"))


@requires(P.ADMISSIONS_FILE)
def void_cv_row(request, pk):
    """A row that never was true."""
    entry, part = _entry(request, pk)

    def act(values):
        acts.void_cv_row(entry, part, reason=values["reason"], by=request.user)

    return act_with_form(
        request, VoidForm(posted(request)), act, _row_page(entry, part, "Hủy một dòng", "Hủy dòng này")
    )


def two_sided_page(request, candidate, form, act, page):
    """A form over what others may write; 409 while it shows both values, 422 with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, page["done"])
            return redirect(page["back"])
    status = 422 if form.errors else 200
    if form.is_bound and form.meets_others:
        status = 409
    context = {"candidate": candidate, "form": form, **page}
    return render(request, "admissions/correct_cv.html", context, status=status)


def _entry(request, pk):
    rows = CVEntry.objects.visible_to(request.user).standing().select_related(*PLACE)
    entry = find(rows, pk=pk)
    check(request.user, P.ADMISSIONS_FILE, entry)
    return entry, cv_part(entry.part)


def _row_page(entry, part, verb, submit):
    return {
        "back": reverse("admissions:cv", args=[entry.candidate_id]),
        "crumb": f"{entry.candidate}: lý lịch",
        "title": f"{verb}: {part.title}",
        "lead": f"Đang ghi: {row_words(part, row_of(entry))}. Bản cũ vẫn đọc được.",
        "submit": submit,
        "done": "Đã ghi.",
    }
