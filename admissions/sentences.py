"""The acts of admission in words, for the log."""

from admissions.workflow import ADMISSION

SOURCE = {
    "admissions.list_candidate": "đưa {subject} vào danh sách quần chúng ưu tú từ {on}",
    "admissions.void_candidate": "hủy mục {subject} ghi nhầm trong danh sách quần chúng; lý do: {reason}",
}
DOSSIER: dict[str, str] = {}
PROCEDURE: dict[str, str] = {}
PAPERS: dict[str, str] = {}
STEPS = {
    f"admissions.{name}": f"{step.label[:1].lower()}{step.label[1:]}: {{subject}}, ngày {{on}}, {{body}}"
    for name, step in ADMISSION.steps.items()
}
SENTENCES = STEPS | SOURCE | DOSSIER | PROCEDURE | PAPERS
