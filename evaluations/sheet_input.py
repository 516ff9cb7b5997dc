"""What was posted from a sheet: typed fields of the head and of rows, with the versions that they were typed over."""

from evaluations.actions.drafts import Edit
from evaluations.forms import HeadForm, RowForm
from evaluations.row_fields import HEAD_FIELDS, as_text, head_values, row_values

HEAD = "head"
STALE = -1


class SheetInput:
    """Reads one post of a page: the whole sheet (the form's button) or some fields (each saved at once).

    `head` and `rows` are the edits that may be saved, `typed` and `errors` what to show again, by row key and field.
    """

    def __init__(self, data, page):
        self.data, self.page = data, page
        self.is_whole = "whole" in data
        self.typed, self.errors = {}, {}
        self.head = self._head()
        self.rows = {}
        for row in page.rows:
            if f"{row.key}-version" in data:
                self.rows[row.review.pk] = self._row(row)

    @property
    def keys(self):
        """Keys of the rows that were posted."""
        return [row.key for row in self.page.rows if row.review.pk in self.rows]

    def _head(self):
        names = [name for name in HEAD_FIELDS if f"{HEAD}-{name}" in self.data]
        if f"{HEAD}-version" not in self.data or not names:
            return None
        form = HeadForm(self.data, prefix=HEAD)
        was = HeadForm(self.data, prefix=f"was-{HEAD}")
        return self._edit(HEAD, names, form, was, head_values(self.page.sheet))

    def _row(self, row):
        editable = self._editable(row)
        names = [name for name in editable if self.is_whole or f"{row.key}-{name}" in self.data]
        current = row_values(row.review, self.page.book.scale)
        options = {"book": self.page.book, "current": current, "only": names}
        form = RowForm(self.data, prefix=row.key, **options)
        was = RowForm(self.data, prefix=f"was-{row.key}", **options)
        if self.is_whole:
            names = [name for name in names if name == "attended" or f"{row.key}-{name}" in self.data]
        return self._edit(row.key, names, form, was, current)

    def _editable(self, row):
        names = list(row.shown)
        if not row.review.is_due:
            names = ["attended"] if row.may_be_absent else []
        elif not row.may_be_absent:
            names.remove("attended")
        return names

    def _edit(self, key, names, form, was, current):
        form.is_valid()
        was.is_valid()
        wrong = {name: " ".join(form.errors[name]) for name in names if name in form.errors}
        values = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data and name not in wrong}
        seen = {
            name: was.cleaned_data[name]
            for name in values
            if f"was-{key}-{name}" in self.data and name in was.cleaned_data
        }
        if wrong:
            self.errors[key] = wrong
        texts = {name: self.data.get(f"{key}-{name}", "") for name in names}
        self.typed[key] = {name: text for name, text in texts.items() if text != as_text(current[name])}
        return Edit(self._version(key), values, seen)

    def _version(self, key):
        text = self.data.get(f"{key}-version", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else STALE


def show_again(page, posted, conflicts):
    """Put back on a fresh page what was typed and could not be saved, with the words that say why."""
    by_review = {row.review.pk: row for row in page.rows}
    for key, errors in posted.errors.items():
        typed = posted.typed[key]
        shown, target = (page.head, page.head_errors) if key == HEAD else _of_row(page, key)
        target.update(errors)
        shown.update({name: typed[name] for name in errors if name in typed})
    for conflict in conflicts:
        row = by_review.get(conflict.review)
        shown, clashes = (row.shown, row.conflicts) if row else (page.head, page.head_conflicts)
        shown[conflict.name] = as_text(conflict.mine)
        clashes.append(conflict)
    return page


def _of_row(page, key):
    row = page.row(key)
    return row.shown, row.errors
