"""The example repository, entered."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent / "repository"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example repository as the working directory."""
    monkeypatch.chdir(REPOSITORY)
    return REPOSITORY
