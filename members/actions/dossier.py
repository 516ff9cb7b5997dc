"""The papers of a member's file: ticked, described, corrected; its index certified by the keeper."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cells.audit import record
from members.catalogues.dossier import guarded_types, paper_types
from members.dossier_enums import IN_THE_INDEX, PaperState
from members.filing import details_digest, index_lines, lock_member, read_files, recount
from members.models import Dossier, DossierPaper, IndexCertification
from members.seen import seen_row

MOST_COPIES = 60
CHANGED_MEANWHILE = "Mục này vừa được người khác sửa hoặc hủy. Hãy tải lại trang rồi làm tiếp."


@dataclass(frozen=True, kw_only=True)
class PaperEntry:
    """One paper as it is entered."""

    state: str = PaperState.PRESENT
    number: str = ""
    issued_on: date | None = None
    issued_precision: str = "day"
    issuer: str = ""
    pages: int | None = None
    kept_at: str = ""
    is_damaged: bool = False
    note: str = ""


class PapersChanged(ValidationError):
    """Others wrote in papers, or voided them, after they were shown; `papers` are their keys."""

    def __init__(self, papers):
        super().__init__("Chưa ghi gì: có tài liệu vừa được người khác sửa hoặc hủy, xem chỗ báo trong bảng.")
        self.papers = papers


@transaction.atomic
def tick_papers(member, copies, *, held=None, on, by):
    """Note that papers are there: `copies` counts them by type; a type noted as missing or not needed is so no more.

    `held` says how many of each type the person saw: where there are others by now, a second click among them, the
    whole is refused.
    """
    locked, types = lock_member(member), paper_types()
    if not any(copies.values()):
        raise ValidationError("Chưa đánh dấu tài liệu nào.")
    known = _by_type(locked)
    for number, count in copies.items():
        there = [paper for paper in known.get(number, ()) if paper.state in IN_THE_INDEX]
        if not types[number].repeats and (there or count > 1):
            raise ValidationError(f"“{types[number].name}” đã có trong hồ sơ. Hãy tải lại trang để xem mục đang có.")
        if held is not None and types[number].repeats:
            _refuse_others(types[number], held.get(number, 0), len(there))
        if len(there) + count > MOST_COPIES:
            raise ValidationError(f"“{types[number].name}”: một loại có nhiều nhất {MOST_COPIES} bản.")
        for paper in known.get(number, ()):
            if paper.state not in IN_THE_INDEX:
                _void(paper, "đã có tài liệu", by)
        DossierPaper.objects.bulk_create(DossierPaper(member=locked, type=number, recorded_by=by) for _ in range(count))
    recount(locked, on)
    total = sum(copies.values())
    open_ones = {number: count for number, count in copies.items() if count and number not in guarded_types()}
    told = sum(open_ones.values())
    if told:
        record("members.tick_papers", locked, by=by, data={"papers": told, "types": sorted(open_ones)})
    if total > told:
        record("files.tick_papers", locked, by=by, data={"papers": total - told})
    return total


@transaction.atomic
def add_paper(member, number, entry, *, held=None, on, by):
    """Enter one paper with what it says, or that it is missing, not needed, or known by its number alone.

    `held` is how many of the type the person saw, None when nobody looked.
    """
    locked = lock_member(member)
    known = _by_type(locked).get(number, [])
    there = [paper for paper in known if paper.state in IN_THE_INDEX]
    _refuse_second(number, entry, there)
    if held is not None:
        _refuse_others(paper_types()[number], held, len(there))
    for paper in known:
        if paper.state not in IN_THE_INDEX:
            _void(paper, "đã ghi lại", by)
    paper = _store(locked, number, entry, by)
    recount(locked, on)
    record(f"{_area(paper)}.add_paper", locked, by=by, data=_said(paper))
    return paper


@transaction.atomic
def correct_paper(paper, entry, *, reason, seen=None, on, by):
    """Void the row of a paper and write it anew; its scans stay with it.

    `seen` is the digest of the row that the person saw; refused when it was filled in since.
    """
    locked = lock_member(paper.member)
    found = _standing(paper)
    if seen is not None and seen != seen_row(found):
        raise ValidationError(CHANGED_MEANWHILE)
    if all(getattr(found, name) == value for name, value in asdict(entry).items()):
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    scans = found.scans.filter(voided_at__isnull=True)
    if entry.state != PaperState.PRESENT and scans.exists():
        raise ValidationError("Tài liệu này đang có bản quét. Hãy gỡ bản quét trước.")
    others = [each for each in _by_type(locked).get(found.type, ()) if each.pk != found.pk]
    _refuse_second(found.type, entry, [each for each in others if each.state in IN_THE_INDEX])
    _void(found, reason, by)
    written = _store(locked, found.type, entry, by)
    scans.update(paper=written)
    recount(locked, on)
    record(f"{_area(written)}.correct_paper", locked, by=by, data={**_said(written), "reason": reason})
    return written


@transaction.atomic
def describe_papers(member, details, *, seen=None, on, by):
    """Fill in number, day, issuer and pages of several papers at once; `details` are columns by the id of the paper.

    What was empty is filled in its row; what said something else is voided and written anew. `seen` are digests of what
    was shown, by paper: a row left as it was shown is not written, and `PapersChanged` names those where others wrote.
    """
    locked, changed = lock_member(member), Counter()
    rows = {paper.pk: paper for paper in DossierPaper.objects.in_the_index().filter(member=locked)}
    typed = {key: values for key, values in details.items() if seen is None or details_digest(values) != seen.get(key)}
    if stale := [key for key, values in typed.items() if _is_stale(rows.get(key), values, seen)]:
        raise PapersChanged(stale)
    for key, values in typed.items():
        changed[_area(rows[key])] += _describe(rows[key], values, by)
    if not changed.total():
        raise ValidationError("Không có gì thay đổi so với nội dung đang lưu.")
    recount(locked, on)
    for area, papers in changed.items():
        if papers:
            record(f"{area}.describe_papers", locked, by=by, data={"papers": papers})
    return changed.total()


@transaction.atomic
def void_paper(paper, *, reason, on, by):
    """Take a paper that was entered wrongly off the list; refused while it has a scan."""
    locked = lock_member(paper.member)
    found = _standing(paper)
    if found.scans.filter(voided_at__isnull=True).exists():
        raise ValidationError("Tài liệu này đang có bản quét. Hãy gỡ bản quét trước.")
    _void(found, reason, by)
    recount(locked, on)
    record(f"{_area(found)}.void_paper", locked, by=by, data={**_said(found), "reason": reason})
    return found


@transaction.atomic
def certify_index(member, *, certified_on, certified_by, on, by):
    """The keeper certified the index as it stands (38-HD/BTCTW, mục II.1.1); refused when nothing has changed since."""
    locked = lock_member(member)
    state = read_files([locked], on)[locked.pk]
    if not state.in_index:
        raise ValidationError("Mục lục chưa có tài liệu nào. Hãy ghi các tài liệu trong hồ sơ trước.")
    if state.is_certified:
        raise ValidationError(f"Mục lục này đã được chứng nhận ngày {state.certification.certified_on:%d/%m/%Y}.")
    if state.certification and certified_on < state.certification.certified_on:
        raise ValidationError({"certified_on": "Ngày này trước lần chứng nhận gần nhất."})
    certification = IndexCertification.objects.create(
        member=locked,
        certified_on=certified_on,
        certified_by=certified_by,
        papers=len(state.in_index),
        pages=state.pages,
        lines=index_lines(state.in_index),
        recorded_by=by,
    )
    recount(locked, on)
    record("members.certify_index", locked, by=by, data={"on": f"{certified_on:%d/%m/%Y}"})  # its counts tell too much
    return certification


@transaction.atomic
def recount_files(wrong, *, by):
    """Store dossiers whose counts were put right; answers how many."""
    rows = list(wrong)
    names = ["regime", "papers", "pages", "missing_1", "missing_2", "missing_3", "is_certified", "counted_on"]
    Dossier.objects.bulk_update(rows, names, batch_size=200)
    if rows:
        record("members.recount_files", None, by=by, data={"changed": len(rows)})
    return len(rows)


def _by_type(member):
    found = {}
    for paper in DossierPaper.objects.standing().filter(member=member):
        found.setdefault(paper.type, []).append(paper)
    return found


def _refuse_second(number, entry, held):
    """What is there cannot be missing as well; most papers are there once."""
    kind = paper_types()[number]
    if held and (entry.state not in IN_THE_INDEX or not kind.repeats):
        raise ValidationError(f"“{kind.name}” đã có trong hồ sơ. Hãy sửa mục đang có.")
    if len(held) >= MOST_COPIES:
        raise ValidationError(f"Một loại tài liệu có nhiều nhất {MOST_COPIES} bản.")


def _refuse_others(kind, seen, there):
    """Papers of one type may be alike, so only their number tells the second click from the next paper."""
    if seen != there:
        raise ValidationError(
            f"“{kind.name}”: hồ sơ đang có {there} bản, khác với lúc mở trang. Có thể lần bấm trước đã ghi rồi, hoặc "
            "người khác vừa ghi. Hãy tải lại trang để xem."
        )


def _is_stale(row, values, seen):
    """Whether somebody else wrote in the row since it was shown, and something else than is to be written."""
    if row is None:
        return True
    stands = details_digest(vars(row))
    return seen is not None and stands != seen.get(row.pk) and stands != details_digest(values)


def _store(member, number, entry, by):
    return DossierPaper.objects.create(member=member, type=number, recorded_by=by, **asdict(entry))


def _describe(paper, values, by):
    """Whether the row changed."""
    new = {name: value for name, value in values.items() if getattr(paper, name) != value}
    if not new or set(new) == {"issued_precision"}:
        return False
    if any(getattr(paper, name) for name in new if name != "issued_precision"):
        scans = paper.scans.filter(voided_at__isnull=True)
        _void(paper, "sửa ở bảng chi tiết", by)
        kept = {name: getattr(paper, name) for name in ("state", "kept_at", "is_damaged", "note")}
        scans.update(paper=_store(paper.member, paper.type, PaperEntry(**{**kept, **values}), by))
        return True
    for name, value in new.items():
        setattr(paper, name, value)
    paper.save(update_fields=list(new))
    return True


def _standing(paper):
    found = DossierPaper.objects.standing().select_for_update().filter(pk=paper.pk).first()
    if found is None:
        raise ValidationError(CHANGED_MEANWHILE)
    return found


def _void(row, reason, by):
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _area(paper):
    """The area of the log: what is done with papers of which only the keeper may know, nobody else reads there."""
    return "files" if paper.type in guarded_types() else "members"


def _said(paper):
    """For the log: what only the keeper may know, and what bears a secrecy mark, is a paper without a name."""
    kind = paper_types()[paper.type]
    said = {"state": PaperState(paper.state).label}
    if kind.guarded or paper.state == PaperState.POINTER:
        return {**said, "paper": "một tài liệu"}
    return {**said, "paper": kind.name, "type": kind.number, "number": paper.number}
