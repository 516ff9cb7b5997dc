"""The steps of a cell's sheet: what leads where, and who may do it.

The chain of bodies is data on the sheet; `forward` passes it to the next station, `decide` ends it.
"""

from cells.permissions import Permission
from config.lib.workflow import Step, Workflow
from evaluations.enums import SheetState

DRAFT, SENT, OPENED = SheetState.DRAFT, SheetState.SENT, SheetState.OPENED
RETURNED, DECIDED = SheetState.RETURNED, SheetState.DECIDED

RATING = Workflow(
    Step("send", (DRAFT, RETURNED), SENT, Permission.RATINGS_FILE, "Gửi lên cấp trên"),
    Step("recall", (SENT,), DRAFT, Permission.RATINGS_FILE, "Thu hồi để sửa"),
    Step("open_sheet", (SENT,), OPENED, Permission.RATINGS_DECIDE, "Mở xem xét"),
    Step("return_sheet", (SENT, OPENED), RETURNED, Permission.RATINGS_DECIDE, "Trả lại chi bộ"),
    Step("forward", (OPENED,), SENT, Permission.RATINGS_DECIDE, "Trình cấp quyết định"),
    Step("decide", (OPENED,), DECIDED, Permission.RATINGS_DECIDE, "Quyết định"),
)
