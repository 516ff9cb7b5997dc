"""The steps of a cell's sheet: what leads where, and who may do it.

The chain of bodies is data on the sheet; `forward` passes it to the next station, `decide` ends it.
"""

from cells.permissions import Permission
from config.lib.workflow import Step, Workflow
from evaluations.enums import OrganisationState, ScreeningState, SheetState
from evaluations.removal_enums import ABOVE_STATES, BASE_VOTED, CELL_VOTED, OPEN_STATES, RemovalState
from evaluations.rules.chain import DECIDE

DRAFT, SENT, OPENED = SheetState.DRAFT, SheetState.SENT, SheetState.OPENED
RETURNED, DECIDED = SheetState.RETURNED, SheetState.DECIDED

RATING = Workflow(
    Step("send", (DRAFT, RETURNED), SENT, Permission.RATINGS_FILE, "Gửi lên cấp trên"),
    Step("recall", (SENT,), DRAFT, Permission.RATINGS_FILE, "Thu hồi để sửa"),
    Step("open_sheet", (SENT,), OPENED, Permission.RATINGS_DECIDE, "Mở xem xét"),
    Step("return_sheet", (SENT, OPENED), RETURNED, Permission.RATINGS_DECIDE, "Trả lại chi bộ"),
    Step("forward", (OPENED,), SENT, Permission.RATINGS_DECIDE, "Trình cấp trên"),
    Step("decide", (SENT, OPENED), DECIDED, Permission.RATINGS_DECIDE, "Quyết định"),
)


TO_THE_CELL = ("recall", "return_sheet")  # what a sheet of cadres of a higher level does not do: it is put back instead


def may_take(user, step, sheet):
    """Whether `user` is of the body that takes this step with this sheet; the state is not looked at.

    The cell's own steps ask the right to file there; the others the right to decide at the body that has the sheet.
    A cell that decides itself acts by its right to file, and the committees above it may return its sheet
    (366-QĐ/TW, Điều 13).
    """
    if RATING.step(step).permission == Permission.RATINGS_FILE:
        return user.may(Permission.RATINGS_FILE, sheet)
    if not sheet.decides_itself:
        return user.may(Permission.RATINGS_DECIDE, sheet.holder)
    if step == "return_sheet" and user.may(Permission.RATINGS_DECIDE, sheet):
        return True
    return user.may(Permission.RATINGS_FILE, sheet)


def is_of_decider(user, sheet):
    """Whether `user` is of the body that decides on this sheet, wherever the sheet is now."""
    right = Permission.RATINGS_FILE if sheet.decides_itself else Permission.RATINGS_DECIDE
    return user.may(right, sheet.decider)


def steps_open_to(user, sheet):
    """Names of the steps that the state of the sheet, its station and the rights of `user` leave open."""
    return {
        name
        for name, step in RATING.steps.items()
        if sheet.state in step.sources and _fits_station(name, sheet) and may_take(user, name, sheet)
    }


def _fits_station(name, sheet):
    if sheet.managed_from_id and name in TO_THE_CELL:
        return False
    if name == "recall":
        return sheet.station == 1
    if name in ("forward", "decide"):
        return (sheet.role == DECIDE) == (name == "decide")
    return True


# --- organisations ---------------------------------------------------------------------------------------------------

FROM_ORGANISATION = (OrganisationState.DRAFT, OrganisationState.RETURNED)
WAITING = (OrganisationState.SENT,)
ORGANISATION_RATING = Workflow(
    Step("send_organisation", FROM_ORGANISATION, OrganisationState.SENT, Permission.RATINGS_FILE, "Gửi cấp quyết định"),
    Step("recall_organisation", WAITING, OrganisationState.DRAFT, Permission.RATINGS_FILE, "Thu hồi để sửa"),
    Step("propose_organisation", WAITING, OrganisationState.SENT, Permission.RATINGS_DECIDE, "Đề xuất mức"),
    Step("return_organisation", WAITING, OrganisationState.RETURNED, Permission.RATINGS_DECIDE, "Trả lại"),
    Step("decide_organisations", WAITING, OrganisationState.DECIDED, Permission.RATINGS_DECIDE, "Quyết định"),
    Step(
        "void_organisation_grade", (OrganisationState.DECIDED,), OrganisationState.SENT, Permission.RATINGS_DECIDE,
        "Hủy kết quả ghi sai",
    ),
)  # fmt: skip


def may_take_organisation(user, step, review):
    """Whether `user` is of the body that takes this step on the rating of an organisation; the state is not looked at.

    A cell fills in by the right to file, any other body by the right to decide at itself.
    """
    if ORGANISATION_RATING.step(step).permission == Permission.RATINGS_FILE:
        own = Permission.RATINGS_FILE if review.organisation.is_cell else Permission.RATINGS_DECIDE
        return user.may(own, review)
    if step == "propose_organisation":
        return review.proposer is not None and user.may(Permission.RATINGS_DECIDE, review.proposer)
    return user.may(Permission.RATINGS_DECIDE, review.decider)


def organisation_steps_open_to(user, review):
    """Names of the steps that the state of the review and the rights of `user` leave open."""
    return {
        name
        for name, step in ORGANISATION_RATING.steps.items()
        if review.state in step.sources and may_take_organisation(user, name, review)
    }


# --- screening -------------------------------------------------------------------------------------------------------

_S, _FILE, _DECIDE = ScreeningState, Permission.SCREENING_FILE, Permission.SCREENING_DECIDE
UNSAID = ""  # of somebody on whom the cell has said nothing yet
SCREENING = Workflow(
    Step("put_up", (UNSAID,), _S.CANDIDATE, _FILE, "Đưa vào diện xem xét"),
    Step("dismiss", (UNSAID, _S.CANDIDATE), _S.DISMISSED, _FILE, "Không đưa vào danh sách"),
    Step("consult_superior", (_S.CANDIDATE,), _S.SUPERIOR_CONSULTED, _FILE, "Ghi ý kiến cấp ủy cấp trên"),
    Step(
        "vote_list", (_S.SUPERIOR_CONSULTED,), _S.ASSISTING, _FILE, "Ghi biểu quyết đưa vào danh sách",
        other_targets=(_S.NOT_LISTED,),
    ),
    Step("assist", (_S.ASSISTING,), _S.ASSISTING, _FILE, "Phân công giúp đỡ, nhận cam kết"),
    Step("follow_up", (_S.ASSISTING,), _S.ASSISTING, _FILE, "Ghi theo dõi hằng tháng"),
    Step(
        "review_progress", (_S.ASSISTING,), _S.PROGRESS_REVIEW, _FILE, "Chi bộ xét tiến bộ",
        other_targets=(_S.ASSISTING,),
    ),
    Step("recognise", (_S.PROGRESS_REVIEW,), _S.RECOGNISED, _DECIDE, "Công nhận tiến bộ"),
    Step("decline_recognition", (_S.PROGRESS_REVIEW,), _S.ASSISTING, _DECIDE, "Chưa công nhận tiến bộ"),
    Step(
        "propose_removal", (_S.CANDIDATE, _S.SUPERIOR_CONSULTED, _S.ASSISTING, _S.PROGRESS_REVIEW),
        _S.REMOVAL_PROPOSED, _FILE, "Chuyển sang đề nghị xóa tên",
    ),
)  # fmt: skip


def screening_steps_open_to(user, subject):
    """The steps of one person that his state and the rights of `user` leave open, for pages of his own."""
    return [step for step in SCREENING.open_to(user, subject) if step.name != "put_up"]


# --- leaving the Party (screening.md, sections 6 and 7) --------------------------------------------------------------

CELL, BODY = Permission.SCREENING_FILE, Permission.SCREENING_DECIDE
ASKED = (RemovalState.OPENED, RemovalState.SELF_REVIEW)
TO_THE_CELL_VOTE = (RemovalState.SELF_REVIEW, RemovalState.READY, RemovalState.CELL_NOT_CARRIED)
BEFORE_BASE = (*CELL_VOTED, RemovalState.APPRAISED)
BEFORE_DECIDER = (*BEFORE_BASE, *BASE_VOTED)

# Which bodies there are is data of the chain (`removal_stations`); a step by BODY is asked of the one whose turn it is.
REMOVAL = Workflow(
    Step("ask_self_review", ASKED, RemovalState.SELF_REVIEW, CELL, "Ghi lần yêu cầu tự kiểm điểm"),
    Step("receive_self_review", ASKED, RemovalState.READY, CELL, "Nhận bản tự kiểm điểm"),
    Step("record_refusal", (RemovalState.SELF_REVIEW,), RemovalState.READY, CELL, "Ghi công khai từ chối tự kiểm điểm"),
    Step(
        "vote_removal_in_cell", TO_THE_CELL_VOTE, RemovalState.CELL_CARRIED, CELL, "Ghi biểu quyết của chi bộ",
        (RemovalState.CELL_NOT_CARRIED,),
    ),
    Step("appraise_leaving", CELL_VOTED, RemovalState.APPRAISED, BODY, "Ghi ý kiến của đảng ủy bộ phận"),
    Step(
        "vote_removal_in_base", BEFORE_BASE, RemovalState.BASE_CARRIED, BODY, "Ghi biểu quyết của đảng ủy cơ sở",
        (RemovalState.BASE_NOT_CARRIED,),
    ),
    Step("submit_removal", BEFORE_DECIDER, RemovalState.UNDER_DECISION, BODY, "Tiếp nhận hồ sơ để quyết định"),
    Step("return_removal", ABOVE_STATES, RemovalState.READY, BODY, "Trả lại chi bộ"),
    Step(
        "decide_removal", (RemovalState.UNDER_DECISION,), RemovalState.REMOVED, BODY, "Ghi quyết định",
        (RemovalState.KEPT,),
    ),
    Step("withdraw_removal", OPEN_STATES, RemovalState.WITHDRAWN, CELL, "Rút, thôi xét"),
    Step("receive_removal_complaint", (RemovalState.REMOVED,), RemovalState.REMOVED, BODY, "Ghi khiếu nại"),
    Step(
        "answer_removal_complaint", (RemovalState.REMOVED,), RemovalState.REMOVED, BODY, "Ghi trả lời khiếu nại",
        (RemovalState.ANNULLED,),
    ),
)  # fmt: skip
