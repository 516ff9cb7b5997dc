"""Where the bytes of scans lie: in the private folder under their ids, never below a web root; what they are called."""

import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from members.catalogues.dossier import bare_name, paper_types
from members.rules.dossier import type_number

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def keep_scan(scan, content):
    """Write the bytes; the row is written in the same transaction, so a backup that has the row has the bytes."""
    default_storage.save(_place(scan), ContentFile(content))


def kept_scan(scan):
    """The bytes as they came in; None where they are gone or no longer what they were."""
    if not default_storage.exists(_place(scan)):
        return None
    with default_storage.open(_place(scan)) as file:
        content = file.read()
    return content if hashlib.sha256(content).hexdigest() == scan.digest else None


def destroy_scan(scan):
    """Take the bytes away for good: only of what should never have come here."""
    default_storage.delete(_place(scan))


def scan_name(rules, scan, place=1, of=1):
    """`NN.<Tên tài liệu>[.n].pdf`; the number only where the type has several (công văn 1361-CV/BTCTW)."""
    name = _UNFIT.sub(" ", paper_types()[scan.paper.type].name).replace("  ", " ")
    several = f".{place}" if of > 1 else ""
    return f"{type_number(rules, scan.paper.type)}.{name}{several}.{scan.suffix}"


def folder_name(member):
    """`<mã tổ chức>/<số CCCD>_<HoTenKhongDau>`."""
    number = "".join(letter for letter in member.personal_id if letter.isalnum()) or "chua-co-so"
    return f"{_UNFIT.sub('', member.home.code) or 'chua-co-ma'}/{number}_{bare_name(member.full_name)}"


def _place(scan):
    return f"scans/{scan.pk.hex[:2]}/{scan.pk}"
