"""pyshacl and pyrudof, two independent SHACL engines, report the same on real data and on every broken fixture."""

import re
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

Row = tuple[str, str, str, str | None, str | None]  # severity, shape, node, path when it is one property, value
LITERAL = re.compile(r'"(?P<text>.*)"(?:@[\w-]+|\^\^.+)?', re.DOTALL)


def by_pyrudof(quads: Iterable[Quad]) -> set[Row]:
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    triples = {quad.triple for quad in (*quads, *ontology_quads())}
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    session.read_data(text, format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(SHAPES, format=pyrudof.ShaclFormat.Turtle)
    return {row_of(entry) for entry in session.validate_shacl()}


def row_of(entry: pyrudof.ShaclValidationEntry) -> Row:
    """The entry in our words: pyrudof gives terms as N-Triples, and a node without a value as its own value."""
    node, value = entry.focus_node.removeprefix(BASE), (entry.value or "").removeprefix(BASE)
    literal = LITERAL.fullmatch(value)
    told = literal["text"] if literal else value
    path = None if entry.path is None or "(" in entry.path else local(entry.path)
    return entry.severity, local(entry.source_shape), node, path, None if told in ("", node) else told


def local(iri: str) -> str:
    return iri.rpartition("#")[2]


def by_pyshacl(quads: Iterable[Quad]) -> set[Row]:
    return {(fault.severity, fault.shape, fault.node, fault.path, fault.value) for fault in validate(quads).results}


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
