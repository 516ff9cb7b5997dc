"""Registers of one year over dated events: who died, who left, who is exempt, who came back (38-HD/BTCTW, V.1).

Names, dates and papers; no numbers of people, and no grounds of health.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from cells.models import Organisation
from cells.tree_history import list_order, read_history
from members.enums import DECIDED_ENDINGS, EndReason, ExitGround, OverlayKind, RestorationKind
from members.models import Ending, Membership, Overlay, Restoration
from members.reports.register_honours import awards, badges, cards, what_badges_lack
from members.reports.register_words import born, written

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Register:
    """One register of an organisation and everything below it: what it is called, its lines in order of their day."""

    name: str
    organisation: Organisation
    body: str  # the organisation by its name of the day
    year: int
    on: date
    rows: tuple[tuple[Any, ...], ...]
    round_on: date | None = None  # where the register is of one round

    @property
    def kind(self):
        return KINDS[self.name]

    @property
    def note(self):
        """What the lines lack, in a word below them."""
        return self.kind.note(self.rows)

    @property
    def when(self):
        return f"đợt {self.round_on:%d/%m/%Y}" if self.round_on else f"năm {self.year}"

    @property
    def title(self):
        return f"{self.kind.title} {self.when}"

    @property
    def span(self):
        """Of when the number is, as the document begins."""
        whole = f"Đợt tặng {self.round_on:%d/%m/%Y}" if self.round_on else f"Trong năm {self.year}"
        return f"{whole} (tính đến ngày {self.on:%d/%m/%Y})"


def _no_note(rows):
    return ""


@dataclass(frozen=True)
class RegisterKind:
    """A register: its words, its columns as (title, width), and what fills it."""

    title: str
    sentence: str
    columns: tuple[tuple[str, int], ...]
    fill: Callable[..., Any]
    wide: bool = True
    note: Callable[..., str] = _no_note


def read_register(name, organisation, *, year, on=None):
    """The register of that name as of `on`, the end of the year unless given; what comes after it is left out."""
    day = on or date(year, 12, 31)
    last = min(day, date(year, 12, 31))
    places = Places(read_history(), organisation, last)
    rows = KINDS[name].fill(places, date(year, 1, 1), last)
    return Register(name, organisation, places.name(organisation.pk), year, day, tuple(rows))


class Places:
    """What stood below an organisation on a day, under the names of that day; homes are those of the day too."""

    def __init__(self, history, organisation, day):
        self.history, self.day = history, day
        self.branch = history.below(organisation.pk, day)

    def name(self, organisation_id):
        return self.history.stand(organisation_id, self.day).name

    def rank(self, organisation_id):
        """Where a body stands in the tree of the day, from the top down."""
        chain = self.history.chain(organisation_id, self.day)
        down = chain if chain[-1] == organisation_id else chain[::-1]
        return [list_order(self.history.stand(node, self.day)) for node in down]

    def above(self, organisation_id):
        """The name of the body above, where it lies in the branch."""
        parent = self.history.stand(organisation_id, self.day).parent_id
        return self.name(parent) if parent in self.branch else ""

    def at_home(self, overlays):
        """(row, name of the home) of those whose last official membership by the day lies in the branch."""
        rows = list(overlays.select_related("member"))
        stays = Membership.objects.standing().official().filter(
            started_on__lte=self.day, member__in=[row.member_id for row in rows]
        )  # fmt: skip
        homes = dict(stays.order_by("started_on").values_list("member_id", "organisation_id"))
        return [(row, self.name(home)) for row in rows if (home := homes.get(row.member_id)) in self.branch]


def _deaths(places, first, last):
    """A death is counted on its day, the last one of the membership."""
    days = {"ended_on__gt": first, "ended_on__lte": last + ONE_DAY}
    for person, day, ending in _left(places, [EndReason.DIED], days):
        notified, sent = (ending.notified_on, ending.file_sent_on) if ending else (None, None)
        note = ending.note if ending else ""
        yield (*_who(places, person), written(day - ONE_DAY), written(notified), written(sent), note)


def _leavers(places, first, last):
    reasons = [*DECIDED_ENDINGS, EndReason.UNSTATED]
    for person, day, ending in _left(places, reasons, {"ended_on__gte": first, "ended_on__lte": last}):
        how = EndReason(person.end_reason).label
        if ending is None:
            yield (*_who(places, person), how, "chưa ghi giấy tờ", written(day), "", "")
            continue
        grounds = "; ".join(ExitGround(code).label for code in ending.grounds)
        how = f"{how} (dự bị)" if ending.was_probationary else how
        back = _back_words(ending)
        paper = ", ".join(filter(None, (ending.decision, written(ending.decided_on), ending.decided_by)))
        words = "; ".join(filter(None, (how, grounds, back)))
        yield (
            *_who(places, person),
            words,
            paper,
            written(day),
            written(ending.card_recovered_on),
            written(ending.file_sent_on),
        )


def _left(places, reasons, days):
    """(membership, first day out, ending or None), those of endings that were answered by rights restored too."""
    papers = Ending.objects.standing().filter(reason__in=reasons, **days).select_related(
        "membership__member", "membership__organisation"
    ).prefetch_related("restorations")  # fmt: skip
    with_papers = list(papers.filter(membership__organisation__in=places.branch))
    rows = Membership.objects.left_for_good().filter(end_reason__in=reasons, organisation__in=places.branch, **days)
    without = rows.with_papers_left("papers").select_related("member", "organisation")
    found = [(each.membership, each.ended_on, each) for each in with_papers] + [
        (row, row.ended_on, None) for row in without
    ]
    return sorted(found, key=lambda each: (each[1], each[0].member.sort_key, each[0].pk))


def _back_words(ending):
    standing = [row for row in ending.restorations.all() if row.voided_at is None]
    return "; ".join(f"{RestorationKind(row.kind).label.lower()} từ {written(row.back_on)}" for row in standing)


def _exempt(places, first, last):
    rows = _exemptions(places).overlapping(first, last + ONE_DAY).order_by("started_on", "member__sort_key", "id")
    for row, home in places.at_home(rows):
        until = written(row.last_day) if row.ended_on and row.ended_on <= last + ONE_DAY else "nay"
        yield (row.member.full_name, born(row.member), home, written(row.started_on), until, row.decision)


def _returned(places, first, last):
    """Restorations, and exemptions that came to their end."""
    backs = Restoration.objects.standing().filter(organisation__in=places.branch, back_on__gte=first, back_on__lte=last)
    found = [
        (row.back_on, row.member, places.name(row.organisation_id), row.get_kind_display(), _paper(row))
        for row in backs.select_related("member")
    ]
    over = _exemptions(places).filter(ended_on__gte=first, ended_on__lte=last)
    still = Membership.objects.standing().official().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    found += [
        (row.ended_on, row.member, home, "Hết miễn công tác và sinh hoạt", row.decision)
        for row, home in places.at_home(over.filter(member__in=still.values("member")))
    ]
    for day, member, place, how, paper in sorted(found, key=lambda each: (each[0], each[1].sort_key)):
        yield (member.full_name, born(member), place, how, written(day), paper)


def _exemptions(places):
    people = Membership.objects.standing().filter(organisation__in=places.branch).values("member")
    return Overlay.objects.standing().filter(kind=OverlayKind.EXEMPT, member__in=people)


def _who(places, membership):
    member = membership.member
    return member.full_name, born(member), written(member.admitted_on), places.name(membership.organisation_id)


def _paper(row):
    return ", ".join(filter(None, (row.decision, written(row.decided_on), row.decided_by)))


_WHO = (("Họ và tên", 16), ("Sinh", 9), ("Vào Đảng", 9), ("Nơi sinh hoạt", 18))
KINDS = {
    "deaths": RegisterKind(
        "Danh sách đảng viên từ trần", "đảng viên từ trần",
        (*_WHO, ("Ngày mất", 9), ("Phiếu báo", 9), ("Nộp hồ sơ", 9), ("Ghi chú", 16)), _deaths,
    ),
    "leavers": RegisterKind(
        "Danh sách đảng viên ra khỏi Đảng", "đảng viên bị xóa tên, khai trừ, xin ra khỏi Đảng",
        (("Họ và tên", 14), ("Sinh", 9), ("Vào Đảng", 9), ("Nơi sinh hoạt", 12), ("Hình thức, căn cứ", 15),
         ("Quyết định", 10), ("Từ ngày", 9), ("Thu thẻ", 9), ("Nộp hồ sơ", 9)),
        _leavers,
    ),
    "exempt": RegisterKind(
        "Danh sách đảng viên được miễn công tác và sinh hoạt đảng",
        "lượt đảng viên được miễn công tác và sinh hoạt đảng",
        (("Họ và tên", 20), ("Sinh", 9), ("Nơi sinh hoạt", 25), ("Từ ngày", 9), ("Đến hết ngày", 8),
         ("Nghị quyết, quyết định", 24)), _exempt,
    ),
    "returned": RegisterKind(
        "Danh sách đảng viên trở lại sinh hoạt", "lượt đảng viên trở lại sinh hoạt",
        (("Họ và tên", 20), ("Sinh", 8), ("Nơi sinh hoạt", 20), ("Hình thức", 18), ("Từ ngày", 9), ("Quyết định", 20)),
        _returned,
    ),
    "cards": RegisterKind(
        "Sổ phát thẻ đảng viên", "lượt phát thẻ đảng viên",
        (*_WHO, ("Lý do", 9), ("Số thẻ", 9), ("Ngày cấp", 9), ("Nơi cấp", 8), ("Ngày giao", 9)), cards,
    ),
    "badges": RegisterKind(
        "Sổ tặng Huy hiệu Đảng", "Huy hiệu Đảng được tặng",
        (("Họ và tên", 14), ("Sinh", 9), ("Vào Đảng", 9), ("Nơi sinh hoạt", 12), ("Mức", 5), ("Hình thức", 7),
         ("Số Huy hiệu", 7), ("Quyết định", 14), ("Đợt", 9), ("Ngày trao", 9)), badges,
        note=what_badges_lack,
    ),
    "awards": RegisterKind(
        "Sổ khen thưởng", "lượt khen thưởng",
        (*_WHO, ("Hình thức", 15), ("Ngày, tháng", 9), ("Cấp khen thưởng", 12), ("Quyết định", 8)), awards,
    ),
}  # fmt: skip
