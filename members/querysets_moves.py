"""Named reads of moves of members between organisations."""

from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.lookups import StartsWith

from cells.permissions import GRANTS, Permission
from cells.querysets import below
from members.enums import AWAY_STATES, ON_THE_ROAD, TEMPORARY_KINDS, UNSETTLED_TRANSFERS, TransferState

_GUEST = Q(kind__in=TEMPORARY_KINDS, state=TransferState.RECEIVED)


class TransferQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.TRANSFERS_VIEW):
        """Moves out of the scope of `user`, and those into it from the day the slip was issued."""
        branch = (
            apps.get_model("cells.Organisation").objects.filter(below(user.paths_in_scope(permission))).values("id")
        )
        leaving = Q(from_organisation__in=branch)
        arriving = Q(to_organisation__in=branch) & (Q(issued_on__isnull=False) | Q(from_organisation__isnull=True))
        return self.filter(leaving | arriving)

    def with_ends(self):
        """Read the member and all bodies along."""
        return self.select_related("member", "from_organisation", "to_organisation", "common")

    def among(self, texts):
        """Moves of the given ids; what is no id is left out."""
        return self.filter(pk__in=[found for text in texts if (found := _uuid(text))]).order_by("member__sort_key")

    def unsettled(self):
        """Moves that somebody must still act on."""
        return self.filter(state__in=UNSETTLED_TRANSFERS)

    def not_over(self):
        """Unsettled moves, and guests who are not back yet."""
        return self.filter(Q(state__in=UNSETTLED_TRANSFERS) | _GUEST)

    def on_the_road(self):
        return self.filter(state__in=ON_THE_ROAD)

    def away(self, day):
        """Temporary moves by which a member takes part elsewhere on `day`."""
        gone = self.filter(kind__in=TEMPORARY_KINDS, state__in=AWAY_STATES, received_on__lte=day)
        return gone.filter(Q(returned_on__isnull=True) | Q(returned_on__gt=day))

    def touching(self, organisation):
        """Moves with an end at or below `organisation`."""
        branch = apps.get_model("cells.Organisation").objects.filter(path__startswith=organisation.path).values("id")
        return self.filter(Q(from_organisation__in=branch) | Q(to_organisation__in=branch))

    def waiting_for(self, user, day):
        """Moves on which `user`, of all accounts the nearest, acts next: to issue, to receive, to call back."""
        return self.filter(_issued_next_by(user, day) | _received_next_by(user, day) | _back_to(user, day))

    def overdue(self, limits):
        """Slips not handed in within their working days or for over three months; guests past their term."""
        late = Q(pk__in=[])
        for kind, day in limits.issued_by:
            late |= Q(kind=kind, issued_on__lte=day)
        if limits.taken_by:
            late |= Q(file_taken_on__lte=limits.taken_by) | Q(notice_received_on__lte=limits.taken_by)
        not_handed_in = Q(state__in=ON_THE_ROAD, presented_on__isnull=True) & late
        return self.filter(not_handed_in | _past_term(limits.day))


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def _issued_next_by(user, day):
    states = [TransferState.REQUESTED, TransferState.REFUSED]
    return Q(state__in=states) & _nearest(user, Permission.TRANSFERS_ISSUE, "common", day)


def _received_next_by(user, day):
    states = [TransferState.ISSUED, TransferState.PRESENTED]
    return Q(state__in=states) & _nearest(user, Permission.TRANSFERS_RECEIVE, "to_organisation", day)


def _back_to(user, day):
    return _past_term(day) & _nearest(user, Permission.TRANSFERS_RECEIVE, "from_organisation", day)


def _past_term(day):
    return _GUEST & Q(until__lte=day)


def _nearest(user, permission, end, day):
    """A condition: of all accounts in use that hold the right at `end`, none stands nearer to it than `user`."""
    roles = [role for role, granted in GRANTS.items() if permission in granted]
    holders = apps.get_model("cells.RoleAssignment").objects.on(day).filter(role__in=roles, user__is_active=True)
    found = Q(pk__in=[])
    for path in user.paths_in_scope(permission):
        below_mine = holders.filter(organisation__path__startswith=path).exclude(organisation__path=path)
        place = ExpressionWrapper(OuterRef(f"{end}__path"), models.CharField())
        nearer = below_mine.filter(StartsWith(place, F("organisation__path")))
        found |= Q(**{f"{end}__path__startswith": path}) & ~Exists(nearer)
    return found
