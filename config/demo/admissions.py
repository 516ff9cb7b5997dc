"""The source of admissions: lists of some cells month by month, classes, plans of two years, those admitted before."""

import random
from datetime import date, timedelta

from admissions.actions import source_steps as steps
from admissions.actions.lists import ListEntry, list_candidate
from admissions.actions.source_plans import PlanEntry, save_plan
from admissions.actions.source_resolutions import Line, ResolutionHead, resolve_month
from admissions.certificates import CertificateEntry
from admissions.enums import FoundBy, LineChange
from admissions.helping import may_help
from admissions.models import Candidate
from admissions.steps import Taken
from cells.models import Organisation
from config.demo.admitted import freeze_admitted
from config.demo.names import person_name
from config.lib.workdays import add_months
from members.enums import Sex

CELLS = 12  # so many cells keep a list, however large the demo
PEOPLE = (3, 7)
CLASS_DONE, CLEARED = 0.4, 0.5  # shares of the sympathisers, of those with a certificate
SHARE = 0.03  # of a base's people, a target


def seed_source(organisations, on, *, by):
    """Fill the source of the first cells and the plans of their bases; freeze who was admitted in the last years."""
    rng = random.Random(len(organisations))
    cells = [cell for cell in organisations if may_help(cell, on).exists()][:CELLS]
    for cell in cells:
        _fill(cell, on, rng, by)
    freeze_admitted(on, by=by)
    _give_plans(organisations, on, by)


def _fill(cell, on, rng, by):
    """Somebody listed half a year ago, a resolution two months later and one of last month."""
    listed_on = add_months(on, -7)
    people = [_listed(cell, listed_on + timedelta(days=place), rng, by) for place in range(rng.randint(*PEOPLE))]
    first, last = (add_months(on.replace(day=1), -count) for count in (5, 1))
    helpers = list(may_help(cell, first)[: len(people)])
    added = people[: max(1, len(people) - 2)]
    lines = [
        Line(person, LineChange.ADDED, "Học nghị quyết, tham gia sinh hoạt Đoàn (mẫu)", helpers[place % len(helpers)])
        for place, person in enumerate(added)
    ]
    _resolve(cell, first, lines, by)
    _teach([person for person in added if rng.random() < CLASS_DONE], cell, on, rng, by)
    kept = [Line(person, LineChange.KEPT, "Tiếp tục giúp đỡ (mẫu)") for person in added]
    _resolve(cell, last, kept, by)


def _listed(cell, on, rng, by):
    sex = rng.choice((Sex.FEMALE, Sex.MALE))
    columns = {
        "full_name": person_name(rng, sex), "sex": sex, "born_on": date(on.year - rng.randint(20, 34), 6, 15),
    }  # fmt: skip
    found_by = rng.choice(FoundBy.values)
    return list_candidate(ListEntry(columns, on, found_by, "Danh sách mẫu"), organisation=cell, by=by)


def _resolve(cell, month, lines, by):
    resolve_month(cell, ResolutionHead(month, month.replace(day=5), f"{month.month:02d}-NQ/CB"), lines, by=by)


def _teach(people, cell, on, rng, by):
    """The class: sent, certified, some of them cleared and planned for next year."""
    body = cell.parent
    if body is None or not people:
        return
    steps.send_many_to_class(people, Taken(add_months(on, -3), body, "Công văn cử học (mẫu)"), by=by)
    held_on = add_months(on, -2)
    entry = CertificateEntry(held_on, "01-CN (mẫu)", "Trung tâm chính trị (mẫu)")
    for person in people:
        steps.record_certificate(person, Taken(held_on, cell), entry, by=by)
    cleared = [person for person in people if rng.random() < CLEARED]
    if cleared:
        steps.clear_many(cleared, Taken(held_on + timedelta(days=10), body, "Thông báo (mẫu)"), by=by)
    Candidate.objects.filter(pk__in=[person.pk for person in cleared]).update(planned_year=on.year + 1)


def _give_plans(organisations, on, by):
    """Targets of last year and this one for the bodies above the cells and for the whole."""
    sizes = {}
    for cell in organisations:
        for each in cell.ancestor_ids()[:-1]:
            sizes[each] = sizes.get(each, 0) + 20
    bodies = Organisation.objects.open().filter(pk__in=sizes).order_by("path")
    for body in bodies:
        for year in (on.year - 1, on.year):
            target = max(1, round(sizes[body.pk] * SHARE))
            groups = {"women": target // 3, "youth": target // 2}
            save_plan(body, PlanEntry(year, target, groups, f"Kế hoạch {year} (mẫu)"), by=by)
