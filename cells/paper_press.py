"""From a filled paper to one with its head, number, day and signature, as PDF and Word print it."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

from cells.frames import Letterhead
from config.lib.documents import DocumentStyle, number_and_symbol, place_and_date, style_on
from config.lib.paper_lines import Block

PARTY, LETTER = "ĐẢNG CỘNG SẢN VIỆT NAM", "CV"
ON_BEHALF = "T/M"
INCOMPLETE = "BẢN CHƯA ĐỦ THÔNG TIN: thiếu {what}."
NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper as it prints; `head` None stands on a person's own paper, `title_right` over its right column."""

    kind: Any  # of the catalogue of an app
    warning: str
    head: Letterhead | None
    number: str
    dated: str
    abstract: str
    letter_abstract: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    authority: str
    position: str
    signer: str
    left_authority: str
    left_signer: str
    style: DocumentStyle
    code: str = ""
    title_right: str = PARTY

    @property
    def name(self):
        """The name in capitals under which the paper goes; a letter has none."""
        return self.kind.title

    @property
    def salutation(self):
        return self.style.letter_salutation


class Press(ABC):
    """Head and signature of the papers of one kind, read once; an app says who issues them and who signs."""

    paper_class = Paper

    def __init__(self, kind, rows, head):
        self.kind, self.rows, self.on, self.head = kind, rows, rows.on, head
        self.style = style_on(rows.on)

    @abstractmethod
    def has_head(self):
        """Whether a body issues it, so that its heading stands on top."""

    @abstractmethod
    def signs(self, filled):
        """(on whose behalf, position, name)."""

    def recipients(self, filled):
        """Who receives it; whom the paper addresses stands first."""
        return [*(["Như trên"] if filled.to else []), *filled.recipients]

    def paper(self, filled, **more):
        """The filled paper as it prints; `more` are fields that only the app's papers have."""
        is_letter = self.kind.type == LETTER
        authority, position, signer = self.signs(filled)
        return self.paper_class(
            kind=self.kind,
            warning=INCOMPLETE.format(what=", ".join(filled.missing)) if filled.missing else "",
            head=self.head if self.has_head() else None,
            number=self._number(filled),
            dated=place_and_date(self.head.place, filled.dated, year=self.on.year),
            abstract="" if is_letter else filled.abstract,
            letter_abstract=filled.abstract if is_letter else "",
            addressees=filled.to,
            blocks=tuple(self._marked(filled.blocks)),
            recipients=self._listed(self.recipients(filled)),
            authority=authority,
            position=position,
            signer=signer,
            left_authority=self.kind.left,
            left_signer=filled.left_signer,
            style=self.style,
            **more,
        )

    def _marked(self, blocks):
        """Bases end in a semicolon, the last one in the guide's mark."""
        bases = [block for block in blocks if block.kind == "basis"]
        for block in blocks:
            if block.kind == "basis":
                mark = self.style.last_basis_mark if block is bases[-1] else ";"
                yield replace(block, text=f"{block.text}{mark}")
            else:
                yield block

    def _number(self, filled):
        if not self.kind.type:
            return ""
        if not filled.number:
            return number_and_symbol(self.kind.type, self.head.symbol)
        if NUMBER.fullmatch(filled.number):
            return number_and_symbol(self.kind.type, self.head.symbol, int(filled.number))
        if re.search(r"[-/]", filled.number):
            return f"Số {filled.number}"
        return f"Số {filled.number}-{self.kind.type}/{self.head.symbol}"

    def _listed(self, names):
        mark = self.style.recipients_separator
        return tuple(f"- {name}{'.' if at == len(names) else mark}" for at, name in enumerate(names, start=1))
