"""Who is on the roll of a cell on a day, and the facts about each for the rules, with the papers they rest on."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import CharField, Value

from config.lib.periods import Precision
from config.lib.workdays import full_months
from evaluations.rules import MemberFacts, eligibility
from evaluations.rules.eligibility import OUTSIDE, REVIEW_ONLY
from members.enums import MembershipKind, OverlayKind, RestorationKind, StartReason
from members.models import Membership, Overlay, Proceeding, Restoration
from members.rules import Voter

NOTED = "noted"  # rated, but something must be minded
CHUNK = 900


@dataclass(frozen=True)
class OnRoll:
    """One official membership on a day, with the dates of the member."""

    member: UUID
    cell: int
    started_on: date
    start_reason: str
    admitted_on: date | None
    admitted_precision: str
    official_on: date | None


@dataclass
class Papers:
    """Dated states of one member on a day, each with the paper that it rests on."""

    overlays: dict = field(default_factory=dict)
    temporary: str = ""
    readmitted_on: date | None = None
    old_cell_months: int | None = None
    old_cell: str = ""

    def on(self, kind):
        return self.overlays.get(kind, "")


@dataclass(frozen=True)
class Verdict:
    """What eligibility says about one member, naming the record that it comes from."""

    outcome: str
    reason: str
    explanation: str

    @property
    def not_rated_reason(self):
        """The reason that goes on file for who gets no level."""
        return self.reason if self.outcome in (OUTSIDE, REVIEW_ONLY) else ""


def roll_on(cells, day):
    """Official memberships of `cells` on `day`, standing members only."""
    columns = ("member__admitted_on", "member__admitted_precision", "member__official_on")
    rows = Membership.objects.on(day).official().filter(member__voided_at__isnull=True).order_by("organisation", "id")
    return [
        OnRoll(*row)
        for some in _chunks(cells)
        for row in rows.filter(organisation__in=some).values_list(
            "member_id", "organisation_id", "started_on", "start_reason", *columns
        )
    ]


def verdicts(entries, book, day):
    """Eligibility of everybody in `entries` on `day`, by member."""
    papers = papers_on([entry.member for entry in entries], day)
    add_moves(papers, entries, day)
    _add_readmissions(papers, day)
    rules = book.rules.eligibility
    return {entry.member: _verdict(rules, entry, papers[entry.member], day) for entry in entries}


def papers_on(members, day):
    """Overlays, legal proceedings and temporary memberships of `members` on `day`."""
    papers = defaultdict(Papers)
    for some in _chunks(members):
        for member, kind, decision, started_on, place in _states(some, day):
            words = _paper_words(decision, started_on)
            if kind == MembershipKind.TEMPORARY:
                papers[member].temporary = f"{place}, {words}"
            else:
                papers[member].overlays[kind] = words
    return papers


def _states(members, day):
    """(member, kind, paper, first day, place) of every overlay, of every stage of proceedings as "prosecuted", and of
    temporary memberships, which alone have a place."""
    columns = ("member_id", "kind", "decision", "started_on")
    nowhere = Value("", output_field=CharField())
    overlays = Overlay.objects.on(day).filter(member__in=members).order_by()
    stages = Proceeding.objects.weighing(day).filter(member__in=members).order_by()
    stages = stages.annotate(kind=Value(OverlayKind.PROSECUTED, output_field=CharField()))
    away = Membership.objects.on(day).filter(kind=MembershipKind.TEMPORARY, member__in=members).order_by()
    return (
        overlays.annotate(place=nowhere)
        .values_list(*columns, "place")
        .union(
            stages.annotate(place=nowhere).values_list(*columns, "place"),
            away.values_list(*columns, "organisation__name"),
            all=True,
        )
    )


def _paper_words(decision, started_on):
    return f"{decision or 'ghi nhận'}, từ ngày {started_on:%d/%m/%Y}"


def add_moves(papers, entries, day):
    """Months spent in the old cell this year, of those who moved in during the year."""
    year_began = date(day.year, 1, 1)
    moved = {
        entry.member: entry.started_on
        for entry in entries
        if entry.start_reason == StartReason.MOVED_IN and entry.started_on > year_began
    }
    for some in _chunks(moved):
        left = Membership.objects.standing().official().filter(member__in=some, ended_on__gt=year_began)
        for row in left.select_related("organisation").order_by("ended_on"):
            if row.ended_on <= moved[row.member_id]:
                papers[row.member_id].old_cell_months = full_months(max(row.started_on, year_began), row.ended_on)
                papers[row.member_id].old_cell = row.organisation.name


def _add_readmissions(papers, day):
    """The new ceremony of those who were admitted again: their time as members begins with it."""
    for some in _chunks(papers):
        rows = Restoration.objects.standing().filter(kind=RestorationKind.READMITTED, member__in=some, back_on__lte=day)
        for member, back_on in rows.order_by("back_on").values_list("member_id", "back_on"):
            papers[member].readmitted_on = back_on


def _verdict(rules, entry, papers, day):
    found = eligibility(rules, _facts(entry, papers, day), day)
    record = papers.on(found.reason_code) or papers.on(OverlayKind.COMMITTEE_SUSPENDED) or papers.temporary
    words = [found.explanation, *found.notes]
    if record and (found.reason_code in papers.overlays or found.notes):
        words.append(f"Căn cứ hồ sơ: {record}.")
    if found.notes and papers.old_cell:
        words.append(f"Chi bộ cũ: {papers.old_cell}.")
    reason = found.reason_code or (NOTED if found.notes else "")
    return Verdict(found.outcome, reason, " ".join(words))


def _facts(entry, papers, day):
    return MemberFacts(
        admitted_on=papers.readmitted_on or entry.admitted_on,
        admitted_by=papers.readmitted_on or _last_day(entry.admitted_on, entry.admitted_precision),
        official=entry.official_on is not None and entry.official_on <= day,
        exempt=OverlayKind.EXEMPT in papers.overlays,
        suspended=OverlayKind.SUSPENDED in papers.overlays,
        committee_suspended=OverlayKind.COMMITTEE_SUSPENDED in papers.overlays,
        temporary_elsewhere=bool(papers.temporary),
        months_in_old_cell=papers.old_cell_months,
    )


def _last_day(day, precision):
    """The last day that a partial date can mean."""
    if day is None or precision == Precision.DAY:
        return day
    if precision == Precision.YEAR:
        return date(day.year, 12, 31)
    return day.replace(day=monthrange(day.year, day.month)[1])


def voter(review, papers, day):
    """One member of the cell as the vote base sees him; who may be left out counts as present only if he attended."""
    exempt = OverlayKind.EXEMPT in papers.overlays
    return Voter(
        key=str(review.pk),
        official=review.member.official_on is not None and review.member.official_on <= day,
        present=review.attended or not (exempt or papers.temporary),
        temporary_elsewhere=bool(papers.temporary),
        exempt=exempt,
        suspended=OverlayKind.SUSPENDED in papers.overlays,
        prosecuted=OverlayKind.PROSECUTED in papers.overlays,
    )


def _chunks(items):
    rows = list(items)
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
