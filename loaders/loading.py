"""A folder of documents -> their named graphs and a report of the run."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad

from graph.authority_graph import authority_quads
from graph.iri import key_of
from graph.ontology import ontology_quads
from graph.registry import Registry
from graph.rules import compile_rules
from graph.terms import MEA
from loaders.analysis import Analysis, build_analyst
from loaders.document import DocumentInfo
from loaders.errors import LoadError
from loaders.manifest import list_documents
from loaders.reading import SUFFIXES, read_document
from loaders.triples import document_quads, provenance_quads

Progress = Callable[[str], None]


@dataclass
class Loaded:
    """The graphs of the documents that could be loaded, and what was wrong with the others."""

    graphs: dict[str, list[Quad]] = field(default_factory=dict)
    documents: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """The run as data: per document what was found, and every fault."""
        return {"documents": self.documents, "faults": self.faults, "notes": self.notes}

    def lines(self) -> list[str]:
        """The run for people: one line per document, then notes and faults, then their number."""
        lines = []
        for row in self.documents:
            found = f"{sum(row['units'].values())} units, {row['citations']} citations, {row['acts']} acts"
            open_ends = f"{len(row['ambiguous'])} ambiguous, {len(row['unresolved'])} unresolved"
            lines.append(f"{row['key']}: {found}, {row['activities']} activities; {open_ends}")
        lines += [f"note: {note}" for note in self.notes]
        lines += [f"not loaded: {fault}" for fault in self.faults]
        return [*lines, f"{len(self.documents)} documents loaded, {len(self.faults)} faults"]


def load_folder(folder: Path, registry: Registry, progress: Progress) -> Loaded:
    """Load every document of a folder; one that cannot be read is a fault, and the others still load.

    Raises LoadError when the folder or its manifest cannot be read at all, or when there is nothing to load.
    """
    listing = list_documents(folder, SUFFIXES)
    loaded = Loaded(faults=list(listing.faults), notes=list(listing.notes))
    if not listing.documents:
        raise LoadError("\n".join([f"{folder}: no documents to load", *loaded.faults, *loaded.notes]))
    analyst = build_analyst(registry)
    known = {quad.subject.value for quad in authority_quads(registry) if isinstance(quad.subject, NamedNode)}
    provenance: list[Quad] = []
    dated: set[str] = set()
    for number, (path, info) in enumerate(listing.documents, 1):
        progress(f"[{number}/{len(listing.documents)}] {path.name}")
        try:
            known_info, notes = with_known_references(info, registry)
            loaded.notes += notes
            analysis = analyst.analyse(read_document(path, known_info))
        except LoadError as error:
            loaded.faults.append(str(error))
            continue
        key = analysis.document.info.key
        if key in loaded.graphs:
            loaded.faults.append(f"{path.name}: another document has its symbol, {analysis.document.info.identifier}")
            continue
        loaded.graphs[key] = document_quads(analysis, registry, known, dated)
        provenance.extend(provenance_quads(analysis.document))
        loaded.documents.append(summary(analysis))
    loaded.graphs["provenance"] = provenance
    return loaded


def analyse_file(path: Path, registry: Registry) -> Analysis:
    """One document, analysed as its folder's manifest describes it, or by its name alone.

    Raises LoadError when it, or the manifest beside it, cannot be read.
    """
    listing = list_documents(path.resolve().parent, SUFFIXES)
    info = next((info for listed, info in listing.documents if listed.name == path.name), None)
    if faults := [fault for fault in listing.faults if info is None and path.name in fault]:
        raise LoadError("\n".join(faults))
    info = info or DocumentInfo(path.name, key_of(path.stem))
    known_info, _ = with_known_references(info, registry)
    return build_analyst(registry).analyse(read_document(path, known_info))


def with_known_references(info: DocumentInfo, registry: Registry) -> tuple[DocumentInfo, list[str]]:
    """The description without a meeting, a publisher and a kind of document that nobody knows, and a note for each.

    What the document itself prints of them is still read.
    """
    classes = document_classes()
    publisher = registry.knows("organizations", info.publisher)
    checks = (
        ("meeting", info.meeting, bool(registry.body_meeting(info.meeting)), "in graph/authority/meetings.yaml"),
        ("publisher", info.publisher, publisher, "in graph/authority/organizations.yaml"),
        ("kind", info.kind, info.kind in classes, f"a class of documents, which are {', '.join(sorted(classes))}"),
    )
    unknown = [(column, value, where) for column, value, known, where in checks if value and not known]
    notes = [f"{info.file}: ignored the manifest's {column} {value!r}: not {where}" for column, value, where in unknown]
    without: dict[str, Any] = {column: "Document" if column == "kind" else "" for column, _, _ in unknown}
    return replace(info, **without), notes


@cache
def document_classes() -> frozenset[str]:
    """The names of the ontology's classes of documents: Document, Letter, Report …"""
    superclasses = compile_rules(ontology_quads()).superclasses
    below = {cls.value for cls, above in superclasses.items() if isinstance(cls, NamedNode) and MEA.Document in above}
    return frozenset(iri.removeprefix(MEA.iri) for iri in {MEA.Document.value, *below} if iri.startswith(MEA.iri))


def summary(analysis: Analysis) -> dict[str, Any]:
    """What was found in one document, counted; what stayed unresolved or ambiguous, listed."""
    mentions = [mention for found in analysis.mentions.values() for mention in found]
    texts = {unit.path: unit for unit in analysis.document.units}
    ambiguous = [
        {"place": texts[path].label, "surface": texts[path].text[mention.start : mention.end]}
        for path, found in analysis.mentions.items()
        for mention in found
        if mention.resolution == "Ambiguous"
    ]
    return {
        "key": analysis.document.info.key,
        "file": analysis.document.info.file,
        "units": dict(sorted(Counter(unit.kind for unit in analysis.document.units).items())),
        "mentions": dict(sorted(Counter(mention.resolution for mention in mentions).items())),
        "citations": sum(mention.cites for mention in mentions),
        "acts": sum(map(len, analysis.acts.values())),
        "activities": len(analysis.activities),
        "memberships": len(analysis.memberships),
        "flows": len(analysis.flows),
        "observations": len(analysis.figures),
        "ambiguous": ambiguous,
        "unresolved": [{"place": place, "surface": surface} for place, surface in analysis.unresolved],
        "notes": analysis.document.notes,
    }
