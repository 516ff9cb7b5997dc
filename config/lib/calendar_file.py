"""A calendar file (RFC 5545) of whole-day entries: CRLF, UTF-8, lines of 75 octets; its bytes depend on data alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//party-records//VI"
LONGEST = 75  # octets of a line without its end


@dataclass(frozen=True)
class CalendarEntry:
    """One day in a calendar; `stamp` is the day of the data behind it, `alarms` are days before at which it reminds."""

    uid: str
    day: date
    stamp: date
    title: str
    text: str = ""
    url: str = ""
    alarms: tuple[int, ...] = ()


def calendar_file(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The file that calendar programs read, in the order of `entries`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line)).encode()


def fold(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, the later ones led by a space, no letter cut in two."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part


def _event(entry: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{entry.stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield "TRANSP:TRANSPARENT"
    for days in entry.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}", f"TRIGGER:-P{days}D")
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")
