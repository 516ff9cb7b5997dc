"""The columns of the official layout in their order: headings, widths, which are text, which are hidden from whom."""

from dataclasses import dataclass

from members.models.member import mask

HEADER_ROW, FIRST_ROW = 6, 8  # as Excel numbers them; the header takes two rows
SHEET, TITLE = "DANH SÁCH ĐẢNG VIÊN", "DANH SÁCH THÔNG TIN ĐẢNG VIÊN"
NOTE = (
    "Ghi chú: Các trường có dấu (*) là bắt buộc. Số định danh cá nhân, số thẻ Đảng, số CMND cũ ghi ở dạng văn bản, giữ "
    "đủ số 0 ở đầu. Ngày ghi dạng dd/MM/yyyy. Đảng viên dự bị để trống số thẻ và ngày chính thức."
)
YES_OR_NO = ("Có", "Không")


@dataclass(frozen=True)
class OfficialColumn:
    """One column: its field, heading, the group above it if any; `text` keeps zeros, `masked` and `sensitive` hide."""

    field: str
    heading: str
    group: str = ""
    width: float = 14.7
    text: bool = False
    masked: bool = False
    sensitive: bool = False


def _place(field, group):
    return (
        OfficialColumn(f"{field}_country", "Quốc gia", group),
        OfficialColumn(f"{field}_province", "Tỉnh/Thành", group),
        OfficialColumn(f"{field}_detail", "Chi tiết", group, 30.7),
    )


def _number(field, heading):
    return OfficialColumn(field, heading, text=True, masked=True)


COLUMNS = (
    OfficialColumn("number", "STT", width=5.7),
    OfficialColumn("source_id", "ID (UUID)", width=36.7),
    OfficialColumn("name", "Họ và tên *", width=30.7),
    OfficialColumn("alias", "Tên gọi khác"),
    OfficialColumn("sex", "Giới tính *"),
    OfficialColumn("born", "Sinh ngày *"),
    OfficialColumn("ethnic", "Dân tộc *"),
    OfficialColumn("religion", "Tôn giáo *", sensitive=True),
    _number("personal_id", "Số định danh cá nhân *"),
    _number("card", "Số thẻ Đảng *"),
    OfficialColumn("card_issuer", "Nơi cấp thẻ Đảng"),
    OfficialColumn("card_date", "Ngày cấp thẻ Đảng"),
    _number("former_card", "Số thẻ Đảng theo QĐ 85"),
    OfficialColumn("cell", "Tổ chức Đảng sinh hoạt *", width=30.7),
    *_place("birth", "Nơi đăng ký khai sinh *"),
    *_place("home", "Quê quán *"),
    *_place("residence", "Thường trú *"),
    OfficialColumn("joined", "Ngày vào Đảng *"),
    OfficialColumn("official", "Ngày chính thức *"),
    _number("former_id", "Số CMND cũ"),
    OfficialColumn("status", "Trạng thái hoạt động *"),
    OfficialColumn("status_date", "Ngày rời/mất/miễn SH"),
    OfficialColumn("delete", "Đề nghị xóa (Có/Không)"),
    OfficialColumn("check_result", "Kết quả kiểm tra"),
    OfficialColumn("check_detail", "Chi tiết lỗi"),
)
FIELDS = tuple(column.field for column in COLUMNS)
HIDDEN_LISTS = (("QUOCGIA", "official_country"), ("TINH", "province"), ("DANTOC", "ethnic"), ("TONGIAO", "religion"))


@dataclass(frozen=True)
class Item:
    """What is compared and typed again as one: a column, or the three columns of a place."""

    heading: str
    fields: tuple[str, ...]
    masked: bool = False
    sensitive: bool = False

    def words(self, values):
        """The values of the item as one text: a place from its detail to its country, Việt Nam being understood."""
        parts = [values.get(field, "") for field in self.fields]
        if len(parts) == 1:
            return parts[0]
        return ", ".join(part for part in reversed(parts) if part and part != HOME_COUNTRY)


HOME_COUNTRY = "Việt Nam"
_NOT_COMPARED = {"number", "source_id", "delete", "check_result", "check_detail"}


def _items():
    seen = set()
    for column in COLUMNS:
        if column.field in _NOT_COMPARED or column.group in seen:
            continue
        if column.group:
            seen.add(column.group)
            fields = tuple(each.field for each in COLUMNS if each.group == column.group)
            yield Item(column.group.rstrip(" *"), fields)
        else:
            yield Item(column.heading.rstrip(" *"), (column.field,), column.masked, column.sensitive)


ITEMS = tuple(_items())


def shown(values, *, reveals, senses):
    """The values of a row as somebody may have them: numbers whole or masked, religion or nothing."""
    return [_shown(column, values.get(column.field, ""), reveals, senses) for column in COLUMNS]


def _shown(column, value, reveals, senses):
    if column.masked and not reveals:
        return mask(value)
    return "" if column.sensitive and not senses else value
