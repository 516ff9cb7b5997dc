"""The register of badges awarded of a body: a year or a round, what lacks a number or a hand-over, on paper."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import find, requires
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from members.badge_rules import BadgeBook
from members.forms.badge_register import BadgeRegisterForm
from members.forms.badges import rounds_near
from members.forms.left import FIRST_YEAR, LAST_YEAR
from members.listing_printing import BADGE_REGISTERS
from members.models import Member
from members.reports.badge_register import read_badges, round_day

PAGE = 50


@require_safe
@requires(P.MEMBERS_VIEW)
def badge_register(request):
    """The lines of the body and the year or round asked for; links lead to whom one may see today."""
    today = timezone.localdate()
    form = BadgeRegisterForm(request.GET or None, user=request.user, today=today)
    context = {"form": form, "chosen": form.chosen}
    if form.chosen:
        body = form.chosen["organisation"]
        register = _asked(form, today)
        page = Paginator(_lacking(register, form.chosen.get("lack")), PAGE).get_page(request.GET.get("page"))
        people = Member.objects.visible_to(request.user, P.MEMBERS_VIEW)
        near = {each.on for each in rounds_near(form.rules, today)}
        context |= {
            "register": register,
            "page": page,
            "in_sight": people.ids_among([line.badge.member_id for line in page]),
            "may_print": request.user.may(P.REPORTS_VIEW, body),
            "may_hand_over": register.round_on in near and request.user.may(P.HONOURS_RECORD, body),
            "may_issue": request.user.may(P.DOCUMENTS_ISSUE, body),
        }
    return render(request, "members/badges/register.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_badge_register(request, organisation_id, year, place):
    """The register of a round on paper; that of a year is one of the registers of the year."""
    body, source, figures = _printable(request, organisation_id, year, place)
    frame = draft_frame(body, source, figures, on=figures.on)
    name = f"so-huy-hieu-{body.pk}-{figures.round_on:%Y%m%d}"
    return paper_answer(request, source, figures, frame, name=name, back="members:badge_register")


@require_safe
@requires(P.REPORTS_VIEW)
def export_badge_register(request, organisation_id, year, place):
    """The same register as a workbook."""
    body, source, figures = _printable(request, organisation_id, year, place)
    return file_answer(source.render_xlsx(figures), f"so-huy-hieu-{body.pk}-{figures.round_on:%Y%m%d}.xlsx")


def _asked(form, today):
    body, year, place = form.chosen["organisation"], form.chosen["year"], form.chosen.get("round")
    day = round_day(place, BadgeBook().badge(body, date(year, 12, 31)), year) if place else None
    on = today if place or year == today.year else date(year, 12, 31)
    return read_badges(body, year=year, on=on, round_on=day)


def _lacking(register, lack):
    return [line for line in register.lines if not lack or lack in line.lacks]


def _printable(request, organisation_id, year, place):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    if place not in BADGE_REGISTERS or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    source = BADGE_REGISTERS[place]
    return body, source, source.collect(body, year=year, on=timezone.localdate())
