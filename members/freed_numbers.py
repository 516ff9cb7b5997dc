"""Numbers that were free for a while: who holds them now that they are to stand again."""

from collections import defaultdict

from cells.permissions import Permission
from members.importing.known import chunks
from members.models import Member

UNIQUE = ("personal_id", "card_number", "former_card_number")  # among the standing records


def given_away(wanted, by, *, besides=()):
    """Sentences about numbers that somebody else holds now; `wanted` are {id of a record: {column: number}}.

    Records that are wanted, or `besides` them, are no strangers to each other. A holder is named to those alone in
    whose scope he is.
    """
    own = {*map(str, wanted), *map(str, besides)}
    found = [(column, holder) for column in UNIQUE for holder in _holders(column, wanted) if str(holder.pk) not in own]
    keys = [holder.pk for _, holder in found]
    seen = set(Member.objects.visible_to(by, Permission.MEMBERS_VIEW).filter(pk__in=keys).values_list("pk", flat=True))
    return [_sentence(column, holder, holder.pk in seen) for column, holder in found]


def _holders(column, wanted):
    numbers = {columns[column] for columns in wanted.values() if columns.get(column)}
    for part in chunks(numbers):
        yield from Member.objects.standing().filter(**{f"{column}__in": part}).select_related("home")


def _sentence(column, holder, is_seen):
    label = str(Member._meta.get_field(column).verbose_name)
    whom = f"{holder.full_name} ({holder.home})" if is_seen else "một đồng chí ngoài phạm vi của đồng chí"
    return f"{label[:1].upper()}{label[1:]} đã bỏ ra nay ghi ở hồ sơ của {whom}. Hãy đối chiếu hai hồ sơ trước."


def by_record(rows):
    """The unique columns of images of records, by id."""
    found = defaultdict(dict)
    for key, row in rows.items():
        found[key] |= {column: row[column] for column in UNIQUE if row.get(column)}
    return found
