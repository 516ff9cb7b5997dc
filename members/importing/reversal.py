"""Taking a batch back: what it created is voided, what it changed gets its former values, unless somebody edited it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.apps import apps
from django.utils import timezone

from members.importing.known import chunks
from members.importing.store import plain
from members.models import Finding, ImportChange, Member, SavedRow
from members.ports import sealed_tables

MEMBER = "members.member"


@dataclass
class Images:
    """Images of the rows of a batch by table and key: as it found them (none for what it created), as it left them."""

    before: dict = field(default_factory=lambda: defaultdict(dict))
    after: dict = field(default_factory=lambda: defaultdict(dict))

    def created(self, table):
        """Keys of the rows that the batch created."""
        return [pk for pk in self.after[table] if pk not in self.before[table]]


def images_of(batch) -> Images:
    """All images of a batch."""
    images = Images()
    for change in ImportChange.objects.filter(batch=batch).iterator():
        for kept, stored in ((images.before, change.before or {}), (images.after, change.after)):
            for table, rows in stored.items():
                kept[table] |= rows
    return images


def edited_since(images: Images) -> list[Member]:
    """Members some of whose rows are no longer as the batch left them, or to whom others have added something."""
    edited = set()
    for table, rows in images.after.items():
        edited |= _differing(apps.get_model(table), rows)
    edited |= _built_upon(images)
    return [member for ids in chunks(edited) for member in Member.objects.filter(id__in=ids).select_related("home")]


def _differing(model, rows):
    owner = "id" if model is Member else "member_id"
    names = sorted({name for row in rows.values() for name in row} | {owner})
    differing = set()
    for keys in chunks(rows):
        current = model.objects.filter(pk__in=keys).values("pk", "voided_at", *(set(names) - {"voided_at"}))
        for row in current:
            expected = {"voided_at": None, **rows[str(row["pk"])]}
            if any(plain(row[name]) != value for name, value in expected.items()):
                differing.add(row[owner])
    return differing


def _built_upon(images):
    """Created members on whom standing rows hang that the batch did not write."""
    created = images.created(MEMBER)
    found = set()
    for relation in _relations():
        model, name = relation.related_model, relation.field.attname
        own = images.after.get(model._meta.label_lower, {})
        standing = {"voided_at": None} if _can_be_voided(model) else {}
        for ids in chunks(created):
            rows = model._default_manager.filter(**{f"{name}__in": ids}, **standing).values_list("pk", name)
            found |= {member_id for pk, member_id in rows if str(pk) not in own}
    return found


def _relations():
    """Every foreign key to a member, but the note of a row saved by hand, what checks found, and what is under seal."""
    fields = Member._meta.get_fields(include_hidden=True)
    return [each for each in fields if (each.one_to_many or each.one_to_one) and each.auto_created
            and each.related_model not in (SavedRow, Finding)
            and each.related_model._meta.label_lower not in sealed_tables()]  # fmt: skip


def _can_be_voided(model):
    return any(each.name == "voided_at" for each in model._meta.concrete_fields)


def take_back(images: Images, *, reason, by):
    """Void what was created, then restore what was changed; the caller has made sure that nothing was edited."""
    voided = {"voided_at": timezone.now(), "voided_by": by, "void_reason": reason}
    for table in images.after:
        model = apps.get_model(table)
        for keys in chunks(images.created(table)):
            model.objects.filter(pk__in=keys).update(**voided)
    for table, rows in images.before.items():
        _restore(apps.get_model(table), rows)


def _restore(model, rows):
    by_fields = defaultdict(list)
    for pk, row in rows.items():
        by_fields[tuple(row)].append(pk)
    for names, keys in by_fields.items():
        fields = [_field(model, name) for name in names]
        for part in chunks(keys):
            found = list(model.objects.filter(pk__in=part))
            for each in found:
                for attribute, value in rows[str(each.pk)].items():
                    setattr(each, attribute, _field(model, attribute).to_python(value))
                if model is Member:
                    each.fill_keys()
            keys_too = ["search_key", "sort_key"] if model is Member else []
            model.objects.bulk_update(found, [*(each.name for each in fields), *keys_too], batch_size=200)


def _field(model, attribute):
    return next(each for each in model._meta.concrete_fields if each.attname == attribute)
