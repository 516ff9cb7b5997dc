"""Why a list leaves with whole numbers."""

from django import forms

from members.forms.text import ReasonField


class UnmaskedExportForm(forms.Form):
    """The reason for a list with whole personal and card numbers."""

    reason = ReasonField(
        label="Lý do cần số đầy đủ", min_length=10, help_text="Lý do và tên người xuất được ghi vào nhật ký."
    )
