"""Nobody learns of what stands beside the cases under seal: every answer stays the same while it is worked on."""

import pytest

from discipline import actions
from tests.discipline.beside_cases import letter_on, paper_values, staged, suspended
from tests.discipline.cases import accused_in, case_on
from tests.discipline.walking import answers
from tests.things import things

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize("name", ["secretary", "officer", "staff", "reader", "administrator"])
def test_every_answer_stays_the_same(tree, cast, name):
    user, found = getattr(cast, name), things(tree, cast)
    member = accused_in(tree.here)
    stage = staged(member)
    case = case_on(member, cast.inspector)
    suspended(member, cast.inspector, case=case)
    before = answers(user, found)
    letter = letter_on(member, cast.inspector)
    actions.accept_denunciation(letter, by=cast.inspector)
    actions.add_proceeding_paper(stage, paper_values(work_unit="Trường"), by=cast.inspector)
    after = answers(user, found)
    assert [address for address in before if before[address] != after[address]] == []


def test_an_inspector_who_is_not_named_gets_the_same_of_a_denunciation_and_of_a_case(tree, cast):
    found = things(tree, cast)
    member = accused_in(tree.here)
    before = answers(cast.head, found)
    letter = letter_on(member, cast.inspector)
    actions.accept_denunciation(letter, by=cast.inspector)
    case_on(member, cast.inspector)
    after = answers(cast.head, found)
    assert [address for address in before if before[address] != after[address]] == []
