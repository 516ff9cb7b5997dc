"""The scales of levels as they are loaded; read once a process, since a loaded rule set never changes."""

from functools import cache

from cells.models import RuleSet
from config.lib.rulesets import restore
from members.rules import scale_from


class Scales:
    """All scales by code; what is not rated or not known has no level."""

    def __init__(self):
        self.rule_sets, self.scales = _loaded()

    def of_year(self, year):
        """The scale in which `year` was rated; None when none is loaded."""
        codes = (each.code for each in self.rule_sets if (each.first_season_year or 0) <= year)
        return self.scales.get(next(codes, None))

    def level(self, scale, code):
        """The level of that code in that scale; None for an empty or unknown one."""
        known = self.scales.get(scale)
        return next((level for level in known.levels if level.code == code), None) if known else None

    def words(self, scale, code, reason=""):
        """A decided result as it is read: the name of its level, or that it was not rated and why."""
        if not code:
            return f"Không xếp loại: {reason}" if reason else "Không xếp loại"
        level = self.level(scale, code)
        return level.name if level else code


@cache
def _loaded():
    """The rule sets of topic `scale`, newest first, and the scales by code; new ones come with a release."""
    rule_sets = list(RuleSet.objects.latest_versions().filter(topic="scale").order_by("-first_season_year"))
    return rule_sets, {each.code: scale_from(each.code, restore(each.values)) for each in rule_sets}
