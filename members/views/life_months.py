"""What the pages of the cell's registers share: the cell and the month of an address, the way between pages."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cells.access import find
from cells.models import Organisation
from cells.permissions import Permission as P
from config.lib.workdays import add_months
from members.forms.life_period import FIRST_YEAR


class MonthConverter:
    """A month in an address: 2026-11."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value):
        return date(int(value[:4]), int(value[5:]), 1)

    def to_url(self, value):
        return f"{value:%Y-%m}"


def find_cell(request, organisation_id):
    """A cell within one's scope, open or closed; a committee has no registers of its own."""
    cell = find(Organisation.objects.visible_to(request.user, P.MEMBERS_VIEW), pk=organisation_id)
    if not cell.is_cell:
        raise Http404
    return cell


def refuse_later(month, last):
    """404 for a month after the one of `last`."""
    if month > last:
        raise Http404


def month_links(name, cell, month, last):
    """(words, address) of the month before and, up to `last`, the month after."""
    found = [(add_months(month, -1), "chevron-left"), (add_months(month, 1), "chevron-right")]
    return [
        (f"Tháng {each:%m/%Y}", reverse(f"members:{name}", args=[cell.pk, each]), icon)
        for each, icon in found
        if each <= last and each.year >= FIRST_YEAR
    ]


def cell_of_year(request, organisation_id, year):
    """The cell and today; 404 for a year far from today."""
    cell, today = find_cell(request, organisation_id), timezone.localdate()
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Http404
    return cell, today


def years_around(year, today):
    """The year before and the one after, as far as registers go."""
    return [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= today.year + 1]


def life_tabs(cell, active, *, year=None, month=None):
    """The pages of a cell's registers, in the year and the month of this one."""
    today = timezone.localdate()
    year = year or (month or today).year
    month = month or (today if year >= today.year else date(year, 12, 1)).replace(day=1)
    pages = (
        ("Nền nếp", "show_life", ()),
        ("Sinh hoạt", "keep_meeting", (month,)),
        ("Đảng phí", "keep_fees", (month,)),
        ("Phân công", "finish_tasks", (year,)),
        ("Học tập", "list_study", (year,)),
    )
    return [(words, reverse(f"members:{name}", args=[cell.pk, *when]), name == active) for words, name, when in pages]
