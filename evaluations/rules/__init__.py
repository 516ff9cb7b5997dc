"""The rules of the yearly rating: pure functions over typed rule sets."""

from evaluations.rules.ballots import (
    BallotCounts,
    BallotProblem,
    Proposal,
    VoteRow,
    ballot_problems,
    proposed_level,
    votes_needed,
)
from evaluations.rules.cap import CapResult, CapRules, cap_limit, largest_xs, organisation_cap
from evaluations.rules.chain import NoChain, Station, chain_for
from evaluations.rules.conditions import ConditionRules
from evaluations.rules.discipline_effect import Act, DisciplineFlag, DisciplineRules, SanctionFacts, discipline_flag
from evaluations.rules.doors import (
    DoorFlag,
    LeaderFigures,
    degree_flags,
    door_name,
    doors_of,
    leader_flags,
    staff_flags,
    targets_under,
)
from evaluations.rules.eligibility import (
    Eligibility,
    EligibilityRules,
    MemberFacts,
    eligibility,
    sick_ceiling,
    sick_notes,
)
from evaluations.rules.facts_asked import facts_asked
from evaluations.rules.figures import agrees, number_text, percent_text, share, shares
from evaluations.rules.levels import DEGREES, HTNV, HTTNV, HTXSNV, KHTNV
from evaluations.rules.organisation_chain import Body, OrganisationStations, organisation_stations
from evaluations.rules.organisations import (
    LevelCounts,
    OrganisationFacts,
    OrganisationRules,
    organisation_door_name,
    suggest_organisation_level,
)
from evaluations.rules.procedure import Deadlines, ProcedureRules, deadlines
from evaluations.rules.review_forms import (
    Layout,
    ProposedGroup,
    ReviewFormRules,
    empty_sections,
    layout_of,
    proposed_group,
    roman,
)
from evaluations.rules.runs import Run, RunRule, YearResult, assistance_rule, commendation_rule, run_of
from evaluations.rules.score_bands import Bands, Note, Suggestion, Work, level_by_score
from evaluations.rules.suggestion import SuggestionFacts, suggest_level
from evaluations.rules.topics import TOPICS, RegulationRules, SeasonRules, part_problem, score_problem, season_rules

__all__ = [
    "DEGREES",
    "HTNV",
    "HTTNV",
    "HTXSNV",
    "KHTNV",
    "TOPICS",
    "Act",
    "BallotCounts",
    "BallotProblem",
    "Bands",
    "Body",
    "CapResult",
    "CapRules",
    "ConditionRules",
    "Deadlines",
    "DisciplineFlag",
    "DisciplineRules",
    "DoorFlag",
    "Eligibility",
    "EligibilityRules",
    "Layout",
    "LeaderFigures",
    "LevelCounts",
    "MemberFacts",
    "NoChain",
    "Note",
    "OrganisationFacts",
    "OrganisationRules",
    "OrganisationStations",
    "ProcedureRules",
    "Proposal",
    "ProposedGroup",
    "RegulationRules",
    "ReviewFormRules",
    "Run",
    "RunRule",
    "SanctionFacts",
    "SeasonRules",
    "Station",
    "Suggestion",
    "SuggestionFacts",
    "VoteRow",
    "Work",
    "YearResult",
    "agrees",
    "assistance_rule",
    "ballot_problems",
    "cap_limit",
    "chain_for",
    "commendation_rule",
    "deadlines",
    "degree_flags",
    "discipline_flag",
    "door_name",
    "doors_of",
    "eligibility",
    "empty_sections",
    "facts_asked",
    "largest_xs",
    "layout_of",
    "leader_flags",
    "level_by_score",
    "number_text",
    "organisation_cap",
    "organisation_door_name",
    "organisation_stations",
    "part_problem",
    "percent_text",
    "proposed_group",
    "proposed_level",
    "roman",
    "run_of",
    "score_problem",
    "season_rules",
    "share",
    "shares",
    "sick_ceiling",
    "sick_notes",
    "staff_flags",
    "suggest_level",
    "suggest_organisation_level",
    "targets_under",
    "votes_needed",
]
