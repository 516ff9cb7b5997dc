"""From a filled form to a paper with its head, number, day and signature, as PDF and Word print it."""

import re
from dataclasses import dataclass

from admissions.enums import Purpose
from admissions.printed.filling import fill
from admissions.rules.votes import WHOLE_COMMITTEE
from cells import paper_press
from cells.frames import letterhead, proposed_signer
from cells.paper_press import ON_BEHALF, PARTY

OF_MASS = {"4-knd": "ĐOÀN TNCS HỒ CHÍ MINH", "4a-knd": "CÔNG ĐOÀN VIỆT NAM"}
OFFICIAL_CODE = re.compile(r"\d+a?-KNĐ|CN-(NTVĐ|ĐVM)")
WHOLE = "T/M ĐẢNG ỦY"
SUBMISSION = "TTr"


@dataclass(frozen=True, kw_only=True)
class Paper(paper_press.Paper):
    """One paper of a candidate."""

    about: str
    place: str

    @property
    def salutation(self):
        """ "Kính trình" in a submission, "Kính gửi" elsewhere."""
        return self.style.submission_salutation if self.kind.type == SUBMISSION else super().salutation

    @property
    def whose(self):
        """Who and where, for the cover of a booklet."""
        return (f"Họ và tên: {self.about}", self.place)


def papers_of(form, rows):
    """The papers of a form for one candidate."""
    press = _Press(form, rows)
    return [press.of_candidate(filled) for filled in fill(form, rows)]


class _Press(paper_press.Press):
    """Head and signature of the papers of one form, read once."""

    paper_class = Paper

    def __init__(self, form, rows):
        body = {
            "cell": lambda: rows.cell,
            "part": lambda: rows.part or rows.base,
            "base": lambda: rows.base,
            "decider": lambda: rows.decider,
        }.get(form.issuer)
        self.body = body() if body else None
        super().__init__(form, rows, letterhead(self.body or rows.cell, rows.on))
        self.authority = WHOLE if self.body is not None and _by_all(form, rows) else form.signed

    def of_candidate(self, filled):
        form = self.kind
        return self.paper(
            filled,
            code=f"Mẫu {form.code}" if OFFICIAL_CODE.fullmatch(form.code) else "",
            title_right=OF_MASS.get(form.slug, PARTY),
            about=self.rows.candidate.full_name.upper(),
            place=self.rows.cell.name,
        )

    def has_head(self):
        return self.body is not None

    def signs(self, filled):
        if self.body is None or not self.kind.signed.startswith(ON_BEHALF):
            return self.authority, "", filled.signer
        found = proposed_signer(self.body, self.on)
        return self.authority, found.position, found.name

    def recipients(self, filled):
        return super().recipients(filled) if filled.recipients else []


def _by_all(form, rows):
    """Whether the whole committee decides, so that it signs and not its standing board."""
    if form.issuer != "decider" or not form.signed.startswith(ON_BEHALF):
        return False
    purpose = Purpose.ADMISSION if form.stage == "decision" else Purpose.RECOGNITION
    vote = rows.vote(purpose, "decider")
    return vote is not None and vote.voting_as == WHOLE_COMMITTEE
