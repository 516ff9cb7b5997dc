"""From a filled paper to one with its head, number, day and signature, as PDF and Word print it."""

import re

from cells import paper_press
from cells.paper_press import ON_BEHALF
from discipline.enums import Handler, State
from discipline.printed.filling import fill
from discipline.printed.heads import CELL, COMMISSION, Issuer, head_of, signer_of

BEFORE_THE_UPPER = (State.PROPOSED, State.UPPER_VERIFY, State.UPPER_VOTE, State.DECIDED_UPPER)
# What says that a text carries a mark of secrecy; in capitals only, so that a name or a word of every day is none.
MARK = re.compile(r"TUYỆT MẬT|TỐI MẬT|\(MẬT\)|(?:dấu|độ) MẬT|[Đđ]ộ mật: ?[Mm]ật")


class MarkedSecret(ValueError):
    """A text of the case carries a mark of secrecy: the paper is not made."""


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


class _Press(paper_press.Press):
    """Head and signature of the papers of one kind, read once."""

    def __init__(self, kind, rows):
        self.issuer = _issuer(kind, rows) if kind.issuer else Issuer(rows.case.cell, CELL)
        super().__init__(kind, rows, head_of(self.issuer, rows.on, fallback=rows.case.organisation))

    def has_head(self):
        return bool(self.kind.issuer)

    def signs(self, filled):
        """Who is typed in the case signs, else the head of the body by its posts."""
        if self.kind.signed != ON_BEHALF:
            return self.kind.signed, "", filled.signer
        found = signer_of(self.issuer, self.on, but=self.rows.member)
        decision = self.rows.decision if self.kind.signer else None
        if decision is not None and decision.signer:
            return self.head.authority, decision.position.upper() or found[0], decision.signer
        return self.head.authority, *found

    def recipients(self, filled):
        return [f"{name[:1].upper()}{name[1:]}" for name in super().recipients(filled)]


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
