"""The papers of a case: what each says and lacks, where prints are kept and where they are not."""

import re
import subprocess
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from cells.models import IssuedDocument, LogEntry
from discipline import actions
from discipline.actions.sealing import SignalEntry
from discipline.enums import JournalKind
from discipline.models import CaseDecision, CaseViolation, JournalEntry
from discipline.printed.catalogue import STAGES, kinds
from discipline.printed.filling import missing
from discipline.printed.papers import MarkedSecret, papers_of
from discipline.printed.pdf import paper_docx, paper_pdf
from discipline.printed.rows import CaseRows
from discipline.printed.values import facts
from members.models import Post
from tests.discipline.cases import accused_in, case_on, named, opened
from tests.discipline.paper_cases import empty_case, full_case
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 20)
SAYS = {
    "qd-kiem-tra": ("ỦY BAN KIỂM TRA", "Số 04-QĐ/UBKTĐU", "ngày 10 tháng 3 năm 2026", "Lý Văn Tổ Trưởng: tổ trưởng"),
    "ke-hoach": ("KẾ HOẠCH", "từ ngày 14/03/2026 đến ngày 27/04/2026", "Làm việc tại chi bộ ngày 20/3."),
    "tu-kiem-diem": ("BẢN TỰ KIỂM ĐIỂM", "LÊ VĂN KÍN", "096000123456", "Phó Bí thư, Chi bộ Khóm 1"),
    "bc-ket-qua": ("Số 03-BC/UBKTĐU", "Phát ngôn trái quy định.", "Điều 28, khoản 1, 69-QĐ/TW", "tự nhận: khiển trách"),
    "bc-tham-tra": ("Số 09-BC/UBKTĐU", "có mặt 9", "Cách chức: 6 phiếu", "Hồ sơ đầy đủ, đúng quy trình."),
    "bb-chi-bo": ("CHI BỘ KHÓM 1", "chính thức 10, dự bị 2", "lý do 2, vắng không", "Đỗ Thị Miễn", "Võ Văn Ghi"),
    "bb-cap-tren": ("ĐẢNG ỦY SAO MAI", "Cảnh cáo: 11 phiếu", "quyết định thi hành kỷ luật bằng hình thức cảnh cáo"),
    "phieu": ("PHIẾU BIỂU QUYẾT", "Khiển trách", "Khai trừ", "Không kỷ luật", "đồng chí Lê Văn Kín"),
    "bb-kiem-phieu-chi-bo": ("Phan Văn Đếm", "hợp lệ: 9", "TỔ KIỂM PHIẾU"),
    "bb-kiem-phieu-cap-tren": ("Phiếu phát ra: 14", "Cách chức: 3 phiếu"),
    "bc-de-nghi": ("Số 07-BC/CB", "ngày 18 tháng 4 năm 2026", "Lê Văn Kín, sinh ngày 05/03/1980", "Phát ngôn trái"),
    "qd-ky-luat": (
        "Số 12-QĐ/ĐU", "ngày 11 tháng 5 năm 2026", "Căn cứ Quy định số 21-QĐ/TW và Quy định số 69-QĐ/TW",
        "Điều 1. Thi hành kỷ luật đồng chí Lê Văn Kín, sinh ngày 05/03/1980; quê quán: xã Tân Lộc",
        "vào Đảng ngày 19/05/2005, chính thức ngày 19/05/2006; số thẻ đảng viên 096000123456",
        "bằng hình thức cảnh cáo", "Điều 2.", "có hiệu lực từ ngày 11/05/2026", "Trong 30 ngày làm việc",
        "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "Huỳnh Văn Ký", "- Đồng chí Lê Văn Kín;",
    ),
    "bb-cong-bo": ("Ngày công bố: 15/05/2026", "Quyết định số 12-QĐ/ĐU, ngày 11/05/2026", "nghe và không có ý kiến"),
    "thong-bao": ("Số 21-CV/ĐU", "Kính gửi: Trường Trung học cơ sở Sao Mai", "ngày 18 tháng 5 năm 2026"),
    "qd-khieu-nai": ("TỈNH ỦY CÀ MAU", "Số 40-QĐ/TU", "thay đổi hình thức kỷ luật", "kỷ luật mới: khiển trách"),
    "qd-dinh-chi": ("đình chỉ sinh hoạt đảng", "từ ngày 20/03/2026, đến hết ngày 18/06/2026", "vẫn đóng đảng phí"),
    "qd-gia-han": ("gia hạn", "đến hết ngày 30/06/2026"),
    "ban-giao": ("PHIẾU BÀN GIAO", "cảnh cáo, quyết định số 12-QĐ/ĐU", "danh tính người tố cáo"),
}  # fmt: skip


@pytest.fixture
def whole(tree, cast):
    return full_case(tree, cast)


def text_of(pdf):
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", " ", found)


def lacking(case, code):
    return missing(kinds()[code], CaseRows(case, ON))


def printing(case, code):
    return reverse("discipline:print_paper", args=[case.pk, code])


@pytest.mark.poppler
def test_a_whole_file_prints_every_paper_and_none_says_that_it_lacks_something(whole):
    assert set(SAYS) == set(kinds())
    for code, kind in kinds().items():
        text = text_of(paper_pdf(kind, CaseRows(whole, ON)))
        assert [words for words in SAYS[code] if words.lower() not in text.lower()] == [], (code, text)
        assert "CHƯA ĐỦ THÔNG TIN" not in text, (code, text[:300])


def test_after_an_appeal_the_first_decision_prints_as_it_was(whole, tree):
    CaseDecision.objects.create(
        case=whole, form="KT", subject="official", organisation=tree.root, body="upper_committee", number="40-QĐ/TU",
        signed_on=date(2026, 7, 20), announced_on=date(2026, 7, 24), replaces=CaseDecision.objects.get(case=whole),
    )  # fmt: skip
    [paper] = papers_of(kinds()["qd-ky-luat"], CaseRows(whole, ON))
    assert (paper.number, paper.signer) == ("Số 12-QĐ/ĐU", "Huỳnh Văn Ký")
    assert [block.text for block in paper.blocks if "bằng hình thức cảnh cáo" in block.text] != []
    [moved] = papers_of(kinds()["ban-giao"], CaseRows(whole, ON))
    said = dict(moved.blocks[2].rows)
    assert said["Kỷ luật"].startswith("khiển trách, quyết định số 40-QĐ/TU")


def test_a_decision_does_not_rest_on_what_was_concluded_as_no_violation(whole):
    CaseViolation.objects.create(
        case=whole,
        content="V07",
        article="Điều 51",
        rule="69-QĐ/TW",
        description="Không có căn cứ.",
        is_concluded=False,
    )
    rows = CaseRows(whole, ON)
    said = facts(rows)
    assert said["articles"].shown == "Điều 28, khoản 1, 69-QĐ/TW"
    assert said["contents"].shown == "Những điều đảng viên không được làm"
    assert len(said["violations"].shown) == 2


@pytest.mark.poppler
def test_an_empty_file_says_on_top_what_it_lacks(tree, cast):
    case = empty_case(tree, cast)
    text = text_of(paper_pdf(kinds()["qd-ky-luat"], CaseRows(case, ON)))
    assert "BẢN CHƯA ĐỦ THÔNG TIN: thiếu quyết định kỷ luật, quê quán" in text
    assert text.index("BẢN CHƯA ĐỦ") < text.index("QUYẾT ĐỊNH")


def test_every_paper_about_an_organisation_prints(tree, cast):
    entry = SignalEntry(
        signal_on=date(2026, 3, 2), source="supervision", summary="buông lỏng lãnh đạo", officers=(cast.inspector,)
    )
    case = actions.register_signal((None, tree.here), tree.root, entry, by=cast.inspector)
    for code, kind in kinds().items():
        if code != "ban-giao":
            assert paper_pdf(kind, CaseRows(case, ON)).startswith(b"%PDF"), code
    [paper] = papers_of(kinds()["phieu"], CaseRows(case, ON))
    assert paper.blocks[0].rows == ("Khiển trách", "Cảnh cáo", "Giải tán", "Không kỷ luật")
    assert paper.abstract == "hình thức kỷ luật đối với Chi bộ Khóm 1"


def test_what_is_lacking_has_its_name(tree, cast):
    case = empty_case(tree, cast)
    assert lacking(case, "qd-kiem-tra") == ["quyết định, kế hoạch kiểm tra", "tổ kiểm tra"]
    assert lacking(case, "bb-chi-bo") == ["biểu quyết của chi bộ", "các vi phạm, khuyết điểm"]
    assert lacking(case, "bb-cong-bo") == ["công bố quyết định kỷ luật", "quyết định kỷ luật"]
    assert lacking(case, "tu-kiem-diem") == ["quê quán"]


def test_the_word_file_says_the_same(whole):
    for code, kind in kinds().items():
        if not kind.word:
            continue
        document = Document(BytesIO(paper_docx(kind, CaseRows(whole, ON))))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = re.sub(r"\s+", " ", " ".join([*(each.text for each in document.paragraphs), *cells]))
        assert [words for words in SAYS[code] if words.lower() not in text.lower()] == [], (code, text)


def test_printing_again_gives_the_same_bytes(whole):
    kind = kinds()["qd-ky-luat"]
    assert paper_pdf(kind, CaseRows(whole, ON)) == paper_pdf(kind, CaseRows(whole, ON))


def test_a_ballot_has_the_forms_of_its_subject_and_no_voter(tree, cast):
    def forms(case):
        [paper] = papers_of(kinds()["phieu"], CaseRows(case, ON))
        return paper.blocks[0].rows, paper.signer, paper.authority

    without_post = empty_case(tree, cast)
    assert forms(without_post) == (("Khiển trách", "Cảnh cáo", "Khai trừ", "Không kỷ luật"), "", "")
    with_post = empty_case(tree, cast)
    Post.objects.create(
        member=with_post.member, organisation=tree.here, title="committee_member", started_on=date(2025, 8, 1)
    )
    assert forms(with_post)[0] == ("Khiển trách", "Cảnh cáo", "Cách chức", "Khai trừ", "Không kỷ luật")
    probationary = case_on(accused_in(tree.here, official_on=None), cast.inspector)
    assert forms(probationary)[0] == ("Khiển trách", "Cảnh cáo", "Không kỷ luật")


def test_the_accused_signs_nothing_about_himself(tree, cast):
    case = empty_case(tree, cast)
    Post.objects.create(member=case.member, organisation=tree.here, title="secretary", started_on=date(2025, 8, 1))
    [paper] = papers_of(kinds()["bc-de-nghi"], CaseRows(case, ON))
    assert (paper.authority, paper.signer) == ("T/M CHI BỘ", "")
    other = MemberFactory(home=tree.here, full_name="Đặng Thị Phó")
    Post.objects.create(member=other, organisation=tree.here, title="deputy", started_on=date(2025, 8, 1))
    [paper] = papers_of(kinds()["bc-de-nghi"], CaseRows(case, ON))
    assert (paper.position, paper.signer) == ("PHÓ BÍ THƯ", "Đặng Thị Phó")


@pytest.mark.poppler
def test_of_a_marked_paper_nothing_is_printed_but_that_there_is_one(whole):
    text = text_of(paper_pdf(kinds()["bc-ket-qua"], CaseRows(whole, ON)))
    assert "Tài liệu có dấu mật: 1" in text
    assert [words for words in ("Công văn của công an", "Tủ mật của Văn phòng", "77") if words in text] == []


def test_a_text_with_a_mark_of_secrecy_makes_no_paper(whole, cast, as_):
    CaseDecision.objects.filter(case=whole).update(content="theo văn bản TỐI MẬT số 3")
    with pytest.raises(MarkedSecret):
        papers_of(kinds()["qd-ky-luat"], CaseRows(whole, ON))
    client = as_(cast.inspector)
    answer = client.post(printing(whole, "qd-ky-luat"), {"form": "pdf"})
    assert answer.url == reverse("discipline:papers", args=[whole.pk])
    assert "có dấu mật nên phần mềm không lập" in client.get(answer.url).content.decode()
    assert not JournalEntry.objects.filter(kind=JournalKind.PRINT).exists()


@pytest.mark.parametrize(("form", "name"), [("pdf", "van-ban-06.pdf"), ("docx", "van-ban-06.docx")])
def test_a_print_is_a_line_of_the_case_and_of_nothing_else(whole, cast, as_, form, name):
    logged, documents = LogEntry.objects.count(), IssuedDocument.objects.count()
    client = as_(cast.inspector)
    answer = client.post(printing(whole, "bb-chi-bo"), {"form": form})
    assert answer.status_code == 200
    assert f'filename="{name}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    line = JournalEntry.objects.get(case=whole, kind=JournalKind.PRINT)
    assert (line.action, line.actor) == ("print_paper", cast.inspector)
    assert (LogEntry.objects.count(), IssuedDocument.objects.count()) == (logged, documents)
    journal = client.get(reverse("discipline:journal", args=[whole.pk])).content.decode()
    words = {"pdf": "PDF", "docx": "Word"}[form]
    assert f"in Biên bản hội nghị chi bộ xem xét kỷ luật ({words})" in journal


def test_only_those_named_who_opened_the_file_print(whole, cast, as_):
    for name in vars(cast):
        answer = as_(getattr(cast, name)).post(printing(whole, "phieu"), {"form": "pdf"})
        assert answer.status_code == (200 if name == "inspector" else 404), name
    named(whole, cast.head)
    assert as_(cast.head).post(printing(whole, "phieu")).url == reverse("discipline:case", args=[whole.pk])
    opened(whole, cast.head)
    assert as_(cast.head).post(printing(whole, "phieu")).status_code == 200


@pytest.mark.parametrize(
    ("code", "form"),
    [("unknown", "pdf"), ("phieu", "docx"), ("phieu", "exe"), ("qd-khieu-nai", "pdf"), ("phieu%00", "pdf")],
)
def test_what_is_no_paper_of_the_case_is_not_found(tree, cast, as_, code, form):
    case = empty_case(tree, cast)
    address = printing(case, "phieu").replace("phieu", code)
    assert as_(cast.inspector).post(address, {"form": form}).status_code == 404


@pytest.mark.parametrize("stage", [*STAGES, "nonsense"])
def test_the_page_asks_little_and_shows_what_is_ready(whole, cast, as_, stage):
    client, address = as_(cast.inspector), reverse("discipline:papers", args=[whole.pk])
    assert queries_of(client, f"{address}?stage={stage}") <= MOST
    page = client.get(f"{address}?stage={stage}").content.decode()
    assert "Đủ thông tin" in page
    assert "Còn thiếu" not in page


def test_the_page_of_a_young_case_asks_little(tree, cast, as_):
    case = empty_case(tree, cast)
    address = reverse("discipline:papers", args=[case.pk])
    for stage in STAGES:
        assert queries_of(as_(cast.inspector), f"{address}?stage={stage}") <= MOST, stage
