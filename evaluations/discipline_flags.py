"""What discipline on file means for members of a sheet: flags with reasons, from facts and never from cases."""

from collections import defaultdict

from evaluations.rules import Act, SanctionFacts, discipline_flag
from members.models import Sanction


def sanctions_of(members, year):
    """The standing decisions of a year on some members, `{member id: [sanctions]}`, in one query."""
    found = defaultdict(list)
    rows = Sanction.objects.standing().filter(member__in=members, decided_on__year=year)
    for sanction in rows.select_related("act_unit").order_by("decided_on", "pk"):
        found[sanction.member_id].append(sanction)
    return found


def flags_of(review, sanctions, sheet, book):
    """The flags of one member of `sheet` by the rules of its season; nothing for what does not count there."""
    rules, year = book.rules.discipline_effect, sheet.season.year
    facts = [_facts(sanction, sheet.organisation.name) for sanction in sanctions]
    flags = [discipline_flag(rules, each, year, review.is_leader) for each in facts]
    return tuple(flag for flag in flags if flag)


def _facts(sanction, cell):
    unit = sanction.act_unit.name if sanction.act_unit else ""
    days = [day for day in (sanction.act_from, sanction.act_to) if day]
    return SanctionFacts(
        form=sanction.form,
        decided_on=sanction.decided_on,
        acts=tuple(Act(day, unit) for day in days) or ((Act(None, unit),) if unit else ()),
        current_unit=cell,
        duty_linked=sanction.duty_linked,
        self_remedied=sanction.self_remedied,
    )
