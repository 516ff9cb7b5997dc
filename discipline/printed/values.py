"""Values of the papers by group: what each is called and what stands on file; a group without its row is None."""

from datetime import date

from cells.rulewords import words
from config.lib.paper_lines import Said, day, number
from config.lib.periods import Precision
from discipline.enums import EvidenceKind, Handler, Subject
from discipline.rulebook import PROCEDURE, VIOLATION
from members.forms.dates import PartialDate
from members.posts import title_words

SIGNS = "signs"
KINDS = {
    SIGNS: "kiểm tra khi có dấu hiệu vi phạm đối với",
    "planned": "kiểm tra theo chương trình, kế hoạch đối với",
    "thematic": "giám sát chuyên đề đối với",
}


# --- whom it is about, and where --------------------------------------------------------------------------------------


def subject(rows):
    """The member with what a decision says of him, or the organisation by its name."""
    if rows.member is None:
        name = rows.case.accused.name
        return {"called": Said("tổ chức đảng", name), "name": Said("tổ chức đảng", name)}
    member = rows.member
    return {
        "called": Said("họ và tên", f"đồng chí {member.full_name}"),
        "name": Said("họ và tên", member.full_name),
        "capitals": Said("họ và tên", member.full_name.upper()),
        "born": Said("ngày sinh", _partial(member, "born")),
        "home_place": Said("quê quán", member.home_place),
        "residence": Said("nơi thường trú", member.residence),
        "admitted": Said("ngày vào Đảng", _partial(member, "admitted")),
        "official": Said("ngày chính thức", _partial(member, "official")),
        "card": Said("số thẻ đảng viên", member.current_card),
        "party_post": Said("chức vụ trong Đảng", lambda: _posts(rows.posts)),
        "state_post": Said("chức vụ chính quyền, đoàn thể", ""),
    }


def _partial(member, name):
    found = getattr(member, f"{name}_on")
    return str(PartialDate(found, getattr(member, f"{name}_precision") or Precision.DAY)) if found else ""


def _posts(posts):
    words = [f"{title_words(post.title, post.organisation.kind)}, {post.organisation.name}" for post in posts]
    return "; ".join(words)


def place(rows):
    """The cell and the bodies above it; who receives a proposal, and who a report."""
    case = rows.case
    return {
        "cell": Said("chi bộ", case.cell.name),
        "body": Said("tổ chức đảng xem xét", case.organisation.name),
        "inspector": Said("nơi kiểm tra", _inspector(case)),
        "above": Said("tổ chức đảng cấp trên", lambda: rows.above[0].name if rows.above else ""),
        "commission": Said("Ủy ban Kiểm tra", f"Ủy ban Kiểm tra {case.organisation.name}"),
    }


def _inspector(case):
    if case.handler == Handler.CELL:
        return case.cell.name
    if case.handler == Handler.COMMISSION:
        return f"Ủy ban Kiểm tra {case.organisation.name}"
    return case.organisation.name


def case(rows):
    found = rows.case
    return {
        "summary": Said("nội dung dấu hiệu vi phạm", found.summary),
        "signal_on": Said("ngày tiếp nhận dấu hiệu vi phạm", day(found.signal_on)),
        "source": Said("nguồn", found.get_source_display().lower()),
        "document": Said("văn bản, đơn thư", found.document),
        "inspection": Said("loại kiểm tra", lambda: _inspection(rows)),
    }


def rules(rows):
    """The regulations of the day of the decision, else of the printing."""
    last = rows.decision
    on = (last.signed_on or (last.vote.held_on if last.vote else None) or rows.on) if last else rows.on
    found = rows.rule_numbers((PROCEDURE, VIOLATION), on)
    return {
        "procedure": Said("quy định về kiểm tra, kỷ luật của ngày đó", found.get(PROCEDURE, "")),
        "violation": Said("quy định về kỷ luật vi phạm của ngày đó", found.get(VIOLATION, "")),
        "appeal_days": Said("thời hạn khiếu nại", lambda: _appeal_days(rows, on)),
    }


def _appeal_days(rows, on):
    body = rows.decision.organisation if rows.decision else rows.case.organisation
    return number(rows.book.on(body, on).procedure.appeal_window_working_days)


# --- the inspection ---------------------------------------------------------------------------------------------------


def _step(name, number_words, text_words):
    def group(rows):
        row = rows.step(name)
        if row is None:
            return None
        return {
            "number": Said(number_words, row.document),
            "on": Said("ngày", day(row.on)),
            "note": Said(text_words, row.note),
            "body": Said("tổ chức đảng", row.organisation.name),
        }

    return group


announced = _step("announce_inspection", "biên bản", "nội dung công bố quyết định kiểm tra")
report = _step("submit_report", "số báo cáo", "kết quả, đề nghị của tổ kiểm tra")
verification = _step("report_verification", "số báo cáo thẩm tra", "kết quả thẩm tra, đề nghị")


def proposal(rows):
    """How the matter went up: by the vote of the cell, or with a judgment in force."""
    row = next((row for row in reversed(rows.steps) if row.to_state == "proposed"), None)
    return None if row is None else {"number": Said("số báo cáo", row.document), "on": Said("ngày", day(row.on))}


def plan(rows):
    """The decision to inspect with what its step keeps."""
    row = rows.step("plan_inspection")
    if row is None:
        return None
    return {
        "number": Said("số quyết định kiểm tra", row.document),
        "signed_on": Said("ngày quyết định kiểm tra", day(row.on)),
        "content": Said("nội dung kiểm tra", row.note or rows.case.summary),
        "period": Said("mốc thời gian kiểm tra", _span(row.data, "examined_from", "examined_to")),
        "time": Said("thời gian kiểm tra", _span(row.data, "starts_on", "ends_on")),
        "schedule": Said("lịch làm việc", str(row.data.get("schedule", ""))),
    }


def _span(kept, first, last):
    """Two days of a step's data as people write them; nothing unless both are there."""
    days = [date.fromisoformat(kept[name]) for name in (first, last) if kept.get(name)]
    return f"từ ngày {day(days[0])} đến ngày {day(days[1])}" if len(days) == 2 else ""


def _inspection(rows):
    """What kind of inspection it is, as its decision is called."""
    row = rows.step("plan_inspection")
    kind = row.data.get("kind", SIGNS) if row else SIGNS
    return KINDS.get(kind, KINDS[SIGNS])


def team(rows):
    if not rows.team:
        return None
    head = next((each.full_name for each in rows.team if each.is_head), "")
    listed = tuple((each.full_name, "tổ trưởng" if each.is_head else "thành viên") for each in rows.team)
    return {"names": Said("tổ kiểm tra", listed), "head": Said("tổ trưởng tổ kiểm tra", head)}


def review(rows):
    row = rows.review
    if row is None:
        return None
    form = row.get_form_named_display().lower() if row.form_named else ""
    said = f"Đã nộp bản tự kiểm điểm ngày {day(row.received_on)}." if row.received_on else ""
    if row.is_refused:
        said = "Không viết bản tự kiểm điểm; việc kiểm tra vẫn tiến hành."
    return {
        "asked_on": Said("ngày yêu cầu tự kiểm điểm", day(row.asked_on)),
        "received_on": Said("ngày nhận bản tự kiểm điểm", day(row.received_on)),
        "form_named": Said("hình thức tự nhận", form),
        "words": Said("bản tự kiểm điểm", " ".join(part for part in (said, row.note) if part)),
    }


def facts(rows):
    """What the inspection gathered, as lists; nothing of a paper with a mark of secrecy but that there is one."""
    return {
        "violations": Said("các vi phạm, khuyết điểm", lambda: tuple(map(_violation, rows.violations))),
        "contents": Said("nội dung vi phạm", lambda: "; ".join(dict.fromkeys(map(str, rows.violations)))),
        "articles": Said("điều khoản vi phạm", lambda: _articles(rows)),
        "mitigating": Said("tình tiết giảm nhẹ", lambda: _circumstances(rows, aggravating=False)),
        "aggravating": Said("tình tiết tăng nặng", lambda: _circumstances(rows, aggravating=True)),
        "evidence": Said("tài liệu, chứng cứ", lambda: tuple(_evidence(rows.evidence))),
    }


def _articles(rows):
    return "; ".join(dict.fromkeys(filter(None, map(_article, rows.violations))))


def _article(row):
    return ", ".join(part for part in (row.article, row.rule) if part)


def _violation(row):
    span = " đến ".join(filter(None, (day(row.began_on), day(row.ended_on))))
    concluded = {True: "Kết luận: có vi phạm.", False: "Kết luận: không vi phạm.", None: ""}[row.is_concluded]
    said = [row.description.rstrip(". ") + ".", f"Thời gian: {span}." if span else ""]
    said += [f"Vi phạm {_article(row)}." if _article(row) else ""]
    said += [f"Hậu quả: {row.get_consequence_display().lower()}." if row.consequence else "", concluded]
    return row.get_content_display(), " ".join(part for part in said if part)


def _circumstances(rows, *, aggravating):
    found = [row for row in rows.circumstances if row.is_aggravating == aggravating]
    named = words()["values"]
    return tuple((named.get(row.code, ""), row.note) for row in found) or (("", "không có"),)


def _evidence(found):
    marked = [row for row in found if row.kind == EvidenceKind.POINTER]
    for row in found:
        if row.kind != EvidenceKind.POINTER:
            where = ", ".join(part for part in (row.number, day(row.on), row.origin) if part)
            yield f"{row.get_kind_display()}: {row.title}", "; ".join(part for part in (where, row.text) if part)
    if marked:
        yield "", f"Tài liệu có dấu mật: {len(marked)}, giữ theo chế độ mật, không ghi ở đây"


def blank(rows):
    """Lines to write on by hand."""
    return {"lines": Said("phần viết tay", "")}


CONDITIONS = {
    "member": lambda rows: rows.member is not None,
    "official": lambda rows: rows.subject == Subject.OFFICIAL,
    "cell_inspects": lambda rows: rows.case.handler == Handler.CELL,
    "planned": lambda rows: rows.step("plan_inspection") is not None,
    "reviewed": lambda rows: rows.review is not None and rows.review.received_on is not None,
    "refused": lambda rows: rows.review is not None and rows.review.is_refused,
    "proposed": lambda rows: rows.vote(of_cell=False) is not None and rows.vote(of_cell=True) is not None,
    "upper": lambda rows: any(row.to_state in ("proposed", "upper_verify") for row in rows.steps),
    "voted": lambda rows: rows.decision is not None and rows.decision.vote_id is not None,
    "decided": lambda rows: rows.decision is not None,
    "expelled": lambda rows: rows.decision is not None and rows.decision.form == "KTR",
    "in_force_known": lambda rows: rows.decision is not None and rows.decision.in_force_on is not None,
    "appeal": lambda rows: rows.appeal is not None,
    "changed": lambda rows: rows.appeal is not None and bool(rows.appeal.new_form),
    "suspended": lambda rows: bool(rows.suspensions),
    "explained": lambda rows: bool((vote := rows.vote(of_cell=True)) and vote.explanation),
    "upper_explained": lambda rows: bool((vote := rows.vote(of_cell=False)) and vote.explanation),
    "extended": lambda rows: bool(rows.suspensions and rows.suspensions[-1].standing_extensions),
    "notice": lambda rows: bool(rows.notices),
}
