"""Vietnamese formats and words: dates day first, decimals with a comma, no message of Django in English."""

import gettext
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timesince
from django.utils.formats import date_format, get_format, localize, number_format

CATALOGUE = Path(settings.BASE_DIR) / "config" / "locale" / "vi" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("05/06/2026", date(2026, 6, 5)),
        ("23/11/2026", date(2026, 11, 23)),
        ("5/6/2026", date(2026, 6, 5)),
        ("23-11-2026", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
    ],
)
def test_a_date_is_read_day_first(written, read):
    assert forms.DateField().clean(written) == read


@pytest.mark.parametrize("written", ["31/02/2026", "11/23/2026", "23/11/26", "hôm nay"])
def test_what_is_no_date_is_refused_with_an_example(written):
    with pytest.raises(ValidationError) as refusal:
        forms.DateField().clean(written)
    assert refusal.value.messages == ["Viết một ngày có thật theo dạng ngày/tháng/năm, ví dụ 05/03/1975."]


def test_dates_and_times_are_written_day_first():
    assert localize(date(2026, 6, 5)) == "05/06/2026"
    assert date_format(date(2026, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2026"
    assert localize(datetime(2026, 6, 5, 14, 30)) == "05/06/2026 14:30"


def test_a_date_widget_shows_what_it_would_read():
    class Birth(forms.Form):
        born_on = forms.DateField()

    assert 'value="05/03/1975"' in str(Birth(initial={"born_on": date(1975, 3, 5)})["born_on"])


def test_numbers_have_a_decimal_comma():
    assert localize(Decimal("85.5")) == "85,5"
    assert number_format(Decimal("1234567.5"), force_grouping=True) == "1.234.567,5"
    assert forms.DecimalField(localize=True).clean("85,5") == Decimal("85.5")


def test_a_year_and_a_key_are_not_grouped():
    assert localize(2026) == "2026"


def test_the_week_starts_on_monday():
    assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "Chưa điền mục này."),
        (forms.IntegerField(), "2,5", "Chỉ viết số nguyên, ví dụ 12."),
        (forms.IntegerField(min_value=1), "0", "Số nhỏ nhất ghi được là 1."),
        (forms.IntegerField(max_value=9), "10", "Số lớn nhất ghi được là 9."),
        (forms.DecimalField(localize=True), "mười", "Chỉ viết số, phần lẻ sau dấu phẩy, ví dụ 85,5."),
        (forms.CharField(), "a\x00b", "Có ký tự không in được; xóa rồi gõ lại."),
        (forms.UUIDField(), "x", "Mã này không đúng dạng."),
        (forms.FileField(), None, "Chưa điền mục này."),
        (
            forms.ChoiceField(choices=[("a", "A")]),
            "b",
            "“b” không có trong danh sách; chọn một mục của danh sách.",
        ),
    ],
)
def test_a_refusal_says_what_to_do_in_vietnamese(field, value, words):
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    assert refusal.value.messages == [words]


def test_a_short_password_and_a_lapse_of_time_are_told_in_vietnamese():
    with pytest.raises(ValidationError) as refusal:
        MinimumLengthValidator(10).validate("ngan")
    assert refusal.value.messages == ["Mật khẩu quá ngắn; cần ít nhất 10 ký tự."]
    assert timesince.timesince(datetime(2026, 1, 1), datetime(2026, 1, 4)).replace("\xa0", " ") == "3 ngày"


def _source_messages():
    """msgid -> msgstr of the .po file; the first form of a plural."""
    for block in (CATALOGUE / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        joined = block.strip().replace('"\n"', "")
        texts = dict(re.findall(r'^(\S+) "(.*)"$', joined, re.MULTILINE))
        yield texts["msgid"], texts.get("msgstr") or texts["msgstr[0]"]


def test_the_compiled_catalogue_says_what_its_source_says():
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)._catalog
    kept = {key[0] if isinstance(key, tuple) else key: words for key, words in catalogue.items() if key}
    assert kept == dict(_source_messages())
