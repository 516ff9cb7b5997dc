"""The sample workbooks and what they are known to hold; synthetic people, kept in tests/samples."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "samples"
LIST, OFFICIAL, EXPORT = "danh-sach-chi-bo.xlsx", "file-nhap-lieu-4.0.xlsx", "ds-dangvien.xlsx"


@cache
def expected():
    """The truth about the samples."""
    return json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def content(name):
    """The bytes of a sample."""
    return (FOLDER / name).read_bytes()
