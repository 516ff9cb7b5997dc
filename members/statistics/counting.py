"""Counting a list of members by everything that form 3 asks, for two days at once, in the database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Cast, Concat, ExtractYear

from members.enums import UNKNOWN, OverlayKind, Sex, Topic
from members.models import Member, Overlay, Particular
from members.statistics.books import holding, not_out, on_books, standing_stays
from members.statistics.checks import NAMED

TOPICS = (
    Topic.OCCUPATION, Topic.GENERAL_EDUCATION, Topic.DEGREE, Topic.ACADEMIC_TITLE, Topic.THEORY, Topic.RELIGION,
    Topic.YOUTH_UNION, Topic.ENTERPRISE_OWNER,
)  # fmt: skip
AGE, ADMISSION = "age", "admission"
LATE, REACHED = "+", "-"  # whether the birthday of the year is still to come
MAJORITY = "kinh"
RETIRED = "retired"
HEADS = ("total", "probationary", "female", "minority", "exempt", "born", "years", "late")


@dataclass(frozen=True)
class Asked:
    """Whose list of which day: `organisations` None means of all; `admission_from` cuts the times of admission."""

    day: date
    organisations: frozenset | None
    admission_from: tuple[str, ...] = ()


@dataclass
class Distribution:
    """People of one list by block and value, and those of a value who are exempt."""

    numbers: dict = field(default_factory=lambda: defaultdict(dict))
    exempt: dict = field(default_factory=lambda: defaultdict(dict))
    ages: dict = field(default_factory=lambda: defaultdict(int))


def exempt_on(day):
    """Ids of people exempt from work and activity on `day`."""
    return Overlay.objects.on(day).filter(kind=OverlayKind.EXEMPT).values("member_id")


def birthday_to_come(day, prefix="member__"):
    """Born later in the year than `day`: the years of birth and of the day differ by one more than the full years."""
    month, born_day = f"{prefix}born_on__month", f"{prefix}born_on__day"
    return Q(**{f"{month}__gt": day.month}) | Q(**{month: day.month, f"{born_day}__gt": day.day})


def heads(rules, asked):
    """(place in `asked`, organisation, figures of HEADS) of every organisation of every list; one query."""
    rows = [_heads(rules, each, place) for place, each in enumerate(asked)]
    return list(rows[0].union(*rows[1:], all=True))


def _heads(rules, asked, place):
    day = asked.day
    grouped = on_books(rules, day, asked.organisations).order_by().values("organisation_id").annotate(
        place=Value(place, IntegerField()),
        total=Count("pk"),
        probationary=Count("pk", filter=not_yet_official(day)),
        female=Count("pk", filter=Q(member__sex=Sex.FEMALE)),
        minority=Count("pk", filter=of_minority()),
        exempt=Count("pk", filter=Q(member_id__in=exempt_on(day))),
        born=Count("member__born_on"),
        years=Sum(ExtractYear("member__born_on"), default=0),
        late=Count("pk", filter=birthday_to_come(day)),
    )  # fmt: skip
    return grouped.values_list("place", "organisation_id", *HEADS)


def not_yet_official(day, prefix="member__"):
    return Q(**{f"{prefix}official_on__isnull": True}) | Q(**{f"{prefix}official_on__gt": day})


def of_minority(prefix="member__"):
    return ~Q(**{f"{prefix}ethnic__in": ("", MAJORITY)})


def distributions(rules, asked):
    """What every list is made of, in one query that reads the rows of all lists together."""
    parts = [_answers(rules, asked), _ages(rules, asked), _admissions(rules, asked)]
    found = [Distribution() for _ in asked]
    for block, value, *numbers in parts[0].union(*parts[1:], all=True):
        for place, here in enumerate(found):
            number, exempt = numbers[2 * place : 2 * place + 2]
            if block.startswith(AGE):
                if value is not None and number:
                    is_late = block[len(AGE) + place] == LATE
                    here.ages[asked[place].day.year - int(value) - is_late] += number
            elif number:
                here.numbers[block][value] = number
                here.exempt[block][value] = exempt
    return found


def _shape(asked):
    """Columns of the union: the block, the answer, and of every list the people and the exempt among them."""
    return ("block", "answer", *(f"{name}_{place}" for place in range(len(asked)) for name in ("n", "m")))


def _answers(rules, asked):
    """Every answer of everybody listed; one join of stays and answers, one of each on a day."""
    counts, listed_once, answered_once = {}, Q(pk__in=[]), Q(pk__in=[])
    for place, each in enumerate(asked):
        listed, answered = _listed(each), _answered_on(each.day)
        pensioners = Q(
            member__particulars__topic=Topic.OCCUPATION,
            member__particulars__value=RETIRED,
            member_id__in=exempt_on(each.day),
        )
        counts[f"n_{place}"] = Count("pk", filter=listed & answered)
        counts[f"m_{place}"] = Count("pk", filter=listed & answered & pensioners)
        listed_once, answered_once = listed_once | listed, answered_once | answered
    rows = standing_stays(rules).filter(
        listed_once, answered_once, member__particulars__voided_at__isnull=True, member__particulars__topic__in=TOPICS
    )
    rows = rows.order_by().annotate(block=F("member__particulars__topic"), answer=F("member__particulars__value"))
    return rows.values("block", "answer").annotate(**counts).values_list(*_shape(asked))


def _answered_on(day):
    """Answers that hold on `day`."""
    ended = Q(member__particulars__ended_on__isnull=True) | Q(member__particulars__ended_on__gt=day)
    return Q(member__particulars__started_on__lte=day) & ended


def _listed(asked):
    """Stays (with `begun`) of the people on a list."""
    listed = holding(asked.day) & not_out(asked.day)
    return listed if asked.organisations is None else listed & Q(organisation_id__in=asked.organisations)


def _ages(rules, asked):
    """By year of birth and by whether the birthday was still to come on the day of each list."""
    late = [
        Case(When(birthday_to_come(each.day), then=Value(LATE)), default=Value(REACHED), output_field=CharField())
        for each in asked
    ]
    block = Concat(Value(AGE), *late, output_field=CharField())
    year = Cast(ExtractYear("member__born_on"), CharField(max_length=40))
    return _grouped(rules, asked, block=block, answer=year)


def _admissions(rules, asked):
    starts = asked[0].admission_from
    times = [
        When(member__admitted_on__lt=first, then=Value(str(number))) for number, first in enumerate(starts, start=1)
    ]
    known = When(member__admitted_on__isnull=False, then=Value(str(len(starts) + 1)))
    answer = Case(*times, known, default=Value(None), output_field=CharField(max_length=40))
    return _grouped(rules, asked, block=Value(ADMISSION, CharField()), answer=answer)


def _grouped(rules, asked, **by):
    counts, holds = {}, Q(pk__in=[])
    for place, each in enumerate(asked):
        listed = _listed(each)
        counts |= {f"n_{place}": Count("pk", filter=listed), f"m_{place}": Value(0, IntegerField())}
        holds |= listed
    rows = standing_stays(rules).filter(holds).order_by().annotate(**by).values("block", "answer")
    return rows.annotate(**counts).values_list(*_shape(asked))


# --- who has no answer -----------------------------------------------------------------------------------------------

LACKS = ("no_job", "no_birth", "no_admission", "no_school")


def lacking(rules, asked):
    """Names of the first people without an answer, by what is missing: occupation, birth, admission, education."""
    people = on_books(rules, asked.day, asked.organisations).values("member_id")
    rows = Member.objects.filter(pk__in=people).annotate(
        no_job=~Exists(_answered(asked.day, Topic.OCCUPATION)),
        no_school=~Exists(_answered(asked.day, Topic.GENERAL_EDUCATION)),
    )
    born, admitted = Q(born_on__isnull=True), Q(admitted_on__isnull=True)
    rows = rows.filter(Q(no_job=True) | Q(no_school=True) | born | admitted).order_by("sort_key", "id")
    found = {name: [] for name in LACKS}
    for name, born_on, admitted_on, no_job, no_school in rows.values_list(
        "full_name", "born_on", "admitted_on", "no_job", "no_school"
    )[: 4 * NAMED]:
        for lack, is_missing in zip(LACKS, (no_job, born_on is None, admitted_on is None, no_school), strict=True):
            if is_missing and len(found[lack]) < NAMED:
                found[lack].append(name)
    return found


def _answered(day, topic):
    return Particular.objects.on(day).filter(member=OuterRef("pk"), topic=topic).exclude(value=UNKNOWN)
