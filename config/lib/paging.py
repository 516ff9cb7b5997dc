"""Pages of a list that is counted while its page is read."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, Window

LONGEST_NUMBER = 9  # digits


class CountingPaginator(Paginator):
    """Pages of the keys of a queryset; the rows of a page bring the number of all rows along, in one query."""

    def get_page(self, number):
        """The page of that number; for any other word, or one beyond the last, the nearest after a second query."""
        asked = _whole(number)
        if asked < 1:
            return super().get_page(number)
        start = self.per_page * (asked - 1)
        counted = self.object_list.annotate(total=Window(Count("pk"))).values_list("pk", "total")
        rows = list(counted[start : start + self.per_page])
        if not rows and asked > 1:
            return super().get_page(number)
        self.count = rows[0][1] if rows else 0
        return Page([pk for pk, _ in rows], asked, self)


def _whole(number):
    """The number of a page as typed, the first when nothing is, 0 for what is no number."""
    text = "1" if number is None else str(number)
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
