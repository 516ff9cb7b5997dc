"""The member's file (topic `files`): what it must hold and why, what is missing, when it is reconciled. Pure functions.

Who keeps it (294-QĐ/TW, 6.2.1; 06-HD/TW, 8.2b, 8.2đ): the base committee of the official activity, the committee above
where there is none; of the dead and of those who left the committee directly above base. The cell keeps no files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.lib.rulesets import Rules
from config.lib.workdays import add_months
from members.catalogues.dossier import PaperType
from members.dossier_enums import Regime
from members.rules.moves import HUMAN, OK, Finding

CONTENTS = "mục II.1.1 Hướng dẫn 38-HD/BTCTW"
KEPT_AT_BASE = "điểm 6.2.1 Quy định 294-QĐ/TW; điểm 8.2b Hướng dẫn 06-HD/TW năm 2025"
KEPT_ABOVE = "điểm 8.2đ Hướng dẫn 06-HD/TW năm 2025"


@dataclass(frozen=True, kw_only=True)
class FileRules(Rules):
    """Topic `files`."""

    file_reconcile_months: int | None = None
    supplement_months: int | None = None
    self_review_keep_years: int | None = None
    file_complete_since: date | None = None
    document_number_width: int | None = None
    store_scans: bool | None = None


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What the record knows of a member as far as papers follow from it.

    `admitted` are the first and the last day that the ceremony may have been on; `moves` are the kinds of transfers
    received, `endings` and `restorations` the names of what happened, once for each time.
    """

    admitted: tuple[date, date] | None
    official: bool
    exempt: bool = False
    moves: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Need:
    """A paper that must be there: any of the types, so many times at least, why, and by which article."""

    types: tuple[int, ...]
    least: int
    priority: int
    reason: str
    source: str


@dataclass(frozen=True)
class Gap:
    """So many papers short of a need; of a paper known to be lost there is no need."""

    types: tuple[int, ...]
    missing: int
    priority: int
    need: Need | None = None


def regime(rules: FileRules, facts: FileFacts) -> Regime:
    """Whole for those admitted since the day of the rule set, what exists for those before (06-HD/TW, 8.1c)."""
    since = rules.file_complete_since
    if since is None:
        return Regime.EXISTING
    if facts.admitted is None or facts.admitted[0] < since <= facts.admitted[1]:
        return Regime.UNKNOWN
    return Regime.FULL if facts.admitted[0] >= since else Regime.EXISTING


def needs(types: Iterable[PaperType], rules: FileRules, facts: FileFacts, on: date) -> tuple[Need, ...]:
    """Every paper that the file must hold on `on`; none where what exists is enough or the regime is not known."""
    if regime(rules, facts) != Regime.FULL:
        return ()
    times = _times(rules, facts, on)
    found = [each for each in types if times.get(each.need)]
    either = tuple(each.number for each in found if each.either)
    return tuple(
        Need(
            either if each.either else (each.number,),
            times[each.need],
            each.priority,
            _reason(each.need, rules),
            _source(each.need, rules),
        )
        for each in found
        if not each.either or each.number == either[0]
    )


def gaps(
    wanted: Iterable[Need], held: Mapping[int, int], waived: Iterable[int], lost: Mapping[int, PaperType]
) -> tuple[Gap, ...]:
    """What is missing: `held` counts the papers there by type, `waived` need not be there, `lost` are known to be gone.

    A type that is both needed and known to be lost is missing once.
    """
    excused, found = set(waived), []
    for need in wanted:
        if excused.intersection(need.types):
            continue
        missing = need.least - sum(held.get(number, 0) for number in need.types)
        if missing > 0:
            found.append(Gap(need.types, missing, need.priority, need))
    covered = {number for gap in found for number in gap.types}
    found += [Gap((number,), 1, each.priority) for number, each in lost.items() if number not in covered]
    return tuple(found)


def missing_by_priority(found: Iterable[Gap]) -> dict[int, int]:
    """How many papers are missing of each priority."""
    counts = {1: 0, 2: 0, 3: 0}
    for gap in found:
        counts[gap.priority] += gap.missing
    return counts


def next_check(rules: FileRules, last: date | None) -> date | None:
    """The day by which list and files are to be reconciled again (06-HD/TW, 8.2h); None without a rule or a first."""
    if last is None or rules.file_reconcile_months is None:
        return None
    return add_months(last, rules.file_reconcile_months)


def owes_slip(rules: FileRules, admitted: date | None, last_day: date) -> bool:
    """Whether a yearly slip is due by the last day of a year (06-HD/TW, 8.1c).

    Our reading: a slip says what changed since the sheet was declared, which is after the ceremony, so that the first
    one is due so many months later. Without a rule, or without a day of the ceremony, everybody owes one.
    """
    if admitted is None or rules.supplement_months is None:
        return True
    return add_months(admitted, rules.supplement_months) <= last_day


def index_finding(certified_on: date | None, *, holds: bool) -> Finding:
    """Whether a receiver may take the member in: not before the keeper has certified the index (38-HD/BTCTW, II.1.1).

    An index can be certified on paper alone, so what is not known here is for the receiver to look at.
    """
    if certified_on and holds:
        return Finding(OK, f"Mục lục hồ sơ được chứng nhận ngày {certified_on:%d/%m/%Y}.", CONTENTS, "Đã chứng nhận")
    known = "Phần mềm chưa ghi chứng nhận mục lục hồ sơ"
    if certified_on:
        known = f"Tài liệu trong hồ sơ đã thay đổi sau lần chứng nhận mục lục ngày {certified_on:%d/%m/%Y}"
    reason = f"{known}; nơi đến không tiếp nhận khi mục lục chưa được nơi giữ hồ sơ chứng nhận, hãy xem mục lục giấy."
    return Finding(HUMAN, reason, CONTENTS, "Cần xem mục lục")


def type_number(rules: FileRules, number: int) -> str:
    """The number of a type as file names and the index write it: two digits (three from 100), or always three."""
    return f"{number:0{rules.document_number_width or 2}d}"


def _times(rules: FileRules, facts: FileFacts, on: date) -> dict[str, int]:
    """How many papers each ground asks for."""
    counts = {"always": 1, "official": int(facts.official), "last_years": _reviews_due(rules, facts, on)}
    for kind in facts.moves:
        counts[f"moved_{kind}"] = counts.get(f"moved_{kind}", 0) + 1
    counts["moved"] = sum(kind in ("official", "internal") for kind in facts.moves)
    for event in facts.events:
        counts[event] = counts.get(event, 0) + 1
    return counts


def _reviews_due(rules: FileRules, facts: FileFacts, on: date) -> int:
    """Yearly self-reviews: of the years that began after the ceremony, as many as are kept; none of the exempt."""
    keep = rules.self_review_keep_years
    if keep is None or facts.admitted is None or facts.exempt:
        return 0
    return max(0, min(keep, on.year - 1 - facts.admitted[1].year))


REASONS = {
    "always": "Có trong mọi hồ sơ",
    "official": "Đảng viên đã được công nhận chính thức",
    "moved": "Đã chuyển sinh hoạt đảng chính thức",
    "moved_official": "Đã chuyển sinh hoạt đảng chính thức",
    "moved_internal": "Đã chuyển sinh hoạt đảng nội bộ",
    "moved_temporary": "Đã chuyển sinh hoạt đảng tạm thời",
    "moved_abroad_official": "Đã chuyển sinh hoạt đảng ra ngoài nước",
    "moved_abroad_temporary": "Đã ra ngoài nước tạm thời",
    "readmitted": "Đã được kết nạp lại",
    "resumed": "Đã được nối lại sinh hoạt đảng",
    "rights": "Đã được khôi phục quyền đảng viên",
    "sanctioned": "Đã bị kỷ luật Đảng",
    "suspended": "Đã bị đình chỉ sinh hoạt đảng",
    "removed": "Đã bị xóa tên",
    "removed_probationary": "Đã bị xóa tên khi dự bị",
    "left": "Đã được cho ra khỏi Đảng",
    "cancelled": "Quyết định kết nạp đã bị hủy",
    "died": "Đã từ trần",
}
NAMED_IN_THE_TEXT = {"always", "official", "last_years", "moved", "moved_official", "moved_internal", "sanctioned"}


def _reason(need: str, rules: FileRules) -> str:
    if need == "last_years":
        return f"Giữ bản tự kiểm điểm của {rules.self_review_keep_years} năm gần nhất"
    return REASONS[need]


def _source(need: str, rules: FileRules) -> str:
    """The article; what we conclude from an event recorded here says so."""
    if need == "last_years":
        return rules.cite("self_review_keep_years")
    since = rules.cite("file_complete_since")
    if need in NAMED_IN_THE_TEXT:
        return f"{CONTENTS}; {since}"
    return "suy từ việc đã ghi ở đây – mặc định của phần mềm, chưa đối chiếu văn bản"
