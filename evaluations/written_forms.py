"""Validation of what a cell types from the papers of a review; nothing here saves."""

from django import forms
from django.utils import timezone

from config.lib.vietnamese import repair
from evaluations.actions.written import WrittenEdit
from evaluations.enums import Excuse, FormGroup
from evaluations.forms import Day, Text, reason_field
from evaluations.rules import part_problem
from evaluations.written_fields import DEGREE, OWN_LEVEL, TEXT, seen, told, written_values
from evaluations.year_facts import DEGREE_WORDS

LONGEST = 20_000  # letters of one section, a technical bound
SEEN = "seen-"
POINTS = "Ghi điểm bằng số, ví dụ 28,5."


class Paragraphs(forms.CharField):
    """A text of several lines, each repaired at the door."""

    def __init__(self, **options):
        messages = {"max_length": f"Quá dài: tối đa {LONGEST} chữ."}
        widget = forms.Textarea(attrs={"rows": 6, "class": "long-text"})
        super().__init__(required=False, max_length=LONGEST, widget=widget, error_messages=messages, **options)

    def to_python(self, value):
        lines = [repair(line) for line in str(value or "").splitlines()]
        return "\n".join(lines).strip()


class Points(forms.DecimalField):
    """Points of one of the two groups of criteria."""

    def __init__(self, **options):
        messages = dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), POINTS)
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        options |= {"max_digits": 4, "decimal_places": 1, "localize": True, "widget": widget}
        super().__init__(required=False, error_messages=messages, **options)


def _not_later(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("Ngày này không thể ở trong tương lai.")
    return day


def _level_field(label, scale):
    choices = [("", "Chưa tự nhận"), *((level.code, level.name) for level in scale.levels)]
    messages = {"invalid_choice": "Hãy chọn mức trong danh sách."}
    return forms.ChoiceField(label=label, required=False, choices=choices, error_messages=messages)


class WrittenForm(forms.Form):
    """The sections of one form as fields; `stored` are the values that stand, by field."""

    group = forms.ChoiceField(
        label="Viết theo mẫu của",
        choices=FormGroup.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn mẫu trong danh sách."),
    )
    written_on = Day(label="Ngày viết bản kiểm điểm", required=False)
    on_paper = forms.BooleanField(
        label="Đã nhận bản giấy có chữ ký, lưu ở chi bộ (được để trống nội dung dưới đây)", required=False
    )

    def __init__(self, data=None, *, page):
        self.page, self.layout, book = page, page.layout, page.book
        self.stored = written_values(page.written, page.review, page.layout, page.score)
        super().__init__(data, initial=dict(self.stored), auto_id="w_%s")
        self.shown = {name: seen(value) for name, value in self.stored.items()}
        for part in self.layout.parts:
            for section in part.sections:
                self._add_section(section, section.number or part.number, book)
        self._add_own_part(book)

    def _add_section(self, section, place, book):
        number = f"{place}. " if place else ""
        heading = section.heading or "(phần mềm chưa biết tiêu đề mục này; ghi theo mẫu in)"
        self.fields[f"{TEXT}{section.code}"] = Paragraphs(label=f"{number}{heading}", help_text=section.hint)
        if section.has_degrees:
            degrees = book.rules.ruleset.criterion_degrees or ()
            self.fields[f"{DEGREE}{section.code}"] = forms.ChoiceField(
                label=f"Mức độ tự nhận của mục {place or section.heading}",
                required=False,
                choices=[("", "Chưa chọn"), *((code, DEGREE_WORDS.get(code, code)) for code in degrees)],
                error_messages={"invalid_choice": "Hãy chọn mức độ trong danh sách."},
            )

    def _add_own_part(self, book):
        rules, frame = book.rules.review_forms, book.rules.score_frame
        if self.page.types_groups:
            self.fields["own_general"] = Points(label=f"1. Nhóm tiêu chí chung (tối đa {frame.root_general_max:n})")
            self.fields["own_results"] = Points(
                label=f"2. Kết quả thực hiện nhiệm vụ (tối đa {frame.root_results_max:n})"
            )
        if "staff" in (rules.own_levels or ()):
            self.fields["staff_level"] = _level_field("1. Cán bộ, công chức, viên chức", book.scale)
        if self.page.review.is_due:
            self.fields[OWN_LEVEL] = _level_field("Đảng viên tự nhận mức", book.scale)

    def clean_written_on(self):
        return _not_later(self.cleaned_data["written_on"])

    def _clean_points(self, name, key):
        points = self.cleaned_data[name]
        problem = part_problem(self.page.book.rules.score_frame, key, points) if points is not None else None
        if problem:
            raise forms.ValidationError(problem)
        return points

    def clean_own_general(self):
        return self._clean_points("own_general", "root_general_max")

    def clean_own_results(self):
        return self._clean_points("own_results", "root_results_max")

    @property
    def edit(self):
        """What was typed without errors, and what the page had shown."""
        digests = {name: self.data.get(f"{SEEN}{name}", "")[:64] for name in self.fields}
        posted = {name: value for name, value in self.cleaned_data.items() if name in digests}
        return WrittenEdit(posted, digests)

    def show_clashes(self, clashes):
        """Say beside each field what somebody else wrote in it meanwhile; saving once more keeps one's own."""
        page = self.page
        for name, _, theirs in clashes:
            words, row = told(name, theirs, page.book.scale), page.review if name == OWN_LEVEL else page.written
            by = row.changed_by if row.changed_by_id else "Người khác"
            self.add_error(name, f"{by} vừa ghi khác: “{words}”. Bấm lưu lần nữa để giữ phần của đồng chí.")

    @property
    def seen_fields(self):
        """(name, digest) of what stands, for hidden controls."""
        return [(f"{SEEN}{name}", digest) for name, digest in self.shown.items() if name in self.fields]

    @property
    def parts(self):
        """[(part, [(section, text field, degree field or None)])] for the page."""
        return [(part, [self._bound(section) for section in part.sections]) for part in self.layout.parts]

    def _bound(self, section):
        degree = f"{DEGREE}{section.code}"
        return section, self[f"{TEXT}{section.code}"], self[degree] if degree in self.fields else None

    @property
    def own_part(self):
        """The fields of the member's own points and levels, in order."""
        names = ("own_general", "own_results", "staff_level", OWN_LEVEL)
        return [self[name] for name in names if name in self.fields]


class PapersForm(forms.Form):
    """The day on which signed papers were handed in, and whose."""

    written_on = Day(label="Ngày nhận bản giấy")
    reviews = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Danh sách đã thay đổi. Hãy tải lại trang."}
    )

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.fields["reviews"].choices = [(str(line.review.pk), str(line.review)) for line in lines]

    def clean_written_on(self):
        return _not_later(self.cleaned_data["written_on"])


class ResidenceRowForm(forms.Form):
    """One row of the page of comments; only that of the place of residence may be excused."""

    received_on = Day(required=False)
    from_whom = Text(required=False, max_length=200, error_messages={"max_length": "Nơi nhận xét: tối đa 200 chữ."})
    summary = Text(required=False, max_length=1000, error_messages={"max_length": "Tóm tắt: tối đa 1000 chữ."})
    excuse = forms.ChoiceField(
        required=False,
        choices=[("", ""), *Excuse.choices],
        error_messages={"invalid_choice": "Hãy chọn lý do trong danh sách."},
    )

    def __init__(self, *args, is_excusable=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_excusable:
            self.fields["excuse"].choices = [("", "")]

    def clean_received_on(self):
        return _not_later(self.cleaned_data["received_on"])

    def clean(self):
        data = super().clean()
        received = data.get("received_on") or data.get("from_whom") or data.get("summary")
        if data.get("excuse") and received:
            self.add_error("excuse", "Đã chọn lý do không phải lấy nhận xét thì để trống các ô kia.")
        if received and "received_on" in data and not data["received_on"]:
            self.add_error("received_on", "Hãy ghi ngày nhận nhận xét.")
        return data


class RaisedPointForm(forms.Form):
    """A point of a body above, to the cell or to one of its members."""

    body = forms.ModelChoiceField(
        label="Cấp gợi ý",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn cấp gợi ý trong danh sách."),
    )
    whom = forms.ChoiceField(
        label="Gợi ý cho", required=False, error_messages={"invalid_choice": "Hãy chọn người trong danh sách."}
    )
    raised_on = Day(label="Ngày gợi ý")
    text = reason_field("Nội dung gợi ý kiểm điểm")

    def __init__(self, *args, bodies, reviews, **options):
        super().__init__(*args, **options)
        self.reviews = {str(review.pk): review for review in reviews}
        self.fields["body"].queryset = bodies
        people = [(key, f"Đồng chí {review}") for key, review in self.reviews.items()]
        self.fields["whom"].choices = [("", "Tập thể chi bộ"), *people]
        self.fields["text"].error_messages["required"] = "Hãy ghi nội dung gợi ý."

    def clean_raised_on(self):
        return _not_later(self.cleaned_data["raised_on"])

    @property
    def values(self):
        """The clean values as the act takes them."""
        data = {name: self.cleaned_data[name] for name in ("body", "raised_on", "text")}
        return data | {"review": self.reviews.get(self.cleaned_data["whom"])}


class AnswerRaisedPointForm(forms.Form):
    answer = Text(
        label="Giải trình",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Hãy ghi giải trình.", "max_length": "Quá dài: tối đa 3000 chữ."},
    )
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
