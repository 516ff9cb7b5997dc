"""A committee whose cells lie directly below it has more than a thousand members before it in one evening."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.models import Ballot
from evaluations.enums import Outcome, SheetState
from evaluations.models import RatingSheet
from members.enums import MembershipKind, StartReason
from members.models import AnnualGrade, Member, Membership
from tests.evaluations.rating_cases import MEETING, open_season

pytestmark = pytest.mark.django_db

PEOPLE = 1_050
SINCE, LONG_AGO = date(2025, 7, 1), date(2001, 2, 3)


@pytest.fixture
def season(tree, cast):
    """One cell of that many, rated good, before the base that decides."""
    members = Member.objects.bulk_create(
        Member(
            full_name=f"Nguyễn Văn {n}", home=tree.here, sort_key=f"{n:05d}", admitted_on=LONG_AGO,
            official_on=LONG_AGO,
        )
        for n in range(PEOPLE)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(
            member=member, organisation=tree.here, kind=MembershipKind.OFFICIAL, started_on=SINCE,
            start_reason=StartReason.OPENING,
        )
        for member in members
    )  # fmt: skip
    season = open_season(tree, cast.staff)
    sheet = season.sheets.get(organisation=tree.here)
    assert sheet.reviews.filter(outcome=Outcome.RATE).update(proposed_level="HTTNV") == PEOPLE
    counts = dict.fromkeys(("present", "issued", "collected", "valid"), PEOPLE) | {"invalid": 0}
    ballot = Ballot.objects.create(organisation=tree.here, held_on=MEETING, entitled=PEOPLE, **counts)
    RatingSheet.objects.filter(pk=sheet.pk).update(
        state=SheetState.SENT, ballot=ballot, held_on=MEETING, station=1, holder=tree.east, sent_at=timezone.now()
    )
    return season


def test_all_of_them_are_shown_and_decided_in_one_act(season, tree, cast, as_):
    client = as_(cast.officer)
    page = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    html = client.get(page).content.decode()
    assert f"{PEOPLE:,} đảng viên đang chờ".replace(",", ".") in html
    data = {"number": "5-QĐ/ĐU", "decided_on": "18/12/2025"}
    for name in ("sheet", r"version-[\w-]+"):
        data |= dict(re.findall(rf'name="({name})" value="([\w-]+)"', html))

    response = client.post(f"{page}decide/", data)

    assert response.status_code == 302
    assert AnnualGrade.objects.of_year(2025).filter(level="HTTNV").count() == PEOPLE
