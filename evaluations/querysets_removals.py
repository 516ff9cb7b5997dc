"""Named reads of matters of removal and leaving; each stands where its member stands."""

from django.apps import apps
from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet, below
from config.lib.periods import FactQuerySet
from config.lib.vietnamese import fold
from evaluations.removal_enums import (
    ABOVE_STATES,
    OPEN_STATES,
    WITH_CELL_STATES,
    RemovalKind,
    RemovalState,
)

CARD, ANSWER = "card", "answer"


class RemovalQuerySet(ScopedQuerySet, FactQuerySet):
    def within(self, paths):
        """Matters that stand at or below `paths`."""
        branch = apps.get_model("cells.Organisation").objects.filter(below(paths)).values("id")
        return self.filter(stands_in(branch))

    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        """Standing matters of members in the scope of `user`."""
        return super().visible_to(user, permission).standing()

    def open(self):
        """Matters that nobody has ended yet."""
        return self.filter(state__in=OPEN_STATES)

    def with_place(self):
        """With all that scope, name and place ask of a matter."""
        return self.select_related("member__home", "organisation", "holder", "chosen_body")

    def with_last_step(self):
        """Annotate the day of the last step, since when the next one waits."""
        return self.annotate(since=Subquery(_rows("RemovalStep").of_matter().order_by("-on", "-id").values("on")[:1]))

    def named_like(self, text):
        """Every word of `text` occurs in the folded name of the member."""
        return self.filter(*[Q(member__search_key__contains=word) for word in fold(text).split()])

    def waiting_for(self, user):
        """Matters on which a cell or a body of `user` acts next, and those decided whose card is not back yet."""
        return self.standing().filter(_turn_of(user) | _answer_of(user) | _card_of(user))

    def for_desk(self, user, today):
        """What waits for `user` (`is_mine` 1), and complaints that others should have answered before `today`; `asked`
        is the state, "card" or "answer", `due` the last day to answer the complaint that waits."""
        late = _rows("RemovalComplaint").waiting().order_by("received_on").values("due_on")[:1]
        mine = _turn_of(user) | _answer_of(user) | _card_of(user)
        rows = self.visible_to(user).annotate(
            due=Subquery(late),
            is_mine=Case(When(mine, then=Value(1)), default=Value(0), output_field=IntegerField()),
            asked=Case(
                When(_answer_of(user), then=Value(ANSWER)),
                When(_card_of(user), then=Value(CARD)),
                When(state=RemovalState.REMOVED, then=Value(ANSWER)),
                default=F("state"),
                output_field=CharField(),
            ),
        )
        return rows.filter(Q(is_mine=1) | Q(state=RemovalState.REMOVED, due__lt=today))


def stands_in(cells):
    """A condition: a matter stands in one of some bodies; that of somebody on the road in the cell he was to reach."""
    on_the_road = Q(member__home__is_cell=False, organisation__in=cells)
    return Q(member__home__is_cell=True, member__home__in=cells) | on_the_road


def _turn_of(user):
    """A condition: a cell or a body of `user` takes the next step."""
    mine = user.bodies_with(Permission.SCREENING_DECIDE)
    return stands_in(_own(user)) & Q(state__in=WITH_CELL_STATES) | Q(state__in=ABOVE_STATES, holder__in=mine)


def _answer_of(user):
    """A condition: a body of `user` has a complaint that nobody has answered."""
    mine = user.bodies_with(Permission.SCREENING_DECIDE)
    return Q(Exists(_rows("RemovalComplaint").waiting()), state=RemovalState.REMOVED, holder__in=mine)


def _card_of(user):
    """A condition: the decision is there, and the card has not come back to a cell of `user`."""
    out = Exists(_rows("RemovalDecision").with_card_out())
    return stands_in(_own(user)) & Q(out, state=RemovalState.REMOVED)


def _own(user):
    return apps.get_model("cells.Organisation").objects.visible_to(user, Permission.SCREENING_FILE).values("id")


class OfRemovalQuerySet(FactQuerySet):
    """Rows that stand in the scope of a matter."""

    def visible_to(self, user, permission=Permission.SCREENING_VIEW):
        """Rows of matters in the scope of `user`."""
        seen = apps.get_model("evaluations.Removal").objects.visible_to(user, permission)
        return self.filter(removal__in=seen.values("id"))

    def of_matter(self):
        """Standing rows of the matter of an outer query."""
        return self.standing().filter(removal=OuterRef("pk"))


class RemovalComplaintQuerySet(OfRemovalQuerySet):
    def waiting(self):
        """Complaints without an answer, of the matter of an outer query."""
        return self.of_matter().filter(answered_on__isnull=True)


class RemovalDecisionQuerySet(OfRemovalQuerySet):
    def with_ending_now(self):
        """Annotate the ending as it stands now (`ending_now`), which may have been written anew, and `card_back`."""
        rows = apps.get_model("members.Ending").objects.standing()
        rows = rows.filter(member=OuterRef("removal__member"), pk__gte=OuterRef("ending")).order_by("pk")
        return self.annotate(
            ending_now=Subquery(rows.values("pk")[:1]), card_back=Subquery(rows.values("card_recovered_on")[:1])
        )

    def with_card_out(self):
        """Decisions that removed, of the matter of an outer query, whose ending stands and says nothing of a card."""
        rows = self.of_matter().filter(approves=True).with_ending_now()
        return rows.filter(ending_now__isnull=False, card_back__isnull=True)

    def counted(self, organisation, start, end):
        """Decisions that took effect within the half-open period for members below a body, by its path today."""
        rows = self.standing().filter(approves=True, removal__voided_at__isnull=True)
        below = Q(removal__organisation__path__startswith=organisation.path)
        return rows.filter(below, effective_on__gte=start, effective_on__lt=end)

    def leaving(self):
        """Those on application."""
        return self.filter(removal__kind=RemovalKind.LEAVING)


def _rows(name):
    return apps.get_model(f"evaluations.{name}").objects.all()
