"""Organisations of a season as pages and acts read them: facts below them, flags, the suggestion, the result."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from types import SimpleNamespace

from django.db.models import Count

from evaluations.models import OrganisationGrade, OrganisationReview
from evaluations.rules import (
    HTXSNV,
    Act,
    LevelCounts,
    OrganisationFacts,
    SanctionFacts,
    Suggestion,
    Work,
    charged_units,
    organisation_door_name,
    suggest_organisation_level,
)
from members.enums import COMMITTEE_TITLES, PostTitle, SanctionForm
from members.models import AnnualGrade, Post
from members.rules import Level

NOT_RATED = "none"  # a choice beside the levels in forms, never stored
ANSWERED_BY_GROUNDS = {"G1", "G2", "G4", "G5"}


@dataclass(frozen=True)
class DisciplineFact:
    """Discipline of one of the leading collective in the year: the form and the day, nothing of the case."""

    person: str
    post: str
    form: str
    decided_on: date
    unit: str = ""  # where the act took place, with the article, where that decides whom it is charged to

    def __str__(self):
        at = f"; vi phạm xảy ra tại {self.unit}" if self.unit else ""
        return f"{self.person} ({self.post}): {self.form.lower()}, quyết định ngày {self.decided_on:%d/%m/%Y}{at}"


@dataclass
class OrganisationRow:
    """One organisation of a season; `level`, `reason`, `is_exemplary` and `error` serve the form of the decision."""

    review: OrganisationReview
    suggestion: Suggestion
    below: LevelCounts
    flags: tuple
    suggested: Level | None
    own: Level | None
    proposed: Level | None
    grade: OrganisationGrade | None
    decided: Level | None
    chosen: bool = True
    level: str = ""
    reason: str = ""
    is_exemplary: bool = False
    error: str = ""
    gaps: list = field(default_factory=list)

    @property
    def key(self):
        """The name of the row in controls."""
        return f"o{self.review.pk.hex[:12]}"

    @property
    def advice(self):
        return [*self.suggestion.steps, *(note.text for note in self.suggestion.notes)]

    @property
    def doors(self):
        return [organisation_door_name(code) for code in self.review.doors]


def read_rows(reviews, book, *, points=attrgetter("used_points")):
    """The rows of some reviews of one season, in three queries whatever their number.

    `points` says which total of a review the suggestion is made from.
    """
    reviews = list(reviews)
    if not reviews:
        return []
    year = reviews[0].season.year
    by_shares = book.rules.organisation.org_xs_sub_min_httnv is not None
    below = levels_below([each.organisation for each in reviews], year) if by_shares else {}
    flags = discipline_flags([each.organisation for each in reviews], year, book.rules.discipline_effect)
    ids = [each.organisation_id for each in reviews]
    rows = OrganisationGrade.objects.of_year(year).filter(organisation__in=ids).select_related("decision__organisation")
    grades = {grade.organisation_id: grade for grade in rows}
    levels = {level.code: level for level in book.organisation_scale.levels}
    found = []
    for each in reviews:
        facts = facts_of(each, below.get(each.organisation_id, LevelCounts()), points(each))
        found.append(_row(each, book, levels, facts, flags, grades))
    return found


def _row(review, book, levels, facts, flags, grades):
    grade = grades.get(review.organisation_id)
    suggestion = suggest_organisation_level(book.rules.organisation, facts)
    agreed = review.agreed_level
    return OrganisationRow(
        review=review,
        suggestion=suggestion,
        below=facts.below,
        flags=flags.get(review.organisation_id, ()),
        suggested=levels.get(suggestion.level),
        own=levels.get(review.own_level),
        proposed=levels.get(review.proposed_level),
        grade=grade,
        decided=levels.get(grade.level) if grade else None,
        level=agreed or (NOT_RATED if review.not_rated_reason else ""),
    )


def facts_of(review, below, points):
    """What the rules ask of one organisation."""
    numbers = (review.tasks_total, review.tasks_undone, review.tasks_late, review.tasks_beyond)
    return OrganisationFacts(
        score=points,
        work=None if review.tasks_total is None else Work(*(number or 0 for number in numbers)),
        faults_remedied=review.faults_remedied,
        undisciplined=review.undisciplined,
        doors=tuple(review.doors),
        lenient=review.lenient,
        below=below,
        is_cell=review.organisation.is_cell,
    )


def levels_below(organisations, year):
    """By organisation the levels of the members of a cell, or of the organisations directly below any other."""
    cells = [each.pk for each in organisations if each.is_cell]
    bodies = [each.pk for each in organisations if not each.is_cell]
    found = defaultdict(lambda: defaultdict(int))
    people = AnnualGrade.objects.of_year(year).filter(organisation__in=cells).order_by()
    units = OrganisationGrade.objects.of_year(year).filter(organisation__parent__in=bodies).order_by()
    people = people.values_list("organisation", "level").annotate(number=Count("id"))
    units = units.values_list("organisation__parent", "level").annotate(number=Count("id"))
    for place, level, number in people.union(units, all=True):
        found[place][level] += number
    return {place: LevelCounts(not_rated=levels.pop("", 0), levels=dict(levels)) for place, levels in found.items()}


def discipline_flags(organisations, year, rules):
    """By organisation the discipline of its leading collective in the year that counts there by the rules.

    An act is charged to the unit in which it took place, whoever leads it now (366-QĐ/TW, Điều 11): to the bodies whose
    leading collective the person is or was in then. Where no unit is on record he must be in the organisation or below.
    """
    since, until = date(year, 1, 1), date(year + 1, 1, 1)
    posts = Post.objects.standing().filter(
        organisation__in=[each.pk for each in organisations],
        title__in=COMMITTEE_TITLES,
        member__sanctions__voided_at__isnull=True,
        member__sanctions__decided_on__gte=since,
        member__sanctions__decided_on__lt=until,
    )
    paths = {each.pk: each.path for each in organisations}
    found = defaultdict(dict)
    for row in posts.order_by("member__sort_key", "member__sanctions__decided_on").values(*_OF_SANCTION.values()):
        seen = SimpleNamespace(**{name: row[column] for name, column in _OF_SANCTION.items()})
        if _in_post(seen, since, until) and _counts_in(paths[seen.place], seen, rules):
            facts = found[seen.place]
            facts.setdefault((seen.person, seen.form, seen.decided_on), _fact(seen, paths[seen.place], rules))
    return {place: tuple(facts.values()) for place, facts in found.items()}


MOVED_AWAY = "một đồng chí nay sinh hoạt nơi khác"
_OF_SANCTION = {
    "place": "organisation",
    "person": "member__full_name",
    "home": "member__home__path",
    "title": "title",
    "started_on": "started_on",
    "ended_on": "ended_on",
    "form": "member__sanctions__form",
    "decided_on": "member__sanctions__decided_on",
    "act_from": "member__sanctions__act_from",
    "act_to": "member__sanctions__act_to",
    "unit": "member__sanctions__act_unit__path",
    "unit_name": "member__sanctions__act_unit__name",
}


def _in_post(seen, since, until):
    """Whether the post was held in the year, or when the act took place."""
    act_from = seen.act_from or seen.act_to
    act_to = seen.act_to or seen.act_from
    in_year = seen.started_on < until and (seen.ended_on is None or seen.ended_on > since)
    then = act_from and seen.started_on <= act_to and (seen.ended_on is None or seen.ended_on > act_from)
    return bool(in_year or then)


def _counts_in(path, seen, rules):
    units = _charged(seen, rules) or ((seen.home,) if seen.home else ())
    return any(unit.startswith(path) for unit in units)


def _charged(seen, rules):
    facts = SanctionFacts(form=seen.form, decided_on=seen.decided_on, acts=(Act(seen.act_from, seen.unit or ""),))
    return charged_units(rules, facts)


def _fact(seen, path, rules):
    """Who has moved elsewhere since is not named: he is no longer in the scope of those who read of this unit."""
    is_here = (seen.home or "").startswith(path)
    words = f"{seen.unit_name} ({rules.cite('old_unit_act_charged_to')})" if _charged(seen, rules) else ""
    return DisciplineFact(
        seen.person if is_here else MOVED_AWAY,
        PostTitle(seen.title).label,
        SanctionForm(seen.form).label,
        seen.decided_on,
        words,
    )


def gaps_of(row, book):
    """What is missing before the organisation can send its own rating, as sentences."""
    review, rules = row.review, book.rules.organisation
    found = []
    if not review.held_on:
        found.append("Chưa ghi ngày họp kiểm điểm, tự xếp loại.")
    if review.not_rated_reason:
        return found if review.grounds else [*found, "Chưa ghi căn cứ của việc không xếp loại."]
    if not review.own_level:
        return [*found, "Chưa chọn mức tự xếp loại."]
    if rules.uses_points:
        found += _missing_numbers(review)
    if rules.org_xs_no_discipline and review.own_level == HTXSNV and review.undisciplined is None:
        found.append("Chưa xác nhận có hay không đơn vị trực thuộc, thành viên tập thể lãnh đạo bị kỷ luật trong năm.")
    if review.grounds:
        return found
    if row.suggestion.level and row.suggestion.level != review.own_level:
        found.append(f"Mức tự xếp loại khác mức gợi ý ({row.suggested.short}): hãy ghi căn cứ, giải trình.")
    elif any(note.code in ANSWERED_BY_GROUNDS for note in row.suggestion.notes):
        found.append("Bộ quy tắc yêu cầu giải trình (xem phần gợi ý): hãy ghi ở ô căn cứ.")
    return found


def _missing_numbers(review):
    if review.points is None:
        missing = "chấm đủ các tiêu chí của khung điểm" if review.frame_id else "ghi đủ điểm của hai nhóm tiêu chí"
        yield f"Chưa {missing}."
    if None in (review.tasks_total, review.tasks_undone, review.tasks_late, review.tasks_beyond):
        yield "Chưa ghi đủ số nhiệm vụ: tổng số, không hoàn thành, chậm, vượt yêu cầu."
