"""Name lists of a day: who stands in which, in which order, on screen, as a workbook, on paper."""

import subprocess
from datetime import date

import pytest
from django.urls import reverse

from cells.actions.documents import draft_document
from cells.frames import frame_of
from config.lib.sheets import read_workbook
from members.actions.endings import EndingEntry, remove_name
from members.actions.restorations import RestorationEntry, readmit
from members.models import Member, Membership, Overlay, Post
from members.reports.name_lists import read_name_list
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 31)


def lines(name, organisation, on=ON):
    return list(read_name_list(name, organisation, on=on).rows)


@pytest.fixture
def people(tree):
    """A secretary, one exempt, one on probation in "here"; one next door; a guest of "here" from "there"."""
    an = MemberFactory(home=tree.here, full_name="Nguyễn Văn An")
    Post.objects.create(member=an, organisation=tree.here, title="secretary", started_on=date(2026, 2, 1))
    exempt = MemberFactory(home=tree.here, full_name="Lê Thị Bé")
    Overlay.objects.create(member=exempt, kind="exempt", started_on=date(2026, 2, 1), ended_on=date(2026, 11, 1))
    MemberFactory(home=tree.here, full_name="Trần Văn Cúc", admitted_on=date(2026, 5, 19), official_on=None)
    MemberFactory(home=tree.next_door, full_name="Ngô Thị Bình")
    guest = MemberFactory(home=tree.there, full_name="Phạm Văn Ạ")
    Membership.objects.create(
        member=guest, organisation=tree.here, kind="temporary", started_on=date(2026, 3, 1), start_reason="temporary"
    )
    return guest


def test_members_of_a_body_on_a_day_by_cell_and_name(tree, people):
    assert [(row[0], row[4], row[5], row[6]) for row in lines("roll", tree.east)] == [
        ("Nguyễn Văn An", "Bí thư", "Chi bộ Khóm 1", ""),
        ("Lê Thị Bé", "", "Chi bộ Khóm 1", "miễn công tác và sinh hoạt"),
        ("Trần Văn Cúc", "", "Chi bộ Khóm 1", "dự bị"),
        ("Ngô Thị Bình", "", "Chi bộ Khóm 2", ""),
    ]
    assert lines("roll", tree.here)[2] == (
        "Trần Văn Cúc", "05/03/1980", "19/05/2026", "", "", "Chi bộ Khóm 1", "dự bị",
    )  # fmt: skip


def test_the_list_of_another_day_is_that_of_the_day(tree, people):
    assert [row[6] for row in lines("roll", tree.here, date(2026, 11, 5))][1] == ""
    assert {row[4] for row in lines("roll", tree.here, date(2026, 1, 15))} == {""}


def test_those_on_probation_with_the_end_of_their_months(tree, people):
    assert lines("probationers", tree.root) == [
        ("Trần Văn Cúc", "05/03/1980", "19/05/2026", "19/05/2027", "Chi bộ Khóm 1", "")
    ]


@pytest.fixture
def readmitted(tree, cast):
    """Official from 2006, out from 15/06/2026, admitted again on 20/10/2026."""
    member = MemberFactory(home=tree.here, full_name="Lê Văn Lại")
    out, back = date(2026, 6, 15), date(2026, 10, 20)
    remove_name(member, EndingEntry(out, decision="5-QĐ/ĐU", decided_on=out), by=cast.officer)
    readmit(member, RestorationEntry(back, tree.here, "20-QĐ/TU", back), by=cast.officer)
    return member


def test_the_probation_of_who_was_readmitted_runs_from_the_new_ceremony(tree, readmitted):
    assert lines("probationers", tree.root) == [
        ("Lê Văn Lại", "05/03/1980", "19/05/2005", "20/10/2027", "Chi bộ Khóm 1", "kết nạp lại 20/10/2026")
    ]
    [line] = lines("roll", tree.root)
    assert (line[3], line[6]) == ("", "dự bị")


def test_who_was_official_before_the_readmission_stands_so_on_a_day_of_that_time(tree, readmitted):
    before = date(2026, 6, 1)
    assert lines("probationers", tree.root, before) == []
    [line] = lines("roll", tree.root, before)
    assert (line[3], line[6]) == ("19/05/2006", "")


def test_who_was_recognised_again_is_on_no_list_of_probationers(tree, readmitted):
    Member.objects.filter(pk=readmitted.pk).update(official_on=date(2027, 10, 25))
    days = (date(2026, 6, 1), date(2027, 10, 24), date(2027, 10, 25))
    assert [[row[3] for row in lines("roll", tree.root, day)] for day in days] == [["19/05/2006"], [""], ["25/10/2027"]]
    assert [len(lines("probationers", tree.root, day)) for day in days] == [0, 1, 0]


def test_the_sheet_of_a_meeting_names_guests_last_and_leaves_room_to_sign(tree, people):
    assert lines("sign_in", tree.here) == [
        ("Nguyễn Văn An", "Bí thư", "Chi bộ Khóm 1", "", "", ""),
        ("Lê Thị Bé", "", "Chi bộ Khóm 1", "miễn công tác và sinh hoạt", "", ""),
        ("Trần Văn Cúc", "", "Chi bộ Khóm 1", "dự bị", "", ""),
        ("Phạm Văn Ạ", "", "Chi bộ Khóm 1", "sinh hoạt tạm thời", "", ""),
    ]


def test_paper_and_workbook(tree, cast, as_, people):
    client = as_(cast.secretary)
    page = client.get(reverse("members:name_lists"), {"organisation": "Chi bộ Khóm 1", "on": "31/10/2026"})
    address = reverse("members:print_name_list", args=[tree.here.pk, "sign_in"])
    assert f"{address}?on=31/10/2026" in page.content.decode()
    paper = client.get(address, {"on": "31/10/2026"})
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    book = client.get(reverse("members:export_name_list", args=[tree.here.pk, "sign_in"]), {"on": "31/10/2026"})
    rows = read_workbook(book.content, "a.xlsx").sheets[0].rows
    assert rows[0] == ["TT", "Họ và tên", "Chức vụ", "Nơi sinh hoạt", "Tình trạng", "Ký tên", "Ghi chú"]
    assert rows[1][:3] == [1, "Nguyễn Văn An", "Bí thư"]
    for bad in ("31/02/2026", "x", "01/01/0001"):
        assert client.get(address, {"on": bad}).status_code == 404
    assert client.get(reverse("members:print_name_list", args=[tree.here.pk, "x"])).status_code == 404
    assert client.get(reverse("members:print_name_list", args=[tree.there.pk, "roll"])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("name_list_sign_in", ("DANH SÁCH", "…-DS/CB", "điểm danh sinh hoạt ngày 31/12/2026")),
        ("name_list_roll", ("DANH SÁCH", "…-DS/CB", "đảng viên tính đến ngày 31/12/2026")),
        ("register_deaths", ("DANH SÁCH", "…-DS/CB", "đảng viên từ trần năm 2026")),
        ("register_cards", ("BÁO CÁO", "…-BC/CB", "sổ phát thẻ đảng viên năm 2026")),
    ],
)
def test_a_list_of_names_is_headed_as_one_and_a_book_is_reported(tree, cast, people, kind, said):
    draft = draft_document(kind, tree.here, params={"year": 2026}, on=date(2026, 11, 23), by=cast.staff)
    assert (frame_of(draft, on=date(2026, 11, 23)).type_name, draft.number_text, draft.abstract) == said


@pytest.mark.poppler
def test_the_sheet_of_a_meeting_says_what_it_is(tree, cast, as_, people):
    paper = as_(cast.secretary).get(reverse("members:print_name_list", args=[tree.here.pk, "sign_in"]))
    text = subprocess.run(["pdftotext", "-", "-"], input=paper.content, capture_output=True, check=True).stdout.decode()
    assert ("DANH SÁCH" in text, "BÁO CÁO" in text, "-DS/CB" in text) == (True, False, True)


def test_lists_ask_the_same_for_one_person_and_for_thirty(tree, cast, as_):
    client, url = as_(cast.staff), reverse("members:export_name_list", args=[tree.root.pk, "sign_in"])
    MemberFactory(home=tree.here)
    one = queries_of(client, url)
    for _ in range(29):
        MemberFactory(home=tree.here)
    assert queries_of(client, url) == one <= MOST
    assert queries_of(client, reverse("members:name_lists")) <= MOST
