"""The cap among members of similar position, as the deciding body parts them (366-QĐ/TW, Điều 11)."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry, OrganisationVersion
from cells.sentences import sentence
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.actions.decisions import DecisionEntry, OverCap
from evaluations.cap_groups import CapGroups
from evaluations.models import CapGroup, Review
from evaluations.season_rules import rule_book
from tests.evaluations.rating_cases import DECIDED, anew, open_season, people, sent

pytestmark = pytest.mark.django_db

XS, HTT = "HTXSNV", "HTTNV"


@pytest.fixture
def six(tree, cast):
    """A cell of two excellent and ten good members that its base decides: within the cap as one group (2 of 10)."""
    people(tree.here, 12)
    season = open_season(tree, cast.staff)
    return season, sent(season, tree.here, cast.secretary, [XS, XS] + [HTT] * 10)


def decide(sheet, by, **entry):
    return actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED, **entry), by=by)


def grouped(season, body, reviews, by, name="Bí thư, phó bí thư"):
    group = actions.found_cap_group(season, body, name=name, by=by)
    actions.place_in_group(season, body, group=group, reviews=[review.pk for review in reviews], by=by)
    return group


def ids(sheet, level, count):
    return list(sheet.reviews.filter(proposed_level=level).order_by("member__sort_key")[:count])


def test_each_group_has_its_own_sum(six, tree, cast):
    """Both excellent ones in a group of five: 1 of 3 good at most 0; the rest has none."""
    season, sheet = six
    grouped(season, tree.east, ids(sheet, XS, 2) + ids(sheet, HTT, 3), cast.officer)
    with pytest.raises(OverCap) as stop:
        decide(sheet, cast.officer)
    assert "nhóm “Bí thư, phó bí thư”: 20 % × 3 = 0,6 → 0; đang có 2, vượt 2" in str(stop.value)
    assert "giảm 2 đảng viên" in str(stop.value)
    decision = decide(sheet, cast.officer, over_cap_reason="Nghị quyết 4")
    parts = [(part["name"], part["xs"], part["htt"], part["over_by"]) for part in decision.cap["groups"]]
    assert parts == [("Bí thư, phó bí thư", 2, 3, 2), ("Đảng viên chưa xếp vào nhóm nào", 0, 7, 0)]
    assert decision.over_cap_reason == "Nghị quyết 4"


def test_without_groups_all_are_one(six, cast):
    _, sheet = six
    assert (decide(sheet, cast.officer).cap["xs"], "groups" in sheet.season.choices) == (2, False)


def test_what_was_decided_before_counts_in_its_group(tree, cast):
    people(tree.here, 6)
    people(tree.next_door, 6)
    season = open_season(tree, cast.staff)
    first = sent(season, tree.here, cast.secretary, [XS] + [HTT] * 5)
    second = sent(season, tree.next_door, cast.staff, [XS] + [HTT] * 5)
    everybody = list(Review.objects.filter(sheet__in=[first, second]))
    grouped(season, tree.east, everybody, cast.officer, "Đảng viên hưu trí")
    decide(first, cast.officer)
    [part] = decide(second, cast.officer).cap["groups"]
    assert (part["xs"], part["htt"], part["limit"]) == (2, 10, 2)


def test_a_result_given_anew_is_counted_in_its_group(six, tree, cast):
    season, sheet = six
    small = ids(sheet, HTT, 3)
    grouped(season, tree.east, small, cast.officer)
    decide(sheet, cast.officer, over_cap_reason="Nghị quyết 4")
    review = Review.objects.get(pk=small[0].pk)
    with pytest.raises(OverCap, match="nhóm “Bí thư, phó bí thư”: 20 % × 2"):
        actions.rerate(review, entry=anew(review, tree.east, level=XS), by=cast.officer)


def test_cells_are_groups_where_the_committee_chose_so(tree, cast):
    people(tree.here, 5)
    people(tree.next_door, 7)
    season = open_season(tree, cast.staff)
    season.choices = {**season.choices, "cap": {"cap_checked_at": "cell"}}
    season.save(update_fields=["choices"])
    first = sent(season, tree.here, cast.secretary, [XS] + [HTT] * 4)
    second = sent(season, tree.next_door, cast.staff, [HTT] * 7)
    with pytest.raises(NotAllowed, match="trong từng chi bộ"):
        actions.found_cap_group(season, tree.east, name="Nhóm", by=cast.officer)
    with pytest.raises(OverCap, match="nhóm “Chi bộ Khóm 1”: 20 % × 4"):
        actions.decide([first, second], entry=DecisionEntry("5", DECIDED), by=cast.officer)


def test_groups_are_refused_where_the_rule_set_knows_none(tree, cast):
    OrganisationVersion.objects.update(started_on=date(2020, 1, 1))
    people(tree.here, 2, since=date(2020, 1, 1))
    season = open_season(tree, cast.staff, year=2021)
    with pytest.raises(NotAllowed, match="không tính tỷ lệ theo nhóm"):
        actions.found_cap_group(season, tree.east, name="Nhóm", by=cast.officer)


def test_a_name_once_a_body_and_not_for_who_decides_nothing(six, tree, cast):
    season, _ = six
    actions.found_cap_group(season, tree.east, name="Hưu trí", by=cast.officer)
    with pytest.raises(NotAllowed, match="Đã có nhóm"):
        actions.found_cap_group(season, tree.east, name="hưu trí", by=cast.officer)
    with pytest.raises(NotAllowed, match="không quyết định xếp loại chi bộ nào"):
        actions.found_cap_group(season, tree.root, name="Hưu trí", by=cast.staff)


def test_a_group_with_somebody_decided_stays(six, tree, cast):
    season, sheet = six
    group = grouped(season, tree.east, ids(sheet, HTT, 2), cast.officer)
    other = actions.found_cap_group(season, tree.east, name="Khác", by=cast.officer)
    decide(sheet, cast.officer, over_cap_reason="Nghị quyết 4")
    with pytest.raises(NotAllowed, match="không hủy nhóm được nữa"):
        actions.void_cap_group(group, reason="nhầm", by=cast.officer)
    chosen = [ids(sheet, HTT, 1)[0].pk]
    with pytest.raises(NotAllowed, match="đã có quyết định"):
        actions.place_in_group(season, tree.east, group=other, reviews=chosen, by=cast.officer)
    actions.void_cap_group(other, reason="nhầm", by=cast.officer)
    assert LogEntry.objects.get(action="evaluations.void_cap_group").data["rows"] == []
    assert list(CapGroup.objects.of_body(season, tree.east)) == [group]
    with pytest.raises(NotAllowed, match="đã được hủy"):
        actions.void_cap_group(other, reason="nhầm", by=cast.officer)


def test_the_log_says_who_went_from_where_to_where(six, tree, cast):
    season, sheet = six
    first, second = ids(sheet, HTT, 2)
    old = grouped(season, tree.east, [first], cast.officer, "Hưu trí")
    new = grouped(season, tree.east, [first, second], cast.officer)
    put = LogEntry.objects.filter(action="evaluations.place_in_group").latest("id")
    rows = {entry["member"]: (entry["from"], entry["to"]) for entry in put.data["rows"]}
    assert rows == {str(first.member_id): (old.pk, new.pk), str(second.member_id): (None, new.pk)}
    actions.void_cap_group(new, reason="nhầm", by=cast.officer)
    gone = LogEntry.objects.get(action="evaluations.void_cap_group").data["rows"]
    assert {(row["member"], row["from"], row["to"]) for row in gone} == {
        (str(review.member_id), new.pk, None) for review in (first, second)
    }


def test_the_page_sets_up_fills_and_takes_back(six, tree, cast, as_):
    season, sheet = six
    officer, place = as_(cast.officer), [season.pk, tree.east.pk]
    page = reverse("evaluations:cap_groups", args=place)
    assert officer.post(reverse("evaluations:found_cap_group", args=place), {"name": " "}).status_code == 422
    officer.post(reverse("evaluations:found_cap_group", args=place), {"name": "Hưu trí"})
    group = CapGroup.objects.get()
    response = officer.get(page)
    assert response.context["page"].paginator.count == 12
    put = reverse("evaluations:place_in_group", args=place)
    nobody = officer.post(put, {"group": group.pk})
    assert "Không có ai để xếp" in nobody.content.decode()
    officer.post(put, {"group": group.pk, "people": [str(ids(sheet, XS, 1)[0].pk), "x"]})
    assert group.reviews.count() == 1
    officer.post(f"{put}?who=leaders", {"group": group.pk, "all": "1"})
    assert group.reviews.count() == 1
    officer.post(put, {"group": group.pk, "all": "1"})
    assert group.reviews.count() == 12
    assert "Nhóm “Hưu trí”" in officer.get(reverse("evaluations:decisions", args=place)).content.decode()
    officer.post(f"{put}?who=all", {"group": "", "all": "1"})
    assert group.reviews.count() == 0
    assert LogEntry.objects.filter(action="evaluations.place_in_group").count() == 2
    [entry] = LogEntry.objects.filter(action="evaluations.take_out_of_groups")
    assert (entry.data["number"], {row["from"] for row in entry.data["rows"]}) == (12, {group.pk})
    assert sentence(entry.action, "", entry.data) == (
        "đưa 12 đảng viên ra khỏi nhóm vị trí tương đồng, về số chưa xếp nhóm"
    )
    gone = officer.post(reverse("evaluations:void_cap_group", args=[group.pk]), {"reason": "nhầm"})
    assert gone.status_code == 302
    assert not CapGroup.objects.of_body(season, tree.east).exists()
    assert as_(cast.other_officer).get(page).status_code == 404


@pytest.mark.parametrize("extra", [0, 20])
def test_same_number_of_queries_for_few_and_for_many(tree, cast, as_, extra, django_assert_max_num_queries):
    people(tree.here, 2 + extra)
    season = open_season(tree, cast.staff)
    reviews = Review.objects.filter(sheet__organisation=tree.here)
    grouped(season, tree.east, reviews[:1], cast.officer)
    client = as_(cast.officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("evaluations:cap_groups", args=[season.pk, tree.east.pk]))


def test_where_the_rule_says_so_each_base_is_a_group_of_the_body_that_decides_for_several(tree, cast):
    """21-HD/BTCTW: 20 % of each base organisation, whoever decides; a body that is the base has one group."""
    for cell in (tree.here, tree.next_door, tree.there):
        people(cell, 6)
    season = open_season(tree, cast.staff)
    book = rule_book(season)
    by_base = replace(book, rules=replace(book.rules, cap=replace(book.rules.cap, cap_group="base_organisation")))
    reviews = list(Review.objects.filter(sheet__season=season).select_related("sheet__organisation"))
    lines = [(review, XS if review.sheet.organisation_id == tree.there.pk else HTT) for review in reviews]

    groups = CapGroups(season, tree.root, by_base)
    caps = {part.name: (part.cap.xs, part.cap.htt) for part in groups.caps(groups.with_proposals(lines))}
    assert caps == {"Đảng bộ Phường Đông": (0, 12), "Đảng bộ Phường Tây": (6, 0)}
    east = CapGroups(season, tree.east, by_base)
    mine = [line for line in lines if line[1] == HTT]
    assert [(part.name, part.cap.htt) for part in east.caps(east.with_proposals(mine))] == [("", 12)]
