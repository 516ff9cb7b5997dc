"""What an inspection gathers: violations and what is concluded of each, circumstances, the team, evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.rulewords import code_label
from config.lib.workflow import NotAllowed
from discipline.conflicts import RELATED, is_related, refusal_of
from discipline.enums import OPEN_BEFORE_DECISION, Content, EvidenceKind
from discipline.journal import record
from discipline.models import CaseViolation, Circumstance, Evidence, TeamMember
from discipline.planning import day_rules
from discipline.rules.secrecy import shows_mark
from discipline.steps import GONE, locked

DECIDED = "Hồ sơ đã có quyết định hoặc đã kết thúc; không ghi thêm, không hủy được nữa."
OTHER_CONTENT = "Chỉ chọn khi nội dung là “Những điều đảng viên không được làm”."
UNKNOWN = "Bộ quy tắc áp dụng cho hồ sơ này không có mục đã chọn. Hãy tải lại trang."
HAS_CONFLICT = "Người có quan hệ gia đình, lợi ích với người được kiểm tra không tham gia tổ kiểm tra."
ONE_HEAD = "Tổ đã có tổ trưởng. Hãy hủy dòng ấy trước."
TWICE = "Đồng chí này đã có trong tổ kiểm tra."
MARKED = (
    "Có dấu mật (Mật, Tối mật, Tuyệt mật). Phần mềm không lưu nội dung tài liệu mật: hãy chọn loại “Chỉ dẫn nơi giữ "
    "tài liệu có dấu mật” và chỉ ghi số, ngày, độ mật, nơi giữ."
)
POINTER = "Tài liệu có dấu mật thì không ghi nội dung, chỉ ghi số, ngày, độ mật và nơi giữ."
NEEDED = "Hãy ghi mục này khi chỉ dẫn nơi giữ tài liệu có dấu mật."
NO_GRADE = "Chỉ ghi độ mật khi chọn loại “Chỉ dẫn nơi giữ tài liệu có dấu mật”."
CONCLUDED = {True: "Có vi phạm", False: "Không vi phạm"}
POINTER_TITLE = "Tài liệu có dấu mật"


@dataclass(frozen=True, kw_only=True)
class ViolationEntry:
    """One violation; `tags` are codes of prohibited acts."""

    content: str
    description: str
    rule: str = ""
    article: str = ""
    tags: tuple = ()
    began_on: date | None = None
    ended_on: date | None = None
    discovered_on: date | None = None
    consequence: str = ""
    unlimited_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamEntry:
    """Somebody of the team: a member of the record, or a name."""

    member: Any = None
    full_name: str = ""
    is_head: bool = False
    has_no_conflict: bool = False
    note: str = ""

    @property
    def name(self):
        return self.member.full_name if self.member else self.full_name


@dataclass(frozen=True, kw_only=True)
class EvidenceEntry:
    """Something gathered; `grade` and `kept_at` are those of a pointer."""

    kind: str
    title: str = ""
    number: str = ""
    on: date | None = None
    origin: str = ""
    grade: str = ""
    kept_at: str = ""
    text: str = ""


@transaction.atomic
def add_violation(case, entry, *, on, by):
    """One violation; the acts that members may not do are those of the rule set of the day."""
    found = _writable(case)
    if entry.tags and entry.content != Content.V04:
        raise ValidationError({"tags": OTHER_CONTENT})
    if not set(entry.tags) <= set(day_rules(found, on).violation.prohibited_acts or ()):
        raise ValidationError({"tags": UNKNOWN})
    row = CaseViolation(case=found, recorded_by=by, **vars(entry) | {"tags": list(entry.tags)})
    row.full_clean(exclude=["recorded_by"])
    row.save()
    record("add_violation", found, by=by, data={"what": str(row)})
    return row


@transaction.atomic
def conclude_violation(violation, *, found, by):
    """Each content is concluded by itself before one form is decided for all; said again, the last word counts."""
    case = _writable(violation.case)
    row = CaseViolation.objects.standing().select_for_update(of=("self",)).filter(pk=violation.pk).first()
    if row is None:
        raise NotAllowed(GONE)
    row.is_concluded = found
    row.save(update_fields=["is_concluded"])
    record("conclude_violation", case, by=by, data={"what": str(row), "result": CONCLUDED[found].lower()})
    return row


@transaction.atomic
def add_circumstance(case, *, code, note, on, by):
    """A mitigating or aggravating circumstance of the rule set of the day; it is recorded, not weighed."""
    found = _writable(case)
    rules = day_rules(found, on).violation
    if code not in (*rules.mitigating, *rules.aggravating):
        raise ValidationError({"code": UNKNOWN})
    if Circumstance.objects.standing().filter(case=found, code=code).exists():
        raise ValidationError({"code": "Tình tiết này đã được ghi."})
    row = Circumstance.objects.create(
        case=found, code=code, is_aggravating=code in rules.aggravating, note=note, recorded_by=by
    )
    record("add_circumstance", found, by=by, data={"what": code_label(code)})
    return row


@transaction.atomic
def add_team_member(case, entry, *, by):
    """Somebody of the team, without a tie to the accused; a name like that of his family asks for a note."""
    found = _writable(case)
    field = "member" if entry.member else "full_name"
    if refusal := refusal_of(found, entry.name, entry.member):
        raise ValidationError({field: refusal})
    if not entry.has_no_conflict:
        raise ValidationError({"has_no_conflict": HAS_CONFLICT})
    if not entry.note and is_related(found, entry.name, entry.member):
        raise ValidationError({"note": RELATED})
    team = TeamMember.objects.standing().filter(case=found)
    same = team.filter(member=entry.member) if entry.member else team.filter(full_name=entry.name)
    if same.exists():
        raise ValidationError({field: TWICE})
    if entry.is_head and team.filter(is_head=True).exists():
        raise ValidationError({"is_head": ONE_HEAD})
    row = TeamMember.objects.create(
        case=found, member=entry.member, user=entry.member.user if entry.member else None, full_name=entry.name,
        is_head=entry.is_head, has_no_conflict=True, note=entry.note, recorded_by=by,
    )  # fmt: skip
    record("add_team_member", found, by=by, data={"what": entry.name})
    return row


@transaction.atomic
def add_evidence(case, entry, *, by):
    """A paper, a talk, a statement in words; of a paper with a mark of secrecy only where it is kept."""
    found = _writable(case)
    _refuse_secret(entry)
    values = vars(entry) | {"title": entry.title or POINTER_TITLE}
    row = Evidence.objects.create(case=found, recorded_by=by, **values)
    record("add_evidence", found, by=by, data={"what": row.get_kind_display()})
    return row


@transaction.atomic
def void_record(row, *, reason, by):
    """A row that is not true is taken back; it stays readable with the reason."""
    found = _writable(row.case)
    standing = type(row).objects.standing().select_for_update(of=("self",)).filter(pk=row.pk).first()
    if standing is None:
        raise NotAllowed(GONE)
    standing.void(reason, by)
    record("void_record", found, by=by, reason=reason, data={"what": standing._meta.verbose_name})
    return standing


def _writable(case):
    found = locked(case)
    if found.state not in OPEN_BEFORE_DECISION:
        raise NotAllowed(DECIDED)
    return found


def _refuse_secret(entry):
    """ValidationError for content of a paper with a mark, and for a pointer that does not say where it points."""
    if entry.kind == EvidenceKind.POINTER:
        if entry.text:
            raise ValidationError({"text": POINTER})
        if missing := [name for name in ("grade", "kept_at") if not getattr(entry, name)]:
            raise ValidationError(dict.fromkeys(missing, NEEDED))
        return
    if entry.grade:
        raise ValidationError({"grade": NO_GRADE})
    if not entry.title:
        raise ValidationError({"title": "Hãy ghi tên, trích yếu."})
    marked = [name for name in ("title", "number", "origin", "kept_at", "text") if shows_mark(getattr(entry, name))]
    if marked:
        raise ValidationError(dict.fromkeys(marked, MARKED))
