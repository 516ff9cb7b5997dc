"""Two records of one person made one, with everything kept that takes it apart again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from cells.audit import record
from cells.models import LogEntry
from members.freed_numbers import by_record, given_away
from members.merging import FIELDS, SURVIVOR, Both, default_of, field_words, giving_way, own_relations, refusals
from members.models import Finding, Hold, Member, Membership, Merge, Proceeding
from members.ports import merge_ports
from members.quality.again import look_again
from members.quality_enums import FindingState
from members.readings import OF_A_MEMBER

FACT = ("voided_at", "voided_by", "void_reason")
CHANGED = "Một trong hai hồ sơ vừa được người khác sửa. Hãy tải lại trang, xem lại rồi gộp."
ONE_ONLY = (
    "Cả hai hồ sơ đều có mục “{}” mà chỉ một mục được còn hiệu lực. Hãy tải lại trang, sửa hoặc hủy một mục rồi gộp."
)
NOT_WEIGHED = [
    "members.accept_finding", "members.reopen_finding", "restricted.accept_finding", "restricted.reopen_finding",
    "members.assign_findings",
]  # fmt: skip


@dataclass(frozen=True)
class MergeEntry:
    """Whose value stands by name of the choice, why, and the revisions of both records that the person saw."""

    picks: Mapping[str, str]
    reason: str
    revisions: tuple[int, int]


@transaction.atomic
def merge_members(survivor, merged, entry, *, on, by):
    """Void `merged` and give all its facts to `survivor`: field by field the value chosen. Refused in words."""
    survivor, merged = _locked(survivor, merged)
    if (survivor.revision, merged.revision) != entry.revisions:
        raise ValidationError(CHANGED)
    both = Both(survivor, merged)
    if against := refusals(both):
        raise ValidationError(against)
    merge = Merge(survivor=survivor, merged=merged, reason=entry.reason, choices=dict(entry.picks), recorded_by=by)
    values, changes = _values(survivor, merged, entry.picks)
    merge.before = {
        "survivor": _plain(survivor, [*values, "home_id", "user_id"]),
        "merged": _plain(merged, ["user_id"]),
    }
    merge.voided = _void_rows(list(giving_way(both, entry.picks)), _because(entry.reason), by)
    _void_record(merged, survivor, by)
    _write(survivor, values, user_id=merge.before["survivor"]["user_id"] or merge.before["merged"]["user_id"])
    merge.moved = {each.key: _move(each, merge) for each in own_relations()}
    _set_home(survivor, on)
    merge.kept = {port.name: port.carry_out(survivor, merged) for port in merge_ports()}
    Finding.objects.about(merged).lasting().update(state=FindingState.FIXED, settled_on=on)
    look_again(survivor, on=on)
    data = {"merged": str(merged), "reason": entry.reason, "changes": changes}
    log = record("members.merge_members", survivor, by=by, data=data)
    merge.kept |= {"log": log.pk, "revision": survivor.revision}
    merge.save(force_insert=True)
    return merge


@transaction.atomic
def undo_merge(merge, *, reason, on, by):
    """Take a merge apart: both records as they were. Refused when something was done on the one record since."""
    locked = Merge.objects.standing().select_for_update(of=("self",)).filter(pk=merge.pk).first()
    if locked is None:
        raise ValidationError("Lần gộp này đã được hoàn tác trước đó.")
    survivor, merged = _both(locked)
    locked.survivor, locked.merged = survivor, merged
    if against := _depends(locked):
        raise ValidationError(["Không hoàn tác được vì hồ sơ đã được dùng tiếp sau khi gộp.", *against])
    wanted = by_record({merged.pk: vars(merged), survivor.pk: locked.before["survivor"]})
    if against := given_away(wanted, by):
        raise ValidationError(["Không hoàn tác được.", *against])
    try:
        with transaction.atomic():
            _take_apart(locked, survivor, merged)
    except IntegrityError:
        raise ValidationError(
            "Không hoàn tác được: một số, một tài khoản hoặc một mục của hồ sơ đã gộp nay có ở chỗ khác."
        ) from None
    locked.voided_at, locked.voided_by, locked.void_reason = timezone.now(), by, reason
    locked.save(update_fields=FACT)
    for member in (survivor, merged):
        look_again(member, on=on)
    record("members.undo_merge", survivor, by=by, data={"merged": str(merged), "reason": reason})
    return locked


def _take_apart(locked, survivor, merged):
    """Everything where it was before the merge."""
    for port in merge_ports():
        port.undo(locked, locked.kept.get(port.name, {}))
    for key, pks in locked.moved.items():
        label, _, name = key.rpartition(".")
        apps.get_model(label).objects.filter(pk__in=pks).update(**{name: merged})
    for label, pks in locked.voided.items():
        apps.get_model(label).objects.filter(pk__in=pks).update(voided_at=None, voided_by=None, void_reason="")
    _restore(survivor, locked.before["survivor"], revision=survivor.revision + 1)
    _restore(merged, {**locked.before["merged"], "voided_at": None, "voided_by_id": None, "void_reason": ""},
             revision=merged.revision + 1)  # fmt: skip


def _depends(merge):
    """Sentences why a merge can no longer be undone: what was done on the one record since, sealed matters left out."""
    survivor = merge.survivor
    acts = LogEntry.objects.about(survivor).filter(pk__gt=merge.kept["log"])
    acts = acts.exclude(action__in=[*OF_A_MEMBER, *NOT_WEIGHED]).exclude(action__startswith="holds.")
    found = ["Hồ sơ đã được sửa hoặc ghi thêm."] if survivor.revision != merge.kept["revision"] or acts.exists() else []
    for each in own_relations():
        if each.model in (Hold, Proceeding) or not _is_fact(each.model):
            continue
        rows = each.model.objects.filter(**{each.name: survivor}, recorded_at__gt=merge.recorded_at)
        if rows.exists():
            found.append(f"Đã ghi thêm mục “{each.model._meta.verbose_name}”.")
    if survivor.transfers.filter(created_at__gt=merge.recorded_at).exists():
        found.append("Đã lập việc chuyển sinh hoạt.")
    return found + [words for port in merge_ports() for words in port.depends(merge, merge.kept.get(port.name, {}))]


# --- both records


def _locked(survivor, merged):
    rows = Member.objects.standing().select_for_update(of=("self",)).select_related("home").order_by("pk")
    found = {member.pk: member for member in rows.filter(pk__in=[survivor.pk, merged.pk])}
    if len(found) != 2:
        raise ValidationError("Một trong hai hồ sơ không còn, hoặc hai hồ sơ là một. Hãy tải lại trang.")
    return found[survivor.pk], found[merged.pk]


def _both(merge):
    rows = Member.objects.select_for_update(of=("self",)).select_related("home").order_by("pk")
    found = {member.pk: member for member in rows.filter(pk__in=[merge.survivor_id, merge.merged_id])}
    return found[merge.survivor_id], found[merge.merged_id]


def _values(survivor, merged, picks):
    """(columns of the survivor that change, label → [before, after] in words)."""
    values, changes = {}, {}
    for name, columns in FIELDS.items():
        if picks.get(name, default_of(survivor, name, columns)) == SURVIVOR:
            continue
        taken = {each: getattr(merged, each) for each in columns}
        if any(getattr(survivor, each) != value for each, value in taken.items()):
            values |= taken
            label = str(Member._meta.get_field(columns[0]).verbose_name)
            changes[label] = [field_words(record_of, name, columns) for record_of in (survivor, merged)]
    return values, changes


def _plain(member, names):
    """Columns as JSON keeps them."""
    return {name: _text(getattr(member, name)) for name in names}


def _text(value):
    return value.isoformat() if isinstance(value, date) else value


def _void_record(merged, survivor, by):
    """The numbers of a voided record are free for the other."""
    merged.user_id = None
    merged.voided_at, merged.voided_by = timezone.now(), by
    merged.void_reason = f"đã gộp vào hồ sơ {survivor.full_name} ({survivor.pk})"
    merged.save(update_fields=["user", *FACT])


def _write(survivor, values, *, user_id):
    for name, value in values.items():
        setattr(survivor, name, value)
    survivor.user_id = user_id
    survivor.revision += 1
    survivor.validate_constraints()
    try:
        with transaction.atomic():
            survivor.save(update_fields=[*values, "user", "revision"])
    except IntegrityError:
        raise ValidationError(CHANGED) from None


def _set_home(survivor, on):
    stays = Membership.objects.standing().official().filter(member=survivor, started_on__lte=on)
    last = stays.select_related("organisation").order_by("started_on", "pk").last()
    if last and last.organisation_id != survivor.home_id:
        survivor.home = last.organisation
        survivor.save(update_fields=["home"])


def _restore(member, columns, *, revision):
    for name, value in columns.items():
        column = next(each for each in Member._meta.concrete_fields if each.attname == name)
        setattr(member, name, column.to_python(value) if isinstance(column, models.DateField) else value)
    member.revision = revision
    names = [each.name for each in Member._meta.concrete_fields if each.attname in columns]
    member.save(update_fields=[*names, "revision"])
    member.refresh_from_db()


# --- their facts


def _because(reason):
    return f"gộp hồ sơ: {reason}"[:500]


def _void_rows(rows, reason, by):
    """Void facts that give way; their keys by table."""
    voided = {}
    for row in rows:
        row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
        row.save(update_fields=FACT)
        voided.setdefault(row._meta.label_lower, []).append(row.pk)
    return voided


def _move(relation, merge):
    """Point every row at the survivor, voided ones too, for they are history; keys of those that moved.

    Where there can be only one row, what gives way was voided before; a row that is no fact stays.
    """
    rows = relation.model.objects.filter(**{relation.name: merge.merged})
    keys = list(rows.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            rows.filter(pk__in=keys).update(**{relation.name: merge.survivor})
    except IntegrityError:
        if _is_fact(relation.model):
            raise ValidationError(ONE_ONLY.format(relation.model._meta.verbose_name)) from None
        keys = [key for key in keys if _moves(relation, key, merge.survivor)]
    return [key if isinstance(key, int) else str(key) for key in keys]


def _moves(relation, key, survivor):
    try:
        with transaction.atomic():
            relation.model.objects.filter(pk=key).update(**{relation.name: survivor})
    except IntegrityError:
        return False
    return True


def _is_fact(model):
    return any(each.name == "recorded_at" for each in model._meta.concrete_fields)
