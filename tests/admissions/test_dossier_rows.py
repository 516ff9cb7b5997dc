"""The CV on its way to the member's sheet, and the path of a candidate."""

from datetime import date

from admissions.actions.dossier_cv import add_cv_row
from admissions.candidate_path import path_of
from admissions.cv_rows import cv_part, lacking_items, row_of, sheet_rows
from admissions.enums import State
from admissions.models import CVEntry, StepTaken
from members.actions.sheet import add_sheet_row
from members.models import AdministrativeDiscipline, CareerStep
from members.sheet.columns import row_words
from tests.admissions.candidate_cases import in_state, listed
from tests.admissions.dossier_cases import fresh, in_order
from tests.factories import MemberFactory

WORK = {
    "started_on": date(2010, 9, 1), "started_precision": "month", "ended_on": None, "ended_precision": "day",
    "work": "kế toán", "party_post": "", "state_post": "", "mass_post": "", "unit": "Công ty Sao Mai", "source": "",
}  # fmt: skip


def test_rows_of_the_cv_are_written_into_the_sheet_of_the_member(tree, cast):
    candidate = in_order(tree.here, by=cast.secretary)
    add_cv_row(candidate, cv_part("career"), WORK, by=cast.secretary)
    add_cv_row(candidate, cv_part("own-history"), {"what": "đi học", "source": ""}, by=cast.secretary)
    reprimand = {"form": "reprimand", "decided_on": date(2015, 3, 5), "decided_precision": "day", "source": ""}
    add_cv_row(candidate, cv_part("administrative-discipline"), reprimand, by=cast.secretary)
    member = MemberFactory(home=tree.here)

    for part, values in sheet_rows(candidate):
        add_sheet_row(member, part, values, by=cast.secretary)

    [step] = CareerStep.objects.filter(member=member)
    assert (step.started_on, step.started_precision, step.ended_on, step.work) == (
        date(2010, 9, 1),
        "month",
        None,
        "kế toán",
    )
    assert AdministrativeDiscipline.objects.get(member=member).decided_on == date(2015, 3, 5)
    assert [row_words(cv_part(each.part), row_of(each)) for each in CVEntry.objects.order_by("id")][:2] == [
        "từ 09/2010 · kế toán · Công ty Sao Mai",
        "đi học",
    ]


def test_what_the_cv_lacks_is_named(tree, cast):
    candidate = fresh(listed(tree.here, by=cast.secretary, born_on=None, sex="unknown"))

    assert lacking_items(candidate) == [
        *("4 giới tính", "3 ngày sinh", "5 nơi đăng ký khai sinh", "6 quê quán", "7 nơi cư trú", "8 dân tộc"),
        *("9 tôn giáo", "10 nghề nghiệp", "11 trình độ", "22 tự nhận xét", "15 quá trình hoạt động, công tác"),
        "21 gia đình",
    ]


def reached(candidate, *states):
    return [
        StepTaken.objects.create(
            candidate=candidate, step="x", to_state=state, on=date(2026, 1, day), organisation=candidate.organisation
        )
        for day, state in enumerate(states, 1)
    ]


def test_the_path_leaves_out_what_was_skipped(tree, cast):
    candidate = in_state(tree.here, State.UNDER_DECISION, by=cast.secretary)
    steps = reached(candidate, "listed", "sympathiser", "complete", "cell_adopted", "under_decision")

    assert [(each.title, each.state) for each in path_of(candidate, steps)] == [
        ("Quần chúng ưu tú", "done"),
        ("Cảm tình Đảng", "done"),
        ("Hồ sơ đủ", "done"),
        ("Chi bộ xét", "done"),
        ("Cấp có thẩm quyền quyết định", "current"),
        ("Lễ kết nạp, thời gian dự bị", "todo"),
        ("Xét công nhận chính thức", "todo"),
        ("Đảng viên chính thức", "todo"),
    ]


def test_who_withdrew_stopped_where_he_was(tree, cast):
    candidate = in_state(tree.here, State.WITHDRAWN, by=cast.secretary)
    path = path_of(candidate, reached(candidate, "listed", "sympathiser", "withdrawn"))

    assert [(each.title, each.state, each.note) for each in path[:2]] == [
        ("Quần chúng ưu tú", "done", ""),
        ("Cảm tình Đảng", "stopped", "Rút, thôi xét"),
    ]
