"""Choices of the member's file (hồ sơ đảng viên)."""

from django.db import models


class PaperState(models.TextChoices):
    """What is known of one paper of a file."""

    PRESENT = "present", "có trong hồ sơ"
    POINTER = "pointer", "chỉ ghi số (văn bản có dấu mật)"
    MISSING = "missing", "thiếu"
    NOT_NEEDED = "not_needed", "không phải có trong trường hợp này"


IN_THE_INDEX = [PaperState.PRESENT, PaperState.POINTER]


class Regime(models.TextChoices):
    """What a file must hold, by the day of admission."""

    FULL = "full", "phải có đủ"
    EXISTING = "existing", "tài liệu hiện có, theo mục lục được chứng nhận"
    UNKNOWN = "unknown", "chưa rõ ngày vào Đảng"


class MediaType(models.TextChoices):
    """Kinds of scans that are kept, recognised by their content."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Secrecy(models.TextChoices):
    """What the sender says about the paper; a marked one is never taken in."""

    NONE = "none", "Không có dấu chỉ độ mật"
    MARKED = "marked", "Có dấu MẬT, TỐI MẬT hoặc TUYỆT MẬT"


MARKED = (
    "Tài liệu có dấu chỉ độ mật không được đưa vào phần mềm này. Hãy sửa mục đó thành “chỉ ghi số” và ghi nơi giữ "
    "tài liệu."
)
