"""Verification of the CV: the worked example of admissions.md §15 and the cases of §6, in every rule set."""

import pytest

from admissions.rules.findings import FAIL, MISSING, NEEDS_HUMAN, PASS
from admissions.rules.verification import Relative, verification, verifier
from tests.admissions.regulations import CODES, verification_rules

every_set = pytest.mark.parametrize("code", CODES)
DONE = {"history": "done", "present": "done"}
SELF = Relative(name="An", kinship="applicant", **DONE)
FATHER = Relative(name="Ba", kinship="parent", **DONE)


@every_set
@pytest.mark.parametrize(
    ("kinship", "status"),
    [
        pytest.param("sibling", FAIL, id="[E32]"),
        ("applicant", FAIL),
        ("parent", FAIL),
        ("spouse", FAIL),
        ("child", FAIL),
        ("", PASS),
        (None, MISSING),
    ],
)
def test_who_verifies(code, kinship, status):
    assert verifier(verification_rules(code), kinship).status == status


def test_e32_says_why():
    found = verifier(verification_rules(), "sibling")

    assert found.reason == "Người đi thẩm tra là anh, chị, em của người vào Đảng."
    assert found.article == "mục I.1.4 Hướng dẫn 38-HD/BTCTW năm 2025"


@every_set
def test_everybody_of_the_circle_is_answered_for(code):
    known = verification_rules(code)
    mother = Relative(name="Mai", kinship="parent", history="done")
    brother = Relative(name="Em", kinship="sibling")

    assert verification(known, [SELF, FATHER, brother]).status == PASS
    found = verification(known, [SELF, FATHER, mother])
    assert (found.status, found.items) == (MISSING, ("Mai (cha, mẹ hoặc người nuôi dưỡng): chính trị hiện nay",))
    assert verification(known, [FATHER]).status == MISSING


@every_set
def test_an_adverse_answer_is_for_people_to_judge(code):
    father = Relative(name="Ba", kinship="parent", history="adverse", present="open")

    assert verification(verification_rules(code), [SELF, father]).status == NEEDS_HUMAN


@pytest.mark.parametrize(("code", "status"), [("qd24_2021", PASS), ("qd294_2025", PASS), ("qd208_2026", MISSING)])
def test_whoever_raised_the_spouse_is_verified_since_2026(code, status):
    raised = Relative(name="Tư", kinship="spouse_carer")

    assert verification(verification_rules(code), [SELF, raised]).status == status


@pytest.mark.parametrize(
    ("code", "chosen", "open_items"),
    [
        ("qd24_2021", {}, ()),
        ("qd294_2025", {}, ("Ba (cha, mẹ hoặc người nuôi dưỡng): chính trị hiện nay",)),
        ("qd208_2026", {}, ("Ba (cha, mẹ hoặc người nuôi dưỡng): chính trị hiện nay",)),
        ("qd294_2025", {"verification_relative_rule": "none_needed"}, ()),
    ],
)
def test_a_relative_in_the_party_spares_the_history_or_everything(code, chosen, open_items):
    father = Relative(name="Ba", kinship="parent")

    assert verification(verification_rules(code, **chosen), [SELF, father], spared=("own",)).items == open_items


@every_set
def test_the_spouses_relatives_spare_the_spouses_side_alone(code):
    known = verification_rules(code, verification_relative_rule="none_needed")
    open_on_both_sides = [SELF, Relative(name="Ba", kinship="parent"), Relative(name="Sáu", kinship="parent_in_law")]
    found = verification(known, open_on_both_sides, spared=("spouse",))

    assert found.items == (
        "Ba (cha, mẹ hoặc người nuôi dưỡng): lịch sử chính trị",
        "Ba (cha, mẹ hoặc người nuôi dưỡng): chính trị hiện nay",
    )
