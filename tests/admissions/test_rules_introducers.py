"""Introducers: worked examples of admissions.md §15, by number, in every rule set."""

from datetime import date

import pytest

from admissions.rules.findings import FAIL, MISSING, NEEDS_HUMAN, PASS
from admissions.rules.introducers import Introducer, Unions, introducers, qualification, route
from tests.admissions.regulations import CODES, introducer_rules

every_set = pytest.mark.parametrize("code", CODES)
MEETING = date(2026, 9, 10)
AGED_45, AGED_32, AGED_27 = date(1981, 3, 5), date(1994, 3, 5), date(1999, 3, 5)
A = Introducer(name="A", official_on=date(2026, 3, 10), together_since=date(2024, 9, 10))
B = Introducer(name="B", official_on=date(2016, 9, 10), together_since=date(2025, 10, 10))
C = Introducer(name="C", official_on=date(2016, 9, 10), together_since=date(2020, 1, 1))
D = Introducer(name="D", official_on=date(2018, 9, 10), together_since=date(2025, 9, 10))
PROBATIONARY = Introducer(name="E", official_on=None, together_since=date(2020, 1, 1))
YOUTH_BODY = {"youth_body": "base", "youth_member": True}
NO_BODIES = {"youth_body": "none", "trade_body": False}
RESOLVED = {"resolution_on": date(2026, 8, 1)}


def found(code, born, named, **unions):
    return introducers(introducer_rules(code), named, Unions(**unions), born=born, on=MEETING)


@every_set
def test_e14_the_months_together_count_and_not_those_of_an_official_member(code):
    rules = introducer_rules(code)

    assert [qualification(rules, each, MEETING).status for each in (A, B)] == [PASS, FAIL]
    result = found(code, AGED_45, [A, B])
    assert (result.status, result.code, result.changes_on) == (FAIL, "adult", date(2026, 10, 10))
    assert result.reason == "Có 1 đảng viên đủ điều kiện giới thiệu, cần 2."
    assert result.evidence == (
        "A: đảng viên chính thức, cùng công tác đủ 12 tháng. B: cùng công tác chưa đủ 12 tháng, đủ vào ngày 10/10/2026."
    )


@every_set
@pytest.mark.parametrize(
    ("born", "named", "unions", "status", "way"),
    [
        pytest.param(AGED_27, [C, D], YOUTH_BODY, MISSING, "youth_union", id="[E15]"),
        pytest.param(AGED_27, [C], YOUTH_BODY | RESOLVED, PASS, "youth_union", id="with-the-resolution"),
        pytest.param(AGED_27, [C, D], {"youth_body": "base"} | RESOLVED, FAIL, "youth_union", id="not-a-union-member"),
        pytest.param(
            AGED_27,
            [C],
            {"youth_body": "none", "trade_body": True, "trade_member": True} | RESOLVED,
            PASS,
            "trade_union",
            id="[E16]-trade-union",
        ),
        pytest.param(
            AGED_27,
            [C],
            {"youth_body": "none", "trade_body": True, "trade_member": True},
            MISSING,
            "trade_union",
            id="trade-union-silent",
        ),
        pytest.param(
            AGED_27,
            [C, D],
            {"youth_body": "none", "trade_body": True},
            NEEDS_HUMAN,
            "trade_union",
            id="not-in-the-union",
        ),
        pytest.param(AGED_27, [C, D], NO_BODIES, PASS, "no_union", id="[E16]-no-union"),
        pytest.param(AGED_27, [C], NO_BODIES, MISSING, "no_union", id="no-union-one-member"),
        pytest.param(AGED_27, [C, D], {"youth_body": "none"}, MISSING, "", id="trade-union-not-known"),
        pytest.param(AGED_27, [C, D], {}, MISSING, "", id="body-not-known"),
        pytest.param(AGED_32, [C, D], YOUTH_BODY, PASS, "adult", id="[E17]-adult"),
        pytest.param(AGED_32, [C, D], YOUTH_BODY | {"youth_cadre": True}, MISSING, "youth_union", id="[E17]-cadre"),
        pytest.param(AGED_45, [C, PROBATIONARY], {}, FAIL, "adult", id="probationary-introducer"),
        pytest.param(AGED_45, [], {}, MISSING, "adult", id="nobody-named"),
    ],
)
def test_who_introduces(code, born, named, unions, status, way):
    result = found(code, born, named, **unions)

    assert (result.status, result.code) == (status, way)


def test_e15_names_the_paper():
    result = found("qd294_2025", AGED_27, [C, D], **YOUTH_BODY)

    assert result.items == ("resolution",)
    assert result.reason == "Chưa có nghị quyết của Ban Chấp hành Đoàn cơ sở hoặc tập thể chi đoàn cơ sở."
    assert result.article.startswith("Điều 4 Điều lệ Đảng")


def test_two_things_that_lack_are_both_named():
    result = found("qd294_2025", AGED_27, [B], **YOUTH_BODY)

    assert (result.status, result.items) == (FAIL, ("resolution",))


@pytest.mark.parametrize(
    ("chosen", "cadre", "way"),
    [
        ({}, False, "adult"),
        ({}, True, "youth_union"),
        ({"youth_age_max": 35}, False, "youth_union"),
        ({"youth_age_max_union_cadre": 30}, True, "adult"),
    ],
)
def test_e17_youth_ages_are_settings(chosen, cadre, way):
    unions = Unions(youth_body="base", youth_member=True, youth_cadre=cadre)

    assert route(introducer_rules(**chosen), unions, AGED_32, MEETING) == way


def test_the_youth_union_of_a_commune_introduces_where_a_committee_says_so():
    unions = Unions(youth_body="commune", youth_member=True, trade_body=False)
    chosen = introducer_rules(commune_youth_union_introduces=True)

    assert route(introducer_rules(), unions, AGED_27, MEETING) == "no_union"
    assert route(chosen, unions, AGED_27, MEETING) == "commune_youth_union"


@every_set
def test_e18_a_replacement_needs_no_months_together(code):
    left = Introducer(
        name="F", official_on=date(2016, 9, 10), together_since=date(2020, 1, 1), ended_on=date(2026, 6, 1)
    )
    new = Introducer(name="G", official_on=date(2018, 9, 10), together_since=date(2026, 7, 10), replacement=True)

    assert qualification(introducer_rules(code), new, MEETING).status == PASS
    assert found(code, AGED_45, [C, left, new]).status == PASS
    assert found(code, AGED_45, [C, left]).status == MISSING
