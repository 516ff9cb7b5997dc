"""The page of a cell in a round, and what the cell writes there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import find, requires
from cells.models import Organisation
from cells.permissions import Permission as P
from cells.views.act_pages import act_with_form, add_refusal, posted
from config.lib.workflow import NotAllowed
from evaluations import actions
from evaluations.models import ConductYear, ScreeningFlag, ScreeningNote, ScreeningRound
from evaluations.readings import READ_SCREENING_LIST, SEEN
from evaluations.rules.screening_hints import LABEL
from evaluations.screening_cell_page import read_cell_page
from evaluations.screening_forms import ConductForm, FlagForm, NoteForm, ReviewForm, SayForm, TakeBackForm
from evaluations.screening_hint_page import read_hints
from members.models import Member


@require_safe
@requires(P.SCREENING_FILE)
def show_cell(request, pk, cell_pk):
    """One row for each member whom the records point at: evidence, both counts, article, what was left out."""
    one, cell = find_cell(request, pk, cell_pk)
    if not one.is_noted:
        actions.read_flags(one, cell, how=SEEN, by=request.user)
    return _page(request, one, cell)


@requires(P.SCREENING_FILE)
@require_POST
def put_up(request, pk, cell_pk):
    """Those marked are put up as candidates."""

    def act(one, cell, members, values):
        said = actions.put_up(one, cell, members, on=values["on"], note=values["reason"], by=request.user)
        return f"Đã đưa {len(said)} đảng viên vào diện xem xét."

    return _say(request, pk, cell_pk, act)


@requires(P.SCREENING_FILE)
@require_POST
def dismiss_together(request, pk, cell_pk):
    """Those marked are not to be listed, for one reason."""

    def act(one, cell, members, values):
        if not values["reason"]:
            raise ValidationError({"reason": "Hãy ghi lý do không đưa vào danh sách."})
        said = actions.dismiss(one, cell, members, on=values["on"], reason=values["reason"], by=request.user)
        return f"Đã ghi không đưa {len(said)} đảng viên vào danh sách."

    return _say(request, pk, cell_pk, act)


@requires(P.SCREENING_FILE)
def review_cell(request, pk, cell_pk):
    """That the committee of the cell has gone through all its members."""
    one, cell = find_cell(request, pk, cell_pk)
    form = ReviewForm(posted(request), today=timezone.localdate())
    page = _act_page(one, cell, "Ghi chi bộ đã rà soát", "Đã ghi chi bộ rà soát.")

    def act(values):
        actions.review_cell(one, cell, by=request.user, **values)

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE)
def record_flag(request, pk, cell_pk):
    """A ground or criterion that only people know, with its evidence."""
    one, cell = find_cell(request, pk, cell_pk)
    people = Member.objects.visible_to(request.user, P.SCREENING_FILE).in_cell(cell, one.cutoff_on)
    form = FlagForm(posted(request), today=timezone.localdate(), people=people)
    lead = "Chỉ nêu khi có văn bản, biên bản; không dùng để trù dập vì động cơ cá nhân (Hướng dẫn 02-HD/BTCTW)."
    page = _act_page(one, cell, "Nêu căn cứ", "Đã nêu căn cứ.") | {"lead": lead}

    def act(values):
        actions.record_flag(one, cell, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE)
def withdraw_flag(request, flag_pk):
    """Take back what the cell stated."""
    rows = ScreeningFlag.objects.visible_to(request.user, P.SCREENING_FILE).standing()
    flag = find(rows.select_related("round", "organisation", "member"), pk=flag_pk)
    page = _act_page(flag.round, flag.organisation, "Rút căn cứ đã nêu", "Đã rút căn cứ.")
    page |= {"lead": f"{flag.code} – {flag.get_code_display()}: {flag.member}."}

    def act(values):
        actions.withdraw_flag(flag, reason=values["reason"], by=request.user)

    return act_with_form(request, TakeBackForm(posted(request)), act, page)


@requires(P.SCREENING_FILE)
def keep_note(request, pk, cell_pk, member_pk):
    """The member's own statement, or steps to reach him, from paper."""
    one, cell = find_cell(request, pk, cell_pk)
    member = find_member(request, one, cell, member_pk)
    form = NoteForm(posted(request), today=timezone.localdate())
    page = _act_page(one, cell, "Ghi theo bản giấy", "Đã ghi.") | {"lead": f"{member}. Ghi đúng nội dung bản giấy."}

    def act(values):
        actions.keep_note(one, cell, member, form.entry, by=request.user)

    return act_with_form(request, form, act, page)


@requires(P.SCREENING_FILE)
def void_note(request, note_pk):
    """Take back a note entered wrongly."""
    rows = ScreeningNote.objects.visible_to(request.user).standing().select_related("round", "organisation", "member")
    note = find(rows, pk=note_pk)
    page = _act_page(note.round, note.organisation, "Hủy ghi chép", "Đã hủy.") | {"lead": f"{note.member}: {note.text}"}

    def act(values):
        actions.void_note(note, reason=values["reason"], by=request.user)

    return act_with_form(request, TakeBackForm(posted(request)), act, page)


@requires(P.SCREENING_FILE)
def record_conduct(request, member_pk):
    """What papers say, year by year, of "vi phạm tư cách đảng viên", and a new line of it."""
    member = find(Member.objects.visible_to(request.user, P.SCREENING_FILE), pk=member_pk)
    known = ConductYear.objects.visible_to(request.user).filter(member=member).select_related("recorded_by")
    page = {
        "template": "evaluations/screening_conduct.html",
        "back": reverse("evaluations:record_conduct", args=[member.pk]),
        "member": member,
        "years": known,
        "done": "Đã ghi kết luận về tư cách.",
    }

    def act(values):
        actions.record_conduct(member, by=request.user, **values)

    return act_with_form(request, ConductForm(posted(request), today=timezone.localdate()), act, page)


@requires(P.SCREENING_FILE)
def void_conduct(request, conduct_pk):
    """Take back a line about the conduct of a year."""
    row = find(ConductYear.objects.visible_to(request.user).select_related("member"), pk=conduct_pk)
    page = {
        "back": reverse("evaluations:record_conduct", args=[row.member_id]),
        "crumb": f"{row.member} · tư cách đảng viên",
        "title": f"Hủy kết luận năm {row.year}",
        "lead": row.document,
        "done": "Đã hủy.",
    }

    def act(values):
        actions.void_conduct(row, reason=values["reason"], by=request.user)

    return act_with_form(request, TakeBackForm(posted(request)), act, page)


@require_safe
@requires(P.SCREENING_FILE)
def show_hints(request, cell_pk):
    """Hints of this software about the members of a cell, in a place of their own."""
    cell = find(Organisation.objects.visible_to(request.user, P.SCREENING_FILE).cells(), pk=cell_pk)
    today = timezone.localdate()
    context = {"cell": cell, "lines": read_hints(cell, today), "label": LABEL, "today": today}
    return render(request, "evaluations/screening_hints.html", context)


def find_cell(request, pk, cell_pk):
    """(round, cell): the cell is one's own, and the round reaches it."""
    cell = find(Organisation.objects.visible_to(request.user, P.SCREENING_FILE).cells(), pk=cell_pk)
    rounds = ScreeningRound.objects.visible_to(request.user).filter(organisation__in=cell.ancestor_ids())
    looks = rounds.with_look(pk, request.user, timezone.localdate(), READ_SCREENING_LIST, cell)
    return find(looks, pk=pk), cell


def find_member(request, one, cell, member_pk):
    """A member of the cell, or somebody on the way to it whom the records point at."""
    coming = next((flag.member for flag in _flags(request, one, cell) if flag.member_id == member_pk), None)
    people = Member.objects.visible_to(request.user, P.SCREENING_FILE).in_cell(cell, one.cutoff_on)
    return coming or find(people, pk=member_pk)


def _flags(request, one, cell):
    return ScreeningFlag.objects.visible_to(request.user, P.SCREENING_FILE).of_cell(one, cell)


def _act_page(one, cell, title, done):
    return {
        "back": reverse("evaluations:screening_cell", args=[one.pk, cell.pk]),
        "crumb": f"{cell} · rà soát {one.words}",
        "title": title,
        "submit": "Ghi",
        "done": done,
    }


def _say(request, pk, cell_pk, act):
    """One word of the cell on all that are marked; what is wrong comes back with what was typed."""
    one, cell = find_cell(request, pk, cell_pk)
    form = SayForm(request.POST, today=timezone.localdate())
    marked = request.POST.getlist("member")
    if form.is_valid():
        try:
            known = {flag.member_id: flag.member for flag in _flags(request, one, cell)}
            members = [member for key, member in known.items() if str(key) in marked]
            messages.success(request, act(one, cell, members, form.cleaned_data))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("evaluations:screening_cell", one.pk, cell.pk)
    return _page(request, one, cell, form=form, marked=marked, status=422)


def _page(request, one, cell, *, form=None, marked=(), status=200):
    page = read_cell_page(one, cell)
    for line in page.lines:
        line.is_marked = str(line.member.pk) in marked
    form = form or SayForm(today=timezone.localdate(), initial={"on": timezone.localdate()})
    context = {"round": one, "cell": cell, "page": page, "form": form}
    return render(request, "evaluations/screening_cell.html", context, status=status)
