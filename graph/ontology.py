"""Reads the vocabulary: every Turtle file in ontology/ as quads of graph/ontology, with no blank node left."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

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
    """The same triples with every blank node replaced by an IRI made from what the node says and where it stands.

    Two nodes that say the same in one place get the same IRI, so an edit elsewhere in the file changes nothing here.
    """
    triples = list(triples)
    names = _Names(triples)
    for t in triples:
        yield Triple(names.of(t.subject), t.predicate, names.of(t.object))


class _Names:
    """The stable name of each blank node, a hash.

    The place is part of it: in OWL a list belongs to one axiom, and two lists may well end alike.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: dict[Term, list[Triple]] = defaultdict(list)
        self.uses: dict[Term, list[Triple]] = defaultdict(list)
        for triple in triples:
            self.about[triple.subject].append(triple)
            self.uses[triple.object].append(triple)
        self.known: dict[BlankNode, NamedNode] = {}

    def of(self, term: Any) -> Any:
        """The name of a blank node; any other term as it is."""
        if not isinstance(term, BlankNode):
            return term
        if term not in self.known:
            told = [self._said(term), *sorted(f"{self.of(t.subject)} {t.predicate}" for t in self.uses[term])]
            self.known[term] = thing("genid", hashlib.sha256("\n".join(told).encode()).hexdigest()[:20])
        return self.known[term]

    def _said(self, term: Term, above: tuple[Term, ...] = ()) -> str:
        """All that is said about a blank node, at any depth; any other term as it is written."""
        if not isinstance(term, BlankNode):
            return str(term)
        if term in above:
            raise DataError(f"a blank node that leads back to itself has no stable name: {term}")
        said = sorted(f"{t.predicate} {self._said(t.object, (*above, term))}" for t in self.about[term])
        return f"[{'; '.join(said)}]"
