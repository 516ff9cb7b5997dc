"""Files of a few cells of the demo: whole, short of papers, certified, lent, reconciled, a few with scans."""

from datetime import timedelta
from io import BytesIO

from cells.actions.rules import Choice, add_override
from cells.models import RuleSet
from config.lib.scans import examine
from config.lib.workdays import add_months
from members.actions import dossier as acts
from members.actions.file_keeping import CheckEntry, LoanEntry, lend_file, record_file_check, return_file
from members.actions.scans import add_scan
from members.catalogues.dossier import paper_types
from members.dossier_enums import Secrecy
from members.filing import counts_of, read_files
from members.models import Dossier, DossierPaper, Member
from members.reports.dossier_lists import unit_rows

CELLS, INTACT, SCANNED, CERTIFIED = 4, 3, 3, 6
WHOLE = (38, 37, 1, 39, 40, 42, 43, 45, 5, 2, 3, 46, 47, 48, 49, 50, 52, 7, 19, 4, 61, 61, 61)
KEEPER = "Cán bộ giữ hồ sơ (mẫu)"


def keep_files(tree, rng, on, *, by):
    """The same few cells at every scale; everything follows from one random stream."""
    _switch_scans_on(tree, on, by)
    cells = list(dict.fromkeys([tree.story.story_cell, *tree.cells[:CELLS]]))
    people = list(
        Member.objects.filter(home__in=cells).select_related("home").order_by("home__path", "sort_key", "cv_number")
    )
    people = [member for member in people if member.official_on]
    DossierPaper.objects.bulk_create(
        paper for place, member in enumerate(people) for paper in _papers(member, place, rng, by)
    )
    states = read_files(people, on)
    Dossier.objects.bulk_create(
        Dossier(member=member, **counts_of(states[member.pk]), counted_on=on) for member in people
    )
    for member in people[:CERTIFIED]:
        acts.certify_index(member, certified_on=on - timedelta(20), certified_by=KEEPER, on=on, by=by)
    _lend(people, on, by)
    for member in people[:SCANNED]:
        _scan(member, on, by)
    base = tree.story.story_cell.parent
    _, total = unit_rows(base, on)
    entry = CheckEntry(
        checked_on=add_months(on, -4), listed=total.people, counted=total.people, missing=0, damaged=2,
        checked_by=KEEPER, findings="Hai lý lịch cũ bị mờ, đã phục chế (mẫu)",
    )  # fmt: skip
    record_file_check(base, entry, by=by)


def _switch_scans_on(tree, on, by):
    choice = Choice(
        organisation=tree.root, key="store_scans", value=True, started_on=add_months(on, -1),
        reason="Máy chủ đặt tại trụ sở, chỉ người giữ hồ sơ mở được bản quét (mẫu)",
        decision="Kết luận số 12-KL/TU (mẫu)",
    )  # fmt: skip
    add_override(RuleSet.objects.in_force("files", on), choice, by=by)


def _papers(member, place, rng, by):
    """A whole file for the first, then one in three short of some papers; the dates follow the member's own."""
    left_out = set() if place < INTACT or place % 3 else set(rng.sample(WHOLE, rng.randint(1, 4)))
    for number in WHOLE:
        if number in left_out:
            continue
        official = paper_types()[number].part == "c"
        yield DossierPaper(
            member=member, type=number, recorded_by=by, pages=rng.randint(1, 8) if number in (1, 2) else 1,
            issued_on=(member.official_on if official else member.decided_on), issuer="Cấp ủy có thẩm quyền (mẫu)",
            number=f"{rng.randint(1, 180)}-QĐ/HU" if number in (5, 7, 19) else "",
        )  # fmt: skip


def _lend(people, on, by):
    purposes = (
        ("Ủy ban Kiểm tra Đảng ủy (mẫu)", "xác minh theo kế hoạch"),
        ("Ban Tổ chức (mẫu)", "xét tặng Huy hiệu Đảng"),
    )
    for member, (borrower, purpose), days in zip(people, purposes, (60, 5), strict=False):
        entry = LoanEntry(
            borrower=borrower, purpose=purpose, agreed_by="Bí thư đảng ủy", lent_on=on - timedelta(days),
            due_on=on - timedelta(days) + timedelta(15),
        )  # fmt: skip
        loan = lend_file(member, entry, by=by)
        if days > 15:
            return_file(loan, returned_on=on - timedelta(days - 10), condition="đủ theo mục lục", by=by)


def _scan(member, on, by):
    """A blank page as a scan of the decision of admission."""
    paper = DossierPaper.objects.standing().filter(member=member, type=5).first()
    if paper:
        add_scan(paper, examine(_page(member.cv_number)), secrecy=Secrecy.NONE, on=on, by=by)


def _page(number):
    """A page that says that it is no paper of anybody."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- slow import

    page, target = Image.new("RGB", (620, 877), "white"), BytesIO()
    ImageDraw.Draw(page).text((60, 60), f"BAN QUET MAU {number}", fill="black")
    page.save(target, "PNG")
    return target.getvalue()
