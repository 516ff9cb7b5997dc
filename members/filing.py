"""The state of files: what they hold, what they must hold, and the counts that the lists show."""

from calendar import monthrange
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from members.catalogues.dossier import guarded_types, paper_types
from members.dossier_enums import IN_THE_INDEX, PaperState, Regime
from members.enums import AWAY_STATES, EndReason, OverlayKind
from members.file_rules import FileBook
from members.models import (
    Dossier,
    DossierPaper,
    Ending,
    IndexCertification,
    Member,
    Overlay,
    Restoration,
    Sanction,
    Transfer,
)
from members.rules.dossier import FileFacts, FileRules, Gap, Need, gaps, missing_by_priority, needs, regime
from members.seen import digest

CHUNK = 500
MOVED, HAPPENED = "moved", "event"
EVENTS = {EndReason.NAME_REMOVED: "removed", EndReason.CANCELLED: "cancelled"}  # others are called as they are stored


@dataclass(frozen=True)
class FileState:
    """One file: its papers by type, what it must hold, what is missing, whether its certified index still holds."""

    rules: FileRules
    regime: Regime
    papers: dict[int, list[DossierPaper]]
    needs: tuple[Need, ...]
    gaps: tuple[Gap, ...]
    certification: IndexCertification | None
    is_whole: bool = True

    @property
    def open_part(self):
        """The same without the papers of which only the keeper may know."""
        told = {number: rows for number, rows in self.papers.items() if number not in guarded_types()}
        return replace(self, papers=told, is_whole=False)

    @property
    def in_index(self):
        """The papers that the index lists, in its order."""
        rows = [paper for number in paper_types() for paper in self.papers.get(number, ())]
        return [paper for paper in rows if paper.state in IN_THE_INDEX]

    @property
    def pages(self):
        return sum(paper.pages or 0 for paper in self.in_index)

    @property
    def is_certified(self):
        """Whether the index is as the keeper last certified it."""
        if not self.certification:
            return False
        lines = [line for line in self.certification.lines if self.is_whole or line[0] not in guarded_types()]
        return lines == index_lines(self.in_index)


def index_lines(papers):
    """The index as JSON data: type, number, day, issuer and pages of every paper."""
    return [
        [paper.type, paper.number, day_words(paper), paper.issuer, paper.pages or 0, paper.kept_at] for paper in papers
    ]


def details_digest(details):
    """What the table of details shows of a paper, by column; the precision of a day that is not known says nothing."""
    names = ["number", "issued_on", "issuer", "pages", *(["issued_precision"] if details["issued_on"] else [])]
    return digest({name: details[name] for name in names})


def day_words(paper):
    """The day of a paper as far as it is known, as people write it."""
    if paper.issued_on is None:
        return ""
    return paper.issued_on.strftime({"year": "%Y", "month": "%m/%Y"}.get(paper.issued_precision, "%d/%m/%Y"))


def read_files(members, on, book=None):
    """The state of every file by member; four queries for any number of members, read with their `home`."""
    book = book or FileBook()
    facts, papers, certified = _facts(members, on), _papers(members), _certifications(members)
    return {
        member.pk: _state(member, book.rules(member.home, on), facts[member.pk], papers[member.pk], certified, on)
        for member in members
    }


def recount(member, on):
    """Write what the lists show of the file of `member`; the caller holds its lock. Answers the state."""
    state = read_files([member], on)[member.pk]
    Dossier.objects.update_or_create(member=member, defaults={**counts_of(state), "counted_on": on})
    return state


def counts_of(state):
    """The columns of `Dossier` but its day."""
    missing = missing_by_priority(state.gaps)
    papers = state.in_index
    return {
        "regime": state.regime,
        "papers": len(papers),
        "pages": state.pages,
        **{f"missing_{priority}": number for priority, number in missing.items()},
        "is_certified": state.is_certified,
    }


def wrong_counts(on):
    """Dossiers whose counts are no longer right, with the right ones put in; read in chunks, nothing is written."""
    book, keys = FileBook(), list(Dossier.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        rows = list(Dossier.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("member__home"))
        states = read_files([row.member for row in rows], on, book)
        for row in rows:
            right = counts_of(states[row.member_id])
            if any(getattr(row, name) != value for name, value in right.items()):
                for name, value in {**right, "counted_on": on}.items():
                    setattr(row, name, value)
                yield row


def _state(member, rules, facts, papers, certified, on):
    types = paper_types()
    held = Counter(paper.type for paper in papers if paper.state in IN_THE_INDEX)
    waived = [paper.type for paper in papers if paper.state == PaperState.NOT_NEEDED]
    lost = {p.type: types[p.type] for p in papers if p.state == PaperState.MISSING and not types[p.type].guarded}
    wanted = needs(types.values(), rules, facts, on)
    by_type = defaultdict(list)
    for paper in papers:
        by_type[paper.type].append(paper)
    return FileState(
        rules, regime(rules, facts), dict(by_type), wanted, gaps(wanted, held, waived, lost), certified.get(member.pk)
    )


def _facts(members, on):
    moves, events = defaultdict(list), defaultdict(list)
    for key, what, name in _happened([member.pk for member in members], on):
        (moves if what == MOVED else events)[key].append(name)
    return {
        member.pk: FileFacts(
            admitted=_span(member.admitted_on, member.admitted_precision),
            official=bool(member.official_on and member.official_on <= on),
            exempt=OverlayKind.EXEMPT in events[member.pk],
            moves=tuple(moves[member.pk]),
            events=tuple(EVENTS.get(name, name) for name in events[member.pk]),
        )
        for member in members
    }


def _happened(keys, on):
    """(member, "moved" or "event", its name), of all that papers follow from, in one query."""
    away = Transfer.objects.filter(state__in=AWAY_STATES, received_on__lte=on)
    back = Restoration.objects.standing().filter(back_on__lte=on)
    out = Ending.objects.standing().filter(ended_on__lte=on)
    removed = out.filter(reason=EndReason.NAME_REMOVED, was_probationary=True)
    sanctions = Sanction.objects.standing().filter(decided_on__lte=on)
    overlays = Overlay.objects.standing().filter(started_on__lte=on)
    exempt = overlays.on(on).filter(kind=OverlayKind.EXEMPT)
    reads = [
        (away, MOVED, F("kind")),
        (back, HAPPENED, F("kind")),
        (out.exclude(pk__in=removed), HAPPENED, F("reason")),
        (removed, HAPPENED, Value("removed_probationary")),
        (sanctions, HAPPENED, Value("sanctioned")),
        (overlays.filter(kind=OverlayKind.SUSPENDED), HAPPENED, Value("suspended")),
        (exempt, HAPPENED, Value(OverlayKind.EXEMPT.value)),
    ]
    rows = [
        read.filter(member__in=keys).order_by().annotate(
            what=Cast(Value(what), CharField()), name=Cast(name, CharField())
        ).values_list("member_id", "what", "name")
        for read, what, name in reads
    ]  # fmt: skip
    return rows[0].union(*rows[1:], all=True)


def _span(day, precision):
    """First and last day that a partial date may mean."""
    if day is None:
        return None
    if precision == "year":
        return day, date(day.year, 12, 31)
    return day, day.replace(day=monthrange(day.year, day.month)[1]) if precision == "month" else day


def _papers(members):
    rows = DossierPaper.objects.standing().filter(member__in=[member.pk for member in members]).in_time_order()
    found = defaultdict(list)
    for paper in rows:
        found[paper.member_id].append(paper)
    return found


def _certifications(members):
    """The last one of each."""
    rows = IndexCertification.objects.standing().filter(member__in=[member.pk for member in members])
    return {row.member_id: row for row in rows.order_by("certified_on", "id")}


def lock_member(member):
    """One writer of a file at a time; the member with the home."""
    return Member.objects.standing().select_for_update(of=("self",)).select_related("home").get(pk=member.pk)
