"""The tree: adding an organisation; its versions are the history, its own columns today's values."""

from django.db import transaction

from cells.audit import record
from cells.changes.entries import OrganisationEntry, found_node, version_values
from cells.models import Organisation, OrganisationVersion, Term
from config.lib.workflow import NotAllowed

__all__ = ["OrganisationEntry", "add_organisation", "add_term"]


@transaction.atomic
def add_organisation(entry, *, parent, by):
    """Found an organisation below `parent` (None for a root) with its first version, as a list brings it.

    A decision that founds one is `tree_changes.change_tree`.
    """
    organisation = found_node(entry, parent)
    OrganisationVersion.objects.create(organisation=organisation, recorded_by=by, **version_values(entry, parent))
    record("cells.add_organisation", organisation, by=by, data={"name": entry.name, "kind": entry.kind})
    return organisation


@transaction.atomic
def add_term(organisation, *, name, started_on, ended_on, by):
    """Open a term of the committee; a term still without an end ends with it, others may not overlap."""
    place = Organisation.objects.select_for_update().get(pk=organisation.pk)
    place.terms.standing().open().filter(started_on__lt=started_on).update(ended_on=started_on)
    if clash := place.terms.standing().overlapping(started_on, ended_on).first():
        raise NotAllowed(
            f"Trùng thời gian với nhiệm kỳ {clash.name} (từ {clash.started_on:%d/%m/%Y}). Hãy xem lại hai ngày."
        )
    term = Term.objects.create(organisation=place, name=name, started_on=started_on, ended_on=ended_on, recorded_by=by)
    data = {"term": name, "since": str(started_on), "until": str(ended_on or "")}
    record("cells.add_term", place, by=by, data=data)
    return term
