"""What a change of the tree does to the ratings of organisations in open seasons.

A result that was decided stays; an own rating that is not sent goes to the body that decides in the new tree. What was
sent is looked at again when the body decides: the chain is read on the day of the decision.
"""

from cells.trees import tree_on
from evaluations.enums import OrganisationState
from evaluations.models import OrganisationReview, Season
from evaluations.organisation_chains import organisations_below


def open_reviews():
    """Ratings of organisations in open seasons that nobody decided yet."""
    return OrganisationReview.objects.filter(season__in=Season.objects.open()).exclude(state=OrganisationState.DECIDED)


def follow(event):
    """Let what is not sent go the way of the new tree; answers the bodies of before, by review."""
    before = {}
    seasons = Season.objects.filter(pk__in=open_reviews().unsent().values("season")).select_related("organisation")
    for season in seasons:
        tree = tree_on(max(season.reference_date, event.effective_on))
        found = organisations_below(tree, season.organisation, season.reference_date)
        chains = {each.organisation: each for each in found if each.is_decided}
        for review in season.organisation_reviews.unsent():
            chain = chains.get(review.organisation_id)
            if chain and (review.decider_id, review.proposer_id) != (chain.decider, chain.proposer):
                before[str(review.pk)] = [review.decider_id, review.proposer_id]
                _send_to(review.pk, chain.decider, chain.proposer)
    return before


def _send_to(key, decider, proposer):
    OrganisationReview.objects.filter(pk=key).update(decider=decider, proposer=proposer)


def depends(kept, new):
    """Sentences why a change can no longer be undone."""
    moved = OrganisationReview.objects.filter(pk__in=list(kept.get("organisations", {})))
    if number := moved.exclude(pk__in=moved.unsent().values("pk")).count():
        yield f"{number} bản tự xếp loại tổ chức đảng đã gửi theo tổ chức mới."
    if number := OrganisationReview.objects.filter(organisation__in=new).count():
        yield f"Tổ chức mới đã có {number} bản tự xếp loại."


def undo(kept):
    """Everything back to the bodies of before."""
    for key, (decider, proposer) in kept.get("organisations", {}).items():
        _send_to(key, decider, proposer)
