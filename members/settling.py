"""Whether what was typed on a page may be written over what stands, when another page may have been faster.

A standing row has a key; a page sends the key of the row that it had read. Corrections void a row and add one, so a key
that is no longer the standing one means that somebody wrote in between.
"""

from dataclasses import dataclass
from typing import Any

from config.lib.workflow import NotAllowed

SAME, WRITE, KEEP, CLASH = "same", "write", "keep", "clash"


@dataclass(frozen=True)
class Clash:
    """Somebody else wrote `theirs` where `mine` was typed; both in words."""

    key: Any
    label: str
    mine: str
    theirs: str


class Stale(NotAllowed):
    """Nothing was written: the page is older than what stands. `clashes` say where, `version` is that of the head."""

    def __init__(self, clashes, version=1):
        super().__init__("Chưa lưu: có chỗ vừa được người khác ghi sau khi đồng chí mở trang này.")
        self.clashes, self.version = clashes, version


def settle(typed, current, *, seen_key, seen=None):
    """What to do with `typed`; `current` is (key, value) or None, `seen` the value that the page had read."""
    key, value = current or (None, None)
    if typed == value:
        return SAME
    if key == seen_key:
        return WRITE
    return KEEP if typed == seen else CLASH
