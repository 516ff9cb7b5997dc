"""Pages of the source: the list and its queries, the tab, steps, helpers and certificates by their forms, scope."""

from datetime import date

import pytest
from django.urls import reverse

from admissions.actions.source_people import assign_helper, change_helper, end_helper
from admissions.enums import State
from admissions.helping import HelperEntry
from admissions.models import Candidate, ClassCertificate, Helper, HelperNote
from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from tests.admissions.candidate_cases import in_state, listed
from tests.admissions.source_cases import MET, class_done, helper_in, sympathiser, with_certificate
from tests.factories import MemberFactory
from tests.queries import queries_of

LIST = "/admissions/"
LIST_QUERIES = 12


def page(name, *about):
    return reverse(f"admissions:{name}", args=[each.pk for each in about])


def test_the_list_asks_the_same_whatever_its_length(as_, tree, cast):
    client = as_(cast.secretary)
    with_certificate(sympathiser(tree.here, by=cast.secretary))
    assert queries_of(client, LIST) == LIST_QUERIES
    for _ in range(29):
        with_certificate(sympathiser(tree.here, by=cast.secretary))
    assert queries_of(client, LIST) == LIST_QUERIES


def test_the_list_shows_state_helper_and_certificate(as_, tree, cast):
    candidate = with_certificate(sympathiser(tree.here, by=cast.secretary, full_name="Lê Thị Đào"), date(2019, 1, 5))
    Candidate.objects.filter(pk=candidate.pk).update(planned_year=2027)
    helper = Helper.objects.get(candidate=candidate)

    text = as_(cast.secretary).get(LIST).content.decode()

    for words in ("Lê Thị Đào", "Cảm tình Đảng", str(helper.member), "05/01/2024", "hết giá trị", "2027"):
        assert words in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Lê Thị An", "Trần Văn Bình", "Ngô Chi"]),
        ("?q=binh", ["Trần Văn Bình"]),
        ("?state=dropped", ["Ngô Chi"]),
        ("?state=source", ["Lê Thị An", "Trần Văn Bình"]),
        ("?order=since", ["Trần Văn Bình", "Lê Thị An", "Ngô Chi"]),
        ("?state=junk&year=x&order=%00&page=99999999999999999999", ["Lê Thị An", "Trần Văn Bình", "Ngô Chi"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(as_, tree, cast, asked, found):
    by = cast.secretary
    listed(tree.here, by=by, full_name="Trần Văn Bình", on=date(2025, 9, 1))
    listed(tree.here, by=by, full_name="Lê Thị An")
    in_state(tree.here, State.DROPPED, by=by, full_name="Ngô Chi", on=date(2025, 7, 2))

    rows = as_(by).get(LIST + asked).context["rows"]

    assert [str(row.candidate) for row in rows] == found


def test_who_files_for_one_cell_goes_straight_to_its_list(as_, tree, cast):
    assert as_(cast.secretary).get(page("choose_cell")).url == page("list_candidate", tree.here)


def test_a_person_may_hold_a_certificate_when_listed(as_, tree, cast):
    values = {"full_name": "lê thị đào", "sex": "female", "listed_on": "05/03/2026", "found_by": "cell"}
    sent = values | {"certificate_on": "02/05/2025", "certificate_number": "12/CN"}
    as_(cast.secretary).post(page("list_candidate", tree.here), sent)

    [row] = ClassCertificate.objects.all()
    assert (str(row.candidate), row.number, row.issued_on) == ("Lê Thị Đào", "12/CN", date(2025, 5, 2))


def test_the_tab_shows_until_when_the_certificate_holds(as_, tree, cast):
    candidate = class_done(tree.here, tree.east, by=cast.staff)
    text = as_(cast.secretary).get(page("source", candidate)).content.decode()
    assert "đến hết ngày 20/11/2030" in text
    assert "Cho làm thủ tục kết nạp" not in text
    assert "Cho làm thủ tục kết nạp" in as_(cast.officer).get(page("source", candidate)).content.decode()


def test_the_way_from_the_list_to_the_procedure_on_pages(as_, tree, cast):
    candidate, member = listed(tree.here, by=cast.secretary), helper_in(tree.here)

    def sends(user, name, values):
        answer = as_(user).post(page(name, candidate), values)
        assert answer.url == page("source", candidate), answer.content.decode()
        return Candidate.objects.get(pk=candidate.pk).state

    as_sent = {"on": "10/09/2025", "document": "NQ 9"}
    assert sends(cast.secretary, "recognise_sympathiser", as_sent | {"member": member.pk}) == "sympathiser"
    assert sends(cast.officer, "send_to_class", {"on": "01/10/2025", "body": tree.east.pk}) == "class_sent"
    held = {"on": "25/11/2025", "issued_on": "20/11/2025", "number": "12/CN"}
    assert sends(cast.secretary, "record_certificate", held) == "class_done"
    assert sends(cast.staff, "clear", {"on": "15/12/2025", "body": tree.root.pk}) == "cleared"
    assert sends(cast.secretary, "drop", {"on": "16/12/2025", "note": "thôi phấn đấu"}) == "dropped"
    assert sends(cast.secretary, "relist", {"on": "20/12/2025"}) == "listed"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": "10/09/2199", "member": "1"}, "ở tương lai"),
        ({"on": "10/09/2025", "member": "9" * 40}, "Hãy chọn một đồng chí"),
        ({"on": "10/09/2025", "member": "a\x00b"}, "Hãy chọn một đồng chí"),
        ({"on": "01/08/2025"}, "Hãy"),
    ],
)
def test_junk_is_a_sentence_and_nothing_is_written(as_, tree, cast, values, words):
    candidate = listed(tree.here, by=cast.secretary)
    answer = as_(cast.secretary).post(page("recognise_sympathiser", candidate), values)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Candidate.objects.get().state == State.LISTED


def test_a_step_before_the_last_one_is_refused_in_words(as_, tree, cast):
    candidate, member = listed(tree.here, by=cast.secretary), helper_in(tree.here)
    answer = as_(cast.secretary).post(
        page("recognise_sympathiser", candidate), {"on": "01/08/2025", "member": member.pk}
    )
    assert (answer.status_code, "Hãy kiểm tra lại ngày" in answer.content.decode()) == (422, True)


def test_many_are_sent_on_one_page(as_, tree, cast):
    people = [sympathiser(cell, by=cast.staff) for cell in (tree.here, tree.next_door)]
    other = sympathiser(tree.there, by=cast.stranger)
    client, url = as_(cast.officer), page("send_many_to_class", tree.east)
    text = client.get(url).content.decode()
    assert people[0].full_name in text
    assert other.full_name not in text

    wrong = client.post(url, {"on": "01/10/2025", "document": "QĐ 12", "people": [other.pk, "junk"]})
    assert wrong.status_code == 422
    answer = client.post(url, {"on": "01/10/2025", "document": "QĐ 12", "people": [each.pk for each in people]})

    assert answer.status_code == 302
    states = dict(Candidate.objects.values_list("pk", "state"))
    assert [states[each.pk] for each in (*people, other)] == ["class_sent", "class_sent", "sympathiser"]


# --- helpers and notes


def test_helpers_are_changed_and_ended_with_reasons_and_all_rows_stay(tree, cast):
    candidate = sympathiser(tree.here, by=cast.secretary)
    first, second = Helper.objects.get(candidate=candidate), helper_in(tree.here)

    new = change_helper(first, HelperEntry(second, date(2025, 11, 1)), reason="chuyển công tác", by=cast.secretary)
    end_helper(new, last_day=date(2025, 12, 31), reason="nghỉ ốm", by=cast.secretary)

    rows = Helper.objects.filter(candidate=candidate).order_by("started_on")
    assert [(row.started_on, row.last_day, row.end_reason) for row in rows] == [
        (MET, date(2025, 10, 31), "chuyển công tác"), (date(2025, 11, 1), date(2025, 12, 31), "nghỉ ốm"),
    ]  # fmt: skip
    acts = [entry.action for entry in LogEntry.objects.about(candidate).order_by("id")]
    assert acts[-2:] == ["admissions.change_helper", "admissions.end_helper"]
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        end_helper(new, last_day=date(2025, 12, 31), reason="lần nữa", by=cast.secretary)


def test_a_probationary_member_is_helped_towards_recognition(tree, cast):
    member = helper_in(tree.here, official_on=None)
    candidate = in_state(tree.here, State.PROBATION, by=cast.secretary, member=member)
    row = assign_helper(candidate, HelperEntry(helper_in(tree.here), date(2025, 12, 1)), by=cast.secretary)
    assert row.purpose == "recognition"


def test_helpers_certificates_and_notes_by_their_forms(as_, tree, cast):
    candidate = sympathiser(tree.here, by=cast.secretary)
    helper, member = Helper.objects.get(candidate=candidate), helper_in(tree.here)
    client, back = as_(cast.secretary), page("source", candidate)

    def sends(name, about, values):
        answer = client.post(page(name, about), values)
        assert answer.status_code == 302, answer.content.decode()
        assert answer.url == back

    sends("change_helper", helper, {"member": member.pk, "on": "01/11/2025", "reason": "bận"})
    sends("end_helper", Helper.objects.get(member=member), {"last_day": "30/11/2025", "reason": "đi xa"})
    sends("void_helper", Helper.objects.get(member=member), {"reason": "nhầm"})
    sends("assign_helper", candidate, {"member": member.pk, "on": "01/12/2025"})
    sends("add_note", candidate, {"on": "01/12/2025", "text": "Tích cực"})
    sends("void_note", HelperNote.objects.get(), {"reason": "nhầm"})
    sends("add_certificate", candidate, {"kind": "awareness", "issued_on": "20/11/2025"})
    sends("void_certificate", ClassCertificate.objects.get(), {"reason": "nhầm"})
    sends("plan_candidate", candidate, {"year": "2027"})
    assert Helper.objects.standing().count() == 2


def test_the_list_leads_to_the_meeting_once_a_dossier_is_complete(as_, tree, cast):
    client, meeting = as_(cast.secretary), reverse("admissions:vote_together", args=[tree.here.pk])
    in_state(tree.here, State.CERTIFIED, by=cast.secretary)
    assert meeting not in client.get(LIST).content.decode()

    in_state(tree.here, State.COMPLETE, by=cast.secretary)
    assert meeting in client.get(LIST).content.decode()
    assert meeting not in as_(cast.officer).get(LIST).content.decode()


def test_the_list_offers_to_follow_probations_while_there_are_some(as_, tree, cast):
    client, address = as_(cast.secretary), reverse("admissions:take_over_probation", args=[tree.here.pk])
    assert address not in client.get(LIST).content.decode()

    MemberFactory(home=tree.here, admitted_on=date(2026, 1, 5), official_on=None, decided_on=None)
    assert address in client.get(LIST).content.decode()


def test_the_page_of_a_body_leads_to_its_people(as_, tree, cast):
    page = as_(cast.secretary).get(reverse("cells:organisation", args=[tree.here.pk])).content.decode()

    assert f'/admissions/?organisation={tree.here.pk}"' in page
