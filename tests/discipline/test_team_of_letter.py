"""The sender of a denunciation in the inspection team: told to the keeper of the identity alone, without a trace."""

import pytest
from django.urls import reverse

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from discipline import actions
from discipline.actions.denunciations import look_at_sender
from discipline.models import DenunciationReader, SideEntry, TeamMember
from tests.discipline.beside_cases import SENDER, letter_on
from tests.discipline.cases import accused_in, case_on
from tests.discipline.inspection_cases import person
from tests.discipline.walking import TOKENS

pytestmark = pytest.mark.django_db
WARNING = "trùng họ tên với một người trong tổ kiểm tra"


@pytest.fixture
def letter(tree, cast):
    """A letter by SENDER with a case and another in its team; the secretary reads the letter without its sender."""
    member = accused_in(tree.here)
    row = letter_on(member, cast.inspector)
    row.case = case_on(member, cast.inspector)
    row.save(update_fields=["case"])
    DenunciationReader.objects.create(denunciation=row, user=cast.secretary, named_by=cast.inspector, reason="họp")
    for user in (cast.inspector, cast.secretary):
        actions.open_denunciation(row, reason="giải quyết", by=user)
    actions.add_team_member(row.case, person("Vũ Văn Hai"), by=cast.inspector)
    return row


def page_of(client, letter, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    content = client.get(reverse("discipline:denunciation", args=[letter.pk])).content
    return TOKENS.sub(b"", content).decode()


def test_only_the_keeper_is_warned(client, cast, letter):
    assert WARNING not in page_of(client, letter, cast.inspector)
    before = page_of(client, letter, cast.secretary)
    row = actions.add_team_member(letter.case, person(SENDER.upper()), by=cast.inspector)
    assert row.full_name == SENDER.upper()
    assert WARNING in page_of(client, letter, cast.inspector)
    assert SENDER not in page_of(client, letter, cast.inspector)
    assert page_of(client, letter, cast.secretary) == before


def test_the_keeper_sets_somebody_off_with_a_neutral_reason(client, cast, letter):
    row = actions.add_team_member(letter.case, person(SENDER), by=cast.inspector)
    lines, logged = SideEntry.objects.about(letter).count(), LogEntry.objects.count()
    client.force_login(cast.inspector, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("discipline:set_off_team", args=[letter.pk])
    assert client.post(address, {"team_member": "99999999999999999999"}).status_code == 422
    assert client.post(address, {"team_member": row.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("Thay đổi thành phần tổ kiểm tra", cast.inspector)
    assert (SideEntry.objects.about(letter).count(), LogEntry.objects.count()) == (lines, logged)
    said = letter.case.journal.first()
    assert (said.action, said.reason) == ("void_record", "Thay đổi thành phần tổ kiểm tra")
    assert said.data == {"what": "thành viên tổ kiểm tra"}
    assert WARNING not in page_of(client, letter, cast.inspector)


def test_others_set_nobody_off(client, tree, cast, letter):
    other = case_on(accused_in(tree.here), cast.inspector)
    elsewhere = actions.add_team_member(other, person(), by=cast.inspector)
    with pytest.raises(NotAllowed, match="người được xem người tố cáo"):
        actions.set_off_team(letter, TeamMember.objects.first(), by=cast.secretary)
    with pytest.raises(NotAllowed, match="không ở trong tổ"):
        actions.set_off_team(letter, elsewhere, by=cast.inspector)
    client.force_login(cast.secretary, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("discipline:set_off_team", args=[letter.pk])).status_code == 404
    assert TeamMember.objects.standing().count() == 2
    assert look_at_sender(letter, reason="đối chiếu", by=cast.inspector).full_name == SENDER
