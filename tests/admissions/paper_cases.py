"""A candidate with everything on file, from the source to the recognition, as rows; and one with nothing."""

from datetime import date

from admissions.enums import Purpose, State
from admissions.models import (
    AdmissionDecision,
    AdmissionPaper,
    AdmissionVote,
    CandidateMove,
    Ceremony,
    ClassCertificate,
    CVEntry,
    Helper,
    Introducer,
    Profile,
    Relative,
    StepTaken,
    VerificationItem,
)
from cells.models import Ballot
from tests.admissions.candidate_cases import in_state
from tests.factories import MemberFactory

PROFILE = {
    "birth_place": "xã Tân Lộc, tỉnh Cà Mau", "home_place": "xã Tân Lộc, tỉnh Cà Mau",
    "residence": "12 đường Số 3, Phường Đông",
    "ethnic": "kinh", "religion_standing": "none", "occupation_text": "Giáo viên", "unit": "Trường THCS Sao Mai",
    "schooling_text": "12/12", "union_member": True, "union_joined_on": date(2011, 3, 26), "union_place": "Đoàn trường",
    "awareness": "Đảng là đội tiên phong của giai cấp công nhân.\nTôi nguyện phấn đấu.",
    "self_assessment": "Luôn hoàn thành nhiệm vụ.", "verifier_name": "Lê Văn Tra",
}  # fmt: skip
WORDS = {"background": "Lý lịch rõ ràng.", "awareness": "Giác ngộ tốt.", "ability": "Có năng lực."}


def vote_of(candidate, organisation, held_on, purpose=Purpose.ADMISSION, **values):
    """A vote of 14 of 20 that needs 14, unless told otherwise."""
    values = {"body": "cell", "role": "propose", "voting_as": "cell", "yes": 14, "no": 3, "number": "05", **values}
    counts = {"entitled": 20, "present": 17, "issued": 17, "collected": 17, "valid": 17, "invalid": 0}
    ballot = Ballot.objects.create(organisation=organisation, held_on=held_on, **counts)
    values = {"members": 22, "official": 20, "entitled": 20, "present": 17, "blank": 0, "needed": 14, **values}
    values.setdefault("carried", values["yes"] >= values["needed"])
    return AdmissionVote.objects.create(
        candidate=candidate, organisation=organisation, purpose=purpose, held_on=held_on, ballot=ballot,
        chair="Nguyễn Chủ Trì", secretary="Lê Thư Ký", words=WORDS, **values,
    )  # fmt: skip


def board(**values):
    return {"body": "commune_standing_board", "role": "decide", "voting_as": "standing_board", "members": 9,
            "official": 9, "entitled": 9, "present": 9, "yes": 9, "no": 0, "needed": 5, **values}  # fmt: skip


def committee(**values):
    return {"body": "base_committee", "voting_as": "committee", "members": 15, "official": 15, "entitled": 15,
            "present": 14, "yes": 14, "no": 0, "needed": 10, "number": "11", **values}  # fmt: skip


def decided(candidate, organisation, signed_on, purpose=Purpose.ADMISSION, **values):
    values = {"approves": True, "number": "120-QĐ/ĐU", "body": "commune_standing_board", **values}
    return AdmissionDecision.objects.create(
        candidate=candidate, organisation=organisation, purpose=purpose, signed_on=signed_on, **values
    )


def stepped(candidate, step, on, organisation=None, **values):
    return StepTaken.objects.create(
        candidate=candidate, step=step, to_state=candidate.state, on=on,
        organisation=organisation or candidate.organisation, **values,
    )  # fmt: skip


def paper(candidate, kind, on, **values):
    return AdmissionPaper.objects.create(candidate=candidate, kind=kind, dated_on=on, **values)


def empty(cell, *, by, state=State.SYMPATHISER, **columns):
    """Somebody of whom only the name is known."""
    return in_state(cell, state, by=by, full_name="Lê Thị Trống", born_on=None, sex="unknown", **columns)


def full_source(tree, *, by, state=State.COMPLETE, member=None):
    """The dossier whole: profile, CV, family, papers, opinions, introducers, verification, certificate."""
    candidate = in_state(tree.here, state, by=by, member=member, full_name="Phạm Thị Đào", sex="female")
    Profile.objects.filter(candidate=candidate).update(**PROFILE)
    stepped(candidate, "recognise_sympathiser", date(2025, 9, 4))
    ClassCertificate.objects.create(
        candidate=candidate, kind="awareness", number="77", issued_on=date(2025, 10, 10),
        issued_by="Trung tâm chính trị", held_from=date(2025, 10, 1), held_to=date(2025, 10, 5), result="Khá",
    )  # fmt: skip
    _cv(candidate)
    _papers(candidate)
    for at in (1, 2):
        member_ = MemberFactory(home=tree.here, full_name=f"Người Giới Thiệu {at}")
        row = Introducer.objects.create(
            candidate=candidate, member=member_, together_since=date(2024, 1, 1), together_where="Trường THCS Sao Mai",
            assigned_on=date(2025, 9, 4),
        )  # fmt: skip
        said = {"merits": "Gương mẫu.", "faults": "Ít phát biểu.", "text": "Lý lịch rõ."}
        paper(candidate, "introduction", date(2026, 1, 20), introducer=row, **said)
    Helper.objects.create(candidate=candidate, member=member_, purpose="admission", started_on=date(2025, 9, 4))
    candidate.refresh_from_db()
    return candidate


def _cv(candidate):
    work = {"started_on": "2014-09-01", "started_precision": "month", "work": "Giáo viên"}
    CVEntry.objects.create(candidate=candidate, part="career", values=work)
    who = {"kinship": "parent", "full_name": "Phạm Văn Cha", "birth_year": 1965, "occupation": "nông dân"}
    father = Relative.objects.create(candidate=candidate, **who)
    item = {"candidate": candidate, "topic": "lich_su_chinh_tri", "place": "Đảng ủy xã Tân Lộc"}
    sent = {"method": "confirm", "letter_number": "09", "sent_on": date(2026, 1, 5)}
    VerificationItem.objects.create(relative=father, **sent, **item)
    VerificationItem.objects.create(method="visit", **item)


def _cv(candidate):
    work = {"started_on": "2014-09-01", "started_precision": "month", "work": "Giáo viên"}
    CVEntry.objects.create(candidate=candidate, part="career", values=work)
    who = {"kinship": "parent", "full_name": "Phạm Văn Cha", "birth_year": 1965, "occupation": "nông dân"}
    father = Relative.objects.create(candidate=candidate, **who)
    item = {"candidate": candidate, "topic": "lich_su_chinh_tri", "place": "Đảng ủy xã Tân Lộc"}
    sent = {"method": "confirm", "letter_number": "09", "sent_on": date(2026, 1, 5)}
    VerificationItem.objects.create(relative=father, **sent, **item)
    VerificationItem.objects.create(method="visit", **item)


def _papers(candidate):
    said = {"merits": "Nhiệt tình.", "faults": "Chưa mạnh dạn.", "text": "không có"}
    counts = {"asked": 20, "agreed": 19, "disagreed": 1}
    given = {"number": "03-NQ/ĐTN", "given_by": "BCH Đoàn Trường THCS Sao Mai"}
    paper(candidate, "union_resolution", date(2026, 1, 15), **said, **counts, **given)
    paper(candidate, "mass_opinion", date(2026, 1, 16), given_by="Công đoàn trường", **said, **counts)
    paper(candidate, "residence_opinion", date(2026, 1, 17), given_by="Chi ủy Khóm 9", **said, **counts)
    paper(candidate, "cell_remark", date(2026, 1, 25), text="Lý lịch khai đúng.")
    paper(candidate, "base_certificate", date(2026, 1, 28), text="Đủ điều kiện về chính trị.")


def full_procedure(tree, *, by, state=State.APPROVED):
    """A dossier, the votes of cell and base, the decision, the ceremony arranged; somebody refused first as well."""
    candidate = full_source(tree, by=by, state=state)
    vote_of(candidate, tree.here, date(2026, 2, 9))
    stepped(candidate, "appraise", date(2026, 2, 20), tree.east, document="02", note="Nhất trí.")
    vote_of(candidate, tree.east, date(2026, 2, 27), **committee())
    stepped(candidate, "submit", date(2026, 3, 5), tree.root, document="31")
    vote = vote_of(candidate, tree.root, date(2026, 3, 16), **board())
    decided(candidate, tree.root, date(2026, 3, 16), approves=False, number="14-TB/ĐU", reason="cần bồi dưỡng thêm")
    decision = decided(candidate, tree.root, date(2026, 3, 18), vote=vote, received_on=date(2026, 3, 25))
    Ceremony.objects.create(
        candidate=candidate, decision=decision, organisation=tree.here, held_on=date(2026, 4, 3), place="Hội trường"
    )
    CandidateMove.objects.create(
        candidate=candidate, from_organisation=tree.here, to_organisation=tree.there, ordered_on=date(2026, 3, 2),
        stage="at_decider", outcome="certified", letter="08", forwarded_on=date(2026, 3, 9),
    )  # fmt: skip
    return candidate


def full_probation(tree, *, by, state=State.REC_UNDER_DECISION):
    """A probationary member with everything for recognition, and the votes of a removal besides."""
    member = MemberFactory(home=tree.here, full_name="Phạm Thị Đào", admitted_on=date(2025, 8, 10), official_on=None)
    candidate = full_source(tree, by=by, state=state, member=member)
    ClassCertificate.objects.create(
        candidate=candidate, kind="new_member", number="12", issued_on=date(2026, 5, 10),
        issued_by="Trung tâm chính trị", held_from=date(2026, 5, 1), held_to=date(2026, 5, 5), result="Giỏi",
    )  # fmt: skip
    said = {"merits": "Tích cực.", "faults": "Còn nóng.", "text": "công nhận chính thức"}
    helper = Helper.objects.create(
        candidate=candidate, member=MemberFactory(home=tree.here, full_name="Trần Giúp Đỡ"), purpose="recognition",
        started_on=date(2025, 8, 10),
    )  # fmt: skip
    paper(candidate, "self_review", date(2026, 8, 11), **said)
    paper(candidate, "helper_remark", date(2026, 8, 12), helper=helper, **said)
    paper(candidate, "recognition_summary", date(2026, 8, 13), given_by="Đoàn thể", asked=20, agreed=20, **said)
    for purpose, day_ in ((Purpose.RECOGNITION, 14), (Purpose.REMOVAL, 15)):
        vote_of(candidate, tree.here, date(2026, 8, day_), purpose)
        vote_of(candidate, tree.east, date(2026, 8, day_ + 5), purpose, **committee())
        decided(candidate, tree.root, date(2026, 9, day_), purpose, reason="không đủ tư cách")
    stepped(candidate, "appraise_recognition", date(2026, 8, 17), tree.east, document="04", note="Nhất trí.")
    return candidate
