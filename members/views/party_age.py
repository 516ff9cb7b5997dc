"""Tuổi Đảng, Huy hiệu of one member: the page, its line on the record, what is entered there."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import awards, badges
from members.badge_rules import BadgeBook
from members.forms.badges import AwardEntryForm, ConfirmForm, EarlyForm, OldBadgeForm, next_round, rounds_near
from members.forms.facts import VoidForm
from members.models import Member
from members.reports.badges import DueQuestion
from members.reports.party_page import PartyFacts, party_page
from members.views.facts import form_page

HEALTH = "Ghi số, ngày giấy xác nhận y tế; không ghi tên bệnh."


@require_safe
@requires(P.MEMBERS_VIEW)
def show_party_age(request, member_id):
    """Party age with its arithmetic, badges, cards, rewards."""
    member = find_person(request, member_id)
    user, today = request.user, timezone.localdate()
    page = party_page(member, _question(user, member, today), sensitive=user.may(P.MEMBERS_SENSITIVE, member))
    context = {
        "member": member,
        "page": page,
        "today": today,
        "may_edit": user.may(P.MEMBERS_EDIT, member),
        "may_record": user.may(P.HONOURS_RECORD, member),
    }
    return render(request, "members/badges/party_age.html", context)


@require_safe
@requires(P.MEMBERS_VIEW)
def party_line(request, member_id):
    """The compact line that the record loads after itself; the page of Party age without scripts."""
    member = find_person(request, member_id)
    if not request.htmx:
        return show_party_age(request, member_id)
    found = PartyFacts(member, _question(request.user, member, timezone.localdate()))
    return render(request, "members/badges/party_line.html", {"member": member, "line": found.line})


@requires(P.HONOURS_RECORD)
def confirm_party_age(request, member_id):
    """The Party age that the competent body confirmed."""
    member = _editable(request, member_id, P.HONOURS_RECORD)
    form = ConfirmForm(request.POST or None, today=timezone.localdate())
    lead = "Theo văn bản của cấp có thẩm quyền. Từ ngày đó tuổi Đảng tính tiếp từ số đã xác nhận."
    context = {"title": "Ghi xác nhận tuổi Đảng", "lead": lead}
    return _page(request, member, form, lambda: awards.confirm_party_age(member, form.values, by=request.user), context)


@requires(P.HONOURS_RECORD)
def void_confirmation(request, member_id, confirmation_id):
    """A confirmation that was entered wrongly."""
    member = _editable(request, member_id, P.HONOURS_RECORD)
    row = find(member.party_age_confirmations.standing().select_related("member__home"), pk=confirmation_id)
    context = {"title": "Hủy xác nhận tuổi Đảng ghi sai", "lead": f"{row}, tính đến {row.confirmed_on:%d/%m/%Y}."}
    return _void_page(request, row, awards.void_confirmation, context)


@requires(P.MEMBERS_EDIT)
def propose_early(request, member_id):
    """A badge before its day, for a seriously ill member."""
    member = _editable(request, member_id, P.MEMBERS_EDIT)
    lead = "Cho đảng viên ốm nặng (khoản 18.1 Hướng dẫn 06-HD/TW)."
    context = {"title": "Đề nghị tặng sớm Huy hiệu Đảng", "lead": lead}
    return _proposal_page(request, member, badges.propose_early, context)


@requires(P.MEMBERS_EDIT)
def propose_posthumous(request, member_id):
    """A badge for somebody who died before he received it."""
    member = _editable(request, member_id, P.MEMBERS_EDIT)
    lead = "Cho đảng viên đã từ trần (khoản 18.2 Hướng dẫn 06-HD/TW), theo tờ khai của gia đình."
    context = {"title": "Đề nghị truy tặng Huy hiệu Đảng", "lead": lead}
    return _proposal_page(request, member, badges.propose_posthumous, context)


@requires(P.MEMBERS_EDIT)
def enter_badge(request, member_id):
    """A badge that a member received before, from paper."""
    member = _editable(request, member_id, P.MEMBERS_EDIT)
    today = timezone.localdate()
    levels = BadgeBook().badge(member.home, today).levels
    form = OldBadgeForm(request.POST or None, today=today, levels=levels)
    context = {"title": "Ghi Huy hiệu đã được tặng", "lead": "Theo giấy chứng nhận hoặc quyết định đảng viên đang giữ."}
    return _page(request, member, form, lambda: badges.enter_badge(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def void_badge(request, member_id, badge_id):
    """A proposal taken back; a badge entered wrongly, for those who record decisions."""
    member = find_person(request, member_id)
    badge = find(member.badges.standing().select_related("member__home"), pk=badge_id)
    check(request.user, P.HONOURS_RECORD if badge.is_awarded else P.MEMBERS_EDIT, member)
    title = "Hủy mục Huy hiệu ghi sai" if badge.is_awarded else "Rút đề nghị tặng Huy hiệu"
    return _void_page(request, badge, badges.void_badge, {"title": title, "lead": f"{badge}."})


@requires(P.MEMBERS_EDIT)
def add_award(request, member_id):
    """A reward, from paper."""
    member = _editable(request, member_id, P.MEMBERS_EDIT)
    form = AwardEntryForm(request.POST or None, today=timezone.localdate())
    context = {
        "title": "Ghi khen thưởng",
        "lead": "Huân chương, huy chương, bằng khen và hình thức khác, theo giấy tờ.",
    }
    return _page(request, member, form, lambda: awards.add_award(member, form.values, by=request.user), context)


@requires(P.MEMBERS_EDIT)
def void_award(request, member_id, award_id):
    """A reward that was entered wrongly."""
    member = _editable(request, member_id, P.MEMBERS_EDIT)
    row = find(member.awards.standing().select_related("member__home"), pk=award_id)
    return _void_page(request, row, awards.void_award, {"title": "Hủy mục khen thưởng ghi sai", "lead": f"{row}."})


def find_person(request, member_id):
    """The member in sight of the person who asks; 404 otherwise."""
    rows = Member.objects.visible_to(request.user, P.MEMBERS_VIEW).select_related("home__parent")
    return find(rows.with_status(timezone.localdate()), pk=member_id)


def party_url(member):
    return reverse("members:party_age", args=[member.pk])


def _question(user, member, today):
    sees = {*user.paths_in_scope(P.MEMBERS_EDIT), *user.paths_in_scope(P.SANCTIONS_RECORD)}
    return DueQuestion(member.home, today, BadgeBook(), tuple(sees))


def _editable(request, member_id, permission):
    member = find_person(request, member_id)
    check(request.user, permission, member)
    return member


def _page(request, member, form, act, context):
    return form_page(request, member, form, act, context, back=party_url(member))


def _void_page(request, fact, action, context):
    form = VoidForm(request.POST or None)

    def act():
        action(fact, reason=form.cleaned_data["reason"], by=request.user)

    return _page(request, fact.member, form, act, context)


def _proposal_page(request, member, action, context):
    """The form of a proposal outside the rounds; a page without a form where no level can be proposed."""
    today = timezone.localdate()
    facts = PartyFacts(member, _question(request.user, member, today))
    is_early = action is badges.propose_early
    dues = facts.early if is_early else facts.posthumous
    if not dues:
        context |= {"member": member, "finding": facts.early_finding if is_early else None, "back": party_url(member)}
        return render(request, "members/badges/nothing_to_propose.html", context)
    form = EarlyForm(
        request.POST or None, today=today, dues=dues, initial={"on": today}, help_text=HEALTH if is_early else ""
    )

    def act():
        action(member, badges.OwnProposal(**form.cleaned_data, round_on=_round_on(facts, today)), by=request.user)

    return _page(request, member, form, act, context)


def _round_on(facts, today):
    """The next round on whose list the proposal stands; the provincial standing board may decide at any time."""
    found = next_round(rounds_near(facts.rules, today), today)
    return found and found.on
