"""Age, schooling, certificate, dossier, cell: worked examples of admissions.md §15, by number, in every rule set."""

from datetime import date

import pytest

from admissions.rules.age import OverAge, age_max, age_min
from admissions.rules.conditions import agreed, cell_size, class_certificate, dossier_age, in_gap
from admissions.rules.findings import FAIL, MISSING, NEEDS_APPROVAL, NEEDS_HUMAN, PASS, Approval
from admissions.rules.schooling import Schooling, education
from tests.admissions.regulations import CODES, conditions

BORN_2008, BORN_1966 = date(2008, 9, 15), date(1966, 7, 20)
every_set = pytest.mark.parametrize("code", CODES)


@every_set
@pytest.mark.parametrize(
    ("on", "status", "months", "changes_on"),
    [
        pytest.param(date(2026, 8, 31), FAIL, (215, 215), date(2026, 9, 1), id="[E1]"),
        pytest.param(date(2026, 9, 14), NEEDS_HUMAN, (216, 215), date(2026, 9, 15), id="[E2]"),
        pytest.param(date(2026, 9, 15), PASS, (216, 216), None, id="[E3]"),
    ],
)
def test_eighteen_years_in_months(code, on, status, months, changes_on):
    found = age_min(conditions(code), BORN_2008, on)

    assert (found.key, found.status, found.changes_on) == ("age_min", status, changes_on)
    calendar, full = months
    assert found.evidence == f"Sinh ngày 15/09/2008: {calendar} tháng theo tháng dương lịch, {full} tháng đủ"


def test_e1_says_why_by_which_article_and_from_when():
    found = age_min(conditions("qd294_2025"), BORN_2008, date(2026, 8, 31))

    assert found.reason == "Đến ngày 31/08/2026 chưa đủ 18 tuổi (tính theo tháng)."
    assert found.article == "điểm 1.1.1 Quy định 294-QĐ/TW; mặc định của phần mềm, chưa đối chiếu văn bản"
    assert found.next_step == "Họp chi bộ xét từ ngày 15/09/2026."


@pytest.mark.parametrize(("rule", "status"), [("calendar_months", PASS), ("full_months", FAIL)])
def test_e2_a_committee_chooses_how_months_are_counted(rule, status):
    assert age_min(conditions(age_month_rule=rule), BORN_2008, date(2026, 9, 14)).status == status


def test_no_birth_date_is_missing_evidence():
    assert age_min(conditions(), None, date(2026, 9, 14)).status == MISSING
    assert age_max(conditions(), None, date(2026, 9, 14)).status == MISSING


@every_set
@pytest.mark.parametrize(
    ("on", "status", "changes_on"),
    [
        pytest.param(date(2026, 7, 31), PASS, date(2026, 8, 1), id="[E4]-last-day"),
        pytest.param(date(2026, 8, 5), NEEDS_HUMAN, date(2026, 8, 20), id="[E4]-readings-differ"),
        pytest.param(date(2026, 8, 20), NEEDS_APPROVAL, None, id="[E4]-over"),
    ],
)
def test_sixty_years_in_months(code, on, status, changes_on):
    found = age_max(conditions(code), BORN_1966, on)

    assert (found.status, found.changes_on) == (status, changes_on)


@every_set
@pytest.mark.parametrize(
    ("decided_on", "status"),
    [
        pytest.param(date(2026, 9, 10), PASS, id="[E5]-consent-before"),
        pytest.param(date(2026, 8, 20), FAIL, id="[E5]-consent-after"),
        pytest.param(date(2026, 8, 25), NEEDS_HUMAN, id="same-day"),
        pytest.param(None, PASS, id="not-yet-decided"),
    ],
)
def test_consent_is_older_than_the_decision(code, decided_on, status):
    over = OverAge(fit=True, needed=True, approval=Approval(date(2026, 8, 25), decided_on))

    assert age_max(conditions(code), BORN_1966, date(2026, 8, 20), over).status == status


@pytest.mark.parametrize(
    ("fit", "needed", "status", "items"),
    [
        (True, None, MISSING, ("over_age_needed",)),
        (None, None, MISSING, ("over_age_fit", "over_age_needed")),
        (True, False, FAIL, ()),
        (False, None, FAIL, ()),
    ],
)
def test_consent_alone_does_not_admit_the_old(fit, needed, status, items):
    over = OverAge(fit=fit, needed=needed, approval=Approval(date(2026, 8, 25)))
    found = age_max(conditions(), BORN_1966, date(2026, 8, 20), over)

    assert (found.status, found.items) == (status, items)


@every_set
@pytest.mark.parametrize(
    ("on", "status", "changes_on"),
    [
        pytest.param(date(2026, 9, 10), PASS, date(2026, 9, 11), id="[E6]-last-day"),
        pytest.param(date(2026, 9, 11), FAIL, None, id="[E6]-over"),
    ],
)
def test_the_certificate_is_valid_for_sixty_months(code, on, status, changes_on):
    found = class_certificate(conditions(code), date(2021, 9, 10), on)

    assert (found.status, found.changes_on) == (status, changes_on)


def test_without_a_certificate_it_is_missing():
    found = class_certificate(conditions(), None, date(2026, 9, 10))

    assert (found.status, found.next_step) == (MISSING, "Cử đi học lớp bồi dưỡng nhận thức về Đảng.")


def schooled(code, on):
    """What is said on the day: in the gap of 2026 by both sets."""
    facts = Schooling(level="lower_secondary_completed", special_area=False)
    found = education(conditions(code), facts)
    return agreed(conditions(code), found, education(conditions(), facts)) if in_gap(conditions(code), on) else found


@pytest.mark.parametrize(
    ("code", "on", "status"),
    [
        pytest.param("qd24_2021", date(2024, 3, 20), FAIL, id="[E7]-24"),
        pytest.param("qd294_2025", date(2026, 3, 20), FAIL, id="[E7]-294"),
        pytest.param("qd294_2025", date(2026, 6, 20), NEEDS_HUMAN, id="[E7]-gap"),
        pytest.param("qd208_2026", date(2026, 8, 20), PASS, id="[E7]-208"),
    ],
)
def test_lower_secondary_without_a_diploma(code, on, status):
    assert schooled(code, on).status == status


def test_e7_says_what_either_regulation_says():
    assert schooled("qd294_2025", date(2026, 6, 20)).reason == (
        "Hai quy định cho kết quả khác nhau. "
        "Quy định trước: Trình độ: hoàn thành chương trình trung học cơ sở; phải có bằng tốt nghiệp trung học cơ sở. "
        "Quy định sau: Trình độ: hoàn thành chương trình trung học cơ sở."
    )


def test_the_gap_begins_with_the_regulation_that_nobody_has_read():
    days = (date(2026, 4, 7), date(2026, 4, 8), date(2026, 7, 25))

    assert [in_gap(conditions("qd294_2025"), each) for each in days] == [False, True, True]
    assert in_gap(conditions("qd294_2025", gap_2026_mode="current"), date(2026, 6, 20)) is False
    assert in_gap(conditions("qd208_2026"), date(2026, 8, 20)) is False


@every_set
@pytest.mark.parametrize(
    ("facts", "row", "status"),
    [
        pytest.param({"level": "primary_completed", "sea_fisherman": True}, "education_area", PASS, id="[E8]-primary"),
        pytest.param(
            {"level": "literate", "sea_fisherman": True}, "education_person", NEEDS_APPROVAL, id="[E8]-literate"
        ),
        ({"level": "primary_completed", "special_area": True}, "education_area", PASS),
        ({"level": "primary_completed", "special_area": False}, "", FAIL),
        ({"level": "primary_completed"}, "education_area", MISSING),
        ({"level": "literate", "special_area": True}, "education_person", FAIL),
        ({"level": "literate", "special_area": True, "respected": True}, "education_person", NEEDS_APPROVAL),
        ({"level": "literate", "special_area": False, "respected": True}, "", FAIL),
        ({"level": "none", "special_area": True, "respected": True}, "education_person", FAIL),
        ({"level": "lower_secondary_diploma"}, "", PASS),
        ({}, "", MISSING),
    ],
)
def test_schooling(code, facts, row, status):
    found = education(conditions(code), Schooling(**facts))

    assert (found.key, found.code, found.status) == ("education", row, status)


def test_e8_records_the_reason_and_the_consent():
    sea = education(conditions("qd294_2025"), Schooling(level="primary_completed", sea_fisherman=True))
    consent = Approval(date(2026, 1, 5), date(2026, 2, 5))
    literate = Schooling(level="literate", sea_fisherman=True, approval=consent)

    assert sea.reason == "Trình độ: hoàn thành chương trình tiểu học; ngư dân thường xuyên trên biển."
    assert sea.article == "điểm 1.2a Hướng dẫn 06-HD/TW năm 2025"
    assert education(conditions("qd294_2025"), literate).status == PASS


@every_set
@pytest.mark.parametrize(
    ("on", "status", "items"),
    [
        pytest.param(date(2026, 9, 5), PASS, (), id="[E19]-last-day"),
        pytest.param(
            date(2026, 9, 6),
            MISSING,
            ("introducer_paper", "union_resolution", "supplementary_verification", "supplementary_opinions"),
            id="[E19]-over",
        ),
    ],
)
def test_the_dossier_ages_and_leaves_the_certificate_alone(code, on, status, items):
    found = dossier_age(conditions(code), date(2025, 9, 5), on)

    assert (found.status, found.items) == (status, items)
    assert class_certificate(conditions(code), date(2025, 6, 1), on).status == PASS


@every_set
@pytest.mark.parametrize(
    ("official", "status", "word"),
    [pytest.param(2, FAIL, "cell_too_small", id="[E12]"), (3, PASS, ""), (None, MISSING, "")],
)
def test_a_cell_of_three(code, official, status, word):
    found = cell_size(conditions(code), official)

    assert (found.status, found.code) == (status, word)
