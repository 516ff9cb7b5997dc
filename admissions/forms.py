"""Forms of the list of outstanding people."""

from django import forms

from admissions.certificates import CertificateEntry
from admissions.enums import DOSSIER_STATES, ON_PROBATION, RESOLVED_STATES, SOURCE_STATES, FoundBy, State
from cells.forms import OrganisationField
from cells.permissions import Permission
from config.lib.periods import Precision
from config.lib.vietnamese import capitalise_name
from members.enums import Sex
from members.forms.dates import DayField, PartialDateField, refuse_future
from members.forms.people import NAME, identifier
from members.forms.text import TidyField


class ListForm(forms.Form):
    """Who is put on the list, since when, found by whom; `today` is the last day that may be written."""

    full_name = TidyField(
        label="Họ và tên khai sinh", max_length=100, validators=[NAME], help_text="Họ viết trước, ví dụ Nguyễn Văn An."
    )
    alias = TidyField(label="Tên gọi khác", max_length=100, required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex.choices, initial=Sex.UNKNOWN)
    born = PartialDateField(label="Ngày sinh", required=False)
    personal_id = identifier("personal_id", help_text="12 chữ số, giữ cả các số 0 ở đầu.")
    listed_on = DayField(label="Ngày đưa vào danh sách")
    found_by = forms.ChoiceField(label="Nguồn phát hiện", choices=FoundBy.choices, initial=FoundBy.CELL)
    document = TidyField(label="Nghị quyết, văn bản giới thiệu", max_length=200, required=False)
    certificate_on = DayField(
        label="Ngày cấp giấy chứng nhận lớp nhận thức về Đảng",
        required=False,
        help_text="Nếu đã học trước khi vào danh sách.",
    )
    certificate_number = TidyField(label="Số giấy chứng nhận", max_length=50, required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_full_name(self):
        return capitalise_name(self.cleaned_data["full_name"])

    def clean_born(self):
        refuse_future(self.cleaned_data["born"], self.today)
        return self.cleaned_data["born"]

    def clean_listed_on(self):
        refuse_future(self.cleaned_data["listed_on"], self.today)
        return self.cleaned_data["listed_on"]

    def clean_certificate_on(self):
        refuse_future(self.cleaned_data["certificate_on"], self.today)
        return self.cleaned_data["certificate_on"]

    def clean(self):
        values = super().clean()
        if values.get("certificate_number") and not values.get("certificate_on") and "certificate_on" in values:
            self.add_error("certificate_on", "Đã ghi số giấy chứng nhận thì ghi cả ngày cấp.")
        return values

    @property
    def certificate(self):
        """The certificate that the person holds already; None without one."""
        issued_on = self.cleaned_data["certificate_on"]
        return CertificateEntry(issued_on, self.cleaned_data["certificate_number"]) if issued_on else None

    @property
    def columns(self):
        """The columns of the candidate that the form fills."""
        values, born = self.cleaned_data, self.cleaned_data["born"]
        return {name: values[name] for name in ("full_name", "alias", "sex", "personal_id")} | {
            "born_on": born.day if born else None,
            "born_precision": born.precision if born else Precision.DAY,
        }


ORDERS = {"name": ("sort_key", "id"), "cell": ("organisation__path", "sort_key", "id"), "since": ("-listed_on", "id")}
STATE_GROUPS = {
    "source": ("– đang tạo nguồn", SOURCE_STATES),
    "dossier": ("– đang làm hồ sơ, xét kết nạp", (*DOSSIER_STATES, *RESOLVED_STATES, State.APPROVED)),
    "on_probation": ("– đảng viên dự bị", ON_PROBATION),
}


class CandidateFilter(forms.Form):
    """What the list of candidates is narrowed to, within the scope of `user`."""

    q = TidyField(label="Họ tên", max_length=100, required=False)
    organisation = OrganisationField(permission=Permission.ADMISSIONS_VIEW, required=False, help_text="")
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "tất cả"), *((key, words) for key, (words, _) in STATE_GROUPS.items()), *State.choices],
    )
    found_by = forms.ChoiceField(label="Nguồn", required=False, choices=[("", "tất cả"), *FoundBy.choices])
    year = forms.IntegerField(label="Năm dự kiến", required=False, min_value=1930, max_value=2999)
    order = forms.ChoiceField(
        label="Xếp theo",
        required=False,
        choices=[("name", "họ tên"), ("cell", "chi bộ"), ("since", "ngày vào danh sách")],
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["organisation"].look_in(user)

    @property
    def asks_more(self):
        """Whether a condition was asked that the page folds away."""
        return any(self.data.get(name) for name in ("organisation", "found_by", "year", "order"))

    def narrow(self, rows):
        """The rows that match, in order; a condition that cannot be read is left out."""
        self.is_valid()
        asked = self.cleaned_data
        rows = rows.named_like(asked["q"]) if asked.get("q") else rows
        rows = rows.below(asked["organisation"]) if asked.get("organisation") else rows
        rows = rows.filter(planned_year=asked["year"]) if asked.get("year") else rows
        rows = rows.filter(found_by=asked["found_by"]) if asked.get("found_by") else rows
        if state := asked.get("state"):
            _, states = STATE_GROUPS.get(state, ("", (state,)))
            rows = rows.filter(state__in=states)
        return rows.order_by(*ORDERS.get(asked.get("order") or "name", ORDERS["name"]))
