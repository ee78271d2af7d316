"""pyshacl and pyrudof, two independent SHACL engines, report the same on real data and on every broken fixture."""

from collections.abc import Iterable
from pathlib import Path

import pyrudof
import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph import nquads
from graph.iri import BASE
from graph.ontology import ontology_quads
from graph.validation import shapes_graph, validate

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "shapes"
PUBLISHED = ROOT / "graph" / "published"
SHAPES = shapes_graph().serialize(format="turtle")

# Fixtures on which the engines differ, and why.
DIFFERENT: dict[str, str] = {}

Row = tuple[str, str, str]


def by_pyrudof(quads: Iterable[Quad]) -> set[Row]:
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    triples = {quad.triple for quad in (*quads, *ontology_quads())}
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    session.read_data(text, format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(SHAPES, format=pyrudof.ShaclFormat.Turtle)
    return {
        (entry.severity, entry.source_shape.rpartition("#")[2], entry.focus_node.removeprefix(BASE))
        for entry in session.validate_shacl()
    }


def by_pyshacl(quads: Iterable[Quad]) -> set[Row]:
    return {(result.severity, result.shape, result.node) for result in validate(quads).results}


def fixture_quads(*names: str) -> list[Quad]:
    return [
        Quad(*quad.triple)
        for name in names
        for quad in parse(path=FIXTURES / f"{name}.ttl", format=RdfFormat.TURTLE, base_iri=BASE)
    ]


def test_the_same_on_the_published_graph() -> None:
    quads = [quad for path in sorted(PUBLISHED.glob("*.nq")) for quad in nquads.read(path)]
    assert by_pyrudof(quads) == by_pyshacl(quads)


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.ttl")))
def test_the_same_on_a_broken_fixture(name: str) -> None:
    quads = fixture_quads("base", name)
    same = by_pyrudof(quads) == by_pyshacl(quads)
    assert same == (name not in DIFFERENT), (by_pyrudof(quads) ^ by_pyshacl(quads), DIFFERENT.get(name))
