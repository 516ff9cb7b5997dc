"""The member's sheet: rows entered, written anew and voided on one kind of page; 30 items in order; restricted ones."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cells.models import LogEntry
from config.lib.sheets import read_workbook
from members.actions.sheet import add_sheet_row, correct_sheet_row, void_sheet_row
from members.enums import Topic
from members.models import (
    AdministrativeDiscipline,
    CareerStep,
    Ending,
    FamilyMember,
    HouseholdDeclaration,
    Overlay,
    Particular,
    Place,
    Sanction,
)
from members.reports.events import Sight
from members.reports.sheet import sheet
from members.sheet.columns import row_words
from members.sheet.parts import MODELS, PARTS
from members.sheet.reading import read_rows
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

SENSITIVE = ["foreign-relatives", "family", "household", "household-assets"]


@pytest.fixture
def member(tree):
    return MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")


@pytest.fixture
def secretary(as_, cast):
    return as_(cast.secretary)


def url(member, part, name="add_sheet_row", *more):
    return reverse(f"members:{name}", args=[member.pk, part, *more])


def sheet_url(member):
    return reverse("members:sheet", args=[member.pk])


def career(**changes):
    typed = {"started": "03/1990", "ended": "08/1995", "work": "Dạy học", "unit": "Trường cấp 1", "source": "lý lịch"}
    return {**typed, **changes}


def step(member, first, after=None, **values):
    return CareerStep.objects.create(
        member=member, work=values.pop("work", "Công tác"), started_on=first, ended_on=after,
        started_precision="month", ended_precision="month", **values,
    )  # fmt: skip


def acts(member, verb):
    return list(LogEntry.objects.about(member).filter(action=f"members.{verb}"))


# --- entered


def test_a_row_is_entered_and_the_form_stands_ready_for_the_next(secretary, cast, member):
    answer = secretary.post(url(member, "career"), career())
    assert answer.url == f"{url(member, 'career')}?next=1"
    [row] = CareerStep.objects.all()
    assert (row.started_on, row.started_precision) == (date(1990, 3, 1), "month")
    assert (row.ended_on, row.ended_precision) == (date(1995, 9, 1), "month")
    assert (row.work, row.unit, row.source, row.recorded_by) == ("Dạy học", "Trường cấp 1", "lý lịch", cast.secretary)
    [act] = acts(member, "add_sheet_row")
    assert act.data == {
        "item": "21. Quá trình hoạt động, công tác",
        "row": "03/1990 – 08/1995 · Dạy học · Trường cấp 1",
    }
    html = secretary.get(answer.url).content.decode()
    assert "autofocus" in html
    assert "08/1995" in html


def test_the_second_click_writes_nothing(secretary, member):
    secretary.post(url(member, "career"), career())
    again = secretary.post(url(member, "career"), career())
    assert "không ghi lần thứ hai" in again.content.decode()
    assert CareerStep.objects.count() == 1
    assert len(acts(member, "add_sheet_row")) == 1


@pytest.mark.parametrize(
    ("part", "typed", "field"),
    [
        ("career", career(started=""), "started"),
        ("career", career(started="13/1990"), "started"),
        ("career", career(ended="02/1990"), "ended"),
        ("career", career(ended="01/2999"), "ended"),
        ("career", career(work="x" * 301), "work"),
        ("family", {"relation": "cousin", "full_name": "Lê Văn A"}, "relation"),
        ("family", {"relation": "father", "full_name": "Lê Văn A", "birth_year": "12"}, "birth_year"),
        ("household", {"declared_on": "2025", "income": "1"}, "declared_on"),
        ("household", {"declared_on": "01/01/2026", "income": "-5"}, "income"),
        ("household", {"declared_on": "01/01/2026", "income": "9" * 40}, "income"),
        ("household-assets", {"declared_on": "01/01/2026", "kind": "house", "area": "rộng"}, "area"),
        ("administrative-discipline", {"form": "Cảnh cáo"}, "decided"),
        ("administrative-discipline", {"form": "Cảnh cáo", "decided": "01/2999"}, "decided"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_kept(secretary, member, part, typed, field):
    answer = secretary.post(url(member, part), {"source": "tờ khai năm 2020", **typed})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert typed.get("source", "tờ khai năm 2020") in answer.content.decode()
    assert not LogEntry.objects.filter(action="members.add_sheet_row").exists()


def test_amounts_are_typed_with_dots_and_shown_with_them(secretary, member):
    typed = {"declared_on": "15/12/2025", "income": "240.000.000", "income_per_head": "60 000 000", "hired_labour": "2"}
    secretary.post(url(member, "household"), typed)
    [row] = HouseholdDeclaration.objects.all()
    assert (row.income, row.income_per_head, row.hired_labour) == (240_000_000, 60_000_000, 2)
    secretary.post(
        url(member, "household-assets"),
        {"declared_on": "15/12/2025", "kind": "residential_land", "origin": "thừa kế", "area": "85,5"},
    )
    html = secretary.get(sheet_url(member)).content.decode()
    assert "thu nhập 240.000.000 đồng" in html
    assert "thừa kế · 85,5 m²" in html


def test_a_part_with_one_row_takes_no_second(secretary, cast, member):
    typed = {"detail": "Xã Phú Mỹ", "province": "Tỉnh Cà Mau", "country": "VN", "former": "xã Phú Mỹ, huyện Phú Tân"}
    secretary.post(url(member, "place-home"), typed)
    member.refresh_from_db()
    assert (member.home_place, member.revision) == ("Xã Phú Mỹ, Tỉnh Cà Mau", 2)
    assert "tên cũ: xã Phú Mỹ, huyện Phú Tân" in secretary.get(sheet_url(member)).content.decode()
    refused = secretary.post(url(member, "place-home"), typed | {"detail": "Xã Khác"})
    assert "đã ghi rồi" in refused.content.decode()
    with pytest.raises(ValidationError, match="đã ghi rồi"):
        add_sheet_row(member, PARTS["place-home"], {"detail": "Xã Khác", "country": "VN"}, by=cast.secretary)
    assert Place.objects.count() == 1


@pytest.mark.parametrize("part", list(PARTS))
def test_every_part_has_its_page(secretary, member, part):
    html = secretary.get(url(member, part)).content.decode()
    assert PARTS[part].title in html


# --- written anew, voided


def test_a_row_written_anew_keeps_the_old_one(secretary, cast, member):
    old = step(member, date(1990, 3, 1), work="Dạy hoc")
    typed = career(ended="", work="Dạy học", unit="", source="quyết định 12", reason="Nhập thiếu dấu")
    assert secretary.post(url(member, "career", "correct_sheet_row", old.pk), typed).status_code == 302
    old.refresh_from_db()
    [new] = CareerStep.objects.standing()
    assert (old.void_reason, old.voided_by, new.replaces, new.work) == (
        "Nhập thiếu dấu",
        cast.secretary,
        old,
        "Dạy học",
    )
    [act] = acts(member, "correct_sheet_row")
    assert (act.data["before"], act.data["row"]) == ("từ 03/1990 · Dạy hoc", "từ 03/1990 · Dạy học")
    again = secretary.post(url(member, "career", "correct_sheet_row", old.pk), typed)  # the second click
    assert "chưa ghi gì" in again.content.decode()
    assert CareerStep.objects.count() == 2
    with pytest.raises(ValidationError, match="thay bằng dòng khác"):
        correct_sheet_row(PARTS["career"], old, {"work": "x"}, reason="x", by=cast.secretary)


def test_a_row_that_others_wrote_anew_meanwhile_shows_both_values(secretary, cast, member):
    old = step(member, date(1990, 3, 1), work="Dạy hoc", unit="Trường A")
    address = url(member, "career", "correct_sheet_row", old.pk)
    form = secretary.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"started": "03/1990", "work": "Dạy học", "source": "quyết định 12", "reason": "Nhập thiếu dấu"}
    new = {"started_on": date(1990, 3, 1), "started_precision": "month", "work": "Dạy Hoc", "unit": "Trường B"}
    correct_sheet_row(PARTS["career"], old, new, reason="đổi tên trường", by=cast.staff)
    asked = secretary.post(address, typed)
    html, form = asked.content.decode(), asked.context["form"]
    for words in ("Đồng chí nhập: Dạy học", "Trong hồ sơ: Dạy Hoc", "Trường B", 'value="quyết định 12"'):
        assert words in html
    assert [field.name for field in form.side_fields] == ["side-work"]
    sent = {name: form[name].value() or "" for name in form.fields} | {
        "side-work": form["side-work"].field.choices[0][0]
    }
    assert secretary.post(address, sent).status_code == 302
    [row] = CareerStep.objects.standing()
    assert (row.work, row.unit, row.source) == ("Dạy học", "Trường B", "quyết định 12")


def test_nothing_changed_is_said(secretary, member):
    old = step(member, date(1990, 3, 1), work="Dạy học")
    typed = {"started": "03/1990", "work": "Dạy học", "reason": "xem lại"}
    answer = secretary.post(url(member, "career", "correct_sheet_row", old.pk), typed)
    assert "Không có gì thay đổi" in answer.content.decode()
    old.refresh_from_db()
    assert old.voided_at is None


def test_a_row_is_voided_with_a_reason_once(secretary, cast, member):
    row = step(member, date(1990, 3, 1))
    page = url(member, "career", "void_sheet_row", row.pk)
    assert list(secretary.post(page, {"reason": ""}).context["form"].errors) == ["reason"]
    assert secretary.post(page, {"reason": "của người khác"}).status_code == 302
    row.refresh_from_db()
    assert (row.void_reason, row.voided_by) == ("của người khác", cast.secretary)
    assert secretary.post(page, {"reason": "của người khác"}).status_code == 404
    with pytest.raises(ValidationError, match="đã được hủy"):
        void_sheet_row(PARTS["career"], row, reason="x", by=cast.secretary)
    assert len(acts(member, "void_sheet_row")) == 1


# --- who


def test_strangers_meet_404_and_inspectors_403(as_, cast, member):
    row = step(member, date(1990, 3, 1))
    pages = [
        url(member, "career"),
        url(member, "career", "correct_sheet_row", row.pk),
        url(member, "career", "void_sheet_row", row.pk),
    ]
    for page in pages:
        assert as_(cast.stranger).get(page).status_code == 404
        assert as_(cast.inspector).get(page).status_code == 403
    assert as_(cast.secretary).get(url(member, "nothing")).status_code == 404
    other = MemberFactory(home=member.home)
    assert as_(cast.secretary).get(url(other, "career", "void_sheet_row", row.pk)).status_code == 404


def restricted(member):
    """What must not leak: one row of each restricted part, and answers to restricted topics."""
    day = date(2025, 12, 15)
    rows = {
        "family": {"relation": "father", "full_name": "Đặng Văn Kín", "occupation": "nghề kín"},
        "foreign-relatives": {"relation": "sibling", "full_name": "Đặng Văn Xa", "country": "US"},
        "household": {"declared_on": day, "income": 987654321},
        "household-assets": {"declared_on": day, "kind": "house", "text": "nhà kín"},
    }
    for code, values in rows.items():
        PARTS[code].model.objects.create(member=member, **values)
    for topic, value in ((Topic.HEALTH, "poor"), (Topic.FAMILY_CLASS, "landlord"), (Topic.WAR_INVALID, "2_4")):
        Particular.objects.create(member=member, topic=topic, value=value, text="chữ kín", started_on=day)
    return ["Đặng Văn Kín", "nghề kín", "Đặng Văn Xa", "987.654.321", "nhà kín", "chữ kín", "Địa chủ", "Hạng 2/4"]


def test_restricted_items_are_for_staff_and_the_own_secretary(as_, cast, member):
    words = restricted(member)
    for user, sees in ((cast.secretary, True), (cast.staff, True), (cast.officer, False), (cast.inspector, False)):
        html = as_(user).get(sheet_url(member)).content.decode()
        assert [word for word in words if (word in html) != sees] == [], user.username
    timeline = as_(cast.officer).get(reverse("members:member", args=[member.pk])).content.decode()
    assert [word for word in words if word in timeline] == []


@pytest.mark.parametrize("part", SENSITIVE)
def test_pages_of_restricted_parts_need_the_right(as_, cast, member, part):
    restricted(member)
    row = PARTS[part].model.objects.get()
    for page in (url(member, part), url(member, part, "correct_sheet_row", row.pk)):
        assert as_(cast.officer).get(page).status_code == 403
        assert as_(cast.staff).get(page).status_code == 200
    assert {code for code, each in PARTS.items() if each.sensitive} == set(SENSITIVE)


def test_the_log_names_a_restricted_row_without_its_content(as_, cast, member):
    typed = {"relation": "father", "full_name": "Đặng Văn Kín", "birth_year": "1941"}
    as_(cast.secretary).post(url(member, "family"), typed)
    row = FamilyMember.objects.get()
    as_(cast.secretary).post(
        url(member, "family", "correct_sheet_row", row.pk), typed | {"birth_year": "1942", "reason": "sai năm"}
    )
    row = FamilyMember.objects.standing().get()
    as_(cast.secretary).post(url(member, "family", "void_sheet_row", row.pk), {"reason": "không phải"})
    entries = LogEntry.objects.about(member).filter(action__endswith="_sheet_row")
    assert entries.count() == 3
    assert "Kín" not in str([entry.data for entry in entries])
    log = as_(cast.officer).get(reverse("log")).content.decode()
    assert [words for words in ("Kín", "sai năm", "không phải") if words in log] == []
    assert log.count("lý do: ghi ở mục được che") == 2
    assert list(FamilyMember.objects.order_by("pk").values_list("void_reason", flat=True)) == ["sai năm", "không phải"]


def test_restricted_rows_reach_neither_search_nor_export(as_, cast, member):
    words = restricted(member)
    client = as_(cast.officer)
    assert "Đặng Thị Hòa" not in client.get(reverse("search"), {"q": "dang van kin"}).content.decode()
    exported = client.post(reverse("members:export"))
    book = read_workbook(b"".join(exported.streaming_content), "list.xlsx")
    cells = str([sheet.rows for sheet in book.sheets])
    assert "Đặng Thị Hòa" in cells
    assert [word for word in words if word in cells] == []


# --- all items


def heavy(member):
    """Thirty years of history in every table."""
    for year in range(1996, 2026):
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        step(member, first, after, unit=f"Đơn vị {year}")
        Overlay.objects.create(member=member, kind="exempt", started_on=first, ended_on=date(year, 3, 1))
        Sanction.objects.create(member=member, form="reprimand", decided_on=first)
        for topic in (Topic.OCCUPATION, Topic.DEGREE, Topic.RELIGION):
            Particular.objects.create(member=member, topic=topic, value="unknown", started_on=first, ended_on=after)
        for model, values in ROWS.items():
            model.objects.create(member=member, **{name: value(year) for name, value in values.items()})


ROWS = {
    PARTS["family"].model: {"relation": lambda year: "sibling", "full_name": lambda year: f"Đặng Văn {year}"},
    PARTS["training"].model: {"school": lambda year: f"Trường {year}"},
    PARTS["foreign-stays"].model: {"country": lambda year: "LA", "started_on": lambda year: date(year, 1, 1)},
    PARTS["household"].model: {"declared_on": lambda year: date(year, 12, 1), "income": lambda year: year},
    PARTS["titles"].model: {"title": lambda year: "hero"},
    PARTS["administrative-discipline"].model: {
        "form": lambda year: "Khiển trách",
        "decided_on": lambda year: date(year, 4, 1),
    },
    PARTS["social-organisations"].model: {"organisation": lambda year: "farmers"},
}


def test_any_member_opens_within_twelve_queries_after_thirty_years(as_, cast, member):
    client = as_(cast.staff)
    pages = [sheet_url(member), reverse("members:member", args=[member.pk]), url(member, "career")]
    before = [queries_of(client, page) for page in pages]
    heavy(member)
    after = [queries_of(client, page) for page in pages]
    assert after == before
    assert max(after) <= MOST, after


def test_thirty_items_in_order_with_what_is_missing(as_, cast, member):
    page = as_(cast.staff).get(sheet_url(member))
    numbers = [item.number for item in page.context["items"]]
    assert numbers == [
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18",
        "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "",
    ]  # fmt: skip
    empty = {item.number for item in page.context["items"] if item.is_empty}
    assert {"03", "09", "13", "21", "29", "30"} <= empty
    assert not {"01", "02", "04", "08", "12", "19"} & empty
    step(member, date(1990, 3, 1), date(1995, 9, 1))
    html = as_(cast.staff).get(sheet_url(member)).content.decode()
    assert "Quãng chưa ghi: từ 09/1995 đến" in html


def test_item_27_comes_from_endings_and_ways_back(as_, cast, member, tree):
    Ending.objects.create(
        member=member, membership=member.memberships.get(), reason="name_removed", ended_on=date(2008, 6, 10),
        decision="5-QĐ/ĐU",
    )  # fmt: skip
    PARTS["old-regime"].model.objects.create(
        member=member, kind="old_regime", what="Lính địa phương quân", started_on=date(1972, 1, 1),
        started_precision="year", ended_on=date(1974, 1, 1), ended_precision="year",
    )  # fmt: skip
    items = {item.number: item for item in as_(cast.officer).get(sheet_url(member)).context["items"]}
    lines = {line.label[:2]: line.values for line in items["27"].lines}
    assert lines["a)"] == ("Xóa tên từ 10/06/2008, 5-QĐ/ĐU",)
    assert lines["e)"] == ("1972 – 1973 · Lính địa phương quân",)
    assert lines["b)"] == lines["c)"] == lines["d)"] == ()


def test_all_tables_read_at_once_say_what_the_tables_say(member, cast):
    heavy(member)
    found = read_rows(member)
    for model in MODELS:
        stored = list(model.objects.filter(member=member))
        read = {row.pk: row for row in found[model]}
        assert read.keys() == {row.pk for row in stored}
        for row in stored:
            for field in model._meta.concrete_fields:
                assert getattr(read[row.pk], field.attname) == getattr(row, field.attname), (model, field.attname)


WARNED = {"form": "Cảnh cáo", "decided": "12/03/2019", "decided_by": "Giám đốc Sở", "ground": "vi phạm quy chế"}


def test_item_26_says_what_the_party_and_what_the_employer_decided(as_, secretary, cast, member):
    Sanction.objects.create(member=member, form="reprimand", decided_on=date(2019, 5, 20))
    page = url(member, "administrative-discipline")
    secretary.post(page, WARNED | {"source": "Quyết định 12"})
    row = AdministrativeDiscipline.objects.get()
    typed = WARNED | {"changed": "2020", "change": "chấm dứt hiệu lực", "reason": "có quyết định mới"}
    secretary.post(url(member, "administrative-discipline", "correct_sheet_row", row.pk), typed)
    words = "Cảnh cáo · 12/03/2019 · Giám đốc Sở · lý do: vi phạm quy chế · thay đổi, xóa bỏ: 2020 · chấm dứt hiệu lực"
    for user in (cast.secretary, cast.officer, cast.staff, cast.inspector):
        [item] = [each for each in as_(user).get(sheet_url(member)).context["items"] if each.number == "26"]
        assert [(line.label, line.values) for line in item.lines] == [
            ("Kỷ luật của Đảng", ("Khiển trách, ngày 20/05/2019",)),
            ("Kỷ luật hành chính", (words,)),
        ]
    assert [line.label for line in _item_26(member, Sight(sensitive=True, sanctions=True))] == [
        "Kỷ luật của Đảng", "Kỷ luật hành chính",
    ]  # fmt: skip
    assert _item_26(member, Sight(sensitive=True)) is None


def _item_26(member, sight):
    return next((item.lines for item in sheet(member, date(2026, 11, 20), sight) if item.number == "26"), None)


def test_administrative_discipline_changes_no_earlier_than_it_was_decided(secretary, member):
    page = url(member, "administrative-discipline")
    assert "từ ngày quyết định trở đi" in secretary.post(page, WARNED | {"changed": "11/03/2019"}).content.decode()
    assert not AdministrativeDiscipline.objects.exists()
    assert secretary.post(page, WARNED | {"changed": "03/2019"}).status_code == 302


def test_years_and_days_are_written_as_known(member):
    part = PARTS["military"]
    row = part.model(
        member=member, started_on=date(1972, 1, 1), started_precision="year", ended_on=date(1975, 5, 2),
        rank="Thượng sĩ",
    )  # fmt: skip
    assert row_words(part, row) == "1972 – 01/05/1975 · Thượng sĩ"


def test_a_row_that_others_wrote_anew_twice_keeps_what_was_typed(secretary, cast, member):
    old = step(member, date(1990, 3, 1), date(1995, 9, 1), unit="Trường cấp 1")
    address = url(member, "career", "correct_sheet_row", old.pk)
    form = secretary.get(address).context["form"]
    typed = career(work="Hiệu phó", reason="ghi thiếu") | {"seen": form["seen"].value()}
    part, row = PARTS["career"], old
    for unit in ("Trường A", "Trường B"):
        new = {"started_on": row.started_on, "ended_on": row.ended_on, "work": row.work, "unit": unit}
        row = correct_sheet_row(part, row, new, reason="đổi tên trường", by=cast.staff)
    answer = secretary.post(address, typed)
    html = answer.content.decode()
    assert (answer.status_code, 'value="Hiệu phó"' in html, 'value="Trường B"' in html) == (200, True, True)
