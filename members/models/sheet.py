"""The repeating items of the member's sheet (mẫu 2-HSĐV): one typed row each, voided and written anew, never erased.

What the record holds elsewhere is not here: the person (Member), answers that forms count (Particular), posts,
exemptions (Overlay), discipline of the Party (Sanction), endings and restorations.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from config.lib.periods import Fact, Precision
from members.models.history import OfMember
from members.querysets import SheetRowQuerySet
from members.sheet_enums import AssetKind, HistoryKind, IntroducerKind, MilestoneKind, PlaceKind

EARLIEST_YEAR, LATEST_YEAR = 1850, 2999
YEARS = [MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)]


def _text(label, length=200):
    return models.CharField(label, max_length=length, blank=True)


def _day(label):
    return models.DateField(label, null=True, blank=True)


def _precision():
    return models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)


def _year(label):
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=YEARS)


def _dong(label):
    return models.PositiveBigIntegerField(label, null=True, blank=True)


class SheetRow(OfMember, Fact):
    """A row of the sheet with the paper it rests on; a corrected row points at the one that it replaces.

    `codes` names the catalogue of each column that holds a code.
    """

    codes: dict[str, str] = {}

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="%(class)s_rows")
    source = models.CharField("giấy tờ làm căn cứ", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by"
    )

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self):
        return str(self._meta.verbose_name)


class Span(SheetRow):
    """From a partial date to another; `ended_on` is the first day after, None while it lasts or is not known."""

    started_on = _day("từ")
    started_precision = _precision()
    ended_on = _day("đến hết")
    ended_precision = _precision()

    class Meta:
        abstract = True
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gt=F("started_on")),
                name="%(class)s_in_order",
                violation_error_message="Thời gian kết thúc phải sau thời gian bắt đầu.",
            )
        ]


class Place(SheetRow):
    """Items 05–07 by their parts, with the name that the place had on old papers."""

    codes = {"country": "country"}

    kind = models.CharField("loại nơi", max_length=10, choices=PlaceKind.choices)
    country = models.CharField("quốc gia", max_length=20, default="VN")
    province = _text("tỉnh, thành phố", 100)
    detail = _text("xã, phường, địa chỉ chi tiết")
    former = _text("tên cũ trước khi sắp xếp đơn vị hành chính", 300)

    class Meta(SheetRow.Meta):
        verbose_name = "nơi khai sinh, quê quán, cư trú"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(voided_at__isnull=True), name="place_once_a_kind"
            )
        ]


class Introducer(SheetRow):
    """Item 12: who introduced the person."""

    kind = models.CharField("ai giới thiệu", max_length=12, choices=IntroducerKind.choices)
    full_name = _text("họ và tên, hoặc tên tổ chức", 100)
    post = _text("chức vụ")
    unit = _text("đơn vị")

    class Meta(SheetRow.Meta):
        verbose_name = "người giới thiệu vào Đảng"


class Milestone(SheetRow):
    """Items 12 (where), 13 and 14: a day and a place that a person has once."""

    kind = models.CharField("mốc", max_length=12, choices=MilestoneKind.choices)
    happened_on = _day("ngày")
    happened_precision = _precision()
    place = _text("tại", 300)

    class Meta(SheetRow.Meta):
        verbose_name = "mốc trong lý lịch"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(voided_at__isnull=True), name="milestone_once_a_kind"
            )
        ]


class SocialMembership(Span):
    """Item 15: other social organisations."""

    codes = {"organisation": "social_organisation"}

    organisation = models.CharField("tổ chức", max_length=30)
    text = _text("tên khác, chức vụ trong tổ chức")

    class Meta(Span.Meta):
        verbose_name = "tham gia tổ chức xã hội"


class MilitaryService(Span):
    """Item 16: one enlistment; who enlisted again has several."""

    rank = _text("quân hàm, chức vụ cao nhất", 100)

    class Meta(Span.Meta):
        verbose_name = "nhập ngũ, xuất ngũ"


class CareerStep(Span):
    """Item 21: one step of the career; a pause is a step too, with its reason as work."""

    work = _text("làm việc gì", 300)
    party_post = _text("chức vụ trong Đảng")
    state_post = _text("chức vụ chính quyền")
    mass_post = _text("chức vụ đoàn thể")
    unit = _text("đơn vị công tác", 300)

    class Meta(Span.Meta):
        verbose_name = "quá trình hoạt động, công tác"


class Training(Span):
    """Item 22: one course."""

    codes = {"mode": "training_mode"}

    school = _text("tên trường")
    subject = _text("ngành học, tên lớp")
    mode = models.CharField("hình thức học", max_length=20, blank=True)
    diploma = _text("văn bằng, chứng chỉ")

    class Meta(Span.Meta):
        verbose_name = "đào tạo, bồi dưỡng"


class HonoraryTitle(SheetRow):
    """Item 25: a title conferred."""

    codes = {"title": "honorary_title"}

    title = models.CharField("danh hiệu", max_length=30)
    text = _text("ghi như trên giấy")
    conferred_on = _day("được phong ngày")
    conferred_precision = _precision()

    class Meta(SheetRow.Meta):
        verbose_name = "danh hiệu được phong"


class AdministrativeDiscipline(SheetRow):
    """Item 26: what an employer or a public body decided; discipline of the Party is `Sanction`.

    The regulation lists no forms, so the form is written as on the decision.
    """

    form = models.CharField("hình thức kỷ luật", max_length=100)
    decided_on = models.DateField("ngày quyết định")
    decided_precision = _precision()
    decided_by = _text("cấp, cơ quan quyết định")
    ground = _text("lý do", 300)
    changed_on = _day("thay đổi hoặc xóa bỏ ngày")
    changed_precision = _precision()
    change = _text("thay đổi thế nào: giảm, chấm dứt hiệu lực, xóa bỏ", 200)

    class Meta(SheetRow.Meta):
        verbose_name = "kỷ luật hành chính"
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(  # of a month or a year the first day is stored, which may lie before the decision
                condition=Q(changed_on__isnull=True)
                | ~Q(changed_precision=Precision.DAY)
                | Q(changed_on__gte=F("decided_on")),
                name="administrative_changed_later",
                violation_error_message="Ngày thay đổi hoặc xóa bỏ phải từ ngày quyết định trở đi.",
            )
        ]


class HistoryNote(Span):
    """Item 27 d) and e)."""

    kind = models.CharField("nội dung", max_length=12, choices=HistoryKind.choices)
    what = _text("việc gì, hình thức xử lý", 300)
    place = _text("cơ quan, nơi", 300)

    class Meta(Span.Meta):
        verbose_name = "đặc điểm lịch sử"


class ForeignStay(Span):
    """Item 28 a): stays abroad."""

    codes = {"country": "country"}

    country = models.CharField("nước", max_length=20)
    purpose = _text("nội dung, mục đích", 300)

    class Meta(Span.Meta):
        verbose_name = "đã đi nước ngoài"


class ForeignOrganisation(Span):
    """Item 28 b): foreign organisations that the person belonged to."""

    codes = {"country": "country"}

    organisation = _text("tổ chức", 300)
    country = models.CharField("nước", max_length=20, blank=True)
    post = _text("chức vụ, tham gia với tư cách")

    class Meta(Span.Meta):
        verbose_name = "tham gia tổ chức nước ngoài"


class ForeignRelative(SheetRow):
    """Item 28 c): relatives abroad."""

    codes = {"relation": "relation", "country": "country"}

    relation = models.CharField("quan hệ", max_length=20)
    full_name = _text("họ và tên", 100)
    birth_year = _year("năm sinh")
    country = models.CharField("nước", max_length=20, blank=True)
    occupation = _text("nghề nghiệp", 300)
    text = _text("đi từ năm nào, lý do", 300)

    class Meta(SheetRow.Meta):
        verbose_name = "thân nhân ở nước ngoài"


class FamilyMember(SheetRow):
    """Item 29: parents, parents-in-law, spouse, siblings, children."""

    codes = {"relation": "relation"}

    relation = models.CharField("quan hệ", max_length=20)
    full_name = _text("họ và tên", 100)
    birth_year = _year("năm sinh")
    home_place = _text("quê quán", 300)
    residence = _text("nơi cư trú", 300)
    occupation = _text("nghề nghiệp")
    post = _text("chức vụ")
    unit = _text("đơn vị công tác; đã mất năm nào")

    class Meta(SheetRow.Meta):
        verbose_name = "quan hệ gia đình"


class HouseholdDeclaration(SheetRow):
    """Item 30: what the household earned in a year, at the day of declaration; amounts in đồng."""

    declared_on = models.DateField("kê khai ngày")
    income = _dong("tổng thu nhập của hộ trong năm (đồng)")
    income_per_head = _dong("bình quân đầu người trong năm (đồng)")
    activity = _text("hoạt động kinh tế", 300)
    hired_labour = models.PositiveIntegerField("số lao động thuê", null=True, blank=True)

    class Meta(SheetRow.Meta):
        verbose_name = "hoàn cảnh kinh tế gia đình"
        ordering = ["declared_on", "id"]


class HouseholdAsset(SheetRow):
    """Item 30: a house, land, or something of worth, at the day of declaration."""

    kind = models.CharField("loại", max_length=20, choices=AssetKind.choices)
    declared_on = models.DateField("kê khai ngày")
    text = _text("loại nhà, thửa đất, tên tài sản", 300)
    origin = _text("nguồn gốc: được cấp, mua, thuê, thừa kế…")
    area = models.DecimalField("diện tích (m²)", max_digits=12, decimal_places=1, null=True, blank=True)
    value = _dong("giá trị (đồng)")

    class Meta(SheetRow.Meta):
        verbose_name = "nhà, đất, tài sản của hộ"
        ordering = ["declared_on", "id"]
