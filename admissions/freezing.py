"""What statistics count of an admission, frozen at the ceremony (admissions.md §13)."""

from admissions.models import Admitted, Profile
from cells.trees import tree_on

COPIED = (
    *("ethnic", "religion", "occupation", "worker_kind", "is_teacher", "is_intellectual", "union_member"),
    *("trade_member", "enterprise_type", "state_share", "private_owner", "foreign_spouse", "schooling", "degree"),
    *("academic_title", "theory"),
)


def freeze(candidate, decision, ceremony, *, rules, by):
    """The row of an admission, from the profile as it stands and the tree of the day of the ceremony."""
    profile = Profile.objects.get(candidate=candidate)
    cell, held_on = ceremony.organisation, ceremony.held_on
    tree = tree_on(held_on)
    base = next((node for node in tree.above(cell.pk) if node.is_base), None) if cell.pk in tree.nodes else None
    return Admitted.objects.create(
        candidate=candidate, member=candidate.member, organisation=cell, base_id=base.id if base else None,
        base_kind=tree.base_type(cell.pk) if base else "", decided_on=decision.signed_on, held_on=held_on,
        sex=candidate.sex, born_on=candidate.born_on, born_precision=candidate.born_precision,
        found_by=candidate.found_by, readmitted=candidate.is_readmission, rules=rules, recorded_by=by,
        **{name: getattr(profile, name) for name in COPIED},
    )  # fmt: skip
