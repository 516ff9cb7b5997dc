"""Lines of the timeline, and what its reader may see."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.periods import Precision


@dataclass(frozen=True)
class Event:
    """One line of the timeline; a voided one stays readable with its reason."""

    on: date
    title: str
    text: str = ""
    precision: str = Precision.DAY
    icon: str = "circle-fill"
    actor: str = ""
    url: str = ""
    voided: bool = False


@dataclass(frozen=True)
class Sight:
    """What the reader may see of a member beside the plain record."""

    sensitive: bool = False
    sanctions: bool = False
    corrections: bool = False
    edits: bool = False
    imports: bool = False
    transfers: tuple[str, ...] = ()  # paths below which the reader sees moves
    endings: bool = False
    suspends: bool = False


def void_words(row):
    return f"đã hủy bỏ: {row.void_reason}" if row.voided_at else ""


def until_words(ended_on):
    return f"đến hết {ended_on - timedelta(days=1):%d/%m/%Y}" if ended_on else ""


def joined(*parts):
    return " · ".join(part for part in parts if part)
