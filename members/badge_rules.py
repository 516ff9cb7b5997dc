"""The rules of Party age, badges and cards in force on a day for a body."""

from members.rules.badges import BadgeRules
from members.rules.cards import CardRules
from members.rules.party_age import PartyAgeRules
from members.standing_rules import RuleBook

TOPICS = {"party_age": PartyAgeRules, "badge": BadgeRules, "card": CardRules}


class BadgeBook(RuleBook):
    """The three topics, read once; days before the oldest set known are answered by it."""

    def __init__(self):
        super().__init__(TOPICS)
        self._known = {}

    def age(self, organisation, day):
        return self._of("party_age", organisation, day)

    def badge(self, organisation, day):
        return self._of("badge", organisation, day)

    def card(self, organisation, day):
        return self._of("card", organisation, day)

    def _of(self, topic, organisation, day):
        key = topic, organisation.pk, max(day, self.first_day(topic) or day)
        if key not in self._known:
            self._known[key] = self.rules(topic, organisation, key[2])
        return self._known[key]
