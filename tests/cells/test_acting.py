"""Acting for one of several organisations narrows every list, and never widens one."""

from datetime import date

import pytest
from django.urls import reverse

from cells.actions.accounts import grant_role
from cells.models import Organisation
from cells.permissions import Role


@pytest.fixture
def twice(tree, cast, system):
    """The secretary here is secretary of a second cell too."""
    grant_role(cast.secretary, Role.CELL_SECRETARY, organisation=tree.far, started_on=date(2025, 7, 1), by=system)
    return cast.secretary


def test_a_choice_narrows_the_scope_and_can_be_taken_back(tree, twice, as_):
    client = as_(twice)
    assert client.get(reverse("cells:organisation", args=[tree.far.pk])).status_code == 200
    client.post(reverse("cells:act_for"), {"organisation": tree.here.pk})
    assert client.get(reverse("cells:organisation", args=[tree.far.pk])).status_code == 404
    assert client.get(reverse("cells:organisation", args=[tree.here.pk])).status_code == 200
    client.post(reverse("cells:act_for"), {"organisation": ""})
    assert client.get(reverse("cells:organisation", args=[tree.far.pk])).status_code == 200


@pytest.mark.parametrize("organisation", ["there", "0", "x", "-1"])
def test_nobody_acts_where_no_role_is_held(tree, twice, as_, organisation):
    chosen = getattr(tree, organisation, None)
    value = chosen.pk if chosen else organisation
    assert as_(twice).post(reverse("cells:act_for"), {"organisation": value}).status_code == 404


def test_a_choice_whose_role_has_ended_is_forgotten(tree, twice):
    twice.acting_for = tree.there.pk
    assert set(Organisation.objects.visible_to(twice)) == {tree.here, tree.far}


def test_the_switch_is_offered_to_those_with_several_roles(twice, cast, as_):
    assert reverse("cells:choose_acting") in as_(twice).get(reverse("cells:choose_acting")).content.decode()
    assert reverse("cells:choose_acting") not in as_(cast.officer).get(reverse("cells:documents")).content.decode()
