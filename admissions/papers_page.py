"""The papers of a dossier as a page says them: what is there, what is missing, who introduces."""

from dataclasses import dataclass, replace
from typing import Any

from admissions.condition_page import RESTRICTED, TITLES
from admissions.enums import PaperKind
from admissions.models import AdmissionPaper, Introducer
from admissions.paper_kinds import BY_STEP, CONSENTS, ENTERED, EXPECTED, MASS, OF_THE_BASE, SIDES

MISSING_WORDS = {
    PaperKind.APPLICATION: "Ghi ở bước “Nhận đơn và lý lịch”.",
    PaperKind.CV: "Ghi ở bước “Nhận đơn và lý lịch”.",
    PaperKind.CV_SEAL: "Ghi ở bước “Giáp lai lý lịch” của cấp ủy cơ sở.",
    PaperKind.BASE_CERTIFICATE: "Ghi ở bước “Chứng nhận lý lịch” của cấp ủy cơ sở.",
    PaperKind.INTRODUCTION: "Mỗi người giới thiệu một giấy.",
    PaperKind.UNION_RESOLUTION: "Chỉ cần khi Đoàn hoặc công đoàn giới thiệu.",
    PaperKind.MASS_OPINION: "Chỉ cần khi là thành viên của đoàn thể.",
}
NOT_OF_ALL = (PaperKind.UNION_RESOLUTION, PaperKind.MASS_OPINION)  # the conditions say when they are missing
TOPICS = {**TITLES, **dict(MASS), **dict(SIDES), **dict(CONSENTS)}


@dataclass(frozen=True)
class Line:
    """One paper with its counts in words; of a restricted one there is its day and number."""

    paper: Any
    topic: str
    counts: str = ""
    words: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Section:
    """A kind of paper: its lines, or that it is missing and where it comes from; `may_add` where it is written here."""

    kind: str
    title: str
    lines: tuple[Line, ...]
    missing: bool
    note: str
    may_add: bool
    may_void: bool = True


@dataclass(frozen=True)
class PapersPage:
    """The kinds in the order of the dossier, the introducers, voided papers."""

    sections: tuple[Section, ...]
    others: tuple[Section, ...]
    introducers: tuple[Any, ...]
    voided: tuple[Any, ...]

    @property
    def has_others(self):
        return any(section.lines for section in self.others)


def papers_page(candidate, *, is_base=True):
    """The page in two queries; what the base committee writes is open where it `is_base` that looks."""
    rows = AdmissionPaper.objects.filter(candidate=candidate).select_related("introducer__member", "voided_by")
    standing, voided = {}, []
    for row in rows.order_by("dated_on", "recorded_at", "id"):
        if row.voided_at is None:
            standing.setdefault(row.kind, []).append(row)
        else:
            voided.append(row)
    others = [kind for kind in PaperKind if kind not in EXPECTED and (kind in ENTERED or kind in standing)]
    again = {row.kind for row in voided} - set(standing)
    closed = () if is_base else OF_THE_BASE

    def sections(kinds, *, expected):
        for kind in kinds:
            found = _section(kind, standing.get(kind, []), expected=expected, again=kind in again)
            yield replace(found, may_add=False, may_void=False) if kind in closed else found

    introducers = Introducer.objects.standing().filter(candidate=candidate).select_related("member__home")
    return PapersPage(
        sections=tuple(sections(EXPECTED, expected=True)),
        others=tuple(sections(others, expected=False)),
        introducers=tuple(introducers),
        voided=tuple(voided),
    )


def _section(kind, rows, *, expected=True, again=False):
    may_add, missing = kind in ENTERED or (kind in BY_STEP and again), expected and not rows and kind not in NOT_OF_ALL
    return Section(kind.value, kind.label, tuple(map(_line, rows)), missing, MISSING_WORDS.get(kind, ""), may_add)


def is_restricted(row):
    """Whether the paper speaks of religion, family or verification."""
    return row.topic in RESTRICTED or row.kind == PaperKind.RELATIVE_CONFIRMED


def restricted_papers(candidate):
    """The lines of the papers that the page of papers does not open."""
    rows = AdmissionPaper.objects.standing().filter(candidate=candidate).select_related("introducer__member")
    return tuple(_open_line(row) for row in rows.order_by("dated_on", "recorded_at", "id") if is_restricted(row))


def _line(row):
    return Line(row, "", hidden=True) if is_restricted(row) else _open_line(row)


def _open_line(row):
    counts = ""
    if row.asked is not None:
        shares = [f"tán thành {row.agreed or 0}/{row.asked}"]
        shares += [f"({100 * (row.agreed or 0) / row.asked:.0f} %)"] if row.asked else []
        shares += [f"không tán thành {row.disagreed}"] if row.disagreed is not None else []
        counts = ", ".join([" ".join(shares[:2]), *shares[2:]])
    judged = {True: "Đồng ý, đủ điều kiện.", False: "Không đồng ý, không đủ điều kiện."}.get(row.favourable, "")
    return Line(row, TOPICS.get(row.topic, ""), counts, " ".join(filter(None, (judged, row.text))))


def may_write_again(candidate, kind):
    """Whether a paper that a step made was voided and is to be written anew: the step itself is not taken twice."""
    rows = AdmissionPaper.objects.filter(candidate=candidate, kind=kind)
    return rows.exists() and not rows.filter(voided_at__isnull=True).exists()
