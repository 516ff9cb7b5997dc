"""Two people at once: in a thread and a connection each, or in one thread, the other one's act at the worst moment."""

from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection, connections, transaction

from config.lib.workflow import NotAllowed


@contextmanager
def just_before_insert(model, act):
    """Do `act` once, right before the first INSERT into the table of a model."""
    waiting, table = [act], f'INSERT INTO "{model._meta.db_table}"'

    def execute(execute_next, sql, params, many, context):
        if waiting and sql.startswith(table):
            waiting.pop()()
        return execute_next(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield
    assert not waiting, f"nothing was written into {model._meta.db_table}"


@contextmanager
def right_after_rollback(act):
    """Do `act` once, as soon as something that was refused has been rolled back."""
    waiting, rolled = [act], []

    def execute(execute_next, sql, params, many, context):
        answer = execute_next(sql, params, many, context)
        if sql.startswith("ROLLBACK TO SAVEPOINT"):
            rolled.append(sql)
        elif waiting and rolled and sql.startswith("RELEASE SAVEPOINT"):
            waiting.pop()()
        return answer

    with connection.execute_wrapper(execute):
        yield
    assert not waiting, "nothing was rolled back"


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


def overtaken(first, second):
    """`first` done in a transaction that ends only once `second`, begun after it, is done too or waits; its outcome."""
    if connection.vendor == "sqlite":
        first()
        return outcome(second)
    outcomes = []

    def run():
        outcomes.append(outcome(second))
        connections.close_all()

    thread = Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        while thread.is_alive() and not _somebody_waits():
            thread.join(0.02)
    thread.join()
    assert outcomes, "the second act neither went through nor was refused"
    return outcomes[0]


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def outcome(act):
    try:
        act()
    except NotAllowed as refused:
        return str(refused)
    return "done"
