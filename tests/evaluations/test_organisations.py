"""Organisations rated: rows of a season, form 01 filled in and sent, decided one level up, corrected with a trace."""

from datetime import date

import pytest

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.actions.tree_changes import change_tree, undo_event
from cells.changes.plan import TreeDecision
from cells.changes.verbs import move
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, OverCap
from evaluations.actions.organisation_decisions import OrganisationsRefused, Verdict
from evaluations.actions.organisations import OrganisationChanged, OrganisationIncomplete
from evaluations.enums import OrganisationState
from evaluations.models import OrganisationDecision, OrganisationGrade, OrganisationReview, Season
from evaluations.organisations import discipline_flags, levels_below
from evaluations.rules import LevelCounts
from members.models import AnnualGrade, Post, Sanction
from tests.evaluations.organisation_cases import (
    BEST,
    DECIDED_ON,
    WHOLE,
    decided_by,
    decision,
    filled,
    rating_of,
    sent_up,
)
from tests.evaluations.rating_cases import YEAR, open_season, people, sent
from tests.evaluations.regulations import rules
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

FOUNDED = date(2025, 7, 1)


@pytest.fixture
def season(tree, cast):
    return open_season(tree, cast.staff)


def entries(action):
    return list(LogEntry.objects.filter(action=f"evaluations.{action}"))


# --- rows ---


def test_opening_makes_a_row_for_every_organisation_with_the_body_that_decides(season, tree):
    rows = {row.organisation_id: row for row in OrganisationReview.objects.filter(season=season)}
    assert {pk: (row.group, row.decider_id) for pk, row in rows.items()} == {
        tree.east.pk: ("base", tree.root.pk),
        tree.west.pk: ("base", tree.root.pk),
        tree.here.pk: ("cell", tree.east.pk),
        tree.next_door.pk: ("cell", tree.east.pk),
        tree.there.pk: ("cell", tree.west.pk),
        tree.far.pk: ("cell", tree.west.pk),
        tree.school.pk: ("base", tree.root.pk),
    }


def test_organisations_are_added_to_an_open_season_and_the_deciding_body_follows_the_tree(season, tree, cast, system):
    part = add_organisation(OrganisationEntry("Đảng bộ bộ phận A", "part", FOUNDED), parent=tree.east, by=system)
    add_organisation(OrganisationEntry("Chi bộ Mới", "cell", FOUNDED), parent=part, by=system)
    OrganisationReview.objects.filter(season=season, organisation=tree.here).update(decider=tree.west)
    found = actions.add_organisations(season, by=cast.staff)
    assert (found["added"], found["moved"]) == (2, 1)
    assert found["without"] == ["Đảng ủy Sao Mai"]  # nobody stands above it in this tree
    new = OrganisationReview.objects.get(season=season, organisation__name="Chi bộ Mới")
    assert (new.decider, new.proposer, new.group) == (tree.east, part, "cell")
    assert rating_of(season, tree.here).decider == tree.east
    assert actions.add_organisations(season, by=cast.staff)["added"] == 0
    season.state = "closed"
    season.save()
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.add_organisations(season, by=cast.staff)


def test_a_cell_that_moves_is_decided_by_its_new_base_and_undoing_gives_it_back(season, tree, cast, today):
    papers = TreeDecision("4-QĐ/ĐU", today, "Đảng ủy", today)
    event = change_tree(move([tree.here], parent=tree.west, decision=papers), on=today, by=cast.staff)
    assert rating_of(season, tree.here).decider == tree.west
    undo_event(event, reason="nhầm", on=today, by=cast.staff)
    assert rating_of(season, tree.here).decider == tree.east


# --- filling in and sending ---


def test_what_was_typed_is_kept_and_an_old_page_overwrites_nothing(season, tree, cast):
    review = filled(season, tree.here, cast.secretary)
    assert (review.points, review.version, review.changed_by) == (80, 2, cast.secretary)
    [entry] = entries("fill_organisation")
    assert "texts" in entry.data["fields"]
    with pytest.raises(OrganisationChanged) as clash:
        actions.fill_organisation(review, version=1, values=WHOLE | {"tasks_beyond": 3}, by=cast.staff)
    assert clash.value.names == ["tasks_beyond"]
    assert "Người secretary" in str(clash.value)
    assert rating_of(season, tree.here).tasks_beyond == 1
    actions.fill_organisation(review, version=1, values=WHOLE, by=cast.staff)  # the same values: nothing is lost
    assert rating_of(season, tree.here).version == 2
    with pytest.raises(NotAllowed, match="nhiều hơn tổng số"):
        actions.fill_organisation(review, version=2, values={"tasks_late": 11}, by=cast.secretary)


def test_an_incomplete_own_rating_is_not_sent_and_every_gap_is_named(season, tree, cast):
    review = rating_of(season, tree.here)
    with pytest.raises(OrganisationIncomplete) as refusal:
        actions.send_organisation(review, by=cast.secretary)
    assert refusal.value.gaps == ["Chưa ghi ngày họp kiểm điểm, tự xếp loại.", "Chưa chọn mức tự xếp loại."]
    assert rating_of(season, tree.here).state == OrganisationState.DRAFT
    for changes, said in (
        ({"general_points": None}, "Chưa ghi đủ điểm"),
        ({"tasks_late": None}, "Chưa ghi đủ số nhiệm vụ"),
        ({**BEST, "undisciplined": None}, "Chưa xác nhận"),
        ({"own_level": "HTNV"}, "khác mức gợi ý (HTTNV)"),
        ({"general_points": 30, "results_points": 65}, "yêu cầu giải trình"),
        ({"own_level": "", "not_rated_reason": "new"}, "căn cứ của việc không xếp loại"),
    ):
        review = filled(season, tree.here, cast.secretary, **changes)
        with pytest.raises(OrganisationIncomplete) as refusal:
            actions.send_organisation(review, by=cast.secretary)
        assert [gap for gap in refusal.value.gaps if said in gap], said
        review = filled(season, tree.here, cast.secretary, not_rated_reason="")


def test_sent_recalled_sent_returned_and_the_second_click(season, tree, cast):
    review = sent_up(season, tree.here, cast.secretary)
    assert (review.state, review.sent_at is not None) == (OrganisationState.SENT, True)
    assert entries("send_organisation")[0].data["own_level"] == "HTTNV"
    with pytest.raises(NotAllowed, match="đã gửi"):
        actions.send_organisation(review, by=cast.secretary)
    with pytest.raises(NotAllowed, match="đã gửi"):
        filled(season, tree.here, cast.secretary, tasks_beyond=2)
    assert actions.recall_organisation(review, by=cast.secretary).state == OrganisationState.DRAFT
    review = actions.send_organisation(review, by=cast.secretary)
    with pytest.raises(NotAllowed, match="lý do"):
        actions.return_organisation(review, reason="", by=cast.officer)
    actions.return_organisation(review, reason="Nêu rõ kết quả", by=cast.officer)
    review = rating_of(season, tree.here)
    assert (review.state, review.return_reason) == (OrganisationState.RETURNED, "Nêu rõ kết quả")
    assert actions.send_organisation(review, by=cast.secretary).state == OrganisationState.SENT


def test_the_committee_in_between_proposes(season, tree, cast, system):
    part = add_organisation(OrganisationEntry("Đảng bộ bộ phận A", "part", FOUNDED), parent=tree.east, by=system)
    new = add_organisation(OrganisationEntry("Chi bộ Mới", "cell", FOUNDED), parent=part, by=system)
    actions.add_organisations(season, by=cast.staff)
    review = sent_up(season, new, cast.staff)
    with pytest.raises(NotAllowed, match="ghi lý do"):
        actions.propose_organisation(review, version=review.version, level="HTNV", reason="", by=cast.officer)
    with pytest.raises(NotAllowed, match="thang xếp loại"):
        actions.propose_organisation(review, version=review.version, level="TSVM", reason="x", by=cast.officer)
    seen = {"version": review.version, "level": "HTNV", "reason": "Còn việc chậm"}
    actions.recall_organisation(review, by=cast.staff)
    review = sent_up(season, new, cast.staff)
    with pytest.raises(NotAllowed, match="đã được sửa hoặc gửi lại sau khi mở trang này"):
        actions.propose_organisation(review, **seen, by=cast.officer)
    actions.propose_organisation(review, **seen | {"version": review.version}, by=cast.officer)
    with pytest.raises(NotAllowed, match="đã đề xuất mức"):
        actions.recall_organisation(review, by=cast.staff)
    review = rating_of(season, new)
    with pytest.raises(OrganisationsRefused) as refusal:  # the own level is otherwise than what was proposed
        decided_by(tree.east, [review], cast.officer)
    assert "phải ghi lý do" in refusal.value.problems[review.pk]
    own = sent_up(season, tree.here, cast.secretary)
    with pytest.raises(NotAllowed, match="ở giữa"):
        actions.propose_organisation(own, version=own.version, level="HTTNV", reason="", by=cast.staff)


# --- what the rules see ---


def test_discipline_of_the_leading_collective_is_a_flag_of_form_and_day_alone(season, tree):
    leader, former, other = (MemberFactory(home=tree.here) for _ in range(3))
    away = MemberFactory(home=tree.there)
    for person, title in ((leader, "secretary"), (former, "deputy"), (away, "committee_member")):
        Post.objects.create(member=person, organisation=tree.here, title=title, started_on=FOUNDED)
    for person in (leader, other, away):
        Sanction.objects.create(member=person, form="warning", decided_on=date(YEAR, 9, 9), article_code="25.1a")
    Sanction.objects.create(member=former, form="reprimand", decided_on=date(YEAR - 1, 9, 9))
    voided = Sanction.objects.create(member=leader, form="reprimand", decided_on=date(YEAR, 3, 3))
    Sanction.objects.filter(pk=voided.pk).update(voided_at="2025-04-01T00:00Z")
    flags = discipline_flags([tree.here, tree.there], YEAR, rules("qd366_2025").discipline_effect)
    assert [str(flag) for flag in flags[tree.here.pk]] == [
        f"{leader.full_name} (Bí thư): cảnh cáo, quyết định ngày 09/09/2025"
    ]
    assert tree.there.pk not in flags


def moved_on(tree, **act):
    """A leader of "here" until 2024 who leads "there" now and is disciplined in the year for an act at "here" [D5]."""
    person = MemberFactory(home=tree.there)
    before, now = {"started_on": date(2020, 1, 1), "ended_on": date(2024, 6, 1)}, {"started_on": date(2024, 6, 1)}
    for cell, period in ((tree.here, before), (tree.there, now)):
        Post.objects.create(member=person, organisation=cell, title="secretary", **period)
    act = {"act_from": date(2023, 8, 9), "act_unit": tree.here, "duty_linked": True} | act
    Sanction.objects.create(member=person, form="reprimand", decided_on=date(YEAR, 5, 6), **act)
    return person


@pytest.mark.parametrize(
    ("code", "act", "charged"),
    [
        pytest.param("qd366_2025", {}, ["here"], id="D5"),
        pytest.param("qd366_2025", {"act_unit": None}, ["there"], id="no unit on record"),
        pytest.param("qd366_2025", {"act_from": date(2019, 1, 5)}, [], id="not of the collective when it happened"),
        pytest.param("qd124_2023", {}, ["there"], id="a rule that does not say"),
    ],
)
def test_discipline_is_charged_where_the_act_took_place(tree, code, act, charged):
    moved_on(tree, **act)
    flags = discipline_flags([tree.here, tree.there], YEAR, rules(code).discipline_effect)
    assert [name for name in ("here", "there") if getattr(tree, name).pk in flags] == charged
    if charged == ["here"]:
        assert [str(flag) for flag in flags[tree.here.pk]] == [
            "một đồng chí nay sinh hoạt nơi khác (Bí thư): khiển trách, quyết định ngày 06/05/2025; vi phạm xảy ra tại "
            "Chi bộ Khóm 1 (Điều 11 Quy định 366-QĐ/TW)"
        ]


def test_levels_below_a_cell_are_its_members_below_a_base_its_cells(season, tree, cast):
    for member, level in zip(people(tree.here, 3), ("HTXSNV", "HTTNV", ""), strict=True):
        AnnualGrade.objects.create(
            member=member, year=YEAR, scale="nhiem_vu", level=level, organisation=tree.here,
            not_rated_reason="" if level else "ill",
        )  # fmt: skip
    review = sent_up(season, tree.here, cast.secretary)
    decided_by(tree.east, [review], cast.officer)
    assert levels_below([tree.here, tree.east, tree.far], YEAR) == {
        tree.here.pk: LevelCounts({"HTXSNV": 1, "HTTNV": 1}, 1),
        tree.east.pk: LevelCounts({"HTTNV": 1}, 0),
    }


# --- deciding ---


def test_one_act_decides_many_organisations_and_writes_their_results(season, tree, cast):
    reviews = [sent_up(season, cell, cast.staff) for cell in (tree.here, tree.next_door)]
    found = decided_by(tree.east, reviews, cast.officer)
    assert [rating_of(season, cell).state for cell in (tree.here, tree.next_door)] == [OrganisationState.DECIDED] * 2
    grades = OrganisationGrade.objects.order_by("organisation__path")
    assert [(g.organisation, g.level, g.group, g.scale, g.decision, g.recorded_by) for g in grades] == [
        (tree.here, "HTTNV", "cell", "nhiem_vu", found, cast.officer),
        (tree.next_door, "HTTNV", "cell", "nhiem_vu", found, cast.officer),
    ]
    [entry] = entries("decide_organisations")
    assert [line["organisation"] for line in entry.data["results"]] == ["Chi bộ Khóm 1", "Chi bộ Khóm 2"]
    with pytest.raises(NotAllowed, match="đã quyết định"):
        decided_by(tree.east, reviews, cast.officer)
    assert OrganisationDecision.objects.count() == 1


def test_what_may_not_be_decided_so_is_said_line_by_line_and_nothing_is_written(season, tree, cast):
    review = sent_up(season, tree.here, cast.secretary)
    base = sent_up(season, tree.east, cast.officer)
    cases = (
        (tree.east, [review], {review.pk: Verdict("HTNV")}, "phải ghi lý do"),
        (tree.east, [review], {review.pk: Verdict("TSVM")}, "hãy chọn mức"),
        (tree.east, [review], {review.pk: Verdict("HTTNV", is_exemplary=True)}, "mức cao nhất"),
        (tree.root, [review], None, "cấp quyết định là: Đảng bộ Phường Đông"),
        (tree.east, [base], None, "cấp quyết định là: Đảng ủy Sao Mai"),
    )
    for body, reviews, lines, said in cases:
        changes = {} if lines is None else {"verdicts": lines}
        with pytest.raises(OrganisationsRefused) as refusal:
            decided_by(body, reviews, cast.staff, **changes)
        assert said in refusal.value.problems[reviews[0].pk]
    with pytest.raises(OrganisationsRefused, match="cần xem lại"):
        decided_by(tree.east, [review], cast.officer, decided_on=date(2025, 12, 1))
    with pytest.raises(OrganisationsRefused, match="cần xem lại"):
        decided_by(tree.east, [review], cast.officer, versions={review.pk: 1})
    with pytest.raises(NotAllowed, match="ít nhất một"):
        decided_by(tree.east, [], cast.officer)
    assert not OrganisationGrade.objects.exists()
    assert not OrganisationDecision.objects.exists()


def test_the_cap_counts_each_group_by_itself_and_asks_for_a_reason(season, tree, cast):
    best = sent_up(season, tree.here, cast.secretary, **BEST)
    with pytest.raises(OverCap, match="Chi bộ: 20 % × 0 = 0 → 0; đang có 1, vượt 1"):
        decided_by(tree.east, [best], cast.officer)
    found = decided_by(tree.east, [best], cast.officer, over_cap_reason="Nghị quyết 3")
    assert (found.over_cap_reason, found.caps[0]["group"], found.caps[0]["xs"]) == ("Nghị quyết 3", "cell", 1)
    base = sent_up(season, tree.east, cast.officer)
    assert decided_by(tree.root, [base], cast.staff).caps[0]["xs"] == 0


def test_an_organisation_may_get_no_level_with_a_reason(season, tree, cast):
    values = {"own_level": "", "not_rated_reason": "new", "grounds": "Thành lập ngày 01/12/2025"}
    review = sent_up(season, tree.here, cast.secretary, **values)
    decided_by(tree.east, [review], cast.officer)
    grade = OrganisationGrade.objects.get()
    assert (grade.level, grade.not_rated_reason) == ("", "new")


def test_a_result_given_anew_keeps_the_one_before_in_a_closed_season_too(season, tree, cast):
    review = sent_up(season, tree.here, cast.secretary)
    decided_by(tree.east, [review], cast.officer)
    season.state = "closed"
    season.save()
    review = rating_of(season, tree.here)

    def again(level, body=tree.east, **changes):
        verdict = Verdict(level, changes.pop("reason", "Có kết luận kiểm tra"))
        entry = decision(body, [review], number="9-QĐ/ĐU", verdicts={review.pk: verdict}, **changes)
        return actions.rerate_organisation(review, entry=entry, by=cast.officer)

    for problem, said in (
        ({"level": "HTTNV"}, "không có gì thay đổi"),
        ({"level": "HTNV", "reason": ""}, "ghi lý do"),
        ({"level": "HTNV", "body": tree.west}, "trên trực tiếp"),
        ({"level": "HTNV", "decided_on": date(2025, 12, 1)}, "trước ngày"),
        ({"level": "HTNV", "versions": {review.pk: 1}}, "đã được sửa"),
    ):
        with pytest.raises(NotAllowed, match=said):
            again(**problem)
    grade = again("HTNV")
    first = OrganisationGrade.objects.exclude(pk=grade.pk).get()
    assert (grade.level, grade.decision.number, first.level) == ("HTNV", "9-QĐ/ĐU", "HTTNV")
    assert (first.voided_by, "9-QĐ/ĐU" in first.void_reason) == (cast.officer, True)
    assert entries("rerate_organisation")[0].data["before"] == "HTTNV"
    with pytest.raises(NotAllowed, match="đã đóng"):
        actions.void_organisation_grade(review, reason="nhầm", by=cast.officer)


def test_a_worse_result_is_given_where_the_excess_is_blocked_and_counts_where_it_was_first_decided(season, tree, cast):
    reviews = [sent_up(season, cell, cast.staff, **BEST) for cell in (tree.here, tree.next_door)]
    decided_by(tree.east, reviews, cast.officer, over_cap_reason="Nghị quyết 3")
    Season.objects.update(cap_enforcement="block")

    def again(cell, level, body=tree.east, number="9-QĐ/ĐU", **changes):
        review = rating_of(season, cell)
        entry = decision(body, [review], number=number, verdicts={review.pk: Verdict(level, "Kết luận")}, **changes)
        return actions.rerate_organisation(review, entry=entry, by=cast.staff).decision

    found = again(tree.here, "HTTNV", tree.root)  # 2 above 0 good before; now 1, of 1 good at most 0
    assert (found.organisation, found.caps[0]["xs"], found.caps[0]["htt"]) == (tree.root, 1, 1)
    assert found.over_cap_reason == ""
    with pytest.raises(OverCap, match=r"của Đảng bộ Phường Đông\. Chi bộ: .* không cho quyết định vượt tỷ lệ"):
        again(tree.here, "HTXSNV", over_cap_reason="Nghị quyết 4")
    found = again(tree.next_door, "HTNV", number="10-QĐ/ĐU")
    assert [(cap["group"], cap["xs"], cap["htt"]) for cap in found.caps] == [("cell", 0, 1)]


def test_a_result_entered_wrongly_is_voided_and_decided_again(season, tree, cast):
    review = sent_up(season, tree.here, cast.secretary)
    decided_by(tree.east, [review], cast.officer)
    voided = actions.void_organisation_grade(review, reason="Nhầm chi bộ", by=cast.officer)
    review = rating_of(season, tree.here)
    assert (voided.void_reason, review.state) == ("Nhầm chi bộ", OrganisationState.SENT)
    with pytest.raises(NotAllowed, match="đã gửi"):
        actions.void_organisation_grade(review, reason="Nhầm", by=cast.officer)
    decided_by(tree.east, [review], cast.officer, number="10-QĐ/ĐU")
    assert OrganisationGrade.objects.count() == 2
    assert OrganisationGrade.objects.standing().get().decision.number == "10-QĐ/ĐU"


def test_a_season_is_not_closed_while_an_organisation_waits(season, tree, cast):
    people(tree.here, 3)
    actions.refresh_sheet(season.sheets.get(organisation=tree.here), by=cast.secretary)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED_ON), by=cast.officer)
    review = sent_up(season, tree.here, cast.secretary)
    with pytest.raises(NotAllowed, match="Còn 1 tổ chức đảng"):
        actions.close_season(season, by=cast.staff)
    decided_by(tree.east, [review], cast.officer)
    assert not actions.close_season(season, by=cast.staff).is_open


def test_a_decision_of_a_day_before_all_rules_is_refused_in_words(season, tree, cast):
    review = sent_up(season, tree.here, by=cast.secretary)
    with pytest.raises(NotAllowed, match="Chưa có quy tắc về cấp quyết định cho ngày 01/01/1950"):
        decided_by(tree.east, [review], by=cast.officer, decided_on=date(1950, 1, 1))
