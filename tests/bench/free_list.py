"""A synthetic list of any length in the free-form layout of a committee, and the same rows as a plain table."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook

from cells.actions.tree import OrganisationEntry, add_organisation
from config.demo.names import person_name, personal_id
from config.lib.workdays import add_months

ON = date(2026, 10, 31)
FOUNDED = date(2020, 1, 1)
BASES, CELLS = 10, 40
HEAD = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Nữ", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi ở hiện nay", "Trình độ",
    "", "", "Nghề nghiệp, chức vụ, đơn vị công tác", "Chức vụ Đảng", "Ngày vào Đảng", "", "Số thẻ đảng viên",
    "Số định danh cá nhân (CCCD)", "Số lý lịch", "Ghi chú",
)  # fmt: skip
SUB_HEAD = ("",) * 8 + ("Giáo dục phổ thông", "Chuyên môn", "Lý luận chính trị", "", "", "Dự bị", "Chính thức")
TABLE_HEADINGS = (
    "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Tôn giáo", "Quê quán", "Nơi thường trú", "Giáo dục phổ thông",
    "Chuyên môn", "Lý luận chính trị", "Nghề nghiệp", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ đảng viên",
    "Số định danh cá nhân", "Số lý lịch", "Chi bộ",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    base: int
    cell: int
    name: str
    female: bool
    born: date
    residence: str
    degree: str
    joined: date
    number: str
    cv_number: str

    @property
    def official(self):
        return add_months(self.joined, 12)

    @property
    def place(self):
        return f"Chi bộ Khóm {self.cell} - Đảng bộ Phường {self.base}"


def build_tree(by):
    """A committee with ten bases of forty cells; cells of different bases share their names."""
    root = add_organisation(OrganisationEntry("Đảng ủy Đo Lường", "commune", FOUNDED), parent=None, by=by)
    for base_number in range(1, BASES + 1):
        entry = OrganisationEntry(f"Đảng bộ Phường {base_number}", "base_party", FOUNDED)
        base = add_organisation(entry, parent=root, by=by)
        for number in range(1, CELLS + 1):
            add_organisation(OrganisationEntry(f"Chi bộ Khóm {number}", "cell", FOUNDED), parent=base, by=by)
    return root


def people(count, seed=2013):
    """So many people, the same ones for the same seed."""
    rng = random.Random(seed)
    return [_person(rng, place, count) for place in range(count)]


def _person(rng, place, count):
    sex = rng.choice(["female", "male"])
    born = date(1950, 1, 1) + timedelta(days=rng.randint(0, 17000))
    cell = place * BASES * CELLS // count
    return Person(
        base=cell // CELLS + 1,
        cell=cell % CELLS + 1,
        name=person_name(rng, sex),
        female=sex == "female",
        born=born,
        residence=f"Số {rng.randint(1, 400)}, Phường {cell // CELLS + 1}",
        degree=rng.choice(["", "Trung cấp", "Đại học", "ĐH Luật"]),
        joined=add_months(born, 12 * 22) + timedelta(days=rng.randint(0, 1500)),
        number=personal_id(rng, sex, born, place),
        cv_number=f"{place + 1:06d} SK",
    )


def moved(rows):
    """The same people, everybody at another address."""
    return [replace(person, residence=f"{person.residence}, khu mới") for person in rows]


def workbook(rows):
    """The bytes of the list: letterhead, a head of two lines, a section for each base and cell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for line in (("ĐẢNG ỦY ĐO LƯỜNG",), ("DANH SÁCH ĐẢNG VIÊN",), (f"(Tính đến ngày {ON:%d/%m/%Y})",), (), HEAD):
        sheet.append(line)
    sheet.append(SUB_HEAD)
    section = None
    for number, person in enumerate(rows, start=1):
        if section is None or section[0] != person.base:
            sheet.append((f"{_roman(person.base)}. ĐẢNG BỘ PHƯỜNG {person.base}",))
        if section != (person.base, person.cell):
            sheet.append((f"{person.cell}. Chi bộ Khóm {person.cell}",))
        section = (person.base, person.cell)
        sheet.append(_line(number, person))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _line(number, person):
    return (
        number, person.name, person.born, "x" if person.female else "", "Kinh", "Không", "Tỉnh Sao Khuê",
        person.residence, "12/12", person.degree, "Sơ cấp", "Nông dân", "", person.joined, person.official,
        person.number, person.number, person.cv_number, "",
    )  # fmt: skip


def table(rows):
    """The same people as rows under `TABLE_HEADINGS`, every value as text."""
    return [
        (
            person.name, "Nữ" if person.female else "Nam", f"{person.born:%d/%m/%Y}", "Kinh", "Không", "Tỉnh Sao Khuê",
            person.residence, "12/12", person.degree, "Sơ cấp", "Nông dân", f"{person.joined:%d/%m/%Y}",
            f"{person.official:%d/%m/%Y}", person.number, person.number, person.cv_number, person.place,
        )
        for person in rows
    ]  # fmt: skip


def _roman(number):
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
