"""From an organisation and a day to the heading, symbol and signature block of its documents."""

from dataclasses import dataclass

from cells.enums import OrganKind
from cells.loading import kind_entries
from cells.ports import Signer, signers
from config.lib.documents import DocumentFrame, style_on

CELL_KINDS = ("cell", "base_cell")


@dataclass(frozen=True)
class Letterhead:
    """What the papers of a body say around their text on a day (documents, sections 4, 6, 8, 9)."""

    issuing_line: str
    superior_line: str
    symbol: str
    place: str
    authority: str
    recipients: str


def letterhead(organisation, on):
    """The heading of a body by its version of `on`; its superior line names the organisation above, not a committee."""
    version = _version_for(organisation, on)
    above = version.parent.versions.on(on).first() if version.parent else None
    is_cell = version.kind in CELL_KINDS
    return Letterhead(
        issuing_line=version.heading_issuer or version.name.upper(),
        superior_line=(above.heading_superior or above.name.upper()) if above else "",
        symbol=version.symbol,
        place=version.place,
        authority=_authority(version, on),
        recipients=_recipients(above, is_cell),
    )


def _authority(version, on):
    """On whose behalf the head signs: a committee known to have organs but no standing committee signs itself."""
    if version.kind in CELL_KINDS:
        return "T/M CHI BỘ"
    organs = set(version.organisation.organs.on(on).values_list("kind", flat=True))
    known_without = organs and OrganKind.STANDING_COMMITTEE not in organs
    if known_without or not kind_entries()[version.kind].get("has_standing_committee", True):
        return "T/M ĐẢNG ỦY"
    return "T/M BAN THƯỜNG VỤ"


def proposed_signer(organisation, on):
    """The head of the body on a day by the posts entered, or the position without a name."""
    return next(iter(signers(organisation, on)), Signer("", "BÍ THƯ"))


def _version_for(organisation, on):
    """The version of the day; of a body that ended its last one, of one founded later its first."""
    versions = organisation.versions.standing().order_by("started_on")
    return organisation.versions.on(on).first() or versions.filter(started_on__lte=on).last() or versions.first()


def _recipients(above, is_cell):
    """First who is reported to, last the file; a cell has no office."""
    lines = [f"{above.name} (để báo cáo)"] if above else []
    lines += ["Lưu chi bộ"] if is_cell else ["Các đồng chí Ủy viên Ban Thường vụ", "Lưu Văn phòng"]
    return "\n".join(lines)


def frame_of(document, *, on=None):
    """The frame of a document, made under the style in force on its signed day (a draft: on `on`)."""
    day = document.signed_on or on
    head = letterhead(document.organisation, day)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=document.type,
        symbol=document.symbol,
        style=style_on(day),
        number=document.number,
        place=head.place,
        dated=document.signed_on,
        year=day.year,
        type_name=document.get_type_display().upper(),
        abstract=document.abstract,
        authority=document.authority,
        position=document.signer_position,
        signer=document.signer,
        recipients=tuple(line.strip() for line in document.recipients.splitlines() if line.strip()),
    )


def draft_frame(organisation, printable, figures, *, on):
    """The frame of a printable that nobody drafted, numbered or signed yet."""
    head, signer = letterhead(organisation, on), proposed_signer(organisation, on)
    return DocumentFrame(
        issuing_line=head.issuing_line,
        superior_line=head.superior_line,
        type_code=printable.type,
        symbol=head.symbol,
        style=style_on(on),
        place=head.place,
        year=on.year,
        type_name=printable.type.label.upper(),
        abstract=printable.abstract(figures),
        authority=head.authority,
        position=signer.position,
        signer=signer.name,
        recipients=tuple(head.recipients.splitlines()),
    )
