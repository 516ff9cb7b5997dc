"""Who can see a record and who has looked; the statement to the person himself."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, requires
from cells.permissions import Permission as P
from config.lib.downloads import file_answer
from members.actions.readings import print_statement as note_statement
from members.forms.readers import StatementForm
from members.reports.readers import asker_of, looks, person_statement, readers
from members.statement_printing import statement_pdf
from members.views.record import find_member


@require_safe
@requires(P.LOG_VIEW)
def show_readers(request, member_id):
    """Roles that reach the record today, and the log of reading, newest first."""
    member = find_member(request, member_id)
    check(request.user, P.LOG_VIEW, member)
    before = request.GET.get("before", "")
    asked = int(before) if before.isdecimal() and len(before) < 19 else None
    context = {
        "member": member,
        "readers": readers(member, timezone.localdate()),
        "page": looks(member, asker_of(request.user, member), before=asked),
        "is_first": not before,
    }
    return render(request, "members/quality/readers.html", context)


@requires(P.LOG_VIEW)
def print_statement(request, member_id):
    """The statement as a PDF, for a purpose that goes to the log."""
    member = find_member(request, member_id)
    check(request.user, P.LOG_VIEW, member)
    form = StatementForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "members/quality/statement.html", {"member": member, "form": form})
    reason = form.cleaned_data["reason"]
    note_statement(member, reason=reason, by=request.user)
    content = statement_pdf(person_statement(member, timezone.localdate(), reason, asker_of(request.user, member)))
    return file_answer(content, "ban-thong-tin-ca-nhan.pdf")
