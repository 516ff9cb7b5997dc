"""Sealed cases for tests: opened by an inspection officer on a member of the cell "here"."""

from datetime import date

from discipline import actions
from discipline.actions.sealing import SignalEntry
from discipline.enums import Handler, Part
from discipline.models import CaseReader
from tests.factories import MemberFactory

SIGNAL_ON = date(2026, 3, 2)
SUMMARY = "Dấu hiệu vi phạm quy định về những điều đảng viên không được làm"


def case_on(member, by, *, handler=Handler.COMMISSION, organisation=None, **entry):
    """A case of a member run by the commission of the root, named on it `by` alone."""
    values = {"signal_on": SIGNAL_ON, "source": "supervision", "summary": SUMMARY, "officers": (by,)} | entry
    body = organisation or member.home.parent.parent
    return actions.register_signal((member, None), body, SignalEntry(handler=handler, **values), by=by)


def accused_in(cell, **fields):
    """An official member of a cell, against whom a case is opened."""
    return MemberFactory(home=cell, full_name=fields.pop("full_name", "Lê Văn Kín"), **fields)


def named(case, user, part=Part.OFFICER, by=None):
    """Somebody named on a case without the ceremony of the seal."""
    return CaseReader.objects.create(case=case, user=user, part=part, named_by=by or user, reason="kiểm thử")


def opened(case, *users):
    """The file opened today by some of those named."""
    for user in users:
        actions.open_case(case, reason="xử lý vụ việc", by=user)
    return case
