"""A result of an organisation in words: the name of its level in its own scale, or that there is none and why."""

from evaluations.enums import OrganisationNotRated


def result_words(grade, scale):
    """For example "Hoàn thành xuất sắc nhiệm vụ (tiêu biểu)"."""
    return level_words(scale, grade.level, grade.not_rated_reason, grade.is_exemplary)


def level_words(scale, code, not_rated="", is_exemplary=False):
    level = next((each for each in scale.levels if each.code == code), None)
    if level:
        return (scale.exemplary_name or f"{level.name} tiêu biểu") if is_exemplary else level.name
    known = OrganisationNotRated(not_rated).label.lower() if not_rated in OrganisationNotRated.values else ""
    return f"Không xếp loại: {known}" if known else "Không xếp loại"
