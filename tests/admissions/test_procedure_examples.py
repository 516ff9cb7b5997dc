"""Worked examples of admissions.md §15 against rows of the database, by number."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from admissions import actions
from admissions.actions.probation import take_over_probation
from admissions.bases import base_of_vote
from admissions.deadlines import ceremony_deadline, deadlines_of
from admissions.enums import Purpose, State
from admissions.models import AdmissionDecision, AdmissionVote, Candidate, Helper
from admissions.procedure_page import ProcedureFacts
from admissions.rulebook import AdmissionBook
from admissions.rules.chain import DECIDE, PROPOSE, Station
from admissions.rules.votes import votes_needed
from admissions.stations import read_way
from cells.models import Ballot, OrganisationVersion, RuleOverride
from config.lib.steps import ActEntry
from config.lib.workflow import NotAllowed
from members.enums import MembershipKind, OverlayKind, PostTitle, ProceedingStage, StartReason
from members.models import Membership, Overlay, Post, Proceeding
from tests.admissions import procedure_cases as cases
from tests.admissions.candidate_cases import in_state
from tests.admissions.dossier_cases import MEETING, fresh, officials
from tests.admissions.procedure_cases import BY_HAND, decision, ready, vote
from tests.factories import MemberFactory

CELL = Station(PROPOSE, "cell", "cell", "")
BOARD = Station(DECIDE, "commune_standing_board", "standing_board", "")
DELEGATED = Station(DECIDE, "delegated_base", "whole_committee", "")


def base_in(cell, on=MEETING, attended=()):
    return base_of_vote(AdmissionBook().on(cell, on).votes, CELL, cell, on, attended)


def cell_of(tree, cast, official, probationary=0):
    """A cell with somebody to vote on and just so many members; two of the official introduce him."""
    candidate = ready(tree.here, by=cast.secretary)  # five official members
    people = officials(tree.here, official - 5)
    officials(tree.here, probationary, official_on=None)
    return candidate, people


@pytest.mark.parametrize(
    ("yes", "state", "carried"),
    [
        pytest.param(13, State.CELL_NOT_ADOPTED, False, id="[E9]-13"),
        pytest.param(14, State.CELL_ADOPTED, True, id="[E9]-14"),
    ],
)
def test_absent_members_stay_in_the_base(tree, cast, yes, state, carried):
    candidate, _ = cell_of(tree, cast, 20, probationary=2)

    found = actions.vote_in_cell(candidate, vote(yes, no=17 - yes), by=cast.secretary)

    assert (found.members, found.official, found.entitled, found.needed) == (22, 20, 20, 14)
    assert (found.carried, fresh(candidate).state) == (carried, state)
    assert read_way(fresh(candidate), MEETING).turn.organisation_id == tree.east.pk  # reported up either way


@pytest.mark.parametrize(
    ("attends", "base", "needed"),
    [pytest.param(False, 17, 12, id="[E10]"), pytest.param(True, 18, 12, id="[E10]-attends")],
)
def test_who_leaves_the_base_and_who_comes_all_the_same(tree, cast, attends, base, needed):
    candidate, people = cell_of(tree, cast, 20)
    for member in people[:2]:
        Membership.objects.create(
            member=member, organisation=tree.there, kind=MembershipKind.TEMPORARY, started_on=date(2026, 1, 5),
            start_reason=StartReason.TEMPORARY,
        )  # fmt: skip
    Overlay.objects.create(member=people[2], kind=OverlayKind.EXEMPT, started_on=date(2026, 1, 5))
    attended = (str(people[2].pk),) if attends else ()

    found = actions.vote_in_cell(candidate, vote(12, attended=attended), by=cast.secretary)

    assert (found.entitled, found.needed, found.carried) == (base, needed, True)
    away = {each["name"] for each in found.excluded if "tạm thời" in each["reason"]}
    assert away == {str(member) for member in people[:2]}


def test_e11_somebody_prosecuted_leaves_the_base(tree, cast):
    candidate, people = cell_of(tree, cast, 9)
    Proceeding.objects.create(member=people[0], stage=ProceedingStage.CHARGED, started_on=date(2026, 2, 2))

    found = actions.vote_in_cell(candidate, vote(6), by=cast.secretary)

    assert (found.official, found.entitled, found.needed) == (9, 8, 6)
    assert found.excluded == [{"name": str(people[0]), "reason": "bị khởi tố, truy tố hoặc tạm giam"}]


def test_e12_two_official_members_are_no_cell_to_vote(tree, cast):
    candidate = ready(tree.here, by=cast.secretary)
    Membership.objects.filter(member__in=candidate.organisation.members.filter(introduces=None)).delete()
    officials(tree.here, 4, official_on=None)
    assert base_in(tree.here).official == 2

    with pytest.raises(NotAllowed, match="đảng viên chính thức"):
        actions.vote_in_cell(candidate, vote(2), by=cast.secretary)

    assert AdmissionVote.objects.count() == 0


@pytest.mark.parametrize(
    ("station", "number", "needed"),
    [
        pytest.param(BOARD, 9, 5, id="[E13]-9"),
        pytest.param(DELEGATED, 15, 10, id="[E13]-15"),
        pytest.param(BOARD, 8, 5, id="[E13]-8"),
    ],
)
def test_e13_boards_and_delegated_committees_by_their_posts(tree, cast, station, number, needed):
    people = officials(tree.there, number)
    title = PostTitle.STANDING_MEMBER if station is BOARD else PostTitle.COMMITTEE_MEMBER
    Post.objects.bulk_create(
        Post(member=each, organisation=tree.root, title=title, started_on=date(2025, 7, 1)) for each in people
    )
    rules = AdmissionBook().on(tree.root, MEETING)

    found = base_of_vote(rules.votes, station, tree.root, MEETING)

    assert (found.entitled, votes_needed(rules.votes, station.voting_as, found.entitled)) == (number, needed)


def cell_vote(candidate, organisation, on, purpose=Purpose.ADMISSION, **more):
    """A vote of a cell as it stands on file, of whatever day."""
    ballot = Ballot.objects.create(
        organisation=organisation, held_on=on, entitled=5, present=5, issued=5, collected=5, valid=5, invalid=0
    )
    return AdmissionVote.objects.create(
        candidate=candidate, purpose=purpose, organisation=organisation, body="cell", role="propose",
        voting_as="cell", held_on=on, ballot=ballot, members=5, official=5, entitled=5, present=5, yes=5, no=0,
        needed=4, carried=True, **more,
    )  # fmt: skip


def due(candidate, words):
    found = deadlines_of(ProcedureFacts(candidate), AdmissionBook(), date(2026, 11, 1))
    return next(each for each in found if each.words == words)


@pytest.mark.parametrize(
    ("resolved", "due_on", "latest"),
    [
        pytest.param(date(2025, 10, 6), date(2025, 12, 8), date(2025, 12, 29), id="[E20]-294"),
        pytest.param(date(2025, 6, 2), date(2025, 8, 25), date(2025, 10, 8), id="[E20]-232"),
        pytest.param(date(2026, 2, 9), date(2026, 4, 20), None, id="[E21]"),
    ],
)
def test_the_days_to_a_decision_run_from_the_vote_of_the_cell(tree, cast, resolved, due_on, latest):
    candidate = in_state(tree.here, State.CELL_ADOPTED, by=cast.secretary)
    cell_vote(candidate, tree.here, resolved)

    limit = due(candidate, "Quyết định kết nạp").deadline

    assert limit.due_on == due_on
    assert latest is None or limit.latest_on == latest


@pytest.mark.parametrize(
    ("signed", "received", "by"),
    [
        pytest.param(date(2026, 3, 2), date(2026, 3, 12), date(2026, 4, 23), id="[E22]"),
        pytest.param(date(2026, 8, 10), date(2026, 8, 20), date(2026, 9, 23), id="[E23]"),
    ],
)
def test_the_days_to_the_ceremony_and_who_is_late_needs_consent(tree, cast, signed, received, by):
    candidate = ready(tree.here, by=cast.secretary, state=State.APPROVED)
    decided = AdmissionDecision.objects.create(
        candidate=candidate, purpose=Purpose.ADMISSION, approves=True, organisation=tree.root,
        body="commune_standing_board", number="15", signed_on=signed, received_on=received,
    )  # fmt: skip
    assert ceremony_deadline(AdmissionBook(), decided).due_on == by
    late = date.fromordinal(by.toordinal() + 1)

    with pytest.raises(ValidationError, match="quá hạn"):
        actions.hold_ceremony(candidate, cases.ceremony(candidate, on=late), by=cast.secretary)
    entry = cases.ceremony(candidate, on=late, late_consent="CV 12 ngày 01/10/2026 của Tỉnh ủy")
    held = actions.hold_ceremony(candidate, entry, by=cast.secretary)

    assert (held.held_on, held.late_consent[:5]) == (late, "CV 12")


def test_e22_without_a_receipt_the_clock_has_not_begun(tree, cast):
    candidate = cases.approved(ready(tree.here, by=cast.secretary), cast)

    with pytest.raises(ValidationError, match="ngày chi bộ nhận quyết định"):
        actions.hold_ceremony(candidate, cases.ceremony(candidate, received_on=None), by=cast.secretary)


def test_e24_recognised_late_from_the_day_on_which_probation_ended(tree, cast):
    """Ceremony 10/10/2024: the same days two years on, as the tree of the tests begins in July 2025."""
    candidate = _on_probation_since(tree, cast, date(2024, 10, 10))
    actions.end_probation(candidate, ActEntry(date(2025, 10, 10)), by=cast.secretary)
    cases.recognition_papers(candidate, cast, on=date(2025, 12, 1))

    actions.vote_recognition(candidate, vote(5, on=date(2025, 12, 15)), by=cast.secretary)
    actions.vote_recognition_in_base(candidate, vote(8, on=date(2025, 12, 22), by_hand=BY_HAND), by=cast.officer)
    actions.submit_recognition(candidate, ActEntry(date(2025, 12, 24)), by=cast.staff)
    found = actions.decide_recognition(candidate, decision(on=date(2026, 1, 20), number="03"), by=cast.staff)

    candidate = fresh(candidate)
    considered, decided = due(candidate, "Chi bộ xét công nhận chính thức"), due(candidate, "Quyết định công nhận")
    assert (found.effective_on, candidate.member.official_on) == (date(2025, 10, 10), date(2025, 10, 10))
    assert (considered.deadline.due_on, considered.is_late) == (date(2025, 11, 21), True)
    assert (decided.deadline.due_on, decided.is_late) == (date(2026, 1, 27), False)


def test_e25_the_third_failure_goes_to_the_level_above(tree, cast):
    candidate = _on_probation_since(tree, cast, date(2024, 10, 10))
    officials(tree.here, 15)
    actions.end_probation(candidate, ActEntry(date(2025, 10, 10)), by=cast.secretary)
    cases.recognition_papers(candidate, cast, on=date(2025, 10, 15))
    states = []
    for yes, day in ((12, 20), (12, 24), (13, 28)):
        found = actions.vote_recognition(candidate, vote(yes, no=20 - yes, on=date(2025, 10, day)), by=cast.secretary)
        assert (found.entitled, found.needed, found.carried) == (20, 14, False)
        states.append(fresh(candidate).state)
        if states[-1] != State.ESCALATED:
            entry = ActEntry(date(2025, 10, day + 1), note="chi bộ xét lại")
            actions.return_recognition(candidate, entry, by=cast.staff)

    assert states == [State.REC_CELL_NOT_ADOPTED, State.REC_CELL_NOT_ADOPTED, State.ESCALATED]
    assert read_way(fresh(candidate), date(2025, 10, 28)).turn.organisation_id == tree.root.pk
    actions.decide_recognition(candidate, decision(on=date(2025, 11, 20), number="61"), by=cast.staff)
    assert fresh(candidate).state == State.OFFICIAL


def test_e33_a_khom_of_a_commune_and_the_same_khom_in_2013(tree, cast):
    """In the tree of 2013 the ward was a base under the district committee; today the khóm is under the ward."""
    khom = tree.school  # a cell directly under the commune
    candidate = in_state(khom, State.COMPLETE, by=cast.secretary)
    for organisation, parent, kind in ((khom, tree.east, "cell"), (tree.east, tree.root, "base_party")):
        OrganisationVersion.objects.create(
            organisation=organisation, parent=parent, name=organisation.name, kind=kind, started_on=date(2010, 1, 1),
            ended_on=date(2025, 7, 1),
        )  # fmt: skip
    OrganisationVersion.objects.create(
        organisation=tree.root, name="Thành ủy Sao Mai", kind="district", started_on=date(2010, 1, 1),
        ended_on=date(2025, 7, 1),
    )  # fmt: skip

    now, then = (read_way(fresh(candidate), day) for day in (date(2025, 9, 10), date(2013, 9, 10)))

    assert [each.station.body for each in now.stops] == ["cell", "commune_standing_board"]
    assert [each.station.body for each in then.stops] == ["cell", "base_committee", "district_standing_board"]
    assert [each.organisation_id for each in then.stops] == [khom.pk, tree.east.pk, tree.root.pk]


@pytest.mark.parametrize(
    ("day", "voting_as"),
    [
        pytest.param(date(2026, 3, 20), "whole_committee", id="294"),
        pytest.param(date(2026, 8, 20), "standing_board", id="208"),
    ],
)
def test_a_delegated_base_decides_itself(tree, cast, day, voting_as):
    RuleOverride.objects.create(
        organisation=tree.east, topic="admission_powers", key="base_powers", value="delegated_base",
        reason="ủy quyền", decision="QĐ 7", started_on=date(2026, 1, 1), recorded_by=cast.staff,
    )  # fmt: skip
    candidate = fresh(in_state(tree.here, State.CELL_ADOPTED, by=cast.secretary))

    way = read_way(candidate, day)

    assert [(each.station.body, each.organisation_id) for each in way.stops] == [
        ("cell", tree.here.pk), ("delegated_base", tree.east.pk),
    ]  # fmt: skip
    assert (way.turn.station.voting_as, way.body_of("submit").organisation_id) == (voting_as, tree.east.pk)


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 4, 7), False), (date(2026, 4, 8), True), (date(2026, 7, 25), True), (date(2026, 7, 26), False)],
)
def test_in_the_gap_of_2026_people_settle_where_the_next_chain_goes_another_way(tree, cast, day, said):
    candidate = fresh(in_state(tree.here, State.CELL_ADOPTED, by=cast.secretary))

    note = read_way(candidate, day).note

    assert ("đảng ủy trực thuộc đảng ủy cơ sở" in note) is said


def _on_probation_since(tree, cast, held_on):
    """A probationary member of "here", admitted before the tree of the tests begins, taken over from the roll."""
    people = officials(tree.here, 5)
    member = MemberFactory(home=tree.here, decided_on=None, admitted_on=held_on, official_on=None)
    take_over_probation(tree.here, on=date(2025, 9, 1), by=cast.secretary)
    candidate = Candidate.objects.get(member=member)
    Helper.objects.create(candidate=candidate, member=people[0], purpose=Purpose.RECOGNITION, started_on=held_on)
    return fresh(candidate)
