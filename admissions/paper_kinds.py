"""The papers that are entered by hand: what each asks for, and where it is kept in the dossier."""

from dataclasses import dataclass

from admissions.enums import PaperKind as K
from admissions.facts import BEYOND_POWER

COUNTS = ("asked", "agreed", "disagreed")
JUDGED = ("merits", "faults")
MASS = [("youth_union", "Đoàn TNCS Hồ Chí Minh"), ("trade_union", "Công đoàn"), ("other", "đoàn thể khác")]
SIDES = [("own", "bên người vào Đảng (cha, mẹ, anh, chị, em, con là đảng viên)"), ("spouse", "bên vợ hoặc chồng")]
POWERS = [
    ("within", "trong thẩm quyền của cấp ủy kết luận"),
    (BEYOND_POWER, "vượt thẩm quyền, phải có cấp tỉnh đồng ý"),
]
CONSENTS = [
    ("religion", "Tôn giáo: cấp ủy cấp trên đồng ý trước khi làm thủ tục"),
    ("age_max", "Quá tuổi: ban thường vụ tỉnh ủy, thành ủy đồng ý"),
    ("education", "Trình độ: ban thường vụ tỉnh ủy, thành ủy đồng ý"),
    ("political_standard", "Tiêu chuẩn chính trị: ban thường vụ tỉnh ủy, thành ủy trở lên đồng ý"),
    ("readmission", "Kết nạp lại: ban thường vụ tỉnh ủy, thành ủy đồng ý"),
]


@dataclass(frozen=True)
class Kind:
    """Columns of a paper in the order of the form; `topics` are the choices of `topic`, `hint` what is written."""

    columns: tuple[str, ...]
    required: tuple[str, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()
    topic_label: str = ""
    hint: str = ""


ENTERED = {
    K.CELL_REMARK: Kind(
        ("dated_on", "given_by", "text"), hint="Chi ủy (nơi không có: bí thư) nhận xét, ký tên ở mục 25 của lý lịch.",
    ),
    K.INTRODUCTION: Kind(
        ("introducer", "dated_on", *JUDGED, "text"), ("introducer",), hint="Mỗi người giới thiệu một giấy (3-KNĐ)."
    ),
    K.UNION_RESOLUTION: Kind(
        ("dated_on", "number", "given_by", *COUNTS, *JUDGED, "text"), ("given_by",),
        hint="Nghị quyết của Ban Chấp hành Đoàn (4-KNĐ), công đoàn cơ sở (4a-KNĐ); ghi cả nghị quyết chi đoàn.",
    ),
    K.MASS_OPINION: Kind(
        ("topic", "dated_on", "given_by", *COUNTS, *JUDGED), ("topic",), tuple(MASS), "Đoàn thể",
        hint="Ý kiến của tổ chức chính trị - xã hội mà người vào Đảng là thành viên.",
    ),
    K.RESIDENCE_OPINION: Kind(("dated_on", "given_by", *COUNTS, *JUDGED), ("given_by",)),
    K.OPINIONS_SUMMARY: Kind(("dated_on", "given_by", *JUDGED, "text"), hint="Chi bộ tổng hợp, T/M chi bộ ký (5-KNĐ)."),
    K.EXEMPTION: Kind(("dated_on", "number", "given_by", "text"), ("number", "given_by")),
    K.POLITICAL: Kind(
        ("dated_on", "number", "given_by", "topic", "favourable", "text"), ("given_by", "topic", "favourable"),
        tuple(POWERS), "Vấn đề thuộc thẩm quyền", hint="Kết luận của cấp ủy có thẩm quyền về tiêu chuẩn chính trị.",
    ),
    K.CONSENT: Kind(
        ("topic", "dated_on", "number", "given_by", "favourable", "text"),
        ("topic", "number", "given_by", "favourable"), tuple(CONSENTS), "Đồng ý về việc",
        hint="Văn bản phải có trước quyết định kết nạp.",
    ),
    K.RELATIVE_CONFIRMED: Kind(
        ("topic", "dated_on", "number", "given_by", "text"), ("topic", "given_by"), tuple(SIDES), "Bên",
        hint="Cấp ủy quản lý người thân là đảng viên xác nhận lý lịch của người đó đầy đủ, rõ ràng.",
    ),
    K.SUPPLEMENT: Kind(
        ("dated_on", "given_by", "text"), ("text",),
        hint="Chỉ khi làm lại hồ sơ quá thời hạn: có thay đổi thì thẩm tra bổ sung.",
    ),
    K.HOST_REMARK: Kind(("dated_on", "given_by", *JUDGED, "text"), ("given_by",)),
    K.LATE_ACCOUNT: Kind(("dated_on", "number", "given_by", "text"), ("text",)),
}  # fmt: skip
# Those that a step writes itself; written by hand only in place of one that was voided.
BY_STEP = {
    K.APPLICATION: Kind(("dated_on",)),
    K.CV: Kind(("dated_on",)),
    K.CV_SEAL: Kind(("dated_on", "number", "given_by")),
    K.BASE_CERTIFICATE: Kind(("dated_on", "number", "given_by", "favourable", "text"), ("favourable",)),
}
OF_THE_BASE = (K.CV_SEAL, K.BASE_CERTIFICATE)
EXPECTED = (
    K.APPLICATION,
    K.CV,
    K.CV_SEAL,
    K.CELL_REMARK,
    K.BASE_CERTIFICATE,
    K.INTRODUCTION,
    K.UNION_RESOLUTION,
    K.MASS_OPINION,
    K.RESIDENCE_OPINION,
    K.OPINIONS_SUMMARY,
    K.POLITICAL,
)
