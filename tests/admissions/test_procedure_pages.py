"""Pages of the procedure: happy path, refusal in words, junk, a meeting that votes on several, few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admissions.enums import State
from admissions.models import AdmissionVote, CandidateMove
from tests.admissions import procedure_cases as cases
from tests.admissions.candidate_cases import in_state
from tests.admissions.dossier_cases import fresh, in_order
from tests.admissions.procedure_cases import ready
from tests.queries import MOST

VOTE = {"held_on": "20/03/2026", "method": "secret", "present": "5", "yes": "5", "no": "0", "blank": "0"}


def address(step, candidate):
    return reverse(f"admissions:{step}", args=[candidate.pk])


def test_the_secretary_records_the_vote_and_the_page_shows_whose_turn_it_is(as_, tree, cast):
    candidate = ready(tree.here, by=cast.secretary)

    answer = as_(cast.secretary).post(address("vote_in_cell", candidate), {**VOTE, "word_background": "rõ ràng"})

    assert answer.url == address("procedure", candidate)
    assert AdmissionVote.objects.get().words == {"background": "rõ ràng"}
    page = as_(cast.officer).get(answer.url).content.decode()
    assert "Ghi biểu quyết của đảng ủy cơ sở" in page
    assert "đến lượt" in page


def test_the_form_of_a_vote_says_who_is_counted(as_, tree, cast):
    candidate = ready(tree.here, by=cast.secretary)

    page = as_(cast.secretary).get(address("vote_in_cell", candidate)).content.decode()

    assert "được tính 5 trong 5 người" in page


def test_what_blocks_the_vote_is_said_in_the_form_and_what_was_typed_stays(as_, tree, cast):
    candidate = in_order(tree.here, by=cast.secretary)

    answer = as_(cast.secretary).post(address("vote_in_cell", candidate), {**VOTE, "chair": "Lê Văn Chủ"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Chưa đủ điều kiện" in text
    assert "Lê Văn Chủ" in text


@pytest.mark.parametrize(
    "junk",
    [
        {"held_on": "01/01/0001"},
        {"held_on": "31/12/9999"},
        {"held_on": "abc"},
        {"yes": "99999999999999999999"},
        {"yes": "-1"},
        {"present": "\x00"},
        {"method": "hands"},
        {"attended": "x"},
        {"chair": "a" * 500},
    ],
)
def test_junk_is_answered_in_words(as_, tree, cast, junk):
    candidate = ready(tree.here, by=cast.secretary)

    answer = as_(cast.secretary).post(address("vote_in_cell", candidate), {**VOTE, **junk})

    assert answer.status_code in (302, 422)
    assert (fresh(candidate).state == State.CELL_ADOPTED) is (answer.status_code == 302)


def test_a_step_of_another_body_is_403(as_, tree, cast):
    candidate = cases.under_decision(ready(tree.here, by=cast.secretary), cast)

    assert as_(cast.officer).get(address("decide", candidate)).status_code == 403
    assert as_(cast.secretary).get(address("decide", candidate)).status_code == 403
    assert as_(cast.staff).get(address("decide", candidate)).status_code == 200


def test_one_meeting_votes_on_several_each_by_himself(as_, tree, cast):
    first, second = ready(tree.here, by=cast.secretary), ready(tree.here, by=cast.secretary)
    values = {
        "held_on": "20/03/2026", "method": "secret", "present": "10", f"yes_{first.pk.hex}": "9",
        f"no_{first.pk.hex}": "1", f"number_{first.pk.hex}": "12", f"yes_{second.pk.hex}": "3",
        f"no_{second.pk.hex}": "7", f"number_{second.pk.hex}": "13",
    }  # fmt: skip

    answer = as_(cast.secretary).post(reverse("admissions:vote_together", args=[tree.here.pk]), values)

    assert answer.status_code == 302
    assert (fresh(first).state, fresh(second).state) == (State.CELL_ADOPTED, State.CELL_NOT_ADOPTED)
    assert set(AdmissionVote.objects.values_list("number", "entitled")) == {("12", 10), ("13", 10)}


def test_the_new_place_sees_who_is_on_the_way_and_takes_him_in(as_, tree, cast):
    candidate = in_state(tree.here, State.CLEARED, by=cast.secretary)
    values = {"ordered_on": "06/10/2025", "to": "Chi bộ Ấp Thượng", "letter": "GCN 3"}

    answer = as_(cast.secretary).post(address("move_candidate", candidate), values)
    assert answer.status_code == 302
    move = CandidateMove.objects.get()
    assert candidate.full_name in as_(cast.stranger).get(reverse("admissions:arriving")).content.decode()
    assert as_(cast.secretary).get(reverse("admissions:receive_candidate", args=[move.pk])).status_code == 403
    taken = as_(cast.stranger).post(reverse("admissions:receive_candidate", args=[move.pk]), {"on": "20/10/2025"})

    assert taken.status_code == 302
    assert fresh(candidate).organisation == tree.there


def test_the_page_of_the_procedure_asks_few_questions(as_, tree, cast):
    candidate = cases.recognition_due(ready(tree.here, by=cast.secretary), cast)
    client = as_(cast.staff)
    client.get(address("procedure", candidate))

    for name in ("procedure", "probation"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address(name, candidate))
        assert sum(query["sql"].startswith("SELECT") for query in captured) <= MOST
