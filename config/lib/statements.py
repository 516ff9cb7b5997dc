"""Reads whose SQL is put together once: for a large statement Django takes longer than the database for the answer."""

from copy import copy
from functools import lru_cache, wraps

from django.core.exceptions import EmptyResultSet
from django.db import connections

KEPT = 512  # statements of one read; the least used make room


def kept_statement(build):
    """Turn `build(*question)`, which gives a query set, into a read that gives its rows as they are now.

    The arguments must be hashable and must be all that the query set depends on: equal questions share one statement.
    """

    @lru_cache(maxsize=KEPT)
    def put_together(*question):
        rows = build(*question)
        compiler = rows.query.get_compiler(rows.db)
        try:
            statement = compiler.as_sql()
        except EmptyResultSet:  # a condition that nothing can meet, such as the organisations of nobody
            return rows.none(), compiler
        compiler.as_sql = lambda: statement
        return rows, compiler

    @wraps(build)
    def read(*question):
        kept, compiler = put_together(*question)
        rows = kept.all()
        if not rows.query.is_empty():
            rows.query.get_compiler = lambda *args, **kwargs: _of_this_thread(compiler, rows.db)
        return list(rows)

    return read


def _of_this_thread(compiler, using):
    """The compiler with the connection of whoever reads now."""
    here = copy(compiler)
    here.connection = connections[using]
    return here
