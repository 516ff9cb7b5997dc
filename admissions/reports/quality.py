"""Quality and not only numbers: what failed on the way, and how those admitted earlier are rated since."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, Value, When
from django.db.models.functions import Cast

from admissions.admitted import TURNS_BACK, Person
from admissions.models import AdmissionVote, Candidate, StepTaken
from members.models import AnnualGrade
from members.scales import Scales
from members.statistics.rules import percent


@dataclass(frozen=True)
class Cohort:
    """Those admitted in one year, and how each was rated last since, by the scale of that year."""

    year: int
    people: tuple[Person, ...]
    levels: tuple[tuple[str, int], ...]
    unrated: int

    @property
    def number(self):
        return len(self.people)

    @property
    def words(self):
        """The levels in a row: “Hoàn thành tốt nhiệm vụ: 5”."""
        return "; ".join(f"{name}: {number}" for name, number in self.levels) or "chưa có kết quả xếp loại"


@dataclass(frozen=True)
class Quality:
    """Votes of the year, failed ones, steps back, and who of the admitted came through without any."""

    votes: int
    failed: int
    turned_back: int
    at_once: tuple[Person, ...]
    admitted: int
    cohorts: tuple[Cohort, ...]

    @property
    def at_once_share(self) -> Decimal | None:
        return percent(len(self.at_once), self.admitted)

    @property
    def failed_share(self) -> Decimal | None:
        return percent(self.failed, self.votes)


def read_quality(counted, people, earlier, *, on):
    """The quality of a year from what `count_the_way` found, and the cohorts of those admitted `earlier`."""
    return Quality(
        votes=counted["vote", "carried"] + counted["vote", "failed"],
        failed=counted["vote", "failed"],
        turned_back=sum(number for (kind, _), number in counted.items() if kind == "back"),
        at_once=tuple(person for person in people if not person.was_hampered),
        admitted=len(people),
        cohorts=tuple(_cohorts(earlier, on)),
    )


def count_the_way(body, year, on):
    """{(kind, what): number} of the candidates of today by state, of votes and steps back of the year; one query."""
    candidates = Candidate.objects.standing().below(body).order_by()
    votes = AdmissionVote.objects.standing().filter(candidate__in=candidates.values("id"), held_on__year=year)
    steps = StepTaken.objects.standing().filter(candidate__in=candidates.values("id"), on__year=year, on__lte=on)
    carried = Case(When(carried=True, then=Value("carried")), default=Value("failed"), output_field=CharField())
    parts = [
        _counted(candidates, "state", F("state")),
        _counted(votes.filter(held_on__lte=on), "vote", carried),
        _counted(steps.filter(step__in=TURNS_BACK), "back", F("step")),
    ]
    return Counter({(kind, what): number for kind, what, number in parts[0].union(*parts[1:], all=True)})


def _counted(rows, kind, what):
    named = rows.order_by().annotate(kind=Value(kind, CharField()), what=Cast(what, CharField(max_length=40)))
    return named.values("kind", "what").annotate(n=Count("pk")).values_list("kind", "what", "n")


def _cohorts(earlier, on):
    latest = _latest_grades(earlier, on.year) if earlier else {}
    scales = Scales()
    for year in sorted({person.held_on.year for person in earlier}, reverse=True):
        yield _cohort(year, tuple(person for person in earlier if person.held_on.year == year), latest, scales)


def _latest_grades(people, year):
    """{member: the last decided result after the year of his admission}."""
    admitted = {person.member_id: person.held_on.year for person in people}
    rows = AnnualGrade.objects.standing().filter(member__in=list(admitted), year__lte=year).order_by("year")
    columns = rows.values_list("member_id", "year", "scale", "level")
    return {str(pk): (scale, level) for pk, rated, scale, level in columns if rated >= admitted[str(pk)]}


def _cohort(year, people, latest, scales):
    found = Counter(latest[person.member_id] for person in people if latest.get(person.member_id, ("", ""))[1])
    ranked = sorted(found.items(), key=lambda item: (item[0][0], _rank(scales, *item[0])))
    levels = tuple((scales.words(scale, level), number) for (scale, level), number in ranked)
    return Cohort(year, people, levels, len(people) - sum(found.values()))


def _rank(scales, scale, level):
    known = scales.level(scale, level)
    return known.rank if known else 99
