"""What the record of a step says beside its paper and its note, in words."""

from discipline.enums import Competence, Duplicate, SelfReviewOutcome, TransferReason, TriageChoice

# step → (key of its data, words before the value, choices of a coded value)
SAID = {
    "triage": (
        ("competence", "", Competence), ("duplicate", "", Duplicate), ("choice", "Hướng xử lý: ", TriageChoice),
    ),
    "transfer_case": (
        ("why", "", TransferReason), ("receiver", "Nơi nhận: ", None), ("papers", "Bàn giao: ", None),
    ),
    "announce_inspection": (("attendance", "Thành phần: ", None),),
    "record_self_review": (("outcome", "", SelfReviewOutcome),),
    "submit_report": (("opinion", "Ý kiến của người được kiểm tra: ", None), ("recommendation", "Kiến nghị: ", None)),
    "extend_inspection": (("days", "Thêm số ngày: ", None),),
}  # fmt: skip


def said_of(row):
    """The words of the data of a step taken, as sentences; empty where it holds nothing of its own."""
    parts = []
    for key, before, choices in SAID.get(row.step, ()):
        value = row.data.get(key)
        if value:
            parts.append(f"{before}{choices(value).label if choices else value}.")
    return " ".join(parts)
