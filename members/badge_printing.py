"""Lists of proposals for badges and of cards asked for, as party documents: their tables, PDFs, workbooks."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial

from cells.enums import DocumentType
from cells.models import Organisation, OrganisationVersion
from cells.permissions import Permission
from cells.ports import Printable
from config.lib.documents import render_document
from config.lib.rulesets import MonthDay
from config.lib.sheet_writing import write_rows
from config.lib.tables import CENTRE, LINES_AT_ONCE, NUMBER, FigureTable, Heading, Row
from members.badge_enums import CardKind
from members.badge_rules import BadgeBook
from members.models import Badge, PartyCard
from members.reports.register_words import born, written

TEMPLATE = "members/pdf/honours.html"
ROUNDS = {1: "thứ nhất", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư"}
BADGE_HEADINGS = (
    Heading("TT", CENTRE, 4), Heading("Họ và tên", width=20), Heading("Ngày sinh", CENTRE, 10),
    Heading("Ngày vào Đảng", CENTRE, 10), Heading("Nơi sinh hoạt đảng", width=24), Heading("Mức", NUMBER, 6),
    Heading("Đủ tuổi Đảng", CENTRE, 10), Heading("Hình thức", CENTRE, 8), Heading("Ghi chú", width=8),
)  # fmt: skip
CARD_HEADINGS = (
    Heading("TT", CENTRE, 4), Heading("Họ và tên", width=22), Heading("Ngày sinh", CENTRE, 10),
    Heading("Ngày vào Đảng", CENTRE, 10), Heading("Ngày chính thức", CENTRE, 10),
    Heading("Nơi sinh hoạt đảng", width=26), Heading("Ngày đề nghị", CENTRE, 10), Heading("Ghi chú", width=8),
)  # fmt: skip
# What a list is for, and the forms that are filled in from it (38-HD/BTCTW, II.2; 5 and 6 as one province does it).
CARD_LISTS = {
    CardKind.FIRST: ("phát thẻ đảng viên", "Để lập mẫu 3-TĐV, 4-TĐV."),
    CardKind.EXCHANGE: ("đổi thẻ đảng viên sang mẫu mới", ""),
    CardKind.LOSS: ("cấp lại thẻ đảng viên bị mất", "Để lập mẫu 5-TĐV (cách làm của một địa phương)."),
    CardKind.DAMAGE: ("đổi thẻ đảng viên bị hỏng, sai", "Để lập mẫu 6-TĐV (cách làm của một địa phương)."),
}


@dataclass(frozen=True)
class HonourList:
    """A list of people of a body and below it as of a day: what it is for, its headings, its lines."""

    organisation: Organisation
    body: str
    purpose: str
    on: date
    headings: tuple[Heading, ...]
    rows: tuple[tuple, ...]
    summary: str = ""
    note: str = ""
    dated: bool = True  # a list of a round to come says its round, not its day

    @property
    def table(self):
        lines = tuple(Row((number, *values)) for number, values in enumerate(self.rows, start=1))
        title = f"Danh sách đề nghị {self.purpose}"
        return FigureTable("Danh sách", title, self.headings, lines, note=self.note, wide=True)


def collect_proposals(place, organisation, *, year, on=None):
    """Proposals for the round of that place in the year, those made by `on`."""
    rules = BadgeBook().badge(organisation, date(year, 12, 31))
    month_day = getattr(rules, f"badge_round_{place}")
    day = month_day.on(year) if month_day else date(year, 12, 31)
    rows = Badge.objects.below(organisation).of_round(day)
    badges = [badge for badge in rows if on is None or badge.proposed_on <= on]
    levels = Counter(badge.level for badge in badges)
    return HonourList(
        organisation=organisation,
        body=_name(organisation, on or day),
        purpose=f"tặng Huy hiệu Đảng đợt {day:%d/%m/%Y}",
        on=on or day,
        headings=BADGE_HEADINGS,
        rows=tuple(_badge_line(badge) for badge in badges),
        summary="; ".join(f"{level} năm: {levels[level]}" for level in sorted(levels, reverse=True)),
        dated=False,
    )


def collect_cards(kind, organisation, *, year, on=None):
    """Cards of that kind asked for by `on` and not given out by then."""
    day = on or date(year, 12, 31)
    rows = PartyCard.objects.standing().of_those_on_roll(day).below(organisation)
    rows = rows.filter(kind=kind, requested_on__lte=day).select_related("member__home")
    rows = rows.order_by("member__home__path", "member__sort_key", "id")
    purpose, note = CARD_LISTS[kind]
    return HonourList(
        organisation=organisation,
        body=_name(organisation, day),
        purpose=purpose,
        on=day,
        headings=CARD_HEADINGS,
        rows=tuple(_card_line(card) for card in rows if card.issued_on is None or card.issued_on > day),
        note=note,
    )


def proposal_of(day, rules):
    """The printable list of the round of that day; None where no round is on it."""
    places = [n for n in ROUNDS if getattr(rules, f"badge_round_{n}") == MonthDay(day.month, day.day)]
    return PROPOSALS[places[0]] if places else None


def render_pdf(figures, frame, text):
    """The list in the frame of the body, with its data attached."""
    context = {"figures": figures, "table": figures.table, "text": text, "count": len(figures.rows)}
    content = json.dumps(data(figures), ensure_ascii=False, sort_keys=True).encode()
    return render_document(frame, context, dated=figures.on, template=TEMPLATE, data=("danh-sach.json", content))


def render_xlsx(figures):
    """The same lines as a workbook."""
    return write_rows([figures.table.as_sheet()])


def data(figures):
    """What the list says, as JSON data."""
    rows = [list(row) for row in figures.rows]
    return {"purpose": figures.purpose, "organisation": figures.body, "on": figures.on.isoformat(), "rows": rows}


def _badge_line(badge):
    member = badge.member
    note = f"QĐ {badge.decision}" if badge.is_awarded else ""
    return (
        member.full_name, born(member), written(member.admitted_on), member.home.name, badge.level,
        written(badge.due_on), badge.get_kind_display(), note,
    )  # fmt: skip


def _card_line(card):
    """The note of a request may say how a card was lost: it stays on the page."""
    member = card.member
    return (
        member.full_name, born(member), written(member.admitted_on), written(member.official_on), member.home.name,
        written(card.requested_on), "",
    )  # fmt: skip


def _name(organisation, day):
    version = OrganisationVersion.objects.on(day).filter(organisation=organisation).first()
    return version.name if version else organisation.name


def _printable(name, title, collect):
    return Printable(
        name=name,
        title=title,
        type=DocumentType.LIST,
        permission=Permission.REPORTS_VIEW,
        collect=collect,
        render_pdf=render_pdf,
        render_xlsx=render_xlsx,
        abstract=lambda figures: f"đề nghị {figures.purpose}",
        sections=lambda figures: {"closing": ""},
        data=data,
        is_long=lambda figures: len(figures.rows) > LINES_AT_ONCE,
    )


PROPOSALS = {
    place: _printable(
        f"badge_proposals_{place}",
        f"Danh sách đề nghị tặng Huy hiệu Đảng, đợt {words} trong năm",
        partial(collect_proposals, place),
    )
    for place, words in ROUNDS.items()
}
CARDS = {
    kind.value: _printable(f"cards_{kind.value}", f"Danh sách đề nghị {purpose}", partial(collect_cards, kind.value))
    for kind, (purpose, _) in CARD_LISTS.items()
}
