"""Forms of the plan of a year."""

from django import forms

from admissions.actions.source_plans import PlanEntry
from admissions.enums import Group
from members.forms.text import ReasonField, TidyField

MOST = 100_000


class PlanForm(forms.Form):
    """The target of a year, of each group where one is set, and why a plan that stands is changed."""

    target = forms.IntegerField(label="Chỉ tiêu kết nạp", min_value=0, max_value=MOST)
    decision = TidyField(label="Văn bản giao chỉ tiêu", max_length=200, required=False)

    def __init__(self, *args, plan=None, **kwargs):
        if plan:
            kwargs["initial"] = {"target": plan.target, "decision": plan.decision, **plan.groups}
        super().__init__(*args, **kwargs)
        for group in Group:
            self.fields[group.value] = forms.IntegerField(
                label=f"Trong đó: {group.label[:1].lower()}{group.label[1:]}", min_value=0, max_value=MOST,
                required=False,
            )  # fmt: skip
        if plan:
            self.fields["reason"] = ReasonField(label="Vì sao sửa chỉ tiêu đã giao")

    def clean(self):
        values = super().clean()
        target = values.get("target")
        for group in Group:
            number = values.get(group.value)
            if target is not None and number is not None and number > target:
                self.add_error(group.value, f"Chỉ tiêu của nhóm ({number}) không thể nhiều hơn chỉ tiêu ({target}).")
        return values

    def entry(self, year):
        values = self.cleaned_data
        groups = {group.value: values[group.value] for group in Group if values.get(group.value) is not None}
        return PlanEntry(year, values["target"], groups, values["decision"])
