"""Forms over a record that others may change meanwhile: what was typed stays, both values are shown, one chooses.

A form carries a digest of each value as it showed it. What nobody else touched is as it was typed; what the person left
as it was shown follows the record; where both wrote, the form asks whose value holds. Nothing is written before the
person has seen that, and sent again.
"""

import json
from decimal import Decimal

from django import forms

from members.forms.seen import SeenField
from members.seen import digest
from members.sheet.reading import successors

CHANGED_MEANWHILE = (
    "Hồ sơ này vừa được người khác thay đổi, nên lần này chưa ghi gì. Những gì đã gõ vẫn còn ở dưới đây: hãy xem lại "
    "rồi gửi lần nữa."
)
CHOOSE = "Người khác vừa ghi mục này. Hãy chọn nội dung sẽ dùng."
MINE, THEIRS = "mine", "theirs"


class TwoSidedForm(forms.Form):
    """A subclass calls `face` when its fields and their initial values stand."""

    seen = SeenField()
    not_compared: tuple[str, ...] = ()

    def face(self):
        """Lay what was typed beside what stands now; `taken` names what follows the record, `sides` what to choose."""
        self.taken, self.sides = [], []
        self.marks = {name: self.mark(name, self.kept(name)) for name in self._compared()}
        self.fields["seen"].initial = json.dumps(self.marks)
        if not self.is_bound:
            return
        self.data, self.before = self.data.copy(), self.shown_marks()
        for name, now in list(self.marks.items()):
            self._settle(name, self.before.get(name) if self.before else "", now)
        self.data["seen"] = json.dumps(self.marks)

    def _settle(self, name, before, now):
        typed = self.typed(name)
        if before == now:
            return
        if typed == now:
            if before is None and self.kept(name):  # a line that was not there yet
                self.taken.append(name)
            return
        if typed == before:
            self.take_theirs(name)
            self.taken.append(name)
        elif self.data.get(f"side-{name}") == f"{THEIRS}-{now}":
            self.take_theirs(name)
        else:
            self.marks[name] = before or ""
            self._ask(name, now)

    def _ask(self, name, now):
        """A question whose answer names what stood when it was asked: another change asks again."""
        mine, theirs = self.words(name, self._cleaned(name)), self.words(name, self.kept(name))
        side = f"side-{name}"
        self.fields[side] = forms.ChoiceField(
            label=self.title(name),
            choices=[(f"{MINE}-{now}", f"Đồng chí nhập: {mine or 'để trống'}"),
                     (f"{THEIRS}-{now}", f"Trong hồ sơ: {theirs or 'để trống'}")],
            widget=forms.RadioSelect,
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )  # fmt: skip
        self.sides.append(side)

    def clean(self):
        super().clean()
        if not self.before or self.taken or any(side in self.errors for side in self.sides):
            self.add_error(None, " ".join([CHANGED_MEANWHILE, *self._taken_words()]))
        return self.cleaned_data

    def _taken_words(self):
        found = [f"{self.title(name)}: {self.words(name, self.kept(name)) or 'để trống'}" for name in self.taken]
        return [f"Lấy theo nội dung mới – {'; '.join(found)}."] if found else []

    @property
    def side_fields(self):
        """The questions, for the page to ask above its fields."""
        return [self[side] for side in self.sides]

    @property
    def meets_others(self):
        """Whether the record is no longer what the form had shown."""
        return not self.before or bool(self.taken or self.sides)

    # --- what a subclass may know better

    def shown_marks(self):
        """The digests of what the form had shown; nothing where it says none."""
        return _marks_in(self.data.get("seen", ""))

    def title(self, name):
        """What a field is called outside of its place."""
        return self.fields[name].label

    def kept(self, name):
        """The value that stands now."""
        return self.get_initial_for_field(self.fields[name], name)

    def take_theirs(self, name):
        """Let the field say what stands now."""
        value = self.fields[name].prepare_value(self.kept(name))
        self.data[self.add_prefix(name)] = "" if value is None else value

    def typed(self, name):
        """The mark of what was typed."""
        return self.mark(name, self._cleaned(name))

    def words(self, name, value):
        """A value as people read it."""
        choices = {str(code): label for code, label in getattr(self.fields[name], "choices", ())}
        return str(choices.get(str(value or ""), "") or _written(self.fields[name], value))

    def mark(self, name, value):
        """A short digest of one value."""
        return _mark(name, _written(self.fields[name], value))

    def _compared(self):
        return [name for name in self.fields if name != "seen" and name not in self.not_compared]

    def _cleaned(self, name):
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return field.clean(raw)
        except forms.ValidationError:
            return raw


def _written(field, value):
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    shown = field.prepare_value(value)
    return "" if shown is None else str(shown)


def follow(data, prefix, rows, columns):
    """What was typed about rows that were written anew meanwhile, under the rows that stand now.

    Of a row that is gone nothing remains but words: what was typed about it, one text a row.
    """
    data, marks, gone = data.copy(), _marks_in(data.get("seen", "")), []
    standing = {str(row.pk) for row in rows}
    known = {name.split("-")[1] for name in data if name.startswith(f"{prefix}-")} - standing
    after = successors(type(rows[0]), rows[0].member_id) if rows and known else {}
    after = {str(before): str(row) for before, row in after.items()}
    for key in sorted(known):
        names = {column: f"{prefix}-{key}-{column}" for column in columns}
        last = key
        while last in after:
            last = after[last]
        if last not in standing:
            gone.append("; ".join(data[n] for n in names.values() if data.get(n) and marks.get(n) != _mark(n, data[n])))
            continue
        for column, name in names.items():
            new = f"{prefix}-{last}-{column}"
            data[new], marks[new] = data.get(name, ""), marks.get(name, "")
    data["seen"] = json.dumps(marks) if marks else ""
    return data, gone


def _mark(name, text):
    """The row to which a column belongs does not count, nor do spaces."""
    return digest([name.rpartition("-")[2], "".join(text.split())])[:10]


def _marks_in(text):
    """The digests that a form carried; nothing where it carried none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
