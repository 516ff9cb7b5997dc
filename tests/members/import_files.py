"""Small lists of members, and sending them through the pages."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.lib.sheet_writing import Column, Table, write_rows

HEADINGS = ("Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Số định danh cá nhân", "Chi bộ", "Ghi chú")
CELL = "Chi bộ Khóm 1, Đảng bộ Phường Đông"
GOOD = ("Nguyễn Văn An", "05/03/1980", "19/05/2005", "19/05/2006", "096080500001", CELL, "")
OTHER = ("Trần Thị Bình", "01/02/1985", "10/10/2010", "10/10/2011", "096185500002", CELL, "")
BAD_DAY = ("Lê Văn Cường", "31/02/1980", "19/05/2005", "19/05/2006", "096080500003", CELL, "")
SHORT_ID = ("Phạm Văn Dũng", "05/03/1980", "19/05/2005", "19/05/2006", "09608050", CELL, "")


def workbook(*rows, headings=HEADINGS):
    return write_rows([Table("Danh sách", [Column(each) for each in headings], rows)])


def send(client, content, *, name="danh-sach.xlsx", organisation="Đảng ủy Sao Mai", **more):
    file = SimpleUploadedFile(name, content)
    data = {"kind": "members", "organisation": organisation, "on": "31/10/2026", "file": file} | more
    return client.post(reverse("members:check_file"), data)


def page(name, batch, *more):
    return reverse(f"members:{name}", args=[batch.pk, *more])


def text_of(response):
    return response.content.decode()
