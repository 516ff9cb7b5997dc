"""Named reads of what stands beside the cases; each says who may know of it."""

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from cells.permissions import GRANTS, Permission
from cells.querysets import ScopedQuerySet, below
from config.lib.periods import FactQuerySet


def _of(name):
    return apps.get_model(name).objects


class SuspensionQuerySet(FactQuerySet):
    """Suspensions: for inspection officers in whose scope the member is; of a case only for those of the case."""

    def visible_to(self, user, permission=Permission.CASES_WORK):
        """Standing suspensions of members in scope, without those of cases that do not name `user`."""
        if not user.holds(permission):
            return self.none()
        members = _of("members.Member").visible_to(user, permission)
        cases = _of("discipline.Case").visible_to(user)
        return self.standing().filter(
            Q(case__isnull=True, member__in=members.values("pk")) | Q(case__in=cases.values("pk"))
        )

    def with_whom(self):
        """With the member, his cell, the fact that it wrote and its extensions."""
        rows = self.select_related("member__home", "organisation", "overlay", "proceeding", "case")
        extensions = _of("discipline.SuspensionExtension").standing()
        return rows.prefetch_related(models.Prefetch("extensions", extensions, to_attr="standing_extensions"))


class ProceedingPaperQuerySet(FactQuerySet):
    """Papers of legal proceedings: for inspection officers in whose scope the member is."""

    def visible_to(self, user, permission=Permission.CASES_WORK):
        """Standing papers about members in scope."""
        members = _of("members.Member").visible_to(user, permission)
        return self.standing().filter(proceeding__member__in=members.values("pk"))


class DenunciationQuerySet(FactQuerySet):
    """Denunciations, each for those alone whom it names or whom its case names."""

    def visible_to(self, user, permission=None):
        """Standing denunciations that name `user`, or led to a case that names him as one of those who inspect."""
        named = _of("discipline.DenunciationReader").of_user(user)
        of_cases = _of("discipline.CaseReader").of_user(user).inspecting().exclude(case__voided_at__isnull=False)
        return self.standing().filter(Q(pk__in=named.values("denunciation")) | Q(case__in=of_cases.values("case")))

    def orphaned(self, user, day):
        """Standing denunciations in the scope of an inspection head that no receiver in office has any more."""
        granting = [role for role, rights in GRANTS.items() if Permission.CASES_REPORT in rights]
        roles = _of("cells.RoleAssignment").on(day).filter(role__in=granting)
        users = _of("cells.User").filter(is_active=True, pk__in=roles.values("user"))
        kept = _of("discipline.DenunciationReader").open().filter(is_receiver=True, user__in=users.values("pk"))
        kept = kept.exclude(denunciation__member__user=F("user"))
        mine = _of("cells.Organisation").visible_to(user, Permission.CASES_SEAL)
        return self.standing().filter(organisation__in=mine.values("pk")).exclude(pk__in=kept.values("denunciation"))


class DenunciationReaderQuerySet(models.QuerySet):
    """People named on denunciations."""

    def open(self):
        """Those who are named now."""
        return self.filter(until__isnull=True)

    def of_user(self, user):
        """As what `user` is named now; who has left his office reads no more."""
        if not user.holds(Permission.CASES_REPORT):
            return self.none()
        return self.open().filter(user_id=user.pk).exclude(denunciation__member__user=user.pk)


class OfDenunciationQuerySet(FactQuerySet):
    """Rows of a denunciation."""

    def visible_to(self, user, permission=None):
        """Rows of the denunciations that `user` may see."""
        seen = _of("discipline.Denunciation").visible_to(user)
        return self.filter(denunciation__in=seen.values("pk"))


class DenouncerQuerySet(models.QuerySet):
    """Who sent a denunciation."""

    def visible_to(self, user, permission=None):
        """Senders shown to `user`: to the receiver, and to those whom he named for it with a second person."""
        named = _of("discipline.DenunciationReader").of_user(user).filter(sees_sender=True)
        return self.filter(denunciation__in=named.values("denunciation"), denunciation__voided_at__isnull=True)


class SenderOpeningQuerySet(models.QuerySet):
    """Requests to name somebody on a denunciation."""

    def waiting(self):
        """Those nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def visible_to(self, user, permission=None):
        """Those on standing denunciations of which `user` is the second person, as long as he inspects."""
        return self.asked_of(user.pk) if user.holds(Permission.CASES_WORK) else self.none()

    def asked_of(self, user_pk):
        """Those on standing denunciations of which somebody is the second person."""
        return self.filter(asked_of_id=user_pk, denunciation__voided_at__isnull=True)


class PlanQuerySet(ScopedQuerySet, FactQuerySet):
    """Plans of inspection and supervision, by the body whose plan it is."""

    def visible_to(self, user, permission=Permission.SUPERVISION_VIEW):
        """Standing plans of organisations in scope."""
        return super().visible_to(user, permission).standing()


class PlannedQuerySet(FactQuerySet):
    """Single inspections of plans."""

    def visible_to(self, user, permission=Permission.SUPERVISION_VIEW):
        """Standing rows of standing plans in scope."""
        plans = _of("discipline.SupervisionPlan").visible_to(user, permission)
        return self.standing().filter(plan__in=plans.values("pk"))

    def done_in(self, year):
        """Those that were carried out in a year."""
        return self.standing().filter(done_on__year=year, plan__voided_at__isnull=True)

    def below(self, organisation):
        """Those of the plans of an organisation and everything below it today."""
        branch = _of("cells.Organisation").filter(below([organisation.path])).values("pk")
        return self.filter(plan__organisation__in=branch)


class SideEntryQuerySet(models.QuerySet):
    """Lines about what stands beside the cases."""

    def about(self, subject):
        """Lines about one row, the newest first."""
        return self.filter(subject_type=subject._meta.model_name, subject_id=str(subject.pk)).order_by("-id")
