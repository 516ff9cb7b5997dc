"""From a filled paper to one with its head, number, day and signature, as PDF and Word print it."""

import re
from dataclasses import dataclass, replace

from cells.frames import Letterhead
from config.lib.documents import DocumentStyle, number_and_symbol, place_and_date, style_on
from discipline.enums import Handler, State
from discipline.printed.catalogue import Kind
from discipline.printed.filling import Block, fill
from discipline.printed.heads import CELL, COMMISSION, Issuer, head_of, signer_of

PARTY, MINUTES, LETTER = "ĐẢNG CỘNG SẢN VIỆT NAM", "BB", "CV"
ON_BEHALF = "T/M"
INCOMPLETE = "BẢN CHƯA ĐỦ THÔNG TIN: thiếu {what}."
BEFORE_THE_UPPER = (State.PROPOSED, State.UPPER_VERIFY, State.UPPER_VOTE, State.DECIDED_UPPER)
# What says that a text carries a mark of secrecy; in capitals only, so that a name or a word of every day is none.
MARK = re.compile(r"TUYỆT MẬT|TỐI MẬT|\(MẬT\)|(?:dấu|độ) MẬT|[Đđ]ộ mật: ?[Mm]ật")


class MarkedSecret(ValueError):
    """A text of the case carries a mark of secrecy: the paper is not made."""


@dataclass(frozen=True)
class Paper:
    """One paper as it prints; `head` None stands on a person's own paper."""

    kind: Kind
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


def papers_of(kind, rows):
    """The papers of a kind for one case; `MarkedSecret` when a text carries a mark of secrecy."""
    press = _Press(kind, rows)
    papers = [press.paper(filled) for filled in fill(kind, rows)]
    for paper in papers:
        if any(MARK.search(text) for text in _texts(paper)):
            raise MarkedSecret
    return papers


def _texts(paper):
    yield from (paper.abstract, paper.number, *paper.addressees)
    for block in paper.blocks:
        yield block.text
        for row in block.rows:
            yield row if isinstance(row, str) else " ".join(row)


class _Press:
    """Head and signature of the papers of one kind, read once."""

    def __init__(self, kind, rows):
        self.kind, self.rows, self.on = kind, rows, rows.on
        self.issuer = _issuer(kind, rows) if kind.issuer else Issuer(rows.case.cell, CELL)
        self.head = head_of(self.issuer, rows.on, fallback=rows.case.organisation)
        self.style = style_on(rows.on)

    def paper(self, filled):
        has_head = bool(self.kind.issuer)
        authority, position, signer = self._signs(filled)
        return Paper(
            kind=self.kind,
            warning=INCOMPLETE.format(what=", ".join(filled.missing)) if filled.missing else "",
            head=self.head if has_head else None,
            number=self._number(filled),
            dated=place_and_date(self.head.place, filled.dated, year=self.on.year),
            abstract="" if self.kind.type == LETTER else filled.abstract,
            letter_abstract=filled.abstract if self.kind.type == LETTER else "",
            addressees=filled.to,
            blocks=tuple(self._marked(filled.blocks)),
            recipients=self._recipients(filled),
            authority=authority,
            position=position,
            signer=signer,
            left_authority=self.kind.left,
            left_signer=filled.left_signer,
            style=self.style,
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
        if filled.number.isdigit() and len(filled.number) <= 6:
            return number_and_symbol(self.kind.type, self.head.symbol, int(filled.number))
        if re.search(r"[-/]", filled.number):
            return f"Số {filled.number}"
        return f"Số {filled.number}-{self.kind.type}/{self.head.symbol}"

    def _signs(self, filled):
        """(on whose behalf, position, name); who is typed in the case signs, else the head of the body by its posts."""
        if self.kind.signed != ON_BEHALF:
            return self.kind.signed, "", filled.signer
        found = signer_of(self.issuer, self.on, but=self.rows.member)
        decision = self.rows.decision if self.kind.signer else None
        if decision is not None and decision.signer:
            return self.head.authority, decision.position.upper() or found[0], decision.signer
        return self.head.authority, *found

    def _recipients(self, filled):
        names = [*(["Như trên"] if filled.to else []), *(f"{name[:1].upper()}{name[1:]}" for name in filled.recipients)]
        mark = self.style.recipients_separator
        return tuple(f"- {name}{'.' if at == len(names) else mark}" for at, name in enumerate(names, start=1))


def _issuer(kind, rows):
    case = rows.case
    found = {"inspector": _inspector, "suspending": _suspending, "upper": _upper, "voting": _voting}.get(kind.issuer)
    if found:
        return found(rows)
    if kind.issuer == "deciding" and (row := rows.decision):
        return Issuer(row.organisation, row.body)
    if kind.issuer == "appeal":
        return Issuer(None, rows.appeal.decided_by if rows.appeal else "")
    return Issuer(case.cell, CELL)


def _inspector(rows):
    case = rows.case
    if case.handler == Handler.CELL:
        return Issuer(case.cell, CELL)
    return Issuer(case.organisation, COMMISSION if case.handler == Handler.COMMISSION else "")


def _suspending(rows):
    return Issuer(rows.suspensions[-1].organisation, "") if rows.suspensions else _inspector(rows)


def _upper(rows):
    """Who voted above the cell; before the vote who verifies, before that the body directly above."""
    vote = rows.vote(of_cell=False)
    if vote is not None:
        return Issuer(vote.organisation, vote.body)
    step = rows.step("report_verification") or rows.step("receive_proposal")
    if step is not None:
        return Issuer(step.organisation, "")
    return Issuer(rows.above[0] if rows.above else rows.case.organisation, "")


def _voting(rows):
    return _upper(rows) if rows.case.state in BEFORE_THE_UPPER else Issuer(rows.case.cell, CELL)
