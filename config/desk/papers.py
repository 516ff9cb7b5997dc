"""Documents, files, background work and accounts on the desk; one query each."""

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from cells.enums import DocumentState
from cells.models import IssuedDocument, Job
from cells.permissions import Permission
from cells.rights import Asker
from config.desk import waiting
from config.desk.entries import Entry, named
from config.lib.statements import kept_statement

SHOWN = 5
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


def previews(user):
    """Checked files that wait to be written."""
    rows = _checked_files(Asker.of(user, timezone.localdate()))
    entries = [
        Entry(
            title=f"Tệp {row.file_name} đã kiểm tra xong, chờ ghi",
            reason=f"{row.get_kind_display()} của {row.organisation}; {row.created_by}, ngày {_day(row.created_at)}.",
            url=reverse("members:imports"),
            verb="Xem thay đổi rồi ghi",
        )
        for row in rows
    ]
    return entries + _more(rows, "tệp chờ ghi", reverse("members:imports"))


def running_jobs(user):
    """One's own background work that has not ended."""
    jobs = Job.objects.visible_to(user).unfinished().order_by("created_at")[:SHOWN]
    return [
        Entry(
            title=job.label,
            reason=f"Máy chủ {job.get_state_display()}, được {job.percent} %.",
            url=reverse("cells:job", args=[job.pk]),
            verb="Xem",
        )
        for job in jobs
    ]


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
def _checked_files(asker):
    return _first(waiting.batches(asker).order_by("created_at").select_related("organisation", "created_by"))


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
