"""Named reads of matters of removal and leaving; each stands where its member stands."""

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q, Subquery

from cells.permissions import Permission
from cells.querysets import ScopedQuerySet
from config.lib.periods import FactQuerySet
from config.lib.vietnamese import fold
from evaluations.removal_enums import (
    ABOVE_STATES,
    OPEN_STATES,
    WITH_CELL_STATES,
    RemovalKind,
    RemovalPaperKind,
    RemovalState,
)


class RemovalQuerySet(ScopedQuerySet, FactQuerySet):
    scope_field = "member__home"

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
        own = apps.get_model("cells.Organisation").objects.visible_to(user, Permission.SCREENING_FILE).values("id")
        mine = user.bodies_with(Permission.SCREENING_DECIDE)
        of_cell = Q(state__in=WITH_CELL_STATES, member__home__in=own)
        of_body = Q(state__in=ABOVE_STATES, holder__in=mine)
        answer = Q(Exists(_rows("RemovalComplaint").waiting()), holder__in=mine)
        return self.standing().filter(of_cell | of_body | answer | self.card_out() & Q(member__home__in=own))

    @staticmethod
    def card_out():
        """A condition: the decision is there and the card of the member has not come back."""
        return Q(Exists(_rows("RemovalDecision").with_card_out()), state=RemovalState.REMOVED)

    def for_desk(self):
        """With what one line of the desk says: who is asked, since when, the first day of an open complaint."""
        complaints = _rows("RemovalComplaint").waiting().order_by("received_on")
        own = _rows("RemovalPaper").of_matter().exclude(kind=RemovalPaperKind.STATEMENT)
        return self.with_last_step().annotate(
            complained_on=Subquery(complaints.values("received_on")[:1]),
            complaint_level=Subquery(complaints.values("level")[:1]),
            has_card_out=Exists(_rows("RemovalDecision").with_card_out()),
            has_own_words=Exists(own),
            place=F("member__home__name"),
            place_path=F("member__home__path"),
        )


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
    def with_card_out(self):
        """Decisions that removed, of the matter of an outer query, whose ending stands and says nothing of a card."""
        return self.of_matter().filter(
            approves=True, ending__voided_at__isnull=True, ending__card_recovered_on__isnull=True
        )

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
