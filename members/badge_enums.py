"""Slugs of badges, cards and awards that are stored in the database; their printed names beside them."""

from django.db import models


class BadgeKind(models.TextChoices):
    """How a badge was come by (294-QĐ/TW, khoản 28.3; 06-HD/TW, khoản 18)."""

    NORMAL = "normal", "Tặng"
    EARLY = "early", "Tặng sớm"
    POSTHUMOUS = "posthumous", "Truy tặng"


class CardKind(models.TextChoices):
    """Why a card is given out (38-HD/BTCTW, mục II.2)."""

    FIRST = "first", "Cấp lần đầu"
    EXCHANGE = "exchange", "Đổi sang mẫu mới"
    LOSS = "loss", "Cấp lại thẻ bị mất"
    DAMAGE = "damage", "Đổi thẻ bị hỏng, sai"


class CardEnd(models.TextChoices):
    """Why a card is no longer in use."""

    EXCHANGE = "exchange", "Đổi sang mẫu mới"
    LOSS = "loss", "Bị mất"
    DAMAGE = "damage", "Bị hỏng, sai"


class CardState(models.TextChoices):
    """What the cell found at its yearly look at the cards."""

    IN_ORDER = "in_order", "Đúng, còn tốt"
    DAMAGED = "damaged", "Hỏng"
    WRONG = "wrong", "Sai thông tin"
    LOST = "lost", "Mất"
    NOT_SHOWN = "not_shown", "Chưa xuất trình"


class AwardForm(models.TextChoices):
    """Forms of rewards as the sheet lists them (mục 23): orders, medals, certificates."""

    ORDER = "order", "Huân chương"
    MEDAL = "medal", "Huy chương"
    CERTIFICATE = "certificate", "Bằng khen"
    OTHER = "other", "Hình thức khác"
