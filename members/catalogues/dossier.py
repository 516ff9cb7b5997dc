"""The types of papers of a member's file, as `dossier_types.toml` lists them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.lib.vietnamese import fold

_FILE = Path(__file__).with_name("dossier_types.toml")


@dataclass(frozen=True)
class PaperType:
    """One type: its official number and priority, its part of the file and its place there, what asks for it."""

    number: int
    name: str
    part: str
    place: int
    priority: int
    need: str = ""
    repeats: bool = False
    either: bool = False
    guarded: bool = False

    @property
    def order(self) -> tuple[str, int]:
        """Where it stands in the index."""
        return self.part, self.place


@cache
def _read() -> dict:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def guarded_types() -> frozenset[int]:
    """Numbers of the types of which only the keeper of a file may know."""
    return frozenset(number for number, kind in paper_types().items() if kind.guarded)


@cache
def paper_types() -> dict[int, PaperType]:
    """All types by number, in the order of the index."""
    types = [PaperType(**entry) for entry in _read()["types"]]
    return {each.number: each for each in sorted(types, key=lambda each: each.order)}


def parts() -> dict[str, str]:
    """The parts of a file by letter, in their order."""
    return dict(_read()["parts"])


def types_source() -> tuple[str, str]:
    """(certainty mark, source) of numbers, names and priorities."""
    return _read()["mark"], _read()["source"]


def bare_name(words: str) -> str:
    """Words as a part of a file name: no accents, capitals at the head of words, letters and digits alone."""
    return "".join(word[:1].upper() + word[1:] for word in _plain(words).split())


def _plain(words: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(words))
