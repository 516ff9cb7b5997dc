"""Who may decide, propose or verify which form (topic `discipline_authority`): explained and advised, never blocked."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.lib.rulesets import RuleValue
from discipline.rules.forms import HEAVY_FIRST, WORDS
from discipline.rules.votes import DECIDE, PROPOSE

VERIFY, IF_ADMITS, NOTHING = "verify", "decide_if_admits", ""
OWN, ASSIGNED, ANY = "own", "assigned", "any"
MEMBER, LOWER_COMMITTEE, OWN_COMMITTEE, MANAGED = "member", "lower_committee", "own_committee", "managed"
ACTS = {DECIDE: "quyết định", PROPOSE: "đề nghị cấp trên", VERIFY: "thẩm tra", NOTHING: "không có thẩm quyền"}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Against whom and about what: the subject as the body sees him, the scope of the violation for a cell.

    `body_admits`: the base committee is authorised to decide admissions, and with it expulsion (Charter 36).
    """

    form: str
    subject: str = MEMBER
    scope: str = ANY
    body_admits: bool = False


@dataclass(frozen=True, kw_only=True)
class Competence:
    """What a body may do with one form, why, and by which article."""

    act: str
    reason: str
    article: str


def competence(keys: Mapping[str, RuleValue], body: str, matter: Matter) -> Competence:
    """The first row of the body that fits subject, scope and form, "member" being anybody; else no competence."""
    rule = keys.get(body)
    if rule is None or rule.value is None:
        return Competence(act=NOTHING, reason="Bộ quy tắc không có thẩm quyền của cấp này.", article="")
    for row in rule.value:
        act = _act(row.split(":"), matter)
        if act is not None:
            return Competence(act=act, reason=_words(matter, act), article=rule.citation)
    return Competence(act=NOTHING, reason=_words(matter, NOTHING), article=rule.citation)


def _act(row: list[str], matter: Matter) -> str | None:
    """What a row says about the matter; None when it speaks of something else."""
    subject, scope, heaviest, act = row
    fits = subject in (matter.subject, MEMBER) and scope in (matter.scope, ANY)
    if not fits or HEAVY_FIRST.index(matter.form) < HEAVY_FIRST.index(heaviest):
        return None
    if act == IF_ADMITS:
        return DECIDE if matter.body_admits else PROPOSE
    return act


def _words(matter: Matter, act: str) -> str:
    scope = {OWN: "nhiệm vụ do chi bộ giao, phẩm chất, lối sống", ASSIGNED: "nhiệm vụ do cấp trên giao", ANY: ""}
    about = f" về {scope[matter.scope]}" if scope[matter.scope] else ""
    return f"{WORDS[matter.form].capitalize()}{about}: {ACTS[act]}."
