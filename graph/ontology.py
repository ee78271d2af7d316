"""Reads the vocabulary: every Turtle file in ontology/ as quads of graph/ontology, with no blank node left."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import DataError
from graph.iri import BASE, graph_iri, thing

ONTOLOGY = Path(__file__).parent.parent / "ontology"
GENID = thing("genid").value + "/"

Term = NamedNode | BlankNode | Literal | Triple


def ontology_quads(folder: Path = ONTOLOGY) -> list[Quad]:
    """The quads of all Turtle files of the folder, sorted; the same files give the same bytes."""
    graph = graph_iri("ontology")
    triples = {triple for path in sorted(folder.glob("*.ttl")) for triple in _file_triples(path)}
    return sorted((Quad(t.subject, t.predicate, t.object, graph) for t in triples), key=str)


def is_genid(term: object) -> bool:
    """Whether a term stands for a blank node: a class expression or a list of the ontology."""
    return isinstance(term, BlankNode) or (isinstance(term, NamedNode) and term.value.startswith(GENID))


def _file_triples(path: Path) -> Iterator[Triple]:
    try:
        quads = list(parse(path=str(path), format=RdfFormat.TURTLE, base_iri=BASE))
    except (SyntaxError, OSError) as error:
        raise DataError(f"{path}: {error}") from error
    return skolemized(Triple(q.subject, q.predicate, q.object) for q in quads)


def skolemized(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The same triples with every blank node replaced by an IRI made from what the node says.

    Two nodes that say the same get the same IRI, so an edit elsewhere in the file changes nothing here.
    """
    described: dict[Term, list[Triple]] = {}
    for triple in triples:
        described.setdefault(triple.subject, []).append(triple)
    names = _Names(described)
    for about in described.values():
        for t in about:
            subject = names.of(t.subject) if isinstance(t.subject, BlankNode) else t.subject
            yield Triple(subject, t.predicate, names.of(t.object) if isinstance(t.object, BlankNode) else t.object)


class _Names:
    """The stable name of each blank node: a hash of what is said about it, its own blank nodes named first."""

    def __init__(self, described: dict[Term, list[Triple]]) -> None:
        self.described = described
        self.known: dict[BlankNode, NamedNode] = {}

    def of(self, node: BlankNode, above: tuple[BlankNode, ...] = ()) -> NamedNode:
        if node in above:
            raise DataError(f"a blank node that leads back to itself has no stable name: {node}")
        if node not in self.known:
            said = sorted(
                f"{t.predicate} {self.of(t.object, (*above, node)) if isinstance(t.object, BlankNode) else t.object}"
                for t in self.described.get(node, [])
            )
            self.known[node] = thing("genid", hashlib.sha256("\n".join(said).encode()).hexdigest()[:20])
        return self.known[node]
