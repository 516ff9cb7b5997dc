"""What happened beside a case that whoever works on it must know: a slip for a move, an appeal window, a suspension."""

from datetime import date

from cells.permissions import Permission
from discipline.enums import ENDED_STATES, Part
from discipline.models import CaseDecision, Denunciation
from discipline.rulebook import PROCEDURE, CaseBook
from discipline.rules.terms import appeal_until
from discipline.suspensions_page import suspensions_of
from members.models import Transfer

MOVED = "Đảng viên đã được cấp giấy chuyển sinh hoạt ngày {on}, đến {to}."
WINDOW = "Thời hạn khiếu nại còn đến hết {until}."


def moves_of(cases, today: date):
    """(case, sentence) of open cases whose member was given a slip since the signal; read downward, told to nobody."""
    open_cases = [case for case in cases if case.member_id and case.state not in ENDED_STATES]
    if not open_cases:
        return []
    slips = Transfer.objects.filter(member__in=[case.member_id for case in open_cases], issued_on__isnull=False)
    slips = list(slips.exclude(state="withdrawn").with_ends().order_by("-issued_on"))
    found = [
        (case, slip)
        for case in open_cases
        if (slip := next((s for s in slips if s.member_id == case.member_id and s.issued_on >= case.signal_on), None))
    ]
    windows = _windows([case for case, _ in found], today) if found else {}
    return [(case, " ".join([_moved(slip), *windows.get(case.pk, ())])) for case, slip in found]


def _moved(slip):
    return MOVED.format(on=f"{slip.issued_on:%d/%m/%Y}", to=slip.destination)


def _windows(cases, today):
    """Sentences on the window of appeal that is open, by case."""
    rows = CaseDecision.objects.standing().filter(case__in=cases, received_on__isnull=False, annulled_on__isnull=True)
    rows, found = list(rows.select_related("organisation")), {}
    book = CaseBook() if rows else None
    for row in rows:
        rules = book.rules(PROCEDURE, row.organisation, row.received_on)
        term = appeal_until(rules, row.received_on)
        if term and not term.is_over(today):
            found[row.case_id] = [WINDOW.format(until=f"{term.due_on:%d/%m/%Y}")]
    return found


def beside_case(opened):
    """What stands beside one case: suspensions, denunciations, what an officer can add."""
    case = opened.case
    return {
        "suspensions": suspensions_of(case),
        "letters": list(Denunciation.objects.visible_to(opened.user).filter(case=case)),
        "may_suspend": opened.part == Part.OFFICER and case.member_id is not None,
        "may_see": opened.user.holds(Permission.CASES_WORK),
    }
