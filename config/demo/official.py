"""The file in the official layout that one base of the demo handed in, from which a few people differ since."""

from datetime import timedelta

from members.actions.official import export_official
from members.official.rows import official_people, official_rows

HANDED_IN, CHANGED = timedelta(days=30), 6  # ago; every so many-th person has another address in the file
REASON = "Nộp File nhập liệu 4.0 lên hệ thống chung (mẫu)"


def hand_in_official_file(tree, on, *, by):
    """One base only: as cheap at every scale."""
    base = tree.story.deciding_base
    rows = official_rows(official_people(base, on), on)
    for row in rows[::CHANGED]:
        row.values["residence_detail"] = "Khóm 9 (địa chỉ cũ)"
    export_official(base, rows, on=on - HANDED_IN, by=by, reason=REASON)
