"""The steps of a case of discipline (discipline.md, section 11): what leads where, and which parts may take it.

The permission of a step names the parts, of those people whom the case names, that may take it (`discipline.sealing`).
A cell that runs its own inspection takes the steps of the officer up to its decision as well.
"""

from config.lib.workflow import Step, Workflow
from discipline.enums import State

OFFICER, WITH_CELL, WITH_TEAM, WITH_BODY = "officer", "officer cell", "officer cell team", "officer body"
WHO_DECIDES = "officer cell body"
DECIDED = (State.DECIDED_CELL, State.DECIDED_UPPER)
VOTING = (State.CELL_MEETING, State.UPPER_VOTE)
BEFORE_VOTE = (State.VERIFYING, *VOTING)
WITHOUT_DISCIPLINE = (State.CLOSED_FAULT_ONLY, State.TIME_BARRED)

CASE = Workflow(
    # --- from the signal to the report of results ---------------------------------------------------------------------
    Step("triage", (State.SIGNAL,), State.TRIAGE, WITH_CELL, "Phân loại"),
    Step("file_signal", (State.TRIAGE,), State.CLOSED_NO_VIOLATION, WITH_CELL, "Lưu, không kiểm tra"),
    Step("transfer_case", (State.TRIAGE, State.VERIFYING), State.TRANSFERRED, OFFICER, "Chuyển cấp có thẩm quyền"),
    Step("plan_inspection", (State.TRIAGE,), State.PLANNED, WITH_CELL, "Quyết định, kế hoạch kiểm tra"),
    Step("report_sentence", (State.TRIAGE,), State.PROPOSED, WITH_CELL, "Báo cáo bản án có hiệu lực"),
    Step("announce_inspection", (State.PLANNED,), State.SELF_REVIEW, WITH_CELL, "Công bố quyết định kiểm tra"),
    Step("record_self_review", (State.SELF_REVIEW,), State.VERIFYING, WITH_CELL, "Ghi bản tự kiểm điểm"),
    Step("submit_report", (State.VERIFYING,), State.CELL_MEETING, WITH_TEAM, "Báo cáo kết quả kiểm tra"),
    Step(
        "close_case", (State.VERIFYING,), State.CLOSED_NO_VIOLATION, WITH_CELL, "Kết thúc, không kỷ luật",
        (State.CLOSED_FAULT_ONLY,),
    ),
    # --- votes and decisions ------------------------------------------------------------------------------------------
    Step(
        "vote_in_cell", (State.CELL_MEETING,), State.DECIDED_CELL, WITH_CELL, "Ghi biểu quyết của chi bộ",
        (State.PROPOSED, State.CLOSED_NO_VIOLATION, *WITHOUT_DISCIPLINE),
    ),
    Step("receive_proposal", (State.PROPOSED,), State.UPPER_VERIFY, WITH_BODY, "Tiếp nhận đề nghị, thẩm tra"),
    Step("return_to_cell", (State.UPPER_VERIFY,), State.CELL_MEETING, WITH_BODY, "Trả lại chi bộ"),
    Step("report_verification", (State.UPPER_VERIFY,), State.UPPER_VOTE, WITH_BODY, "Báo cáo kết quả thẩm tra"),
    Step(
        "vote_above", (State.UPPER_VOTE,), State.DECIDED_UPPER, WITH_BODY, "Ghi biểu quyết, quyết định của cấp trên",
        (State.PROPOSED, State.CLOSED_NO_VIOLATION, *WITHOUT_DISCIPLINE),
    ),
    Step("exempt", VOTING, State.EXEMPT, WHO_DECIDES, "Miễn kỷ luật"),
    Step("postpone", BEFORE_VOTE, State.POSTPONED, WHO_DECIDES, "Chưa xem xét, tạm hoãn"),
    Step("resume", (State.POSTPONED,), State.VERIFYING, WHO_DECIDES, "Xem xét tiếp", VOTING),
    # --- after the decision -------------------------------------------------------------------------------------------
    Step("announce", DECIDED, State.ANNOUNCED, WHO_DECIDES, "Công bố quyết định"),
    Step("notify", (State.ANNOUNCED,), State.NOTIFIED, WHO_DECIDES, "Thông báo kết quả"),
    Step("enforce", (State.NOTIFIED,), State.IN_FORCE, WHO_DECIDES, "Chuyển sang chấp hành", (State.EXIT,)),
    Step("lapse", (State.IN_FORCE,), State.EXPIRED, OFFICER, "Xác nhận chấm dứt hiệu lực"),
    Step(
        "appeal", (State.IN_FORCE, State.EXIT, State.APPEAL_DECIDED), State.APPEALED, OFFICER, "Nhận đơn khiếu nại"
    ),
    Step("decide_appeal", (State.APPEALED,), State.APPEAL_DECIDED, OFFICER, "Quyết định giải quyết khiếu nại"),
    Step(
        "announce_appeal", (State.APPEAL_DECIDED,), State.IN_FORCE, OFFICER, "Công bố quyết định giải quyết khiếu nại",
        (State.EXIT, State.ANNULLED_WRONGFUL),
    ),
    Step("annul", (State.IN_FORCE, State.EXIT), State.ANNULLED_WRONGFUL, OFFICER, "Hủy quyết định oan, sai"),
)  # fmt: skip
# What the cell does in a case that others run: it reports a sentence, meets, and follows up its own decision.
OF_EVERY_CELL = (
    "report_sentence", "record_self_review", "vote_in_cell", "exempt", "postpone", "resume", "announce", "notify",
    "enforce",
)  # fmt: skip
# Where the case is with the bodies above the cell.
ABOVE_CELL = (State.PROPOSED, State.UPPER_VERIFY, State.UPPER_VOTE, State.DECIDED_UPPER)
# What is kept among the steps and moves nothing.
BESIDE = {"extend_inspection": "Gia hạn kiểm tra"}


def label_of(step):
    """The words of a step, or of what is kept among them."""
    return CASE.steps[step].label if step in CASE.steps else BESIDE.get(step, step)
