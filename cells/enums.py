"""Slugs of the organisation side that are stored in the database."""

from django.db import models


class DocumentType(models.TextChoices):
    """Types of party documents with the names in which they print (399-QĐ/TW)."""

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    CONCLUSION = "KL", "Kết luận"
    NOTICE = "TB", "Thông báo"
    REPORT = "BC", "Báo cáo"
    PLAN = "KH", "Kế hoạch"
    SUBMISSION = "TTr", "Tờ trình"
    LETTER = "CV", "Công văn"
    MINUTES = "BB", "Biên bản"


class DocumentState(models.TextChoices):
    """From a draft without number and date to a frozen document that prints again byte for byte."""

    DRAFT = "draft", "dự thảo"
    NUMBERED = "numbered", "đã lấy số"
    ISSUED = "issued", "đã ban hành"
    SUPERSEDED = "superseded", "đã được thay thế"
    OUTSIDE = "outside", "lập ngoài phần mềm"


UNISSUED = [DocumentState.DRAFT, DocumentState.NUMBERED]


class JobState(models.TextChoices):
    """Work over two seconds runs beside the page."""

    WAITING = "waiting", "đang chờ"
    RUNNING = "running", "đang chạy"
    DONE = "done", "đã xong"
    FAILED = "failed", "không xong"


UNFINISHED_JOBS = [JobState.WAITING, JobState.RUNNING]
