"""Plans of inspection and supervision of this year, of the cell of the story and of the commission, partly done."""

from datetime import date, timedelta

from cells.models import User
from discipline import actions
from members.models import Member

MONTHS = (2, 4, 6, 9, 11)


def plan_supervision(tree, on):
    """What the cell and the commission planned for the year; what lies two months back was done."""
    accounts = User.objects.in_bulk(["bithu", "kiemtra"], field_name="username")
    here, commune = tree.story.story_cell, tree.story.commune
    people = list(Member.objects.filter(home=here).order_by("cv_number")[: 2 * len(MONTHS)])
    head = {"year": on.year, "adopted_on": date(on.year, 1, 10)}
    of_cell = actions.add_plan(here, {**head, "keeper": "cell", "number": "01-KH/CB (mẫu)"}, by=accounts["bithu"])
    of_commission = actions.add_plan(
        commune, {**head, "keeper": "commission", "number": "02-KH/UBKT (mẫu)"}, by=accounts["kiemtra"]
    )
    for place, month in enumerate(MONTHS):
        pair = people[2 * place : 2 * place + 2]
        _plan(of_cell, "Thực hiện nhiệm vụ được phân công", month, {"members": pair}, on, accounts["bithu"])
    for month, cell in zip(MONTHS, tree.cells, strict=False):
        links = {"organisations": [cell]}
        _plan(of_commission, "Lãnh đạo sinh hoạt chi bộ", month, links, on, accounts["kiemtra"])


def _plan(plan, theme, month, links, on, by):
    starts, ends = date(on.year, month, 1), date(on.year, month, 28)
    values = {"kind": "thematic", "theme": theme, "planned_from": starts, "planned_to": ends, **links}
    item = actions.plan_item(plan, values, by=by)
    done_on = ends - timedelta(days=3)
    if ends < on - timedelta(days=60):
        report = {"done_on": done_on, "found": "", "finding": "good", "concluded_on": done_on + timedelta(days=2)}
        actions.report_item(item, report, by=by)
