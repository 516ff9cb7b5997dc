"""Sheets of the first members of the story cell, filled in item by item; the same rows at every scale."""

from datetime import date

from members.models import (
    AdministrativeDiscipline,
    CareerStep,
    FamilyMember,
    ForeignRelative,
    ForeignStay,
    HonoraryTitle,
    HouseholdAsset,
    HouseholdDeclaration,
    Introducer,
    Member,
    Milestone,
    MilitaryService,
    Particular,
    SocialMembership,
    Training,
)

PEOPLE = 8
LIST = "Lý lịch đảng viên (mẫu)"
WORKS = (
    ("Dạy học", "Trường Tiểu học Sao Mai"),
    ("Làm ruộng", "Khóm 3"),
    ("Kế toán", "Hợp tác xã Sao Mai"),
    ("Cán bộ văn phòng", "Ủy ban nhân dân phường"),
)
ANSWERS = {"health": "good", "foreign_language": "b1", "computing": "office", "academic_degree": "bachelor"}


def fill_sheets(cell, on, *, by):
    """Career, training, family, household and the rest of a few people, as their papers would say it."""
    people = list(Member.objects.filter(home=cell, admitted_on__isnull=False).order_by("cv_number")[:PEOPLE])
    found = {}
    for place, member in enumerate(people):
        for row in _rows(place, member, on):
            row.recorded_by = by
            found.setdefault(type(row), []).append(row)
    for model, rows in found.items():
        model.objects.bulk_create(rows)


def _rows(place, member, on):
    began = member.admitted_on.year - 6
    yield from _career(place, member, began)
    yield from _beginning(place, member, began)
    yield from _family(place, member, on)
    known = set(member.particulars.values_list("topic", flat=True))
    for topic, value in ANSWERS.items():
        if topic not in known:
            yield Particular(member=member, topic=topic, value=value, started_on=date(2025, 7, 1))


def _career(place, member, began):
    month = {"started_precision": "month", "ended_precision": "month", "source": LIST}
    first, second = WORKS[place % len(WORKS)], WORKS[(place + 1) % len(WORKS)]
    moved = date(began + 8, 9, 1)
    resumed = date(began + 9, 5, 1) if place % 4 == 3 else moved  # one of four has a gap to be explained
    yield CareerStep(member=member, started_on=date(began, 9, 1), ended_on=moved, work=first[0], unit=first[1], **month)
    yield CareerStep(member=member, started_on=resumed, work=second[0], unit=second[1], **month)
    yield Training(
        member=member, started_on=date(began - 4, 9, 1), ended_on=date(began, 7, 1), school="Trường Đại học Sao Mai",
        subject="Quản trị", mode="full_time", diploma="Cử nhân", **month,
    )  # fmt: skip
    yield Training(
        member=member, started_on=date(began + 10, 3, 1), ended_on=date(began + 10, 12, 1),
        school="Trường Chính trị tỉnh", subject="Trung cấp lý luận chính trị", mode="not_concentrated",
        diploma="Bằng tốt nghiệp", **month,
    )  # fmt: skip


def _beginning(place, member, began):
    day = {"source": LIST}
    yield Introducer(
        member=member, kind="first", full_name="Nguyễn Văn Mẫu", post="Bí thư", unit="Chi bộ Khóm 3", **day
    )
    yield Introducer(member=member, kind="youth_union", full_name="Đoàn phường Sao Mai", **day)
    yield Milestone(
        member=member, kind="youth_union", happened_on=date(began - 5, 3, 26), place="Đoàn trường Sao Mai", **day
    )
    yield Milestone(
        member=member, kind="recruited", happened_on=date(began, 9, 1), happened_precision="month",
        place=WORKS[place % len(WORKS)][1], **day,
    )  # fmt: skip
    organisation = ("women", "farmers", "veterans", "trade_union")[place % 4]
    yield SocialMembership(
        member=member, organisation=organisation, started_on=date(began + 1, 1, 1), started_precision="year", **day
    )
    if place % 4 == 2:
        yield MilitaryService(
            member=member, started_on=date(began - 3, 2, 1), ended_on=date(began - 1, 2, 1),
            started_precision="month", ended_precision="month", rank="Hạ sĩ", **day,
        )  # fmt: skip
    if place % 4 == 0:
        yield ForeignStay(
            member=member, country="LA", started_on=date(began + 5, 1, 1), ended_on=date(began + 6, 1, 1),
            started_precision="year", ended_precision="year", purpose="Làm việc theo hợp đồng", **day,
        )  # fmt: skip
        yield HonoraryTitle(member=member, title="merit_teacher", conferred_on=date(began + 9, 11, 20), **day)
    if place == 2:
        yield AdministrativeDiscipline(
            member=member, form="Khiển trách", decided_on=date(began + 7, 4, 10),
            decided_by="Ủy ban nhân dân phường Sao Mai", ground="chậm nộp báo cáo quyết toán",
            changed_on=date(began + 8, 4, 10), change="chấm dứt hiệu lực", source="Quyết định 12/QĐ-UBND (mẫu)",
        )  # fmt: skip


def _family(place, member, on):
    born = member.born_on.year if member.born_on else 1970
    relatives = (
        ("father", "Nguyễn Văn Cha", born - 28, "đã mất"), ("mother", "Trần Thị Mẹ", born - 25, "nội trợ"),
        ("spouse", "Lê Thị Bạn", born + 2, "buôn bán"), ("child", "Nguyễn Thị Con", born + 27, "sinh viên"),
    )  # fmt: skip
    for relation, name, year, occupation in relatives:
        yield FamilyMember(
            member=member, relation=relation, full_name=name, birth_year=year, occupation=occupation,
            home_place=member.home_place, residence=member.residence, source=LIST,
        )  # fmt: skip
    if place % 4 == 1:
        yield ForeignRelative(
            member=member, relation="sibling", full_name="Nguyễn Văn Xa", birth_year=born + 4, country="AU",
            occupation="công nhân", text="đi năm 2010, định cư", source=LIST,
        )  # fmt: skip
    day = date(on.year - 1, 12, 15)
    yield HouseholdDeclaration(
        member=member, declared_on=day, income=180_000_000 + place * 12_000_000,
        income_per_head=45_000_000 + place * 3_000_000, activity="Trồng lúa, buôn bán nhỏ", hired_labour=0,
    )  # fmt: skip
    yield HouseholdAsset(member=member, declared_on=day, kind="house", text="Nhà cấp 4", origin="tự xây", area=80)
    yield HouseholdAsset(
        member=member, declared_on=day, kind="production_land", text="Đất lúa", origin="được giao", area=5000
    )
