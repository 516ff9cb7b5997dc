"""A member's page, the record put in and corrected by hand."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from members.actions.record import MemberEntry, enrol_member
from members.enums import StartReason, Topic
from members.forms.people import CorrectForm
from members.importing.analysis import rules_on
from members.models import AnnualGrade, Member, Membership, Overlay, Particular, Post, Sanction
from tests.factories import MemberFactory


def page(member, name="member", *more):
    return reverse(f"members:{name}", args=[member.pk, *more])


def acts(member, action):
    return list(LogEntry.objects.about(member).filter(action=action))


@pytest.fixture
def member(tree):
    return MemberFactory(
        home=tree.here, full_name="Đặng Thị Hòa", personal_id="096180501234", card_number="096180501234"
    )  # fmt: skip


def typed(cell=None, **changes):
    """What a person types to put somebody on the roll."""
    values = {
        "id": str(uuid.uuid4()), "full_name": "TRẦN VĂN  BÌNH", "sex": "male", "born": "03/1975", "ethnic": "kinh",
        "personal_id": "096 075 500 001", "admitted": "19/05/2000", "official": "19/05/2001", "decided": "1999",
        "occupation": "farmer", "occupation_text": "Trồng lúa", "general_education": "upper_secondary",
        "degree": "none", "theory": "elementary", "religion": "buddhism", "started": "01/07/2025",
        "start_reason": "opening",
    }  # fmt: skip
    return values | changes


# --- who sees what


def test_a_stranger_meets_404_everywhere(as_, cast, member):
    client = as_(cast.stranger)
    urls = [page(member, name) for name in ("member", "sheet", "correct_member", "correct_birth_date", "add_post")]
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(page(member, "reveal")).status_code == 404
    assert not acts(member, "members.reveal_number")


def test_in_scope_without_the_right_is_403(as_, cast, member):
    client = as_(cast.inspector)
    assert client.get(page(member)).status_code == 200
    assert client.get(page(member, "correct_member")).status_code == 403
    assert client.post(page(member, "reveal")).status_code == 403


def test_numbers_are_masked_until_shown_and_showing_is_logged(as_, cast, member):
    client = as_(cast.secretary)
    for name in ("member", "sheet", "correct_member", "correct_birth_date"):
        assert "096180501234" not in client.get(page(member, name)).content.decode()
    assert "••••••••1234" in client.get(page(member)).content.decode()
    shown = client.post(page(member, "reveal"))
    assert "096180501234" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    [act] = acts(member, "members.reveal_number")
    assert (act.actor, act.organisation) == (cast.secretary, member.home)
    assert "0961" not in str(act.data)
    assert "096180501234" not in client.get(page(member)).content.decode()


def test_numbers_are_not_shown_by_a_get(as_, cast, member):
    assert as_(cast.secretary).get(page(member, "reveal")).status_code == 405


def test_religion_and_family_are_for_staff_and_the_own_secretary(as_, cast, member):
    for topic, value in ((Topic.RELIGION, "cao_dai"), (Topic.FOREIGN_MARRIAGE, "yes")):
        Particular.objects.create(member=member, topic=topic, value=value, started_on=date(2025, 7, 1))
    for user, sees in ((cast.secretary, True), (cast.staff, True), (cast.officer, False), (cast.inspector, False)):
        for name in ("member", "sheet"):
            html = as_(user).get(page(member, name)).content.decode()
            assert ("Cao Đài" in html, "hôn nhân" in html) == (sees, sees), (user.username, name)


def test_sanctions_by_form_and_date_for_those_who_keep_the_record(as_, cast, member):
    Sanction.objects.create(
        member=member, form="warning", decided_on=date(2026, 3, 10), lapses_on=date(2027, 3, 10),
        decided_by="Đảng ủy Phường Đông", article_code="D12",
    )  # fmt: skip
    for user, sees in ((cast.secretary, True), (cast.officer, True), (cast.staff, True), (cast.inspector, True)):
        html = as_(user).get(page(member)).content.decode()
        assert ("Kỷ luật: Cảnh cáo" in html, "D12" in html) == (sees, False), user.username


def test_timeline_holds_everything_dated_newest_first(as_, cast, member, tree):
    Post.objects.create(member=member, organisation=tree.here, title="secretary", started_on=date(2025, 9, 1))
    Overlay.objects.create(
        member=member, kind="exempt", started_on=date(2026, 2, 1), ended_on=date(2026, 3, 1), decision="NQ 05"
    )  # fmt: skip
    AnnualGrade.objects.create(
        member=member, year=2025, scale="nhiem_vu", level="HTTNV", organisation=tree.here, decided_on=date(2025, 12, 20)
    )  # fmt: skip
    events = as_(cast.secretary).get(page(member)).context["events"]
    assert [(event.on, event.title) for event in events] == [
        (date(2026, 2, 1), "Miễn công tác và sinh hoạt"),
        (date(2025, 12, 20), "Xếp loại năm 2025: Hoàn thành tốt nhiệm vụ"),
        (date(2025, 9, 1), "Bí thư Chi bộ Khóm 1"),
        (date(2025, 7, 1), "Sinh hoạt chính thức: Chi bộ Khóm 1"),
        (date(2006, 5, 19), "Công nhận đảng viên chính thức"),
        (date(2005, 5, 19), "Vào Đảng (lễ kết nạp)"),
        (date(2005, 5, 10), "Quyết định kết nạp"),
        (date(1980, 3, 5), "Sinh"),
    ]
    assert events[0].text == "NQ 05 · đến hết 28/02/2026"


def test_partial_dates_are_shown_as_they_were_written(as_, cast, tree):
    member = MemberFactory(home=tree.here, born_on=date(1950, 3, 1), born_precision="month", official_precision="year")
    identity = dict(as_(cast.secretary).get(page(member)).context["identity"])
    assert (identity["Sinh"], identity["Ngày chính thức"]) == ("03/1950", "2006")


def test_a_dangerous_name_is_escaped(as_, cast, tree):
    member = MemberFactory(home=tree.here, full_name="<script>alert(1)</script>", home_place="<img src=x>")
    html = as_(cast.secretary).get(page(member)).content.decode()
    html += as_(cast.secretary).get(page(member, "sheet")).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_reading_writes_nothing_but_that_it_was_read(as_, cast, member):
    client = as_(cast.secretary)
    before = LogEntry.objects.count()
    for name in ("member", "sheet", "correct_member", "correct_birth_date", "add_overlay"):
        assert client.get(page(member, name)).status_code == 200
    assert LogEntry.objects.count() == before + 1
    assert LogEntry.objects.latest("id").action == "members.open_record"


# --- put on the roll


def test_enrolled_by_hand(as_, cast, tree):
    values = typed()
    answer = as_(cast.secretary).post(reverse("members:enrol_member", args=[tree.here.pk]), values)
    member = Member.objects.get(pk=values["id"])
    assert answer.url == page(member)
    assert (member.full_name, member.search_key, member.home) == ("Trần Văn Bình", "tran van binh", tree.here)
    assert (member.born_on, member.born_precision) == (date(1975, 3, 1), "month")
    assert (member.decided_on, member.decided_precision) == (date(1999, 1, 1), "year")
    assert member.personal_id == "096075500001"
    [membership] = member.memberships.all()
    assert (membership.organisation, membership.started_on, membership.start_reason) == (
        tree.here, date(2025, 7, 1), StartReason.OPENING,
    )  # fmt: skip
    answers = {row.topic: (row.value, row.text) for row in member.particulars.all()}
    assert answers == {
        "occupation": ("farmer", "Trồng lúa"), "general_education": ("upper_secondary", ""), "degree": ("none", ""),
        "theory": ("elementary", ""), "religion": ("buddhism", ""),
    }  # fmt: skip
    [act] = acts(member, "members.enrol_member")
    assert (act.actor, act.organisation) == (cast.secretary, tree.here)


def test_the_second_click_is_refused(as_, cast, tree):
    values = typed(personal_id="")
    client, url = as_(cast.secretary), reverse("members:enrol_member", args=[tree.here.pk])
    assert client.post(url, values).status_code == 302
    again = client.post(url, values)
    assert again.status_code == 200
    assert "vừa được lưu" in again.content.decode()
    assert Member.objects.count() == Membership.objects.count() == 1


def test_a_person_alike_must_be_said_to_be_another(as_, cast, tree):
    client, url = as_(cast.secretary), reverse("members:enrol_member", args=[tree.here.pk])
    client.post(url, typed())
    twin = typed(full_name="Trần Văn Bình", personal_id="096075500002")
    refused = client.post(url, twin)
    assert "đã có Trần Văn Bình sinh ngày này" in refused.content.decode()
    assert Member.objects.count() == 1
    assert client.post(url, twin | {"different_person": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        pytest.param({"born": "31/02/1975"}, "born", "không có trong lịch", id="no such day"),
        pytest.param({"born": "5/3/75"}, "born", "bốn chữ số", id="short year"),
        pytest.param({"born": "hôm qua"}, "born", "Không đọc được", id="words"),
        pytest.param({"born": "01/01/2999"}, "born", "tương lai", id="future"),
        pytest.param({"born": "2001", "decided": ""}, "admitted", "sau ngày sinh", id="born after admission"),
        pytest.param({"official": "18/05/2000"}, "official", "không thể trước", id="official before admission"),
        pytest.param({"born": "1985", "decided": ""}, "admitted", "18 tuổi", id="admitted as a child"),
        pytest.param({"personal_id": "96075500001"}, "personal_id", "đúng 12", id="lost zero"),
        pytest.param({"card_number": "1234567"}, "card_number", "đúng 12", id="card"),
        pytest.param({"former_card_number": "1"}, "former_card_number", "đúng 8", id="old card"),
        pytest.param({"former_personal_id": "12"}, "former_personal_id", "9 hoặc 12", id="old ID"),
        pytest.param({"cv_number": "123 CM"}, "cv_number", "000123 CM", id="M26"),
        pytest.param({"full_name": ""}, "full_name", "", id="no name"),
        pytest.param({"full_name": "Lê <b>"}, "full_name", "chữ cái", id="not a name"),
        pytest.param({"started": "07/2025"}, "started", "Hãy ghi đủ", id="whole day"),
        pytest.param({"ethnic": "sao hỏa"}, "ethnic", "", id="unknown group"),
        pytest.param({"id": "x"}, "id", "", id="broken id"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(as_, cast, tree, changes, field, words):
    values = typed(**changes)
    answer = as_(cast.secretary).post(reverse("members:enrol_member", args=[tree.here.pk]), values)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors[field])
    assert "Trồng lúa" in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.parametrize("number", ["000123 CM", "000123CMA"])
def test_cv_numbers_that_stand_in_the_regulation_pass(as_, cast, tree, number):
    values = typed(cv_number=number)
    as_(cast.secretary).post(reverse("members:enrol_member", args=[tree.here.pk]), values)
    assert Member.objects.get(pk=values["id"]).cv_number == f"{number[:6]} {number[6:].strip()}"


def test_a_number_known_outside_ones_scope_says_no_more_than_that(as_, cast, tree):
    holder = MemberFactory(home=tree.there, full_name="Lê Văn Giấu", personal_id="096075500001")
    answer = as_(cast.secretary).post(reverse("members:enrol_member", args=[tree.here.pk]), typed())
    html = answer.content.decode()
    assert "Số này đã có trong hệ thống, đã chuyển cấp trên đối chiếu." in html
    assert ("Giấu" in html, "Ấp Thượng" in html, str(holder.pk) in html) == (False, False, False)
    [act] = acts(holder, "members.report_clash")
    assert act.organisation == tree.root
    assert list(LogEntry.objects.visible_to(cast.secretary).filter(pk=act.pk)) == []
    assert list(LogEntry.objects.visible_to(cast.staff).filter(pk=act.pk)) == [act]
    assert Member.objects.count() == 1


def test_a_number_known_within_ones_scope_names_the_holder(as_, cast, tree):
    MemberFactory(home=tree.next_door, full_name="Lê Văn Rõ", personal_id="096075500001")
    answer = as_(cast.officer).post(reverse("members:enrol_member", args=[tree.here.pk]), typed())
    assert "Số này đã ghi cho Lê Văn Rõ, Chi bộ Khóm 2." in answer.content.decode()
    assert not LogEntry.objects.filter(action="members.report_clash").exists()


def test_an_officer_is_not_asked_about_religion(as_, cast, tree):
    values = typed()
    as_(cast.officer).post(reverse("members:enrol_member", args=[tree.here.pk]), values)
    assert not Particular.objects.filter(member_id=values["id"], topic=Topic.RELIGION).exists()


def test_members_are_added_to_cells_of_ones_own_alone(as_, cast, tree):
    assert as_(cast.stranger).post(reverse("members:enrol_member", args=[tree.here.pk]), typed()).status_code == 404
    assert as_(cast.inspector).get(reverse("members:enrol_member", args=[tree.here.pk])).status_code == 403
    assert as_(cast.officer).get(reverse("members:enrol_member", args=[tree.east.pk])).status_code == 404
    assert as_(cast.secretary).get(reverse("members:add")).url == reverse("members:enrol_member", args=[tree.here.pk])
    choice = as_(cast.officer).get(reverse("members:add"), {"q": "khom"})
    assert [str(cell) for cell in choice.context["cells"]] == ["Chi bộ Khóm 1", "Chi bộ Khóm 2"]


def test_only_an_open_cell_takes_members(tree, cast):
    entry = MemberEntry({"full_name": "Lê Văn A"})
    with pytest.raises(ValidationError, match="không nhận đảng viên"):
        enrol_member(entry, organisation=tree.east, on=date(2026, 1, 1), reason=StartReason.OPENING, by=cast.staff)
    assert not Member.objects.exists()


# --- corrected


def correction(member, **changes):
    """What the browser sends of the form as it is shown now, with what a person changed."""
    today = date(2026, 11, 23)
    seen = CorrectForm(member=member, today=today, checks=rules_on(today))["seen"].value()
    initial = CorrectForm.initial_of(member) | {"seen": seen}
    return {name: "" if value is None else str(value) for name, value in initial.items()} | changes


def test_corrected_with_before_and_after_in_the_log(as_, cast, member):
    values = correction(member, residence="Khóm 1", official="19/06/2006", reason="Theo quyết định công nhận")
    assert as_(cast.secretary).post(page(member, "correct_member"), values).status_code == 302
    member.refresh_from_db()
    assert (member.residence, member.official_on, member.revision) == ("Khóm 1", date(2006, 6, 19), 2)
    [act] = acts(member, "members.correct_member")
    assert act.data == {
        "fields": "nơi thường trú, ngày chính thức",
        "reason": "Theo quyết định công nhận",
        "changes": {"nơi thường trú": ["", "Khóm 1"], "ngày chính thức": ["19/05/2006", "19/06/2006"]},
        "former": {},
    }
    html = as_(cast.secretary).get(page(member)).content.decode()
    assert "ngày chính thức: 19/05/2006 → 19/06/2006" in html


def test_a_corrected_number_is_masked_in_what_is_shown_and_the_old_one_kept(as_, cast, member):
    values = correction(member, personal_id="096180509876", reason="Nhập sai một chữ số")
    as_(cast.secretary).post(page(member, "correct_member"), values)
    [act] = acts(member, "members.correct_member")
    assert act.data["changes"] == {"số định danh cá nhân": ["••••••••1234", "••••••••9876"]}
    assert act.data["former"] == {"personal_id": "096180501234"}
    assert "09618050" not in as_(cast.secretary).get(page(member)).content.decode()


def test_an_empty_number_keeps_the_stored_one_and_a_dropped_one_goes(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_member")
    client.post(url, correction(member, residence="Khóm 1"))
    member.refresh_from_db()
    assert (member.personal_id, member.card_number) == ("096180501234", "096180501234")
    values = correction(member, dropped=["card_number"])
    assert list(client.post(url, values).context["form"].errors) == ["reason"]
    client.post(url, values | {"reason": "Thẻ của người khác"})
    member.refresh_from_db()
    assert (member.personal_id, member.card_number) == ("096180501234", "")
    assert acts(member, "members.correct_member")[0].data["former"] == {"card_number": "096180501234"}


def test_weighty_fields_need_a_reason(as_, cast, member):
    answer = as_(cast.secretary).post(page(member, "correct_member"), correction(member, admitted="20/05/2005"))
    assert list(answer.context["form"].errors) == ["reason"]
    member.refresh_from_db()
    assert (member.admitted_on, member.revision) == (date(2005, 5, 19), 1)


def test_the_consent_to_correct_the_file_has_a_number_and_a_day(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_member")
    values = correction(member, admitted="20/05/2005") | {"reason": "Hồ sơ gốc ghi khác", "consent": "12-CV/ĐU"}
    assert list(client.post(url, values).context["form"].errors) == ["consented_on"]
    assert client.post(url, values | {"consented_on": "05/03/2026"}).status_code == 302
    [act] = acts(member, "members.correct_member")
    assert act.data["consent"] == "văn bản đồng ý số 12-CV/ĐU, ngày 05/03/2026"


def test_the_second_click_of_a_correction_is_refused(as_, cast, member):
    values = correction(member, residence="Khóm 1")
    client = as_(cast.secretary)
    client.post(page(member, "correct_member"), values)
    assert "Không có gì thay đổi" in client.post(page(member, "correct_member"), values).content.decode()
    assert len(acts(member, "members.correct_member")) == 1


def test_nothing_changed_is_said(as_, cast, member):
    answer = as_(cast.secretary).post(page(member, "correct_member"), correction(member))
    assert "Không có gì thay đổi" in answer.content.decode()
    assert not acts(member, "members.correct_member")


CONSENT = {"consent": "12-CV/ĐU", "consented_on": "02/03/2026", "matches": "on"}


def test_the_birth_date_is_not_among_the_correctable_fields(as_, cast, member):
    as_(cast.secretary).post(page(member, "correct_member"), correction(member, born="01/01/1970", residence="Khóm 1"))
    member.refresh_from_db()
    assert (member.residence, member.born_on) == ("Khóm 1", date(1980, 3, 5))


def test_the_birth_date_is_corrected_on_a_paper_with_a_reason(as_, cast, member):
    client, url = as_(cast.secretary), page(member, "correct_birth_date")
    values = {"born": "1979", "paper": "", "reason": "", "revision": "1"}
    missing = ["paper", "consent", "consented_on", "matches", "reason"]
    assert list(client.post(url, values).context["form"].errors) == missing
    values |= {"paper": "Lý lịch kết nạp 10/05/2005", "reason": "Nhập sai khi lập danh sách", **CONSENT}
    assert client.post(url, values).status_code == 302
    member.refresh_from_db()
    assert (member.born_on, member.born_precision, member.revision) == (date(1979, 1, 1), "year", 2)
    [act] = acts(member, "members.correct_birth_date")
    assert (act.data["paper"], act.data["document_type"]) == ("Lý lịch kết nạp 10/05/2005", 75)
    assert act.data["consent"] == "văn bản đồng ý số 12-CV/ĐU, ngày 02/03/2026"
    assert client.post(url, values).status_code == 200
    assert len(acts(member, "members.correct_birth_date")) == 1


def test_a_birth_date_after_admission_is_refused_in_words(as_, cast, member):
    values = {"born": "2006", "paper": "giấy khai sinh", "reason": "đính chính", "revision": "1", **CONSENT}
    answer = as_(cast.secretary).post(page(member, "correct_birth_date"), values)
    assert "Ngày sinh phải trước ngày vào Đảng." in answer.content.decode()


def test_correcting_to_a_number_of_somebody_else_is_refused(as_, cast, member, tree):
    MemberFactory(home=tree.there, personal_id="096075500001")
    values = correction(member, personal_id="096075500001", reason="sửa số")
    answer = as_(cast.secretary).post(page(member, "correct_member"), values)
    assert "đã chuyển cấp trên đối chiếu" in answer.content.decode()
    member.refresh_from_db()
    assert member.personal_id == "096180501234"
