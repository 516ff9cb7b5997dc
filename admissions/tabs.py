"""The parts of a candidate's pages: which there are, and which are open to a person."""

from django.urls import reverse

from cells.permissions import Permission as P

# (words, name of the page, right that it asks for); each part of the app adds its own line.
PARTS = [
    ("Tổng quan", "candidate", P.ADMISSIONS_VIEW),
    ("Tạo nguồn", "source", P.ADMISSIONS_VIEW),
    ("Điều kiện", "conditions", P.ADMISSIONS_VIEW),
    ("Lý lịch", "cv", P.ADMISSIONS_VIEW),
    ("Giấy tờ", "papers", P.ADMISSIONS_VIEW),
    ("Thẩm tra", "background", P.ADMISSIONS_BACKGROUND),
    ("Thủ tục", "procedure", P.ADMISSIONS_VIEW),
    ("Dự bị", "probation", P.ADMISSIONS_VIEW),
    ("Biểu mẫu", "forms", P.ADMISSIONS_VIEW),
]


def tabs_of(candidate, user, here):
    """(words, address, whether it is the page one is on) of the parts that `user` may open."""
    return [
        (words, reverse(f"admissions:{name}", args=[candidate.pk]), name == here)
        for words, name, right in PARTS
        if user.may(right, candidate)
    ]
