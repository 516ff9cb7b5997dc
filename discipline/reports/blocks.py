"""The blocks of the report on inspection, supervision and discipline, in the order of the guide.

What was announced is counted for everybody who may open the report. What is still under seal is counted for whom the
cases and letters name, in a column of its own: to nobody else does it show that there is anything.
"""

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from config.lib.tables import NUMBER, FigureTable, Heading, Row
from discipline.beside_enums import ContentResult, DenunciationState, Finding, InspectionKind
from discipline.enums import AppealOutcome, Form, PostThen
from discipline.models import Appeal, Case, CaseDecision, CaseViolation, Denunciation, PlannedInspection, StepTaken
from discipline.reports.statistics import ALL
from discipline.rules.counting import NO_LEGAL, PRISON, TOTAL

OPEN = (Heading("Nội dung", width=70), Heading("Số lượng", NUMBER, 30))
SEALED = (Heading("Nội dung", width=50), Heading("Đã công bố", NUMBER, 22),
          Heading("Chưa công bố, trong hồ sơ đồng chí được giao", NUMBER, 28))  # fmt: skip
COMMITTEE_MEMBERS = (PostThen.PROVINCIAL, PostThen.DISTRICT, PostThen.COMMITTEE, PostThen.CELL_COMMITTEE)
UNSEEN = (
    "Hồ sơ chưa công bố và hồ sơ kết thúc mà không công bố chỉ đếm cho người được nêu tên; người khác mở báo cáo này "
    "không thấy các số ấy."
)


def blocks(statistics, user):
    """The tables of the report in the order of the guide."""
    planned = _all_planned(statistics, user)
    made = {
        "compliance": lambda: _planned(planned, InspectionKind.COMPLIANCE),
        "signs": lambda: _signs(statistics, user),
        "thematic": lambda: _planned(planned, InspectionKind.THEMATIC),
        "denunciations": lambda: _denunciations(statistics, user),
        "appeals": lambda: _appeals(statistics, user),
        "organisations": lambda: _organisations(statistics),
        "members": lambda: _members(statistics),
        "others": lambda: _others(statistics),
    }
    names = statistics.guide.blocks
    return [_table(name, names[name], *made[name]()) for name in names["order"]]


def _table(name, title, headings, lines, note=""):
    return FigureTable(name, title, headings, tuple(Row(line) for line in lines), note)


def _below(statistics, field="organisation"):
    return {f"{field}__path__startswith": statistics.organisation.path}


def _within(statistics, field):
    return {f"{field}__gte": statistics.span.since, f"{field}__lt": statistics.span.until}


def _all_planned(statistics, user):
    """Inspections and supervision of plans, carried out in the period; open to those above."""
    rows = PlannedInspection.objects.visible_to(user).below(statistics.organisation)
    rows = rows.filter(**_within(statistics, "done_on"))
    return list(rows.annotate(people=Count("members", distinct=True), bodies=Count("organisations", distinct=True)))


def _planned(rows, kind):
    found = [each for each in rows if each.kind == kind]
    concluded = [
        (f"Kết luận: {word.lower()}", sum(each.finding == value for each in found)) for value, word in Finding.choices
    ]
    lines = [
        ("Số cuộc", len(found)),
        ("Tổ chức đảng", sum(each.bodies for each in found)),
        ("Đảng viên", sum(each.people for each in found)),
        *concluded,
        ("Chuyển Ủy ban Kiểm tra xem xét", sum(each.passed_on is not None for each in found)),
    ]
    return OPEN, lines


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

    def line(words, holds):
        found = [public for each, public in zip(cases, told, strict=True) if holds(each)]
        return words, sum(found), len(found) - sum(found)

    lines = [
        line("Tổ chức đảng được kiểm tra", lambda each: each.member_id is None),
        line("Đảng viên được kiểm tra", lambda each: each.member_id is not None),
        line("– trong đó cấp ủy viên", lambda each: each.post_then in COMMITTEE_MEMBERS),
        line("Có vi phạm", lambda each: each.is_faulty or bool(each.form)),
        line("Phải thi hành kỷ luật", lambda each: bool(each.form)),
    ]
    lines += [
        line(f"– đã thi hành: {word.lower()}", lambda each, form=form: each.form == form) for form, word in Form.choices
    ]
    return SEALED, lines, UNSEEN


def _denunciations(statistics, user):
    """Letters that name the person; how many there are else nobody learns here."""
    rows = Denunciation.objects.visible_to(user).filter(**_below(statistics), **_within(statistics, "received_on"))
    standing = Q(contents__voided_at__isnull=True)
    ended = {
        value: Count("contents", filter=standing & Q(contents__result=value), distinct=True)
        for value in ContentResult.values
    }
    found = list(rows.annotate(**ended).values("state", *ended))
    contents = [
        (f"Nội dung: {word.lower()}", sum(each[value] for each in found)) for value, word in ContentResult.choices
    ]
    lines = [
        ("Đã nhận", len(found)),
        ("Đã kết luận", sum(each["state"] == DenunciationState.CONCLUDED for each in found)),
        ("Không giải quyết như đơn tố cáo", sum(each["state"] == DenunciationState.REFUSED for each in found)),
        *contents,
    ]
    headings = (SEALED[0], Heading("Trong đơn, hồ sơ đồng chí được giao", NUMBER, 50))
    return headings, lines, "Đơn tố cáo chỉ đếm cho người được nêu tên."


def _appeals(statistics, user):
    """Appeals by what they came to: announced for all, the others for those of the case."""
    mine = Q(case__in=Case.objects.visible_to(user).values("pk"))
    announced = Q(announced_on__isnull=False, announced_on__lt=statistics.span.until)
    rows = Appeal.objects.standing().filter(announced | mine, case__voided_at__isnull=True)
    rows = rows.filter(**_below(statistics, "decision__organisation"), **_within(statistics, "lodged_on"))
    found = [(row, row.announced_on is not None and row.announced_on < statistics.span.until) for row in rows]

    def line(words, holds):
        return (
            words,
            sum(told and holds(row) for row, told in found),
            sum(not told and holds(row) for row, told in found),
        )

    lines = [line("Đã nhận", lambda row: True)]
    lines += [
        line(f"Đã giải quyết: {word.lower()}", lambda row, value=value: row.outcome == value)
        for value, word in AppealOutcome.choices
    ]
    return SEALED, lines, UNSEEN


def _organisations(statistics):
    found = [each.counted for each in statistics.standings if each.counted.is_organisation]
    forms = (Form.REPRIMAND, Form.WARNING, Form.DISSOLUTION)
    lines = [("Tổng số tổ chức đảng bị thi hành kỷ luật", len(found))]
    lines += [(form.label, sum(each.form == form for each in found)) for form in forms]
    levels = {"province": "Cấp tỉnh quyết định", "district": "Cấp huyện quyết định", "base": "Cấp cơ sở quyết định"}
    lines += [(word, sum(each.level == level for each in found)) for level, word in levels.items()]
    return OPEN, lines


def _members(statistics):
    """Totals and forms side by side; the whole tables are annexes."""
    columns = [column for column in statistics.tables[0].guide.columns if column.counts.startswith(("total", "form"))]
    lines = [(column.label, *(table.figures[ALL][column.number] for table in statistics.tables)) for column in columns]
    both = [(*line, sum(line[1:])) for line in lines]
    headings = (
        Heading("Nội dung", width=34),
        Heading("Cấp ủy các cấp và chi bộ", NUMBER, 22),
        Heading("Ủy ban kiểm tra các cấp", NUMBER, 22),
        Heading("Cộng", NUMBER, 22),
    )
    return headings, both, "Mỗi vụ chỉ thuộc một trong hai: cấp ủy, chi bộ hoặc ủy ban kiểm tra quyết định."


def _others(statistics):
    found = [each.counted for each in statistics.standings if not each.counted.is_organisation]
    lines = [
        ("Đình chỉ sinh hoạt đảng", len(statistics.suspended)),
        ("Xử lý pháp luật", sum(each.legal not in NO_LEGAL for each in found)),
        ("– trong đó phạt tù (kể cả án treo)", sum(each.legal == PRISON for each in found)),
        ("Xử lý hành chính", sum(each.administrative for each in found)),
    ]
    return OPEN, lines


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
