"""What waits for one person, as named reads; the bar counts them on every page, the desk shows them."""

from functools import lru_cache

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from admissions.waiting import waiting_for
from cells.enums import UNISSUED
from cells.models import IssuedDocument, Organisation, User
from cells.permissions import Permission
from cells.querysets import below
from cells.rights import Asker
from config.lib.statements import KEPT
from discipline.models import CaseReader, SealOpening, SenderOpening
from discipline.querysets import parts_open_to
from evaluations.enums import WITH_CELL, WITH_STATION, OrganisationState, SheetState
from evaluations.models import (
    Complaint,
    OrganisationReview,
    RatingSheet,
    Removal,
    Review,
    ScreeningSubject,
    Season,
)
from members.enums import BatchState
from members.models import ImportBatch, Transfer


def open_sheets(user):
    """Sheets of the open seasons within the scope of `user`."""
    return RatingSheet.objects.visible_to(user).filter(season__in=Season.objects.open())


def has_people():
    return Exists(Review.objects.filter(sheet=OuterRef("pk")))


def own_cells(user):
    """A condition: the sheet is of a cell for which `user` files."""
    return Q(organisation__in=Organisation.objects.visible_to(user, Permission.RATINGS_FILE).values("id"))


def to_write(user):
    """A condition: `user` writes the sheet and sends it."""
    return Q(state__in=WITH_CELL) & own_cells(user)


def held(user):
    """A condition: a body of `user`, or his cell that decides itself, has the sheet and must pass it on or decide."""
    mine = Q(holder__in=user.bodies_with(Permission.RATINGS_DECIDE))
    return Q(state__in=WITH_STATION) & (mine | Q(decider=F("organisation")) & own_cells(user))


def sheets(user):
    """Sheets that wait for `user`."""
    return open_sheets(user).filter(to_write(user) | held(user)).filter(has_people())


def own_ratings(user):
    """Own ratings of the cells of `user` that are not sent though the sheet of the members is."""
    sent = RatingSheet.objects.filter(season=OuterRef("season"), organisation=OuterRef("organisation"))
    rows = OrganisationReview.objects.unsent().filter(own_cells(user), season__in=Season.objects.open())
    return rows.filter(Exists(sent.exclude(state__in=WITH_CELL)))


def organisations(user):
    """Ratings of organisations on which a body of `user` decides next."""
    mine = user.bodies_with(Permission.RATINGS_DECIDE)
    rows = OrganisationReview.objects.filter(season__in=Season.objects.open(), decider__in=mine)
    return rows.filter(state=OrganisationState.SENT)


def complaints(user):
    """Complaints that a body of `user` has not answered, also after the season."""
    mine = user.bodies_with(Permission.RATINGS_DECIDE)
    return Complaint.objects.unanswered().filter(review__sheet__decider__in=mine)


def documents(user):
    """Drafts of the bodies of `user`, with and without a number."""
    mine = user.bodies_with(Permission.DOCUMENTS_ISSUE)
    return IssuedDocument.objects.filter(state__in=UNISSUED, organisation__in=mine)


def batches(user):
    """Files that were checked and neither written nor set aside."""
    return ImportBatch.objects.visible_to(user, Permission.MEMBERS_IMPORT).filter(state=BatchState.PREVIEW)


def moves(user):
    """Moves on which a body of `user` acts next."""
    return Transfer.objects.visible_to(user).waiting_for(user, timezone.localdate())


def admissions(user):
    """People considered for admission or recognition on whom a cell or a body of `user` acts next."""
    return waiting_for(user)


def screening(user):
    """People in screening on whom a cell or a body of `user` acts next."""
    return ScreeningSubject.objects.waiting_for(user)


def removals(user):
    """Matters of leaving the Party on which a cell or a body of `user` acts next."""
    return Removal.objects.waiting_for(user)


def seasons_to_close(user):
    """Open seasons of which `user` has the say and in which every cell is decided."""
    rows = Season.objects.open().filter(below(user.paths_in_scope(Permission.SEASONS_MANAGE), "organisation__path"))
    sheets_of = RatingSheet.objects.filter(season=OuterRef("pk"))
    left = sheets_of.exclude(state=SheetState.DECIDED).filter(has_people())
    return rows.filter(Exists(sheets_of.filter(state=SheetState.DECIDED)), ~Exists(left))


def locked_accounts(user):
    """Accounts run by `user` that cannot sign in for the moment: too many wrong passwords."""
    attempts = AccessAttempt.objects.filter(
        username=OuterRef("username"),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=Now() - get_cool_off(),
    )
    return accounts(user).filter(Exists(attempts))


def accounts(user):
    """Accounts in use that `user` runs: those of inspectors for their head, the others for an administrator."""
    head = user.holds(Permission.INSPECTION_GRANT)
    rows = User.objects.visible_to(user, Permission.INSPECTION_GRANT if head else Permission.ACCOUNTS_MANAGE)
    return rows.filter(is_active=True)


READS = (
    (sheets, (Permission.RATINGS_FILE, Permission.RATINGS_DECIDE)),
    (own_ratings, (Permission.RATINGS_FILE,)),
    (organisations, (Permission.RATINGS_DECIDE,)),
    (complaints, (Permission.RATINGS_DECIDE,)),
    (documents, (Permission.DOCUMENTS_ISSUE,)),
    (batches, (Permission.MEMBERS_IMPORT,)),
    (moves, (Permission.TRANSFERS_ISSUE, Permission.TRANSFERS_RECEIVE)),
    (admissions, (Permission.ADMISSIONS_FILE, Permission.ADMISSIONS_DECIDE)),
    (screening, (Permission.SCREENING_FILE, Permission.SCREENING_DECIDE)),
    (removals, (Permission.SCREENING_FILE, Permission.SCREENING_DECIDE)),
    (seasons_to_close, (Permission.SEASONS_MANAGE,)),
    (locked_accounts, (Permission.ACCOUNTS_MANAGE, Permission.INSPECTION_GRANT)),
)


def waiting_count(user):
    """How many things wait for `user`, in one query at most."""
    own = _counting_cases(user.pk, parts_open_to(user), inspects=user.holds(Permission.CASES_WORK))
    statement = _counting(Asker.of(user, timezone.localdate()))
    sql, params = (f"{statement[0]} UNION ALL {own[0]}", (*statement[1], *own[1])) if statement else own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(n) FROM ({sql}) AS counts", params)
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=KEPT)
def _counting_cases(user_pk, parts, *, inspects):
    """The statement that counts the sealed cases on which it is the person's turn: by whom they name, not by roles.

    To whom inspects also the seals that he is asked to open as the second person.
    """
    rows = [CaseReader.objects.named(user_pk, parts).whose_turn()]
    if inspects:
        rows += [model.objects.waiting().asked_of(user_pk) for model in (SealOpening, SenderOpening)]
    ones = [each.order_by().annotate(one=Value(1)).values_list("one") for each in rows]
    sql, params = ones[0].union(*ones[1:], all=True).query.sql_with_params()
    return f"SELECT COUNT(*) AS n FROM ({sql}) AS cases", params


@lru_cache(maxsize=KEPT)
def _counting(asker):
    """The statement that counts, with its parameters; put together once, for it stands on every page."""
    rows = [
        read(asker).order_by().annotate(one=Value(1)).values_list("one")
        for read, permissions in READS
        if any(map(asker.holds, permissions))
    ]
    if not rows:
        return None
    try:
        sql, params = rows[0].union(*rows[1:], all=True).query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"SELECT COUNT(*) AS n FROM ({sql}) AS waiting", params
