"""Servers for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Server, publish, small_graph, start, stop


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that do not change its data."""
    running = start(publish(tmp_path_factory.mktemp("store"), dict(small_graph())))
    yield running
    stop(running)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test, which may publish to its store and end its processes."""
    running = start(publish(tmp_path, dict(small_graph())))
    yield running
    running.process.terminate()
    running.process.wait(20)
