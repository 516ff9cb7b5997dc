"""Whether a suspension and its extension keep within the term of the rule set (discipline.md, section 9)."""

from datetime import date, timedelta

from discipline.rules.terms import SuspensionTerm
from discipline.rules.votes import ProcedureRules


def term_problem(term: SuspensionTerm | None, last_day: date | None) -> str:
    """Why a last day lies beyond the term of a suspension without extension; empty where it does not."""
    if term is None or last_day is None or last_day <= term.ends_on:
        return ""
    return f"Thời hạn đình chỉ đến hết {term.ends_on:%d/%m/%Y} ({term.article}: {term.reason})"


def extension_problem(rules: ProcedureRules, term: SuspensionTerm | None, extended: int, until: date) -> str:
    """Why an extension lies beyond what there is, once or in length; empty where it does not."""
    count = rules.suspension_extension_count
    if count is not None and extended >= count:
        return f"Chỉ được gia hạn {count} lần ({rules.cite('suspension_extension_count')})"
    if term is not None and until > term.latest_on:
        return f"Chậm nhất đến hết {term.latest_on:%d/%m/%Y} ({term.article}: {term.reason})"
    return ""


def ends_soon(rules: ProcedureRules, last_day: date | None, on: date) -> bool:
    """Whether the end of a suspension is near enough to remind of it."""
    if last_day is None or last_day < on:
        return False
    return last_day - on <= timedelta(days=rules.reminder_days or 0)


def late_by(rules: ProcedureRules, since: date, received_on: date) -> int:
    """By how many days a notice of police, procuracy or court came too late; 0 in time or without a limit."""
    if rules.procedural_notice_days is None:
        return 0
    return max((received_on - since).days - rules.procedural_notice_days, 0)
