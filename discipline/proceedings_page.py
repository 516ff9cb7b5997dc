"""The register of legal proceedings: who is in proceedings and not yet disciplined, and what is missing of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.lib.sheet_writing import Column, Table, write_rows
from discipline.models import Case, SideEntry
from discipline.rulebook import PROCEDURE, CaseBook
from discipline.rules.suspension import late_by
from discipline.suspensions_page import event_of
from members.enums import OverlayKind, ProceedingStage
from members.models import Overlay, Post, Sanction

SUSPENDED = (OverlayKind.SUSPENDED, OverlayKind.COMMITTEE_SUSPENDED)
WORDS = {"add_proceeding_paper": "ghi văn bản: {paper}", "void_proceeding_paper": "hủy văn bản ghi nhầm"}
TITLE = "Đang trong tố tụng, chưa xử lý kỷ luật"
COLUMNS = (
    Column("Họ và tên", 28), Column("Chi bộ", 32), Column("Chức vụ", 28), Column("Đơn vị công tác", 32),
    Column("Giai đoạn", 24), Column("Từ ngày", 14), Column("Văn bản", 48), Column("Xử lý của Đảng", 32),
    Column("Còn thiếu", 32), Column("Chậm thông báo", 40),
)  # fmt: skip


@dataclass(frozen=True)
class ProceedingLine:
    """One member in proceedings: the stage of today, its papers, what is missing, what came late."""

    stage: Any
    since: date
    post: str
    unit: str
    papers: list
    handling: str
    missing: list[str]
    late: list[str]

    @property
    def member(self):
        return self.stage.member


def read_register(stages, papers, user, today):
    """Lines of the members of `stages`, the standing ones in sight, in proceedings today and not disciplined since."""
    rows = stages.filter(member__in=stages.weighing(today).values("member")).select_related("member__home")
    current, began = {}, {}
    for stage in rows.order_by("member__sort_key", "member", "started_on", "pk"):
        _follow(stage, current, began, today)
    done = _disciplined(current, began)
    facts = _Facts(
        current, list(papers.filter(proceeding__member__in=current).select_related("proceeding")), user, today
    )
    book = CaseBook()
    return [_line(stage, began[pk], facts, book, today) for pk, stage in current.items() if pk not in done]


def _follow(stage, current, began, today):
    """The stage of today and the first day of the proceedings that run: what was dismissed before does not count."""
    if stage.started_on > today:
        return
    if stage.stage == ProceedingStage.CLOSED:
        began.pop(stage.member_id, None)
        current.pop(stage.member_id, None)
    else:
        began.setdefault(stage.member_id, stage.started_on)
        if stage.holds_on(today):
            current[stage.member_id] = stage


def _disciplined(ids, began):
    rows = Sanction.objects.standing().filter(member__in=ids).values_list("member", "decided_on")
    return {member for member, decided_on in rows if decided_on and decided_on >= began[member]}


class _Facts:
    """What is known of some members, read in one query each."""

    def __init__(self, ids, papers, user, today):
        self.papers = defaultdict(list)
        for paper in papers:
            self.papers[paper.proceeding.member_id].append(paper)
        posts = Post.objects.on(today).filter(member__in=ids).select_related("organisation").order_by("pk")
        self.posts = {post.member_id: f"{post.get_title_display()} {post.organisation.name}" for post in posts}
        states = Overlay.objects.on(today).filter(member__in=ids, kind__in=SUSPENDED).order_by("pk")
        self.suspended = {row.member_id: row.get_kind_display() for row in states}
        cases = Case.objects.visible_to(user).open().filter(member__in=ids)
        self.cases = set(cases.values_list("member", flat=True))


def _line(stage, since, facts, book, today):
    papers = [paper for paper in facts.papers[stage.member_id] if paper.issued_on >= since or paper.proceeding == stage]
    post = next((paper.post for paper in papers if paper.post), facts.posts.get(stage.member_id, ""))
    unit = next((paper.work_unit for paper in papers if paper.work_unit), "")
    of_stage = [paper for paper in papers if paper.proceeding_id == stage.pk]
    needed = (("chức vụ", post), ("đơn vị công tác", unit), ("văn bản của giai đoạn này", of_stage))
    rules = book.rules(PROCEDURE, stage.member.home, today)
    return ProceedingLine(
        stage=stage, since=since, post=post, unit=unit, papers=papers, handling=_handling(stage.member_id, facts),
        missing=[name for name, value in needed if not value], late=_late(rules, stage, papers, of_stage, today),
    )  # fmt: skip


def _handling(member_id, facts):
    """What the Party has done so far; of a case only to those whom it names."""
    parts = [facts.suspended[member_id]] if member_id in facts.suspended else []
    if member_id in facts.cases:
        parts.append("đang có hồ sơ xem xét kỷ luật")
    return "; ".join(parts) or "chưa xử lý"


def _late(rules, stage, papers, of_stage, today):
    found = [
        f"{paper}: nhận muộn {days} ngày"
        for paper in papers
        if (days := late_by(rules, paper.issued_on, paper.received_on))
    ]
    if not of_stage and (days := late_by(rules, stage.started_on, today)):
        found.append(f"quá {days} ngày chưa nhận thông báo")
    return found


@dataclass(frozen=True)
class PaperPage:
    """One paper: what it says, and what was done with it."""

    identity: list
    events: list


def read_paper(paper):
    stage = paper.proceeding
    shown = [
        ("Đảng viên", stage.member),
        ("Giai đoạn tố tụng", f"{stage.get_stage_display()} từ {stage.started_on:%d/%m/%Y}"),
        ("Văn bản", f"{paper} ngày {paper.issued_on:%d/%m/%Y}, {paper.issuer}"),
        ("Ngày nhận, nơi nhận", f"{paper.received_on:%d/%m/%Y}, {paper.received_by}"),
        ("Chức vụ, đơn vị", "; ".join(part for part in (paper.post, paper.work_unit) if part)),
        ("Độ mật, nơi giữ", paper.grade and f"{paper.grade}, {paper.kept_at}"),
        ("Bản án", " ".join(part for part in (paper.get_sentence_display(), paper.sentence_text) if part)),
        ("Bản án có hiệu lực", paper.in_force_on and f"{paper.in_force_on:%d/%m/%Y}"),
    ]
    lines = SideEntry.objects.about(paper).select_related("actor")
    return PaperPage([row for row in shown if row[1]], [event_of(line, WORDS) for line in lines])


def register_xlsx(lines):
    """The register as a workbook, without any number of a person."""
    rows = [
        (
            line.member.full_name, line.member.home.name, line.post, line.unit, line.stage.get_stage_display(),
            line.stage.started_on, "; ".join(_paper_words(paper) for paper in line.papers), line.handling,
            ", ".join(line.missing), "; ".join(line.late),
        )
        for line in lines
    ]  # fmt: skip
    return write_rows([Table("To tung", COLUMNS, rows)])


def _paper_words(paper):
    marked = f" (dấu {paper.grade})"
    return f"{paper} ngày {paper.issued_on:%d/%m/%Y}, {paper.issuer}{marked if paper.grade else ''}"
