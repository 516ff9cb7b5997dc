from cells.models import LogEntry, Organisation
from cells.permissions import Permission
from members.models import Member
from tests.factories import MemberFactory


def test_lists_and_single_checks_agree_for_every_role(tree, cast):
    for user in vars(cast).values():
        for permission in Permission:
            listed = set(Organisation.objects.visible_to(user, permission))
            single = {node for node in vars(tree).values() if user.may(permission, node)}
            assert listed == single, (user.username, permission)


def test_a_secretary_sees_the_own_cell_alone(tree, cast):
    mine = MemberFactory(home=tree.here)
    MemberFactory(home=tree.next_door)
    MemberFactory(home=tree.there)
    assert list(Member.objects.visible_to(cast.secretary, Permission.MEMBERS_VIEW)) == [mine]


def test_an_ended_role_opens_nothing(tree, cast, today):
    cast.secretary.role_assignments.update(ended_on=today)
    assert not Organisation.objects.visible_to(cast.secretary).exists()


def test_the_act_of_founding_is_logged(tree, system):
    [entry] = LogEntry.objects.about(tree.here)
    assert (entry.action, entry.actor, entry.organisation) == ("cells.add_organisation", system, tree.here)
