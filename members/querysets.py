"""Named reads of people and their history."""

import re
from functools import lru_cache, reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet, PeriodFactQuerySet
from config.lib.vietnamese import fold
from config.lib.workdays import add_months
from members.enums import (
    FINAL_ENDINGS,
    UNKNOWN,
    WEIGHING_STAGES,
    EndReason,
    MembershipKind,
    OverlayKind,
    RestorationKind,
    Status,
)

LAST_DIGITS = 4  # as many as a masked number shows
_CV_NUMBER = re.compile(r"\d{6}([a-z]{2,3})?")


def _rows(name):
    return apps.get_model(f"members.{name}").objects


class MemberQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "home"

    def visible_to(self, user, permission=Permission.MEMBERS_VIEW):
        """People officially in, or last in, an organisation in which `user` holds `permission`."""
        return super().visible_to(user, permission).standing()

    def ids_among(self, ids):
        """Those of `ids` that are in sight, as a set."""
        return set(self.filter(pk__in=ids).values_list("pk", flat=True))

    def on_roll(self, day):
        """People with an official membership on `day`."""
        return self.filter(Exists(_official(day)))

    def with_status(self, day):
        """Annotate `status`: what each of few people is on `day` (member-file.md §10: the first that holds)."""
        return self.annotate(status=_status_on(day))

    def in_status(self, status, day):
        """People who are `status` on `day`, by joins: filtering by the annotation asks every row in turn."""
        tests = {**dict(_status_tests(day)), Status.PROBATIONARY: Q()}
        before = set(list(tests)[: list(tests).index(status)])
        if Status.IN_TRANSIT in before:
            before.discard(Status.ENDED)  # who is in a cell is on the roll: a join less
        kinds = [kind for kind, name in UNDER.items() if name in before]
        others = [~tests[name] for name in before.difference(UNDER.values())]
        return self.filter(tests[status], ~_under(kinds, day), *others)

    def with_cell(self, day):
        """Annotate `cell_id`: the organisation of the official membership on `day`."""
        return self.annotate(cell_id=Subquery(_official(day).values("organisation_id")[:1]))

    def with_open_move(self):
        """Annotate `open_move`: the id of the move that is asked for or under way, None without one."""
        moves = _rows("Transfer").unsettled().filter(member=OuterRef("pk"))
        return self.annotate(open_move=Subquery(moves.values("pk")[:1]))

    def with_known_posts(self):
        """Read `known_posts` along: every post ever recorded, voided ones too, with who recorded and voided it."""
        posts = _rows("Post").select_related("organisation", "term", "recorded_by", "voided_by")
        return self.prefetch_related(models.Prefetch("posts", posts, to_attr="known_posts"))

    def with_papers_missing(self):
        """Annotate `papers_missing`: how the person left where the last leaving has no papers yet, None otherwise."""
        left = _rows("Membership").left_for_good().with_papers_left("papers").filter(member=OuterRef("pk"))
        return self.annotate(papers_missing=Subquery(left.order_by("-ended_on", "-id").values("end_reason")[:1]))

    def with_photo(self):
        """Annotate `has_photo`: whether a portrait of the sheet stands."""
        return self.annotate(has_photo=Exists(_rows("Photo").standing().filter(member=OuterRef("pk"))))

    def with_opening(self, key, user, day):
        """Annotate `is_noted`: whether the log says that `user` opened the record of that key on `day`."""
        looks = apps.get_model("cells.LogEntry").objects.chosen(subject=f"members.member:{key}")
        return self.annotate(is_noted=Exists(looks.openings().filter(actor=user).within_days(since=day, until=day)))

    def with_grade(self, year):
        """Annotate the decided result of `year`: `grade` (None: no result, empty: not rated), its scale, its reason."""
        grade = _rows("AnnualGrade").standing().filter(member=OuterRef("pk"), year=year)
        return self.annotate(
            grade=Subquery(grade.values("level")[:1]),
            grade_scale=Subquery(grade.values("scale")[:1]),
            grade_reason=Subquery(grade.values("reason_text")[:1]),
        )

    def graded(self, year, level):
        """People whose decided result of `year` is `level`: empty for not rated, None for no result."""
        grades = _rows("AnnualGrade").standing().filter(member=OuterRef("pk"), year=year)
        return self.filter(~Exists(grades) if level is None else Exists(grades.filter(level=level)))

    def with_particular(self, topic, value, day):
        """People whose standing answer to `topic` on `day` is `value`; no answer counts as unknown."""
        rows = _rows("Particular").on(day).filter(member=OuterRef("pk"), topic=topic)
        if value == UNKNOWN:
            return self.filter(~Exists(rows.exclude(value=UNKNOWN)))
        return self.filter(Exists(rows.filter(value=value)))

    def in_organisations(self, organisation_ids, day):
        """People officially in one of the organisations on `day`, wherever they are today; None: in any."""
        official = _rows("Membership").on(day).official()
        if organisation_ids is not None:
            official = official.filter(organisation_id__in=organisation_ids)
        # a list of members that is hashed once; asking each member in turn takes ten times as long
        return self.filter(pk__in=official.values("member_id"))

    def left_by(self, day):
        """People whose official membership ended by `day` and who have none on it."""
        ended = _rows("Membership").standing().filter(member=OuterRef("pk"), kind=MembershipKind.OFFICIAL)
        return self.filter(Exists(ended.filter(ended_on__lte=day)), ~Exists(_official(day)))

    def aged(self, day, least, most):
        """People of `least` to `most` full years on `day`, by the first day of a partial birth date; None: no limit."""
        rows = self if least is None else self.filter(born_on__lte=add_months(day, -12 * least))
        return rows if most is None else rows.filter(born_on__gt=add_months(day, -12 * (most + 1)))

    def in_cell(self, cell, day):
        """People officially in the cell on `day`, in the order of names."""
        return self.in_organisations([cell.pk], day).order_by("sort_key", "id")

    def without_card(self, form=""):
        """Official members without a card who wait for none; `form` "old": with a card of the old form only."""
        asked = _rows("PartyCard").asked_for().filter(member=OuterRef("pk"))
        rows = self.filter(~Exists(asked), card_number="", official_on__isnull=False)
        return rows.exclude(former_card_number="") if form else rows.filter(former_card_number="")

    def waiting_for_card(self):
        """People for whom a card is asked for."""
        return self.filter(Exists(_rows("PartyCard").asked_for().filter(member=OuterRef("pk"))))

    def card_unseen_since(self, day):
        """People with a card that the cell has not looked at from `day` on; nobody without a day."""
        if day is None:
            return self.none()
        seen = _rows("CardCheck").standing().filter(member=OuterRef("pk"), checked_on__gte=day)
        return self.exclude(card_number="", former_card_number="").filter(~Exists(seen))

    def same_person(self, full_name, born_on):
        """People of the same name, accents and capitals aside, born on the same day."""
        key = fold(full_name)
        named = Q(search_key=key) | Q(search_key__startswith=f"{key} ")
        return self.standing().filter(named, born_on=born_on)

    def matching(self, text):
        """Forgiving search: every word in the folded name in any order; digits: a whole number or its last four."""
        words = fold(text).split()
        number = "".join(words)
        if _CV_NUMBER.fullmatch(number):
            return self.filter(cv_number__startswith=number[:6])
        if number.isdigit():
            return self.filter(_by_digits(number))
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


def _found_by_index(rows):
    """`Exists` for few people: PostgreSQL asks the index for each; for `Exists` it would read the whole table."""
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)


UNDER = {
    OverlayKind.INTERRUPTED: Status.INTERRUPTED,
    OverlayKind.SUSPENDED: Status.SUSPENDED,
    OverlayKind.EXEMPT: Status.EXEMPT,
}


def _status_tests(day, exists=Exists):
    """(status, condition) in the order in which the first that holds wins; who is left is probationary.

    Memberships are many, and asked for as `exists` does it.
    """
    away = _rows("Membership").on(day).filter(member=OuterRef("pk"), kind=MembershipKind.TEMPORARY)
    abroad = _rows("Transfer").away(day).filter(member=OuterRef("pk"), to_organisation__isnull=True)
    return [
        (Status.ENDED, ~Q(exists(_official(day)))),
        (Status.INTERRUPTED, _under([OverlayKind.INTERRUPTED], day)),
        (Status.SUSPENDED, _under([OverlayKind.SUSPENDED], day)),
        (Status.IN_TRANSIT, ~Q(exists(_official(day).filter(organisation__is_cell=True)))),
        (Status.TEMPORARY_OUT, Q(exists(away)) | Q(exists(abroad))),
        (Status.EXEMPT, _under([OverlayKind.EXEMPT], day)),
        (Status.OFFICIAL, Q(official_on__isnull=False, official_on__lte=day) | Exists(_official_before(day))),
    ]


@lru_cache(maxsize=8)
def _status_on(day):
    """The expression of `with_status`; putting it together takes longer than asking it of fifty people."""
    tests = [When(test, then=Value(status)) for status, test in _status_tests(day, _found_by_index)]
    return Case(*tests, default=Value(Status.PROBATIONARY), output_field=models.CharField())


def _official_before(day):
    """Readmissions after `day` of people who had been official on it."""
    rows = _rows("Restoration").standing().filter(member=OuterRef("pk"), kind=RestorationKind.READMITTED)
    return rows.filter(back_on__gt=day, former_official_on__lte=day)


def _under(kinds, day):
    return Q(Exists(_rows("Overlay").on(day).filter(member=OuterRef("pk"), kind__in=kinds)))


def _by_digits(digits):
    if len(digits) == LAST_DIGITS:
        return Q(personal_id__endswith=digits) | Q(card_number__endswith=digits)
    numbers = ("personal_id", "card_number", "former_card_number", "former_personal_id")
    return reduce(or_, (Q(**{number: digits}) for number in numbers))


class MembershipQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    def official(self):
        return self.filter(kind=MembershipKind.OFFICIAL)

    def finally_ended(self):
        """Memberships after which the person is no longer a member."""
        return self.filter(end_reason__in=FINAL_ENDINGS)

    def left_for_good(self):
        """The last official memberships of people who died or left, as the list of them shows."""
        return self.standing().official().finally_ended()

    def with_papers_left(self, kind):
        """Those of which the card ("card") or the file ("file") has not come up, or nobody entered papers yet."""
        papers = _rows("Ending").standing().filter(membership=OuterRef("pk"))
        if kind == "card":
            return self.filter(Exists(papers.filter(card_recovered_on=None).exclude(reason=EndReason.DIED)))
        if kind == "file":
            return self.filter(Exists(papers.filter(file_sent_on=None)))
        return self.filter(~Exists(papers))


class OfMemberFactQuerySet(ScopedQuerySet, FactQuerySet):
    """Facts about people, in the scope of where they officially are today."""

    scope_field = "member__home"


class BadgeQuerySet(OfMemberFactQuerySet):
    def proposed(self):
        """Badges on which nobody has decided yet."""
        return self.standing().filter(decided_on__isnull=True)

    def awarded(self):
        return self.standing().filter(decided_on__isnull=False)

    def not_handed_over(self):
        return self.awarded().filter(handed_on__isnull=True)

    def of_round(self, day, level=""):
        """Badges proposed for the round of that day, decided or not, in the order of the printed list."""
        rows = self.standing().filter(round_on=day, proposed_on__isnull=False, **({"level": level} if level else {}))
        rows = rows.select_related("member__home")
        return rows.order_by("-level", "member__home__path", "member__sort_key", "id")


class PartyCardQuerySet(OfMemberFactQuerySet):
    def asked_for(self):
        """Cards that are not printed yet."""
        return self.standing().filter(number="")

    def of_those_on_roll(self, day):
        """Cards of the people who are members on `day`: nobody waits for a card after death or leaving."""
        return self.filter(member__in=_rows("Member").on_roll(day))

    def queue(self, day):
        """Cards asked for on `day` in the order of cells and names."""
        rows = self.asked_for().of_those_on_roll(day).select_related("member__home")
        return rows.order_by("member__home__path", "member__sort_key", "id")

    def of_people(self, members):
        """The cards asked for of the people, by member."""
        return {row.member_id: row for row in self.asked_for().filter(member__in=members)}

    def in_use(self):
        return self.standing().filter(ended_on__isnull=True).exclude(number="")


class CardCheckQuerySet(OfMemberFactQuerySet):
    def latest_of(self, members):
        """The last check of each of the people, by member."""
        rows = self.standing().filter(member__in=members).order_by("checked_on", "id")
        return {row.member_id: row for row in rows}


class EndingQuerySet(OfMemberFactQuerySet):
    pass


class RestorationQuerySet(OfMemberFactQuerySet):
    pass


class ProceedingQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    scope_field = "member__home"

    def weighing(self, day):
        """Stages on `day` that take their member out of the voting base."""
        return self.on(day).filter(stage__in=WEIGHING_STAGES)


class SheetRowQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"


class HoldQuerySet(ScopedQuerySet, PeriodFactQuerySet):
    scope_field = "member__home"


class AnnualGradeQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"

    def of_year(self, year):
        return self.standing().filter(year=year)


class OfficialFileQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.MEMBERS_EXPORT):
        """Files of organisations in which `user` may export."""
        return super().visible_to(user, permission)

    def without_content(self):
        """Read along who made them, and leave the data in the database."""
        return self.defer("content").select_related("organisation", "created_by")


class ImportBatchQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.MEMBERS_IMPORT):
        """Files sent for organisations in which `user` may import."""
        return super().visible_to(user, permission)

    def with_figures(self):
        """Annotate the figures of the report, and leave the report and the file itself in the database."""
        names = ("rows", "created", "updated", "unchanged", "refused")
        figures = {f"{name}_count": Cast(KT(f"report__{name}"), models.IntegerField()) for name in names}
        return self.defer("content", "report", "mapping").annotate(**figures)
