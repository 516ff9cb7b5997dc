"""Lists typed in the fonts of before Unicode (.VnTime, VNI-Times): recognised column by column, decoded as agreed."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice

from config.lib.sheet_fonts import TCVN3_CAPITALS
from config.lib.sheet_model import Sheet
from config.lib.vietnamese import decode_legacy, looks_legacy, wrong_words

ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
SAMPLE_ROWS, SAMPLE, SHOWN = 200, 300, 3
MIXED_FROM = 0.2  # of the cells that can be told: below, the old letters are the exception
# Latin letters and signs that Unicode Vietnamese never needs and the old fonts use at every turn.
TELLING = re.compile("[¡-¬\xad®-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöø÷ûüþÿ]")
_BEYOND_LATIN = re.compile("[^\x00-\xff]")
_NO_CAPITAL = set("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")  # of TCVN3


@dataclass(frozen=True)
class ColumnFont:
    """What one column is typed in as far as can be told: `sure` when its own letters or its font say so."""

    encoding: str
    cells: int
    sure: bool = True
    samples: tuple[tuple[str, str], ...] = ()


@dataclass
class _Column:
    """Texts with marks of one column: those that may be old letters by row, how many are Unicode beyond doubt."""

    old: list[tuple[int, str]] = field(default_factory=list)
    modern: int = 0


@dataclass
class SheetFonts:
    """The old fonts of one sheet: its rows as typed, what each column is proposed to be and what was chosen."""

    sheet: Sheet
    typed: list[list]
    proposed: dict[int, ColumnFont]
    chosen: dict[int, str]

    @property
    def answers(self):
        """{column: encoding} of every column that was asked about, empty where it stays as typed."""
        return {column: self.chosen.get(column, "") for column in self.proposed.keys() | self.chosen.keys()}

    def choose(self, chosen: dict[int, str], *, below: int):
        """Read the rows below the header as somebody chose: {column: encoding or ""}; other columns stay as typed."""
        former, self.chosen = self.chosen, {column: encoding for column, encoding in chosen.items() if encoding}
        for column in former.keys() | self.chosen.keys():
            if former.get(column) != self.chosen.get(column):
                self._read_again(column, below)

    def _read_again(self, column, below):
        typed, at = self.typed, column - 1
        for place in [each for each in self.sheet.doubtful_texts if each[1] == column]:
            del self.sheet.doubtful_texts[place]
        rows = [row[at : at + 1] for row in typed]
        if column in self.chosen:
            rows = _decoded_column(self.sheet, typed, column, self.chosen[column])
        if self.sheet.rows is typed:
            self.sheet.rows = [list(row) for row in typed]
        for row, cells in zip(self.sheet.rows[below:], rows[below:], strict=True):
            row[at : at + 1] = cells


def read_fonts(sheet: Sheet) -> SheetFonts:
    """Propose an encoding for every column in old letters and read the sheet by it; the usual sheet has none."""
    typed = sheet.rows
    proposed = _propose(sheet) if sheet.old_fonts or _has_old_letters(sheet) else {}
    fonts = SheetFonts(sheet, typed, proposed, {})
    fonts.choose({column: font.encoding for column, font in proposed.items()}, below=0)
    return fonts


def one_cell(text: str) -> str:
    """What a single cell in old letters says, empty for any other cell."""
    if text.isascii() or not TELLING.search(text):
        return ""
    encoding = looks_legacy(text)
    return decoded(text, encoding) if encoding else ""


def decoded(text: str, encoding: str) -> str:
    """Text in Unicode; TCVN3 has no capital vowels with marks, so that names get theirs back: ánh as Ánh."""
    if encoding == TCVN3_CAPITALS:
        return decode_legacy(text, "tcvn3").upper()
    found = decode_legacy(text, encoding)
    return _with_initials(found) if encoding == "tcvn3" else found


def _with_initials(text):
    words = text.split(" ")
    initials = [word[0] for word in words if word]
    typed = [letter for letter in initials if letter not in _NO_CAPITAL and letter.isalpha()]
    if len(typed) == len(initials) or not typed or not all(letter.isupper() for letter in typed):
        return text
    return " ".join(word[0].upper() + word[1:] if word and word[0] in _NO_CAPITAL else word for word in words)


def _has_old_letters(sheet):
    """Whether some of the first and some of the other rows, evenly spread, hold letters that tell."""
    step = max(1, len(sheet.rows) // SAMPLE_ROWS)
    rows = (*sheet.rows[:60], *islice(sheet.rows, 60, None, step))
    marked = [value for row in rows for value in row if isinstance(value, str) and not value.isascii()]
    return bool(TELLING.search("\n".join(marked))) or bool(looks_legacy(" ".join(marked[:SAMPLE])))


# --- proposing -------------------------------------------------------------------------------------------------------


def _propose(sheet):
    columns = _columns(sheet)
    found = {at: encoding for at, column in columns.items() if (encoding := _encoding_of(sheet, at, column))}
    if not found:
        return {}
    weights = Counter()
    for at, encoding in found.items():
        weights[encoding] += len(columns[at].old)
    usual = weights.most_common(1)[0][0]
    proposed = {at: _font(sheet, columns[at], at, encoding) for at, encoding in found.items()}
    is_old = sum(weights.values()) > sum(column.modern for column in columns.values())
    for at, column in columns.items():
        if is_old and at not in found and column.old and not column.modern and _may_be(column, usual):
            proposed[at] = _font(sheet, column, at, usual, sure=False)
    return dict(sorted(proposed.items()))


def _columns(sheet):
    columns = defaultdict(_Column)
    for number, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row, start=1):
            if isinstance(value, str) and not value.isascii():
                if _BEYOND_LATIN.search(value):
                    columns[at].modern += 1
                else:
                    columns[at].old.append((number, value))
    return columns


def _encoding_of(sheet, at, column):
    """By the font of most of its cells, else by what its words become."""
    for encoding, places in sheet.old_fonts.items():
        in_font = sum(1 for row, _ in column.old if (row, at) in places)
        if in_font and in_font * 2 >= len(column.old):
            return "tcvn3" if encoding == TCVN3_CAPITALS else encoding
    texts = list(dict.fromkeys(text for _, text in column.old))
    return looks_legacy(" ".join(texts[:SAMPLE])) if texts else None


def _may_be(column, encoding):
    """Whether the words of a column that is right as it stands are right in the encoding of the others too."""
    text = " ".join(islice(dict.fromkeys(text for _, text in column.old), SAMPLE))
    meant = decode_legacy(text, encoding)
    return meant != text and wrong_words(meant) <= wrong_words(text)


def _font(sheet, column, at, encoding, *, sure=True):
    texts = list(dict.fromkeys(text for _, text in column.old))
    samples = tuple((text[:60], decoded(text, encoding)[:60]) for text in texts[-SHOWN:])
    return ColumnFont(encoding, len(column.old), sure, samples)


# --- decoding --------------------------------------------------------------------------------------------------------


def _decoded_column(sheet, typed, at, encoding):
    """The cells of one column by row, each in a list; doubtful ones are noted in the sheet."""
    texts = [row[at - 1] if at <= len(row) else None for row in typed]
    is_mixed = _is_mixed(texts)
    found = []
    for row, text in enumerate(texts, start=1):
        value = text
        if isinstance(text, str) and not text.isascii() and not _BEYOND_LATIN.search(text):
            value, doubt = _one(text, _by_font(sheet, (row, at)), encoding, is_mixed)
            if doubt:
                sheet.doubtful_texts[row, at] = (doubt, text)
        found.append([value] if at <= len(typed[row - 1]) else [])
    return found


def _is_mixed(texts):
    """0 for a column without Unicode; else the share of old letters among the cells that can be told."""
    marked = [text for text in texts if isinstance(text, str) and not text.isascii()]
    modern = sum(1 for text in marked if _BEYOND_LATIN.search(text))
    if not modern:
        return 0
    old = sum(1 for text in marked if not _BEYOND_LATIN.search(text) and wrong_words(text))
    return old / (old + modern) if old else 0.001


def _by_font(sheet, place):
    return next((encoding for encoding, places in sheet.old_fonts.items() if place in places), "")


def _one(text, font, encoding, mixed):
    """(text in Unicode, code of what is doubtful)."""
    if font and font.split("_")[0] == encoding:
        found = decoded(text, font)
    elif mixed and not wrong_words(text):
        return text, "old_font_mixed" if mixed >= MIXED_FROM else ""
    else:
        found = decoded(text, encoding)
    return found, "old_font_unclear" if wrong_words(found) else ""
