"""What is known of a candidate in the columns, answers and rows of a member's record."""

from admissions.enums import Kinship, PaperKind, Purpose, Schooling
from config.lib.vietnamese import fold
from members.actions.dossier import PaperEntry
from members.actions.record import MemberEntry
from members.enums import UNKNOWN, GeneralEducation, Topic, YesNo
from members.sheet_enums import IntroducerKind

SCHOOLING = {
    Schooling.LITERATE: GeneralEducation.LITERATE,
    Schooling.PRIMARY: GeneralEducation.PRIMARY,
    Schooling.SECONDARY: GeneralEducation.LOWER_SECONDARY,
    Schooling.DIPLOMA: GeneralEducation.LOWER_SECONDARY,
    Schooling.UPPER: GeneralEducation.UPPER_SECONDARY,
}
RELATIONS = {
    Kinship.SPOUSE: "spouse",
    Kinship.SPOUSE_CARER: "other",
    Kinship.SIBLING: "sibling",
}
# Types of papers of a member's file (1361-CV/BTCTW), by what admission calls them.
CERTIFICATE, CELL_RESOLUTION, APPRAISAL, BASE_RESOLUTION, DECISION, DECISION_AGAIN = 38, 43, 44, 45, 5, 6
NEW_MEMBER_CLASS, REC_CELL, REC_APPRAISAL, REC_BASE, REC_DECISION = 46, 50, 51, 52, 7
OF_ADMISSION = {
    PaperKind.CV: 1,
    PaperKind.APPLICATION: 37,
    PaperKind.INTRODUCTION: 39,
    PaperKind.UNION_RESOLUTION: 40,
    PaperKind.OPINIONS_SUMMARY: 42,
}
OF_RECOGNITION = {PaperKind.SELF_REVIEW: 47, PaperKind.HELPER_REMARK: 48, PaperKind.RECOGNITION_SUMMARY: 49}
TRADE_UNION = "trade_union"
OF_TRADE_UNION = 41
RESOLUTIONS = {
    Purpose.ADMISSION: {"cell": CELL_RESOLUTION, "committee": BASE_RESOLUTION},
    Purpose.RECOGNITION: {"cell": REC_CELL, "committee": REC_BASE},
}


def member_entry(candidate, profile, decision, held_on):
    """The record of the new member as the dossier has it (1-HSĐV); dates of decision and ceremony apart."""
    columns = {name: getattr(candidate, name) for name in ("full_name", "alias", "sex", "born_on", "born_precision")}
    columns |= {name: getattr(profile, name) for name in ("ethnic", "birth_place", "home_place", "residence")}
    columns |= {"personal_id": candidate.personal_id, "decided_on": decision.signed_on, "admitted_on": held_on}
    return MemberEntry(columns, answers_of(profile), words_of(decision))


def words_of(decision):
    """The decision as a row of the record names it."""
    return f"QĐ {decision.number} ngày {decision.signed_on:%d/%m/%Y}, {decision.organisation}"[:100]


def answers_of(profile):
    """(value, words) by topic; what is not known is an answer too, except where nothing was asked."""
    schooling = SCHOOLING.get(profile.schooling, UNKNOWN)
    return {
        Topic.OCCUPATION: (profile.occupation or UNKNOWN, profile.occupation_text),
        Topic.GENERAL_EDUCATION: (schooling, profile.schooling_text),
        Topic.DEGREE: (profile.degree or UNKNOWN, profile.degree_text),
        Topic.ACADEMIC_TITLE: (profile.academic_title or UNKNOWN, ""),
        Topic.THEORY: (profile.theory or UNKNOWN, ""),
        Topic.RELIGION: (profile.religion or UNKNOWN, ""),
        Topic.YOUTH_UNION: (_yes_no(profile.union_member), ""),
        Topic.ENTERPRISE_OWNER: (profile.private_owner or UNKNOWN, ""),
        Topic.FOREIGN_MARRIAGE: (_yes_no(profile.foreign_spouse), ""),
    }


def introducer_rows(introducers, papers):
    """Rows of item 12: the introducers who stand, the union that resolved."""
    kinds = (IntroducerKind.FIRST, IntroducerKind.SECOND)
    rows = [
        {"kind": kind, "full_name": str(each.member)[:100], "post": "", "unit": each.together_where}
        for kind, each in zip(kinds, introducers, strict=False)
    ]
    resolution = next((paper for paper in papers if paper.kind == PaperKind.UNION_RESOLUTION), None)
    if resolution:
        is_trade = resolution.topic == TRADE_UNION
        kind = IntroducerKind.TRADE_UNION if is_trade else IntroducerKind.YOUTH_UNION
        rows.append({"kind": kind, "full_name": (resolution.given_by or kind.label)[:100], "post": "", "unit": ""})
    return rows


def family_row(relative):
    """One person of the circle as a row of item 29."""
    died = f"đã mất năm {relative.died_year}" if relative.died_year else ""
    return {
        "relation": _relation(relative),
        "full_name": relative.full_name,
        "birth_year": relative.birth_year,
        "home_place": relative.home_place,
        "residence": relative.residence,
        "occupation": relative.occupation,
        "unit": died,
    }


def paper_entry(number, on, issuer=""):
    """One paper as the index of the file has it."""
    return PaperEntry(number=number[:100], issued_on=on, issuer=str(issuer)[:200])


def papers_for_file(papers, votes, kinds, purpose):
    """(type, entry) of papers and resolutions that go into the file of the member."""
    found = [
        (_paper_type(paper, kinds), paper_entry(paper.number, paper.dated_on, paper.given_by))
        for paper in papers
        if paper.kind in kinds
    ]
    last = {vote.voting_as: vote for vote in votes if vote.purpose == purpose}
    types = RESOLUTIONS[purpose]
    return found + [
        (types[name], paper_entry(vote.number, vote.held_on, vote.organisation))
        for name, vote in last.items()
        if name in types
    ]


def _paper_type(paper, kinds):
    is_trade = paper.kind == PaperKind.UNION_RESOLUTION and paper.topic == TRADE_UNION
    return OF_TRADE_UNION if is_trade else kinds[paper.kind]


def _relation(relative):
    said = fold(relative.relation)
    if relative.kinship in RELATIONS:
        return RELATIONS[relative.kinship]
    if relative.kinship == Kinship.CHILD:
        return "adopted_child" if "nuoi" in said else "child"
    if "nuoi" in said and relative.kinship == Kinship.PARENT:
        return "carer"
    kind = "mother" if {"me", "ma"} & set(said.split()) else "father" if {"cha", "bo", "ba"} & set(said.split()) else ""
    if not kind:
        return "other"
    return kind if relative.kinship == Kinship.PARENT else f"{kind}_in_law"


def _yes_no(value):
    if value is None:
        return YesNo.UNKNOWN
    return YesNo.YES if value else YesNo.NO
