"""The register of slips of a year: who stands in it, what it says on a day, that it is offered for printing."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from cells.frames import draft_frame
from cells.ports import printable
from tests.factories import MemberFactory
from tests.members.moving import accept, issue, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def slips(tree, cast):
    """An internal slip received later, one to outside; a guest of the eastern base; one of the year before."""
    guest = request(
        MemberFactory(home=tree.here, full_name="Đỗ Văn Khách"), tree.there,
        by=cast.secretary, kind="temporary", until=date(2027, 3, 1),
    )  # fmt: skip
    inside = issue(
        request(MemberFactory(home=tree.here, full_name="Lê Thị Đi"), tree.there, by=cast.secretary), by=cast.staff
    )
    accept(inside, by=cast.stranger)
    outside = MemberFactory(home=tree.far, full_name="Lý Văn Xa")
    issue(request(outside, "Chi bộ Phường Xa", by=cast.staff), by=cast.staff)
    issue(guest, by=cast.officer)
    early = request(MemberFactory(home=tree.far), tree.here, by=cast.staff, requested_on=date(2025, 12, 1))
    issue(early, by=cast.staff, issued_on=date(2025, 12, 5), today=date(2025, 12, 5))


def lines(organisation, **asked):
    register = printable("transfers").collect(organisation, **{"year": 2026, **asked})
    return [(row.values[0], row.values[3], row.values[7], row.values[8]) for row in register.table.rows]


def test_slips_of_the_year_by_body_kind_and_number(tree, slips):
    assert lines(tree.root) == [
        ("01/2026", "Lê Thị Đi", "nội bộ", "05/10/2026"),
        ("01/2026", "Lý Văn Xa", "chính thức", ""),
        ("01/2026", "Đỗ Văn Khách", "tạm thời", ""),
    ]
    assert [name for _, name, *_ in lines(tree.east)] == ["Đỗ Văn Khách"]


def test_what_happened_later_is_not_told(tree, slips):
    assert lines(tree.root, on=date(2026, 9, 30))[0] == ("01/2026", "Lê Thị Đi", "nội bộ", "")
    assert lines(tree.root, on=date(2026, 9, 1)) == []


def test_pdf_and_workbook_say_the_same(tree, slips):
    source = printable("transfers")
    register = source.collect(tree.root, year=2026)
    frame = draft_frame(tree.root, source, register, on=register.on)

    assert source.render_pdf(register, frame, {}) == source.render_pdf(register, frame, {})
    sheet = CalamineWorkbook.from_filelike(BytesIO(source.render_xlsx(register))).get_sheet_by_index(0).to_python()
    assert [row[3] for row in sheet[1:]] == ["Lê Thị Đi", "Lý Văn Xa", "Đỗ Văn Khách"]


def test_the_register_is_listed():
    out = StringIO()
    call_command("print_report", "--list", stdout=out)
    assert "transfers\tSổ giới thiệu sinh hoạt đảng" in out.getvalue()
