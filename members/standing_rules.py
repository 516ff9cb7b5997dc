"""The rules of a few topics in force on a day for a body, with what its committees chose."""

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.rules.exits import RemovalRules, StandingRules

TOPICS = {"removal": RemovalRules, "standing": StandingRules}


def sets_of(topics):
    """(topic, first day, keys) of the sets of some topics by date."""
    sets = RuleSet.objects.latest_versions().filter(topic__in=topics).order_by("effective_on")
    return [(each.topic, each.effective_on, restore(each.values)) for each in sets]


class RuleBook:
    """The sets of some topics, read once in two queries, asked for any number of people and days.

    `is_chosen` False: it is known that committees chose nothing, and no query asks what.
    """

    def __init__(self, topics, sets=None, *, is_chosen=True):
        self._topics = topics
        self._sets = sets_of(topics) if sets is None else sets
        choices = RuleOverride.objects.standing().filter(topic__in=topics)
        rows = choices.select_related("organisation").order_by("organisation__path")
        self._choices = list(rows) if is_chosen else []
        self._typed = {}

    def rules(self, topic, organisation, day):
        """An empty rule set before the first one: its checks are off."""
        keys = self.in_force(topic, day)
        return typed(self._topics[topic], with_overrides(keys, self._chosen(topic, organisation, day, keys)))

    def shared(self, topic, place, day):
        """The same, typed once for all bodies that the same choices bind: a list asks for hundreds of them."""
        bound = (topic, self.set_on(topic, day), self.choices_for(topic, place, day))
        if bound not in self._typed:
            self._typed[bound] = self.rules(topic, place, day)
        return self._typed[bound]

    def first_day(self, topic):
        """When the oldest known set of a topic came into force; None without one."""
        return next((effective_on for name, effective_on, _ in self._sets if name == topic), None)

    def set_on(self, topic, day):
        """When the set of a topic that holds on `day` came into force."""
        return max((on for name, on, _ in self._sets if name == topic and on <= day), default=None)

    def sets_on(self, day):
        """From when the set of each topic is in force that holds on `day`, as a step keeps it."""
        first_days = {topic: self.set_on(topic, day) for topic in self._topics}
        return {topic: first.isoformat() for topic, first in first_days.items() if first}

    def keys(self, topic, bodies, day):
        """The keys of a topic on a day, with the choices of `bodies`, ids from a cell upwards, the nearest winning."""
        keys = self.in_force(topic, day)
        rows = [each for each in self._choices if each.topic == topic and each.holds_on(day)]
        chosen = {}
        for body in reversed(bodies):
            chosen |= {each.key: each.value for each in rows if each.organisation_id == body}
        return with_overrides(keys, {key: value for key, value in chosen.items() if key in keys and keys[key].is_free})

    def choices_for(self, topic, organisation, day):
        """Keys of the choices that bind the body on `day`."""
        return tuple(each.pk for each in self._binding(topic, organisation, day))

    def in_force(self, topic, day):
        """The keys of a topic as the regulation has them on a day; none before the first set."""
        in_force = [keys for name, effective_on, keys in self._sets if name == topic and effective_on <= day]
        return in_force[-1] if in_force else {}

    def _binding(self, topic, organisation, day):
        return [
            each
            for each in self._choices
            if each.topic == topic and each.holds_on(day) and organisation.path.startswith(each.organisation.path)
        ]

    def _chosen(self, topic, organisation, day, keys):
        """The choices that bind the body, the nearest body last; those about keys of other rule sets are left out."""
        return {
            each.key: each.value
            for each in self._binding(topic, organisation, day)
            if each.key in keys and keys[each.key].is_free
        }


class StandingBook(RuleBook):
    """The rules of leaving and of exemption."""

    def __init__(self):
        super().__init__(TOPICS)

    def removal(self, organisation, day):
        """Rules of removal, complaint and readmission."""
        return self.rules("removal", organisation, day)

    def standing(self, organisation, day):
        """Rules of exemption, of the papers after an ending, of discipline of probationary members."""
        return self.rules("standing", organisation, day)
