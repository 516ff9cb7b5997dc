"""The member list: who is on it, in which order, how it is asked."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.models import LogEntry
from members.enums import EndReason, OverlayKind, StartReason, Topic
from members.models import AnnualGrade, Membership, Overlay, Particular
from tests.factories import MemberFactory

URL = "/members/"


def names(response):
    return [row.member.full_name for row, _ in response.context["page"]]


@pytest.fixture
def listed(as_, cast):
    """Names that the officer reads for a query."""

    def ask(user=None, **query):
        response = as_(user or cast.officer).get(URL, query)
        assert response.status_code == 200, response.status_code
        return names(response)

    return ask


def move(member, *, to, on):
    member.memberships.update(ended_on=on, end_reason=EndReason.MOVED_OUT)
    Membership.objects.create(member=member, organisation=to, started_on=on, start_reason=StartReason.MOVED_IN)
    member.home = to
    member.save(update_fields=["home"])


def answer(member, topic, value):
    return Particular.objects.create(member=member, topic=topic, value=value, started_on=date(2025, 7, 1))


@pytest.mark.parametrize(
    "asked",
    [
        "Đặng Thị Hòa", "dang thi hoa", "DANG HOA", "hoa dang", "Hoà", "đặng", "  hoa   thi ", "hoa\x00",
        unicodedata.normalize("NFD", "Đặng Thị Hoà"),
    ],
)  # fmt: skip
def test_search_forgives_accents_forms_and_order(tree, listed, asked):
    MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")
    MemberFactory(home=tree.here, full_name="Trần Văn Bình")
    assert listed(q=asked) == ["Đặng Thị Hòa"]


@pytest.mark.parametrize("asked", ["096180501234", "0961 8050 1234", "1234", "12345678", "000123 CM", "000123"])
def test_search_takes_a_whole_number_or_its_last_four_digits(tree, listed, asked):
    MemberFactory(
        home=tree.here, full_name="Lê Thị Mai", personal_id="096180501234", former_card_number="12345678",
        cv_number="000123 CM",
    )  # fmt: skip
    MemberFactory(home=tree.here)
    assert listed(q=asked) == ["Lê Thị Mai"]


@pytest.mark.parametrize("asked", ["501234", "234", "96180501234", "05012"])
def test_search_does_not_take_other_parts_of_a_number(tree, listed, asked):
    MemberFactory(home=tree.here, personal_id="096180501234")
    assert listed(q=asked) == []


def test_names_stand_in_vietnamese_order(tree, listed):
    for name in ("Trần Văn Đạt", "Lê Văn Dũng", "Nguyễn Thị Ánh", "Phạm Văn An", "Bùi Văn Ân", "Ngô Văn An"):
        MemberFactory(home=tree.here, full_name=name)
    expected = ["Ngô Văn An", "Phạm Văn An", "Nguyễn Thị Ánh", "Bùi Văn Ân", "Lê Văn Dũng", "Trần Văn Đạt"]
    assert listed() == expected
    assert listed(sort="-name") == expected[::-1]


def test_sorted_by_birth_with_unknown_ones_last(tree, listed):
    for name, born in (("Lê An", date(1980, 1, 1)), ("Lê Bình", None), ("Lê Cúc", date(1970, 1, 1))):
        MemberFactory(home=tree.here, full_name=name, born_on=born)
    assert listed(sort="born") == ["Lê Cúc", "Lê An", "Lê Bình"]
    assert listed(sort="-born") == ["Lê An", "Lê Cúc", "Lê Bình"]


def test_filters(tree, listed, today):
    woman = MemberFactory(home=tree.here, full_name="Lê Thị Lan", sex="female", born_on=date(today.year - 30, 1, 1))
    MemberFactory(home=tree.next_door, full_name="Lê Văn Kiệt", official_on=None, born_on=date(today.year - 43, 1, 1))
    answer(woman, Topic.DEGREE, "master")
    answer(woman, Topic.THEORY, "advanced")
    AnnualGrade.objects.create(
        member=woman, year=today.year - 1, scale="nhiem_vu", level="HTTNV", organisation=tree.here
    )
    assert listed() == ["Lê Văn Kiệt", "Lê Thị Lan"]
    for query in (
        {"sex": "female"}, {"age": "18-30"}, {"age": "-34"}, {"degree": "master"}, {"theory": "advanced"},
        {"grade": "HTTNV"}, {"organisation": tree.here.pk}, {"status": "official"},
    ):  # fmt: skip
        assert listed(**query) == ["Lê Thị Lan"], query
    for query in ({"status": "probationary"}, {"degree": "unknown"}, {"grade": "no_result"}, {"age": "41-45"}):
        assert listed(**query) == ["Lê Văn Kiệt"], query
    assert listed(grade="not_rated") == []


def test_status_follows_overlays_and_ends(tree, listed, today):
    exempt = MemberFactory(home=tree.here, full_name="Lê Văn Miễn")
    Overlay.objects.create(member=exempt, kind=OverlayKind.EXEMPT, started_on=date(2025, 8, 1))
    gone = MemberFactory(home=tree.here, full_name="Lê Văn Mất")
    gone.memberships.update(ended_on=date(2026, 2, 1), end_reason=EndReason.DIED)
    assert listed() == ["Lê Văn Miễn"]
    assert listed(status="exempt") == ["Lê Văn Miễn"]
    assert listed(status="ended") == ["Lê Văn Mất"]


def test_question_is_said_as_a_sentence(as_, cast, tree):
    query = {"status": "official", "sex": "female", "age": "-34", "organisation": tree.east.pk}
    page = as_(cast.officer).get(URL, query)
    assert page.context["roll"].words == "Đảng viên chính thức của Đảng bộ Phường Đông, nữ, dưới 35 tuổi"


def test_columns_are_chosen(as_, cast, tree):
    MemberFactory(home=tree.here, personal_id="096180501234", residence="Khóm 1")
    page = as_(cast.officer).get(URL, {"columns": ["residence", "personal_id", "nonsense"]})
    [(_, cells)] = page.context["page"]
    assert cells == [("Số định danh", "••••••••1234"), ("Nơi thường trú", "Khóm 1")]
    assert "09618050" not in page.content.decode()


def test_as_of_a_day_shows_the_cell_of_that_day_without_todays_data(as_, cast, tree):
    member = MemberFactory(home=tree.here, full_name="Trần Văn Đi", personal_id="096180501234")
    move(member, to=tree.there, on=date(2026, 3, 1))
    then = as_(cast.officer).get(URL, {"on": "28/02/2026", "columns": ["cell", "personal_id"]})
    [(_, cells)] = then.context["page"]
    assert cells == [("Chi bộ", "Chi bộ Khóm 1, Đảng bộ Phường Đông"), ("Số định danh", "")]
    assert str(member.pk) not in then.content.decode()
    after = as_(cast.officer).get(URL, {"on": "01/03/2026"})
    assert names(after) == []
    assert names(as_(cast.officer).get(URL, {"on": "28/02/2026", "q": "1234"})) == []


def test_as_of_a_day_counts_status_of_that_day(tree, listed):
    member = MemberFactory(home=tree.here, official_on=date(2026, 5, 19))
    assert listed(on="18/05/2026", status="probationary") == [member.full_name]
    assert listed(on="19/05/2026", status="official") == [member.full_name]
    assert listed(on="30/06/2025") == []


@pytest.mark.parametrize("also", [{}, {"grade": "no_result"}])
def test_fifty_a_page_and_the_last_page_for_any_number_beyond(as_, cast, tree, also):
    for _ in range(51):
        MemberFactory(home=tree.here)
    client = as_(cast.officer)

    def page(number):
        return names(client.get(URL, also | {"page": number}))

    assert len(names(client.get(URL, also))) == 50
    assert len(page("2")) == 1
    assert page("2") == page("99999999999999999999")
    assert page("2") == page("3")
    assert page("2") == page("last")
    assert page("1") == page("0x") == names(client.get(URL, also))
    assert "51 dòng" in client.get(URL, also | {"page": "2"}).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"}, {"page": "-1"}, {"on": "31/02/2026"}, {"on": "rác"}, {"on": "01/01/2999"}, {"q": "\x00"},
        {"q": "a" * 5000}, {"q": "%_'\"--"}, {"sort": "password"}, {"columns": "\x00"}, {"status": "x"},
        {"age": "1 or 1"}, {"grade": "\x00"}, {"sex": ["a", "b"]},
    ],
)  # fmt: skip
def test_junk_is_answered_in_words(as_, cast, tree, query):
    MemberFactory(home=tree.here)
    assert as_(cast.officer).get(URL, query).status_code == 200


@pytest.mark.parametrize("asked", ["abc", "0", "999999999999999999999999", "-1", "\x00"])
def test_an_unknown_organisation_is_not_found(as_, cast, asked):
    assert as_(cast.officer).get(URL, {"organisation": asked}).status_code == 404


def test_a_secretary_lists_the_own_cell_alone(as_, cast, tree):
    mine = MemberFactory(home=tree.here, full_name="Lê Văn Trùng")
    other = MemberFactory(home=tree.there, full_name="Lê Văn Trùng", personal_id="096180509999")
    client = as_(cast.secretary)
    page = client.get(URL, {"q": "trung"})
    assert [row.member.pk for row, _ in page.context["page"]] == [mine.pk]
    assert names(client.get(URL, {"q": "9999"})) == []
    assert client.get(URL, {"organisation": tree.there.pk}).status_code == 404
    assert str(other.pk) not in client.get(URL).content.decode()


def test_names_are_escaped(as_, cast, tree):
    MemberFactory(home=tree.here, full_name="<script>alert(1)</script>", alias='"><img src=x>')
    html = as_(cast.officer).get(URL, {"q": '"><script>x</script>'}).content.decode()
    html += as_(cast.officer).get(URL).content.decode()
    assert "<script>alert(1)" not in html
    assert "<script>x" not in html
    assert "<img src=x>" not in html
    assert "&lt;script&gt;alert(1)" in html


ALL_COLUMNS = ["cell", "status", "post", "grade", "degree", "theory", "occupation", "personal_id"]


@pytest.mark.parametrize("query", [{"columns": ALL_COLUMNS}, {"columns": ALL_COLUMNS, "on": "01/10/2026"}])
def test_same_number_of_queries_for_one_row_and_for_thirty(as_, cast, tree, query):
    client = as_(cast.staff)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(URL, query).status_code == 200
        return len(captured)

    MemberFactory(home=tree.here)
    one = count()
    for place in (tree.here, tree.there, tree.far) * 10:
        member = MemberFactory(home=place)
        answer(member, Topic.DEGREE, "bachelor")
    assert count() == one <= 12


def test_reading_the_list_writes_nothing(as_, cast, tree):
    MemberFactory(home=tree.here)
    client = as_(cast.officer)
    client.get(URL)
    before = LogEntry.objects.count()
    with CaptureQueriesContext(connection) as captured:
        client.get(URL, {"q": "so", "sort": "born"})
    assert [
        query["sql"] for query in captured if query["sql"].lstrip("( ").split()[0] in ("INSERT", "UPDATE", "DELETE")
    ] == []
    assert LogEntry.objects.count() == before


def test_reader_and_administrator_do_not_list_people(as_, cast):
    assert as_(cast.reader).get(reverse("members:list")).status_code == 403
    assert as_(cast.administrator).get(reverse("members:list")).status_code == 403


def test_temporary_guests_stay_on_the_list_of_their_home(tree, listed, cast):
    guest = MemberFactory(home=tree.here, full_name="Lê Văn Khách")
    Membership.objects.create(
        member=guest, organisation=tree.there, kind="temporary", started_on=date.today() - timedelta(days=9),
        start_reason=StartReason.TEMPORARY,
    )  # fmt: skip
    assert listed(status="temporary_out") == ["Lê Văn Khách"]
    assert listed(cast.other_officer) == []
