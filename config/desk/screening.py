"""Screening on the desk: people on whom a cell or a base goes on next, open rounds that a cell has not gone through.

Its rows come with those of files and background work, in one query (`config.desk.papers`).
"""

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Value
from django.db.models.functions import Cast
from django.urls import reverse

from cells.permissions import Permission
from config.desk.entries import Entry
from evaluations.enums import ScreeningState
from evaluations.models import CellReview, ScreeningRound, ScreeningSubject

SHOWN = 5
SCREENING, SCREENING_ROUND = "screening", "screening_round"
ASKED = {
    ScreeningState.CANDIDATE: "Xin ý kiến cấp ủy cấp trên",
    ScreeningState.SUPERIOR_CONSULTED: "Chi bộ bỏ phiếu kín đưa vào danh sách",
    ScreeningState.ASSISTING: "Phân công người giúp đỡ",
    ScreeningState.PROGRESS_REVIEW: "Xem xét công nhận tiến bộ",
}


def screening_rows(user):
    """Rows in the columns of `config.desk.papers.Work`; of a round `done` is its year."""
    people = ScreeningSubject.objects.waiting_for(user).order_by()
    yield people.annotate(about=_text(SCREENING), nobody=_text("")).values_list(
        "about", "pk", "member__full_name", "state", "organisation__name", "nobody", "recorded_at", "revision",
        "revision",
    )  # fmt: skip
    if user.holds(Permission.SCREENING_FILE):
        rounds = _silent(user).order_by().annotate(about=_text(SCREENING_ROUND), nobody=_text(""))
        rounds = rounds.annotate(of_year=Cast(F("year"), IntegerField()))
        yield rounds.values_list(
            "about", "pk", "organisation__name", "nobody", "nobody", "nobody", "recorded_at", "of_year", "of_year"
        )


def _silent(user):
    """Open rounds over a cell of the person in which that cell is not reviewed yet."""
    mine = [role for role in user.roles_today if user.may(Permission.SCREENING_FILE, role)]
    above = {int(part) for role in mine for part in role.scope_path.strip("/").split("/")}
    cells = [role.organisation_id for role in mine]
    reviewed = CellReview.objects.standing().filter(round=OuterRef("pk"), organisation__in=cells)
    return ScreeningRound.objects.open().filter(~Exists(reviewed), organisation__in=above)


def _text(words):
    return Value(words, CharField())


def screening_entries(rows):
    """The people first, shortened to the first few; then the rounds, which are reminders and count as nothing."""
    people = [row for row in rows if row.about == SCREENING]
    entries = [
        Entry(
            title=f"{ASKED[row.kind]}: {row.title}",
            reason=f"{row.place}. Rà soát, sàng lọc đảng viên.",
            url=reverse("evaluations:screening_subject", args=[row.pk]),
            verb="Mở hồ sơ",
        )
        for row in people[:SHOWN]
    ]
    if more := len(people[SHOWN:]):
        url = reverse("evaluations:screening")
        entries.append(Entry(f"Và {more} đảng viên khác trong các đợt rà soát", "", url, "Xem các đợt", count=more))
    return entries + [_round(row) for row in rows if row.about == SCREENING_ROUND][:SHOWN]


def _round(row):
    return Entry(
        title=f"Rà soát, sàng lọc đảng viên năm {row.done}",
        reason=f"{row.title} đã mở đợt; chi ủy chưa ghi việc rà soát.",
        url=reverse("evaluations:screening_round", args=[row.pk]),
        verb="Mở đợt rà soát",
        count=0,
    )
