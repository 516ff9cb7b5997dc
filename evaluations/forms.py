"""Validation of what people type on the pages of the yearly rating; nothing here saves."""

from functools import lru_cache

from django import forms
from django.utils import timezone

from cells.forms import DateField
from config.lib.vietnamese import repair
from evaluations.cap_groups import REST
from evaluations.enums import CapEnforcement, NotRated
from evaluations.row_fields import NOT_RATED_BOX, VOTES, tasks_over_total
from evaluations.rules import score_problem
from evaluations.year_facts import CHOICES
from members.forms.registers import RegisterForm

# technical bounds, not rules
MOST = 9999
YEARS = (2011, 2100)
YEAR = "Ghi năm bằng bốn chữ số, ví dụ 2026."
PERCENT = "Ghi tỷ lệ phần trăm từ 0 đến 100, ví dụ 45,5."
MONTHS = "Ghi số tháng từ 0 đến 12."
WHOLE = "Ghi một số nguyên từ 0 đến 9999."
DATE = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/12/2026."


class Text(forms.CharField):
    """A text repaired at the door."""

    def to_python(self, value):
        return repair(super().to_python(value) or "")


class Count(forms.IntegerField):
    """A count of people, ballots or tasks; empty is None."""

    def __init__(self, **options):
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE)
        super().__init__(required=False, min_value=0, max_value=MOST, error_messages=messages, **options)


class Day(DateField):
    """A day as people write it."""

    def __init__(self, **options):
        messages = {"invalid": DATE, "required": "Hãy ghi ngày."}
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"})
        super().__init__(widget=widget, error_messages=messages, **options)


def reason_field(label, **options):
    """A text of one thousand letters in which somebody says why."""
    messages = {"required": "Hãy ghi lý do.", "max_length": "Quá dài: tối đa 1000 chữ."}
    widget = forms.Textarea(attrs={"rows": 3})
    return Text(label=label, max_length=1000, widget=widget, error_messages=messages, **options)


class SeasonForm(forms.Form):
    year = forms.IntegerField(
        label="Năm xếp loại",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), YEAR),
    )
    reference_date = Day(
        label="Ngày xét điều kiện", help_text="Danh sách đảng viên và điều kiện xếp loại tính đến ngày này."
    )
    cell_due_on = Day(label="Hạn chi bộ gửi", required=False)
    base_due_on = Day(label="Hạn cấp cơ sở quyết định hoặc gửi lên", required=False)
    cap_enforcement = forms.ChoiceField(
        label="Khi vượt tỷ lệ hoàn thành xuất sắc nhiệm vụ", choices=CapEnforcement.choices, widget=forms.RadioSelect
    )

    def clean(self):
        data = super().clean()
        reference, year = data.get("reference_date"), data.get("year")
        if reference and year and reference.year != year:
            self.add_error("reference_date", f"Ngày xét điều kiện phải ở trong năm {year}.")
        first, second = data.get("cell_due_on"), data.get("base_due_on")
        if first and second and second < first:
            self.add_error("base_due_on", "Hạn của cấp cơ sở không thể trước hạn của chi bộ.")
        return data


class HeadForm(forms.Form):
    """The head of a sheet; every field may still be empty."""

    held_on = Day(required=False)
    present = Count()
    issued = Count()
    collected = Count()
    valid = Count()
    invalid = Count()
    tellers = Text(required=False, max_length=300, error_messages={"max_length": "Quá dài: tối đa 300 chữ."})
    note = Text(required=False, max_length=1000, error_messages={"max_length": "Quá dài: tối đa 1000 chữ."})

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày họp không thể ở trong tương lai.")
        return day


def yes_no(empty):
    """A control that posts yes, no or nothing."""
    choices = [("", ""), ("yes", ""), ("no", "")]
    return forms.TypedChoiceField(required=False, choices=choices, coerce=lambda text: text == "yes", empty_value=empty)


class Percent(forms.DecimalField):
    """A share in per cent, with one decimal; empty is None."""

    def __init__(self, **options):
        messages = dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), PERCENT
        )
        super().__init__(
            required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1, localize=True,
            error_messages=messages, **options,
        )  # fmt: skip


def fact_form_fields():
    """The facts of the year, which only some rule sets ask for."""
    return {
        "targets_done": Percent(),
        "key_targets_missed": yes_no(None),
        "lowest_degree": forms.ChoiceField(required=False, choices=CHOICES["lowest_degree"]),
        "sick_months": forms.IntegerField(
            required=False, min_value=0, max_value=12,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), MONTHS),
        ),
        "has_basic_targets": yes_no(None),
        "basic_targets_missed": Count(),
        "units_rated_khtnv": Percent(),
        "low_confidence": Percent(),
        "subunits_disciplined": Percent(),
    }  # fmt: skip


@lru_cache(maxsize=32)
def row_form_fields(levels):
    """The fields of a row for a scale, given as (code, short name): made once, as a sheet has forty rows."""
    choices = [("", ""), *levels]
    points = {"invalid": "Ghi điểm bằng số, ví dụ 92,5."}
    return {
        "own_level": forms.ChoiceField(required=False, choices=choices),
        "points": forms.DecimalField(
            required=False, max_digits=4, decimal_places=1, localize=True, error_messages=points
        ),
        "tasks_total": Count(),
        "tasks_undone": Count(),
        "tasks_late": Count(),
        "tasks_beyond": Count(),
        "faults_remedied": yes_no(None),
        "blanks": Count(),
        "proposed_level": forms.ChoiceField(required=False, choices=choices),
        "not_rated_reason": forms.ChoiceField(required=False, choices=[("", ""), *NotRated.choices]),
        "reason": reason_field("Lý do", required=False),
        "answer": reason_field("Trả lời", required=False),
        "attended": yes_no(False),
        **fact_form_fields(),
        **{f"{VOTES}{code}": Count() for code in (*dict(levels), NOT_RATED_BOX)},
    }


class RowForm(forms.Form):
    """One member's row, whole or in part; `current` are the stored values that typed ones are checked against."""

    def __init__(self, data, *, book, current, only=None, prefix=None):
        super().__init__(data, prefix=prefix)
        self.book, self.current = book, current
        fields = row_form_fields(tuple((level.code, level.short) for level in book.scale.levels))
        self.fields = {name: field for name, field in fields.items() if only is None or name in only}

    def clean_points(self):
        points = self.cleaned_data["points"]
        if points is not None and (problem := score_problem(self.book.rules.score_frame, points)):
            raise forms.ValidationError(problem)
        return points

    def clean(self):
        data = super().clean()
        merged = self.current | data
        for name in tasks_over_total(merged):
            wrong = name if name in data else "tasks_total"
            self.add_error(wrong, f"Không thể nhiều hơn tổng số nhiệm vụ ({merged['tasks_total']}).")
        if "basic_targets_missed" in data or "has_basic_targets" in data:
            self._check_targets(data, merged)
        return data

    def _check_targets(self, data, merged):
        """No more targets missed than there are (366-QĐ/TW, Điều 11), none where the unit has no targets."""
        missed, most = merged["basic_targets_missed"] or 0, self.book.rules.conditions.leader_khtnv_basic_targets
        if "basic_targets_missed" in data and most is not None and missed > most:
            self.add_error("basic_targets_missed", f"Không thể nhiều hơn {most} chỉ tiêu cơ bản.")
        if missed and merged["has_basic_targets"] is False:
            wrong = "has_basic_targets" if "has_basic_targets" in data else "basic_targets_missed"
            self.add_error(wrong, "Đơn vị không có chỉ tiêu cơ bản thì để trống số chỉ tiêu không đạt.")


class ReturnForm(forms.Form):
    reason = reason_field("Lý do trả lại chung cho cả bảng", required=False)


class NoteForm(forms.Form):
    """The text that a body writes on one line."""

    note = reason_field("Ý kiến", required=False)


class DecidedOn(forms.Form):
    decided_on = Day(label="Ngày quyết định")

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày quyết định không thể ở trong tương lai.")
        return day


class DecisionForm(DecidedOn):
    number = Text(label="Số quyết định", max_length=50, error_messages={"required": "Hãy ghi số quyết định."})
    over_cap_reason = Text(
        label="Lý do vượt tỷ lệ",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Quá dài: tối đa 500 chữ."},
    )

    field_order = ["number", "decided_on", "over_cap_reason"]


class NoticeForm(forms.Form):
    notified_on = Day(label="Ngày thông báo")
    how = Text(
        label="Hình thức thông báo",
        max_length=300,
        help_text="Ví dụ: công bố tại cuộc họp chi bộ; gửi văn bản từng đảng viên.",
        error_messages={"required": "Hãy ghi hình thức thông báo.", "max_length": "Quá dài: tối đa 300 chữ."},
    )

    def clean_notified_on(self):
        if self.cleaned_data["notified_on"] > timezone.localdate():
            raise forms.ValidationError("Ngày thông báo không thể ở trong tương lai.")
        return self.cleaned_data["notified_on"]


class CapGroupForm(forms.Form):
    name = Text(
        label="Tên nhóm",
        max_length=100,
        help_text="Ví dụ: Bí thư, phó bí thư chi bộ; Đảng viên hưu trí.",
        error_messages={"required": "Hãy ghi tên nhóm.", "max_length": "Quá dài: tối đa 100 chữ."},
    )


class PlaceForm(forms.Form):
    """Into which group; empty is back among the rest."""

    group = forms.ModelChoiceField(
        label="Xếp vào nhóm",
        queryset=None,
        required=False,
        empty_label=REST,
        error_messages={"invalid_choice": "Hãy chọn nhóm trong danh sách."},
    )

    def __init__(self, *args, groups, **options):
        super().__init__(*args, **options)
        self.fields["group"].queryset = groups


class AmongForm(forms.Form):
    """Which of the members whom a body decides a page of groups lists."""

    who = forms.ChoiceField(
        label="Ai",
        required=False,
        choices=[("", "chưa xếp nhóm"), ("leaders", "lãnh đạo, quản lý, chưa xếp nhóm"), ("all", "tất cả")],
    )
    cell = forms.ModelChoiceField(label="Chi bộ", queryset=None, required=False, empty_label="tất cả")

    def __init__(self, *args, cells, **options):
        super().__init__(*args, **options)
        self.fields["cell"].queryset = cells

    def narrow(self, reviews):
        """The reviews asked for; what cannot be read asks for nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if chosen.get("who") != "all":
            reviews = reviews.filter(cap_group=None)
        if chosen.get("who") == "leaders":
            reviews = reviews.filter(is_leader=True)
        return reviews.filter(sheet__organisation=chosen["cell"]) if chosen.get("cell") else reviews


class ManagedForm(forms.Form):
    """Which members of a sheet are cadres of a higher level, and of which."""

    manager = forms.ModelChoiceField(
        label="Cấp quản lý cán bộ",
        queryset=None,
        empty_label="chọn cấp quản lý",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn cấp quản lý trong danh sách."),
    )
    members = forms.ModelMultipleChoiceField(
        label="Đảng viên thuộc diện cấp đó quản lý",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice", "invalid_pk_value"), "Hãy chọn đảng viên trong danh sách."
        ),
    )
    reason = reason_field("Căn cứ (chức vụ, quyết định phân cấp quản lý cán bộ)")

    def __init__(self, *args, bodies, reviews, **options):
        super().__init__(*args, **options)
        self.fields["manager"].queryset = bodies
        self.fields["members"].queryset = reviews


class CapRaiseForm(DecidedOn):
    organisation = forms.ModelChoiceField(
        label="Cấp quyết định xếp loại được nâng tỷ lệ",
        queryset=None,
        empty_label="chọn tổ chức đảng",
        error_messages={
            "required": "Hãy chọn tổ chức đảng.",
            "invalid_choice": "Hãy chọn tổ chức đảng trong danh sách.",
        },
    )
    number = Text(
        label="Số quyết định nâng tỷ lệ", max_length=50, error_messages={"required": "Hãy ghi số quyết định."}
    )
    reason = Text(
        label="Thành tích nổi trội",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi thành tích làm căn cứ.", "max_length": "Quá dài: tối đa 500 chữ."},
    )

    field_order = ["organisation", "number", "decided_on", "reason"]

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies


class RunForm(RegisterForm):
    """The body and the last year of a list of years running."""

    year = forms.IntegerField(
        label="Tính đến năm xếp loại",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), YEAR),
    )
