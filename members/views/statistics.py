"""Official forms 1, 3 and 5: chosen, on screen, on paper, as a workbook, and who stands behind a figure."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.forms.statistics import PeriodForm, StatisticsForm, quick_periods, span_query
from members.paging import kept_page
from members.statistics.form_1 import FORM as FORM_1
from members.statistics.form_5 import FORM as FORM_5
from members.statistics.form_5 import MEMBERS
from members.statistics.people import SENSITIVE_ROWS, Behind, Figure
from members.statistics.printing import FORMS
from members.statistics.screen import shown

PAGE_SIZE = 50
LONGEST_KEY = 10  # digits


@require_safe
@requires(P.REPORTS_VIEW)
def choose_statement(request):
    """Which form of which body and period; then its page."""
    own = Organisation.objects.visible_to(request.user, P.REPORTS_VIEW).order_by("path").first()
    asked = request.GET if "form" in request.GET else None
    form = StatisticsForm(asked, user=request.user, today=timezone.localdate(), initial={"organisation": own})
    if asked and form.is_valid():
        values = form.cleaned_data
        page = reverse("members:statement", args=[values["form"], values["organisation"].pk])
        return redirect(f"{page}?{form.query}")
    return render(request, "members/statistics/choose.html", {"form": form, "own": own, "printables": FORMS.values()})


@require_safe
@requires(P.REPORTS_VIEW)
def show_statement(request, form, organisation_id):
    """One form with what was checked, the bodies below, and the differences from what was issued."""
    body, asked = _asked(request, form, organisation_id)
    statement = _collect(form, body, asked.span)
    user, page = request.user, reverse("members:statement", args=[form, body.pk])
    opens_names, opens_sensitive = user.may(P.MEMBERS_VIEW, body), user.may(P.MEMBERS_SENSITIVE, body)
    context = {
        "form": asked,
        "body": body,
        "statement": statement,
        "shown": shown(statement, opens_names=opens_names, opens_sensitive=opens_sensitive),
        "query": span_query(asked.span),
        "quick": quick_periods(asked.span, timezone.localdate()),
        "tabs": [
            (each.title.partition(":")[0], page.replace(form, name) + f"?{span_query(asked.span)}", name == form)
            for name, each in FORMS.items()
        ],
        "issues": user.may(P.DOCUMENTS_ISSUE, body),
    }
    return render(request, "members/statistics/statement.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_statement(request, form, organisation_id):
    """The form on paper as it would print today, not issued."""
    body, asked = _asked(request, form, organisation_id)
    statement = _collect(form, body, asked.span)
    frame = draft_frame(body, FORMS[form], statement, on=timezone.localdate())
    return file_answer(FORMS[form].render_pdf(statement, frame, {}), _name(statement, "pdf"))


@require_safe
@requires(P.REPORTS_VIEW)
def export_statement(request, form, organisation_id):
    """The form as a workbook."""
    body, asked = _asked(request, form, organisation_id)
    statement = _collect(form, body, asked.span)
    return file_answer(FORMS[form].render_xlsx(statement), _name(statement, "xlsx"))


@require_safe
@requires(P.MEMBERS_VIEW)
def show_behind(request, form, organisation_id):
    """The people, or for columns of form 5 the organisations, behind one figure."""
    body, asked = _asked(request, form, organisation_id)
    check(request.user, P.MEMBERS_VIEW, body)
    row = request.GET.get("row", "D" if form == FORM_1 else "total")
    column = request.GET.get("column", MEMBERS if form == FORM_5 else "")
    if row in SENSITIVE_ROWS:
        check(request.user, P.MEMBERS_SENSITIVE, body)
    behind = Behind(Figure(form, body.pk, asked.span, row, column, _part(request)))
    if not behind.exists:
        raise Http404
    page = kept_page(behind.figure, lambda: behind.found, request.GET.get("page"), size=PAGE_SIZE)
    reach = tuple(request.user.paths_in_scope(P.MEMBERS_VIEW))
    entries = behind.page(page.object_list)
    context = {
        "body": body,
        "behind": behind,
        "page": page,
        "entries": entries
        if behind.are_organisations
        else [(e, e.member.home.path.startswith(reach)) for e in entries],
        "back": f"{reverse('members:statement', args=[form, body.pk])}?{span_query(asked.span)}",
        "form_title": FORMS[form].title,
        "is_movement": form == FORM_1 and row not in ("A", "D"),
    }
    return render(request, "members/statistics/behind.html", context)


def _asked(request, form, organisation_id):
    """The body in scope and the period asked for; an unknown form is not found."""
    if form not in FORMS:
        raise Http404
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    asked = request.GET if request.GET.keys() & {"since", "until"} else None
    return body, PeriodForm(asked, form=form, today=timezone.localdate())


def _collect(form, body, span):
    return FORMS[form].collect(body, since=span.since, until=span.until)


def _part(request):
    """The part asked for; None when none is named, what is no number is not found."""
    text = request.GET.get("part", "")
    if text and not (text.isdecimal() and len(text) < LONGEST_KEY):
        raise Http404
    return int(text) if text else None


def _name(statement, ending):
    number = statement.form.removeprefix("form-")
    return f"bieu-{number}-{statement.span.since:%Y%m%d}-{statement.span.last_day:%Y%m%d}.{ending}"
