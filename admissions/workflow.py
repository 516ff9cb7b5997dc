"""The steps from outstanding outsider to official member: what leads where, and by whose right.

A step by `ADMISSIONS_FILE` is the cell's, asked of the candidate. One by `ADMISSIONS_DECIDE` is asked of the body whose
turn it is (`admissions.stations`), never of the candidate alone. Which bodies there are is data of the chain.
"""

from admissions.enums import (
    BEFORE_PROBATION,
    DOSSIER_STATES,
    ON_PROBATION,
    RECOGNITION_STATES,
    SOURCE_STATES,
    State,
)
from cells.permissions import Permission
from config.lib.workflow import Step, Workflow

CELL, BODY = Permission.ADMISSIONS_FILE, Permission.ADMISSIONS_DECIDE

VOTED_BELOW = (State.CELL_ADOPTED, State.CELL_NOT_ADOPTED)
APPRAISED = (*VOTED_BELOW, State.APPRAISED)
PROPOSED = (*APPRAISED, State.BASE_ADOPTED, State.BASE_NOT_ADOPTED)
REC_VOTED = (State.REC_CELL_ADOPTED, State.REC_CELL_NOT_ADOPTED)
REC_APPRAISED = (*REC_VOTED, State.REC_APPRAISED)
REC_PROPOSED = (*REC_APPRAISED, State.REC_BASE_ADOPTED, State.REC_BASE_NOT_ADOPTED)
MAY_BE_REMOVED = (State.PROBATION, *RECOGNITION_STATES, State.REM_CELL_NOT_ADOPTED)
REM_VOTED = (State.REM_CELL_ADOPTED, State.REM_CELL_NOT_ADOPTED)
REM_PROPOSED = (*REM_VOTED, State.REM_BASE_ADOPTED, State.REM_BASE_NOT_ADOPTED)

ADMISSION = Workflow(
    # --- the source (38-HD/BTCTW, I.1.1, 1.3) ------------------------------------------------------------------------
    Step("recognise_sympathiser", (State.LISTED,), State.SYMPATHISER, CELL, "Công nhận cảm tình Đảng"),
    Step("send_to_class", (State.SYMPATHISER,), State.CLASS_SENT, BODY, "Cử học lớp nhận thức về Đảng"),
    Step("record_certificate", (State.SYMPATHISER, State.CLASS_SENT), State.CLASS_DONE, CELL, "Ghi giấy chứng nhận"),
    Step("clear", (State.CLASS_DONE,), State.CLEARED, BODY, "Cho làm thủ tục kết nạp"),
    Step("drop", SOURCE_STATES, State.DROPPED, CELL, "Đưa ra khỏi danh sách"),
    Step("relist", (State.DROPPED,), State.LISTED, CELL, "Đưa trở lại danh sách"),
    # --- from application to ceremony (06-HD/TW, 3) ------------------------------------------------------------------
    Step("apply", (State.CLEARED,), State.APPLYING, CELL, "Nhận đơn và lý lịch"),
    Step("seal_cv", (State.APPLYING,), State.SEALED, BODY, "Giáp lai lý lịch"),
    Step("start_verification", (State.SEALED,), State.VERIFYING, CELL, "Bắt đầu thẩm tra"),
    Step("certify_cv", (State.VERIFYING,), State.CERTIFIED, BODY, "Chứng nhận lý lịch"),
    Step("complete_dossier", (State.CERTIFIED,), State.COMPLETE, CELL, "Hồ sơ đủ, đưa ra chi bộ"),
    Step("redo_dossier", (State.CERTIFIED, State.COMPLETE), State.CERTIFIED, CELL, "Làm lại giấy tờ quá hạn"),
    Step(
        "take_class_again", (State.CLASS_DONE, State.CLEARED, *DOSSIER_STATES), State.CLASS_SENT, CELL,
        "Học lại lớp nhận thức về Đảng",
    ),
    Step(
        "vote_in_cell", (State.COMPLETE,), State.CELL_ADOPTED, CELL, "Ghi biểu quyết của chi bộ",
        (State.CELL_NOT_ADOPTED,),
    ),
    Step("appraise", VOTED_BELOW, State.APPRAISED, BODY, "Ghi thẩm định của đảng ủy bộ phận"),
    Step(
        "vote_in_base", APPRAISED, State.BASE_ADOPTED, BODY, "Ghi biểu quyết của đảng ủy cơ sở",
        (State.BASE_NOT_ADOPTED,),
    ),
    Step("submit", PROPOSED, State.UNDER_DECISION, BODY, "Tiếp nhận, thẩm định lại hồ sơ"),
    Step("return_to_cell", (*PROPOSED, State.UNDER_DECISION), State.COMPLETE, BODY, "Trả lại chi bộ"),
    Step("decide", (State.UNDER_DECISION,), State.APPROVED, BODY, "Quyết định kết nạp", (State.REFUSED,)),
    Step("notify_refusal", (State.REFUSED,), State.SYMPATHISER, BODY, "Thông báo không kết nạp cho chi bộ"),
    Step("hold_ceremony", (State.APPROVED,), State.PROBATION, CELL, "Ghi lễ kết nạp"),
    Step("withdraw", BEFORE_PROBATION, State.WITHDRAWN, CELL, "Rút, thôi xét"),
    # --- from probation to official (294-QĐ/TW, 4.2; 06-HD/TW, 4) ----------------------------------------------------
    Step("end_probation", (State.PROBATION,), State.RECOGNITION_DUE, CELL, "Hết thời gian dự bị"),
    Step(
        "vote_recognition", (State.RECOGNITION_DUE,), State.REC_CELL_ADOPTED, CELL,
        "Ghi biểu quyết công nhận của chi bộ", (State.REC_CELL_NOT_ADOPTED, State.ESCALATED),
    ),
    Step("appraise_recognition", REC_VOTED, State.REC_APPRAISED, BODY, "Ghi thẩm định công nhận"),
    Step(
        "vote_recognition_in_base", REC_APPRAISED, State.REC_BASE_ADOPTED, BODY,
        "Ghi biểu quyết công nhận của đảng ủy cơ sở", (State.REC_BASE_NOT_ADOPTED,),
    ),
    Step("submit_recognition", REC_PROPOSED, State.REC_UNDER_DECISION, BODY, "Tiếp nhận hồ sơ công nhận"),
    Step(
        "return_recognition", (*REC_PROPOSED, State.REC_UNDER_DECISION, State.ESCALATED), State.RECOGNITION_DUE, BODY,
        "Trả lại chi bộ xét công nhận",
    ),
    Step(
        "decide_recognition", (State.REC_UNDER_DECISION, State.ESCALATED), State.OFFICIAL, BODY,
        "Quyết định công nhận chính thức", (State.RECOGNITION_DUE,),
    ),
    # --- removal of a probationary member (06-HD/TW, 4.6), wrong admissions (294-QĐ/TW, 4.4) -------------------------
    Step(
        "vote_removal", MAY_BE_REMOVED, State.REM_CELL_ADOPTED, CELL, "Ghi biểu quyết đề nghị xóa tên",
        (State.REM_CELL_NOT_ADOPTED, State.ESCALATED),
    ),
    Step(
        "vote_removal_in_base", REM_VOTED, State.REM_BASE_ADOPTED, BODY, "Ghi biểu quyết xóa tên của đảng ủy cơ sở",
        (State.REM_BASE_NOT_ADOPTED,),
    ),
    Step(
        "decide_removal", (*REM_PROPOSED, State.ESCALATED), State.STRUCK_OFF, BODY, "Quyết định xóa tên",
        (State.PROBATION, State.RECOGNITION_DUE),
    ),
    Step("cancel_admission", (*ON_PROBATION, State.OFFICIAL), State.CANCELLED, BODY, "Hủy quyết định kết nạp"),
)  # fmt: skip
