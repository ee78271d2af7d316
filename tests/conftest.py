"""What all tests share: the registry, an analyst, and texts analysed by it."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from places import MINAMATA, Analyse, Paragraph, Place, read

from graph.registry import Registry, load_registry
from loaders.analysis import Analyst, build_analyst

PUBLISHED = Path(__file__).parents[1] / "graph" / "published"


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The reviewed registry."""
    return load_registry()


@pytest.fixture(scope="session")
def published() -> ox.Store:
    """The published graph."""
    store = ox.Store()
    for path in sorted(PUBLISHED.glob("*.nq")):
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def analyst(registry: Registry) -> Analyst:
    """One analyst for all tests."""
    return build_analyst(registry)


@pytest.fixture(scope="session")
def analyse(analyst: Analyst) -> Analyse:
    """A text and the facts of its manifest row -> its analysis."""
    return lambda text, **facts: analyst.analyse(read(text, **facts))


@pytest.fixture(scope="session")
def paragraph(analyse: Analyse) -> Paragraph:
    """A sentence -> the paragraph it makes in a note for Minamata COP-5, or for the meeting given."""

    def place(text: str, before: str = "The present note was written on paper.", **facts: str) -> Place:
        analysis = analyse(f"1. {before}\n\n2. {text}\n", **(facts or MINAMATA))
        return Place(analysis, analysis.document.unit("para_2"))

    return place


@pytest.fixture(scope="session")
def operative(analyse: Analyse) -> Paragraph:
    """The text of an operative paragraph -> that paragraph in a decision of the Minamata COP."""

    def place(text: str, **facts: str) -> Place:
        opening = "MC-5/99: Test\n\nThe Conference of the Parties,\n\nRecalling its decision MC-1/1,\n\n"
        analysis = analyse(f"{opening}1. {text}\n", **(facts or MINAMATA))
        return Place(analysis, analysis.document.unit("decision_1/op_1"))

    return place
