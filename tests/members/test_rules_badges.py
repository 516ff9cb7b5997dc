"""Badges: the worked examples of `member-file.md` §15 and the parameters of §16; the card's two rules."""

from datetime import date

import pytest

from config.lib.rulesets import MonthDay, typed, with_overrides
from members.rules.badges import (
    NEUTRAL,
    BadgeCase,
    BadgeDue,
    BadgeRules,
    Discipline,
    after_wait,
    badge_finding,
    due_of,
    early_finding,
    early_from,
    file_by,
    neutral,
    next_due,
    number_problem,
    numbers_from,
    posthumous_finding,
    reached,
    release_of,
    round_of,
    rounds_in,
)
from members.rules.cards import CardRules, identity_problem, next_check, unseen_since
from members.rules.cards import number_problem as card_number_problem
from members.rules.moves import HUMAN, OK, STOP
from members.rules.numbers import CARD_DIGITS, FORMER_CARD_DIGITS, card_column, has_form
from members.rules.party_age import Gap, Known, PartyAgeRules, PartyRecord, party_age
from tests.evaluations.regulations import keys, shipped

CODES = ("qd24_2021", "qd294_2025", "qd208_2026")
TODAY = date(2026, 11, 23)
OLD = "30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90"
NUMBERS = "30:8, 40:7, 45:E7, 50:6, 55:D6, 60:5, 65:C5, 70:4, 75:B4, 80:3, 85:A3, 90:2"
PARAMETERS = f"""
badge_levels | {OLD} ● | {OLD} ● | 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95 ○
badge_new_level_backlog | – | – | needs_human △
badge_early_months | 12 ● | 12 ● | 12 △
badge_early_months_high | 24 ● | 24 ● | 24 △
badge_high_from | 70 ● | 70 ● | 70 △
badge_posthumous_months | 12 ● | 12 ● | 12 △
badge_wait_reprimand_months | 6 ○ | 6 ● | 6 △
badge_wait_warning_months | 9 ○ | 9 ● | 9 △
badge_wait_removal_from_post_months | 12 ○ | 12 ● | 12 △
badge_round_1 | 02-03 ● | 02-03 ● | 02-03 △
badge_round_2 | 05-19 ● | 05-19 ● | 05-19 △
badge_round_3 | 09-02 ● | 09-02 ● | 09-02 △
badge_round_4 | 11-07 ● | 11-07 ● | 11-07 △
badge_window_1 | 12-01 △ | 12-01 △ | 12-01 △
badge_window_2 | 03-01 △ | 03-01 △ | 03-01 △
badge_window_3 | 06-01 △ | 06-01 △ | 06-01 △
badge_window_4 | 10-01 △ | 10-01 △ | 10-01 △
badge_file_lead_working_days | 30 △ | 30 △ | 30 △
badge_number_forms | – | {NUMBERS} ● | {NUMBERS} △
""".strip().splitlines()


def rules(code="qd208_2026", **choices):
    return typed(BadgeRules, with_overrides(keys("badge", code, "members"), choices))


def age_since(start, on=TODAY, last=None, gaps=()):
    who = PartyRecord(decided=Known(start, last or start), official_on=start.replace(year=start.year + 1), gaps=gaps)
    return party_age(typed(PartyAgeRules, keys("party_age", "qd208_2026", "members")), who, on)


def case(level, start, *, then="qd208_2026", last=None, disciplines=()):
    age = age_since(start, last=last)
    return BadgeCase(age=age, due=due_of(age, level), levels_then=rules(then).levels, disciplines=disciplines)


def due(level, on):
    return BadgeDue(level, on, on)


def cell(topic, code, key):
    rule = keys(topic, code, "members").get(key)
    if rule is None:
        return "–"
    value = ", ".join(map(str, rule.value)) if isinstance(rule.value, tuple) else rule.value
    return f"{value} {rule.mark}"


@pytest.mark.parametrize("line", PARAMETERS, ids=lambda line: line.split(" |")[0])
def test_every_parameter_has_the_value_and_mark_of_the_table(line):
    key, *expected = line.split(" | ")
    assert [cell("badge", code, key) for code in CODES] == expected


def test_no_parameter_stands_outside_the_table():
    named = {line.split(" |")[0] for line in PARAMETERS}
    files = [each for each in shipped("members") if each.topic == "badge"]
    assert {key for each in files for key in each.keys} == named


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("card_check_months", ["12 △", "12 ●", "12 ●", "12 ○"]),
        ("card_digits", ["8 ○", "8 ●", "12 ●", "12 △"]),
    ],
)
def test_cards_change_form_on_02_09_2025(key, expected):
    files = [each for each in shipped("members") if each.topic == "card"]
    assert [cell("card", each.code, key) for each in files] == expected
    assert [each.effective_on for each in files] == [
        date(2021, 7, 30), date(2025, 7, 1), date(2025, 9, 2), date(2026, 7, 26),
    ]  # fmt: skip


# --- when a level falls due ------------------------------------------------------------------------------------------


def test_level_40_is_due_when_party_age_reaches_it():
    """[M1]"""
    age = age_since(date(1986, 5, 12))
    assert due_of(age, 40).on == date(2026, 5, 12)
    assert (reached(rules(), age, TODAY).level, next_due(rules(), age, TODAY).level) == (40, 45)
    assert reached(rules(), age, date(2026, 5, 11)).level == 35
    assert next_due(rules("qd294_2025"), age, date(2026, 5, 11)).level == 40


def test_a_gap_moves_the_due_date():
    """[M2]"""
    age = age_since(date(1986, 5, 12), gaps=(Gap(date(1990, 3, 1), date(1992, 9, 1), "lost_contact"),))
    assert due_of(age, 40).on == date(2028, 11, 12)
    assert next_due(rules(), age, TODAY).level == 40


def test_nothing_is_due_without_party_age():
    nobody = party_age(typed(PartyAgeRules, {}), PartyRecord(), TODAY)
    assert due_of(nobody, 30) is None
    assert next_due(rules(), nobody, TODAY) is None
    assert reached(rules(), nobody, TODAY) is None


# --- rounds ----------------------------------------------------------------------------------------------------------


def test_the_round_of_a_due_date_and_the_last_day_for_its_file():
    """[M7]"""
    found = round_of(rules(), date(2026, 5, 12))
    assert (found.on, found.file_by) == (date(2026, 5, 19), date(2026, 4, 2))
    assert (found.first, found.after) == (date(2026, 3, 1), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 11, 25), date(2026, 11, 7)), (date(2026, 12, 20), date(2027, 2, 3))],
    ids=["[M8] handed over before the day", "[M8] next year"],
)
def test_a_round_takes_its_window(on, expected):
    assert round_of(rules(), on).on == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 30), date(2026, 11, 7)),
        (date(2026, 12, 1), date(2027, 2, 3)),
        (date(2028, 2, 29), date(2028, 2, 3)),
        (date(2028, 3, 1), date(2028, 5, 19)),
        (date(2026, 5, 31), date(2026, 5, 19)),
        (date(2026, 6, 1), date(2026, 9, 2)),
        (date(2026, 9, 30), date(2026, 9, 2)),
        (date(2026, 10, 1), date(2026, 11, 7)),
    ],
)
def test_windows_meet_without_gap_and_overlap(on, expected):
    assert round_of(rules(), on).on == expected


def test_the_four_rounds_of_a_year():
    found = rounds_in(rules(), 2027)
    assert [each.name for each in found] == ["03/02/2027", "19/05/2027", "02/09/2027", "07/11/2027"]
    assert found[0].first == date(2026, 12, 1)
    assert [each.after for each in found[:-1]] == [each.first for each in found[1:]]


def test_a_committee_may_move_a_window_and_the_lead():
    chosen = rules(badge_window_2="02-15", badge_file_lead_working_days=0)
    assert chosen.badge_window_2 == MonthDay(2, 15)
    assert round_of(chosen, date(2026, 2, 20)).on == date(2026, 5, 19)
    assert file_by(chosen, date(2026, 11, 7)) == date(2026, 11, 6)  # a Saturday: the working day before


def test_without_rounds_there_is_none():
    assert round_of(typed(BadgeRules, {}), TODAY) is None
    assert rounds_in(typed(BadgeRules, {}), 2026) == []


# --- early and posthumous --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "on", "first"),
    [(60, date(2027, 8, 20), date(2026, 8, 20)), (70, date(2027, 1, 15), date(2025, 1, 15)),
     (65, date(2027, 8, 20), date(2026, 8, 20))],
    ids=["[M9] 12 months", "[M9] 24 months from level 70", "level 65"],
)  # fmt: skip
def test_the_seriously_ill_receive_it_early(level, on, first):
    assert early_from(rules(), due(level, on)) == first
    assert early_finding(rules(), due(level, on), first).status == OK
    too_soon = early_finding(rules(), due(level, on), first.replace(day=first.day - 1))
    assert (too_soon.status, too_soon.due_on) == (STOP, first)
    assert f"{first:%d/%m/%Y}" in too_soon.reason


@pytest.mark.parametrize(
    ("level", "on", "status"),
    [(60, date(2027, 8, 20), OK), (70, date(2028, 1, 15), STOP), (70, date(2027, 10, 1), OK),
     (70, date(2027, 10, 2), STOP)],
    ids=["[M10] within 12 months", "[M10] 15 months: the 24 are for the ill", "12 months to the day", "a day more"],
)  # fmt: skip
def test_posthumous_is_twelve_months_for_every_level(level, on, status):
    assert posthumous_finding(rules(), due(level, on), date(2026, 10, 1)).status == status


def test_absent_limits_are_off():
    none = typed(BadgeRules, {})
    assert early_finding(none, due(40, TODAY), TODAY).status == STOP
    assert posthumous_finding(none, due(40, TODAY), TODAY).status == STOP


# --- discipline ------------------------------------------------------------------------------------------------------

WARNED = Discipline("warning", date(2026, 3, 10))


def test_discipline_holds_the_badge_until_the_wait_is_over():
    """[M11]"""
    found = badge_finding(rules(), case(40, date(1986, 5, 12), disciplines=(WARNED,)))
    assert (found.status, found.due_on) == (STOP, date(2026, 12, 10))
    assert "xét từ 10/12/2026 nếu chi bộ xác nhận đã sửa chữa, đợt 03/02/2027" in found.reason
    assert round_of(rules(), found.due_on).on == date(2027, 2, 3)
    assert "28.3.1c" in found.source


@pytest.mark.parametrize(
    ("form", "release"),
    [("reprimand", date(2026, 9, 10)), ("warning", date(2026, 12, 10)), ("removal_from_post", date(2027, 3, 10))],
)
def test_the_wait_follows_the_form(form, release):
    assert release_of(rules(), [Discipline(form, date(2026, 3, 10))], date(2026, 5, 12)) == release


@pytest.mark.parametrize(
    ("discipline", "status"),
    [
        (Discipline("warning", date(2026, 3, 10), lapses_on=date(2026, 5, 1)), OK),
        (Discipline("warning", date(2024, 3, 10)), HUMAN),
        (Discipline("warning", date(2024, 3, 10), lapses_on=date(2025, 3, 10)), OK),
        (Discipline("warning", date(2025, 7, 10), lapses_on=date(2026, 7, 10)), HUMAN),
        (Discipline("reprimand", date(2025, 11, 20)), HUMAN),
        (Discipline("warning", date(2026, 5, 15)), STOP),
        (Discipline("warning", date(2026, 5, 20)), OK),
    ],
    ids=["lapsed", "wait long over, no day of lapse", "wait and force long over", "wait over, still in force",
         "wait over within the window",
         "decided between the due date and the round", "decided after the round"],
)  # fmt: skip
def test_what_a_sanction_does(discipline, status):
    assert badge_finding(rules(), case(40, date(1986, 5, 12), disciplines=(discipline,))).status == status


def test_the_longest_wait_counts():
    several = [WARNED, Discipline("reprimand", date(2026, 4, 1))]
    assert release_of(rules(), several, date(2026, 5, 12)) == date(2026, 12, 10)


@pytest.mark.parametrize("disciplines", [(WARNED,), (Discipline("reprimand", date(2025, 11, 20)),)])
def test_who_may_not_know_reads_the_same_as_of_any_other_doubt(disciplines):
    held = neutral(badge_finding(rules(), case(40, date(1986, 5, 12), disciplines=disciplines)))
    doubtful = neutral(badge_finding(rules(), case(40, date(1986, 5, 1), last=date(1986, 6, 30))))
    assert (held.status, held.reason, held.source, held.word) == (HUMAN, NEUTRAL, "", "")
    assert (doubtful.status, doubtful.reason, doubtful.source, doubtful.word) == (HUMAN, NEUTRAL, "", "")
    plain = badge_finding(rules(), case(40, date(1986, 5, 12)))
    assert neutral(plain) == plain


# --- new levels and doubts -------------------------------------------------------------------------------------------


def test_level_35_reached_after_it_was_brought_in():
    """[M12]"""
    found = badge_finding(rules(), case(35, date(1991, 9, 12)))
    assert (found.status, found.due_on) == (OK, date(2026, 9, 12))


def test_level_35_reached_before_is_for_a_person():
    """[M12]"""
    found = badge_finding(rules(), case(35, date(1991, 5, 12), then="qd294_2025"))
    assert (found.status, found.due_on) == (HUMAN, date(2026, 5, 12))
    assert "mặc định" in found.source


def test_a_level_that_the_rules_never_had_is_not_given():
    found = badge_finding(rules("qd294_2025"), case(35, date(1991, 5, 12), then="qd294_2025"))
    assert found.status == STOP


def test_a_partial_date_that_may_fall_into_another_round_is_for_a_person():
    assert badge_finding(rules(), case(40, date(1986, 5, 1), last=date(1986, 6, 30))).status == HUMAN
    assert badge_finding(rules(), case(40, date(1986, 3, 1), last=date(1986, 3, 20))).status == OK


def test_at_the_round_of_its_release_a_held_badge_is_for_a_person():
    """[M11]"""
    found = after_wait(rules(), due(40, date(2026, 5, 12)), date(2026, 12, 10))
    assert (found.status, found.due_on) == (HUMAN, date(2026, 12, 10))
    assert neutral(found).reason == NEUTRAL


@pytest.mark.parametrize(
    ("level", "number", "fits"),
    [
        (30, "CM 00012345", True), (30, "CM00012345", True), (30, "CM 0012345", False), (30, "00012345", False),
        (40, "CM 0012345", True), (45, "CM E0012345", True), (45, "CM 0012345", False), (90, "CM 07", True),
        (85, "CM A012", True), (35, "bất kỳ", True), (95, "7", True), (30, "CM ٠٠٠١٢٣٤٥", False),
    ],
)  # fmt: skip
def test_the_number_has_the_form_of_its_level(level, number, fits):
    assert (number_problem(rules(), level, number) == "") is fits
    assert number_problem(rules("qd24_2021"), level, number) == ""


def test_numbers_rise_and_keep_their_zeros():
    assert numbers_from("CM 00000098", 3) == ["CM 00000098", "CM 00000099", "CM 00000100"]
    assert numbers_from("CM E0000001", 1) == ["CM E0000001"]
    for wrong, count in (("CM 98", 3), ("CM", 1)):
        with pytest.raises(ValueError, match="CM"):
            numbers_from(wrong, count)


# --- cards -----------------------------------------------------------------------------------------------------------


def card_rules(code):
    return typed(CardRules, keys("card", code, "members"))


@pytest.mark.parametrize(
    ("code", "number", "fits"),
    [("qd294_2025", "96012345", True), ("qd294_2025", "096080500001", False), ("qd347_2025", "096080500001", True),
     ("qd347_2025", "96012345", False), ("qd208_2026", "09608050000x", False), ("qd208_2026", "٠٩٦٠٨٠٥٠٠٠٠١", False)],
)  # fmt: skip
def test_the_number_has_the_digits_of_its_day(code, number, fits):
    assert (card_number_problem(card_rules(code), number) == "") is fits


def test_the_digits_of_the_rule_sets_are_those_of_the_columns():
    codes = ("qd24_2021", "qd294_2025", "qd347_2025", "qd208_2026")
    digits = [card_rules(code).card_digits for code in codes]
    assert digits == [FORMER_CARD_DIGITS, FORMER_CARD_DIGITS, CARD_DIGITS, CARD_DIGITS] == [8, 8, 12, 12]
    columns = [card_column("1" * number) for number in digits]
    assert columns == ["former_card_number", "former_card_number", "card_number", "card_number"]
    assert all(has_form(column, "1" * number) for column, number in zip(columns, digits, strict=True))


def test_the_card_repeats_the_personal_number():
    assert identity_problem("096080500001", "096080500001") == ""
    assert identity_problem("96012345", "096080500001") == ""
    assert identity_problem("096080500001", "") == ""
    assert "đối chiếu" in identity_problem("096080500002", "096080500001")


def test_cards_are_looked_at_once_a_year():
    assert next_check(card_rules("qd208_2026"), date(2026, 3, 15)) == date(2027, 3, 15)
    assert next_check(card_rules("qd208_2026"), None) is None
    assert unseen_since(card_rules("qd208_2026"), date(2026, 11, 23)) == date(2025, 11, 23)


def test_without_the_rule_no_card_is_due_for_a_look():
    none = typed(CardRules, {})
    assert (next_check(none, date(2026, 3, 15)), unseen_since(none, date(2026, 11, 23))) == (None, None)
