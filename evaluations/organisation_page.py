"""What the page of one organisation shows: its row, the members counted below it, its results with their decisions."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from cells.models import Organisation
from cells.permissions import Permission
from config.lib.tables import NUMBER, PERCENT, FigureTable, Heading, Row
from evaluations.enums import OrganisationState
from evaluations.models import OrganisationGrade
from evaluations.organisation_fields import SECTIONS
from evaluations.organisation_results import result_words
from evaluations.organisations import OrganisationRow, read_rows
from evaluations.reports import Counts, counts_by_cell


@dataclass(frozen=True)
class Result:
    """One result of an organisation, standing or voided, in words."""

    grade: OrganisationGrade
    words: str
    may_open: bool

    @property
    def stands(self):
        return self.grade.voided_at is None


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation with everything that its page says."""

    row: OrganisationRow
    members: FigureTable
    results: tuple
    bodies: tuple
    texts: tuple

    @property
    def standing(self):
        return next((result for result in self.results if result.stands), None)


def read_page(review, book, user):
    """The page of one organisation for `user`."""
    [row] = read_rows([review], book)
    rows = review.grades.select_related("decision__organisation", "recorded_by", "voided_by").order_by("-id")
    results = tuple(_result(each, book, user) for each in rows)
    bodies = rerating_bodies(user, review) if review.state == OrganisationState.DECIDED else ()
    texts = tuple((*section, review.texts.get(section[0], "")) for section in SECTIONS)
    return OrganisationPage(row, member_table(review, book.scale), results, bodies, texts)


def _result(grade, book, user):
    may_open = grade.decision is not None and user.may(Permission.RATINGS_VIEW, grade.decision)
    return Result(grade, result_words(grade, book.organisation_scale), may_open)


def standing_words(review, scale):
    """The result that stands, in words."""
    grade = review.grades.standing().first()
    return result_words(grade, scale) if grade else ""


def rerating_bodies(user, review):
    """The bodies for which `user` may give the result anew: the one that decides, the one directly above it."""
    above = review.decider.parent
    return tuple(body for body in (review.decider, above) if body and user.may(Permission.RATINGS_DECIDE, body))


def member_table(review, scale):
    """Members of the organisation and below by result: present, exempt, not yet, rated (statistics, Biểu 6)."""
    year = review.season.year
    ids = Organisation.objects.below(review.organisation).cells().values("pk")
    counts, _ = counts_by_cell(ids, year)
    return counts_table(sum(counts[year].values(), Counts()), scale, year)


def counts_table(counts, scale, year):
    """One column of Biểu 6 with the shares of those rated."""
    rows = [
        Row(("1. Có mặt đến thời điểm xếp loại (1 = 2 + 3 + 4)", counts.present, None), "total"),
        Row(("2. Được miễn công tác và sinh hoạt đảng", counts.exempt, None)),
        Row(("3. Chưa được xếp loại", counts.not_yet, None)),
        Row(("4. Đã xếp loại", counts.rated, None), "total"),
        *(Row((f"– {level.name}", counts.number(level.code), counts.percent(level.code))) for level in scale.levels),
    ]
    return FigureTable(
        name="Đảng viên",
        title=f"Kết quả xếp loại đảng viên năm {year}",
        headings=(Heading("Nội dung", width=60), Heading("Số đảng viên", NUMBER, 20), Heading("%", PERCENT, 20)),
        rows=tuple(rows),
        note=f"Tỷ lệ % tính trên {counts.rated} đảng viên đã xếp loại.",
    )


def state_counts(reviews, user):
    """How many of the reviews are in each state, and (body, how many) waiting where `user` decides."""
    mine = Organisation.objects.visible_to(user, Permission.RATINGS_DECIDE).values("id")
    waiting = Count("pk", filter=Q(state=OrganisationState.SENT, decider__in=mine))
    rows = reviews.order_by().values_list("state", "decider", "decider__name")
    rows = rows.annotate(number=Count("pk"), sent=waiting)
    counts, bodies = Counter(), Counter()
    for state, decider, name, number, sent in rows:
        counts[state] += number
        if sent:
            bodies[decider, name] += sent
    return counts, [(pk, name, number) for (pk, name), number in bodies.items()]
