"""Corrections and slips over a record that somebody else changed meanwhile: both values, and one chooses."""

import pytest
from django.utils import timezone

from members.actions.record import correct_member
from members.models import FamilyMember, Particular, Place, Supplement
from tests.members.test_record import correction
from tests.members.test_supplement import CHANGED, as_shown, corrected, of_the_slip, page


@pytest.fixture
def member(tree):
    return of_the_slip(tree)


def as_returned(form):
    """What the browser sends of a form as it came back."""
    values = {name: form[name].value() for name in form.fields if not name.startswith("side-")}
    return {name: "" if value is None else value for name, value in values.items()}


def test_a_stale_correction_shows_both_values_and_asks_whose_holds(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_member")
    values = correction(member, residence="Khóm 1", notes="gõ dở")
    correct_member(member, {"residence": "Khóm 9", "alias": "Tư"}, revision=1, reason="", by=cast.staff)
    answer = client.post(url, values)
    assert answer.status_code == 409
    html = answer.content.decode()
    for words in ("Đồng chí nhập: Khóm 1", "Trong hồ sơ: Khóm 9", "Tên gọi khác: Tư", 'value="gõ dở"'):
        assert words in html
    member.refresh_from_db()
    assert (member.residence, member.notes, member.revision) == ("Khóm 9", "", 2)
    sent = as_returned(answer.context["form"])
    assert (sent["alias"], sent["residence"]) == ("Tư", "Khóm 1")
    assert list(client.post(url, sent).context["form"].errors) == ["side-residence", "__all__"]
    mine, theirs = [code for code, _ in answer.context["form"].fields["side-residence"].choices]
    assert client.post(url, sent | {"side-residence": mine}).status_code == 302
    member.refresh_from_db()
    assert (member.residence, member.alias, member.notes) == ("Khóm 1", "Tư", "gõ dở")
    again = client.post(url, sent | {"side-residence": theirs})  # what stands is no longer what was asked about
    assert "Không có gì thay đổi" in again.content.decode()


def test_the_value_of_the_other_may_be_kept_and_a_third_change_asks_again(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_member")
    values = correction(member, residence="Khóm 1", notes="gõ dở")
    correct_member(member, {"residence": "Khóm 9"}, revision=1, reason="", by=cast.staff)
    asked = client.post(url, values).context["form"]
    theirs = asked.fields["side-residence"].choices[1][0]
    sent = as_returned(asked) | {"side-residence": theirs}
    correct_member(member, {"residence": "Khóm 10"}, revision=2, reason="", by=cast.staff)
    again = client.post(url, sent)
    assert (again.status_code, "Trong hồ sơ: Khóm 10" in again.content.decode()) == (409, True)
    theirs = again.context["form"].fields["side-residence"].choices[1][0]
    assert client.post(url, as_returned(again.context["form"]) | {"side-residence": theirs}).status_code == 302
    member.refresh_from_db()
    assert (member.residence, member.notes) == ("Khóm 10", "gõ dở")


def test_a_number_that_both_wrote_is_shown_masked(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_member")
    values = correction(member, personal_id="096180509876", reason="nhập sai")
    dropped = correction(member, dropped=["personal_id"], reason="của người khác")
    left = correction(member, residence="Khóm 1")
    correct_member(member, {"personal_id": "096180505555"}, revision=1, reason="x", by=cast.staff)
    answers = [client.post(url, sent) for sent in (values, dropped, left)]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    pages = [answer.content.decode() for answer in answers]
    assert "Đồng chí nhập: ••••••••9876" in pages[0]
    assert all("••••••••5555" in html and "096180505555" not in html for html in pages)
    theirs = answers[1].context["form"].fields["side-personal_id"].choices[1][0]
    client.post(url, dropped | {"side-personal_id": theirs, "residence": "Khóm 2"})
    member.refresh_from_db()
    assert (member.personal_id, member.residence) == ("096180505555", "Khóm 2")


def test_a_correction_that_carries_nothing_of_what_it_was_shown_is_refused(as_, cast, member):
    values = correction(member, residence="Khóm 1") | {"seen": ""}
    assert as_(cast.secretary).post(page(member, "correct_member"), values).status_code == 409
    member.refresh_from_db()
    assert member.revision == 1


def test_what_others_wrote_stands_beside_what_was_typed_and_one_chooses(as_, cast, member):
    client = as_(cast.secretary)
    spouse = FamilyMember.objects.get()
    typed = as_shown(client, member, **{
        "place-temporary-detail": "Khóm 9", f"family-{spouse.pk}-occupation": "bán hàng",
        f"family-{spouse.pk}-residence": "Khóm 3", "degree": "master",
    })  # fmt: skip
    now = corrected(spouse, occupation="lái xe", post="tổ trưởng")
    answer = client.post(page(member), typed | {"confirmed": "1"})
    html, form = answer.content.decode(), answer.context["form"]
    assert CHANGED in html
    assert "Đồng chí nhập: bán hàng" in html
    assert "Trong hồ sơ: lái xe" in html
    assert "chức vụ: tổ trưởng" in html  # which nobody else had typed about
    assert not Supplement.objects.exists()
    side = f"side-family-{now.pk}-occupation"
    assert [field.name for field in form.side_fields] == [side]
    again = {name: form[name].value() for name in form.fields}
    again = {name: "" if value is None else str(value) for name, value in again.items()}
    shown = client.post(page(member), again | {side: form.fields[side].choices[0][0]})
    assert client.post(page(member), dict(shown.context["posted"]) | {"confirmed": "1"}).status_code == 302
    row = FamilyMember.objects.standing().get()
    assert (row.occupation, row.post, row.residence) == ("bán hàng", "tổ trưởng", "Khóm 3")
    assert Particular.objects.standing().open().get(topic="degree").value == "master"
    assert Place.objects.get().detail == "Khóm 9"


def test_what_was_typed_of_a_relative_who_is_gone_is_said(as_, cast, member):
    client = as_(cast.secretary)
    spouse = FamilyMember.objects.get()
    typed = as_shown(client, member, **{f"family-{spouse.pk}-occupation": "bán hàng"})
    spouse.voided_at, spouse.void_reason = timezone.now(), "ghi nhầm người"
    spouse.save()
    html = client.post(page(member), typed | {"confirmed": "1"}).content.decode()
    assert "Đã gõ: bán hàng" in html
    assert not Supplement.objects.exists()


def test_what_was_typed_of_a_relative_follows_a_row_written_anew_twice(as_, cast, member):
    client = as_(cast.secretary)
    spouse = FamilyMember.objects.get()
    typed = as_shown(client, member, **{f"family-{spouse.pk}-occupation": "bán hàng"})
    last = corrected(corrected(spouse, post="tổ trưởng"), post="tổ phó")
    form = client.post(page(member), typed | {"confirmed": "1"}).context["form"]
    assert form.lost == []
    assert form[f"family-{last.pk}-occupation"].value() == "bán hàng"
    assert form[f"family-{last.pk}-post"].value() == "tổ phó"


def test_a_form_that_carries_junk_for_what_it_was_shown_is_refused(as_, cast, member):
    for junk in ("[" * 100_000, '{"residence": [1]}', "1", "null", '{"residence": null}'):
        values = correction(member, residence="Khóm 1") | {"seen": junk}
        assert as_(cast.secretary).post(page(member, "correct_member"), values).status_code == 409
    member.refresh_from_db()
    assert member.revision == 1
