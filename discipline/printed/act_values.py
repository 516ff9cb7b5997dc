"""Values of votes, decisions, their announcement, letters, appeals, suspension and what moves on with a member."""

from config.lib.paper_lines import Said, called, day, left_out, number, of
from discipline.beside_enums import SuspensionGround
from discipline.bodies import body_words
from discipline.enums import Form
from discipline.rules.forms import HEAVY_FIRST, WORDS, forms_for
from discipline.rules.votes import DECIDE

COUNTS = (
    "members",
    "official",
    "base",
    "present",
    "absent_excused",
    "absent_unexcused",
    "issued",
    "collected",
    "invalid",
)
NONE_OF_THEM = "không kỷ luật"
GROUNDS = {
    SuspensionGround.OBSTRUCTION: "có dấu hiệu vi phạm nghiêm trọng và cố tình cản trở việc kiểm tra",
    SuspensionGround.DETAINED: "bị truy tố hoặc bị tạm giam",
    SuspensionGround.INVESTIGATED: "cấp ủy viên bị khởi tố",
}


def _vote(*, of_cell):
    def group(rows):
        vote = rows.vote(of_cell=of_cell)
        return None if vote is None else _vote_values(vote)

    return group


def _vote_values(vote):
    cast = {form: vote.votes[form] for form in HEAVY_FIRST if form in vote.votes}
    valid = sum(cast.values()) + vote.none
    listed = [(WORDS[form].capitalize(), f"{count} phiếu") for form, count in reversed(cast.items())]
    return {
        **of(vote, "conclusion", "opinion", "chair", "secretary", "tellers", "explanation"),
        **{name: Said(called(vote, name), number(getattr(vote, name))) for name in COUNTS},
        "held_on": Said("ngày họp", day(vote.held_on)),
        "body": Said("tổ chức họp", body_words(vote.body, vote.organisation)),
        "probationary": Said("dự bị", number(vote.members - vote.official)),
        "excluded": Said("không tính vào số được biểu quyết", "; ".join(map(left_out, vote.excluded)) or "không"),
        "valid": Said("phiếu hợp lệ", number(valid)),
        "votes": Said("số phiếu từng hình thức", (*listed, (NONE_OF_THEM.capitalize(), f"{vote.none} phiếu"))),
        "result": Said("kết quả biểu quyết", _result(vote)),
        "number": Said("số biên bản", ""),
    }


def _result(vote):
    """What the ballot came to, in words; the reason of a conclusion that the rules leave to the body stands beside."""
    reason = vote.chosen_reason or (vote.outcome or {}).get("reason", "")
    if not vote.form:
        said = "Không thi hành kỷ luật" if vote.how == "no_discipline" else "Không hình thức nào đủ số phiếu"
    else:
        verb = "quyết định" if vote.act == DECIDE else "đề nghị cấp có thẩm quyền"
        said = f"Hội nghị {verb} thi hành kỷ luật bằng hình thức {WORDS[vote.form]}"
    return f"{said}. {reason}".strip()


cell_vote, upper_vote = _vote(of_cell=True), _vote(of_cell=False)


def options(rows):
    """What stands on the ballot: the forms that exist for the subject, light to heavy, and against discipline."""
    last = rows.votes[-1] if rows.votes else None
    if last is not None:
        forms = [form for form in reversed(HEAVY_FIRST) if form in last.votes]
    else:
        rules = rows.book.on(rows.case.organisation, rows.on).violation
        forms = forms_for(rules, rows.subject, has_post=bool(rows.posts))
    words = tuple(WORDS[form].capitalize() for form in forms)
    return {"forms": Said("hình thức kỷ luật của ngày đó", (*words, NONE_OF_THEM.capitalize()) if words else ())}


# --- decision and what follows ----------------------------------------------------------------------------------------


def decision(rows):
    row = rows.decision
    if row is None:
        return None
    vote = row.vote
    in_force = day(row.in_force_on)
    return {
        **of(row, "number", "signer", "position", "content"),
        "signed_on": Said("ngày quyết định", day(row.signed_on)),
        "form": Said("hình thức", WORDS[row.form]),
        "body": Said("cấp quyết định", body_words(row.body, row.organisation)),
        "superior": Said("cấp trên của cấp quyết định", _superior(row.organisation)),
        "voted_on": Said("ngày biểu quyết", day(vote.held_on) if vote else ""),
        "voted_by": Said("tổ chức biểu quyết", body_words(vote.body, vote.organisation) if vote else ""),
        "in_force_on": Said("ngày có hiệu lực", in_force),
        "appeal_to": Said("nơi nhận khiếu nại", lambda: _appeal_to(row)),
    }


def _appeal_to(row):
    """The next body up; against a decision of a commission first the committee of the same level (22-QĐ/TW, 22)."""
    if row.body.endswith("_inspection"):
        return row.organisation.name
    return _superior(row.organisation)


def _superior(organisation):
    return organisation.parent.name if organisation.parent_id else "tổ chức đảng cấp trên trực tiếp"


def announcement(rows):
    row = rows.decision
    if row is None or row.announced_on is None:
        return None
    received = f"đã nhận quyết định ngày {day(row.received_on)}" if row.received_on else ""
    if row.refused_to_receive:
        received = "không nghe, không nhận quyết định; hiệu lực của quyết định không vì thế mà thay đổi"
    return {
        "announced_on": Said("ngày công bố", day(row.announced_on)),
        "words": Said("nội dung buổi công bố", row.announcement),
        "received": Said("việc nhận quyết định", received),
    }


def notices(rows):
    """The values of every letter of notice."""
    return [_notice(row) for row in rows.notices]


def notice(rows):
    """The first of the letters, for a page that says what all of them lack."""
    return _notice(rows.notices[0]) if rows.notices else None


def _notice(row):
    return {**of(row, "to", "number"), "sent_on": Said("ngày gửi", day(row.sent_on))}


def appeal(rows):
    row = rows.appeal
    if row is None:
        return None
    old = row.decision
    outcome = row.get_outcome_display() if row.outcome else ""
    new = WORDS[Form(row.new_form)] if row.new_form else ""
    return {
        **of(row, "summary", "to", "number", "decided_by", "note"),
        "lodged_on": Said("ngày khiếu nại", day(row.lodged_on)),
        "decided_on": Said("ngày quyết định giải quyết khiếu nại", day(row.decided_on)),
        "outcome": Said("kết quả giải quyết", outcome.lower()),
        "new_form": Said("hình thức mới", new),
        "old_form": Said("hình thức đã quyết định", WORDS[old.form]),
        "old_number": Said("số quyết định kỷ luật", old.number),
        "old_day": Said("ngày quyết định kỷ luật", day(old.signed_on)),
        "old_body": Said("cấp quyết định kỷ luật", body_words(old.body, old.organisation)),
    }


# --- suspension, moving on --------------------------------------------------------------------------------------------


def suspension(rows):
    """The last suspension of the case, as its decision set it."""
    if not rows.suspensions:
        return None
    row = rows.suspensions[-1]
    what = "đình chỉ sinh hoạt cấp ủy" if row.ground == SuspensionGround.INVESTIGATED else "đình chỉ sinh hoạt đảng"
    until = f"đến hết ngày {day(row.planned_last_day)}" if row.planned_last_day else "theo thời hạn tố tụng"
    return {
        **of(row, "decision", "decided_by"),
        "kind": Said("loại đình chỉ", what),
        "started_on": Said("đình chỉ từ ngày", day(row.started_on)),
        "until": Said("thời hạn đình chỉ", until),
        "ground": Said("căn cứ đình chỉ", GROUNDS[row.ground]),
    }


def extension(rows):
    """The last extension of the last suspension."""
    found = rows.suspensions[-1].standing_extensions if rows.suspensions else []
    if not found:
        return None
    return {**of(found[-1], "decision"), "until": Said("gia hạn đến hết ngày", day(found[-1].until))}


def handover(rows):
    """Open matters that go on with the member: the case, its decision, an appeal, a suspension; where to."""
    return {
        "matters": Said("việc còn mở", lambda: tuple(_matters(rows))),
        "to": Said("nơi chuyển đến", lambda: _moved_to(rows)),
        "numbers": Said("văn bản kèm theo", lambda: tuple(_documents(rows))),
    }


def _matters(rows):
    case = rows.case
    yield "Trạng thái hồ sơ", f"{case.get_state_display()}; tiếp nhận ngày {day(case.signal_on)}"
    if row := rows.current:
        until = f"; chấm dứt hiệu lực ngày {day(row.lapses_on)}" if row.lapses_on else ""
        yield "Kỷ luật", f"{WORDS[row.form]}, quyết định số {row.number or '…'} ngày {day(row.signed_on)}{until}"
    if (row := rows.appeal) and row.announced_on is None:
        yield "Khiếu nại", f"gửi ngày {day(row.lodged_on)} đến {row.to}, chưa có kết quả công bố"
    for each in rows.suspensions:
        if not each.is_over(rows.on):
            until = f" đến hết ngày {day(each.last_day)}" if each.last_day else ""
            yield "Đình chỉ", f"từ ngày {day(each.started_on)}{until}, {each.decision}"


def _moved_to(rows):
    row = rows.moves[0] if rows.moves else None
    return "" if row is None else (row.to_organisation.name if row.to_organisation else row.outside_name)


def _documents(rows):
    for step in rows.steps:
        if step.document:
            yield step.document, f"ngày {day(step.on)}, {step.organisation.name}"
    named = {step.document for step in rows.steps}
    for row in rows.decisions:
        if row.number and row.number not in named:
            yield f"Quyết định {row.number}", f"ngày {day(row.signed_on)}, {row.organisation.name}"
