"""Named graphs as sorted N-Quads files, one per graph: the form that is published, stored and exchanged."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Quad, RdfFormat, Triple, parse

from graph.errors import DataError, StoreError, UsageError
from graph.iri import graph_iri, path_of
from graph.terms import MEA

Graphs = Mapping[str, list[Quad]]
"""Name of a graph (the last part of its IRI) -> its quads."""

FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


def graph_name(quad: Quad) -> str:
    """`graph/authority` -> `authority`; DataError for a quad in no graph of ours."""
    if isinstance(quad.graph_name, BlankNode | DefaultGraph):
        raise DataError(f"a statement outside every named graph: {quad.triple}")
    try:
        kind, _, name = path_of(quad.graph_name).partition("/")
    except ValueError as error:
        raise DataError(f"an unknown named graph: {error}") from error
    if kind != "graph" or not name or "/" in name:
        raise DataError(f"not a named graph of this model: {quad.graph_name.value}")
    return name


def by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """The quads of each named graph, by its name."""
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[graph_name(quad)].append(quad)
    return dict(graphs)


def without_text(quads: Iterable[Quad]) -> list[Quad]:
    """The quads less every running text: what may be published of a document that belongs to others."""
    return [quad for quad in quads if quad.predicate != MEA.text]


def lines(quads: Iterable[Quad]) -> list[str]:
    """Sorted N-Quads lines without duplicates; DataError when a blank node is among them."""
    found = set()
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode | Triple):
            raise DataError(f"a blank node cannot be published: {quad}")
        found.add(f"{quad} .\n")
    return sorted(found)


def write(path: Path, quads: Iterable[Quad]) -> int:
    """Write one graph file and return its number of statements."""
    content = lines(quads)
    path.write_text("".join(content), encoding="utf-8")
    return len(content)


def text(graphs: Graphs) -> str:
    """All graphs as one text of sorted N-Quads."""
    return "".join(lines(quad for quads in graphs.values() for quad in quads))


def write_folder(folder: Path, graphs: Graphs) -> None:
    """One file per graph; files of graphs that no longer exist are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.nq"):
        if path.stem not in graphs:
            path.unlink()
    for name, quads in graphs.items():
        write(folder / f"{name}.nq", quads)


def write_union(path: Path, graphs: Iterable[Iterable[Quad]]) -> None:
    """Write the triples of all graphs as sorted N-Triples, each once."""
    triples = {f"{quad.triple} .\n" for quads in graphs for quad in quads}
    path.write_text("".join(sorted(triples)), encoding="utf-8")


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The RDF files among the paths and in the folders among them; UsageError when a folder has none."""
    for path in paths:
        found = sorted(p for p in path.iterdir() if p.suffix in FORMATS) if path.is_dir() else [path]
        if not found:
            raise UsageError(f"{path}: no RDF files in this folder")
        yield from found


def read(path: Path, graph: str | None = None) -> list[Quad]:
    """The quads of one RDF file; triples without a graph go to `graph`.

    Raises StoreError that names the file, and the line where the parser knows it.
    """
    rdf_format = FORMATS.get(path.suffix)
    if rdf_format is None:
        raise StoreError(f"{path}: unknown RDF format, expected one of {', '.join(FORMATS)}")
    try:
        with path.open("rb") as source:
            quads = list(parse(source, format=rdf_format))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: not valid {rdf_format.name}: {error}") from error
    if graph is None:
        return quads
    target = graph_iri(graph)
    return [
        Quad(q.subject, q.predicate, q.object, target) if isinstance(q.graph_name, DefaultGraph) else q for q in quads
    ]


def digest(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of graph files: the same content has the same digest."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
