"""Documents: draft, number, signed date, frozen, reprinted; and the register of what went out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cells import register
from cells.access import check, find, requires
from cells.actions import documents as actions
from cells.actions.jobs import start_job
from cells.document_forms import DraftForm, IssueForm, NumberForm, OutsideForm, RegisterFilter, WordsForm
from cells.enums import UNISSUED, DocumentState
from cells.issuing import is_long, prepare_issue, preview, proposed_number, refuse_unready, standing_figures
from cells.models import IssuedDocument, Organisation
from cells.permissions import Permission
from cells.ports import printable, signers
from cells.workflow import DOCUMENT
from config.lib.downloads import file_answer
from config.lib.workflow import NotAllowed

PAGE = 50
LONGEST_KEY = 10  # digits


@require_safe
@requires(Permission.DOCUMENTS_VIEW)
def list_documents(request):
    """The register within one's scope; drafts for those who issue."""
    chosen = RegisterFilter(request.GET or None, user=request.user)
    rows = chosen.narrow(IssuedDocument.objects.visible_to(request.user)).select_related("organisation", "term")
    page = Paginator(rows.defer("pdf", "data", "text"), PAGE).get_page(request.GET.get("page"))
    issues = request.user.holds(Permission.DOCUMENTS_ISSUE)
    return render(request, "cells/documents.html", {"filter": chosen, "page": page, "issues": issues})


@require_safe
@requires(Permission.DOCUMENTS_VIEW)
def print_register(request):
    """The register on paper: exactly the rows of the list."""
    rows = _register_rows(request)
    body = request.user.roles_today[0].organisation
    return file_answer(register.register_pdf(rows, body, on=timezone.localdate()), "so-van-ban-di.pdf")


@require_safe
@requires(Permission.DOCUMENTS_VIEW)
def export_register(request):
    """The register as a workbook: exactly the rows of the list."""
    return file_answer(register.register_xlsx(_register_rows(request)), "so-van-ban-di.xlsx")


@requires(Permission.DOCUMENTS_ISSUE)
def draft_document(request):
    """Choose what to draft, then go to the draft."""
    form = DraftForm(request.POST or None, user=request.user, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        organisation, kind = form.cleaned_data["organisation"], form.cleaned_data["kind"]
        check(request.user, printable(kind).permission, organisation)
        on = timezone.localdate()
        document = actions.draft_document(kind, organisation, params=form.params, on=on, by=request.user)
        messages.success(request, "Đã lập dự thảo. Hãy xem, sửa phần lời, rồi lấy số.")
        return redirect("cells:document", document.pk)
    return render(request, "cells/document_new.html", {"form": form})


@requires(Permission.DOCUMENTS_ISSUE)
def register_outside(request):
    """Enter a document made outside of the software."""
    form = OutsideForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            document = actions.register_outside(form.instance, by=request.user)
        except (actions.NumberTaken, NotAllowed) as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, f"Đã vào sổ văn bản {document.number_text}.")
            return redirect("cells:documents")
    return render(request, "cells/document_outside.html", {"form": form})


@require_safe
@requires(Permission.DOCUMENTS_VIEW)
def show_document(request, id):
    """One document: where it stands, its words, and the next step."""
    return _page(request, _find(request, id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DOCUMENTS_VIEW)
def print_document(request, id):
    """The stored PDF of an issued document, byte for byte; of a draft, as it would print today, if long by POST."""
    document = _find(request, id)
    if document.state == DocumentState.OUTSIDE:
        return _page(request, document)
    if not document.pdf and is_long(document):
        return _print_beside(request, document)
    content = bytes(document.pdf) if document.pdf else preview(document, on=timezone.localdate())
    return file_answer(content, _ascii(f"{document.number_text.replace('/', '-')}.pdf"))


@require_safe
@requires(Permission.DOCUMENTS_VIEW)
def export_document(request, id):
    """The figures of a document as a workbook; of an issued one only while they are the figures that it froze."""
    document = _find(request, id)
    if document.state == DocumentState.OUTSIDE:
        return _page(request, document)
    try:
        figures = standing_figures(document)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("cells:document", document.pk)
    return file_answer(printable(document.kind).render_xlsx(figures), "so-lieu.xlsx")


@require_POST
@requires(Permission.DOCUMENTS_ISSUE)
def save_draft(request, id):
    """Keep the words of a draft."""
    document = _find_to_issue(request, id)
    form = WordsForm(request.POST, document=document)
    if not form.is_valid():
        return _page(request, document, words=form)
    try:
        actions.save_draft(document, form.values, seen=form.cleaned_data["seen"], by=request.user)
    except actions.StaleWords as stale:
        form.face(stale.document)
        return _page(request, stale.document, words=form)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã lưu dự thảo.")
    return redirect("cells:document", document.pk)


@require_POST
@requires(Permission.DOCUMENTS_ISSUE)
def number_document(request, id):
    """Give the document its number."""
    document = _find_to_issue(request, id)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _page(request, document, number=form)
    number, on = form.cleaned_data["number"], timezone.localdate()
    return _act(
        request, document, "Đã lấy số.", lambda: actions.number_document(document, number, on=on, by=request.user)
    )


@require_POST
@requires(Permission.DOCUMENTS_ISSUE)
def withdraw_number(request, id):
    """Take the number back."""
    document = _find_to_issue(request, id)
    return _act(request, document, "Đã bỏ số.", lambda: actions.withdraw_number(document, by=request.user))


@require_POST
@requires(Permission.DOCUMENTS_ISSUE)
def issue_document(request, id):
    """Freeze the document with its signed date."""
    document = _find_to_issue(request, id)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, document, issue=form)
    try:
        refuse_unready(document)  # before the slow print, not after it
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("cells:document", document.pk)
    signed_on = form.cleaned_data["signed_on"]
    if is_long(document):
        params = {"document": str(document.pk), "signed_on": signed_on.isoformat()}
        job = start_job(
            "issue_document",
            f"Ban hành: {document}"[:200],
            params=params,
            organisation=document.organisation,
            by=request.user,
        )
        return redirect("cells:job", job.pk)
    prepared = prepare_issue(document, signed_on)
    return _act(request, document, "Đã ban hành.", lambda: actions.issue_document(document, prepared, by=request.user))


@require_POST
@requires(Permission.DOCUMENTS_ISSUE)
def supersede_document(request, id):
    """Begin the document that replaces this one."""
    document = _find_to_issue(request, id)
    words = "Đã lập dự thảo thay thế; văn bản cũ còn hiệu lực đến khi bản mới được ban hành."
    return _act(request, document, words, lambda: actions.supersede_document(document, by=request.user))


def _print_beside(request, document):
    """Begin to print a long draft as a job; a GET, which writes nothing, shows the button for it."""
    if request.method != "POST":
        return _page(request, document, prints_beside=True)
    params = {"document": str(document.pk)}
    job = start_job(
        "print_draft", f"In nháp: {document}"[:200], params=params, organisation=document.organisation, by=request.user
    )
    return redirect("cells:job", job.pk)


def _asked_for(request):
    """What a link to the form already says: the document, the body by its number, the year."""
    asked = request.GET.dict()
    bodies = Organisation.objects.visible_to(request.user, Permission.DOCUMENTS_ISSUE)
    number = asked.pop("organisation", "")
    body = bodies.filter(pk=number).first() if number.isdecimal() and len(number) < LONGEST_KEY else None
    return {**asked, "organisation": body} if body else asked


def _find(request, id):
    rows = IssuedDocument.objects.visible_to(request.user).select_related("organisation", "term", "supersedes")
    return find(rows, id=id)


def _find_to_issue(request, id):
    document = _find(request, id)
    check(request.user, Permission.DOCUMENTS_ISSUE, document)
    return document


def _register_rows(request):
    chosen = RegisterFilter(request.GET or None, user=request.user)
    return chosen.narrow(IssuedDocument.objects.visible_to(request.user))


def _act(request, document, done, act):
    """Do one act and go to the document that it leads to; a refusal is said and changes nothing."""
    try:
        document = act()
    except (NotAllowed, actions.NumberTaken) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("cells:document", document.pk)


def _page(request, document, *, prints_beside=False, **forms):
    steps = {step.name for step in DOCUMENT.open_to(request.user, document)}
    editable = document.state in UNISSUED and request.user.may(Permission.DOCUMENTS_ISSUE, document)
    context = {
        "document": document,
        "steps": steps,
        "prints_beside": prints_beside,
        "way": _way(document),
        "facts": _facts(document),
        "words": forms.get("words") or (_words(document) if editable else None),
        "number_form": forms.get("number") or NumberForm(),
        "issue_form": forms.get("issue") or IssueForm(initial={"signed_on": timezone.localdate()}),
        "next_number": proposed_number(document) if "number_document" in steps else None,
    }
    status = 422 if forms else 200
    return render(request, "cells/document.html", context, status=status)


def _words(document):
    """The words as they stand, with who could sign today."""
    return WordsForm(document=document, signers=signers(document.organisation, timezone.localdate()))


def _facts(document):
    signed_on = f"{document.signed_on:%d/%m/%Y}" if document.signed_on else "–"
    return [
        ("Tổ chức đảng", document.organisation),
        ("Số, ký hiệu", document.number_text),
        ("Nhiệm kỳ", document.term or "–"),
        ("Ngày ký", signed_on),
        ("Dấu vết số (SHA-256)", f"{document.digest[:16]}…" if document.digest else "–"),
        ("Thay thế văn bản", document.supersedes.number_text if document.supersedes else "–"),
    ]


def _way(document):
    """Draft, number, issue as one line of steps."""
    order = [DocumentState.DRAFT, DocumentState.NUMBERED, DocumentState.ISSUED]
    reached = order.index(document.state) if document.state in order else len(order) - 1
    titles = ["Dự thảo", "Lấy số", "Ban hành"]
    done = document.state not in UNISSUED
    return [
        {"title": title, "state": "done" if place < reached or done else "current" if place == reached else "todo"}
        for place, title in enumerate(titles)
    ]


def _ascii(name):
    return name.replace("Đ", "D").encode("ascii", "ignore").decode() or "van-ban"
