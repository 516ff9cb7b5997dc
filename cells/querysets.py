"""Named reads of the organisation side, and the one rule of scope that every list shares."""

from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cells.enums import UNFINISHED_JOBS, UNISSUED
from cells.permissions import GRANTS, INSPECTION_ROLES, Permission
from config.lib.periods import FactQuerySet, PeriodFactQuerySet
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


class UserQuerySet(models.QuerySet):
    def visible_to(self, user, permission=Permission.ACCOUNTS_MANAGE):
        """Accounts with a role, ended or not, in the scope of `user`.

        An administrator meets no account that has or had an inspection role; whoever grants those meets only such.
        """
        roles = _assignments()
        inspection = roles.filter(role__in=INSPECTION_ROLES)
        wanted = inspection if permission == Permission.INSPECTION_GRANT else roles
        rows = self.filter(id__in=wanted.within(user.paths_in_scope(permission)).values("user_id"), is_system=False)
        if permission == Permission.INSPECTION_GRANT:
            return rows
        return rows.exclude(id__in=inspection.values("user_id"))

    def named_like(self, text):
        """Every word of `text` occurs in the folded user name and full name."""
        return self.filter(*[Q(search_key__contains=word) for word in fold(text).split()])

    def in_state(self, state):
        """Accounts in use ("open"), closed ones ("closed"), or all."""
        return self.filter(is_active=state == "open") if state else self

    def holding(self, role, day):
        """Accounts that hold `role` on `day`."""
        return self.filter(id__in=_assignments().on(day).filter(role=role).values("user_id"))

    def granted(self, permission, organisation, day):
        """Accounts in use to which a role gives `permission` on a body or above it on `day`."""
        roles = [role for role, granted in GRANTS.items() if permission in granted]
        held = _assignments().on(day).filter(role__in=roles, organisation__in=organisation.ancestor_ids())
        return self.filter(id__in=held.values("user_id"), is_active=True, is_system=False)

    def with_roles(self):
        """Prefetch the standing roles with their organisations, the latest first, as `roles`."""
        roles = _assignments().standing().select_related("organisation").order_by("-started_on", "-id")
        return self.prefetch_related(models.Prefetch("role_assignments", roles, to_attr="roles"))


def _people():
    return apps.get_model("cells.User").objects.all()


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _assignments():
    return apps.get_model("cells.RoleAssignment").objects.all()


class ScopedFactQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    """Dated facts about an organisation."""

    def lasting(self, day):
        """Standing rows that hold on `day` or will hold later."""
        return self.standing().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class RoleAssignmentQuerySet(ScopedFactQuerySet):
    pass


class OrganQuerySet(ScopedFactQuerySet):
    pass


class TreeEventQuerySet(FactQuerySet):
    """Changes of the tree, those taken back too."""

    def visible_to(self, user, permission=Permission.ORGANISATIONS_VIEW):
        """Changes that touched an organisation in which `user` holds `permission`."""
        return self.filter(self._of(below(user.paths_in_scope(permission))))

    def touching(self, organisation):
        """Changes of an organisation, of what is below it today, and of what the change took from below it."""
        branch = below([organisation.path])
        parents = apps.get_model("cells.Organisation").objects.filter(branch).values("id")
        taken = apps.get_model("cells.OrganisationVersion").objects.filter(parent__in=parents)
        return self.filter(self._of(branch) | Q(pk__in=taken.exclude(closed_by=None).values("closed_by")))

    def _of(self, branch):
        organisations = apps.get_model("cells.Organisation").objects.filter(branch).values("id")
        parts = apps.get_model("cells.TreeEventPart").objects.filter(organisation__in=organisations)
        return Q(pk__in=parts.values("event"))


class RuleSetQuerySet(models.QuerySet):
    def latest_versions(self):
        """The newest version of every topic and code."""
        newer = self.model.objects.filter(
            topic=models.OuterRef("topic"), code=models.OuterRef("code"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(newer))

    def for_season(self, topic, year):
        """The set by which the ratings of `year` are made: of several that cover it the newest."""
        rows = self.latest_versions().filter(topic=topic, first_season_year__lte=year)
        return rows.filter(Q(last_season_year__isnull=True) | Q(last_season_year__gte=year)).latest("effective_on")

    def in_force(self, topic, day):
        """The newest set of `topic` that is in force on `day`."""
        return self.latest_versions().filter(topic=topic, effective_on__lte=day).latest("effective_on")


class RuleOverrideQuerySet(ScopedFactQuerySet):
    def visible_to(self, user, permission=Permission.RULES_VIEW):
        """Choices of the bodies in the scope of `user`; for reading also those of the bodies above, which bind."""
        rows = super().visible_to(user, permission)
        if permission != Permission.RULES_VIEW:
            return rows
        above = {int(part) for path in user.paths_in_scope(permission) for part in path.strip("/").split("/")}
        return self.filter(Q(pk__in=rows.values("pk")) | Q(organisation_id__in=above))

    def for_organisation(self, organisation, topics, day):
        """What `organisation` and the bodies above it chose for `topics`, the nearest body last."""
        rows = self.on(day).filter(topic__in=topics, organisation_id__in=organisation.ancestor_ids())
        return rows.order_by("organisation__path")


class IssuedDocumentQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.DOCUMENTS_VIEW):
        """Issued documents within the scope of `user`; drafts only for those who issue documents there."""
        drafts = super().visible_to(user, Permission.DOCUMENTS_ISSUE).filter(state__in=UNISSUED)
        issued = super().visible_to(user, permission).exclude(state__in=UNISSUED)
        return issued | drafts

    def in_series(self, document):
        """Documents that share one sequence of numbers: of a body, a symbol, a type and a term."""
        return self.filter(
            organisation=document.organisation, symbol=document.symbol, type=document.type, term=document.term
        )

    def next_number(self, document):
        """The number after the highest of the series."""
        return (self.in_series(document).aggregate(highest=models.Max("number"))["highest"] or 0) + 1


class LogEntryQuerySet(ScopedQuerySet):
    def about(self, subject):
        """Entries about one object."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def visible_to(self, user, permission=Permission.LOG_VIEW):
        """Acts within the scope of `user`; those that an own right guards only where `user` holds it."""
        seen = self._in_scope(user, permission) & ~reduce(or_, GUARDED_ACTS.values())
        for right, acts in GUARDED_ACTS.items():
            seen |= self._in_scope(user, right) & acts
        return self.filter(seen)

    def _in_scope(self, user, permission):
        paths = user.paths_in_scope(permission)
        return Q(organisation__in=apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id"))

    def chosen(self, *, organisation=None, actor="", action="", about="", subject="", **days):
        """Entries below an organisation, by somebody, of one kind, about something, on some days; empty: all."""
        rows = self.below(organisation) if organisation else self
        rows = rows.filter(action=action) if action else rows
        rows = rows.filter(subject_label__icontains=about) if about else rows
        if actor:
            rows = rows.filter(actor__in=_people().named_like(actor).values("id"))
        if subject:
            kind, _, key = subject.partition(":")
            rows = rows.filter(subject_type=kind, subject_id=key)
        return rows.within_days(**days)

    def within_days(self, *, since=None, until=None):
        """Entries from the start of `since` to the end of `until`, in local time."""
        rows = self.filter(at__gte=_midnight(since)) if since else self
        return rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until else rows

    def openings(self):
        """Acts of opening a record."""
        return self.filter(action__in=OPENINGS)

    def without_openings(self):
        """Acts but the opening of records: a line a day for each reader would hide what was done."""
        return self.exclude(action__in=OPENINGS)

    def before(self, entry_id):
        """Entries older than the one of that id: the next page."""
        return self.filter(id__lt=entry_id)


KEEPING = ("lend_file", "return_file", "void_loan", "add_scan", "read_scan", "withdraw_scan")
OPENINGS = ("members.open_record", "holds.open_record")
GUARDED_ACTS = {
    Permission.ACCOUNTS_MANAGE: Q(action__startswith="accounts."),
    Permission.INSPECTION_GRANT: Q(action__startswith="inspection."),
    Permission.HOLDS_SET: Q(action__startswith="holds."),
    # papers of which only the keeper of a file may know; loans and scans of any paper
    Permission.FILES_KEEP: Q(action__startswith="files.") | Q(action__in=[f"members.{verb}" for verb in KEEPING]),
    Permission.MEMBERS_SENSITIVE: Q(action__startswith="restricted."),
    # complaints about ratings: known to who decides there, kept from the cell
    Permission.RATINGS_DECIDE: Q(action__startswith="complaints."),
    # whom a cell looks at in screening, before the committee above is asked
    Permission.SCREENING_FILE: Q(action__startswith="screening."),
}


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Jobs that `user` started; nobody else looks at them."""
        return self.filter(created_by_id=user.pk)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED_JOBS)

    def ended(self):
        """Jobs done or failed whose file, if they made one, has not been taken away."""
        return self.exclude(state__in=UNFINISHED_JOBS).exclude(result_url="")

    def stalled(self, seconds=60):
        """Jobs that run without a heartbeat for `seconds`: their worker was killed."""
        limit = timezone.now() - timedelta(seconds=seconds)
        return self.filter(state="running", heartbeat_at__lt=limit)
