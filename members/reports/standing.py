"""Lines of the timeline about endings, ways back, exemption and the like, discipline, proceedings; never holds."""

from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, CharField, DateField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from members.badge_enums import AwardForm, CardEnd
from members.enums import EndReason, ExemptionGround, OverlayKind, ProceedingStage, RestorationKind, SanctionForm
from members.reports.events import Event, joined, until_words, void_words

STEPS = (
    ("received_on", "Nhận quyết định", "file-earmark-text"),
    ("appealed_on", "Khiếu nại", "file-earmark-text"),
    ("card_recovered_on", "Đã thu thẻ đảng viên", "person-vcard"),
    ("file_sent_on", "Hồ sơ đã nộp lên cấp trên", "send"),
)
_NO_DAY = Cast(Value(None), DateField())
_NO_WORDS = Value("", output_field=CharField())
_NO = Value(False, output_field=BooleanField())


class StandingRow(NamedTuple):
    """One row of any of these tables, so that a page reads them in one query; `until` ends what the row says."""

    source: str
    pk: int
    slug: str
    on: date
    decision: str
    decided_by: str
    note: str
    voided_at: date | None
    void_reason: str
    until: date | None
    received_on: date | None
    appealed_on: date | None
    card_recovered_on: date | None
    file_sent_on: date | None
    words: str
    was_probationary: bool


def standing_events(member, sight):
    """All for every reader, but discipline and proceedings for those who may see them."""
    tables = [_endings(member), _restorations(member), _badges(member), _awards(member), _cards(member)]
    tables.append(_overlays(member))
    if sight.sanctions:
        tables += [_sanctions(member), _proceedings(member)]
    show = {
        "ending": _ending, "restoration": _restoration, "sanction": _sanction, "proceeding": _proceeding,
        "badge": _badge, "award": _award, "card": _card, "overlay": _overlay,
    }  # fmt: skip
    for values in tables[0].union(*tables[1:], all=True):
        row = StandingRow(*values)
        yield from show[row.source](row, member, sight)


def _columns(rows, source, slug, on, **columns):
    """The rows as values in the order of `StandingRow`; what a table does not have is empty."""
    fixed = {"source": Value(source, output_field=CharField()), "pk": "pk", "slug": slug, "on": on}
    days = ("until", "received_on", "appealed_on", "card_recovered_on", "file_sent_on")
    own = {"voided_at": "voided_at", "void_reason": "void_reason", "decision": "decision", "decided_by": "decided_by"}
    chosen = {**fixed, **own, **columns}
    wanted = []
    for number, name in enumerate(StandingRow._fields):
        column = chosen.get(name) or (_NO_DAY if name in days else _NO if name == "was_probationary" else _NO_WORDS)
        if not isinstance(column, str):
            rows = rows.annotate(**{f"column_{number}": column})
            column = f"column_{number}"
        wanted.append(column)
    return rows.order_by().values_list(*wanted)


def _endings(member):
    days = {name: name for name, _, _ in STEPS}
    more = {"words": "file_sent_to", "was_probationary": "was_probationary", "note": "note"}
    return _columns(member.endings.all(), "ending", "reason", "ended_on", **days, **more)


def _restorations(member):
    more = {"until": "out_on", "words": "end_reason", "note": "note"}
    return _columns(member.restorations.all(), "restoration", "kind", "back_on", **more)


def _sanctions(member):
    return _columns(member.sanctions.standing(), "sanction", "form", "decided_on", until="lapses_on")


def _proceedings(member):
    return _columns(member.proceedings.standing(), "proceeding", "stage", "started_on", until="ended_on")


def _badges(member):
    """Proposals are no event yet."""
    awarded = member.badges.awarded()
    more = {"words": "number", "note": "decided_precision", "until": "handed_on"}
    return _columns(awarded, "badge", Cast("level", CharField(max_length=20)), "decided_on", **more)


def _awards(member):
    name = Concat("title", Value(" "), "grade", output_field=CharField())
    more = {"words": name, "note": "awarded_precision", "decided_by": "issuer"}
    return _columns(member.awards.standing(), "award", "form", "awarded_on", **more)


def _cards(member):
    """Cards that came to their end; the one in use stands in the record itself."""
    over = member.cards.standing().filter(ended_on__isnull=False)
    return _columns(over, "card", "end_reason", "ended_on", decided_by=_NO_WORDS)


def _overlays(member):
    """Those that say "prosecuted" are from before proceedings had rows of their own."""
    rows = member.overlays.exclude(kind=OverlayKind.PROSECUTED)
    more = {"words": "ground", "note": "note", "until": "ended_on", "decided_by": _NO_WORDS}
    return _columns(rows, "overlay", "kind", "started_on", **more)


def _badge(row, member, sight):
    number = f"số {row.words}" if row.words else ""
    handed = f"trao ngày {row.until:%d/%m/%Y}" if row.until else ""
    text = joined(number, row.decision, row.decided_by, handed)
    yield Event(row.on, f"Huy hiệu {row.slug} năm tuổi Đảng", text, precision=row.note, icon="award")


def _award(row, member, sight):
    title = f"Khen thưởng: {row.words.strip() or AwardForm(row.slug).label}"
    yield Event(row.on, title, joined(row.decided_by, row.decision), precision=row.note, icon="award")


def _card(row, member, sight):
    yield Event(row.on, f"Thẻ đảng viên thôi dùng: {CardEnd(row.slug).label.lower()}", icon="person-vcard")


def _ending(row, member, sight):
    title = EndReason(row.slug).label + (" (đảng viên dự bị)" if row.was_probationary else "")
    text = joined(row.decision, row.decided_by, row.note, void_words(row))
    url = "" if row.voided_at else reverse("members:ending", args=[row.pk])
    yield Event(row.on, title, text, icon="box-arrow-right", url=url, voided=bool(row.voided_at))
    for name, words, icon in () if row.voided_at else STEPS:
        if day := getattr(row, name):
            yield Event(day, words, row.words if name == "file_sent_on" else "", icon=icon)


def _restoration(row, member, sight):
    how = f"đã ra do {EndReason(row.words).label.lower()} từ {row.until:%d/%m/%Y}"
    may_void = sight.endings and not row.voided_at
    yield Event(
        row.on,
        RestorationKind(row.slug).label,
        joined(row.decision, row.decided_by, how, row.note, void_words(row)),
        icon="arrow-return-left",
        url=reverse("members:void_restoration", args=[member.pk, row.pk]) if may_void else "",
        voided=bool(row.voided_at),
    )


def _overlay(row, member, sight):
    title = OverlayKind(row.slug).label
    if row.words and sight.sensitive:  # most grounds speak of health
        title = f"{title}: {ExemptionGround(row.words).label.lower()}"
    opens = sight.edits and not row.voided_at and (sight.suspends or row.slug != OverlayKind.SUSPENDED)
    yield Event(
        row.on,
        title,
        joined(row.decision, row.note, until_words(row.until), void_words(row)),
        icon="clock",
        url=reverse("members:fact", args=[member.pk, "overlay", row.pk]) if opens else "",
        voided=bool(row.voided_at),
    )


def _sanction(row, member, sight):
    lapse = f"hết hiệu lực ngày {row.until:%d/%m/%Y}" if row.until else ""
    yield Event(row.on, f"Kỷ luật: {SanctionForm(row.slug).label}", lapse, icon="exclamation-triangle-fill")


def _proceeding(row, member, sight):
    title = f"Tố tụng: {ProceedingStage(row.slug).label.lower()}"
    yield Event(row.on, title, joined(row.decision, until_words(row.until)), icon="shield-exclamation")
