"""A few of the demo's people who died, left, came back, are exempt or were disciplined; as the acts would record it."""

from datetime import timedelta

from config.lib.workdays import add_months
from members.actions import endings, facts, restorations, sanctions
from members.models import Member

FIRST_CELL, CELLS, EACH = 3, 6, 4  # away from the cell of the story; the same number at every scale
DECIDER = "Ban Thường vụ Đảng ủy"


def play_endings(tree, on, *, by):
    """Record them in a few cells; every day follows from `on`."""
    people = _people(tree.cells[FIRST_CELL : FIRST_CELL + CELLS] or tree.cells, on)
    for act, member in zip(_acts(on, by), people, strict=False):
        act(member)


def play_discipline(tree, on, *, by):
    """Discipline and proceedings of the last months, entered after the sheets of the season were filled."""
    people = _people(tree.cells[FIRST_CELL + CELLS : FIRST_CELL + 2 * CELLS] or tree.cells, on)
    acts = (
        lambda member: sanctions.record_sanction(member, _sanction("reprimand", on - timedelta(90)), by=by),
        lambda member: sanctions.record_sanction(member, _sanction("warning", on - timedelta(160)), by=by),
        lambda member: _prosecuted(member, on - timedelta(30), by),
    )
    for act, member in zip(acts, people, strict=False):
        act(member)


def _people(cells, on):
    """Official members without a post, the oldest of every cell first; in an order that does not hang on ids."""
    rows = Member.objects.filter(
        home__in=cells, official_on__lt=add_months(on, -36), posts__isnull=True, overlays__isnull=True
    )
    by_cell = {cell.pk: [] for cell in cells}
    for member in rows.select_related("home").order_by("born_on", "personal_id"):
        if len(by_cell[member.home_id]) < EACH:
            by_cell[member.home_id].append(member)
    return [members[place] for place in range(EACH) for members in by_cell.values() if place < len(members)]


def _acts(on, by):
    """One act a person, in the order of `_people`: the oldest first."""
    back = timedelta

    def died(days, notified=True):
        day = on - back(days)
        entry = endings.EndingEntry(day, decision="Giấy chứng tử", notified_on=day if notified else None)
        return lambda member: endings.record_death(member, entry, by=by)

    def decided(action, days, number, *grounds):
        day = on - back(days)
        entry = endings.EndingEntry(
            day, grounds, f"{number:02d}-QĐ/ĐU", day, DECIDER, notified_on=day, received_on=day + back(5)
        )
        return lambda member: action(member, entry, by=by)

    def exempt(ground, months):
        started_on = add_months(on, -3)
        ended_on = add_months(started_on, months) if months else None
        values = {
            "ground": ground,
            "started_on": started_on,
            "ended_on": ended_on,
            "decision": "NQ 07-NQ/CB",
            "note": "",
        }
        return lambda member: facts.exempt_member(member, values, by=by)

    return [
        died(200), died(75), died(12, notified=False),
        decided(endings.remove_name, 120, 11, "removed_x2"),
        decided(endings.remove_name, 60, 15, "left_by_own_will"),
        decided(endings.let_leave, 40, 18),
        decided(endings.expel, 150, 9, "expelled"),
        exempt("age_health", 0), exempt("treatment", 9), exempt("sole_abroad", 6),
        lambda member: _removed_and_back(member, restorations.restore_rights, on, by),
        lambda member: _removed_and_back(member, restorations.resume_activity, on, by),
    ]  # fmt: skip


def _removed_and_back(member, way_back, on, by):
    out, day = on - timedelta(170), on - timedelta(50)
    entry = endings.EndingEntry(out, ("removed_x2",), "07-QĐ/ĐU", out, DECIDER, received_on=out)
    endings.remove_name(member, entry, by=by)
    back = restorations.RestorationEntry(day, member.home, "21-QĐ/TU", day, "Ban Thường vụ Tỉnh ủy")
    way_back(member, back, by=by)


def _sanction(form, day):
    return {"form": form, "decision": "05-QĐ/UBKT", "decided_on": day, "announced_on": day + timedelta(3),
            "lapses_on": add_months(day, 12), "decided_by": "Ủy ban Kiểm tra"}  # fmt: skip


def _prosecuted(member, day, by):
    values = {"started_on": day, "decision": "Quyết định khởi tố số 12", "decided_by": "Cơ quan điều tra"}
    sanctions.record_proceeding(member, {"stage": "charged", **values}, by=by)
    facts.suspend_member(
        member, {"started_on": day + timedelta(5), "ended_on": None, "decision": "03-QĐ/ĐU", "note": ""}, by=by
    )
