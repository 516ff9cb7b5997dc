"""Named reads of the yearly rating."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet, below
from config.lib.periods import FactQuerySet
from evaluations.enums import CommentOf, FrameState, Outcome, SeasonState, SheetState


class SeasonQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SeasonState.OPEN)

    def visible_to(self, user, permission=Permission.REPORTS_VIEW):
        """Seasons of the committees that stand above or within the scope of `user`."""
        paths = user.paths_in_scope(permission)
        above = {int(part) for path in paths for part in path.strip("/").split("/")}
        return self.filter(Q(organisation__in=above) | below(paths, "organisation__path"))

    def with_counts(self, paths):
        """Annotate `cells` below some paths and how many of them are `decided`."""
        seen = below(paths, "sheets__organisation__path") & Q(sheets__managed_from=None)  # one sheet a cell
        done = Count("sheets", filter=seen & Q(sheets__state=SheetState.DECIDED))
        return self.annotate(cells=Count("sheets", filter=seen), decided=done).order_by("-year", "organisation__path")

    def with_frame_count(self):
        """Annotate `frame_count`: how many score frames the season took when it opened."""
        return self.annotate(frame_count=Count("frames"))

    def with_silent_count(self, paths):
        """Annotate `silent`: decisions of bodies below `paths` of which no notice to the members is recorded yet."""
        decisions = apps.get_model("evaluations.RatingDecision").objects.filter(season=OuterRef("pk"))
        silent = decisions.untold(paths).order_by().values("season")
        return self.annotate(silent=Coalesce(Subquery(silent.annotate(number=Count("pk")).values("number")), 0))

    def with_raise_of(self, body_pk):
        """Annotate `cap_raised`: whether a decision raises the cap of that body."""
        raises = apps.get_model("evaluations.CapRaise").objects.standing()
        return self.annotate(cap_raised=Exists(raises.filter(season=OuterRef("pk"), organisation=body_pk)))

    def with_quarters_chosen(self, user):
        """Annotate whether quarters of the year are followed in the scope of `user`: by a choice in it
        (`quarters_below`), or by the nearest one at or above it (`quarters_nearest`); on the last day of a quarter."""
        paths = user.paths_in_scope(Permission.REPORTS_VIEW)
        above = {int(part) for path in paths for part in path.strip("/").split("/")}
        year = OuterRef("year")
        begun = Q(started_on__year__lt=year) | Q(started_on__year=year, started_on__month__lte=9)
        lasts = Q(ended_on=None) | Q(ended_on__year__gt=year) | Q(ended_on__year=year, ended_on__month__gte=4)
        rows = apps.get_model("cells.RuleOverride").objects.standing().filter(begun, lasts, key="quarterly_enabled")
        nearest = rows.filter(organisation__in=above).order_by("-organisation__path", "-started_on")
        return self.annotate(
            quarters_below=Exists(rows.filter(below(paths, "organisation__path"), value=True)),
            quarters_nearest=Subquery(nearest.values("value")[:1]),
        )

    def touching(self, organisation, year):
        """Seasons of `year` of `organisation`, of a body above it or below it."""
        near = Q(organisation__in=organisation.ancestor_ids()) | Q(organisation__path__startswith=organisation.path)
        return self.filter(near, year=year)


class RatingSheetQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def with_cap_raised(self):
        """Annotate `cap_raised`: whether a decision raises the cap of the body that decides."""
        raises = apps.get_model("evaluations.CapRaise").objects.standing()
        mine = raises.filter(season=OuterRef("season"), organisation=OuterRef("decider"))
        return self.annotate(cap_raised=Exists(mine))

    def for_page(self):
        """With everything that the page of one sheet says about it."""
        own = apps.get_model("evaluations.OrganisationReview").objects.filter(
            season=OuterRef("season"), organisation=OuterRef("organisation")
        )
        rows = self.select_related("season__organisation", "organisation", "holder", "decider").with_cap_raised()
        return rows.annotate(own_rating=Subquery(own.values("pk")[:1]))

    def with_decision(self):
        """With the decision, whoever wrote it, and the body directly above the one that decides."""
        return self.select_related("decision__organisation", "decision__decided_by", "decider__parent")


class ReviewQuerySet(ScopedQuerySet):
    scope_field = "sheet__organisation"

    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def with_later(self):
        """Annotate `is_rerated` (by a later decision) and `has_open_complaint`, which the cell never sees."""
        later = apps.get_model("evaluations.ReRating").objects.standing().filter(review=OuterRef("pk"))
        waiting = apps.get_model("evaluations.Complaint").objects.unanswered().filter(review=OuterRef("pk"))
        return self.annotate(is_rerated=Exists(later), has_open_complaint=Exists(waiting))

    def counted_by_sheet(self, *levels):
        """(sheet, people, of these to be rated, of these settled by a level or a reason, of these with each of
        `levels` as decided or else proposed) of sheets with people."""
        rate = Q(outcome=Outcome.RATE)
        settled = rate & (~Q(proposed_level="") | ~Q(not_rated_reason=""))
        decided = Q(sheet__state=SheetState.DECIDED)
        of_level = {
            f"level_{level}": Count("pk", filter=decided & Q(decided_level=level) | ~decided & Q(proposed_level=level))
            for level in levels
        }
        people = {"people": Count("pk"), "due": Count("pk", filter=rate), "settled": Count("pk", filter=settled)}
        return self.order_by().values_list("sheet").annotate(**people, **of_level)

    def to_be_grouped(self, season, organisation):
        """Members on whom one body will decide in one season, who are to be rated."""
        rows = self.filter(sheet__season=season, sheet__decider=organisation, outcome=Outcome.RATE)
        return rows.exclude(sheet__state=SheetState.DECIDED)

    def with_papers(self, season):
        """Annotate what is there of a member in `season`: `written_state` of his self-review, a residence comment or
        why none is needed, raised points that wait for an answer; `cell_has_open_raised_point` is about the cell as
        a whole; `kept_general` and `kept_results`, points that an earlier version kept with the self-review."""
        written, residence, point = (
            apps.get_model(f"evaluations.{name}") for name in ("WrittenReview", "ResidenceComment", "RaisedPoint")
        )
        mine = {"season": season, "member": OuterRef("member")}
        collective = point.objects.unanswered().filter(
            season=season, member__isnull=True, organisation=OuterRef("sheet__organisation")
        )
        return self.annotate(
            written_state=Subquery(written.objects.filter(**mine).values("state")[:1]),
            kept_general=Subquery(written.objects.filter(**mine).values("own_general")[:1]),
            kept_results=Subquery(written.objects.filter(**mine).values("own_results")[:1]),
            has_residence=Exists(residence.objects.standing().filter(**mine, kind=CommentOf.RESIDENCE)),
            has_open_raised_point=Exists(point.objects.unanswered().filter(**mine)),
            cell_has_open_raised_point=Exists(collective),
        )

    def with_quarters(self, year):
        """Annotate `quarter_1` … `quarter_4`: what the quarterly follow-up says of each quarter of the year."""
        rows = apps.get_model("evaluations.QuarterRating").objects.of_year(year).filter(member=OuterRef("member"))
        return self.annotate(
            **{f"quarter_{number}": Subquery(rows.filter(quarter=number).marks()[:1]) for number in range(1, 5)}
        )

    def for_advice(self, season):
        """With all that the suggestion of the rules and the notes beside it look at."""
        return self.with_written(season).with_quarters(season.year)

    def with_written(self, season):
        """Annotate what the self-review says of a member's year: `written_degrees`, `written_group`, and
        `written_staff_level`, the level that he claims as staff."""
        written = apps.get_model("evaluations.WrittenReview").objects.filter(season=season, member=OuterRef("member"))
        return self.annotate(
            written_degrees=Subquery(written.values("degrees")[:1]),
            written_group=Subquery(written.values("group")[:1]),
            written_staff_level=Subquery(written.values("staff_level")[:1]),
        )

    def decided_by(self, season, organisation):
        """Members whose level one body has decided in one season: its group for the cap."""
        return self.filter(sheet__season=season, sheet__decision__organisation=organisation)


class CapGroupQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_DECIDE):
        """Groups of bodies for which `user` decides."""
        return super().visible_to(user, permission)

    def of_body(self, season, organisation):
        """The standing groups of one body in one season."""
        return self.standing().filter(season=season, organisation=organisation)


class RatingNoticeQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "decision__organisation"

    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        """Notices of decisions of bodies in which `user` sees ratings."""
        return super().visible_to(user, permission)


class CapRaiseQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.REPORTS_VIEW):
        """Raises of the bodies within the scope of `user`, and of those above, under whose cap he is."""
        paths = user.paths_in_scope(permission)
        above = {int(part) for path in paths for part in path.strip("/").split("/")}
        return self.filter(Q(organisation__in=above) | below(paths, "organisation__path"))


class RatingDecisionQuerySet(ScopedQuerySet):
    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def untold(self, paths):
        """Decisions of bodies below `paths` of which no notice to the members is recorded yet."""
        notices = apps.get_model("evaluations.RatingNotice").objects.standing().filter(decision=OuterRef("pk"))
        return self.filter(~Exists(notices), below(paths, "organisation__path"))


class ReRatingQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "review__sheet__organisation"

    def visible_to(self, user, permission=Permission.RATINGS_VIEW):
        return super().visible_to(user, permission)

    def with_people(self):
        """With the person, the cell and everybody whom a page names."""
        return self.select_related(
            "review__member", "review__sheet__organisation", "organisation", "recorded_by", "voided_by"
        )


class ComplaintQuerySet(ScopedQuerySet, FactQuerySet):
    """Complaints are known to who may decide on the sheet, never to the cell as such."""

    scope_field = "review__sheet__decider"

    def visible_to(self, user, permission=Permission.RATINGS_DECIDE):
        return super().visible_to(user, permission)

    def with_people(self):
        """With everybody whom a page names."""
        return self.select_related("recorded_by", "answered_by", "voided_by")

    def unanswered(self):
        return self.standing().filter(answered_on__isnull=True)

    def of_season(self, season):
        """Standing complaints about results of one season, those that wait first, the oldest before the others."""
        rows = self.standing().filter(review__sheet__season=season)
        return rows.order_by(F("answered_on").asc(nulls_first=True), "received_on", "recorded_at")

    def with_result(self):
        """With the person, the cell and the body that decides."""
        return self.select_related("review__member", "review__sheet__organisation", "review__sheet__decider")


class ScoreFrameQuerySet(ScopedQuerySet, FactQuerySet):
    def visible_to(self, user, permission=Permission.RULES_VIEW):
        """Issued frames of the bodies within the scope of `user` and above it, whose frames bind; drafts of one's own.

        A draft is seen by who may change it, and so is one that was voided.
        """
        paths = user.paths_in_scope(permission)
        above = {int(part) for path in paths for part in path.strip("/").split("/")}
        issued = Q(organisation__in=above) | below(paths, "organisation__path")
        own = below(user.paths_in_scope(Permission.RATINGS_DECIDE), "organisation__path")
        return self.filter(Q(state=FrameState.ISSUED) & issued | own)

    def issued(self):
        return self.standing().filter(state=FrameState.ISSUED)

    def drafts(self):
        return self.standing().filter(state=FrameState.DRAFT)

    def valid_for(self, organisation, rule_code, day):
        """Frames issued by `day` of `organisation` and of the bodies above and below it, later versions last."""
        near = Q(organisation__in=organisation.ancestor_ids()) | Q(organisation__path__startswith=organisation.path)
        return self.issued().filter(near, rule_code=rule_code, issued_on__lte=day).order_by("version")
