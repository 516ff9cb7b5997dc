"""Tags, filters, form rendering and the page frame."""

import hashlib
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from config.lib import charts, controls, ui

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"


def rendered(source, path="/", **context):
    return Template(source).render(Context({"request": RequestFactory().get(path), **context}))


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (1234.5, None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("2.5"), 0, "3"),
        (-1200, None, "-1.200"),
        (0, None, "0"),
        (None, None, "–"),
        ("", None, "–"),
        ("không", None, "–"),
    ],
)
def test_numbers(value, digits, written):
    assert ui.vi_number(value, digits) == written


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (Decimal("70.8654"), 2, "70,87\u00a0%"),
        (Decimal("20"), 2, "20,00\u00a0%"),
        (19.05, 1, "19,1\u00a0%"),
        (None, 2, "–"),
    ],
)
def test_shares(value, digits, written):
    assert ui.percent(value, digits) == written


@pytest.mark.parametrize(("precision", "written"), [("day", "05/03/1975"), ("month", "03/1975"), ("year", "1975")])
def test_a_partial_date_shows_no_more_than_is_known(precision, written):
    assert ui.date_part(date(1975, 3, 5), precision) == written


def test_a_missing_date_shows_nothing():
    assert ui.date_part(None, "month") == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("079123456789", "••••••••6789"), ("0012", "••••••••0012"), ("", ""), (None, "")],
)
def test_an_identifier_shows_its_last_four_only(number, shown):
    assert ui.mask_id(number) == shown


def test_a_query_keeps_the_rest_and_drops_the_empty():
    query = rendered("{% query_replace page=3 sex=None %}", "/?q=an&sex=f&page=2")
    assert query == "?q=an&amp;page=3"


def test_sorting_turns_round_and_goes_back_to_page_one():
    assert rendered("{% sort_query 'name' %}", "/?page=4") == "?sort=name"
    assert rendered("{% sort_query 'name' %}", "/?sort=name&page=4") == "?sort=-name"
    assert rendered("{% sort_state 'name' %}", "/?sort=-name") == "descending"
    assert rendered("{% sort_state 'born' %}", "/?sort=-name") == "none"


def test_an_icon_is_inlined_and_silent_unless_named():
    assert rendered("{% icon 'lock' %}").startswith('<svg class="icon" width="20" height="20"')
    assert 'aria-hidden="true"' in rendered("{% icon 'lock' %}")
    assert 'role="img" aria-label="Niêm &lt;phong&gt;"' in rendered("{% icon 'lock' label %}", label="Niêm <phong>")


@pytest.mark.parametrize("name", ["../../LICENSE", "Lock", "", "no-such-icon"])
def test_an_unknown_icon_is_an_error(name):
    with pytest.raises((ValueError, FileNotFoundError)):
        ui.icon(name)


def test_every_pill_square_and_level_has_shape_and_word():
    for kind in ui.PILL_ICONS:
        assert re.search("<svg.*</svg>chữ &amp; hình</span>", ui.pill(kind, "chữ & hình"))
    for kind in ui.SQUARE_ICONS:
        assert re.search("<svg.*</svg><span.*>Chi bộ 1: đã gửi</span>", ui.square(kind, "Chi bộ 1", "đã gửi"))
    shapes = {ui.level_pill(rank, "x").split("<path", 1)[1] for rank in (1, 2, 3, 4)}
    assert len(shapes) == 4
    assert "Chưa xếp loại" in ui.level_pill(None)
    assert '<span class="visually-hidden">Hoàn thành tốt nhiệm vụ</span>' in ui.level_pill(
        2, "Hoàn thành tốt nhiệm vụ", "HTTNV"
    )


class Sheet(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Có dấu.")
    sex = forms.ChoiceField(label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ")], widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", required=False)
    sure = forms.BooleanField(label="Đã đối chiếu")
    batch = forms.CharField(widget=forms.HiddenInput, initial="7")

    def clean(self):
        raise forms.ValidationError("Hai số không khớp.")


def test_a_wrong_field_is_linked_to_its_error_and_help():
    html = str(Sheet({"name": "", "sex": "m", "batch": "7"}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<div class="help" id="id_name_helptext">Có dấu.</div>' in html
    assert re.search(r'<p class="field-error" id="id_name_error">.*Chưa điền mục này\.</p>', html)
    assert html.count("(bắt buộc)") == 3
    assert html.count('name="batch"') == 1
    assert 'id="id_note_error"' not in html


def test_the_summary_links_to_every_wrong_field():
    html = render_to_string("components/error_summary.html", {"form": Sheet({"name": ""})})
    assert re.findall(r'href="#([^"]+)"', html) == ["id_name", "id_sex", "id_sure"]
    assert "Hai số không khớp." in html
    assert "Giới tính: Chưa điền mục này." in html
    assert "<li>Chưa điền mục này.</li>" in html  # the hidden field


def test_the_summary_is_silent_when_nothing_is_wrong():
    assert render_to_string("components/error_summary.html", {"form": Sheet()}).strip() == ""


def test_a_bare_field_has_a_name_and_its_error():
    html = controls.bare_field(Sheet({"name": ""})["name"], "Tên của dòng 3", hx_post="/save/")
    assert 'aria-label="Tên của dòng 3"' in html
    assert 'hx-post="/save/"' in html
    assert '<span class="field-error" id="id_name_error">Chưa điền mục này.</span>' in html


def test_a_page_names_itself_once_and_leaves_out_empty_frames():
    blocks = "{% block title %}A &amp; <i>B</i>{% endblock %}{% block lead %} Việc kế. {% endblock %}"
    html = rendered("{% extends 'base.html' %}" + blocks)
    assert "<title>A &amp; B – Hồ sơ Đảng viên</title>" in html
    assert "<h1>A &amp; <i>B</i></h1>" in html
    assert '<p class="lead-line">Việc kế.</p>' in html
    assert "page-actions" not in html
    assert "Thêm" not in html


def test_more_appears_with_its_content():
    page = "{% extends 'base.html' %}{% block title %}A{% endblock %}{% block more %}<a href='/'>B</a>{% endblock %}"
    assert "<div class=\"menu-items\"><a href='/'>B</a></div>" in rendered(page)


def test_the_frame_has_no_inline_script_or_style_and_asks_no_other_host():
    html = rendered("{% extends 'base.html' %}{% block title %}A{% endblock %}", demo_ribbon=True)
    assert "DỮ LIỆU MẪU" in html
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert '"allowEval":false' in html
    assert '"historyCacheSize":0' in html


def test_signed_out_pages_show_no_search_and_no_menu():
    html = rendered("{% extends 'base.html' %}")
    assert 'role="search"' not in html
    assert "Đăng xuất" not in html


@pytest.mark.parametrize("code", ["400", "403_csrf", "500"])
def test_an_error_page_needs_nothing(code):
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert "– Hồ sơ Đảng viên</title>" in html


def test_pagination_keeps_the_filters():
    page = Paginator(range(1234), 50).page(2)
    html = rendered("{% include 'components/pagination.html' %}", "/?q=an&page=2", page=page)
    assert re.findall(r'href="([^"]+)"', html) == ["?q=an&amp;page=1", "?q=an&amp;page=3"]
    assert "Trang 2 / 25 · 1.234 dòng" in html


def test_a_message_offers_undo_only_when_it_can():
    assert ui.undo_url(SimpleNamespace(extra_tags=ui.undo_tag("/undo/7/"))) == "/undo/7/"
    assert ui.undo_url(SimpleNamespace(extra_tags="plain")) == ""
    assert ui.undo_url(SimpleNamespace(extra_tags=None)) == ""


def test_a_rule_says_result_reason_source_and_arithmetic():
    result = {
        "status": "stop",
        "reason": "5 người, được 4",
        "source": "366, Điều 11",
        "arithmetic": ["20 % × 22 = 4,4"],
    }
    html = rendered("{% include 'components/rule_result.html' %}", result=result | {"is_default": True})
    for words in ("Chưa đạt", "5 người, được 4", "366, Điều 11", "20 % × 22 = 4,4", "mặc định", "Vì sao?"):
        assert words in html


@pytest.mark.parametrize(
    "picture",
    [
        charts.bar_chart("Số đảng viên", [("Phường <5>", 1234.5), ("Trạm Y tế", 0)], "người"),
        charts.stacked_chart("Cơ cấu", ["2025"], [charts.Series("HTXSNV", [20]), charts.Series("HTTNV", [1214.5])]),
        charts.line_chart("Qua các năm", ["2024", "2025"], [charts.Series("HTXSNV", [None, Decimal("1234.5")])], "%"),
        charts.parted_chart("<5>", [charts.Part("Đến 2017", ["2017"], [charts.Series("<5>", [1234.5])])] * 2, "Khác"),
    ],
    ids=["bar", "stacked", "line", "parted"],
)
def test_a_chart_has_a_title_values_a_table_and_no_style(picture):
    assert "<title>" in picture
    assert "<table" in picture
    assert "style=" not in picture
    assert "<5>" not in picture
    assert "1.2" in picture


def test_a_missing_value_breaks_the_line():
    picture = charts.line_chart("x", ["1", "2", "3", "4"], [charts.Series("a", [1, 2, None, 4])])
    [path] = re.findall(r'<path d="([^"]+)" stroke="#1d1d1f" stroke-width="2.5" fill="none"', picture)
    assert [part[0] for part in re.findall(r"[ML][^ML]+", path)] == ["M", "L", "M"]


def test_an_empty_chart_does_not_fail():
    assert "<svg" in charts.bar_chart("Không có gì", [])


def test_vendored_files_are_the_ones_written_down():
    sums = dict(reversed(line.split("  ")) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    found = {str(f.relative_to(VENDOR)): hashlib.sha256(f.read_bytes()).hexdigest() for f in VENDOR.glob("*/*")}
    assert found == sums


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "paper-warm"),
        ("ink-soft", "paper-warm"),
        ("ink-soft", "paper-deep"),
        ("blue", "paper-warm"),
        ("paper", "red"),
        ("paper", "red-dark"),
        ("error", "error-pale"),
        ("warn", "warn-pale"),
        ("success", "success-pale"),
        ("blue-dark", "blue-pale"),
        ("error", "paper"),
        ("blue", "blue-pale"),
        ("ink-soft", "blue-pale"),
    ],
)
def test_contrast_of_the_tokens(text, ground):
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (ROOT / "static/css/app.css").read_text()))
    light, dark = sorted((_luminance(tokens[text]), _luminance(tokens[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
