"""The party document frame: its words, its rules in time, and the page as it is measured."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from django.template import engines

from config.lib.documents import (
    DocumentFrame,
    citation,
    number_and_symbol,
    place_and_date,
    render_document,
    short_citation,
    style_on,
)
from config.lib.pdf import ForeignResourceError, print_html, render_pdf
from config.lib.rulesets import RuleSetError

BLANK = "\u00a0" * 6
ON = date(2027, 1, 5)
MM = 72 / 25.4
LINE_OF_ONE_POINT = 1.107  # height of a word's box in Liberation Serif for each point of size

FRAME = DocumentFrame(
    superior_line="ĐẢNG BỘ TỈNH CÀ MAU",
    issuing_line="ĐẢNG ỦY PHƯỜNG\nLÝ VĂN LÂM",
    type_code="BC",
    symbol="ĐU",
    number=5,
    place="Lý Văn Lâm",
    dated=ON,
    type_name="BÁO CÁO",
    abstract="kết quả đánh giá, xếp loại chất lượng đảng viên năm 2026",
    authority="T/M BAN THƯỜNG VỤ",
    position="BÍ THƯ",
    signer="Nguyễn Văn A",
    recipients=(
        "Ban Thường vụ Tỉnh ủy (để báo cáo)",
        "Ban Tổ chức Tỉnh ủy",
        "Các đồng chí Ủy viên Ban Thường vụ",
        "Lưu Văn phòng Đảng ủy",
    ),
    style=style_on(ON),
)

REPORT = """{% extends "documents/frame.html" %}
{% block body %}
<p>Thực hiện Hướng dẫn số 43-HD/BTCTW, ngày 31/10/2025 của Ban Tổ chức Trung ương, Đảng ủy phường Lý Văn Lâm báo cáo
kết quả đánh giá, xếp loại chất lượng đảng viên năm 2026 như sau:</p>
<p class="section">I- KẾT QUẢ</p>
<table class="figures">
  <colgroup><col class="w10"><col class="w50"><col class="w40"></colgroup>
  <thead><tr><th>TT</th><th>Tên chi bộ</th><th>Số đảng viên</th></tr></thead>
  <tbody>{% for row in rows %}<tr><td class="c">{{ row.0 }}</td><td>{{ row.1 }}</td><td class="n">{{ row.2 }}</td></tr>
  {% endfor %}</tbody>
</table>
{% endblock %}
{% block annexes %}
<section class="annex wide"><div class="annex-number">Phụ lục 1</div><div class="annex-title">Danh sách</div></section>
{% endblock %}"""


def printed(frame=FRAME, rows=60, **options) -> bytes:
    context = {"frame": frame, "rows": [(n, f"Chi bộ Khóm {n}", n + 10) for n in range(1, rows + 1)]}
    html = engines["django"].from_string(REPORT).render(context)
    return print_html(html, dated=ON, css=frame.style.css(), **options)


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_code", "symbol", "number", "line"),
    [
        ("BC", "ĐU", 5, "Số 05-BC/ĐU"),
        ("BC", "ĐU", 12, "Số 12-BC/ĐU"),
        ("CTr", "TU", 104, "Số 104-CTr/TU"),
        ("BC", "ĐU", None, f"Số{BLANK}-BC/ĐU"),
        ("BB", "CB", None, f"Số{BLANK}-BB/CB"),
    ],
)
def test_number_and_symbol(type_code, symbol, number, line):
    assert number_and_symbol(type_code, symbol, number) == line


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 2, 3), "Cà Mau, ngày 03 tháng 02 năm 2026"),
        (date(2026, 1, 31), "Cà Mau, ngày 31 tháng 01 năm 2026"),
        (date(2026, 4, 5), "Cà Mau, ngày 05 tháng 4 năm 2026"),
        (date(2026, 3, 10), "Cà Mau, ngày 10 tháng 3 năm 2026"),
        (date(2026, 9, 9), "Cà Mau, ngày 09 tháng 9 năm 2026"),
        (date(2026, 12, 1), "Cà Mau, ngày 01 tháng 12 năm 2026"),
    ],
)
def test_place_and_date(day, line):
    assert place_and_date("Cà Mau", day) == line


def test_place_and_date_of_a_draft_are_blank():
    assert place_and_date("", None, year=2026) == f"…………, ngày{BLANK}tháng{BLANK}năm 2026"
    assert place_and_date("Cà Mau", None, year=2026) == f"Cà Mau, ngày{BLANK}tháng{BLANK}năm 2026"


def test_citations():
    first = citation("Quy định", "66-QĐ/TW", date(2017, 2, 6), "Ban Bí thư", "về thể loại văn bản của Đảng")
    assert first == "Quy định số 66-QĐ/TW, ngày 06/02/2017 của Ban Bí thư về thể loại văn bản của Đảng"
    assert short_citation("Quy định", "66-QĐ/TW") == "Quy định số 66-QĐ/TW"


def test_recipients_by_the_guide_in_force():
    assert FRAME.recipient_lines == [
        "- Ban Thường vụ Tỉnh ủy (để báo cáo);",
        "- Ban Tổ chức Tỉnh ủy;",
        "- Các đồng chí Ủy viên Ban Thường vụ;",
        "- Lưu Văn phòng Đảng ủy.",
    ]
    of_2019 = replace(FRAME, style=style_on(date(2019, 1, 10)))
    assert of_2019.recipient_lines[1] == "- Ban Tổ chức Tỉnh ủy,"
    assert of_2019.recipient_lines[-1] == "- Lưu Văn phòng Đảng ủy."


def test_submission_and_letter_greet_their_addressee_and_name_him_first_among_recipients():
    submission = replace(FRAME, type_code="TTr", addressees=("Ban Thường vụ Tỉnh ủy",))
    assert submission.salutation == "Kính trình"
    assert submission.recipient_lines[0] == "- Như trên;"
    assert replace(submission, style=style_on(date(2019, 1, 10))).salutation == "Kính gửi"
    assert replace(submission, type_code="CV").salutation == "Kính gửi"
    assert FRAME.salutation == ""


def test_several_addressees_stand_in_lines():
    letter = replace(FRAME, type_code="CV", addressees=("Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"))
    assert letter.addressee_lines == ["- Tỉnh ủy;", "- Ban Tổ chức Tỉnh ủy."]


def test_bases_end_with_semicolons_and_a_comma():
    assert FRAME.basis_lines(["Căn cứ Điều lệ Đảng", "Xét kết quả biểu quyết"]) == [
        "- Căn cứ Điều lệ Đảng;",
        "- Xét kết quả biểu quyết,",
    ]


def test_generated_words_take_the_tone_style():
    frame = replace(FRAME, authority="T/M ĐẢNG ỦY")
    assert frame.authority_line == "T/M ĐẢNG ỦY"
    assert replace(frame, style=style_on(date(2019, 1, 10))).authority_line == "T/M ĐẢNG UỶ"


# --- styles in time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "separator", "symbol"),
    [
        (date(2015, 1, 1), ",", "QĐi"),
        (date(2018, 4, 3), ",", "QĐi"),
        (date(2026, 5, 26), ",", "QĐi"),
        (date(2026, 5, 27), ";", "QĐ"),
        (date(2027, 1, 5), ";", "QĐ"),
    ],
)
def test_a_document_keeps_the_guide_of_its_day(day, separator, symbol):
    assert (style_on(day).recipients_separator, style_on(day).symbol_quy_dinh) == (separator, symbol)


def test_a_committee_chooses_where_the_guide_leaves_a_choice_only():
    assert style_on(ON, {"line_height_pt": 20, "signature_lines": 4}).css().count("80pt") == 1
    with pytest.raises(RuleSetError, match="line_height_pt"):
        style_on(ON, {"line_height_pt": 30})
    with pytest.raises(RuleSetError, match="cấp ủy không được chọn khác"):
        style_on(date(2019, 1, 10), {"recipients_separator": ";"})


# --- bytes -----------------------------------------------------------------------------------------------------------


def test_same_document_same_bytes():
    assert printed(rows=5) == printed(rows=5)
    assert printed(rows=5) != printed(rows=6)


def test_a_document_is_pdf_a_3_with_its_data_and_date_inside():
    pdf = pikepdf.open(io.BytesIO(printed(rows=1, attachment=("so-lieu.json", b'{"dang_vien": 1}'))))

    assert pdf.attachments["so-lieu.json"].get_file().read_bytes() == b'{"dang_vien": 1}'
    assert str(pdf.attachments["so-lieu.json"].obj.AFRelationship) == "/Data"
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20270105")


def test_only_the_bundled_font_is_used_and_it_is_embedded():
    pdf = pikepdf.open(io.BytesIO(printed()))
    fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing]
    assert {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts} == {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
        "Liberation-Serif-Italic",
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.svg",
        "file:///etc/passwd",
        "../manage.py",
        "css/../../pyproject.toml",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
        "css/missing.css",
    ],
)
def test_a_printed_page_gets_nothing_but_static_files(address):
    with pytest.raises(ForeignResourceError, match="static"):
        print_html(f'<p>x</p><img src="{address}">', dated=ON)


def test_a_page_is_printed_from_a_template_file_too():
    first = render_document(FRAME, {}, dated=ON)
    assert first == render_pdf("documents/frame.html", {"frame": FRAME}, dated=ON, css=FRAME.style.css())
    assert len(pikepdf.open(io.BytesIO(first)).pages) == 1


def test_what_is_only_certified_has_no_number():
    frame = replace(FRAME, is_numbered=False)
    assert frame.number_line == ""
    html = engines["django"].from_string(REPORT).render({"frame": frame, "rows": []})
    assert "05-BC/ĐU" not in html
    assert "05-BC/ĐU" in engines["django"].from_string(REPORT).render({"frame": FRAME, "rows": []})


# --- the page, measured ----------------------------------------------------------------------------------------------


def measured(pdf: bytes, tmp_path) -> list[dict]:
    """Pages as {width, height, words: [(x0, y0, x1, y1, text)]} in points from the upper left corner."""
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True).stdout
    pages = []
    for page in re.finditer(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL):
        words = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page.group(3)
        )
        boxes = [(*map(float, word[:4]), word[4]) for word in words]
        pages.append({"width": float(page.group(1)), "height": float(page.group(2)), "words": boxes})
    return pages


def box(page, text):
    return next(word for word in page["words"] if word[4] == text)


def size(word) -> float:
    return round((word[3] - word[1]) / LINE_OF_ONE_POINT, 1)


@pytest.mark.poppler
def test_margins_and_text_width(tmp_path):
    first, second, *_ = measured(printed(), tmp_path)
    assert (round(first["width"] / MM), round(first["height"] / MM)) == (210, 297)
    text = first["words"]
    assert min(word[0] for word in text) == pytest.approx(30 * MM, abs=2.5)
    # justified lines and the frame of the table reach the right margin of 15 mm
    assert max(word[2] for word in text) == pytest.approx(195 * MM, abs=1)
    assert min(word[1] for word in text) == pytest.approx(20 * MM, abs=4)
    assert max(word[3] for page in (first, second) for word in page["words"]) < 277 * MM
    indented = box(first, "Thực")
    assert indented[0] == pytest.approx(40 * MM, abs=1)


@pytest.mark.poppler
def test_sizes_of_the_components(tmp_path):
    pages = measured(printed(), tmp_path)
    first = pages[0]
    assert size(box(first, "CỘNG")) == 15
    assert size(box(first, "TỈNH")) == 14
    assert size(box(first, "05-BC/ĐU")) == 14
    assert size(box(first, "ngày")) == 14
    assert size(box(first, "BÁO")) == 15
    assert size(box(first, "kết")) == 14
    assert size(box(first, "Thực")) == 14
    foot = next(page for page in pages if any(word[4] == "nhận:" for word in page["words"]))
    assert size(box(foot, "nhận:")) == 14
    assert size(box(foot, "T/M")) == 14
    assert size(next(word for word in foot["words"] if word[4] == "Lưu")) == 12


@pytest.mark.poppler
def test_heading_in_two_columns(tmp_path):
    [first, *_] = measured(printed(), tmp_path)
    title, superior, issuer = box(first, "ĐẢNG"), box(first, "BỘ"), box(first, "LÝ")
    right = next(word for word in first["words"] if word[4] == "NAM")
    left_of_title = next(word for word in first["words"] if word[4] == "CỘNG")
    assert title[1] == pytest.approx(left_of_title[1], abs=1.5)  # level with the superior body
    assert superior[1] < issuer[1] < box(first, "*")[1] < box(first, "05-BC/ĐU")[1]
    # the title is centred in the right column of 90 mm and takes about 73 mm
    start = left_of_title[0] - (left_of_title[2] - left_of_title[0])
    assert 105 * MM < start < right[2] < 195 * MM
    assert box(first, "*")[0] == pytest.approx((30 + 75 / 2) * MM, abs=5)


@pytest.mark.poppler
def test_page_number_top_centre_from_the_second_page(tmp_path):
    first, second, *_ = measured(printed(), tmp_path)
    assert min(word[1] for word in first["words"]) > 19 * MM
    number = min(second["words"], key=lambda word: word[1])
    assert number[4] == "2"
    assert number[1] == pytest.approx(10 * MM, abs=2)
    assert (number[0] + number[2]) / 2 == pytest.approx((30 + 165 / 2) * MM, abs=1)
    assert size(number) == 14


@pytest.mark.poppler
def test_table_head_is_repeated_and_figures_stand_right(tmp_path):
    first, second, *_ = measured(printed(), tmp_path)
    assert [word[4] for word in first["words"]].count("TT") == 1
    assert [word[4] for word in second["words"]].count("TT") == 1
    right_edges = {round(word[2]) for word in second["words"] if word[4] in {"50", "69", "70"} and word[0] > 350}
    assert len(right_edges) == 1


@pytest.mark.poppler
def test_signature_right_and_recipients_left_on_one_page(tmp_path):
    pages = measured(printed(), tmp_path)
    foot = next(page for page in pages if any(word[4] == "T/M" for word in page["words"]))
    authority, recipients, position = box(foot, "T/M"), box(foot, "Nơi"), box(foot, "BÍ")
    assert recipients[1] == pytest.approx(authority[1], abs=2)
    assert recipients[0] == pytest.approx(30 * MM, abs=1)
    assert authority[0] > 112 * MM
    signer = next(word for word in foot["words"] if word[4] == "Nguyễn")
    assert signer[1] - position[1] == pytest.approx(6 * 18, abs=1)  # five blank lines between


@pytest.mark.poppler
def test_wide_annex_is_a_landscape_page_of_its_own(tmp_path):
    *_, last = measured(printed(), tmp_path)
    assert (round(last["width"] / MM), round(last["height"] / MM)) == (297, 210)
    assert box(last, "Phụ")[1] == pytest.approx(30 * MM, abs=4)


@pytest.mark.poppler
def test_back_pages_of_two_sided_print_have_their_margins_turned(tmp_path):
    frame = replace(FRAME, style=style_on(ON, {"two_sided": True}))
    first, second, *_ = measured(printed(frame), tmp_path)
    number = min(second["words"], key=lambda word: word[1])
    assert box(first, "Thực")[0] == pytest.approx(40 * MM, abs=1)
    assert (number[0] + number[2]) / 2 == pytest.approx((15 + 165 / 2) * MM, abs=1)


@pytest.mark.poppler
def test_letter_and_minutes(tmp_path):
    letter = replace(FRAME, type_code="CV", type_name="", abstract="về việc nộp báo cáo", addressees=("Chi bộ Khóm 1",))
    [page, *_] = measured(printed(letter, rows=1), tmp_path)
    assert size(box(page, "việc")) == 12
    assert box(page, "việc")[0] < 105 * MM
    assert not [word for word in page["words"] if word[4] == "-----"]
    assert [word[4] for word in page["words"] if word[4] in {"Kính", "gửi:", "Như"}] == ["Kính", "gửi:", "Như"]

    minutes = replace(
        FRAME, type_code="BB", left_position="NGƯỜI GHI BIÊN BẢN", left_signer="Lê Thị B", position="CHỦ TRÌ"
    )
    [page, *_] = measured(printed(minutes, rows=1), tmp_path)
    assert box(page, "GHI")[0] < 105 * MM < box(page, "CHỦ")[0]
    assert not [word for word in page["words"] if word[4] == "Nơi"]
