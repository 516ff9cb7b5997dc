"""The rules of keeping files in force on a day for a body, with what its committees chose."""

from functools import cache

from cells.models import RuleOverride, RuleSet
from config.lib.rulesets import restore, typed, with_overrides
from members.rules.dossier import FileRules

FILES = "files"


@cache
def _loaded():
    """The sets by date; a loaded set never changes, new ones come with a release."""
    rows = RuleSet.objects.latest_versions().filter(topic=FILES).order_by("effective_on")
    return [(each.effective_on, restore(each.values)) for each in rows]


class FileBook:
    """Topic `files`, its choices read once in one query, asked for any number of bodies and days."""

    def __init__(self):
        self._sets = _loaded()
        choices = RuleOverride.objects.standing().filter(topic=FILES).select_related("organisation")
        self._choices = list(choices.order_by("organisation__path"))

    def rules(self, organisation, day):
        """The set of `day` (the oldest before it), with the choices that bind `organisation`."""
        known = [keys for effective_on, keys in self._sets if effective_on <= day] or [
            keys for _, keys in self._sets[:1]
        ]
        keys = known[-1] if known else {}
        chosen = {
            each.key: each.value
            for each in self._choices
            if each.key in keys
            and keys[each.key].is_free
            and each.holds_on(day)
            and organisation.path.startswith(each.organisation.path)
        }
        return typed(FileRules, with_overrides(keys, chosen))

    def why_stored(self, organisation, day):
        """The committee's choice that switches scans on for `organisation`; None where they are off by it or at all."""
        found = [
            each
            for each in self._choices
            if each.key == "store_scans" and each.holds_on(day) and organisation.path.startswith(each.organisation.path)
        ]
        return found[-1] if found and found[-1].value is True else None
