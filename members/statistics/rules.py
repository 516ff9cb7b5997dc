"""Rules of the official forms (topic `statistics`): which row a start or an end falls into, rows and labels. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from config.lib.rulesets import Rules
from members.enums import EndReason, OutsideArea, StartReason

TOPIC = "statistics"
OPENING, FROM_NOWHERE, TO_NOWHERE = "opening", "B?", "C?"
PROBATIONARY, CANCELLED = "C3p", "cancelled"
INSIDE_IN, INSIDE_OUT = "B2b", "C5b"
ENTRIES = ("B1", "B2a", "B2b", "B3")
EXITS = ("C1", "C2", "C3", "C4", "C5a", "C5b")


@dataclass(frozen=True, kw_only=True)
class StatisticsRules(Rules):
    form_1_title: str | None = None
    form_3_title: str | None = None
    form_5_title: str | None = None
    form_number: str | None = None
    form_boards: tuple[str, ...] | None = None
    form_signers: tuple[str, ...] | None = None
    form_1_rows: tuple[str, ...] | None = None
    form_3_general: tuple[str, ...] | None = None
    form_3_blocks: tuple[str, ...] | None = None
    form_3_occupation: tuple[str, ...] | None = None
    form_3_ages: tuple[str, ...] | None = None
    form_3_admission: tuple[str, ...] | None = None
    form_3_admission_from: tuple[str, ...] | None = None
    form_3_general_education: tuple[str, ...] | None = None
    form_3_degree: tuple[str, ...] | None = None
    form_3_academic_title: tuple[str, ...] | None = None
    form_3_theory: tuple[str, ...] | None = None
    form_5_rows: tuple[str, ...] | None = None
    admission_period_date: str | None = None
    cancelled_counts_as: str | None = None
    abroad_counts_as: str | None = None
    mean_age_tolerance: Fraction | None = None
    half_year_deadline: str | None = None
    year_deadline: str | None = None
    list_reconciled_months: int | None = None

    @property
    def counts_from_decision(self) -> bool:
        """Whether an admission falls into the period of its decision; else into that of the ceremony."""
        return self.admission_period_date == "decision"


def labels(rows: tuple[str, ...] | None) -> dict[str, str]:
    """Row codes with their labels in printed order, from "code=label"."""
    return dict(row.split("=", 1) for row in rows or ())


def of_kind(rows: tuple[str, ...] | None, kind: str) -> str:
    """The entry of a kind of organisation, else that of "other", else nothing."""
    found = labels(rows)
    return found.get(kind, found.get("other", ""))


def entry_row(rules: StatisticsRules, reason: str, came_from: str, *, moved: bool) -> str:
    """The row in which a beginning counts where the person was not the day before; `moved`: was elsewhere here."""
    if reason == StartReason.OPENING:
        return OPENING
    if moved:
        return INSIDE_IN
    if reason in (StartReason.ADMITTED, StartReason.READMITTED):
        return "B1"
    if reason == StartReason.RESTORED:
        return "B3"
    area = _area(rules, came_from)
    return {OutsideArea.OTHER_PROVINCE.value: "B2a", OutsideArea.SAME_PROVINCE.value: "B2b"}.get(area, FROM_NOWHERE)


def exit_row(rules: StatisticsRules, reason: str, went_to: str, *, moved: bool) -> str:
    """The row in which an end counts where the person is no longer; `moved`: is elsewhere here the same day."""
    if moved:
        return INSIDE_OUT
    if reason == EndReason.CANCELLED:
        reason = rules.cancelled_counts_as or EndReason.NAME_REMOVED
    final = {
        EndReason.DIED.value: "C1", EndReason.EXPELLED.value: "C2", EndReason.NAME_REMOVED.value: "C3",
        EndReason.LEFT.value: "C4",
    }  # fmt: skip
    if reason in final:
        return final[reason]
    if reason in (EndReason.UNKNOWN, EndReason.UNSTATED):
        return TO_NOWHERE
    area = _area(rules, went_to)
    return {OutsideArea.OTHER_PROVINCE.value: "C5a", OutsideArea.SAME_PROVINCE.value: "C5b"}.get(area, TO_NOWHERE)


def _area(rules: StatisticsRules, area: str) -> str:
    if area == OutsideArea.ABROAD:
        return rules.abroad_counts_as or OutsideArea.OTHER_PROVINCE
    return area


def percent(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """Column 4 = 2 * 100 / 3, two decimals half up; empty when column 3 is nothing or unknown (I13)."""
    if part is None or not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def mean_age(sum_of_ages: int, people: int) -> Decimal | None:
    """Mean of full years to one decimal, half up; nothing where no birth date is known."""
    if not people:
        return None
    return (Decimal(sum_of_ages) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)


def age_bounds(code: str) -> tuple[int, int | None]:
    """Fewest and most full years of a band: "18-30", "61-" without an upper end."""
    least, _, most = code.partition("-")
    return int(least), int(most) if most else None


# --- periods ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Span:
    """A half-open period; form 1 counts its days, forms 3 and 5 its last one."""

    since: date
    until: date

    @property
    def eve(self) -> date:
        """The day whose list is carried over into the period (row A)."""
        return self.since - timedelta(days=1)

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def a_year_before(self) -> "Span":
        """The same period of the year before."""
        return Span(_last_year(self.since), _last_year(self.last_day) + timedelta(days=1))

    @property
    def words(self) -> str:
        """As the form's title says it: a whole year, half a year, else from a day to a day."""
        first, last = self.since, self.last_day
        year = first.year
        known = {
            (date(year, 1, 1), date(year, 12, 31)): f"năm {year}",
            (date(year, 1, 1), date(year, 6, 30)): f"6 tháng đầu năm {year}",
            (date(year, 7, 1), date(year, 12, 31)): f"6 tháng cuối năm {year}",
        }
        return known.get((first, last), f"từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}")


def _last_year(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def year_span(year: int) -> Span:
    return Span(date(year, 1, 1), date(year + 1, 1, 1))


def shown_periods(today: date) -> Mapping[str, Span]:
    """The periods one chooses with one click: this year so far, the last full half, last year."""
    tomorrow = today + timedelta(days=1)
    half = Span(date(today.year, 1, 1), min(date(today.year, 7, 1), tomorrow))
    return {
        "Năm nay": Span(date(today.year, 1, 1), tomorrow),
        "6 tháng đầu năm": half,
        "Năm trước": year_span(today.year - 1),
    }
