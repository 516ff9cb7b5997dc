"""The chain of bodies: who proposes, appraises, decides, and what each step asks."""

from datetime import date
from decimal import Decimal

import pytest

from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import Ballot, LogEntry, RuleOverride, User
from cells.permissions import Role
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.drafts import Edit
from evaluations.actions.seasons import SeasonEntry
from evaluations.actions.sheets import SheetIncomplete
from evaluations.enums import SheetState
from evaluations.models import Review
from evaluations.workflow import steps_open_to
from tests.evaluations.rating_cases import fill, open_season, people, sent, sheet_of

pytestmark = pytest.mark.django_db

FOUNDED = date(2025, 7, 1)


def stations(season, cell):
    return [(step["organisation"], step["role"]) for step in sheet_of(season, cell).chain]


def sends_up(base):
    RuleOverride.objects.create(
        organisation=base, topic="chain", key="base_party", value="appraise", reason="Phân cấp", started_on=FOUNDED
    )


def test_a_base_that_decides_a_base_that_sends_up_and_a_cell_that_is_a_base(tree, cast):
    sends_up(tree.west)
    season = open_season(tree, cast.staff)
    assert stations(season, tree.here) == [(tree.here.pk, "propose"), (tree.east.pk, "decide")]
    assert stations(season, tree.there) == [
        (tree.there.pk, "propose"),
        (tree.west.pk, "appraise"),
        (tree.root.pk, "decide"),
    ]
    assert stations(season, tree.school) == [(tree.school.pk, "propose"), (tree.school.pk, "decide")]


def test_a_commune_that_is_itself_the_base_decides(tree, cast, system):
    commune = add_organisation(
        OrganisationEntry("Đảng bộ xã Bình An", "commune", date(2026, 7, 26), level=4), parent=tree.root, by=system
    )
    cell = add_organisation(OrganisationEntry("Chi bộ ấp 1", "cell", date(2026, 7, 26)), parent=commune, by=system)
    season = open_season(tree, cast.staff, year=2026)
    assert stations(season, cell) == [(cell.pk, "propose"), (commune.pk, "decide")]


def test_a_choice_that_the_rule_does_not_leave_is_refused(tree, cast):
    RuleOverride.objects.create(
        organisation=tree.west, topic="chain", key="base_party", value="skip", reason="?", started_on=FOUNDED
    )
    with pytest.raises(NotAllowed, match="base_party"):
        open_season(tree, cast.staff)


def test_a_cell_without_a_deciding_body_stops_the_opening(system, cast, tree):
    part = add_organisation(OrganisationEntry("Đảng bộ bộ phận", "part", FOUNDED), parent=None, by=system)
    add_organisation(OrganisationEntry("Chi bộ lẻ", "cell", FOUNDED), parent=part, by=system)
    with pytest.raises(NotAllowed, match="Chi bộ lẻ"):
        actions.open_season(SeasonEntry(2025, date(2025, 12, 31)), organisation=part, by=cast.staff)


def test_sending_records_the_ballot_and_logs_every_row(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV", "HTTNV", "HTNV"])
    review = sheet.reviews.first()
    more = {"points": Decimal("92.5"), "tasks_total": 9, "tasks_late": 0, "faults_remedied": False, "reason": "Vượt"}
    actions.save_draft(sheet, rows={review.pk: Edit(review.version, more | {"attended": True})}, by=cast.secretary)
    actions.send(sheet, by=cast.secretary)
    sheet = sheet_of(season, tree.here)
    assert (sheet.state, sheet.holder, sheet.station) == (SheetState.SENT, tree.east, 1)
    ballot = Ballot.objects.get()
    assert (ballot.entitled, ballot.present, ballot.valid, ballot.invalid) == (3, 3, 3, 0)
    entry = LogEntry.objects.get(action="evaluations.send")
    assert entry.actor == cast.secretary
    assert [row["proposed_level"] for row in entry.data["rows"]] == ["HTTNV", "HTTNV", "HTNV"]
    assert entry.data["rows"][0] == {
        "member": str(review.member_id), "own_level": "HTTNV", "points": "92.5", "tasks_total": 9, "tasks_undone": 0,
        "tasks_late": 0, "tasks_beyond": 1, "faults_remedied": False, "blanks": 1, "proposed_level": "HTTNV",
        "reason": "Vượt", "attended": True, "votes_HTTNV": 2,
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="đã gửi"):
        actions.send(sheet, by=cast.secretary)
    assert LogEntry.objects.filter(action="evaluations.send").count() == 1


def test_an_incomplete_sheet_names_every_gap_and_stays(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    with pytest.raises(SheetIncomplete) as refusal:
        actions.send(sheet, by=cast.secretary)
    # day, five counts; own and proposed level of three members (votes are asked for once the ballots are counted)
    assert len(refusal.value.gaps) == 6 + 6
    sheet.refresh_from_db()
    assert (sheet.state, Ballot.objects.count()) == (SheetState.DRAFT, 0)


def test_a_sheet_is_recalled_until_the_next_body_opens_it(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.recall(sheet, by=cast.secretary)
    sheet = sheet_of(season, tree.here)
    assert (sheet.state, sheet.holder) == (SheetState.DRAFT, tree.here)
    actions.send(sheet, by=cast.secretary)
    assert Ballot.objects.count() == 1  # the same counts are the same ballot
    actions.open_sheet(sheet, by=cast.officer)
    with pytest.raises(NotAllowed, match="thu hồi"):
        actions.recall(sheet, by=cast.secretary)


def test_a_returned_line_is_answered_before_it_goes_up_again(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    with pytest.raises(NotAllowed, match="lý do trả lại"):
        actions.return_sheet(sheet, by=cast.officer)
    first = sheet.reviews.first()
    actions.return_sheet(sheet, notes={first.pk: "Xem lại nhiệm vụ chậm"}, by=cast.officer)
    sheet = sheet_of(season, tree.here)
    assert (sheet.state, sheet.holder) == (SheetState.RETURNED, tree.here)
    [entry] = LogEntry.objects.filter(action="evaluations.return_sheet")
    assert entry.data["lines"] == [{"member": str(first.member), "note": "Xem lại nhiệm vụ chậm"}]
    with pytest.raises(SheetIncomplete) as refusal:
        actions.send(sheet, by=cast.secretary)
    assert [(gap.who, gap.what) for gap in refusal.value.gaps] == [
        (str(first.member), "chưa trả lời ý kiến của cấp trên")
    ]
    Review.objects.filter(pk=first.pk).update(answer="Đã hoàn thành đúng hạn, có biên bản")
    actions.send(sheet, by=cast.secretary)
    assert sheet_of(season, tree.here).state == SheetState.SENT


def test_an_appraising_base_appraises_and_passes_on(tree, cast):
    sends_up(tree.west)
    people(tree.there, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.there, cast.stranger, ["HTXSNV", "HTTNV", "HTTNV"])
    first = sheet.reviews.first()
    with pytest.raises(NotAllowed, match="đang mở"):
        actions.appraise(sheet, levels={first.pk: ("HTTNV", "x")}, version=sheet.version, by=cast.other_officer)
    seen = actions.open_sheet(sheet, by=cast.other_officer).version
    with pytest.raises(NotAllowed, match="phải ghi lý do"):
        actions.appraise(sheet, levels={first.pk: ("HTTNV", "")}, version=seen, by=cast.other_officer)
    actions.appraise(sheet, levels={first.pk: ("HTTNV", "Chưa vượt mức")}, version=seen, by=cast.other_officer)
    with pytest.raises(NotAllowed, match="có người vừa ghi thẩm định"):
        actions.appraise(sheet, levels={first.pk: ("HTXSNV", "")}, version=seen, by=cast.other_officer)
    assert sheet.reviews.get(pk=first.pk).appraised_level == "HTTNV"
    actions.forward(sheet, by=cast.other_officer)
    sheet = sheet_of(season, tree.there)
    assert (sheet.state, sheet.holder, sheet.role) == (SheetState.SENT, tree.root, "decide")
    assert [r.appraised_level for r in sheet.reviews.all()] == ["HTTNV"] * 3
    with pytest.raises(NotAllowed, match="không thu hồi được"):
        actions.recall(sheet, by=cast.stranger)
    actions.open_sheet(sheet, by=cast.staff)
    with pytest.raises(NotAllowed, match="cấp quyết định"):
        actions.forward(sheet, by=cast.staff)


def test_a_returned_sheet_is_appraised_anew(tree, cast):
    sends_up(tree.west)
    people(tree.there, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.there, cast.stranger, ["HTXSNV", "HTTNV", "HTTNV"])
    first = sheet.reviews.first()
    seen = actions.open_sheet(sheet, by=cast.other_officer).version
    actions.appraise(sheet, levels={first.pk: ("HTTNV", "Chưa vượt mức")}, version=seen, by=cast.other_officer)
    [logged] = LogEntry.objects.filter(action="evaluations.appraise")
    assert logged.data["rows"] == [{"member": str(first.member_id), "level": "HTTNV", "reason": "Chưa vượt mức"}]
    again = {"levels": {first.pk: ("HTTNV", "Chưa vượt mức")}, "version": seen + 1}
    assert actions.appraise(sheet, **again, by=cast.other_officer) == []
    assert LogEntry.objects.filter(action="evaluations.appraise").count() == 1  # nothing changed: nothing to say
    actions.forward(sheet, by=cast.other_officer)
    actions.return_sheet(sheet, reason="Xem lại", by=cast.staff)
    assert {(r.appraised_level, r.appraised_reason) for r in sheet.reviews.all()} == {("", "")}
    Review.objects.filter(pk=first.pk).update(proposed_level="HTNV", reason="Chi bộ bàn lại")
    actions.send(sheet, by=cast.stranger)
    actions.open_sheet(sheet, by=cast.other_officer)
    actions.forward(sheet, by=cast.other_officer)
    assert [r.appraised_level for r in sheet.reviews.all()] == ["HTNV", "HTTNV", "HTTNV"]


def steps(user, sheet):
    user = User.objects.get(pk=user.pk)
    return steps_open_to(user, sheet)


def test_each_step_belongs_to_the_body_that_has_the_sheet(tree, cast):
    sends_up(tree.west)
    people(tree.there, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.there)
    assert steps(cast.stranger, sheet) == {"send"}
    assert steps(cast.other_officer, sheet) == set()
    sheet = sent(season, tree.there, cast.stranger, ["HTTNV"] * 3)
    assert steps(cast.stranger, sheet) == {"recall"}
    assert steps(cast.other_officer, sheet) == {"open_sheet", "return_sheet"}
    assert steps(cast.officer, sheet) == set()
    actions.open_sheet(sheet, by=cast.other_officer)
    assert steps(cast.other_officer, sheet_of(season, tree.there)) == {"return_sheet", "forward"}
    actions.forward(sheet, by=cast.other_officer)
    sheet = sheet_of(season, tree.there)
    assert steps(cast.other_officer, sheet) == set()
    assert steps(cast.staff, sheet) == {"open_sheet", "return_sheet", "decide"}


def test_a_cell_that_is_a_base_decides_by_its_own_right_and_the_committee_may_return(tree, cast, system):
    head = User.objects.create_user("school", "mat-khau-thu-10", full_name="Bí thư Trường")
    grant_role(head, Role.CELL_SECRETARY, organisation=tree.school, started_on=FOUNDED, by=system)
    people(tree.school, 3)
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.school, head, ["HTTNV"] * 3)
    assert (sheet.holder, sheet.role) == (tree.school, "decide")
    assert steps(head, sheet) == {"recall", "open_sheet", "return_sheet", "decide"}
    assert steps(cast.staff, sheet) == {"return_sheet"}
    assert steps(cast.officer, sheet) == set()


def test_a_closed_season_moves_no_sheet(tree, cast):
    people(tree.here, 3)
    season = open_season(tree, cast.staff)
    sheet = sheet_of(season, tree.here)
    fill(sheet, cast.secretary, ["HTTNV"] * 3)
    type(season).objects.update(state="closed")
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.send(sheet, by=cast.secretary)
