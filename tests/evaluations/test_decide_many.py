"""A committee whose cells lie directly below it has more than a thousand members before it in one evening."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cells.models import Ballot
from evaluations import actions
from evaluations.enums import Outcome, SheetState
from evaluations.models import RatingSheet, Review
from evaluations.sheet_row import key_of
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


def posted(html):
    """The controls of the page as the browser sends them, with a number and a day."""
    data = {"number": "5-QĐ/ĐU", "decided_on": "18/12/2025"}
    for name in ("sheet", r"version-[\w-]+"):
        data |= dict(re.findall(rf'name="({name})" value="([\w-]+)"', html))
    return data


def test_all_of_them_are_counted_and_decided_in_one_act(season, tree, cast, as_):
    client = as_(cast.officer)
    page = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    html = client.get(page).content.decode()
    assert f"{PEOPLE:,} đảng viên đang chờ".replace(",", ".") in html
    assert f"HTTNV {PEOPLE}" in html
    assert "-level" not in html, "a page of a thousand controls is too much for a browser and for the server"

    response = client.post(f"{page}decide/", posted(html))

    assert response.status_code == 302
    assert AnnualGrade.objects.of_year(2025).filter(level="HTTNV").count() == PEOPLE


def test_who_cannot_be_decided_is_named_alone(season, tree, cast, as_):
    client = as_(cast.officer)
    page = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    data = posted(client.get(page).content.decode())
    known = Member.objects.get(full_name="Nguyễn Văn 7")
    AnnualGrade.objects.create(
        member=known, year=2025, scale="nhiem_vu", level="HTNV", organisation=tree.west, recorded_by=cast.staff
    )

    response = client.post(f"{page}decide/", data)

    assert response.status_code == 422
    html = response.content.decode()
    assert re.findall(r"Nguyễn Văn \d+(?=</th>)", html) == ["Nguyễn Văn 7"]
    assert "đã có kết quả năm 2025" in html
    assert AnnualGrade.objects.of_year(2025).count() == 1


def test_a_level_planned_before_is_decided_with_all_the_others(season, tree, cast, as_):
    client = as_(cast.officer)
    page = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    review = Review.objects.get(member__full_name="Nguyễn Văn 9")
    sheet = season.sheets.get(organisation=tree.here)
    actions.plan(sheet, levels={review.pk: ("HTNV", "Chậm hai việc")}, version=sheet.version, by=cast.officer)
    html = client.get(page).content.decode()
    assert "1 dự kiến khác" in html

    assert client.post(f"{page}decide/", posted(html)).status_code == 302

    assert AnnualGrade.objects.get(member=review.member, year=2025).level == "HTNV"
    review.refresh_from_db()
    assert (review.decided_level, review.decided_reason, review.planned_level) == ("HTNV", "Chậm hai việc", "")


def test_what_was_typed_while_the_page_was_short_is_decided_so(season, tree, cast, as_):
    client = as_(cast.officer)
    page = reverse("evaluations:decisions", args=[season.pk, tree.east.pk])
    data = posted(client.get(page).content.decode())
    review = Review.objects.get(member__full_name="Nguyễn Văn 11")
    key = key_of(review)
    too_long = client.post(f"{page}decide/", data | {f"{key}-level": "HTNV", f"{key}-why": "x" * 1001})
    assert too_long.status_code == 422
    assert "x" * 1001 in too_long.content.decode()
    assert not AnnualGrade.objects.exists()

    response = client.post(f"{page}decide/", data | {f"{key}-level": "HTNV", f"{key}-why": "Chậm hai việc"})

    assert response.status_code == 302
    review.refresh_from_db()
    assert (review.decided_level, review.decided_reason) == ("HTNV", "Chậm hai việc")
