"""Hostile posts: an action that names a field the form has not, foreign keys in fields, the figures of a meeting."""

from datetime import date

import pytest
from django.urls import reverse

from admissions.actions.source_resolutions import Line, ResolutionHead, resolve_month
from admissions.enums import State
from admissions.models import AdmissionVote, Candidate, Helper
from tests.admissions import procedure_cases as cases
from tests.admissions.candidate_cases import listed
from tests.admissions.dossier_cases import fresh, officials
from tests.admissions.procedure_cases import ready
from tests.admissions.source_cases import sympathiser

OCTOBER = date(2025, 10, 1)


def address(step, candidate):
    return reverse(f"admissions:{step}", args=[candidate.pk])


def test_a_helper_who_was_not_official_yet_is_refused_in_words(as_, tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    late = officials(tree.here, 1)[0]
    values = {"member": str(late.pk), "on": "01/07/2010", "decision": ""}

    answer = as_(cast.secretary).post(address("assign_probation_helper", candidate), values)

    assert answer.status_code == 422
    assert "không phải là đảng viên chính thức" in answer.content.decode()


def test_figures_of_a_meeting_that_do_not_add_up_are_said_of_whom(as_, tree, cast):
    candidate = ready(tree.here, by=cast.secretary)
    key = candidate.pk.hex
    values = {"held_on": "20/03/2026", "method": "secret", "present": "5", f"yes_{key}": "9", f"no_{key}": "0"}

    answer = as_(cast.secretary).post(reverse("admissions:vote_together", args=[tree.here.pk]), values)

    assert answer.status_code == 422
    assert f"{candidate}: " in answer.content.decode()
    assert not AdmissionVote.objects.exists()


@pytest.mark.parametrize("junk", ["9" * 40, "\x00", "²", "-1"])
def test_a_helper_that_is_no_key_is_no_choice(as_, tree, cast, junk):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    values = {"kind": "helper_remark", "dated_on": "20/11/2026", "helper": junk}

    assert as_(cast.secretary).post(address("add_probation_paper", candidate), values).status_code == 422


def test_a_helper_of_another_candidate_is_no_choice(as_, tree, cast):
    candidate = cases.admitted(ready(tree.here, by=cast.secretary), cast)
    other = listed(tree.here, by=cast.secretary)
    foreign = Helper.objects.create(candidate=other, member=officials(tree.here, 1)[0], started_on="2025-09-01")
    values = {"kind": "helper_remark", "dated_on": "20/11/2026", "helper": str(foreign.pk)}

    assert as_(cast.secretary).post(address("add_probation_paper", candidate), values).status_code == 422


def test_a_vote_on_who_is_in_another_cell_is_not_written(as_, tree, cast):
    foreign = ready(tree.there, by=cast.stranger)
    own = ready(tree.here, by=cast.secretary)
    key, other = own.pk.hex, foreign.pk.hex
    values = {"held_on": "20/03/2026", "method": "secret", "present": "5", f"yes_{key}": "5", f"yes_{other}": "5"}

    as_(cast.secretary).post(reverse("admissions:vote_together", args=[tree.here.pk]), values)

    assert fresh(foreign).state == State.COMPLETE
    assert list(AdmissionVote.objects.values_list("candidate", flat=True)) == [own.pk]


QUERIES = [
    "ngay=01/01/0001&mo=1", "ngay=31/12/9999&mo=1", "ngay=29/02/2024", "ngay=%00", "ngay=01/01/1900",
    "ngay=08/04/2026&mo=1", "ngay=%C2%B2",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_any_day_is_a_day_of_the_conditions(as_, tree, cast, query):
    candidate = ready(tree.here, by=cast.secretary)

    assert as_(cast.secretary).get(f"{address('conditions', candidate)}?{query}").status_code in (200, 422)


LISTS = ["candidates", "tasks", "arriving", "calendar"]
JUNK = [
    "q=%00", "page=99999999999999999999999", "page=x", "organisation=%00", "organisation=zz", "year=99999999999999999",
    "state=x", "order=%00", "found_by=%00", "figure=%00", "row=%00", "since=01/0001&until=99/9999", "stage=%00",
    "since=01/01/0001&until=31/12/9999", "since=31/12/9999&until=01/01/0001", "year=%C2%B2", "figure=x&page=-5",
]  # fmt: skip


@pytest.mark.parametrize("query", JUNK)
def test_junk_after_the_question_mark(as_, tree, cast, query):
    candidate = listed(tree.here, by=cast.secretary)
    client = as_(cast.officer)
    here = tree.east.pk
    pages = [reverse(f"admissions:{name}") for name in LISTS]
    pages += [address(name, candidate) for name in ("source", "cv", "papers", "forms", "background", "procedure")]
    pages += [
        reverse("admissions:board", args=[here, 2026]),
        reverse("admissions:board_names", args=[here, 2026]),
        reverse("admissions:admission_form", args=["form-2", here]),
        reverse("admissions:admission_form", args=["form-2B", here]),
        reverse("admissions:admission_form_names", args=["form-2", here]),
        reverse("admissions:export_admission_form", args=["form-2", here, "xlsx"]),
        reverse("admissions:admission_report", args=[here, 2026]),
        reverse("admissions:clear_many", args=[here]),
    ]

    wrong = [page for page in pages if client.get(f"{page}?{query}").status_code not in (200, 404, 422)]

    assert wrong == []


def test_correcting_a_month_leaves_the_line_of_who_went_elsewhere(as_, tree, cast):
    stays, goes = (sympathiser(tree.here, by=cast.secretary) for _ in range(2))
    lines = [Line(stays, "kept"), Line(goes, "kept")]
    resolution = resolve_month(tree.here, ResolutionHead(OCTOBER, date(2025, 10, 14)), lines, by=cast.secretary)
    Candidate.objects.filter(pk=goes.pk).update(organisation=tree.there)
    values = {"held_on": "14/10/2025", "number": "", "reason": "thiếu nhận xét", f"change-{stays.pk}": "kept"}
    page = reverse("admissions:resolve_month", args=[tree.here.pk, OCTOBER])

    assert as_(cast.secretary).post(page, {**values, f"note-{stays.pk}": "Tích cực"}).status_code == 302
    assert set(resolution.lines.filter(voided_at=None).values_list("candidate", flat=True)) == {stays.pk, goes.pk}
    assert as_(cast.secretary).post(page, {**values, "held_on": "15/10/2025"}).status_code == 422
