"""Sheets passed to the body that decides by the rules and the tree of a day, where they wait at another."""

from django.db import transaction

from cells.audit import record
from config.lib.rulesets import RuleSetError
from config.lib.workflow import NotAllowed
from evaluations.chains import ChainsOfDay
from evaluations.enums import WITH_STATION, SheetState
from evaluations.models import RatingSheet, Season
from evaluations.plans_taken_back import take_back_plans
from evaluations.rules import NoChain

TAKEN = ["chain", "decider", "state", "station", "holder", "version"]


@transaction.atomic
def reroute(sheets, *, on, by):
    """Pass sheets that wait at a body on to the one that decides on the day `on`, each by its chain of that day.

    What was appraised stays; what the body before planned goes (the log keeps it). A sheet whose body is still the one
    of its chain is left as it is; NotAllowed when that is all of them.
    """
    rows = _locked(sheets)
    try:
        chains = ChainsOfDay(on)
        moved = chains.moved(rows)
    except (NoChain, RuleSetError) as problem:
        raise NotAllowed(f"Không xác định được cấp quyết định ngày {on:%d/%m/%Y}: {problem}") from None
    if not moved:
        raise NotAllowed(f"Theo quy tắc ngày {on:%d/%m/%Y} các bảng này vẫn do cấp đang giữ quyết định.")
    for sheet, chain in moved:
        take_back_plans(sheet.reviews.all())
        _hand_over(sheet, chain)
        record("evaluations.reroute", sheet, by=by, data=_told(chains, chain))
    return [(sheet, chains.name(chain)) for sheet, chain in moved]


def _locked(sheets):
    rows = RatingSheet.objects.select_for_update(of=("self",)).filter(pk__in=[sheet.pk for sheet in sheets])
    rows = list(rows.select_related("organisation").order_by("pk"))
    closed = Season.objects.filter(pk__in=[row.season_id for row in rows]).exclude(pk__in=Season.objects.open())
    if closed.exists():
        raise NotAllowed("Đợt xếp loại đã đóng nên bảng này không chuyển được nữa.")
    if any(row.state not in WITH_STATION for row in rows):
        raise NotAllowed("Chỉ chuyển được bảng đang ở cấp trên và chưa quyết định. Hãy tải lại trang.")
    return rows


def _hand_over(sheet, chain):
    """To the body that has it, where that is on the new way above the cell; else to the first one there."""
    bodies = [station["organisation"] for station in chain.stations]
    sheet.station = bodies.index(sheet.holder_id, 1) if sheet.holder_id in bodies[1:] else 1
    sheet.chain, sheet.decider_id, sheet.holder_id = list(chain.stations), chain.decider, bodies[sheet.station]
    sheet.state = SheetState.SENT
    sheet.version += 1
    sheet.save(update_fields=TAKEN)


def _told(chains, chain):
    return {"body": chains.name(chain), "on": f"{chains.day:%d/%m/%Y}", "rules": chains.rule_set.title}
