"""Named reads of the organisation side, and the one rule of scope that every list shares."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cells.enums import UNFINISHED_JOBS
from cells.permissions import Permission
from config.lib.periods import PeriodFactQuerySet
from config.lib.vietnamese import fold


def below(paths, field="path"):
    """A condition: `field` starts with one of `paths`; no paths match nothing."""
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to an organisation, named by `scope_field`."""

    scope_field = "organisation"

    def visible_to(self, user, permission):
        """Rows of organisations in which `user` holds `permission`; the other half of `user.may`."""
        return self.within(user.paths_in_scope(permission))

    def within(self, paths):
        """Rows of the organisations at or below `paths`."""
        branch = apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")
        return self.filter(**{f"{self.scope_field}__in": branch})

    def below(self, organisation):
        """Rows of `organisation` and everything below it today."""
        return self.within([organisation.path])


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.ORGANISATIONS_VIEW):
        """Organisations in which `user` holds `permission`."""
        return self.filter(below(user.paths_in_scope(permission)))

    def below(self, organisation):
        """`organisation` and everything below it today."""
        return self.filter(path__startswith=organisation.path)

    def above(self, organisation):
        """The organisations from the root down to `organisation`, in that order."""
        return self.filter(id__in=organisation.ancestor_ids()).order_by("path")

    def open(self):
        return self.filter(is_open=True)

    def cells(self):
        """Organisations in which members take part directly."""
        return self.filter(is_cell=True)

    def bases(self):
        """Base organisations (tổ chức cơ sở đảng)."""
        return self.filter(is_base=True)

    def named_like(self, text):
        """Every word of `text` occurs in the folded name or the code."""
        words = [Q(search_key__contains=word) | Q(code__startswith=word) for word in fold(text).split()]
        return self.filter(*words)


class RoleAssignmentQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    pass


class RuleSetQuerySet(models.QuerySet):
    def latest_versions(self):
        """The newest version of every topic and code."""
        newer = self.model.objects.filter(
            topic=models.OuterRef("topic"), code=models.OuterRef("code"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(newer))

    def for_season(self, topic, year):
        """The set by which the ratings of `year` are made."""
        rows = self.latest_versions().filter(topic=topic, first_season_year__lte=year)
        return rows.filter(Q(last_season_year__isnull=True) | Q(last_season_year__gte=year)).get()

    def in_force(self, topic, day):
        """The newest set of `topic` that is in force on `day`."""
        return self.latest_versions().filter(topic=topic, effective_on__lte=day).latest("effective_on")


class RuleOverrideQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    def for_organisation(self, organisation, topic, day):
        """What `organisation` and the bodies above it chose for `topic`, the nearest body last."""
        rows = self.on(day).filter(topic=topic, organisation_id__in=organisation.ancestor_ids())
        return rows.order_by("organisation__path")


class IssuedDocumentQuerySet(ScopedQuerySet):
    pass


class LogEntryQuerySet(ScopedQuerySet):
    def about(self, subject):
        """Entries about one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def visible_to(self, user, permission=Permission.LOG_VIEW):
        """Acts within the scope of `user`; whoever runs accounts sees the acts on accounts and no others."""
        content = Q(organisation__in=self._branch(user.paths_in_scope(permission)))
        accounts = Q(organisation__in=self._branch(user.paths_in_scope(Permission.ACCOUNTS_MANAGE)))
        return self.filter(content & ~ACCOUNT_ACTS | accounts & ACCOUNT_ACTS)

    def _branch(self, paths):
        return apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")


ACCOUNT_ACTS = Q(action__startswith="accounts.")


class JobQuerySet(models.QuerySet):
    def of(self, user):
        """Jobs that `user` started."""
        return self.filter(created_by=user)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED_JOBS)

    def stalled(self, seconds=60):
        """Jobs that run without a heartbeat for `seconds`: their worker was killed."""
        limit = timezone.now() - timedelta(seconds=seconds)
        return self.filter(state="running", heartbeat_at__lt=limit)
