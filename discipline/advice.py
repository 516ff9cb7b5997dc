"""What the rules say beside the form of a step: who is competent, which forms exist, what the person may see of it."""

from cells.rulewords import key_label
from discipline.enums import Handler, Scope
from discipline.models import Case
from discipline.planning import day_rules
from discipline.rules.authority import ACTS, MANAGED, MEMBER, NOTHING, Matter, competence
from discipline.rules.forms import ORGANISATION, WORDS
from discipline.subjects import forms_of, subject_of

BODIES = ("cell", "base_committee", "upper_committee", "upper_inspection")
NO_RULES = "Phần mềm không có quy định của ngày này; ghi như đã làm, không có gợi ý."
ONLY_YOURS = "Phần mềm chỉ so với những hồ sơ mà đồng chí được nêu tên."


def result(status, word, reason, source="", arithmetic=()):
    """What the component of a rule shows."""
    return {"status": status, "word": word, "reason": reason, "source": source, "arithmetic": list(arithmetic)}


def on_triage(opened, today):
    """Who is competent, which other cases of the same subject name the person."""
    return [*competent(opened, today), known_cases(opened)]


def competent(opened, today):
    """Which forms exist for the subject, and what each body may do with them."""
    case, rules = opened.case, day_rules(opened.case, today)
    if not rules.are_known:
        return [result("none", "Không gợi ý", NO_RULES)]
    forms = forms_of(case, rules.violation, today)
    subject = subject_of(case, today)
    words = f"Hình thức áp dụng được đối với {subject.label.lower()}: {', '.join(WORDS[form] for form in forms)}."
    found = [result("ok", "Hình thức", words, rules.violation.cite(f"{_key(subject)}_forms"))]
    if subject == ORGANISATION:
        return found
    about = MANAGED if case.is_managed_above else MEMBER
    lines = [_line(rules.authority, body, forms, (about, case.scope)) for body in BODIES]
    source = competence(rules.authority, "cell", Matter(form=forms[0], subject=about, scope=case.scope)).article
    return [*found, result("human", "Thẩm quyền", lines[0], source, lines[1:])]


def on_plan(opened, today):
    """The limits of time beside the plan, and that a cell does not inspect the official work of managed cadres."""
    case, rules = opened.case, day_rules(opened.case, today).procedure
    found = []
    if case.handler == Handler.CELL and case.is_managed_above and case.scope == Scope.ASSIGNED:
        words = "Chi bộ không kiểm tra công tác chuyên môn của cán bộ cấp trên quản lý; báo cáo bằng văn bản."
        found.append(result("warn", "Lưu ý", words, "Quy định 21-QĐ/TW, chưa đối chiếu văn bản"))
    if rules.examined_period_max_years is not None:
        words = f"Thời kỳ được kiểm tra không quá {rules.examined_period_max_years} năm."
        found.append(result("ok", "Thời kỳ", words, rules.cite("examined_period_max_years")))
    if case.handler == Handler.CELL and rules.cell_signs_inspection_days is not None:
        words = (
            f"Chi bộ kiểm tra khi có dấu hiệu vi phạm trong {rules.cell_signs_inspection_days} ngày, theo chương trình "
            f"trong {rules.cell_planned_inspection_days} ngày, giám sát chuyên đề trong "
            f"{rules.cell_thematic_supervision_days} ngày."
        )
        keys = ("cell_signs_inspection_days", "cell_planned_inspection_days", "cell_thematic_supervision_days")
        found.append(result("ok", "Thời hạn", words, rules.cite(*keys)))
    return found


def on_sentence(opened, today):
    """Whether a judgment may be reported without an inspection."""
    rules = day_rules(opened.case, today)
    article = rules.procedure.cite("custodial_judgment_skips_inspection")
    if rules.procedure.custodial_judgment_skips_inspection is not True:
        return [result("stop", "Không áp dụng", "Bản án không thay cho kiểm tra theo bộ quy tắc hiện hành.", article)]
    words = "Bản án phạt tù có hiệu lực: báo cáo cấp có thẩm quyền khai trừ, không qua kiểm tra."
    return [result("ok", "Báo cáo thẳng", words, article)]


def known_cases(opened):
    """Other cases about the same subject that name the person; of others he learns nothing."""
    case = opened.case
    others = Case.objects.visible_to(opened.user).filter(member=case.member_id, accused=case.accused_id)
    lines = [f"{each.signal_on:%d/%m/%Y}: {each.get_state_display()}" for each in others.exclude(pk=case.pk)]
    if lines:
        return result("warn", "Có thể trùng", f"Có {len(lines)} hồ sơ khác về đối tượng này. {ONLY_YOURS}", "", lines)
    return result("ok", "Không trùng", f"Chưa thấy hồ sơ khác về đối tượng này. {ONLY_YOURS}")


def _key(subject):
    return {"official": "member", "probationary": "probationary", "organisation": "organisation"}[subject]


def _line(keys, body, forms, about):
    """ "Thẩm quyền của chi bộ: quyết định khiển trách, cảnh cáo; đề nghị cấp trên khai trừ." """
    subject, scope = about
    by_act: dict[str, list[str]] = {}
    for form in forms:
        act = competence(keys, body, Matter(form=form, subject=subject, scope=scope)).act
        by_act.setdefault(act or NOTHING, []).append(WORDS[form])
    said = "; ".join(f"{ACTS[act]} {', '.join(names)}" for act, names in by_act.items())
    return f"{key_label(body)}: {said}."
