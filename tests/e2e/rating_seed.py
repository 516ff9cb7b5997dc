"""A base that decides, one cell of forty members, a season of 2025: written into the database of a browser story."""

from datetime import date

from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from cells.permissions import Role
from evaluations.actions.seasons import SeasonEntry, open_season
from members.actions.life_tasks import TaskEntry, TaskLine, assign_tasks, finish_tasks
from tests.factories import MemberFactory

FOUNDED = date(2025, 7, 1)
FAMILIES = ["Nguyễn Văn", "Trần Thị", "Lê Hoàng", "Phạm Thị", "Huỳnh Văn"]
GIVEN = ["An", "Bình", "Cường", "Dung", "Đức", "Hạnh", "Hùng", "Lan"]


def keep_register(cell, members, by):
    """Three tasks of everybody, all done in time, one of them beyond requirement."""
    entries = [TaskEntry(f"Nhiệm vụ {number}", "Chi ủy", date(2025, 10, 31)) for number in (1, 2, 3)]
    for place, entry in enumerate(entries):
        tasks = assign_tasks(cell, entry, members, on=date(2025, 9, 1), by=by)
        lines = [TaskLine(task.key, date(2025, 10, 1), place == 0, "", task.pk) for task in tasks]
        finish_tasks(cell, lines, by=by)


def seed(password):
    """Accounts `bithu` and `coso` with this password; prints the ids of the sheet, the season and the base."""
    system = User.objects.system("story")

    def add(name, kind, parent=None):
        return add_organisation(OrganisationEntry(name, kind, FOUNDED), parent=parent, by=system)

    root = add("Đảng ủy phường Sao Mai", "commune")
    base = add("Đảng bộ khu phố Đông", "base_party", root)
    cell = add("Chi bộ Khóm 3", "cell", base)
    members = [MemberFactory(home=cell, full_name=f"{family} {given}") for given in GIVEN for family in FAMILIES]
    keep_register(cell, members, system)
    for username, role, organisation in (
        ("bithu", Role.CELL_SECRETARY, cell),
        ("coso", Role.BASE_OFFICER, base),
    ):
        user = User.objects.create_user(username, password, full_name=f"Đồng chí {username}")
        grant_role(user, role, organisation=organisation, started_on=FOUNDED, by=system)
    entry = SeasonEntry(2025, date(2025, 12, 31), date(2025, 12, 10), date(2025, 12, 20))
    season = open_season(entry, organisation=root, by=system)
    print(season.sheets.get().pk, season.pk, base.pk)
