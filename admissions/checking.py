"""The check of one candidate on one day: what stands on file held against the rule sets of that day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from admissions.dossier_rows import Dossier, read_dossier
from admissions.facts import applicant_from, settled_by
from admissions.rulebook import AdmissionBook
from admissions.rules import check as rules
from admissions.rules.conditions import ConditionRules
from admissions.rules.findings import Finding


@dataclass(frozen=True)
class Check:
    """Every row with what resolves it; `settled` are keys of signed findings, `sets` the rule set of each topic."""

    on: date
    findings: tuple[Finding, ...]
    settled: frozenset[str]
    sets: Mapping[str, str]
    conditions: ConditionRules
    dossier: Dossier

    def of(self, key):
        """The row of a condition."""
        return next(each for each in self.findings if each.key == key)

    def blocking(self, step):
        """What stands in the way of the start, the vote or the decision (`START`, `VOTE`, `DECIDE` of the rules)."""
        return rules.blocking(self.findings, step, self.settled)

    def holds(self, key):
        """Whether a condition is met, or resolved by a signed finding where it may be."""
        return self.of(key).status == "pass" or not rules.blocking([self.of(key)], rules.VOTE, self.settled)

    @property
    def limbs(self):
        """The four limbs of Charter 1.2."""
        return rules.limbs(self.conditions, self.findings)

    @property
    def lines(self):
        """Standards, ability, political history."""
        return rules.lines(self.conditions, self.findings)

    def as_json(self):
        """The check as a step keeps it; `kept_findings` reads it again."""
        return [_as_json(each) | {"settled": each.key in self.settled} for each in self.findings]


def check_candidate(candidate, on, *, decided_on=None, book=None):
    """The check for a cell meeting on `on`, by the rules of that day; consents are held against `decided_on`.

    In the gap of 2026 the next set is asked as well, and where the two differ a person decides.
    """
    book = book or AdmissionBook()
    today = book.on(candidate.organisation, on)
    coming = book.coming(candidate.organisation, on)
    dossier = read_dossier(candidate, on, decided_on)
    applicant = applicant_from(dossier, decided_on)
    found = rules.check(today.admission, applicant, on, coming=coming)
    return Check(on, found, settled_by(dossier), today.sets, today.admission.conditions, dossier)


def kept_findings(rows):
    """The findings of a step as they were kept."""
    return tuple(_from_json(row) for row in rows)


def _as_json(finding):
    changes = finding.changes_on
    return asdict(finding) | {"changes_on": changes.isoformat() if changes else None, "items": list(finding.items)}


def _from_json(row):
    known = {name: row[name] for name in Finding.__dataclass_fields__ if name in row}
    changes = known.get("changes_on")
    return Finding(**known | {"changes_on": date.fromisoformat(changes) if changes else None,
                              "items": tuple(known.get("items", ()))})  # fmt: skip
