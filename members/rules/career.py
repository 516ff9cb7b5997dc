"""The career has no holes (38-HD/BTCTW, I.2.2, item 21): where it has, a reason is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Gap:
    """Days that no step covers; `ended_on` is the first day that one covers again."""

    started_on: date
    ended_on: date

    @property
    def words(self) -> str:
        last = self.ended_on - timedelta(days=1)
        first, last_month = f"{self.started_on:%m/%Y}", f"{last:%m/%Y}"
        return first if first == last_month else f"từ {first} đến {last_month}"


def career_gaps(steps: Iterable[tuple[date, date | None]], on: date) -> list[Gap]:
    """Whole or partial months between the steps, and after the last one until `on`; steps are half-open periods.

    The form counts by months: a step that ends within a month and one that begins in it or in the next leave no gap.
    """
    gaps: list[Gap] = []
    covered: date | None = None
    for started_on, ended_on in sorted(steps, key=lambda step: step[0]):
        if covered and _month(started_on) > _month(covered - timedelta(days=1)) + 1:
            gaps.append(Gap(covered, started_on))
        covered = max(covered or date.min, ended_on or date.max)
        if covered == date.max:
            return gaps
    if covered and _month(on) > _month(covered - timedelta(days=1)) + 1:
        gaps.append(Gap(covered, on))
    return gaps


def _month(day: date) -> int:
    return 12 * day.year + day.month
