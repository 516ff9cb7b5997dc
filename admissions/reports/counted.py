"""What forms 2 and 2B are counted from: admissions of two periods, read once, and whether anything is known of them."""

from functools import cache, cached_property

from django.db.models import Case, Count, DateField, F, Min, Q, Value, When

from admissions.admitted import admitted_between
from admissions.rules.statistics import TOPIC, AdmissionStatisticsRules
from cells.tree_history import read_history
from config.lib.rulesets import typed, with_overrides
from members.enums import StartReason
from members.standing_rules import sets_of
from members.statistics.books import standing_stays
from members.statistics.rules import TOPIC as STATISTICS
from members.statistics.rules import StatisticsRules
from members.statistics.settings import choices_of

NEW = (StartReason.ADMITTED, StartReason.READMITTED)


@cache
def _sets():
    """(topic, first day, keys) of the sets of both topics, oldest first; new ones come with a release."""
    return sets_of([STATISTICS, TOPIC])


def _keys_on(topic, day):
    """The newest set in force on `day`; of a day before all of them the oldest."""
    known = [(first, keys) for name, first, keys in _sets() if name == topic]
    return ([keys for first, keys in known if first <= day] or [known[0][1]])[-1]


class Counted:
    """The admissions of a period and of the same one a year before, below a body as it stood on each day."""

    def __init__(self, organisation_id, span):
        self.id, self.span, self.spans = organisation_id, span, (span, span.a_year_before)
        self.history = read_history()
        self.stand = self.history.stand(self.id, span.last_day)
        chosen = choices_of(self.id, self.history, span.last_day, [STATISTICS, TOPIC])
        self.rules, self.rows = (
            typed(kind, with_overrides(_keys_on(topic, span.last_day), chosen[topic]))
            for topic, kind in ((STATISTICS, StatisticsRules), (TOPIC, AdmissionStatisticsRules))
        )
        first = min(each.since for each in self.spans)
        everybody = admitted_between(
            self.history, self.id, first, span.until, by_decision=self.rules.counts_from_decision
        )
        self.people = [
            tuple(person for person in everybody if each.since <= person.counted_on < each.until)
            for each in self.spans
        ]  # fmt: skip

    @cached_property
    def lists(self):
        """[(body, day of an admission in a period or None, people, first day)] of the lists of members; one query."""
        day = Case(When(self._newly(*self.spans), then=F("begun")), default=Value(None), output_field=DateField())
        rows = standing_stays(self.rules).annotate(new_on=day).order_by().values("organisation_id", "new_on")
        found = rows.annotate(n=Count("pk"), first=Min("begun"))
        return list(found.values_list("organisation_id", "new_on", "n", "first"))

    @staticmethod
    def _newly(*spans):
        found = Q(pk__in=[])
        for span in spans:
            found |= Q(start_reason__in=NEW, begun__gte=span.since, begun__lt=span.until)
        return found

    def _is_below(self, organisation_id, day):
        return self.id in self.history.chain(organisation_id, day)

    def entered(self, place):
        """Who came on the lists as newly admitted (row B1 of form 1); None where nothing is known of the period."""
        span = self.spans[place]
        firsts = [first for body, _, _, first in self.lists if self._is_below(body, first)]
        if not self.history.is_founded(self.id, span.last_day) or not firsts or min(firsts) >= span.until:
            return None
        days = [(body, day, n) for body, day, n, _ in self.lists if day and span.since <= day < span.until]
        return sum(n for body, day, n in days if self._is_below(body, day))

    def known(self, place):
        """Whether there are figures of the period: its lists are kept, or somebody was admitted in it."""
        return bool(self.people[place]) or self.entered(place) is not None

    def not_frozen(self):
        """Who came on the list as newly admitted in the period without a frozen row of form 2."""
        frozen = {person.member_id for person in self.people[0]}
        rows = standing_stays(self.rules).filter(self._newly(self.span)).order_by("member__sort_key", "member_id")
        for member, name, body, day in rows.values_list("member_id", "member__full_name", "organisation_id", "begun"):
            if str(member) not in frozen and self._is_below(body, day):
                yield name
