"""Documents, files, background work and accounts on the desk; one query each."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber
from django.urls import reverse
from django.utils import timezone

from cells.enums import DocumentState, JobState
from cells.models import IssuedDocument, Job
from cells.permissions import Permission
from cells.rights import Asker
from config.desk import waiting
from config.desk.discipline import opening_entries, opening_rows
from config.desk.entries import Entry, named
from config.desk.removals import REMOVAL, removal_entries, removal_rows
from config.desk.screening import SCREENING, SCREENING_ROUND, screening_entries, screening_rows
from config.lib.statements import kept_statement
from discipline.clock_rows import packed_rows
from members.enums import BatchKind

SHOWN = 5
FILE, JOB, CASE = "file", "job", "case"
_OF_DOCUMENT = ("id", "abstract", "type", "state", "number", "symbol", "signed_on", "organisation__name")


def drafts(user):
    """Documents of one's own bodies that are not issued yet, the oldest first."""
    rows = _drafts(Asker.of(user, timezone.localdate()))
    words = {
        DocumentState.DRAFT: ("Dự thảo, chưa lấy số", "Xem dự thảo"),
        DocumentState.NUMBERED: ("Đã lấy số, chưa ban hành", "Ghi ngày ký, ban hành"),
    }
    entries = [
        Entry(str(row), f"{words[row.state][0]}; {row.organisation}.", _url(row), words[row.state][1]) for row in rows
    ]
    return entries + _more(rows, "văn bản chưa ban hành", reverse("cells:documents"))


def latest_documents(user):
    """What was issued last within one's scope, for those who read but do not issue."""
    if not user.holds(Permission.DOCUMENTS_VIEW) or user.holds(Permission.DOCUMENTS_ISSUE):
        return []
    rows = _issued_last(Asker.of(user, timezone.localdate()))
    return [
        Entry(str(row), f"Số {row.number_text}, ngày {row.signed_on:%d/%m/%Y}; {row.organisation}.", _url(row), "Xem")
        for row in rows
    ]


class Work(NamedTuple):
    """A checked file, a piece of background work, a case, somebody in screening or a matter of leaving.

    `kind` is that of the file, or how far the work is; the title of a case is its packed row.
    """

    about: str
    pk: UUID
    title: str
    kind: str
    place: str
    who: str
    at: datetime
    done: int
    total: int


@dataclass(frozen=True)
class Owner(Asker):
    """Whoever acts in these roles on a day, as the one person that he is."""

    pk: int

    @classmethod
    def of(cls, user, day):
        asker = Asker.of(user, day)
        return cls(asker.roles_today, asker.day, user.pk)


def read_work(user, today):
    """(mine, others, cases): files that wait to be written, people in screening and matters of leaving; one's own
    background work that has not ended; the sealed cases that name one, packed. In one query."""
    rows = sorted((Work(*row) for row in _work(Owner.of(user, today))), key=lambda row: row.at)
    files = [row for row in rows if row.about == FILE]
    mine = [
        Entry(
            title=f"Tệp {row.title} đã kiểm tra xong, chờ ghi",
            reason=f"{BatchKind(row.kind).label} của {row.place}; {row.who}, ngày {_day(row.at)}.",
            url=reverse("members:imports"),
            verb="Xem thay đổi rồi ghi",
        )
        for row in files[:SHOWN]
    ]
    if more := len(files) - len(mine):
        mine.append(Entry(f"Và {more} tệp chờ ghi", "", reverse("members:imports"), "Xem tất cả", count=more))
    mine += opening_entries(rows)
    mine += screening_entries([row for row in rows if row.about in (SCREENING, SCREENING_ROUND)])
    leaving, late = removal_entries([row for row in rows if row.about == REMOVAL], today)
    jobs = [_running(row) for row in rows if row.about == JOB][:SHOWN]
    return mine + leaving, late + jobs, [row.title for row in rows if row.about == CASE]


def _running(row):
    percent = 100 * row.done // row.total if row.total else 0
    return Entry(
        title=row.title,
        reason=f"Máy chủ {JobState(row.kind).label}, được {percent} %.",
        url=reverse("cells:job", args=[row.pk]),
        verb="Xem",
    )


def account_entries(user):
    """(mine, others): accounts locked for wrong passwords, and those whose owner must choose a password."""
    rows = waiting.accounts(user).annotate(locked=Exists(waiting.locked_accounts(user).filter(pk=OuterRef("pk"))))
    rows = rows.filter(Q(locked=True) | Q(must_change_password=True))
    within = {"partition_by": ["locked"]}
    place = Window(RowNumber(), order_by="username", **within)
    found = list(rows.annotate(total=Window(Count("pk"), **within), place=place).filter(place__lte=SHOWN))
    shut = [account for account in found if account.locked]
    mine = [_locked(account) for account in shut] + _more(shut, "tài khoản bị tạm khóa", reverse("cells:accounts"))
    return mine, _unchanged([account for account in found if not account.locked])


def _locked(account):
    return Entry(
        title=f"Tài khoản {account.username} đang bị tạm khóa",
        reason=f"{account} nhập sai mật khẩu nhiều lần. Hỏi đúng người rồi mở lại hoặc đặt mật khẩu mới.",
        url=reverse("cells:account", args=[account.pk]),
        verb="Mở tài khoản",
    )


def _unchanged(accounts):
    if not accounts:
        return []
    total = accounts[0].total
    names = named([account.username for account in accounts], total, "người")
    title = f"{total} người chưa đổi mật khẩu lần đầu"
    return [Entry(title, f"Chưa làm việc được trên hệ thống: {names}.", reverse("cells:accounts"), "Xem tài khoản")]


@kept_statement
def _drafts(asker):
    return _first(waiting.documents(asker).order_by("created_at").select_related("organisation").only(*_OF_DOCUMENT))


@kept_statement
def _issued_last(asker):
    rows = IssuedDocument.objects.visible_to(asker).filter(state=DocumentState.ISSUED)
    return rows.order_by("-signed_on", "-number").select_related("organisation").only(*_OF_DOCUMENT)[:SHOWN]


@kept_statement
def _work(user):
    jobs = (
        Job.objects.visible_to(user)
        .unfinished()
        .order_by()
        .annotate(about=Value(JOB, CharField()), nobody=Value("", CharField()))
    )
    cases = packed_rows(user).annotate(about=Value(CASE, CharField()), nobody=Value("", CharField()), no=Value(0))
    of_case = ("about", "case_id", "packed", "nobody", "nobody", "nobody", "since", "no", "no")
    rows = jobs.values_list("about", "pk", "label", "state", "nobody", "nobody", "created_at", "done", "total")
    more = [cases.values_list(*of_case), *opening_rows(user)]
    if user.holds(Permission.SCREENING_FILE) or user.holds(Permission.SCREENING_DECIDE):
        more += screening_rows(user)
    if user.holds(Permission.SCREENING_VIEW):
        more.append(removal_rows(user, user.day))
    if user.holds(Permission.MEMBERS_IMPORT):
        more.append(_files(user))
    return rows.union(*more, all=True)


def _files(user):
    who = Coalesce(NullIf("created_by__full_name", Value("")), "created_by__username")
    files = waiting.batches(user).order_by().annotate(about=Value(FILE, CharField()), who=who, no=Value(0))
    return files.values_list("about", "pk", "file_name", "kind", "organisation__name", "who", "created_at", "no", "no")


def _first(rows):
    """The first rows, each with the `total` of all."""
    return rows.annotate(total=Window(Count("pk")))[:SHOWN]


def _more(rows, noun, url):
    more = rows[0].total - len(rows) if rows else 0
    return [Entry(f"Và {more} {noun}", "", url, "Xem tất cả", count=more)] if more else []


def _url(document):
    return reverse("cells:document", args=[document.pk])


def _day(moment):
    return f"{timezone.localtime(moment):%d/%m/%Y}"
