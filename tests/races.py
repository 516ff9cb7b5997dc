"""Two people at once, in one thread: what the other one does is done right before the first row goes into a table."""

from contextlib import contextmanager

from django.db import connection


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
