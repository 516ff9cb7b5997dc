"""One cell of forty members and its secretary: written into the database of a browser story."""

from datetime import date

from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from cells.permissions import Role
from tests.e2e.rating_seed import FAMILIES, FOUNDED, GIVEN
from tests.factories import MemberFactory


def seed(password):
    """The account `bithu` with this password; prints the id of the cell and the month of today."""
    system = User.objects.system("story")
    base = add_organisation(OrganisationEntry("Đảng ủy phường Sao Mai", "commune", FOUNDED), parent=None, by=system)
    cell = add_organisation(OrganisationEntry("Chi bộ Khóm 3", "cell", FOUNDED), parent=base, by=system)
    for given in GIVEN:
        for family in FAMILIES:
            MemberFactory(home=cell, full_name=f"{family} {given}")
    user = User.objects.create_user("bithu", password, full_name="Đồng chí bí thư")
    grant_role(user, Role.CELL_SECRETARY, organisation=cell, started_on=FOUNDED, by=system)
    print(cell.pk, f"{date.today():%Y-%m}")
