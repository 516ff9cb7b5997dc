"""A form filled in from the rows of a candidate: its blocks, and everything that it lacks, by name."""

from admissions.enums import VerificationMethod
from admissions.printed import act_values, cv_values, values
from admissions.printed.catalogue import sources
from admissions.printed.rows import CONDITIONS
from config.lib.paper_lines import Block, Filling, all_missing

GROUPS = {
    name: getattr(module, name)
    for module, names in (
        (values, "person place sympathiser certificate new_class first_party introducers union mass residence review "
                 "rec_opinions opinions consent"),
        (act_values, "cell base decider appraisal submission decision refusal ceremony probation rec_cell rec_base "
                     "rec_appraisal rec_decision rem_cell rem_base rem_decision"),
        (cv_values, "cv"),
    )
    for name in names.split()
}  # fmt: skip
SUBJECTS = {
    "introducer": act_values.introducer,
    "helper": act_values.helper,
    "move": act_values.move,
    "letter": {
        "confirm": act_values.letters(VerificationMethod.CONFIRM),
        "visit": act_values.letters(VerificationMethod.VISIT),
    },
}


def fill(form, rows):
    """The papers of a form: one, or one for each introducer, helper, place or move; at least one, if only blank."""
    if not form.each:
        return [_Filling(form, rows, {}).done()]
    subjects = list(_subjects(form)(rows)) or [None]
    return [_Filling(form, rows, {form.each: subject}).done() for subject in subjects]


def missing(form, rows):
    """Everything that the papers of a form lack, each thing once."""
    return all_missing(fill(form, rows))


def _subjects(form):
    found = SUBJECTS[form.each]
    return found[form.needs] if isinstance(found, dict) else found


class _Filling(Filling):
    """One form in the making."""

    days = ("held_on", "signed_on", "on", "dated")

    def read(self, name):
        return GROUPS[name](self.rows) if name in GROUPS else next(iter(SUBJECTS[name](self.rows)), None)

    def source(self, name):
        return sources()[name]

    def holds(self, condition):
        if condition in CONDITIONS:
            return CONDITIONS[condition](self.rows)
        if condition.startswith("has_"):
            return self.group(condition.removeprefix("has_")) is not None
        group, _, wanted = condition.rpartition("_")
        vote = self.rows.vote(*VOTES[group])
        return vote is not None and vote.carried == (wanted == "carried")

    def listed(self, kind, name):
        """A list, or the place where somebody signs amid the text."""
        if name.startswith("sign."):
            return [Block("sign", SIGNS[name.removeprefix("sign.")])]
        return super().listed(kind, name)


SIGNS = {"applicant": "NGƯỜI KHAI", "cell": "T/M CHI BỘ", "base": "T/M ĐẢNG ỦY"}
VOTES = {
    "cell": ("admission", "cell"),
    "base": ("admission", "base"),
    "rec_cell": ("recognition", "cell"),
    "rec_base": ("recognition", "base"),
    "rem_cell": ("removal", "cell"),
}
