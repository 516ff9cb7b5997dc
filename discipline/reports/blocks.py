"""The blocks of the report on inspection, supervision and discipline, in the order of the guide.

What was announced is counted for everybody who may open the report. What is still under seal is counted for whom the
cases and letters name, in a column of its own: to nobody else does it show that there is anything.
"""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from config.lib.tables import NUMBER, FigureTable, Heading, Row
from discipline.beside_enums import ContentResult, DenunciationState, Finding, InspectionKind
from discipline.enums import AppealOutcome, Form, PostThen
from discipline.models import Appeal, Case, CaseDecision, CaseViolation, Denunciation, PlannedInspection, StepTaken
from discipline.reports.statistics import ALL
from discipline.rules.counting import NO_LEGAL, PRISON, TOTAL
from members.enums import COMMITTEE_TITLES

OPEN = (Heading("Nội dung", width=70), Heading("Số lượng", NUMBER, 30))
SEALED = (Heading("Nội dung", width=50), Heading("Đã công bố", NUMBER, 22),
          Heading("Chưa công bố, trong hồ sơ đồng chí được giao", NUMBER, 28))  # fmt: skip
COMMITTEE_MEMBERS = (PostThen.PROVINCIAL, PostThen.DISTRICT, PostThen.COMMITTEE, PostThen.CELL_COMMITTEE)
UNSEEN = (
    "Hồ sơ chưa công bố và hồ sơ kết thúc mà không công bố chỉ đếm cho người được nêu tên; người khác mở báo cáo này "
    "không thấy các số ấy."
)


def blocks(statistics, user):
    """The tables of the report in the order of the guide; a line that it asks for and nobody counts stays open."""
    planned = _all_planned(statistics, user)
    made = {
        "compliance": lambda: _planned(planned, InspectionKind.COMPLIANCE),
        "signs": lambda: _signs(statistics, user),
        "thematic": lambda: _planned(planned, InspectionKind.THEMATIC),
        "duty": lambda: _planned(planned, InspectionKind.DUTY),
        "finance": lambda: _finance(planned),
        "denunciations": lambda: _denunciations(statistics, user),
        "appeals": lambda: _appeals(statistics, user),
        "organisations": lambda: _organisations(statistics),
        "members": lambda: _members(statistics),
        "others": lambda: _others(statistics),
    }
    return [_table(block, *made[block.code]()) for block in statistics.guide.blocks]


def _table(block, headings, counted, note=""):
    """The lines of a block from {what is counted: its figures}."""
    unknown = (None,) * (len(headings) - 1)
    rows = tuple(Row((label, *counted.get(counts, unknown))) for counts, label in block.lines)
    return FigureTable(block.code, block.title, headings, rows, note)


def _below(statistics, field="organisation"):
    return {f"{field}__path__startswith": statistics.organisation.path}


def _within(statistics, field):
    return {f"{field}__gte": statistics.span.since, f"{field}__lt": statistics.span.until}


def _all_planned(statistics, user):
    """Inspections and supervision of plans, carried out in the period; open to those above."""
    rows = PlannedInspection.objects.visible_to(user).below(statistics.organisation)
    rows = rows.filter(**_within(statistics, "done_on"))
    post, day = "members__posts__", F("done_on")
    holds = Q(**{f"{post}ended_on__isnull": True}) | Q(**{f"{post}ended_on__gt": day})
    on_committee = {
        f"{post}title__in": COMMITTEE_TITLES, f"{post}voided_at__isnull": True, f"{post}started_on__lte": day,
    }  # fmt: skip
    return list(
        rows.annotate(
            people=Count("members", distinct=True), bodies=Count("organisations", distinct=True),
            leaders=Count("members", filter=Q(**on_committee) & holds, distinct=True),
        )
    )  # fmt: skip


def _planned(rows, kind):
    found = [each for each in rows if each.kind == kind]
    counted = {
        "number": (len(found),),
        "organisations": (sum(each.bodies for each in found),),
        "members": (sum(each.people for each in found),),
        "committee_members": (sum(each.leaders for each in found),),
        "passed_on": (sum(each.passed_on is not None for each in found),),
    }
    counted |= {f"finding:{value}": (sum(each.finding == value for each in found),) for value in Finding.values}
    return OPEN, counted


def _finance(rows):
    """Organisations whose finances were inspected, by what of them."""
    kinds = (InspectionKind.BUDGET, InspectionKind.FEES)
    return OPEN, {kind.value: (sum(each.bodies for each in rows if each.kind == kind),) for kind in kinds}


def _inspected(statistics, user):
    """Cases inspected in the period that were announced or name the person, with their first decision."""
    until = statistics.span.until
    steps = StepTaken.objects.standing().filter(step="plan_inspection", **_within(statistics, "on"))
    rows = Case.objects.standing().filter(pk__in=steps.values("case"), **_below(statistics))
    decisions = CaseDecision.objects.standing().filter(replaces__isnull=True)
    own = Case.objects.visible_to(user).values("pk")
    seen = rows.filter(Q(pk__in=decisions.filter(announced_on__lt=until).values("case")) | Q(pk__in=own))
    first = decisions.filter(case=OuterRef("pk")).order_by("recorded_at")
    faulty = CaseViolation.objects.standing().filter(case=OuterRef("pk"), is_concluded=True)
    columns = {name: Subquery(first.values(name)[:1]) for name in ("form", "post_then", "announced_on")}
    return seen.annotate(is_faulty=Exists(faulty), **columns).values_list(
        "member_id", "is_faulty", "form", "post_then", "announced_on", named=True
    )


def _signs(statistics, user):
    """Cases inspected on signs of a violation, by what came of them."""
    cases = list(_inspected(statistics, user))
    told = [each.announced_on is not None and each.announced_on < statistics.span.until for each in cases]

    def count(holds):
        found = [public for each, public in zip(cases, told, strict=True) if holds(each)]
        return sum(found), len(found) - sum(found)

    counted = {
        "organisations": count(lambda each: each.member_id is None),
        "members": count(lambda each: each.member_id is not None),
        "committee_members": count(lambda each: each.post_then in COMMITTEE_MEMBERS),
        "guilty": count(lambda each: each.is_faulty or bool(each.form)),
        "to_discipline": count(lambda each: bool(each.form)),
    }
    counted |= {f"form:{form}": count(lambda each, form=form: each.form == form) for form in Form.values}
    return SEALED, counted, UNSEEN


def _denunciations(statistics, user):
    """Letters that name the person; how many there are else nobody learns here."""
    rows = Denunciation.objects.visible_to(user).filter(**_below(statistics), **_within(statistics, "received_on"))
    standing = Q(contents__voided_at__isnull=True)
    ended = {
        value: Count("contents", filter=standing & Q(contents__result=value), distinct=True)
        for value in ContentResult.values
    }
    found = list(rows.annotate(**ended).values("state", *ended))
    counted = {"received": (len(found),)}
    counted |= {
        f"state:{state}": (sum(each["state"] == state for each in found),) for state in DenunciationState.values
    }
    counted |= {f"result:{value}": (sum(each[value] for each in found),) for value in ContentResult.values}
    headings = (SEALED[0], Heading("Trong đơn, hồ sơ đồng chí được giao", NUMBER, 50))
    return headings, counted, "Đơn tố cáo chỉ đếm cho người được nêu tên."


def _appeals(statistics, user):
    """Appeals by what they came to: announced for all, the others for those of the case."""
    mine = Q(case__in=Case.objects.visible_to(user).values("pk"))
    announced = Q(announced_on__isnull=False, announced_on__lt=statistics.span.until)
    rows = Appeal.objects.standing().filter(announced | mine, case__voided_at__isnull=True)
    rows = rows.filter(**_below(statistics, "decision__organisation"), **_within(statistics, "lodged_on"))
    found = [(row, row.announced_on is not None and row.announced_on < statistics.span.until) for row in rows]

    def count(holds):
        found_so = [public for row, public in found if holds(row)]
        return sum(found_so), len(found_so) - sum(found_so)

    counted = {"received": count(lambda row: True)}
    counted |= {
        f"outcome:{value}": count(lambda row, value=value: row.outcome == value) for value in AppealOutcome.values
    }
    return SEALED, counted, UNSEEN


def _organisations(statistics):
    found = [each.counted for each in statistics.standings if each.counted.is_organisation]
    counted = {"total": (len(found),)}
    counted |= {f"form:{form}": (sum(each.form == form for each in found),) for form in Form.values}
    levels = set(statistics.guide.levels.values())
    counted |= {f"by:{level}": (sum(each.level == level for each in found),) for level in levels}
    return OPEN, counted


def _members(statistics):
    """Totals and forms side by side; the whole tables are annexes."""
    counted = {}
    for column in statistics.tables[0].guide.columns:
        figures = [table.figures[ALL][column.number] or 0 for table in statistics.tables]
        counted[column.counts] = (*figures, sum(figures))
    headings = (
        Heading("Nội dung", width=34),
        Heading("Cấp ủy các cấp và chi bộ", NUMBER, 22),
        Heading("Ủy ban kiểm tra các cấp", NUMBER, 22),
        Heading("Cộng", NUMBER, 22),
    )
    return headings, counted, "Mỗi vụ chỉ thuộc một trong hai: cấp ủy, chi bộ hoặc ủy ban kiểm tra quyết định."


def _others(statistics):
    found = [each.counted for each in statistics.standings if not each.counted.is_organisation]
    return OPEN, {
        "suspended": (len(statistics.suspended),),
        "legal": (sum(each.legal not in NO_LEGAL for each in found),),
        "legal:prison": (sum(each.legal == PRISON for each in found),),
        "administrative": (sum(each.administrative for each in found),),
    }


def findings(statistics):
    """The sentences of the report; every number comes from the tables."""
    committees, commissions = (table.figures[ALL] for table in statistics.tables)
    total = (committees[TOTAL] or 0) + (commissions[TOTAL] or 0)
    yield (
        f"Trong kỳ, thi hành kỷ luật {total} đảng viên: cấp ủy các cấp và chi bộ {committees[TOTAL]}, ủy ban kiểm tra "
        f"{commissions[TOTAL]}."
    )
    forms = [c for c in statistics.tables[0].guide.columns if c.counts.startswith("form")]
    said = [f"{c.label.lower()} {(committees[c.number] or 0) + (commissions[c.number] or 0)}" for c in forms]
    yield f"Hình thức: {', '.join(said)}."
