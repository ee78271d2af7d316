"""Checks quads against the SHACL shapes in shapes/, and says of each fault in which document and paragraph it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from rdflib import SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from graph.errors import DataError
from graph.iri import BASE
from graph.ontology import ontology_quads
from graph.terms import MEA

SHAPES = Path(__file__).parent.parent / "shapes"

UNIT_STEPS = tuple(URIRef(p.value) for p in (MEA.inUnit, MEA.expressedIn, MEA.evidencedBy))
IN_DOCUMENT, LABEL, KEY = (URIRef(p.value) for p in (MEA.inDocument, MEA.label, MEA.key))
NOT_DOCUMENTS = {"authority", "ontology", "inferred", "curated", "provenance"}


@dataclass(frozen=True, order=True)
class Violation:
    """One fault: the shape's name, what it says, and where."""

    severity: str  # "Violation", "Warning" or "Info"
    shape: str  # "mention-slice"
    node: str
    message: str
    document: str | None = None
    paragraph: str | None = None
    path: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.document, self.paragraph))) or "no document"
        value = f" [{self.value}]" if self.value is not None else ""
        return f"{self.severity} {self.shape}: {self.node} ({place}): {self.message}{value}"


@dataclass(frozen=True)
class ValidationReport:
    """`conforms` says that nothing mandatory is violated; warnings are in `results` as well."""

    results: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        return not self.violations

    @property
    def violations(self) -> tuple[Violation, ...]:
        return tuple(result for result in self.results if result.severity == "Violation")

    @property
    def warnings(self) -> tuple[Violation, ...]:
        return tuple(result for result in self.results if result.severity != "Violation")


def validate(quads: Iterable[Quad], shapes: Path = SHAPES) -> ValidationReport:
    """The faults of the quads, taken as one graph together with the ontology, sorted by severity and shape.

    Nothing is inferred: give the asserted quads, or these and the inferred ones.
    """
    quads = list(quads)
    data = _PreparedGraph()
    for part in (quads, ontology_quads()):
        data.parse(data=serialize((q.triple for q in part), format=RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph(shapes), inplace=True, do_owl_imports=False)
    if not isinstance(report, Graph):
        raise DataError(f"the shapes in {shapes} cannot be used: {report}")
    places = _Places(data, quads)
    return ValidationReport(tuple(sorted(set(_results(report, places)), key=_sort_key)))


def shapes_graph(folder: Path = SHAPES) -> Graph:
    """All shapes of a folder as one graph; DataError names the file that cannot be parsed."""
    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        try:
            graph.parse(path, format="turtle", publicID=BASE)
        except SyntaxError as error:
            raise DataError(f"{path}: {error}") from error
    return graph


class _PreparedGraph(Graph):
    """A graph that parses each query text once: pyshacl asks the same query for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        query = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _sort_key(result: Violation) -> tuple[str, ...]:
    return tuple(value or "" for value in vars(result).values())


def _results(report: Graph, places: "_Places") -> Iterator[Violation]:
    for result in report.objects(None, SH.result):
        node = report.value(result, SH.focusNode)
        shape = report.value(result, SH.sourceShape)
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
        yield Violation(
            _local(report.value(result, SH.resultSeverity)),
            _local(shape),
            _short(node),
            messages[0] if messages else "",
            *places.of(node),
            _local(path) if isinstance(path, URIRef) else None,
            None if value is None or value == node else _short(value),
        )


def _local(term: Node | None) -> str:
    return str(term).rpartition("#")[2]


def _short(term: Node | None) -> str:
    """Without the base, which says nothing to the reader."""
    return str(term).removeprefix(BASE)


class _Places:
    """Finds the document and paragraph of a node: by its text unit, else by the named graph that describes it."""

    def __init__(self, data: Graph, quads: Iterable[Quad]) -> None:
        self.data = data
        self.graphs: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, NamedNode):
                name = quad.graph_name.value.removeprefix(BASE + "graph/")
                if name not in NOT_DOCUMENTS:
                    self.graphs[quad.subject.value].add(name)

    def of(self, node: Node | None) -> tuple[str | None, str | None]:
        """Document key and label of the paragraph; None where there is none."""
        if node is None:
            return None, None
        unit = self._unit(node)
        label = self.data.value(unit, LABEL)
        document = self.data.value(unit, IN_DOCUMENT) or node
        key = self.data.value(document, KEY) or min(self.graphs.get(str(node), ()), default=None)
        return (None if key is None else str(key)), (None if label is None else str(label))

    def _unit(self, node: Node) -> Node:
        for step in UNIT_STEPS:
            unit = min(self.data.objects(node, step), key=str, default=None)
            if unit is not None:
                return unit
        if str(node) in self.graphs or (node, None, None) in self.data:
            return node
        user = min(self.data.subjects(None, node), key=str, default=None)
        return node if user is None else self._unit(user)
