"""The rules of Party age, badges and cards in force on a day for a body."""

from functools import cache

from members.rules.badges import BadgeRules
from members.rules.cards import CardRules
from members.rules.party_age import PartyAgeRules
from members.standing_rules import RuleBook, sets_of

TOPICS = {"party_age": PartyAgeRules, "badge": BadgeRules, "card": CardRules}


@cache
def _loaded():
    """The sets by date, read once a process: a loaded set never changes, new ones come with a release."""
    return sets_of(TOPICS)


class BadgeBook(RuleBook):
    """The three topics, read once; days before the oldest set known are answered by it.

    Bodies that chose nothing share one typed set: a list asks for hundreds of bodies.
    """

    def __init__(self):
        super().__init__(TOPICS, _loaded())

    def age(self, organisation, day):
        return self._of("party_age", organisation, day)

    def badge(self, organisation, day):
        return self._of("badge", organisation, day)

    def card(self, organisation, day):
        return self._of("card", organisation, day)

    def came_in(self, level, day):
        """When a badge level was brought in by a set in force on `day`; None for one that the oldest set has."""
        levels = [(on, keys["badge_levels"].value) for name, on, keys in self._sets if name == "badge" and on <= day]
        having = [on for on, values in levels if level in values]
        return having[0] if having and having[0] != levels[0][0] else None

    def _of(self, topic, organisation, day):
        day = max(day, self.first_day(topic) or day)
        return self.shared(topic, organisation, day)
