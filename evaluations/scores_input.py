"""What was posted from a page of points: numbers by member and criterion, with the version they were typed over."""

from django import forms

from config.lib.posted import whole_number
from evaluations.actions.scores import ScoresEdit
from evaluations.enums import OF_PERSONS
from evaluations.forms import Text
from evaluations.row_fields import as_text
from evaluations.rules.score_frame import point_problem
from evaluations.scores import given

NUMBER = forms.DecimalField(
    required=False,
    max_digits=5,
    decimal_places=2,
    localize=True,
    error_messages=dict.fromkeys(
        ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), "Ghi điểm bằng số, ví dụ 4,5."
    ),
)


class AppendixForm(forms.Form):
    """After which appendix a member is scored; the act asks for the reason where it is another than his form's."""

    appendix = forms.ChoiceField(
        label="Phụ lục chấm điểm",
        choices=[(each.value, each.label) for each in OF_PERSONS],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Hãy chọn phụ lục trong danh sách."),
    )
    reason = Text(
        label="Lý do, nếu khác phụ lục của bản kiểm điểm",
        required=False,
        max_length=300,
        error_messages={"max_length": "Quá dài: tối đa 300 chữ."},
    )

    def offer(self, patterns):
        """Say beside each appendix for whom it is."""
        choices = self.fields["appendix"].choices
        known = [(code, f"{label}: {patterns[code].owner}") for code, label in choices if code in patterns]
        self.fields["appendix"].choices = known


class ScoresInput:
    """Reads one post against the frames of the members; puts what could not be saved back on the page."""

    def __init__(self, data, scored):
        self.data, self.scored, self.edits, self.errors = data, scored, {}, {}
        for person in scored.people:
            if f"{person.key}-version" in data:
                self._read(person)

    def _read(self, person):
        values, wrong = {}, {}
        for leaf in person.tree.leaves:
            name = f"{person.key}-{leaf.key}"
            if name not in self.data:
                continue
            person.typed[leaf.key] = self.data[name].strip()
            try:
                value = NUMBER.clean(self.data[name])
            except forms.ValidationError as error:
                wrong[leaf.key] = " ".join(error.messages)
                continue
            problem = value is not None and point_problem(self.scored.book.rules.score_frame, leaf, value)
            if problem:
                wrong[leaf.key] = problem
            values[leaf.key] = value
        person.errors = wrong
        if wrong:
            self.errors[person.review.pk] = wrong
        version = whole_number(self.data.get(f"{person.key}-version", ""))
        self.edits[person.review.pk] = ScoresEdit(version, values)

    @property
    def whole(self):
        """The edits of members with whom nothing is wrong."""
        return {pk: edit for pk, edit in self.edits.items() if pk not in self.errors}

    @property
    def error_list(self):
        """(anchor, who, words) of everything that is wrong."""
        return [
            (f"{person.key}-{key}", person.name, words)
            for person in self.scored.people
            for key, words in person.errors.items()
        ]

    def show_on(self, page, clashing):
        """A page read anew, with what was typed; beside it what somebody else saved meanwhile."""
        for person in page.people:
            before = self.scored.person(person.review.pk)
            if before is None or person.review.pk not in {*self.errors, *clashing}:
                continue
            person.typed, person.errors = before.typed, before.errors
            if person.review.pk in clashing:
                stored = given(person.row, page.kind) if page.kind else {}
                texts = {key: as_text(stored.get(key)) for key in before.typed}
                person.theirs = {key: text for key, text in texts.items() if text != before.typed[key]}
        return page
