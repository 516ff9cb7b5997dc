"""Named reads of sealed cases: they begin with whom a case names, never with a scope of the tree."""

from django.apps import apps
from django.db import models

from cells.permissions import INSPECTION_ROLES, Permission
from cells.querysets import below
from config.lib.periods import FactQuerySet
from discipline.enums import ENDED_STATES, Handler, Part, State

# What somebody must hold beside being named: who has left his office reads no more.
NEEDED = {
    Part.OFFICER: Permission.CASES_WORK,
    Part.CELL: Permission.CASES_REPORT,
    Part.TEAM: None,
    Part.BODY: None,
}
_INSPECTING = (State.SIGNAL, State.TRIAGE, State.PLANNED, State.SELF_REVIEW, State.VERIFYING)
_IN_CELL = (State.CELL_MEETING, State.DECIDED_CELL)
_ABOVE = (State.PROPOSED, State.UPPER_VERIFY, State.UPPER_VOTE, State.DECIDED_UPPER)
_TELLING = (State.ANNOUNCED, State.NOTIFIED)
# In which states it is whose turn (section 11): always, in a case that the cell inspects itself, in a case of others.
TURNS = {
    Part.OFFICER: ((*_ABOVE, State.APPEALED, State.APPEAL_DECIDED), (), (*_INSPECTING, *_IN_CELL, *_TELLING)),
    Part.CELL: (_IN_CELL, (*_INSPECTING, *_TELLING), ()),
    Part.TEAM: ((State.VERIFYING,), (), ()),
    Part.BODY: (_ABOVE, (), ()),
}


def parts_open_to(user):
    """As what `user` may be named, by the offices that he holds today."""
    return tuple(part for part, needed in NEEDED.items() if needed is None or user.holds(needed))


def is_turn(row):
    """Whether the reader of a row with `part`, `state` and `handler` does what is next, as `whose_turn` finds them."""
    always, in_own, in_others = TURNS[row.part]
    return row.state in (*always, *(in_own if row.handler == Handler.CELL else in_others))


class ReaderQuerySet(models.QuerySet):
    """People named on cases."""

    def open(self):
        """Those who are named now."""
        return self.filter(until__isnull=True)

    def of_user(self, user):
        """As what `user` is named now, as far as his office still allows; never on a case about himself."""
        return self.named(user.pk, parts_open_to(user))

    def named(self, user_pk, parts):
        """The same of an account and the parts that its offices leave open."""
        return self.open().filter(user_id=user_pk, part__in=parts).exclude(case__member__user=user_pk)

    def inspecting(self):
        """Those who inspect: officers, their team, and a cell that runs its own inspection."""
        own = models.Q(part=Part.CELL, case__handler=Handler.CELL)
        return self.filter(models.Q(part__in=(Part.OFFICER, Part.TEAM)) | own)

    def on_open_cases(self):
        """Those on standing cases that have not ended."""
        return self.filter(case__voided_at__isnull=True).exclude(case__state__in=ENDED_STATES)

    def whose_turn(self):
        """Those who do what is next in their case: the table `TURNS`."""
        own = models.Q(case__handler=Handler.CELL)
        turns = models.Q()
        for part, (always, in_own, in_others) in TURNS.items():
            states = models.Q(case__state__in=always) | own & models.Q(case__state__in=in_own)
            turns |= models.Q(part=part) & (states | ~own & models.Q(case__state__in=in_others))
        return self.on_open_cases().filter(turns)

    def visible_to(self, user, permission=None):
        """People named on the cases that name `user`."""
        return self.filter(case__in=apps.get_model("discipline.CaseReader").objects.of_user(user).values("case"))


class CaseQuerySet(FactQuerySet):
    """Cases, each for those alone whom it names."""

    def visible_to(self, user, permission=None):
        """Standing cases that name `user`; no permission opens another."""
        named = apps.get_model("discipline.CaseReader").objects.of_user(user)
        return self.standing().filter(pk__in=named.values("case"))

    def orphaned(self, user, day):
        """Standing cases in the scope of an inspection head that name no inspection officer in office any more."""
        users = apps.get_model("cells.User").objects.filter(is_active=True)
        roles = apps.get_model("cells.RoleAssignment").objects.on(day).filter(role__in=INSPECTION_ROLES)
        officers = apps.get_model("discipline.CaseReader").objects.open().filter(part=Part.OFFICER)
        officers = officers.exclude(case__member__user=models.F("user"))
        watched = officers.filter(user__in=users.values("pk")).filter(user__in=roles.values("user"))
        mine = apps.get_model("cells.Organisation").objects.filter(below(user.paths_in_scope(Permission.CASES_SEAL)))
        return self.standing().filter(organisation__in=mine.values("pk")).exclude(pk__in=watched.values("case"))

    def open(self):
        """Cases that have not ended."""
        return self.exclude(state__in=ENDED_STATES)

    def with_subject(self):
        """With whom it is about, who runs it and who meets on it."""
        return self.select_related("member__home", "accused", "organisation", "cell")


class OfCaseQuerySet(models.QuerySet):
    """Rows of a case: seen by those whom the case names."""

    def visible_to(self, user, permission=None):
        """Rows of the cases that name `user`."""
        return self.filter(case__in=apps.get_model("discipline.Case").objects.visible_to(user).values("pk"))


class FactOfCaseQuerySet(OfCaseQuerySet, FactQuerySet):
    """Rows of a case that can be voided."""


class OpeningQuerySet(models.QuerySet):
    """Requests to open a seal."""

    def waiting(self):
        """Those nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def visible_to(self, user, permission=None):
        """Those on standing cases of which `user` is the second person, as long as he inspects."""
        return self.asked_of(user.pk) if user.holds(Permission.CASES_WORK) else self.none()

    def asked_of(self, user_pk):
        """Those on standing cases of which somebody is the second person."""
        return self.filter(asked_of_id=user_pk, case__voided_at__isnull=True)
