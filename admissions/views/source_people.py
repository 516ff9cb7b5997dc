"""Helpers, certificates and notes of one candidate: recorded, changed, taken back."""

from django.utils import timezone

from admissions.actions import source_certificates, source_people
from admissions.forms_source import CertificateForm, ChangeHelperForm, EndHelperForm, HelperForm, NoteForm
from admissions.helping import may_help
from admissions.models import ClassCertificate, Helper, HelperNote
from admissions.views.candidates import find_candidate
from admissions.views.source import source_page
from cells.access import check, find, requires
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted
from members.forms.facts import VoidForm


def _find_row(request, model, pk):
    """A standing row of a candidate in scope, with the candidate; 403 without the cell's right."""
    rows = model.objects.visible_to(request.user).standing()
    row = find(rows.select_related("candidate__organisation", "candidate__member__home"), pk=pk)
    check(request.user, P.ADMISSIONS_FILE, row.candidate)
    return row


@requires(P.ADMISSIONS_FILE)
def assign_helper(request, pk):
    """Assign an official member of the cell to help."""
    candidate, today = find_candidate(request, pk, P.ADMISSIONS_FILE), timezone.localdate()
    form = HelperForm(posted(request), today=today, members=may_help(candidate.scope_organisation, today))
    page = source_page(candidate) | {
        "title": "Phân công người giúp đỡ", "lead": "Đảng viên chính thức của chi bộ vào ngày phân công.",
        "submit": "Phân công", "done": "Đã phân công người giúp đỡ.",
    }  # fmt: skip

    def act(values):
        source_people.assign_helper(candidate, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def change_helper(request, helper_id):
    """Somebody else helps from a day on."""
    row, today = _find_row(request, Helper, helper_id), timezone.localdate()
    members = may_help(row.candidate.scope_organisation, today).exclude(pk=row.member_id)
    form = ChangeHelperForm(posted(request), today=today, members=members)
    page = source_page(row.candidate) | {
        "title": "Thay người giúp đỡ", "lead": f"Đồng chí {row.member} giúp đỡ từ ngày {row.started_on:%d/%m/%Y}.",
        "submit": "Thay người giúp đỡ", "done": "Đã thay người giúp đỡ.",
    }  # fmt: skip

    def act(values):
        source_people.change_helper(row, form.entry, reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def end_helper(request, helper_id):
    """A helper stops."""
    row = _find_row(request, Helper, helper_id)
    form = EndHelperForm(posted(request), today=timezone.localdate())
    page = source_page(row.candidate) | {
        "title": "Thôi giúp đỡ", "lead": f"Đồng chí {row.member} giúp đỡ từ ngày {row.started_on:%d/%m/%Y}.",
        "submit": "Ghi thôi giúp đỡ", "done": "Đã ghi thôi giúp đỡ.",
    }  # fmt: skip

    def act(values):
        source_people.end_helper(row, last_day=values["last_day"], reason=values["reason"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def void_helper(request, helper_id):
    """Take back an assignment typed by mistake."""
    row = _find_row(request, Helper, helper_id)
    return _void(request, row, source_people.void_helper, f"Phân công đồng chí {row.member}")


@requires(P.ADMISSIONS_FILE)
def add_note(request, pk):
    """What the helper or the cell notes."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = NoteForm(posted(request), today=timezone.localdate())
    page = source_page(candidate) | {
        "title": "Ghi chép giúp đỡ", "lead": "Nhận xét, nhiệm vụ giao, việc cần theo dõi.", "submit": "Ghi",
        "done": "Đã ghi.",
    }  # fmt: skip

    def act(values):
        source_people.add_note(candidate, on=values["on"], text=values["text"], by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def void_note(request, note_id):
    """Take back a note typed by mistake."""
    row = _find_row(request, HelperNote, note_id)
    return _void(request, row, source_people.void_note, f"Ghi chép ngày {row.noted_on:%d/%m/%Y}")


@requires(P.ADMISSIONS_FILE)
def add_certificate(request, pk):
    """Record a certificate that somebody holds."""
    candidate = find_candidate(request, pk, P.ADMISSIONS_FILE)
    form = CertificateForm(posted(request), today=timezone.localdate())
    page = source_page(candidate) | {
        "title": "Ghi giấy chứng nhận lớp", "submit": "Ghi giấy chứng nhận", "done": "Đã ghi giấy chứng nhận.",
        "lead": "Ghi giấy đã có; trạng thái không đổi. Người được cử học xong thì dùng bước “Ghi giấy chứng nhận”.",
    }  # fmt: skip

    def act(values):
        source_certificates.add_certificate(candidate, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.ADMISSIONS_FILE)
def void_certificate(request, certificate_id):
    """Take back a certificate typed by mistake."""
    row = _find_row(request, ClassCertificate, certificate_id)
    return _void(request, row, source_certificates.void_certificate, f"Giấy chứng nhận ngày {row.issued_on:%d/%m/%Y}")


def _void(request, row, act, what):
    page = source_page(row.candidate) | {
        "title": "Hủy mục ghi nhầm", "lead": f"{what}. Mục đã hủy vẫn đọc được trong nhật ký.", "done": "Đã hủy.",
    }  # fmt: skip
    return act_with_form(
        request, VoidForm(posted(request)), lambda values: act(row, reason=values["reason"], by=request.user), page
    )
