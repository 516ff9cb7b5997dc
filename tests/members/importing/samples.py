"""The sample workbooks and what they are known to hold; they stand beside the clone, or where SAMPLES_DIR says."""

import json
import os
from functools import cache
from pathlib import Path

FOLDER = Path(os.environ.get("SAMPLES_DIR") or Path(__file__).resolve().parents[4] / "shared" / "samples")
LIST, OFFICIAL, EXPORT = "danh-sach-chi-bo.xlsx", "file-nhap-lieu-4.0.xlsx", "ds-dangvien.xlsx"


@cache
def expected():
    """The truth about the samples."""
    return json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def content(name):
    """The bytes of a sample."""
    return (FOLDER / name).read_bytes()
