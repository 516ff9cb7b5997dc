"""A few of the demo's people at one level for years running, and older results: two scales stand side by side."""

from datetime import date

from django.utils import timezone

from config.demo.people import PAST_YEARS
from config.demo.tree import FOUNDED
from config.lib.workdays import add_months
from members.models import AnnualGrade, Member

CELLS, EACH = 12, 2  # the same number at every scale
NEW_SCALE_SINCE = 2018
OLD_LEVELS = ["DTC_XS", "DTC_TOT", "DTC_HT", "VPTC_KHT"]
NEW_LEVELS = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
BOUNDS = (12, 88, 99, 100)  # of a hundred results, so many at the level or better
STEP = 37  # has no divisor in common with a hundred: neighbours differ


def add_years_running(tree, on, *, by):
    """Lift the past of a few who were excellent last year, and lower that of a few who failed; `on` is today."""
    cells = tree.cells[:CELLS]
    _set_past(_rated(cells, on.year - 1, "HTXSNV"), range(on.year - PAST_YEARS, on.year - 1), "HTXSNV")
    _set_past(_rated(tree.cells, on.year - 1, "KHTNV"), [on.year - 2], "KHTNV")
    _add_older(cells, range(FOUNDED.year, on.year - PAST_YEARS), by)


def _rated(cells, year, level):
    rows = AnnualGrade.objects.filter(organisation__in=cells, year=year, level=level)
    rows = rows.filter(member__admitted_on__lt=date(year - PAST_YEARS, 1, 1))
    return list(rows.order_by("organisation__path", "member__personal_id").values_list("member", flat=True)[:CELLS])


def _set_past(members, years, level):
    AnnualGrade.objects.filter(member__in=members[: CELLS // EACH], year__in=years).update(level=level)


def _add_older(cells, years, by):
    """Results before those of `PeopleBuilder`, in the scale of each year."""
    people = list(Member.objects.filter(home__in=cells).order_by("home__path", "personal_id"))
    known = {"recorded_by": by, "recorded_at": timezone.now()}
    AnnualGrade.objects.bulk_create(
        AnnualGrade(
            member=member, year=year, organisation_id=member.home_id, decided_on=date(year, 12, 31),
            **_result(place * STEP + year * 11, year), **known,
        )
        for year in years
        for place, member in enumerate(people)
        if add_months(member.admitted_on, 6) <= date(year, 12, 31)
    )  # fmt: skip


def _result(number, year):
    scale, levels = ("tu_cach", OLD_LEVELS) if year < NEW_SCALE_SINCE else ("nhiem_vu", NEW_LEVELS)
    part = number % BOUNDS[-1]
    return {"scale": scale, "level": next(level for level, end in zip(levels, BOUNDS, strict=True) if part < end)}
