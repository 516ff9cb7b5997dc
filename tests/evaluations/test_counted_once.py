"""One violation counts in one season: later seasons know from what was decided and confirmed [D1, D2]."""

from datetime import date

import pytest

from evaluations import actions
from evaluations.actions.decisions import DecisionEntry
from evaluations.discipline_flags import flags_of, sanctions_of
from evaluations.models import Review
from evaluations.season_rules import rule_book
from members.models import Sanction
from tests.evaluations.rating_cases import DECIDED, of_year, open_season, people, sent, sheet_of

pytestmark = pytest.mark.django_db

ACT = {"act_from": date(2020, 3, 3), "form": "reprimand"}


@pytest.fixture
def member(tree):
    return people(tree.here, 3)[0]


def rated(tree, cast, member, doors):
    """A season of 2020 in which the member was decided with these cases confirmed."""
    season = open_season(tree, cast.staff)
    sheet = sent(season, tree.here, cast.secretary, ["HTTNV"] * 3)
    Review.objects.filter(member=member).update(doors=doors)
    actions.decide([sheet], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    of_year(season, 2020)


def flagged(tree, cast, member, year, rules_of):
    """Whether discipline is a flag in the season of `year`, by the rules of a year."""
    season = open_season(tree, cast.staff, year=2026)
    of_year(season, rules_of)
    season.year = year
    season.save()
    sheet = sheet_of(season, tree.here)
    review = sheet.reviews.get(member=member)
    return bool(flags_of(review, sanctions_of([member.pk], year)[member.pk], sheet, rule_book(season)))


def sanction(tree, member, day, **changes):
    return Sanction.objects.create(**{"member": member, "decided_on": day, "act_unit": tree.here, **ACT, **changes})


def test_a_heavier_form_for_an_act_that_counted_before_does_not_count_again(tree, cast, member):
    sanction(tree, member, date(2020, 5, 6))
    rated(tree, cast, member, ["disciplined"])
    sanction(tree, member, date(2021, 2, 3), form="warning")
    assert not flagged(tree, cast, member, 2021, 2021)


def test_another_act_counts(tree, cast, member):
    sanction(tree, member, date(2020, 5, 6))
    rated(tree, cast, member, ["disciplined"])
    sanction(tree, member, date(2021, 2, 3), act_from=date(2021, 1, 4))
    assert flagged(tree, cast, member, 2021, 2021)


def test_what_nobody_confirmed_did_not_count(tree, cast, member):
    sanction(tree, member, date(2020, 5, 6))
    rated(tree, cast, member, ["subunits_disciplined_over"])
    sanction(tree, member, date(2021, 2, 3), form="warning")
    assert flagged(tree, cast, member, 2021, 2021)


def test_since_2025_a_heavier_form_is_weighed_in_the_rating_of_now(tree, cast, member):
    sanction(tree, member, date(2020, 5, 6))
    rated(tree, cast, member, ["disciplined"])
    sanction(tree, member, date(2025, 2, 3), form="warning")
    assert flagged(tree, cast, member, 2025, 2025)


def test_a_decision_that_the_season_before_waited_for_counts_there_alone(tree, cast, member):
    sanction(tree, member, date(2021, 1, 6))
    rated(tree, cast, member, ["disciplined"])  # decided later than that, with no other discipline in its year
    assert not flagged(tree, cast, member, 2021, 2021)


def test_without_a_decided_season_nothing_counted(tree, cast, member):
    sanction(tree, member, date(2021, 1, 6))
    assert flagged(tree, cast, member, 2021, 2021)
