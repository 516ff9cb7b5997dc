"""What stands in a written self-review, by field: read as values, compared with what a page had seen, written back."""

from django.db import models

from evaluations.enums import FormGroup
from evaluations.rules import number_text
from evaluations.rules.score_frame import GENERAL, RESULTS
from members.seen import digest

TEXT, DEGREE = "text-", "degree-"
PLAIN = ("group", "written_on", "on_paper", "staff_level")
ROOTS = {"own_general": GENERAL, "own_results": RESULTS}  # points of the two groups, where they are typed
OWN_LEVEL = "own_level"  # of the review itself, the one that the sheet shows too
LABELS = {
    "group": "Viết theo mẫu của",
    "written_on": "Ngày viết",
    "on_paper": "Bản giấy",
    "own_general": "Điểm tiêu chí chung",
    "own_results": "Điểm kết quả nhiệm vụ",
    "staff_level": "Tự nhận mức cán bộ, công chức, viên chức",
    OWN_LEVEL: "Tự nhận mức đảng viên",
}


def written_values(written, review, layout, score=None):
    """What stands in the fields of a form; points only where the two groups alone are scored (`score`)."""
    values = {name: getattr(written, name) for name in PLAIN} | {OWN_LEVEL: review.own_level}
    if types_groups(score):
        values |= {"own_general": score.own.groups.general, "own_results": score.own.groups.results}
    for section in layout.sections:
        values[f"{TEXT}{section.code}"] = written.texts.get(section.code, "")
        if section.has_degrees:
            values[f"{DEGREE}{section.code}"] = written.degrees.get(section.code, "")
    return values


def types_groups(score):
    """Whether the points of the two groups are typed: where a frame has criteria, they are its sums."""
    return score is not None and score.tree.frame is None


def write_values(written, changes):
    """Put changed values into a written review that is not saved yet."""
    texts, degrees = dict(written.texts), dict(written.degrees)
    for name, value in changes.items():
        if name.startswith(TEXT):
            texts[name.removeprefix(TEXT)] = value
        elif name.startswith(DEGREE):
            degrees[name.removeprefix(DEGREE)] = value
        elif name in PLAIN:
            setattr(written, name, value)
    written.texts = {code: text for code, text in texts.items() if text}
    written.degrees = {code: degree for code, degree in degrees.items() if degree}


def seen(value):
    """The digest of one value, which a form carries along."""
    return digest([value_words(value)])


def merge(stored, typed, seen_digests):
    """What may be written of what was typed, and what clashes as (name, mine, theirs).

    A field that the page had not seen as it stands now clashes, unless what was posted is what the page had seen.
    """
    changes, clashes = {}, []
    for name, value in typed.items():
        theirs = stored[name]
        if value == theirs or seen(value) == seen_digests.get(name):
            continue
        if seen(theirs) == seen_digests.get(name):
            changes[name] = value
        else:
            clashes.append((name, value, theirs))
    return changes, clashes


def value_words(value):
    """A value as it stands in a control, or is told."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, models.TextChoices):
        return value.value
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else number_text(value)


def told(name, value, scale):
    """A value in words, for whom somebody else was faster."""
    if name == "group":
        return FormGroup(value).label
    if name in (OWN_LEVEL, "staff_level") and value:
        return scale.level(value).name
    return value_words(value) or "để trống"
