"""Input about moves: introduced, slip issued, handed in, taken in or not, prolonged, ended."""

from datetime import timedelta

from django import forms

from cells.forms import OrganisationField
from cells.models import Organisation
from cells.permissions import Permission
from members.actions.reception import ArrivalEntry, PresentedEntry
from members.actions.transfers import SlipEntry, TransferEntry
from members.enums import OutsideArea, Paper, TransferKind
from members.forms.dates import DayField, PastForm
from members.forms.people import EnrolForm
from members.forms.text import ReasonField, TidyField

INSIDE = [TransferKind.OFFICIAL, TransferKind.TEMPORARY]
OUTSIDE = [*INSIDE, TransferKind.ABROAD_OFFICIAL, TransferKind.ABROAD_TEMPORARY]
HIGHEST_NUMBER = 99999


def kind_choices(kinds):
    return [("", "– chọn –"), *((kind.value, kind.label) for kind in kinds)]


class PapersField(forms.MultipleChoiceField):
    """Papers that are there, ticked."""

    def __init__(self, **options):
        options.setdefault("label", "Giấy tờ kèm theo")
        super().__init__(choices=Paper.choices, required=False, widget=forms.CheckboxSelectMultiple, **options)


class NumberField(forms.IntegerField):
    """The number of a slip; left empty, the next one is taken."""

    def __init__(self, **options):
        super().__init__(label="Số giấy giới thiệu", min_value=1, max_value=HIGHEST_NUMBER, required=False, **options)


class AheadField(DayField):
    """A day that may lie in the future: the last day of a term."""

    may_lie_ahead = True


class RequestForm(PastForm):
    """Box 1 of the slip: the cell introduces a member to a cell of the tree, or to a body outside."""

    kind = forms.ChoiceField(label="Loại chuyển")
    outside_name = TidyField(label="Tổ chức đảng nơi đến", max_length=300, help_text="Ghi từ chi bộ lên đến tỉnh ủy.")
    outside_area = forms.ChoiceField(label="Nơi đến thuộc", choices=[("", "– chọn –"), *OutsideArea.choices])
    reason = TidyField(label="Lý do chuyển", max_length=300)
    requested_on = DayField(label="Ngày chi bộ giới thiệu")
    order_on = DayField(
        label="Ngày quyết định, thay đổi nơi cư trú có hiệu lực",
        required=False,
        help_text="Thời hạn làm thủ tục tính từ ngày này.",
    )
    last_day = AheadField(
        label="Sinh hoạt tạm thời đến hết ngày", required=False, help_text="Bắt buộc với loại tạm thời."
    )
    is_study = forms.BooleanField(label="Đi học trong nước", required=False)
    explanation = TidyField(
        label="Giải trình", max_length=500, required=False, help_text="Khi làm thủ tục sau thời hạn."
    )
    papers = PapersField()

    def __init__(self, *args, outside, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = kind_choices(OUTSIDE if outside else INSIDE)
        self.fields["requested_on"].initial = self.today
        if not outside:
            del self.fields["outside_name"], self.fields["outside_area"]

    def entry(self, to_organisation):
        """The move as the action takes it."""
        cleaned = self.cleaned_data
        last_day = cleaned["last_day"]
        return TransferEntry(
            kind=cleaned["kind"],
            reason=cleaned["reason"],
            requested_on=cleaned["requested_on"],
            to_organisation=to_organisation,
            outside_name=cleaned.get("outside_name", ""),
            outside_area=cleaned.get("outside_area", ""),
            order_on=cleaned["order_on"],
            until=last_day + timedelta(days=1) if last_day else None,
            is_study=cleaned["is_study"],
            papers=tuple(cleaned["papers"]),
            explanation=cleaned["explanation"],
        )


class SlipForm(PastForm):
    """The slip: its day, its number, the day on which the member took his file."""

    issued_on = DayField(label="Ngày cấp giấy")
    number = NumberField(help_text="Để trống thì lấy số tiếp theo.")
    file_taken_on = DayField(label="Ngày đảng viên nhận hồ sơ", required=False)
    papers = PapersField()

    def __init__(self, *args, proposed=None, papers=(), **options):
        super().__init__(*args, **options)
        self.fields["issued_on"].initial = self.fields["file_taken_on"].initial = self.today
        self.initial.setdefault("papers", list(papers))
        if proposed:
            self.fields["number"].help_text = f"Để trống thì lấy số tiếp theo: {proposed:02d}."

    @property
    def entry(self):
        cleaned = self.cleaned_data
        return SlipEntry(
            issued_on=cleaned["issued_on"],
            today=self.today,
            number=cleaned["number"],
            file_taken_on=cleaned["file_taken_on"],
            papers=tuple(cleaned["papers"]) if "papers" in cleaned else None,
        )


class ManySlipsForm(SlipForm):
    """Several slips of one day; the numbers follow the first."""

    papers = None
    number = NumberField(help_text="Số của người đầu tiên, các số sau nối tiếp. Để trống thì lấy số tiếp theo.")


class DestinationField(OrganisationField):
    """Any open cell of the tree, in one's scope or not."""

    def look_in(self, user):
        super().look_in(user)
        self.rows = Organisation.objects.open().cells()


class ReissueForm(SlipForm):
    """A new slip: why, and to another cell where the first one named the wrong one."""

    reason = ReasonField(label="Vì sao cấp giấy thay thế")
    organisation = DestinationField(
        permission=Permission.ORGANISATIONS_VIEW,
        label="Nơi đến khác",
        required=False,
        help_text="Để trống nếu vẫn đến nơi cũ. Gõ tên chi bộ; nếu trùng tên thì ghi thêm cấp trên sau dấu phẩy.",
    )

    def __init__(self, *args, user, outside, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
        if outside:
            del self.fields["organisation"]


class PresentForm(PastForm):
    """Slip and papers as they were handed in."""

    presented_on = DayField(label="Ngày nộp giấy")
    papers = PapersField(label="Giấy tờ đã nộp")
    explanation = TidyField(
        label="Giải trình nộp chậm", max_length=500, required=False, help_text="Khi nộp sau thời hạn."
    )

    def __init__(self, *args, papers=(), **options):
        super().__init__(*args, **options)
        self.fields["presented_on"].initial = self.today
        self.initial.setdefault("papers", list(papers))

    @property
    def entry(self):
        cleaned = self.cleaned_data
        papers = tuple(cleaned["papers"]) if "papers" in cleaned else None
        return PresentedEntry(presented_on=cleaned["presented_on"], papers=papers, explanation=cleaned["explanation"])


class AcceptForm(PresentForm):
    """Taken in; what was handed in before is shown as it was."""

    received_on = DayField(label="Ngày tiếp nhận")

    field_order = ["received_on", "presented_on", "papers", "explanation"]

    def __init__(self, *args, presented_on=None, **options):
        super().__init__(*args, **options)
        self.fields["received_on"].initial = self.today
        if presented_on:
            self.fields["presented_on"].initial = presented_on


class ManyAcceptForm(AcceptForm):
    """Several members taken in on one day."""

    papers = None


class DayForm(PastForm):
    """One day."""

    on = DayField()

    def __init__(self, *args, label, **options):
        super().__init__(*args, **options)
        self.fields["on"].label, self.fields["on"].initial = label, self.today


class RefuseForm(DayForm):
    """Why the member is not taken in for now."""

    reason = ReasonField(label="Vì sao chưa tiếp nhận")


class WithdrawForm(PastForm):
    """Why the move does not take place."""

    reason = ReasonField(label="Vì sao không chuyển nữa")


class ExtendForm(PastForm):
    """A later last day of a temporary move."""

    last_day = AheadField(label="Gia hạn đến hết ngày")
    reason = ReasonField(label="Lý do, căn cứ gia hạn")

    @property
    def until(self):
        return self.cleaned_data["last_day"] + timedelta(days=1)


class ArrivalFields(forms.Form):
    """The slip of a body outside."""

    outside_name = TidyField(label="Tổ chức đảng nơi đi", max_length=300, help_text="Ghi từ chi bộ lên đến tỉnh ủy.")
    outside_area = forms.ChoiceField(label="Nơi đi thuộc", choices=[("", "– chọn –"), *OutsideArea.choices])
    issued_on = DayField(label="Ngày cấp giấy giới thiệu")
    papers = PapersField(label="Giấy tờ đã nộp")

    def arrival(self, organisation):
        """The move as the action takes it."""
        cleaned = self.cleaned_data
        return ArrivalEntry(
            kind=TransferKind.OFFICIAL,
            organisation=organisation,
            outside_name=cleaned["outside_name"],
            outside_area=cleaned["outside_area"],
            issued_on=cleaned["issued_on"],
            received_on=cleaned["started"],
            decision=cleaned["decision"],
            papers=tuple(cleaned["papers"]),
        )


class NewcomerForm(ArrivalFields, EnrolForm):
    """Somebody who comes from outside and is not on record here."""

    GROUPS = (
        ("Giấy giới thiệu", "outside_name outside_area decision issued_on started papers"),
        *(group for group in EnrolForm.GROUPS if group[0] != "Sinh hoạt đảng"),
    )

    start_reason = None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["started"].label = "Ngày tiếp nhận"
        self.fields["decision"].label = "Giấy giới thiệu số"
        self.fields["decision"].required = True


class FormerForm(ArrivalFields, PastForm):
    """Somebody who moved away once and comes back."""

    organisation = OrganisationField(permission=Permission.TRANSFERS_RECEIVE, label="Chi bộ tiếp nhận")
    started = DayField(label="Ngày tiếp nhận")
    decision = TidyField(label="Giấy giới thiệu số", max_length=200, help_text="Số, nơi cấp.")

    field_order = ["outside_name", "outside_area", "decision", "issued_on", "organisation", "started", "papers"]

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)
        self.fields["started"].initial = self.today


class QueueFilter(forms.Form):
    """Moves with an end at or below an organisation."""

    organisation = OrganisationField(permission=Permission.TRANSFERS_VIEW, required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].look_in(user)

    def narrow(self, rows):
        """The rows that the filter asks for; what it cannot read is left out."""
        chosen = self.cleaned_data.get("organisation") if self.is_valid() else None
        return rows.touching(chosen) if chosen else rows
