"""The printed forms: what each says of a whole file, what each lacks of an empty one, as PDF and as Word."""

import re
import subprocess
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from admissions.enums import Purpose, State
from admissions.models import AdmissionPaper, Candidate, Relative
from admissions.printed.catalogue import STAGES, forms
from admissions.printed.filling import fill, missing
from admissions.printed.pdf import form_pdf, meeting_pdf
from admissions.printed.rows import CandidateRows
from admissions.printed.word import form_docx
from cells.models import LogEntry
from tests.admissions.candidate_cases import in_state
from tests.admissions.paper_cases import (
    empty,
    full_probation,
    full_procedure,
    full_source,
    vote_of,
)
from tests.queries import MOST, queries_of

ON = date(2026, 9, 20)
FULL = {
    "dossier": full_source,
    "cv": full_source,
    "procedure": full_procedure,
    "decision": full_procedure,
    "move": full_procedure,
    "probation": full_probation,
    "recognition": full_probation,
}
# What each form says of the whole file, in its own words.
SAYS = {
    "cn-ntvd": ("GIẤY CHỨNG NHẬN", "từ ngày 01/10/2025 đến ngày 05/10/2025", "Loại kết quả: Khá"),
    "1-knd": ("ĐƠN XIN VÀO ĐẢNG", "Tôi là: Phạm Thị Đào, sinh ngày 05/03/1995", "tôn giáo: không", "ngày 04/09/2025"),
    "2-knd": ("LÝ LỊCH CỦA NGƯỜI XIN VÀO ĐẢNG", "PHẠM THỊ ĐÀO", "Phạm Văn Cha", "từ 09/2014", "Đủ điều kiện về chính"),
    "3-knd": ("GIẤY GIỚI THIỆU NGƯỜI VÀO ĐẢNG", "Tôi là: Người Giới Thiệu 2", "Gương mẫu."),
    "4-knd": ("NGHỊ QUYẾT", "Tán thành giới thiệu: 19 đồng chí (đạt 95 %) so với tổng số 20 ủy viên", "03-NQ/ĐTN"),
    "5-knd": ("TỔNG HỢP Ý KIẾN NHẬN XÉT", "19/20 người tán thành kết nạp (95 %)", "Chi ủy Khóm 9"),
    "tt-dn": ("thẩm tra lý lịch", "Số 09-CV/ĐU", "Phạm Văn Cha", "trong thời hạn 30 ngày làm việc"),
    "tt-gt": ("GIẤY GIỚI THIỆU", "đồng chí Lê Văn Tra", "Phạm Thị Đào: lịch sử chính trị"),
    "6-knd": ("NGHỊ QUYẾT", "Số 05-NQ/CB", "14 đồng chí (đạt 70 %)", "ngày 09 tháng 02 năm 2026", "chính thức: 20"),
    "7-knd": ("BÁO CÁO", "ngày 09/02/2026 của Chi bộ Khóm 1", "14/20", "Nhất trí."),
    "8-knd": ("NGHỊ QUYẾT", "Tổng số ủy viên: 15 đồng chí", "14 đồng chí (đạt 93,3 %, cần 10)", "Số 11-NQ/ĐU"),
    "tl-knd": ("TRÍCH LỤC", "Người giới thiệu: Người Giới Thiệu 1, Người Giới Thiệu 2", "tán thành 14/20 (70 %)"),
    "ttr-knd": ("TỜ TRÌNH", "Kính trình: Đảng ủy Sao Mai", "Số 31-TTr/ĐU", "thẩm định lại ngày 05/03/2026"),
    "9-knd": ("QUYẾT ĐỊNH", "Số 120-QĐ/ĐU", "Điều 1. Kết nạp quần chúng Phạm Thị Đào", "ngày 18 tháng 3 năm 2026"),
    "tb-knd": ("THÔNG BÁO", "Số 14-TB/ĐU", "Lý do: cần bồi dưỡng thêm"),
    "ct-kn": ("CHƯƠNG TRÌNH", "ngày 03/04/2026; địa điểm: Hội trường", "đồng chí Người Giới Thiệu 2"),
    "cn-gd": ("GIẤY CHỨNG NHẬN", "Kính gửi: Chi bộ Ấp Thượng", "chuyển đến theo quyết định ngày 02/03/2026"),
    "cv-ch": ("chuyển hồ sơ", "Số 08-CV/ĐU", "cấp giấy chứng nhận người được giúp đỡ"),
    "cn-dvm": ("GIẤY CHỨNG NHẬN", "Kết nạp vào Đảng ngày 10/08/2025", "Loại kết quả: Giỏi"),
    "10-knd": ("BẢN TỰ KIỂM ĐIỂM", "Hết thời gian dự bị ngày 10/08/2026", "Tích cực."),
    "11-knd": ("BẢN NHẬN XÉT ĐẢNG VIÊN DỰ BỊ", "Tôi là: Trần Giúp Đỡ", "từ ngày 10/08/2025"),
    "12-knd": ("TỔNG HỢP Ý KIẾN NHẬN XÉT", "20/20 (100 %)"),
    "13-knd": ("NGHỊ QUYẾT", "căn cứ Điều 5", "đảng viên chính thức kể từ ngày 10/08/2026"),
    "14-knd": ("BÁO CÁO", "Số 04-BC/ĐU", "14/20 đảng viên chính thức tán thành (70 %)"),
    "15-knd": ("NGHỊ QUYẾT", "Tổng số ủy viên: 15 đồng chí", "kể từ ngày 10/08/2026"),
    "16-knd": ("QUYẾT ĐỊNH", "là đảng viên chính thức kể từ ngày 10/08/2026", "ngày 14 tháng 9 năm 2026"),
    "nq-xt": ("NGHỊ QUYẾT", "đề nghị xóa tên", "Tán thành xóa tên: 14 đồng chí (đạt 70 %, cần 14)"),
    "qd-xt": ("QUYẾT ĐỊNH", "Xóa tên trong danh sách đảng viên", "Lý do: không đủ tư cách"),
}
NOT_OF_THIS_ONE = {"4a-knd"}


def text_of(pdf):
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def plain(text):
    return re.sub(r"\s+", " ", text)


def rows_of(tree, cast, slug, on=ON):
    return CandidateRows(FULL[forms()[slug].stage](tree, by=cast.secretary), on)


@pytest.mark.poppler
@pytest.mark.parametrize("slug", SAYS)
def test_a_whole_file_prints_every_form_and_none_says_that_it_lacks_something(tree, cast, slug):
    text = plain(text_of(form_pdf(forms()[slug], rows_of(tree, cast, slug))))

    assert [words for words in SAYS[slug] if words.lower() not in text.lower()] == [], text
    assert "CHƯA ĐỦ THÔNG TIN" not in text, text[:300]


def test_every_form_is_tried():
    assert set(forms()) == {*SAYS, *NOT_OF_THIS_ONE}


@pytest.mark.poppler
@pytest.mark.parametrize("slug", ["1-knd", "3-knd", "6-knd", "9-knd", "16-knd"])
def test_an_empty_file_says_on_top_what_it_lacks_and_leaves_room(tree, cast, slug):
    candidate = empty(tree.here, by=cast.secretary)
    text = plain(text_of(form_pdf(forms()[slug], CandidateRows(candidate, ON))))

    assert "BẢN CHƯA ĐỦ THÔNG TIN: thiếu" in text
    assert text.index("BẢN CHƯA ĐỦ") < text.index(forms()[slug].title)
    assert "………" in text


@pytest.mark.parametrize("slug", [slug for slug, form in forms().items() if form.needs != "trade"])
def test_each_form_of_an_empty_file_names_what_it_lacks(tree, cast, slug):
    assert missing(forms()[slug], CandidateRows(empty(tree.here, by=cast.secretary), ON)) != []


def test_what_is_lacking_has_its_name(tree, cast):
    candidate = empty(tree.here, by=cast.secretary)
    rows = CandidateRows(candidate, ON)

    assert missing(forms()["6-knd"], rows) == ["biểu quyết của chi bộ về kết nạp"]
    assert missing(forms()["3-knd"], rows) == ["người giới thiệu"]
    assert missing(forms()["10-knd"], rows) == ["ngày sinh", "ngày kết nạp", "bản tự kiểm điểm"]


@pytest.mark.parametrize("slug", [slug for slug, form in forms().items() if form.word and slug not in NOT_OF_THIS_ONE])
def test_the_word_file_says_the_same(tree, cast, slug):
    document = Document(BytesIO(form_docx(forms()[slug], rows_of(tree, cast, slug))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = plain(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))

    assert [words for words in SAYS[slug] if words.lower() not in text.lower()] == [], text
    page = document.sections[0]
    assert (round(page.left_margin.mm), round(page.right_margin.mm)) == (30, 15)


@pytest.mark.parametrize("render", [form_pdf, form_docx])
def test_printing_again_gives_the_same_bytes(tree, cast, render):
    rows = rows_of(tree, cast, "6-knd")

    assert render(forms()["6-knd"], rows) == render(forms()["6-knd"], CandidateRows(rows.candidate, ON))


# --- variants


@pytest.mark.poppler
def test_a_decision_names_consent_delegation_readmission_and_the_new_place(tree, cast):
    candidate = full_procedure(tree, by=cast.secretary)
    AdmissionPaper.objects.create(
        candidate=candidate,
        kind="consent",
        dated_on=date(2026, 3, 1),
        number="44-CV/TU",
        given_by="Ban Thường vụ Tỉnh ủy",
    )
    candidate.moves.update(outcome="redirect")
    candidate.former_member = candidate.introducers.first().member
    vote = candidate.votes.get(role="decide")
    candidate.votes.filter(pk=vote.pk).update(body="delegated_base", voting_as="whole_committee")
    text = plain(text_of(form_pdf(forms()["9-knd"], CandidateRows(candidate, ON))))

    assert "số 44-CV/TU, ngày 01/03/2026, Ban Thường vụ Tỉnh ủy" in text
    assert "ủy quyền cho đảng ủy cơ sở" in text
    assert "Kết nạp lại ông (bà) Phạm Thị Đào" in text
    assert "Điều 2. Chi bộ Ấp Thượng (nơi người được kết nạp chuyển đến)" in text
    assert "T/M ĐẢNG ỦY" in text


@pytest.mark.poppler
def test_a_failed_vote_is_reported_and_asks_for_nothing(tree, cast):
    candidate = full_source(tree, by=cast.secretary)
    vote_of(candidate, tree.here, date(2026, 2, 9), yes=13, no=4)
    text = plain(text_of(form_pdf(forms()["6-knd"], CandidateRows(candidate, ON))))

    assert "13 đồng chí (đạt 65 %)" in text
    assert "Số phiếu tán thành không đủ theo quy định" in text
    assert "Chi bộ báo cáo và đề nghị" not in text


@pytest.mark.poppler
def test_one_meeting_prints_one_resolution_for_each(tree, cast):
    people = [full_source(tree, by=cast.secretary), empty(tree.here, by=cast.secretary)]
    for each in people:
        vote_of(each, tree.here, date(2026, 2, 9))
    text = plain(text_of(meeting_pdf(forms()["6-knd"], [CandidateRows(each, ON) for each in people], ON)))

    assert text.count("Mẫu 6-KNĐ") == 2
    assert text.index("Phạm Thị Đào") < text.index("Lê Thị Trống")


# --- pages


def test_the_page_lists_forms_as_ready_or_lacking(as_, tree, cast):
    candidate = full_source(tree, by=cast.secretary)
    page = as_(cast.secretary).get(reverse("admissions:forms", args=[candidate.pk]), {"stage": "dossier"})
    text = page.content.decode()

    assert page.status_code == 200
    assert "Đơn xin vào Đảng" in text
    assert "in được" in text
    assert "giới thiệu đoàn viên công đoàn" not in text
    later = as_(cast.secretary).get(reverse("admissions:forms", args=[candidate.pk]), {"stage": "procedure"})
    assert "biểu quyết của chi bộ về kết nạp" in later.content.decode()


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_asks_the_database_twelve_times_at_most(as_, tree, cast, stage):
    candidate = FULL[stage](tree, by=cast.secretary)
    address = reverse("admissions:forms", args=[candidate.pk]) + f"?stage={stage}"

    assert queries_of(as_(cast.secretary), address) <= MOST


def test_a_form_of_the_family_is_noted_and_another_is_not(as_, tree, cast):
    candidate = full_source(tree, by=cast.secretary)
    for slug in ("2-knd", "6-knd"):
        assert as_(cast.officer).get(reverse("admissions:print_form", args=[candidate.pk, slug])).status_code == 200

    [entry] = LogEntry.objects.about(candidate).filter(action="admissions.print_form")
    assert (entry.actor, entry.data) == (cast.officer, {"form": "2-KNĐ"})


def test_family_stands_on_the_booklet_and_the_letters_alone(tree, cast):
    candidate = full_procedure(tree, by=cast.secretary)
    Relative.objects.filter(candidate=candidate).update(full_name="Phạm Văn Bí Mật")
    rows = CandidateRows(candidate, ON)

    told = {slug for slug, form in forms().items() if "Bí Mật" in str([paper.blocks for paper in fill(form, rows)])}
    assert told == {"2-knd", "tt-dn"}
    assert all(forms()[slug].background for slug in told)


@pytest.mark.parametrize("slug", ["khong-co", "7-knd"])
def test_what_is_no_form_or_has_no_word_file_is_not_found(as_, tree, cast, slug):
    candidate = in_state(tree.here, State.COMPLETE, by=cast.secretary)

    assert as_(cast.secretary).get(reverse("admissions:download_form", args=[candidate.pk, slug])).status_code == 404


@pytest.mark.parametrize(
    ("held_on", "status"), [("2026-02-09", 200), ("2026-02-10", 404), ("0001-99-99", 404), ("x", 404)]
)
def test_a_meeting_is_printed_by_its_day(as_, tree, cast, held_on, status):
    vote_of(full_source(tree, by=cast.secretary), tree.here, date(2026, 2, 9), Purpose.ADMISSION)
    address = reverse("admissions:print_meeting", args=[tree.here.pk, "6-knd", held_on])
    [candidate] = Candidate.objects.all()
    page = as_(cast.secretary).get(reverse("admissions:forms", args=[candidate.pk]), {"stage": "procedure"})
    assert (address in page.content.decode()) is (status == 200)

    assert as_(cast.secretary).get(address).status_code == status
    assert as_(cast.stranger).get(address).status_code == 404
