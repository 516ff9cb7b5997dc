"""A member's file: papers ticked, described, corrected; what is missing; the index certified; who may see it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from members.actions import dossier as acts
from members.actions.dossier import PaperEntry
from members.filing import read_files, wrong_counts
from members.models import Dossier, DossierPaper, Sanction
from members.reports.dossier import checklist, keeper_of
from tests.factories import MemberFactory
from tests.members.moving import issue, request
from tests.queries import MOST, queries_of

ON = date(2026, 11, 23)
WHOLE = dict.fromkeys((1, 2, 3, 4, 5, 7, 19, 37, 38, 39, 40, 42, 43, 45, 46, 47, 48, 49, 50, 52), 1) | {61: 3}


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Lê Thị Sen")


@pytest.fixture
def keeper(cast):
    return cast.officer


def paper(member, by, kind=5, **entry):
    return acts.add_paper(member, kind, PaperEntry(**entry), on=ON, by=by)


def state(member):
    return read_files([member], ON)[member.pk]


def missing(member):
    return {gap.types: gap.missing for gap in state(member).gaps}


def last_act(member):
    entry = LogEntry.objects.about(member).latest("id")
    return entry.action, entry.data


# --- acts -------------------------------------------------------------------------------------------------------------


def test_ticking_a_whole_file_leaves_nothing_missing(member, keeper):
    assert len(missing(member)) == 21
    assert acts.tick_papers(member, WHOLE, on=ON, by=keeper) == 23
    assert missing(member) == {}
    row = Dossier.objects.get(member=member)
    assert (row.papers, row.missing_1, row.missing_2, row.missing_3, row.regime) == (23, 0, 0, 0, "full")
    assert last_act(member) == ("members.tick_papers", {"papers": 23, "types": sorted(WHOLE)})


def test_the_second_click_ticks_nothing(member, keeper):
    acts.tick_papers(member, {5: 1, 61: 2}, on=ON, by=keeper)
    with pytest.raises(ValidationError, match="đã có trong hồ sơ"):
        acts.tick_papers(member, {61: 1, 5: 1}, on=ON, by=keeper)
    assert DossierPaper.objects.count() == 3
    acts.tick_papers(member, {61: 1}, on=ON, by=keeper)
    assert missing(member).keys().isdisjoint({(61,), (5,)})
    with pytest.raises(ValidationError, match="Chưa đánh dấu"):
        acts.tick_papers(member, {5: 0}, on=ON, by=keeper)
    with pytest.raises(ValidationError, match="nhiều nhất"):
        acts.tick_papers(member, {61: 58}, on=ON, by=keeper)


def test_a_paper_that_need_not_be_there_is_not_missing(member, keeper):
    assert missing(member)[(40, 41)] == 1
    paper(member, keeper, 41, state="not_needed")
    assert (40, 41) not in missing(member)
    acts.tick_papers(member, {41: 1}, on=ON, by=keeper)
    [old, new] = DossierPaper.objects.order_by("id")
    assert (old.state, old.void_reason, new.state, new.voided_at) == ("not_needed", "đã có tài liệu", "present", None)


def test_a_paper_known_to_be_lost_is_missing_also_of_the_old(tree, keeper):
    old = MemberFactory(home=tree.here, decided_on=None, admitted_on=date(1990, 2, 3), official_on=date(1991, 2, 3))
    assert (state(old).regime, missing(old)) == ("existing", {})
    paper(old, keeper, 23, state="missing")
    assert missing(old) == {(23,): 1}
    assert Dossier.objects.get(member=old).missing_1 == 1


def test_what_the_record_knows_asks_for_its_paper(member, keeper):
    assert (22,) not in missing(member)
    Sanction.objects.create(member=member, form="warning", decided_on=date(2026, 3, 10))
    assert missing(member)[(22,)] == 1


def test_a_paper_is_corrected_by_voiding_and_writing_anew(member, keeper):
    first = paper(member, keeper, number="12-QĐ/HU", issued_on=date(2005, 5, 10), pages=1)
    entry = PaperEntry(number="21-QĐ/HU", issued_on=date(2005, 5, 10), pages=1)
    second = acts.correct_paper(first, entry, reason="đọc nhầm số", on=ON, by=keeper)
    first.refresh_from_db()
    assert (first.void_reason, first.number, second.number, second.type) == ("đọc nhầm số", "12-QĐ/HU", "21-QĐ/HU", 5)
    action, data = last_act(member)
    assert (action, data["reason"], data["paper"]) == (
        "members.correct_paper", "đọc nhầm số", "Quyết định kết nạp đảng viên",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="vừa được người khác"):
        acts.correct_paper(first, entry, reason="lần nữa", on=ON, by=keeper)
    with pytest.raises(ValidationError, match="Không có gì thay đổi"):
        acts.correct_paper(second, entry, reason="lần nữa", on=ON, by=keeper)


def test_details_fill_what_is_empty_and_keep_what_they_replace(member, keeper):
    acts.tick_papers(member, {5: 1, 7: 1}, on=ON, by=keeper)
    fifth, seventh = DossierPaper.objects.order_by("type")
    said = {"number": "12-QĐ/HU", "issued_on": date(2005, 5, 1), "issued_precision": "month", "issuer": "", "pages": 2}
    assert acts.describe_papers(member, {fifth.pk: said, seventh.pk: {"pages": None}}, on=ON, by=keeper) == 1
    fifth.refresh_from_db()
    assert (fifth.number, fifth.issued_precision, fifth.pages, fifth.voided_at) == ("12-QĐ/HU", "month", 2, None)
    acts.describe_papers(member, {fifth.pk: {**said, "number": "21-QĐ/HU"}}, on=ON, by=keeper)
    fifth.refresh_from_db()
    new = DossierPaper.objects.standing().get(type=5)
    assert (fifth.void_reason, new.number, new.pages) == ("sửa ở bảng chi tiết", "21-QĐ/HU", 2)
    assert Dossier.objects.get(member=member).pages == 2
    with pytest.raises(ValidationError, match="vừa được người khác"):
        acts.describe_papers(member, {fifth.pk: said}, on=ON, by=keeper)


def test_a_paper_of_somebody_else_is_not_described(tree, member, keeper):
    other = paper(MemberFactory(home=tree.here), keeper)
    with pytest.raises(ValidationError, match="vừa được người khác"):
        acts.describe_papers(member, {other.pk: {"pages": 3}}, on=ON, by=keeper)


def test_a_voided_paper_is_missing_again(member, keeper):
    row = paper(member, keeper)
    assert (5,) not in missing(member)
    acts.void_paper(row, reason="ghi nhầm người", on=ON, by=keeper)
    assert missing(member)[(5,)] == 1
    assert last_act(member)[1]["reason"] == "ghi nhầm người"
    with pytest.raises(ValidationError, match="vừa được người khác"):
        acts.void_paper(row, reason="lần nữa", on=ON, by=keeper)


def test_papers_of_which_only_the_keeper_may_know_leave_no_name_in_the_log(member, keeper):
    paper(member, keeper, 32, number="7-TB/UBKT")
    paper(member, keeper, 23, state="pointer", number="9-QĐ/TU")
    acts.tick_papers(member, {29: 1, 87: 1}, on=ON, by=keeper)
    said = [(entry.action, entry.data) for entry in LogEntry.objects.about(member).order_by("id")]
    assert said == [
        ("files.add_paper", {"state": "có trong hồ sơ", "paper": "một tài liệu"}),
        ("members.add_paper", {"state": "chỉ ghi số (văn bản có dấu mật)", "paper": "một tài liệu"}),
        ("members.tick_papers", {"papers": 1, "types": [87]}),
        ("files.tick_papers", {"papers": 1}),
    ]


def test_a_certified_index_holds_until_a_paper_changes(member, keeper):
    with pytest.raises(ValidationError, match="chưa có tài liệu nào"):
        acts.certify_index(member, certified_on=ON, certified_by="Lê Văn Giữ", on=ON, by=keeper)
    paper(member, keeper, pages=2)
    acts.certify_index(member, certified_on=ON, certified_by="Lê Văn Giữ", on=ON, by=keeper)
    assert (state(member).is_certified, Dossier.objects.get(member=member).is_certified) == (True, True)
    assert last_act(member) == ("members.certify_index", {"on": "23/11/2026"})
    with pytest.raises(ValidationError, match="đã được chứng nhận"):
        acts.certify_index(member, certified_on=ON, certified_by="Lê Văn Giữ", on=ON, by=keeper)
    paper(member, keeper, 7)
    assert (state(member).is_certified, Dossier.objects.get(member=member).is_certified) == (False, False)
    with pytest.raises(ValidationError, match="trước lần chứng nhận"):
        acts.certify_index(member, certified_on=date(2026, 1, 1), certified_by="Lê", on=ON, by=keeper)


def test_counts_that_other_facts_changed_are_put_right(member, keeper, system):
    acts.tick_papers(member, WHOLE, on=ON, by=keeper)
    assert list(wrong_counts(ON)) == []
    Sanction.objects.create(member=member, form="warning", decided_on=date(2026, 3, 10))
    assert acts.recount_files(wrong_counts(ON), by=system) == 1
    assert Dossier.objects.get(member=member).missing_1 == 1
    assert acts.recount_files(wrong_counts(ON), by=system) == 0


def test_nothing_is_written_when_a_step_fails(member, keeper):
    paper(member, keeper)
    with pytest.raises(ValidationError):
        acts.tick_papers(member, {7: 1, 5: 1}, on=ON, by=keeper)
    assert DossierPaper.objects.count() == 1


@pytest.mark.parametrize(
    ("home", "ended", "keeper"),
    [("here", False, "east"), ("school", False, "root"), ("here", True, "root"), ("root", False, "root")],
)
def test_the_base_keeps_files_and_the_body_above_where_there_is_no_committee(tree, home, ended, keeper):
    person = MemberFactory(home=getattr(tree, home))
    assert keeper_of(person, ended=ended)[0] == getattr(tree, keeper)


def test_four_queries_for_any_number_of_files(tree, keeper, django_assert_num_queries):
    people = [MemberFactory(home=tree.here) for _ in range(3)]
    for person in people:
        paper(person, keeper)
    read_files(people, ON)
    with django_assert_num_queries(4):
        read_files(people, ON)


# --- pages ------------------------------------------------------------------------------------------------------------


def url(name, *arguments):
    return reverse(f"members:{name}", args=arguments)


def test_the_keeper_ticks_the_file_on_one_page(member, as_, keeper):
    client = as_(keeper)
    page = client.get(url("dossier", member.pk)).content.decode()
    assert "Quyết định kết nạp đảng viên" in page
    assert "Đảng bộ Phường Đông giữ hồ sơ" in page
    done = client.post(url("tick_papers", member.pk), {"present": ["5", "38"], "copies_61": "2"}, follow=True)
    assert "Đã ghi 4 tài liệu" in done.content.decode()
    assert missing(member)[(61,)] == 1
    wrong = client.post(url("tick_papers", member.pk), {"present": ["7", "x"], "copies_61": "-1", "copies_23": "1"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors.keys() == {"present", "copies_61"}
    assert 'value="7" aria-label="Có: Quyết định công nhận đảng viên chính thức" checked' in wrong.content.decode()
    assert DossierPaper.objects.count() == 4


def test_what_is_there_or_wanted_stands_first_and_the_rest_opens_on_demand(member, as_, keeper):
    paper(member, keeper, 96, number="3-GT/CB")
    address = url("dossier", member.pk)
    parts = as_(keeper).get(address).context["parts"]
    first = {line.type.number: bool(line.details) for _, lines, _ in parts for line, *_ in lines}
    others = {line.type.number for _, _, rest in parts for line, *_ in rest}
    assert (first[96], first[38], 97 in others) == (True, False, True)
    assert len(first) + len(others) == 104
    typed = as_(keeper).post(url("tick_papers", member.pk), {"copies_97": "-1"})
    [line] = [row for _, lines, _ in typed.context["parts"] for row in lines if row[0].type.number == 97]
    assert line[1:] == ("-1", typed.context["form"].wrong(97))  # not hidden among the others


def test_the_cell_sees_what_there_is_but_not_what_only_the_keeper_may_know(member, as_, cast):
    paper(member, cast.officer, 32, number="7-TB/UBKT")
    paper(member, cast.officer, 5, number="12-QĐ/HU")
    page = as_(cast.secretary).get(url("dossier", member.pk)).content.decode()
    assert "12-QĐ/HU" in page
    assert "7-TB/UBKT" not in page
    assert "giải quyết tố cáo" not in page
    assert "<input" not in page.partition("<main")[2]
    assert "7-TB/UBKT" in as_(cast.officer).get(url("dossier", member.pk)).content.decode()


def test_no_count_and_no_line_tells_the_cell_of_what_only_the_keeper_may_know(member, as_, cast):
    paper(member, cast.officer, 5, number="12-QĐ/HU", pages=1)
    acts.certify_index(member, certified_on=ON, certified_by="Lê Văn Giữ", on=ON, by=cast.officer)

    def told(user):
        client = as_(user)
        pages = [client.get(url(*name)) for name in (("dossier", member.pk), ("files",), ("dossiers",))]
        shown = [page.content.decode().partition("<main")[2].partition("</main>")[0] for page in pages]
        [row] = pages[1].context["page"]
        log = [line.words for line in client.get("/log/").context["page"].lines]
        return shown, (row.papers, row.pages), log

    before = told(cast.secretary)
    guarded = paper(member, cast.officer, 32, number="7-TB/UBKT", pages=3)
    acts.tick_papers(member, {29: 1}, on=ON, by=cast.officer)
    details = dict.fromkeys(("number", "issuer"), "") | {"issued_on": None, "issued_precision": "day", "pages": 4}
    acts.describe_papers(member, {guarded.pk: details}, on=ON, by=cast.officer)
    second = DossierPaper.objects.standing().get(type=32)
    third = acts.correct_paper(second, PaperEntry(pages=5), reason="đếm lại", on=ON, by=cast.officer)
    assert told(cast.secretary) == before
    shown, counts, log = told(cast.officer)
    assert "3 tài liệu, 6 tờ" in shown[0]
    assert counts == (3, 6)
    assert sum("chỉ người giữ hồ sơ biết" in words for words in log) == 4
    acts.void_paper(third, reason="ghi nhầm", on=ON, by=cast.officer)
    assert told(cast.secretary) == before


def test_a_stranger_finds_no_file_and_the_cell_changes_none(member, as_, cast):
    row = paper(member, cast.officer)
    for name, key in (("dossier", member.pk), ("paper", row.pk)):
        assert as_(cast.stranger).get(url(name, key)).status_code == 404
    assert as_(cast.secretary).get(url("paper", row.pk)).status_code == 403
    assert as_(cast.secretary).post(url("tick_papers", member.pk), {"present": ["7"]}).status_code == 403
    assert as_(cast.inspector).get(url("dossier", member.pk)).status_code == 403
    assert DossierPaper.objects.count() == 1


def test_one_paper_is_entered_corrected_and_voided_on_pages(member, as_, keeper):
    client = as_(keeper)
    said = {"state": "present", "number": "12-QĐ/HU", "issued": "05/2005", "pages": "1"}
    assert client.post(url("add_paper", member.pk, 5), said).status_code == 302
    row = DossierPaper.objects.get()
    assert (row.type, row.issued_on, row.issued_precision, row.pages) == (5, date(2005, 5, 1), "month", 1)
    assert "05/2005" in client.get(url("paper", row.pk)).content.decode()
    again = client.post(url("add_paper", member.pk, 5), said)
    assert "đã có trong hồ sơ" in again.content.decode()
    seen = client.get(url("correct_paper", row.pk)).context["form"]["seen"].value()
    right = {**said, "pages": "2", "reason": "đếm lại"}
    assert "vừa được người khác" in client.post(url("correct_paper", row.pk), right).content.decode()
    assert client.post(url("correct_paper", row.pk), right | {"seen": seen}).status_code == 302
    [row] = DossierPaper.objects.standing()
    assert client.post(url("void_paper", row.pk), {"reason": "nhầm"}).status_code == 302
    assert not DossierPaper.objects.standing().exists()
    assert client.get(url("paper", row.pk)).status_code == 404
    assert client.get(url("add_paper", member.pk, 105)).status_code == 404


def test_a_paper_with_a_secrecy_mark_is_kept_by_its_number(member, as_, keeper):
    client = as_(keeper)
    refused = client.post(url("add_paper", member.pk, 23), {"state": "pointer"})
    assert refused.context["form"].errors.keys() == {"number"}
    client.post(url("add_paper", member.pk, 23), {"state": "pointer", "number": "9-QĐ/TU", "kept_at": "Phòng cơ yếu"})
    assert "Phòng cơ yếu" in client.get(url("dossier", member.pk)).content.decode()


def test_the_checklist_asks_the_same_few_queries_with_many_papers(member, as_, keeper):
    client = as_(keeper)
    few = queries_of(client, url("dossier", member.pk))
    acts.tick_papers(member, WHOLE | {23: 30}, on=ON, by=keeper)
    assert queries_of(client, url("dossier", member.pk)) == few <= MOST
    assert len(client.get(url("dossier", member.pk)).content) < 100_000


def test_the_checklist_has_every_type_once(member):
    page = checklist(state(member), keeper=True)
    numbers = [line.type.number for part in page.parts for line in part.lines]
    assert sorted(numbers) == list(range(1, 105))
    assert [part.letter for part in page.parts] == ["a", "b", "c", "d"]


def test_who_receives_a_member_is_told_whether_the_index_is_certified(tree, member, as_, cast, keeper):
    move = issue(request(member, tree.there, by=cast.secretary), by=cast.staff)

    def told():
        page = as_(cast.stranger).get(reverse("members:transfer", args=[move.pk])).content.decode()
        known = ("chưa ghi chứng nhận mục lục", "được chứng nhận ngày 23/11/2026", "đã thay đổi sau lần chứng nhận")
        return [words for words in known if words in page]

    assert told() == ["chưa ghi chứng nhận mục lục"]
    paper(member, keeper, pages=2)
    acts.certify_index(member, certified_on=ON, certified_by="Lê Văn Giữ", on=ON, by=keeper)
    assert told() == ["được chứng nhận ngày 23/11/2026"]
    paper(member, keeper, 7)
    assert told() == ["đã thay đổi sau lần chứng nhận"]
