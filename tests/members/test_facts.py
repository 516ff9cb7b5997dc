"""Dated facts by hand: one ends and the next begins; a wrong one is voided with a reason."""

from datetime import date

import pytest
from django.urls import reverse

from cells.models import LogEntry
from members.enums import Topic
from members.models import AnnualGrade, ImportBatch, ImportChange, Member, Overlay, Particular, Post
from tests.factories import MemberFactory


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


@pytest.fixture
def degree(member):
    return Particular.objects.create(member=member, topic="degree", value="bachelor", started_on=date(2025, 7, 1))


@pytest.fixture
def secretary(as_, cast):
    return as_(cast.secretary)


def change(member, topic="degree"):
    return reverse("members:change_particular", args=[member.pk, topic])


def fact_url(fact, name="fact"):
    return reverse(f"members:{name}", args=[fact.member_id, fact._meta.model_name, fact.pk])


def actions(member):
    return [entry.action for entry in LogEntry.objects.about(member)]


def rows(member, topic="degree"):
    standing = member.particulars.standing().filter(topic=topic).order_by("started_on")
    return [(row.value, row.started_on, row.ended_on) for row in standing]


def test_a_change_ends_one_and_opens_the_next(secretary, member, degree):
    values = {"value": "master", "text": "Thạc sĩ Luật", "started": "01/09/2026", "current": degree.pk}
    assert secretary.post(change(member), values).status_code == 302
    assert rows(member) == [
        ("bachelor", date(2025, 7, 1), date(2026, 9, 1)),
        ("master", date(2026, 9, 1), None),
    ]
    assert actions(member) == ["members.change_particular"]


def test_the_second_click_of_a_change_is_refused(secretary, member, degree):
    values = {"value": "master", "started": "01/09/2026", "current": degree.pk}
    secretary.post(change(member), values)
    again = secretary.post(change(member), values)
    assert "vừa được người khác thay đổi" in again.content.decode()
    assert len(rows(member)) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"started": "01/07/2025"}, "phải sau ngày đó"),
        ({"started": "01/01/2999"}, "tương lai"),
        ({"started": "2026"}, "Hãy ghi đủ"),
        ({"value": "bachelor"}, "không có gì thay đổi"),
        ({"value": "nonsense"}, "không"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(secretary, member, degree, changes, words):
    values = {"value": "master", "started": "01/09/2026", "current": degree.pk} | changes
    answer = secretary.post(change(member), values)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert rows(member) == [("bachelor", date(2025, 7, 1), None)]
    assert actions(member) == []


def test_a_first_answer_needs_no_other_before_it(secretary, member):
    assert secretary.post(change(member), {"value": "college", "started": "01/07/2025"}).status_code == 302
    assert rows(member) == [("college", date(2025, 7, 1), None)]


def test_religion_is_changed_by_those_who_may_see_it_and_the_log_does_not_tell(as_, cast, member):
    values = {"value": "cao_dai", "started": "01/07/2025"}
    assert as_(cast.officer).post(change(member, "religion"), values).status_code == 403
    assert as_(cast.secretary).post(change(member, "religion"), values).status_code == 302
    [act] = LogEntry.objects.about(member)
    assert act.data == {"fact": "Tôn giáo", "from": "01/07/2025"}
    [fact] = member.particulars.all()
    assert as_(cast.officer).get(fact_url(fact)).status_code == 403


def test_overlay_from_paper_with_its_last_day(secretary, member):
    url = reverse("members:add_overlay", args=[member.pk])
    values = {"kind": "interrupted", "started": "01/02/2026", "last_day": "31/07/2026", "decision": "NQ 05"}
    assert secretary.post(url, values | {"decision": ""}).context["form"].errors.keys() == {"decision"}
    assert secretary.post(url, values).status_code == 302
    [overlay] = Overlay.objects.all()
    assert (overlay.started_on, overlay.ended_on) == (date(2026, 2, 1), date(2026, 8, 1))
    days = (date(2026, 6, 30), date(2026, 8, 1))
    assert [Member.objects.with_status(day).get(pk=member.pk).status for day in days] == ["interrupted", "official"]
    again = secretary.post(url, values)
    assert "Đã có “Gián đoạn sinh hoạt” từ 01/02/2026, đến hết 31/07/2026" in again.content.decode()
    assert actions(member) == ["members.add_overlay"]


def test_overlay_that_ends_before_it_begins(secretary, member):
    url = reverse("members:add_overlay", args=[member.pk])
    values = {"kind": "interrupted", "started": "01/02/2026", "last_day": "31/01/2026", "decision": "NQ 05"}
    assert "last_day" in secretary.post(url, values).context["form"].errors


def test_a_last_day_that_has_no_day_after_is_refused_in_words(secretary, member):
    url = reverse("members:add_overlay", args=[member.pk])
    values = {"kind": "interrupted", "started": "01/02/2026", "last_day": "31/12/9999", "decision": "NQ 05"}
    assert "Năm 9999 quá xa" in secretary.post(url, values).content.decode()
    assert actions(member) == []


def test_post_is_added_ended_and_not_ended_twice(as_, cast, member, tree):
    url = reverse("members:add_post", args=[member.pk])
    officer = as_(cast.officer)
    values = {"title": "secretary", "organisation": tree.here.pk, "started": "01/09/2025", "manner": "elected"}
    assert officer.post(url, values).status_code == 302
    [post] = Post.objects.all()
    end = fact_url(post, "end_fact")
    assert officer.post(end, {"last_day": "31/08/2025"}).status_code == 200
    assert officer.post(end, {"last_day": "30/06/2026", "paper": "QĐ 7"}).status_code == 302
    post.refresh_from_db()
    assert post.ended_on == date(2026, 7, 1)
    assert "đã kết thúc, đến hết ngày 30/06/2026" in officer.post(end, {"last_day": "30/06/2026"}).content.decode()
    assert sorted(actions(member)) == ["members.add_post", "members.end_fact"]


def test_posts_are_given_in_bodies_of_ones_scope_alone(as_, cast, member, tree):
    url = reverse("members:add_post", args=[member.pk])
    values = {"title": "secretary", "started": "01/09/2025", "manner": "elected"}
    for body in (tree.there, tree.root):
        answer = as_(cast.officer).post(url, values | {"organisation": body.pk})
        assert "organisation" in answer.context["form"].errors
    assert as_(cast.officer).post(url, values | {"organisation": tree.east.pk}).status_code == 302


def test_a_wrong_fact_is_voided_and_written_anew(secretary, member, degree):
    url = fact_url(degree, "correct_fact")
    seen = secretary.get(url).context["form"]["seen"].value()
    values = {"value": "master", "text": "", "started": "01/07/2025", "reason": "", "seen": seen}
    assert list(secretary.post(url, values).context["form"].errors) == ["reason"]
    assert secretary.post(url, values | {"reason": "Nhập nhầm dòng"}).status_code == 302
    assert rows(member) == [("master", date(2025, 7, 1), None)]
    degree.refresh_from_db()
    assert (degree.void_reason, degree.voided_at is None) == ("Nhập nhầm dòng", False)
    assert secretary.post(url, values | {"reason": "Nhập nhầm dòng"}).status_code == 404
    [act] = LogEntry.objects.about(member)
    assert act.data["before"] == "Trình độ chuyên môn: Đại học"
    assert "đã hủy bỏ: Nhập nhầm dòng" in secretary.get(reverse("members:member", args=[member.pk])).content.decode()


STATES = {
    "exempt": {"ground": "age_health", "started": "01/02/2026", "decision": "NQ 05"},
    "suspended": {"started": "01/02/2026", "decision": "QĐ 05"},
    "interrupted": {"kind": "interrupted", "started": "01/02/2026", "decision": "QĐ 05"},
}


@pytest.mark.parametrize("kind", [*STATES, "post"])
def test_a_correction_does_not_take_back_an_end_that_was_written_meanwhile(as_, cast, member, tree, kind):
    client, begun = as_(cast.officer), date(2026, 2, 1)
    if kind == "post":
        fact = Post.objects.create(member=member, organisation=tree.here, title="deputy", started_on=begun)
        typed = {"title": "deputy", "organisation": tree.here.pk, "started": "01/02/2026", "manner": "elected",
                 "decision": "NQ 1"}  # fmt: skip
    else:
        ground = STATES[kind].get("ground", "")
        fact = Overlay.objects.create(member=member, kind=kind, ground=ground, started_on=begun, decision="x")
        typed = STATES[kind]
    url = fact_url(fact, "correct_fact")
    typed |= {"seen": client.get(url).context["form"]["seen"].value(), "reason": "sai số"}
    type(fact).objects.filter(pk=fact.pk).update(ended_on=date(2026, 8, 1))
    refused = client.post(url, typed)
    assert "vừa được người khác thay đổi" in refused.content.decode()
    [standing] = type(fact).objects.standing()
    assert (standing.pk, standing.ended_on) == (fact.pk, date(2026, 8, 1))
    fresh = client.get(url).context["form"]["seen"].value()
    done = client.post(url, typed | {"seen": fresh, "last_day": "31/07/2026"})
    assert done.status_code == 302, done.context["form"].errors
    [standing] = type(fact).objects.standing()
    assert (standing.pk == fact.pk, standing.ended_on) == (False, date(2026, 8, 1))


def test_a_voided_change_gives_the_earlier_answer_back(secretary, member, degree):
    secretary.post(change(member), {"value": "master", "started": "01/09/2026", "current": degree.pk})
    wrong = member.particulars.get(value="master")
    url = fact_url(wrong, "void_fact")
    assert secretary.post(url, {"reason": ""}).status_code == 200
    assert secretary.post(url, {"reason": "Chưa có bằng"}).status_code == 302
    assert rows(member) == [("bachelor", date(2025, 7, 1), None)]
    assert secretary.post(url, {"reason": "Chưa có bằng"}).status_code == 404
    assert actions(member)[0] == "members.void_fact"


@pytest.mark.parametrize("name", ["fact", "end_fact", "correct_fact", "void_fact"])
def test_strangers_and_lookers_do_not_reach_a_fact(as_, cast, degree, name):
    assert as_(cast.stranger).get(fact_url(degree, name)).status_code == 404
    assert as_(cast.inspector).get(fact_url(degree, name)).status_code == 403
    assert as_(cast.secretary).get(fact_url(degree, name)).status_code == 200


def test_a_fact_of_somebody_else_is_not_reached_through_ones_own_member(secretary, member, tree):
    other = MemberFactory(home=tree.there)
    fact = Particular.objects.create(member=other, topic=Topic.DEGREE, value="doctor", started_on=date(2025, 7, 1))
    url = reverse("members:fact", args=[member.pk, "particular", fact.pk])
    assert secretary.get(url).status_code == 404
    assert secretary.get(reverse("members:fact", args=[member.pk, "membership", 1])).status_code == 404
    assert secretary.get(change(member, "salary")).status_code == 404


# --- yearly results ---------------------------------------------------------------------------------------------------


@pytest.fixture
def grade(tree):
    home = tree.here
    return AnnualGrade.objects.create(
        member=MemberFactory(home=home), year=2024, scale="nhiem_vu", level="HTTNV", organisation=home
    )


def test_a_result_that_a_file_brought_is_voided_with_a_reason(grade, cast, as_):
    batch = ImportBatch.objects.create(
        kind="grades", organisation=grade.organisation, file_name="x", sha256="0", created_by=cast.staff
    )
    ImportChange.objects.create(batch=batch, table="members.annualgrade", row_id=grade.pk, after={})
    address = reverse("members:void_grade", args=[grade.member_id, grade.pk])
    assert address in as_(cast.staff).get(reverse("members:member", args=[grade.member_id])).content.decode()
    as_(cast.staff).post(address, {"reason": "nhầm người"})
    grade.refresh_from_db()
    assert (grade.voided_by, grade.void_reason) == (cast.staff, "nhầm người")
    assert as_(cast.staff).post(address, {"reason": "lần nữa"}).status_code == 404


def test_a_result_decided_in_the_software_is_not_voided_at_the_record(grade, cast, as_):
    page = as_(cast.staff).post(
        reverse("members:void_grade", args=[grade.member_id, grade.pk]), {"reason": "nhầm người"}
    )
    assert "hãy báo cấp đã quyết định" in page.content.decode()
    grade.refresh_from_db()
    assert grade.voided_at is None


def test_the_reason_of_an_act_on_a_restricted_answer_stands_with_the_row_alone(as_, cast, member):
    fact = Particular.objects.create(member=member, topic="religion", value="buddhism", started_on=date(2025, 7, 1))
    client = as_(cast.secretary)
    typed = {"value": "catholicism", "started": "01/07/2025", "reason": "rửa tội từ nhỏ"}
    assert client.post(fact_url(fact, "correct_fact"), typed).status_code == 302
    fact = Particular.objects.standing().get()
    assert client.post(fact_url(fact, "void_fact"), {"reason": "chưa kê khai"}).status_code == 302
    assert list(Particular.objects.order_by("pk").values_list("void_reason", flat=True)) == [
        "rửa tội từ nhỏ", "chưa kê khai",
    ]  # fmt: skip
    log = " ".join(f"{line.words} {line.reason}" for line in as_(cast.officer).get("/log/").context["page"].lines)
    assert [words for words in ("rửa tội", "chưa kê khai") if words in log] == []
    assert [entry.data["reason"] for entry in LogEntry.objects.about(member)] == ["ghi ở mục được che"] * 2
