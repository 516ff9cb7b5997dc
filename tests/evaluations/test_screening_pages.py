"""The pages of screening: the cell's work on screen, who may know of whom, what the log keeps, what paper says."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cells.actions.tree_changes import undo_event
from cells.models import LogEntry
from evaluations import actions
from evaluations.actions.screening_cells import NoteEntry
from evaluations.actions.screening_removal import RemovalEntry
from evaluations.models import CellReview, Removal, ScreeningNote, ScreeningSubject
from evaluations.screening_board import read_board
from evaluations.screening_report import read_report
from members.models import Overlay, Proceeding, Transfer
from tests.cells.tree_cases import TODAY, do, merge
from tests.evaluations.screening_cases import (
    a_year,
    actions_flag,
    candidate,
    computed,
    consulted,
    flags,
    graded,
    helped,
    keep_register,
    progress,
    voted,
)
from tests.factories import MemberFactory
from tests.members.moving import issue, request
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
NAME = "Lê Văn Kín"
CUTOFF = date(2026, 11, 20)
ON = date(2026, 11, 21)


@pytest.fixture
def member(tree):
    keep_register(tree.here)
    member = MemberFactory(home=tree.here, full_name=NAME)
    a_year(tree.here, member, missed=(2, 3, 4), unpaid=(1, 4, 6))
    graded(member, {2024: "KHTNV", 2025: "KHTNV"})
    return member


@pytest.fixture
def one(tree, cast, member):
    return computed(tree.east, cast.officer, cutoff=CUTOFF, today=CUTOFF)


def cell_url(name, one, cell):
    return reverse(f"evaluations:{name}", args=[one.pk, cell.pk])


def test_the_cell_sees_evidence_both_counts_article_and_exclusions(as_, cast, tree, one):
    page = as_(cast.secretary).get(cell_url("screening_cell", one, tree.here)).content.decode()
    for words in (
        NAME, "cộng dồn 3, liên tục 3", "cộng dồn 3, liên tục 1", "Đủ theo cả hai cách tính", "Cần xem xét",
        "2 năm liền xếp loại không hoàn thành nhiệm vụ", "208-QĐ/TW", "02-HD/BTCTW",
    ):  # fmt: skip
        assert words in page, words
    assert "X5" not in page


def test_the_cell_puts_up_and_dismisses_those_marked(as_, cast, tree, one, member):
    other = MemberFactory(home=tree.here)
    actions.record_flag(one, tree.here, actions_flag(other, "B5"), by=cast.secretary)
    client, back = as_(cast.secretary), cell_url("screening_cell", one, tree.here)
    sent = {"member": [str(member.pk)], "on": "21/11/2026", "reason": ""}
    assert client.post(cell_url("put_up", one, tree.here), sent).url == back
    answer = client.post(cell_url("dismiss_together", one, tree.here), {**sent, "member": [str(other.pk)]})
    assert answer.status_code == 422
    assert "Hãy ghi lý do không đưa vào danh sách" in answer.content.decode()
    sent = {"member": [str(other.pk)], "on": "21/11/2026", "reason": "Đã giải trình"}
    assert client.post(cell_url("dismiss_together", one, tree.here), sent).url == back
    assert {row.member: row.state for row in ScreeningSubject.objects.all()} == {
        member: "candidate",
        other: "dismissed",
    }


@pytest.mark.parametrize("sent", [
    {}, {"member": ["x" * 40], "on": "21/11/2026"}, {"member": ["%00"], "on": "32/13/2026"},
    {"member": ["00000000-0000-0000-0000-000000000000"], "on": "21/11/2026"}, {"member": [""], "on": "99999999999"},
])  # fmt: skip
def test_junk_is_answered_in_words(as_, cast, tree, one, sent):
    answer = as_(cast.secretary).post(cell_url("put_up", one, tree.here), sent)
    assert answer.status_code == 422
    assert ScreeningSubject.objects.count() == 0


PAGES = ("screening_round", "screening_people", "screening_report", "export_screening_report")


@pytest.mark.parametrize("name", ["officer", "staff", "inspector", "head", "reader"])
def test_while_a_candidate_only_the_own_cell_knows_the_name(as_, cast, tree, one, member, name):
    """Data that could leak stand in every place: flags, a candidate, a statement, an entry of the log."""
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    actions.keep_note(one, tree.here, member, NoteEntry("statement", ON, "Tôi ốm"), by=cast.secretary)
    client = as_(getattr(cast, name))
    for page in PAGES:
        answer = client.get(reverse(f"evaluations:{page}", args=[one.pk]))
        assert NAME.encode() not in answer.content, page
    for address in ("/", "/log/", f"/search/?q={member.pk}"):
        assert "rà soát của Lê Văn Kín" not in client.get(address).content.decode()
    assert client.get(reverse("evaluations:screening_subject", args=[subject.pk])).status_code in (403, 404)
    assert as_(cast.secretary).get(reverse("evaluations:screening_subject", args=[subject.pk])).status_code == 200


def test_from_the_opinion_of_the_superior_on_the_committees_know(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    consulted(subject, cast.secretary, on=ON)
    address = reverse("evaluations:screening_people", args=[one.pk])
    for name in ("secretary", "officer", "staff", "inspector", "head"):
        assert NAME in as_(getattr(cast, name)).get(address).content.decode(), name
    for name, status in (("other_officer", 404), ("stranger", 404), ("reader", 403), ("administrator", 403)):
        assert as_(getattr(cast, name)).get(address).status_code == status, name


def test_each_look_is_noted_once_a_day_and_reader(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    address = reverse("evaluations:screening_subject", args=[subject.pk])
    for _ in range(3):
        as_(cast.secretary).get(address)
        as_(cast.secretary).get(cell_url("screening_cell", one, tree.here))
    consulted(subject, cast.secretary, on=ON)
    for _ in range(2):
        as_(cast.officer).get(address)
    looks = [(entry.action, entry.actor) for entry in LogEntry.objects.filter(action__contains="read_").order_by("id")]
    assert looks == [
        ("screening.read_screening", cast.secretary),
        ("screening.read_flags", cast.secretary),
        ("evaluations.read_screening", cast.officer),
    ]


def test_proceedings_are_shown_to_inspection_officers_alone(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    consulted(subject, cast.secretary, on=ON)
    Proceeding.objects.create(member=member, stage="charged", started_on=date(2026, 5, 1))
    address, words = reverse("evaluations:screening_subject", args=[subject.pk]), "Có thông tin tố tụng đang mở"
    shown = {name for name in ("secretary", "officer", "staff", "inspector", "head")
             if words in as_(getattr(cast, name)).get(address).content.decode()}  # fmt: skip
    assert shown == {"inspector", "head"}
    hints = as_(cast.secretary).get(reverse("evaluations:screening_hints", args=[tree.here.pk])).content.decode()
    assert (words in hints, "C7:" in hints) == (False, False)


def test_hints_stand_apart_are_labelled_and_counted_nowhere(as_, cast, tree):
    keep_register(tree.here)
    member = MemberFactory(home=tree.here, full_name=NAME)
    a_year(tree.here, member, missed=(2,))
    one = computed(tree.east, cast.officer, cutoff=CUTOFF, today=CUTOFF)
    assert flags(one, member) == {}
    page = as_(cast.secretary).get(reverse("evaluations:screening_hints", args=[tree.here.pk])).content.decode()
    assert "C1: Vắng không lý do 1 tháng" in page
    assert page.count("Gợi ý của phần mềm, không phải quy định") >= 2
    report = read_report(one, tree.east, user=cast.officer, on=ON)
    assert dict(report.lines)["Đảng viên có căn cứ cần xem xét"] == 0
    assert sum(number for _, _, number in report.criteria) == 0


def test_the_report_counts_by_criterion_and_names_only_those_put_before_the_committee(cast, tree, one, member):
    known = candidate(tree.here, cast.secretary, one=one, member=MemberFactory(home=tree.here), on=ON)
    consulted(known, cast.secretary, on=ON)
    voted(known, cast.secretary, yes=3, present=3, held_on=ON)
    actions.review_cell(one, tree.here, on=ON, not_discussed="chờ xác minh", by=cast.secretary)
    report = read_report(one, tree.east, user=cast.officer, on=ON)
    lines, criteria = dict(report.lines), {code: number for code, _, number in report.criteria}
    assert lines["Tổng số đảng viên"] == 3
    assert lines["Chi bộ đã rà soát"] == 1
    assert lines["Chi bộ chưa rà soát"] == 1
    assert lines["Mới đưa vào danh sách giáo dục, giúp đỡ"] == 1
    assert {code: number for code, number in criteria.items() if number} == {"X1": 1, "X2": 1, "B1": 1, "B4": 1}
    assert [(person.name, person.grounds) for person in report.people] == [(known.member.full_name, "B4")]
    assert read_report(one, tree.east, user=cast.reader, on=ON).people == ()


def test_papers_are_made_of_the_same_figures(as_, cast, one, tree, member):
    client = as_(cast.secretary)
    for page, start in (("print_screening_report", b"%PDF"), ("export_screening_report", b"PK")):
        assert client.get(reverse(f"evaluations:{page}", args=[one.pk])).content.startswith(start)
    own = reverse("evaluations:print_own_flags", args=[one.pk, tree.here.pk, member.pk])
    assert client.get(own).content.startswith(b"%PDF")
    assert LogEntry.objects.filter(action="screening.read_flags", subject_id=str(member.pk)).count() == 1


def test_flagged_twice_without_a_word_is_counted_on_the_board(as_, cast, tree, member):
    first = computed(tree.east, cast.officer, cutoff=date(2026, 6, 30), today=date(2026, 6, 30), half=1)
    actions.close_round(first, reason="hết kỳ", by=cast.officer)
    second = computed(tree.east, cast.officer, cutoff=CUTOFF, today=CUTOFF, half=2)

    assert read_board(second, cast.officer).twice == 1
    actions.put_up(second, tree.here, [member], on=ON, by=cast.secretary)
    board = read_board(second, cast.officer)
    assert (board.twice, board.undiscussed, board.middle_days) == (0, 0, 1)
    assert CellReview.objects.count() == 0


def many(tree, cast, one, number):
    """So many people of the cell at each stage."""
    for _ in range(number):
        flagged, person = MemberFactory(home=tree.here), MemberFactory(home=tree.here)
        actions.record_flag(one, tree.here, actions_flag(flagged, "B5"), by=cast.secretary)
        ScreeningNote.objects.create(
            round=one, member=flagged, organisation=tree.here, kind="statement", on=ON, text="Ý kiến"
        )
        subject = candidate(tree.here, cast.secretary, one=one, member=person, on=ON)
        consulted(subject, cast.secretary, on=ON)


@pytest.mark.parametrize("page", ["screening_cell", "screening_people", "screening_round", "screening_report"])
def test_the_same_queries_for_1_and_30(as_, cast, tree, one, page):
    place = [one.pk, tree.here.pk] if page == "screening_cell" else [one.pk]
    address, client = reverse(f"evaluations:{page}", args=place), as_(cast.secretary)
    many(tree, cast, one, 1)
    few = queries_of(client, address)
    many(tree, cast, one, 29)
    assert queries_of(client, address) == few <= MOST


def test_a_vote_on_screen_says_who_is_counted_and_keeps_what_was_typed(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    consulted(subject, cast.secretary, on=ON)
    client, address = as_(cast.secretary), reverse("evaluations:vote_list", args=[subject.pk])
    assert "tính biểu quyết 2, cần 2 phiếu" in client.get(address).content.decode()
    sent = {"held_on": "21/11/2026", "present": "2", "yes": "999999999999", "no": "0", "blank": "0", "number": "07-NQ"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'value="07-NQ"' in answer.content.decode()
    told = client.post(address, {**sent, "yes": "2"}, follow=True).content.decode()
    assert "Đã ghi biểu quyết: 2 tán thành trong 2 được tính, cần 2: đủ phiếu." in told
    subject.refresh_from_db()
    assert subject.state == "assisting"


def on_the_road(tree, cast, member):
    """A slip to the cell "there" of which the new cell was told on 5/5/2026."""
    moving = issue(request(member, tree.there, by=cast.secretary, requested_on=ISSUED), by=cast.staff, issued_on=ISSUED)
    Transfer.objects.filter(pk=moving.pk).update(file_taken_on=ISSUED, notice_received_on=ISSUED)


ISSUED = date(2026, 5, 5)


def primary(client, subject):
    """The words of the primary button on the page of a person; empty where there is none."""
    page = client.get(reverse("evaluations:screening_subject", args=[subject.pk])).content.decode()
    found = re.search(r'btn btn-primary" href="[^"]*">([^<]+)', page.split('id="next"')[-1])
    return found[1] if found else ""


def test_what_is_due_next_stands_out_and_never_an_end(as_, cast, tree, one, member):
    for _ in range(4):
        MemberFactory(home=tree.here)
    subject = candidate(tree.here, cast.secretary, one=one, on=ON)
    assert primary(as_(cast.secretary), subject) == "Ghi ý kiến cấp ủy cấp trên"
    consulted(subject, cast.secretary, on=ON)
    voted(subject, cast.secretary, yes=5, present=6, held_on=ON)
    assert primary(as_(cast.secretary), subject) == "Phân công giúp đỡ, nhận cam kết"
    helped(subject, cast.secretary, MemberFactory(home=tree.here), since=ON)
    assert primary(as_(cast.secretary), subject) == "Ghi theo dõi hằng tháng"
    progress(subject, cast.secretary, ON, progressed=True)
    assert primary(as_(cast.secretary), subject) == ""
    assert primary(as_(cast.officer), subject) == "Công nhận tiến bộ"


def test_helpers_offered_are_there_and_pointed_at_by_nothing(as_, cast, tree, one, member):
    for _ in range(4):
        MemberFactory(home=tree.here)
    subject = candidate(tree.here, cast.secretary, one=one, member=MemberFactory(home=tree.here), on=ON)
    consulted(subject, cast.secretary, on=ON)
    voted(subject, cast.secretary, yes=6, present=7, held_on=ON)
    MemberFactory(home=tree.here, full_name="Trần Văn Giúp")
    exempt = MemberFactory(home=tree.here, full_name="Trần Văn Miễn")
    Overlay.objects.create(member=exempt, kind="exempt", started_on=date(2026, 1, 1))
    page = as_(cast.secretary).get(reverse("evaluations:assist", args=[subject.pk])).content.decode()
    offered = page.split("Người được phân công giúp đỡ")[1]
    assert "Trần Văn Giúp" in offered
    assert "Trần Văn Miễn" not in offered
    assert NAME not in offered  # he is flagged himself


@pytest.mark.parametrize(("cutoff", "shown"), [(date(2026, 8, 5), False), (date(2026, 8, 6), True)])
def test_who_does_not_arrive_is_a_matter_of_the_receiving_cell(as_, cast, tree, cutoff, shown):
    member = MemberFactory(home=tree.here, full_name=NAME)
    on_the_road(tree, cast, member)
    one = computed(tree.root, cast.staff, cutoff=cutoff, today=cutoff)
    assert flags(one, member) == ({"X1t": ("needs_human", None, None)} if shown else {})
    assert (NAME in as_(cast.stranger).get(cell_url("screening_cell", one, tree.there)).content.decode()) is shown
    assert NAME not in as_(cast.secretary).get(cell_url("screening_cell", one, tree.here)).content.decode()
    sent = {"member": [str(member.pk)], "on": "21/11/2026"}
    as_(cast.stranger).post(cell_url("put_up", one, tree.there), sent)
    assert ScreeningSubject.objects.filter(member=member, organisation=tree.there).exists() is shown


def test_open_matters_follow_their_people_when_cells_merge(cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    event = do(merge(tree), cast.staff)
    subject.refresh_from_db()
    assert subject.organisation.name == "Chi bộ Khóm Liên"
    undo_event(event, reason="ghi nhầm", on=TODAY, by=cast.staff)
    subject.refresh_from_db()
    assert subject.organisation == tree.here


def test_what_waits_stands_on_the_desk_of_whom_it_waits_for(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    words = "Xin ý kiến cấp ủy cấp trên: Lê Văn Kín"
    assert words in as_(cast.secretary).get("/").content.decode()
    assert NAME not in as_(cast.officer).get("/").content.decode()
    actions.close_round(one, reason="hết kỳ", by=cast.officer)
    assert words not in as_(cast.secretary).get("/").content.decode()
    ScreeningSubject.objects.filter(pk=subject.pk).update(state="progress_review")
    assert "Xem xét công nhận tiến bộ: Lê Văn Kín" in as_(cast.officer).get("/").content.decode()
    assert NAME not in as_(cast.other_officer).get("/").content.decode()


def test_a_ground_longer_than_what_is_kept_comes_back_with_its_words(one, member, tree, cast, as_):
    sent = {"member": member.pk, "code": "B5", "on": "01/11/2026", "reason": "x" * 1001, "document": "Biên bản số 1"}
    answer = as_(cast.secretary).post(reverse("evaluations:record_flag", args=[one.pk, tree.here.pk]), sent)
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()


def test_a_round_closes_with_what_is_left_said_and_opens_again(as_, cast, tree, one, member):
    client, address = as_(cast.officer), reverse("evaluations:close_round", args=[one.pk])
    assert "1 đảng viên có căn cứ chưa được xem xét, 2 chi bộ chưa rà soát" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    one.refresh_from_db()
    assert one.is_open
    client.post(address, {"reason": "Hết thời hạn của đảng ủy"})
    one.refresh_from_db()
    assert not one.is_open
    line = LogEntry.objects.get(action="evaluations.close_round")
    assert (line.data["reason"], line.data["left"][:2]) == ("Hết thời hạn của đảng ủy", "1 ")
    client.post(reverse("evaluations:reopen_round", args=[one.pk]), {"reason": "Đóng nhầm"})
    one.refresh_from_db()
    assert (one.is_open, one.closed_at) == (True, None)
    again = client.post(reverse("evaluations:reopen_round", args=[one.pk]), {"reason": "Đóng nhầm"})
    assert "đang mở" in again.content.decode()


def test_screening_says_how_far_the_removal_it_proposed_has_come(as_, cast, tree, one, member):
    [subject] = actions.put_up(one, tree.here, [member], on=ON, by=cast.secretary)
    consulted(subject, cast.secretary, on=ON)
    actions.propose_removal(subject, RemovalEntry(ON, ("X2",)), by=cast.secretary)
    places = [reverse("evaluations:screening_subject", args=[subject.pk])]
    places += [reverse("evaluations:screening_people", args=[one.pk])]
    for state, words in (("opened", "mới lập, chưa yêu cầu"), ("removed", "đã có quyết định ra khỏi đảng")):
        Removal.objects.update(state=state)
        for place in places:
            assert f"đề nghị xóa tên: {words}" in as_(cast.officer).get(place).content.decode()
            assert queries_of(as_(cast.officer), place) <= MOST
