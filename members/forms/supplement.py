"""The supplement slip: every question shows what stands today; what is left as it is counts as unchanged."""

from django import forms

from members.answers import answer_choices, mid_sentence
from members.enums import Topic
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.sheet import column_field
from members.forms.text import TidyField
from members.forms.two_sided import TwoSidedForm, follow
from members.sheet import supplement as slips
from members.sheet.columns import is_partial, row_words, stored_partial, value_of
from members.sheet.parts import PARTS

FROM = "job_started"
RESIDENCE, PLACE = "place-residence", ("detail", "province")
ADMINISTRATIVE = "administrative-discipline"
NEW = {
    "titles": ("title", "text", "conferred"),
    ADMINISTRATIVE: ("form", "decided", "decided_by", "ground"),
    "family": PARTS["family"].columns,
}


class SupplementForm(TwoSidedForm):
    """Built from what stands (`standing`: answers by topic, rows by part); `changes` is what was filled in."""

    not_compared = ("declared", FROM)

    declared = DayField(label="Kê khai ngày")

    def __init__(self, *args, standing, sensitive, today, **options):
        super().__init__(*args, **options)
        self.standing, self.sensitive, self.today = standing, sensitive, today
        self.groups = [("Phiếu", ["declared"])]
        self.fields["declared"].initial = today
        self._add_places()
        self._add_job()
        self._add_levels()
        self._add_new("Danh hiệu mới được phong", "titles")
        self._add_new("Kỷ luật hành chính mới", ADMINISTRATIVE)
        if sensitive:
            self._add_family()
            self._add_household()
        self.groups_of = {name: title for title, names in self.groups for name in names}
        self.lost = []
        if self.is_bound:
            if sensitive:
                self.data, self.lost = follow(self.data, "family", standing.rows["family"], slips.RELATIVE)
            self.data = self._filled(self.data)
        self.face()

    @property
    def sections(self):
        """(title, bound fields) in the order of the slip."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def clean_declared(self):
        refuse_future(self.cleaned_data["declared"], self.today)
        return self.cleaned_data["declared"]

    def clean(self):
        super().clean()
        for words in self.lost:
            self.add_error(None, f"Một người trong gia đình vừa bị người khác hủy dòng. Đã gõ: {words or 'không gì'}.")
        self._check_job()
        for code in ("titles", ADMINISTRATIVE, *(["family"] if self.sensitive else [])):
            typed = self._typed(f"new-{code}", NEW[code])
            missing = [name for name in PARTS[code].required if not typed[name]] if any(typed.values()) else []
            for column in missing:
                self.add_error(f"new-{code}-{column}", "Hãy ghi mục này, hoặc để trống cả dòng.")
        return self.cleaned_data

    def _check_job(self):
        started, typed = self.cleaned_data.get(FROM), self._typed("job", slips.JOB)
        same = not any(typed.values()) or (self.job and all(getattr(self.job, k) == v for k, v in typed.items()))
        if same and started:
            self.add_error(
                FROM, "Có ghi tháng, năm nhưng công tác không đổi. Hãy ghi công tác mới, hoặc để trống ô này."
            )
        if same or FROM in self.errors:
            return
        if not started:
            self.add_error(FROM, "Công tác có thay đổi: hãy ghi từ tháng, năm nào.")
        elif self.job and self.job.started_on and started.day <= self.job.started_on:
            self.add_error(FROM, f"Phải sau ngày bắt đầu của công tác đang ghi, {self.job.started_on:%d/%m/%Y}.")
        elif started.day > self.today:
            self.add_error(FROM, "Thời gian ở tương lai. Hãy kiểm tra lại.")
        if not typed["work"]:
            self.add_error("job-work", "Hãy ghi làm việc gì.")

    @property
    def changes(self):
        """What the slip changes, in its order."""
        found = [*self._changed_places(), *self._changed_answers([Topic.OCCUPATION]), self._changed_job()]
        found += [*self._changed_answers(slips.LEVELS), self._new(slips.TITLE_ITEM, "titles")]
        found.append(self._new(slips.ADMINISTRATIVE_ITEM, ADMINISTRATIVE))
        if self.sensitive:
            found += [*self._changed_family(), self._changed_household()]
        return tuple(change for change in found if change)

    @property
    def shown(self):
        """The digest of what the slip rests on, for the act to compare under its lock."""
        return slips.shown_digest(self.standing, sensitive=self.sensitive)

    def title(self, name):
        return f"{self.groups_of[name]}, {mid_sentence(self.fields[name].label)}"

    def _filled(self, data):
        """What was sent; a question that was not sent keeps what stands."""
        filled = data.copy()
        for name, field in self.fields.items():
            if name not in data and name not in ("declared", "seen"):
                value = field.prepare_value(field.initial)
                filled[name] = "" if value is None else value
        return filled

    # --- questions

    def _add_places(self):
        for code in slips.PLACES:
            row = self._first(code)
            self._add(code, PARTS[code], PLACE, row)
            if row is None and code == RESIDENCE:
                self.fields[f"{code}-detail"].initial = self.standing.residence

    def _add_job(self):
        self.groups.append((slips.OCCUPATION_ITEM, self._answer_fields(Topic.OCCUPATION)))
        self.job = slips.open_step(self.standing)
        self._add("job", PARTS["career"], slips.JOB, self.job, title=slips.JOB_ITEM)
        self.fields[FROM] = PartialDateField(
            label="Công tác mới từ", required=False, help_text="Chỉ ghi khi công tác có thay đổi, ví dụ 03/2026."
        )
        self.groups[-1][1].append(FROM)

    def _add_levels(self):
        names = [name for topic in slips.LEVELS for name in self._answer_fields(topic)]
        self.groups.append(("Trình độ", names))

    def _answer_fields(self, topic):
        row = self.standing.answers.get(topic)
        choices = [("", "chưa ghi"), *answer_choices(topic)] if row is None else answer_choices(topic)
        self.fields[topic.value] = forms.ChoiceField(
            label=topic.label, choices=choices, required=False, initial=row.value if row else ""
        )
        text = f"{topic.value}_text"
        self.fields[text] = TidyField(
            label=f"{topic.label}, ghi như trên giấy", max_length=300, required=False, initial=row.text if row else ""
        )
        return [topic.value, text]

    def _add_family(self):
        for row in self.standing.rows["family"]:
            title = f"Gia đình: {row_words(PARTS['family'], row)[:80]}"
            self._add(f"family-{row.pk}", PARTS["family"], slips.RELATIVE, row, title=title)
        self._add_new("Thêm người trong gia đình", "family")

    def _add_household(self):
        rows = self.standing.rows["household"]
        self.household = rows[-1] if rows else None
        self._add("household", PARTS["household"], slips.HOUSEHOLD, self.household, title=slips.HOUSEHOLD_ITEM)

    def _add_new(self, title, code):
        self._add(f"new-{code}", PARTS[code], NEW[code], None, title=title)

    def _add(self, prefix, part, columns, row, *, title=""):
        names = []
        for column in columns:
            name = f"{prefix}-{column}"
            self.fields[name] = column_field(part, column)
            self.fields[name].required = False
            if row is not None:
                self.fields[name].initial = value_of(row, column)
            names.append(name)
        self.groups.append((title or part.title, names))

    # --- answers

    def _first(self, code):
        return next(iter(self.standing.rows[code]), None)

    def _typed(self, prefix, columns):
        """What was typed under these names; a field in error keeps what stands."""
        return {column: self.cleaned_data.get(f"{prefix}-{column}") for column in columns}

    def _changed_places(self):
        for code in slips.PLACES:
            part, row, typed = PARTS[code], self._first(code), self._typed(code, PLACE)
            if row is not None and any(getattr(row, name) != value for name, value in typed.items()):
                yield slips.row_change(part.title, part, row, {**typed, "former": ""})
            elif row is None:
                words = self.standing.residence if code == RESIDENCE else ""
                if ", ".join(value for value in typed.values() if value) != words:
                    yield slips.new_row(part.title, part, typed, before=words)

    def _changed_answers(self, topics):
        for topic in topics:
            value, text = self.cleaned_data.get(topic.value, ""), self.cleaned_data.get(f"{topic.value}_text", "")
            yield slips.topic_change(topic, self.standing.answers.get(topic), value, text)

    def _changed_job(self):
        return slips.job_change(self.job, self._typed("job", slips.JOB), self.cleaned_data.get(FROM))

    def _new(self, item, code):
        typed = self._typed(f"new-{code}", NEW[code])
        values = {}
        for column, value in typed.items():
            values |= stored_partial(column, value) if is_partial(PARTS[code].model, column) else {column: value}
        return slips.new_row(item, PARTS[code], values) if any(typed.values()) else None

    def _changed_family(self):
        for row in self.standing.rows["family"]:
            typed = self._typed(f"family-{row.pk}", slips.RELATIVE)
            yield slips.row_change(slips.FAMILY_ITEM, PARTS["family"], row, typed)
        yield self._new(slips.FAMILY_ITEM, "family")

    def _changed_household(self):
        typed = self._typed("household", slips.HOUSEHOLD)
        on = self.cleaned_data["declared"]
        return slips.dated_change(slips.HOUSEHOLD_ITEM, PARTS["household"], self.household, typed, on)
