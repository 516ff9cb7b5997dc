"""From a filled form to a paper with its head, number, day and signature, as PDF and Word print it."""

import re
from dataclasses import dataclass, replace

from admissions.enums import Purpose
from admissions.printed.catalogue import Form
from admissions.printed.filling import Block, fill
from admissions.rules.votes import WHOLE_COMMITTEE
from cells.frames import Letterhead, letterhead, proposed_signer
from config.lib.documents import DocumentStyle, number_and_symbol, place_and_date, style_on

PARTY, MASS = "ĐẢNG CỘNG SẢN VIỆT NAM", "mass"
OF_MASS = {"4-knd": "ĐOÀN TNCS HỒ CHÍ MINH", "4a-knd": "CÔNG ĐOÀN VIỆT NAM"}
OFFICIAL_CODE = re.compile(r"\d+a?-KNĐ|CN-(NTVĐ|ĐVM)")
WHOLE = "T/M ĐẢNG ỦY"
INCOMPLETE = "BẢN CHƯA ĐỦ THÔNG TIN: thiếu {what}."


@dataclass(frozen=True)
class Paper:
    """One paper as it prints; `head` None stands on a person's own paper, `title_right` over its right column."""

    form: Form
    code: str
    warning: str
    head: Letterhead | None
    title_right: str
    number: str
    dated: str
    letter_abstract: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    authority: str
    position: str
    signer: str
    style: DocumentStyle
    about: str
    place: str
    left_authority: str = ""  # no form of admission is signed on the left
    left_signer: str = ""

    @property
    def abstract(self):
        return self.form.abstract

    @property
    def name(self):
        """The name in capitals under which the form goes."""
        return self.form.title

    @property
    def salutation(self):
        """ "Kính trình" in a submission, "Kính gửi" elsewhere."""
        return self.style.submission_salutation if self.form.type == "TTr" else self.style.letter_salutation

    @property
    def whose(self):
        """Who and where, for the cover of a booklet."""
        return (f"Họ và tên: {self.about}", self.place)


def papers_of(form, rows):
    """The papers of a form for one candidate."""
    press = _Press(form, rows)
    return [press.paper(filled) for filled in fill(form, rows)]


class _Press:
    """Head and signature of the papers of one form, read once."""

    def __init__(self, form, rows):
        self.form, self.on = form, rows.on
        body = {
            "cell": lambda: rows.cell,
            "part": lambda: rows.part or rows.base,
            "base": lambda: rows.base,
            "decider": lambda: rows.decider,
        }.get(form.issuer)
        self.body = body() if body else None
        self.about, self.place = rows.candidate.full_name.upper(), rows.cell.name
        self.head = letterhead(self.body or rows.cell, rows.on)
        self.style = style_on(rows.on)
        self.authority = WHOLE if self.body is not None and _by_all(form, rows) else form.signed

    def paper(self, filled):
        signs = self._signer() if self.body is not None and self.form.signed.startswith("T/M") else ("", filled.signer)
        is_letter = self.form.type == "CV"
        return Paper(
            form=self.form,
            code=f"Mẫu {self.form.code}" if OFFICIAL_CODE.fullmatch(self.form.code) else "",
            warning=INCOMPLETE.format(what=", ".join(filled.missing)) if filled.missing else "",
            head=self.head if self.body is not None else None,
            title_right=OF_MASS.get(self.form.slug, PARTY),
            number=self._number(filled),
            dated=place_and_date(self.head.place, filled.dated, year=self.on.year),
            letter_abstract=self.form.abstract if is_letter else "",
            addressees=filled.to,
            blocks=tuple(self._marked(filled.blocks)),
            recipients=self._recipients(filled),
            authority=self.authority,
            position=signs[0],
            signer=signs[1],
            style=self.style,
            about=self.about,
            place=self.place,
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
        if not self.form.type:
            return ""
        if not filled.number:
            return number_and_symbol(self.form.type, self.head.symbol)
        if filled.number.isdigit():
            return number_and_symbol(self.form.type, self.head.symbol, int(filled.number))
        if re.search(r"[-/]", filled.number):
            return f"Số {filled.number}"
        return f"Số {filled.number}-{self.form.type}/{self.head.symbol}"

    def _signer(self):
        found = proposed_signer(self.body, self.on)
        return found.position, found.name

    def _recipients(self, filled):
        if not filled.recipients:
            return ()
        names = [*(["Như trên"] if filled.to else []), *filled.recipients]
        mark = self.style.recipients_separator
        return tuple(f"- {name}{'.' if at == len(names) else mark}" for at, name in enumerate(names, start=1))


def _by_all(form, rows):
    """Whether the whole committee decides, so that it signs and not its standing board."""
    if form.issuer != "decider" or not form.signed.startswith("T/M"):
        return False
    purpose = Purpose.ADMISSION if form.stage == "decision" else Purpose.RECOGNITION
    vote = rows.vote(purpose, "decider")
    return vote is not None and vote.voting_as == WHOLE_COMMITTEE
