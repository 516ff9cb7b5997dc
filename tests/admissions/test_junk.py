"""Every page of admission that takes a form, sent junk in most fields by all who may act: never an error of ours."""

import random
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.admissions import procedure_cases as cases
from tests.admissions.dossier_cases import in_order
from tests.test_access import grid
from tests.things import things

JUNK = (
    "", "\x00", "x" * 5000, "99999999999999999999999", "-1", "0", "31/02/2026", "01/01/0001", "31/12/9999",
    "05/03/2026", "true", "yes", "own", "done", "😀", "<b>", "1e9", "½", "١٢", "[]", "'", "%s", "0" * 8,
)  # fmt: skip
FIELD = re.compile(r'name="([^"]+)"')
ACTING = ("secretary", "officer", "staff")


@pytest.fixture
def clients(cast):
    found = [Client(raise_request_exception=False) for _ in ACTING]
    for name, client in zip(ACTING, found, strict=True):
        client.force_login(getattr(cast, name), backend="django.contrib.auth.backends.ModelBackend")
    return found


def addresses(tree, cast):
    """The address of every form of the grid; those of a candidate for people further on their way as well."""
    found = things(tree, cast)
    further = [in_order(tree.here, by=cast.secretary), cases.voted(cases.ready(tree.here, by=cast.secretary), cast)]
    for page, method, thing in grid()[1]:
        if page.startswith("admissions:") and method == "POST":
            places = [found.get(thing, {}), *({"pk": each.pk} for each in further if thing == "candidate")]
            yield from (reverse(page, kwargs=place) for place in places)


def junk_for(shown, dice):
    """Something in most fields of the page, some of them twice."""
    names = sorted(set(FIELD.findall(shown)) - {"csrfmiddlewaretoken"})
    return {name: dice.choices(JUNK, k=dice.choice((1, 1, 1, 2))) for name in names if dice.random() < 0.8}


@pytest.mark.long
def test_no_junk_in_any_form_is_an_error_of_ours(tree, cast, clients):
    dice, broken = random.Random(27), []
    for address in addresses(tree, cast):
        for client in clients:
            shown = client.get(address)
            answer = client.post(address, junk_for(shown.content.decode(errors="replace"), dice))
            broken += [(address, each.status_code) for each in (shown, answer) if each.status_code >= 500]
    assert broken == []
