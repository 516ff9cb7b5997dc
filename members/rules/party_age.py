"""Party age (topic `party_age`): from which day it runs, what is taken off, what was confirmed (294-QĐ/TW, 4.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.rulesets import Rules
from config.lib.workdays import add_months, full_months

OK, NOT_YET, HUMAN = "ok", "not_yet", "human"
DECISION, CARD_DATE = "decision", "card_date"
EXPELLED, REMOVED, LOST_CONTACT, TRANSFER = "expelled", "removed", "lost_contact", "transfer_interruption"
INTERRUPTED, LEFT = "interrupted", "left"  # an interruption of either kind; left on application and readmitted
UNSTATED = "left_unstated"  # left, nobody knows how, and readmitted
CAUSES = {
    EXPELLED: "bị khai trừ",
    REMOVED: "bị xóa tên",
    LOST_CONTACT: "mất liên lạc",
    TRANSFER: "gián đoạn khi chuyển sinh hoạt",
    INTERRUPTED: "gián đoạn sinh hoạt",
    LEFT: "ra khỏi Đảng theo đơn rồi được kết nạp lại",
    UNSTATED: "rời khỏi Đảng, chưa rõ hình thức",
}
YEAR = 12  # months
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PartyAgeRules(Rules):
    party_age_start: str | None = None
    party_age_fallback: str | None = None
    party_age_gaps: tuple[str, ...] | None = None
    gap_end_event: str | None = None


@dataclass(frozen=True)
class Known:
    """A day as far as it is known: the first and the last on which it can have been."""

    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True)
class Gap:
    """Time out of party activity, half-open; `end` None: not over yet."""

    start: date
    end: date | None
    cause: str


@dataclass(frozen=True)
class Confirmed:
    """A Party age that the competent body confirmed for a day."""

    on: date
    months: int
    decision: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyRecord:
    """What Party age is counted from; of a readmitted person the first decision and the first ceremony.

    `left_on` is the first day on which the person is no longer a member.
    """

    decided: Known | None = None
    on_card: Known | None = None
    official_on: date | None = None
    gaps: tuple[Gap, ...] = ()
    confirmed: Confirmed | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class PartyAge:
    """Full months on `on` counted from `start`, the day of beginning moved by the gaps; why, and by which article.

    `latest` is the last day on which it can have begun where a date is partial, else `start` itself.
    """

    status: str
    on: date
    reason: str
    article: str
    start: date | None = None
    latest: date | None = None
    gap_days: int = 0
    months: int | None = None
    arithmetic: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return "" if self.months is None else age_words(self.months)

    @property
    def is_known(self) -> bool:
        return self.start is not None


def age_words(months: int) -> str:
    years, rest = divmod(months, YEAR)
    return f"{years} năm {rest} tháng"


def party_age(rules: PartyAgeRules, record: PartyRecord, on: date) -> PartyAge:
    """The Party age on `on`; of a person who left on the last day as a member."""
    day = record.left_on - ONE_DAY if record.left_on and record.left_on <= on else on
    article = rules.cite("party_age_start", "party_age_gaps")
    if record.official_on is None or record.official_on > day:
        return PartyAge(NOT_YET, day, "Chưa có ngày công nhận chính thức nên chưa có tuổi Đảng.", article)
    begun, source, words = _beginning(rules, record, day)
    if begun is None:
        reason = "Chưa ghi ngày quyết định kết nạp và ngày vào Đảng ghi trên thẻ; hãy bổ sung hồ sơ."
        return PartyAge(HUMAN, day, reason, rules.cite("party_age_start", "party_age_fallback"))
    since = record.confirmed.on if source == "confirmed" and record.confirmed else begun.first
    counted = [gap for gap in record.gaps if _counts(rules, gap)]
    gaps = merged(counted, since, day)
    taken_off = sum((end - start).days for start, end in gaps)
    start, latest = (each + timedelta(days=taken_off) for each in (begun.first, begun.last))
    months = max(0, full_months(start, day))
    doubts = _doubts(rules, record, day, months != max(0, full_months(latest, day)))
    lines = (words, *_gap_lines(counted, gaps, taken_off, start), f"Đến {_day(day)}: {months} tháng tròn")
    return PartyAge(
        status=HUMAN if doubts else OK,
        on=day,
        reason=" ".join(doubts) if doubts else f"{age_words(months)}, tính đến ngày {_day(day)}.",
        article=_article(rules, source, bool(gaps)),
        start=start,
        latest=latest,
        gap_days=taken_off,
        months=months,
        arithmetic=(*lines, f"Tuổi Đảng: {age_words(months)}"),
    )


def merged(gaps: Iterable[Gap], first: date, after: date) -> list[tuple[date, date]]:
    """The gaps within the half-open span as days off, overlapping and touching ones joined."""
    spans = sorted((max(gap.start, first), min(gap.end or after, after)) for gap in gaps)
    joined: list[tuple[date, date]] = []
    for start, end in spans:
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _beginning(rules: PartyAgeRules, record: PartyRecord, day: date) -> tuple[Known | None, str, str]:
    """(from when it runs, by what, in words): a confirmed figure, else the decision, else the card."""
    confirmed = record.confirmed
    if confirmed and confirmed.on <= day:
        start = add_months(confirmed.on, -confirmed.months)
        paper = f" ({confirmed.decision})" if confirmed.decision else ""
        words = f"Cấp có thẩm quyền xác nhận {age_words(confirmed.months)} vào ngày {_day(confirmed.on)}{paper}"
        return Known(start, start), "confirmed", words
    if rules.party_age_start == DECISION and record.decided:
        return record.decided, DECISION, f"Tính từ ngày quyết định kết nạp {_known(record.decided)}"
    if rules.party_age_fallback == CARD_DATE and record.on_card:
        words = f"Không có ngày quyết định kết nạp; tính từ ngày vào Đảng ghi trên thẻ {_known(record.on_card)}"
        return record.on_card, CARD_DATE, words
    return None, "", ""


def _counts(rules: PartyAgeRules, gap: Gap) -> bool:
    listed = rules.party_age_gaps or ()
    if gap.cause == INTERRUPTED:
        return LOST_CONTACT in listed or TRANSFER in listed
    return (
        gap.cause in (LEFT, UNSTATED) or gap.cause in listed
    )  # who was readmitted loses the time away, whatever he left for


def _doubts(rules: PartyAgeRules, record: PartyRecord, day: date, partial: bool) -> list[str]:
    found = []
    if partial:
        found.append("Ngày bắt đầu không ghi đủ ngày, tháng nên kết quả có thể lệch; cấp có thẩm quyền xác nhận.")
    after = record.confirmed.on if record.confirmed else date.min
    within = [gap for gap in record.gaps if gap.start < day and (gap.end or day) > after]
    if any(not _counts(rules, gap) for gap in within):
        found.append("Có thời gian ngoài Đảng mà quy định không nói rõ cách tính; cấp có thẩm quyền xác nhận.")
    if any(gap.end is None and gap.cause == INTERRUPTED for gap in within):
        found.append("Đang gián đoạn sinh hoạt, chưa có kết luận; tạm trừ đến ngày tính.")
    return found


def _gap_lines(gaps: list[Gap], spans: list[tuple[date, date]], days: int, start: date) -> Iterable[str]:
    if not spans:
        return
    for first, after in spans:
        causes = dict.fromkeys(CAUSES[gap.cause] for gap in gaps if gap.start < after and (gap.end or after) > first)
        yield f"Trừ {(after - first).days} ngày, {_day(first)} – {_day(after - ONE_DAY)}: {', '.join(causes)}"
    yield f"Sau khi trừ {days} ngày, tính từ {_day(start)}"


def _article(rules: PartyAgeRules, source: str, has_gaps: bool) -> str:
    keys = {DECISION: ["party_age_start"], CARD_DATE: ["party_age_fallback"]}.get(source, [])
    cited = rules.cite(*keys, *(["party_age_gaps", "gap_end_event"] if has_gaps else []))
    return cited or "theo số đã được xác nhận"


def _known(day: Known) -> str:
    return _day(day.first) if day.is_exact else f"trong khoảng {_day(day.first)} – {_day(day.last)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
