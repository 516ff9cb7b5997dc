"""The people of an organisation as rows of the official layout; a fixed number of queries whatever their number."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from cells.models import Organisation
from config.lib.vietnamese import fold
from members.catalogues import catalogue, printed
from members.enums import FINAL_ENDINGS, EndReason, MembershipKind, OverlayKind, Sex, Status, Topic
from members.forms.dates import PartialDate
from members.importing.places import Place
from members.models import Member, Membership, Overlay, Particular
from members.official.layout import HOME_COUNTRY

ONE_DAY = timedelta(days=1)
PLACES = {"birth": "birth_place", "home": "home_place", "residence": "residence"}
NUMBERS = {
    "source_id": "source_id",
    "name": "full_name",
    "alias": "alias",
    "personal_id": "personal_id",
    "card": "card_number",
    "card_issuer": "card_issued_by",
    "former_card": "former_card_number",
    "former_id": "former_personal_id",
}
STATES = {Status.EXEMPT: "exempt", Status.SUSPENDED: "suspended", Status.INTERRUPTED: "interrupted"}
OVERLAYS = {Status.EXEMPT: OverlayKind.EXEMPT, Status.SUSPENDED: OverlayKind.SUSPENDED,
            Status.INTERRUPTED: OverlayKind.INTERRUPTED}  # fmt: skip


@dataclass(frozen=True)
class OfficialRow:
    """One person: the whole values by field, and the path by which rights are asked."""

    member_id: str
    path: str
    values: dict[str, str]


def official_people(organisation, day, *, beside=()):
    """People on the roll of the organisation and below it, those who died or left for good this year, and `beside`."""
    stays = Membership.objects.standing().filter(member=OuterRef("pk"), kind=MembershipKind.OFFICIAL)
    here = Exists(stays.filter(started_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day)))
    gone = stays.filter(end_reason__in=FINAL_ENDINGS, ended_on__gte=date(day.year, 1, 1), ended_on__lte=day + ONE_DAY)
    rows = Member.objects.below(organisation).standing()
    return rows.filter(here | Exists(gone) | Q(pk__in=list(beside)))


def official_rows(people, day) -> list[OfficialRow]:
    """Rows of the people (a queryset) on a day, by cell and name."""
    facts = _Facts(people, day)
    members = people.select_related("home").with_status(day).order_by("home__path", "sort_key", "id")
    return [OfficialRow(str(member.pk), member.home.path, facts.values(member)) for member in members]


class _Facts:
    """What stands beside the members: religion, states, endings, cells."""

    def __init__(self, people, day):
        ids = people.order_by().values("pk")
        of_people = {"member__in": ids}
        self.religions = dict(
            Particular.objects.on(day).filter(**of_people, topic=Topic.RELIGION).values_list("member_id", "value")
        )
        overlays = Overlay.objects.on(day).filter(**of_people).order_by("-started_on")
        self.since = {
            (member, kind): on for member, kind, on in overlays.values_list("member_id", "kind", "started_on")
        }
        stays = Membership.objects.standing().official().filter(**of_people).order_by("started_on")
        found = list(
            stays.values_list("member_id", "organisation_id", "organisation__is_cell", "ended_on", "end_reason")
        )
        self.last = {each[0]: each[3:] for each in found}
        self.cells = {each[0]: each[1] for each in found if each[2]}
        self.labels = labels_of(set(self.cells.values()))

    def values(self, member):
        """The row of one member by field."""
        code, since = self._state(member)
        found = {field: getattr(member, name) for field, name in NUMBERS.items()}
        found |= {
            "sex": Sex(member.sex).label if member.sex != Sex.UNKNOWN else "",
            "ethnic": printed("ethnic", member.ethnic) if member.ethnic else "",
            "religion": self._religion(member),
            "born": _dated(member, "born"),
            "joined": _dated(member, "admitted"),
            "official": _dated(member, "official"),
            "card_date": _day(member.card_issued_on),
            "cell": self.labels.get(self.cells.get(member.pk), ""),
            "status": printed("status", code),
            "status_date": _day(since),
            "delete": "Không",
        }
        for place, name in PLACES.items():
            found |= split_place(place, getattr(member, name))
        return {field: value for field, value in found.items() if value}

    def _religion(self, member):
        code = self.religions.get(member.pk, "")
        return "" if code in ("", "unknown") else printed("religion", code)

    def _state(self, member):
        """(code of the catalogue of states, since when) by the table of section 14."""
        if member.status == Status.ENDED:
            ended_on, reason = self.last.get(member.pk, (None, ""))
            if reason == EndReason.DIED:
                return "deceased", ended_on - ONE_DAY if ended_on else None
            return "left", ended_on
        if member.status in STATES:
            return STATES[member.status], self.since.get((member.pk, OVERLAYS[member.status]))
        return "active", None


def labels_of(ids: Any) -> dict[int, str]:
    """The cells as the official layout writes them: “Chi bộ Khóm 1, Đảng bộ Phường 5”."""
    rows = Organisation.objects.filter(id__in=ids).select_related("parent")
    return {
        row.pk: Place(row.pk, row.name, "" if row.is_base or not row.parent else row.parent.name, "").label.replace(
            " - ", ", ", 1
        )
        for row in rows
    }


def split_place(place, text):
    """Country, province and detail of a place as it is stored, so that reading it again gives the same text."""
    parts = [part.strip() for part in text.split(",")]
    names = {fold(entry.name): entry.name for entry in catalogue("official_country").values()}
    country = names.get(fold(parts[-1]), "") if len(parts) > 1 else ""
    if country and country != HOME_COUNTRY:
        parts = parts[:-1]
    provinces = {entry.name for entry in catalogue("province").values()}
    province = parts[-1] if parts[-1] in provinces else ""
    detail = ", ".join(parts[:-1]) if province else ", ".join(parts)
    if province and not country:
        country = HOME_COUNTRY
    return {f"{place}_country": country, f"{place}_province": province, f"{place}_detail": detail}


def _dated(member, name):
    day = getattr(member, f"{name}_on")
    return str(PartialDate(day, getattr(member, f"{name}_precision"))) if day else ""


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""
