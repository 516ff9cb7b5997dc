"""The values that each dated topic may have, with their printed names."""

from members.catalogues import choices, printed
from members.enums import SENSITIVE_TOPICS, AcademicTitle, Degree, GeneralEducation, Theory, Topic, YesNo

_FIXED = {
    Topic.GENERAL_EDUCATION: GeneralEducation,
    Topic.DEGREE: Degree,
    Topic.ACADEMIC_TITLE: AcademicTitle,
    Topic.THEORY: Theory,
    Topic.YOUTH_UNION: YesNo,
    Topic.ENTERPRISE_OWNER: YesNo,
    Topic.FOREIGN_MARRIAGE: YesNo,
    Topic.POPULATION_POLICY: YesNo,
    Topic.SCIENCE: YesNo,
    Topic.MINORITY_LANGUAGE: YesNo,
    Topic.MARTYR_FAMILY: YesNo,
    Topic.MERIT_FAMILY: YesNo,
}
_CATALOGUES = {
    topic: topic.value
    for topic in (
        Topic.OCCUPATION, Topic.RELIGION, Topic.FAMILY_CLASS, Topic.ACADEMIC_DEGREE, Topic.FOREIGN_LANGUAGE,
        Topic.COMPUTING, Topic.HEALTH, Topic.WAR_INVALID,
    )
}  # fmt: skip


def answer_choices(topic):
    """(value, printed name) of everything that may be answered to `topic`."""
    return choices(_CATALOGUES[topic]) if topic in _CATALOGUES else list(_FIXED[topic].choices)


def answer_name(topic, value):
    """The printed name of a stored value."""
    if topic in _CATALOGUES:
        return printed(_CATALOGUES[topic], value)
    return dict(_FIXED[topic].choices).get(value, value)


def answer_words(topic, value, text):
    """The answer as it is shown: the words of the paper, and the counted value where these do not say it."""
    name = answer_name(topic, value)
    return f"{text} · {name}" if text and text.lower() not in name.lower() else name


def fact_words(fact):
    """A dated fact in a few words; what is sensitive is named without its content."""
    topic = getattr(fact, "topic", None)
    if topic is None:
        return str(fact)
    label = Topic(topic).label
    return label if topic in SENSITIVE_TOPICS else f"{label}: {answer_words(topic, fact.value, fact.text)}"


UNTOLD = "ghi ở mục được che"  # the reason of an act on what is restricted, as the log tells it


def told_reason(fact, reason):
    """The reason of a correction as the log may tell it: of a restricted answer it stands with the row alone."""
    return UNTOLD if getattr(fact, "topic", None) in SENSITIVE_TOPICS else reason


def mid_sentence(label):
    """A label as it stands within a sentence: only its first letter is made small."""
    return f"{label[:1].lower()}{label[1:]}"
