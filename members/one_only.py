"""Facts of which a member has only one at a time, where two records have one each: which of the two stands. Reads only.

The database says what there is one of: its unique constraints that name the member. Answers, posts, yearly results and
the card in use are chosen on their own, by day or with the columns that repeat them.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, ForeignKey, IntegerField, JSONField, OuterRef, Q, UniqueConstraint, Value
from django.utils import timezone

from members.life_enums import FeeBasis
from members.models import Badge, FeePayment, Scan, Transfer

CHOSEN_ELSEWHERE = {"particular_one_open", "post_open_once", "annual_grade_once_a_year", "card_in_use_once"}
LEFT_OUT = {"id", "member", "recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason"}
CLOSED = {"reason", "note"}  # may speak of health or of discipline: that they differ is said, not what they say
LONGEST = 200


@dataclass(frozen=True)
class Pair:
    """A row of each record where there can be one; `same` are the columns, but the member, that make it so."""

    survivor: Any
    merged: Any
    same: tuple[str, ...]

    @property
    def name(self) -> str:
        """Under which a form asks which of the two stands."""
        return f"only_{self.survivor._meta.model_name}_{self.survivor.pk}"

    @property
    def label(self) -> str:
        what = " ".join(_shown(self.survivor, self.survivor._meta.get_field(name)) for name in self.same)
        kind = str(self.survivor._meta.verbose_name)
        return f"{kind[:1].upper()}{kind[1:]} {what}".strip()

    @property
    def words(self) -> tuple[str, str]:
        """What either says that the other does not."""
        return _words(self.survivor, self.merged), _words(self.merged, self.survivor)

    @property
    def stands(self):
        """The row that stands of itself, because it says as much or more; None where a person must choose."""
        if is_alike(self.survivor, self.merged) or isinstance(self.survivor, Scan):  # a scan of one digest is one scan
            return self.survivor
        if _outweighs(self.survivor, self.merged):
            return self.survivor
        return self.merged if _outweighs(self.merged, self.survivor) else None


@dataclass(frozen=True)
class OnlyOnes:
    """Pairs of two records, and which of the two has a move under way: there can be one of a member, too."""

    pairs: list[Pair]
    moving: list[Any]


def only_ones(survivor, merged, models) -> OnlyOnes:
    """What both have of which one can stand; one query where there is nothing, one more for every kind found."""
    rules = [(model, rule) for model in models for rule in _rules(model)]
    asked = [_clashing(model, rule, survivor, merged, n) for n, (model, rule) in enumerate(rules)]
    people = {len(rules): survivor, len(rules) + 1: merged}
    asked += [_numbered(Transfer.objects.unsettled().filter(member=each), n) for n, each in people.items()]
    found = sorted(n for (n,) in asked[0].union(*asked[1:]))
    pairs = [pair for n in found if n not in people for pair in _pairs(*rules[n], survivor, merged)]
    return OnlyOnes(pairs, [people[n] for n in found if n in people])


def is_alike(one, other) -> bool:
    """Whether two facts say the same, whoever recorded them."""
    names = [each.attname for each in one._meta.concrete_fields if each.name not in LEFT_OUT]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _rules(model):
    if not any(each.name == "voided_at" for each in model._meta.concrete_fields):
        return []
    return [
        rule
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint) and "member" in rule.fields and rule.name not in CHOSEN_ELSEWHERE
    ]


def _same(rule):
    return tuple(name for name in rule.fields if name != "member")


def _clashing(model, rule, survivor, merged, number):
    """The number of the rule, if it would not let both records' rows stand for one member."""
    rows = model._default_manager.filter(rule.condition or Q())
    there = rows.filter(member=survivor, **{name: OuterRef(name) for name in _same(rule)})
    return _numbered(rows.filter(Exists(there), member=merged), number)


def _numbered(rows, number):
    return rows.order_by().annotate(c_rule=Value(number, output_field=IntegerField())).values_list("c_rule")


def _pairs(model, rule, survivor, merged):
    same = _same(rule)
    along = [name for name in same if isinstance(model._meta.get_field(name), ForeignKey)]
    rows = model._default_manager.filter(rule.condition or Q(), member__in=[survivor.pk, merged.pk])
    rows = rows.order_by("pk").select_related(*along) if along else rows.order_by("pk")
    mine, theirs = {}, {}
    for row in rows:
        kept = mine if row.member_id == survivor.pk else theirs
        kept[tuple(getattr(row, model._meta.get_field(name).attname) for name in same)] = row
    return [Pair(mine[key], row, same) for key, row in theirs.items() if key in mine]


def _outweighs(one, other):
    """An award outweighs a proposal; a fee paid, or as much, outweighs one that is merely owed."""
    if isinstance(one, Badge):
        return one.is_awarded and not other.is_awarded
    if isinstance(one, FeePayment):
        as_much = one.paid_on is not None or (one.basis, one.amount) == (other.basis, other.amount)
        return as_much and other.paid_on is None and other.basis == FeeBasis.DUE
    return False


def _words(row, other):
    """Field by field what differs, as the form shows it; a row without such words by when it was recorded."""
    fields = [each for each in row._meta.concrete_fields if each.name not in LEFT_OUT]
    fields = [each for each in fields if getattr(row, each.attname) != getattr(other, each.attname)]
    parts = [f"{each.verbose_name}: {_shown(row, each)}" for each in fields if _is_said(each)]
    when = f"{timezone.localtime(row.recorded_at):%d/%m/%Y %H:%M}"
    return f"{'; '.join(parts)[:LONGEST] or row} (ghi lúc {when})"


def _is_said(field):
    has_words = field.verbose_name != field.name.replace("_", " ")
    return has_words and not isinstance(field, ForeignKey | JSONField)


def _shown(row, field):
    value = getattr(row, field.name)
    if field.name in CLOSED:
        return "khác nhau"
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str("–" if value in (None, "") else value)
