"""The rules of the quality desk over single records and over pairs. Pure: no database."""

import re
from dataclasses import replace
from datetime import date

import pytest

from members.enums import Sex
from members.importing.rules import FileCheckRules
from members.quality.checks import FormerPlaces, Ground, Person, flaws, is_after, tidied
from members.quality.pairs import Record, pairs
from members.quality.rules import quality_rules
from members.rules.numbers import has_form, told_by_id

ON = date(2026, 11, 23)
RULES = FileCheckRules(
    admission_age=18, admission_age_checked_from=date(1975, 4, 30), probation_months=12, recognition_working_days=30
)
GROUND = Ground(RULES, ON)
GOOD = Person(
    full_name="Nguyễn Văn An", sex=Sex.MALE, ethnic="kinh",
    texts={"full_name": "Nguyễn Văn An", "birth_place": "Xã A", "home_place": "Xã A", "residence": "Xã A"},
    numbers={"personal_id": "096080500001", "card_number": "096080500001", "cv_number": "000123 CM"},
    dates={
        "born": (date(1980, 3, 5), "day"), "decided": (date(2005, 5, 10), "day"),
        "admitted": (date(2005, 5, 19), "day"), "official": (date(2006, 5, 19), "day"),
    },
)  # fmt: skip


def found(person, ground=GROUND):
    return {flaw.rule: flaw.detail for flaw in flaws(person, ground)}


def with_dates(**changes):
    dates = {**GOOD.dates, **{name: value if isinstance(value, tuple) else (value, "day") for name, value in
                              changes.items() if value}}  # fmt: skip
    return replace(GOOD, dates={name: value for name, value in dates.items() if changes.get(name, 1) is not None})


def with_text(**changes):
    return replace(GOOD, full_name=changes.get("full_name", GOOD.full_name), texts={**GOOD.texts, **changes})


def with_numbers(**changes):
    return replace(GOOD, numbers={**GOOD.numbers, **changes})


def test_a_good_record_has_no_flaw():
    assert found(GOOD) == {}


def test_every_rule_says_who_mends_until_when_and_by_what_text():
    for rule in quality_rules().values():
        assert all((rule.words, rule.remedy, rule.source)), rule.code
        assert rule.mark in "●○◇△", rule.code
        assert 0 < rule.days <= 365, rule.code
        assert rule.fix in ("", "text", "name"), rule.code
    assert quality_rules()["duplicate"].due_on(date(2026, 11, 23)) == date(2026, 12, 8)


def test_what_is_obligatory_and_missing_is_named():
    bare = Person(full_name="Lê An", has_religion=False, has_occupation=False)
    assert found(bare) == {
        "missing_identity": "thiếu giới tính, ngày sinh, dân tộc, số định danh cá nhân",
        "missing_party": "thiếu ngày vào Đảng",
        "missing_places": "thiếu nơi đăng ký khai sinh, quê quán, nơi thường trú",
        "missing_decision": "",
        "missing_religion": "",
        "unknown_occupation": "",
    }


def test_a_probationary_member_has_no_card_yet_an_official_one_has():
    probationary = with_dates(official=None, decided=date(2026, 5, 10), admitted=date(2026, 5, 19))
    assert found(replace(probationary, numbers={"personal_id": "096080500001"})) == {}
    assert found(replace(GOOD, numbers={"personal_id": "096080500001"})) == {"missing_party": "thiếu số thẻ 12 số"}


def test_who_is_nowhere_and_who_has_left():
    assert found(replace(GOOD, has_membership=False, is_on_roll=False)) == {"no_membership": ""}
    assert found(Person(full_name="LÊ AN", is_on_roll=False)) == {}


@pytest.mark.parametrize(
    ("changes", "rule", "detail"),
    [
        pytest.param(
            {"decided": date(2005, 6, 1)}, "dates_out_of_order",
            "ngày quyết định kết nạp 01/06/2005 sau ngày vào Đảng 19/05/2005", id="decision after ceremony",
        ),
        pytest.param(
            {"official": date(2004, 5, 19)}, "dates_out_of_order",
            "ngày vào Đảng 19/05/2005 sau ngày chính thức 19/05/2004", id="ceremony after recognition",
        ),
        pytest.param({"official": date(2027, 1, 1)}, "date_in_future", "ngày chính thức 01/01/2027", id="future"),
        pytest.param(
            {"born": date(1987, 5, 20)}, "under_age_at_admission",
            "sinh 20/05/1987, vào Đảng 19/05/2005: 17 tuổi", id="17 years",
        ),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(changes, rule, detail):
    person = with_dates(**changes)
    person = replace(person, numbers={**person.numbers, "personal_id": "", "card_number": "096080500001"})
    assert found(person)[rule] == detail


def test_eighteen_on_the_day_is_old_enough_and_old_admissions_are_not_judged():
    assert "under_age_at_admission" not in found(with_dates(born=date(1987, 5, 19)))
    old = with_dates(born=date(1952, 1, 1), decided=None, admitted=date(1969, 1, 1), official=date(1970, 1, 1))
    assert "under_age_at_admission" not in found(old)


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ((date(2005, 6, 1), "day"), (date(2005, 5, 1), "month"), True),
        ((date(2005, 5, 10), "day"), (date(2005, 5, 1), "month"), False),
        ((date(2005, 5, 10), "day"), (date(2005, 1, 1), "year"), False),
        ((date(2006, 1, 1), "year"), (date(2005, 5, 10), "day"), True),
    ],
)
def test_partial_dates_are_compared_as_far_as_both_are_known(one, other, later):
    assert is_after(one, other) is later


@pytest.mark.parametrize(
    ("admitted", "late"),
    [
        pytest.param(date(2025, 10, 11), True, id="ended on Sunday 11/10/2026, thirty working days on 20/11"),
        pytest.param(date(2025, 10, 12), False, id="thirty working days on Monday 23/11"),
    ],
)
def test_probation_that_lasts_too_long(admitted, late):
    person = with_dates(decided=admitted, admitted=admitted, official=None)
    assert ("probation_too_long" in found(replace(person, numbers=GOOD.numbers))) is late


@pytest.mark.parametrize(("again", "late"), [(date(2025, 10, 11), True), (date(2025, 10, 12), False)])
def test_the_probation_of_who_was_admitted_again_runs_from_the_new_ceremony(again, late):
    person = replace(with_dates(official=None), readmitted_on=again)
    words = "kết nạp lại 11/10/2025, chưa ghi ngày chính thức"
    assert found(person).get("probation_too_long", "") == (words if late else "")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("096080500001", (Sex.MALE, 1980)),
        ("096180500001", (Sex.FEMALE, 1980)),
        ("096203500001", (Sex.MALE, 2003)),
        ("096303500001", (Sex.FEMALE, 2003)),
        ("096980500001", None),
        ("1075456789", None),
    ],
)
def test_what_a_personal_number_tells(number, told):
    assert told_by_id(number) == told


def test_the_number_against_sex_and_birth_year():
    person = with_numbers(personal_id="096181500001", card_number="096181500001")
    assert found(person) == {
        "id_birth_year": "số định danh: 1981; đã ghi: 1980",
        "id_sex": "số định danh: Nữ; đã ghi: Nam",
    }


def test_a_card_that_is_not_the_personal_number_is_named_by_its_last_digits():
    assert found(with_numbers(card_number="096080500002")) == {"card_not_id": "thẻ …0002, số định danh …0001"}


@pytest.mark.parametrize(
    ("column", "number", "good"),
    [
        pytest.param("personal_id", "1075456789", False, id="M25"),
        pytest.param("personal_id", "001075456789", True, id="M25-proposal"),
        pytest.param("cv_number", "000123 CM", True, id="M26-valid"),
        pytest.param("cv_number", "123 CM", False, id="M26-short"),
        pytest.param("cv_number", "000123CMA", True, id="M26-three-letters"),
        pytest.param("cv_number", "000123 CMAU", False, id="M26-four-letters"),
    ],
)
def test_forms_of_numbers(column, number, good):
    assert has_form(column, number) is good
    person = with_numbers(**{column: number})
    assert ("number_form" in found(person)) is not good


@pytest.mark.parametrize(
    ("written", "rule", "mended"),
    [
        ("Nguyễn  Văn An", "text_form", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n Văn An", "text_form", "Nguyễn Văn An"),
        ("Nguyễn Văn An\u200b", "text_form", "Nguyễn Văn An"),
        ("NGUYỄN VĂN AN", "name_form", "Nguyễn Văn An"),
        ("đinh thị hòa", "name_form", "Đinh Thị Hòa"),
    ],
)
def test_the_way_of_writing_is_mended_without_another_change(written, rule, mended):
    person = with_text(full_name=written)
    assert rule in found(person)
    assert tidied(person, quality_rules()[rule].fix) == {"full_name": mended}


def test_a_name_of_mixed_letters_stays_as_it_is():
    assert found(with_text(full_name="H'Wen Niê KDăm")) == {}


def test_legacy_letters_are_named_and_not_mended():
    assert found(with_text(home_place="X· T©n TiÕn")) == {"legacy_text": "quê quán"}


def test_former_places_but_not_beside_the_present_name():
    places = FormerPlaces(re.compile("phuong 5"), re.compile("phuong tan thanh"), {"phuong 5": "Phường 5"})
    ground = Ground(RULES, ON, places)
    assert found(with_text(home_place="Khóm 1, phường 5, Cà Mau"), ground) == {"former_place": "quê quán: Phường 5"}
    assert found(with_text(home_place="Phường Tân Thành (Phường 5 cũ)"), ground) == {}


# --- pairs


def record(name, **values):
    own = {"home_id": 3, "path": "/1/3/", "full_name": "Lê Thị Hòa", "born_on": date(1980, 3, 5)}
    return Record(id=name, **{**own, **values})


def named(*records):
    return [(pair.rule, pair.one.id, pair.other.id, pair.detail) for pair in pairs(records)]


def test_one_name_and_birth_date_without_a_number_against_it():
    one, other = record("a", home_place="Xã A", personal_id="096180000001"), record("b", home_place="xã a")
    words = "cùng họ tên, cùng ngày sinh 05/03/1980, cùng quê quán"
    assert named(one, other) == [("duplicate", "a", "b", words)]
    assert named(one, replace(other, full_name="LÊ THỊ HOÀ"))[0][0] == "duplicate"


@pytest.mark.parametrize(
    "changes",
    [
        {"personal_id": "096180000002"},
        {"born_on": date(1980, 3, 6)},
        {"born_on": None},
        {"born_precision": "year"},
        {"full_name": "Lê Thị Hoa Mai"},
    ],
)
def test_who_is_not_the_same(changes):
    assert named(record("a", personal_id="096180000001"), record("b", **changes)) == []


def test_two_cards_of_one_person():
    found = named(record("a", card_number="096180000001"), record("b", card_number="096180000002"))
    assert found[1] == ("two_cards", "a", "b", "cùng họ tên, ngày sinh, khác số thẻ")
    assert len(named(record("a", card_number="096180000001"), record("b", former_card_number="62010485"))) == 1


def test_one_number_of_two_persons():
    one, other = record("a", cv_number="000123 CM"), record("b", full_name="Trần Ba", cv_number="000123CM")
    assert named(one, other) == [("shared_number", "a", "b", "cùng số lý lịch")]


@pytest.mark.parametrize(
    ("path", "home", "body"),
    [("/1/3/", 3, 3), ("/1/4/", 4, 1), ("/1/", 1, 1)],
)
def test_the_body_above_both(path, home, body):
    [pair] = pairs([record("a"), record("b", path=path, home_id=home)])
    assert pair.body_above == body
    assert pair.is_in_one_place is (home == 3)


def test_many_of_one_name_are_a_filler():
    assert named(*(record(f"{number:02d}") for number in range(20))) == []


def test_against_the_numbers_only_where_both_name_one_relative():
    one, other = record("a", personal_id="096180000001"), record("b", personal_id="096180000002")
    father, mother, asked = ("father", "le van ba", 1950), ("mother", "tran thi tu", None), []

    def kin(ids):
        asked.append(ids)
        return {"a": {father}, "b": {father, mother}}

    [pair] = pairs([one, other, record("c", full_name="Trần Ba")], kin)
    assert pair.detail == "cùng họ tên, ngày sinh; khác số định danh"
    assert asked == [{"a", "b"}]
    assert list(pairs([one, other], lambda ids: {"a": {father}, "b": {mother}})) == []
