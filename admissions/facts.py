"""From what stands on file to what the rules of admission look at."""

from datetime import date

from admissions.dossier_rows import REDONE, read_dossier
from admissions.enums import PaperKind, VerificationMethod, VerificationTopic
from admissions.rules.age import OverAge
from admissions.rules.check import Applicant
from admissions.rules.circumstances import Place, Religion
from admissions.rules.conditions import Renewal
from admissions.rules.findings import Approval
from admissions.rules.introducers import Introducer, Unions
from admissions.rules.papers import Curriculum, Opinions, Political
from admissions.rules.readmission import Former
from admissions.rules.schooling import Schooling
from admissions.rules.verification import APPLICANT, DONE, OPEN, Relative
from config.lib.periods import Precision
from members.enums import YesNo
from members.rules.readmission import LESS_SERIOUS

BEYOND_POWER = "beyond_power"  # topic of a conclusion on an issue beyond the power of the committee (06-HD/TW, 3.7c)
# Mass organisations that are asked when the person belongs to them, by the topic of their paper.
MASS_ORGANISATIONS = {"youth_union": "ý kiến Đoàn TNCS Hồ Chí Minh", "trade_union": "ý kiến Công đoàn"}
OWNS = {YesNo.YES: True, YesNo.NO: False}


def applicant_of(candidate, on, decided_on=None):
    """What is on file for the check of a cell meeting on `on`; consents are held against `decided_on`."""
    return applicant_from(read_dossier(candidate, on, decided_on), decided_on)


def applicant_from(dossier, decided_on=None):
    """The same from a dossier that is read already."""
    profile, candidate = dossier.profile, dossier.candidate
    consents = _consents(dossier, decided_on)
    return Applicant(
        nationality=profile.nationality,
        foreign_origin=profile.foreign_origin,
        born=candidate.born_on if candidate.born_precision == Precision.DAY else None,
        over_age=OverAge(fit=profile.health_confirmed, needed=profile.special_need, approval=consents("age_max")),
        schooling=_schooling(profile, consents("education")),
        certificate_on=dossier.certificate_on,
        introducers=tuple(_introducer(each) for each in dossier.introducers),
        unions=_unions(dossier),
        curriculum=_curriculum(dossier),
        verifier=profile.verifier or ("" if profile.verifier_name else None),
        relatives=tuple(_relatives(dossier)),
        spared=tuple(paper.topic for paper in dossier.of_kind(PaperKind.RELATIVE_CONFIRMED) if _agrees(paper)),
        political=_political(dossier, consents("political_standard")),
        opinions=_opinions(dossier),
        cell_official=dossier.cell_official,
        religion=_religion(profile, consents("religion")),
        foreign_spouse=profile.foreign_spouse,
        business_owner=OWNS.get(profile.private_owner),
        births=tuple(date.fromisoformat(each) for each in profile.births),
        former=_former(dossier, consents("readmission")) if candidate.is_readmission else None,
        place=_place(profile),
        checked=frozenset(paper.text for paper in dossier.of_kind(PaperKind.CHECKED) if _agrees(paper)),
    )


def settled_by(dossier):
    """Keys of conditions that a signed finding resolves; the conclusion on the political standard is such a paper."""
    findings = {paper.topic for paper in dossier.of_kind(PaperKind.FINDING) if _agrees(paper)}
    political = dossier.latest(PaperKind.POLITICAL)
    return frozenset(findings | ({"political_standard"} if political and _agrees(political) else set()))


def _agrees(paper):
    return paper.favourable is not False


def _consents(dossier, decided_on):
    """By topic the first written consent and the decision that it must precede."""
    found = {}
    for paper in dossier.of_kind(PaperKind.CONSENT):
        if _agrees(paper):
            found.setdefault(paper.topic, paper.dated_on)
    return lambda topic: Approval(found.get(topic), decided_on)


def _schooling(profile, approval):
    return Schooling(
        level=profile.schooling,
        special_area=profile.special_area,
        sea_fisherman=profile.sea_fisherman,
        respected=profile.respected,
        approval=approval,
    )


def _introducer(row):
    return Introducer(
        name=str(row.member),
        official_on=None if row.is_gone else row.member.official_on,
        together_since=row.together_since,
        replacement=row.is_replacement,
        ended_on=row.ended_on,
    )


def _unions(dossier):
    profile, resolution = dossier.profile, dossier.latest(PaperKind.UNION_RESOLUTION)
    return Unions(
        youth_body=profile.union_body or None,
        youth_member=profile.union_member,
        youth_cadre=profile.union_cadre,
        trade_body=profile.trade_body,
        trade_member=profile.trade_member,
        resolution_on=resolution.dated_on if resolution and _agrees(resolution) else None,
    )


def _curriculum(dossier):
    def dated(kind):
        paper = dossier.latest(kind)
        return paper.dated_on if paper else None

    certificate = dossier.latest(PaperKind.BASE_CERTIFICATE)
    letters = [row.sent_on for row in dossier.verified if row.sent_on]
    steps = {
        "declared": dated(PaperKind.CV),
        "sealed": dated(PaperKind.CV_SEAL),
        "verified": certificate or _is_verified(dossier),
        "concluded": dated(PaperKind.CELL_REMARK),
        "certified": certificate,
    }
    return Curriculum(
        applied_on=dated(PaperKind.APPLICATION),
        written_on=dated(PaperKind.CV),
        steps=frozenset(step for step, done in steps.items() if done),
        unfit=certificate is not None and not _agrees(certificate),
        sealed_on=dated(PaperKind.CV_SEAL),
        first_letter_on=min(letters, default=None),
        renewal=_renewal(dossier),
    )


def _renewal(dossier):
    """What was made anew since `redo_dossier`; of what there never was a paper, none is asked."""
    if dossier.redone_since is None:
        return None
    since = {paper.kind for paper in dossier.papers if paper.dated_on >= dossier.redone_since}
    redone = {name for name, kinds in REDONE.items() if since.intersection(kinds)}
    if PaperKind.UNION_RESOLUTION not in dossier.left_behind:
        redone.add("union_resolution")
    return Renewal(dossier.redone_since, frozenset(redone))


def _is_verified(dossier):
    """Whether no item is open; there is at least the candidate's own."""
    rows = [row for row in dossier.verified if row.topic]
    return any(row.kinship == APPLICANT for row in rows) and all(_result(row, dossier.on) != OPEN for row in rows)


def _relatives(dossier):
    """Persons of the circle with both items; two of one name and kinship are one where nothing else is known."""
    people = {}
    for row in dossier.verified:
        items = people.setdefault((row.kinship, row.name), {})
        items[row.topic] = _worse(items.get(row.topic), _result(row, dossier.on))
    for (kinship, name), items in people.items():
        history = items.get(VerificationTopic.HISTORY, OPEN)
        yield Relative(name=name, kinship=kinship, history=history, present=items.get(VerificationTopic.PRESENT, OPEN))


def _worse(one, other):
    order = {OPEN: 0, "adverse": 1, DONE: 2, None: 3}
    return min(one, other, key=order.__getitem__)


def _result(row, on):
    """What verification answered by that day; who is exempt for a reason is verified."""
    if row.result == OPEN and row.method == VerificationMethod.EXEMPT:
        return DONE
    return OPEN if row.answered_on and row.answered_on > on else row.result or OPEN


def _political(dossier, approval):
    paper = dossier.latest(PaperKind.POLITICAL)
    return Political(
        concluded_on=paper.dated_on if paper else None,
        beyond_power=bool(paper and paper.topic == BEYOND_POWER),
        approval=approval,
    )


def _opinions(dossier):
    profile, exemption = dossier.profile, dossier.latest(PaperKind.EXEMPTION)
    belongs = {"youth_union": profile.union_member, "trade_union": profile.trade_member}
    given = {MASS_ORGANISATIONS.get(each.topic, each.given_by) for each in dossier.of_kind(PaperKind.MASS_OPINION)}
    papers = dossier.of_kind(PaperKind.RESIDENCE_OPINION, PaperKind.OPINIONS_SUMMARY)
    return Opinions(
        asked=tuple(words for name, words in MASS_ORGANISATIONS.items() if belongs[name]),
        given=frozenset(given | {str(each.kind) for each in papers}),
        exempt_by=" ".join(filter(None, (exemption.number, exemption.given_by))) or "văn bản" if exemption else "",
    )


def _religion(profile, approval):
    return Religion(kind=profile.religion_standing, dignitary=profile.religious_office, approval=approval)


def _former(dossier, approval):
    """How the person left: every ground counts, and a conviction cleared from the record is a ground."""
    profile, last = dossier.profile, next(iter(dossier.endings), None)
    grounds = [ground for ending in dossier.endings for ground in ending.grounds]
    applied = dossier.latest(PaperKind.APPLICATION)
    return Former(
        grounds=tuple(dict.fromkeys([*grounds, *([LESS_SERIOUS] if profile.cleared_record_on else [])])),
        left_on=(last.decided_on or last.ended_on) if last else None,
        applied_on=applied.dated_on if applied else dossier.on,
        times_readmitted=(last.times_readmitted or 0) if last else 0,
        cleared_on=profile.cleared_record_on,
        approval=approval,
    )


def _place(profile):
    if not profile.situation or profile.considered_at_host is None:
        return None
    considered_by = "host" if profile.considered_at_host else "residence"
    return Place(situation=profile.situation, months=profile.situation_months or 0, considered_by=considered_by)
