"""Suspensions, papers of proceedings, denunciations and plans for tests."""

from datetime import date, timedelta

from discipline import actions
from discipline.actions.denunciations import LetterEntry
from discipline.actions.suspensions import SuspensionEntry
from members.models import Proceeding

STARTED = date(2026, 6, 1)
RECEIVED_ON = date(2026, 4, 20)
CONTENTS = ("Sử dụng văn bằng không hợp pháp", "Vi phạm quy định về đất đai")
SENDER = "Phạm Thị Người Gửi"


def suspended(member, by, *, case=None, organisation=None, **entry):
    """A suspension of a member by the committee of the root, from 1/6/2026."""
    values = {"ground": "obstruction", "decided_by": "Đảng ủy", "decision": "7-QĐ/ĐU", "started": STARTED} | entry
    body = organisation or member.home.parent.parent
    return actions.suspend(member, SuspensionEntry(organisation=body, **values), case=case, by=by)


def staged(member, stage="charged", on=STARTED, **columns):
    """A stage of legal proceedings that holds."""
    return Proceeding.objects.create(member=member, stage=stage, started_on=on, **columns)


def paper_values(**columns):
    """A notice that came two days after it was written."""
    values = {
        "kind": "charge", "number": "12/QĐ-CSĐT", "issued_on": STARTED, "issuer": "Công an tỉnh",
        "received_on": STARTED + timedelta(days=2), "received_by": "Ủy ban Kiểm tra",
    }  # fmt: skip
    return values | columns


def letter_on(member, by, *, organisation=None, **entry):
    """A signed letter against a member, received by `by`."""
    values = {"received_on": RECEIVED_ON, "contents": CONTENTS, "sender": SENDER, "address": "Khóm 9"} | entry
    body = organisation or member.home.parent.parent
    return actions.receive_denunciation((member, None), body, LetterEntry(**values), by=by)


def plan_of(organisation, by, *, year=2026, keeper="cell"):
    """The plan of a body."""
    return actions.add_plan(organisation, {"year": year, "keeper": keeper}, by=by)


def item_of(plan, by, *members, **columns):
    """A thematic supervision of some members."""
    values = {
        "kind": "thematic", "theme": "Thực hiện quy chế làm việc", "planned_from": date(2026, 3, 1),
        "planned_to": date(2026, 3, 31), "members": members,
    }  # fmt: skip
    return actions.plan_item(plan, values | columns, by=by)
