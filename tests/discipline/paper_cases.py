"""A case with everything on file that its papers print: inspected by the commission, proposed, decided, appealed."""

from datetime import date

from discipline.models import (
    Appeal,
    CaseDecision,
    CaseSuspension,
    CaseViolation,
    CaseVote,
    Circumstance,
    Evidence,
    Notice,
    SelfReview,
    StepTaken,
    SuspensionExtension,
    TeamMember,
)
from members.models import Overlay, Post
from tests.discipline.cases import accused_in, case_on, opened

COUNTED = {
    "members": 12, "official": 10, "base": 10, "present": 9, "absent_excused": 2, "absent_unexcused": 1, "issued": 9,
    "collected": 9, "invalid": 0, "none": 0, "how": "direct", "chair": "Trần Thị Chủ Trì", "secretary": "Võ Văn Ghi",
    "tellers": "Phan Văn Đếm, Hồ Thị Kiểm", "conclusion": "Chi bộ thống nhất.", "opinion": "Tôi nhận khuyết điểm.",
}  # fmt: skip
PLAN = {
    "kind": "signs", "examined_from": "2025-10-01", "examined_to": "2026-02-28", "starts_on": "2026-03-14",
    "ends_on": "2026-04-27", "schedule": "Làm việc tại chi bộ ngày 20/3.",
}  # fmt: skip
STEPS = (
    ("plan_inspection", "planned", date(2026, 3, 10), "04-QĐ/UBKTĐU", "Phát ngôn trên mạng xã hội.", PLAN),
    ("announce_inspection", "self_review", date(2026, 3, 14), "", "", {}),
    ("record_self_review", "verifying", date(2026, 3, 24), "", "", {}),
    ("submit_report", "cell_meeting", date(2026, 4, 10), "03-BC/UBKTĐU", "Tổ kiểm tra đề nghị xem xét kỷ luật.", {}),
    ("vote_in_cell", "proposed", date(2026, 4, 18), "07-BC/CB", "", {}),
    ("receive_proposal", "upper_verify", date(2026, 4, 22), "", "", {}),
    ("report_verification", "upper_vote", date(2026, 5, 4), "09-BC/UBKTĐU", "Hồ sơ đầy đủ, đúng quy trình.", {}),
    ("vote_above", "decided_upper", date(2026, 5, 11), "12-QĐ/ĐU", "", {}),
    ("announce", "announced", date(2026, 5, 15), "", "", {}),
)


def empty_case(tree, cast, **known):
    """A case of which nothing but the sign is known, opened by the inspector."""
    member = accused_in(tree.here, **known)
    return opened(case_on(member, cast.inspector), cast.inspector)


def full_case(tree, cast):
    """The whole way of a case, each row as its action would write it."""
    case = empty_case(tree, cast, home_place="xã Tân Lộc", card_number="096000123456")
    of = {"case": case, "recorded_by": cast.inspector}
    Post.objects.create(member=case.member, organisation=tree.here, title="deputy", started_on=date(2025, 8, 1))
    for step, state, on, document, note, data in STEPS:
        StepTaken.objects.create(
            **of, step=step, from_state=case.state, to_state=state, on=on, organisation=tree.root,
            document=document, note=note, data=data,
        )  # fmt: skip
        case.state = state
    case.save(update_fields=["state"])
    _gathered(of)
    decision = _decided(of, tree)
    Notice.objects.create(
        **of, decision=decision, to="Trường Trung học cơ sở Sao Mai", sent_on=date(2026, 5, 18), number="21-CV/ĐU"
    )
    Appeal.objects.create(
        **of, decision=decision, lodged_on=date(2026, 6, 1), to="Tỉnh ủy", summary="Xin xem lại hình thức.",
        outcome="changed", new_form="KT", number="40-QĐ/TU", decided_on=date(2026, 7, 20), decided_by="Tỉnh ủy Cà Mau",
        announced_on=date(2026, 7, 24), note="Vi phạm ít nghiêm trọng.",
    )  # fmt: skip
    _suspended(of, tree)
    return case


def _gathered(of):
    TeamMember.objects.create(**of, full_name="Lý Văn Tổ Trưởng", is_head=True, has_no_conflict=True)
    TeamMember.objects.create(**of, full_name="Mai Thị Thành Viên", has_no_conflict=True)
    SelfReview.objects.create(
        **of, asked_on=date(2026, 3, 14), received_on=date(2026, 3, 24), form_named="KT", note="Nhận trách nhiệm."
    )
    CaseViolation.objects.create(
        **of, content="V04", article="Điều 28, khoản 1", rule="69-QĐ/TW", description="Phát ngôn trái quy định.",
        began_on=date(2025, 11, 2), ended_on=date(2025, 11, 9), consequence="serious", is_concluded=True,
    )  # fmt: skip
    Circumstance.objects.create(**of, code="own_report", is_aggravating=False, note="báo cáo ngày 15/3/2026")
    Evidence.objects.create(**of, kind="document", title="Bản ghi phát ngôn", number="01", text="ba trang")
    Evidence.objects.create(
        **of, kind="pointer", title="Công văn của công an", number="77", grade="Mật", kept_at="Tủ mật của Văn phòng"
    )


def _decided(of, tree):
    votes = {"votes": {"KTR": 0, "CCH": 6, "CC": 3, "KT": 0}, **COUNTED}
    CaseVote.objects.create(
        **of, **votes, organisation=tree.here, body="cell", held_on=date(2026, 4, 18), form="CCH", act="propose",
        excluded=[{"name": "Đỗ Thị Miễn", "reason": "được miễn sinh hoạt"}], outcome={"reason": "6 phiếu, cần 6."},
    )  # fmt: skip
    upper = {**COUNTED, "members": 15, "official": 15, "base": 15, "present": 14, "issued": 14, "collected": 14,
             "absent_excused": 1, "absent_unexcused": 0}  # fmt: skip
    vote = CaseVote.objects.create(
        **of, **upper, votes={"KTR": 0, "CCH": 3, "CC": 11, "KT": 0}, organisation=tree.root, body="upper_committee",
        held_on=date(2026, 5, 9), form="CC", act="decide", outcome={"reason": "11 phiếu, cần 8."},
    )  # fmt: skip
    return CaseDecision.objects.create(
        **of, vote=vote, form="CC", subject="official", organisation=tree.root, body="upper_committee",
        number="12-QĐ/ĐU", signed_on=date(2026, 5, 11), signer="Huỳnh Văn Ký", position="Phó Bí thư",
        content="phát ngôn trái quy định trên mạng xã hội", in_force_on=date(2026, 5, 11),
        announced_on=date(2026, 5, 15), received_on=date(2026, 5, 15), announcement="Đồng chí nghe và không có ý kiến.",
        lapses_on=date(2027, 5, 15), post_then="cell_committee",
    )  # fmt: skip


def _suspended(of, tree):
    on, member = date(2026, 3, 20), of["case"].member
    overlay = Overlay.objects.create(member=member, kind="suspended", started_on=on, ended_on=date(2026, 7, 1))
    row = CaseSuspension.objects.create(
        **of, member=member, ground="obstruction", organisation=tree.root, decided_by="Đảng ủy Sao Mai",
        decision="05-QĐ/ĐU, 18/3/2026", started_on=on, planned_last_day=date(2026, 6, 18), overlay=overlay,
    )  # fmt: skip
    SuspensionExtension.objects.create(
        suspension=row,
        decision="10-QĐ/ĐU",
        decided_on=date(2026, 6, 15),
        until=date(2026, 6, 30),
        recorded_by=of["recorded_by"],
    )
