"""The shipped files against the parameters of `classification.md` §13, which `rating_rules.txt` carries cell by cell.

A cell is "value mark", "-" where the key is left out, "none" where the regulation is known to have no such rule; the
form `khien_trach` of the table is the slug `reprimand` of the member's record.
"""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from evaluations.rules import TOPICS, score_problem
from tests.evaluations.regulations import ROOT, rules, shipped, written

CODES = ("hd07_2011", "hd27_2014", "hd16_2018", "hd21_2019", "qd124_2023", "qd366_2025")
EXPECTED = (ROOT / "tests" / "expected" / "rating_rules.txt").read_text(encoding="utf-8")


def cell(topic, code, key):
    [keys] = [each.keys for each in shipped() if (each.topic, each.code) == (topic, code)]
    return f"{written(keys[key].value)} {keys[key].mark}" if key in keys else "-"


@pytest.mark.parametrize("line", EXPECTED.splitlines(), ids=lambda line: line.split(" |")[0])
def test_every_value_and_mark(line):
    name, *expected = line.split(" | ")
    topic, key = name.split()

    assert [cell(topic, code, key) for code in CODES] == expected


def test_the_table_names_every_shipped_key():
    listed = {tuple(line.split(" |")[0].split()) for line in EXPECTED.splitlines()}
    files = [each for each in shipped() if each.topic not in ("chain", "score_pattern", "watch", "assistance", "hints")]

    assert {(each.topic, key) for each in files for key in each.keys} <= listed
    assert {(each.topic, each.code) for each in files} == {(topic, code) for topic in TOPICS for code in CODES}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_shipped_key_is_a_field_of_its_rules(topic):
    known = {field.name for field in fields(TOPICS[topic])}

    assert {key for each in shipped() if each.topic == topic for key in each.keys} <= known


@pytest.mark.parametrize(
    ("year", "code"),
    [
        (2010, None),
        (2011, "hd07_2011"),
        (2013, "hd07_2011"),
        (2014, "hd27_2014"),
        (2017, "hd27_2014"),
        (2018, "hd16_2018"),
        (2019, "hd21_2019"),
        (2022, "hd21_2019"),
        (2023, "qd124_2023"),
        (2024, "qd124_2023"),
        (2025, "qd366_2025"),
        (2031, "qd366_2025"),
    ],
)
@pytest.mark.parametrize("topic", TOPICS)
def test_the_set_of_a_year(topic, year, code):
    found = [each.code for each in shipped() if each.topic == topic and each.covers_season(year)]

    assert found == ([code] if code else [])


@pytest.mark.parametrize("code", CODES)
def test_the_header_repeats_what_the_topic_ruleset_says(code):
    known = rules(code).ruleset
    for each in shipped():
        if each.code == code:
            assert each.effective_on == known.effective_from
            assert each.first_season_year == known.first_season_year
            assert each.last_season_year == known.last_season_year
            assert known.guidance_number in each.source


def test_file_names_carry_date_and_number():
    names = {path.name for path in (ROOT / "evaluations" / "rulesets").glob("*.toml")}

    assert len(names) == 67
    assert "2025-10-31-qd366-cap.toml" in names


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("hd07_2011", (None, None, None)),
        ("hd21_2019", ("02", "02", "02")),
        ("qd124_2023", ("02B", "02A", "02A")),
        ("qd366_2025", ("02A", "02B", "02C")),
    ],
)
def test_form_letters_were_swapped_in_2025(code, forms):
    known = rules(code).ruleset

    assert tuple(known.form_for(group) for group in ("leader", "non_leader", "outside_system")) == forms


@pytest.mark.parametrize(
    ("score", "said"),
    [
        ("100", None),
        ("0", None),
        ("89.9", None),
        ("100.1", "Điểm 100,1 phải từ 0 đến 100 (Điều 10 Quy định 366-QĐ/TW)."),
        ("-1", "Điểm -1 phải từ 0 đến 100 (Điều 10 Quy định 366-QĐ/TW)."),
        ("89.95", "Điểm 89,95 phải là bội số của 0,1."),
    ],
)
def test_a_total_score(score, said):
    assert score_problem(rules().score_frame, Decimal(score)) == said


def test_effective_dates():
    assert rules().ruleset.regulation_date == date(2025, 8, 30)
    assert rules("hd07_2011").ruleset.regulation_date is None
