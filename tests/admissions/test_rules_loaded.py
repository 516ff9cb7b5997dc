"""The rules of an app without models are loaded with those of `cells`."""

import pytest

from cells.models import RuleSet

TOPICS = (
    "admission_chain", "admission_clocks", "admission_conditions", "admission_reminders", "introducers", "probation",
    "verification",
)  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_in_force_today(db, today, topic):
    assert RuleSet.objects.in_force(topic, today).values
