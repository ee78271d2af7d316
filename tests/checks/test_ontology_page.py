"""The documentation of the ontology is made from it: every class and property is on the page and in the diagram."""

import re
from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from docs.ontology_page import DIAGRAM, PAGE, diagram, page, vocabulary
from graph.terms import MEA

# pyLODE leaves its style sheet open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Classes and properties."""
    return vocabulary()


@pytest.fixture(scope="module")
def html(graph: Graph) -> str:
    """The page."""
    return page(graph)


def own(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    return sorted(
        term
        for kind in kinds
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(MEA.iri)
    )


def test_the_page_defines_every_class_and_property(graph: Graph, html: str) -> None:
    terms = own(graph, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    assert len(terms) > 100
    missing = [
        str(term)
        for term in terms
        if str(term) not in html or str(graph.value(term, SKOS.definition)).split('"')[0].split("'")[0] not in html
    ]
    assert missing == []


def test_the_page_tells_title_licence_and_versions(html: str) -> None:
    for part in ("The meagraph ontology of multilateral environmental agreements</h1>", "publicdomain/zero/1.0"):
        assert part in html
    for part in ("Version Iri", "Version Info", "Prior Version", "Date Issued", "Creator", "License"):
        assert f">{part}</a>" in html


def test_every_term_stands_at_the_anchor_of_its_iri(graph: Graph, html: str) -> None:
    anchors = Counter(re.findall(r'id="([^"]+)"', html))
    terms = own(graph, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    assert [term for term in terms if anchors[term.removeprefix(MEA.iri)] != 1] == []
    assert [anchor for anchor, count in anchors.items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', html)) <= anchors.keys()


def test_the_kept_page_is_as_the_ontology_is(html: str) -> None:
    """pyLODE writes the parts of a class expression in no order."""
    assert sorted(PAGE.read_text(encoding="utf-8").splitlines()) == sorted(html.splitlines()), "old: run `make docs`"


def test_the_diagram_is_as_the_ontology_is(graph: Graph) -> None:
    assert DIAGRAM.read_text(encoding="utf-8") == diagram(graph), "old: run `make docs`"


def test_the_diagram_has_every_class_and_subclass(graph: Graph) -> None:
    text = diagram(graph)
    views = {"MinamataBRSActivity"}
    for cls in own(graph, OWL.Class):
        name = cls.removeprefix(MEA.iri)
        assert name in views or f"  class {name}\n" in text + "\n", name
        for above in graph.objects(cls, RDFS.subClassOf):
            if above.startswith(MEA.iri):
                assert f"{above.removeprefix(MEA.iri)} <|-- {name}" in text
