"""Pages of leaving: the whole way through forms, refusal in words, junk, scope, the log, few queries, papers."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from cells.models import LogEntry
from evaluations import actions
from evaluations.models import Removal, RemovalVote
from evaluations.removal_page import RemovalFacts
from evaluations.removal_papers import PAPERS, available, papers_for
from members.models import Ending
from tests.evaluations import removal_cases as cases
from tests.evaluations.removal_cases import fresh
from tests.factories import MemberFactory
from tests.queries import MOST

VOTE = {"method": "secret", "present": "8", "yes": "7", "no": "1", "blank": "0", "invalid": "0"}
HAND = {"hand_number": "9", "hand_reason": "sổ của đảng ủy"}


def address(step, removal):
    return reverse(f"evaluations:{step}", args=[removal.pk])


def test_the_whole_way_through_the_forms(as_, tree, cast):
    member = cases.member_of(tree.here, full_name="Lê Văn Rời")
    answer = as_(cast.secretary).post(
        reverse("evaluations:start_removal", args=[member.pk]),
        {"on": "02/02/2026", "grounds": ["X2"], "evidence": "Không đóng tháng 1, 2, 3\nĐã nhắc ba lần"},
    )
    removal = Removal.objects.get()
    assert answer.url == reverse("evaluations:removal", args=[removal.pk])
    as_(cast.secretary).post(address("receive_self_review", removal), {"on": "09/02/2026", "note": "Tôi nhận lỗi"})
    told = as_(cast.secretary).post(
        address("vote_removal_in_cell", removal), {**VOTE, "held_on": "02/03/2026"}, follow=True
    )
    assert "Đã ghi biểu quyết: 7 tán thành trong 9 được tính, cần 6: đủ phiếu." in told.content.decode()
    as_(cast.officer).post(address("vote_removal_in_base", removal), {**VOTE, **HAND, "held_on": "09/03/2026"})
    as_(cast.staff).post(address("submit_removal", removal), {"on": "12/03/2026"})
    decided = {
        "decision_number": "15-QĐ/ĐU",
        "signed_on": "16/03/2026",
        "held_on": "16/03/2026",
        "grounds": "removed_x2",
    }
    answer = as_(cast.staff).post(address("decide_removal", removal), {**VOTE, **HAND, **decided})

    assert answer.status_code == 302
    assert Ending.objects.get().grounds == ["removed_x2"]
    page = as_(cast.secretary).get(answer.url).content.decode()
    for words in ("Đã có quyết định ra khỏi Đảng", "Đã nhắc ba lần", "Tôi nhận lỗi", "16/03/2029", "chưa thu"):
        assert words in page
    as_(cast.secretary).post(address("hand_in_removal_card", removal), {"on": "20/03/2026"})
    as_(cast.officer).post(address("record_removal_receipt", removal), {"on": "20/03/2026"})
    complaint = {"received_on": "01/04/2026", "addressee": "Tỉnh ủy", "level": "province", "summary": "Oan"}
    as_(cast.staff).post(address("receive_removal_complaint", removal), complaint)
    assert "chưa trả lời" in as_(cast.staff).get(answer.url).content.decode()
    result = {"answered_on": "04/05/2026", "outcome": "annulled", "answer": "Đúng", "decision": "7-QĐ/TU"}
    as_(cast.staff).post(address("answer_removal_complaint", removal), result)
    assert fresh(removal).state == "annulled"


def test_the_form_of_a_vote_says_who_is_counted_and_keeps_what_was_typed(as_, tree, cast):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)

    assert (
        "được tính 9 trong 9 người"
        in as_(cast.secretary).get(address("vote_removal_in_cell", removal)).content.decode()
    )
    answer = as_(cast.secretary).post(
        address("vote_removal_in_cell", removal),
        {**VOTE, "held_on": "02/03/2026", "present": "12", "chair": "Lê Văn Chủ"},
    )

    assert answer.status_code == 422
    assert "nhiều hơn 9 người được tính biểu quyết" in answer.content.decode()
    assert "Lê Văn Chủ" in answer.content.decode()
    assert RemovalVote.objects.count() == 0


def test_a_name_is_text_wherever_it_stands(as_, tree, cast):
    removal = cases.started(tree.here, by=cast.secretary, full_name="Lê <b>Văn</b> Thẻ")
    removal.member.overlays.create(kind="exempt", started_on=cases.OPENED)

    as_(cast.secretary)
    for name in ("removal", "receive_self_review"):
        page = as_(cast.secretary).get(address(name, removal)).content.decode()
        assert "<b>Văn</b>" not in page
    cases.reviewed(removal, by=cast.secretary)
    assert "<b>Văn</b>" not in as_(cast.secretary).get(address("vote_removal_in_cell", removal)).content.decode()


@pytest.mark.parametrize(
    "junk",
    [
        {"held_on": "01/01/0001"},
        {"held_on": "31/12/9999"},
        {"held_on": "abc\x00"},
        {"yes": "99999999999999999999"},
        {"yes": "-1"},
        {"method": "x"},
        {"present": ""},
        {"chair": "x" * 5000},
        {"attended": "1"},
    ],
)
def test_junk_is_refused_in_words(as_, tree, cast, junk):
    removal = cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary)

    answer = as_(cast.secretary).post(
        address("vote_removal_in_cell", removal), {**VOTE, "held_on": "02/03/2026", **junk}
    )

    assert answer.status_code in (302, 422)
    assert (answer.status_code == 302) is (junk == {"attended": "1"})


@pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 500, "state=xx", "page=99999999999", "kind=%27", "page=abc"])
def test_a_strange_query_shows_the_list(as_, tree, cast, query):
    cases.started(tree.here, by=cast.secretary)

    assert as_(cast.secretary).get(f"{reverse('evaluations:removals')}?{query}").status_code == 200


def test_an_application_with_a_violation_is_refused_on_the_page(as_, tree, cast):
    member = cases.member_of(tree.here)
    answer = as_(cast.secretary).post(
        reverse("evaluations:apply_to_leave", args=[member.pk]),
        {"applied_on": "02/02/2026", "reason": "Tuổi cao", "open_violation": "yes"},
    )

    assert answer.status_code == 422
    assert "xem xét kỷ luật trước" in answer.content.decode()
    assert Removal.objects.count() == 0


def test_x4_is_not_offered_by_hand(as_, tree, cast):
    member = cases.member_of(tree.here)
    to = reverse("evaluations:start_removal", args=[member.pk])

    page = as_(cast.secretary).get(to).content.decode()
    answer = as_(cast.secretary).post(to, {"on": "02/02/2026", "grounds": ["X4"], "evidence": "x"})

    assert 'value="X4"' not in page
    assert 'value="X3"' in page
    assert answer.status_code == 422


# --- who learns what --------------------------------------------------------------------------------------------------


def test_nothing_of_a_matter_shows_out_of_scope(as_, tree, cast):
    removal = cases.started(tree.here, by=cast.secretary, full_name="Lê Văn Kín")

    for user in (cast.stranger, cast.other_officer):
        assert "Lê Văn Kín" not in as_(user).get(f"{reverse('evaluations:removals')}?state=").content.decode()
        assert as_(user).get(address("removal", removal)).status_code == 404
        assert as_(user).get(reverse("desk")).content.decode().count("Lê Văn Kín") == 0
    for user in (cast.reader, cast.administrator):
        assert as_(user).get(address("removal", removal)).status_code == 403
        assert "Lê Văn Kín" not in as_(user).get(reverse("desk")).content.decode()
    assert "Lê Văn Kín" in as_(cast.inspector).get(reverse("evaluations:removals")).content.decode()


def test_a_look_is_noted_once_a_day_and_reader(as_, tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    for user in (cast.secretary, cast.secretary, cast.staff):
        as_(user).get(address("removal", removal))
    as_(cast.staff).get(reverse("evaluations:print_removal_paper", args=[removal.pk, "de-nghi"]))

    rows = LogEntry.objects.filter(action="evaluations.read_removal").values_list("actor__username", flat=True)
    assert sorted(rows) == ["secretary", "staff"]


def test_the_desk_names_what_waits(as_, tree, cast):
    removal = cases.voted(cases.reviewed(cases.started(tree.here, by=cast.secretary), by=cast.secretary), cast)

    assert "Xem xét đề nghị của chi bộ" in as_(cast.officer).get(reverse("desk")).content.decode()
    assert "Xem xét đề nghị của chi bộ" not in as_(cast.secretary).get(reverse("desk")).content.decode()
    cases.base_voted(removal, cast)
    assert "Tiếp nhận hồ sơ để quyết định" in as_(cast.staff).get(reverse("desk")).content.decode()


def test_the_desk_says_until_when_a_complaint_is_answered(as_, tree, cast):
    removal = cases.complained(cases.removed(tree.here, cast), cast)

    page = as_(cast.staff).get(reverse("desk")).content.decode()

    assert f"Trả lời khiếu nại: {removal.member}" in page
    # 18 weeks from Wednesday 1/4 end on 5/8; three holidays between: 27/4 for Giỗ Tổ, 30/4, 1/5
    assert removal.complaints.get().due_on == date(2026, 8, 10)
    late = as_(cast.officer).get(reverse("desk")).content.decode()
    assert "1 khiếu nại về xóa tên quá hạn trả lời, chờ nơi khác" in late


def counted(client, to):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(to).status_code == 200
    return sum(query["sql"].startswith("SELECT") for query in captured)


def test_the_list_asks_the_same_with_one_row_and_with_thirty(as_, tree, cast):
    to = reverse("evaluations:removals")
    cases.started(tree.here, by=cast.secretary)
    one = counted(as_(cast.secretary), to)
    for _ in range(29):
        actions.start_removal(MemberFactory(home=tree.here), ("X3",), [], on=cases.OPENED, by=cast.secretary)

    assert counted(as_(cast.secretary), to) == one
    assert one <= MOST


@pytest.mark.parametrize("name", ["removal", "void", "decide_removal"])
def test_a_matter_far_on_its_way_stays_within_the_limit(as_, tree, cast, name):
    if name == "removal":
        removal = cases.complained(cases.removed(tree.here, cast), cast)
        to = address("removal", removal)
    elif name == "void":
        removal = cases.under_decision(tree.here, cast)
        to = reverse("evaluations:void_removal_step", args=[removal.steps.get(step="submit_removal").pk])
    else:
        to = address("decide_removal", cases.under_decision(tree.here, cast))

    assert counted(as_(cast.staff), to) <= MOST


# --- papers -----------------------------------------------------------------------------------------------------------


def texts(removal, slug):
    return PAPERS[slug].write(RemovalFacts(removal), date(2026, 11, 27))


@pytest.mark.parametrize("typed", ["le van", "văn xin", "zzz", "123456789012", "%", "\x00"])
def test_who_is_to_leave_is_found_by_name_and_all_of_the_cell_is_reached(as_, tree, cast, typed):
    MemberFactory(home=tree.here, full_name="Lê Văn Xin")
    for _ in range(60):
        MemberFactory(home=tree.here)
    client, address = as_(cast.secretary), reverse("evaluations:choose_removal_member")
    page = client.get(address, {"q": typed})
    assert page.status_code == 200
    assert ("Lê Văn Xin" in page.content.decode()) == (typed in ("le van", "văn xin"))
    assert "Trang 1 / 2" in client.get(address).content.decode()


def test_after_the_decision_what_is_still_to_be_written_stands_out(as_, tree, cast):
    removal = cases.removed(tree.here, cast)
    page = as_(cast.staff).get(reverse("evaluations:removal", args=[removal.pk])).content.decode()
    primary = page.split("btn btn-primary")[1].split("</a>")[0]
    assert "Ghi ngày đảng viên nhận quyết định" in primary
    assert "Ghi khiếu nại" in page


def test_papers_name_what_they_lack(tree, cast):
    removal = cases.started(tree.here, by=cast.secretary)

    found = {paper.slug: missing for paper, missing in papers_for(removal, RemovalFacts(removal))}

    assert found == {
        "tu-kiem-diem": ("nội dung bản tự kiểm điểm",),
        "y-kien": ("ý kiến của đảng viên",),
        "kiem-phieu": ("kết quả biểu quyết",),
        "de-nghi": ("kết quả biểu quyết của chi bộ", "bản tự kiểm điểm hoặc các lần yêu cầu"),
        "quyet-dinh": ("số, ngày quyết định", "kết quả biểu quyết của cấp quyết định"),
    }
    assert texts(removal, "de-nghi")[0].warning.startswith("CÒN THIẾU: kết quả biểu quyết của chi bộ; ")


def test_the_report_of_the_cell_has_grounds_figures_and_votes(tree, cast):
    removal = cases.removed(tree.here, cast)

    [paper] = texts(removal, "de-nghi")

    words = " ".join(block.text for block in paper.blocks)
    assert "X2: Không đóng đảng phí" in words
    assert "cộng dồn 3, liên tục 1; mức quy định 3. (Điều 8 Điều lệ Đảng)" in words
    assert "được tính 9 trong 9 đồng chí, có mặt 7; đồng ý 7" in words
    assert paper.missing == ()
    assert paper.frame.type_code == "BC"


def test_the_decision_names_who_proposed_and_who_receives_it_and_no_default_of_ours(tree, cast):
    removal = cases.removed(tree.here, cast)
    [text] = PAPERS["quyet-dinh"].write(RemovalFacts(removal), date(2026, 3, 20))
    bases = [block.text for block in text.blocks if block.kind == "basis"]
    assert [line for line in bases if "Chi bộ Khóm 1" in line]
    assert [line for line in bases if "Đảng bộ Phường Đông" in line]
    assert not [line for line in bases if "mặc định" in line]
    assert text.frame.recipients[-4:-1] == ("Chi bộ Khóm 1", "Đảng bộ Phường Đông", f"Đồng chí {removal.member}")


def test_the_decision_says_what_was_decided(tree, cast):
    removal = cases.removed(tree.here, cast)

    [paper] = texts(removal, "quyet-dinh")

    words = " ".join(f"{block.head} {block.text}" for block in paper.blocks)
    assert "Điều 1. Xóa tên trong danh sách đảng viên đối với đồng chí" in words
    assert "Căn cứ: không đóng đảng phí." in words
    assert paper.frame.number == 15


@pytest.mark.parametrize("kind", ["removal", "leaving"])
def test_every_paper_prints_and_downloads(as_, tree, cast, kind):
    if kind == "removal":
        removal = cases.removed(tree.here, cast)
    else:
        removal = actions.apply_to_leave(cases.member_of(tree.here), cases.application(), by=cast.secretary)
    for paper in [each for each in PAPERS.values() if available(each, removal)]:
        printed = as_(cast.secretary).get(reverse("evaluations:print_removal_paper", args=[removal.pk, paper.slug]))
        assert b"".join(printed).startswith(b"%PDF")
        word = as_(cast.secretary).get(reverse("evaluations:download_removal_paper", args=[removal.pk, paper.slug]))
        lines = [each.text for each in Document(BytesIO(b"".join(word))).paragraphs]
        assert PAPERS[paper.slug].write(RemovalFacts(removal), date(2026, 11, 27))[0].title in lines
    other = "don" if kind == "removal" else "tu-kiem-diem"
    assert (
        as_(cast.secretary).get(reverse("evaluations:print_removal_paper", args=[removal.pk, other])).status_code == 404
    )


def test_equal_papers_of_one_day_are_equal_byte_for_byte(as_, tree, cast):
    removal = cases.removed(tree.here, cast)
    to = reverse("evaluations:print_removal_dossier", args=[removal.pk])

    first, second = as_(cast.staff).get(to), as_(cast.staff).get(to)

    assert b"".join(first) == b"".join(second)
