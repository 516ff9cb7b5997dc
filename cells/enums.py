"""Slugs of the organisation side that are stored in the database."""

from django.db import models


class DocumentType(models.TextChoices):
    """Types of party documents with the names in which they print (399-QĐ/TW).

    A list of names is none of the types of 399; where a body numbers one, its symbol follows the first letters.
    """

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    CONCLUSION = "KL", "Kết luận"
    NOTICE = "TB", "Thông báo"
    REPORT = "BC", "Báo cáo"
    PLAN = "KH", "Kế hoạch"
    SUBMISSION = "TTr", "Tờ trình"
    LETTER = "CV", "Công văn"
    MINUTES = "BB", "Biên bản"
    LIST = "DS", "Danh sách"


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


class TreeAct(models.TextChoices):
    """What a decision can do to the tree."""

    ADD = "add", "Thành lập"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển về trực thuộc nơi khác"
    CHANGE_KIND = "change_kind", "Đổi loại hình, cấp"
    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia, tách"
    CLOSE = "close", "Giải thể, kết thúc hoạt động"
    LEAVE = "leave", "Chuyển giao nguyên tổ chức đi nơi khác"
    ARRIVE = "arrive", "Tiếp nhận nguyên tổ chức từ nơi khác"


CLOSING_ACTS = [TreeAct.MERGE, TreeAct.SPLIT, TreeAct.CLOSE, TreeAct.LEAVE]


class PartRole(models.TextChoices):
    BEFORE = "before", "tổ chức cũ"
    AFTER = "after", "tổ chức mới"


class OrganKind(models.TextChoices):
    """Organs of a committee (organisation.md, section 4)."""

    STANDING_COMMITTEE = "standing_committee", "Ban Thường vụ"
    INSPECTION = "inspection", "Ủy ban Kiểm tra"
    OFFICE = "office", "Văn phòng"
    BUILDING_BOARD = "building_board", "Ban Xây dựng Đảng"
    ORGANISATION_BOARD = "organisation_board", "Ban Tổ chức"
    PROPAGANDA_BOARD = "propaganda_board", "Ban Tuyên giáo và Dân vận"
    INSPECTION_OFFICE = "inspection_office", "Cơ quan Ủy ban Kiểm tra"
