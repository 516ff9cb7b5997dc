"""One file from its bytes to a plan: reads the list, checks it, recognises people, compares them with the record."""

from dataclasses import dataclass, field
from datetime import date

from cells.models import RuleSet
from config.lib.rulesets import restore, typed
from config.lib.sheets import read_workbook
from members.importing.checks import RowChecks, assign_cells
from members.importing.choices import SheetChoice, restore_choices
from members.importing.decisions import for_decision
from members.importing.filechecks import check_rows, wrong_totals
from members.importing.known import known_people, load_history, place_labels, places_below
from members.importing.legacy import SheetFonts, read_fonts
from members.importing.mapping import Layout, MappingError, Vocabulary, from_letters, vocabulary
from members.importing.matching import Matcher
from members.importing.people import PeopleReader, PersonRow, SheetsReader
from members.importing.plan import Planner, RowPlan
from members.importing.problems import Problem, problem
from members.importing.reading import Habits
from members.importing.rules import FileCheckRules
from members.importing.table import Header, Table, find_headers, number_of_sheet, read_table
from members.importing.titles import name_cell

NO_LIST = (
    "Không tìm thấy danh sách người trong tệp: không có dòng tiêu đề nào với cột Họ và tên cùng ít nhất hai "
    "cột khác đã biết, cũng không có cột nào ghi họ tên người. Hãy kiểm tra tên các cột rồi gửi lại."
)


class NoListFound(Exception):
    """A workbook in which no sheet lists people; the message is a Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True)
class SheetReading:
    """One sheet as it is read: its list, its old fonts, and the cell that was named for it."""

    table: Table
    fonts: SheetFonts
    cell: str = ""

    @property
    def name(self):
        return self.table.sheet.name


@dataclass(frozen=True)
class FileReading:
    """A file as read, before anything is compared: its lists, the kind of list, other sheets that list people too.

    `header` and `table` are those of the first sheet that is read; `headers` are those of all sheets with a list.
    """

    header: Header
    table: Table
    layout: Layout
    other_sheets: tuple[str, ...]
    sheets: tuple[SheetReading, ...]
    headers: tuple[Header, ...]
    fonts: dict[str, SheetFonts]

    @property
    def encoding(self):
        """The old encoding of the file, None for Unicode."""
        return next((name for sheet in self.sheets for name in sheet.fonts.chosen.values()), None)

    @property
    def lines(self):
        """The people of all sheets."""
        return [line for sheet in self.sheets for line in sheet.table.people]

    def sheet_of(self, row) -> SheetReading:
        """The sheet in which a row stands."""
        return self.sheets[number_of_sheet(row)]


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
    reader: PeopleReader | SheetsReader | None = None
    cells: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """Every finding, in the order of the rows."""
        found = [each for person in self.people for each in person.problems] + self.file_problems
        return sorted(found, key=lambda each: (each.row or 0, each.column or ""))


def read_file(content, name, *, words: Vocabulary | None = None, letters=None, choices=None, together=False):
    """Find the list in a file: a `FileReading`. `letters` is a mapping that somebody wrote, `choices` say more; with
    `together` the sheets of the same headings are one list. Raises `SheetError`, `NoListFound`, `MappingError`, each
    with a sentence for the person who sent the file."""
    words = words or vocabulary()
    workbook = read_workbook(content, name)
    fonts = {sheet.name: read_fonts(sheet) for sheet in workbook.visible_sheets}
    headers = find_headers(workbook, words)
    if not headers:
        raise NoListFound(NO_LIST)
    chosen = _chosen(headers, letters, choices, together, workbook)
    sheets = tuple(
        _read_sheet(number, header, choice, fonts[header.sheet.name], words)
        for number, (header, choice) in enumerate(chosen)
    )
    first, read = sheets[0].table, {sheet.name for sheet in sheets}
    others = tuple(header.sheet.name for header in headers if header.sheet.name not in read)
    layout = words.layout_of(first.fields)
    return FileReading(first.header, first, layout, others, sheets, tuple(headers), fonts)


def _chosen(headers, letters, choices, together, workbook):
    """(header, choice) of every sheet to be read, in the order chosen or in that of the file."""
    if choices and choices.sheets:
        by_name = {header.sheet.name: header for header in headers}
        missing = [each.name for each in choices.sheets if each.name not in by_name]
        if missing:
            raise MappingError(f"Tệp không có danh sách ở trang “{missing[0]}”. Hãy chọn lại trang.")
        picked = choices.sheets if together else choices.sheets[:1]
        return [(by_name[each.name], each) for each in picked]
    order = [sheet.name for sheet in workbook.sheets]
    alike = [header for header in headers if header.signature == headers[0].signature] if together else headers[:1]
    alike.sort(key=lambda header: order.index(header.sheet.name))
    return [(header, SheetChoice(header.sheet.name, letters)) for header in alike]


def _read_sheet(number, header, choice, fonts, words):
    if choice.fonts is not None:
        fonts.choose(choice.fonts_by_column, below=header.rows[-1])
    fields = from_letters(choice.letters, header.headings, words) if choice.letters else header.fields
    return SheetReading(read_table(header, fields, number), fonts, choice.cell)


def analyse(reading: FileReading, *, organisation, on: date, columns) -> Analysis:
    """Check the people of a file on a day and compare them with the record of an organisation and all below it."""
    analysis = Analysis(reading, on)
    places = places_below(organisation)
    habits = Habits(on.year, reading.layout.numbers_are_text)
    readers = [PeopleReader(sheet.table, columns, habits) for sheet in reading.sheets]
    analysis.reader = SheetsReader(readers) if len(readers) > 1 else readers[0]
    for sheet, reader in zip(reading.sheets, readers, strict=True):
        analysis.cells.append(name_cell(sheet.table, places, sheet.cell))
        people = reader.read()
        assign_cells(people, places, reader)
        checks = RowChecks(reader, rules_on(on), on)
        for person in people:
            checks.check(person)
        analysis.file_problems += wrong_totals(people, sheet.table)
        analysis.people += people
    check_rows(analysis.people, analysis.reader)
    analysis.file_problems += [problem("other_sheet", value=name) for name in reading.other_sheets]
    _plan(analysis, organisation, columns)
    analysis.decisions = for_decision(analysis.people, analysis.reader)
    return analysis


def analyse_batch(batch, columns) -> Analysis:
    """Read the stored file of a batch again, as it was chosen and on its day, and compare it with the record."""
    return analyse(read_batch(batch), organisation=batch.organisation, on=batch.as_of, columns=columns)


def read_batch(batch) -> FileReading:
    """The stored file of a batch of members, read as it was chosen."""
    return read_members(bytes(batch.content), batch.file_name, batch.mapping, restore_choices(batch.options))


def read_members(content, name, letters=None, choices=None) -> FileReading:
    """A file of members: its sheets of the same headings are one list unless somebody chose otherwise."""
    return read_file(content, name, letters=letters, choices=choices, together=True)


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
    load_history(known.people if reconciles else matched, analysis.on)
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
