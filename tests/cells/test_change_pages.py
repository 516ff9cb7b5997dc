"""The pages of a change: who may, the form, the preview that shows everything, the act, the log and the undoing."""

from datetime import date

import pytest
from django.urls import reverse

from cells.changes import verbs
from cells.models import Organisation, TreeEvent
from members.models import Membership
from tests.cells.tree_cases import CHANGED, decision, do
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

PAPER = {
    "decision": "12-QĐ/ĐU",
    "decided_on": "10/02/2026",
    "decided_by": "Đảng ủy Sao Mai",
    "effective_on": "01/03/2026",
}
ACTS = ["add", "rename", "move", "change_kind", "merge", "split", "close", "leave", "arrive"]


def url(organisation, act):
    return reverse("cells:change_tree", args=[organisation.pk, act])


def post(client, organisation, act, step="", **values):
    return client.post(url(organisation, act), PAPER | values | {"step": step})


def carried_out(client, organisation, act, **values):
    page = post(client, organisation, act, step="write", **values)
    assert page.status_code == 302, page.content.decode()
    return TreeEvent.objects.latest("pk")


@pytest.mark.parametrize("act", ACTS)
def test_an_officer_changes_the_own_cells_alone(tree, cast, as_, act):
    client = as_(cast.officer)
    own_base = 200 if act in ("add", "arrive") else 403
    assert [client.get(url(o, act)).status_code for o in (tree.here, tree.east, tree.there, tree.root)] == [
        200, own_base, 404, 404,
    ]  # fmt: skip


def test_others_are_kept_out(tree, cast, as_):
    assert as_(cast.stranger).get(url(tree.here, "rename")).status_code == 404
    assert as_(cast.secretary).get(url(tree.here, "rename")).status_code == 403
    assert as_(cast.other_officer).get(url(tree.here, "rename")).status_code == 404
    assert as_(cast.reader).get(url(tree.here, "rename")).status_code == 403
    assert as_(cast.staff).get(url(tree.here, "burn")).status_code == 404


def test_the_menu_stands_where_one_may(tree, cast, as_):
    here, east = (reverse("cells:organisation", args=[o.pk]) for o in (tree.here, tree.east))
    page = as_(cast.officer).get(here).content.decode()
    assert url(tree.here, "merge") in page
    assert url(tree.here, "add") not in page  # nothing stands below a cell
    page = as_(cast.officer).get(east).content.decode()
    assert url(tree.east, "add") in page
    assert url(tree.east, "rename") not in page
    assert "Thay đổi tổ chức" not in as_(cast.secretary).get(here).content.decode()
    assert url(tree.here, "merge") not in as_(cast.officer).get(f"{here}?on=01/01/2026").content.decode()


def test_a_preview_shows_what_is_touched_and_writes_nothing(tree, cast, as_):
    MemberFactory.create_batch(3, home=tree.here)
    where = {"members_to": "Chi bộ Khóm 2", "heir": "Đảng bộ Phường Đông"}
    page = post(as_(cast.officer), tree.here, "close", step="preview", **where).content.decode()
    for words in (
        "Chi bộ Khóm 1 kết thúc hoạt động", "Đảng viên của Chi bộ Khóm 1 chuyển về Chi bộ Khóm 2",
        '<strong class="num">3</strong> đảng viên', '<strong class="num">1</strong> tài khoản có vai trò',
        "Đảng bộ Phường Đông tiếp nhận mọi hồ sơ", 'name="members_to" value="Chi bộ Khóm 2"',
    ):  # fmt: skip
        assert words in page, words
    assert (TreeEvent.objects.count(), Membership.objects.filter(ended_on=None).count()) == (0, 3)


def test_back_to_the_form_everything_typed_is_there(tree, cast, as_):
    page = post(as_(cast.officer), tree.here, "rename", step="edit", name="Chi bộ Mới").content.decode()
    assert 'value="Chi bộ Mới"' in page
    assert 'value="10/02/2026"' in page
    assert "error-summary" not in page


def test_a_refusal_stands_on_the_form(tree, cast, as_):
    MemberFactory(home=tree.here)
    page = post(as_(cast.officer), tree.here, "close", step="preview", heir="Đảng bộ Phường Đông").content.decode()
    assert "còn 1 đảng viên chưa được phân về đâu" in page
    assert 'value="12-QĐ/ĐU"' in page


def test_each_form_carries_out_its_act(tree, cast, as_):
    client = as_(cast.staff)
    add = carried_out(client, tree.east, "add", name="Chi bộ Khóm 3", kind="cell")
    assert add.organisation.parent == tree.east
    carried_out(client, tree.next_door, "rename", name="Chi bộ Khóm Hai", symbol="CB")
    carried_out(client, tree.far, "move", parent="Đảng bộ Phường Đông")
    carried_out(client, tree.school, "change_kind", kind="cell", level="6", symbol="CB")
    later = {"effective_on": "02/03/2026", "first": "Chi bộ Khóm 3", "into_first": "on", "kind": "cell"}
    into = carried_out(client, tree.next_door, "merge", **later)
    assert into.organisation == add.organisation
    carried_out(client, tree.west, "leave", went_to="same_province", heir="Đảng ủy Sao Mai")
    arrive = carried_out(
        client, tree.root, "arrive", name="Đảng bộ Bệnh viện", kind="base_party", cells="Chi bộ Nội\n\n Chi bộ  Ngoại"
    )
    assert list(arrive.organisation.children.order_by("pk").values_list("name", flat=True)) == [
        "Chi bộ Nội", "Chi bộ Ngoại",
    ]  # fmt: skip
    assert Organisation.objects.get(pk=tree.far.pk).parent == tree.east


def test_a_merge_beyond_the_own_scope_needs_the_body_above(tree, cast, as_):
    values = {"first": "Đảng bộ Phường Đông", "into_first": "on", "kind": "cell"}
    page = post(as_(cast.officer), tree.here, "merge", step="preview", **values).content.decode()
    assert "cần quyền ở Đảng ủy Sao Mai" in page


def test_children_can_be_moved_together(tree, cast, as_):
    both = [str(tree.here.pk), str(tree.next_door.pk)]
    carried_out(as_(cast.staff), tree.east, "move", parent="Đảng bộ Phường Tây", children=both)
    assert set(Organisation.objects.filter(parent=tree.west)) == {tree.here, tree.next_door, tree.there, tree.far}


# --- splitting


def split_values(**more):
    return {"part1": "Chi bộ 1A", "keeps": "on", "kind": "cell", "heir": "Đảng bộ Phường Đông", **more}


def test_members_are_assigned_in_bulk_without_script(tree, cast, as_):
    first, second, third = (MemberFactory(home=tree.here) for _ in range(3))
    client = as_(cast.officer)
    picked = split_values(pick=[str(first.pk), str(second.pk)], pick_to="part1")
    page = post(client, tree.here, "split", step="assign", **picked).content.decode()
    assert page.count('<option value="part1" selected>') == 2
    assert "error-summary" not in page
    sent = split_values(**{f"to_{first.pk}": "part1", f"to_{second.pk}": "part1", f"to_{third.pk}": ""})
    preview = post(client, tree.here, "split", step="preview", **sent).content.decode()
    assert "2 đảng viên chuyển về Chi bộ 1A" in preview
    event = carried_out(client, tree.here, "split", **sent)
    on_the_day = dict(Membership.objects.on(CHANGED).values_list("member", "organisation"))
    assert on_the_day == {
        first.pk: event.organisation.pk, second.pk: event.organisation.pk, third.pk: tree.here.pk,
    }  # fmt: skip


def test_a_target_without_a_name_is_told(tree, cast, as_):
    member = MemberFactory(home=tree.here)
    page = post(as_(cast.officer), tree.here, "split", **split_values(**{f"to_{member.pk}": "part2"})).content.decode()
    assert "error-summary" in page
    assert TreeEvent.objects.count() == 0


# --- the log of changes


def test_the_log_tells_names_as_they_were(tree, cast, as_):
    event = do(verbs.rename(tree.here, {"name": "Chi bộ Khóm Mới"}, decision=decision()), cast.officer)
    client = as_(cast.officer)
    [line] = client.get(reverse("cells:events")).context["lines"]
    assert [part.name for part in (*line.before, *line.after)] == ["Chi bộ Khóm 1", "Chi bộ Khóm Mới"]
    page = client.get(reverse("cells:event", args=[event.pk])).content.decode()
    for words in ("12-QĐ/ĐU", "10/02/2026", "Ban Thường vụ Đảng ủy", "01/03/2026", "Hoàn tác"):
        assert words in page, words
    assert list(as_(cast.stranger).get(reverse("cells:events")).context["lines"]) == []
    assert as_(cast.stranger).get(reverse("cells:event", args=[event.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [({}, 2), ({"act": "move"}, 1), ({"organisation": "Đảng bộ Phường Tây"}, 1), ({"organisation": "không có"}, 0)],
)
def test_the_log_is_filtered(tree, cast, as_, query, found):
    do(verbs.rename(tree.here, {"name": "Chi bộ A"}, decision=decision()), cast.staff)
    do(verbs.move([tree.there], parent=tree.root, decision=decision()), cast.staff)
    assert len(as_(cast.staff).get(reverse("cells:events"), query).context["lines"]) == found


def test_undo_asks_for_a_reason_and_says_why_not(tree, cast, as_):
    event = do(verbs.rename(tree.here, {"name": "Chi bộ A"}, decision=decision()), cast.officer)
    later = do(verbs.rename(tree.here, {"name": "Chi bộ B"}, decision=decision(date(2026, 4, 1))), cast.officer)
    client = as_(cast.officer)
    undo = [reverse("cells:undo_event", args=[each.pk]) for each in (event, later)]
    assert "Hãy hoàn tác việc sau trước" in client.post(undo[0], {"reason": "nhầm"}).content.decode()
    assert client.post(undo[1], {}).status_code == 200
    for address in reversed(undo):
        assert client.post(address, {"reason": "nhầm"}).status_code == 302
    assert "đã được hoàn tác từ trước" in client.post(undo[1], {"reason": "nhầm"}).content.decode()
    assert Organisation.objects.get(pk=tree.here.pk).name == "Chi bộ Khóm 1"
    page = client.get(reverse("cells:event", args=[event.pk])).content.decode()
    assert "đã hoàn tác" in page
    assert undo[0] not in page


def test_only_who_could_make_a_change_undoes_it(tree, cast, as_):
    event = do(verbs.rename(tree.east, {"name": "Đảng bộ A"}, decision=decision()), cast.staff)
    address = reverse("cells:undo_event", args=[event.pk])
    assert as_(cast.officer).post(address, {"reason": "x"}).status_code == 403
    assert as_(cast.other_officer).get(address).status_code == 404
    assert as_(cast.staff).get(address).status_code == 200


# --- an organisation as of a day


def test_an_organisation_as_of_a_past_day(tree, cast, as_):
    MemberFactory.create_batch(2, home=tree.here)
    do(verbs.move([tree.here], parent=tree.west, decision=decision()), cast.staff)
    do(verbs.rename(tree.here, {"name": "Chi bộ Khóm Mới"}, decision=decision(date(2026, 3, 2))), cast.staff)
    client, address = as_(cast.staff), reverse("cells:organisation", args=[tree.here.pk])
    now, then = (client.get(address + on).context["shown"] for on in ("", "?on=01/02/2026"))
    assert [(page.name, page.above[-1].name) for page in (now, then)] == [
        ("Chi bộ Khóm Mới", "Đảng bộ Phường Tây"), ("Chi bộ Khóm 1", "Đảng bộ Phường Đông"),
    ]  # fmt: skip
    east = reverse("cells:organisation", args=[tree.east.pk])
    assert [client.get(east + on).context["shown"].links[0].number for on in ("", "?on=01/02/2026")] == [0, 2]
    before = client.get(f"{address}?on=30/06/2025").content.decode()
    assert "không có vào ngày này" in before
    assert "Không hiểu ngày đã gõ" in client.get(f"{address}?on=31/02/2026").content.decode()


def test_predecessors_and_successors_are_named(tree, cast, as_):
    event = do(verbs.merge([tree.here], into=tree.next_door, decision=decision()), cast.officer)
    for cell in (tree.here, tree.next_door):
        page = as_(cast.officer).get(reverse("cells:organisation", args=[cell.pk])).content.decode()
        assert reverse("cells:event", args=[event.pk]) in page
        assert "Hợp nhất, sáp nhập" in page


def test_the_tree_is_searched_as_of_a_day(tree, cast, as_):
    do(verbs.rename(tree.here, {"name": "Chi bộ Hòa Bình"}, decision=decision()), cast.staff)

    def found(**query):
        return [each.name for each in as_(cast.staff).get("/cells/", query).context["page"]]

    assert found(q="khom 1") == []
    assert found(q="khom 1", on="01/02/2026") == ["Chi bộ Khóm 1"]
    assert found(q="hoa binh") == ["Chi bộ Hòa Bình"]


def test_as_many_queries_for_many_changes_as_for_few(tree, cast, as_):
    client = as_(cast.officer)

    def change(number):
        on = date(2026, 3, number)
        return do(verbs.rename(tree.here, {"name": f"Chi bộ {number}"}, decision=decision(on)), cast.officer)

    event = change(1)
    pages = [
        reverse("cells:events"), reverse("cells:event", args=[event.pk]), reverse("cells:undo_event", args=[event.pk]),
        reverse("cells:organisation", args=[tree.here.pk]),
        reverse("cells:organisation", args=[tree.here.pk]) + "?on=01/02/2026",
        *(url(tree.here, act) for act in ACTS),
    ]  # fmt: skip
    few = [queries_of(client, page) for page in pages]
    MemberFactory.create_batch(30, home=tree.here)
    for number in range(2, 31):
        change(number)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST, dict(zip(pages, few, strict=True))


def test_what_came_from_another_base_goes_back_by_who_keeps_both(tree, cast, as_):
    event = do(verbs.move([tree.here], parent=tree.west, decision=decision()), cast.staff)
    address = reverse("cells:undo_event", args=[event.pk])
    assert as_(cast.other_officer).get(reverse("cells:event", args=[event.pk])).context["may_undo"] is False
    assert as_(cast.other_officer).post(address, {"reason": "nhầm"}).status_code == 403
    tree.here.refresh_from_db()
    assert tree.here.parent == tree.west
    assert as_(cast.staff).post(address, {"reason": "nhầm"}).status_code == 302
