"""The record of a person: entered for the first time, corrected later."""

import uuid

from django import forms
from django.core.validators import RegexValidator

from config.lib.vietnamese import capitalise_name
from members.answers import answer_choices, mid_sentence
from members.catalogues import choices
from members.enums import UNKNOWN, Sex, StartReason, Topic
from members.forms.dates import DayField, PartialDate, PartialDateField, refuse_future
from members.forms.text import IdentifierField, ReasonField, TidyField
from members.forms.two_sided import TwoSidedForm
from members.importing.rules import too_young
from members.models import Member
from members.models.member import MASKED, mask

PLAIN = (
    "full_name", "alias", "sex", "ethnic", "birth_place", "home_place", "residence", "personal_id",
    "former_personal_id", "card_number", "card_issued_on", "card_issued_by", "former_card_number", "cv_number", "notes",
)  # fmt: skip
DATES = ("decided", "admitted", "official")
ENTERED_REASONS = [reason for reason in StartReason if reason not in (StartReason.TEMPORARY, StartReason.TREE)]
_LETTERS = "(?:[^\\W\\d_]|[\u0300-\u036f])+"
NAME = RegexValidator(
    rf"^{_LETTERS}(?:[ '’.\-](?:{_LETTERS})?)*$", "Tên chỉ gồm chữ cái, dấu cách, dấu nháy, dấu chấm, gạch nối."
)


_FORMER_ID = RegexValidator(r"^(\d{9}|\d{12})$", "Số CMND cũ gồm 9 hoặc 12 chữ số.")


def _validators(name):
    if name == "former_personal_id":
        return [_FORMER_ID]
    return [v for v in Member._meta.get_field(name).validators if isinstance(v, RegexValidator)]


def _text(name, **options):
    field = Member._meta.get_field(name)
    options.setdefault("label", field.verbose_name[:1].upper() + field.verbose_name[1:])
    return TidyField(max_length=field.max_length, required=False, **options)


def identifier(name, **options):
    """The field of an identifier of the member: text of digits, checked as the record checks it."""
    field = Member._meta.get_field(name)
    label = field.verbose_name[:1].upper() + field.verbose_name[1:]
    attrs = {"autocomplete": "off", "inputmode": "numeric"}
    return IdentifierField(
        label=label,
        max_length=20,
        required=False,
        validators=_validators(name),
        widget=forms.TextInput(attrs),
        **options,
    )


class PersonForm(forms.Form):
    """What the record says about a person, but for the birth date, which is locked once it is written."""

    GROUPS = (
        ("Nhân thân", "full_name alias sex born ethnic religion birth_place home_place residence"),
        ("Ngày của Đảng", "decided admitted official"),
        ("Số và giấy tờ", "personal_id former_personal_id cv_number"),
        ("Thẻ đảng viên", "card_number card_issued_on card_issued_by former_card_number"),
        ("Trình độ, nghề nghiệp", "general_education degree theory occupation occupation_text"),
        ("Sinh hoạt đảng", "started start_reason decision"),
        ("Ghi chú", "notes different_person"),
        ("Vì sao sửa", "dropped reason consent consented_on"),
    )

    full_name = TidyField(
        label="Họ và tên khai sinh", max_length=100, validators=[NAME], help_text="Họ viết trước, ví dụ Nguyễn Văn An."
    )
    alias = _text("alias")
    sex = forms.ChoiceField(label="Giới tính", choices=Sex.choices, initial=Sex.UNKNOWN)
    ethnic = forms.ChoiceField(label="Dân tộc", choices=[("", "Chưa rõ"), *choices("ethnic")], required=False)
    personal_id = identifier("personal_id", help_text="12 chữ số, giữ cả các số 0 ở đầu.")
    former_personal_id = identifier("former_personal_id")
    birth_place = _text("birth_place")
    home_place = _text("home_place")
    residence = _text("residence")
    decided = PartialDateField(label="Ngày quyết định kết nạp", required=False)
    admitted = PartialDateField(label="Ngày vào Đảng (ngày lễ kết nạp)", required=False)
    official = PartialDateField(label="Ngày chính thức", required=False, help_text="Để trống nếu còn dự bị.")
    cv_number = identifier("cv_number", help_text="6 chữ số và chữ viết tắt của tỉnh, ví dụ 000123 CM.")
    card_number = identifier("card_number")
    card_issued_on = DayField(label="Ngày cấp thẻ", required=False)
    card_issued_by = _text("card_issued_by")
    former_card_number = identifier("former_card_number")
    notes = _text("notes")

    def __init__(self, *args, today, checks, **options):
        super().__init__(*args, **options)
        self.today, self.checks = today, checks

    def clean_full_name(self):
        return capitalise_name(self.cleaned_data["full_name"])

    def clean_cv_number(self):
        number = self.cleaned_data["cv_number"]
        return f"{number[:6]} {number[6:]}" if number else ""

    def clean(self):
        for name in ("born", *DATES, "card_issued_on"):
            if name in self.cleaned_data:
                self._refuse(name, refuse_future, self.cleaned_data[name], self.today)
        self._check_order("born", "admitted", "Ngày vào Đảng phải sau ngày sinh.", strict=True)
        self._check_order("admitted", "official", "Ngày chính thức không thể trước ngày vào Đảng.", strict=False)
        self._check_age(self._day("born"), self._day("admitted"))
        return self.cleaned_data

    def _check_age(self, born, admitted):
        if born and admitted and born < admitted and too_young(self.checks, born, admitted):
            age = self.checks.admission_age
            self.add_error("admitted", f"Chưa đủ {age} tuổi khi vào Đảng ({self.checks.cite('admission_age')}).")

    def _refuse(self, name, check, *given):
        try:
            check(*given)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def _check_order(self, earlier, later, words, *, strict):
        first, second = self._day(earlier), self._day(later)
        if first and second and (second < first or (strict and second == first)):
            self.add_error(later, f"{words} Nếu giấy tờ ghi như vậy, hãy ghi đủ ngày, tháng hoặc báo cấp trên.")

    def _day(self, name):
        found = self.cleaned_data.get(name)
        return found.day if isinstance(found, PartialDate) else None

    @property
    def groups(self):
        """(title, visible fields) in the order in which a paper gives them."""
        fields = {field.name: field for field in self.visible_fields()}
        groups = [(title, [fields[name] for name in names.split() if name in fields]) for title, names in self.GROUPS]
        return [(title, found) for title, found in groups if found]

    @property
    def columns(self):
        """Columns of the member as they would be stored."""
        values = {name: self.cleaned_data[name] for name in PLAIN}
        for name in (*DATES, "born"):
            if name in self.cleaned_data:
                values |= date_columns(name, self.cleaned_data[name])
        return values


def date_columns(name, found):
    """Day and precision of a partial date under the names of the member's columns."""
    if found is None:
        return {f"{name}_on": None, f"{name}_precision": "day"}
    return {f"{name}_on": found.day, f"{name}_precision": found.precision}


class EnrolForm(PersonForm):
    """A person who is not on the roll yet; `id` is drawn when the form is shown, so that it is saved once."""

    TOPICS = (Topic.GENERAL_EDUCATION, Topic.DEGREE, Topic.THEORY, Topic.OCCUPATION, Topic.RELIGION)
    id = forms.UUIDField(widget=forms.HiddenInput)
    born = PartialDateField(label="Ngày sinh", required=False, help_text="Ghi 05/03/1975, 03/1975 hoặc 1975.")
    religion = forms.ChoiceField(label="Tôn giáo", choices=answer_choices(Topic.RELIGION), initial=UNKNOWN)
    occupation = forms.ChoiceField(label="Nghề nghiệp", choices=answer_choices(Topic.OCCUPATION), initial=UNKNOWN)
    occupation_text = TidyField(label="Nghề nghiệp ghi như trên giấy", max_length=300, required=False)
    general_education = forms.ChoiceField(
        label="Trình độ giáo dục phổ thông", choices=answer_choices(Topic.GENERAL_EDUCATION), initial=UNKNOWN
    )
    degree = forms.ChoiceField(label="Trình độ chuyên môn", choices=answer_choices(Topic.DEGREE), initial=UNKNOWN)
    theory = forms.ChoiceField(label="Lý luận chính trị", choices=answer_choices(Topic.THEORY), initial=UNKNOWN)
    started = DayField(label="Sinh hoạt tại chi bộ này từ ngày")
    start_reason = forms.ChoiceField(
        label="Vì sao có tên trong chi bộ",
        choices=[(reason.value, reason.label) for reason in ENTERED_REASONS],
        initial=StartReason.OPENING,
    )
    decision = TidyField(
        label="Quyết định, giấy giới thiệu", max_length=200, required=False, help_text="Số, ngày, nơi ban hành."
    )
    different_person = forms.BooleanField(
        label="Đây là người khác, trùng họ tên và ngày sinh", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, sensitive, **options):
        options["initial"] = {"id": uuid.uuid4(), **options.get("initial", {})}
        super().__init__(*args, **options)
        if not sensitive:
            del self.fields["religion"]

    def clean(self):
        super().clean()
        started = self.cleaned_data.get("started")
        self._refuse("started", refuse_future, started, self.today)
        born = self._day("born")
        if started and born and started <= born:
            self.add_error("started", "Ngày sinh hoạt tại chi bộ phải sau ngày sinh.")
        return self.cleaned_data

    def ask_whether_different(self):
        """Show the question whether this is another person of the same name and birth date."""
        self.fields["different_person"].widget = forms.CheckboxInput()

    @property
    def answers(self):
        """(value, words of the paper) by topic, for the topics of this form."""
        given = [topic for topic in self.TOPICS if topic.value in self.cleaned_data]
        return {topic: (self.cleaned_data[topic.value], self.cleaned_data.get(f"{topic}_text", "")) for topic in given}


class CorrectForm(TwoSidedForm, PersonForm):
    """The record as it stands, to be corrected; asks whose value holds where somebody else corrected it meanwhile.

    Stored numbers are not shown: what is typed replaces them, an empty field keeps them, `dropped` takes them out.
    """

    NEED_REASON = ("full_name", "cv_number", *MASKED, *DATES, "dropped")
    not_compared = ("reason", "dropped", "consent", "consented_on")

    dropped = forms.MultipleChoiceField(
        label="Bỏ số ghi nhầm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ khi số không phải của người này.",
    )
    reason = ReasonField(
        label="Lý do sửa, căn cứ", required=False, help_text="Bắt buộc khi sửa họ tên, số giấy tờ hoặc ngày của Đảng."
    )

    consent = TidyField(
        label="Số văn bản đồng ý của cấp ủy có thẩm quyền",
        max_length=100,
        required=False,
        help_text="Khi sửa cả hồ sơ gốc (06-HD/TW, mục 8.2a). Hồ sơ gốc đúng, chỉ nhập sai trên phần mềm thì để trống.",
    )
    consented_on = DayField(label="Ngày của văn bản đồng ý", required=False)

    def __init__(self, *args, member, **options):
        super().__init__(*args, initial=self.initial_of(member), **options)
        self.stored = {name: getattr(member, name) for name in MASKED if getattr(member, name)}
        for name, number in self.stored.items():
            self.fields[name].help_text = f"Đang lưu {mask(number)}. Để trống nếu giữ nguyên."
        self.fields["dropped"].choices = [(name, self.fields[name].label) for name in self.stored]
        if not self.stored:
            del self.fields["dropped"]
        self.face()

    def kept(self, name):
        return self.stored.get(name, "") if name in MASKED else super().kept(name)

    def typed(self, name):
        """An empty number leaves the stored one as it was shown, unless it is dropped."""
        if name not in MASKED or self.data.get(name) or name in self._dropped():
            return super().typed(name)
        return self.before.get(name)

    def take_theirs(self, name):
        if name not in MASKED:
            super().take_theirs(name)
            return
        self.data[name] = ""
        if name in self._dropped():
            self.data.setlist("dropped", [each for each in self._dropped() if each != name])

    def words(self, name, value):
        return mask(value or "") if name in MASKED else super().words(name, value)

    def _dropped(self):
        return self.data.getlist("dropped")

    def clean(self):
        super().clean()
        weighty = [name for name in self.NEED_REASON if name in self.changed_data]
        if weighty and "reason" not in self.errors and not self.cleaned_data.get("reason"):
            words = ", ".join(mid_sentence(self.fields[name].label) for name in weighty)
            self.add_error("reason", f"Hãy ghi lý do và căn cứ cho: {words}.")
        self._check_consent()
        return self.cleaned_data

    def _check_consent(self):
        """A paper has a number and a day; neither, where the file was right all along."""
        given = {name: self.cleaned_data.get(name) for name in ("consent", "consented_on") if name not in self.errors}
        for name, value in given.items():
            if not value and any(given.values()):
                self.add_error(name, "Văn bản đồng ý phải có cả số và ngày. Hãy ghi đủ, hoặc để trống cả hai ô.")
        if given.get("consented_on"):
            self._refuse("consented_on", refuse_future, given["consented_on"], self.today)

    @property
    def consent_words(self):
        """The consent as the log and the history name it, empty without one."""
        number, day = self.cleaned_data["consent"], self.cleaned_data["consented_on"]
        return f"văn bản đồng ý số {number}, ngày {day:%d/%m/%Y}" if number else ""

    @property
    def columns(self):
        dropped = self.cleaned_data.get("dropped", [])
        kept = {name: number for name, number in self.stored.items() if name not in dropped}
        return {**super().columns, **{name: self.cleaned_data[name] or kept.get(name, "") for name in MASKED}}

    @staticmethod
    def initial_of(member):
        """The values of the fields as the member has them now, without the masked numbers."""
        values = {name: getattr(member, name) for name in PLAIN if name not in MASKED}
        for name in DATES:
            values[name] = partial_date(member, name)
        return values


def partial_date(member, name):
    """The partial date `name` of a member, None when it is not known."""
    day = getattr(member, f"{name}_on")
    return PartialDate(day, getattr(member, f"{name}_precision")) if day else None
