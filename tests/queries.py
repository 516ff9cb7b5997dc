"""Counting what a page asks of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST = 12


def queries_of(client, url):
    """Number of queries of one GET that succeeds; everything that is read once a process has been read before."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)
