"""Scans: sent, read for a purpose, withdrawn. Only the keeper of the file; a cell reads through its keeper."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import scans as acts
from members.catalogues.dossier import paper_types
from members.dossier_enums import MediaType
from members.file_rules import FileBook
from members.forms.scans import PurposeForm, ScanForm, WithdrawForm, too_large
from members.models import Scan
from members.reports.dossier import named_scans
from members.views.dossier import kept_paper

AROUND_THE_FILE = 64 * 1024  # bytes of a form besides its file
THROWN_AWAY = 64 * 1024 * 1024  # of a body too long, read so far and forgotten, that the browser shows the answer
PIECE = 64 * 1024


@csrf_exempt  # else the whole body is read before anybody asks how long it is; `_take_in` checks the token
@requires(P.FILES_VIEW)
def add_scan(request, paper_id):
    """A scan of a paper that is there; a body that is too long is refused unread."""
    paper = kept_paper(request, paper_id)
    said = request.META.get("CONTENT_LENGTH") or ""
    size = int(said) if said.isdecimal() else 0
    if size <= settings.SCAN_MAX_BYTES + AROUND_THE_FILE:
        return _take_in(request, paper)
    _throw_away(request, size)
    return _scan_page(request, paper, ScanForm(), refused=too_large(size), status=413)


@csrf_protect
def _take_in(request, paper):
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        examined, secrecy = form.cleaned_data["file"], form.cleaned_data["secrecy"]
        try:
            acts.add_scan(paper, examined, secrecy=secrecy, on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            removed = f" Đã gỡ bỏ khỏi tệp: {', '.join(examined.removed)}." if examined.removed else ""
            messages.success(request, f"Đã lưu bản quét, {examined.pages} trang.{removed}")
            return redirect("members:paper", paper.pk)
    return _scan_page(request, paper, form)


@requires(P.FILES_VIEW)
def read_scan(request, scan_id):
    """The scan itself, after its reader has said what for."""
    scan = _kept_scan(request, scan_id)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = acts.read_scan(scan, purpose=form.cleaned_data["purpose"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _served(scan, content)
    context = {"scan": scan, "type": paper_types()[scan.paper.type], "form": form}
    return render(request, "members/dossier/read_scan.html", context)


@requires(P.FILES_VIEW)
def withdraw_scan(request, scan_id):
    """A scan that should not be here."""
    scan = _kept_scan(request, scan_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw_scan(scan, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã gỡ bản quét.")
            return redirect("members:paper", scan.paper_id)
    context = {"scan": scan, "type": paper_types()[scan.paper.type], "form": form}
    return render(request, "members/dossier/withdraw_scan.html", context)


def _kept_scan(request, scan_id):
    rows = Scan.objects.visible_to(request.user).standing().select_related("member__home", "paper", "recorded_by")
    scan = find(rows, pk=scan_id)
    check(request.user, P.FILES_KEEP, scan)
    return scan


def _scan_page(request, paper, form, *, refused="", status=200):
    book, today = FileBook(), timezone.localdate()
    context = {
        "paper": paper,
        "type": paper_types()[paper.type],
        "form": form,
        "refused": refused,
        "is_on": book.rules(paper.member.home, today).store_scans,
        "choice": book.why_stored(paper.member.home, today),
        "switched_off": acts.SWITCHED_OFF,
    }
    return render(request, "members/dossier/add_scan.html", context, status=status)


def _served(scan, content):
    """The bytes as what they are and nothing else: no page, no script, no guessing, in nobody's cache."""
    rules = FileBook().rules(scan.member.home, timezone.localdate())
    name = next(words for each, words, _ in named_scans(scan.paper, rules) if each.pk == scan.pk)
    response = HttpResponse(content, content_type=scan.media_type)
    # the viewer of browsers does not open a PDF in a sandbox: it is handed over as a file
    response["Content-Disposition"] = content_disposition_header(scan.media_type == MediaType.PDF, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _throw_away(request, size):
    """Take in what is not much too long without keeping it, so that the browser comes to read the answer."""
    left = size if size <= THROWN_AWAY else 0
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)
