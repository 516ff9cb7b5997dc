"""What a list says beside its columns and a person must decide: notes, requests for deletion."""

import tomllib
from functools import cache
from pathlib import Path

from config.lib.vietnamese import fold
from members.importing.people import PeopleReader, PersonRow

_FILE = Path(__file__).parent.parent / "catalogues" / "notes.toml"
DELETION = ("deletion", "Đề nghị xóa: kiểm tra rồi ghi lý do ra khỏi danh sách; phần mềm không xóa người.")


@cache
def _beginnings():
    with _FILE.open("rb") as file:
        notes = tomllib.load(file)["notes"]
    found = [(fold(words), note["kind"], note["act"]) for note in notes for words in note["words"]]
    return sorted(found, key=lambda each: -len(each[0]))


def for_decision(people: list[PersonRow], reader: PeopleReader) -> list[dict]:
    """Notes that state what belongs in fields, by row: kind, words as written, what to do."""
    return [
        {
            "row": person.row,
            "column": reader.of(person.line).letters.get(field),
            "name": person.name,
            "kind": kind,
            "written": written,
            "act": act,
        }
        for person in people
        for field, kind, written, act in _said(person)
    ]


def _said(person):
    if note := person.values.get("note"):
        folded = fold(note)
        for beginning, kind, act in _beginnings():
            if folded.startswith(beginning):
                yield "note", kind, note, act
                break
    if person.values.get("delete"):
        yield "delete", DELETION[0], "Có", DELETION[1]
