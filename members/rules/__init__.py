"""Rules shared by the apps above: the names of levels, and who is counted when a cell votes. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from config.lib.rulesets import Rules, RuleValue
from config.lib.vietnamese import fold

# --- levels (topic `scale`) ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Level:
    """One level of a scale, rank 1 the highest; aliases are spellings for reading papers, never for printing."""

    rank: int
    code: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """The levels of one period, best first; levels of two scales are never translated into each other."""

    code: str
    levels: tuple[Level, ...]
    not_rated_aliases: tuple[str, ...] = ()
    exemplary_name: str = ""

    def level(self, code: str) -> Level:
        """The level of that code; KeyError if the scale has none."""
        return {level.code: level for level in self.levels}[code]

    def level_named(self, text: str) -> Level | None:
        """The level written as code, name, short name or alias; capitals, accents and spacing do not matter."""
        return self._spellings().get(fold(text))

    def says_not_rated(self, text: str) -> bool:
        """Whether the text says that there is no level ("Không xếp loại"): a state, never a fifth level."""
        return fold(text) in {fold(alias) for alias in self.not_rated_aliases}

    def _spellings(self) -> dict[str, Level]:
        return {
            fold(spelling): level
            for level in self.levels
            for spelling in (level.code, level.name, level.short, *level.aliases)
        }


def scale_from(code: str, keys: Mapping[str, RuleValue]) -> Scale:
    """The scale of one rule set of topic `scale`."""
    levels = tuple(
        Level(
            rank=rank,
            code=level,
            name=keys[f"{level.lower()}_name"].value,
            short=keys[f"{level.lower()}_short"].value,
            aliases=keys[f"{level.lower()}_aliases"].value,
        )
        for rank, level in enumerate(keys["levels"].value, start=1)
    )
    exemplary = keys.get("exemplary_name")
    return Scale(code, levels, keys["not_rated_aliases"].value, exemplary.value if exemplary else "")


# --- the voting base (topic `vote_base`) -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class VoteBaseRules(Rules):
    base_excludes: tuple[str, ...] | None = None
    exempt_present_counts: bool | None = None
    temporary_present_counts: bool | None = None
    probationary_votes: bool | None = None
    cell_share: Fraction | None = None
    base_share: Fraction | None = None
    standing_board_share_over: Fraction | None = None
    delegated_committee_share: Fraction | None = None
    vote_methods: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Voter:
    """A member of the cell on the day of the vote; `key` is whatever the caller knows the member by."""

    key: str
    official: bool
    present: bool = True
    temporary_elsewhere: bool = False
    exempt: bool = False
    suspended: bool = False
    prosecuted: bool = False


@dataclass(frozen=True)
class Exclusion:
    key: str
    reason: str
    explanation: str


@dataclass(frozen=True)
class VoteBase:
    """Members by count, those who leave the base by name and reason, and how many of those present may vote."""

    members: int
    official: int
    base: int
    present: int
    exclusions: tuple[Exclusion, ...]
    article: str


EXCLUSIONS = {
    "temporary": "đang sinh hoạt tạm thời nơi khác",
    "exempt_absent": "được miễn công tác và sinh hoạt đảng, vắng mặt",
    "suspended": "bị đình chỉ sinh hoạt đảng",
    "prosecuted": "bị khởi tố, truy tố hoặc tạm giam",
}


def vote_base(rules: VoteBaseRules, voters: Iterable[Voter]) -> VoteBase:
    """Official members, present or not, less the exclusions of the rule set, each named (294-QĐ/TW, điểm 9.3.2)."""
    everyone = tuple(voters)
    official = [voter for voter in everyone if voter.official or rules.probationary_votes]
    excluded = {voter.key: reason for voter in official if (reason := _excluded_by(rules, voter))}
    counted = [voter for voter in official if voter.key not in excluded]
    article = rules.cite("base_excludes")
    return VoteBase(
        members=len(everyone),
        official=len(official),
        base=len(counted),
        present=sum(voter.present for voter in counted),
        exclusions=tuple(
            Exclusion(key, reason, f"Không tính vào số thành viên biểu quyết: {EXCLUSIONS[reason]} ({article}).")
            for key, reason in excluded.items()
        ),
        article=article,
    )


def _excluded_by(rules: VoteBaseRules, voter: Voter) -> str | None:
    """The first ground of the rule set that takes the voter out of the base, or None."""
    grounds = {
        "temporary": voter.temporary_elsewhere and not (voter.present and rules.temporary_present_counts),
        "exempt_absent": voter.exempt and not (voter.present and rules.exempt_present_counts),
        "suspended": voter.suspended,
        "prosecuted": voter.prosecuted,
    }
    return next((ground for ground in rules.base_excludes or () if grounds[ground]), None)


def votes_over(share: Fraction, base: int) -> int:
    """Fewest votes that are strictly more than the share of the base ("trên một nửa")."""
    return int(share * base) + 1


def votes_at_least(share: Fraction, base: int) -> int:
    """Fewest votes that reach the share of the base ("ít nhất hai phần ba")."""
    return ceil(share * base)
