"""The server that the tests of the feed share."""

from collections.abc import Iterator

import pytest

from informea.feeds import Server, publish, running


@pytest.fixture(scope="session")
def feed_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server over the generated graph."""
    with running(publish(tmp_path_factory.mktemp("feed"))) as server:
        yield server
