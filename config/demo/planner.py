"""What the database's planner knows while everything is written in one transaction."""

from django.db import connection


def analyse():
    """Count the rows just written; PostgreSQL would still plan for empty tables until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
