"""The rules of an app without models are loaded with those of `cells`."""

import pytest

from cells.models import RuleSet


@pytest.mark.parametrize(
    "topic", ["admission_chain", "admission_clocks", "admission_conditions", "introducers", "probation", "verification"]
)
def test_every_topic_is_in_force_today(db, today, topic):
    assert RuleSet.objects.in_force(topic, today).values
