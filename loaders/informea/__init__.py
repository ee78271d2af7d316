"""Another provider's InforMEA feed -> one named graph for each treaty, laid beside what is known already."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from graph import inference, iri
from graph.authority_graph import authority_quads
from graph.authority_works import Statement
from graph.building import Candidate, check
from graph.errors import UsageError
from graph.ontology import ontology_quads
from graph.registry import Registry
from graph.terms import DCTERMS, MEA, PROV, SKOS, TYPE, english, plain
from loaders.informea.crawl import Crawl, crawl
from loaders.informea.fetching import Fetcher, Limits
from loaders.informea.mapping import RowMapping, SkipError
from loaders.informea.reading import Fields
from loaders.informea.state import State

PREFIX = "informea-"
NOT_KNOWN = ("inferred", "provenance")
# Of these a thing has one: one for each language where the value is a text. What is known already stays.
SINGLE = {
    SKOS.prefLabel,
    DCTERMS.title,
    DCTERMS.identifier,
    DCTERMS.issued,
    DCTERMS.modified,
    DCTERMS.alternative,
    DCTERMS.abstract,
    DCTERMS.description,
    MEA.key,
    MEA.startDate,
    MEA.endDate,
    MEA.place,
    MEA.ofRegime,
    MEA.adoptedAt,
    MEA.adoptedBy,
    MEA.forMeeting,
    MEA.provisionalNumber,
    MEA.hasOrganizer,
}
Graphs = Mapping[str, list[Quad]]
Read = Callable[[Fields], tuple[str, Iterable[Statement]]]
Slot = tuple[str, str, str]


@dataclass
class Harvest:
    """The graphs of a store with what the feed adds, and what became of every row."""

    graphs: dict[str, list[Quad]]
    read: dict[str, int] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    skipped: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    requests: int = 0
    reused: int = 0

    def report(self) -> dict[str, Any]:
        """The harvest as data."""
        return {
            "read": self.read,
            "taken": dict(sorted(self.taken.items())),
            "skipped": self.skipped,
            "notes": self.notes,
            "requests": self.requests,
            "pages_reused": self.reused,
        }

    def lines(self) -> list[str]:
        """The harvest for people."""
        return [
            *(f"{name}: {number} rows read, {self.taken[name]} taken" for name, number in self.read.items()),
            *(f"skipped: {row['set']} {row['id']}: {row['reason']}" for row in self.skipped),
            *(f"note: {note}" for note in self.notes),
        ]

    def onto(self, before: dict[str, Any], url: str) -> dict[str, Any]:
        """What the report of the version before says of documents and harvests, and this harvest of `url`."""
        kept = {name: before.get(name, []) for name in ("documents", "faults", "notes")}
        return {**kept, "harvests": {**before.get("harvests", {}), url: self.report()}}


def harvest(
    url: str, known: Graphs, registry: Registry, state_file: Path, limits: Limits, progress: Callable[[str], None]
) -> Harvest:
    """The feed at `url` laid over the graphs that are known.

    Raises FeedError when the feed cannot be read to its end; the state file lets the next try go on from there.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise UsageError(f"{url!r} is not an address with http or https")
    state, fetcher = State(state_file), Fetcher(limits)
    try:
        found = crawl(url, fetcher, state, limits, progress)
        state.finish()
    finally:
        state.close()
    result = lay_over(url, found, known, registry)
    result.requests, result.reused = fetcher.requests, state.reused
    return result


def complete(graphs: Graphs, registry: Registry, progress: Callable[[str], None]) -> Candidate:
    """The graphs inferred anew and checked; authority data and ontology are added where the store has none."""
    whole = {"authority": authority_quads(registry), "ontology": ontology_quads()} | dict(graphs)
    whole.pop("inferred", None)
    progress("inferring")
    facts = [quad for name, quads in whole.items() if name != "ontology" for quad in quads]
    whole["inferred"] = inference.infer(facts, whole["ontology"])
    return check(whole, progress)


def state_name(url: str) -> str:
    """A file name for the state of a harvest from this address."""
    return f"{iri.key_of(urlsplit(url).netloc or 'feed')}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.sqlite"


def lay_over(url: str, found: Crawl, known: Graphs, registry: Registry) -> Harvest:
    """The rows as quads in the graphs of their treaties."""
    result = Harvest(dict(known), {name: len(rows) for name, rows in found.rows.items()}, skipped=list(found.skipped))
    statements, notes = map_rows(found, registry, result)
    result.notes = [*found.notes, *(f"{note} ({n} times)" if n > 1 else note for note, n in sorted(notes.items()))]
    taken = {name: slots(quads) for name, quads in known.items() if name not in NOT_KNOWN}
    for slug, facts in sorted(statements.items()):
        name = PREFIX + slug
        others = [filled for other, filled in taken.items() if other != name]
        quads = [Quad(*fact, iri.graph_iri(name)) for fact in dict.fromkeys(facts)]
        result.graphs[name] = merge(known.get(name, []), unfilled(quads, others))
        taken[name] = slots(result.graphs[name])
    result.graphs["provenance"] = merge(known.get("provenance", []), provenance(url, found, sorted(statements)))
    return result


def unfilled(quads: Iterable[Quad], taken: list[set[Slot]]) -> Iterator[Quad]:
    """The quads less those of single properties that another graph, or an earlier quad, has a value for."""
    filled: set[Slot] = set()
    for quad in quads:
        if quad.predicate in SINGLE:
            place = slot(quad)
            several = quad.predicate == MEA.place  # a meeting may be held in a town and online
            if any(place in held for held in taken) or (place in filled and not several):
                continue
            filled.add(place)
        yield quad


def map_rows(found: Crawl, registry: Registry, result: Harvest) -> tuple[dict[str, list[Statement]], Counter[str]]:
    """Statements by treaty, and notes with how often they were made.

    Meetings are read first and documents last, since rows refer to those before; but what a document's own row says
    goes before what a draft says of the document that holds it.
    """
    notes: Counter[str] = Counter()
    mapping = RowMapping(registry, lambda note: notes.update([note]))
    readers = {"Meetings": mapping.meeting, "Decisions": mapping.decision, "Documents": mapping.document}
    placed = {name: place_rows(name, read, found.rows.get(name, []), result) for name, read in readers.items()}
    statements: dict[str, list[Statement]] = {}
    for name in ("Meetings", "Documents", "Decisions"):
        for slug, facts in placed[name]:
            statements.setdefault(slug, []).extend(facts)
    return statements, notes


def place_rows(name: str, read: Read, rows: list[Fields], result: Harvest) -> list[tuple[str, list[Statement]]]:
    """The slug of the treaty and the statements of each row of a set; what is skipped is noted in the result."""
    placed, seen = [], set()
    for row in rows:
        try:
            slug, facts = take(read, row)
            node = facts[0][0].value
            if node in seen:
                raise SkipError(f"another row is about {node} as well")
        except SkipError as reason:
            result.skipped.append({"set": name, "id": str(row.get("id"))[:200], "reason": str(reason)})
            continue
        seen.add(node)
        placed.append((slug, facts))
    if placed:
        result.taken[name] = len(placed)
    return placed


def take(read: Read, row: Fields) -> tuple[str, list[Statement]]:
    """The slug and the statements of a row; SkipError when a value in it cannot be used."""
    try:
        slug, facts = read(row)
        return slug, list(facts)
    except ValueError as error:
        raise SkipError(str(error)) from error


def slot(quad: Quad) -> Slot:
    """What a single value fills: thing, property and language."""
    language = quad.object.language if isinstance(quad.object, Literal) else None
    return str(quad.subject), quad.predicate.value, language or ""


def slots(quads: Iterable[Quad]) -> set[Slot]:
    """The slots of single properties that are filled."""
    return {slot(quad) for quad in quads if quad.predicate in SINGLE}


def merge(old: Iterable[Quad], new: Iterable[Quad]) -> list[Quad]:
    """Old and new; a new value takes the place of an old one of the same single property, nothing else goes."""
    new = list(new)
    filled = slots(new)
    kept = [quad for quad in old if quad.predicate not in SINGLE or slot(quad) not in filled]
    return list(dict.fromkeys([*kept, *new]))


def provenance(url: str, found: Crawl, slugs: list[str]) -> list[Quad]:
    """Where the graphs come from: the feed by its address, and the digest of what it sent."""
    graph, digest = iri.graph_iri("provenance"), hashlib.sha256(url.encode()).hexdigest()[:8]
    rows = json.dumps(found.rows, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    source = iri.thing("file", f"informea-{digest}-{hashlib.sha256(rows).hexdigest()[:8]}")
    quads = [
        Quad(source, TYPE, PROV.Entity, graph),
        Quad(source, SKOS.prefLabel, english(f"InforMEA feed {url}"), graph),
        Quad(source, DCTERMS.title, plain(url), graph),
        Quad(source, DCTERMS.source, NamedNode(url), graph),
        Quad(source, MEA.sha256, plain(hashlib.sha256(rows).hexdigest()), graph),
    ]
    for slug in slugs:
        own = iri.graph_iri(PREFIX + slug)
        quads += [Quad(own, TYPE, PROV.Entity, graph), Quad(own, PROV.wasDerivedFrom, source, graph)]
    return quads
