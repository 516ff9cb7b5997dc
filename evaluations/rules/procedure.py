"""The season's calendar and the settings of the procedure and the ballot."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from config.lib.rulesets import MonthDay, Rules


@dataclass(frozen=True, kw_only=True)
class ProcedureRules(Rules):
    season_close_before: MonthDay | None = None
    special_units_close_before: MonthDay | None = None
    central_files_before: MonthDay | None = None
    politburo_report_before: MonthDay | None = None
    cell_close: MonthDay | None = None
    base_close: MonthDay | None = None
    staff_rating_before: MonthDay | None = None
    draft_report_working_days: int | None = None
    session_min_days: int | None = None
    session_min_days_provincial_standing: int | None = None
    residence_comment_required: bool | None = None
    residence_comment_excused: tuple[str, ...] | None = None
    ballot_secret: bool | None = None
    ballot_base: str | None = None
    ballot_threshold: str | None = None
    ballot_self_vote: bool | None = None
    ballot_self_in_base: bool | None = None
    ballot_probationary_vote: bool | None = None
    ballot_conflict_stand_aside: bool | None = None
    ballot_not_rated_box: bool | None = None
    ballot_accumulate: bool | None = None
    complaint_deadline_days: int | None = None
    self_reviews_in_dossier_years: int | None = None
    commendation_run_years: int | None = None
    commendation_factors: tuple[Decimal, ...] | None = None
    assistance_run_years_khtnv: int | None = None
    unrated_year_effect: str | None = None
    decision_list_column: str | None = None


@dataclass(frozen=True)
class Deadlines:
    """Last good days of a season; None where the rule set names none."""

    cell_by: date | None
    base_by: date | None
    staff_rating_by: date | None
    season_by: date | None
    special_units_by: date | None
    central_files_by: date | None


def deadlines(rules: ProcedureRules, year: int) -> Deadlines:
    """Last good days for the ratings of `year`; "trước ngày" is strict, the named day is late (43-HD/BTCTW, mục 4)."""
    return Deadlines(
        cell_by=_on(rules.cell_close, year),
        base_by=_on(rules.base_close, year),
        staff_rating_by=_day_before(rules.staff_rating_before, year),
        season_by=_day_before(rules.season_close_before, year),
        special_units_by=_day_before(rules.special_units_close_before, year + 1),
        central_files_by=_day_before(rules.central_files_before, year + 1),
    )


def complaint_by(rules: ProcedureRules, told_on: date) -> date | None:
    """The last good day for a complaint about a result made known on `told_on`; None where nobody has set a term."""
    days = rules.complaint_deadline_days
    return None if days is None else told_on + timedelta(days=days)


def _on(named: MonthDay | None, year: int) -> date | None:
    return named.on(year) if named else None


def _day_before(named: MonthDay | None, year: int) -> date | None:
    return named.on(year) - timedelta(days=1) if named else None
