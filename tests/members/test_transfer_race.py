"""Two people accept one move at the same moment: one of them does, the other is told so."""

import importlib
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from cells.models import LogEntry
from config.lib.workflow import NotAllowed
from members.models import Membership, Transfer
from tests.factories import MemberFactory
from tests.members.moving import RECEIVED, accept, issue, request, whereabouts

append_only = importlib.import_module("cells.migrations.0002_log_is_append_only")


@pytest.fixture
def emptied_log(transactional_db):
    """The log empties at the end, so that the flush of the test finds nothing that refuses."""
    yield
    with connection.schema_editor() as editor:
        append_only.backwards(None, editor)
    LogEntry.objects.all()._raw_delete(LogEntry.objects.db)
    with connection.schema_editor() as editor:
        append_only.forwards(None, editor)


@pytest.fixture
def issued(emptied_log, tree, cast):
    return issue(request(MemberFactory(home=tree.here), tree.there, by=cast.secretary), by=cast.staff)


def at_once(*acts):
    """Run the acts in a thread and a connection each, all from one moment; SQLite lets one write after the other."""
    if connection.vendor == "sqlite":
        return [outcome(act) for act in acts]
    together, outcomes = Barrier(len(acts)), []

    def run(act):
        together.wait()
        outcomes.append(outcome(act))
        connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def outcome(act):
    try:
        act()
    except NotAllowed as refused:
        return str(refused)
    return "done"


def test_two_acceptances_leave_one_winner(tree, cast, issued):
    first, second = (Transfer.objects.get(pk=issued.pk) for _ in range(2))

    outcomes = at_once(lambda: accept(first, by=cast.stranger), lambda: accept(second, by=cast.other_officer))

    assert sorted(outcomes) == [
        "Không thể “tiếp nhận” khi đang ở trạng thái “đã tiếp nhận”. Hãy tải lại trang.", "done",
    ]  # fmt: skip
    assert whereabouts(issued.member)[-1] == (tree.there, RECEIVED, None)
    assert Membership.objects.filter(organisation=tree.there).count() == 1
    assert LogEntry.objects.filter(action="members.accept_transfer").count() == 1


def test_two_slips_of_one_moment_get_two_numbers(emptied_log, tree, cast):
    asked = [request(MemberFactory(home=tree.here), tree.there, by=cast.secretary) for _ in range(2)]

    outcomes = at_once(*(lambda each=each: issue(each, by=cast.staff) for each in asked))

    assert outcomes == ["done", "done"]
    assert sorted(Transfer.objects.values_list("slip_number", flat=True)) == [1, 2]
