"""Slugs of the quality desk that are stored in the database."""

from django.db import models


class Severity(models.TextChoices):
    ERROR = "error", "Lỗi"
    WARNING = "warning", "Cần xem"
    NOTICE = "notice", "Cách viết, bổ sung"


class RuleOwner(models.TextChoices):
    """Who mends what a rule finds, unless somebody is named."""

    CELL = "cell", "chi bộ"
    BASE = "base", "cấp ủy cơ sở"
    ABOVE = "above", "cấp trên của cả hai"


class FindingState(models.TextChoices):
    OPEN = "open", "còn"
    FIXED = "fixed", "đã hết"
    ACCEPTED = "accepted", "chấp nhận"


STANDING_FINDINGS = [FindingState.OPEN, FindingState.ACCEPTED]
