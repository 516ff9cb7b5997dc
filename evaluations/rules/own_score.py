"""The member's own points: one truth for the written review, the scoring page and the sheet (366-QĐ/TW, Điều 10)."""

from dataclasses import dataclass
from decimal import Decimal

from evaluations.rules.figures import number_text

SCORED, WRITTEN, SHEET = "scored", "written", "sheet"
PLACES = {SCORED: "trang chấm điểm", WRITTEN: "bản kiểm điểm", SHEET: "bảng xếp loại"}


@dataclass(frozen=True)
class Groups:
    """The points of the two groups of criteria; None while a group is not whole."""

    general: Decimal | None
    results: Decimal | None

    @property
    def total(self) -> Decimal | None:
        return None if self.general is None or self.results is None else self.general + self.results

    @property
    def text(self) -> str:
        parts = ("…" if points is None else number_text(points) for points in (self.general, self.results))
        return " + ".join(parts) + ("" if self.total is None else f" = {number_text(self.total)}")


@dataclass(frozen=True)
class Stored:
    """What stands in one place, in words."""

    place: str
    text: str

    @property
    def place_words(self) -> str:
        return PLACES[self.place]


@dataclass(frozen=True)
class OwnScore:
    """The points that count, and the place that they come from ("" while there are none).

    `differing` names what was stored in more than one place before there was one truth: a person chooses.
    """

    place: str
    groups: Groups
    total: Decimal | None
    differing: tuple[Stored, ...] = ()

    @property
    def difference(self) -> str:
        """The stored values by place, "trang chấm điểm 28 + 60 = 88; bản kiểm điểm 27 + 60 = 87"."""
        return "; ".join(f"{each.place_words} {each.text}" for each in self.differing)


NOTHING = Groups(None, None)


def own_score(*, scored: Groups | None, written: Groups | None, sheet: Decimal | None) -> OwnScore:
    """The truth among what is stored: points scored, else those kept with the written review, else the sheet's total.

    `scored` is None while nothing was scored, `written` where no earlier version kept points with the review; `sheet`
    is the total typed there, None where it is computed.
    """
    if scored is not None:
        differs = written is not None and written != scored
        return OwnScore(SCORED, scored, scored.total, _both(SCORED, scored.text, written) if differs else ())
    if written is not None:
        differs = sheet is not None and written.total != sheet
        differing = _both(SHEET, number_text(sheet or 0), written) if differs else ()
        return OwnScore(WRITTEN, written, written.total, differing)
    return OwnScore(SHEET if sheet is not None else "", NOTHING, sheet)


def _both(place: str, text: str, written: Groups | None) -> tuple[Stored, ...]:
    return Stored(place, text), Stored(WRITTEN, written.text if written else "")
