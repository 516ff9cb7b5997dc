"""Pages of long lists of people: which people a page has is kept until the next act, what is said of them is not."""

from django.core.paginator import Paginator
from django.db.models import Count, Window

from cells.unchanged import Answers

NUMBER_LENGTH = 9
LAST = "last"
KEPT = 512  # pages in one process, fifty ids each

_pages = Answers(KEPT)


def kept_page(question, read, asked, *, size, narrow=False):
    """The page `asked` for, a number in words or "last"; any other word is the first, too far the last.

    `read` gives the list or query set of ids or rows, and `question` says all that it depends on beside facts; `narrow`
    that its conditions are dear to ask and leave few.
    """
    number = LAST if asked == LAST else _number(asked)
    cut = _count_and_cut if narrow and number != LAST else _cut
    total, number, found = _pages.get((question, number, size), lambda: cut(read(), number, size))
    page = Paginator(range(total), size).page(number)
    page.object_list = list(found)
    return page


def _number(text):
    text = str(text or "")[:NUMBER_LENGTH]
    return max(1, int(text)) if text.isdecimal() else 1


def _cut(rows, asked, size):
    """(count, number, rows of the page); those of the second half are read from the end."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    last = max(1, -(-total // size))
    number = last if asked == LAST else min(asked, last)
    start, stop = (number - 1) * size, min(number * size, total)
    if start < total - stop or isinstance(rows, list):
        return total, number, tuple(rows[start:stop])
    return total, number, tuple(reversed(rows.reverse()[total - stop : total - start]))


def _count_and_cut(rows, number, size):
    """The same in one statement: conditions dear to ask are asked once."""
    start = (number - 1) * size
    counted = rows.annotate(total=Window(Count("*"))).values_list(*rows.query.values_select, "total")
    found = list(counted[start : start + size])
    if not found:
        return _cut(rows, number, size)  # behind the last page, or nobody at all
    return found[0][-1], number, tuple(row[0] if len(row) == 2 else row[:-1] for row in found)
