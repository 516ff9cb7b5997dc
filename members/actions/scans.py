"""Scans of the papers of a file: taken in, read for a purpose, withdrawn."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.catalogues.dossier import paper_types
from members.dossier_enums import MARKED, PaperState, Secrecy
from members.file_rules import FileBook
from members.filing import lock_member
from members.models import DossierPaper, Scan
from members.scan_store import destroy_scan, keep_scan, kept_scan

MOST_SCANS = 60  # of one file and type
GONE = "Bản quét này vừa được người khác gỡ. Hãy tải lại trang."
SWITCHED_OFF = (
    "Cấp ủy chưa cho lưu bản quét trên máy chủ này. Cán bộ có quyền bật ở mục Quy tắc, Giữ hồ sơ đảng viên, kèm lý do "
    "và văn bản của cấp ủy; danh mục tài liệu vẫn dùng được khi chưa bật."
)


@transaction.atomic
def add_scan(paper, examined, *, secrecy, on, by):
    """Keep the scan of a paper that is in the file; `examined` has been read and made harmless.

    Refused for what bears a secrecy mark, and while the committee has not switched the keeping of scans on.
    """
    locked = lock_member(paper.member)
    found = DossierPaper.objects.standing().filter(pk=paper.pk).first()
    if secrecy != Secrecy.NONE:
        raise ValidationError(MARKED)
    if found is None or found.state != PaperState.PRESENT:
        raise ValidationError(
            "Chỉ nhận bản quét của tài liệu đang có trong hồ sơ. Hãy tải lại trang để xem tình trạng."
        )
    if not FileBook().rules(locked.home, on).store_scans:
        raise ValidationError(SWITCHED_OFF)
    digest = hashlib.sha256(examined.content).hexdigest()
    standing = Scan.objects.standing().filter(member=locked)
    if standing.filter(digest=digest).exists():
        raise ValidationError("Tệp này đã có trong hồ sơ của đảng viên.")
    if standing.filter(paper__type=found.type).count() >= MOST_SCANS:
        raise ValidationError(f"Một loại tài liệu có nhiều nhất {MOST_SCANS} bản quét.")
    scan = Scan.objects.create(
        member=locked,
        paper=found,
        media_type=examined.media_type,
        size=len(examined.content),
        pages=examined.pages,
        digest=digest,
        removed=list(examined.removed),
        recorded_at=timezone.now(),  # several in one transaction keep their order
        recorded_by=by,
    )
    keep_scan(scan, examined.content)
    data = {**_said(found), "pages": examined.pages, "removed": list(examined.removed)}
    record("members.add_scan", locked, by=by, data=data)
    return scan


@transaction.atomic
def read_scan(scan, *, purpose, by):
    """The bytes of a scan for who keeps the file; reading is an act in the log, with its purpose (294-QĐ/TW, 6.2.4)."""
    found = Scan.objects.standing().select_related("member__home", "paper").filter(pk=scan.pk).first()
    if found is None:
        raise ValidationError(GONE)
    content = kept_scan(found)
    if content is None:
        raise ValidationError(
            "Nội dung bản quét không còn trên máy chủ, hoặc đã bị thay đổi. Hãy báo người quản trị khôi phục từ "
            "bản sao lưu."
        )
    record("members.read_scan", found.member, by=by, data={**_said(found.paper), "purpose": purpose})
    return content


@transaction.atomic
def withdraw_scan(scan, *, reason, is_secret, by):
    """Take a scan off the file; the bytes of what bears a secrecy mark are destroyed, others stay unread."""
    lock_member(scan.member)
    found = Scan.objects.standing().select_related("member__home", "paper").filter(pk=scan.pk).first()
    if found is None:
        raise ValidationError(GONE)
    found.voided_at, found.voided_by, found.void_reason = timezone.now(), by, reason
    found.is_destroyed = is_secret
    found.save(update_fields=["voided_at", "voided_by", "void_reason", "is_destroyed"])
    record("members.withdraw_scan", found.member, by=by, data={**_said(found.paper), "reason": reason})
    if is_secret:
        transaction.on_commit(lambda: destroy_scan(found))
    return found


def _said(paper):
    kind = paper_types()[paper.type]
    return {"paper": "một tài liệu" if kind.guarded else kind.name}
