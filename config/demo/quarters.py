"""Quarterly follow-up of this year in one base: it is switched on there, and leaders are written of."""

from datetime import date, timedelta

from cells.actions.rules import Choice, add_override
from cells.audit import record
from cells.models import Organisation, RuleSet
from evaluations.models import QuarterRating
from evaluations.quarter_board import read_board
from evaluations.quarter_books import QuarterBooks
from evaluations.quarter_facts import QuarterFacts

LEVELS = ("HTTNV", "HTTNV", "HTNV", "HTTNV", "HTXSNV")
POINTS = {"HTXSNV": ("28", "64"), "HTTNV": ("25", "57"), "HTNV": ("20", "42"), "KHTNV": ("14", "30")}
BATCH = 500
DECIDING = timedelta(days=8)  # after the end of a quarter


def follow_quarters(tree, on, *, by):
    """Switch the follow-up on in one base; quarters that are over are decided but for two cells of the last one."""
    base = tree.story.deciding_base
    try:
        rule_set = RuleSet.objects.for_season("quarterly", on.year)
    except RuleSet.DoesNotExist:
        return
    reason = "Theo dõi cán bộ lãnh đạo, quản lý theo quý (mẫu)"
    since = date(on.year, 1, 1)
    add_override(rule_set, Choice(base, "quarterly_enabled", True, reason, "Quyết định 6-QĐ/ĐU (mẫu)", since), by=by)
    rows = list(_rows(base, on, by))
    QuarterRating.objects.bulk_create(rows, BATCH)
    record("evaluations.save_quarter", base, by=by, data={"quarter": "các quý", "year": on.year, "number": len(rows)})


def _rows(base, on, by):
    board, books = read_board(base, year=on.year, on=on), QuarterBooks(on.year)
    cells = {line.cell: line for line in board.lines}
    known = Organisation.objects.in_bulk(list(cells))
    facts = QuarterFacts(base.path, on.year, cells)
    over = [quarter for quarter in board.quarters if quarter.end + DECIDING <= on]
    for quarter in over:
        rules_of = {cell: books.rules(line.path_ids, quarter.number) for cell, line in cells.items()}
        people = facts.followed(quarter, rules_of)
        done = list(cells)[: len(cells) - (2 if quarter == over[-1] else 0)]
        for place, cell in enumerate(done):
            for number, member in enumerate(people[cell]):
                if facts.skip(member, quarter, rules_of[cell]) is None:
                    level = _level(place, number, quarter, over)
                    yield _row(known[cell], member, quarter, level, base, by)


def _level(place, number, quarter, over):
    """One leader of the second cell fails the last two quarters that are over."""
    if (place, number) == (1, 0) and quarter in over[-2:]:
        return "KHTNV"
    return LEVELS[(place + number + quarter.number) % len(LEVELS)]


def _row(cell, member, quarter, level, base, by):
    general, results = POINTS[level]
    return QuarterRating(
        organisation=cell, member_id=member, year=quarter.year, quarter=quarter.number, own_level=level,
        points={"general": general, "results": results}, decided_level=level, body=base,
        number=f"{10 + quarter.number}-TB/ĐU", decided_on=quarter.end + DECIDING, recorded_by=by,
        note="Chậm hai nhiệm vụ trọng tâm (mẫu)" if level == "KHTNV" else "",
    )  # fmt: skip
