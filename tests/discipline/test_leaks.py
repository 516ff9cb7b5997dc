"""Nobody learns of a case that does not name him: every answer stays the same, byte for byte, while it is worked on."""

import pytest

from tests.discipline.cases import accused_in, case_on
from tests.discipline.walking import answers
from tests.things import things

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize(
    "name", ["secretary", "stranger", "officer", "other_officer", "staff", "head", "reader", "administrator"]
)
def test_every_answer_stays_the_same(tree, cast, name):
    user, found = getattr(cast, name), things(tree, cast)
    member = accused_in(tree.here)
    before = answers(user, found)
    case_on(member, cast.inspector)
    after = answers(user, found)
    assert [address for address in before if before[address] != after[address]] == []
