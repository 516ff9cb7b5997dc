"""The list of outstanding people: put on it, refused, taken back, seen in scope."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from admissions.actions.lists import TAKEN, ListEntry, list_candidate, void_candidate
from admissions.enums import State
from admissions.models import Candidate, StepTaken
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import in_state, listed
from tests.factories import MemberFactory

ON = date(2026, 3, 5)


def test_putting_on_the_list_keeps_the_step_and_the_log(tree, cast):
    candidate = list_candidate(
        ListEntry({"full_name": "Lê Thị Đào"}, ON, document="NQ 03"), organisation=tree.here, by=cast.secretary
    )

    assert (candidate.state, candidate.search_key) == (State.LISTED, "le thi dao")
    [step] = StepTaken.objects.filter(candidate=candidate)
    assert (step.step, step.to_state, step.on, step.document) == ("list_candidate", State.LISTED, ON, "NQ 03")
    [entry] = LogEntry.objects.about(candidate)
    assert (entry.action, entry.organisation, entry.actor) == ("admissions.list_candidate", tree.here, cast.secretary)


def test_a_body_that_is_no_cell_has_no_list(tree, cast):
    with pytest.raises(ValidationError, match="không phải là chi bộ"):
        list_candidate(ListEntry({"full_name": "Lê Thị Đào"}, ON), organisation=tree.east, by=cast.staff)
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize("known", ["member", "candidate"])
def test_a_number_that_is_known_is_refused_without_a_word_about_whose_it_is(tree, cast, known):
    number = "096095000001"
    if known == "member":
        MemberFactory(home=tree.there, personal_id=number)
    else:
        listed(tree.there, by=cast.stranger, personal_id=number)
    before = Candidate.objects.count()

    with pytest.raises(ValidationError) as refused:
        listed(tree.here, by=cast.secretary, personal_id=number)

    assert refused.value.message_dict == {"personal_id": [TAKEN]}
    assert Candidate.objects.count() == before


def test_an_entry_typed_by_mistake_is_taken_back_with_its_reason(tree, cast):
    candidate = void_candidate(listed(tree.here, by=cast.secretary), reason="nhầm người", by=cast.secretary)

    assert candidate.void_reason == "nhầm người"
    assert list(Candidate.objects.visible_to(cast.secretary)) == []
    with pytest.raises(NotAllowed):
        void_candidate(candidate, reason="lần nữa", by=cast.secretary)


def test_who_is_further_on_the_way_is_not_taken_back(tree, cast):
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)

    with pytest.raises(NotAllowed, match="đã qua các bước"):
        void_candidate(candidate, reason="nhầm", by=cast.secretary)


def test_the_list_shows_own_candidates_only(as_, tree, cast):
    own, other = listed(tree.here, by=cast.secretary), listed(tree.there, by=cast.stranger)

    page = as_(cast.secretary).get(reverse("admissions:candidates")).content.decode()
    assert own.full_name in page
    assert other.full_name not in page
    assert as_(cast.secretary).get(reverse("admissions:candidate", args=[other.pk])).status_code == 404


def test_a_candidate_is_entered_on_the_page(as_, tree, cast):
    values = {"full_name": "lê  thị đào", "sex": "female", "listed_on": "05/03/2026", "found_by": "cell"}

    answer = as_(cast.secretary).post(
        reverse("admissions:list_candidate", args=[tree.here.pk]), values | {"born": "1999"}
    )

    candidate = Candidate.objects.get()
    assert answer.url == reverse("admissions:candidate", args=[candidate.pk])
    assert (candidate.full_name, candidate.born_precision) == ("Lê Thị Đào", "year")
    assert candidate.born_on == date(1999, 1, 1)


def test_a_day_to_come_is_refused_and_what_was_typed_stays(as_, tree, cast):
    answer = as_(cast.secretary).post(
        reverse("admissions:list_candidate", args=[tree.here.pk]),
        {"full_name": "Lê Thị Đào", "listed_on": "05/03/2199", "sex": "male", "found_by": "cell"},
    )

    assert answer.status_code == 422
    assert "ở tương lai" in answer.content.decode()
    assert "Lê Thị Đào" in answer.content.decode()
    assert Candidate.objects.count() == 0
