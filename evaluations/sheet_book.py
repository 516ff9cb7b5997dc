"""The sheet of a cell as a workbook to fill in without a network, and read back to be compared before it is saved.

Each row carries its version and what stood in it when the workbook was taken away: a cell that nobody touched there is
left as it is now, one that was touched both there and on the page is shown with both values to choose from. A workbook
of an earlier version has fewer columns and sheets: of what it does not have it says nothing.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from config.lib.sheet_writing import Column, Table, write_rows
from config.lib.sheets import read_workbook
from config.lib.vietnamese import fold, repair
from evaluations.enums import NotRated
from evaluations.raised_book import ANSWER as ANSWERED
from evaluations.raised_book import NAME, RAISED, WHOM, RaisedBook, answer_problem
from evaluations.raised_points import raised_points_of
from evaluations.row_fields import HEAD_FIELDS, VOTES, ballot_codes, label_of
from evaluations.rules import facts_asked, number_text
from evaluations.sheet_book_parts import ATTENDED, LEADS, attendance_table, kept, leaders_tables
from evaluations.sheet_input import HEAD, SheetInput
from evaluations.year_facts import DEGREE_WORDS

CODE, ORIGIN = "Mã dòng (không sửa)", "Giá trị gốc (không sửa)"
ITEM, CONTENT = "Mục", "Nội dung"
HEADER_WITHIN = 15  # rows
REMEDIED = {"yes": "đã khắc phục", "no": "chưa khắc phục"}
YES_NO = {"yes": "có", "no": "không"}
LEVELS = ("own_level", "proposed_level")
RETURNED, ANSWER = "Ý kiến trả lại của cấp trên", "answer"
SCORED = ("tasks_total", "tasks_undone", "tasks_late", "tasks_beyond", "faults_remedied")


@dataclass(frozen=True)
class Change:
    """One field that the workbook says otherwise than the page; `clash`: it was changed on the page too."""

    key: str
    who: str
    name: str
    mine: str
    stands: str
    words: tuple[str, str]
    clash: bool

    @property
    def label(self):
        return label_of(self.name)


@dataclass
class Comparison:
    """What a workbook would change, and what of it could not be understood."""

    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @property
    def keys(self):
        return list(dict.fromkeys(change.key for change in self.changes))


class SheetBook:
    """The fields of one sheet as columns of a workbook, written and read."""

    def __init__(self, page):
        self.page, self.scale = page, page.book.scale
        self.names, self.led = self._names(), self._led()
        self.everybody = {row.key: row for row in page.rows}
        self.rows = {key: row for key, row in self.everybody.items() if row.review.is_due}
        self.raised = RaisedBook(raised_points_of(page.sheet))
        codes = {level.code: level.name for level in self.scale.levels}
        reasons = {code: str(words) for code, words in NotRated.choices}
        self.meant = dict.fromkeys(LEVELS, codes)
        self.meant |= {"not_rated_reason": reasons, "faults_remedied": REMEDIED, ATTENDED: YES_NO}
        self.meant |= {"key_targets_missed": YES_NO, "has_basic_targets": YES_NO, "lowest_degree": DEGREE_WORDS}

    def _names(self):
        votes = [f"{VOTES}{code}" for code in ballot_codes(self.page.book)]
        scored = SCORED if self.page.book.uses_points else ()
        points = ("points",) if self.page.book.uses_points else ()
        facts = facts_asked(self.page.book.rules, False)  # those of units led have a sheet of their own
        texts = ("reason", ANSWER)
        return ("own_level", *points, *votes, "blanks", "proposed_level", "not_rated_reason", *scored, *facts, *texts)

    def _led(self):
        """The facts that are asked of leaders only."""
        rules = self.page.book.rules
        return tuple(name for name in facts_asked(rules, True) if name not in facts_asked(rules, False))

    # --- writing

    def write(self):
        """The workbook of the page as it stands: people, the meeting, who came, points raised, figures of leaders."""
        columns = [Column("STT", 6), Column("Họ và tên", 28), *map(self.column, self.names), Column(RETURNED, 30)]
        hidden = [Column(CODE, 20, is_hidden=True), Column(ORIGIN, 20, is_hidden=True)]
        lines = [self._line(number, row) for number, row in enumerate(self.rows.values(), start=1)]
        head = [
            (label_of(name), self.page.head[name], f"{HEAD}:{self.page.sheet.version}:{name}", self.page.head[name])
            for name in HEAD_FIELDS
        ]
        meeting = [Column(ITEM, 28), Column(CONTENT, 40, is_open=True), *hidden]
        return write_rows(
            [
                Table("Xếp loại", [*columns, *hidden], lines, is_protected=True),
                Table("Buổi họp", meeting, head, is_protected=True),
                attendance_table(self, hidden),
                self.raised.table(hidden),
                *leaders_tables(self, hidden),
            ]
        )

    def column(self, name):
        choices = tuple(self.meant.get(name, {}).values())
        short = len(",".join(choices)) < 250  # Excel takes no longer list
        width = 26 if name in self.meant or name in ("reason", ANSWER) else 10
        return Column(label_of(name), width, is_open=True, choices=choices if short else ())

    def _line(self, number, row):
        shown, origin, note = self.told(row, self.names), kept(row, self.names), row.review.return_note
        return [number, str(row.review.member), *shown, note, f"{row.key}:{row.review.version}", origin]

    def told(self, row, names):
        return [self.written(name, row.shown[name]) for name in names]

    def written(self, name, value):
        return self.meant[name].get(value, "") if name in self.meant else value

    # --- reading

    def compare(self, content, file_name):
        """What the workbook would change; nothing is saved. `SheetError` when it is no workbook."""
        found, seen = Comparison(), set()
        for sheet in read_workbook(content, file_name).visible_sheets:
            self._read(sheet, found, seen)
        if not seen:
            found.problems.append("Không thấy dòng nào của bảng này. Hãy dùng tệp tải về từ trang này, giữ các cột.")
        self._leave_out_wrong(found)
        return found

    def _read(self, sheet, found, seen):
        header = next((row for row in list(sheet.numbered_rows())[:HEADER_WITHIN] if CODE in row[1]), None)
        if header is None:
            return
        places = {title: place for place, title in enumerate(header[1]) if isinstance(title, str)}
        for number, row in sheet.numbered_rows():
            if number <= header[0]:
                continue
            texts = {title: _text(row[place]) if place < len(row) else "" for title, place in places.items()}
            code = texts.get(CODE, "")
            if code.startswith(f"{HEAD}:"):
                self._read_head(code, texts, found, seen)
            elif code.startswith((f"{ATTENDED}:", f"{RAISED}:")):
                self._read_single(number, code, texts, found, seen)
            elif code.startswith(f"{LEADS}:"):
                self._read_row(number, code, texts, found, seen)
            elif code or texts.get("Họ và tên") or texts.get(WHOM):
                self._read_row(number, code.partition(":")[0], texts, found, seen)

    def _read_head(self, code, texts, found, seen):
        name = code.rpartition(":")[2]
        if name in HEAD_FIELDS and (HEAD, name) not in seen and CONTENT in texts:
            seen.add((HEAD, name))
            self._note(found, (HEAD, "Buổi họp"), name, texts[CONTENT], texts.get(ORIGIN, ""))

    def _read_single(self, number, code, texts, found, seen):
        """A row with one field of its own: who came to the meeting, the answer to a raised point."""
        kind, _, key = code.partition(":")
        known = self.everybody if kind == ATTENDED else self.raised.points
        name, title = (ATTENDED, label_of(ATTENDED)) if kind == ATTENDED else (NAME, ANSWERED)
        if key not in known:
            found.problems.append(f"Dòng {number}: không còn trong bảng này hoặc mất mã dòng, nên bỏ qua.")
        elif (code, name) not in seen and title in texts:
            seen.add((code, name))
            value = self._understood(name, texts[title])
            if value is None:
                words = f"Dòng {number}, {self._who(key)}: không hiểu “{texts[title][:40]}” ở cột {title}"
                found.problems.append(f"{words}; ô đó giữ như đang có.")
            else:
                self._note(found, (key, self._who(key)), name, value, texts.get(ORIGIN, ""))

    def _who(self, key):
        return str(self.everybody[key].review.member) if key in self.everybody else self.raised.who(key)

    def _stands(self, key, name):
        """What stands in a field on the page now."""
        if key == HEAD:
            return str(self.page.head[name])
        return self.raised.points[key].answer if name == NAME else str(self.everybody[key].shown[name])

    def _read_row(self, number, code, texts, found, seen):
        """A row of the people of the sheet, by their key, or of those who lead, whose code says so."""
        key = code.removeprefix(f"{LEADS}:")
        row = self.rows.get(key)
        if row is None:
            found.problems.append(f"Dòng {number}: không còn trong bảng này hoặc mất mã dòng, nên bỏ qua.")
            return
        if code in seen:
            found.problems.append(f"Dòng {number}: {row.review.member} có hai lần, chỉ lấy dòng đầu.")
            return
        seen.add(code)
        origin = _origin(texts.get(ORIGIN, ""))
        for name in self.names if code == key else self.led:
            text = texts.get(label_of(name))
            if text is None:
                continue
            value = self._understood(name, text)
            if value is None:
                found.problems.append(
                    f"Dòng {number}, {row.review.member}: không hiểu “{text[:40]}” ở cột {label_of(name)}; "
                    "ô đó giữ như đang có."
                )
                continue
            if name == "points" and row.review.is_scored:
                _leave_computed(found, number, row, value, origin.get(name))
                continue
            if name == ANSWER and not row.review.return_note and value not in (origin.get(name), row.shown[name]):
                found.problems.append(
                    f"Dòng {number}, {row.review.member}: cấp trên không trả lại dòng này nên không có gì để trả lời; "
                    "hãy ghi ở cột Lý do."
                )
                continue
            self._note(found, (key, str(row.review.member)), name, value, origin.get(name))

    def _understood(self, name, text):
        """The posted value that a cell means, None where it means nothing known."""
        if name in LEVELS and text:
            level = self.scale.level_named(text)
            return level.code if level else None
        if name == ATTENDED and not text:
            return "no"
        if name in self.meant:
            return {"": "", **{fold(words): code for code, words in self.meant[name].items()}}.get(fold(text))
        return text

    def _note(self, found, whose, name, mine, was):
        key, who = whose
        stands = self._stands(key, name)
        if mine in (was, stands):
            return
        words = (self.written(name, stands) or "–", self.written(name, mine) or "–")
        found.changes.append(Change(key, who, name, mine, stands, words, clash=stands != was))

    def _leave_out_wrong(self, found):
        """What the page itself would refuse is named, with the words of its field."""
        data = {}
        for change in found.changes:
            data |= {f"{change.key}-{change.name}": change.mine, f"{change.key}-version": "0"}
        errors = SheetInput(data, self.page.sheet).errors
        wrong = [change for change in found.changes if change.name in errors.get(change.key, {})]
        found.problems += [
            f"{change.who}, {change.label}: “{change.mine[:40]}”. {errors[change.key][change.name]}" for change in wrong
        ]
        for change in [change for change in found.changes if change.name == NAME]:
            if problem := answer_problem(change.mine):
                wrong.append(change)
                found.problems.append(f"{change.who}, {change.label}: {problem}")
        found.changes = [change for change in found.changes if change not in wrong]


def _leave_computed(found, number, row, mine, was):
    """A total that is the sum of the criteria is not taken from the workbook; typed there, it is said so."""
    if mine not in (was, row.shown["points"]):
        found.problems.append(
            f"Dòng {number}, {row.review.member}: điểm là tổng các tiêu chí đã chấm, không lấy “{mine[:40]}” từ tệp. "
            "Hãy sửa ở trang chấm điểm."
        )


def _origin(text):
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value):
    """A cell as people type it on the page."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int | float | Decimal):
        return number_text(Decimal(str(value))).replace(".", "")
    return repair(value).strip()
