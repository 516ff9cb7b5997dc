"""Taking an event back: what came after it, and its rows undone."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from cells.changes.columns import write_branches
from cells.changes.refusals import circle
from cells.changes.rows import reopen_rows, void_rows
from cells.changes.timeline import Timeline
from cells.changes.writing import ENDING, touched_ids
from cells.models import IssuedDocument, Organisation, OrganisationVersion, RoleAssignment
from cells.ports import tree_ports


def dependencies(event):
    """Sentences why the event can no longer be taken back; empty while nothing depends on it."""
    new = new_ids(event)
    found = [*_later_changes(event, new), *_own_rows(event, new)]
    return found + [sentence for port in tree_ports() for sentence in port.depends(event)]


def new_ids(event):
    """Organisations that exist by this event alone."""
    opened = OrganisationVersion.objects.filter(opened_by=event).values("organisation_id")
    older = OrganisationVersion.objects.filter(organisation__in=opened).exclude(opened_by=event)
    return set(opened.values_list("organisation_id", flat=True)) - set(older.values_list("organisation_id", flat=True))


def _later_changes(event, new):
    changed = Q(closed_by__isnull=False) | Q(voided_at__isnull=False) | Q(ended_on__isnull=False)
    for version in OrganisationVersion.objects.filter(changed, opened_by=event).select_related("closed_by"):
        words = f" ({version.closed_by.get_act_display().lower()} theo {version.closed_by.decision})"
        yield f"{version.name} đã có thay đổi sau đó{words if version.closed_by else ''}. Hãy hoàn tác việc sau trước."
    below = OrganisationVersion.objects.standing().filter(parent__in=new).exclude(opened_by=event)
    for version in below.select_related("organisation")[:3]:
        yield f"{version.name} đã được đưa về trực thuộc tổ chức mới. Hãy chuyển đi trước."
    yield from _later_above(event)


def _later_above(event):
    """What goes back stands again below its old parent: that must still be there, and must not lie below it."""
    line = Timeline(event.effective_on)
    back = list(OrganisationVersion.objects.filter(closed_by=event).select_related("parent"))
    returning = {version.organisation_id for version in back}
    for version in back:
        if version.parent_id and version.parent_id not in returning and not line.lasts(version.parent_id):
            yield f"{version.parent.name}, nơi {version.name} từng trực thuộc, đã kết thúc sau đó."
    restored = {version.organisation_id: version.parent_id for version in back}
    for day in line.days:
        parents = line.parents(day) | restored
        for version in back:
            if circle(version.organisation_id, parents):
                yield f"{version.name} nay có tổ chức cấp trên cũ trực thuộc chính nó."
                return
    for version in back:
        others = [other for other in line.codes(version.code) if other.opened_by_id != event.pk]
        if version.code and any(other.organisation_id not in returning for other in others):
            yield f"Mã {version.code} của {version.name} đã giao cho tổ chức khác."


def _own_rows(event, new):
    """What was written on the new bodies since, in `cells` itself."""
    if number := IssuedDocument.objects.filter(organisation__in=new).count():
        yield f"Tổ chức mới đã có {number} văn bản trong sổ."
    roles = RoleAssignment.objects.standing().filter(organisation__in=new).exclude(opened_by=event)
    if number := roles.count():
        yield f"Đã giao {number} vai trò tài khoản ở tổ chức mới. Hãy thôi các vai trò đó trước."
    for name, words in (("terms", "nhiệm kỳ"), ("organs", "cơ quan của cấp ủy")):
        rows = ENDING[name].objects.standing().filter(organisation__in=new).exclude(opened_by=event)
        if number := rows.count():
            yield f"Tổ chức mới đã ghi {number} {words}."


def take_back(event, reason, *, on, by):
    """Undo an event under the lock; ValidationError with everything that depends on it."""
    if against := dependencies(event):
        raise ValidationError(against)
    touched, new = touched_ids(event), new_ids(event)
    for port in reversed(tree_ports()):
        port.undo(event, event.kept.get(port.name, {}), on=on, by=by)
    void_rows(OrganisationVersion.objects.standing().filter(opened_by=event), by, reason)
    reopen_rows(OrganisationVersion, event, {})
    for name, model in ENDING.items():
        reopen_rows(model, event, event.kept.get("cells", {}).get(name, {}))
    Organisation.objects.filter(pk__in=new).update(is_open=False, code="", search_key="")
    write_branches(touched - new, on)
