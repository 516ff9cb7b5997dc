"""The report of a round (screening.md, section 8): one dataclass, from which page, paper and workbook are made.

Hints are in none of its figures. Names are those whom the cell has put before the committee above it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from cells.models import Organisation
from cells.permissions import Permission
from evaluations.enums import ON_THE_LIST, OWN_CELL_STATES, FlagCode, ScreeningState
from evaluations.models import CellReview, ScreeningFlag, ScreeningRound, ScreeningSubject
from evaluations.removal_figures import removal_figures
from members.models import Membership


@dataclass(frozen=True)
class ReportPerson:
    """One person of limited circulation: where he is, on which grounds, where he stands."""

    name: str
    cell: str
    grounds: str
    state: str
    from_round: str = ""


@dataclass(frozen=True)
class RoundReport:
    """The figures of a round in a body, the criteria by code, cells without a review, and names where they are seen."""

    round: ScreeningRound
    organisation: Organisation
    on: date
    lines: tuple[tuple[str, int], ...]
    criteria: tuple[tuple[str, str, int], ...]
    unreviewed: tuple[str, ...]
    people: tuple[ReportPerson, ...]
    carried: tuple[ReportPerson, ...]
    sees_names: bool

    @property
    def title(self):
        return f"Kết quả rà soát, sàng lọc đảng viên năm {self.round.year} của {self.organisation}"


@dataclass(frozen=True)
class _Row:
    """One subject as the report reads it."""

    from_round: str
    state: str
    listed: bool
    member: object
    name: str
    cell: str

    @property
    def is_carried(self):
        return bool(self.from_round)


def read_report(one, body, *, user, on):
    """The report of the cells at or below a body, in seven queries whatever their number."""
    reviews = CellReview.objects.standing().filter(round=one, organisation=OuterRef("pk"))
    cells = Organisation.objects.cells().open().below(body).annotate(is_reviewed=Exists(reviews)).order_by("path")
    ids = [cell.pk for cell in cells]
    grounds = _grounds(one, ids)
    rows = list(_subjects(one, ids))
    reviewed = {cell.pk for cell in cells if cell.is_reviewed}
    criteria = Counter(code for codes in grounds.values() for code in codes)
    sees = user.may(Permission.SCREENING_VIEW, body)
    lines = [*_of_cells(one, ids, reviewed, len(grounds)), *_of_subjects(rows)]
    lines += _of_leaving(one, body)
    return RoundReport(
        round=one,
        organisation=body,
        on=on,
        lines=tuple(lines),
        criteria=tuple((code.value, code.label, criteria[code.value]) for code in FlagCode),
        unreviewed=tuple(cell.name for cell in cells if cell.pk not in reviewed),
        people=tuple(_people(rows, grounds)) if sees else (),
        carried=tuple(_carried(rows, grounds)) if sees else (),
        sees_names=sees,
    )


def _grounds(one, cells):
    """The codes of everybody flagged, by member."""
    flags = ScreeningFlag.objects.counted().filter(round=one, organisation__in=cells).order_by("code")
    found = {}
    for member, code in flags.values_list("member_id", "code"):
        found.setdefault(member, []).append(code)
    return found


def _subjects(one, cells):
    """Those of the round and those carried over from earlier ones, in the order of cells and names."""
    mine = ScreeningSubject.objects.standing().filter(round=one, organisation__in=cells)
    rows = mine | ScreeningSubject.objects.carried(one, cells)
    for row in rows.select_related("round", "member", "organisation").order_by(
        "organisation__path", "member__sort_key"
    ):
        earlier = row.round.words if row.round_id != one.pk else ""
        listed = row.assisted_since is not None
        yield _Row(earlier, row.state, listed, row.member_id, row.member.full_name, row.organisation.name)


def _of_cells(one, cells, reviewed, flagged):
    """The lines about cells and their members."""
    members = Membership.objects.on(one.cutoff_on).official().filter(member__voided_at__isnull=True)
    by_cell = dict(members.filter(organisation__in=cells).order_by().values_list("organisation").annotate(Count("pk")))
    yield "Tổng số đảng viên", sum(by_cell.values())
    yield "Số đảng viên ở các chi bộ đã rà soát", sum(by_cell.get(cell, 0) for cell in reviewed)
    yield "Chi bộ đã rà soát", len(reviewed)
    yield "Chi bộ chưa rà soát", len(cells) - len(reviewed)
    yield "Đảng viên có căn cứ cần xem xét", flagged


def _of_subjects(rows):
    states = Counter(row.state for row in rows if not row.is_carried)
    yield "Chi ủy xem xét, không đưa vào danh sách", states[ScreeningState.DISMISSED]
    yield "Đã xin ý kiến cấp ủy cấp trên, chờ biểu quyết", states[ScreeningState.SUPERIOR_CONSULTED]
    yield "Biểu quyết không đủ phiếu", states[ScreeningState.NOT_LISTED]
    yield "Mới đưa vào danh sách giáo dục, giúp đỡ", sum(row.listed for row in rows if not row.is_carried)
    yield "Chuyển tiếp từ đợt trước", sum(row.state in ON_THE_LIST for row in rows if row.is_carried)
    waiting = sum(row.state == ScreeningState.SUPERIOR_CONSULTED for row in rows if row.is_carried)
    yield "Chuyển tiếp từ đợt trước, chờ biểu quyết", waiting
    yield "Được công nhận tiến bộ", states[ScreeningState.RECOGNISED]
    yield "Chi bộ đề nghị xóa tên", states[ScreeningState.REMOVAL_PROPOSED]


def _of_leaving(one, body):
    """The lines about those who left by screening in the time of the round."""
    figures = removal_figures(body, *one.period)
    yield "Xóa tên trong danh sách đảng viên", figures.removed
    yield "trong đó đảng viên dự bị", figures.removed_probationary
    yield "Cho ra khỏi Đảng theo đơn", figures.left_on_request
    yield "Khai trừ", figures.expelled
    yield "Thẻ đảng viên đã thu", figures.cards_recovered
    yield "Thẻ đảng viên chưa thu", figures.cards_outstanding
    yield "Khiếu nại về xóa tên đã nhận", figures.complaints
    yield "Quyết định xóa tên bị hủy sau khiếu nại", figures.annulled


def _people(rows, grounds):
    """Those put before the committee above."""
    for row in rows:
        if not row.is_carried and row.state not in OWN_CELL_STATES:
            codes = ", ".join(grounds.get(row.member, []))
            yield ReportPerson(row.name, row.cell, codes, ScreeningState(row.state).label)


def _carried(rows, grounds):
    """Those of earlier rounds who are not at their end, each with his round; all were put before the committee."""
    for row in rows:
        if row.is_carried:
            codes = ", ".join(grounds.get(row.member, []))
            yield ReportPerson(row.name, row.cell, codes, ScreeningState(row.state).label, row.from_round)
