"""What was posted from a sheet: typed fields of the head and of rows, with the versions that they were typed over."""

from config.lib.posted import whole_number
from evaluations.actions.drafts import Edit
from evaluations.forms import HeadForm, RowForm
from evaluations.row_fields import FACT_FIELDS, HEAD_FIELDS, as_text, head_values, row_values
from evaluations.rules import facts_asked
from evaluations.season_rules import rule_book
from evaluations.sheet_row import key_of

HEAD = "head"


class SheetInput:
    """Reads one post of a page: the whole sheet (the form's button) or some fields (each saved at once).

    `head` and `rows` are the edits that may be saved, `typed` and `errors` what to show again, by row key and field.
    """

    def __init__(self, data, sheet):
        self.data, self.sheet = data, sheet
        self.book = rule_book(sheet.season)
        self.is_whole = "whole" in data
        self.typed, self.errors = {}, {}
        self.head = self._head()
        found = {key_of(review): review for review in sheet.reviews.all()}
        posted = {key: review for key, review in found.items() if f"{key}-version" in data}
        self.keys = list(posted)
        self.rows = {review.pk: self._row(key, review) for key, review in posted.items()}

    def _head(self):
        names = [name for name in HEAD_FIELDS if f"{HEAD}-{name}" in self.data]
        if f"{HEAD}-version" not in self.data or not names:
            return None
        form = HeadForm(self.data, prefix=HEAD)
        was = HeadForm(self.data, prefix=f"was-{HEAD}") if self._says_what_was(HEAD, names) else None
        return self._edit(HEAD, names, form, was, head_values(self.sheet))

    def _says_what_was(self, key, names):
        return any(f"was-{key}-{name}" in self.data for name in names)

    def _row(self, key, review):
        current = row_values(review, self.book)
        editable = self._editable(review, current)
        names = [name for name in editable if f"{key}-{name}" in self.data]
        if review.is_scored and "points" in names:
            names.remove("points")  # the sum of the criteria, not to be typed
            self._leave_computed(key, as_text(current["points"]))
        if self.is_whole and "attended" not in names:
            names.append("attended")  # a box that is not ticked is not posted
        options = {"book": self.book, "current": current, "only": names}
        form = RowForm(self.data, prefix=key, **options)
        was = RowForm(self.data, prefix=f"was-{key}", **options) if self._says_what_was(key, names) else None
        return self._edit(key, names, form, was, current)

    def _editable(self, review, current):
        """Fields of a row that its page shows: facts only where the rules of the season ask for them."""
        if not review.is_due:
            return ["attended"]
        hidden = set(FACT_FIELDS).difference(facts_asked(self.book.rules, review.is_leader))
        return [name for name in current if name not in hidden]

    def _leave_computed(self, key, stands):
        """Say it where a page that is older than the scoring still posts another total."""
        typed = self.data[f"{key}-points"].strip()
        if typed not in ("", stands):
            words = f"điểm nay là tổng các tiêu chí đã chấm ({stands or 'chưa đủ'}), không lấy “{typed[:40]}”."
            self.errors[key] = {"points": words}

    def _edit(self, key, names, form, was, current):
        clean, known = self._clean(form), self._clean(was)
        wrong = {name: " ".join(form.errors[name]) for name in names if name in form.errors}
        values = {name: clean[name] for name in names if name in clean and name not in wrong}
        seen = {name: known[name] for name in values if f"was-{key}-{name}" in self.data and name in known}
        if wrong:
            self.errors[key] = self.errors.get(key, {}) | wrong
        texts = {name: self.data.get(f"{key}-{name}", "") for name in names}
        self.typed[key] = {name: text for name, text in texts.items() if text != as_text(current[name])}
        return Edit(self._version(key), values, seen)

    @staticmethod
    def _clean(form):
        """What is right of a form, or nothing of none."""
        if form is None:
            return {}
        form.is_valid()
        return form.cleaned_data

    def _version(self, key):
        return whole_number(self.data.get(f"{key}-version", ""))


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
