"""What the clocks ask of the cases that name somebody, in one query."""

import json
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery, Sum, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, JSONObject

from cells.models import RuleOverride
from discipline.models import Appeal, CaseDecision, CaseReader, Postponement, StepTaken
from discipline.rulebook import TOPICS

VOTES = ("vote_in_cell", "vote_above")


class Packed(JSONObject):
    """A JSON object, without asking SQLite first whether it has such: every version that Django runs on does."""

    def as_sql(self, compiler, connection, **extra_context):
        return Func.as_sql(self, compiler, connection, **extra_context)


class ClockRow(NamedTuple):
    """One open case as one reader has it: where it stands, and the days on which its clocks started."""

    pk: UUID
    part: str
    state: str
    handler: str
    code: str
    name: str
    path: str
    sets: dict
    stands_since: date | None
    planned_on: date | None
    kind: str | None
    opened_on: date | None
    extended: int | None
    voted_on: date | None
    voted_step: str | None
    told_on: date | None
    number: str | None
    form: str | None
    signed_on: date | None
    received_on: date | None
    is_refused: bool
    lapses_on: date | None
    appealed_on: date | None
    has_appeals: bool
    postponed_to: date | None
    is_chosen: bool


DAYS = (
    "stands_since", "planned_on", "opened_on", "voted_on", "told_on", "signed_on", "received_on", "lapses_on",
    "appealed_on", "postponed_to",
)  # fmt: skip


def packed_rows(user, case=None):
    """The open cases that name `user`, or the one asked for, each with its whole `ClockRow` as the text `packed`.

    One column carries all, so that a page that reads other things of the user anyway reads this along.
    """
    readers = CaseReader.objects.of_user(user).on_open_cases()
    if case is not None:
        readers = readers.filter(case=case)
    chosen = RuleOverride.objects.standing().filter(topic__in=tuple(TOPICS))
    rows = readers.order_by().annotate(
        pk_=F("case_id"), state=F("case__state"), handler=F("case__handler"), code=F("case__code"),
        sets=F("case__sets"), name=Coalesce("case__member__full_name", "case__accused__name"),
        path=F("case__organisation__path"), is_chosen=Exists(chosen), **_of_inspection(), **_of_decision(),
    )  # fmt: skip
    columns = {name: F("pk_" if name == "pk" else name) for name in ClockRow._fields}
    return rows.annotate(packed=Cast(Packed(**columns), TextField()))


def clock_rows(user, case=None):
    """The rows of the open cases that name `user`, or of the one asked for."""
    return [unpacked(text) for text in packed_rows(user, case).values_list("packed", flat=True)]


def unpacked(text):
    """The row that `packed_rows` packed, with days and truth values as such."""
    values = json.loads(text)
    for name in DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in ("is_refused", "has_appeals", "is_chosen"):
        values[name] = bool(values[name])
    if isinstance(values["sets"], str):  # a JSON column within a JSON object of SQLite
        values["sets"] = json.loads(values["sets"])
    return ClockRow(**values | {"pk": UUID(values["pk"])})


def _first(rows, column, *order):
    return Subquery(rows.filter(case=OuterRef("case")).order_by(*order).values(column)[:1])


def _step(column, *steps):
    return _first(StepTaken.objects.standing().filter(step__in=steps), column, "-on", "-id")


def _of_inspection():
    plan = StepTaken.objects.standing().filter(step="plan_inspection").annotate(kind=KT("data__kind"))
    extensions = StepTaken.objects.standing().filter(step="extend_inspection", case=OuterRef("case"))
    days = extensions.order_by().values("case").annotate(days=Sum(Cast(KT("data__days"), IntegerField())))
    waiting = Postponement.objects.standing().filter(ended_on__isnull=True)
    return {
        "stands_since": Coalesce(_first(StepTaken.objects.standing(), "on", "-on", "-id"), F("case__signal_on")),
        "planned_on": _first(plan, "on", "-on", "-id"),
        "kind": _first(plan, "kind", "-on", "-id"),
        "opened_on": _step("on", "announce_inspection"),
        "extended": Subquery(days.values("days")[:1]),
        "postponed_to": _first(waiting, "expected_on", "-started_on", "-id"),
    }


def _of_decision():
    decisions = CaseDecision.objects.standing().filter(annulled_on__isnull=True)
    appeals = Appeal.objects.standing()
    announced = _first(decisions, "announced_on", "-recorded_at")
    return {
        "voted_on": _step("on", *VOTES),
        "voted_step": _step("step", *VOTES),
        "told_on": Coalesce(announced, _step("on", "announce")),
        "number": _first(decisions, "number", "-recorded_at"),
        "form": _first(decisions, "form", "-recorded_at"),
        "signed_on": _first(decisions, "signed_on", "-recorded_at"),
        "received_on": _first(decisions, "received_on", "-recorded_at"),
        "is_refused": _first(decisions, "refused_to_receive", "-recorded_at"),
        "lapses_on": _first(decisions, "lapses_on", "-recorded_at"),
        "appealed_on": _first(appeals.filter(outcome=""), "lodged_on", "-lodged_on", "-recorded_at"),
        "has_appeals": Exists(appeals.filter(case=OuterRef("case"))),
    }
