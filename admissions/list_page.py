"""The rows of the list of candidates: state, helper, how long the certificate is valid, the year of the plan."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists
from django.urls import reverse

from admissions.candidate_page import PILLS
from admissions.certificates import validities
from admissions.enums import SOURCE_STATES, State
from admissions.models import Candidate
from admissions.probations import not_followed
from admissions.rulebook import AdmissionBook
from admissions.together_page import helpers_of
from cells.models import Organisation
from cells.permissions import Permission as P


@dataclass(frozen=True)
class ListRow:
    """One candidate of the list; `is_expired` where the certificate is needed and holds no longer."""

    candidate: Any
    pill: tuple[str, str]
    helper: str
    valid_until: date | None
    is_expired: bool


def list_rows(people, today):
    """A page of candidates, read with two queries and the rule book whatever its length."""
    people = list(people)
    found = dict(validities(people, today, AdmissionBook())) if people else {}
    helpers = helpers_of(people) if people else {}
    return [_row(each, found.get(each.pk), helpers.get(each.pk, ""), today) for each in people]


def _row(candidate, valid, helper, today):
    return ListRow(
        candidate=candidate,
        pill=(PILLS.get(candidate.state, "waiting"), candidate.get_state_display()),
        helper=helper,
        valid_until=valid.last_day if valid else None,
        is_expired=bool(valid and not valid.holds_on(today) and candidate.state in SOURCE_STATES),
    )


def list_links(own, user, today):
    """(what the body of a person does for many at once, the other pages), each (words, address)."""
    more = [("Việc cần làm, lịch các hạn", reverse("admissions:tasks"))]
    if own is None:
        return (), tuple(more)
    more.append((f"Kế hoạch và kết quả năm {today.year}", reverse("admissions:board", args=[own.pk, today.year])))
    if user.may(P.ADMISSIONS_PLAN, own):
        more.append((f"Chỉ tiêu năm {today.year}", reverse("admissions:save_plan", args=[own.pk, today.year])))
    if not user.may(P.ADMISSIONS_FILE if own.is_cell else P.ADMISSIONS_DECIDE, own):
        month = [_month(own, today)] if own.is_cell else []
        return tuple(month), tuple(more)
    more.append(("Người đang chuyển nơi", reverse("admissions:arriving")))
    to_vote, to_follow = _waiting(own, today)
    if to_follow:
        words = "Theo dõi đảng viên dự bị đang có"
        more.append((words, reverse("admissions:take_over_probation", args=[own.pk])))
    if own.is_cell:
        meeting = [("Họp xét kết nạp", reverse("admissions:vote_together", args=[own.pk]))] if to_vote else []
        return (_month(own, today), *meeting), tuple(more)
    more.append(("Cho làm thủ tục kết nạp", reverse("admissions:clear_many", args=[own.pk])))
    return (("Cử học lớp nhận thức", reverse("admissions:send_many_to_class", args=[own.pk])),), tuple(more)


def _month(cell, today):
    address = reverse("admissions:resolve_month", args=[cell.pk, today.replace(day=1)])
    return f"Nghị quyết tháng {today:%m/%Y}", address


def _waiting(own, today):
    """(whether a dossier of the cell is complete, whether somebody on probation is not followed), in one query."""
    complete = Candidate.objects.standing().filter(organisation=own, state=State.COMPLETE)
    asked = Organisation.objects.filter(pk=own.pk)
    return asked.values_list(Exists(complete), Exists(not_followed(own, today).select_related(None))).get()
