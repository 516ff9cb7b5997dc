"""The committee of a body: on a day, by term, on paper; entered at once, ended together."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.models import LogEntry, Term
from cells.ports import printable
from members.actions.committees import CommitteeEntry, SeatRefused, end_term_posts, enter_committee
from members.models import Post
from members.reports.committees import committee_of_term, committee_on, left_over_posts
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

OLD, NEW = date(2020, 8, 1), date(2025, 8, 1)


@pytest.fixture
def terms(tree):
    def make(name, first, after):
        return Term.objects.create(organisation=tree.east, name=name, started_on=first, ended_on=after)

    return make("2020–2025", OLD, NEW), make("2025–2030", NEW, None)


@pytest.fixture
def people(tree):
    names = ("Trần Thị An", "Lê Văn Bình", "Đỗ Minh Châu")
    return [MemberFactory(home=tree.here, full_name=name) for name in names]


def entry(seats, term=None, started_on=NEW, **more):
    values = {"manner": "elected", "decision": "NQ 01-NQ/ĐH", "term": term, "started_on": started_on, **more}
    return CommitteeEntry(**values, seats=tuple(seats))


def held(committee):
    return [(post.member.full_name, post.title) for post in committee.posts]


def url(name, tree, body="east"):
    return reverse(f"members:{name}", args=[getattr(tree, body).pk])


# --- acts -------------------------------------------------------------------------------------------------------------


def test_a_congress_ends_the_old_committee_and_writes_the_new(tree, cast, terms, people):
    _, new = terms
    an, binh, chau = people
    enter_committee(tree.east, entry([(an, "secretary"), (binh, "deputy")], None, OLD), end_old=False, by=cast.officer)
    seats = [(binh, "secretary"), (an, "deputy"), (chau, "committee_member")]
    enter_committee(tree.east, entry(seats, new), end_old=True, by=cast.officer)

    assert held(committee_on(tree.east, date(2025, 7, 31))) == [("Trần Thị An", "secretary"), ("Lê Văn Bình", "deputy")]
    assert held(committee_on(tree.east, NEW)) == [
        ("Lê Văn Bình", "secretary"), ("Trần Thị An", "deputy"), ("Đỗ Minh Châu", "committee_member"),
    ]  # fmt: skip
    assert {post.term for post in Post.objects.on(NEW)} == {new}
    [first, second] = LogEntry.objects.about(tree.east).filter(action="members.enter_committee").order_by("id")
    assert (first.data["people"], second.data) == (
        2, {"people": 3, "on": "2025-08-01", "term": "2025–2030", "paper": "NQ 01-NQ/ĐH"},
    )  # fmt: skip


def test_a_committee_is_written_whole_or_not_at_all(tree, cast, terms, people):
    an, binh, chau = people
    enter_committee(tree.east, entry([(an, "deputy")], None, OLD), end_old=False, by=cast.officer)
    seats = [(binh, "secretary"), (chau, "secretary")]
    with pytest.raises(SeatRefused) as refused:
        enter_committee(tree.east, entry(seats, terms[1]), end_old=True, by=cast.officer)
    assert (refused.value.place, "Lê Văn Bình là bí thư" in refused.value.messages[0]) == (1, True)
    [post] = Post.objects.all()
    assert (post.member, post.ended_on) == (an, None)
    assert LogEntry.objects.about(tree.east).filter(action="members.enter_committee").count() == 1


def test_the_second_click_is_refused(tree, cast, terms, people):
    again = entry([(people[0], "secretary")], terms[1])
    enter_committee(tree.east, again, end_old=True, by=cast.officer)
    with pytest.raises(SeatRefused, match="Hãy kết thúc hoặc sửa mục đó trước"):
        enter_committee(tree.east, again, end_old=True, by=cast.officer)
    assert Post.objects.count() == 1
    with pytest.raises(ValidationError, match="Chưa ghi đồng chí nào"):
        enter_committee(tree.east, entry([]), end_old=True, by=cast.officer)


def test_posts_outside_the_term_are_refused(tree, cast, terms, people):
    with pytest.raises(SeatRefused, match="phải bắt đầu trong nhiệm kỳ"):
        enter_committee(tree.east, entry([(people[0], "deputy")], terms[1], OLD), end_old=False, by=cast.officer)


def test_a_term_lists_also_who_left_on_the_way(tree, cast, terms, people):
    an, binh, _ = people
    enter_committee(
        tree.east, entry([(an, "secretary"), (binh, "deputy")], terms[0], OLD), end_old=False, by=cast.staff
    )
    Post.objects.filter(member=binh).update(ended_on=date(2023, 1, 1))
    shown = committee_of_term(tree.east, terms[0], NEW)
    assert held(shown) == [("Trần Thị An", "secretary"), ("Lê Văn Bình", "deputy")]
    assert held(committee_of_term(tree.east, terms[1], NEW)) == []


def test_posts_left_over_are_ended_together(tree, cast, terms, people):
    an, binh, _ = people
    enter_committee(tree.east, entry([(an, "secretary"), (binh, "deputy")], None, OLD), end_old=False, by=cast.officer)
    left = left_over_posts(tree.east, terms[1])
    assert len(left) == 2
    end_term_posts(tree.east, left, ended_on=NEW, paper="NQ", by=cast.officer)
    assert set(Post.objects.values_list("ended_on", flat=True)) == {NEW}
    assert left_over_posts(tree.east, terms[1]) == []
    with pytest.raises(ValidationError, match="đã kết thúc"):
        end_term_posts(tree.east, left, ended_on=NEW, paper="NQ", by=cast.officer)


# --- pages ------------------------------------------------------------------------------------------------------------


def form_of(rows, **head):
    data = {"started": "01/08/2025", "manner": "elected", "decision": "NQ 1", "end_old": "on", **head}
    data |= {"seats-TOTAL_FORMS": str(len(rows)), "seats-INITIAL_FORMS": "0"}
    for place, (member, title) in enumerate(rows):
        data |= {f"seats-{place}-member": member, f"seats-{place}-title": title}
    return data


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("secretary", 404), ("officer", 200), ("reader", 403)])
def test_who_enters_a_committee(tree, cast, as_, who, status):
    assert as_(getattr(cast, who)).get(url("enter_committee", tree)).status_code == status


def test_a_committee_is_entered_on_one_page(tree, cast, as_, terms, people):
    client = as_(cast.officer)
    page = client.get(url("enter_committee", tree))
    assert (page.context["form"].initial["term"], len(page.context["rows"].forms)) == (terms[1], 19)
    rows = [
        ("tran thi an", "secretary"),
        ("Lê Văn Bình", "deputy"),
        ("", "committee_member"),
        ("Đỗ Minh Châu", "deputy"),
    ]
    answer = client.post(url("enter_committee", tree), form_of(rows, term=terms[1].pk), follow=True)
    text = answer.content.decode()
    assert "Đã ghi 3 chức vụ vào cấp ủy" in text
    assert text.index("Trần Thị An") < text.index("Lê Văn Bình")
    assert reverse("members:member", args=[people[0].pk]) in text


def test_what_is_wrong_is_said_beside_the_row_and_kept(tree, cast, as_, people):
    MemberFactory(home=tree.next_door, full_name="Lê Văn Bình")
    MemberFactory(home=tree.there, full_name="Người Lạ Mặt")
    rows = [
        ("Trần Thị An", "secretary"), ("Lê Văn Bình", "deputy"), ("Người Lạ Mặt", "deputy"), ("Đỗ Minh Châu", ""),
        ("Trần Thị An", "secretary"),
    ]  # fmt: skip
    answer = as_(cast.officer).post(url("enter_committee", tree), form_of(rows))
    text = answer.content.decode()
    for words in ("Có 2 đảng viên khớp", "Không có đảng viên nào như vậy", "Hãy chọn chức vụ", "đã có ở dòng trên"):
        assert words in text, words
    assert 'value="Người Lạ Mặt"' in text
    assert not Post.objects.exists()


def test_a_name_that_two_have_is_told_apart_by_the_cell(tree, cast, as_, people):
    twin = MemberFactory(home=tree.next_door, full_name="Lê Văn Bình")
    rows = [("Lê Văn Bình, 05/03/1980, Chi bộ Khóm 2", "secretary")]
    as_(cast.officer).post(url("enter_committee", tree), form_of(rows))
    assert Post.objects.get().member == twin
    options = as_(cast.officer).get(reverse("members:member_options"), {"seats-0-member": "binh le"}).content.decode()
    assert options.count("<option") == 2
    assert as_(cast.stranger).get(reverse("members:member_options"), {"member": "binh"}).content.decode().strip() == ""


def test_more_rows_keep_what_was_typed(tree, cast, as_):
    data = form_of([("Trần", "secretary")]) | {"more": "1"}
    page = as_(cast.officer).post(url("enter_committee", tree), data)
    assert (len(page.context["rows"].forms), 'value="Trần"' in page.content.decode()) == (6, True)
    assert "Có chỗ cần sửa" not in page.content.decode()


def test_nonsense_in_the_rows_is_no_error_of_the_server(tree, cast, as_):
    client = as_(cast.officer)
    for data in ({}, {"seats-TOTAL_FORMS": "x"}, {"more": "1", "seats-TOTAL_FORMS": "9999"}, {"term": "abc"}):
        assert client.post(url("enter_committee", tree), data).status_code == 200
    assert client.get(url("committee", tree) + "?on=nonsense&term=x").status_code == 200


def test_the_page_shows_day_term_and_hints(tree, cast, as_, terms, people):
    enter_committee(tree.east, entry([(people[0], "standing_member")], None, OLD), end_old=False, by=cast.officer)
    text = as_(cast.officer).get(url("committee", tree)).content.decode()
    assert "chưa ghi là ủy viên ban chấp hành" in text
    assert "Còn 1 chức vụ của nhiệm kỳ trước" in text
    assert url("end_term_posts", tree) in text
    assert (
        "Chưa ghi ai trong cấp ủy" in as_(cast.officer).get(url("committee", tree) + "?on=01/01/2019").content.decode()
    )
    past = as_(cast.reader).get(url("committee", tree) + f"?term={terms[0].pk}").content.decode()
    assert "Trần Thị An" in past
    assert reverse("members:member", args=[people[0].pk]) not in past  # a reader opens no record
    assert url("enter_committee", tree) not in past


def test_the_posts_of_the_old_term_are_ended_on_a_page(tree, cast, as_, terms, people):
    enter_committee(tree.east, entry([(people[0], "secretary")], None, OLD), end_old=False, by=cast.officer)
    client = as_(cast.officer)
    form = client.get(url("end_term_posts", tree)).context["form"]
    assert form.initial == {"posts": [Post.objects.get().pk], "last_day": date(2025, 7, 31)}
    stray = Post.objects.create(member=people[1], organisation=tree.west, title="deputy", started_on=OLD)
    assert client.post(url("end_term_posts", tree), {"posts": [stray.pk], "last_day": "31/07/2025"}).status_code == 200
    answer = client.post(url("end_term_posts", tree), form.initial | {"last_day": "31/07/2025"}, follow=True)
    assert "Đã ghi thôi 1 chức vụ" in answer.content.decode()
    assert Post.objects.get(member=people[0]).ended_on == NEW


def test_as_many_queries_for_many_as_for_few(tree, cast, as_, terms):
    def fill(count):
        members = MemberFactory.create_batch(count, home=tree.here)
        seats = [(member, "committee_member") for member in members]
        enter_committee(tree.east, entry(seats, terms[1]), end_old=False, by=cast.officer)

    fill(1)
    client = as_(cast.officer)
    pages = [url("committee", tree), url("committee", tree) + f"?term={terms[1].pk}"]
    few = [queries_of(client, page) for page in pages]
    fill(29)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= MOST, few


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_the_list_on_paper_and_as_a_workbook(tree, cast, as_, terms, people):
    an, binh, chau = people
    seats = [(an, "standing_member"), (an, "committee_member"), (binh, "secretary"), (chau, "inspection_head")]
    enter_committee(tree.east, entry(seats, terms[1]), end_old=False, by=cast.officer)
    client = as_(cast.reader)
    assert client.get(url("print_committee", tree)).content.startswith(b"%PDF")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(url("export_committee", tree)).content))
    assert book.sheet_names == ["Cấp ủy"]
    assert book.get_sheet_by_name("Cấp ủy").to_python()[1:] == [
        [1.0, "Lê Văn Bình", "05/03/1980", "Bí thư", "Chi bộ Khóm 1", "Bầu", "01/08/2025"],
        [2.0, "Trần Thị An", "05/03/1980", "Ủy viên Ban Thường vụ, Ủy viên Ban Chấp hành", "Chi bộ Khóm 1", "Bầu",
         "01/08/2025"],
        ["", "Ủy ban Kiểm tra", "", "", "", "", ""],
        [1.0, "Đỗ Minh Châu", "05/03/1980", "Chủ nhiệm Ủy ban Kiểm tra", "Chi bộ Khóm 1", "Bầu", "01/08/2025"],
    ]  # fmt: skip
    source = printable("committee")
    assert source.type.label == "Danh sách"
    figures = source.collect(tree.east, year=2025)
    assert source.abstract(figures) == "Ban Chấp hành Đảng bộ Phường Đông nhiệm kỳ 2025–2030"
    assert source.data(source.collect(tree.east, year=2024))["rows"] == []
    here, root = source.collect(tree.here, year=2025), source.collect(tree.root, year=2025)
    assert source.abstract(here) == "chi ủy Chi bộ Khóm 1 tính đến ngày 31/12/2025"
    assert source.abstract(root) == "Ban Chấp hành Đảng bộ Sao Mai tính đến ngày 31/12/2025"
