"""The papers of a move as figures: the slip with its boxes, and the two notices to the receiving committees."""

from dataclasses import dataclass

from cells.frames import Letterhead, letterhead
from config.lib.documents import place_and_date
from members.bodies import chain_above
from members.enums import Paper, TransferKind
from members.forms.people import partial_date
from members.models import Transfer

DOTS = "……………………………"
LABOUR = "3a"
TITLE = "GIẤY GIỚI THIỆU SINH HOẠT ĐẢNG"
FOREIGN_MINISTRY = "Đảng ủy Bộ Ngoại giao"
# What a slip is called under its title, by kind.
FORMS = {
    TransferKind.OFFICIAL: "(chính thức, loại 10 ô)",
    TransferKind.INTERNAL: "(nội bộ, loại 7 ô)",
    TransferKind.TEMPORARY: "(tạm thời, loại 8 ô)",
    TransferKind.ABROAD_OFFICIAL: "(ra ngoài nước, loại 2 ô)",
    TransferKind.ABROAD_TEMPORARY: "(ra ngoài nước tạm thời, mẫu 3B-SHĐ)",
    LABOUR: "(đi lao động ở ngoài nước, mẫu 3A-SHĐ)",
}


@dataclass(frozen=True)
class Ends:
    """The bodies of one end, the lowest first; dots where there is none or it is not known."""

    cell: str = DOTS
    part: str = DOTS
    base: str = DOTS
    above: str = DOTS
    province: str = DOTS


@dataclass(frozen=True)
class Box:
    """One box: its number, who signs, what it says of which place; the receiving cell at the end addresses nobody."""

    number: int
    body: str
    place: str
    text: str
    sign: str
    is_last: bool = False

    @property
    def addressee(self):
        return "" if self.is_last else self.place


@dataclass(frozen=True)
class Slip:
    """Everything that the slip prints."""

    form: str
    transfer: Transfer
    head: Letterhead
    dated: str
    particulars: tuple[tuple[str, str], ...]
    papers: tuple[str, ...]
    boxes: tuple[Box, ...]
    title: str = TITLE

    @property
    def rows(self):
        """The boxes two by two."""
        return [self.boxes[start : start + 2] for start in range(0, len(self.boxes), 2)]


@dataclass(frozen=True)
class Notice:
    """A notice of the higher committee to one of the two receiving committees."""

    transfer: Transfer
    head: Letterhead
    dated: str
    addressee: str
    text: str


def slip(transfer, form=""):
    """The slip of an issued move; `form` LABOUR prints an official move abroad as labour (3A-SHĐ)."""
    kind = LABOUR if form == LABOUR and transfer.kind == TransferKind.ABROAD_OFFICIAL else transfer.kind
    head = letterhead(transfer.common, transfer.issued_on)
    return Slip(
        form=FORMS[kind],
        transfer=transfer,
        head=head,
        dated=place_and_date(head.place, transfer.issued_on),
        particulars=_particulars(transfer.member),
        papers=tuple(paper.label for paper in Paper if paper in transfer.papers),
        boxes=tuple(_BOXES[kind](transfer)),
    )


def notices(transfer):
    """The two notices: to the committee above the receiving base, and to the receiving base."""
    head = letterhead(transfer.common, transfer.issued_on)
    dated, text = place_and_date(head.place, transfer.issued_on), _notice(transfer)
    there = ends_of(transfer.to_organisation, transfer.outside_name)
    found = []
    for role, body in (("cấp trên trực tiếp của cơ sở", there.above), ("cơ sở", there.base)):
        addressee = body if body != DOTS else f"Cấp ủy {role} nơi đảng viên chuyển đến ({transfer.destination})"
        found.append(Notice(transfer, head, dated, addressee, text))
    return found


def _particulars(member):
    return (
        ("Họ và tên", member.full_name.upper()),
        ("Sinh ngày", str(partial_date(member, "born") or DOTS)),
        ("Quê quán", member.home_place or DOTS),
        ("Nơi thường trú", member.residence or DOTS),
        ("Ngày vào Đảng", str(partial_date(member, "admitted") or DOTS)),
        ("Ngày chính thức", str(partial_date(member, "official") or DOTS)),
        ("Số thẻ đảng viên", member.current_card or DOTS),
        ("Số lý lịch", member.cv_number or DOTS),
    )


def ends_of(organisation, outside_name=""):
    """The bodies above a cell by their part; an end outside is known by its words alone."""
    if organisation is None:
        return Ends(cell=outside_name)
    above = chain_above(organisation)
    base = next((body for body in reversed(above) if body.is_base), None)
    part = next((body for body in above if base and body.path.startswith(base.path) and body != base), None)
    higher = [body for body in above if not body.is_base and not (base and body.path.startswith(base.path))]
    names = {"part": part, "base": base, "above": higher[-1] if higher else None, "province": _province(higher)}
    return Ends(cell=str(organisation), **{name: str(body) for name, body in names.items() if body})


def _province(higher):
    return next((body for body in higher if body.kind == "province"), None)


def _leaving(number, body, place, transfer, sign="T/M ĐẢNG ỦY"):
    kind = "tạm thời " if transfer.kind == TransferKind.TEMPORARY else ""
    return Box(number, body, place, f"giới thiệu đồng chí {transfer.member} về sinh hoạt đảng {kind}tại", sign)


def _arriving(number, body, place, transfer, sign="T/M ĐẢNG ỦY"):
    return Box(number, body, place, f"đồng ý để đồng chí {transfer.member} về sinh hoạt đảng tại", sign)


def _first(transfer, body, place):
    """Box 1: the cell; fees are paid to the end of the month of issue."""
    month = f"{transfer.issued_on:%m/%Y}"
    text = f"giới thiệu đồng chí {transfer.member} (đã đóng đảng phí đến hết tháng {month}) về sinh hoạt đảng tại"
    return Box(1, body, place, text, "T/M CHI ỦY")


def _last(number, transfer, body, text="đã tiếp nhận đồng chí {} vào sinh hoạt đảng tại"):
    return Box(number, body, body, text.format(transfer.member), "T/M CHI ỦY", is_last=True)


def _ten(transfer):
    here, there = ends_of(transfer.from_organisation), ends_of(transfer.to_organisation, transfer.outside_name)
    yield _first(transfer, here.cell, there.cell)
    yield _leaving(2, here.part, there.cell, transfer)
    yield _leaving(3, here.base, there.cell, transfer)
    yield _leaving(4, here.above, there.cell, transfer)
    yield _leaving(5, _organisation_board(here), there.cell, transfer, "TRƯỞNG BAN")
    yield _arriving(6, _organisation_board(there), there.above, transfer, "TRƯỞNG BAN")
    yield _arriving(7, there.above, there.base, transfer)
    yield _arriving(8, there.base, there.cell, transfer)
    yield _arriving(9, there.part, there.cell, transfer)
    yield _last(10, transfer, there.cell)


def _seven(transfer):
    here, there = ends_of(transfer.from_organisation), ends_of(transfer.to_organisation)
    yield _first(transfer, here.cell, there.cell)
    yield _leaving(2, here.part, there.cell, transfer)
    yield _leaving(3, here.base, there.cell, transfer)
    yield _leaving(4, here.above, there.base, transfer)
    yield _arriving(5, there.base, there.cell, transfer)
    yield _arriving(6, there.part, there.cell, transfer)
    yield _last(7, transfer, there.cell)


def _eight(transfer):
    here, there = ends_of(transfer.from_organisation), ends_of(transfer.to_organisation, transfer.outside_name)
    back = "nhận xét và giới thiệu đồng chí {} trở về sinh hoạt đảng tại"
    yield _first(transfer, here.cell, there.cell)
    yield _leaving(2, here.base, there.base, transfer)
    yield _arriving(3, there.base, there.cell, transfer)
    yield _last(4, transfer, there.cell, "đã tiếp nhận đồng chí {} vào sinh hoạt đảng tạm thời tại")
    yield Box(5, there.cell, here.cell, back.format(transfer.member), "T/M CHI ỦY")
    yield Box(6, there.base, here.base, back.format(transfer.member), "T/M ĐẢNG ỦY")
    yield _arriving(7, here.base, here.cell, transfer)
    yield _last(8, transfer, here.cell)


def _two(transfer):
    to = transfer.outside_name
    yield _leaving(1, FOREIGN_MINISTRY, to, transfer)
    text = f"giới thiệu đồng chí {transfer.member} về nước, trở về sinh hoạt đảng tại"
    yield Box(2, FOREIGN_MINISTRY, str(transfer.from_organisation), text, "T/M ĐẢNG ỦY")


def _one(transfer):
    yield _leaving(1, str(transfer.common), transfer.outside_name, transfer)


_BOXES = {
    TransferKind.OFFICIAL: _ten,
    TransferKind.INTERNAL: _seven,
    TransferKind.TEMPORARY: _eight,
    TransferKind.ABROAD_OFFICIAL: _two,
    TransferKind.ABROAD_TEMPORARY: _one,
    LABOUR: _one,
}


def _organisation_board(ends):
    return f"Ban Tổ chức – {ends.province}" if ends.province != DOTS else DOTS


def _notice(transfer):
    member = transfer.member
    born = partial_date(member, "born")
    return (
        f"Ngày {transfer.issued_on:%d/%m/%Y}, {transfer.common} đã giới thiệu đồng chí {member}"
        f"{f', sinh {born}' if born else ''}, số thẻ đảng viên {member.current_card or DOTS}, đang sinh hoạt đảng tại "
        f"{transfer.origin}, chuyển đến sinh hoạt đảng tại {transfer.destination} "
        f"(giấy giới thiệu số {transfer.number_text}, {transfer.get_kind_display().lower()})."
    )
