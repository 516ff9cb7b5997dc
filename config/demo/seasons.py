"""Last year's season, closed, and this year's with cells in every state – played through the product's own actions."""

from datetime import date, timedelta
from decimal import Decimal

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from config.demo.archive import bring_to_decision
from config.demo.planner import analyse
from evaluations.actions.decisions import DecisionEntry, decide
from evaluations.actions.rerouting import reroute
from evaluations.actions.seasons import SeasonEntry, close_season, open_season
from evaluations.actions.sheets import forward, open_sheet, return_sheet, send
from evaluations.chains import ChainsOfDay
from evaluations.models import RatingSheet, Review
from evaluations.rules.chain import DECIDE
from evaluations.sheet_page import COUNTS, read_sheet

LEVELS = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
EXCELLENT, FULFILLED, FAILED = 0.13, 0.065, 0.006  # shares of those rated; the others are good
WORK = {  # points, tasks: total, undone, late, beyond
    "HTXSNV": (Decimal("92.5"), 10, 0, 0, 4),
    "HTTNV": (Decimal("81.0"), 10, 0, 0, 1),
    "HTNV": (Decimal("62.0"), 10, 0, 2, 0),
    "KHTNV": (Decimal("42.0"), 10, 6, 0, 0),
}
ROW_FIELDS = ["own_level", "points", "tasks_total", "tasks_undone", "tasks_late", "tasks_beyond", "votes", "blanks",
              "proposed_level", "has_basic_targets", "low_confidence"]  # fmt: skip
ARCHIVED = 100  # cells of a season played one by one, so that the largest demo loads in minutes


class SeasonPlayer:
    """Fills sheets as cells would and moves them along their chains."""

    def __init__(self, tree, rng, by):
        self.tree = tree
        self.rng = rng
        self.by = by

    def sheets(self, season):
        return list(RatingSheet.objects.for_page().filter(season=season).order_by("organisation__position"))

    def fill(self, sheet, held_on, part=1.0):
        """Write a whole sheet, or its first `part`, with levels whose shares look like the published ones."""
        sheet.held_on = held_on
        page = read_sheet(sheet, on=held_on)
        due = page.due
        count = page.vote.base
        for row, level in zip(due, self.levels(len(due)), strict=True):
            self.fill_row(row, level, count)
        Review.objects.bulk_create(
            [row.review for row in due[: int(len(due) * part)]],
            update_conflicts=True, update_fields=ROW_FIELDS, unique_fields=["id"],
        )  # fmt: skip
        for name in COUNTS:
            setattr(sheet, name, 0 if name == "invalid" else count)
        sheet.save(update_fields=["held_on", *COUNTS])

    def fill_row(self, row, level, count):
        """What one member's line says when he is proposed for `level`."""
        review = row.review
        points, total, undone, late, beyond = WORK[level]
        review.own_level = review.proposed_level = level
        review.points = points
        review.tasks_total, review.tasks_undone, review.tasks_late, review.tasks_beyond = total, undone, late, beyond
        if review.is_leader:
            review.has_basic_targets, review.low_confidence = False, Decimal("4.5")
        review.blanks = 1 if row.in_base else 0
        doubts = min(2, count - review.blanks)
        other = "HTNV" if level != "HTNV" else "HTTNV"
        review.votes = {level: count - review.blanks - doubts, other: doubts}

    def levels(self, size):
        """Levels for a cell of that size, in any order."""
        excellent, fulfilled = int(size * EXCELLENT), round(size * FULFILLED)
        failed = int(self.rng.random() < size * FAILED)
        good = size - excellent - fulfilled - failed
        levels = ["HTXSNV"] * excellent + ["HTTNV"] * good + ["HTNV"] * fulfilled + ["KHTNV"] * failed
        self.rng.shuffle(levels)
        return levels

    def pass_up(self, sheet):
        """Open the sheet at every body before the one that decides, and at that one."""
        sheet = self.opened(sheet)
        while sheet.role != DECIDE:
            sheet = self.opened(forward(sheet, by=self.by))
        return sheet

    def opened(self, sheet):
        """The sheet, opened at the body that has it."""
        return open_sheet(RatingSheet.objects.for_page().get(pk=sheet.pk), by=self.by)

    def decide_all(self, sheets, on, number):
        """One decision for each body that decides on that day."""
        groups = {}
        if ChainsOfDay(on).moved(sheets):
            for sheet, _ in reroute(sheets, on=on, by=self.by):
                self.pass_up(sheet)
            sheets = list(RatingSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]))
        for sheet in sheets:
            groups.setdefault(sheet.decider_id, []).append(sheet)
        for group in groups.values():
            entry = DecisionEntry(number=number, decided_on=on, over_cap_reason="Đơn vị có thành tích nổi trội (mẫu)")
            decide(group, entry=entry, by=self.by)


def choose_sending_base(tree, since, *, by):
    """One base sends its cells' ratings up instead of deciding: a choice of that committee, with its decision."""
    rule_set = RuleSet.objects.in_force("chain", since)
    choice = Choice(
        organisation=tree.story.sending_base, key="base_party", value="appraise",
        reason="Đảng ủy cơ sở chưa được giao thẩm quyền quyết định (mẫu)", decision="Quy chế làm việc (mẫu)",
        started_on=since,
    )  # fmt: skip
    add_override(rule_set, choice, by=by)


def close_last_season(tree, year, rng, *, by):
    """The season of `year`, rated, decided and closed."""
    player = SeasonPlayer(tree, rng, by)
    entry = SeasonEntry(year=year, reference_date=date(year, 12, 31))
    season = open_season(entry, organisation=tree.root, by=by)
    analyse()
    held_on = date(year, 12, 5)
    sheets = player.sheets(season)
    for sheet in sheets[:ARCHIVED]:
        player.fill(sheet, held_on)
        send(sheet, by=by)
    played = [player.pass_up(sheet) for sheet in sheets[:ARCHIVED]]
    others = bring_to_decision(sheets[ARCHIVED:], held_on, player.fill_row, player.levels, ROW_FIELDS)
    analyse()
    player.decide_all([*played, *others], date(year, 12, 25), "01-QĐ/ĐU")
    close_season(season, by=by)


def play_this_season(tree, on, rng, *, by):
    """This year's season with cells in every state; the cell of the story is still empty."""
    player = SeasonPlayer(tree, rng, by)
    entry = SeasonEntry(
        year=on.year, reference_date=date(on.year, 12, 31), cell_due_on=date(on.year, 12, 10),
        base_due_on=date(on.year, 12, 20),
    )  # fmt: skip
    season = open_season(entry, organisation=tree.root, by=by)
    analyse()
    held_on = on - timedelta(days=3)
    played = [sheet for sheet in player.sheets(season) if sheet.organisation != tree.story.story_cell][:ARCHIVED]
    decided = []
    for place, sheet in enumerate(played):
        _play(player, sheet, held_on, STATES[place % len(STATES)], decided)
    player.decide_all(decided, on, "02-QĐ/ĐU")


STATES = ["sent", "half", "returned", "opened", "decided", "empty", "sent", "decided", "passed"]


def _play(player, sheet, held_on, state, decided):
    """Bring one sheet to a state."""
    if state == "empty":
        return
    player.fill(sheet, held_on, part=0.5 if state == "half" else 1.0)
    if state == "half":
        return
    sheet = send(sheet, by=player.by)
    if state in ("opened", "returned"):
        sheet = player.opened(sheet)
    if state == "returned":
        review = sheet.reviews.filter(proposed_level="HTXSNV").first() or sheet.reviews.first()
        return_sheet(sheet, notes={review.pk: "Đề nghị nói rõ kết quả vượt yêu cầu."}, by=player.by)
    if state in ("decided", "passed"):
        sheet = player.pass_up(sheet)
    if state == "decided":
        decided.append(sheet)
