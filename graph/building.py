"""Named graphs -> a checked version: infer, validate, publish. Nothing is published that violates a shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Quad

from graph import inference, nquads
from graph.authority_graph import authority_quads
from graph.curated_graph import curated_graphs
from graph.errors import ViolationError
from graph.ontology import ontology_quads
from graph.registry import Registry
from graph.store import Store, Version
from graph.validation import ValidationReport, validate

Progress = Callable[[str], None]
NOT_DOCUMENTS = ("authority", "ontology", "inferred", "curated", "provenance")
OWN = "own-"  # how the names of graphs begin that callers of the endpoint write


@dataclass
class Candidate:
    """A version that is not published yet: its graphs and what the checks say of them."""

    graphs: dict[str, list[Quad]]
    validation: ValidationReport
    inconsistencies: list[str] = field(default_factory=list)

    @property
    def conforms(self) -> bool:
        """Whether it may be published."""
        return self.validation.conforms and not self.inconsistencies

    def faults(self) -> list[str]:
        """One line per violation (shape, node, document, paragraph) and inconsistency (axiom, triples, graphs)."""
        return [*map(str, self.validation.violations), *self.inconsistencies]


def complete(graphs: Mapping[str, list[Quad]], registry: Registry, progress: Progress) -> Candidate:
    """Add authority, ontology, curated and inferred graphs to those given, and check the whole."""
    whole = dict(graphs)
    whole["authority"] = authority_quads(registry)
    whole["ontology"] = ontology_quads()
    whole |= curated_graphs(whole, progress)
    progress("inferring")
    whole["inferred"] = inference.infer(_facts(whole), whole["ontology"])
    return check(whole, progress)


def check(graphs: Mapping[str, list[Quad]], progress: Progress) -> Candidate:
    """The graphs with the report of shapes and ontology on them; nothing is added."""
    progress("validating")
    facts = _facts(graphs)
    clashes = inference.find_inconsistencies(facts, graphs.get("ontology", []))
    return Candidate(dict(graphs), validate(facts), [_placed(clash, graphs) for clash in clashes])


def _placed(clash: inference.Inconsistency, graphs: Mapping[str, list[Quad]]) -> str:
    """The clash as one line that ends with the named graphs that state it."""
    stated = {name for name, quads in graphs.items() if any(quad.triple in clash.triples for quad in quads)}
    return f"Inconsistency {clash} (in {', '.join(sorted(stated))})"


def unchecked(graphs: Mapping[str, list[Quad]]) -> Candidate:
    """The graphs as they are: for data that was checked before."""
    return Candidate(dict(graphs), ValidationReport(()))


def _facts(graphs: Mapping[str, list[Quad]]) -> list[Quad]:
    return [quad for name, quads in graphs.items() if name != "ontology" for quad in quads]


def own_graphs(store: Store) -> dict[str, list[Quad]]:
    """The graphs that callers of the endpoint wrote, `own-…`; a build of documents keeps them."""
    if not store.current_id():
        return {}
    return {path.stem: nquads.read(path) for path in store.current().graph_files() if path.stem.startswith(OWN)}


def publish(
    store: Store,
    candidate: Candidate,
    report: Mapping[str, Any],
    *,
    base: str | None = None,
    allow_violations: bool = False,
) -> Version:
    """Publish the candidate as the store's current version, which must be `base` until then when that is given.

    Raises ViolationError that lists every fault unless violations are allowed, StaleError when another version is
    current; the version served before stays.
    """
    faults = candidate.faults()
    if faults and not allow_violations:
        raise ViolationError("\n".join([f"not published: {len(faults)} violations", *faults]))
    said = {**report, "violations": faults, "warnings": [str(warning) for warning in candidate.validation.warnings]}
    return store.publish(candidate.graphs, said, base=base)


def document_names(graphs: Mapping[str, list[Quad]]) -> list[str]:
    """The names of the graphs that hold documents, sorted."""
    return sorted(name for name in graphs if name not in NOT_DOCUMENTS and not name.startswith(OWN))


def without_text(graphs: Mapping[str, list[Quad]]) -> nquads.Graphs:
    """All graphs less the running text of the documents."""
    return {name: nquads.without_text(quads) for name, quads in graphs.items()}
