"""Who was admitted in a period below a body, with what was frozen at admission: what every figure counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from admissions.enums import Purpose
from admissions.models import AdmissionVote, Admitted, StepTaken
from config.lib.workdays import full_months

TURNS_BACK = ("redo_dossier", "return_to_cell", "take_class_again", "notify_refusal")
YES_NO = ("is_teacher", "is_intellectual", "state_share", "foreign_spouse", "population_policy")
FLAGS = ("union_member", "trade_member", "readmitted")
TEXTS = (
    "sex", "ethnic", "religion", "occupation", "worker_kind", "enterprise_type", "private_owner", "schooling", "degree",
    "academic_title", "theory", "found_by", "base_kind",
)  # fmt: skip
COLUMNS = (
    "id", "member_id", "member__full_name", "organisation_id", "base_id", "held_on", "decided_on", "born_on",
    "born_precision", "was_hampered", *YES_NO, *FLAGS, *TEXTS,
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One admission: whose, in which cell, when, and its frozen answers; “” and None are not known.

    `was_hampered`: a vote on the way failed, or something had to be done again.
    """

    id: int
    member_id: str
    name: str
    cell_id: int
    base_id: int | None
    held_on: date
    counted_on: date
    values: Mapping[str, str | int | None]
    was_hampered: bool = False


def admitted_between(history, body_id, since, until, *, by_decision=False):
    """Standing admissions of the half-open period below a body on the day of each, in the order of names."""
    day = "decided_on" if by_decision else "held_on"
    rows = Admitted.objects.standing().filter(**{f"{day}__gte": since, f"{day}__lt": until})
    reach = history.ever_below(body_id, since, until)
    if len(reach) * 2 < len(history.stands):
        rows = rows.filter(organisation_id__in=reach)
    found = (dict(zip(COLUMNS, row, strict=True)) for row in _in_order(rows))
    return tuple(
        _person(row, row[day])
        for row in found
        if row["organisation_id"] in reach and body_id in history.chain(row["organisation_id"], row[day])
    )


def _in_order(rows):
    failed = AdmissionVote.objects.standing().filter(candidate=OuterRef("candidate"), carried=False)
    back = StepTaken.objects.standing().filter(candidate=OuterRef("candidate"), step__in=TURNS_BACK)
    hampered = Exists(failed.filter(purpose=Purpose.ADMISSION)) | Exists(back)
    rows = rows.annotate(was_hampered=hampered).order_by("member__sort_key", "member_id", "id")
    return rows.values_list(*COLUMNS)


def _person(row, counted_on):
    values = {name: row[name] for name in TEXTS}
    values |= {name: {True: "yes", False: "no", None: ""}[row[name]] for name in (*YES_NO, *FLAGS)}
    values["age"] = full_months(row["born_on"], row["held_on"]) // 12 if row["born_on"] else None
    return Person(
        id=row["id"], member_id=str(row["member_id"]), name=row["member__full_name"], cell_id=row["organisation_id"],
        base_id=row["base_id"], held_on=row["held_on"], counted_on=counted_on, values=values,
        was_hampered=bool(row["was_hampered"]),
    )  # fmt: skip


def place_of(history, person):
    """The cell of an admission and the body above it, as they were on its day."""
    chain = history.chain(person.cell_id, person.held_on)[:2]
    return ", ".join(history.stand(each, person.held_on).name for each in chain)
