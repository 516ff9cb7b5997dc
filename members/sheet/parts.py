"""The repeating parts of the sheet as data: which item, which table, which columns, who may see it.

A column is a field of the table, or the stem of a partial date (`started` stands for `started_on` and
`started_precision`). Forms, pages, papers and actions are made from this table alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from members import models as m
from members.sheet_enums import HistoryKind, MilestoneKind, PlaceKind

ENDED = "ended"  # the one date that is stored as the first day after


@dataclass(frozen=True)
class Part:
    """One part of an item: `fixed` are values that all its rows share, `single` means one standing row at most."""

    code: str
    number: str
    title: str
    model: Any
    columns: tuple[str, ...]
    required: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    single: bool = False
    sensitive: bool = False
    hint: str = ""

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"

    def holds(self, row) -> bool:
        """Whether a row of the table belongs to this part."""
        return all(getattr(row, name) == value for name, value in self.fixed.items())


def _place(kind, number):
    columns = ("detail", "province", "country", "former")
    return Part(
        f"place-{kind}", number, kind.label, m.Place, columns, ("country",), {"kind": kind}, single=True,
        hint="Ghi tên đơn vị hành chính hiện nay; tên cũ ghi vào ô riêng. Nơi ở nước ngoài: chọn nước, ghi địa chỉ.",
    )  # fmt: skip


def _milestone(kind, number, title, columns, hint=""):
    code = kind.value.replace("_", "-")
    return Part(code, number, title, m.Milestone, columns, columns[-1:], {"kind": kind}, single=True, hint=hint)


_PERIOD = ("started", "ended")
PARTS = {
    part.code: part
    for part in (
        _place(PlaceKind.BIRTH, "05"),
        _place(PlaceKind.HOME, "06"),
        _place(PlaceKind.RESIDENCE, "07"),
        _place(PlaceKind.TEMPORARY, "07"),
        _milestone(MilestoneKind.ADMITTED_AT, "12", "Vào Đảng tại chi bộ", ("place",), "Ghi cả đảng bộ cấp trên."),
        Part(
            "introducers", "12", "Người giới thiệu vào Đảng", m.Introducer, ("kind", "full_name", "post", "unit"),
            ("kind", "full_name"),
        ),
        _milestone(MilestoneKind.OFFICIAL_AT, "12", "Được công nhận chính thức tại chi bộ", ("place",)),
        _milestone(MilestoneKind.RECRUITED, "13", "Ngày được tuyển dụng, cơ quan tuyển dụng", ("happened", "place")),
        _milestone(MilestoneKind.YOUTH_UNION, "14", "Ngày vào Đoàn TNCS Hồ Chí Minh", ("place", "happened")),
        Part(
            "social-organisations", "15", "Tham gia tổ chức xã hội khác", m.SocialMembership,
            ("organisation", "text", *_PERIOD), ("organisation",),
        ),
        Part("military", "16", "Ngày nhập ngũ, xuất ngũ", m.MilitaryService, (*_PERIOD, "rank"), ("started",)),
        Part(
            "career", "21", "Quá trình hoạt động, công tác", m.CareerStep,
            (*_PERIOD, "work", "party_post", "state_post", "mass_post", "unit"), ("started", "work"),
            hint="Ghi liền các quãng thời gian, theo tháng. Quãng không công tác cũng là một dòng, ghi lý do.",
        ),
        Part(
            "training", "22", "Đào tạo, bồi dưỡng", m.Training, ("school", "subject", *_PERIOD, "mode", "diploma"),
            ("school",),
        ),
        Part("titles", "25", "Danh hiệu được phong", m.HonoraryTitle, ("title", "text", "conferred"), ("title",)),
        Part(
            "administrative-discipline", "26", "Kỷ luật hành chính", m.AdministrativeDiscipline,
            ("form", "decided", "decided_by", "ground", "changed", "change"), ("form", "decided"),
            hint="Ghi như trên quyết định. Kỷ luật được thay đổi hoặc xóa bỏ: sửa dòng của nó, ghi ngày và nội dung.",
        ),
        Part(
            "legal", "27", "d) Bị xử lý theo pháp luật", m.HistoryNote, (*_PERIOD, "what", "place"), ("what",),
            {"kind": HistoryKind.LEGAL},
        ),
        Part(
            "old-regime", "27", "e) Làm việc trong chế độ cũ", m.HistoryNote, (*_PERIOD, "what", "place"), ("what",),
            {"kind": HistoryKind.OLD_REGIME},
        ),
        Part(
            "foreign-stays", "28", "a) Đã đi nước ngoài từ 3 tháng trở lên", m.ForeignStay,
            (*_PERIOD, "country", "purpose"), ("started", "country"),
        ),
        Part(
            "foreign-organisations", "28", "b) Tham gia tổ chức nước ngoài", m.ForeignOrganisation,
            (*_PERIOD, "organisation", "country", "post"), ("organisation",),
        ),
        Part(
            "foreign-relatives", "28", "c) Thân nhân ở nước ngoài", m.ForeignRelative,
            ("relation", "full_name", "birth_year", "country", "occupation", "text"), ("relation", "full_name"),
            sensitive=True,
        ),
        Part(
            "family", "29", "Quan hệ gia đình", m.FamilyMember,
            ("relation", "full_name", "birth_year", "home_place", "residence", "occupation", "post", "unit"),
            ("relation", "full_name"), sensitive=True,
        ),
        Part(
            "household", "30", "Thu nhập và hoạt động kinh tế của hộ", m.HouseholdDeclaration,
            ("declared_on", "income", "income_per_head", "activity", "hired_labour"), ("declared_on",), sensitive=True,
        ),
        Part(
            "household-assets", "30", "Nhà ở, đất, tài sản của hộ", m.HouseholdAsset,
            ("declared_on", "kind", "text", "origin", "area", "value"), ("declared_on", "kind"), sensitive=True,
        ),
    )
}  # fmt: skip
MODELS = tuple(dict.fromkeys(part.model for part in PARTS.values()))


def part_of(row) -> Part:
    """The part that a stored row belongs to."""
    return next(part for part in PARTS.values() if isinstance(row, part.model) and part.holds(row))
