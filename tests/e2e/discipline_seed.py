"""A base with two cells, its officer, the commission above: for the stories of discipline and of screening."""

from datetime import date

from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from cells.permissions import Role
from tests.factories import MemberFactory

FOUNDED = date(2025, 7, 1)
HERE = [
    "Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thị Dung", "Huỳnh Văn Đức", "Võ Thị Hạnh", "Đỗ Văn Lỗi",
    "Mai Văn Nặng",
]  # fmt: skip
THERE = ["Bùi Văn Tiến", "Cao Thị Lùi", "Dương Văn Giang", "Hồ Thị Hoa", "Kiều Văn Khánh", "Lâm Thị Lan"]
ACCOUNTS = {
    "dong": (Role.CELL_SECRETARY, "here"),
    "tay": (Role.CELL_SECRETARY, "there"),
    "coso": (Role.BASE_OFFICER, "east"),
    "canbo": (Role.STAFF, "root"),
    "kiemtra": (Role.INSPECTION_OFFICER, "root"),
    "chunhiem": (Role.INSPECTION_HEAD, "root"),
}


def seed(password):
    """Accounts of the cast; prints the ids of the cells, the base and the committee."""
    system = User.objects.system("story")

    def add(name, kind, parent=None):
        return add_organisation(OrganisationEntry(name, kind, FOUNDED), parent=parent, by=system)

    places = {"root": add("Đảng ủy phường Sao Mai", "commune")}
    places["east"] = add("Đảng bộ khu phố Đông", "base_party", places["root"])
    places["here"] = add("Chi bộ Khóm 1", "cell", places["east"])
    places["there"] = add("Chi bộ Khóm 2", "cell", places["east"])
    for cell, names in ((places["here"], HERE), (places["there"], THERE)):
        for name in names:
            MemberFactory(home=cell, full_name=name)
    for username, (role, place) in ACCOUNTS.items():
        user = User.objects.create_user(username, password, full_name=f"Đồng chí {username}")
        grant_role(user, role, organisation=places[place], started_on=FOUNDED, by=system)
    print(*(places[name].pk for name in ("here", "there", "east", "root")))
