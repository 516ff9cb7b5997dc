"""One file as its page shows it: the checklist by parts, what is missing and why, and the index in its order."""

from dataclasses import dataclass

from members.catalogues.dossier import PaperType, paper_types, parts
from members.dossier_enums import IN_THE_INDEX, PaperState, Regime
from members.filing import FileState, day_words
from members.models import DossierPaper, Scan
from members.rules.dossier import KEPT_ABOVE, KEPT_AT_BASE, Gap, Need, missing_by_priority, type_number
from members.scan_store import scan_name


@dataclass(frozen=True)
class Line:
    """One type on the checklist: its papers, what asks for it, how many are missing, whether one more can be ticked."""

    type: PaperType
    number: str
    papers: list[DossierPaper]
    need: Need | None
    missing: int

    @property
    def held(self):
        """How many are there."""
        return sum(paper.state in IN_THE_INDEX for paper in self.papers)

    @property
    def may_tick(self):
        return self.type.repeats or not self.held

    @property
    def is_waived(self):
        return any(paper.state == PaperState.NOT_NEEDED for paper in self.papers)

    @property
    def details(self):
        """(paper, its words): number, day and issuer of each."""
        return [(paper, paper_words(paper)) for paper in self.papers]


@dataclass(frozen=True)
class Part:
    """A part of the file in the order of 38-HD/BTCTW."""

    letter: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Checklist:
    """The whole checklist of one file."""

    state: FileState
    parts: list[Part]
    missing: dict[int, int]

    @property
    def total(self):
        return sum(self.missing.values())

    @property
    def regime_words(self):
        """What the file must hold, and by which article."""
        return REGIME_WORDS[self.state.regime], self.state.rules.cite("file_complete_since")


REGIME_WORDS = {
    Regime.FULL: "Vào Đảng từ ngày phải có đủ: mọi tài liệu bắt buộc phải có.",
    Regime.EXISTING: "Vào Đảng trước ngày phải có đủ: có tài liệu gì giữ tài liệu đó, mục lục có chứng nhận.",
    Regime.UNKNOWN: "Chưa rõ ngày vào Đảng nên phần mềm không xét được còn thiếu gì; cần người xem xét.",
}


def checklist(state, *, keeper):
    """The checklist; types of which only the keeper may know are left out for others, and out of every count."""
    state = state if keeper else state.open_part
    wanted = {number: need for need in state.needs for number in need.types}
    short = {gap.types[0]: gap for gap in state.gaps}
    by_part = {letter: [] for letter in parts()}
    for number, kind in paper_types().items():
        if keeper or not kind.guarded:
            by_part[kind.part].append(_line(kind, state, wanted.get(number), short.get(number)))
    found = [Part(letter, parts()[letter], lines) for letter, lines in by_part.items()]
    return Checklist(state, found, missing_by_priority(state.gaps))


def _line(kind: PaperType, state: FileState, need: Need | None, gap: Gap | None):
    number = type_number(state.rules, kind.number)
    return Line(kind, number, state.papers.get(kind.number, []), need, gap.missing if gap else 0)


def paper_words(paper):
    """A paper in few words; one with a secrecy mark is a number and a place."""
    words = [paper.number and f"số {paper.number}", day_words(paper) and f"ngày {day_words(paper)}", paper.issuer]
    said = ", ".join(filter(None, words)) or "chưa ghi số, ngày"
    if paper.state == PaperState.PRESENT:
        said += f", {paper.pages} tờ" if paper.pages else ""
    else:
        said = (
            f"{PaperState(paper.state).label}: {said}"
            if paper.state == PaperState.POINTER
            else paper.get_state_display()
        )
    return "; ".join(filter(None, (said, paper.kept_at, "hư hỏng" if paper.is_damaged else "")))


def keeper_of(member, *, ended):
    """(the body that keeps the file, the article): base, or the body above where there is no base committee.

    `member` is read with `home` and its ancestors' flags by `chain`; of who is out, the committee above base.
    """
    chain = _chain(member.home)
    at = next((place for place, body in enumerate(chain) if body.is_base), len(chain) - 1)
    has_committee = not chain[at].is_cell
    if has_committee and not ended:
        return chain[at], KEPT_AT_BASE
    above = chain[at + 1] if at + 1 < len(chain) else chain[at]
    return above, KEPT_ABOVE if ended else KEPT_AT_BASE


def _chain(home):
    """The home and the bodies above it, the lowest first, in one query."""
    bodies = type(home).objects.above(home)
    return list(reversed(bodies))


def named_scans(paper, rules):
    """(scan, its name, its size in kilobytes) of a paper; numbered among all scans of the type in this file."""
    rows = Scan.objects.standing().filter(member=paper.member_id, paper__type=paper.type)
    rows = list(rows.select_related("paper", "recorded_by"))
    names = {scan.pk: scan_name(rules, scan, place, len(rows)) for place, scan in enumerate(rows, start=1)}
    return [(scan, names[scan.pk], -(-scan.size // 1024)) for scan in rows if scan.paper_id == paper.pk]
