"""Many candidates at once by one document of a committee: sent to the class, allowed to begin the procedure."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from admissions.actions import source_steps as steps
from admissions.enums import State
from admissions.forms_source import TogetherForm
from admissions.models import Candidate
from admissions.together_page import ready_rows
from admissions.workflow import ADMISSION
from cells.access import check, find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, posted


@requires(P.ADMISSIONS_DECIDE)
def send_many_to_class(request, organisation_id):
    """Sympathisers of the cells below a committee who are sent to the class by one document."""
    lead = "Chọn những người được cử học cùng một lớp, theo một văn bản."
    return _together(request, organisation_id, "send_to_class", steps.send_many_to_class, lead)


@requires(P.ADMISSIONS_DECIDE)
def clear_many(request, organisation_id):
    """Those with a certificate who may begin the procedure by one document."""
    lead = "Chọn những người được làm thủ tục kết nạp theo một văn bản; giấy chứng nhận phải còn giá trị."
    return _together(request, organisation_id, "clear", steps.clear_many, lead)


def _together(request, organisation_id, step, act_on, lead):
    body = find(Organisation.objects.visible_to(request.user, P.ADMISSIONS_VIEW).open(), pk=organisation_id)
    check(request.user, P.ADMISSIONS_DECIDE, body)
    if body.is_cell and body.parent_id:
        raise Http404
    rows = Candidate.objects.visible_to(request.user).below(body).filter(state__in=ADMISSION.steps[step].sources)
    today = timezone.localdate()
    form = TogetherForm(posted(request), today=today, rows=rows)
    label = ADMISSION.steps[step].label
    page = {
        "template": "admissions/together.html",
        "back": reverse("admissions:candidates"),
        "crumb": "Người được giúp đỡ vào Đảng",
        "title": label,
        "lead": f"{body}. {lead}",
        "submit": label,
        "done": f"Đã ghi: {label[:1].lower()}{label[1:]}.",
        "ready": ready_rows(rows, step, today, chosen=set(request.POST.getlist("people"))),
        "is_clearing": State(ADMISSION.steps[step].target) == State.CLEARED,
    }

    def act(values):
        act_on(list(values["people"]), form.taken(body), by=request.user)

    return act_with_form(request, form, act, page)
