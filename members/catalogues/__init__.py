"""Code lists that grow by a file and not by a release: ethnic groups, religions, occupations."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.lib.vietnamese import fold

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One value: the slug that is stored, the name that is printed, its number in the official list, spellings."""

    code: str
    name: str
    number: str = ""
    aliases: tuple[str, ...] = ()


@cache
def catalogue(name: str) -> dict[str, Entry]:
    """The entries of `ethnic`, `religion` or `occupation` by code, in the official order."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        entries = tomllib.load(file)["entries"]
    return {entry["code"]: Entry(**{**entry, "aliases": tuple(entry.get("aliases", ()))}) for entry in entries}


@cache
def age_bands() -> dict[str, dict]:
    """Age bands by code: `name`, `least` and `most` full years, either of which may be absent."""
    with (_FOLDER / "age_bands.toml").open("rb") as file:
        return {band["code"]: band for band in tomllib.load(file)["bands"]}


def choices(name: str) -> list[tuple[str, str]]:
    """(code, printed name) in the official order, for a list to choose from."""
    return [(entry.code, entry.name) for entry in catalogue(name).values()]


def printed(name: str, code: str) -> str:
    """The printed name of a stored code; an unknown code is shown as it stands."""
    entry = catalogue(name).get(code)
    return entry.name if entry else code


@cache
def _spellings(name: str) -> dict[str, str]:
    return {
        _bare(spelling): entry.code
        for entry in catalogue(name).values()
        for spelling in (entry.name, entry.code, *entry.aliases)
    }


def code_named(name: str, text: str) -> str | None:
    """The code of a value as people write it: capitals, accents, hyphens and apostrophes do not matter."""
    return _spellings(name).get(_bare(text))


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
