"""Under which heading a body issues its papers, and who signs for it: committee, standing board, commission, cell."""

from dataclasses import dataclass, replace
from typing import Any

from cells.enums import OrganKind
from cells.frames import letterhead
from cells.organs import proposed_organ
from cells.ports import Signer, signers
from members.enums import PostTitle
from members.models import Post

COMMISSION, BOARD, COMMITTEE, CELL = "_inspection", "_standing_board", "_committee", "cell"
CELLS = ("cell", "temporary_cell", "accused")  # who holds the first meeting


@dataclass(frozen=True)
class Issuer:
    """Who issues: the organisation, and as which of its bodies."""

    organisation: Any
    body: str


def head_of(issuer, on, *, fallback):
    """The heading of a body: a commission under its committee; of a level outside of the tree what was typed."""
    if issuer.organisation is None:
        own = letterhead(fallback, on)
        line = issuer.body.upper()
        return replace(own, issuing_line=line, superior_line="", symbol="", authority=f"T/M {line}".strip())
    head = letterhead(issuer.organisation, on)
    if issuer.body.endswith(COMMISSION):
        organ = issuer.organisation.organs.on(on).filter(kind=OrganKind.INSPECTION).first()
        own = proposed_organ(OrganKind.INSPECTION, head.symbol)
        return replace(
            head,
            issuing_line=(organ.heading if organ else "") or own["heading"],
            superior_line=head.issuing_line,
            symbol=(organ.symbol if organ else "") or own["symbol"],
            authority="T/M ỦY BAN KIỂM TRA",
        )
    if issuer.body.endswith(BOARD):
        return replace(head, authority="T/M BAN THƯỜNG VỤ")
    if issuer.body.endswith(COMMITTEE):
        return replace(head, authority="T/M ĐẢNG ỦY")
    return replace(head, authority="T/M CHI BỘ") if issuer.body in CELLS else head


def signer_of(issuer, on, *, but=None):
    """(position, name) of who heads the body by its posts; never whoever the papers are about."""
    if issuer.organisation is None:
        return "", ""
    if issuer.body.endswith(COMMISSION):
        heads = Post.objects.on(on).filter(organisation=issuer.organisation, title=PostTitle.INSPECTION_HEAD)
        post = heads.exclude(member=but).select_related("member").first()
        return "CHỦ NHIỆM", post.member.full_name if post else ""
    own = but.full_name if but else ""
    found = next((each for each in signers(issuer.organisation, on) if each.name != own), Signer("", "BÍ THƯ"))
    return found.position, found.name
