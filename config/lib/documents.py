"""The frame of a party document: heading, number and symbol, place and date, signature block, recipients.

Sizes and places that both guides fix stand in static/css/print.css; what they leave open, or differ in, stands in the
dated rule sets of topic document_style beside this file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from config.lib.pdf import render_pdf
from config.lib.rulesets import RuleFile, Rules, discover, typed, with_overrides
from config.lib.vietnamese import place_tone

TOPIC = "document_style"
TEMPLATE = "documents/frame.html"
BLANK = "\N{NO-BREAK SPACE}" * 6
DOTS = "…………"
LETTER, SUBMISSION = "CV", "TTr"
AS_ABOVE = "Như trên"


@dataclass(frozen=True, kw_only=True)
class DocumentStyle(Rules):
    """How documents look where the guide in force leaves a choice; sizes in points, widths in millimetres."""

    recipients_separator: str
    submission_salutation: str
    letter_salutation: str
    symbol_quy_dinh: str
    last_basis_mark: str
    tone_mark_place: str
    line_height_pt: int
    body_size_pt: int
    kind_size_pt: int
    abstract_size_pt: int
    signature_lines: int
    head_left_mm: int
    two_sided: bool

    def css(self) -> str:
        """What a document adds to print.css."""
        sizes = {
            "line-height": f"{self.line_height_pt}pt",
            "body-size": f"{self.body_size_pt}pt",
            "kind-size": f"{self.kind_size_pt}pt",
            "abstract-size": f"{self.abstract_size_pt}pt",
            "signature-gap": f"{self.signature_lines * self.line_height_pt}pt",
            "head-left": f"{self.head_left_mm}mm",
        }
        return ":root{" + "".join(f"--{name}:{size};" for name, size in sizes.items()) + "}"


@cache
def style_files() -> tuple[RuleFile, ...]:
    """The rule sets of topic document_style by date."""
    return tuple(found for found in discover(Path(__file__).parent) if found.topic == TOPIC)


def style_on(day: date, overrides: dict[str, Any] | None = None) -> DocumentStyle:
    """The style in force on the day a document was made (the oldest known before), with a committee's choices."""
    in_force = [found for found in style_files() if found.effective_on <= day] or style_files()[:1]
    return typed(DocumentStyle, with_overrides(in_force[-1].keys, overrides or {}))


@dataclass(frozen=True, kw_only=True)
class DocumentFrame:
    """One document around its body; lines of the heading as they print, "\\n" where they break."""

    issuing_line: str
    type_code: str
    symbol: str
    style: DocumentStyle
    superior_line: str = ""
    number: int | None = None
    place: str = ""
    dated: date | None = None
    year: int | None = None  # of a draft
    type_name: str = ""
    abstract: str = ""
    draft_note: str = ""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    position: str = ""
    signer: str = ""
    left_position: str = ""  # minutes: the taker signs on the left
    left_signer: str = ""
    recipients: tuple[str, ...] = ()
    is_numbered: bool = True  # a list that is certified only has no number of its own

    @property
    def number_line(self) -> str:
        if not self.is_numbered:
            return ""
        return number_and_symbol(self.type_code, self.symbol, self.number)

    @property
    def date_line(self) -> str:
        return place_and_date(self.place, self.dated, year=self.year)

    @property
    def is_letter(self) -> bool:
        """A công văn has no type name and carries its abstract under the number."""
        return self.type_code == LETTER

    @property
    def is_minutes(self) -> bool:
        return bool(self.left_position)

    @property
    def salutation(self) -> str:
        """ "Kính gửi" or "Kính trình", empty where the document has no addressee of its own."""
        if not self.addressees:
            return ""
        return self.style.submission_salutation if self.type_code == SUBMISSION else self.style.letter_salutation

    @property
    def authority_line(self) -> str:
        return place_tone(self.authority, self.style.tone_mark_place)

    @property
    def recipient_lines(self) -> list[str]:
        """Lines with their dash and mark: the guide's separator after each, a full stop after the last."""
        names = ([AS_ABOVE] if self.addressees else []) + list(self.recipients)
        return list(_listed(names, self.style.recipients_separator, "."))

    @property
    def addressee_lines(self) -> list[str]:
        """One addressee follows the salutation; several stand below it, each with a dash."""
        if len(self.addressees) == 1:
            return list(self.addressees)
        return list(_listed(self.addressees, self.style.recipients_separator, "."))

    def basis_lines(self, bases: list[str]) -> list[str]:
        """Căn cứ: a dash before each, a semicolon after each, the guide's mark after the last."""
        return list(_listed(bases, ";", self.style.last_basis_mark))


def _listed(names: Any, separator: str, last: str) -> Iterator[str]:
    for place, name in enumerate(names, start=1):
        yield f"- {name.rstrip(' ,;.')}{last if place == len(names) else separator}"


def number_and_symbol(type_code: str, symbol: str, number: int | None = None) -> str:
    """ "Số 05-BC/ĐU"; without a number the blank of a draft, "Số      -BC/ĐU", in no-break spaces."""
    written = f" {number:02d}" if number is not None else BLANK
    return f"Số{written}-{type_code}/{symbol}"


def place_and_date(place: str, dated: date | None, *, year: int | None = None) -> str:
    """ "Cà Mau, ngày 03 tháng 02 năm 2026": zero before days below 10 and months below 3; a draft keeps them blank."""
    where = place or DOTS
    if dated is None:
        return f"{where}, ngày{BLANK}tháng{BLANK}năm {year or BLANK}".rstrip()
    month = f"{dated.month:02d}" if dated.month < 3 else str(dated.month)
    return f"{where}, ngày {dated.day:02d} tháng {month} năm {dated.year}"


def citation(type_name: str, symbol: str, dated: date, body: str, abstract: str = "") -> str:
    """First mention: "Quy định số 66-QĐ/TW, ngày 06/02/2017 của Ban Bí thư về …"; later ones by `short_citation`."""
    about = f" {abstract}" if abstract else ""
    return f"{type_name} số {symbol}, ngày {dated:%d/%m/%Y} của {body}{about}"


def short_citation(type_name: str, symbol: str) -> str:
    """Later mention: type and number only."""
    return f"{type_name} số {symbol}"


def render_document(
    frame: DocumentFrame, context: dict, *, dated: date, template: str = TEMPLATE, data: tuple[str, bytes] | None = None
) -> bytes:
    """A document as PDF; the template extends documents/frame.html, `dated` is the as-of day of its figures."""
    return render_pdf(template, {**context, "frame": frame}, dated=dated, css=frame.style.css(), attachment=data)
