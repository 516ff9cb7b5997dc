"""What the facts of one member come to by the rules of the day: flags with figures, and the hints of this software."""

from config.lib.workdays import add_months, working_days_between
from evaluations.rules.screening import (
    ACTIVE,
    APPROVED,
    AWAY,
    EXEMPT,
    OUT,
    SUSPENDED,
    Flag,
    MonthFacts,
    Punishment,
    absence,
    again_while_served,
    fees,
    no_progress,
    unworthy,
    years_not_done,
)
from evaluations.rules.screening_hints import Situation, hints
from evaluations.screening_facts import ABROAD, ACT, CARD, CONTACT, PROCEEDING, SANCTION, TASK, window_of
from members.enums import OverlayKind, SanctionForm
from members.life_enums import FeeBasis, Presence
from members.rules.exits import NEEDS_HUMAN
from members.rules.life import fee_stay, stay_on
from members.rules.moves import SlipDates, removal_finding
from members.rules.probation import proposal_due

# The forms of discipline as topic `assistance` names them.
FORMS = {
    SanctionForm.REPRIMAND: "khien_trach",
    SanctionForm.WARNING: "canh_cao",
    SanctionForm.REMOVAL_FROM_POST: "cach_chuc",
    SanctionForm.EXPULSION: "khai_tru",
}
STATES = ((OverlayKind.EXEMPT, EXEMPT), (OverlayKind.SUSPENDED, SUSPENDED), (OverlayKind.INTERRUPTED, OUT))
LASTING_MARKS = {ABROAD, *(kind for kind, _ in STATES)}
TWO_MEANINGS = "VPTC_KHT"  # of the scale until 2017: "vi phạm tư cách" or "không hoàn thành nhiệm vụ"
YEAR_END = 12


def months_of(person, facts):
    """(months for attendance, months for fees) that the rules may look at, each with the member's status in it."""
    first, until = window_of(facts.on)
    met, paid = [], []
    while first < until:
        after = add_months(first, 1)
        status = _status(person, first, after)
        met.append(_met(person, first, after, status))
        paid.append(_paid(person, facts, first, status))
        first = after
    return met, paid


def _met(person, first, after, status):
    rows = [presence for day, presence, place in person.attendance
            if first <= day < after and _expected(person, day) and _heard(person, day, presence, place)]  # fmt: skip
    came = sum(presence != Presence.UNEXCUSED for presence in rows)
    if status == ACTIVE and rows and all(presence == Presence.EXCUSED for presence in rows):
        status = APPROVED
    known = status != AWAY or bool(rows)
    return MonthFacts(
        year=first.year, month=first.month, meetings=len(rows), attended=came, status=status, host_known=known
    )


def _paid(person, facts, first, status):
    row = person.fees.get(first)
    stay = fee_stay(person.stays, first, add_months(first, 1))
    kept = row is not None or (stay is not None and (stay.place, first) in facts.kept)
    return MonthFacts(
        year=first.year,
        month=first.month,
        paid_on=row[0] if row else None,
        fee_exempt=bool(row) and row[1] == FeeBasis.EXEMPT,
        status=status,
        host_known=status != AWAY or (row is not None and _says_enough(row, stay)),
        fees_known=kept or status == AWAY,
    )


def _status(person, first, after):
    """The status that covers the whole month, as far as the member belongs to a cell in it."""
    inside = {day: stay for day in _turns(person, first, after) if (stay := stay_on(person.stays, day))}
    if not inside:
        return OUT
    for kind, status in STATES:
        held = person.marked(kind)
        if held and all(any(mark.holds_on(day) for mark in held) for day in inside):
            return status
    abroad = person.marked(ABROAD)
    if all(stay.guest or any(mark.holds_on(day) for mark in abroad) for day, stay in inside.items()):
        return AWAY
    return ACTIVE


def _turns(person, first, after):
    """The first day of a month and every day in it on which something begins or ends: between them nothing changes."""
    days = {first}
    for stay in person.stays:
        days |= {stay.started_on, stay.ended_on}
    for mark in person.marks:
        if mark.kind in LASTING_MARKS:
            days |= {mark.since, mark.until}
    return [day for day in days if day and first <= day < after]


def _expected(person, day):
    """Whether the member had to come on a day: no state that frees or bars him held on it."""
    return not any(mark.holds_on(day) for kind, _ in STATES for mark in person.marked(kind))


def _heard(person, day, presence, place):
    """Whether a row says something: that he stayed away says only the cell where he is on that day."""
    if presence != Presence.UNEXCUSED:
        return True
    stay = stay_on(person.stays, day)
    if stay is not None and stay.guest:
        return place == stay.place
    return not any(mark.holds_on(day) for mark in person.marked(ABROAD))


def _says_enough(row, stay):
    """Whether a fee of somebody away is known: paid or exempt by any register, owed by that of the host alone."""
    paid_on, basis, place = row
    return bool(paid_on) or basis == FeeBasis.EXEMPT or (stay is not None and stay.guest and place == stay.place)


# --- flags


def flags_of(person, facts, book, cell):
    """The flags of one member that people have to look at."""
    return [flag for flag in _all_flags(person, facts, book, cell) if flag is not None and flag.points]


def _all_flags(person, facts, book, cell):
    removal, assistance = book.of("removal", cell, facts.on), book.of("assistance", cell, facts.on)
    met, paid = months_of(person, facts)
    yield absence(removal, met, facts.on)
    yield fees(removal, paid, facts.on)
    if person.assisted_since:
        yield no_progress(removal, person.assisted_since, facts.on, recognised_on=None)
    last = _last_year(person, facts.on.year)
    yield unworthy(removal, _conduct(person), last)
    yield years_not_done(assistance, person.grades, last)
    yield _again(person, assistance)


def _last_year(person, year):
    """The year up to which results are known: this one where it has a result already, else the one before."""
    return year if year in person.grades or year in person.conduct else year - 1


def _conduct(person):
    """What papers say of each year; a level of two meanings says nothing until a person does (screening.md, S9)."""
    open_years = {year: None for year, level in person.grades.items() if level == TWO_MEANINGS}
    return {**open_years, **person.conduct}


def _again(person, rules):
    served = [Punishment(FORMS.get(mark.words, mark.words), mark.since, mark.until) for mark in person.marked(SANCTION)]
    for act in sorted(person.marked(ACT), key=lambda mark: mark.since):
        flag = again_while_served(rules, served, act.since)
        if flag is not None and flag.points:
            return flag
    return None


def slip_flag(slip, book, cell, on):
    """X1t of somebody who has not reported to the receiving cell: the clock of the rules of moves, for people to weigh.

    None while the ground is not there.
    """
    dates = SlipDates(slip.issued_on, slip.file_taken_on, slip.notice_received_on)
    found = removal_finding(book.moves(cell, on), dates, on)
    if found is None or found.verdict != "ground":
        return None
    return Flag(code="X1t", status=NEEDS_HUMAN, reason=found.reason, article=found.source)


# --- hints


def hints_of(person, facts, book, cell, *, for_inspection=False):
    """The hints about one member; never a finding, never counted."""
    on = facts.on
    rules, removal = book.of("hints", cell, on), book.of("removal", cell, on)
    met, paid = months_of(person, facts)
    about = Situation(
        absent_months=_cumulative(absence(removal, met, on)),
        unpaid_months=_cumulative(fees(removal, paid, on)),
        low_years=_low_years(person, on.year),
        missed_card_checks=len(person.marked(CARD)),
        probation_proposal_overdue=_proposal_overdue(person, book.of("probation", cell, on), on),
        without_task=on.month == YEAR_END and not person.marked(TASK),
        proceeding_open=bool(person.marked(PROCEEDING)),
        discipline_in_force=any(mark.holds_on(on) for mark in person.marked(SANCTION)),
        lost_touch=bool(person.marked(CONTACT)),
    )
    return hints(rules, about, for_inspection=for_inspection)


def slip_hints(slip, book, cell, on):
    """C3 of somebody on the road."""
    days = working_days_between(slip.issued_on, on)
    return hints(book.of("hints", cell, on), Situation(transfer_working_days=days))


def _cumulative(flag):
    return dict(flag.figures).get("cumulative", 0) if flag else 0


def _low_years(person, year):
    last, found = _last_year(person, year), 0
    while person.grades.get(last - found) == "KHTNV":
        found += 1
    return found


def _proposal_overdue(person, rules, on):
    if person.official_on or person.admitted_on is None:
        return False
    due = proposal_due(rules, person.admitted_on)
    return due is not None and due.is_over(on)
