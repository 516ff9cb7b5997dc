"""The yearly supplement slip, the history of the sheet, and the sheet on paper."""

import re
import subprocess
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.models import LogEntry
from members.enums import Topic
from members.models import (
    AdministrativeDiscipline,
    CareerStep,
    FamilyMember,
    HouseholdDeclaration,
    Member,
    Particular,
    Photo,
    Place,
    Sanction,
    Supplement,
)
from members.reports.sheet_paper import blank_sheet, sheet_paper
from members.reports.supplement import blank_supplement, supplement_paper
from members.sheet.parts import PARTS
from members.views.record import sight_of
from tests.factories import MemberFactory
from tests.members.test_identity import picture, sent
from tests.queries import MOST, queries_of

DAY = date(2026, 11, 20)


def of_the_slip(tree):
    """A member of whom the slip asks something under every item that these stories need."""
    member = MemberFactory(
        home=tree.here, full_name="Đặng Thị Hòa", residence="Khóm 1, Phường Đông", personal_id="096180501234",
        card_number="096180501234", cv_number="000123 CM",
    )  # fmt: skip
    first = date(2020, 1, 1)
    CareerStep.objects.create(
        member=member, work="Dạy học", unit="Trường Sao Mai", started_on=first, started_precision="month"
    )
    Particular.objects.create(member=member, topic="degree", value="college", started_on=first)
    FamilyMember.objects.create(
        member=member, relation="spouse", full_name="Lê Văn Kín", birth_year=1978, occupation="nghề kín"
    )
    HouseholdDeclaration.objects.create(member=member, declared_on=date(2025, 12, 1), income=123456789)
    return member


@pytest.fixture
def member(tree):
    return of_the_slip(tree)


def page(member, name="take_over_supplement", *more):
    return reverse(f"members:{name}", args=[member.pk, *more])


def as_shown(client, member, **changes):
    """What the browser sends of the form as it is shown, with what a person changed."""
    form = client.get(page(member)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    prepared = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    typed = {name: "" if value is None else str(value) for name, value in prepared.items()}
    return typed | {"declared": "20/11/2026"} | changes


def confirm(client, member, **changes):
    return client.post(page(member), as_shown(client, member, **changes) | {"confirmed": "1"})


def taken_over(client, member, **changes):
    answer = confirm(client, member, **changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return Supplement.objects.standing().get()


def post_shown(client, member, **changes):
    return client.post(page(member), as_shown(client, member, **changes))


# --- the slip


def test_a_month_without_a_new_job_is_asked_about_and_not_dropped(as_, cast, member):
    shown = post_shown(as_(cast.secretary), member, job_started="3/2026")
    assert "công tác không đổi" in shown.context["form"].errors["job_started"][0]
    assert not Supplement.objects.exists()


def test_a_changed_residence_is_filled_in_and_every_other_item_is_k(as_, cast, member):
    """[M30]"""
    client = as_(cast.secretary)
    shown = post_shown(client, member, **{"place-residence-detail": "Ấp 3, xã Hưng Mỹ"})
    [change] = shown.context["changes"]
    assert (change.item, change.before, change.after) == (
        "Nơi thường trú", "Khóm 1, Phường Đông", "Ấp 3, xã Hưng Mỹ",
    )  # fmt: skip
    assert not Supplement.objects.exists()
    slip = taken_over(client, member, **{"place-residence-detail": "Ấp 3, xã Hưng Mỹ"})
    member.refresh_from_db()
    assert member.residence == "Ấp 3, xã Hưng Mỹ"
    paper = supplement_paper(slip, sensitive=True, sanctions=True)
    answers = {item: after for item, _, after in paper.rows}
    assert answers.pop("Nơi thường trú") == "Ấp 3, xã Hưng Mỹ"
    assert set(answers.values()) == {"K"}
    assert len(answers) == 18
    [entry] = LogEntry.objects.about(member).filter(action="members.take_over_supplement")
    assert entry.data == {
        "on": "20/11/2026",
        "items": "Nơi thường trú",
        "changes": {"Nơi thường trú": [["Khóm 1, Phường Đông", "Ấp 3, xã Hưng Mỹ"]]},
    }


def test_the_slip_tells_what_came_since_the_slip_before(as_, cast, member):
    for day in (date(2025, 3, 1), date(2025, 12, 20), date(2026, 3, 10)):
        Sanction.objects.create(member=member, form="warning", decided_on=day)
    client = as_(cast.secretary)
    taken_over(client, member, declared="10/12/2025")
    confirm(client, member, declared="10/01/2026")
    said = {
        slip.declared_on: {item: after for item, _, after in slip_rows(slip)}["Kỷ luật"]
        for slip in Supplement.objects.standing()
    }
    assert said == {
        date(2025, 12, 10): "Cảnh cáo, ngày 01/03/2025",  # the first slip looks a year back
        date(2026, 1, 10): "Cảnh cáo, ngày 20/12/2025",
    }


def test_administrative_discipline_is_asked_and_prints_with_that_of_the_party(as_, cast, member):
    Sanction.objects.create(member=member, form="warning", decided_on=date(2026, 3, 10))
    for day, change in (
        (date(2019, 5, 2), {}),
        (date(2020, 5, 2), {"changed_on": date(2026, 5, 2), "change": "xóa bỏ"}),
    ):
        AdministrativeDiscipline.objects.create(member=member, form="Khiển trách", decided_on=day, **change)
    client = as_(cast.secretary)
    half = {"new-administrative-discipline-form": "Cảnh cáo"}
    assert list(post_shown(client, member, **half).context["form"].errors) == ["new-administrative-discipline-decided"]
    slip = taken_over(client, member, **half | {"new-administrative-discipline-decided": "2018"})
    new = AdministrativeDiscipline.objects.get(form="Cảnh cáo")
    assert (new.decided_on, new.decided_precision, new.source) == (
        date(2018, 1, 1), "year", "Phiếu bổ sung hồ sơ ngày 20/11/2026",
    )  # fmt: skip
    assert slip.changes == {"Kỷ luật hành chính": [["", "Cảnh cáo · 2018"]]}
    [said] = [after for item, _, after in slip_rows(slip) if item == "Kỷ luật"]
    assert said == (
        "Cảnh cáo, ngày 10/03/2026; hành chính: Cảnh cáo · 2018; hành chính: Khiển trách · 02/05/2020 · thay đổi, "
        "xóa bỏ: 02/05/2026 · xóa bỏ"
    )


def test_rewards_and_discipline_stand_before_the_family(as_, cast, member):
    order = [item for item, _, _ in slip_rows(taken_over(as_(cast.secretary), member))]
    assert order == [item for item, _, _ in blank_supplement(DAY).rows]
    assert order[-6:] == [
        "Khen thưởng, Huy hiệu Đảng", "Danh hiệu được phong", "Kỷ luật", "Quan hệ gia đình",
        "Hoàn cảnh kinh tế gia đình", "Xếp loại chất lượng hằng năm",
    ]  # fmt: skip


def slip_rows(slip):
    return supplement_paper(slip, sensitive=True, sanctions=True).rows


def test_nothing_changed_is_a_slip_too_and_its_second_click_is_refused(as_, cast, member):
    client = as_(cast.secretary)
    slip = taken_over(client, member)
    assert (slip.changes, slip.restricted) == ({}, {})
    again = confirm(client, member)
    assert "đã ghi vào hồ sơ" in again.content.decode()
    assert Supplement.objects.count() == 1


def test_every_change_becomes_a_dated_fact_in_one_act(as_, cast, member):
    spouse = FamilyMember.objects.get()
    slip = taken_over(
        as_(cast.secretary), member, job_started="09/2026",
        **{
            "place-temporary-detail": "Khóm 9", "job-work": "Quản lý", "job-state_post": "Hiệu trưởng",
            "degree": "bachelor", "degree_text": "Đại học sư phạm", f"family-{spouse.pk}-occupation": "nghỉ hưu kín",
            "new-family-relation": "child", "new-family-full_name": "Lê Thị Bé", "household-income": "200.000.000",
            "new-titles-title": "merit_teacher", "new-titles-conferred": "20/11/2026",
        },
    )  # fmt: skip
    old, new = CareerStep.objects.standing().order_by("started_on")
    assert (old.ended_on, new.started_on, new.work, new.state_post) == (
        date(2026, 9, 1), date(2026, 9, 1), "Quản lý", "Hiệu trưởng",
    )  # fmt: skip
    was, now = Particular.objects.standing().filter(topic="degree").order_by("started_on")
    assert (was.ended_on, now.value, now.text, now.started_on) == (DAY, "bachelor", "Đại học sư phạm", DAY)
    assert now.source == "Phiếu bổ sung hồ sơ ngày 20/11/2026"
    rows = FamilyMember.objects.standing().order_by("pk")
    assert [(row.full_name, row.occupation) for row in rows] == [("Lê Văn Kín", "nghỉ hưu kín"), ("Lê Thị Bé", "")]
    incomes = HouseholdDeclaration.objects.standing().values_list("declared_on", "income")
    assert list(incomes) == [(date(2025, 12, 1), 123456789), (DAY, 200_000_000)]
    assert Place.objects.get().kind == "temporary"
    assert set(slip.restricted) == {"Quan hệ gia đình", "Hoàn cảnh kinh tế gia đình"}
    assert set(slip.changes) == {
        "Nơi tạm trú",
        "Công tác, đơn vị, chức vụ",
        "Trình độ chuyên môn",
        "Danh hiệu được phong",
    }
    [entry] = LogEntry.objects.about(member).exclude(action="members.open_record")
    assert "kín" not in str(entry.data)


def corrected(row, **columns):
    """Another person writes a row of the sheet anew, as the pages of the sheet do."""
    row.voided_at, row.void_reason = timezone.now(), "sửa"
    row.save()
    kept = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields
            if each.name not in ("id", "voided_at", "void_reason")}  # fmt: skip
    return type(row).objects.create(**{**kept, **columns, "replaces": row})


CHANGED = "Hồ sơ này vừa được người khác thay đổi"


def test_a_slip_is_refused_as_a_whole_when_an_answer_changed_meanwhile(as_, cast, member):
    client = as_(cast.secretary)
    typed = as_shown(client, member, **{"place-temporary-detail": "Khóm 9"}) | {"confirmed": "1"}
    other = Particular.objects.get(topic="degree")
    other.ended_on = date(2026, 5, 1)
    other.save()
    Particular.objects.create(member=member, topic="degree", value="bachelor", started_on=date(2026, 5, 1))
    answer = client.post(page(member), typed)
    assert CHANGED in answer.content.decode()
    assert 'value="Khóm 9"' in answer.content.decode()
    assert not Supplement.objects.exists()
    assert not Place.objects.exists()
    assert Particular.objects.standing().open().get(topic="degree").value == "bachelor"


@pytest.mark.parametrize("what", ["job", "residence", "new relative", "household"])
def test_what_others_wrote_between_preview_and_confirmation_stays(as_, cast, member, what):
    client = as_(cast.secretary)
    shown = post_shown(client, member, **{"place-temporary-detail": "Khóm 9"})
    typed = dict(shown.context["posted"]) | {"confirmed": "1"}
    if what == "job":
        corrected(CareerStep.objects.get(), unit="Trường Mới")
    elif what == "residence":
        Member.objects.filter(pk=member.pk).update(residence="Khóm 2, Phường Đông")
    elif what == "household":
        HouseholdDeclaration.objects.create(member=member, declared_on=date(2026, 6, 1), income=7)
    else:
        FamilyMember.objects.create(member=member, relation="child", full_name="Lê Bé", residence="Khóm 5")
    answer = client.post(page(member), typed)
    assert CHANGED in answer.content.decode()
    assert 'value="Khóm 9"' in answer.content.decode()
    assert not Supplement.objects.exists()
    assert not Place.objects.exists()
    member.refresh_from_db()
    assert member.residence == ("Khóm 2, Phường Đông" if what == "residence" else "Khóm 1, Phường Đông")
    assert client.post(page(member), as_shown(client, member) | {"confirmed": "1"}).status_code == 302
    assert Supplement.objects.get().changes == {}
    assert list(
        FamilyMember.objects.filter(voided_at=None).exclude(residence="").values_list("residence", flat=True)
    ) == (["Khóm 5"] if what == "new relative" else [])


def test_what_was_not_sent_is_unchanged_and_a_bare_confirmation_writes_nothing(as_, cast, member):
    client = as_(cast.secretary)
    bare = {"declared": "20/11/2026", "confirmed": "1"}
    assert CHANGED in client.post(page(member), bare).content.decode()
    assert not Supplement.objects.exists()
    seen = client.get(page(member)).context["form"]["seen"].value()
    assert client.post(page(member), bare | {"seen": seen, "degree": "master"}).status_code == 302
    assert list(Supplement.objects.get().changes) == ["Trình độ chuyên môn"]
    assert Supplement.objects.get().restricted == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"declared": ""}, "declared"),
        ({"declared": "20/11/2999"}, "declared"),
        ({"job-work": "Quản lý"}, "job_started"),
        ({"job-work": "Quản lý", "job_started": "01/2019"}, "job_started"),
        ({"new-family-full_name": "Lê Thị Bé"}, "new-family-relation"),
        ({"household-income": "nhiều"}, "household-income"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(as_, cast, member, changes, field):
    answer = post_shown(as_(cast.secretary), member, **{"place-temporary-detail": "Khóm 9"} | changes)
    assert list(answer.context["form"].errors) == [field]
    assert "Khóm 9" in answer.content.decode()
    assert not Supplement.objects.exists()


def test_one_may_go_back_from_the_preview_and_keep_what_was_typed(as_, cast, member):
    client = as_(cast.secretary)
    typed = as_shown(client, member, **{"place-temporary-detail": "Khóm 9"})
    back = client.post(page(member), typed | {"again": "1"})
    assert 'value="Khóm 9"' in back.content.decode()
    assert "Xem trước và sau" in back.content.decode()


def test_an_officer_takes_over_a_slip_without_its_restricted_items(as_, cast, member):
    client = as_(cast.officer)
    html = client.get(page(member)).content.decode()
    assert [word for word in ("kín", "Kín", "123456789") if word in html] == []
    slip = taken_over(client, member, degree="master")
    assert (slip.with_restricted, slip.restricted) == (False, {})


def test_a_slip_is_voided_once(as_, cast, member):
    client = as_(cast.secretary)
    slip = taken_over(client, member)
    address = page(member, "void_supplement", slip.pk)
    assert client.post(address, {"reason": "của người khác"}).status_code == 302
    assert client.post(address, {"reason": "của người khác"}).status_code == 404
    slip.refresh_from_db()
    assert slip.void_reason == "của người khác"


# --- the history


def test_history_says_before_after_who_when_and_which_paper(as_, cast, member):
    client = as_(cast.secretary)
    slip = {"degree": "bachelor", "household-income": "5"}
    taken_over(client, member, **slip)
    row = CareerStep.objects.get()
    client.post(
        reverse("members:correct_sheet_row", args=[member.pk, "career", row.pk]),
        {
            "started": "02/2020",
            "work": "Dạy học",
            "unit": "Trường Sao Mai",
            "source": "sổ bảo hiểm",
            "reason": "sai tháng",
        },
    )
    found = client.get(page(member, "sheet_history")).context["page"].object_list
    said = {(change.item, change.before, change.after, change.paper, change.by) for change in found}
    assert (
        "21. Quá trình hoạt động, công tác", "từ 01/2020 · Dạy học · Trường Sao Mai",
        "từ 02/2020 · Dạy học · Trường Sao Mai", "sổ bảo hiểm · sai tháng", "Người secretary",
    ) in said  # fmt: skip
    assert (
        "Trình độ chuyên môn", "Cao đẳng", "Đại học", "Phiếu bổ sung hồ sơ ngày 20/11/2026", "Người secretary",
    ) in said  # fmt: skip
    html = as_(cast.officer).get(page(member, "sheet_history")).content.decode()
    assert "Trường Sao Mai" in html
    assert [word for word in ("kín", "Kín", "123.456.789", "29. Quan hệ") if word in html] == []
    assert as_(cast.inspector).get(page(member, "sheet_history")).status_code == 403
    assert as_(cast.stranger).get(page(member, "sheet_history")).status_code == 404


def test_history_of_thirty_years_asks_no_more(as_, cast, member):
    client = as_(cast.secretary)
    CareerStep.objects.create(member=member, work="x", started_on=DAY, recorded_by=cast.staff)
    few = queries_of(client, page(member, "sheet_history"))
    for year in range(1990, 2020):
        CareerStep.objects.create(member=member, work="x", started_on=date(year, 1, 1), recorded_by=cast.staff)
    assert queries_of(client, page(member, "sheet_history")) == few <= MOST


# --- on paper


def text_of(pdf, *options):
    found = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", found.stdout.decode())


@pytest.mark.poppler
def test_the_sheet_prints_its_items_in_order_with_photo_and_whole_numbers(as_, cast, member):
    client = as_(cast.secretary)
    client.post(page(member, "set_photo"), sent(picture()))
    answer = client.get(page(member, "print_sheet"))
    assert answer.headers["Content-Type"] == "application/pdf"
    text = text_of(answer.content, "-layout")
    assert re.findall(r"(?<![\d/.])(\d\d)\. [A-ZĐ]", text) == [f"{number:02d}" for number in range(1, 31)]
    assert "ĐẶNG THỊ HÒA" in text
    assert "096180501234" in text
    assert "Lê Văn Kín" in text
    images = subprocess.run(["pdfimages", "-list", "-"], input=answer.content, capture_output=True, check=True)
    assert b"450" in images.stdout
    [entry] = LogEntry.objects.about(member).filter(action="members.print_sheet")
    assert entry.actor == cast.secretary


def test_the_paper_of_an_officer_leaves_restricted_items_closed(as_, cast, member, rf):
    Particular.objects.create(member=member, topic=Topic.HEALTH, value="poor", started_on=DAY)
    paper = sheet_paper(member, DAY, sight_of(cast.officer, member), reveals=True)
    assert {item.number for item in paper.items if item.closed} == {"09", "10", "18", "29", "30"}
    assert [word for word in ("kín", "Kín", "123.456.789", "Yếu") if word in str(paper)] == []
    assert len(paper.items) == 30


def test_numbers_of_the_paper_are_masked_without_the_right(as_, cast, member):
    paper = sheet_paper(member, DAY, sight_of(cast.secretary, member), reveals=False)
    assert "096180501234" not in str(paper)
    assert "".join(paper.card_boxes) == "••••••••1234"


@pytest.mark.poppler
@pytest.mark.parametrize(("form", "words"), [("2-hsdv", "PHIẾU ĐẢNG VIÊN"), ("3-hsdv", "PHIẾU BỔ SUNG")])
def test_blank_forms_print(as_, cast, tree, form, words):
    answer = as_(cast.secretary).get(reverse("members:print_blank_form", args=[form]))
    assert words in text_of(answer.content)
    assert as_(cast.secretary).get(reverse("members:print_blank_form", args=["9-x"])).status_code == 404


def test_the_blank_sheet_has_all_thirty_items():
    paper = blank_sheet()
    assert [item.number for item in paper.items] == [f"{number:02d}" for number in range(1, 31)]
    tables = {item.number for item in paper.items for line in item.lines if line.headings}
    assert tables == {"21", "22", "28", "29", "30"}


@pytest.mark.poppler
def test_the_slip_prints_k_and_the_form_what_stands(as_, cast, member):
    client = as_(cast.secretary)
    Sanction.objects.create(member=member, form="warning", decided_on=date(2026, 3, 10))
    slip = taken_over(client, member, **{"place-residence-detail": "Ấp 3, xã Hưng Mỹ"})
    text = text_of(client.get(page(member, "print_supplement", slip.pk)).content)
    assert "Ấp 3, xã Hưng Mỹ" in text
    assert "Cảnh cáo, ngày 10/03/2026" in text
    assert len(re.findall(r"\bK\b", text)) == 18  # one stands in the words under the title
    form = text_of(client.get(page(member, "print_supplement_form")).content)
    assert ("Dạy học" in form, "Lê Văn Kín" in form) == (True, True)
    assert "Kín" not in text_of(as_(cast.officer).get(page(member, "print_supplement_form")).content)


def test_papers_are_for_who_keeps_the_record(as_, cast, member):
    slip = taken_over(as_(cast.secretary), member)
    pages = [
        page(member, "print_sheet"),
        page(member, "print_supplement_form"),
        page(member, "print_supplement", slip.pk),
    ]
    for address in pages:
        assert as_(cast.stranger).get(address).status_code == 404
        assert as_(cast.inspector).get(address).status_code == 403
    assert {part.code for part in PARTS.values() if part.sensitive} == {
        "foreign-relatives", "family", "household", "household-assets",
    }  # fmt: skip
    assert not Photo.objects.exists()
