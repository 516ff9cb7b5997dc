"""Slugs of the cell's registers: meetings, attendance, fees, tasks."""

from django.db import models


class MeetingKind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    SPECIAL = "special", "Họp bất thường"
    STUDY = "study", "Học tập nghị quyết, chỉ thị"
    TRAINING = "training", "Lớp bồi dưỡng, chuyên đề"


STUDY_KINDS = [MeetingKind.STUDY, MeetingKind.TRAINING]
CELL_MEETINGS = [MeetingKind.REGULAR, MeetingKind.THEMATIC, MeetingKind.SPECIAL]


class Presence(models.TextChoices):
    PRESENT = "present", "Có mặt"
    EXCUSED = "excused", "Vắng có lý do"
    UNEXCUSED = "unexcused", "Vắng không lý do"


class FeeBasis(models.TextChoices):
    DUE = "due", "Đóng theo quy định"
    REDUCED = "reduced", "Được giảm"
    EXEMPT = "exempt", "Được miễn"


class TaskState(models.TextChoices):
    OPEN = "open", "Chưa đến hạn"
    DONE = "done", "Đúng hạn"
    LATE = "late", "Chậm"
    UNDONE = "undone", "Quá hạn, chưa hoàn thành"
