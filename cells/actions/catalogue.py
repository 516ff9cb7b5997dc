"""Loading a catalogue of organisations below a root: what is there already stays as it is."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.audit import record
from cells.catalogue_files import CatalogueError, CatalogueRow
from cells.loading import kind_entries
from cells.models import Organisation
from config.lib.vietnamese import fold


@dataclass(frozen=True)
class Root:
    """The organisation at the top of a catalogue; its kind says since when it can exist."""

    name: str
    code: str
    kind: str = "commune"


@dataclass(frozen=True)
class Loaded:
    """How many organisations a catalogue added, and how many were there."""

    root: Organisation
    added: int
    unchanged: int


@transaction.atomic
def import_catalogue(rows: list[CatalogueRow], root: Root, *, by, on: date | None = None) -> Loaded:
    """Add the organisations of a catalogue below a root, from a day on; those known by code or name are left alone."""
    if root.kind not in kind_entries():
        raise CatalogueError(f"Không có loại hình “{root.kind}”. Dùng một trong: {', '.join(kind_entries())}.")
    since = on or kind_entries()[root.kind]["started_on"]
    top = Organisation.objects.select_for_update().filter(code=root.code).first()
    added = 0 if top else 1
    top = top or add_organisation(OrganisationEntry(root.name, root.kind, since, code=root.code), parent=None, by=by)
    known = _Known(top)
    for position, row in enumerate(rows, start=1):
        parent = known.parent_of(row)
        if not known.has(row, parent):
            entry = OrganisationEntry(row.name, row.kind, since, code=row.code, position=position)
            known.add(add_organisation(entry, parent=parent, by=by))
            added += 1
    record("cells.import_catalogue", top, by=by, data={"added": added, "unchanged": len(rows) + 1 - added})
    return Loaded(top, added, len(rows) + 1 - added)


class _Known:
    """Organisations below the root by code, and by name with their parent."""

    def __init__(self, top):
        self.top = top
        self.by_code, self.by_name, self.by_place = {}, {}, set()
        for organisation in Organisation.objects.below(top):
            self.add(organisation)

    def add(self, organisation):
        if organisation.code:
            self.by_code[organisation.code] = organisation
        self.by_name.setdefault(fold(organisation.name), []).append(organisation)
        self.by_place.add((organisation.parent_id, fold(organisation.name)))

    def parent_of(self, row):
        """The organisation above a row; the root where the row names none."""
        if not row.parent:
            return self.top
        found = [self.by_code[row.parent]] if row.parent in self.by_code else self.by_name.get(fold(row.parent), [])
        if len(found) != 1:
            raise CatalogueError(
                f"Danh mục, {row.place}: không tìm được tổ chức cấp trên “{row.parent}”. Hãy ghi mã của cấp trên."
            )
        return found[0]

    def has(self, row, parent):
        if row.code and row.code in self.by_code:
            return True
        if row.code and Organisation.objects.filter(code=row.code).exists():
            raise CatalogueError(f"Danh mục, {row.place}: mã {row.code} đã dùng cho một tổ chức ngoài {self.top}.")
        return (parent.pk, fold(row.name)) in self.by_place
