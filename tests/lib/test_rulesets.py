"""Reading, checking, choosing and storing rule sets."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from config.lib.rulesets import (
    MonthDay,
    Rules,
    RuleSetError,
    discover,
    dump,
    load_file,
    restore,
    typed,
    with_overrides,
)

HEADER = """topic = "cap"
code = "qd_2025"
title = "Giới hạn"
numbers = ["1-QĐ/TW", "2-HD/BTCTW"]
effective_on = 2025-10-31
first_season_year = 2025
"""
PERCENT = '[keys.percent]\nvalue = 20\nunit = "%"\nmark = "●"\nsource = "Điều 11"\n'
ROUNDING = (
    '[keys.rounding]\nvalue = "floor"\nunit = "code"\nmark = "△"\n'
    'source = "mặc định của phần mềm"\nchoices = ["floor", "half_up"]\n'
)
ABSENT_RULE = '[keys.raised]\nvalue = "none"\nunit = "%"\nmark = "●"\nsource = "Điều 12"\n'


def entry(name, value, unit, mark="△"):
    return f'[keys.{name}]\nvalue = {value}\nunit = "{unit}"\nmark = "{mark}"\nsource = "Điều 1"\n'


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "rulesets"
    folder.mkdir()

    def write_file(text, name="2025-10-31-cap.toml"):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@dataclass(frozen=True, kw_only=True)
class EveryType(Rules):
    percent: Decimal | None = None
    months: int | None = None
    secret: bool | None = None
    rounding: str | None = None
    day: date | None = None
    close: MonthDay | None = None
    part: Fraction | None = None
    forms: tuple[str, ...] | None = None
    factors: tuple[Decimal, ...] | None = None
    raised: Decimal | None = None
    missing: int | None = None


def test_a_file_is_read_with_header_keys_and_source(write):
    rule_file = load_file(write(HEADER + PERCENT))

    assert (rule_file.topic, rule_file.code, rule_file.effective_on) == ("cap", "qd_2025", date(2025, 10, 31))
    assert rule_file.source == "1-QĐ/TW, 2-HD/BTCTW"
    percent = rule_file.keys["percent"]
    assert (percent.value, percent.unit, percent.mark, percent.source) == (20, "%", "●", "Điều 11")
    assert percent.origin == "rule"


@pytest.mark.parametrize(("year", "covered"), [(2024, False), (2025, True), (2031, True)])
def test_a_set_covers_its_years(write, year, covered):
    assert load_file(write(HEADER)).covers_season(year) is covered


def test_a_set_without_years_covers_none(write):
    assert load_file(write(HEADER.replace("first_season_year = 2025\n", ""))).covers_season(2025) is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(HEADER + PERCENT.replace('"%"', '"furlong"'), "percent: không có đơn vị 'furlong'", id="unit"),
        pytest.param(HEADER + PERCENT.replace("●", "!"), "percent: dấu '!'", id="mark"),
        pytest.param(HEADER + PERCENT + PERCENT, "percent", id="duplicate key"),
        pytest.param(HEADER + PERCENT.replace('source = "Điều 11"\n', ""), "percent: thiếu source", id="no source"),
        pytest.param(HEADER + PERCENT.replace('"Điều 11"', '""'), "percent: thiếu source", id="empty source"),
        pytest.param(HEADER + PERCENT.replace("value = 20\n", ""), "percent: thiếu value", id="no value"),
        pytest.param(HEADER + PERCENT + "vaule = 3\n", "percent: không có thuộc tính vaule", id="unknown field"),
        pytest.param(HEADER + PERCENT.replace("20", "true"), "percent: True phải là số", id="type"),
        pytest.param(HEADER + entry("part", '"1/0"', "fraction"), "part: '1/0' phải là phân số", id="fraction"),
        pytest.param(HEADER + entry("close", '"02-29"', "month-day"), "close: '02-29' phải là tháng-ngày", id="29/02"),
        pytest.param(HEADER + ROUNDING.replace('= "floor"', '= "up"'), "rounding: giá trị 'up'", id="no such choice"),
        pytest.param(HEADER.replace('topic = "cap"\n', "") + PERCENT, "thiếu mục topic", id="no topic"),
        pytest.param(HEADER + "year = 2025\n", "mục year không được dùng", id="unknown header"),
        pytest.param(HEADER.replace('["1-QĐ/TW", "2-HD/BTCTW"]', '"1"'), "mục numbers phải là list", id="header type"),
        pytest.param("topic = ", "không đọc được TOML", id="not TOML"),
    ],
)
def test_a_bad_file_is_refused_by_file_and_key(write, text, said):
    with pytest.raises(RuleSetError) as refused:
        load_file(write(text))

    assert str(refused.value).startswith("2025-10-31-cap.toml: ")
    assert said in str(refused.value)


def test_two_files_of_one_topic_and_code_are_refused(write, tmp_path):
    write(HEADER, "a.toml")
    write(HEADER, "b.toml")

    with pytest.raises(RuleSetError, match=r"b\.toml: cap qd_2025 đã có trong a\.toml"):
        discover(tmp_path)


def test_files_are_found_by_topic_and_date(write, tmp_path):
    write(HEADER, "a.toml")
    write(HEADER.replace("qd_2025", "qd_2023").replace("2025-10-31", "2023-11-10"), "z.toml")
    write(HEADER.replace('"cap"', '"ballot"'), "m.toml")

    assert [(each.topic, each.code) for each in discover(tmp_path)] == [
        ("ballot", "qd_2025"),
        ("cap", "qd_2023"),
        ("cap", "qd_2025"),
    ]


def test_the_digest_follows_the_content_and_not_the_comments(write):
    digest = load_file(write(HEADER + PERCENT)).digest

    assert load_file(write("# a comment\n" + HEADER + PERCENT)).digest == digest
    assert load_file(write(HEADER + PERCENT.replace("20", "25"))).digest != digest
    assert load_file(write(HEADER.replace("Giới hạn", "Tỷ lệ") + PERCENT)).digest != digest


def test_typed_rules_have_the_types_of_their_fields(write):
    text = HEADER + PERCENT + ROUNDING + ABSENT_RULE
    text += entry("months", 6, "months") + entry("secret", "true", "bool") + entry("day", "2025-08-30", "date")
    text += entry("close", '"12-31"', "month-day") + entry("part", '"2/3"', "fraction")
    text += entry("forms", '["02A", "02B"]', "list") + entry("factors", "[0.3, 1]", "× base salary")

    rules = typed(EveryType, load_file(write(text)))

    assert rules == EveryType(
        percent=Decimal(20),
        months=6,
        secret=True,
        rounding="floor",
        day=date(2025, 8, 30),
        close=MonthDay(12, 31),
        part=Fraction(2, 3),
        forms=("02A", "02B"),
        factors=(Decimal("0.3"), Decimal(1)),
    )
    assert type(rules.percent) is Decimal
    assert rules.close.on(2026) == date(2026, 12, 31)
    assert (rules.raised, rules.missing) == (None, None)


def test_a_value_of_another_type_than_the_field_is_refused_by_name(write):
    with pytest.raises(RuleSetError, match="months"):
        typed(EveryType, load_file(write(HEADER + entry("months", 2.5, "points"))))


def test_citations_say_whether_the_text_was_read(write):
    rules = typed(EveryType, load_file(write(HEADER + PERCENT + ROUNDING + entry("months", 6, "months", "○"))))

    assert rules.cite("percent") == "Điều 11"
    assert rules.cite("rounding") == "mặc định của phần mềm, chưa đối chiếu văn bản"
    assert rules.cite("months") == "Điều 1 – mặc định của phần mềm, chưa đối chiếu văn bản"
    assert rules.cite("percent", "percent", "missing") == "Điều 11"


def test_a_local_choice_stands_over_the_default(write):
    keys = load_file(write(HEADER + PERCENT + ROUNDING)).keys

    chosen = with_overrides(keys, {"rounding": "half_up"})

    rules = typed(EveryType, chosen)
    assert (rules.rounding, rules.origin("rounding")) == ("half_up", "override")
    assert rules.cite("rounding") == "theo lựa chọn của cấp ủy"
    assert (keys["rounding"].value, keys["rounding"].origin) == ("floor", "default")
    assert chosen["percent"] == keys["percent"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("percent", 30, "percent: Điều 11 đã quy định"),
        ("rounding", "up", "rounding: chỉ được chọn một trong floor, half_up"),
        ("rounding", 3, "rounding: 3 phải là chữ"),
        ("unheard", 1, "unheard: bộ quy tắc này không có mục đó"),
    ],
)
def test_a_choice_that_the_rule_set_does_not_leave_is_refused(write, name, value, said):
    keys = load_file(write(HEADER + PERCENT + ROUNDING)).keys

    with pytest.raises(RuleSetError, match=said):
        with_overrides(keys, {name: value})


def test_a_key_read_in_the_text_may_leave_a_choice(write):
    keys = load_file(write(HEADER + ROUNDING.replace("△", "●"))).keys

    assert with_overrides(keys, {"rounding": "half_up"})["rounding"].value == "half_up"


def test_keys_come_back_from_json_as_they_were(write):
    text = HEADER + PERCENT + ROUNDING + ABSENT_RULE + entry("step", 0.1, "points") + entry("day", "2025-08-30", "date")
    text += entry("factors", "[0.3, 1]", "× base salary") + entry("forms", '["02A"]', "list")
    keys = load_file(write(text)).keys

    stored = json.loads(json.dumps(dump(keys)))

    assert restore(stored) == keys
    assert stored["step"] == {"value": "0.1", "unit": "points", "mark": "△", "source": "Điều 1"}
    assert stored["raised"]["value"] == "none"
