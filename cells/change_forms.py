"""What a person enters for a change of the tree, one form a verb; each hands over a `Change`, nothing here saves."""

from django import forms

from cells.changes import verbs
from cells.changes.entries import OrganisationEntry
from cells.changes.plan import NewBody, TreeDecision
from cells.enums import TreeAct
from cells.forms import DateField, OrganisationField
from cells.loading import kind_entries
from cells.permissions import Permission
from cells.ports import outside_areas
from cells.trees import base_types
from config.lib.vietnamese import repair

BODY = ("code", "symbol", "heading_issuer", "heading_superior", "place")
HEIR_HELP = "Tiếp nhận hồ sơ, vụ việc, giấy tờ chưa xong của tổ chức kết thúc, kể cả khi hiện không có."


class Words(forms.CharField):
    """Text repaired at the door."""

    def clean(self, value):
        return repair(super().clean(value) or "")


class ChangeForm(forms.Form):
    """The decision behind a change; the subclasses say what changes."""

    decision = Words(label="Số quyết định", max_length=100, help_text="Ví dụ: 12-QĐ/ĐU.")
    decided_on = DateField(label="Ngày quyết định")
    decided_by = Words(label="Cấp quyết định", max_length=200, help_text="Ví dụ: Ban Thường vụ Tỉnh ủy.")
    effective_on = DateField(label="Có hiệu lực từ ngày", help_text="Ngày đầu tiên theo tổ chức mới.")
    note = Words(label="Ghi chú", max_length=300, required=False)

    own: tuple[str, ...] = ()  # fields that come before the decision, in their order

    def __init__(self, *args, organisation, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.today = organisation, today
        self.version = organisation.versions.standing().order_by("started_on").last()
        for name, field in self.fields.items():
            if isinstance(field, OrganisationField):
                field.look_in(user, name)
        self.prepare()
        self.order_fields([*self.own, "decision", "decided_on", "decided_by", "effective_on", "note"])

    def prepare(self):
        """Choices and first values that follow from the organisation."""

    @property
    def tree_decision(self):
        values = self.cleaned_data
        return TreeDecision(
            values["decision"], values["decided_on"], values["decided_by"], values["effective_on"], values["note"]
        )


class BodyForm(ChangeForm):
    """With everything that a new organisation can be given."""

    name = Words(label="Tên tổ chức đảng", max_length=200)
    kind = forms.ChoiceField(label="Loại hình")
    base_type = forms.ChoiceField(label="Loại hình cơ sở", required=False, help_text="Của tổ chức cơ sở đảng (Biểu 5).")
    code = Words(label="Mã tổ chức đảng", max_length=20, required=False)
    symbol = Words(label="Ký hiệu văn bản", max_length=20, required=False, help_text="Để trống: theo loại hình.")
    heading_issuer = Words(
        label="Tên khi là cơ quan ban hành", max_length=200, required=False, help_text="Ví dụ: ĐẢNG ỦY PHƯỜNG ĐÔNG."
    )
    heading_superior = Words(
        label="Tên khi là cấp trên", max_length=200, required=False, help_text="Ví dụ: ĐẢNG BỘ PHƯỜNG ĐÔNG."
    )
    place = Words(label="Địa danh", max_length=100, required=False)

    own = ("name", "kind", "base_type", *BODY)

    def prepare(self):
        self.fields["kind"].choices = kind_choices()
        self.fields["base_type"].choices = [("", "theo cấp trên"), *base_types().items()]

    def entry(self, name=None, **more):
        values = self.cleaned_data
        given = {each: values[each] for each in (*BODY, "base_type")} | more
        started_on = values["effective_on"]
        return OrganisationEntry(name or values["name"], values["kind"], started_on, position=self.position, **given)

    @property
    def position(self):
        """At the end of the list of its parent: after the one from whose page it is founded."""
        return self.organisation.position


def kind_choices():
    return [(code, kind["name"]) for code, kind in kind_entries().items()]


class AddForm(BodyForm):
    def prepare(self):
        super().prepare()
        self.fields["kind"].initial = "cell"
        self.fields["place"].initial = self.version.place if self.version else ""

    def change(self):
        return verbs.add(self.entry(), parent=self.organisation, decision=self.tree_decision)


class ArriveForm(BodyForm):
    cells = forms.CharField(
        label="Các chi bộ của đơn vị",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một tên. Đảng viên nhập sau bằng danh sách hoặc từng người.",
    )

    own = (*BodyForm.own, "cells")

    def clean_cells(self):
        names = [name for line in self.cleaned_data["cells"].splitlines() if (name := repair(line))]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("Mỗi tên dài nhất 200 ký tự. Hãy ghi mỗi chi bộ một dòng.")
        return names

    def change(self):
        cells = self.cleaned_data["cells"]
        return verbs.arrive(self.entry(), parent=self.organisation, decision=self.tree_decision, cells=cells)


class RenameForm(ChangeForm):
    name = Words(label="Tên tổ chức đảng", max_length=200)
    code, symbol, heading_issuer, heading_superior, place = (BodyForm.base_fields[each] for each in BODY)

    own = ("name", *BODY)

    def prepare(self):
        for name in self.own:
            self.fields[name].initial = getattr(self.version, name, "")
        self.fields["symbol"].help_text = ""

    def change(self):
        values = {name: self.cleaned_data[name] for name in self.own}
        return verbs.rename(self.organisation, values, decision=self.tree_decision)


class MoveForm(ChangeForm):
    parent = OrganisationField(permission=Permission.TREE_CHANGE, label="Cấp trên mới")
    children = forms.MultipleChoiceField(
        label="Chỉ chuyển các tổ chức trực thuộc này",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn tổ chức nào: chuyển chính tổ chức này cùng mọi tổ chức bên dưới.",
    )

    own = ("children", "parent")

    def prepare(self):
        self.below = {str(each.pk): each for each in self.organisation.children.open().select_related("parent")}
        self.fields["children"].choices = [(key, each.name) for key, each in self.below.items()]
        if not self.below:
            del self.fields["children"]

    def change(self):
        chosen = [self.below[key] for key in self.cleaned_data.get("children", [])]
        return verbs.move(
            chosen or [self.organisation], parent=self.cleaned_data["parent"], decision=self.tree_decision
        )


class ChangeKindForm(ChangeForm):
    kind = forms.ChoiceField(label="Loại hình")
    level = forms.TypedChoiceField(
        label="Cấp",
        coerce=int,
        choices=[(2, "2 – tỉnh"), (3, "3 – trên cơ sở"), (4, "4 – cơ sở"), (5, "5 – bộ phận"), (6, "6 – chi bộ")],
    )
    base_type = forms.ChoiceField(label="Loại hình cơ sở", required=False, help_text="Của tổ chức cơ sở đảng (Biểu 5).")
    symbol = Words(label="Ký hiệu văn bản", max_length=20, required=False)

    own = ("kind", "level", "base_type", "symbol")

    def prepare(self):
        self.fields["kind"].choices = kind_choices()
        self.fields["base_type"].choices = [("", "theo cấp trên"), *base_types().items()]
        for name in self.own:
            self.fields[name].initial = getattr(self.version, name, "")

    def change(self):
        values = {name: self.cleaned_data[name] for name in self.own}
        return verbs.change_kind(self.organisation, values, decision=self.tree_decision)


class CloseForm(ChangeForm):
    members_to = OrganisationField(
        permission=Permission.TREE_CHANGE, label="Đảng viên chuyển về chi bộ", required=False
    )
    children_to = OrganisationField(
        permission=Permission.TREE_CHANGE, label="Tổ chức trực thuộc chuyển về", required=False
    )
    heir = OrganisationField(
        permission=Permission.ORGANISATIONS_VIEW, label="Nơi tiếp nhận việc còn lại", help_text=HEIR_HELP
    )

    own = ("members_to", "children_to", "heir")

    def prepare(self):
        if not self.organisation.children.open().exists():
            del self.fields["children_to"]
        if not self.organisation.is_cell:
            del self.fields["members_to"]

    def change(self):
        values = self.cleaned_data
        return verbs.close(
            self.organisation,
            decision=self.tree_decision,
            heir=values["heir"],
            members_to=values.get("members_to"),
            children_to=values.get("children_to"),
        )


class LeaveForm(ChangeForm):
    went_to = forms.ChoiceField(label="Chuyển đến")
    heir = OrganisationField(
        permission=Permission.ORGANISATIONS_VIEW, label="Nơi tiếp nhận việc còn lại", help_text=HEIR_HELP
    )

    own = ("went_to", "heir")

    def prepare(self):
        self.fields["went_to"].choices = outside_areas()

    def change(self):
        values = self.cleaned_data
        return verbs.leave(
            self.organisation, decision=self.tree_decision, heir=values["heir"], went_to=values["went_to"]
        )


class MergeForm(BodyForm):
    first = OrganisationField(permission=Permission.TREE_CHANGE, label="Hợp nhất với")
    second = OrganisationField(permission=Permission.TREE_CHANGE, label="và với", required=False, help_text="")
    third = OrganisationField(permission=Permission.TREE_CHANGE, label="và với", required=False, help_text="")
    into_first = forms.BooleanField(
        label="Sáp nhập vào tổ chức ghi ở ô đầu tiên, không lập tổ chức mới",
        required=False,
        help_text="Khi đó bỏ qua các ô về tổ chức mới.",
    )
    heir = OrganisationField(
        permission=Permission.ORGANISATIONS_VIEW,
        label="Nơi tiếp nhận việc còn lại",
        required=False,
        help_text="Để trống: tổ chức sau hợp nhất.",
    )

    own = ("first", "second", "third", "into_first", *BodyForm.own, "heir")

    def prepare(self):
        super().prepare()
        self.fields["name"].required = False
        self.fields["name"].label = "Tên tổ chức mới"
        for name in ("kind", "base_type", "symbol", "place"):
            self.fields[name].initial = getattr(self.version, name, "")

    def clean(self):
        values = super().clean()
        if not values.get("into_first") and not values.get("name"):
            self.add_error("name", "Hãy ghi tên tổ chức mới, hoặc chọn sáp nhập vào tổ chức đang có.")
        return values

    def change(self):
        values = self.cleaned_data
        others = [values[name] for name in ("first", "second", "third") if values[name]]
        into = others[0] if values["into_first"] else NewBody(self.entry(), self.organisation.parent)
        ending = dict.fromkeys([self.organisation, *others[int(values["into_first"]) :]])
        return verbs.merge(list(ending), into=into, decision=self.tree_decision, heir=values["heir"])


FORMS = {
    TreeAct.ADD: AddForm,
    TreeAct.RENAME: RenameForm,
    TreeAct.MOVE: MoveForm,
    TreeAct.CHANGE_KIND: ChangeKindForm,
    TreeAct.MERGE: MergeForm,
    TreeAct.CLOSE: CloseForm,
    TreeAct.LEAVE: LeaveForm,
    TreeAct.ARRIVE: ArriveForm,
}
