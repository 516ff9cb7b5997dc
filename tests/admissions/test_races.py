"""Two people at once on one candidate, or on one number: one act goes through, the other is told."""

import pytest
from django.core.exceptions import ValidationError

from admissions import actions
from admissions.models import AdmissionDecision, AdmissionVote, Ceremony
from config.lib.workflow import NotAllowed
from members.models import Member
from tests.admissions.procedure_cases import approved, ceremony, decision, ready, under_decision, vote
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
USED = "Mỗi người một quyết định"


@pytest.fixture(autouse=True)
def log_is_emptied(emptied_log):
    """The flush of these tests needs a log that lets go."""


def told(act):
    """The act with what it refuses of a field as a refusal, as a page tells both."""

    def run():
        try:
            act()
        except ValidationError as refusal:
            raise NotAllowed(" ".join(refusal.messages)) from None

    return run


def test_a_cell_votes_once(tree, cast):
    candidate = ready(tree.here, by=cast.secretary)
    entry = vote(4, number="12-NQ/CB")
    outcomes = at_once(*[lambda: actions.vote_in_cell(candidate, entry, by=cast.secretary)] * 2)
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert AdmissionVote.objects.filter(candidate=candidate).count() == 1


def test_one_number_stands_for_one_person(tree, cast):
    people = [under_decision(ready(tree.here, by=cast.secretary), cast) for _ in range(2)]
    acts = [told(lambda each=each: actions.decide(each, decision(), by=cast.staff)) for each in people]
    outcomes = at_once(*acts)
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert any(USED in outcome for outcome in outcomes)
    assert AdmissionDecision.objects.filter(number="15-QĐ/ĐU").count() == 1


def test_a_ceremony_makes_one_member(tree, cast):
    candidate = approved(ready(tree.here, by=cast.secretary), cast)
    before, entry = Member.objects.count(), ceremony(candidate)
    outcomes = at_once(*[told(lambda: actions.hold_ceremony(candidate, entry, by=cast.secretary))] * 2)
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert (Ceremony.objects.count(), Member.objects.count()) == (1, before + 1)
