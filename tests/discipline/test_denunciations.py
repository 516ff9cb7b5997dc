"""Denunciations: classified, each content concluded; the sender's identity shown to few, each look kept."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.sealing import SignalEntry
from discipline.denunciations_page import WORDS
from discipline.models import Case, CaseReader, Denouncer, Denunciation, SideEntry
from tests.discipline.beside_cases import SENDER, letter_on
from tests.discipline.cases import SIGNAL_ON, accused_in, named
from tests.evaluations.regulations import ROOT
from tests.queries import MOST, queries_of

pytestmark = pytest.mark.django_db
CONCLUDED = date(2026, 5, 20)


@pytest.fixture
def member(tree):
    return accused_in(tree.here)


@pytest.fixture
def letter(cast, member):
    return letter_on(member, cast.inspector)


def conclude(content, result, by):
    return actions.conclude_content(content, result=result, concluded_on=CONCLUDED, reason="đã xác minh", by=by)


def signal(by, **more):
    return SignalEntry(
        **{"signal_on": SIGNAL_ON, "source": "denunciation", "summary": "dấu hiệu", "officers": (by,)} | more
    )


def test_each_content_ends_as_one_of_four(cast, letter):
    actions.accept_denunciation(letter, by=cast.inspector)
    first, second = letter.contents.all()
    conclude(first, "unfounded", cast.inspector)
    assert Denunciation.objects.get().state == "handling"
    with pytest.raises(NotAllowed, match="đã được kết luận"):
        conclude(first, "wrong", cast.inspector)
    conclude(second, "violation", cast.inspector)
    assert Denunciation.objects.get().state == "concluded"
    with pytest.raises(NotAllowed, match="xử lý ở nơi khác"):
        conclude(second, "wrong", cast.inspector)


def test_not_before_it_came_nor_before_it_is_handled(cast, letter):
    content = letter.contents.first()
    with pytest.raises(NotAllowed):
        conclude(content, "wrong", cast.inspector)
    actions.accept_denunciation(letter, by=cast.inspector)
    with pytest.raises(ValidationError, match="trước ngày tiếp nhận đơn 20/04/2026"):
        actions.conclude_content(content, result="wrong", concluded_on=date(2026, 4, 19), reason="x", by=cast.inspector)


def test_an_anonymous_letter_is_information_for_an_inspection(cast, member):
    letter = letter_on(member, cast.inspector, sender="", address="")
    assert not Denouncer.objects.exists()
    with pytest.raises(NotAllowed, match="dùng làm thông tin để kiểm tra"):
        actions.accept_denunciation(letter, by=cast.inspector)
    actions.refuse_denunciation(letter, reason="anonymous", note="", by=cast.inspector)
    row = actions.open_case_from(letter, signal(cast.inspector, source="letter"), by=cast.inspector)
    assert (row.state, row.case.source, row.case.member) == ("information", "letter", member)
    with pytest.raises(NotAllowed, match="đã có hồ sơ xem xét"):
        actions.open_case_from(row_of(row, "concluded"), signal(cast.inspector), by=cast.inspector)


def row_of(row, state):
    Denunciation.objects.filter(pk=row.pk).update(state=state)
    return Denunciation.objects.get(pk=row.pk)


def test_the_page_of_the_case_says_letter_or_denunciation(cast, letter, as_):
    client, address = as_(cast.inspector), reverse("discipline:open_case_from", args=[letter.pk])
    actions.accept_denunciation(letter, by=cast.inspector)
    sent = {
        "signal_on": "21/04/2026", "summary": "Dùng văn bằng không hợp pháp", "scope": "own", "handler": "commission",
        "officers": [cast.inspector.pk],
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    case = Case.objects.get()
    assert (case.source, Denunciation.objects.get().case) == ("denunciation", case)
    everything = " ".join(str(value) for row in Case.objects.values() for value in row.values())
    assert SENDER not in everything


def test_it_exists_for_the_receiver_alone(cast, letter, as_):
    address = reverse("discipline:denunciation", args=[letter.pk])
    for name in vars(cast):
        answer = as_(getattr(cast, name)).get(address)
        assert answer.status_code == (200 if name == "inspector" else 404), name
    assert not LogEntry.objects.filter(subject_id=str(letter.pk)).exists()
    assert not LogEntry.objects.filter(action__contains="denunciation").exists()
    for name in ("secretary", "officer", "staff", "head", "reader", "administrator"):
        client = as_(getattr(cast, name))
        for page in ("/", reverse("search") + "?q=" + SENDER, reverse("discipline:denunciations"), reverse("log")):
            shown = client.get(page).content.decode().replace(f'value="{SENDER}"', "").replace(f"“{SENDER}”", "")
            assert "Lê Văn Kín" not in shown or page == "/", (name, page)
            assert SENDER not in shown, (name, page)


def test_those_of_its_case_read_it_without_the_sender(cast, letter, as_):
    row = actions.open_case_from(
        actions.accept_denunciation(letter, by=cast.inspector), signal(cast.inspector), by=cast.inspector
    )
    named(row.case, cast.head)
    client, address = as_(cast.head), reverse("discipline:denunciation", args=[letter.pk])
    assert client.get(address).url == reverse("discipline:open_denunciation", args=[letter.pk])
    assert client.post(reverse("discipline:open_denunciation", args=[letter.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("discipline:open_denunciation", args=[letter.pk]), {"reason": "nắm nội dung vụ việc"})
    page = client.get(address).content.decode()
    assert "Sử dụng văn bằng không hợp pháp" in page
    assert SENDER not in page
    for name in ("sender", "classify_denunciation", "open_case_from", "ask_sender_opening", "void_denunciation"):
        assert client.get(reverse(f"discipline:{name}", args=[letter.pk])).status_code == 404, name


def test_each_look_at_the_sender_is_kept(cast, letter, as_):
    client, address = as_(cast.inspector), reverse("discipline:sender", args=[letter.pk])
    assert SENDER not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    for reason in ("mời đến làm việc", "gửi thông báo kết quả"):
        answer = client.post(address, {"reason": reason})
        assert SENDER in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
    looks = SideEntry.objects.about(letter).filter(action="look_at_sender", kind="read")
    assert [line.reason for line in looks] == ["gửi thông báo kết quả", "mời đến làm việc"]
    assert SENDER not in client.get(reverse("discipline:denunciation", args=[letter.pk])).content.decode()


@pytest.mark.parametrize("sees_sender", [False, True])
def test_another_is_named_by_a_second_person(cast, letter, as_, sees_sender):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=sees_sender, reason="xác minh ở chi bộ", second=cast.head,
        by=cast.inspector,
    )  # fmt: skip
    assert not Denunciation.objects.visible_to(cast.secretary).exists()
    address = reverse("discipline:answer_sender_opening", args=[asked.pk])
    page = as_(cast.head).get(address).content.decode()
    assert "xác minh ở chi bộ" in page
    assert "Lê Văn Kín" not in page
    as_(cast.head).post(address, {"answer": "grant"})
    assert Denunciation.objects.visible_to(cast.secretary).get() == letter
    assert Denouncer.objects.visible_to(cast.secretary).exists() is sees_sender
    assert not Denunciation.objects.visible_to(cast.head).exists()
    client = as_(cast.secretary)
    client.post(reverse("discipline:open_denunciation", args=[letter.pk]), {"reason": "xác minh"})
    wanted = 200 if sees_sender else 404
    assert client.get(reverse("discipline:sender", args=[letter.pk])).status_code == wanted
    with pytest.raises(NotAllowed, match="đã được trả lời"):
        actions.answer_sender_opening(asked, grants=True, by=cast.head)


@pytest.mark.parametrize("who", ["inspector", "secretary", "staff"])
def test_the_second_person_is_another_inspector(cast, letter, who):
    with pytest.raises(ValidationError, match="Người xác nhận phải là cán bộ kiểm tra khác"):
        actions.ask_sender_opening(
            letter, user=cast.secretary, sees_sender=True, reason="x", second=getattr(cast, who), by=cast.inspector
        )


def test_whoever_is_named_names_nobody(cast, letter):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=True, reason="x", second=cast.head, by=cast.inspector
    )
    actions.answer_sender_opening(asked, grants=True, by=cast.head)
    with pytest.raises(NotAllowed, match="Chỉ người tiếp nhận"):
        actions.ask_sender_opening(
            letter, user=cast.stranger, sees_sender=True, reason="x", second=cast.head, by=cast.secretary
        )


def test_a_second_person_who_left_his_office_names_nobody(cast, letter, as_):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=True, reason="xác minh", second=cast.head, by=cast.inspector
    )
    cast.head.role_assignments.update(ended_on="2026-01-01")
    assert as_(cast.head).get(reverse("discipline:answer_sender_opening", args=[asked.pk])).status_code == 404
    with pytest.raises(NotAllowed, match="không còn là cán bộ kiểm tra của cấp này"):
        actions.answer_sender_opening(asked, grants=True, by=cast.head)
    assert not Denouncer.objects.visible_to(cast.secretary).exists()


def test_a_request_about_a_voided_letter_waits_for_nobody(cast, letter, as_):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=True, reason="xác minh", second=cast.head, by=cast.inspector
    )
    actions.void_denunciation(letter, reason="ghi nhầm người", by=cast.inspector)
    assert as_(cast.head).get(reverse("discipline:answer_sender_opening", args=[asked.pk])).status_code == 404
    assert "xác minh" not in as_(cast.head).get(reverse("discipline:denunciations")).content.decode()


def test_somebody_named_reads_no_more_once_the_receiver_says_so(cast, letter, as_):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=True, reason="xác minh", second=cast.head, by=cast.inspector
    )
    actions.answer_sender_opening(asked, grants=True, by=cast.head)
    reader = letter.readers.open().get(user=cast.secretary)
    address = reverse("discipline:close_denunciation_for", args=[letter.pk, reader.pk])
    client = as_(cast.inspector)
    client.post(reverse("discipline:open_denunciation", args=[letter.pk]), {"reason": "giải quyết"})
    assert address in client.get(reverse("discipline:denunciation", args=[letter.pk])).content.decode()
    assert client.post(address, {"reason": "đã xác minh xong"}).status_code == 302
    assert not Denunciation.objects.visible_to(cast.secretary).exists()
    assert not Denouncer.objects.visible_to(cast.secretary).exists()
    assert (
        "thôi cho Người secretary xem đơn"
        in client.get(reverse("discipline:denunciation", args=[letter.pk])).content.decode()
    )
    with pytest.raises(NotAllowed, match="đã thôi được xem"):
        actions.close_denunciation_for(reader, reason="x", by=cast.inspector)


def test_the_receiver_is_not_closed_out_and_closes_alone(cast, letter):
    asked = actions.ask_sender_opening(
        letter, user=cast.secretary, sees_sender=True, reason="xác minh", second=cast.head, by=cast.inspector
    )
    actions.answer_sender_opening(asked, grants=True, by=cast.head)
    mine, other = (letter.readers.open().get(user=user) for user in (cast.inspector, cast.secretary))
    with pytest.raises(NotAllowed, match="Người tiếp nhận"):
        actions.close_denunciation_for(mine, reason="x", by=cast.inspector)
    with pytest.raises(NotAllowed, match="Chỉ người tiếp nhận"):
        actions.close_denunciation_for(other, reason="x", by=cast.secretary)


def test_a_letter_is_given_to_an_inspector_alone(cast, letter):
    cast.inspector.role_assignments.update(ended_on="2026-01-01")
    with pytest.raises(ValidationError, match="Chỉ giao cho cán bộ kiểm tra đang công tác"):
        actions.take_over_denunciation(letter, user=cast.secretary, reason="chuyển công tác", by=cast.head)


def test_the_accused_neither_receives_nor_reads(tree, cast):
    member = accused_in(tree.here, user=cast.secretary)
    with pytest.raises(ValidationError, match="chính người bị tố cáo"):
        letter_on(member, cast.secretary)
    letter = letter_on(member, cast.inspector)
    with pytest.raises(ValidationError, match="chính người bị tố cáo"):
        actions.ask_sender_opening(
            letter, user=cast.secretary, sees_sender=False, reason="x", second=cast.head, by=cast.inspector
        )


def test_whoever_left_his_office_reads_no_more_and_the_head_gives_it_on(cast, letter, as_):
    address = reverse("discipline:take_over_denunciation", args=[letter.pk])
    assert as_(cast.head).get(address).status_code == 404
    cast.inspector.role_assignments.update(ended_on="2026-01-01")
    assert as_(cast.inspector).get(reverse("discipline:denunciation", args=[letter.pk])).status_code == 404
    page = as_(cast.head).get(reverse("discipline:denunciations")).content.decode()
    assert address in page
    assert "Lê Văn Kín" not in page
    as_(cast.head).post(address, {"user": cast.head.pk, "reason": "cán bộ chuyển công tác"})
    assert Denunciation.objects.visible_to(cast.head).get() == letter


def test_received_on_the_page(cast, member, as_):
    client, address = as_(cast.secretary), reverse("discipline:receive_denunciation")
    sent = {"member": "Lê Văn Kín", "received_on": "20/04/2026", "contents": "một\n\n hai ", "sender": SENDER}
    answer = client.post(address, sent)
    row = Denunciation.objects.get()
    assert answer.url == reverse("discipline:denunciation", args=[row.pk])
    assert [content.text for content in row.contents.all()] == ["một", "hai"]
    assert SENDER not in client.get(answer.url).content.decode()
    assert not CaseReader.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"member": "Lê Văn Kín", "received_on": "20/04/2999", "contents": "x"},
        {"member": "Lê Văn Kín", "received_on": "20/04/2026", "contents": " \n "},
        {"member": "Lê Văn Kín", "received_on": "20/04/2026", "contents": "x\n" * 31},
        {"member": "Lê Văn Kín", "received_on": "20/04/2026", "contents": "x", "address": "Khóm 9"},
        {"member": "\0", "received_on": "9" * 40, "contents": "x" * 30000},
    ],
)
def test_bad_input_comes_back(cast, member, as_, sent):
    answer = as_(cast.inspector).post(reverse("discipline:receive_denunciation"), sent)
    assert (answer.status_code, Denunciation.objects.count()) == (422, 0)


def test_a_letter_entered_wrongly_is_voided(cast, letter):
    actions.void_denunciation(letter, reason="ghi hai lần", by=cast.inspector)
    assert not Denunciation.objects.visible_to(cast.inspector).exists()


def test_the_journal_is_append_only(cast, letter):
    line = SideEntry.objects.about(letter).first()
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        SideEntry.objects.filter(pk=line.pk).update(reason="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        SideEntry.objects.filter(pk=line.pk).delete()


def test_every_act_has_words_in_the_journal():
    text = (ROOT / "discipline" / "actions" / "denunciations.py").read_text(encoding="utf-8")
    said = set(re.findall(r'record\(\s*"(\w+)"', text)) | set(re.findall(r'_moved\(\w+, State\.\w+, "(\w+)"', text))
    assert {"receive_denunciation", "accept_denunciation", "look_at_sender"} <= said
    assert sorted(said - set(WORDS)) == []


@pytest.mark.parametrize("page", ["denunciation", "sender", "ask_sender_opening", "open_case_from"])
def test_pages_ask_little(cast, letter, as_, page):
    assert queries_of(as_(cast.inspector), reverse(f"discipline:{page}", args=[letter.pk])) <= MOST


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_asks_little(cast, member, as_, number):
    for _ in range(number):
        letter_on(member, cast.inspector)
    assert queries_of(as_(cast.inspector), reverse("discipline:denunciations")) <= MOST
