"""Badges of a body: who is due at a round, who is proposed, the decision, the ceremony, the printed list."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from cells.access import find, requires
from cells.forms import organisation_label
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from cells.unchanged import Answers
from config.lib.downloads import file_answer
from config.lib.vietnamese import repair
from members.actions import badges as acts
from members.badge_printing import proposal_of
from members.badge_rules import BadgeBook
from members.forms.badges import DecisionForm, HandOverForm, ProposeForm, RoundFilter, day_of
from members.models import Badge, Member
from members.paging import question_of
from members.reports.badges import DueQuestion, backlog, due_at
from members.rules.badges import numbers_from

PAGE = 50
AT_ONCE = 200
NUMBER = 20  # characters

_due = Answers(8)  # lists of a committee have thousands of rows


class Asked:
    """What a page of badges is about: the body, the round, the filter."""

    def __init__(self, request, data, *, with_backlog=True):
        self.today, self.book = timezone.localdate(), BadgeBook()
        options = {"user": request.user, "book": self.book, "today": self.today}
        self.form = RoundFilter(data, **options, with_backlog=with_backlog)
        self.body, self.round, self.is_backlog = self.form.body, self.form.asked_round, self.form.is_backlog
        if self.round is None and not with_backlog:
            raise Http404

    @property
    def query(self):
        """The address of the same question on another page."""
        asked = {"organisation": organisation_label(self.body)}
        level = {"level": self.form.chosen["level"]} if self.form.chosen.get("level") else {}
        return urlencode(asked | level | ({} if self.is_backlog else {"round": self.round.on.isoformat()}))

    def rows(self, request):
        """Who is due, of whom the reader may see."""
        sees = tuple({*request.user.paths_in_scope(P.MEMBERS_EDIT), *request.user.paths_in_scope(P.SANCTIONS_RECORD)})
        question = DueQuestion(self.body, self.today, self.book, sees)
        people = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).below(self.body)
        if self.is_backlog:
            return _due.get(question_of(request.user, self.body.pk), lambda: backlog(people, question))
        at_round = question_of(request.user, self.body.pk, self.round.on)
        return _due.get(at_round, lambda: due_at(self.round, people, question))

    def proposals(self, request, permission):
        """Badges proposed for the round, of whom the reader holds the permission."""
        rows = Badge.objects.visible_to(request.user, permission).below(self.body)
        return rows.of_round(self.round.on, self.form.chosen.get("level"))


@require_safe
@requires(P.MEMBERS_VIEW)
def list_badges(request):
    """Who is due at a round, each with what the rules say and why."""
    return _due_page(request, Asked(request, request.GET), ProposeForm())


@requires(P.MEMBERS_EDIT)
@require_POST
def propose_badges(request):
    """Those ticked, or all who are ready, on the list of proposals of the round."""
    asked = Asked(request, request.POST)
    form = ProposeForm(request.POST)
    rows = [row for row in asked.rows(request) if request.user.may(P.MEMBERS_EDIT, row.member)]
    if asked.is_backlog:
        raise Http404
    if form.is_valid():
        chosen = form.chosen(asked.form.narrow(rows))
        proposal = acts.Proposal(asked.round, asked.today, form.cleaned_data["reason"])
        try:
            acts.propose_badges(asked.body, chosen, proposal, by=request.user)
        except ValidationError as refused:
            form.add_error("reason" if hasattr(refused, "error_dict") else None, refused.messages)
        else:
            messages.success(request, f"Đã đưa {len(chosen)} đồng chí vào danh sách đề nghị đợt {asked.round.name}.")
            return redirect(f"{reverse('members:badge_proposals')}?{asked.query}")
    return _due_page(request, asked, form)


@require_safe
@requires(P.MEMBERS_VIEW)
def list_proposals(request):
    """Who is proposed for a round, with what was decided."""
    asked = Asked(request, request.GET, with_backlog=False)
    rows = asked.proposals(request, P.MEMBERS_VIEW)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "form": asked.form,
        "page": page,
        "list_name": getattr(proposal_of(asked.round.on, asked.form.rules), "name", ""),
        "may_decide": request.user.may(P.HONOURS_RECORD, asked.body),
        "may_print": request.user.may(P.REPORTS_VIEW, asked.body),
        "may_issue": request.user.may(P.DOCUMENTS_ISSUE, asked.body),
    }
    return render(request, "members/badges/proposals.html", context)


@requires(P.HONOURS_RECORD)
def award_badges(request):
    """The decision on those proposed, with the number of each badge."""
    asked = Asked(request, request.GET, with_backlog=False)
    badges = list(asked.proposals(request, P.HONOURS_RECORD).proposed()[:AT_ONCE])
    form = DecisionForm(request.POST or None, today=asked.today)
    if request.method == "POST" and form.is_valid():
        decision = {name: form.cleaned_data[name] for name in ("decision", "decided_on", "decided_by", "handed_on")}
        try:
            awards = _awards(request.POST, badges, form.cleaned_data["first_number"])
            acts.award_badges(asked.body, awards, acts.AwardDecision(**decision), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi tặng Huy hiệu Đảng cho {len(awards)} đồng chí.")
            return redirect(f"{reverse('members:badge_proposals')}?{asked.query}")
    rows = [(badge, _ticked(request, badge), request.POST.get(f"number_{badge.pk}", "")) for badge in badges]
    return render(request, "members/badges/award.html", {"asked": asked, "form": form, "rows": rows})


@requires(P.HONOURS_RECORD)
def hand_over_badges(request):
    """The day of the ceremony for those who were awarded a badge."""
    asked = Asked(request, request.GET, with_backlog=False)
    badges = list(asked.proposals(request, P.HONOURS_RECORD).not_handed_over()[:AT_ONCE])
    form = HandOverForm(request.POST or None, today=asked.today, initial={"on": asked.today})
    if request.method == "POST" and form.is_valid():
        chosen = [badge for badge in badges if _ticked(request, badge)]
        try:
            acts.hand_over_badges(asked.body, chosen, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi trao Huy hiệu Đảng cho {len(chosen)} đồng chí.")
            return redirect(f"{reverse('members:badge_proposals')}?{asked.query}")
    rows = [(badge, _ticked(request, badge), "") for badge in badges]
    return render(request, "members/badges/hand_over.html", {"asked": asked, "form": form, "rows": rows})


@require_safe
@requires(P.REPORTS_VIEW)
def print_proposals(request, organisation_id, round_on):
    """The list of proposals of a round on paper; a long one is drafted as a document, which prints beside the page."""
    body, source, day = _printable(request, organisation_id, round_on)
    figures = source.collect(body, year=day.year, on=None)
    name = f"de-nghi-huy-hieu-{body.pk}-{day:%Y%m%d}"
    today = timezone.localdate()
    frame = draft_frame(body, source, figures, on=today)
    return paper_answer(request, source, figures, frame, name=name, back="members:badge_proposals")


@require_safe
@requires(P.REPORTS_VIEW)
def export_proposals(request, organisation_id, round_on):
    """The same list as a workbook."""
    body, source, day = _printable(request, organisation_id, round_on)
    content = source.render_xlsx(source.collect(body, year=day.year, on=None))
    return file_answer(content, f"de-nghi-huy-hieu-{body.pk}-{day:%Y%m%d}.xlsx")


def _due_page(request, asked, form):
    rows = asked.rows(request)
    shown = asked.form.narrow(rows)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    ticked = set(request.POST.getlist("people")) if request.method == "POST" else None
    page.object_list = [
        (row, row.state == "ready" if ticked is None else str(row.member.pk) in ticked) for row in page.object_list
    ]
    context = {
        "asked": asked,
        "form": form,
        "filter": asked.form,
        "page": page,
        "ready": sum(row.state == "ready" for row in shown),
        "totals": [(words, count) for words, count in _totals(rows) if count],
        "may_propose": not asked.is_backlog and request.user.may(P.MEMBERS_EDIT, asked.body),
    }
    return render(request, "members/badges/due.html", context)


def _totals(rows):
    words = {row.state: row.state_words for row in rows}
    return [(words[state], sum(row.state == state for row in rows)) for state in words]


def _ticked(request, badge):
    return request.method != "POST" or str(badge.pk) in request.POST.getlist("badges")


def _awards(data, badges, first_number):
    """(badge, number) of the ticked rows; empty numbers go on from the first one, of one level only."""
    ticked = set(data.getlist("badges"))
    chosen = [
        (badge, repair(data.get(f"number_{badge.pk}", ""))[:NUMBER]) for badge in badges if str(badge.pk) in ticked
    ]
    empty = [badge for badge, number in chosen if not number]
    if not first_number:
        return chosen
    if len({badge.level for badge in empty}) > 1:
        raise ValidationError("Số đầu tiên chỉ dùng khi những người chưa có số cùng một mức. Hãy lọc theo mức.")
    try:
        numbers = dict(zip([badge.pk for badge in empty], numbers_from(first_number, len(empty)), strict=True))
    except ValueError:
        raise ValidationError("Số đầu tiên phải kết thúc bằng chữ số và đủ chỗ để đánh tiếp.") from None
    return [(badge, number or numbers[badge.pk]) for badge, number in chosen]


def _printable(request, organisation_id, round_on):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    day = day_of(round_on)
    source = day and proposal_of(day, BadgeBook().badge(body, day))
    if source is None:
        raise Http404
    return body, source, day
