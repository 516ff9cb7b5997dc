"""Expiry, suspension, terms of announcement and appeal."""

from datetime import date

import pytest

from discipline.rules.forms import form_advice, forms_for, sentence_advice
from discipline.rules.terms import (
    Served,
    announcement_due,
    appeal_until,
    employer_notice_due,
    expiry,
    suspension_term,
    written_decision_due,
)
from tests.discipline.regulations import PROCEDURES, VIOLATIONS, procedure, violation

CHANGED = Served(form="CC", announced_on=date(2026, 1, 10), changed_on=date(2026, 7, 10))


@pytest.mark.parametrize("code", VIOLATIONS)
@pytest.mark.parametrize(
    ("served", "chosen", "lapses_on", "to_confirm"),
    [
        pytest.param(Served(form="CC", announced_on=date(2026, 4, 10)), {}, date(2027, 4, 10), False, id="E9"),
        pytest.param(CHANGED, {}, date(2027, 1, 10), False, id="E10"),
        pytest.param(CHANGED, {"expiry_counts_served_time": False}, date(2027, 7, 10), False, id="E10 setting"),
        pytest.param(Served(form="KTR", announced_on=date(2026, 1, 10)), {}, None, False, id="expulsion never"),
        pytest.param(
            Served(form="KT", announced_on=date(2026, 1, 10), new_violation_on=date(2026, 12, 1)), {},
            date(2027, 1, 10), True, id="a new violation inside",
        ),
        pytest.param(
            Served(form="KT", announced_on=date(2026, 1, 10), new_violation_on=date(2027, 1, 10)), {},
            date(2027, 1, 10), False, id="a new violation on the day of lapse is outside",
        ),
    ],
)  # fmt: skip
def test_expiry(code, served, chosen, lapses_on, to_confirm):
    found = expiry(violation(code, **chosen), served)
    assert (found.lapses_on, found.to_confirm) == (lapses_on, to_confirm)


@pytest.mark.parametrize(
    ("code", "organisation", "ends_on", "latest_on"),
    [
        pytest.param("qd21_2026", False, date(2026, 8, 30), date(2026, 9, 29), id="E11"),
        pytest.param("qd22_2021", False, date(2026, 8, 30), date(2026, 11, 28), id="E11 by 22-QĐ/TW"),
        pytest.param("qd22_2021", True, date(2026, 8, 30), date(2026, 8, 30), id="an organisation by 22-QĐ/TW"),
    ],
)
def test_suspension(code, organisation, ends_on, latest_on):
    found = suspension_term(procedure(code), date(2026, 6, 1), organisation=organisation)
    assert (found.ends_on, found.latest_on) == (ends_on, latest_on)


@pytest.mark.parametrize("code", VIOLATIONS)
def test_a_probationary_member_is_never_expelled(code):
    """[E14]"""
    found = form_advice(violation(code), "probationary", "KTR")
    assert found.allowed is False
    assert "xóa tên" in found.reason
    assert forms_for(violation(code), "probationary") == ("KT", "CC")


def test_forms_by_subject():
    rules = violation()
    assert forms_for(rules, "official", has_post=True) == ("KT", "CC", "CCH", "KTR")
    assert forms_for(rules, "official") == ("KT", "CC", "KTR")
    assert forms_for(rules, "organisation") == ("KT", "CC", "GT")
    assert form_advice(rules, "official", "CCH").allowed is False
    assert form_advice(rules, "official", "GT").allowed is False
    assert form_advice(rules, "official", "KTR").allowed is True


@pytest.mark.parametrize(
    ("sentence", "chosen", "expelled"),
    [
        ("fine", {}, False),
        ("non_custodial_reform", {}, True),
        ("suspended", {}, True),
        ("suspended", {"suspended_sentence_is_prison": False}, None),
        ("prison", {}, True),
    ],
)
def test_sentences(sentence, chosen, expelled):
    assert sentence_advice(violation(**chosen), sentence).allowed is expelled


@pytest.mark.parametrize("code", PROCEDURES)
def test_terms(code):
    rules = procedure(code)
    assert announcement_due(rules, date(2026, 3, 2)).due_on == date(2026, 3, 17)
    assert written_decision_due(rules, date(2026, 3, 2)).due_on == date(2026, 3, 12)


def test_the_employer_is_told_in_working_days_or_in_days():
    on = date(2025, 9, 1)
    assert employer_notice_due(procedure("qd296_2025"), on).due_on == date(2025, 9, 6)
    assert employer_notice_due(procedure("qd22_2021"), on).reason.startswith("30 ngày làm việc")


def test_the_window_of_appeal():
    found = appeal_until(procedure(), date(2026, 5, 4))
    assert found.due_on == date(2026, 6, 15)
    assert not found.is_over(date(2026, 6, 15))
    assert found.is_over(date(2026, 6, 16))
