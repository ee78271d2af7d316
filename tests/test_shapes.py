"""Each fixture in tests/shapes breaks the one shape it is named after, and nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from graph.errors import DataError
from graph.inference import infer
from graph.iri import BASE, graph_iri
from graph.ontology import ontology_quads
from graph.validation import ValidationReport, shapes_graph, validate

FIXTURES = Path(__file__).parent / "shapes"
NAMESPACE = "https://w3id.org/meagraph/shapes#"
SHAPES = shapes_graph()
OWN = sorted(
    str(shape).removeprefix(NAMESPACE)
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(RDF.type, kind)
    if isinstance(shape, URIRef)
)


def quads(name: str, graph: str = "UNEP-MC-COP.5-7") -> list[Quad]:
    parsed = parse(path=FIXTURES / f"{name}.ttl", format=RdfFormat.TURTLE, base_iri=BASE)
    return [Quad(q.subject, q.predicate, q.object, graph_iri(graph)) for q in parsed]


def nt(quads: Iterable[Quad]) -> bytes:
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def report_of(name: str) -> ValidationReport:
    return validate([*quads("base"), *quads(name)])


def test_the_base_conforms_without_a_warning_asserted_or_inferred() -> None:
    base = quads("base")
    assert validate(base).results == ()
    assert validate([*base, *infer(base, ontology_quads())]).results == ()


def focus_nodes(shape: URIRef, data: Graph, ontology: Graph) -> Iterator[Node]:
    """What the shape looks at."""
    for cls in SHAPES.objects(shape, SH.targetClass):
        for below in ontology.transitive_subjects(RDFS.subClassOf, cls):
            yield from data.subjects(RDF.type, below)
    for predicate in SHAPES.objects(shape, SH.targetSubjectsOf):
        yield from data.subjects(predicate)
    for predicate in SHAPES.objects(shape, SH.targetObjectsOf):
        yield from data.objects(None, predicate)


def test_the_base_conforms_to_every_shape_because_each_looks_at_something_in_it() -> None:
    data, ontology = (Graph().parse(data=nt(part), format="nt") for part in (quads("base"), ontology_quads()))
    assert [name for name in OWN if not any(focus_nodes(URIRef(NAMESPACE + name), data, ontology))] == []


@pytest.mark.parametrize("name", OWN)
def test_each_fixture_breaks_its_shape_only(name: str) -> None:
    report = report_of(name)
    assert {result.shape for result in report.results} == {name}, "\n".join(map(str, report.results))
    severity = SHAPES.value(URIRef(NAMESPACE + name), SH.severity)
    assert {result.severity for result in report.results} == {str(severity).rpartition("#")[2]}
    assert report.conforms == (severity == SH.Warning)


def test_every_fixture_belongs_to_a_shape() -> None:
    assert {path.stem for path in FIXTURES.glob("*.ttl")} - {"base"} == set(OWN)


@pytest.mark.parametrize("name", OWN)
def test_every_shape_says_what_it_asks(name: str) -> None:
    shape = URIRef(NAMESPACE + name)
    for predicate in (SH.name, SH.description, SH.message, SH.severity):
        assert len(list(SHAPES.objects(shape, predicate))) == 1, predicate
    assert SHAPES.value(shape, SH.severity) in (SH.Violation, SH.Warning)
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    assert any(SHAPES.value(shape, target) for target in targets)


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize(
    ("name", "document", "paragraph"),
    [
        ("mention-slice", "UNEP-MC-COP.5-7", "1"),
        ("act-addressee", "UNEP-MC-COP.5-7", "annex op. 1"),
        ("money-currency", "UNEP-MC-COP.5-7", "1"),
        ("activity-output", "UNEP-MC-COP.5-7", "1"),
        ("unit-ordinal", "UNEP-MC-COP.5-7", "2"),
        ("document-title", "new", None),
        ("decision-number-fits-meeting", "UNEP-MC-COP.5-7", None),  # by the named graph that describes it
    ],
)
def test_a_fault_names_its_document_and_paragraph(name: str, document: str, paragraph: str | None) -> None:
    (fault,) = report_of(name).results
    assert (fault.document, fault.paragraph) == (document, paragraph)
    line = str(fault)
    assert "\n" not in line
    assert all(part in line for part in (name, fault.node, document, paragraph or "", fault.message))


def test_authority_data_has_no_document() -> None:
    (fault,) = validate([*quads("base"), *quads("treaty-name", "authority")]).results
    assert (fault.document, fault.paragraph) == (None, None)
    assert "no document" in str(fault)


def test_a_shapes_file_that_cannot_be_parsed_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    with pytest.raises(DataError, match=r"broken\.ttl"):
        validate([], tmp_path)
