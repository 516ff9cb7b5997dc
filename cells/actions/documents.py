"""Issuing of documents: draft, number, signed date, frozen; a document that left the house is never changed."""

import hashlib
from datetime import date

from django.db import transaction

from cells.audit import record
from cells.enums import UNISSUED, DocumentState
from cells.frames import letterhead, proposed_signer
from cells.issuing import refuse_unready, stamp_of
from cells.models import IssuedDocument, Organisation
from cells.ports import printable
from cells.workflow import DOCUMENT
from config.lib.workflow import NotAllowed

EDITABLE = ("abstract", "authority", "signer", "signer_position", "recipients", "text")


class StaleWords(Exception):
    """Somebody changed the words meanwhile; `document` is the document as it stands."""

    def __init__(self, document):
        super().__init__(str(document))
        self.document = document


class NumberTaken(ValueError):
    """The number is used in the series; the message names it and the next free one."""


@transaction.atomic
def draft_document(kind, organisation, *, params, on, by):
    """Begin a document of a printable kind with its first wording; number and date stay blank."""
    source = printable(kind)
    figures = source.collect(organisation, **params)
    head, signer = letterhead(organisation, on), proposed_signer(organisation, on)
    document = IssuedDocument.objects.create(
        organisation=organisation,
        type=source.type,
        kind=kind,
        params=params,
        abstract=source.abstract(figures),
        symbol=head.symbol,
        authority=head.authority,
        signer=signer.name,
        signer_position=signer.position,
        recipients=head.recipients,
        text=source.sections(figures),
        created_by=by,
    )
    record("cells.draft_document", document, by=by, data={"kind": kind, **params})
    return document


@transaction.atomic
def save_draft(document, values, *, seen, by):
    """Keep what the office changed in the words of a document that is not issued yet.

    `seen` is the stamp of the words that the person had before him; `StaleWords` when they are no longer those.
    """
    document = _locked(document)
    if document.state not in UNISSUED:
        raise NotAllowed("Văn bản đã ban hành, không sửa được nữa. Hãy lập bản thay thế.")
    if seen != stamp_of(document):
        raise StaleWords(document)
    for name in EDITABLE:
        if name in values:
            setattr(document, name, values[name])
    document.save(update_fields=EDITABLE)
    return document


@transaction.atomic
def number_document(document, number, *, on, by):
    """Give a number of the series of body, symbol, type and term; None takes the next free one, gaps are accepted."""
    document = _locked(document)
    DOCUMENT.move(document, "number_document")
    document.term = _term_on(document.organisation, on)
    document.number = number or IssuedDocument.objects.next_number(document)
    _refuse_taken(document)
    document.save(update_fields=["state", "term", "number"])
    record("cells.number_document", document, by=by, data={"number": document.number_text})
    return document


@transaction.atomic
def withdraw_number(document, *, by):
    """Take the number back; the draft may be edited and numbered again."""
    document = _locked(document)
    DOCUMENT.move(document, "withdraw_number")
    withdrawn = document.number_text
    document.number = None
    document.save(update_fields=["state", "number"])
    record("cells.withdraw_number", document, by=by, data={"number": withdrawn})
    return document


@transaction.atomic
def issue_document(document, prepared, *, by):
    """Freeze a numbered document as it was prepared: figures, PDF and the digest of the PDF are stored.

    NotAllowed when its words or number were changed after it was printed, or nobody is named as signer.
    """
    document = _locked(document)
    refuse_unready(document)
    DOCUMENT.move(document, "issue_document")
    if stamp_of(document) != prepared.stamp:
        raise NotAllowed("Văn bản vừa được sửa trong lúc in. Hãy xem lại rồi ban hành lần nữa.")
    document.signed_on = prepared.signed_on
    document.pdf, document.data = prepared.pdf, prepared.data
    document.digest = hashlib.sha256(prepared.pdf).hexdigest()
    document.save(update_fields=["state", "signed_on", "pdf", "data", "digest"])
    if document.supersedes:
        IssuedDocument.objects.filter(pk=document.supersedes_id).update(state=DocumentState.SUPERSEDED)
    record("cells.issue_document", document, by=by, data={"number": document.number_text, "sha256": document.digest})
    return document


@transaction.atomic
def supersede_document(document, *, by):
    """Begin the document that is to replace an issued one; the old one stays until the new one is issued."""
    document = _locked(document)
    DOCUMENT.move(document, "supersede_document")
    if IssuedDocument.objects.filter(supersedes=document, state__in=UNISSUED).exists():
        raise NotAllowed("Đã có một dự thảo thay thế văn bản này.")
    copied = ("organisation", "type", "kind", "params", "symbol", *EDITABLE)
    values = {name: getattr(document, name) for name in copied}
    successor = IssuedDocument.objects.create(**values, supersedes=document, created_by=by)
    record("cells.supersede_document", document, by=by)
    return successor


@transaction.atomic
def register_outside(document, *, by):
    """Enter into the register a document that was made and numbered outside of the software."""
    Organisation.objects.select_for_update().get(pk=document.organisation_id)
    document.state = DocumentState.OUTSIDE
    document.term = _term_on(document.organisation, document.signed_on)
    document.created_by = by
    _refuse_taken(document)
    document.save()
    record("cells.register_outside", document, by=by, data={"number": document.number_text})
    return document


def _term_on(organisation, day: date):
    """The term in which a document of `day` is numbered; NotAllowed when none is on record."""
    term = organisation.terms.on(day).order_by("started_on").last()
    if term is None:
        raise NotAllowed(
            f"{organisation} chưa ghi nhiệm kỳ của ngày {day:%d/%m/%Y}. Hãy thêm nhiệm kỳ ở trang tổ chức."
        )
    return term


def _refuse_taken(document):
    others = IssuedDocument.objects.in_series(document).exclude(pk=document.pk)
    if others.filter(number=document.number).exists():
        free = f"{IssuedDocument.objects.next_number(document):02d}"
        raise NumberTaken(f"Số {document.number_text} đã dùng trong nhiệm kỳ này. Số tiếp theo còn trống là {free}.")


def _locked(document):
    """The document, with its body locked too: two offices cannot take one number."""
    locked = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    Organisation.objects.select_for_update().get(pk=locked.organisation_id)
    return locked
