"""The rules of the quality desk, from their catalogue."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from config.lib.rulevalues import READ_IN_TEXT
from members.quality_enums import RuleOwner, Severity

_FILE = Path(__file__).parent.parent / "catalogues" / "quality_rules.toml"
LOOKS = {Severity.ERROR: "error", Severity.WARNING: "warn", Severity.NOTICE: "neutral"}


@dataclass(frozen=True)
class QualityRule:
    """One rule: its words, how grave, who mends it within how many days, and how it is mended without a paper."""

    code: str
    words: str
    remedy: str
    severity: Severity
    owner: RuleOwner
    days: int
    mark: str
    source: str
    fix: str = ""

    @property
    def look(self) -> str:
        return LOOKS[self.severity]

    @property
    def word(self) -> str:
        return self.severity.label

    @property
    def owner_words(self) -> str:
        return self.owner.label

    @property
    def is_default(self) -> bool:
        """Whether no text confirms the rule: the page says so."""
        return self.mark != READ_IN_TEXT

    def due_on(self, found_on: date) -> date:
        """The day by which what was found on a day should be mended."""
        return found_on + timedelta(days=self.days)


@cache
def quality_rules() -> dict[str, QualityRule]:
    """The rules by code, in the order of the page."""
    with _FILE.open("rb") as file:
        entries = tomllib.load(file)["rules"]
    return {entry["code"]: _rule(entry) for entry in entries}


def rule_of(code: str) -> QualityRule:
    """The rule of that code; one that the catalogue has no more keeps its findings readable."""
    gone = QualityRule(code, "Quy tắc không còn dùng", "", Severity.NOTICE, RuleOwner.CELL, 0, "△", "")
    return quality_rules().get(code, gone)


def _rule(entry):
    typed = {"severity": Severity(entry["severity"]), "owner": RuleOwner(entry["owner"])}
    return QualityRule(**{**entry, **typed})
