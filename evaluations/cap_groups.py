"""How the members whom one body decides are parted under the cap: all together, by similar positions, by base, by cell.

Since 2025 the limit holds among members of similar position, role, function and tasks; the body that decides says
which those are (366-QĐ/TW, Điều 11). Until it has, all whom it decides are one group. Before, each base organisation is
a group (21-HD/BTCTW).
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from cells.models import Organisation
from evaluations.models import CapGroup, CapRaise, Review
from evaluations.rules import CapResult, cap_limit

SIMILAR, BASE, CELL = "similar_position", "base_organisation", "cell"  # values of cap_group and cap_checked_at
OF_THE_CELL = ("sheet__organisation", "sheet__organisation__name", "sheet__organisation__path")
GROUPED = ("cap_group", *OF_THE_CELL)  # what tells the group of a member
REST = "Đảng viên chưa xếp vào nhóm nào"


@dataclass(frozen=True)
class GroupCap:
    """One group under the cap; `name` is empty where a body has one group only."""

    name: str
    cap: CapResult

    def over_words(self, body):
        """What a refusal says of a group that is over."""
        whose = f"{body}, nhóm “{self.name}”" if self.name else str(body)
        return f"Vượt tỷ lệ hoàn thành xuất sắc nhiệm vụ của {whose}: {self.cap.arithmetic} ({self.cap.article})."


class CapGroups:
    """The groups of one body in one season."""

    def __init__(self, season, body, book, *, raised=None):
        self.season, self.body, self.book = season, body, book
        self.by_cell = book.rules.cap.cap_checked_at == CELL
        self.raised = is_raised(season, body) if raised is None else raised
        parts_by_position = may_group(book.rules.cap)
        groups = CapGroup.objects.of_body(season, body) if parts_by_position else ()
        self.names = {group.pk: group.name for group in groups}
        by_base = book.rules.cap.cap_group == BASE and not (self.by_cell or body.is_base)
        self.bases = _bases_below(body) if by_base else {}

    def key(self, review):
        """The group of a member; `review` comes with its sheet."""
        cell = review.sheet.organisation
        return self._key(review.cap_group_id, cell.pk, cell.name, cell.path)

    def decided(self):
        """How many members the body has decided, by (group, level)."""
        rows = Review.objects.decided_by(self.season, self.body).order_by()
        return self.counted(rows.values_list(*GROUPED, "decided_level").annotate(Count("pk")))

    def with_proposals(self, lines):
        """What is decided, and (review, level) pairs as if they were."""
        return self.decided() + Counter((self.key(review), level) for review, level in lines)

    def counted(self, rows):
        """Rows of (group, cell, its name and path, level, members), by (group, level)."""
        found = Counter()
        for group, cell, name, path, level, number in rows:
            found[self._key(group, cell, name, path), level] += number
        return found

    def caps(self, counted):
        """The cap of every group, in the order in which they were set up, the rest last."""
        keys = [*self.names, *([None] if not self.names or any(key is None for key, _ in counted) else [])]
        return tuple(self.cap(key, counted) for key in keys)

    def cap(self, key, counted):
        """The cap of one group with these counts by (group, level)."""
        best, second = self.book.scale.levels[0].code, self.book.scale.levels[1].code
        found = cap_limit(self.book.rules.cap, counted[key, best], counted[key, second], self.raised)
        return GroupCap(self.names.get(key, REST) if self.names else "", found)

    def _key(self, group, cell, name, path):
        if self.by_cell:
            self.names[cell] = name
            return cell
        if self.bases:
            base, title = max(((p, t) for p, t in self.bases.items() if path.startswith(p)), default=("", ""))
            if base:
                self.names[base] = title
            return base or None
        return group if group in self.names else None


def _bases_below(body):
    """Names of the base organisations below a body that decides for several, by path."""
    rows = Organisation.objects.filter(path__startswith=body.path, is_base=True)
    return dict(rows.values_list("path", "name"))


def may_group(rules):
    """Whether the body may part its members by similar positions."""
    return rules.cap_group == SIMILAR and rules.cap_checked_at != CELL


def over_without_raise(season, body, book):
    """The groups of `body` that what it has decided would put over the cap if the cap were not raised."""
    groups = CapGroups(season, body, book, raised=False)
    return [part for part in groups.caps(groups.decided()) if part.cap.is_over]


def is_raised(season, organisation):
    """Whether a standing decision raises the cap of this body."""
    return CapRaise.objects.standing().filter(season=season, organisation=organisation).exists()


def caps_data(caps):
    """The arithmetic of all groups as a decision keeps it."""
    if len(caps) == 1 and not caps[0].name:
        return cap_data(caps[0].cap)
    return {"groups": [{"name": part.name, **cap_data(part.cap)} for part in caps]}


def cap_data(cap):
    """The arithmetic of one group."""
    data = {name: getattr(cap, name) for name in ("xs", "htt", "limit", "over_by", "reading", "article", "arithmetic")}
    return data | {"percent": None if cap.percent is None else str(cap.percent)}
