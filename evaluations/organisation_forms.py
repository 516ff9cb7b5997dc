"""Validation of what people type about organisations: form 01, a proposal, a decision, a result given anew."""

from django import forms
from django.utils import timezone

from config.lib.vietnamese import repair
from evaluations.enums import OrganisationNotRated
from evaluations.forms import Count, Day, DecidedOn, Text, reason_field
from evaluations.organisation_fields import LABELS, SECTIONS, TASK_FIELDS
from evaluations.organisations import NOT_RATED
from evaluations.rules import number_text, organisation_door_name, score_problem

LONGEST = 10_000  # letters of one section
NUMBER = "Ghi điểm bằng số, ví dụ 27,5."
NUMBERS = ("held_on", "general_points", "results_points", "tasks_total", *TASK_FIELDS)
CHANGED = "Hãy tải lại trang để thấy bản đang có."


class Paragraphs(forms.CharField):
    """A text of several lines, each repaired at the door."""

    def __init__(self, **options):
        messages = {"max_length": "Quá dài: tối đa 10.000 chữ mỗi mục."}
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=LONGEST, widget=widget, error_messages=messages, **options)

    def to_python(self, value):
        lines = str(super().to_python(value) or "").splitlines()
        return "\n".join(repair(line) for line in lines).strip()


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, yes, no, unsaid, **options):
        choices = [("", unsaid), ("yes", yes), ("no", no)]
        messages = {"invalid_choice": "Hãy chọn trong danh sách."}
        super().__init__(
            required=False, choices=choices, widget=forms.RadioSelect, coerce=lambda text: text == "yes",
            empty_value=None, error_messages=messages, **options,
        )  # fmt: skip


class Points(forms.DecimalField):
    def __init__(self, **options):
        messages = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), NUMBER)
        super().__init__(
            required=False, max_digits=4, decimal_places=1, localize=True, error_messages=messages, **options
        )


class VersionField(forms.IntegerField):
    """The version that the page showed."""

    def __init__(self):
        messages = dict.fromkeys(("required", "invalid", "max_value", "min_value"), CHANGED)
        super().__init__(widget=forms.HiddenInput, error_messages=messages, min_value=0, max_value=10**9)


class OrganisationForm(forms.Form):
    """Form 01 as an organisation fills it in; everything may still be empty.

    Points only where the rules know them, and typed only where no frame has criteria (`framed`).
    """

    version = VersionField()
    held_on = Day(label="Ngày họp kiểm điểm, tự xếp loại", required=False)
    general_points = Points(label=LABELS["general_points"])
    results_points = Points(label=LABELS["results_points"])
    tasks_total = Count(label=LABELS["tasks_total"])
    tasks_undone = Count(label=LABELS["tasks_undone"])
    tasks_late = Count(label=LABELS["tasks_late"])
    tasks_beyond = Count(label=LABELS["tasks_beyond"])
    faults_remedied = YesNo(
        "Đã khắc phục 100 %", "Chưa khắc phục xong", "Không có hạn chế được chỉ ra",
        label="Hạn chế, khuyết điểm được chỉ ra kỳ trước",
    )  # fmt: skip
    undisciplined = YesNo(
        "Không có ai, đơn vị nào bị kỷ luật", "Có", "Chưa xác nhận",
        label="Đơn vị trực thuộc, thành viên tập thể lãnh đạo bị kỷ luật trong năm",
    )  # fmt: skip
    doors = forms.MultipleChoiceField(
        label="Trường hợp không hoàn thành nhiệm vụ đã được kết luận",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )
    lenient = forms.BooleanField(
        label="Bất khả kháng, hoặc tự phát hiện và đã khắc phục xong: cấp có thẩm quyền xem xét", required=False
    )
    own_level = forms.ChoiceField(
        label="Mức tự xếp loại",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Hãy chọn mức trong danh sách."},
    )
    not_rated_reason = forms.ChoiceField(
        label="Lý do không xếp loại",
        required=False,
        choices=[("", "—"), *OrganisationNotRated.choices],
        help_text="Chỉ chọn khi không xếp loại.",
        error_messages={"invalid_choice": "Hãy chọn lý do trong danh sách."},
    )
    grounds = reason_field("Căn cứ, giải trình", required=False)

    def __init__(self, *args, book, framed, **options):
        super().__init__(*args, **options)
        self.book = book
        levels = [(level.code, level.name) for level in book.organisation_scale.levels]
        self.fields["own_level"].choices = [("", "Chưa chọn"), *levels]
        rules = book.rules.organisation
        doors = [(code, organisation_door_name(code)) for code in rules.org_khtnv_doors or ()]
        self.fields["doors"].choices = doors
        if not rules.uses_points:
            for name in ("general_points", "results_points", "tasks_total", *TASK_FIELDS, "doors", "lenient"):
                del self.fields[name]
        elif framed:
            del self.fields["general_points"], self.fields["results_points"]
        for code, number, title in SECTIONS:
            self.fields[f"text_{code}"] = Paragraphs(label=f"{number}. {title}")

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày họp không thể ở trong tương lai.")
        return day

    def clean_general_points(self):
        return self._points("general_points", "root_general_max")

    def clean_results_points(self):
        return self._points("results_points", "root_results_max")

    def _points(self, name, key):
        points, frame = self.cleaned_data[name], self.book.rules.score_frame
        most = getattr(frame, key)
        if points is None or most is None:
            return points
        if not 0 <= points <= most:
            raise forms.ValidationError(f"Điểm phải từ 0 đến {number_text(most)} ({frame.cite(key)}).")
        if problem := score_problem(frame, points):
            raise forms.ValidationError(problem)
        return points

    def clean(self):
        data = super().clean()
        total = data.get("tasks_total")
        for name in TASK_FIELDS:
            number = data.get(name)
            if total is not None and number is not None and number > total:
                self.add_error(name, f"Không thể nhiều hơn tổng số nhiệm vụ ({total}).")
        if data.get("own_level") and data.get("not_rated_reason"):
            self.add_error("not_rated_reason", "Đã chọn mức tự xếp loại thì để trống lý do không xếp loại.")
        if (data.get("doors") or data.get("lenient")) and not data.get("grounds"):
            self.add_error("grounds", "Hãy ghi căn cứ của trường hợp được kết luận.")
        return data

    @property
    def numbers(self):
        """Points and tasks, which stand in columns."""
        return [self[name] for name in NUMBERS if name in self.fields]

    @property
    def others(self):
        return [field for field in self.visible_fields() if field.name not in NUMBERS]

    @property
    def values(self):
        """The clean values by field of the review."""
        data = dict(self.cleaned_data)
        texts = {code: words for code, _, _ in SECTIONS if (words := data.pop(f"text_{code}"))}
        del data["version"]
        return data | {"texts": texts}


def initial_of(review):
    """What the form shows of a review."""
    said = {True: "yes", False: "no", None: ""}
    names = ("held_on", "general_points", "results_points", "tasks_total", *TASK_FIELDS, "doors", "lenient",
             "own_level", "not_rated_reason", "grounds", "version")  # fmt: skip
    shown = {name: getattr(review, name) for name in names}
    shown |= {name: said[getattr(review, name)] for name in ("faults_remedied", "undisciplined")}
    return shown | {f"text_{code}": review.texts.get(code, "") for code, _, _ in SECTIONS}


class ProposalForm(forms.Form):
    """The level that the committee in between proposes."""

    version = VersionField()
    level = forms.ChoiceField(
        label="Mức đề xuất",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn mức trong danh sách."),
    )
    reason = reason_field("Lý do, nếu khác mức tự xếp loại", required=False)

    def __init__(self, *args, scale, **options):
        super().__init__(*args, **options)
        self.fields["level"].choices = [(level.code, level.name) for level in scale.levels]


class OrganisationReturnForm(forms.Form):
    reason = reason_field("Lý do trả lại")


class OrganisationDecisionForm(DecidedOn):
    number = Text(
        label="Số quyết định",
        max_length=50,
        error_messages={"required": "Hãy ghi số quyết định.", "max_length": "Quá dài: tối đa 50 chữ."},
    )
    over_cap_reason = Text(
        label="Lý do vượt tỷ lệ",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Quá dài: tối đa 500 chữ."},
    )

    field_order = ["number", "decided_on", "over_cap_reason"]


class OrganisationReRatingForm(OrganisationDecisionForm):
    """A result of an organisation given anew; the reason for an excess over the cap is asked for when there is one."""

    version = VersionField()
    organisation = forms.ModelChoiceField(
        label="Cấp quyết định",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn cấp quyết định trong danh sách."),
    )
    level = forms.ChoiceField(
        label="Kết quả xếp loại lại",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn kết quả trong danh sách."),
    )
    is_exemplary = forms.BooleanField(label="Ghi thêm: tiêu biểu", required=False)
    reason = reason_field("Lý do xếp loại lại")

    field_order = [
        "organisation", "number", "decided_on", "level", "is_exemplary", "reason", "over_cap_reason", "version",
    ]  # fmt: skip

    def __init__(self, *args, bodies, scale, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies
        levels = [(level.code, level.name) for level in scale.levels]
        self.fields["level"].choices = [*levels, (NOT_RATED, "Không xếp loại")]
        self.fields["is_exemplary"].label = f"Ghi thêm: {scale.exemplary_name.lower()}"
        if not self.data.get("over_cap_reason"):
            self.fields["over_cap_reason"].widget = forms.HiddenInput()

    def ask_over_cap(self):
        """Show the field for the reason."""
        self.fields["over_cap_reason"].widget = forms.Textarea(attrs={"rows": 3})
