"""Input of the import pages: a file, its columns, a row saved by hand."""

from django import forms
from django.utils import timezone

from cells.forms import OrganisationField
from cells.permissions import Permission
from config.lib.sheet_files import MAX_FILE_BYTES
from members.forms.dates import DayField
from members.forms.text import ReasonField
from members.importing.choices import Choices, SheetChoice
from members.importing.mapping import plain

FIRST_YEAR = 2011
LONGEST_VALUE = 300
UNUSED = ("", "Không dùng")
KEEP_OUT = {"check_result", "check_detail"}
FONTS = (("tcvn3", "Đổi từ TCVN3 (ABC)"), ("vni", "Đổi từ VNI"), ("", "Giữ như trong tệp"))


class FileForm(forms.Form):
    """A file, what it is, whose it is, and the day that it speaks of."""

    kind = forms.ChoiceField(label="Tệp này là", widget=forms.RadioSelect)
    file = forms.FileField(
        label="Tệp",
        help_text="Excel (.xlsx, .xls) hoặc .csv, không quá 20 MB. Phần mềm tự tìm dòng tiêu đề và đoán các cột.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    organisation = OrganisationField(
        permission=Permission.MEMBERS_IMPORT,
        label="Của tổ chức đảng",
        help_text="Tổ chức có danh sách; chi bộ của từng người được tìm ở đây và ở mọi tổ chức bên dưới.",
    )
    year = forms.IntegerField(
        label="Năm xếp loại",
        required=False,
        min_value=FIRST_YEAR,
        max_value=2100,
        localize=False,
        help_text="Chỉ cần khi nhập kết quả xếp loại. Các mức được đọc theo quy định của năm đó.",
    )
    on = DayField(
        label="Tính đến ngày",
        required=False,
        help_text="Để trống thì lấy ngày “Tính đến ngày …” ghi trong tệp; tệp không ghi thì lấy hôm nay.",
    )

    def __init__(self, *args, user, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code: kind for kind in kinds}
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in kinds]
        self.fields["kind"].initial = kinds[0].code
        self.fields["organisation"].look_in(user)
        self.fields["year"].initial = timezone.localdate().year - 1

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                f"Tệp lớn {file.size / 2**20:.0f} MB, vượt mức {MAX_FILE_BYTES // 2**20} MB. "
                "Hãy xóa hình ảnh và các trang không cần, hoặc chia danh sách thành nhiều tệp."
            )
        return file

    def clean(self):
        kind = self.kinds.get(self.cleaned_data.get("kind"))
        if kind and kind.of_year and "year" in self.cleaned_data:
            self._refuse_year(self.cleaned_data["year"])
        return self.cleaned_data

    def _refuse_year(self, year):
        if not year:
            self.add_error("year", "Hãy ghi năm của kết quả xếp loại trong tệp.")
        elif year > timezone.localdate().year:
            self.add_error("year", "Năm này chưa đến; hãy ghi năm của kết quả xếp loại trong tệp.")


class ColumnsForm(forms.Form):
    """How the sheets of a file are read: which of them, which field every column is, which columns are in old fonts.

    `groups` are `SheetGroup`s, whose sheets share their headings and their fonts.
    """

    on = DayField(label="Tính đến ngày", help_text="Mọi ngày trong tệp được kiểm tra theo ngày này.")
    keep = forms.BooleanField(label="Nhớ cách đọc này cho tệp sau của cùng nguồn", required=False)

    def __init__(self, *args, groups, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups, self.kind = groups, kind
        labels = sorted(kind.labels.items(), key=lambda pair: plain(pair[1]))
        choices = [UNUSED, *(pair for pair in labels if pair[0] not in KEEP_OUT)]
        for group in groups:
            for sheet in group.sheets if self.asks_for_sheets else ():
                self._add_sheet(sheet)
            for column in group.columns:
                self._add_column(group, column, choices)

    @property
    def asks_for_sheets(self):
        """Whether there is more than one sheet to choose from."""
        return self.kind.many_sheets and sum(len(group.sheets) for group in self.groups) > 1

    def _add_sheet(self, sheet):
        label = f"{sheet.name} ({sheet.people} người)"
        self.fields[f"sheet_{sheet.number}"] = forms.BooleanField(label=label, required=False, initial=sheet.is_read)
        if sheet.needs_cell:
            self.fields[f"cell_{sheet.number}"] = forms.CharField(
                label="Chi bộ của trang", required=False, max_length=LONGEST_VALUE, initial=sheet.cell
            )

    def _add_column(self, group, column, choices):
        self.fields[f"{group.key}column_{column.letter}"] = forms.ChoiceField(
            label=f"Cột {column.letter}",
            choices=choices,
            required=False,
            initial=column.field if column.field not in KEEP_OUT else "",
        )
        if column.font:
            self.fields[f"{group.key}font_{column.letter}"] = forms.ChoiceField(
                label=f"Chữ của cột {column.letter}", choices=FONTS, required=False, initial=column.font.encoding
            )

    def clean(self):
        read = [group for group in self.groups if self._sheets_of(group)]
        if not read:
            raise forms.ValidationError("Chưa chọn trang nào để đọc. Hãy chọn ít nhất một trang có danh sách.")
        for group in read:
            self._refuse_unclear(group)
        return self.cleaned_data

    def _refuse_unclear(self, group):
        taken = {}
        for column in group.columns:
            name = f"{group.key}column_{column.letter}"
            field = self.cleaned_data.get(name)
            if field and field in taken:
                self.add_error(name, f"“{self.kind.labels[field]}” đã chọn cho cột {taken[field]}.")
            taken.setdefault(field, column.letter)
        if "name" not in taken:
            raise forms.ValidationError("Chưa có cột nào là Họ và tên. Hãy chọn cột ghi họ và tên.")

    def _sheets_of(self, group):
        """Sheets of a group that are to be read."""
        if not self.asks_for_sheets:
            return [sheet for sheet in group.sheets if sheet.is_read]
        return [sheet for sheet in group.sheets if self.cleaned_data.get(f"sheet_{sheet.number}")]

    @property
    def choices(self):
        """The choices that were made, agreed to by being sent."""
        picked = [(sheet, group) for group in self.groups for sheet in self._sheets_of(group)]
        picked.sort(key=lambda pair: pair[0].number)
        sheets = [
            SheetChoice(
                sheet.name,
                self._letters(group),
                {column.letter: self.cleaned_data[f"{group.key}font_{column.letter}"] for column in group.in_old_fonts},
                self.cleaned_data.get(f"cell_{sheet.number}", "").strip(),
            )
            for sheet, group in picked
        ]
        return Choices(tuple(sheets), agreed=True)

    def _letters(self, group):
        """{field: letter} as it was chosen."""
        chosen = {column.letter: self.cleaned_data[f"{group.key}column_{column.letter}"] for column in group.columns}
        return {field: letter for letter, field in chosen.items() if field}

    @property
    def shown(self):
        """The groups as the page shows them: their sheets and their columns, each with its bound fields."""
        for group in self.groups:
            sheets = [(sheet, self._bound(f"sheet_{sheet.number}"), self._bound(f"cell_{sheet.number}"))
                      for sheet in group.sheets]  # fmt: skip
            columns = [(column, *self._of_column(group.key, column.letter)) for column in group.columns]
            yield group, sheets, columns

    def _of_column(self, key, letter):
        return self[f"{key}column_{letter}"], self._bound(f"{key}font_{letter}")

    def _bound(self, name):
        return self[name] if name in self.fields else None


class RowForm(forms.Form):
    """A `RefusedRow` to be saved by hand: its cells that can be mended, and why it is saved all the same."""

    reason = ReasonField(
        label="Lý do ghi bằng tay", help_text="Căn cứ giấy tờ nào. Lý do được lưu cùng dòng và vào nhật ký."
    )

    def __init__(self, *args, row, kind, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.written = {field: "" if field in kind.masked else value for field, value in row.cells.items()}
        reason = self.fields.pop("reason")
        for field, value in self.written.items():
            options = {"label": kind.labels[field], "initial": value, "required": False}
            if field in choices:
                names = [value, *choices[field]] if value not in choices[field] else choices[field]
                cell = forms.ChoiceField(choices=[(name, name or "Chưa chọn") for name in names], **options)
            else:
                help_text = _number_help(field in row.faulty) if field in kind.masked else ""
                cell = forms.CharField(max_length=LONGEST_VALUE, help_text=help_text, **options)
                cell.widget.attrs["autocomplete"] = "off"
            self.fields[f"cell_{field}"] = cell
        self.fields["reason"] = reason

    @property
    def values(self):
        """{field: text} of the cells that the person changed."""
        texts = {field: self.cleaned_data[f"cell_{field}"].strip() for field in self.written}
        return {field: text for field, text in texts.items() if text != self.written[field].strip()}


def _number_help(faulty):
    kept = "ghi dòng này không có số" if faulty else "giữ số như trong tệp"
    return f"Muốn sửa thì gõ lại cả số; để trống thì {kept}."
