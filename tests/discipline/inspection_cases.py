"""A case on its way to the report of results, for tests: each function takes it one step further."""

from datetime import date

from discipline import actions
from discipline.actions.inspection import PlanEntry, SelfReviewEntry, SentenceEntry, StepEntry
from discipline.actions.records import EvidenceEntry, TeamEntry, ViolationEntry

TRIAGED_ON = date(2026, 3, 4)
PLANNED_ON = date(2026, 3, 9)
ANNOUNCED_ON = date(2026, 3, 12)
REVIEWED_ON = date(2026, 3, 20)
REPORTED_ON = date(2026, 4, 2)
TRIAGE = {"competence": "ours", "duplicate": "none", "choice": "inspect"}


def step(on, document="", note="", **data):
    return StepEntry(on=on, document=document, note=note, data=data)


def plan(**changes):
    values = {
        "on": PLANNED_ON, "document": "3-QĐ/UBKT", "kind": "signs", "content": "Việc kê khai tài sản",
        "examined_from": date(2024, 3, 1), "examined_to": date(2026, 2, 28), "starts_on": ANNOUNCED_ON,
        "ends_on": date(2026, 4, 10),
    }  # fmt: skip
    return PlanEntry(**values | changes)


def sentence(**changes):
    values = {
        "on": date(2026, 6, 1), "sentence": "prison", "number": "12/2026/HS-ST", "court": "Tòa án khu vực 3",
        "pronounced_on": date(2026, 4, 20), "in_force_on": date(2026, 5, 21), "document": "5-BC/CB",
    }  # fmt: skip
    return SentenceEntry(**values | changes)


def review(**changes):
    return SelfReviewEntry(**{"on": REVIEWED_ON, "outcome": "received", "form_named": "KT"} | changes)


def violation(**changes):
    values = {"content": "V04", "description": "Kê khai tài sản không trung thực", "ended_on": date(2025, 12, 31)}
    return ViolationEntry(**values | changes)


def person(full_name="Đỗ Văn Tổ", **changes):
    return TeamEntry(**{"full_name": full_name, "has_no_conflict": True} | changes)


def paper(**changes):
    return EvidenceEntry(**{"kind": "document", "title": "Bản kê khai tài sản năm 2025", "number": "1"} | changes)


def triaged(case, by):
    actions.triage(case, step(TRIAGED_ON, **TRIAGE), by=by)
    return refreshed(case)


def planned(case, by, **changes):
    actions.plan_inspection(triaged(case, by), plan(**changes), by=by)
    return refreshed(case)


def announced(case, by, **changes):
    actions.announce_inspection(planned(case, by, **changes), step(ANNOUNCED_ON, attendance="Toàn chi bộ"), by=by)
    return refreshed(case)


def verified(case, by, **changes):
    actions.record_self_review(announced(case, by, **changes), review(), by=by)
    return refreshed(case)


def refreshed(case):
    case.refresh_from_db()
    return case
