"""The family and its verification as a page says them: whom, what was asked, what is overdue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from admissions.cv_page import shown_answer
from admissions.forms_dossier_cv import BACKGROUND
from admissions.forms_dossier_verification import Asked
from admissions.models import Relative, VerificationItem
from admissions.rules.clocks import verification_reply_due
from admissions.rules.verification import APPLICANT, ITEMS


@dataclass(frozen=True)
class Person:
    """Somebody of the circle, or of the family beside it, with both questions; `relative` None is the applicant."""

    relative: Any
    name: str
    kinship: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Due:
    """When a reply is due, and whether it is late on the day."""

    on: date
    is_late: bool
    reason: str
    article: str


def circle_of(candidate, circle):
    """Everybody in the order of entry, the applicant first; of whom the circle does not name nothing is asked."""
    rows = VerificationItem.objects.standing().filter(candidate=candidate)
    known = {(row.relative_id, row.topic): row for row in rows}
    relatives = Relative.objects.standing().filter(candidate=candidate).order_by("id")
    people = [_person(None, candidate.full_name, "Người vào Đảng", known, asked=APPLICANT in circle)]
    people += [
        _person(each, each.full_name, each.relation or each.get_kinship_display(), known, asked=each.kinship in circle)
        for each in relatives
    ]
    return tuple(people)


def due_of(row, clocks, today):
    """Until when a reply is due, from the day on which the request was received; None before that and once it came."""
    if row is None or row.answered_on is not None:
        return None
    found = verification_reply_due(clocks, row.received_on, abroad=row.is_abroad)
    return Due(found.due_on, found.is_over(today), found.reason, found.article) if found else None


def _person(relative, name, kinship, known, *, asked):
    key = relative.pk if relative else None
    topics = [topic for topic in ITEMS if asked or (key, topic) in known]
    return Person(relative, name, kinship, tuple(Asked(key, topic, known.get((key, topic))) for topic in topics))


@dataclass(frozen=True)
class ItemLine:
    """One question with what is known of it, when its reply is due, and its fields where it is entered."""

    title: str
    row: Any = None
    due: Due | None = None
    fields: Any = None


@dataclass(frozen=True)
class PersonLine:
    """A person with both questions."""

    person: Person
    items: tuple[ItemLine, ...]


def page_lines(people, clocks, today):
    """The circle as it is read."""
    return tuple(
        PersonLine(
            person, tuple(ItemLine(_title(each), each.row, due_of(each.row, clocks, today)) for each in person.asked)
        )
        for person in people
    )


def form_lines(people, form):
    """The circle as it is entered, without whom nothing is asked of."""
    return tuple(
        PersonLine(
            person, tuple(ItemLine(_title(each), each.row, fields=form.fields_of(each)) for each in person.asked)
        )
        for person in people
        if person.asked
    )


def answers_of(candidate):
    """(label, words) of what few may see."""
    profile = candidate.profile
    labels = [(name, str(profile._meta.get_field(name).verbose_name)) for name in BACKGROUND]
    return tuple((f"{label[:1].upper()}{label[1:]}", shown_answer(profile, name)) for name, label in labels)


def _title(asked):
    words = ITEMS[asked.topic]
    return f"{words[:1].upper()}{words[1:]}"
