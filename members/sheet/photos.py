"""Portraits: what is sent is drawn anew as a small JPEG, never kept as it came, and lies among the private files."""

import hashlib
import struct
import uuid
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
LEAST = (150, 200)
SIZE = (450, 600)  # 3×4 cm at 380 dots an inch
QUALITY = 88
UNREADABLE = "Không đọc được ảnh này. Hãy gửi tệp ảnh JPEG hoặc PNG; tệp khác loại đổi tên không dùng được."


def neutral_photo(content):
    """The portrait as JPEG of 450×600 dots, without anything that came along; `ValidationError` in words otherwise."""
    if len(content) > MAX_BYTES:
        raise ValidationError("Tệp lớn hơn 5 MB. Hãy chọn ảnh nhỏ hơn.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(UNREADABLE) from None


def _drawn_anew(content):
    with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as sent:
        _refuse_wrong_size(*sent.size)
        small = ImageOps.fit(_on_white(_upright(sent)), SIZE, Image.Resampling.LANCZOS)
    drawn = BytesIO()
    small.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()


def _upright(image):
    """Turned as the camera noted; what a broken note (EXIF) makes Pillow stumble over is not foreseen there."""
    try:
        return ImageOps.exif_transpose(image)
    except (struct.error, TypeError, LookupError, AttributeError, ArithmeticError):
        raise ValidationError(UNREADABLE) from None


def _refuse_wrong_size(width, height):
    """Before a single dot is read: an image bomb says its size in its head."""
    if width * height > MAX_PIXELS:
        raise ValidationError("Ảnh có quá nhiều điểm (trên 40 triệu). Hãy thu nhỏ ảnh rồi gửi lại.")
    if width < LEAST[0] or height < LEAST[1]:
        raise ValidationError("Ảnh quá nhỏ để in khổ 3×4: cần ít nhất 150 × 200 điểm.")


def _on_white(image):
    whole = image.convert("RGBA")
    white = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(white, whole).convert("RGB")


def digest_of(content):
    return hashlib.sha256(content).hexdigest()


def keep_photo(content):
    """The name of the file that now holds the portrait; it says nothing about the person."""
    return default_storage.save(f"photos/{uuid.uuid4().hex}.jpg", ContentFile(content))


def photo_bytes(photo):
    """The portrait; None when its file is not there."""
    if not default_storage.exists(photo.name):
        return None
    with default_storage.open(photo.name) as file:
        return file.read()
