"""Writes the documentation of the ontology: `docs/ontology.html` by pyLODE and `docs/classes.md`, a diagram in Mermaid.

    make docs

The endpoint shows the page at the ontology's address, in its own frame. A test says when one of the two is old.
"""

from collections.abc import Iterable
from pathlib import Path

from lxml import html
from pylode import OntPub
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from graph.iri import BASE
from graph.ontology import ONTOLOGY
from graph.terms import MEA

DOCS = Path(__file__).parent
PAGE, DIAGRAM = DOCS / "ontology.html", DOCS / "classes.md"
TITLE = "# The classes of the ontology\n\nWritten by `make docs` from `ontology/meagraph.ttl`; do not edit.\n"

# The situations and what they lead to would hide the rest, so each part has a diagram of its own.
PARTS = {
    "Works and text units": ("Work", "TextUnit", "OperativeAct", "Mention", "Resolution", "SourceFile"),
    "Agents and regimes": ("Agent", "Regime", "InformationSystem"),
    "Activities": ("Activity",),
    "Situations and topics": ("Situation", "Topic", "SustainableDevelopmentGoal"),
}


def vocabulary() -> Graph:
    """The classes and properties, without the concept schemes."""
    graph = Graph()
    for name in ("meagraph.ttl", "views.ttl"):
        graph.parse(ONTOLOGY / name, publicID=BASE)
    return graph


def diagram(graph: Graph) -> str:
    """Markdown with one Mermaid class diagram for each part of the ontology, sorted."""
    sections = [f"\n## {title}\n\n```mermaid\n{_part(graph, roots)}\n```\n" for title, roots in PARTS.items()]
    return TITLE + "".join(sections)


def _part(graph: Graph, roots: Iterable[str]) -> str:
    classes = {cls for root in roots for cls in _below(graph, URIRef(MEA.iri + root))}
    lines = [f"  class {_name(cls)}" for cls in classes]
    for cls in classes:
        lines += [f"  {_name(above)} <|-- {_name(cls)}" for above in graph.objects(cls, RDFS.subClassOf) if _own(above)]
    for predicate in graph.subjects(RDF.type, OWL.ObjectProperty):
        for start in graph.objects(predicate, RDFS.domain):
            ends = [end for end in graph.objects(predicate, RDFS.range) if _own(end)]
            lines += [f"  {_name(start)} --> {_name(end)} : {_name(predicate)}" for end in ends if start in classes]
    return "\n".join(["classDiagram", "  direction LR", *sorted(lines)])


def _below(graph: Graph, root: URIRef) -> set[Node]:
    return set(graph.transitive_subjects(RDFS.subClassOf, root))


def _own(term: Node) -> bool:
    return str(term).startswith(MEA.iri)


def _name(term: Node) -> str:
    return str(term).removeprefix(MEA.iri)


def page(graph: Graph) -> str:
    """The body of pyLODE's page, contents before the terms, each term at the anchor that its IRI names."""
    documented = OntPub(ontology=graph, sort_subjects=True)
    documented.fids.update({str(term): _name(term) for term in graph.subjects() if _own(term)})
    body = html.fromstring(documented.make_html()).body
    for repeated in body.xpath("//*[@id='functionalproperties']//*[@id]"):  # each stands under its kind as well
        del repeated.attrib["id"]
    body.get_element_by_id("metadata").addnext(body.get_element_by_id("toc"))
    parts = (html.tostring(part, encoding="unicode") for part in body)
    return "".join(f"{line.strip()}\n" for part in parts for line in part.splitlines() if line.strip())


def main() -> None:
    """Write both files."""
    graph = vocabulary()
    DIAGRAM.write_text(diagram(graph), encoding="utf-8")
    PAGE.write_text(page(graph), encoding="utf-8")


if __name__ == "__main__":
    main()
