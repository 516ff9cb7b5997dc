"""Input about plans of inspection and supervision."""

from django import forms

from cells.forms import OrganisationField
from cells.models import Organisation
from cells.permissions import Permission
from discipline.beside_enums import Finding, InspectionKind, PlanKeeper
from members.forms.choosing import MemberField, SomeField
from members.forms.dates import DayField, PastForm, refuse_future
from members.forms.text import TidyField
from members.models import Member

FIRST_YEAR, LAST_YEAR = 2000, 2999
BY_NAME = ("first_member", "second_member", "third_member")


class PlanForm(forms.Form):
    """The plan of a body for a year."""

    organisation = OrganisationField(label="Kế hoạch của", permission=Permission.SUPERVISION_FILE)
    keeper = forms.ChoiceField(label="Do", choices=PlanKeeper.choices)
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False)
    number = TidyField(label="Số kế hoạch, chương trình", max_length=100, required=False)
    adopted_on = DayField(label="Ngày thông qua", required=False)

    def __init__(self, *args, user, today, **options):
        super().__init__(*args, **options)
        self.today = today
        self.fields["organisation"].look_in(user)

    def clean(self):
        values = super().clean()
        body, keeper = values.get("organisation"), values.get("keeper")
        if body and keeper and body.is_cell != (keeper == PlanKeeper.CELL):
            kept = "Chi bộ" if body.is_cell else "Cấp ủy hoặc Ủy ban Kiểm tra"
            self.add_error("keeper", f"{body.name}: hãy chọn “{kept}”.")
        self._check_adoption(values.get("adopted_on"), values.get("year"))
        return values

    def _check_adoption(self, on, year):
        """A plan is adopted in its year or the one before."""
        if on and year and not year - 1 <= on.year <= year:
            self.add_error(
                "adopted_on", f"Kế hoạch năm {year} thông qua trong năm {year - 1} hoặc {year}. Hãy xem lại."
            )
        try:
            refuse_future(on, self.today)
        except forms.ValidationError as wrong:
            self.add_error("adopted_on", wrong)

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in ("keeper", "year", "number", "adopted_on")}


class ItemForm(forms.Form):
    """One inspection or supervision; a cell ticks its members, a committee names bodies below it and people."""

    kind = forms.ChoiceField(label="Loại", choices=[("", "– chọn –"), *InspectionKind.choices])
    theme = TidyField(label="Nội dung, chuyên đề", max_length=300)
    members = SomeField(
        queryset=Member.objects.none(), label="Đảng viên được kiểm tra, giám sát", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kiểm tra khi có dấu hiệu vi phạm thì không ghi tên người.",
    )  # fmt: skip
    organisations = SomeField(
        queryset=Organisation.objects.none(), label="Tổ chức đảng được kiểm tra, giám sát", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    first_member = MemberField(label="Đảng viên thứ nhất", required=False)
    second_member = MemberField(label="Đảng viên thứ hai", required=False)
    third_member = MemberField(label="Đảng viên thứ ba", required=False)
    done_by = TidyField(label="Người, tổ thực hiện", max_length=200, required=False)
    planned_from = DayField(label="Dự kiến từ ngày")
    planned_to = DayField(label="Dự kiến đến hết ngày")
    examined_from = DayField(label="Mốc thời gian kiểm tra, giám sát từ ngày", required=False)
    examined_to = DayField(label="Mốc thời gian đến hết ngày", required=False)

    def __init__(self, *args, user, plan, people, bodies, **options):
        super().__init__(*args, **options)
        self.year = plan.year
        self.fields["members"].queryset = people
        self.fields["organisations"].queryset = bodies
        for name in (*BY_NAME, "organisations") if plan.organisation.is_cell else ("members",):
            del self.fields[name]
        for name in set(BY_NAME) & set(self.fields):
            self.fields[name].look_in(user)

    def clean(self):
        values = super().clean()
        for first, last in (("planned_from", "planned_to"), ("examined_from", "examined_to")):
            if values.get(first) and values.get(last) and values[last] < values[first]:
                self.add_error(last, "Ngày này không thể trước ngày ở ô trên.")
        for name in ("planned_from", "planned_to"):
            if values.get(name) and values[name].year != self.year:
                self.add_error(name, f"Ngày dự kiến phải trong năm {self.year} của kế hoạch.")
        return values

    @property
    def values(self):
        values = dict(self.cleaned_data)
        named = [values.pop(name) for name in BY_NAME if name in values]
        members = list(values.pop("members", ())) + [each for each in named if each]
        return values | {"members": members, "organisations": list(values.get("organisations") or ())}

    @staticmethod
    def initial_of(item):
        members, bodies = list(item.members.select_related("home")), list(item.organisations.all())
        names = dict(zip(BY_NAME, members, strict=False))
        columns = {name: getattr(item, name) for name in COLUMNS}
        return columns | names | {"members": [m.pk for m in members], "organisations": [b.pk for b in bodies]}


COLUMNS = ("kind", "theme", "done_by", "planned_from", "planned_to", "examined_from", "examined_to")


class ReportItemForm(PastForm):
    """What was done and found."""

    done_on = DayField(label="Ngày thực hiện xong")
    found = TidyField(
        label="Kết quả", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Không ghi nội dung hồ sơ kỷ luật hay đơn tố cáo; cấp trên xem được mục này.",
    )  # fmt: skip
    finding = forms.ChoiceField(label="Kết luận", choices=[("", "chưa kết luận"), *Finding.choices], required=False)
    concluded_on = DayField(label="Ngày kết luận", required=False)
    passed_on = DayField(
        label="Ngày chuyển thông tin về dấu hiệu vi phạm lên Ủy ban Kiểm tra", required=False,
        help_text="Chỉ ghi ngày. Muốn báo dấu hiệu vi phạm của ai thì mở trang “Ghi dấu hiệu vi phạm”.",
    )  # fmt: skip

    def clean(self):
        values = super().clean()
        if values.get("finding") and not values.get("concluded_on"):
            self.add_error("concluded_on", "Đã có kết luận thì hãy ghi ngày kết luận.")
        if values.get("concluded_on") and not values.get("finding"):
            self.add_error("finding", "Có ngày kết luận thì hãy chọn kết luận.")
        done, concluded = values.get("done_on"), values.get("concluded_on")
        if done and concluded and concluded < done:
            self.add_error("concluded_on", "Ngày kết luận không thể trước ngày thực hiện.")
        return values
