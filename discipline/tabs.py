"""The parts of a case's pages; each part of the app adds its own line."""

from django.urls import reverse

# (words, name of the page)
PARTS = [
    ("Tình trạng", "file"),
    ("Kiểm tra", "inspection"),
    ("Biểu quyết", "votes"),
    ("Chấp hành", "execution"),
    ("Liên quan", "beside"),
    ("Giấy tờ", "papers"),
    ("Nhật ký", "journal"),
]


def tabs_of(opened, here):
    """(words, address, whether it is the page one is on) of the parts of a case."""
    return [(words, reverse(f"discipline:{name}", args=[opened.case.pk]), name == here) for words, name in PARTS]
