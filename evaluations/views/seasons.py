"""Seasons: opened, watched on a board of who has filed, closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission
from config.lib.posted import whole_number
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.seasons import SeasonEntry
from evaluations.boards import (
    LEGEND,
    board_rows,
    desk_of,
    last_year,
    sheet_figures,
    totals_of,
    with_counts,
    year_figures,
)
from evaluations.forms import YEARS, CapRaiseForm, SeasonForm
from evaluations.models import Season
from evaluations.opening import takes_long
from evaluations.quarter_links import quarter_link, season_link
from evaluations.season_rules import proposed_entry, rule_book
from evaluations.season_shown import calendar_of, shown_rules
from evaluations.unusual import remarks

PAGE = 50


@requires(Permission.REPORTS_VIEW)
def list_seasons(request):
    """All seasons within one's scope, the newest first."""
    paths = request.user.paths_in_scope(Permission.REPORTS_VIEW)
    seasons = Season.objects.visible_to(request.user).with_counts(paths).select_related("organisation")
    page = Paginator(seasons, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_open": request.user.holds(Permission.SEASONS_MANAGE),
        "may_screen": request.user.holds(Permission.SCREENING_VIEW),
        "quarterly": quarter_link(request.user, timezone.localdate().year),
    }
    return render(request, "evaluations/seasons.html", context)


@requires(Permission.REPORTS_VIEW)
def show_season(request, pk):
    """The board: bases as rows, cells as squares, late ones first; figures of this year and the last."""
    seasons = Season.objects.visible_to(request.user).with_frame_count().with_quarters_chosen(request.user)
    deciding = request.user.paths_in_scope(Permission.RATINGS_DECIDE)
    season = find(seasons.with_silent_count(deciding).select_related("organisation"), pk=pk)
    today = timezone.localdate()
    book = rule_book(season)
    rows = board_rows(season, request.user, on=today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = sheet_figures(season, request.user, book.scale)
    with_counts(page.object_list, found)
    before = last_year(season, request.user, book.scale)
    context = {
        "season": season,
        "untold": season.decisions.untold(deciding).select_related("organisation"),
        "book": book,
        "rules": shown_rules(book),
        "calendar": calendar_of(season, book),
        "page": page,
        "totals": totals_of(rows),
        "legend": LEGEND,
        "remarks": list(remarks(page.object_list, book, before)),
        "figures": year_figures(found, book.scale, before),
        "desk": desk_of(rows, request.user),
        "sees_report": request.user.may(Permission.REPORTS_VIEW, season),
        "sees_organisations": request.user.holds(Permission.RATINGS_VIEW),
        "decides": request.user.holds(Permission.RATINGS_DECIDE),
        "manages": request.user.may(Permission.SEASONS_MANAGE, season),
        "quarterly": season_link(request.user, season, book.rules.quarterly),
        "raises": season.cap_raises.visible_to(request.user).standing().select_related("organisation"),
    }
    return render(request, "evaluations/season.html", context)


@requires(Permission.SEASONS_MANAGE)
def open_season(request):
    """The form of a new season with the dates that its rule set proposes, and the act."""
    organisations = Organisation.objects.visible_to(request.user, Permission.SEASONS_MANAGE)
    places = [a.organisation for a in request.user.roles_today if request.user.may(Permission.SEASONS_MANAGE, a)]
    chosen = request.POST.get("organisation") or request.GET.get("organisation") or places[0].pk
    organisation = find(organisations, pk=chosen)
    year = _year(request.GET.get("year"))
    initial = proposed_entry(organisation, year)
    form = SeasonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _open(request, SeasonEntry(**form.cleaned_data), organisation)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "organisation": organisation, "places": places, "year": year, "known": bool(initial)}
    return render(request, "evaluations/open_season.html", context, status=422 if form.errors else 200)


def _open(request, entry, organisation):
    """Open the season at once, or by the worker when it has many members."""
    if takes_long(organisation, request.user):
        job = actions.start_season(entry, organisation=organisation, by=request.user)
        return redirect("cells:job", job.pk)
    season = actions.open_season(entry, organisation=organisation, by=request.user)
    messages.success(request, f"Đã mở đợt {season}: bảng của các chi bộ đã sẵn sàng.")
    return redirect("evaluations:season", season.pk)


@requires(Permission.SEASONS_MANAGE)
def raise_cap(request, pk):
    """Record the decision that raises the cap of one deciding body."""
    season = _season(request, pk)
    check(request.user, Permission.SEASONS_MANAGE, season)
    bodies = Organisation.objects.visible_to(request.user, Permission.SEASONS_MANAGE).filter(
        sheets_to_decide__season=season
    )
    form = CapRaiseForm(request.POST or None, bodies=bodies.distinct())
    if request.method == "POST" and form.is_valid():
        try:
            actions.raise_cap(season, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã ghi quyết định nâng tỷ lệ.")
            return redirect("evaluations:season", season.pk)
    context = {"season": season, "form": form, "cap": rule_book(season).rules.cap}
    return render(request, "evaluations/raise_cap.html", context, status=422 if form.errors else 200)


@requires(Permission.SEASONS_MANAGE)
@require_POST
def close_season(request, pk):
    """Close the season when every cell is decided."""
    season = _season(request, pk)
    check(request.user, Permission.SEASONS_MANAGE, season)
    try:
        closed = actions.close_season(season, by=request.user)
        messages.success(request, f"Đã đóng đợt {season}.")
        if closed.silent:
            messages.warning(request, f"Còn {closed.silent} quyết định chưa ghi việc thông báo kết quả.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluations:season", season.pk)


def _season(request, pk):
    return find(Season.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def _year(text):
    """The year asked for, else the current one."""
    year = whole_number(text or "", 4)
    return year if year and YEARS[0] <= year <= YEARS[1] else timezone.localdate().year
