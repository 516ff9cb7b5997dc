"""What the database knows already: cells within a scope, and the people whom a list may mean. Reads only."""

from dataclasses import dataclass, field

from cells.models import Organisation
from members.importing.places import Place, Places
from members.models import Member, Membership

CHUNK = 900  # parameters of one query on SQLite
MEMBER_FIELDS = tuple(
    each.attname
    for each in Member._meta.concrete_fields
    if each.attname not in {"search_key", "sort_key", "recorded_at", "recorded_by_id", "voided_at", "voided_by_id",
                            "void_reason", "created_at", "user_id"}
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """A person on record: the attributes, and what stands open about him."""

    values: dict
    answers: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    overlays: dict = field(default_factory=dict)
    membership: Membership | None = None

    @property
    def id(self):
        return self.values["id"]


def places_below(organisation) -> Places:
    """The open cells at or below an organisation."""
    rows = Organisation.objects.below(organisation).cells().open().select_related("parent")
    return Places(
        [Place(row.pk, row.name, "" if row.is_base or not row.parent else row.parent.name, row.code) for row in rows]
    )
