"""The papers of a matter of leaving, as blocks that print alike in PDF and Word; what a paper lacks it names.

The layout of the frame is that of party documents; no text of a form is known for these papers, so they say what was
entered and nothing more.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cells.enums import DocumentType
from cells.frames import letterhead, proposed_signer
from cells.models import Organisation
from config.lib.documents import DocumentFrame, style_on
from config.lib.rulevalues import DEFAULT_NOTE
from evaluations.removal_book import RemovalBook
from evaluations.removal_enums import RemovalKind, RemovalPaperKind
from evaluations.removal_stations import read_removal_way
from evaluations.rules.removal_votes import CELL
from members.enums import ExitGround
from members.forms.dates import PartialDate

NUMBER = re.compile(r"\d{1,6}")
WRITE = "…" * 30
BLANKS = 6


@dataclass(frozen=True)
class PaperBlock:
    """One part of a paper: kind "section", "body", "article", "basis", "centred", "item" or "dots"."""

    kind: str
    text: str = ""
    head: str = ""  # of an article: what stands in bold before it


@dataclass(frozen=True)
class PaperText:
    """One paper: its frame, or the title of what a member writes himself; `missing` stands on top."""

    title: str
    blocks: tuple[PaperBlock, ...]
    missing: tuple[str, ...] = ()
    frame: DocumentFrame | None = None
    signer: str = ""
    dated: str = ""

    @property
    def warning(self):
        return f"CÒN THIẾU: {'; '.join(self.missing)}." if self.missing else ""


@dataclass(frozen=True)
class RemovalPaperKindOf:
    """A paper of the dossier: `write(facts, on)` answers its texts; `word` where people complete it."""

    slug: str
    name: str
    write: Callable[..., Any]
    kinds: tuple[str, ...] = tuple(RemovalKind)
    word: bool = False


def available(paper, removal):
    """Whether a matter of this kind has such a paper."""
    return removal.kind in paper.kinds


def papers_for(removal, facts):
    """(paper, what it lacks) of every paper of a matter, in the order of the dossier."""
    return [(paper, lacks(paper, facts)) for paper in PAPERS.values() if available(paper, removal)]


def lacks(paper, facts):
    """What a paper lacks, read without writing its text."""
    return _LACKS[paper.slug](facts)


# --- what is missing -------------------------------------------------------------------------------------------------


def _of_proposal(facts):
    missing = [] if _cell_vote(facts) else ["kết quả biểu quyết của chi bộ"]
    if not facts.removal.is_leaving and not (facts.asked or _own(facts, RemovalPaperKind.SELF_REVIEW)):
        missing.append("bản tự kiểm điểm hoặc các lần yêu cầu")
    if not facts.removal.is_leaving and not facts.removal.evidence:
        missing.append("chứng cứ, số liệu")
    return tuple(missing)


def _of_count(facts):
    if not facts.votes:
        return ("kết quả biểu quyết",)
    return () if all(vote.tellers for vote in facts.votes) else ("họ tên tổ kiểm phiếu",)


def _of_decision(facts):
    return () if facts.decision else ("số, ngày quyết định", "kết quả biểu quyết của cấp quyết định")


def _of_application(facts):
    return () if facts.removal.reason else ("lý do xin ra khỏi Đảng",)


def _of_review(facts):
    found = _own(facts, RemovalPaperKind.SELF_REVIEW)
    return () if found and found.text else ("nội dung bản tự kiểm điểm",)


def _of_statement(facts):
    return () if _own(facts, RemovalPaperKind.STATEMENT) else ("ý kiến của đảng viên",)


# --- the texts -------------------------------------------------------------------------------------------------------


def proposal(facts, on):
    """The report of the cell: grounds, evidence with its figures, what the member says, votes, proposal."""
    removal = facts.removal
    vote = _cell_vote(facts)
    day = vote.held_on if vote else on
    about = "xin ra khỏi Đảng của" if removal.is_leaving else "xóa tên trong danh sách đảng viên đối với"
    frame = _frame(removal.organisation, DocumentType.REPORT, day, f"đề nghị xét {about} đồng chí {removal.member}")
    blocks = [PaperBlock("section", "I- ĐẢNG VIÊN"), *_who(removal)]
    blocks += [PaperBlock("section", "II- CĂN CỨ"), *_grounds(removal)]
    blocks += [PaperBlock("section", "III- TỰ KIỂM ĐIỂM, Ý KIẾN CỦA ĐẢNG VIÊN"), *_own_words(facts, day)]
    votes = [each for each in facts.votes if each.voting_as == CELL]
    blocks += [PaperBlock("section", "IV- KẾT QUẢ BIỂU QUYẾT"), *_votes(votes)]
    blocks += [PaperBlock("section", "V- ĐỀ NGHỊ"), _asks(removal, vote)]
    return (PaperText("BÁO CÁO", tuple(blocks), _of_proposal(facts), replace(frame, number=None)),)


def counts(facts, on):
    """The minutes of the tellers, one of each vote; blank ones before there is any."""
    return tuple(_count(facts, vote) for vote in facts.votes) or (_blank_count(facts, on),)


def decision(facts, on):
    """The decision of the competent body, or its draft."""
    removal, found = facts.removal, facts.decision
    day = found.signed_on if found else on
    body = found.organisation if found else _decider(facts, day)
    about = "cho ra khỏi Đảng" if removal.is_leaving else "xóa tên trong danh sách đảng viên"
    if found and not found.approves:
        about = f"không {about}"
    frame = _frame(body, DocumentType.DECISION, day, f"{about} đối với đồng chí {removal.member}", found)
    rules = RemovalBook().on(removal.organisation, day).removal
    cited = _regulation(rules, "vote_cell")
    bases = ["Căn cứ Điều 8 Điều lệ Đảng Cộng sản Việt Nam"]
    bases += [f"Căn cứ {cited}"] if cited else []
    for vote in facts.votes:
        if not (found and vote == found.vote):
            bases.append(f"Xét đề nghị của {vote.organisation} tại hội nghị ngày {vote.held_on:%d/%m/%Y}")
    if found:
        bases.append(f"Xét kết quả biểu quyết ngày {found.vote.held_on:%d/%m/%Y}")
    frame = replace(frame, recipients=_told(frame, removal, body))
    blocks = [PaperBlock("basis", line) for line in frame.basis_lines(bases)]
    issuer = frame.authority.removeprefix("T/M ") or frame.issuing_line
    blocks.append(PaperBlock("centred", f"{issuer} QUYẾT ĐỊNH:"))
    blocks += list(_articles(removal, found, about))
    return (PaperText("QUYẾT ĐỊNH", tuple(blocks), _of_decision(facts), frame),)


def application(facts, on):
    """The application as the member wrote it, or a form to write it on."""
    removal, found = facts.removal, _own(facts, RemovalPaperKind.APPLICATION)
    reason = [PaperBlock("body", f"Lý do: {removal.reason}")] if removal.reason else []
    opening = [
        PaperBlock("body", f"Kính gửi: {removal.organisation}."),
        PaperBlock("body", f"Tôi là: {removal.member}, đảng viên sinh hoạt tại {removal.organisation}."),
        PaperBlock("body", "Tôi làm đơn này xin ra khỏi Đảng."),
    ]
    if removal.asks_age_confirmation:
        opening.append(PaperBlock("body", "Tôi đề nghị được cấp giấy xác nhận tuổi đảng."))
    return (_own_paper("ĐƠN XIN RA KHỎI ĐẢNG", (*opening, *reason), found, facts, _of_application(facts)),)


def self_review_paper(facts, on):
    """The self-review as entered from paper, or a form to write it on."""
    removal, found = facts.removal, _own(facts, RemovalPaperKind.SELF_REVIEW)
    opening = (
        PaperBlock("body", f"Kính gửi: {removal.organisation}."),
        PaperBlock("body", f"Tôi là: {removal.member}, đảng viên sinh hoạt tại {removal.organisation}."),
    )
    return (_own_paper("BẢN TỰ KIỂM ĐIỂM", opening, found, facts, _of_review(facts)),)


def statement(facts, on):
    """Every statement of the member, in order."""
    found = [paper for paper in facts.papers if paper.kind == RemovalPaperKind.STATEMENT]
    opening = (PaperBlock("body", f"Đồng chí {facts.removal.member}, {facts.removal.organisation}."),)
    title = "Ý KIẾN CỦA ĐẢNG VIÊN"
    if not found:
        return (_own_paper(title, opening, None, facts, _of_statement(facts)),)
    return tuple(_own_paper(title, opening, paper, facts, ()) for paper in found)


def _own_paper(title, opening, found, facts, missing):
    lines = [line for line in (found.text.splitlines() if found else []) if line.strip()]
    written = [PaperBlock("body", line) for line in lines] or [PaperBlock("dots")] * (BLANKS if missing else 0)
    dated = f"Ngày {found.written_on:%d/%m/%Y}" if found else "Ngày …… tháng …… năm ………"
    return PaperText(title, (*opening, *written), missing, signer=str(facts.removal.member), dated=dated)


def _who(removal):
    member = removal.member
    born = f"sinh ngày {PartialDate(member.born_on, member.born_precision)}; " if member.born_on else ""
    yield PaperBlock("body", f"Họ và tên: {member}; {born}{_standing(removal)}; sinh hoạt tại {removal.organisation}.")


def _standing(removal):
    return "đảng viên dự bị" if removal.was_probationary else "đảng viên chính thức"


def _grounds(removal):
    if removal.is_leaving:
        yield PaperBlock("body", f"Đơn ngày {removal.opened_on:%d/%m/%Y}, lý do: {removal.reason}")
        return
    for words in removal.ground_words:
        yield PaperBlock("item", words)
    for each in removal.evidence:
        parts = (each.get("reason", ""), each.get("article", ""))
        yield PaperBlock("body", " ".join(part for part in (parts[0], f"({parts[1]})" if parts[1] else "") if part))
        for line in each.get("details", ()):
            yield PaperBlock("item", line)


def _own_words(facts, day):
    """What the member was asked and wrote until the cell voted."""
    for step in facts.steps:
        if step.on <= day and step.step in ("ask_self_review", "receive_self_review", "record_refusal"):
            words = f"{step.on:%d/%m/%Y}: {step.label.lower()}"
            more = "; ".join(part for part in (step.document, step.note) if part)
            yield PaperBlock("item", f"{words} ({more})" if more else words)
    for paper in [each for each in facts.papers if each.written_on <= day]:
        yield PaperBlock("item", f"{paper}{f': {paper.text}' if paper.text else ' (bản giấy kèm theo)'}")


def _votes(votes):
    for vote in votes:
        yield PaperBlock("body", f"{vote.organisation}, ngày {vote.held_on:%d/%m/%Y}: {_figures(vote)}")
        for each in vote.excluded:
            who = f"không tính đồng chí {each['name']}: " if each["name"] else ""
            yield PaperBlock("item", f"{who}{each['reason']}")
    if not votes:
        yield PaperBlock("dots")


def _figures(vote):
    result = "đủ phiếu" if vote.carried else "không đủ phiếu"
    return (
        f"được tính {vote.entitled} trong {vote.official} đồng chí, có mặt {vote.present}; đồng ý {vote.yes}, không "
        f"đồng ý {vote.no}, phiếu trắng {vote.blank}; cần {vote.needed} phiếu: {result} ({vote.get_method_display()})."
    )


def _asks(removal, vote):
    what = "cho ra khỏi Đảng" if removal.is_leaving else "xóa tên trong danh sách đảng viên"
    if vote and not vote.carried:
        return PaperBlock("body", "Chi bộ không đủ phiếu đề nghị; báo cáo cấp ủy cấp trên xem xét.")
    return PaperBlock("body", f"Chi bộ đề nghị cấp ủy có thẩm quyền xem xét, {what} đối với đồng chí {removal.member}.")


def _count(facts, vote):
    frame = _frame(vote.organisation, DocumentType.MINUTES, vote.held_on, _count_abstract(facts.removal))
    ballot, result = vote.ballot, "đủ phiếu" if vote.carried else "không đủ phiếu"
    blocks = [
        PaperBlock("body", f"Ngày {vote.held_on:%d/%m/%Y}, {vote.organisation} tiến hành {vote.get_method_display()}."),
        PaperBlock("body", f"Tổ kiểm phiếu: {vote.tellers or WRITE}."),
        PaperBlock("body", f"Tổng số: {vote.members}; chính thức: {vote.official}; được tính: {vote.entitled}."),
        *(PaperBlock("item", _excluded(each)) for each in vote.excluded),
        PaperBlock("body", f"Có mặt được biểu quyết: {vote.present}. Số phiếu phát ra: {ballot.issued}; thu vào: "
                           f"{ballot.collected}; hợp lệ: {ballot.valid}; không hợp lệ: {ballot.invalid}."),
        PaperBlock("body", f"Đồng ý: {vote.yes}; không đồng ý: {vote.no}; phiếu trắng: {vote.blank}."),
        PaperBlock("body", f"Số phiếu cần: {vote.needed}. Kết quả: {result}."),
    ]  # fmt: skip
    missing = () if vote.tellers else ("họ tên tổ kiểm phiếu",)
    return PaperText("BIÊN BẢN", tuple(blocks), missing, _minutes(frame, vote.chair))


def _excluded(each):
    return f"Không tính đồng chí {each['name']}: {each['reason']}." if each["name"] else f"{each['reason']}."


def _blank_count(facts, on):
    frame = _frame(facts.removal.organisation, DocumentType.MINUTES, on, _count_abstract(facts.removal))
    blocks = (
        PaperBlock("body", f"Ngày …… tháng …… năm ………, {facts.removal.organisation} tiến hành bỏ phiếu kín."),
        PaperBlock("body", f"Tổ kiểm phiếu: {WRITE}."),
        PaperBlock("body", "Số được tính: ………; có mặt: ………; phiếu phát ra: ………; thu vào: ………; không hợp lệ: ………."),
        PaperBlock("body", "Đồng ý: ………; không đồng ý: ………; phiếu trắng: ………."),
    )
    draft = replace(frame, dated=None, year=on.year)
    return PaperText("BIÊN BẢN", blocks, _of_count(facts), _minutes(draft, ""))


def _count_abstract(removal):
    about = "cho ra khỏi Đảng" if removal.is_leaving else "đề nghị xóa tên trong danh sách đảng viên"
    return f"kiểm phiếu {about} đối với đồng chí {removal.member}"


def _minutes(frame, chair):
    return replace(
        frame, left_position="T/M TỔ KIỂM PHIẾU", authority="", position="CHỦ TRÌ", signer=chair, recipients=()
    )


def _articles(removal, found, about):
    who = f"đồng chí {removal.member}, {_standing(removal)}, sinh hoạt tại {removal.organisation}"
    duty = f"{removal.organisation} và đồng chí {removal.member} chịu trách nhiệm thi hành Quyết định này."
    yield PaperBlock("article", f"{about[:1].upper()}{about[1:]} đối với {who}.", "Điều 1.")
    if found and found.grounds:
        words = "; ".join(ExitGround(code).label.lower() for code in found.grounds)
        yield PaperBlock("body", f"Căn cứ: {words}.")
    if found and found.reason:
        yield PaperBlock("body", f"Lý do: {found.reason}")
    if found and not found.approves:
        yield PaperBlock("article", duty, "Điều 2.")
        return
    day = f"{found.effective_on:%d/%m/%Y}" if found else "…………"
    card = f"{removal.organisation} thu thẻ đảng viên, nộp lên cấp ủy cấp trên trực tiếp."
    yield PaperBlock("article", card, "Điều 2.")
    yield PaperBlock("article", f"{duty} Quyết định có hiệu lực từ ngày {day}.", "Điều 3.")


def _frame(organisation, kind, day, abstract, decided=None):
    """The frame of a body on a day; a decision under its number where that begins with digits, else a draft."""
    head, signer = letterhead(organisation, day), proposed_signer(organisation, day)
    found = NUMBER.match(decided.number) if decided else None
    is_draft = kind == DocumentType.DECISION and decided is None
    return DocumentFrame(
        issuing_line=head.issuing_line, superior_line=head.superior_line, type_code=kind, symbol=head.symbol,
        style=style_on(day), number=int(found[0]) if found else None, place=head.place,
        dated=None if is_draft else day, year=day.year, type_name=kind.label.upper(), abstract=abstract,
        authority=head.authority, position=signer.position, signer=signer.name,
        recipients=tuple(head.recipients.splitlines()),
    )  # fmt: skip


def _regulation(rules, name):
    """The regulation behind a value as a paper names it; empty where it is a choice or a default of nobody's text."""
    found = rules.values.get(name)
    is_of_text = found and found.origin != "override" and not DEFAULT_NOTE.startswith(found.source)
    return found.source if is_of_text else ""


def _told(frame, removal, body):
    """Who receives a decision: those of the letterhead, the cell, the body above it, the member; the archive last."""
    above = removal.organisation.parent
    named = [
        removal.organisation.name,
        *([above.name] if above and above != body else []),
        f"Đồng chí {removal.member}",
    ]
    kept = [line for line in frame.recipients if line.startswith("Lưu")]
    return (*(line for line in frame.recipients if line not in kept), *named, *kept)


def _decider(facts, on):
    """The body that decides by the way of a day; the one above the cell where no rule names it."""
    removal = facts.removal
    stop = read_removal_way(removal, on, votes=facts.votes).decider
    if stop:
        return Organisation.objects.get(pk=stop.organisation_id)
    return removal.chosen_body or removal.organisation.parent or removal.organisation


def _cell_vote(facts):
    found = [vote for vote in facts.votes if vote.voting_as == CELL]
    return found[-1] if found else None


def _own(facts, kind):
    found = [paper for paper in facts.papers if paper.kind == kind]
    return found[-1] if found else None


REMOVAL_ONLY, LEAVING_ONLY = (RemovalKind.REMOVAL,), (RemovalKind.LEAVING,)
PAPERS = {
    each.slug: each
    for each in (
        RemovalPaperKindOf("don", "Đơn xin ra khỏi Đảng", application, LEAVING_ONLY, word=True),
        RemovalPaperKindOf("tu-kiem-diem", "Bản tự kiểm điểm", self_review_paper, REMOVAL_ONLY, word=True),
        RemovalPaperKindOf("y-kien", "Ý kiến của đảng viên", statement, word=True),
        RemovalPaperKindOf("kiem-phieu", "Biên bản kiểm phiếu", counts, word=True),
        RemovalPaperKindOf("de-nghi", "Báo cáo đề nghị", proposal, word=True),
        RemovalPaperKindOf("quyet-dinh", "Quyết định", decision, word=True),
    )
}
_LACKS = {
    "don": _of_application, "tu-kiem-diem": _of_review, "y-kien": _of_statement, "kiem-phieu": _of_count,
    "de-nghi": _of_proposal, "quyet-dinh": _of_decision,
}  # fmt: skip
