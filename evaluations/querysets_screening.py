"""Named reads of screening: who may know of whom follows the stage (screening.md, section 9)."""

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet, below
from config.lib.periods import FactQuerySet, PeriodFactQuerySet
from evaluations.enums import CARRIED_STATES, COUNTED_FLAGS, OWN_CELL_STATES, RoundState, ScreeningState
from members.enums import RestorationKind


def _branch(user, permission):
    paths = user.paths_in_scope(permission)
    return apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")


class ScreeningRoundQuerySet(FactQuerySet):
    def visible_to(self, user, permission=Permission.REPORTS_VIEW):
        """Rounds of the committees that stand above or within the scope of `user`."""
        paths = user.paths_in_scope(permission)
        above = {int(part) for path in paths for part in path.strip("/").split("/")}
        return self.standing().filter(Q(organisation__in=above) | below(paths, "organisation__path"))

    def with_look(self, key, user, day, action, organisation=None):
        """Annotate `is_noted`: whether the log has such an act of `user` about that round, and body, on `day`."""
        looks = apps.get_model("cells.LogEntry").objects.chosen(subject=f"evaluations.screeninground:{key}")
        looks = looks.filter(action=action, actor=user).within_days(since=day, until=day)
        looks = looks.filter(organisation=organisation) if organisation else looks
        return self.select_related("organisation").annotate(is_noted=Exists(looks))

    def open(self):
        return self.standing().filter(state=RoundState.OPEN)

    def touching(self, organisation, year):
        """Rounds of `year` of `organisation`, of a body above it or below it."""
        near = Q(organisation__in=organisation.ancestor_ids()) | Q(organisation__path__startswith=organisation.path)
        return self.standing().filter(near, year=year)

    def before(self, one):
        """Earlier rounds that reach the cells of `one`, the latest first."""
        rows = self.standing().filter(organisation__in=one.organisation.ancestor_ids(), cutoff_on__lt=one.cutoff_on)
        return rows.order_by("-cutoff_on")


class ScreeningSubjectQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        """All of one's own cell; elsewhere in scope only whom the cell has put before the committee above it."""
        own = Q(organisation__in=_branch(user, Permission.SCREENING_FILE))
        rows = self.standing()
        if permission == Permission.SCREENING_FILE:
            return rows.filter(own)
        told = Q(organisation__in=_branch(user, permission)) & ~Q(state__in=OWN_CELL_STATES)
        return rows.filter(own | told)

    def with_place(self):
        return self.select_related("round__organisation", "member", "organisation")

    def with_look(self, subject, user, day):
        """Annotate `is_noted`: whether the log says that `user` opened this record on `day`."""
        looks = apps.get_model("cells.LogEntry").objects.chosen(subject=f"evaluations.screeningsubject:{subject}")
        looks = looks.filter(action__endswith=".read_screening", actor=user)
        return self.annotate(is_noted=Exists(looks.within_days(since=day, until=day)))

    def of_members(self):
        """Those who are members still: with whoever died or left, nothing goes on."""
        stays = apps.get_model("members.Membership").objects.standing().official().filter(ended_on__isnull=True)
        return self.filter(Exists(stays.filter(member=OuterRef("member")))).since_readmission()

    def since_readmission(self):
        """Without matters from before a readmission: who was admitted again begins anew, with a new probation △."""
        again = apps.get_model("members.Restoration").objects.standing().filter(kind=RestorationKind.READMITTED)
        return self.exclude(Exists(again.filter(member=OuterRef("member"), back_on__gt=OuterRef("discussed_on"))))

    def carried(self, one, cells):
        """Of some cells, those whose way of an earlier round is not at its end."""
        rows = self.standing().of_members().filter(organisation__in=cells, state__in=CARRIED_STATES)
        return rows.exclude(round=one).filter(round__cutoff_on__lte=one.cutoff_on)

    def shown_in(self, one):
        """The people of a round with those carried over into it; `is_carried` tells them apart."""
        cells = apps.get_model("cells.Organisation").objects.below(one.organisation).values("id")
        rows = self.filter(Q(round=one) | Q(pk__in=self.model.objects.carried(one, cells).values("pk")))
        return rows.annotate(is_carried=Case(When(round=one, then=Value(False)), default=Value(True)))

    def waiting_for(self, user):
        """People for whom the cell of `user` goes on next, and those whose progress a body of his recognises.

        Who came with a running matter is among them: nobody of the new cell helps him yet.
        """
        new = Q(state=ScreeningState.CANDIDATE, round__in=_open_rounds())
        own = Q(organisation__in=_branch(user, Permission.SCREENING_FILE))
        own &= new | Q(state=ScreeningState.SUPERIOR_CONSULTED) | _without_helper()
        mine = Q(organisation__in=_branch(user, Permission.SCREENING_DECIDE), state=ScreeningState.PROGRESS_REVIEW)
        return self.standing().of_members().filter(own | mine)


def _open_rounds():
    return apps.get_model("evaluations.ScreeningRound").objects.open().values("id")


def _without_helper():
    """A condition: the months of assistance run and nobody is assigned, as after a vote or a move to another cell."""
    helpers = apps.get_model("evaluations.AssistanceHelper").objects.standing().open()
    return Q(~Exists(helpers.filter(subject=OuterRef("pk"))), state=ScreeningState.ASSISTING)


class OfSubjectQuerySet(FactQuerySet):
    """Rows about a subject, seen by whom may see the subject."""

    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        seen = apps.get_model("evaluations.ScreeningSubject").objects.visible_to(user, permission)
        return self.filter(subject__in=seen.values("id"))


class PeriodOfSubjectQuerySet(OfSubjectQuerySet, PeriodFactQuerySet):
    """Dated rows about a subject."""


class ScreeningFlagQuerySet(FactQuerySet):
    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        """Flags of one's own cell; elsewhere those of people whom the cell has put before the committee above."""
        own = Q(organisation__in=_branch(user, Permission.SCREENING_FILE))
        if permission == Permission.SCREENING_FILE:
            return self.filter(own)
        seen = apps.get_model("evaluations.ScreeningSubject").objects.visible_to(user, permission)
        return self.filter(own | Q(Exists(seen.filter(round=OuterRef("round"), member=OuterRef("member")))))

    def counted(self):
        """Standing flags that say more than that somebody else is to be asked."""
        return self.standing().filter(status__in=COUNTED_FLAGS)

    def of_cell(self, one, cell):
        """Standing flags of a cell in a round, in the order of names."""
        rows = self.standing().filter(round=one, organisation=cell).select_related("member", "recorded_by")
        return rows.order_by("member__sort_key", "member_id", "code")

    def undiscussed(self):
        """Flags of people on whom the cell has said nothing in the round."""
        said = apps.get_model("evaluations.ScreeningSubject").objects.standing()
        mine = said.filter(round=OuterRef("round"), member=OuterRef("member"))
        return self.counted().filter(~Exists(mine))


class OfCellQuerySet(ScopedQuerySet, FactQuerySet):
    """Rows that only the own cell may read."""

    def visible_to(self, user, permission=Permission.SCREENING_FILE):
        return super().visible_to(user, permission)


class CellReviewQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        return super().visible_to(user, permission)

    def by_cell(self, one):
        """The standing reviews of a round, by cell."""
        return {row.organisation_id: row for row in self.standing().filter(round=one)}


class ConductQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"

    def visible_to(self, user, permission=Permission.SCREENING_FILE):
        return super().visible_to(user, permission).standing()
