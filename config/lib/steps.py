"""How one step of a matter is kept, whatever the matter: its own day, and never before the step that led to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from config.lib.workflow import NotAllowed

EARLIER = "Ngày {on:%d/%m/%Y} trước bước “{step}” ngày {last:%d/%m/%Y}. Hãy kiểm tra lại ngày."


@dataclass(frozen=True)
class Taken:
    """The day of a step, the body that acts, its document, what is noted; an app adds what its steps keep besides."""

    on: date
    organisation: Any
    document: str = ""
    note: str = ""


@dataclass(frozen=True)
class ActEntry:
    """A step without a vote: its day, the paper, what there is to say."""

    on: date
    document: str = ""
    note: str = ""


def locked(rows, row, gone):
    """The standing row, locked until the end of the transaction; NotAllowed (`gone`) when it was voided meanwhile."""
    found = rows.standing().select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotAllowed(gone)
    return found


def last_step(steps):
    """The step that led to where a matter is; None before the first one."""
    return steps.standing().order_by("on", "id").last()


def refuse_earlier(on, step, last):
    """NotAllowed for a day before the day of a step, which is named."""
    if on < last:
        raise NotAllowed(EARLIER.format(on=on, step=step, last=last))
