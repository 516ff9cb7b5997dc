"""What somebody saw before writing: a digest that a form carries along, compared under the lock of the action.

A row that is only ever voided and written anew tells by its key that it changed; one that is also filled in or ended in
place does not, and what a form left as it showed it would undo what others wrote meanwhile.
"""

import json
from hashlib import sha256


def digest(values):
    """A short digest of values that JSON can hold, or that say themselves as text."""
    told = json.dumps(values, default=str, sort_keys=True, ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:32]


def seen_row(row):
    """The digest of every column of a row as it was read."""
    return digest({column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields})
