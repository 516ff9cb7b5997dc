"""What stands in the addresses of `expected/access.txt`: one small world, in the cell "here" and its base "east"."""

from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from cells.actions.documents import draft_document
from cells.actions.jobs import start_job
from cells.actions.rules import Choice, add_override
from cells.actions.tree_changes import change_tree
from cells.changes.plan import TreeDecision
from cells.changes.verbs import rename
from cells.models import Organ, RuleSet
from evaluations import actions as ratings
from evaluations.actions.decisions import DecisionEntry
from evaluations.models import QuarterRating
from members.actions.imports import FileToCheck, check_file, commit_batch
from members.actions.official import export_official
from members.models import (
    AnnualGrade,
    Award,
    Badge,
    CareerStep,
    DossierPaper,
    Ending,
    FamilyMember,
    FileCheck,
    FileLoan,
    Finding,
    Handover,
    Hold,
    Merge,
    Overlay,
    Particular,
    PartyAgeConfirmation,
    PartyCard,
    Photo,
    Post,
    Proceeding,
    QualityFix,
    Restoration,
    Sanction,
    Scan,
    Supplement,
)
from tests.evaluations.frame_cases import founded, issued
from tests.evaluations.organisation_cases import decided_by, rating_of, sent_up
from tests.evaluations.quarter_cases import quarters_on
from tests.evaluations.rating_cases import (
    DECIDED,
    YEAR,
    anew,
    complained,
    open_season,
    people,
    point_raised,
    sent,
    sheet_of,
)
from tests.factories import MemberFactory
from tests.members.life_cases import MONTH, given, met
from tests.members.moving import accept, issue, request
from tests.things_admissions import of_admissions
from tests.things_beside import of_beside
from tests.things_discipline import of_discipline
from tests.things_inspection import of_inspection
from tests.things_papers import of_case_papers
from tests.things_removals import of_removals
from tests.things_screening import of_screening
from tests.things_votes import of_votes

DAY = date(2026, 1, 5)
LIST = """STT,Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng,Chi bộ
1,Lê Văn Tốt,05/03/1980,Nam,19/05/2005,Chi bộ Khóm 2
2,Lê Thị Sai,31/02/1980,Nữ,19/05/2005,Chi bộ Khóm 2
"""


def things(tree, cast):
    """Arguments of addresses by short name."""
    found = {**_of_cells(tree, cast), **_of_members(tree), **_of_imports(tree, cast), **_of_ratings(tree, cast)}
    more = {
        **_of_moves(tree, cast),
        **_of_quality(tree, cast),
        **_of_registers(tree, cast),
        **of_admissions(tree, cast),
        **of_discipline(tree, cast),
        **of_inspection(tree, cast),
        **of_votes(tree, cast),
        **of_beside(tree, cast),
        **of_screening(tree, cast),
        **of_removals(tree, cast),
    }
    found |= more
    return found | of_case_papers(found)


def _of_cells(tree, cast):
    cap = RuleSet.objects.for_season("cap", 2026)
    choice = Choice(tree.east, "cap_rounding", "half_up", "nghị quyết", "12-NQ/ĐU", timezone.localdate())
    draft = draft_document("ratings", tree.east, params={"year": YEAR}, on=DAY, by=cast.officer)
    return {
        "here": {"organisation_id": tree.here.pk},
        "east": {"organisation_id": tree.east.pk},
        "form_1_here": {"organisation_id": tree.here.pk, "form": "form-1"},
        "form_3_east": {"organisation_id": tree.east.pk, "form": "form-3"},
        "form_5_root": {"organisation_id": tree.root.pk, "form": "form-5"},
        "secretary": {"account_id": cast.secretary.pk},
        "inspector": {"account_id": cast.inspector.pk},
        "administrator": {"account_id": cast.administrator.pk},
        "secretary_role": {"role_id": cast.secretary.role_assignments.get().pk},
        "inspector_role": {"role_id": cast.inspector.role_assignments.get().pk},
        "secretary_job": {"job_id": start_job("tests.work", "Việc", by=cast.secretary).pk},
        "cap": {"rule_set_id": cap.pk},
        "cap_rounding": {"rule_set_id": cap.pk, "key": "cap_rounding"},
        "xs_cap_percent": {"rule_set_id": cap.pk, "key": "xs_cap_percent"},
        "choice_east": {"override_id": add_override(cap, choice, by=cast.staff).pk},
        "draft_east": {"id": draft.pk},
        "organ_east": {"organ_id": _organ(tree).pk},
        "rename_here": {"organisation_id": tree.here.pk, "act": "rename"},
        "split_here": {"organisation_id": tree.here.pk, "act": "split"},
        "close_east": {"organisation_id": tree.east.pk, "act": "close"},
        "add_east": {"organisation_id": tree.east.pk, "act": "add"},
        "event_here": {"event_id": _renamed(tree, cast).pk},
    }


def _organ(tree):
    return Organ.objects.create(organisation=tree.east, kind="inspection", name="Ủy ban Kiểm tra", started_on=DAY)


def _renamed(tree, cast):
    """A change of the cell "here" that its base made."""
    decision = TreeDecision("3-QĐ/ĐU", DAY, "Đảng ủy", DAY)
    change = rename(tree.here, {"symbol": "CBK"}, decision=decision)
    return change_tree(change, on=timezone.localdate(), by=cast.officer)


def _of_members(tree):
    member = MemberFactory(home=tree.here)
    fact = Particular.objects.create(member=member, topic="degree", value="bachelor", started_on=date(2025, 7, 1))
    return {
        "member": {"member_id": member.pk},
        **_of_file(member),
        "degree": {"member_id": member.pk, "topic": "degree"},
        "religion": {"member_id": member.pk, "topic": "religion"},
        "degree_fact": {"member_id": member.pk, "kind": "particular", "fact_id": fact.pk},
        "handover_here": {"handover_id": _handover(member).pk},
        "post_here": {"member_id": member.pk, "kind": "post", "fact_id": _post(member).pk},
        "grade": {"member_id": member.pk, "grade_id": _grade(member).pk},
        **_of_standing(tree, member),
        **_of_sheet(member),
        **_of_badges(tree, member),
    }


def _of_badges(tree, member):
    """A badge proposed, a card asked for, a Party age confirmed and a reward of the member in "here"."""
    own = {"member_id": member.pk}
    badge = Badge.objects.create(member=member, level=30, proposed_on=DAY, round_on=date(2027, 2, 3))
    card = PartyCard.objects.create(member=member, kind="first", requested_on=DAY)
    award = Award.objects.create(member=member, form="order", awarded_on=DAY, issuer="Chủ tịch nước")
    confirmed = PartyAgeConfirmation.objects.create(member=member, confirmed_on=DAY, months=240, decision="3-QĐ/TU")
    return {
        "badge": own | {"badge_id": badge.pk},
        "card_asked": own | {"card_id": card.pk},
        "award": own | {"award_id": award.pk},
        "confirmation": own | {"confirmation_id": confirmed.pk},
        "round_here": {"organisation_id": tree.here.pk, "round_on": "2027-02-03"},
        "badges_here": {"organisation_id": tree.here.pk, "year": 2027, "place": "1"},
        "cards_here": {"organisation_id": tree.here.pk, "kind": "loss"},
    }


def _of_sheet(member):
    """A row of an open part of the sheet, and one of a restricted part."""
    step = CareerStep.objects.create(member=member, work="Dạy học", started_on=DAY)
    father = FamilyMember.objects.create(member=member, relation="father", full_name="Lê Văn Cha")
    slip = Supplement.objects.create(member=member, declared_on=DAY)
    Photo.objects.create(member=member, name=default_storage.save("photos/things.jpg", ContentFile(b"x")), digest="x")
    rows = {"career": step, "family": father}
    parts = {name: {"member_id": member.pk, "part": name} for name in rows}
    papers = {
        "slip": {"member_id": member.pk, "supplement_id": slip.pk},
        "slips_here": {"organisation_id": member.home_id, "year": DAY.year},
        "slips_east": {"organisation_id": member.home.parent_id, "year": DAY.year},
        "no_photo": {"member_id": MemberFactory(home=member.home).pk},
        "blank_2_hsdv": {"form": "2-hsdv"},
        "blank_3_hsdv": {"form": "3-hsdv"},
    }
    return papers | parts | {f"{name}_row": parts[name] | {"row_id": row.pk} for name, row in rows.items()}


def _of_standing(tree, member):
    """An ending and a way back of somebody else in the same cell; states, discipline and a hold of the member."""
    gone, on = MemberFactory(home=tree.here), date(2026, 1, 2)
    gone.memberships.update(ended_on=on, end_reason="name_removed")
    back = Restoration.objects.create(
        member=gone, kind="resumed", end_reason="name_removed", organisation=tree.here, out_on=on, back_on=DAY,
        decision="7-QĐ/TU", decided_on=DAY,
    )  # fmt: skip
    ending = Ending.objects.create(
        member=gone, membership=gone.memberships.get(), reason="name_removed", ended_on=on, decision="5-QĐ/ĐU"
    )
    brought = MemberFactory(home=tree.here)
    brought.memberships.update(ended_on=on, end_reason="left_unstated")
    states = {kind: Overlay.objects.create(member=member, kind=kind, started_on=on) for kind in ("exempt", "suspended")}
    own = {"member_id": member.pk}
    sanction = Sanction.objects.create(member=member, form="warning", decided_on=on)
    stage = Proceeding.objects.create(member=member, stage="charged", started_on=on)
    return {
        "ending": {"ending_id": ending.pk},
        "brought": {"member_id": brought.pk},
        "restoration": {"member_id": gone.pk, "restoration_id": back.pk},
        "exemption": own | {"fact_id": states["exempt"].pk},
        "suspension": own | {"fact_id": states["suspended"].pk},
        "sanction": own | {"sanction_id": sanction.pk},
        "proceeding": own | {"proceeding_id": stage.pk},
        "register_here": {"organisation_id": tree.here.pk, "name": "deaths"},
        "name_list_here": {"organisation_id": tree.here.pk, "name": "sign_in"},
        "hold": own | {"hold_id": Hold.objects.create(member=member, started_on=on).pk},
    }


def _handover(member):
    return Handover.objects.create(organisation=member.home, to_member=member, handed_on=DAY)


def _post(member):
    day = date(2025, 7, 1)
    return Post.objects.create(member=member, organisation=member.home, title="secretary", started_on=day)


def _grade(member):
    return AnnualGrade.objects.create(
        member=member, year=YEAR - 1, scale="nhiem_vu", level="HTTNV", organisation=member.home
    )


def _of_imports(tree, cast):
    """A list that is checked, and one that is written but for its second row."""

    def checked(name):
        return check_file(FileToCheck(LIST.encode(), name, DAY), organisation=tree.root, by=cast.staff)

    written = commit_batch(checked("đã ghi.csv"), by=cast.staff)
    official = export_official(tree.here, [], on=DAY, by=cast.staff)
    return {
        "official_here": {"file_id": official.pk},
        "rekey_here": {"file_id": official.pk, "form": "list"},
        "written": {"batch_id": written.pk},
        "refused_row": {"batch_id": written.pk, "row": 3},
        "checked": {"batch_id": checked("mới.csv").pk},
    }


def _of_ratings(tree, cast):
    """A season of the whole committee: the sheet of "here" is a draft, that of the cell next door is decided."""
    people(tree.next_door, 3)
    season = open_season(tree, cast.staff)
    decided = sent(season, tree.next_door, cast.staff, ["HTTNV"] * 3)
    raised = {"number": "2-QĐ/ĐU", "decided_on": DECIDED, "reason": "Thành tích nổi trội"}
    raised = ratings.raise_cap(season, tree.east, by=cast.staff, **raised)
    decision = ratings.decide([decided], entry=DecisionEntry("5-QĐ/ĐU", DECIDED), by=cast.officer)
    first, second, _ = decided.reviews.all()
    sheet = sheet_of(season, tree.here)
    told = ratings.notify_results(decision, notified_on=DECIDED, how="tại cuộc họp chi bộ", by=cast.officer)
    add_override(RuleSet.objects.for_season("quarterly", YEAR), quarters_on(tree.east), by=cast.staff)
    quarter = {"member": sheet.reviews.first().member, "year": YEAR, "quarter": 3, "own_level": "HTTNV"}
    written = QuarterRating.objects.create(organisation=tree.here, **quarter)
    rating = sent_up(season, tree.next_door, cast.staff)
    return {
        "rating_here": {"pk": rating_of(season, tree.here).pk},
        "rating_decided": {"pk": rating.pk},
        "ratings_decision": {"pk": decided_by(tree.east, [rating], cast.officer).pk},
        "notice_east": {"pk": told.pk},
        "frame_draft": {"pk": founded(tree.east, by=cast.officer).pk},
        "frame_issued": {"pk": issued(tree.root, by=cast.staff).pk},
        "report_east": {"organisation": tree.east.pk, "year": YEAR},
        "excellent": {"name": "excellent"},
        "run_east": {"organisation": tree.east.pk, "year": YEAR, "name": "excellent"},
        "trend_east": {"organisation": tree.east.pk},
        "season": {"pk": season.pk},
        "season_east": {"pk": season.pk, "organisation_pk": tree.east.pk},
        "sheet_here": {"pk": sheet.pk},
        "review_here": {"pk": sheet.reviews.first().pk},
        "blank_here": {"pk": sheet.pk, "group": "non_leader"},
        "point_here": {"pk": sheet.pk, "point_pk": point_raised(sheet, tree.east, by=cast.officer).pk},
        "decision_east": {"pk": decision.pk},
        "quarters_east": {"organisation": tree.east.pk, "year": YEAR},
        "quarter_here": {"organisation": tree.here.pk, "year": YEAR, "quarter": 3},
        "quarter_rating": {"pk": written.pk},
        "decided_review": {"pk": second.pk},
        "rerating": {"pk": ratings.rerate(first, entry=anew(first, tree.east), by=cast.officer).pk},
        "complaint": {"pk": complained(second, by=cast.officer).pk},
        "cap_group": {"pk": ratings.found_cap_group(season, tree.east, name="Hưu trí", by=cast.officer).pk},
        "raise_east": {"pk": season.pk, "raise_pk": raised.pk},
    }


def _of_registers(tree, cast):
    """The month of a meeting of "here", its year, a task of it."""
    met(tree.here, [], by=cast.secretary)
    [task] = given(tree.here, MemberFactory(home=tree.here), by=cast.secretary)
    here = {"organisation_id": tree.here.pk}
    return {
        "month_here": here | {"month": MONTH},
        "year_here": here | {"year": MONTH.year},
        "fees_here": here | {"what": "fees"},
        "task_here": {"task_id": task.pk},
    }


def _of_moves(tree, cast):
    """Moves out of "here" in their states: asked for and issued to "there", a guest there, gone outside, and back."""

    def asked(to=tree.there, **changes):
        return request(MemberFactory(home=tree.here), to, by=cast.secretary, **changes)

    guest = asked(kind="temporary", until=date(2027, 3, 1))
    gone = issue(asked("Chi bộ Phường Xa"), by=cast.staff)
    moves = {
        "asked": asked(),
        "issued": issue(asked(), by=cast.staff),
        "guest": accept(issue(guest, by=cast.officer), by=cast.stranger),
        "gone": gone,
    }
    found = {f"move_{name}": {"transfer_id": transfer.pk} for name, transfer in moves.items()}
    return {**found, "gone_member": {"member_id": gone.member_id}}


def _of_quality(tree, cast):
    """A finding and a mending of a record in "here"."""
    member = MemberFactory(home=tree.here, full_name="LÊ THỊ HOA")
    finding = Finding.objects.create(
        member=member, rule="name_form", organisation=tree.here, found_on=DAY, seen_on=DAY, due_on=DAY
    )
    other, gone = MemberFactory(home=tree.here), MemberFactory(home=tree.here)
    changes = {str(member.pk): {"revision": 1, "before": {"alias": "Tư"}, "after": {"alias": "Hoa"}}}
    fix = QualityFix.objects.create(rule="text_form", organisation=tree.here, changes=changes, made_by=cast.staff)
    return {
        "finding": {"finding_id": finding.pk},
        "fix_names_here": {"organisation_id": tree.here.pk, "rule": "name_form"},
        "fix_made": {"fix_id": fix.pk},
        "pair_here": {"member_id": member.pk, "other_id": other.pk},
        "merge_here": {"merge_id": merged_into(member, gone).pk},
    }


def merged_into(member, gone):
    """A merge of two records of one cell that can be undone."""
    before = {"survivor": {"home_id": member.home_id}}
    return Merge.objects.create(survivor=member, merged=gone, reason="căn cước", before=before)


def _of_file(member):
    """A paper of the member's file with its scan, the file lent, and reconciled at its base."""
    paper = DossierPaper.objects.create(member=member, type=5)
    scan = Scan.objects.create(member=member, paper=paper, media_type="image/png", size=9, pages=1, digest="0" * 64)
    loan = FileLoan.objects.create(
        member=member, borrower="Ủy ban Kiểm tra", purpose="xác minh", agreed_by="Bí thư", lent_on=DAY
    )
    base = member.home.parent
    done = {"listed": 1, "counted": 1, "missing": 0, "damaged": 0, "checked_by": "Cán bộ giữ hồ sơ"}
    file_check = FileCheck.objects.create(organisation=base, checked_on=DAY, **done)
    return {
        "paper_type": {"member_id": member.pk, "number": 7},
        "paper": {"paper_id": paper.pk},
        "scan": {"scan_id": scan.pk},
        "loan": {"loan_id": loan.pk},
        "file_check": {"check_id": file_check.pk},
        "files_east": {"organisation_id": base.pk, "name": "file_gaps"},
    }
