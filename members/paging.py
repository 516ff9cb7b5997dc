"""Pages of long lists of people: which people a page has is kept until the next act, what is said of them is not."""

from django.core.paginator import Paginator
from django.db.models import Count, Window
from django.utils import timezone

from cells.rights import Asker
from cells.unchanged import Answers

NUMBER_LENGTH = 9
LAST = "last"
KEPT = 512  # pages in one process, fifty ids each

_pages = Answers(KEPT)


def question_of(user, *about):
    """A question that is kept for one person in the roles that he acts in today: nobody else's answer fits it."""
    return (user.pk, Asker.of(user, timezone.localdate()), *about)


def question_in(request):
    """The question that an address asks of this person, whichever of its pages it is."""
    asked = sorted((name, tuple(values)) for name, values in request.GET.lists() if name != "page")
    return question_of(request.user, request.path, *asked)


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
