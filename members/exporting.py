"""The list as a file that leaves the house: what a query asks for, written and logged as one act."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from cells.permissions import Permission as P
from config.lib.sheet_writing import write_rows
from members.actions.exports import export_members, export_members_unmasked
from members.filters import RollFilter
from members.list_columns import chosen_columns
from members.reports.roll import Reach, RollQuestion
from members.reports.workbooks import roll_tables

EXPORT, EXPORT_UNMASKED = "members.export", "members.export_unmasked"  # kinds of jobs
AT_ONCE = 3000  # rows that are written within two seconds


@dataclass
class RollExport:
    """The list that `query` (a QueryDict) asks for, as `user` may export it; with whole numbers for a `reason`."""

    query: Any
    user: Any
    reason: str = ""

    @cached_property
    def roll(self):
        return RollFilter(self.query, user=self.user, permission=P.MEMBERS_EXPORT)

    @cached_property
    def ids(self):
        return list(self.roll.ids())

    @property
    def is_long(self):
        """Whether writing takes longer than somebody waits for a page."""
        return len(self.ids) > AT_ONCE

    @property
    def kind(self):
        return EXPORT_UNMASKED if self.reason else EXPORT

    @property
    def permission(self):
        return P.MEMBERS_REVEAL if self.reason else P.MEMBERS_EXPORT

    def write(self, at, tell=None):
        """The workbook, and the act in the log; `tell(done)` hears of every row."""
        roll, columns = self.roll, chosen_columns(self.query.getlist("columns"))
        numbers = tuple(self.user.paths_in_scope(P.MEMBERS_REVEAL)) if self.reason else ()
        reach = Reach(pages=tuple(self.user.paths_in_scope(P.MEMBERS_EXPORT)), numbers=numbers)
        question = RollQuestion(roll.day, columns, reach, roll.scales, roll.tree)
        file = BytesIO()
        write_rows(roll_tables(self.ids, question, roll.words, at, tell), file)
        data = {"rows": len(self.ids), "question": roll.words, "columns": [column.title for column in columns]}
        if self.reason:
            export_members_unmasked(roll.top, data, reason=self.reason, by=self.user)
        else:
            export_members(roll.top, data, by=self.user)
        return file.getvalue()
