"""The competence matrix of discipline.md §7: body × subject × scope × form."""

import pytest

from discipline.rules.authority import Matter, competence
from tests.discipline.regulations import PROCEDURES, authority


@pytest.mark.parametrize("code", PROCEDURES)
@pytest.mark.parametrize(
    ("body", "subject", "scope", "acts"),
    [  # acts of KT, CC, CCH, KTR
        ("cell", "member", "own", "decide decide propose propose"),
        ("cell", "managed", "own", "decide decide propose propose"),
        ("cell", "own_committee", "own", "decide decide propose propose"),
        ("cell", "member", "assigned", "propose propose propose propose"),
        ("part_committee", "member", "any", "verify verify verify verify"),
        ("base_standing_board", "member", "any", "verify verify verify verify"),
        ("base_inspection", "member", "any", "verify verify verify verify"),
        ("base_committee", "lower_committee", "any", "decide decide decide propose"),
        ("base_committee", "own_committee", "any", "decide decide propose propose"),
        ("base_committee", "managed", "any", "decide decide propose propose"),
        ("upper_standing_board", "lower_committee", "any", "decide decide decide decide"),
        ("upper_standing_board", "own_committee", "any", "decide decide propose propose"),
        ("upper_inspection", "member", "any", "decide decide decide decide"),
        ("upper_inspection", "managed", "any", "decide decide propose propose"),
        ("upper_inspection", "own_committee", "any", "propose propose propose propose"),
    ],
)
def test_the_matrix(code, body, subject, scope, acts):
    found = [competence(authority(code), body, Matter(form=form, subject=subject, scope=scope)).act
             for form in ("KT", "CC", "CCH", "KTR")]  # fmt: skip
    assert " ".join(found) == acts


@pytest.mark.parametrize(("admits", "act"), [(True, "decide"), (False, "propose")])
def test_a_base_committee_expels_only_where_it_may_admit(admits, act):
    matter = Matter(form="KTR", body_admits=admits)
    assert competence(authority(), "base_committee", matter).act == act


def test_the_cell_of_temporary_activity_acts_only_since_2026():
    matter = Matter(form="CC", scope="own")
    assert competence(authority("qd21_2026"), "temporary_cell", matter).act == "decide"
    assert competence(authority("qd296_2025"), "temporary_cell", matter).act == ""
    assert competence(authority("qd21_2026"), "temporary_cell", Matter(form="KTR", scope="own")).act == ""
