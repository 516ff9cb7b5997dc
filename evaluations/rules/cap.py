"""The limit on "hoàn thành xuất sắc nhiệm vụ": how many may be, how many are too many, and the sum behind it."""

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from config.lib.rulesets import Rules
from config.lib.rulevalues import DEFAULT_NOTE
from evaluations.rules.figures import number_text, percent_text

TEXT, XS_PLUS_HTT = "text", "xs_plus_htt"
READINGS = {
    TEXT: "số hoàn thành tốt nhiệm vụ",
    XS_PLUS_HTT: "tổng số hoàn thành xuất sắc và hoàn thành tốt nhiệm vụ",
}
ROUNDINGS = {"floor": ROUND_FLOOR, "half_up": ROUND_HALF_UP}
ROUNDING_NAMES = {"floor": "làm tròn xuống", "half_up": "làm tròn nửa lên"}


@dataclass(frozen=True, kw_only=True)
class CapRules(Rules):
    xs_cap_percent: Decimal | None = None
    xs_cap_raised_percent: Decimal | None = None
    cap_raise_needs_decision: bool | None = None
    cap_denominator: str | None = None
    cap_group: str | None = None
    cap_checked_at: str | None = None
    cap_rounding: str | None = None
    cap_enforcement: str | None = None
    organisation_cap_percent: Decimal | None = None
    organisation_cap_raised_percent: Decimal | None = None


@dataclass(frozen=True)
class CapResult:
    """One group under the limit; `limit` is None where the rule set has none.

    `over_by` is xs less the limit; `to_move` is how many must come down to HTTNV, which changes both sides.
    `what_if` says what the next change makes of it: so many down to HTTNV where it is over, one up where it is not.
    `other` is the same group under the other reading of the denominator.
    """

    xs: int
    htt: int
    limit: int | None
    over_by: int
    to_move: int
    percent: Decimal | None
    reading: str
    article: str
    arithmetic: str
    what_if: str = ""
    other: "CapResult | None" = None

    @property
    def is_over(self) -> bool:
        return self.over_by > 0

    @property
    def reading_name(self) -> str:
        return READINGS[self.reading]


@dataclass(frozen=True)
class _Measure:
    percent: Decimal
    reading: str
    rounding: str

    def base(self, xs: int, htt: int) -> int:
        return htt if self.reading == TEXT else xs + htt

    def exact(self, xs: int, htt: int) -> Decimal:
        return self.percent * self.base(xs, htt) / 100

    def limit(self, xs: int, htt: int) -> int:
        return int(self.exact(xs, htt).quantize(Decimal(1), ROUNDINGS[self.rounding]))

    def allows(self, xs: int, htt: int) -> bool:
        return xs <= self.limit(xs, htt)

    def largest(self, total: int) -> int:
        """Most XS that total = XS + HTT allows; it is never above the percentage of the total, rounded up."""
        most = min(total, int(self.percent * total / 100) + 1)
        return next((xs for xs in range(most, 0, -1) if self.allows(xs, total - xs)), 0)


def cap_limit(rules: CapRules, xs: int, htt: int, raised: bool = False) -> CapResult:
    """The group under the limit for persons; `raised` only where a decision is on record (366-QĐ/TW, Điều 11)."""
    key = _key(rules, "xs_cap_percent", "xs_cap_raised_percent", raised)
    return _result(rules, key, xs, htt, "người")


def organisation_cap(rules: CapRules, xs: int, htt: int, raised: bool = False) -> CapResult:
    """The same for collectives and organisations rated HTXSNV and HTTNV."""
    key = _key(rules, "organisation_cap_percent", "organisation_cap_raised_percent", raised)
    return _result(rules, key, xs, htt, "tổ chức")


def largest_xs(rules: CapRules, total: int, raised: bool = False) -> int | None:
    """Most members that may be HTXSNV when `total` are HTXSNV or HTTNV; None without a limit."""
    percent = getattr(rules, _key(rules, "xs_cap_percent", "xs_cap_raised_percent", raised))
    return None if percent is None else _measure(rules, percent).largest(total)


def _key(rules: CapRules, usual: str, higher: str, raised: bool) -> str:
    return higher if raised and getattr(rules, higher) is not None else usual


def _measure(rules: CapRules, percent: Decimal) -> _Measure:
    return _Measure(percent, rules.cap_denominator or TEXT, rules.cap_rounding or "floor")


def _result(rules: CapRules, key: str, xs: int, htt: int, noun: str) -> CapResult:
    percent = getattr(rules, key)
    if percent is None:
        words = "Bộ quy tắc của năm này không có giới hạn tỷ lệ hoàn thành xuất sắc nhiệm vụ trong phần mềm."
        return CapResult(xs, htt, None, 0, 0, None, rules.cap_denominator or TEXT, rules.cite(key), words)
    measure = _measure(rules, percent)
    other = replace(measure, reading=XS_PLUS_HTT if measure.reading == TEXT else TEXT)
    shown = _measured(rules, key, measure, xs, htt)
    return replace(shown, what_if=_what_if(measure, shown, noun), other=_measured(rules, key, other, xs, htt))


def _measured(rules: CapRules, key: str, measure: _Measure, xs: int, htt: int) -> CapResult:
    limit = measure.limit(xs, htt)
    over_by = max(0, xs - limit)
    to_move = xs - min(xs, measure.largest(xs + htt)) if over_by else 0
    return CapResult(
        xs=xs,
        htt=htt,
        limit=limit,
        over_by=over_by,
        to_move=to_move,
        percent=measure.percent,
        reading=measure.reading,
        article=_article(rules, key, measure),
        arithmetic=_arithmetic(measure, xs, htt),
    )


def _what_if(measure: _Measure, found: CapResult, noun: str) -> str:
    """For example "Nếu đổi 1 người từ xuất sắc sang tốt: 20 % × 32 = 6,4 → 6; đang có 6, không vượt"."""
    xs, htt, to_move = found.xs, found.htt, found.to_move
    if to_move:
        moved = f"{number_text(to_move)} {noun} từ xuất sắc sang tốt"
        return f"Nếu đổi {moved}: {_arithmetic(measure, xs - to_move, htt + to_move)}"
    if not htt:
        return ""
    return f"Nếu đổi 1 {noun} từ tốt sang xuất sắc: {_arithmetic(measure, xs + 1, htt - 1)}"


def _article(rules: CapRules, key: str, measure: _Measure) -> str:
    """The article of the percentage, and which part of the sum is a default or a committee's choice."""
    parts = [rules.cite(key)]
    if rules.origin("cap_denominator") == "override" and measure.reading == rules.cap_denominator:
        parts.append(f"tính trên {READINGS[measure.reading]}: {rules.cite('cap_denominator')}")
    if rules.origin("cap_rounding") != "rule":
        source = rules.cite("cap_rounding") or DEFAULT_NOTE
        parts.append(f"{ROUNDING_NAMES[measure.rounding]}: {source}")
    return "; ".join(parts)


def _arithmetic(measure: _Measure, xs: int, htt: int) -> str:
    """For example "20 % × 31 = 6,2 → 6; đang có 7, vượt 1"."""
    limit = measure.limit(xs, htt)
    base, exact = number_text(measure.base(xs, htt)), number_text(measure.exact(xs, htt))
    found = f"vượt {number_text(xs - limit)}" if xs > limit else "không vượt"
    return (
        f"{percent_text(measure.percent)} × {base} = {exact} → {number_text(limit)}; đang có {number_text(xs)}, {found}"
    )
