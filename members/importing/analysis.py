"""One file from its bytes to a plan: reads the list, checks it, recognises people, compares them with the record."""

from dataclasses import dataclass, field
from datetime import date

from cells.models import RuleSet
from config.lib.rulesets import restore, typed
from config.lib.sheets import read_workbook
from members.importing.checks import RowChecks, assign_cells
from members.importing.decisions import for_decision
from members.importing.filechecks import check_file
from members.importing.known import known_people, load_history, place_labels, places_below
from members.importing.legacy import decode_workbook
from members.importing.mapping import Layout, Vocabulary, from_letters, vocabulary
from members.importing.matching import Matcher
from members.importing.people import PeopleReader, PersonRow
from members.importing.plan import Planner, RowPlan
from members.importing.problems import Problem, problem
from members.importing.reading import Habits
from members.importing.rules import FileCheckRules
from members.importing.table import Header, Table, find_headers, read_table


class NoListFound(Exception):
    """A workbook in which no sheet lists people; the message is a Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True)
class FileReading:
    """A file as read, before anything is compared: its list, the kind of list, other sheets that list people too."""

    header: Header
    table: Table
    layout: Layout
    other_sheets: tuple[str, ...]
    encoding: str | None = None


@dataclass
class Analysis:
    """Everything that an import found out: the plan of every row, findings, differences, notes for decision."""

    reading: FileReading
    on: date
    people: list[PersonRow] = field(default_factory=list)
    plans: list[RowPlan] = field(default_factory=list)
    file_problems: list[Problem] = field(default_factory=list)
    differences: list[Problem] = field(default_factory=list)
    decisions: list[dict] = field(default_factory=list)
    reader: PeopleReader | None = None

    @property
    def problems(self) -> list[Problem]:
        """Every finding, in the order of the rows."""
        found = [each for person in self.people for each in person.problems] + self.file_problems
        return sorted(found, key=lambda each: (each.row or 0, each.column or ""))


def read_file(content, name, *, words: Vocabulary | None = None, letters=None) -> FileReading:
    """Find the list in a file; `letters` is a mapping that somebody wrote or kept. Raises `SheetError`,
    `NoListFound`, `MappingError`, each with a sentence for the person who sent the file."""
    words = words or vocabulary()
    workbook = read_workbook(content, name)
    encoding = decode_workbook(workbook)
    headers = find_headers(workbook, words)
    if not headers:
        raise NoListFound(
            "Không tìm thấy danh sách người trong tệp: không có dòng tiêu đề nào với cột Họ và tên cùng ít nhất hai "
            "cột khác đã biết. Hãy kiểm tra tên các cột rồi gửi lại."
        )
    fields = from_letters(letters, headers[0].headings, words) if letters else headers[0].fields
    table = read_table(headers[0], fields)
    others = tuple(header.sheet.name for header in headers[1:])
    return FileReading(headers[0], table, words.layout_of(fields), others, encoding)


def analyse(reading: FileReading, *, organisation, on: date, columns) -> Analysis:
    """Check the people of a list on a day and compare them with the record of an organisation and all below it."""
    analysis = Analysis(reading, on)
    places = places_below(organisation)
    reader = PeopleReader(reading.table, columns, Habits(on.year, reading.layout.numbers_are_text))
    analysis.reader, analysis.people = reader, reader.read()
    assign_cells(analysis.people, places, reader)
    checks = RowChecks(reader, rules_on(on), on)
    for person in analysis.people:
        checks.check(person)
    analysis.file_problems = check_file(analysis.people, reading.table, reader)
    analysis.file_problems += [problem("other_sheet", value=name) for name in reading.other_sheets]
    _plan(analysis, organisation, columns)
    analysis.decisions = for_decision(analysis.people, reader)
    return analysis


def analyse_batch(batch, columns) -> Analysis:
    """Read the stored file of a batch again, by its mapping and on its day, and compare it with the record."""
    reading = read_file(bytes(batch.content), batch.file_name, letters=batch.mapping)
    return analyse(reading, organisation=batch.organisation, on=batch.as_of, columns=columns)


def rules_on(day) -> FileCheckRules:
    """The limits of dates that are in force on a day; a day before the first regulation here knows no limits."""
    try:
        return typed(FileCheckRules, restore(RuleSet.objects.in_force("file_checks", day).values))
    except RuleSet.DoesNotExist:
        return FileCheckRules()


def _plan(analysis, organisation, columns):
    layout = analysis.reading.layout
    planner = Planner(columns, analysis.reader, analysis.on, corrects_cells=layout.corrects_cells)
    said = [planner.attributes_of(person) for person in analysis.people]
    reconciles = layout.reconciles
    known = known_people(said, organisation, whole=reconciles)
    matcher = Matcher(known, analysis.reader)
    pairs = [
        (person, wanted, matcher.match(person, wanted)) for person, wanted in zip(analysis.people, said, strict=True)
    ]
    matched = [each for _, _, each in pairs if each is not None]
    load_history(known.people if reconciles else matched)
    planner.place_labels = place_labels({each.values["home_id"] for each in known.people if reconciles} | _homes(pairs))
    if reconciles and not known.is_empty:
        analysis.plans = [_reconciled(planner, person, each) for person, _, each in pairs]
        _report_missing(planner, known.people, {each.id for each in matched}, analysis.on)
    else:
        analysis.plans = [_planned(planner, *pair) for pair in pairs]
    analysis.differences = planner.differences


def _homes(pairs):
    """Homes of people whom the list puts elsewhere, and where it puts them."""
    return {
        home
        for person, _, known in pairs
        if known is not None and known.values["home_id"] != person.organisation_id
        for home in (known.values["home_id"], person.organisation_id)
        if home is not None
    }


def _planned(planner, person, attributes, known):
    if person.refused:
        return planner.refuse(person, known)
    return planner.update(person, attributes, known) if known else planner.create(person, attributes)


def _reconciled(planner, person, known):
    if person.refused:
        return planner.refuse(person, known)
    return planner.reconcile(person, known) if known else planner.only_here(person)


def _report_missing(planner, people, found, on):
    """People on the roll on the day whom the export does not name, in the order of their names."""
    for known in sorted(people, key=lambda each: each.values["full_name"]):
        membership = known.membership
        if known.id not in found and membership is not None and membership.holds_on(on):
            planner.missing_here(known)
