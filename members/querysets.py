"""Named reads of people and their history."""

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet, PeriodFactQuerySet
from config.lib.vietnamese import fold
from members.enums import FINAL_ENDINGS, MembershipKind, OverlayKind, Status


def _rows(name):
    return apps.get_model(f"members.{name}").objects


class MemberQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "home"

    def visible_to(self, user, permission=Permission.MEMBERS_VIEW):
        """People officially in, or last in, an organisation in which `user` holds `permission`."""
        return super().visible_to(user, permission).standing()

    def on_roll(self, day):
        """People with an official membership on `day`."""
        return self.filter(Exists(_official(day)))

    def with_status(self, day):
        """Annotate `status`: what each person is on `day` (member-file.md §10: the first that holds)."""
        overlay = _rows("Overlay").on(day).filter(member=OuterRef("pk"))
        away = _rows("Membership").on(day).filter(member=OuterRef("pk"), kind=MembershipKind.TEMPORARY)
        home_is_cell = _official(day).filter(organisation__is_cell=True)
        return self.annotate(
            status=Case(
                When(~Exists(_official(day)), then=Value(Status.ENDED)),
                When(Exists(overlay.filter(kind=OverlayKind.INTERRUPTED)), then=Value(Status.INTERRUPTED)),
                When(Exists(overlay.filter(kind=OverlayKind.SUSPENDED)), then=Value(Status.SUSPENDED)),
                When(~Exists(home_is_cell), then=Value(Status.IN_TRANSIT)),
                When(Exists(away), then=Value(Status.TEMPORARY_OUT)),
                When(Exists(overlay.filter(kind=OverlayKind.EXEMPT)), then=Value(Status.EXEMPT)),
                When(official_on__isnull=False, official_on__lte=day, then=Value(Status.OFFICIAL)),
                default=Value(Status.PROBATIONARY),
                output_field=models.CharField(),
            )
        )

    def with_cell(self, day):
        """Annotate `cell_id`: the organisation of the official membership on `day`."""
        return self.annotate(cell_id=Subquery(_official(day).values("organisation_id")[:1]))

    def with_grade(self, year):
        """Annotate `grade` and `grade_reason`: the decided result of `year`."""
        grade = _rows("AnnualGrade").standing().filter(member=OuterRef("pk"), year=year)
        return self.annotate(
            grade=Subquery(grade.values("level")[:1]), grade_reason=Subquery(grade.values("not_rated_reason")[:1])
        )

    def with_particular(self, topic, value, day):
        """People whose standing answer to `topic` on `day` is `value`."""
        rows = _rows("Particular").on(day).filter(member=OuterRef("pk"), topic=topic, value=value)
        return self.filter(Exists(rows))

    def matching(self, text):
        """Forgiving search: every word in the folded name in any order; digits: a whole number or its last four."""
        words = fold(text).split()
        digits = "".join(words)
        if digits.isdigit():
            return self.filter(_by_digits(digits))
        return self.filter(*[Q(search_key__contains=word) for word in words])

    def on_known_number(self, *, personal_id="", card_number="", former_card_number=""):
        """People who already hold one of the given numbers, anywhere."""
        wanted = Q(pk__in=[])
        for field, value in (
            ("personal_id", personal_id),
            ("card_number", card_number),
            ("former_card_number", former_card_number),
        ):
            wanted |= Q(**{field: value}) if value else Q(pk__in=[])
        return self.standing().filter(wanted)


def _official(day):
    rows = _rows("Membership").on(day)
    return rows.filter(member=OuterRef("pk"), kind=MembershipKind.OFFICIAL)


def _by_digits(digits):
    if len(digits) == 4:
        return Q(personal_id__endswith=digits) | Q(card_number__endswith=digits)
    return (
        Q(personal_id=digits) | Q(card_number=digits) | Q(former_card_number=digits) | Q(cv_number__startswith=digits)
    )


class MembershipQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    def official(self):
        return self.filter(kind=MembershipKind.OFFICIAL)

    def finally_ended(self):
        """Memberships after which the person is no longer a member."""
        return self.filter(end_reason__in=FINAL_ENDINGS)


class AnnualGradeQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"

    def of_year(self, year):
        return self.standing().filter(year=year)


class ImportBatchQuerySet(ScopedQuerySet):
    pass
