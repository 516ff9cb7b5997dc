"""Today's values and stored keys are recomputed from the history and mended."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cells.actions.today import refresh_organisations
from cells.models import LogEntry, Organisation, OrganisationVersion
from members.actions.today import refresh_homes
from members.enums import EndReason, StartReason
from members.models import Member, Membership
from tests.factories import MemberFactory


def run(name, **options):
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue().strip()


def test_keys_are_compared_and_mended(tree):
    MemberFactory(home=tree.here, full_name="Đặng Thị Hòa")
    assert run("check_keys") == "Mọi khóa đều đúng."
    Member.objects.update(search_key="cũ")
    with pytest.raises(CommandError, match="1 đảng viên có khóa sai"):
        run("check_keys")
    assert run("check_keys", repair=True) == "Đã sửa khóa của 1 đảng viên."
    assert Member.objects.get().search_key == "dang thi hoa"
    assert run("check_keys") == "Mọi khóa đều đúng."
    assert LogEntry.objects.filter(action="members.repair_keys").count() == 1


def test_home_follows_the_membership_of_the_day(tree, system):
    member = MemberFactory(home=tree.here)
    member.memberships.update(ended_on=date(2026, 3, 1), end_reason=EndReason.MOVED_OUT)
    Membership.objects.create(
        member=member, organisation=tree.there, started_on=date(2026, 3, 1), start_reason=StartReason.MOVED_IN
    )
    assert refresh_homes(on=date(2026, 2, 28), by=system) == 0
    assert refresh_homes(on=date(2026, 3, 1), by=system) == 1
    member.refresh_from_db()
    assert member.home == tree.there
    assert refresh_homes(on=date(2026, 3, 1), by=system) == 0


def test_one_who_left_stays_at_the_last_home(tree, system):
    member = MemberFactory(home=tree.here)
    member.memberships.update(ended_on=date(2026, 3, 1), end_reason=EndReason.DIED)
    Member.objects.update(home=tree.far)
    assert refresh_homes(on=date(2026, 6, 1), by=system) == 1
    member.refresh_from_db()
    assert member.home == tree.here


def test_organisations_follow_their_versions(tree, system):
    assert refresh_organisations(on=date(2026, 1, 1), by=system) == 0
    OrganisationVersion.objects.filter(organisation=tree.east).update(ended_on=date(2026, 1, 1))
    OrganisationVersion.objects.create(
        organisation=tree.east, parent=tree.west, name="Đảng bộ Phường Đông Mới", kind="base_party", level=4,
        started_on=date(2026, 1, 1),
    )  # fmt: skip
    OrganisationVersion.objects.filter(organisation=tree.next_door).update(ended_on=date(2026, 1, 1))
    assert refresh_organisations(on=date(2026, 1, 1), by=system) == 3
    east, here, closed = (Organisation.objects.get(pk=node.pk) for node in (tree.east, tree.here, tree.next_door))
    assert (east.name, east.parent, east.path) == ("Đảng bộ Phường Đông Mới", tree.west, f"{tree.west.path}{east.pk}/")
    assert (here.path, here.is_open) == (f"{east.path}{here.pk}/", True)
    assert (closed.path, closed.is_open) == (f"{east.path}{closed.pk}/", False)
    assert refresh_organisations(on=date(2026, 1, 1), by=system) == 0


def test_the_command_says_what_it_mended(tree):
    MemberFactory(home=tree.here)
    Member.objects.update(home=tree.there)
    assert run("refresh_today") == "Đã sửa 0 tổ chức đảng, 1 đảng viên, 0 hồ sơ."
