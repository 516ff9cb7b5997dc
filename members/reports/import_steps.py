"""The five steps of an import in one line, each with its counts."""

from dataclasses import dataclass

from django.urls import reverse

from config.lib.ui import vi_number
from members.enums import BatchState

STEPS = (
    ("check_file", "Tệp"),
    ("map_columns", "Cột"),
    ("import", "Kiểm tra"),
    ("changes", "Thay đổi"),
    ("commit_batch", "Ghi"),
)
CHANGES = (("created", "mới"), ("updated", "sửa"), ("unchanged", "không đổi"))
KEYS = [key for key, _ in STEPS]


@dataclass(frozen=True)
class Step:
    """One step as `components/steps.html` shows it."""

    title: str
    state: str
    url: str
    note: str


def steps_of(batch, current):
    """The steps with the one of the page as current; without a batch there are no counts and no links."""
    notes = _notes(batch) if batch else {}
    return [
        Step(title, _state(batch, key, current), "" if key == current else _url(batch, key), notes.get(key, ""))
        for key, title in STEPS
    ]


def _state(batch, key, current):
    if key == current:
        return "current"
    if batch is None:
        return "todo"
    return "done" if KEYS.index(key) < KEYS.index(current) or batch.state != BatchState.PREVIEW else "todo"


def _url(batch, key):
    """The file cannot be sent again, and columns only be chosen before writing."""
    if batch is None or key == "check_file" or (key == "map_columns" and batch.state != BatchState.PREVIEW):
        return ""
    return reverse(f"members:{key}", args=[batch.pk])


def _notes(batch):
    report = batch.report
    return {
        "check_file": batch.file_name,
        "map_columns": f"{len(batch.mapping)} cột được đọc",
        "import": f"{vi_number(report['refused'])} dòng không ghi, {vi_number(report['warnings'])} lưu ý",
        "changes": ", ".join(f"{vi_number(report[name])} {word}" for name, word in CHANGES),
        "commit_batch": batch.get_state_display(),
    }
