"""The member's sheet by its 30 items (mẫu 2-HSĐV), from whatever table holds them, and the head of the page."""

from dataclasses import dataclass, field

from django.urls import reverse

from members.answers import answer_words
from members.catalogues import printed
from members.enums import SENSITIVE_TOPICS, EndReason, MembershipKind, OverlayKind, RestorationKind, Topic
from members.forms.people import partial_date
from members.models import Ending, Overlay, Particular, Place, Restoration, Sanction
from members.models.member import mask
from members.ports import sheet_tables
from members.reports.sheet_rows import cells_of, gaps_of, headings_of
from members.sheet.columns import place_words, row_words
from members.sheet.parts import PARTS
from members.sheet.reading import read_rows
from members.sheet.writing import COLUMN_OF

TITLES = {
    "01": "Họ và tên khai sinh", "02": "Giới tính", "03": "Tên gọi khác", "04": "Ngày sinh",
    "05": "Nơi đăng ký khai sinh", "06": "Quê quán", "07": "Nơi cư trú", "08": "Dân tộc", "09": "Tôn giáo",
    "10": "Thành phần gia đình", "11": "Nghề nghiệp hiện nay", "12": "Vào Đảng",
    "13": "Ngày được tuyển dụng, cơ quan tuyển dụng", "14": "Vào Đoàn TNCS Hồ Chí Minh",
    "15": "Tham gia tổ chức xã hội khác", "16": "Ngày nhập ngũ, xuất ngũ", "17": "Trình độ hiện nay",
    "18": "Sức khỏe, gia đình chính sách", "19": "Số căn cước", "20": "Được miễn công tác và sinh hoạt đảng",
    "21": "Quá trình hoạt động, công tác", "22": "Đào tạo, bồi dưỡng", "23": "Khen thưởng", "24": "Huy hiệu Đảng",
    "25": "Danh hiệu được phong", "26": "Kỷ luật", "27": "Đặc điểm lịch sử", "28": "Quan hệ với nước ngoài",
    "29": "Quan hệ gia đình", "30": "Hoàn cảnh kinh tế gia đình", "": "Ngoài các mục của phiếu",
}  # fmt: skip
TOPICS = {
    "09": [Topic.RELIGION],
    "10": [Topic.FAMILY_CLASS],
    "11": [Topic.OCCUPATION],
    "14": [Topic.YOUTH_UNION],
    "17": [
        Topic.GENERAL_EDUCATION, Topic.DEGREE, Topic.SCIENCE, Topic.ACADEMIC_DEGREE, Topic.ACADEMIC_TITLE,
        Topic.THEORY, Topic.FOREIGN_LANGUAGE, Topic.COMPUTING, Topic.MINORITY_LANGUAGE,
    ],
    "18": [Topic.HEALTH, Topic.WAR_INVALID, Topic.MARTYR_FAMILY, Topic.MERIT_FAMILY],
    "": [Topic.ENTERPRISE_OWNER, Topic.FOREIGN_MARRIAGE, Topic.POPULATION_POLICY],
}  # fmt: skip
FIXED_LINES = {  # of the blank form, before topics and parts
    "12": ("Ngày quyết định kết nạp", "Ngày vào Đảng", "Ngày chính thức"),
    "26": ("Kỷ luật của Đảng",),
    "27": (
        "a) Bị khai trừ, xóa tên, xin ra khỏi Đảng", "b) Được kết nạp lại",
        "c) Được khôi phục đảng tịch, nối lại sinh hoạt",
    ),
}  # fmt: skip
FACTS = (Particular, Overlay, Ending, Restoration)
ALONE = {"09", "10", "11"}  # items that are one answer, and need no words beside their title
RESTRICTED = {"09", "10", "18", "26", "29", "30"}  # without the right they have no line, and do not appear
OUT = [EndReason.EXPELLED, EndReason.NAME_REMOVED, EndReason.LEFT]


@dataclass(frozen=True)
class Line:
    """One answer of an item; `rows` are its table where the item repeats, `verb` what the link beside it does."""

    label: str
    values: tuple[str, ...] = ()
    url: str = ""
    verb: str = "Thay đổi"
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One item of the sheet, its answers, and whether it says anything."""

    number: str
    title: str
    lines: tuple[Line, ...] = field(default_factory=tuple)

    @property
    def is_empty(self):
        return not any(line.values for line in self.lines)


def head(member, day, revealed=False):
    """(term, value) of the identity card at the top of a member's page."""
    show = str if revealed else mask
    posts = ", ".join(str(post) for post in member.known_posts if post.voided_at is None and post.holds_on(day))
    return [
        ("Sinh", _written(member, "born")),
        ("Giới tính", member.get_sex_display()),
        ("Ngày vào Đảng", _written(member, "admitted")),
        ("Ngày chính thức", _written(member, "official")),
        ("Số thẻ đảng viên", show(member.current_card)),
        ("Số định danh cá nhân", show(member.personal_id)),
        *(_former_numbers(member) if revealed else ()),
        *([("Chức vụ", posts)] if posts else ()),
    ]


def _former_numbers(member):
    """Numbers that are no longer in use, shown only when all are."""
    former = (("Số thẻ theo Quyết định 85", member.former_card_number), ("Số CMND cũ", member.former_personal_id))
    return [(label, number) for label, number in former if number and number != member.current_card]


def sheet(member, day, sight, *, whole_numbers=False):
    """Items of the sheet in their order; items that need another right are not read and left out."""
    items = _Sheet(member, day, sight, str if whole_numbers else mask).items()
    return [item for item in items if item.lines or item.number not in RESTRICTED]


class _Sheet:
    """One member's sheet on a day for one reader; everything but the place of admission is read with one query."""

    def __init__(self, member, day, sight, number):
        self.member, self.day, self.sight, self.number = member, day, sight, number
        self.parts = [part for part in PARTS.values() if _is_seen(part, sight)]
        self.others = sheet_tables()
        tables = dict.fromkeys((*(each.model for each in (*self.parts, *self.others)), *FACTS))
        if sight.sanctions:
            tables[Sanction] = None
        self.rows = read_rows(member, tuple(tables))
        self.answers = {row.topic: row for row in self.rows[Particular] if row.holds_on(day)}

    def items(self):
        for number, title in TITLES.items():
            own = getattr(self, f"_item_{number}", tuple)
            lines = (*own(), *self._topics(number), *self._parts(number), *self._others(number))
            yield Item(number, title, lines)

    def _parts(self, number):
        parts = [part for part in self.parts if part.number == number]
        several = len(parts) > 1 or number in TOPICS or number in FIXED_LINES
        for part in parts:
            rows = [row for row in self.rows[part.model] if part.holds(row)]
            yield Line(
                part.title if several else "",
                (*self._place_of_record(part, rows), *(row_words(part, row) for row in rows)),
                self._url("add_sheet_row", part.code),
                "Ghi, sửa",
                headings_of(part),
                tuple(cells_of(part, row) for row in rows),
                gaps_of(part, rows, self.day),
            )

    def _place_of_record(self, part, rows):
        """The line that the record has of a place, unless a row says the same by its parts."""
        column = COLUMN_OF.get(part.fixed.get("kind")) if part.model is Place else None
        words = getattr(self.member, column) if column else ""
        return (words,) if words and not (rows and place_words(rows[0]) == words) else ()

    def _others(self, number):
        for table in self.others:
            if table.number == number:
                words = (table.words(row) for row in self.rows[table.model])
                said = tuple(filter(None, words))
                yield Line(table.label, said, self._url(table.page) if table.page else "", "Ghi, sửa")

    def _topics(self, number):
        for topic in TOPICS.get(number, ()):
            if topic in SENSITIVE_TOPICS and not self.sight.sensitive:
                continue
            row = self.answers.get(topic)
            words = answer_words(topic, row.value, row.text) if row else ""
            label = "" if number in ALONE else topic.label
            yield self._line(label, words, self._url("change_particular", topic.value))

    def _item_01(self):
        yield self._line("", self.member.full_name.upper(), self._url("change_name"), "Đổi họ tên")
        if self.member.former_names:
            yield self._line("Tên cũ", self.member.former_names)

    def _item_02(self):
        yield self._line("", self.member.get_sex_display())

    def _item_03(self):
        yield self._line("", self.member.alias)

    def _item_04(self):
        yield self._line("", _written(self.member, "born"), self._url("correct_birth_date"), "Đính chính")

    def _item_08(self):
        yield self._line("", printed("ethnic", self.member.ethnic))

    def _item_12(self):
        first = self.member.memberships.standing().filter(kind=MembershipKind.OFFICIAL).select_related("organisation")
        place = next((row.organisation.name for row in first if row.started_on == self.member.admitted_on), "")
        admitted = " tại ".join(part for part in (_written(self.member, "admitted"), place) if part)
        yield self._line("Ngày quyết định kết nạp", _written(self.member, "decided"))
        yield self._line("Ngày vào Đảng", admitted)
        yield self._line("Ngày chính thức", _written(self.member, "official"))

    def _item_19(self):
        yield self._line("", self.number(self.member.personal_id))
        if self.member.former_personal_id:
            yield self._line("Số CMND cũ", self.number(self.member.former_personal_id))

    def _item_20(self):
        """Exemptions belong to the item; other states stand with them, as the page has them nowhere else."""
        rows = [row for row in self.rows[Overlay] if row.kind != OverlayKind.PROSECUTED]
        words = [f"{row.get_kind_display()}: từ {row.started_on:%d/%m/%Y}{_until(row)}{_paper(row)}" for row in rows]
        yield Line("", tuple(words))

    def _item_26(self):
        if self.sight.sanctions:
            rows = sorted(self.rows[Sanction], key=lambda row: row.decided_on)
            words = [f"{row.get_form_display()}, ngày {row.decided_on:%d/%m/%Y}{_decided_by(row)}" for row in rows]
            yield Line("Kỷ luật của Đảng", tuple(words))

    def _item_27(self):
        endings = [row for row in self.rows[Ending] if row.reason in OUT]
        back = self.rows[Restoration]
        yield Line("a) Bị khai trừ, xóa tên, xin ra khỏi Đảng", tuple(_out(row) for row in endings))
        yield Line("b) Được kết nạp lại", tuple(_back(row) for row in back if row.kind == RestorationKind.READMITTED))
        others = tuple(_back(row) for row in back if row.kind != RestorationKind.READMITTED)
        yield Line("c) Được khôi phục đảng tịch, nối lại sinh hoạt", others)

    def _item_(self):
        yield self._line("Số thẻ đảng viên", self.number(self.member.card_number))
        yield self._line("Số thẻ theo Quyết định 85", self.number(self.member.former_card_number))
        yield self._line("Số lý lịch", self.member.cv_number)
        yield self._line("Ghi chú", self.member.notes)

    def _url(self, name, *more):
        return reverse(f"members:{name}", args=[self.member.pk, *more]) if self.sight.edits else ""

    @staticmethod
    def _line(label, value, url="", verb="Thay đổi"):
        return Line(label, (value,) if value else (), url, verb)


def _is_seen(part, sight):
    """Item 26 is for those who see discipline, whoever decided it."""
    return (sight.sensitive or not part.sensitive) and (sight.sanctions or part.number != "26")


def _out(row):
    decision = f", {row.decision}" if row.decision else ""
    return f"{row.get_reason_display()} từ {row.ended_on:%d/%m/%Y}{decision}"


def _back(row):
    return f"{row.get_kind_display()} từ {row.back_on:%d/%m/%Y}, {row.decision}"


def _until(row):
    return f" đến hết {row.last_day:%d/%m/%Y}" if row.last_day else ""


def _paper(row):
    return f", {row.decision}" if row.decision else ""


def _decided_by(row):
    return f", {row.decided_by}" if row.decided_by else ""


def _written(member, name):
    return str(partial_date(member, name) or "")
