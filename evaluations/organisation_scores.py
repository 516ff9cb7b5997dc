"""Points of a collective by criteria (appendix PL1): on which frame, the sums, whose turn it is."""

from dataclasses import dataclass, field
from typing import Any

from evaluations.enums import OrganisationState, PointSet
from evaluations.frames import Tree, trees_of
from evaluations.models import OrganisationPoints, OrganisationReview
from evaluations.row_fields import as_text
from evaluations.rules.score_frame import GENERAL, RESULTS, has_points, total_of
from evaluations.scores import USED_FIRST, given
from evaluations.season_rules import rule_book
from evaluations.workflow import may_take_organisation, organisation_steps_open_to

STEP_OF = {
    PointSet.OWN: "send_organisation",
    PointSet.APPRAISED: "propose_organisation",
    PointSet.DECIDED: "decide_organisations",
}
TOTAL_OF = {PointSet.APPRAISED: "appraised_points", PointSet.DECIDED: "decided_points"}


@dataclass
class CollectiveScores:
    """The points of one collective: its row (saved or not yet), the tree, and what was typed and not saved."""

    review: OrganisationReview
    row: OrganisationPoints
    tree: Tree
    typed: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    theirs: dict = field(default_factory=dict)

    @property
    def key(self):
        return f"o{self.review.pk.hex[:12]}"

    @property
    def name(self):
        return self.review.organisation.name

    def total(self, kind):
        return total_of(self.tree.lines, given(self.row, kind))

    def used(self, kinds):
        """(who gave it, points) of the total that the suggestion is made from, None while no set is whole."""
        totals = {kind: getattr(self.review, TOTAL_OF.get(kind, "points")) for kind in USED_FIRST if kind in kinds}
        whole = ((PointSet(kind).label.lower(), as_text(found)) for kind, found in totals.items() if found is not None)
        return next(whole, None)


@dataclass
class ScoredCollective:
    """What the scoring page of one collective shows; `people` is it alone, `kind` the set that is given now."""

    book: Any
    people: list[CollectiveScores]
    kinds: list
    open_kinds: list
    kind: str | None

    def person(self, review_pk):
        return next((one for one in self.people if one.review.pk == review_pk), None)

    @property
    def one(self):
        return self.people[0] if self.people else None

    @property
    def step(self):
        return self.book.rules.score_frame.score_step


def read_collective(review, user, wanted=""):
    """The points of one collective (with its season, organisation and bodies) as `user` meets them."""
    book = rule_book(review.season)
    uses = has_points(book.rules.score_frame)
    open_kinds = sets_open_to(user, review) if uses else []
    kind = wanted if wanted in open_kinds else (open_kinds[-1] if open_kinds else None)
    people = [collective_of(review, book)] if uses else []
    of_decider = may_take_organisation(user, "decide_organisations", review)
    return ScoredCollective(book, people, kinds_of(review, of_decider=of_decider), open_kinds, kind)


def collective_of(review, book):
    """One collective on its frame; on the two roots alone its own points are those of form 01."""
    row = OrganisationPoints.objects.filter(review=review).first() or OrganisationPoints(review=review)
    trees = trees_of({review.frame_id}, book.rules.score_frame)
    tree = trees[str(review.frame_id) if review.frame_id else None]
    if tree.frame is None:
        row.own = groups_typed(review)
    return CollectiveScores(review, row, tree)


def groups_typed(review):
    """The own points of form 01 as a set on the two roots."""
    parts = {GENERAL: review.general_points, RESULTS: review.results_points}
    return {root: str(points) for root, points in parts.items() if points is not None}


def kinds_of(review, *, of_decider=False):
    """The sets that one meets: no appraised one where no committee stands between; that of the deciding body is known
    to it alone until it has decided."""
    has = {
        PointSet.OWN: True,
        PointSet.APPRAISED: review.proposer_id is not None,
        PointSet.DECIDED: of_decider or review.state == OrganisationState.DECIDED,
    }
    return [kind for kind in PointSet if has[kind]]


def sets_open_to(user, review):
    """The sets that `user` may give now; own points without a frame are typed on form 01."""
    steps = organisation_steps_open_to(user, review) if review.season.is_open else set()
    return [kind for kind, step in STEP_OF.items() if step in steps and (kind != PointSet.OWN or review.frame_id)]


def collective_reason(review, tree):
    """Which frame applies and why, in one sentence."""
    if tree.frame is None:
        return (
            "Khi mở đợt chưa có khung điểm Phụ lục 1 của cấp trên, nên chỉ chấm hai nhóm tiêu chí của Quy định "
            "(Điều 10); điểm tự chấm ghi ở Mẫu 01."
        )
    return f"{tree.frame}, ban hành theo văn bản số {tree.frame.document}: cấp gần nhất ở trên tập thể này có khung."
