"""Inspection and supervision by the cells of a body in a year: plans, what was carried out, whom it reached."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from cells.trees import tree_with
from config.lib.sheet_writing import write_rows
from config.lib.tables import NUMBER, FigureTable, Heading, Row
from discipline.beside_enums import BY_THEME, PlanKeeper
from discipline.models import PlannedInspection, SupervisionPlan
from discipline.rulebook import PROCEDURE, CaseBook
from discipline.rules.indicators import percent, share
from members.enums import COMMITTEE_TITLES
from members.life_enums import CELL_MEETINGS, Presence
from members.models import Attendance, Membership, Post

TITLE = "Kiểm tra, giám sát của chi bộ"
HEADINGS = (
    Heading("Chi bộ", width=34), Heading("Trực thuộc", width=26), Heading("Đảng viên", NUMBER, 10),
    Heading("Có kế hoạch", width=12), Heading("Số cuộc đã lập", NUMBER, 12), Heading("Đã thực hiện", NUMBER, 12),
    Heading("Đảng viên được kiểm tra, giám sát theo chuyên đề", NUMBER, 20), Heading("Tỷ lệ %", NUMBER, 10),
    Heading("Cấp ủy viên dự họp chi bộ %", NUMBER, 16),
)  # fmt: skip


@dataclass
class CellCoverage:
    """What one cell did in the year; `came` of `expected` are attendances of those who lead."""

    id: int
    name: str
    above: str
    members: int = 0
    has_plan: bool = False
    planned: int = 0
    done: int = 0
    reached: int = 0
    came: int = 0
    expected: int = 0

    @property
    def percent(self):
        """Members reached by a theme, of those on the roll."""
        return percent(share(min(self.reached, self.members), self.members))

    @property
    def leaders_percent(self):
        return percent(share(self.came, self.expected))

    @property
    def is_idle(self):
        """Neither a plan nor anything carried out."""
        return not self.has_plan and not self.done


@dataclass(frozen=True)
class Coverage:
    """The cells of a body in a year, with what the rule set aims at."""

    body: Any
    year: int
    on: date
    cells: list[CellCoverage]
    target: Fraction | None
    target_article: str
    total: CellCoverage = field(default_factory=lambda: CellCoverage(0, "Cộng", ""))

    @property
    def idle(self):
        return [cell for cell in self.cells if cell.is_idle]

    @property
    def target_percent(self):
        return percent(self.target)

    def is_below(self, cell):
        """Whether a cell reaches fewer of its members than the rule set aims at."""
        return self.target is not None and cell.percent is not None and cell.percent < self.target_percent


def read_coverage(body, year, on):
    """Of the cells that were below the body on `on`, by their names of that day; on the roll of `on`."""
    tree = tree_with(body, on)
    cells = {
        node.id: CellCoverage(node.id, node.name, _above(tree, node)) for node in tree.below(body.pk) if node.is_cell
    }
    people = Membership.objects.on(on).official().filter(organisation__in=cells).order_by()
    for pk, number in people.values_list("organisation").annotate(Count("member", distinct=True)):
        cells[pk].members = number
    _count_items(cells, year)
    _count_leaders(cells, year)
    rules = CaseBook().rules(PROCEDURE, body, on)
    target = rules.thematic_coverage_min_share
    cited = rules.cite("thematic_coverage_min_share") if target is not None else ""
    found = Coverage(body, year, on, list(cells.values()), target, cited)
    _add_up(found)
    return found


def _above(tree, node):
    above = tree.nodes.get(node.parent_id)
    return above.name if above else ""


def _count_items(cells, year):
    """The plan of the year, its inspections, those done in the year, and the members that those by a theme reached."""
    plans = SupervisionPlan.objects.standing().filter(organisation__in=cells, keeper=PlanKeeper.CELL).order_by()
    standing = Q(inspections__isnull=False, inspections__voided_at__isnull=True)
    counted = plans.values_list("organisation").annotate(
        plans=Count("pk", filter=Q(year=year), distinct=True),
        planned=Count("inspections", filter=standing & Q(year=year)),
        done=Count("inspections", filter=standing & Q(inspections__done_on__year=year)),
    )
    for pk, number, planned, done in counted:
        cells[pk].has_plan, cells[pk].planned, cells[pk].done = number > 0, planned, done
    themed = PlannedInspection.objects.done_in(year).filter(
        plan__organisation__in=cells, plan__keeper=PlanKeeper.CELL, kind__in=BY_THEME, members__isnull=False
    )
    for pk, number in themed.order_by().values_list("plan__organisation").annotate(Count("members", distinct=True)):
        cells[pk].reached = number


def _count_leaders(cells, year):
    """Attendance of members of committees, of any body, at the meetings of their cells."""
    leads = Post.objects.standing().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("meeting__held_on")),
        member=OuterRef("member"), title__in=COMMITTEE_TITLES, started_on__lte=OuterRef("meeting__held_on"),
    )  # fmt: skip
    rows = Attendance.objects.standing().filter(
        Exists(leads), meeting__organisation__in=cells, meeting__held_on__year=year, meeting__voided_at__isnull=True,
        meeting__kind__in=CELL_MEETINGS,
    )  # fmt: skip
    counted = (
        rows.order_by()
        .values_list(F("meeting__organisation"))
        .annotate(came=Count("pk", filter=Q(presence=Presence.PRESENT)), expected=Count("pk"))
    )
    for pk, came, expected in counted:
        cells[pk].came, cells[pk].expected = came, expected


def _add_up(found):
    sums: dict[str, int] = defaultdict(int)
    for cell in found.cells:
        for name in ("members", "planned", "done", "came", "expected"):
            sums[name] += getattr(cell, name)
        sums["reached"] += min(cell.reached, cell.members)
    for name, number in sums.items():
        setattr(found.total, name, number)


def coverage_xlsx(found):
    """The same figures as a workbook."""
    rows = [Row(_values(cell)) for cell in found.cells]
    rows.append(Row(_values(found.total, plan=""), "total"))
    note = f"Mục tiêu: ít nhất {found.target_percent} % ({found.target_article})." if found.target is not None else ""
    title = f"{TITLE} năm {found.year}, {found.body.name}"
    return write_rows([FigureTable("Kiểm tra, giám sát", title, HEADINGS, tuple(rows), note=note).as_sheet()])


def _values(cell, plan=None):
    words = ("có" if cell.has_plan else "không") if plan is None else plan
    return (
        cell.name, cell.above, cell.members, words, cell.planned, cell.done, cell.reached, cell.percent,
        cell.leaders_percent,
    )  # fmt: skip
