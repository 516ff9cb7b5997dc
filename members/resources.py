"""The columns of members' lists: heading, how people write it, where it is stored.

One definition for the import pages, the fast loader of `members.actions.imports` and django-import-export itself.
"""

from django.utils import timezone
from import_export.resources import ModelResource

from cells.models import Organisation
from members.column_fields import (
    AnswerColumn,
    CardColumn,
    CellColumn,
    Column,
    DateColumn,
    NameColumn,
    PlainColumn,
    PostColumn,
)
from members.enums import StartReason, Topic
from members.importing import tidy
from members.importing.dates import read_date
from members.importing.known import places_below
from members.importing.reading import Habits
from members.models import Member, Membership, Particular, Post


class MemberResource(ModelResource):
    """Members of one organisation and below it; `as_of` is the day on which what it creates begins to hold."""

    source_id = Column("ID (UUID)", tidy.read_uuid, "source_id")
    name = NameColumn("Họ và tên", tidy.read_name, "full_name")
    alias = Column("Tên gọi khác", tidy.read_text, "alias")
    sex = Column("Giới tính", tidy.read_sex, "sex")
    born = DateColumn("Ngày sinh", "born")
    ethnic = Column("Dân tộc", tidy.read_ethnic, "ethnic")
    religion = AnswerColumn("Tôn giáo", tidy.read_religion, Topic.RELIGION)
    birth_place = Column("Nơi đăng ký khai sinh", tidy.read_text, "birth_place")
    home = Column("Quê quán", tidy.read_text, "home_place")
    residence = Column("Nơi thường trú", tidy.read_text, "residence")
    general = AnswerColumn("Giáo dục phổ thông", tidy.read_general, Topic.GENERAL_EDUCATION)
    degree = AnswerColumn("Chuyên môn", tidy.read_degree, Topic.DEGREE)
    theory = AnswerColumn("Lý luận chính trị", tidy.read_theory, Topic.THEORY)
    job = AnswerColumn("Nghề nghiệp", tidy.read_job, Topic.OCCUPATION)
    post = PostColumn("Chức vụ Đảng", tidy.read_post)
    decided = DateColumn("Ngày quyết định kết nạp", "decided")
    joined = DateColumn("Ngày vào Đảng", "admitted")
    official = DateColumn("Ngày chính thức", "official")
    personal_id = Column("Số định danh cá nhân", tidy.read_personal_id, "personal_id", masked=True)
    card = CardColumn("Số thẻ đảng viên", tidy.read_card, "card_number", masked=True)
    former_card = CardColumn("Số thẻ theo QĐ 85", tidy.read_card, "former_card_number", masked=True)
    card_issuer = Column("Nơi cấp thẻ", tidy.read_text, "card_issued_by")
    card_date = DateColumn("Ngày cấp thẻ", "card_issued", precise=True)
    former_id = Column("Số CMND cũ", tidy.read_former_id, "former_personal_id", masked=True)
    cv_number = Column("Số lý lịch", tidy.read_cv_number, "cv_number")
    cell = CellColumn("Chi bộ", tidy.read_text, "home")
    note = Column("Ghi chú", tidy.read_text, "notes")

    class Meta:
        model = Member
        fields = (
            "source_id", "name", "alias", "sex", "born", "ethnic", "religion", "birth_place", "home", "residence",
            "general", "degree", "theory", "job", "post", "decided", "joined", "official", "personal_id", "card",
            "former_card", "card_issuer", "card_date", "former_id", "cv_number", "cell", "note",
        )  # fmt: skip
        import_id_fields = ("personal_id",)

    def __init__(self, organisation=None, as_of=None, by=None, reveal=False):
        super().__init__()
        self.organisation, self.by, self.reveal = organisation, by, reveal
        self.as_of = as_of or timezone.localdate()
        self.habits = Habits(self.as_of.year)
        self.places, self.is_new = None, False

    def before_import(self, dataset, **kwargs):
        self.places = places_below(self.organisation or Organisation.objects.get(parent=None))

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        super().import_field(field, instance, row, is_m2m, **{**kwargs, "habits": self.habits, "places": self.places})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if not self._meta.skip_unchanged or original.home_id is None:
            return False
        return self._is_stored(original, instance) and not self._news(instance, row)

    def before_save_instance(self, instance, row, **kwargs):
        self.is_new = instance._state.adding

    def after_save_instance(self, instance, row, **kwargs):
        if self.is_new:
            self._open(instance, row)
        answers = self._answers(row) if self.is_new else self._news(instance, row)
        if answers and not self.is_new:
            facts = Particular.objects.standing().open().filter(member=instance, topic__in=answers)
            facts.update(voided_at=timezone.now())
        Particular.objects.bulk_create(
            Particular(member=instance, topic=topic, value=code, text=text, started_on=self.as_of)
            for topic, (code, text) in answers.items()
        )

    def filter_export(self, queryset, **kwargs):
        return queryset.select_related("home", "home__parent").prefetch_related("particulars", "posts")

    def export_field(self, field, instance, **kwargs):
        return super().export_field(field, instance, **{**kwargs, "reveal": self.reveal})

    @classmethod
    def columns(cls):
        """The columns by the name of their field."""
        return dict(cls.fields)

    def _answers(self, row):
        """The dated answers of a row by topic."""
        fields = [field for field in self.fields.values() if field.topic]
        found = {field.topic: field.clean(row, habits=self.habits) for field in fields}
        return {topic: answer for topic, answer in found.items() if answer}

    def _news(self, instance, row):
        """What the row answers otherwise than the record does."""
        facts = Particular.objects.standing().open().filter(member=instance)
        known = {topic: (value, text) for topic, value, text in facts.values_list("topic", "value", "text")}
        return {topic: answer for topic, answer in self._answers(row).items() if known.get(topic) != tuple(answer)}

    @staticmethod
    def _is_stored(original, instance):
        names = [field.attname for field in Member._meta.concrete_fields]
        return all(getattr(original, name) == getattr(instance, name) for name in names)

    def _open(self, instance, row):
        Membership.objects.create(
            member=instance, organisation=instance.home, started_on=self.as_of, start_reason=StartReason.OPENING
        )
        if title := self.fields["post"].clean(row, habits=self.habits):
            Post.objects.create(member=instance, organisation=instance.home, title=title, started_on=self.as_of)


DATES_IN_PARTS = {
    "born": "Ngày sinh",
    "decided": "Ngày quyết định kết nạp",
    "joined": "Ngày vào Đảng",
    "official": "Ngày chính thức",
}
PARTS = {
    f"{place}_{part}": PlainColumn(f"{place} > {part}", tidy.read_text)
    for place in ("birth", "home", "residence")
    for part in ("country", "province", "detail")
} | {
    f"{day}_{part}": PlainColumn(f"{heading} > {word}", tidy.read_date_part)
    for day, heading in DATES_IN_PARTS.items()
    for part, word in (("day", "Ngày"), ("month", "Tháng"), ("year", "Năm"))
}
# What lists have beside the columns of the record: marks, parts of places, states, sections.
LIST_COLUMNS = (
    MemberResource.columns()
    | PARTS
    | {
        "female": PlainColumn("Nữ", tidy.read_female_mark),
        "male": PlainColumn("Nam", tidy.read_male_mark),
        "born_male": PlainColumn("Ngày sinh > Nam", read_date),
        "born_female": PlainColumn("Ngày sinh > Nữ", read_date),
        "base": PlainColumn("Tổ chức cơ sở đảng", tidy.read_text),
        "status": PlainColumn("Trạng thái", tidy.read_status),
        "status_date": PlainColumn("Ngày rời/mất/miễn", read_date),
        "delete": PlainColumn("Đề nghị xóa", tidy.read_yes),
    }
)
