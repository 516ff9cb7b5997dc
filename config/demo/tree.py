"""The demo's organisations: a province, its communes, their bases and cells, in the tree before and after 1/7/2025."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import Organisation, OrganisationVersion, Term
from config.demo.names import COMMUNES, WORKPLACES

FOUNDED = date(2015, 1, 1)
REFORM = date(2025, 7, 1)
COMMUNE_IS_BASE_SINCE = date(2026, 10, 1)
PROVINCE = "Sao Khuê"
AREAS = 4  # of the bases of a commune, these are areas with hamlets; the others are workplaces


@dataclass
class Tree:
    """The organisations that the story of the demo names, and all cells in which members are."""

    root: Organisation
    cells: list[Organisation] = field(default_factory=list)
    story: SimpleNamespace = field(default_factory=SimpleNamespace)


class TreeBuilder:
    """Builds the tree of today first, then writes what the bases and cells were before the reform."""

    def __init__(self, scale, by):
        self.scale = scale
        self.by = by
        self.serial = 0
        self.older = []

    def build(self):
        tree = Tree(self._add(f"Tỉnh ủy {PROVINCE}", "province", None, FOUNDED, heading_issuer="TỈNH ỦY SAO KHUÊ"))
        self.district = self._add(f"Thành ủy {PROVINCE}", "district", tree.root, FOUNDED)
        self._close(self.district)
        for number in range(self.scale.communes):
            self._commune(tree, number)
        self._write_older_versions()
        Term.objects.bulk_create(self._terms(tree))
        return tree

    def _commune(self, tree, number):
        name = COMMUNES[number % len(COMMUNES)]
        if number >= len(COMMUNES):
            name = f"{name} {number // len(COMMUNES) + 1}"
        area = name.split(" ", 1)[1]
        commune = self._add(f"Đảng ủy {name}", "commune", tree.root, REFORM, place=area, base_type=_area_type(name))
        if number == 1:
            self._commune_that_is_base(tree, commune)
            return
        for base_number in range(self.scale.bases):
            base = self._base(tree, commune, name, base_number)
            if number == 0 and base_number == 0:
                tree.story.deciding_base = base
            if number == 0 and base_number == 1:
                tree.story.sending_base = base
        school = self._add(
            f"Chi bộ cơ sở Trường Trung học {area}", "base_cell", commune, FOUNDED, base_type="public_service"
        )
        tree.cells.append(school)
        if number == 0:
            tree.story.commune, tree.story.base_cell = commune, school

    def _base(self, tree, commune, name, number):
        """An area of the commune with its hamlets, or a workplace with numbered cells."""
        area, is_area = name.split(" ", 1)[1], number < AREAS
        unit, base_type = (f"Khu vực {number + 1}", _area_type(name)) if is_area else WORKPLACES[number - AREAS]
        base = self._add(f"Đảng bộ {unit} {name}", "base_party", commune, FOUNDED, place=area, base_type=base_type)
        for cell_number in range(1, self.scale.cells_in_base + 1):
            serial = number * self.scale.cells_in_base + cell_number
            label = f"{_hamlet(name)} {serial}" if is_area else f"số {cell_number}"
            tree.cells.append(self._add(f"Chi bộ {label}", "cell", base, FOUNDED))
        return base

    def _commune_that_is_base(self, tree, commune):
        tree.story.base_commune = commune
        for number in range(self.scale.bases * self.scale.cells_in_base):
            tree.cells.append(self._add(f"Chi bộ Ấp {number + 1}", "cell", commune, FOUNDED))
        self._raise_to_base(commune)

    def _add(self, name, kind, parent, started_on, **details):
        self.serial += 1
        details = {"place": PROVINCE, "heading_issuer": name.upper(), **details}
        entry = OrganisationEntry(
            name,
            kind,
            started_on,
            code=self._code(),
            heading_superior=_as_superior(name),
            position=self.serial,
            **details,
        )
        organisation = add_organisation(entry, parent=parent, by=self.by)
        if started_on == FOUNDED and parent is not None and kind != "district":
            self.older.append(organisation)
        return organisation

    def _code(self):
        """Fourteen digits in groups 2-3-3-3-3; a running number is enough for synthetic organisations."""
        return f"96.{self.serial // 1000:03d}.{self.serial % 1000:03d}.000.000"

    def _close(self, district):
        district.versions.update(ended_on=REFORM, decision="298-QĐ/TW, 9/6/2025")
        district.is_open = False
        district.save(update_fields=["is_open"])

    def _write_older_versions(self):
        """Until the reform bases stood below the city committee; today's version begins on that day."""
        versions = OrganisationVersion.objects.filter(organisation__in=self.older)
        older = []
        for version in versions:
            values = {f: getattr(version, f) for f in ("organisation_id", "name", "kind", "level", "code", "symbol")}
            parent = self.district if version.parent.kind == "commune" else version.parent
            older.append(
                OrganisationVersion(**values, parent=parent, started_on=FOUNDED, ended_on=REFORM, recorded_by=self.by)
            )
        versions.update(started_on=REFORM)
        OrganisationVersion.objects.bulk_create(older, batch_size=500)

    def _raise_to_base(self, commune):
        """The commune becomes the base organisation by its own decision (208-QĐ/TW)."""
        now = commune.versions.get()
        now.ended_on = COMMUNE_IS_BASE_SINCE
        now.save(update_fields=["ended_on"])
        now.pk, now.started_on, now.ended_on, now.level = None, COMMUNE_IS_BASE_SINCE, None, 4
        now.decision = "Quyết định theo Quy định 208-QĐ/TW"
        now._state.adding = True
        now.save()
        commune.level, commune.is_base = now.level, True
        commune.save(update_fields=["level", "is_base"])

    def _terms(self, tree):
        bodies = Organisation.objects.below(tree.root).open()
        return [
            Term(organisation=body, name="2025–2030", started_on=REFORM, recorded_by=self.by)
            for body in bodies
        ]  # fmt: skip


def _as_superior(name):
    """The body's name as the heading of those below it: the organisation, not its committee."""
    return name.upper().replace("ĐẢNG ỦY", "ĐẢNG BỘ").replace("TỈNH ỦY", "ĐẢNG BỘ TỈNH")


def _area_type(name):
    return "ward" if name.startswith("Phường") else "commune"


def _hamlet(name):
    return "Khóm" if name.startswith("Phường") else "Ấp"
