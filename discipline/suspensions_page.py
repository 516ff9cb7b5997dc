"""What the pages of suspensions show: the term of each, what is near its end, what its journal says."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cells.permissions import Permission
from discipline.beside_enums import SuspensionGround
from discipline.models import CaseSuspension, SideEntry
from discipline.rulebook import PROCEDURE, CaseBook
from discipline.rules.suspension import ends_soon
from discipline.rules.terms import suspension_term

LOOK_AHEAD = timedelta(days=60)  # further than any reminder reaches
WORDS = {
    "suspend": "ghi quyết định đình chỉ, từ {on}",
    "extend_suspension": "ghi gia hạn đến hết {until}",
    "end_suspension": "ghi kết thúc, đến hết {on}",
    "void_suspension": "hủy mục ghi nhầm",
}


@dataclass(frozen=True)
class SuspensionLine:
    """One suspension with its pill; `is_over` once the member takes part again."""

    row: Any
    pill: tuple[str, str]
    is_over: bool


def read_suspensions(rows, today):
    """(those that hold, those that are over) with what is near its end first."""
    book = CaseBook()
    lines = [_line(row, book, today) for row in rows]
    open_lines = [line for line in lines if not line.is_over]
    open_lines.sort(key=lambda line: (line.row.last_day is None, line.row.last_day or line.row.started_on))
    return open_lines, [line for line in lines if line.is_over]


def ending_soon(user, today):
    """Suspensions in sight whose end is near, as the rule set of their body counts that; one query where none is."""
    if not user.holds(Permission.CASES_WORK):
        return []
    rows = CaseSuspension.objects.visible_to(user).filter(
        overlay__voided_at__isnull=True, overlay__ended_on__gt=today, overlay__ended_on__lte=today + LOOK_AHEAD
    )
    rows = list(rows.select_related("member", "organisation", "overlay").order_by("overlay__ended_on", "pk"))
    book = CaseBook() if rows else None
    return [row for row in rows if ends_soon(book.rules(PROCEDURE, row.organisation, today), row.last_day, today)]


def _line(row, book, today):
    over = row.is_over(today)
    return SuspensionLine(row, _pill(row, book, today, over), over)


def _pill(row, book, today, over):
    if row.overlay.voided_at is not None:
        return "warn", "Mục ở hồ sơ đảng viên đã sửa, hủy"
    if over:
        return "neutral", "Đã kết thúc"
    rules = book.rules(PROCEDURE, row.organisation, today)
    if ends_soon(rules, row.last_day, today):
        return "waiting", f"Sắp hết hạn: còn {(row.last_day - today).days} ngày"
    return "info", "Đang đình chỉ"


@dataclass(frozen=True)
class SuspensionPage:
    """One suspension: its facts, what the rule set says of its term, what was done."""

    line: SuspensionLine
    identity: list
    term: str
    article: str
    extensions: list
    events: list


def read_suspension(row, today):
    book = CaseBook()
    rules = book.rules(PROCEDURE, row.organisation, row.started_on)
    term = suspension_term(rules, row.started_on) if row.ground != SuspensionGround.DETAINED else None
    return SuspensionPage(
        line=_line(row, book, today),
        identity=_identity(row),
        term=term.reason if term else "",
        article=term.article if term else "",
        extensions=row.standing_extensions,
        events=[event_of(line, WORDS) for line in SideEntry.objects.about(row).select_related("actor")],
    )


def _identity(row):
    until = f"{row.last_day:%d/%m/%Y}" if row.last_day else "theo thời hạn tố tụng"
    rows = [
        ("Đảng viên", row.member),
        ("Sinh hoạt tại", row.member.home),
        ("Căn cứ", row.get_ground_display()),
        ("Quyết định", f"{row.decision}, {row.decided_by}"),
        ("Từ ngày", f"{row.started_on:%d/%m/%Y}"),
        ("Đến hết ngày", until),
    ]
    if row.over_reason:
        rows.append(("Dài hơn quy định vì", row.over_reason))
    if row.proceeding:
        rows.append(("Tố tụng", f"{row.proceeding} từ {row.proceeding.started_on:%d/%m/%Y}"))
    if row.end_reason:
        rows.append(("Kết thúc vì", " ".join(part for part in (row.get_end_reason_display(), row.end_note) if part)))
    return rows


def event_of(line, known):
    """A line of the journal beside the cases as a timeline shows it; `known` are the words of its acts."""
    words = known.get(line.action, line.action)
    title = words.format_map({"on": "…", "until": "…", "paper": "…"} | line.data)
    return {
        "on": line.at.date(), "precision": "day", "title": title[:1].upper() + title[1:], "actor": str(line.actor),
        "text": line.reason, "icon": "check-lg",
    }  # fmt: skip


def suspensions_of(case):
    """The standing suspensions that belong to a case."""
    rows = CaseSuspension.objects.standing().filter(case=case).select_related("overlay")
    return [(row, row.last_day) for row in rows]
