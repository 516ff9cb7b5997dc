"""Forms of the CV: identity and answers over a record that others may change, and a person of the family."""

import re

from django import forms
from django.db import models

from admissions.forms_dossier import LongField
from admissions.models import Profile, Relative
from config.lib.vietnamese import capitalise_name
from members.catalogues import choices
from members.enums import Sex
from members.forms.dates import DayField, PartialDate, PartialDateField, read_day, refuse_future
from members.forms.people import NAME, date_columns, identifier
from members.forms.text import ReasonField, TidyField
from members.forms.two_sided import TwoSidedForm
from members.models.member import mask

YES_NO = [("", "chưa rõ"), ("yes", "có"), ("no", "không")]
BACKGROUND = ("religion", "religion_standing", "religious_office", "foreign_spouse", "births", "cleared_record_on")
CATALOGUES = {"ethnic": "ethnic", "religion": "religion", "occupation": "occupation"}
GROUPS = (
    (
        "Nhân thân (mục 1–8)",
        "full_name alias sex born personal_id nationality foreign_origin ethnic birth_place home_place",
    ),
    ("Nơi cư trú (mục 7)", "residence temporary_residence special_area sea_fisherman respected"),
    (
        "Nghề nghiệp, đơn vị (mục 10)",
        "occupation occupation_text unit post worker_kind is_teacher is_intellectual enterprise_type state_share"
        " private_owner",
    ),
    (
        "Trình độ (mục 11)",
        "schooling schooling_text degree degree_text academic_title theory foreign_language computing"
        " minority_language",
    ),
    (
        "Đoàn thể (mục 12)",
        "union_body union_member union_cadre union_joined_on union_place trade_body trade_member",
    ),
    ("Nơi xem xét", "situation situation_months considered_at_host"),
    ("Trường hợp quá tuổi", "health_confirmed special_need"),
    ("Lời của người xin vào Đảng", "awareness self_assessment"),
)
IDENTITY = ("full_name", "alias", "sex", "personal_id")
ANSWERS = tuple(name for _, names in GROUPS for name in names.split() if name not in (*IDENTITY, "born"))
CHOICE_OF = {True: "yes", False: "no", None: ""}
VALUE_OF = {"yes": True, "no": False, "": None}
MOST_BIRTHS = 20


def answer_field(name):
    """The form field of a column of the profile."""
    stored = Profile._meta.get_field(name)
    options = {"label": f"{stored.verbose_name[:1].upper()}{stored.verbose_name[1:]}", "required": False}
    if name in CATALOGUES:
        return forms.ChoiceField(choices=[("", "chưa rõ"), *choices(CATALOGUES[name])], **options)
    if name == "births":
        return BirthsField(help_text="Các ngày cách nhau bằng dấu phẩy, ví dụ 05/03/2018, 10/08/2021.", **options)
    if stored.choices:
        blank = [] if stored.default == "unknown" else [("", "chưa rõ")]
        return forms.ChoiceField(choices=[*blank, *stored.choices], **options)
    if isinstance(stored, models.BooleanField):
        return forms.ChoiceField(choices=YES_NO, **options) if stored.null else forms.BooleanField(**options)
    if isinstance(stored, models.DateField):
        return DayField(**options)
    if isinstance(stored, models.IntegerField):
        return forms.IntegerField(min_value=0, max_value=1200, **options)
    kind = LongField if isinstance(stored, models.TextField) else TidyField
    return kind(max_length=stored.max_length, **options)


class BirthsField(TidyField):
    """Days in one line; the clean value is a list of ISO days."""

    def prepare_value(self, value):
        if isinstance(value, list):
            return ", ".join(f"{each[8:10]}/{each[5:7]}/{each[:4]}" for each in value)
        return value

    def clean(self, value):
        days = [part for part in re.split(r"[,;]\s*", super().clean(value)) if part]
        if len(days) > MOST_BIRTHS:
            raise forms.ValidationError(f"Ghi không quá {MOST_BIRTHS} ngày.")
        return [read_day(day.strip(), self.today).isoformat() for day in days]


class AnswersForm(TwoSidedForm):
    """Answers of the profile as they stand, to be corrected; asks whose value holds where others wrote meanwhile."""

    names: tuple[str, ...] = ()

    def __init__(self, *args, candidate, today, **options):
        self.candidate, self.today = candidate, today
        super().__init__(*args, initial=self.initial_of(candidate), **options)
        for name in self.names:
            self.fields[name] = answer_field(name)
        for field in self.fields.values():
            field.today = today
        self.face()

    def initial_of(self, candidate):
        """What stands, as the fields take it."""
        profile = candidate.profile
        found = {name: getattr(profile, name) for name in self.names}
        nullable = [name for name in self.names if Profile._meta.get_field(name).null]
        asked = [name for name in nullable if isinstance(Profile._meta.get_field(name), models.BooleanField)]
        return found | {name: CHOICE_OF[found[name]] for name in asked}

    def clean(self):
        values = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, PartialDateField):
                try:
                    refuse_future(values.get(name), self.today)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return values

    @property
    def answers(self):
        """Columns of the profile as they would be stored."""
        return {name: self._stored(name, self.cleaned_data[name]) for name in self.names}

    def _stored(self, name, value):
        column = Profile._meta.get_field(name)
        if isinstance(column, models.BooleanField) and column.null:
            return VALUE_OF[value]
        return value

    @property
    def groups(self):
        """One group of everything."""
        return [("", [field for field in self.visible_fields() if field.name in self.names])]


class CVForm(AnswersForm):
    """Items 1–12 of the CV and what the conditions ask; a stored personal number is not shown."""

    names = ANSWERS
    full_name = TidyField(label="Họ và tên khai sinh", max_length=100, validators=[NAME])
    alias = TidyField(label="Tên gọi khác", max_length=100, required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex.choices)
    born = PartialDateField(label="Ngày sinh", required=False)
    personal_id = identifier("personal_id")

    def __init__(self, *args, candidate, **options):
        self.number = candidate.personal_id
        super().__init__(*args, candidate=candidate, **options)
        if self.number:
            words = f"Đang lưu {mask(self.number)}. Để trống nếu giữ nguyên."
            self.fields["personal_id"].help_text = words

    def initial_of(self, candidate):
        born = PartialDate(candidate.born_on, candidate.born_precision) if candidate.born_on else None
        identity = {name: getattr(candidate, name) for name in ("full_name", "alias", "sex")}
        return super().initial_of(candidate) | identity | {"born": born}

    def clean_full_name(self):
        return capitalise_name(self.cleaned_data["full_name"])

    def kept(self, name):
        return self.number if name == "personal_id" else super().kept(name)

    def typed(self, name):
        """An empty number leaves the stored one as it was shown."""
        if name == "personal_id" and not self.data.get(name):
            return (self.before or {}).get(name)
        return super().typed(name)

    def take_theirs(self, name):
        if name == "personal_id":
            self.data[name] = ""
        else:
            super().take_theirs(name)

    def words(self, name, value):
        return mask(str(value or "")) if name == "personal_id" else super().words(name, value)

    @property
    def identity(self):
        """Columns of the candidate as they would be stored."""
        values = {name: self.cleaned_data[name] for name in IDENTITY}
        values["personal_id"] = values["personal_id"] or self.number
        return values | date_columns("born", self.cleaned_data["born"])

    @property
    def groups(self):
        """(title, fields) in the order of the form."""
        fields = {field.name: field for field in self.visible_fields()}
        return [(title, [fields[name] for name in names.split()]) for title, names in GROUPS]


class BackgroundForm(AnswersForm):
    """Religion, marriage with a foreigner, births, a record cleared: for those alone who may see them."""

    names = BACKGROUND


class RelativeForm(forms.Form):
    """A person of the family (item 21)."""

    COLUMNS = (
        "kinship", "relation", "full_name", "birth_year", "died_year", "is_member", "home_place", "residence",
        "occupation", "history",
    )  # fmt: skip

    def __init__(self, *args, row=None, **options):
        if row is not None:
            options["initial"] = {name: getattr(row, name) for name in self.COLUMNS}
            options["initial"]["is_member"] = CHOICE_OF[row.is_member]
        super().__init__(*args, **options)
        for name in self.COLUMNS:
            self.fields[name] = self._field(name)
        if row is not None:
            self.fields["reason"] = ReasonField(label="Vì sao sửa", widget=forms.TextInput())

    def clean(self):
        born, died = self.cleaned_data.get("birth_year"), self.cleaned_data.get("died_year")
        if born and died and died < born:
            self.add_error("died_year", "Năm mất không thể trước năm sinh.")
        return self.cleaned_data

    @property
    def columns(self):
        """Columns of the relative as they are stored."""
        values = {name: self.cleaned_data[name] for name in self.COLUMNS}
        return values | {"is_member": VALUE_OF[values["is_member"]]}

    def _field(self, name):
        stored = Relative._meta.get_field(name)
        label = f"{stored.verbose_name[:1].upper()}{stored.verbose_name[1:]}"
        required = name in ("kinship", "full_name")
        if name == "kinship":
            return forms.ChoiceField(label=label, choices=[("", "– chọn –"), *stored.choices])
        if name == "is_member":
            return forms.ChoiceField(label=label, choices=YES_NO, required=False)
        if isinstance(stored, models.IntegerField):
            return forms.IntegerField(label=label, required=False, min_value=1850, max_value=2999)
        kind = LongField if isinstance(stored, models.TextField) else TidyField
        return kind(label=label, max_length=stored.max_length, required=required)
