"""Whom a committee can send to the class or clear together: one row each, with what speaks against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from admissions.certificates import validities
from admissions.enums import Purpose
from admissions.models import Helper
from admissions.rulebook import AdmissionBook

MOST = 200  # rows of one page


@dataclass(frozen=True)
class Ready:
    """One candidate in the right state; `against` is why the step would be refused today."""

    candidate: Any
    helper: str
    valid_until: date | None
    against: str
    is_chosen: bool


def ready_rows(rows, step, today, *, chosen=frozenset()):
    """The first candidates of a queryset, by cell and name."""
    people = list(rows.with_place().order_by("organisation__path", "sort_key", "id")[:MOST])
    found = dict(validities(people, today, AdmissionBook()))
    helpers = helpers_of(people)
    return [
        Ready(each, helpers.get(each.pk, ""), _until(found.get(each.pk)), _against(step, found.get(each.pk), today),
              str(each.pk) in chosen)
        for each in people
    ]  # fmt: skip


def helpers_of(people):
    """{candidate's id: names of those who help him towards admission}, in one query."""
    rows = Helper.objects.standing().open().filter(candidate__in=[each.pk for each in people])
    names = {}
    for row in rows.filter(purpose=Purpose.ADMISSION).select_related("member").order_by("started_on", "id"):
        names.setdefault(row.candidate_id, []).append(str(row.member))
    return {candidate: ", ".join(found) for candidate, found in names.items()}


def _until(valid):
    return valid.last_day if valid else None


def _against(step, valid, today):
    if step != "clear":
        return ""
    if valid is None:
        return "chưa có giấy chứng nhận"
    return "" if valid.holds_on(today) else "giấy chứng nhận hết giá trị, phải học lại"
