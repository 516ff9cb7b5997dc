"""After the decision: receipt, card, file; and the papers of a matter as PDF and Word."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from config.lib.downloads import file_answer
from evaluations import actions
from evaluations.forms_removals import CardForm, ReceiptForm, SendRemovalFileForm
from evaluations.removal_page import RemovalFacts
from evaluations.removal_papers import PAPERS, available
from evaluations.removal_pdf import dossier_pdf, paper_pdf
from evaluations.removal_word import paper_docx
from evaluations.views.removals import find_removal


@requires(P.SCREENING_FILE, P.SCREENING_DECIDE)
def record_removal_receipt(request, pk):
    """The member has the decision in his hands."""
    removal = _matter(request, pk, P.SCREENING_FILE, P.SCREENING_DECIDE)
    words = ("Ghi ngày đảng viên nhận quyết định", "Từ ngày này tính thời hạn khiếu nại.", "Đã ghi ngày nhận.")
    return _page(request, removal, ReceiptForm, actions.record_removal_receipt, words)


@requires(P.SCREENING_FILE)
def hand_in_removal_card(request, pk):
    """The card taken back and handed up."""
    removal = _matter(request, pk, P.SCREENING_FILE)
    words = (
        "Ghi thu, nộp thẻ đảng viên",
        "Chi bộ thu thẻ và nộp lên cấp ủy cấp trên trực tiếp. Chưa nộp thì để trống, ghi sau.",
        "Đã ghi việc thu, nộp thẻ.",
    )
    return _page(request, removal, CardForm, actions.hand_in_removal_card, words)


@requires(P.SCREENING_DECIDE)
def send_removal_file(request, pk):
    """The file went up."""
    removal = _matter(request, pk, P.SCREENING_DECIDE)
    words = ("Ghi nộp hồ sơ lên cấp trên", "Hồ sơ đảng viên nộp lên cấp ủy cấp trên quản lý.", "Đã ghi nộp hồ sơ.")
    return _page(request, removal, SendRemovalFileForm, actions.send_removal_file, words)


@require_safe
@requires(P.SCREENING_VIEW)
def print_removal_paper(request, pk, paper):
    """One paper of a matter as PDF; what it lacks stands on its top."""
    removal, found = _paper(request, pk, paper)
    content = paper_pdf(found, RemovalFacts(removal), timezone.localdate())
    return file_answer(content, f"{paper}.pdf")


@require_safe
@requires(P.SCREENING_VIEW)
def download_removal_paper(request, pk, paper):
    """One paper as Word, of those that people complete."""
    removal, found = _paper(request, pk, paper)
    if not found.word:
        raise Http404
    return file_answer(paper_docx(found, RemovalFacts(removal), timezone.localdate()), f"{paper}.docx")


@require_safe
@requires(P.SCREENING_VIEW)
def print_removal_dossier(request, pk):
    """Every paper that the matter has by now, in one file."""
    removal = find_removal(request, pk)
    actions.read_removal(removal, by=request.user)
    facts = RemovalFacts(removal)
    return file_answer(dossier_pdf(facts, timezone.localdate()), "ho-so-ra-khoi-dang.pdf")


def _paper(request, pk, slug):
    """(matter, paper) in scope; printing is a look at the matter."""
    removal, found = find_removal(request, pk), PAPERS.get(slug)
    if found is None or not available(found, removal):
        raise Http404
    actions.read_removal(removal, by=request.user)
    return removal, found


def _matter(request, pk, *permissions):
    removal = find_removal(request, pk)
    if not any(request.user.may(permission, removal) for permission in permissions):
        raise PermissionDenied
    return removal


def _page(request, removal, form, action, words):
    title, lead, done = words
    page = {
        "back": reverse("evaluations:removal", args=[removal.pk]),
        "crumb": str(removal),
        "title": title,
        "lead": lead,
        "submit": "Ghi",
        "done": done,
    }

    def act(values):
        action(removal, **values, by=request.user)

    return act_with_form(request, form(posted(request), today=timezone.localdate()), act, page)
