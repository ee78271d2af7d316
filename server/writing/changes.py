"""What a write does to the graphs, worked out in a query worker's own copy of the store.

Nothing here is lasting: the worker sends the changed graphs back and ends, and `writer` checks and publishes them.

In an update the default graph is the caller's unnamed graph, not the union that queries meet: a statement cannot be
taken out of a union. It is kept as the named graph `graph/own-default`. A blank node becomes an IRI below
`{base}genid/`, so that versions stay free of blank nodes; the Graph Store Protocol gives it back as a blank node.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.iri import BASE, graph_iri, thing
from server.evaluation.keywords import insert_before_where, keywords, service_targets
from server.evaluation.refusals import RefusedError
from server.settings import Settings

Triples = frozenset[ox.Triple]
Changes = dict[ox.NamedNode, Set[ox.Triple]]
UNNAMED = graph_iri("own-default")
GENID = f"{BASE}genid/"
PLAIN = re.compile(r"[A-Za-z0-9._-]{1,100}")
BODY_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def graph_node(iri: str) -> ox.NamedNode:
    """The graph of this name; RefusedError when it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise RefusedError("dataset", str(error)) from error


def is_writable(graph: str, settings: Settings) -> bool:
    """Whether callers may write this graph: a prefix of the settings and a plain name, or anything where `*` is set."""
    return "*" in settings.writable or any(
        graph.startswith(prefix) and PLAIN.fullmatch(graph.removeprefix(prefix)) for prefix in settings.writable
    )


class Draft:
    """A store that may be altered, with what it held before: `changes` tells the graphs that differ."""

    def __init__(self, store: ox.Store, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self.store.clear_graph(ox.DefaultGraph())
        graphs = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
        own = [graph for graph in graphs if is_writable(graph.value, settings)]
        self.before = {graph: self.triples(graph) for graph in own}
        self.protected = {graph: self.fingerprint(graph) for graph in set(graphs) - set(own)}

    def triples(self, graph: ox.NamedNode | ox.DefaultGraph) -> Triples:
        """What the graph holds now."""
        return frozenset(quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph))

    def fingerprint(self, graph: ox.NamedNode) -> bytes:
        """Changes when the graph does."""
        seen = Hashing()
        self.store.dump(cast("IO[bytes]", seen), ox.RdfFormat.N_TRIPLES, from_graph=graph)
        return seen.total.digest()

    def perform(self, job: dict[str, Any]) -> bool:
        """Do what the job says; whether the graph that it names existed."""
        if job["kind"] == "update":
            check_update(job["text"], self.settings)
            self.update(job["text"], job["using"], job["named"])
            return True
        graph = graph_node(job["graph"])
        existed = self.store.contains_named_graph(graph)
        if job["kind"] == "drop":
            if not existed:
                raise RefusedError("unknown", f"There is no graph {graph.value}.")
            self.store.remove_graph(graph)
        else:
            put(self, graph, job["parts"], keep=job["kind"] == "add")
        return existed

    def update(self, text: str, using: list[str], named: list[str]) -> None:
        """Evaluate a SPARQL update, all of it or nothing; RefusedError names what is not allowed."""
        text = with_dataset(text, using, named)
        for triple in self.before.get(UNNAMED, ()):
            self.store.add(placed(triple, ox.DefaultGraph()))
        self.store.remove_graph(UNNAMED)
        try:
            self.store.update(text, base_iri=BASE)
        except (RuntimeError, OSError) as error:
            raise RefusedError("update", str(error)[:500]) from error
        for triple in self.triples(ox.DefaultGraph()):
            self.store.add(placed(triple, UNNAMED))
        self.store.clear_graph(ox.DefaultGraph())

    def changes(self) -> Changes:
        """The writable graphs that differ, each as it is now; RefusedError when another graph differs."""
        graphs = {graph for graph in self.store.named_graphs() if isinstance(graph, ox.NamedNode)}
        foreign = [g for g in graphs - set(self.protected) if not is_writable(g.value, self.settings)]
        touched = [g for g, known in self.protected.items() if g not in graphs or self.fingerprint(g) != known]
        if refused := sorted(g.value for g in foreign + touched):
            raise RefusedError("protected", f"Not to be written: {', '.join(refused[:5])}.")
        now = {graph: self.triples(graph) for graph in graphs - set(self.protected)}
        return {
            graph: now.get(graph, frozenset())
            for graph in sorted(set(now) | set(self.before), key=str)
            if now.get(graph, frozenset()) != self.before.get(graph, frozenset())
        }


class Hashing:
    """A file that only remembers the hash of what was written."""

    def __init__(self) -> None:
        self.total = hashlib.blake2b()

    def write(self, data: bytes) -> int:
        """All of it."""
        self.total.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered."""


def check_update(text: str, settings: Settings) -> None:
    """RefusedError for LOAD, and for SERVICE beyond the list."""
    targets = service_targets(text)
    if "LOAD" in keywords(text):
        raise RefusedError("federation", "LOAD fetches from elsewhere: send the statements themselves.")
    if targets is None or not set(targets) <= set(settings.service_allow):
        raise RefusedError("federation", "SERVICE names an endpoint that is not on the list here.")


def with_dataset(text: str, using: list[str], named: list[str]) -> str:
    """The update with the protocol's graphs as USING clauses; RefusedError when it has such clauses of its own."""
    try:
        clauses = [f"USING {ox.NamedNode(iri)}" for iri in using] + [
            f"USING NAMED {ox.NamedNode(iri)}" for iri in named
        ]
    except ValueError as error:
        raise RefusedError("dataset", str(error)) from error
    if clauses and keywords(text) & {"USING", "WITH"}:
        raise RefusedError("request", "The dataset is given by parameters and by USING or WITH as well.")
    return insert_before_where(text, " ".join(clauses)) if clauses else text


def put(draft: Draft, graph: ox.NamedNode, parts: Iterable[dict[str, str]], keep: bool) -> None:
    """Replace the graph by the parts of a body, or with `keep` add them to it."""
    for triple in () if keep else draft.triples(graph):
        draft.store.remove(placed(triple, graph))
    for triple in parse_parts(parts, graph.value):
        draft.store.add(placed(triple, graph))


def parse_parts(parts: Iterable[dict[str, str]], base: str) -> Iterator[ox.Triple]:
    """The triples of a body; SyntaxError when one of its parts is broken."""
    for part in parts:
        form = BODY_FORMATS[part["media"]]
        for quad in ox.parse(part["text"], format=form, base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise RefusedError("request", "The body names graphs of its own.")
            yield quad.triple


def named(changes: Changes, salt: str) -> dict[ox.NamedNode, list[ox.Quad]]:
    """The changed graphs with an IRI for every blank node: the same change to the same version gives the same IRIs."""
    data = ox.Dataset(placed(triple, graph) for graph, triples in changes.items() for triple in triples)
    if any(has_blank(quad) for quad in data):
        data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    name = hashlib.sha256("\n".join([salt, *sorted(map(str, data))]).encode()).hexdigest()[:16]

    def skolem(node: ox.BlankNode) -> ox.NamedNode:
        return thing("genid", f"{name}-{node.value}")

    graphs: dict[ox.NamedNode, list[ox.Quad]] = {graph: [] for graph in changes}
    for quad in data:
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name].append(placed(replaced(quad.triple, ox.BlankNode, skolem), quad.graph_name))
    return graphs


def placed(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """The triple in a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def has_blank(quad: ox.Quad) -> bool:
    """Whether a blank node stands in it; RefusedError for a quoted triple, which versions do not hold."""
    if isinstance(quad.object, ox.Triple):
        raise RefusedError("request", f"A triple term cannot be stored: {quad.triple}")
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def replaced(triple: ox.Triple, kind: type, make: Callable[[Any], Any]) -> ox.Triple:
    """The triple with `make` applied to subject and object of this kind."""
    subject = make(triple.subject) if isinstance(triple.subject, kind) else triple.subject
    value = make(triple.object) if isinstance(triple.object, kind) else triple.object
    return ox.Triple(subject, triple.predicate, value)


def with_blanks(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as they were sent: our own IRIs for blank nodes are blank nodes again."""

    def blank(node: ox.NamedNode) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode("b" + node.value.removeprefix(GENID)) if node.value.startswith(GENID) else node

    return (replaced(triple, ox.NamedNode, blank) for triple in triples)
