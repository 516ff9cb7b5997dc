"""One member's file: the checklist, its papers, its index.

Who may: the cell sees which papers its members' files hold, because it gives the papers and hands in the supplements;
the keeper (base officer, staff above) enters them, lends the file and certifies the index. The cell keeps no file
(294-QĐ/TW, 6.2.1) and reads one only through its keeper, so a cell secretary opens no scan (docs/adr/0010).
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import dossier as acts
from members.actions.dossier import PaperEntry
from members.actions.scans import SWITCHED_OFF
from members.catalogues.dossier import paper_types, types_source
from members.dossier_enums import PaperState, Regime
from members.enums import Status
from members.file_rules import FileBook
from members.filing import read_files
from members.forms.dossier import CertifyForm, PaperForm, TickForm
from members.forms.facts import VoidForm
from members.forms.seen import keep_seen
from members.models import DossierPaper, Member
from members.reports.dossier import checklist, keeper_of, named_scans
from members.views.facts import form_page
from members.views.record import note_opening


@require_safe
@requires(P.FILES_VIEW)
def show_dossier(request, member_id):
    """Every type of paper by the parts of the file: there, missing and why; the keeper ticks. The look is noted."""
    member = find_file(request, member_id)
    note_opening(request, member)
    return _page(request, member, TickForm())


@require_POST
@requires(P.FILES_VIEW)
def tick_papers(request, member_id):
    """All that was ticked, at once."""
    member = kept_file(request, member_id)
    form = TickForm(request.POST)
    if form.is_valid():
        try:
            total = acts.tick_papers(member, form.copies, held=form.held, on=timezone.localdate(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã ghi {total} tài liệu vào hồ sơ của {member}.")
            return redirect("members:dossier", member.pk)
    return _page(request, member, form)


@requires(P.FILES_VIEW)
def add_paper(request, member_id, number):
    """One paper with what it says."""
    member = kept_file(request, member_id)
    if number not in paper_types():
        raise Http404
    today = timezone.localdate()
    form = PaperForm(request.POST or None, today=today, initial={"state": "present"})
    form.keep_held(member.dossier_papers.in_the_index().filter(type=number).count())

    def act():
        held = form.cleaned_data["held"] or 0 if paper_types()[number].repeats else None
        acts.add_paper(member, number, PaperEntry(**form.values), held=held, on=today, by=request.user)

    context = {"title": paper_types()[number].name, "lead": "Ghi như trên tài liệu."}
    return form_page(request, member, form, act, context, back=file_url(member))


@require_safe
@requires(P.FILES_VIEW)
def show_paper(request, paper_id):
    """One paper: who entered it, its scans, what can be done."""
    paper = kept_paper(request, paper_id)
    rows = [
        ("Tình trạng", paper.get_state_display()),
        ("Số, ký hiệu", paper.number or "không ghi"),
        ("Ngày", PaperForm.details_of(paper)["issued"] or "không ghi"),
        ("Nơi ban hành, người lập", paper.issuer or "không ghi"),
        ("Số tờ", paper.pages or "không ghi"),
        ("Nơi giữ", paper.kept_at or "trong hồ sơ"),
        ("Hư hỏng", "có" if paper.is_damaged else "không"),
        ("Ghi chú", paper.note or "không có"),
        ("Người ghi", str(paper.recorded_by or "–")),
        ("Ghi lúc", f"{timezone.localtime(paper.recorded_at):%d/%m/%Y %H:%M}"),
    ]
    rules = FileBook().rules(paper.member.home, timezone.localdate())
    context = {
        "paper": paper,
        "type": paper_types()[paper.type],
        "rows": rows,
        "back": file_url(paper.member),
        "scans": named_scans(paper, rules),
        "is_on": rules.store_scans,
        "may_scan": rules.store_scans and paper.state == PaperState.PRESENT,
        "switched_off": SWITCHED_OFF,
    }
    return render(request, "members/dossier/paper.html", context)


@requires(P.FILES_VIEW)
def correct_paper(request, paper_id):
    """A paper that was entered wrongly: the old row is kept, marked as voided."""
    paper, today = kept_paper(request, paper_id), timezone.localdate()
    form = PaperForm(request.POST or None, today=today, initial=PaperForm.initial_of(paper))
    form.ask_reason()
    keep_seen(form, paper)

    def act():
        said = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        acts.correct_paper(paper, PaperEntry(**form.values), **said, on=today, by=request.user)

    context = {"title": f"Sửa: {paper_types()[paper.type].name}", "lead": "Bản ghi cũ được giữ lại, đánh dấu đã hủy."}
    return form_page(request, paper.member, form, act, context, back=file_url(paper.member))


@requires(P.FILES_VIEW)
def void_paper(request, paper_id):
    """A paper that is not in the file."""
    paper = kept_paper(request, paper_id)
    form = VoidForm(request.POST or None)

    def act():
        acts.void_paper(paper, reason=form.cleaned_data["reason"], on=timezone.localdate(), by=request.user)

    context = {
        "title": f"Hủy mục ghi sai: {paper_types()[paper.type].name}",
        "lead": "Chỉ bỏ mục ghi ở đây; tài liệu trên giấy không được tự ý rút khỏi hồ sơ.",
    }
    return form_page(request, paper.member, form, act, context, back=file_url(paper.member))


@requires(P.FILES_VIEW)
def certify_index(request, member_id):
    """The printed index was signed and sealed by the keeper."""
    member, today = kept_file(request, member_id), timezone.localdate()
    form = CertifyForm(request.POST or None, today=today)

    def act():
        acts.certify_index(member, **form.cleaned_data, on=today, by=request.user)

    context = {
        "title": "Ghi chứng nhận mục lục",
        "lead": "Sau khi mục lục in ra đã được cơ quan giữ hồ sơ ký, đóng dấu (mục II.1.1 Hướng dẫn 38-HD/BTCTW).",
    }
    return form_page(request, member, form, act, context, back=file_url(member))


def find_file(request, member_id):
    """The member whose file the person may see, with the status of today; 404 otherwise."""
    today = timezone.localdate()
    rows = Member.objects.visible_to(request.user, P.FILES_VIEW).select_related("home").with_status(today)
    return find(rows.with_opening(member_id, request.user, today), pk=member_id)


def kept_file(request, member_id):
    """The same for its keeper: 403 for those who only see it."""
    member = find_file(request, member_id)
    check(request.user, P.FILES_KEEP, member)
    return member


def kept_paper(request, paper_id):
    """A standing paper of a file that the person keeps; 403 for those who only see the file."""
    rows = DossierPaper.objects.visible_to(request.user).standing().select_related("member__home", "recorded_by")
    paper = find(rows, pk=paper_id)
    check(request.user, P.FILES_KEEP, paper)
    return paper


def file_url(member):
    return reverse("members:dossier", args=[member.pk])


def _page(request, member, form):
    today = timezone.localdate()
    state = read_files([member], today)[member.pk]
    keeps = request.user.may(P.FILES_KEEP, member)
    page = checklist(state, keeper=keeps)
    keeper, keeper_source = keeper_of(member, ended=member.status == Status.ENDED)
    context = {
        "member": member,
        "page": page,
        "parts": [(part, *_parted(part.lines, form)) for part in page.parts],
        "reasons": dict.fromkeys((need.reason, need.source) for need in state.needs),
        "form": form,
        "keeps": keeps,
        "keeper": keeper,
        "keeper_source": keeper_source,
        "is_unknown": state.regime == Regime.UNKNOWN,
        "types_source": types_source()[1],
        "certification": state.certification,
    }  # fmt: skip
    return render(request, "members/dossier/dossier.html", context)


def _parted(lines, form):
    """Lines with what was typed: those that say something or want something, then the others."""
    rows = [(line, form.typed(line.type.number), form.wrong(line.type.number)) for line in lines]
    speaks = [bool(line.details or line.missing or typed or wrong) for line, typed, wrong in rows]
    return tuple([row for row, says in zip(rows, speaks, strict=True) if says is wanted] for wanted in (True, False))
