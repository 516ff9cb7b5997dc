"""Forms on screen, on paper, as workbooks; figures open their names; scope, rights, bad input."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from cells.actions.documents import draft_document, issue_document, number_document
from cells.issuing import prepare_issue
from cells.models import OrganisationVersion, Term
from members.enums import EndReason, OutsideArea, StartReason, Topic
from members.models import Membership, Particular
from tests.factories import MemberFactory
from tests.queries import MOST, queries_of

SINCE = date(2025, 7, 1)
YEAR = "since=01/01/2026&until=30/09/2026"


def enter(home, name, reason=StartReason.OPENING, since=SINCE, came_from="", **values):
    member = MemberFactory(home=home, full_name=name, since=since, **values)
    Membership.objects.filter(member=member).update(start_reason=reason, came_from=came_from)
    Particular.objects.create(member=member, topic=Topic.OCCUPATION, value="farmer", started_on=SINCE)
    Particular.objects.create(member=member, topic=Topic.GENERAL_EDUCATION, value="primary", started_on=SINCE)
    return member


@pytest.fixture
def people(tree):
    """Three on the first list of here, one next door, two there; one came and one died this year."""
    here = [enter(tree.here, f"Lê Văn Đông {number}") for number in range(3)]
    enter(tree.next_door, "Lê Thị Cạnh", sex="female")
    for number in range(2):
        enter(tree.there, f"Trần Văn Tây {number}")
    enter(tree.here, "Ngô Thị Mới", StartReason.MOVED_IN, date(2026, 3, 1), OutsideArea.OTHER_PROVINCE, sex="female")
    stay = Membership.objects.get(member=here[0])
    stay.ended_on, stay.end_reason = date(2026, 4, 2), EndReason.DIED
    stay.save()
    return here


def page_of(form, body, query=YEAR, name="statement"):
    return f"{reverse(f'members:{name}', args=[form, body.pk])}?{query}"


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("form", ["form-1", "form-3", "form-5"])
def test_the_page_the_workbook_and_the_paper_come_from_one_count(tree, cast, people, as_, form):
    client = as_(cast.officer)
    page = text_of(client.get(page_of(form, tree.east)))
    number = form.removeprefix("form-")
    assert f"Biểu số {number}-BTCTW" in page
    workbook = openpyxl.load_workbook(io.BytesIO(client.get(page_of(form, tree.east, name="export_statement")).content))
    sheet = workbook[f"Biểu số {number}-BTCTW"]
    figures = {row[1].value: row[-1 if form == "form-5" else 2].value for row in sheet.iter_rows(min_row=2)}
    total = {
        "form-1": "Đảng viên trong danh sách cuối kỳ báo cáo", "form-3": "Tổng số đảng viên",
        "form-5": "Cộng (1 + … + 11)",
    }[form]  # fmt: skip
    assert figures[total] == 4
    assert client.get(page_of(form, tree.east, name="print_statement")).content.startswith(b"%PDF")


def test_figures_open_the_names_behind_them(tree, cast, people, as_):
    client = as_(cast.officer)
    page = text_of(client.get(page_of("form-1", tree.east)))
    for row, names, absent in (
        ("B2a", ["Ngô Thị Mới"], "Lê Văn Đông 1"),
        ("C1", ["Lê Văn Đông 0"], "Lê Văn Đông 1"),
        ("A", ["Lê Văn Đông 0", "Lê Thị Cạnh"], "Ngô Thị Mới"),
        ("D", ["Ngô Thị Mới", "Lê Thị Cạnh"], "Lê Văn Đông 0"),
    ):
        assert f"names/?row={row}&amp;since=01/01/2026" in page
        listed = text_of(client.get(page_of("form-1", tree.east, f"row={row}&{YEAR}", "behind")))
        assert all(name in listed for name in names)
        assert absent not in listed
        assert "Trần Văn Tây" not in listed
    women = text_of(client.get(page_of("form-3", tree.east, f"row=female&{YEAR}", "behind")))
    assert ("Ngô Thị Mới" in women, "Lê Văn Đông" in women) == (True, False)
    bases = text_of(client.get(page_of("form-5", tree.east, f"row=total&column=2&{YEAR}", "behind")))
    assert "Đảng bộ Phường Đông" in bases


def test_every_row_of_every_form_opens_as_many_as_it_says(tree, cast, people, as_):
    from members.statistics.form_1 import form_1
    from members.statistics.form_3 import form_3
    from members.statistics.form_5 import form_5
    from members.statistics.people import Behind, Figure

    for collect in (form_1, form_3, form_5):
        statement = collect(tree.root, since=date(2026, 1, 1), until=date(2026, 10, 1))
        for line in statement.lines:
            if line.weight == "group" or line.code == "ages.mean":
                continue
            for column in statement.columns if statement.form == "form-5" else ("",):
                place = statement.columns.index(column) if column else 0
                figure = Figure(statement.form, tree.root.pk, statement.span, line.code, column and column.number[:1])
                assert len(Behind(figure).found) == line.values[place], (line.code, column)


def test_readers_see_figures_without_names(tree, cast, people, as_):
    client = as_(cast.reader)
    page = text_of(client.get(page_of("form-1", tree.east)))
    assert "names/?" not in page
    assert client.get(page_of("form-1", tree.east, f"row=D&{YEAR}", "behind")).status_code == 403


def test_religion_opens_its_names_only_for_those_who_may_see_it(tree, cast, people, as_):
    Particular.objects.create(member=people[1], topic=Topic.RELIGION, value="buddhism", started_on=SINCE)
    asked = page_of("form-3", tree.east, f"row=religious&{YEAR}", "behind")
    assert as_(cast.officer).get(asked).status_code == 403
    assert "row=religious" not in text_of(as_(cast.officer).get(page_of("form-3", tree.east)))
    assert "Lê Văn Đông 1" in text_of(as_(cast.staff).get(asked))


def test_a_stranger_finds_nothing(tree, cast, people, as_):
    client = as_(cast.stranger)
    for name in ("statement", "print_statement", "export_statement", "behind"):
        assert client.get(page_of("form-1", tree.here, f"row=D&{YEAR}", name)).status_code == 404
    assert client.get(reverse("members:statement", args=["form-9", tree.there.pk])).status_code == 404
    assert client.get(page_of("form-1", tree.there, f"row=X9&{YEAR}", "behind")).status_code == 404


def test_a_fresh_page_shows_the_period_that_it_counts(tree, cast, people, as_):
    today = timezone.localdate()

    shown = text_of(as_(cast.staff).get(page_of("form-1", tree.here, query="")))

    assert f'name="since" value="01/01/{today:%Y}"' in shown
    assert f'name="until" value="{today:%d/%m/%Y}"' in shown


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("until=31/12/2099", "chưa đến"),
        ("since=01/09/2026&until=01/02/2026", "Ngày đầu kỳ không thể sau ngày cuối kỳ"),
        ("since=31/02/2026", "Có ngày chưa hiểu được"),
        ("since=01/01/1700", "quá xa"),
    ],
)
def test_days_that_cannot_be_are_said_and_kept(tree, cast, people, as_, query, words):
    page = text_of(as_(cast.officer).get(page_of("form-1", tree.east, query)))
    assert words in page
    assert query.partition("=")[2].partition("&")[0] in page


def test_choosing_leads_to_the_form(tree, cast, as_):
    client = as_(cast.officer)
    asked = {"form": "form-3", "organisation": tree.here.name, "since": "01/01/2026", "until": "30/06/2026"}
    response = client.get(reverse("members:statistics"), asked)
    assert response.url == page_of("form-3", tree.here, "since=01/01/2026&until=30/06/2026")
    again = text_of(client.get(reverse("members:statistics"), asked | {"organisation": "Không có"}))
    assert "Không có tổ chức nào như vậy" in again


def test_a_person_who_unbalances_a_cell_is_named_on_its_page_and_above(tree, cast, people, as_):
    enter(tree.here, "Phan Văn Lạ", StartReason.MOVED_IN, date(2026, 5, 2))
    for body in (tree.here, tree.east):
        page = text_of(as_(cast.officer).get(page_of("form-1", body)))
        assert "Phan Văn Lạ: ngày 02/05/2026 bắt đầu không rõ từ đâu" in page
        assert "có số chưa khớp" in page


@pytest.mark.parametrize("form", ["form-1", "form-3", "form-5"])
def test_as_many_queries_for_thirty_cells_as_for_one(tree, cast, people, as_, form):
    from cells.actions.tree import OrganisationEntry, add_organisation

    client, page = as_(cast.staff), page_of(form, tree.root)
    few = queries_of(client, page)
    for number in range(30):
        entry = OrganisationEntry(f"Chi bộ thêm {number}", "cell", date(2025, 7, 1))
        cell = add_organisation(entry, parent=tree.west, by=cast.staff)
        enter(cell, f"Đinh Văn Thêm {number}", StartReason.ADMITTED, date(2026, 2, 3))
    assert queries_of(client, page) == few <= MOST
    names = page_of(form, tree.root, f"row={'D' if form == 'form-1' else 'total'}&column=6&{YEAR}", "behind")
    assert queries_of(client, names) <= MOST


def issue(kind, body, params, by):
    Term.objects.create(organisation=body, name="2025–2030", started_on=SINCE)
    document = draft_document(kind, body, params=params, on=date(2026, 10, 3), by=by)
    document = number_document(document, None, on=date(2026, 10, 3), by=by)
    document.signer = "Lê Văn Ký"
    document.save(update_fields=["signer"])
    return issue_document(document, prepare_issue(document, date(2026, 10, 3)), by=by)


def test_a_form_that_was_issued_is_held_against_the_count_of_today(tree, cast, people, as_):
    issue("form-1", tree.east, {"since": "2026-01-01", "until": "2026-10-01"}, cast.officer)
    client, page = as_(cast.officer), page_of("form-1", tree.east)
    assert "Số liệu đếm lại khớp với biểu đã ban hành" in text_of(client.get(page))
    enter(tree.here, "Lý Thị Muộn", StartReason.ADMITTED, date(2026, 6, 1))
    text = text_of(client.get(page))
    assert "Khác với biểu đã ban hành số 01-BC/" in text
    assert queries_of(client, page) <= MOST


def test_the_next_period_begins_with_what_was_issued(tree, cast, people, as_):
    issue("form-1", tree.east, {"since": "2026-01-01", "until": "2026-07-01"}, cast.officer)
    enter(tree.here, "Lý Thị Muộn", StartReason.ADMITTED, date(2026, 6, 1))
    text = text_of(as_(cast.officer).get(page_of("form-1", tree.east, "since=01/07/2026&until=30/09/2026")))
    assert "A (trừ danh sách ban đầu): 5; D kỳ trước: 4; chênh lệch 1" in text
    assert "Lý Thị Muộn: ghi bổ sung sau ngày 03/10/2026" in text


def test_print_report_takes_a_period_or_a_year(tree, people, tmp_path):
    tree.east.code = "96.001.002.000.000"
    tree.east.save(update_fields=["code"])
    output = tmp_path / "b.xlsx"
    asked = {"organisation": tree.east.code, "format": "xlsx", "output": output}
    call_command("print_report", "form-1", since=date(2026, 1, 1), until=date(2026, 9, 30), **asked)
    rows = list(openpyxl.load_workbook(output).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert {row[0]: row[2] for row in rows if row[0] in ("A", "B", "C", "D")} == {"A": 4, "B": 1, "C": 1, "D": 4}
    call_command("print_report", "form-3", year=2026, **asked)
    assert openpyxl.load_workbook(output).sheetnames[0] == "Biểu số 3-BTCTW"
    with pytest.raises(CommandError, match="lập theo năm"):
        call_command("print_report", "ratings", since=date(2026, 1, 1), until=date(2026, 9, 30), **asked)
    with pytest.raises(CommandError, match="--until"):
        call_command("print_report", "form-1", since=date(2026, 9, 1), until=date(2026, 1, 30), **asked)


def test_a_draft_asks_for_a_year_or_a_whole_period(tree, cast, as_):
    client, page = as_(cast.officer), reverse("cells:draft_document")
    asked = {"kind": "form-1", "organisation": tree.east.name}
    assert "Hãy ghi năm" in text_of(client.post(page, asked))
    assert "Hãy ghi cả ngày đầu" in text_of(client.post(page, asked | {"since": "01/01/2026"}))
    period = {"since": "01/01/2026", "last_day": "30/06/2026"}
    assert "lập theo năm" in text_of(client.post(page, asked | period | {"kind": "ratings"}))
    client.post(page, asked | period)
    [document] = tree.east.documents.all()
    assert document.params == {"since": "2026-01-01", "until": "2026-07-01"}
    assert document.abstract == "thống kê tăng, giảm đảng viên 6 tháng đầu năm 2026 (Biểu số 1-BTCTW)"


def test_versions_exist_for_the_standing_tree(tree):
    assert OrganisationVersion.objects.count() == 8


def test_a_part_outside_of_the_body_is_not_named(tree, cast, people, as_):
    """Neither its people nor its name; a number of nobody is not found either."""
    client = as_(cast.officer)
    for part in (tree.there.pk, tree.root.pk, 999_999, 0, "x", "-1"):
        assert client.get(page_of("form-1", tree.east, f"row=D&part={part}&{YEAR}", "behind")).status_code == 404, part
    for form in ("form-3", "form-5"):
        asked = page_of(form, tree.east, f"row=total&part={tree.here.pk}&{YEAR}", "behind")
        assert client.get(asked).status_code == 404
    assert client.get(page_of("form-1", tree.east, f"row=D&column=1&{YEAR}", "behind")).status_code == 404
    assert "Lê Văn Đông 1" in text_of(
        client.get(page_of("form-1", tree.east, f"row=D&part={tree.here.pk}&{YEAR}", "behind"))
    )
