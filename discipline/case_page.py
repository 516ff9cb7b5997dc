"""What the list of cases, the cover, the file and the journal show."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Max
from django.urls import reverse

from cells.permissions import Permission
from discipline.case_warnings import moves_of
from discipline.clock_rows import clock_rows
from discipline.clocks import clocks_of
from discipline.decision_page import may_void
from discipline.enums import ENDED_STATES, OPEN_BEFORE_DECISION, JournalKind, Part, State
from discipline.journal import said
from discipline.models import Case, JournalEntry, SealOpening, StepTaken
from discipline.sealing import reads_evidence, reads_inspection
from discipline.step_links import StepLink, step_links
from discipline.step_words import said_of
from discipline.suspensions_page import ending_soon
from discipline.workflow import OF_EVERY_CELL, label_of

LINES = 50
EVIDENCE = ("add_evidence", "void_record")
GATHERED = (
    *EVIDENCE, "add_violation", "conclude_violation", "add_circumstance", "add_team_member", "ask_self_review",
    "answer_self_review",
)  # fmt: skip
WAITING = (State.SIGNAL, State.TRIAGE, State.PROPOSED, State.APPEALED)
WORDS = {
    "register_signal": "mở hồ sơ, giao cho {readers}",
    "correct_signal": "sửa phần tiếp nhận: {fields}",
    "void_case": "hủy hồ sơ mở nhầm",
    "open_case": "mở xem hồ sơ",
    "ask_opening": "đề nghị mở niêm phong cho {for} ({part}), người xác nhận {second}",
    "answer_opening": "trả lời đề nghị mở cho {for}: {answer}",
    "close_for": "thôi cho {for} xem hồ sơ",
    "write_decision": "ghi quyết định bằng văn bản, số {number}",
    "void_last_step": "hủy bước “{step}” ngày {on}",
    "print_paper": "in {paper} ({form})",
    "point_to_record": "chuyển sang hồ sơ đảng viên nhập lại: {who}",
    "take_over_case": "giao hồ sơ không còn người phụ trách cho {for}",
    "add_violation": "ghi vi phạm: {what}",
    "conclude_violation": "kết luận về {what}: {result}",
    "add_circumstance": "ghi tình tiết: {what}",
    "add_team_member": "đưa {what} vào tổ kiểm tra",
    "add_evidence": "ghi tài liệu, chứng cứ: {what}",
    "void_record": "hủy mục “{what}”",
    "ask_self_review": "yêu cầu tự kiểm điểm lại, ngày {on}",
    "answer_self_review": "ghi thêm bản tự kiểm điểm ngày {on}: {outcome}",
    "extend_inspection": "gia hạn kiểm tra {days} ngày",
    "choose_rules": "chọn bộ quy tắc cho hồ sơ: {topic} – {set}",
    "suspend": "ghi quyết định đình chỉ sinh hoạt, từ {on}",
    "extend_suspension": "ghi gia hạn đình chỉ đến hết {until}",
    "end_suspension": "ghi kết thúc đình chỉ, đến hết {on}",
    "void_suspension": "hủy mục đình chỉ ghi nhầm",
    "inherit": "hồ sơ chuyển sang tổ chức kế thừa",
    "give_back": "hồ sơ trả về tổ chức cũ",
    "follow_record": "hồ sơ theo hồ sơ đảng viên đã gộp",
    "unfollow_record": "hồ sơ theo hồ sơ đảng viên đã tách lại",
}


@dataclass(frozen=True)
class ListPage:
    """The cases of a person, open and over; requests that he answers; cases that nobody in office has."""

    open: list
    over: list
    asked: list
    orphans: list
    links: list[tuple[str, str]]
    moved: list
    ending: list


def read_list(user, cases, today):
    rows = [(case, pill_of(case)) for case in cases]
    moved = moves_of([case for case, _ in rows], today)
    asked = SealOpening.objects.visible_to(user).waiting().select_related("user", "asked_by")
    heads = user.holds(Permission.CASES_SEAL)
    orphans = list(Case.objects.orphaned(user, today).select_related("organisation")) if heads else []
    return ListPage(
        open=[row for row in rows if row[0].state not in ENDED_STATES],
        over=[row for row in rows if row[0].state in ENDED_STATES],
        asked=list(asked),
        orphans=orphans,
        links=list_links(user),
        moved=moved,
        ending=ending_soon(user, today),
    )


# (words, name of the page, right that it asks for) of what stands beside the cases; each part of the app adds its line.
BESIDE: list[tuple[str, str, str]] = [
    ("Đình chỉ sinh hoạt", "suspensions", Permission.CASES_WORK),
    ("Đang trong tố tụng", "proceedings", Permission.CASES_WORK),
    ("Đơn tố cáo", "denunciations", Permission.CASES_REPORT),
    ("Kế hoạch kiểm tra, giám sát", "plans", Permission.SUPERVISION_VIEW),
    ("Chỉ số kiểm tra", "indicators", Permission.CASES_WORK),
    ("Thống kê, báo cáo", "statistics", Permission.CASES_WORK),
]


def list_links(user):
    """(words, address) of the pages beside the cases that are open to the person."""
    return [(words, reverse(f"discipline:{name}")) for words, name, right in BESIDE if user.holds(right)]


def pill_of(case):
    """(kind, word) of the state of a case."""
    if case.state in ENDED_STATES:
        return "neutral", case.get_state_display()
    return "waiting" if case.state in WAITING else "info", case.get_state_display()


@dataclass(frozen=True)
class Cover:
    """The seal: who is named, since when and by whom, when each read last; the requests that wait."""

    readers: list
    waiting: list
    is_open: bool
    may_name: bool


def read_cover(opened):
    case = opened.case
    lines = JournalEntry.objects.filter(case=case, kind=JournalKind.READ).order_by()
    last = dict(lines.values_list("actor_id").annotate(Max("at")))
    readers = list(case.readers.open().select_related("user", "named_by", "confirmed_by"))
    return Cover(
        readers=[(reader, last.get(reader.user_id)) for reader in readers],
        waiting=list(case.openings.waiting().select_related("user", "asked_of")),
        is_open=opened.is_opened,
        may_name=opened.part == Part.OFFICER,
    )


@dataclass(frozen=True)
class FilePage:
    """Where a case stands: its head, the steps open to the reader, the steps taken."""

    identity: list
    pill: tuple
    lead: str
    steps: list[StepLink]
    taken: list
    reader_count: int
    clocks: list
    warnings: list[str]
    last: object = None
    may_void: bool = False
    may_correct: bool = False


def read_file(opened, today):
    case = opened.case
    steps, clocks = step_links(opened), _clocks(opened, today)
    rows = StepTaken.objects.standing().filter(case=case).select_related("organisation", "recorded_by")
    taken = sorted(rows, key=lambda row: (row.on, row.pk), reverse=True)
    return FilePage(
        identity=_identity(case),
        pill=pill_of(case),
        lead=_lead(case, steps, clocks),
        steps=steps,
        taken=[_event(row, is_read=_reads_note(opened, row)) for row in taken],
        reader_count=case.readers.open().count(),
        clocks=clocks,
        last=taken[0] if taken and may_void(opened, taken[0]) else None,
        warnings=[words for _, words in moves_of([case], today)],
        may_correct=opened.part == Part.OFFICER and case.state in OPEN_BEFORE_DECISION,
        may_void=opened.part == Part.OFFICER and case.state in (State.SIGNAL, State.TRIAGE),
    )


def _clocks(opened, today):
    """(clock, its pill) of every term of the case that runs."""
    rows = clock_rows(opened.user, opened.case)
    return [(clock, clock.pill(today)) for _, found in clocks_of(rows, today) for clock in found]


def _identity(case):
    subject = [("Đảng viên", case.member), ("Sinh hoạt tại", case.cell)] if case.member else [("Tổ chức", case.accused)]
    return [
        *subject,
        ("Nơi xem xét", f"{case.get_handler_display()} ({case.organisation})"),
        ("Ký hiệu hồ sơ", case.code or "không đặt"),
        ("Nguồn", f"{case.get_source_display()}, {case.signal_on:%d/%m/%Y}"),
        ("Văn bản, đơn thư", case.document or "không có"),
        ("Vi phạm về", case.get_scope_display()),
        ("Nội dung dấu hiệu", case.summary),
    ]


def _lead(case, steps, clocks):
    if case.state in ENDED_STATES:
        return "Hồ sơ đã kết thúc."
    if not steps:
        return "Bước tiếp theo do người khác của hồ sơ làm."
    if not steps[0].is_due:
        return "Hiện không có bước nào đến hạn; các bước dưới đây chỉ dùng khi có việc."
    due = f", hạn {clocks[0][0].due_on:%d/%m/%Y}" if clocks else ""
    return f"Tiếp theo: {steps[0].words.lower()}{due}. Đồng chí làm."


def _reads_note(opened, row):
    """Whether a part reads what a step says: before the report is theirs, a cell reads what it may have said itself."""
    own = row.step in OF_EVERY_CELL and row.from_state != State.VERIFYING
    return own or reads_inspection(opened.part, opened.case)


def _event(row, *, is_read):
    said = (row.document, row.note, said_of(row)) if is_read else ()
    return {
        "on": row.on, "precision": "day", "title": label_of(row.step), "actor": str(row.recorded_by),
        "text": " ".join(part for part in said if part), "icon": "check-lg",
    }  # fmt: skip


def read_journal(opened, number):
    """A page of the journal with the words of each line; what an inspection gathers, as far as the part reads it."""
    lines = JournalEntry.objects.filter(case=opened.case).select_related("actor").order_by("-id")
    if not reads_inspection(opened.part, opened.case):
        lines = lines.exclude(action__in=GATHERED)
    elif not reads_evidence(opened.part, opened.case):
        lines = lines.exclude(action__in=EVIDENCE)
    page = Paginator(lines, LINES).get_page(number)
    page.object_list = [(line, _words(line)) for line in page.object_list]
    return page


def _words(line):
    return said(WORDS.get(line.action, label_of(line.action)), line.data)
