"""What a change will touch, in words and numbers, before it is written."""

from collections import Counter
from dataclasses import dataclass

from cells.changes.plan import Change
from cells.loading import kind_entries
from cells.models import IssuedDocument, Organisation, OrganisationVersion, RoleAssignment
from cells.ports import Touched, outside_areas, tree_ports

LABELS = {
    "parent": "cấp trên",
    "name": "tên",
    "kind": "loại hình",
    "level": "cấp",
    "code": "mã",
    "symbol": "ký hiệu văn bản",
    "heading_issuer": "tên khi ban hành",
    "heading_superior": "tên khi là cấp trên",
    "place": "địa danh",
    "base_type": "loại hình cơ sở",
}
SHOWN = 20


@dataclass(frozen=True)
class Preview:
    """`effects` are sentences; `ending` counts what hangs on bodies that end or are divided, `following` the rest."""

    title: str
    effects: list[str]
    ending: list[Touched]
    following: list[Touched]
    heir: str


def preview(change: Change, on) -> Preview:
    """Read what the change will do; `on` is the day on which people are counted."""
    sources, day = change.source_ids, min(on, change.effective_on)
    return Preview(
        title=change.act.label,
        effects=list(_effects(change)),
        ending=_touched(sources, day) if sources else [],
        following=_touched(_following(change), day) if change.revised else [],
        heir=str(change.heir or ""),
    )


def _effects(change):
    kinds = kind_entries()
    for body in change.new:
        above = f", trực thuộc {body.parent}" if body.parent else ""
        yield f"Thành lập {body.entry.name} ({kinds[body.entry.kind]['name'].lower()}){above}."
    yield from _revisions(change, kinds)
    for organisation in change.ended[:SHOWN]:
        yield f"{organisation.name} kết thúc hoạt động, hết ngày trước ngày {change.effective_on:%d/%m/%Y}."
    if more := len(change.ended[SHOWN:]):
        yield f"và {more} tổ chức đảng khác bên dưới cũng vậy."
    yield from _carried(change)
    yield from _people(change)
    if change.went_to:
        area = dict(outside_areas()).get(change.went_to, change.went_to)
        yield f"Mọi đảng viên chuyển đi cùng đơn vị: {area.lower()}."


def _revisions(change, kinds):
    own = [each for each in change.revised if not each.is_carried]
    rows = OrganisationVersion.objects.standing().open().select_related("parent")
    now = {row.organisation_id: row for row in rows.filter(organisation__in=[each.organisation.pk for each in own])}
    for each in own:
        version = now.get(each.organisation.pk)
        for name, value in each.values.items():
            before = _words(name, getattr(version, name, ""), kinds)
            after = _words(name, value, kinds)
            if before != after:
                yield f"{each.organisation.name} – {LABELS[name]}: {before} → {after}."


def _words(name, value, kinds):
    if name == "kind" and value in kinds:
        return kinds[value]["name"]
    return str(value) if value not in ("", None) else "để trống"


def _carried(change):
    by_parent = {}
    for each in change.revised:
        if each.is_carried:
            by_parent.setdefault(str(each.values["parent"]), []).append(each.organisation.name)
    for parent, names in by_parent.items():
        more = f" và {len(names) - SHOWN} tổ chức khác" if len(names) > SHOWN else ""
        yield f"Chuyển về trực thuộc {parent}: {'; '.join(names[:SHOWN])}{more}."


def _people(change):
    for key, body in change.bodies.items():
        source = next(each.name for each in change.ended if each.pk == key)
        yield f"Đảng viên của {source} chuyển về {body}."
    for body, number in Counter(change.persons.values()).items():
        yield f"{number} đảng viên chuyển về {body}."


def _following(change):
    """Whatever goes on below or as an organisation that changes."""
    paths = [each.organisation.path for each in change.revised]
    moved = any({"parent", "kind", "level"} & set(each.values) for each in change.revised)
    if not moved:
        return [each.organisation.pk for each in change.revised]
    rows = Organisation.objects.open().values_list("pk", "path")
    return [key for key, path in rows if path.startswith(tuple(paths))]


def _touched(ids, day):
    """Numbers of the apps and of `cells` itself; what is not there is not named."""
    documents = IssuedDocument.objects.filter(organisation__in=ids)
    roles = RoleAssignment.objects.on(day).filter(organisation__in=ids)
    found = [
        Touched(len(ids), "tổ chức đảng"),
        *(each for port in tree_ports() for each in port.touched(ids, day)),
        Touched(roles.values("user").distinct().count(), "tài khoản có vai trò"),
        Touched(documents.filter(state__in=["draft", "numbered"]).count(), "văn bản chưa ban hành"),
        Touched(documents.exclude(state__in=["draft", "numbered"]).count(), "văn bản đã ban hành (giữ nguyên)"),
    ]
    return [each for each in found if each.number]
