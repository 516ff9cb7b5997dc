"""Slugs of the rows of the member's sheet (phiếu đảng viên, mẫu 2-HSĐV)."""

from django.db import models


class PlaceKind(models.TextChoices):
    """Places of the items 05–07."""

    BIRTH = "birth", "Nơi đăng ký khai sinh"
    HOME = "home", "Quê quán"
    RESIDENCE = "residence", "Nơi thường trú"
    TEMPORARY = "temporary", "Nơi tạm trú"


class MilestoneKind(models.TextChoices):
    """Days and places that a person has once: items 12 (where), 13 and 14."""

    ADMITTED_AT = "admitted_at", "Chi bộ nơi vào Đảng"
    OFFICIAL_AT = "official_at", "Chi bộ nơi công nhận chính thức"
    RECRUITED = "recruited", "Được tuyển dụng"
    YOUTH_UNION = "youth_union", "Vào Đoàn"


class IntroducerKind(models.TextChoices):
    """Who introduced a person to the Party (item 12)."""

    FIRST = "first", "Người giới thiệu 1"
    SECOND = "second", "Người giới thiệu 2"
    YOUTH_UNION = "youth_union", "Đoàn TNCS Hồ Chí Minh"
    TRADE_UNION = "trade_union", "Công đoàn"


class HistoryKind(models.TextChoices):
    """Item 27 d) and e); a) to c) are endings and restorations."""

    LEGAL = "legal", "Bị xử lý theo pháp luật"
    OLD_REGIME = "old_regime", "Làm việc trong chế độ cũ"


class AssetKind(models.TextChoices):
    """What item 30 lists of a household."""

    HOUSE = "house", "Nhà ở"
    RESIDENTIAL_LAND = "residential_land", "Đất ở"
    PRODUCTION_LAND = "production_land", "Đất sản xuất, kinh doanh"
    PROPERTY = "property", "Tài sản có giá trị từ 50 triệu đồng"


class NameGround(models.TextChoices):
    """Why a name is written differently: changed by decision (06-HD/TW, 9.1), or typed unlike the original file."""

    DECISION = "decision", "Đổi tên theo quyết định của cấp ủy có thẩm quyền"
    TYPED_WRONG = "typed_wrong", "Nhập sai so với hồ sơ gốc"
