"""What discipline on file means for members of a sheet: flags with reasons, from facts and never from cases."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from evaluations.models import Review
from evaluations.rules import DISCIPLINE_DOORS, Act, SanctionFacts, discipline_flag, weighs_anew
from members.models import Sanction


def sanctions_of(members, year):
    """The standing decisions of a year on some members, `{member id: [sanctions]}`, in one query.

    Each says whether an earlier season counted it (`counted_before`), or another decision for the same act
    (`act_counted_in`): the year of the season.
    """
    found = defaultdict(list)
    if not members:
        return found
    rows = Sanction.objects.standing().filter(member__in=members, decided_on__year=year)
    rows = rows.annotate(counted_before=_counted_before(year), act_counted_in=_act_counted_in(year))
    for sanction in rows.select_related("act_unit").order_by("decided_on", "pk"):
        found[sanction.member_id].append(sanction)
    return found


def _counted(year):
    """Results of seasons before `year` in which a person confirmed that discipline counts, the last first."""
    confirmed = Q()
    for door in DISCIPLINE_DOORS:
        confirmed |= Q(doors_text__contains=f'"{door}"')
    rows = Review.objects.filter(member=OuterRef("member"), sheet__decision__isnull=False, sheet__season__year__lt=year)
    return rows.annotate(doors_text=Cast("doors", TextField())).filter(confirmed).order_by("-sheet__season__year")


def _counted_before(year):
    """The season that was decided after this decision and had no other one in its own year that it could count."""
    own = Sanction.objects.standing().filter(
        member=OuterRef("member"), decided_on__year=OuterRef("sheet__season__year")
    )
    rows = _counted(year).filter(~Exists(own), sheet__decision__decided_on__gte=OuterRef("decided_on"))
    return Subquery(rows.values("sheet__season__year")[:1])


def _act_counted_in(year):
    """The season in whose year another decision was taken for an act of the same day in the same unit."""
    same = Sanction.objects.standing().filter(
        member=OuterRef("member"),
        decided_on__year=OuterRef("sheet__season__year"),
        act_from=OuterRef(OuterRef("act_from")),
        act_unit=OuterRef(OuterRef("act_unit")),
    )
    return Subquery(_counted(year).filter(Exists(same)).values("sheet__season__year")[:1])


def flags_of(review, sanctions, sheet, book):
    """The flags of one member of `sheet` by the rules of its season; nothing for what does not count there."""
    rules, year = book.rules.discipline_effect, sheet.season.year
    facts = [_facts(sanction, sheet.organisation.name, rules) for sanction in sanctions]
    flags = [discipline_flag(rules, each, year, review.is_leader) for each in facts]
    return tuple(flag for flag in flags if flag)


def _facts(sanction, cell, rules):
    unit = sanction.act_unit.name if sanction.act_unit else ""
    days = [day for day in (sanction.act_from, sanction.act_to) if day]
    return SanctionFacts(
        form=sanction.form,
        decided_on=sanction.decided_on,
        acts=tuple(Act(day, unit) for day in days) or ((Act(None, unit),) if unit else ()),
        current_unit=cell,
        duty_linked=sanction.duty_linked,
        self_remedied=sanction.self_remedied,
        counted_in=sanction.counted_before or (None if weighs_anew(rules) else sanction.act_counted_in),
    )
