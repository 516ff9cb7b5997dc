"""The report of a round (screening.md, section 8): one dataclass, from which page, paper and workbook are made.

Hints are in none of its figures. Names are those whom the cell has put before the committee above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cells.models import Organisation
from cells.permissions import Permission
from evaluations.enums import ON_THE_LIST, OWN_CELL_STATES, FlagCode, ScreeningState
from evaluations.models import CellReview, ScreeningFlag, ScreeningRound, ScreeningSubject
from members.models import Membership

# Parts of the report about leaving the Party: each reads (round, body, cells) and answers (words, number) lines.
_LINES: list[Callable[..., list[tuple[str, int]]]] = []


def register_lines(read):
    """`read(one, cells)` answers further lines of the report; called when the app is ready."""
    _LINES.append(read)


@dataclass(frozen=True)
class ReportPerson:
    """One person of limited circulation: where he is, on which grounds, where he stands."""

    name: str
    cell: str
    grounds: str
    state: str


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
    sees_names: bool

    @property
    def title(self):
        return f"Kết quả rà soát, sàng lọc đảng viên năm {self.round.year} của {self.organisation}"


def read_report(one, body, *, user, on):
    """The report of the cells at or below a body, the queries the same whatever their number."""
    cells = list(Organisation.objects.cells().open().below(body).order_by("path"))
    ids = [cell.pk for cell in cells]
    flags = ScreeningFlag.objects.counted().filter(round=one, organisation__in=ids)
    criteria = dict(flags.order_by().values_list("code").annotate(Count("member", distinct=True)))
    sees = user.may(Permission.SCREENING_VIEW, body)
    reviews = CellReview.objects.standing().filter(round=one, organisation__in=ids)
    reviewed = set(reviews.values_list("organisation_id", flat=True))
    return RoundReport(
        round=one,
        organisation=body,
        on=on,
        lines=tuple(_lines(one, ids, flags, reviewed)),
        criteria=tuple((code.value, code.label, criteria.get(code, 0)) for code in FlagCode),
        unreviewed=tuple(cell.name for cell in cells if cell.pk not in reviewed),
        people=tuple(_people(one, ids)) if sees else (),
        sees_names=sees,
    )


def _lines(one, cells, flags, reviewed):
    """The lines that go upwards; about leaving the Party other parts of the app add theirs."""
    members = Membership.objects.on(one.cutoff_on).official().filter(member__voided_at__isnull=True)
    by_cell = dict(members.filter(organisation__in=cells).order_by().values_list("organisation").annotate(Count("pk")))
    yield "Tổng số đảng viên", sum(by_cell.values())
    yield "Số đảng viên ở các chi bộ đã rà soát", sum(by_cell.get(cell, 0) for cell in reviewed)
    yield "Chi bộ đã rà soát", len(reviewed)
    yield "Chi bộ chưa rà soát", len(cells) - len(reviewed)
    yield "Đảng viên có căn cứ cần xem xét", flags.aggregate(number=Count("member", distinct=True))["number"]
    yield from _of_subjects(one, cells)
    for read in _LINES:
        yield from read(one, cells)


def _of_subjects(one, cells):
    rows = ScreeningSubject.objects.standing().filter(organisation__in=cells)
    states = dict(rows.filter(round=one).order_by().values_list("state").annotate(Count("pk")))
    carried = ScreeningSubject.objects.carried(one, cells).filter(state__in=ON_THE_LIST).count()
    listed = rows.filter(round=one, assisted_since__isnull=False).count()
    yield "Chi ủy xem xét, không đưa vào danh sách", states.get(ScreeningState.DISMISSED, 0)
    yield "Đã xin ý kiến cấp ủy cấp trên, chờ biểu quyết", states.get(ScreeningState.SUPERIOR_CONSULTED, 0)
    yield "Biểu quyết không đủ phiếu", states.get(ScreeningState.NOT_LISTED, 0)
    yield "Mới đưa vào danh sách giáo dục, giúp đỡ", listed
    yield "Chuyển tiếp từ đợt trước", carried
    yield "Được công nhận tiến bộ", states.get(ScreeningState.RECOGNISED, 0)
    yield "Chi bộ đề nghị xóa tên", states.get(ScreeningState.REMOVAL_PROPOSED, 0)


def _people(one, cells):
    """Those put before the committee above, in the order of cells and names."""
    rows = ScreeningSubject.objects.standing().filter(round=one, organisation__in=cells)
    rows = list(rows.exclude(state__in=OWN_CELL_STATES).with_place().order_by("organisation__path", "member__sort_key"))
    grounds = {}
    flags = ScreeningFlag.objects.counted().filter(round=one, member__in=[row.member_id for row in rows])
    for member, code in flags.order_by("code").values_list("member_id", "code"):
        grounds.setdefault(member, []).append(code)
    for row in rows:
        codes = ", ".join(grounds.get(row.member_id, []))
        yield ReportPerson(str(row.member), str(row.organisation), codes, row.get_state_display())
