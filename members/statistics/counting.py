"""Counting a list of members by everything that form 3 asks, for two days at once, in the database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Cast, ExtractYear

from members.enums import UNKNOWN, OverlayKind, Sex, Topic
from members.models import Member, Overlay, Particular
from members.statistics.books import on_books
from members.statistics.checks import NAMED

TOPICS = (
    Topic.OCCUPATION, Topic.GENERAL_EDUCATION, Topic.DEGREE, Topic.ACADEMIC_TITLE, Topic.THEORY, Topic.RELIGION,
    Topic.YOUTH_UNION, Topic.ENTERPRISE_OWNER,
)  # fmt: skip
AGE, AGE_LATE, ADMISSION = "age", "age_late", "admission"
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
    """What every list is made of, in one query."""
    parts = []
    for place, each in enumerate(asked):
        stays = on_books(rules, each.day, each.organisations).order_by()
        parts += [_answers(stays, each, place), _ages(stays, each, place), _admissions(stays, each, place)]
    found = [Distribution() for _ in asked]
    for place, block, value, number, exempt in parts[0].union(*parts[1:], all=True):
        here = found[place]
        if block in (AGE, AGE_LATE):
            if value is not None:
                here.ages[asked[place].day.year - int(value) - (block == AGE_LATE)] += number
            continue
        here.numbers[block][value] = number
        here.exempt[block][value] = exempt
    return found


SHAPE = ("place", "block", "answer", "n", "m")


def _answers(stays, asked, place):
    rows = Particular.objects.on(asked.day).filter(topic__in=TOPICS, member_id__in=stays.values("member_id"))
    pensioners = Q(topic=Topic.OCCUPATION, value=RETIRED, member_id__in=exempt_on(asked.day))
    grouped = rows.order_by().values("topic", "value").annotate(
        place=Value(place, IntegerField()),
        block=F("topic"),
        answer=F("value"),
        n=Count("pk"),
        m=Count("pk", filter=pensioners),
    )  # fmt: skip
    return grouped.values_list(*SHAPE)


def _ages(stays, asked, place):
    block = Case(When(birthday_to_come(asked.day), then=Value(AGE_LATE)), default=Value(AGE), output_field=CharField())
    year = Cast(ExtractYear("member__born_on"), CharField(max_length=40))
    return _shaped(stays.annotate(block=block, answer=year), place)


def _admissions(stays, asked, place):
    times = [
        When(member__admitted_on__lt=first, then=Value(str(number)))
        for number, first in enumerate(asked.admission_from, start=1)
    ]
    known = When(member__admitted_on__isnull=False, then=Value(str(len(asked.admission_from) + 1)))
    answer = Case(*times, known, default=Value(None), output_field=CharField(max_length=40))
    return _shaped(stays.annotate(block=Value(ADMISSION, CharField()), answer=answer), place)


def _shaped(rows, place):
    grouped = rows.values("block", "answer").annotate(
        place=Value(place, IntegerField()), n=Count("pk"), m=Value(0, IntegerField())
    )
    return grouped.values_list(*SHAPE)


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
