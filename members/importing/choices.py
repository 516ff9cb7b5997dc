"""How somebody wants a file to be read: which sheets, their columns and old fonts, the cell of a sheet without one."""

from dataclasses import dataclass, field, replace

from config.lib.sheet_model import column_index, column_letter
from members.importing.legacy import ENCODINGS
from members.importing.mapping import to_letters

NAMED = 3  # suppositions that a refusal names


@dataclass(frozen=True)
class SheetChoice:
    """One sheet to be read; None leaves the columns or the fonts to what is proposed."""

    name: str
    letters: dict[str, str] | None = None
    fonts: dict[str, str] | None = None  # by the letter of the column; empty: as typed
    cell: str = ""

    @property
    def fonts_by_column(self):
        return None if self.fonts is None else {column_index(letter): name for letter, name in self.fonts.items()}

    def as_json(self):
        return {"name": self.name, "letters": self.letters, "fonts": self.fonts, "cell": self.cell}


@dataclass(frozen=True)
class Choices:
    """The sheets in their order, and whether somebody has agreed to everything that the reading only supposes."""

    sheets: tuple[SheetChoice, ...] = ()
    agreed: bool = False
    questions: tuple[str, ...] = field(default=())

    def with_letters(self, former, letters):
        """The same with other columns in the sheets that were read by the former ones."""
        sheets = [replace(each, letters=letters) if each.letters == former else each for each in self.sheets]
        return replace(self, sheets=tuple(sheets))

    @property
    def are_open(self):
        """Whether something is supposed to which nobody has agreed."""
        return bool(self.questions) and not self.agreed

    def as_json(self):
        sheets = [each.as_json() for each in self.sheets]
        return {"sheets": sheets, "agreed": self.agreed, "questions": list(self.questions)}


def restore_choices(stored) -> Choices:
    """Choices as a batch keeps them."""
    sheets = tuple(SheetChoice(**each) for each in stored.get("sheets", ()))
    return Choices(sheets, stored.get("agreed", False), tuple(stored.get("questions", ())))


def unlooked(choices: Choices) -> str:
    """Why a file is not written whose suppositions nobody has looked at; empty when there are none."""
    if not choices.are_open:
        return ""
    named = "; ".join(choices.questions[:NAMED])
    more = f"; và {len(choices.questions) - NAMED} chỗ khác" if len(choices.questions) > NAMED else ""
    return (
        f"Chưa ghi: tệp có chỗ phần mềm chỉ đoán mà chưa ai xem ({named}{more}). "
        "Hãy mở bước Cột, xem mẫu trước và sau, rồi bấm Kiểm tra tệp."
    )


def fonts_as_letters(fonts):
    """{column: encoding} as it is kept."""
    return {column_letter(column): encoding for column, encoding in fonts.items()}


def questions_of(reading, cells=()) -> tuple[str, ...]:
    """What a reading supposes without being told, in sentences; `cells` are those supposed for its sheets."""
    found = []
    for at, sheet in enumerate(reading.sheets):
        header = sheet.table.header
        place = f"Trang “{sheet.name}”, c" if len(reading.sheets) > 1 else "C"
        for column, encoding in sorted(sheet.fonts.chosen.items()):
            heading = header.headings.get(column, "")
            found.append(f"{place}ột {column_letter(column)} {heading}: chữ của phông cũ {ENCODINGS[encoding]}".strip())
        read_as = {column: name for name, column in sheet.table.fields.items()}
        for column, why in sorted(header.supposed.items()):
            if read_as.get(column) and read_as.get(column) == _proposed(header, column):
                found.append(f"{place}ột {column_letter(column)} {header.headings[column]}: đọc {why}")
        if at < len(cells) and cells[at]:
            found.append(f"Trang “{sheet.name}”: mọi người thuộc {cells[at]}")
    return tuple(found)


def _proposed(header, column):
    return next((name for name, at in header.fields.items() if at == column), None)


def choices_of(reading, cells=(), *, agreed=False) -> Choices:
    """A reading as it is kept with its batch."""
    sheets = tuple(
        SheetChoice(sheet.name, to_letters(sheet.table.fields), fonts_as_letters(sheet.fonts.chosen), sheet.cell)
        for sheet in reading.sheets
    )
    return Choices(sheets, agreed, () if agreed else questions_of(reading, cells))
