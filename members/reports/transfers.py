"""One move as its page shows it: its way, its clocks, its papers, what comes next."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from cells.models import LogEntry
from members.enums import PAPERS_OF, TEMPORARY_KINDS, UNSETTLED_TRANSFERS, Paper, TransferState
from members.models import IndexCertification, Transfer
from members.move_rules import move_rules
from members.rules.dossier import index_finding
from members.rules.moves import SlipDates, apply_finding, present_finding, removal_finding
from members.workflow import MOVE, NEXT, steps_open_to

STATE_PILLS = {
    TransferState.REQUESTED: "waiting",
    TransferState.ISSUED: "info",
    TransferState.PRESENTED: "waiting",
    TransferState.REFUSED: "returned",
    TransferState.RECEIVED: "success",
    TransferState.RETURNED: "success",
    TransferState.WITHDRAWN: "neutral",
}


def state_word(transfer):
    """The state of a move in words that fit its kind."""
    if transfer.kind in TEMPORARY_KINDS and transfer.state == TransferState.RECEIVED:
        return "đang sinh hoạt tạm thời"
    if transfer.state == TransferState.WITHDRAWN and transfer.replaced_by.all():
        return "đã thay bằng giấy khác"
    return transfer.get_state_display()


@dataclass(frozen=True)
class WayStep:
    """One step of the way as the page draws it."""

    title: str
    state: str = "todo"
    on: date | None = None
    actor: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaperLine:
    name: str
    there: bool


@dataclass
class TransferPage:
    """Everything that the page of one move shows to one reader."""

    transfer: Transfer
    state: str
    pill: str
    lead: str
    identity: list[tuple[str, Any]]
    way: list[WayStep]
    findings: list[Any]
    papers: list[PaperLine]
    primary: tuple[str, str] | None = None
    others: list[tuple[str, str]] = field(default_factory=list)
    replaced_by: Transfer | None = None
    sends: bool = False


def transfer_page(transfer, user, today, *, sends):
    """The page; who does not send sees name, birth year, sending cell and papers, not the record."""
    rules = move_rules(transfer.issued_on or transfer.requested_on, transfer.common or transfer.to_organisation)
    replaced_by = transfer.replaced_by.first()
    open_steps = steps_open_to(user, transfer)
    primary = next((name for name in NEXT if name in open_steps), None)
    return TransferPage(
        transfer=transfer,
        state=state_word(transfer),
        pill=STATE_PILLS[transfer.state],
        lead=_lead(transfer, replaced_by),
        identity=_identity(transfer, sends),
        way=_way(transfer, replaced_by),
        findings=[found for found in _findings(transfer, rules, today, sends) if found],
        papers=papers_of(transfer),
        primary=_link(primary, transfer) if primary else None,
        others=[_link(name, transfer) for name in open_steps if name != primary],
        replaced_by=replaced_by,
        sends=sends,
    )


def papers_of(transfer):
    """What must come with the slip and whether it is there; of temporary moves, only what was ticked."""
    needed = PAPERS_OF.get(transfer.kind, [paper for paper in Paper if paper in transfer.papers])
    return [PaperLine(paper.label, paper in transfer.papers) for paper in needed]


def _link(name, transfer):
    return MOVE.step(name).label, reverse(f"members:{name}", args=[transfer.pk])


def _lead(transfer, replaced_by):
    to, common = transfer.destination, transfer.common
    if replaced_by:
        return f"Đã thay bằng giấy số {replaced_by.number_text} đến {replaced_by.destination}."
    if transfer.kind in TEMPORARY_KINDS and transfer.state == TransferState.RECEIVED:
        return f"Đang sinh hoạt tạm thời ở {to}{_until_words(transfer)}; khi trở về thì ghi ngày về."
    words = {
        TransferState.REQUESTED: f"{common} cấp giấy giới thiệu đến {to}.",
        TransferState.ISSUED: (
            f"Chờ phiếu báo của {to} đã tiếp nhận."
            if transfer.goes_outside
            else f"Chờ đảng viên nộp giấy; {to} xem giấy tờ rồi tiếp nhận."
        ),
        TransferState.PRESENTED: f"{to} xem giấy tờ rồi tiếp nhận.",
        TransferState.REFUSED: f"{to} chưa tiếp nhận: {transfer.refusal}. {common} cấp giấy thay thế hoặc rút.",
        TransferState.RECEIVED: f"Đã sinh hoạt ở {to}.",
        TransferState.RETURNED: f"Đã trở về {transfer.origin}.",
        TransferState.WITHDRAWN: f"Đảng viên ở lại {transfer.origin}.",
    }
    return words[transfer.state]


def _identity(transfer, sends):
    born = transfer.member.born_on
    rows = [
        ("Họ và tên", transfer.member.full_name),
        ("Năm sinh", str(born.year) if born else ""),
        ("Nơi đi", transfer.origin),
        ("Nơi đến", transfer.destination),
        ("Loại", transfer.get_kind_display()),
        (
            "Số giấy",
            f"{transfer.number_text}, ngày {transfer.issued_on:%d/%m/%Y}" if transfer.slip_number else "chưa cấp",
        ),
    ]
    if transfer.common:
        rows.append(("Nơi cấp giấy", str(transfer.common)))
    if transfer.until:
        rows.append(("Sinh hoạt tạm thời", _until_words(transfer).strip()))
    if sends:
        rows.append(("Lý do chuyển", transfer.reason))
    if transfer.explanation:
        rows.append(("Giải trình", transfer.explanation))
    return rows


def _slip_words(transfer):
    if transfer.from_organisation_id is None:
        return transfer.reason
    return f"số {transfer.number_text}, ngày {transfer.issued_on:%d/%m/%Y}" if transfer.slip_number else "chưa cấp"


def _until_words(transfer):
    return f" đến hết ngày {transfer.last_day:%d/%m/%Y}" if transfer.until else ""


def _findings(transfer, rules, today, sends):
    """What the clocks say today; of a move that is over, only how it went."""
    if sends:
        yield apply_finding(rules, transfer.order_on, transfer.requested_on)
    if transfer.state in UNSETTLED_TRANSFERS and Paper.FILE in PAPERS_OF.get(transfer.kind, ()):
        yield _index_finding(transfer)
    if transfer.issued_on is None or transfer.state == TransferState.WITHDRAWN or not transfer.from_organisation_id:
        return
    slip = SlipDates(
        transfer.issued_on, transfer.file_taken_on, transfer.notice_received_on,
        transfer.presented_on or transfer.received_on,
    )  # fmt: skip
    yield present_finding(rules, slip, today, transfer.kind)
    yield removal_finding(rules, slip, today)


def _index_finding(transfer):
    """Whether the file that comes along has a certified index; of somebody from outside nothing is known here."""
    rows = IndexCertification.objects.standing().filter(member=transfer.member_id)
    certified_on, holds = rows.values_list("certified_on", "member__dossier__is_certified").first() or (None, False)
    return index_finding(certified_on, holds=bool(holds))


def _way(transfer, replaced_by):
    actors = _actors(transfer)
    steps = [_asked(transfer, actors), _slip(transfer, actors), *_at_the_end(transfer, actors)]
    if transfer.kind in TEMPORARY_KINDS:
        steps.append(_step("Trở về", transfer.returned_on, actors.get("end_temporary", ""), _until_words(transfer)))
    return _with_current([step for step in steps if step], transfer, replaced_by)


def _asked(transfer, actors):
    if transfer.from_organisation_id is None:
        return None
    return _step(f"{transfer.origin} giới thiệu", transfer.requested_on, actors.get("request_transfer", ""))


def _slip(transfer, actors):
    words = f"số {transfer.number_text}" if transfer.slip_number else ""
    who = f"{transfer.common} cấp giấy" if transfer.common else f"{transfer.outside_name} cấp giấy"
    return _step(who, transfer.issued_on, actors.get("reissue_slip") or actors.get("issue_slip", ""), words)


def _at_the_end(transfer, actors):
    if transfer.goes_outside:
        actor = actors.get("confirm_departure", "")
        return [_step(f"{transfer.destination} tiếp nhận (phiếu báo)", transfer.received_on, actor)]
    presented = _step("Nộp giấy ở nơi đến", transfer.presented_on, actors.get("present_slip", ""))
    if transfer.state == TransferState.REFUSED:
        title = f"{transfer.destination} chưa tiếp nhận"
        actor = actors.get("refuse_transfer", "")
        return [presented, WayStep(title, "stopped", transfer.refused_on, actor, transfer.refusal)]
    actor = actors.get("accept_transfer") or actors.get("receive_from_outside", "")
    return [presented, _step(f"{transfer.destination} tiếp nhận", transfer.received_on, actor)]


def _step(title, on, actor="", note=""):
    return WayStep(title, "done" if on else "todo", on, actor, note.strip())


def _with_current(steps, transfer, replaced_by):
    """The first step that is still to do is the current one; a withdrawn move stops instead."""
    done = [step for step in steps if step.state != "todo"]
    left = [step for step in steps if step.state == "todo"]
    if transfer.state == TransferState.WITHDRAWN:
        title = f"Thay bằng giấy số {replaced_by.number_text}" if replaced_by else "Đã rút, không chuyển"
        return [*done, WayStep(title, "stopped", actor=_actors(transfer).get("withdraw_transfer", ""))]
    if left and done[-1].state == "done":
        left[0] = WayStep(left[0].title, "current", note=left[0].note)
    return [*done, *left]


def _actors(transfer):
    """Who took each step, by its name."""
    if not hasattr(transfer, "known_actors"):
        entries = LogEntry.objects.about(transfer).select_related("actor").order_by("id")
        transfer.known_actors = {entry.action.partition(".")[2]: str(entry.actor) for entry in entries}
    return transfer.known_actors
