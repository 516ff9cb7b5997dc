"""Choosing for one case another rule set than the one of the day, with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction

from cells.rulewords import topic_label
from config.lib.workflow import NotAllowed
from discipline.journal import record
from discipline.rulebook import TOPICS, CaseBook
from discipline.steps import locked

BY_DAY = "theo ngày của từng bước"


@transaction.atomic
def choose_rules(case, *, topic, starts, reason, by):
    """The set of a topic that came into force on `starts` binds the case whatever the day; None goes by the day again.

    Steps already taken keep the sets that they were taken by.
    """
    found = locked(case)
    if found.is_over:
        raise NotAllowed("Hồ sơ đã kết thúc; không chọn lại bộ quy tắc.")
    if topic not in TOPICS or (starts is not None and starts not in CaseBook.of(found).choices(topic)):
        raise ValidationError({"chosen": "Không có bộ quy tắc này. Hãy chọn trong danh sách."})
    sets = {name: each for name, each in found.sets.items() if name != topic}
    if starts is not None:
        sets[topic] = {"from": starts.isoformat(), "reason": reason}
    found.sets, found.revision = sets, found.revision + 1
    found.save(update_fields=["sets", "revision"])
    words = f"hiệu lực từ {starts:%d/%m/%Y}" if starts else BY_DAY
    record("choose_rules", found, by=by, reason=reason, data={"topic": topic_label(topic), "set": words})
    return found
