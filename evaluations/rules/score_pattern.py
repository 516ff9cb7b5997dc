"""What each appendix of 366-QĐ/TW says about its criteria: for whom, on which form, which groups – to start a frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from config.lib.rulesets import RuleValue
from evaluations.rules.score_frame import ROOTS

PLACES = tuple(f"pl{number}" for number in range(1, 6))


@dataclass(frozen=True)
class Group:
    """A group of criteria below a root, in short words of ours; `maximum` is how one place has split the points."""

    name: str
    items: str = ""
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Pattern:
    """One appendix; `citation` and `maxima_citation` say how certain the groups and the split of points are.

    `form` is the form of the written review that goes with it; `by_hand`: nothing on record tells whose it is.
    """

    appendix: str
    owner: str
    form: str
    form_citation: str
    by_hand: bool
    groups: Mapping[str, tuple[Group, ...]]
    notes: Mapping[str, str]
    citation: str
    maxima_citation: str

    @property
    def has_maxima(self) -> bool:
        """Whether a split of points of one place is known."""
        return any(group.maximum is not None for groups in self.groups.values() for group in groups)


def patterns_of(keys: Mapping[str, RuleValue]) -> dict[str, Pattern]:
    """The appendices of a rule set of topic score_pattern, by code."""
    return {appendix: _pattern(appendix, keys) for appendix in PLACES if f"{appendix}_for" in keys}


def _pattern(appendix: str, keys: Mapping[str, RuleValue]) -> Pattern:
    return Pattern(
        appendix=appendix,
        owner=_value(keys, f"{appendix}_for"),
        form=_value(keys, f"{appendix}_form"),
        form_citation=_citation(keys, f"{appendix}_form"),
        by_hand=appendix in (_value(keys, "chosen_by_hand") or ()),
        groups={root: tuple(_groups(f"{appendix}_{root}", keys)) for root in ROOTS},
        notes={root: _value(keys, f"{appendix}_{root}_note") or "" for root in ROOTS},
        citation=_citation(keys, f"{appendix}_general"),
        maxima_citation=_citation(keys, f"{appendix}_general_maxima"),
    )


def appendix_for(patterns: Mapping[str, Pattern], form: str) -> str:
    """The appendix that goes with a form, before any that a person must choose by hand; empty where none is known."""
    found = [pattern for pattern in patterns.values() if form and pattern.form == form]
    found.sort(key=lambda pattern: pattern.by_hand)
    return found[0].appendix if found else ""


def _value(keys: Mapping[str, RuleValue], name: str) -> Any:
    return keys[name].value if name in keys else None


def _citation(keys: Mapping[str, RuleValue], name: str) -> str:
    return keys[name].citation if name in keys else ""


def _groups(prefix: str, keys: Mapping[str, RuleValue]) -> Iterable[Group]:
    names = _value(keys, prefix) or ()
    items = _value(keys, f"{prefix}_items") or ()
    maxima = _value(keys, f"{prefix}_maxima") or ()
    for place, name in enumerate(names):
        yield Group(
            name,
            items[place] if place < len(items) else "",
            Decimal(maxima[place]) if place < len(maxima) else None,
        )
