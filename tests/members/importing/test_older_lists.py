"""A list that is older than what the record knows: the record stays, the difference is listed for a person."""

from datetime import date

import pytest

from members.actions.facts import change_particular
from members.actions.imports import FileToCheck, check_file, commit_batch
from members.enums import Topic
from members.models import Member, Overlay, Particular, Post
from tests.factories import MemberFactory
from tests.members.importing.dump import canonical_dump
from tests.members.importing.sheets import person, workbook

pytestmark = pytest.mark.django_db
JANUARY, JUNE, SEPTEMBER = date(2026, 1, 31), date(2026, 6, 30), date(2026, 9, 1)


@pytest.fixture
def write(tree, system):
    """Check and write a small list of a day."""

    def commit(*people, on):
        batch = check_file(FileToCheck(workbook(*people), "ds.xlsx", on), organisation=tree.root, by=system)
        return commit_batch(batch, by=system)

    return commit


def newer(batch):
    return [(each["code"], each["column"], each["known"]) for each in batch.report["differences"]]


def test_an_answer_from_after_the_day_of_the_list_stays(write, system):
    write(person(**{"Lý luận chính trị": "SC", "Tôn giáo": "K"}), on=JANUARY)
    member = Member.objects.get()
    for topic, value in ((Topic.THEORY, "intermediate"), (Topic.RELIGION, "buddhism")):
        now = member.particulars.get(topic=topic).pk
        change_particular(member, topic, (value, "", "giấy tờ"), on=SEPTEMBER, current_id=now, by=system)
    before = canonical_dump()
    batch = write(person(**{"Lý luận chính trị": "SC", "Tôn giáo": "K"}), on=JUNE)
    assert newer(batch) == [
        ("newer_on_record", "I", "Trung cấp, từ 01/09/2026"),
        ("newer_on_record", "J", "có mục mới hơn, từ 01/09/2026"),  # religion is for few
    ]
    assert (batch.report["unchanged"], canonical_dump()) == (1, before)


def test_an_answer_of_the_very_day_of_the_list_is_replaced(write):
    write(person(**{"Lý luận chính trị": "SC"}), on=JUNE)
    batch = write(person(**{"Lý luận chính trị": "TC"}), on=JUNE)
    assert (newer(batch), batch.report["updated"]) == ([], 1)
    assert [fact.value for fact in Particular.objects.standing()] == ["intermediate"]


def test_posts_that_began_or_ended_after_the_day_of_the_list_stay(write, tree):
    write(person(**{"Chức vụ Đảng": "CUV"}), person("Lê Bình", **{"Số định danh cá nhân": "096080000002"}), on=JANUARY)
    an, binh = Member.objects.get(full_name="Lê An"), Member.objects.get(full_name="Lê Bình")
    Post.objects.filter(member=an).update(ended_on=SEPTEMBER)
    Post.objects.create(member=binh, organisation=tree.here, title="deputy", started_on=SEPTEMBER)
    posts = list(Post.objects.values())
    batch = write(
        person(**{"Chức vụ Đảng": "BTCB"}),
        person("Lê Bình", **{"Số định danh cá nhân": "096080000002", "Chức vụ Đảng": "CUV"}),
        on=JUNE,
    )
    assert newer(batch) == [
        ("newer_on_record", "I", "Cấp ủy viên, từ 31/01/2026 đến hết 31/08/2026"),
        ("newer_on_record", "I", "Phó Bí thư, từ 01/09/2026"),
    ]
    again = write(person(**{"Chức vụ Đảng": "CUV"}), on=JUNE)  # as it was on that day
    assert (newer(again), list(Post.objects.values())) == ([], posts)


def test_a_state_that_ended_after_the_day_of_the_list_is_not_opened_again(write):
    row = person(**{"Trạng thái hoạt động": "Miễn sinh hoạt", "Ngày rời/mất/miễn": "01/01/2026"})
    write(row, on=JANUARY)
    Overlay.objects.update(ended_on=SEPTEMBER)
    batch = write(row, on=JUNE)
    assert (batch.report["unchanged"], Overlay.objects.count()) == (1, 1)


def test_who_came_back_after_the_day_of_the_list_is_not_put_out_by_it(write, tree):
    member = MemberFactory(home=tree.here, full_name="Lê An", since=SEPTEMBER, personal_id="096080000001")
    row = person(**{"Trạng thái hoạt động": "Rời khỏi Đảng", "Ngày rời/mất/miễn": "15/06/2026"})
    batch = write(row, on=JUNE)
    assert newer(batch) == [("newer_on_record", "I", "đang sinh hoạt, từ 01/09/2026")]
    assert member.memberships.get().voided_at is None
