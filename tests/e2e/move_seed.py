"""Two bases with a cell each, two secretaries and the staff above: written into the database of a browser story."""

from datetime import date

from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from cells.permissions import Role
from tests.factories import MemberFactory

FOUNDED = date(2025, 7, 1)
NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thị Dung", "Huỳnh Văn Đức", "Võ Thị Hạnh"]


def seed(password):
    """Accounts `dong`, `tay` and `canbo` with this password; prints the ids of the committee, the bases, the cells."""
    system = User.objects.system("story")

    def add(name, kind, parent=None):
        return add_organisation(OrganisationEntry(name, kind, FOUNDED), parent=parent, by=system)

    root = add("Đảng ủy phường Sao Mai", "commune")
    east, west = add("Đảng bộ khu phố Đông", "base_party", root), add("Đảng bộ khu phố Tây", "base_party", root)
    here, there = add("Chi bộ Khóm 1", "cell", east), add("Chi bộ Ấp Thượng", "cell", west)
    for name in NAMES:
        MemberFactory(home=here, full_name=name)
    MemberFactory(home=there, full_name="Đặng Văn Tây")
    for username, role, organisation in (
        ("dong", Role.CELL_SECRETARY, here),
        ("tay", Role.CELL_SECRETARY, there),
        ("canbo", Role.STAFF, root),
    ):
        user = User.objects.create_user(username, password, full_name=f"Đồng chí {username}")
        grant_role(user, role, organisation=organisation, started_on=FOUNDED, by=system)
    print(*(each.pk for each in (root, east, west, here, there)))
