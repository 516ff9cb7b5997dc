"""Values of votes, decisions, ceremony, probation and moves for the forms."""

from admissions.enums import RESOLUTION_REMARKS, PaperKind, Purpose
from admissions.printed.values import born, percent, spoken
from config.lib.paper_lines import Said, day, left_out, number, of


def _vote(purpose, level):
    def group(rows):
        vote = rows.vote(purpose, level)
        return None if vote is None else _vote_values(vote)

    return group


def _vote_values(vote):
    counts = ("members", "official", "entitled", "present", "yes", "no", "blank", "needed")
    return {
        **of(vote, "number", "chair", "secretary"),
        **{name: Said(name, number(getattr(vote, name))) for name in counts},
        "held_on": Said("ngày họp", day(vote.held_on)),
        "probationary": Said("dự bị", number(vote.members - vote.official)),
        "absent": Said("vắng mặt", number(vote.entitled - vote.present)),
        "percent": Said("tỷ lệ tán thành", percent(vote.yes, vote.entitled)),
        "excluded": Said("không tính vào tổng số", "; ".join(map(left_out, vote.excluded)) or "không"),
        "words": Said("nhận xét, kết luận trong nghị quyết", _remarks(vote.words)),
    }


def _remarks(words):
    """(heading, text) of what a resolution says."""
    if not isinstance(words, dict):
        return (("", str(words)),) if words else ()
    known = [(RESOLUTION_REMARKS[key], words[key]) for key in RESOLUTION_REMARKS if words.get(key)]
    return (*known, *(("", str(text)) for key, text in words.items() if key not in RESOLUTION_REMARKS and text))


def _appraisal(step):
    def group(rows):
        row = rows.step(step)
        if row is None:
            return None
        return {
            "on": Said("ngày họp", day(row.on)),
            "number": Said("số báo cáo", row.document),
            "body": Said("đảng ủy bộ phận", row.organisation.name),
            "note": Said("ý kiến thẩm định", row.note),
        }

    return group


def _decision(purpose, *, approves=True):
    def group(rows):
        row = rows.decision(purpose, approves=approves)
        if row is None:
            return None
        return {
            **of(row, "number", "reason"),
            "signed_on": Said("ngày quyết định", day(row.signed_on)),
            "body": Said("cấp quyết định", row.organisation.name),
        }

    return group


cell, base, decider = (_vote(Purpose.ADMISSION, level) for level in ("cell", "base", "decider"))
rec_cell, rec_base = (_vote(Purpose.RECOGNITION, level) for level in ("cell", "base"))
rem_cell, rem_base = (_vote(Purpose.REMOVAL, level) for level in ("cell", "base"))
appraisal, rec_appraisal = _appraisal("appraise"), _appraisal("appraise_recognition")
submission = _appraisal("submit")
decision, refusal = _decision(Purpose.ADMISSION), _decision(Purpose.ADMISSION, approves=False)
rec_decision, rem_decision = _decision(Purpose.RECOGNITION), _decision(Purpose.REMOVAL)


def ceremony(rows):
    row = rows.ceremony
    return None if row is None else {**of(row, "place"), "held_on": Said("ngày tổ chức lễ", day(row.held_on))}


def probation(rows):
    if not rows.admitted_on:
        return None
    return {
        "admitted_on": Said("ngày kết nạp", day(rows.admitted_on)),
        "ends_on": Said("ngày hết dự bị", day(rows.ends_on)),
        "official_on": Said("ngày chính thức", day(rows.ends_on)),
    }


# --- one paper for each of several ------------------------------------------------------------------------------------


def introducer(rows):
    """Each who introduces, with the paper that he wrote where there is one."""
    for row in rows.introducers:
        paper = rows.paper(PaperKind.INTRODUCTION, introducer_id=row.pk)
        yield {**_member(row.member), **_wrote(paper), **_together(row)}


def _together(row):
    return {
        "assigned_on": Said("ngày được phân công", day(row.assigned_on)),
        "where": Said("cùng đơn vị", row.together_where),
        "since": Said("cùng công tác, cư trú từ ngày", day(row.together_since)),
    }


def _member(member):
    return {
        "full_name": Said("họ và tên", member.full_name),
        "born": Said("ngày sinh của người giới thiệu", born(member)),
        "admitted_on": Said("ngày vào Đảng của người giới thiệu", day(member.admitted_on)),
        "official_on": Said("ngày chính thức của người giới thiệu", day(member.official_on)),
        "home_place": Said("quê quán", member.home_place),
        "party_post": Said("chức vụ trong Đảng", ""),
        "state_post": Said("chức vụ chính quyền, đoàn thể", ""),
        "cell": Said("chi bộ", member.home.name),
    }


def _wrote(paper):
    """The text of a paper: what it must say is called by its name, written or not."""
    said = spoken(paper) or {}
    names = {"merits": "ưu điểm", "faults": "khuyết điểm", "text": "ý kiến, điểm cần lưu ý"}
    return {name: Said(words, said[name].value if said else "") for name, words in names.items()}


def helper(rows):
    """Each who helps through probation, former ones too; before the ceremony who helped towards it."""
    purpose = Purpose.RECOGNITION if rows.candidate.member_id else Purpose.ADMISSION
    for row in [row for row in rows.helpers if row.purpose == purpose] or rows.helpers:
        paper = rows.paper(PaperKind.HELPER_REMARK, helper_id=row.pk)
        yield {
            "name": Said("người được phân công giúp đỡ", row.member.full_name),
            "cell": Said("chi bộ", row.member.home.name),
            "since": Said("ngày được phân công giúp đỡ", day(row.started_on)),
            **_wrote(paper),
        }


def move(rows):
    for row in reversed(rows.moves):
        yield {
            "to": Said("nơi chuyển đến", row.to_organisation.name if row.to_organisation else row.outside_name),
            "from": Said("nơi chuyển đi", row.from_organisation.name),
            "ordered_on": Said("ngày quyết định chuyển", day(row.ordered_on)),
            "stage": Said("giai đoạn", row.get_stage_display()),
            "outcome": Said("cách xử lý", row.get_outcome_display()),
            "number": Said("số giấy chứng nhận, công văn", row.letter),
            "dated": Said("ngày chuyển hồ sơ", day(row.forwarded_on)),
        }


def letters(method):
    """One letter for each place that is asked about the same way."""

    def each(rows):
        places = {}
        for item in rows.sent(method):
            places.setdefault(item.place, []).append(item)
        for where, items in places.items():
            yield _letter(rows, where, items)

    return each


def _letter(rows, where, items):
    clocks = rows.rules("admission_clocks")
    home, abroad = clocks.verification_reply_home_working_days, clocks.verification_reply_abroad_working_days
    days = abroad if any(item.is_abroad for item in items) else home
    first = items[0]
    return {
        "place": Said("nơi thẩm tra", where),
        "number": Said("số công văn", first.letter_number),
        "dated": Said("ngày gửi", day(first.sent_on)),
        "days": Said("thời hạn trả lời", number(days)),
        "items": Said("nội dung thẩm tra", tuple(_asked(item) for item in items)),
    }


def _asked(item):
    who = item.relative or item.candidate
    relation = f" ({item.relative.relation or item.relative.get_kinship_display()})" if item.relative else ""
    return "", f"{who.full_name}{relation}: {item.get_topic_display().lower()}"
