"""Who can see a person's record today and by what right, and who has looked at it or took it away."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Min, Q
from django.utils import timezone

from cells.models import LogEntry, RoleAssignment
from cells.permissions import GRANTS, INSPECTION_ROLES, Permission, Role
from cells.reports.log import PAGE, log_line
from members.catalogues.dossier import guarded_types
from members.enums import SENSITIVE_TOPICS
from members.merging import relations
from members.models import DossierPaper, FileLoan, Finding, Hold, Member, Merge, Particular, Proceeding, Scan
from members.models.quality import FindingQuerySet
from members.ports import readings
from members.readings import OF_A_LIST, OF_A_MEMBER, OF_A_MOVE, READ_SCAN
from members.sheet.parts import PARTS

SIGHTS = (
    (Permission.MEMBERS_VIEW, "xem hồ sơ, số được che"),
    (Permission.MEMBERS_SENSITIVE, "xem mục tôn giáo, sức khỏe, gia đình"),
    (Permission.MEMBERS_REVEAL, "xem số đầy đủ, có ghi nhật ký"),
    (Permission.MEMBERS_EDIT, "sửa hồ sơ"),
    (Permission.MEMBERS_EXPORT, "xuất danh sách"),
    (Permission.LOG_VIEW, "xem nhật ký"),
)
NAMES_ONLY = "thấy họ tên trong báo cáo, sổ in"
SEALED_SIGHT = "theo chức trách kiểm tra, giám sát"
SEALED = (Hold, Proceeding)  # of which the page and the statement say nothing
RESTRICTED = tuple({part.model for part in PARTS.values() if part.sensitive})
OF_THE_KEEPER = (FileLoan, Scan)


@dataclass(frozen=True)
class Asker:
    """What somebody who asks may be told of a record: restricted items, what the keeper of its file knows, the log."""

    sensitive: bool
    keeps: bool
    paths: tuple[str, ...]  # below which he reads the log
    findings: FindingQuerySet  # those in his sight


@dataclass(frozen=True)
class Reader:
    """A role that reaches the record today: in which body, who plays it, what it sees."""

    role: str
    place: str
    people: str
    sees: str


@dataclass(frozen=True)
class Look:
    """One act of reading: when, by whom, what, for what."""

    at: datetime
    actor: str
    words: str
    reason: str
    place: str


@dataclass(frozen=True)
class Looks:
    """Up to PAGE acts, newest first; `older` is the id to ask for the next page, None at the end."""

    lines: list[Look]
    older: int | None = None


def readers(member, on):
    """Every role in use that reaches the record on a day, the nearest body first; in one query.

    Of inspection officers it says the role and nothing else.
    """
    roles = [role for role, granted in GRANTS.items()
             if granted & {Permission.MEMBERS_VIEW, Permission.REPORTS_VIEW}]  # fmt: skip
    held = RoleAssignment.objects.on(on).filter(
        role__in=roles, organisation__in=member.home.ancestor_ids(), user__is_active=True
    )
    rows = held.select_related("user", "organisation").order_by("-organisation__path", "role", "user__full_name")
    found = []
    for (place, role), group in groupby(rows, key=lambda row: (row.organisation, row.role)):
        sealed = role in INSPECTION_ROLES
        names = "" if sealed else ", ".join(str(row.user) for row in group)
        found.append(Reader(Role(role).label, str(place), names, SEALED_SIGHT if sealed else _sees(role)))
    return found


def _sees(role):
    granted = GRANTS[role]
    return "; ".join(words for permission, words in SIGHTS if permission in granted) or NAMES_ONLY


def asker_of(user, member):
    """What `user` may be told of a member."""
    return Asker(
        sensitive=user.may(Permission.MEMBERS_SENSITIVE, member),
        keeps=user.may(Permission.FILES_KEEP, member),
        paths=tuple(user.paths_in_scope(Permission.LOG_VIEW)),
        findings=Finding.objects.visible_to(user, Permission.MEMBERS_VIEW),
    )


def looks(member, asker, *, before=None, most=PAGE):
    """Acts of reading about a member, newest first, those about records merged into this one too.

    Lists that were taken out for a body above may have held him. Of those beyond the scope of who asks it is said only
    that there were such; of scans only the keeper of the file hears which paper was read, and what for; where a merged
    record was kept hears only who reaches that place.
    """
    entries = LogEntry.objects.filter(_about(member))
    entries = entries.before(before) if before else entries
    found = list(entries.select_related("actor", "organisation")[: most + 1])
    older = found[most - 1].pk if len(found) > most else None
    return Looks([_look(entry, member, asker) for entry in found[:most]], older)


def _about(member):
    merged = Merge.objects.standing().filter(survivor=member).values_list("merged_id", flat=True)
    own = [str(member.pk), *map(str, merged)]
    moves = [str(pk) for pk in member.transfers.values_list("pk", flat=True)]
    reads = Q(action__in=_of_a_member(), subject_type="members.member", subject_id__in=own)
    reads |= Q(action__in=OF_A_MOVE, subject_type="members.transfer", subject_id__in=moves)
    return reads | Q(action__in=OF_A_LIST, organisation__in=member.home.ancestor_ids())


def _of_a_member():
    return OF_A_MEMBER | readings()


def _look(entry, member, asker):
    line = log_line(entry)
    is_list = entry.action in OF_A_LIST
    is_near = entry.organisation is None or entry.organisation.path.startswith(asker.paths)
    of_merged = entry.action in _of_a_member() and entry.subject_id != str(member.pk)
    place = "" if of_merged and not is_near else line.place
    if entry.action == READ_SCAN and not asker.keeps:
        return Look(entry.at, line.actor, "đọc bản quét trong hồ sơ", "", place)
    if is_list and not is_near:
        return Look(entry.at, "", "xuất danh sách của cấp trên, có thể có người này", "", line.place)
    words = f"{line.words}; có thể có người này" if is_list else line.words
    return Look(entry.at, line.actor, words, line.reason, place)


# --- what is kept


@dataclass(frozen=True)
class Kept:
    """One kind of entries about a person: how many stand, since when the first is recorded."""

    label: str
    number: int
    since: date | None


@dataclass(frozen=True)
class PersonStatement:
    """Everything that the product says to a person about the keeping of his record, on a day."""

    member: Member
    on: date
    kept: list[Kept]
    readers: list[Reader]
    looks: list[Look]
    purpose: str = ""


def person_statement(member, on, purpose, asker):
    """The statement of a person on a day, to somebody; whole numbers and sealed matters stand nowhere in it."""
    acts = looks(member, asker, most=200).lines
    return PersonStatement(member, on, what_is_kept(member, asker), readers(member, on), acts, purpose)


def what_is_kept(member, asker):
    """The record itself, then every kind of rows about him of which some stand and who asks may know."""
    found = [Kept("thông tin chung của hồ sơ", 1, timezone.localdate(member.created_at))]
    for each in sorted(relations(), key=lambda each: str(each.model._meta.verbose_name)):
        if _is_told(each.model, asker):
            found += _kept(each, member, asker)
    if open_findings := asker.findings.open().about(member).count():
        found.append(Kept("điểm cần xem của hồ sơ", open_findings, None))
    return found


def _is_told(model, asker):
    if model in SEALED or (model in RESTRICTED and not asker.sensitive):
        return False
    return asker.keeps or model not in OF_THE_KEEPER


def _kept(relation, member, asker):
    columns = {each.name for each in relation.model._meta.concrete_fields}
    rows = relation.model._default_manager.filter(**{relation.name: member}).order_by()
    if relation.model is Particular and not asker.sensitive:
        rows = rows.exclude(topic__in=SENSITIVE_TOPICS)
    if relation.model is DossierPaper and not asker.keeps:
        rows = rows.exclude(type__in=guarded_types())
    if "voided_at" in columns:
        rows = rows.filter(voided_at__isnull=True)
    number = rows.count()
    if not number:
        return []
    first = rows.aggregate(at=Min("recorded_at"))["at"] if "recorded_at" in columns else None
    return [Kept(str(relation.model._meta.verbose_name), number, timezone.localdate(first) if first else None)]
