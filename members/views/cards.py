"""Party cards: who has none, who waits for one, the cards that came, the yearly look of a cell, loss and damage."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.forms import organisation_label
from cells.frames import draft_frame
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.printouts import paper_answer
from config.lib.downloads import file_answer
from members.actions import cards as acts
from members.actions.record import NumberKnown
from members.badge_enums import CardKind, CardState
from members.badge_printing import CARDS
from members.badge_rules import BadgeBook
from members.forms.cards import ASKED, NONE, OLD, UNSEEN, CardFilter, CheckForm, IssueForm, IssueOneForm, LossForm
from members.forms.facts import VoidForm
from members.forms.text import IdentifierField
from members.models import CardCheck, Member, PartyCard
from members.paging import kept_page, question_of
from members.reports.cards import check_rows, issue_rows
from members.rules.cards import unseen_since
from members.views.clashes import answer_clash
from members.views.facts import form_page
from members.views.party_age import find_person, party_url
from members.views.rights import kept_cell

PAGE = 50
AT_ONCE = 200


@require_safe
@requires(P.MEMBERS_VIEW)
def list_cards(request):
    """People by what is left to do about their cards."""
    return _cards_page(request, CardFilter(request.GET, user=request.user))


@requires(P.MEMBERS_EDIT)
@require_POST
def request_cards(request):
    """Those ticked on the list of people to be given a card."""
    form = CardFilter(request.POST, user=request.user)
    rows = Member.objects.visible_to(request.user, P.MEMBERS_EDIT).below(form.body)
    ticked = set(request.POST.getlist("people"))
    chosen = [member for member in _listed(rows, form) if str(member.pk) in ticked]
    try:
        acts.request_cards(form.body, chosen, on=timezone.localdate(), by=request.user)
    except ValidationError as refused:
        return _cards_page(request, form, refused.messages)
    messages.success(request, f"Đã đề nghị thẻ cho {len(chosen)} đồng chí.")
    return redirect(f"{reverse('members:cards')}?{_query(form.body, ASKED)}")


@requires(P.HONOURS_RECORD)
def issue_cards(request):
    """Cards that came from the printer, entered together."""
    asked = CardFilter(request.GET, user=request.user)
    today = timezone.localdate()
    rows = PartyCard.objects.visible_to(request.user, P.HONOURS_RECORD).below(asked.body)
    cards = list(rows.queue(today)[:AT_ONCE])
    form = IssueForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        ticked = [card for card in cards if str(card.pk) in request.POST.getlist("cards")]
        issues = [(card.member, _entry(form, request.POST, card)) for card in ticked]
        try:
            acts.issue_cards(asked.body, issues, by=request.user)
        except acts.CardRefused as refused:
            _refuse(request, form, refused, ticked)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi thẻ của {len(issues)} đồng chí.")
            return redirect(f"{reverse('members:cards')}?{_query(asked.body, ASKED)}")
    rows = issue_rows(cards, request.POST if request.method == "POST" else None)
    return render(request, "members/badges/issue_cards.html", {"asked": asked, "form": form, "rows": rows})


@requires(P.MEMBERS_EDIT)
def check_cards(request, organisation_id):
    """The yearly look at the cards of a whole cell, on one page."""
    today = timezone.localdate()
    cell, people = kept_cell(request, organisation_id, today)
    form = CheckForm(request.POST or None, today=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        try:
            findings = form.findings(people)
            written = acts.check_cards(cell, findings, on=form.cleaned_data["on"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi kiểm tra thẻ của {written} đồng chí.")
            return redirect(f"{reverse('members:cards')}?{_query(cell, UNSEEN)}")
    last = CardCheck.objects.visible_to(request.user, P.MEMBERS_VIEW).latest_of(people)
    context = {"cell": cell, "form": form, "states": CardState.choices}
    context["rows"] = check_rows(people, last, request.POST if request.method == "POST" else None)
    return render(request, "members/badges/check_cards.html", context)


@require_safe
@requires(P.REPORTS_VIEW)
def print_cards(request, organisation_id, kind):
    """The list of cards asked for on paper."""
    body, source = _printable(request, organisation_id, kind)
    today = timezone.localdate()
    figures = source.collect(body, year=today.year, on=today)
    name = f"the-dang-vien-{kind}-{body.pk}-{today:%Y%m%d}"
    frame = draft_frame(body, source, figures, on=today)
    return paper_answer(request, source, figures, frame, name=name, back="members:cards")


@require_safe
@requires(P.REPORTS_VIEW)
def export_cards(request, organisation_id, kind):
    """The same list as a workbook."""
    body, source = _printable(request, organisation_id, kind)
    today = timezone.localdate()
    content = source.render_xlsx(source.collect(body, year=today.year, on=today))
    return file_answer(content, f"the-dang-vien-{kind}-{body.pk}-{today:%Y%m%d}.xlsx")


@requires(P.HONOURS_RECORD)
def issue_card(request, member_id):
    """The card that one member was given."""
    member = find_person(request, member_id)
    check(request.user, P.HONOURS_RECORD, member)
    form = IssueOneForm(request.POST or None, today=timezone.localdate())
    context = {
        "title": "Ghi thẻ đảng viên được cấp",
        "lead": "Thẻ mới thay thẻ đang dùng; số cũ được giữ trong lịch sử.",
    }

    def act():
        try:
            acts.issue_card(member, acts.CardEntry(**form.cleaned_data), by=request.user)
        except NumberKnown as known:
            answer_clash(request.user, known, form, member.home, field="number")
            raise ValidationError("Chưa ghi được thẻ: xem ô số thẻ.") from known

    return form_page(request, member, form, act, context, back=party_url(member))


@requires(P.MEMBERS_EDIT)
def report_loss(request, member_id):
    """A card was lost."""
    lead = "Thẻ thôi dùng từ ngày này; đảng viên vào danh sách đề nghị cấp lại."
    return _report(request, member_id, acts.report_loss, {"title": "Ghi mất thẻ đảng viên", "lead": lead})


@requires(P.MEMBERS_EDIT)
def report_damage(request, member_id):
    """A card is damaged or wrong."""
    lead = "Thẻ còn dùng đến khi có thẻ mới; đảng viên vào danh sách đề nghị đổi."
    return _report(request, member_id, acts.report_damage, {"title": "Ghi thẻ hỏng, sai", "lead": lead})


@requires(P.MEMBERS_EDIT)
def void_card(request, member_id, card_id):
    """A request taken back; a card entered wrongly, for those who record cards."""
    member = find_person(request, member_id)
    card = find(member.cards.standing().select_related("member__home"), pk=card_id)
    check(request.user, P.HONOURS_RECORD if card.number else P.MEMBERS_EDIT, member)
    form = VoidForm(request.POST or None)
    title = "Hủy mục thẻ ghi sai" if card.number else "Rút đề nghị cấp thẻ"
    lead = "Thẻ trước đó được dùng lại như chưa có mục này." if card.number or card.kind == CardKind.LOSS else ""
    context = {"title": title, "lead": f"{card}. {lead}".strip()}

    def act():
        acts.void_card(card, reason=form.cleaned_data["reason"], by=request.user)

    return form_page(request, member, form, act, context, back=party_url(member))


def _cards_page(request, form, wrong=()):
    rows = _listed(Member.objects.visible_to(request.user, P.MEMBERS_VIEW).below(form.body), form)
    question = question_of(request.user, "cards", form.body.pk, form.shown)
    page = kept_page(question, lambda: rows.values_list("pk", flat=True), request.GET.get("page"), size=PAGE)
    found = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("home").in_bulk(page.object_list)
    people = [found[pk] for pk in page.object_list if pk in found]
    asked = PartyCard.objects.visible_to(request.user, P.MEMBERS_VIEW).of_people(people)
    checks = CardCheck.objects.visible_to(request.user, P.MEMBERS_VIEW).latest_of(people)
    ticked = set(request.POST.getlist("people"))
    page.object_list = [(each, asked.get(each.pk), checks.get(each.pk), str(each.pk) in ticked) for each in people]
    context = {
        "form": form,
        "page": page,
        "wrong": wrong,
        "query": _query(form.body, form.shown),
        "may_request": form.shown in (NONE, OLD) and request.user.may(P.MEMBERS_EDIT, form.body),
        "may_check": form.body.is_cell and request.user.may(P.MEMBERS_EDIT, form.body),
        "may_issue_cards": request.user.may(P.HONOURS_RECORD, form.body),
        "lists": [(name, each.title) for name, each in CARDS.items()],
        "may_print": request.user.may(P.REPORTS_VIEW, form.body),
        "may_draft": request.user.may(P.DOCUMENTS_ISSUE, form.body),
        "year": timezone.localdate().year,
    }
    return render(request, "members/badges/cards.html", context)


def _listed(rows, form):
    today = timezone.localdate()
    rows = rows.on_roll(today).select_related("home").order_by("home__path", "sort_key", "id")
    rules = BadgeBook().card(form.body, today)
    return {
        NONE: lambda: rows.without_card(),
        OLD: lambda: rows.without_card(OLD),
        ASKED: lambda: rows.waiting_for_card(),
        UNSEEN: lambda: rows.card_unseen_since(unseen_since(rules, today)),
    }[form.shown]()


def _query(body, shown):
    return urlencode({"organisation": organisation_label(body), "list": shown})


def _entry(form, data, card):
    number = IdentifierField(required=False).clean(data.get(f"number_{card.pk}", ""))[:20]
    return acts.CardEntry(number, **form.cleaned_data)


def _refuse(request, form, refused, cards):
    """The words of a refusal name the person; a number held elsewhere is reported to the body above."""
    member = cards[refused.place].member
    if refused.known is None:
        form.add_error(None, refused.messages)
        return
    form.add_error(None, f"Chưa ghi thẻ nào: số thẻ của {member} trùng với thẻ khác.")
    answer_clash(request.user, refused.known, form, member.home, field=None)


def _report(request, member_id, action, context):
    member = find_person(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    today = timezone.localdate()
    form = LossForm(request.POST or None, today=today, initial={"on": today})

    def act():
        action(member, **form.cleaned_data, by=request.user)

    return form_page(request, member, form, act, context, back=party_url(member))


def _printable(request, organisation_id, kind):
    body = find(Organisation.objects.visible_to(request.user, P.REPORTS_VIEW), pk=organisation_id)
    if kind not in CARDS:
        raise Http404
    return body, CARDS[kind]
