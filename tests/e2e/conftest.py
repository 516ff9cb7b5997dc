"""One demo installation for all browser stories of a run that only look around."""

import pytest

from tests.e2e.site import Site, chromium


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo at the smallest scale; stories that change it start a site of their own."""
    site = Site(tmp_path_factory.mktemp("demo"))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def browser():
    """A browser for one story: while it is open its loop runs, and nothing else of the process may ask a database."""
    with chromium() as found:
        yield found
