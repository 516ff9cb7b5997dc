"""Which cell a list means: cells of different bases share names, so a cell is known with its base."""

import re
from collections import defaultdict
from dataclasses import dataclass

from config.lib.vietnamese import fold

_SIGNS = re.compile(r"[^a-z0-9]+")
_SHORT = {"cb": "chi bo", "db": "dang bo", "du": "dang uy", "p": "phuong", "tp": "thanh pho"}


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation in which members take part directly, with the one above it."""

    id: int
    name: str
    base: str
    code: str

    @property
    def label(self):
        """ "Chi bộ Khóm 1 - Đảng bộ Phường 5", a chi bộ cơ sở by its own name."""
        return f"{self.name} - {self.base}" if self.base else self.name


class Places:
    """The cells within the scope of an import, by the ways in which lists write them."""

    def __init__(self, places):
        self.by_id = {place.id: place for place in places}
        self._keys = defaultdict(set)
        self._codes = {re.sub(r"\D", "", place.code): place.id for place in places if place.code}
        self._found = {}
        for place in places:
            for words in {place.name, f"{place.name} {place.base}", f"{place.base} {place.name}"}:
                self._keys[_key(words)].add(place.id)

    def find(self, cell, base=""):
        """The id of the cell; None when there is no such cell or more than one."""
        asked = (cell, base)
        if asked not in self._found:
            self._found[asked] = self._find(cell, base)
        return self._found[asked]

    def _find(self, cell, base):
        code = re.sub(r"[\s.]", "", cell)
        if code in self._codes:
            return self._codes[code]
        if not cell and not base:
            return next(iter(self.by_id)) if len(self.by_id) == 1 else None
        found = self._keys.get(_key(f"{cell} {base}"), ())
        return next(iter(found)) if len(found) == 1 else None


def _key(text):
    words = _SIGNS.sub(" ", fold(text)).split()
    return " ".join(_SHORT.get(word, word) for word in words)
