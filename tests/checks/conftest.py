"""The example repository, entered, and the schema of SARIF."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

REPOSITORY = Path(__file__).parent / "repository"
SARIF = Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example repository as the working directory."""
    monkeypatch.chdir(REPOSITORY)
    return REPOSITORY


@pytest.fixture(scope="session")
def sarif() -> Draft7Validator:
    """The official schema of SARIF 2.1.0."""
    return Draft7Validator(json.loads(SARIF.read_text(encoding="utf-8")), format_checker=Draft7Validator.FORMAT_CHECKER)
