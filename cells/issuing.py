"""Preparing what an issue freezes, and where large prints wait for whoever asked for them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cells.frames import frame_of
from cells.ports import printable
from cells.workflow import DOCUMENT
from config.lib.workflow import NotAllowed

WORDS = ("number", "abstract", "authority", "signer", "signer_position", "recipients", "text")


@dataclass(frozen=True)
class Prepared:
    """A document printed for its signed day before anything is locked; `stamp` tells the words it was printed from."""

    signed_on: date
    pdf: bytes
    data: dict
    stamp: str


def refuse_unready(document):
    """NotAllowed when a document cannot be issued as it stands: without a number, or nobody is named as signer."""
    DOCUMENT.refuse_closed(document, "issue_document")
    if not document.signer.strip():
        raise NotAllowed("Chưa ghi họ tên người ký. Hãy ghi ở phần “Phần lời và thể thức” rồi ban hành lại.")


def prepare_issue(document, signed_on):
    """Print a numbered document with its signed date; slow for long ones, and writes nothing."""
    source = printable(document.kind)
    figures = source.collect(document.organisation, **document.params)
    stamp = stamp_of(document)
    document.signed_on = signed_on
    pdf = source.render_pdf(figures, frame_of(document), document.text)
    return Prepared(signed_on, pdf, source.data(figures), stamp)


def preview(document, *, on):
    """The PDF of a draft as it would print on a day, with number and date blank or as given so far."""
    source = printable(document.kind)
    figures = source.collect(document.organisation, **document.params)
    return source.render_pdf(figures, frame_of(document, on=on), document.text)


def standing_figures(document):
    """The figures behind a document; NotAllowed when they are no longer those that an issued one froze."""
    source = printable(document.kind)
    figures = source.collect(document.organisation, **document.params)
    if document.pdf and json.loads(json.dumps(source.data(figures))) != document.data:
        raise NotAllowed(
            "Số liệu trong hệ thống đã thay đổi sau khi ban hành nên không xuất Excel được. "
            "Số liệu của văn bản nằm trong bản PDF đã lưu; muốn có số liệu mới thì lập bản thay thế."
        )
    return figures


def proposed_number(document):
    """The next free number of the document's body, symbol, type and term."""
    return type(document).objects.next_number(document)


def stamp_of(document):
    """A digest of the words and the number of a document: changes with any of them."""
    words = {name: getattr(document, name) for name in WORDS}
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_long(document):
    """Whether the document has so many lines that it prints as a job beside the page."""
    source = printable(document.kind)
    return source.is_long(source.collect(document.organisation, **document.params))


def keep_print(job, content):
    """Keep the file that a job made until its owner fetches it."""
    default_storage.delete(_print_name(job))
    default_storage.save(_print_name(job), ContentFile(content))


def kept_print(job):
    """The file that a job made, or None."""
    name = _print_name(job)
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        return file.read()


def drop_print(job):
    """Take the file of a job away: it may hold personal data."""
    default_storage.delete(_print_name(job))


def has_print(job):
    """Whether the file of a job is still kept."""
    return default_storage.exists(_print_name(job))


def _print_name(job):
    return f"prints/{job.pk}"
