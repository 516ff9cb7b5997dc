"""The sample workbooks read exactly as `expected.json` says: figures, tidying, every finding, every value."""

from collections import Counter

import pytest

from config.lib.vietnamese import fold
from members.actions.imports import FIGURES, commit_batch
from members.catalogues import printed
from members.importing.analysis import analyse_batch
from members.importing.people import count_repairs
from members.models import Member, Membership, Overlay
from members.resources import LIST_COLUMNS
from tests.members.importing import samples

pytestmark = pytest.mark.django_db
NAMES = {
    "personal_id": "id",
    "cv_number": "cv",
    "source_id": "uuid",
    "former_id": "cmnd",
    "degree": "degree_level",
    "former_card": "card8",
}
DATES = {"born", "joined", "official", "card_date", "status_date"}
NOT_EXPECTED = {
    samples.LIST: {"female"},
    samples.OFFICIAL: {
        *("cell", "home", "residence", "birth_place"),
        *(f"{place}_{part}" for place in ("home", "residence", "birth") for part in ("country", "detail")),
    },
    samples.EXPORT: {"cell"},
}


def figures(batch):
    return tuple(batch.report[name] for name in FIGURES)


def shown(name, value):
    """A value in the words of expected.json."""
    if name in DATES:
        return value.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[value.precision]]
    if name in ("theory", "degree", "religion"):
        return printed(name, value.code)
    if name in ("general", "job"):
        return value.text
    return printed(name, value) if name in ("ethnic", "post") else value


def as_expected(person, sample):
    values = {NAMES.get(name, name): shown(name, value) for name, value in person.values.items() if name != "name"}
    values = {name: value for name, value in values.items() if name not in NOT_EXPECTED[sample]}
    if sample == samples.OFFICIAL and "card" in values:
        values["card12"] = values.pop("card")
    if person.name:
        values |= {"name": person.name, "name_key": fold(person.name)}
    if person.name and person.values["name"].alias:
        values["alias"] = person.values["name"].alias
    return values


def planted(sample):
    """(row, column, code, severity, message) of every finding, one for each row that it concerns."""
    return sorted(
        (row, found.get("column") or "", found["kind"], found["severity"], found["message"])
        for found in samples.expected()["files"][sample]["problems"]
        for row in found.get("rows") or [found["row"]]
    )


def found_in(batch):
    return sorted(
        (each["row"], each["column"] or "", each["code"], each["severity"], each["message"])
        for each in batch.report["problems"]
    )


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (samples.LIST, (645, 621, 0, 0, 24, 10)),
        (samples.OFFICIAL, (640, 630, 0, 0, 10, 2)),
        (samples.EXPORT, (640, 639, 0, 0, 1, 1)),
    ],
)
def test_a_sample_into_an_empty_record(load, sample, expected):
    batch = load(sample)
    assert figures(batch) == expected
    assert found_in(batch) == planted(sample)
    assert batch.report["problems_by_code"] == samples.expected()["files"][sample]["problems_by_kind"]
    assert batch.report["differences"] == []
    assert Member.objects.count() == Membership.objects.count() == expected[1]
    again = load(sample)
    assert figures(again)[1:3] == (0, 0)


@pytest.mark.parametrize("sample", [samples.LIST, samples.OFFICIAL, samples.EXPORT])
def test_every_row_is_read_as_expected(check, sample):
    people = analyse_batch(check(sample), LIST_COLUMNS).people
    rows = samples.expected()["files"][sample]["rows"]
    assert [person.row for person in people] == [row["row"] for row in rows]
    for person, row in zip(people, rows, strict=True):
        assert as_expected(person, sample) == row["expect"], row["row"]


def test_the_figures_and_the_tidying_of_the_free_list(check):
    truth = samples.expected()["files"][samples.LIST]
    batch = check(samples.LIST, on=None)
    report = batch.report
    assert batch.as_of.isoformat() == "2026-10-31"
    assert report["tidied"] == truth["tidying"]
    counts = {**report["counts"], "base_organisations": report["counts"]["rows_base"]}
    assert {name: counts.get(name) for name in truth["counts"]} == truth["counts"]


def test_the_repairs_of_every_row_of_the_free_list(check):
    people = analyse_batch(check(samples.LIST), LIST_COLUMNS).people
    found = {person.row: sorted(count_repairs([person])) for person in people}
    assert found == {
        row["row"]: sorted(row.get("repairs", [])) for row in samples.expected()["files"][samples.LIST]["rows"]
    }


@pytest.mark.parametrize("sample", [samples.LIST, samples.OFFICIAL, samples.EXPORT])
def test_every_person_comes_into_the_right_cell(check, sample):
    analysis = analyse_batch(check(sample), LIST_COLUMNS)
    codes = dict(Member._meta.get_field("home").related_model.objects.values_list("id", "code"))
    found = {person.row: codes.get(person.organisation_id) for person in analysis.people}
    assert found == {row["row"]: row["cell"] for row in samples.expected()["files"][sample]["rows"]}


@pytest.mark.parametrize("sample", [samples.LIST, samples.OFFICIAL])
def test_namesakes_stay_two_people(load, sample):
    load(sample)
    created = Counter(Member.objects.values_list("full_name", flat=True))
    for pair in samples.expected()["files"][sample]["namesakes"]:
        for name, count in Counter(pair["names"]).items():
            assert created[name] >= count, pair["what"]


def test_list_then_official_then_export(load):
    load(samples.LIST)
    official = load(samples.OFFICIAL)
    assert figures(official) == (640, 19, 611, 0, 10, 2)
    assert found_in(official) == planted(samples.OFFICIAL)
    assert official.report["differences"] == []
    assert figures(load(samples.OFFICIAL)) == (640, 0, 0, 630, 10, 2)
    export = load(samples.EXPORT)
    assert figures(export) == (640, 0, 0, 636, 4, 1)
    truth = samples.expected()["files"][samples.EXPORT]["differences"]
    assert differences(export.report["differences"]) == differences(
        [{**each, "code": each["kind"], "value": each.get("written") or each["name"]} for each in truth]
    )
    assert figures(load(samples.EXPORT)) == (640, 0, 0, 636, 4, 1)
    assert Member.objects.count() == 640


def differences(found):
    return sorted(
        (each["row"] or 0, each.get("column") or "", each["code"], each["severity"], each["message"], each["value"])
        for each in found
    )


def test_what_the_list_knew_in_part_is_completed_and_what_it_had_wrong_is_corrected(load):
    load(samples.LIST)
    partial = Member.objects.get(personal_id="096178500042")
    assert (partial.born_on.isoformat(), partial.born_precision) == ("1978-01-01", "year")
    mistyped = Member.objects.get(personal_id="096168500386")
    load(samples.OFFICIAL)
    partial.refresh_from_db()
    mistyped.refresh_from_db()
    truth = {each["id"]: each for each in samples.expected()["members"]}
    assert (partial.born_on.isoformat(), partial.born_precision) == (truth["096178500042"]["born"], "day")
    assert mistyped.personal_id == "096167500386"


def test_states_of_the_official_layout_become_dated_rows(load):
    load(samples.LIST)
    load(samples.OFFICIAL)
    kinds = Counter(Overlay.objects.standing().values_list("kind", flat=True))
    assert kinds == {"exempt": 22, "suspended": 1, "interrupted": 1}
    ended = Membership.objects.standing().filter(ended_on__isnull=False)
    assert Counter(ended.values_list("end_reason", flat=True)) == {"died": 2, "left_unstated": 1}
    died = ended.get(member__full_name="Nguyễn Kim Hương")
    assert died.ended_on.isoformat() == "2026-11-01"  # the first day after the death
    others = ended.exclude(pk=died.pk).values_list("ended_on", flat=True)  # one of them a death on 27/9
    assert sorted(day.isoformat() for day in others) == ["2026-06-15", "2026-09-28"]


def test_a_batch_is_written_in_whatever_order_the_database_gives_its_columns(load, check, system):
    """As PostgreSQL does, which keeps the keys of JSON by their length."""
    load(samples.LIST)
    batch = check(samples.OFFICIAL)
    batch.mapping, batch.options = turned(batch.mapping), turned(batch.options)
    batch.save(update_fields=["mapping", "options"])
    assert commit_batch(batch, by=system).report["updated"] == 611


def turned(value):
    """The same JSON with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(each) for key, each in reversed(value.items())}
    return [turned(each) for each in value] if isinstance(value, list) else value


def test_notes_are_shown_for_decision(check):
    report = check(samples.LIST).report
    assert Counter(each["kind"] for each in report["for_decision"]) == {
        "badge": 30, "exempt": 22, "probationary": 17, "transferred_in": 8, "deceased": 2, "temporary": 2,
        "transferred_out": 2, "removed": 1, "suspended": 1, "interrupted": 1,
    }  # fmt: skip
    assert report["for_decision"][0] == {
        "row": 16, "column": "S", "name": "Trương Văn Quốc", "kind": "probationary", "written": "ĐVDB",
        "act": "Dự bị: kiểm tra ngày vào Đảng và để trống ngày chính thức.",
    }  # fmt: skip
