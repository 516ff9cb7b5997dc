"""A paper filled in from the rows of a case: its blocks, and everything that it lacks, by name."""

from config.lib.paper_lines import PLACE, Filling, all_missing
from discipline.printed import act_values, values
from discipline.printed.catalogue import sources
from discipline.printed.values import CONDITIONS

OF_THE_DAY = ("rules", "options", "place")  # what the rules of the day and the tree say: a page does not look it up
GROUPS = {
    name: getattr(module, name)
    for module, names in (
        (values, "subject place case plan announced team review report verification proposal rules facts blank"),
        (act_values, "cell_vote upper_vote decision announcement notice appeal suspension extension handover options"),
    )
    for name in names.split()
}


def fill(kind, rows):
    """The papers of a kind: one, or one for each letter of notice; at least one, if only blank."""
    if kind.each == "notice":
        return [_Filling(kind, rows, {"notice": found}).done() for found in act_values.notices(rows) or [None]]
    return [_Filling(kind, rows, {}).done()]


def missing(kind, rows):
    """Everything that the papers of a kind lack, each thing once; what may be empty is not looked up."""
    return all_missing([_Needed(kind, rows, {}).done()])


class _Filling(Filling):
    """One paper in the making."""

    days = ("signed_on", "decided_on", "announced_on", "sent_on", "on", "held_on")

    def read(self, name):
        return GROUPS[name](self.rows)

    def source(self, name):
        return sources()[name]

    def holds(self, condition):
        return CONDITIONS[condition](self.rows)

    def text(self, line):
        return super().text(line).replace("..", ".")  # what was typed may end in a full stop of its own

    def signature(self, line):
        """Empty where no name is known, and nothing that a paper lacks."""
        return PLACE.sub(lambda found: self.value(found[1], found[2], True) or "", line)


class _Needed(_Filling):
    """A paper read for what it lacks alone."""

    def value(self, group, name, may_lack):
        return "" if may_lack or group in OF_THE_DAY else super().value(group, name, may_lack)

    def keep_date(self):
        """What was signed is not asked for."""
