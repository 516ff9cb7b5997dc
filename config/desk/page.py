"""The desk as one read model, and its view."""

from dataclasses import dataclass, field

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.permissions import Permission
from config.desk import papers
from config.desk.admissions import read_admissions
from config.desk.deciders import read_deciders
from config.desk.discipline import case_entries
from config.desk.entries import Entry, in_order
from config.desk.figures import Figures, first_steps, read_figures
from config.desk.moves import read_moves
from config.desk.sheets import read_sheets
from config.desk.suspensions import suspension_entries


@dataclass
class Desk:
    """Everything on the first page of one person."""

    figures: Figures
    first_step: Entry | None
    mine: list[Entry] = field(default_factory=list)
    others: list[Entry] = field(default_factory=list)
    documents: list[Entry] = field(default_factory=list)

    @property
    def count(self):
        return sum(entry.count for entry in self.mine)


def read_desk(user, today):
    """What waits for `user`, what he waits for, and his figures; at most twelve queries with the sign-in."""
    figures = read_figures(user, today)
    sheets = read_sheets(user, today)
    mine, others = [*sheets.mine, *read_deciders(user, today)], list(sheets.others)
    if user.holds(Permission.DOCUMENTS_ISSUE):
        mine += papers.drafts(user)
    if user.holds(Permission.ACCOUNTS_MANAGE) or user.holds(Permission.INSPECTION_GRANT):
        locked, unchanged = papers.account_entries(user)
        mine, others = mine + locked, others + unchanged
    moving, overdue = read_moves(user, today)
    admitting, late = read_admissions(user, today)
    files, jobs, cases = papers.read_work(user, today)
    mine, others = mine + files + moving + admitting + case_entries(cases, today), others + overdue + late + jobs
    mine += suspension_entries(user, today)
    return Desk(
        figures=figures,
        first_step=first_steps(user, figures.people),
        mine=in_order(mine),
        others=in_order(others),
        documents=papers.latest_documents(user),
    )


@require_safe
@login_required
def desk(request):
    """What waits for the person who signed in."""
    today = timezone.localdate()
    found = read_desk(request.user, today)
    return render(request, "config/desk.html", {"desk": found, "today": today, "waiting_count": found.count})
