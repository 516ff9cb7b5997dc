"""Files of a body: how complete they are by unit, which lack what, who has them, when they were reconciled."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Sum

from cells.models import Organisation
from cells.unchanged import kept_until_next_act
from members.catalogues.dossier import guarded_types
from members.file_rules import FileBook
from members.models import Dossier, DossierPaper, FileCheck, FileLoan, Member, Membership
from members.rules.dossier import next_check

COLUMNS = ("people", "counted", "complete", "first", "certified")


@dataclass(frozen=True)
class UnitRow:
    """Files of one unit and everything below it: members, files inventoried, complete, short of a first paper."""

    organisation: Organisation
    people: int = 0
    counted: int = 0
    complete: int = 0
    first: int = 0
    certified: int = 0

    @property
    def uncounted(self):
        return self.people - self.counted


@dataclass(frozen=True)
class FileRow:
    """One file in a list: `papers` and `pages` are those of which the reader may know; the rest is the keeper's."""

    member: Member
    dossier: Dossier | None
    papers: int
    pages: int
    keeps: bool
    loan: FileLoan | None = None


@dataclass(frozen=True)
class CheckRow:
    """A body with its last reconciliation, and when the next is due."""

    organisation: Organisation
    last: FileCheck | None
    due_on: date | None
    source: str
    is_over: bool


@kept_until_next_act
def unit_rows(organisation, day):
    """A row for each unit directly below, one for who stands directly in `organisation`, and the total; two queries."""
    branch = {body.pk: body for body in Organisation.objects.below(organisation).order_by("position", "id")}
    found = _counts(organisation, day)
    tops = [body for body in branch.values() if body.parent_id == organisation.pk]
    rows = []
    for top in tops:
        inside = [counts for key, counts in found.items() if branch[key].path.startswith(top.path)]
        if top.is_open or inside:
            rows.append(_row(top, inside))
    if organisation.pk in found:
        rows.insert(0, _row(organisation, [found[organisation.pk]]))
    return rows, _row(organisation, list(found.values()))


def _counts(organisation, day):
    """Counts of members and files by organisation on a day."""
    branch = Organisation.objects.below(organisation).values("id")
    rows = Membership.objects.on(day).official().filter(organisation__in=branch).order_by().values("organisation_id")
    file = "member__dossier__"
    whole = Q(**{f"{file}missing_{priority}": 0 for priority in (1, 2, 3)})
    return {
        row["organisation_id"]: row
        for row in rows.annotate(
            people=Count("pk"),
            counted=Count("member__dossier"),
            complete=Count("member__dossier", filter=whole & ~Q(**{f"{file}regime": "unknown"})),
            first=Count("member__dossier", filter=Q(**{f"{file}missing_1__gt": 0})),
            certified=Count("member__dossier", filter=Q(**{f"{file}is_certified": True})),
        )
    }


def _row(organisation, counts):
    return UnitRow(organisation, **{name: sum(each[name] for each in counts) for name in COLUMNS})


def files_shown(members, shown, day):
    """Members on the roll of `day` whose files a list is asked for."""
    # a list of members that is hashed once; asking each member in turn takes far longer
    rows = members.filter(pk__in=Membership.objects.on(day).official().values("member_id"))
    loans = FileLoan.objects.out().filter(member=OuterRef("pk"))
    asked = {
        "first": Q(dossier__missing_1__gt=0),
        "gaps": Q(dossier__missing_1__gt=0) | Q(dossier__missing_2__gt=0) | Q(dossier__missing_3__gt=0),
        "none": Q(dossier__isnull=True),
        "uncertified": Q(dossier__isnull=True) | Q(dossier__is_certified=False),
        "out": Exists(loans),
    }
    return rows.filter(asked[shown]) if shown else rows


def file_rows(keys, kept):
    """Rows of the list for the members of these keys, in the order of names; below the paths `kept` one keeps files.

    Three queries.
    """
    loans = Prefetch("file_loans", FileLoan.objects.out(), to_attr="loans_out")
    members = Member.objects.filter(pk__in=keys).select_related("home", "dossier").prefetch_related(loans)
    unseen = _guarded_papers(keys)
    return [_file_row(member, unseen, member.home.path.startswith(tuple(kept)))
            for member in members.order_by("sort_key", "id")]  # fmt: skip


def _guarded_papers(keys):
    """(papers, pages) of which only the keeper may know, by member."""
    rows = DossierPaper.objects.in_the_index().filter(member__in=keys, type__in=guarded_types()).order_by()
    counts = rows.values("member").annotate(papers=Count("pk"), pages=Sum("pages"))
    return {row["member"]: (row["papers"], row["pages"] or 0) for row in counts}


def _file_row(member, unseen, keeps):
    file = getattr(member, "dossier", None)
    papers, pages = (0, 0) if keeps else unseen.get(member.pk, (0, 0))
    counts = (file.papers - papers, file.pages - pages) if file else (0, 0)
    return FileRow(member, file, *counts, keeps, next(iter(member.loans_out), None) if keeps else None)


def check_rows(bodies, day):
    """Bodies that keep files with their last reconciliation; `bodies` in the order of the tree."""
    bodies = list(bodies)
    latest = FileCheck.objects.standing().filter(organisation__in=bodies).values("organisation")
    days = dict(latest.annotate(last=Max("checked_on")).values_list("organisation", "last"))
    last = {row.organisation_id: row for row in FileCheck.objects.standing().filter(organisation__in=bodies)
            if days[row.organisation_id] == row.checked_on}  # fmt: skip
    book = FileBook()
    return [_check_row(body, last.get(body.pk), book.rules(body, day), day) for body in bodies]


def _check_row(body, last, rules, day):
    due = next_check(rules, last.checked_on if last else None)
    return CheckRow(body, last, due, rules.cite("file_reconcile_months"), bool(due and day > due))
