"""For what the statement to a person is printed."""

from django import forms

from members.forms.text import ReasonField


class StatementForm(forms.Form):
    """The purpose; it goes to the log and onto the paper."""

    reason = ReasonField(label="Mục đích", help_text="Ví dụ: cung cấp cho chính đảng viên theo đề nghị ngày …")
