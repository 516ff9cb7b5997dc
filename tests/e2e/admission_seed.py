"""A base with two cells, its officer, the staff above, and three people on their way: for the story of an admission."""

from datetime import date

from admissions.models import AdmissionPaper, Candidate, ClassCertificate, Introducer, Profile, VerificationItem
from cells.actions.accounts import grant_role
from cells.actions.tree import OrganisationEntry, add_organisation
from cells.models import User
from cells.permissions import Role
from tests.admissions.dossier_cases import IN_ORDER
from tests.factories import MemberFactory

FOUNDED = date(2024, 7, 1)
SINCE = date(2024, 7, 1)
MEMBERS = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Hoàng Cường", "Phạm Thị Dung", "Huỳnh Văn Đức", "Võ Thị Hạnh"]
WAITING = {  # name: born on
    "Đỗ Văn Hụt": date(1985, 3, 5),
    "Bùi Thị Chuyển": date(1988, 3, 5),
    "Mai Văn Cao": date(1964, 3, 5),
}
LISTED, APPLIED, DONE = date(2025, 7, 2), date(2025, 7, 10), date(2025, 8, 1)
PAPERS = {
    "application": APPLIED, "cv": APPLIED, "cv_seal": date(2025, 7, 12), "cell_remark": date(2025, 7, 25),
    "base_certificate": date(2025, 7, 26), "residence_opinion": DONE, "opinions_summary": DONE, "political": DONE,
}  # fmt: skip


def seed(password):
    """Accounts `dong`, `tay`, `coso`, `canbo`; prints the ids of the cells, the base and the committee."""
    system = User.objects.system("story")

    def add(name, kind, parent=None):
        return add_organisation(OrganisationEntry(name, kind, FOUNDED), parent=parent, by=system)

    province = add("Tỉnh ủy Cà Mau", "province")
    root = add_organisation(
        OrganisationEntry("Đảng ủy phường Sao Mai", "commune", date(2025, 7, 1)), parent=province, by=system
    )
    east = add_organisation(OrganisationEntry("Đảng bộ khu phố Đông", "base_party", date(2025, 7, 1)), parent=root,
                            by=system)  # fmt: skip
    here, there = (
        add_organisation(OrganisationEntry(name, "cell", date(2025, 7, 1)), parent=east, by=system)
        for name in ("Chi bộ Khóm 1", "Chi bộ Khóm 2")
    )
    for cell in (here, there):
        for name in MEMBERS:
            MemberFactory(home=cell, full_name=name if cell is here else f"{name} Hai")
    for username, role, organisation in (
        ("dong", Role.CELL_SECRETARY, here),
        ("tay", Role.CELL_SECRETARY, there),
        ("coso", Role.BASE_OFFICER, east),
        ("canbo", Role.STAFF, root),
        ("xem", Role.READER, root),
        ("kiemtra", Role.INSPECTION_OFFICER, root),
    ):
        user = User.objects.create_user(username, password, full_name=f"Đồng chí {username}")
        grant_role(user, role, organisation=organisation, started_on=date(2025, 7, 1), by=system)
    for name, born_on in WAITING.items():
        _complete(here, name, born_on)
    print(*(each.pk for each in (here, there, east, root)))


def _complete(cell, name, born_on):
    """Somebody whose dossier is complete, as the cell and the base have entered it."""
    candidate = Candidate.objects.create(
        organisation=cell, full_name=name, born_on=born_on, sex="male", state="complete", listed_on=LISTED
    )
    over_age = {"health_confirmed": True, "special_need": True}
    Profile.objects.create(candidate=candidate, **IN_ORDER, **over_age)
    ClassCertificate.objects.create(candidate=candidate, kind="awareness", issued_on=date(2025, 6, 20))
    for member in cell.members.order_by("sort_key")[:2]:
        row = Introducer.objects.create(
            candidate=candidate, member=member, together_since=date(2020, 1, 1), assigned_on=APPLIED
        )
        AdmissionPaper.objects.create(candidate=candidate, kind="introduction", introducer=row, dated_on=DONE)
    for kind, day in PAPERS.items():
        AdmissionPaper.objects.create(candidate=candidate, kind=kind, dated_on=day, favourable=True)
    for topic in ("lich_su_chinh_tri", "chinh_tri_hien_nay"):
        VerificationItem.objects.create(
            candidate=candidate, topic=topic, method="confirm", sent_on=date(2025, 7, 14),
            answered_on=date(2025, 7, 20), result="done",
        )  # fmt: skip
