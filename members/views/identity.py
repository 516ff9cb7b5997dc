"""The name changed by decision, the locked birth date, the photo of the sheet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.access import check, find, requires
from cells.permissions import Permission as P
from members.actions import names, photos
from members.actions.record import BirthEvidence, Stale, correct_birth_date
from members.forms.facts import VoidForm
from members.forms.identity import BirthDateForm, NameForm, PhotoForm
from members.models import Member
from members.sheet.photos import photo_bytes
from members.views.facts import form_page
from members.views.record import find_member

STALE = "Hồ sơ này vừa được người khác sửa. Hãy tải lại trang, xem rồi làm lại."


@requires(P.MEMBERS_EDIT)
def change_name(request, member_id):
    """One act: the record, the lists and the search have the new name at once."""
    member = _editable(request, member_id)
    form = NameForm(request.POST or None, today=timezone.localdate(), initial={"revision": member.revision})

    def act():
        cleaned = dict(form.cleaned_data)
        revision = cleaned.pop("revision")
        names.change_name(member, names.NameEntry(**cleaned), revision=revision, by=request.user)

    lead = (
        f"Đang ghi: {member.full_name}. Tên cũ được giữ lại và vẫn tìm được. Giấy tờ đã ban hành giữ nguyên; "
        "giấy tờ in từ nay mang tên mới."
    )
    return form_page(request, member, form, _fresh(act), {"title": "Đổi họ tên", "lead": lead})


@requires(P.MEMBERS_EDIT)
def correct_birth(request, member_id):
    """The locked birth date, corrected to that of the original file with consent."""
    member = _editable(request, member_id)
    form = BirthDateForm(request.POST or None, initial={"revision": member.revision}, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        evidence = BirthEvidence(**{name: cleaned[name] for name in ("paper", "consent", "consented_on", "reason")})
        try:
            _fresh(
                lambda: correct_birth_date(
                    member, cleaned["born"], evidence=evidence, revision=cleaned["revision"], by=request.user
                )
            )()
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã đính chính ngày sinh của {member}.")
            return redirect("members:member", member.pk)
    return render(request, "members/birth_date.html", {"member": member, "form": form})


@requires(P.MEMBERS_EDIT)
def set_photo(request, member_id):
    """Send a portrait."""
    member = _editable(request, member_id)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def act():
        photos.set_photo(member, form.cleaned_data["photo"].read(), by=request.user)

    context = {"title": "Ảnh 3×4 của phiếu", "lead": "Ảnh cũ, nếu có, được thay và không còn hiện."}
    return form_page(request, member, form, act, context, back=_sheet(member))


@requires(P.MEMBERS_EDIT)
def void_photo(request, member_id):
    """Take a wrong portrait away."""
    member = _editable(request, member_id)
    form = VoidForm(request.POST or None)

    def act():
        photos.void_photo(member, reason=form.cleaned_data["reason"], by=request.user)

    return form_page(request, member, form, act, {"title": "Bỏ ảnh của phiếu"}, back=_sheet(member))


@requires(P.MEMBERS_VIEW)
def show_photo(request, member_id):
    """The portrait itself, for who may see the member; nobody else learns whether there is one."""
    member = find(Member.objects.visible_to(request.user, P.MEMBERS_VIEW), pk=member_id)
    photo = member.photos.standing().first()
    content = photo and photo_bytes(photo)
    if not content:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": 'inline; filename="anh-3x4.jpg"'}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


def _editable(request, member_id):
    member = find_member(request, member_id)
    check(request.user, P.MEMBERS_EDIT, member)
    return member


def _sheet(member):
    return reverse("members:sheet", args=[member.pk])


def _fresh(act):
    """An act whose staleness comes back as words of the form."""

    def tried():
        try:
            act()
        except Stale:
            raise ValidationError(STALE) from None

    return tried
