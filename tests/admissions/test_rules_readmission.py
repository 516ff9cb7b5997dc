"""Readmission: worked examples of admissions.md §15, by number, in every rule set."""

from datetime import date

import pytest

from admissions.rules.findings import FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS, Approval
from admissions.rules.readmission import Former, readmission
from tests.admissions.regulations import CODES, readmission_rules

every_set = pytest.mark.parametrize("code", CODES)
LOST_WILL, LEFT = ("removed_x4",), date(2023, 2, 10)
TODAY = date(2026, 11, 23)
CONSENT = Approval(date(2026, 3, 1), date(2026, 4, 1))


def found(code, **facts):
    return readmission(readmission_rules(code), Former(**{"left_on": LEFT, "applied_on": TODAY} | facts))


@every_set
@pytest.mark.parametrize(
    ("facts", "status", "word", "changes_on"),
    [
        pytest.param(
            {"grounds": LOST_WILL, "applied_on": date(2026, 2, 9)},
            FAIL,
            "too_early",
            date(2026, 2, 10),
            id="[E28]-a-day-early",
        ),
        pytest.param(
            {"grounds": LOST_WILL, "applied_on": date(2026, 2, 10)}, NEEDS_APPROVAL, "", None, id="[E28]-no-consent"
        ),
        pytest.param(
            {"grounds": LOST_WILL, "applied_on": date(2026, 2, 10), "approval": CONSENT}, PASS, "", None, id="consent"
        ),
        pytest.param(
            {"grounds": ("left_on_application",), "left_on": date(2019, 5, 1)}, FAIL, "never", None, id="[E29]-own-wish"
        ),
        pytest.param(
            {"grounds": ("left_by_own_will",), "left_on": date(2010, 5, 1)}, FAIL, "never", None, id="[E29]-quit"
        ),
        pytest.param(
            {"grounds": ("convicted_less_serious",), "cleared_on": date(2022, 2, 1)},
            FAIL,
            "too_early",
            date(2027, 2, 1),
            id="[E30]",
        ),
        pytest.param(
            {"grounds": LOST_WILL, "left_on": date(2020, 5, 1), "times_readmitted": 1, "approval": CONSENT},
            FAIL,
            "only_once",
            None,
            id="[E31]",
        ),
        pytest.param(
            {"grounds": ("convicted_less_serious",), "cleared_on": None}, MISSING, "", None, id="clearance-not-known"
        ),
        pytest.param({"grounds": LOST_WILL, "left_on": None}, MISSING, "", None, id="day-not-known"),
        pytest.param({"grounds": ()}, MISSING, "", None, id="reason-not-known"),
        pytest.param({"grounds": ("removed_x2", "convicted_corruption")}, FAIL, "never", None, id="strictest"),
        pytest.param(
            {"grounds": ("left_on_application", "special_family_hardship"), "approval": CONSENT},
            NEEDS_HUMAN,
            "",
            None,
            id="hardship",
        ),
        pytest.param(
            {"grounds": ("left_by_own_will", "special_family_hardship"), "approval": CONSENT},
            FAIL,
            "never",
            None,
            id="hardship-mends-the-own-wish-alone",
        ),
        pytest.param(
            {"grounds": ("population_policy",), "approval": CONSENT}, NEEDS_HUMAN, "", None, id="population-policy"
        ),
    ],
)
def test_who_left_the_party(code, facts, status, word, changes_on):
    result = found(code, **facts)

    assert (result.status, result.code, result.changes_on) == (status, word, changes_on)


@every_set
@pytest.mark.parametrize(
    ("left_on", "applied_on", "status", "changes_on"),
    [
        (date(2019, 1, 1), date(2026, 5, 1), FAIL, date(2026, 6, 1)),
        (date(2019, 1, 1), date(2026, 6, 1), PASS, None),
        (date(2024, 1, 1), date(2026, 6, 1), FAIL, date(2027, 1, 1)),
    ],
    ids=["S19-too-early", "S19-both-over", "S19-thirty-six-months-too"],
)
def test_a_less_serious_crime_waits_for_both(code, left_on, applied_on, status, changes_on):
    result = found(
        code,
        grounds=("convicted_less_serious",),
        left_on=left_on,
        applied_on=applied_on,
        cleared_on=date(2021, 6, 1),
        approval=CONSENT,
    )

    assert (result.status, result.changes_on) == (status, changes_on)


@pytest.mark.parametrize(("code", "status"), [("qd24_2021", PASS), ("qd294_2025", PASS), ("qd208_2026", FAIL)])
def test_waste_and_negativity_bar_since_208(code, status):
    assert found(code, grounds=("convicted_waste_negative",), approval=CONSENT).status == status


def test_consent_after_the_decision_does_not_mend_it():
    late = Approval(date(2026, 4, 2), date(2026, 4, 1))

    assert found("qd294_2025", grounds=LOST_WILL, approval=late).status == FAIL


def test_e28_says_why_by_which_article_and_from_when():
    result = found("qd294_2025", grounds=LOST_WILL, applied_on=date(2026, 2, 9))

    assert result.reason == "Chưa đủ 36 tháng từ ngày ra khỏi Đảng; đủ vào ngày 10/02/2026."
    assert result.article == "khoản 3.5 Quy định 294-QĐ/TW"
    assert result.next_step == "Làm đơn từ ngày 10/02/2026."


def test_who_never_left_is_not_concerned():
    result = readmission(readmission_rules(), None)

    assert (result.status, result.applies) == (PASS, False)
