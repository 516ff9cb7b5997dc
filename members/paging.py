"""Pages of a long list of people."""

from django.core.paginator import Paginator
from django.db.models import Count, Window

NUMBER_LENGTH = 9


class OnePassPaginator(Paginator):
    """Counts the people in the statement that reads those of the page: conditions dear to ask are asked once."""

    def get_page(self, number):
        text = str(number)
        place = int(text[:NUMBER_LENGTH]) if text.isdecimal() else 1
        start = max(0, place - 1) * self.per_page
        rows = self.object_list.annotate(total=Window(Count("pk"))).values_list("pk", "total")
        found = list(rows[start : start + self.per_page])
        if not found:
            return super().get_page(number)  # behind the last page, or nobody at all
        self.count = found[0][1]
        return self._get_page([pk for pk, _ in found], max(1, place), self)
