"""Findings gained and lost between two builds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from graph import nquads
from graph.iri import BASE, graph_iri
from graph.store import Store
from graph.terms import MEA, SKOS, TYPE

_UNIT = (MEA.inUnit, MEA.expressedIn, MEA.evidencedBy)
# What a finding says, beside its place: the properties that make it the finding it is.
_SAYS = {
    "Mention": (MEA.surface, MEA.refersTo, MEA.candidate),
    "OperativeAct": (MEA.actType, MEA.addressee, MEA.dueDate, MEA.dueMeeting),
    "FundingFlow": (MEA.amount, MEA.currency, MEA.payer, MEA.payee),
    "Cooperation": (MEA.party,),
    "Membership": (MEA.roleName, MEA.country),
    "Observation": (MEA.value, MEA.unit),
}


@dataclass(frozen=True)
class Comparison:
    """Findings as lines `document, place: kind what`, sorted."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def compare(old: Iterable[Quad], new: Iterable[Quad]) -> Comparison:
    """What the new build found that the old one did not, and the other way round."""
    before, after = findings(old), findings(new)
    return Comparison(tuple(sorted(after - before)), tuple(sorted(before - after)))


def read_build(path: Path) -> Iterator[Quad]:
    """The statements of a build: a store directory, a folder of graph files or one RDF file."""
    if (path / "current").exists():
        yield from Store(path).current().quads()
        return
    for file in nquads.files((path,)):
        yield from nquads.read(file)


def findings(quads: Iterable[Quad]) -> set[str]:
    """Every mention, act, activity and situation of a build as a line that does not depend on numbering."""
    values: dict[NamedNode, dict[NamedNode, set[str]]] = defaultdict(lambda: defaultdict(set))
    inferred = graph_iri("inferred")
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.graph_name != inferred:
            values[quad.subject][quad.predicate].add(str(getattr(quad.object, "value", quad.object)))
    lines: set[str] = set()
    for node, said in values.items():
        units = {unit for predicate in _UNIT for unit in said.get(predicate, ())}
        kinds = {kind.removeprefix(MEA.iri) for kind in said.get(TYPE, ())}
        for unit in units:
            lines.update(f"{_place(values, unit)}: {_what(kind, node, said)}" for kind in kinds)
    return lines


def _place(values: dict[NamedNode, dict[NamedNode, set[str]]], unit: str) -> str:
    said = values.get(NamedNode(unit), {})
    label = min(said.get(MEA.label, {unit.removeprefix(BASE)}))
    document = min(said.get(MEA.inDocument, {""})).removeprefix(f"{BASE}doc/")
    return f"{document}, {label}"


def _what(kind: str, node: NamedNode, said: dict[NamedNode, set[str]]) -> str:
    shown = [value for predicate in _SAYS.get(kind, ()) for value in sorted(said.get(predicate, ()))]
    if kind not in _SAYS:
        shown = sorted(said.get(SKOS.prefLabel, {node.value}))
    return " ".join([kind, *(value.removeprefix(BASE) for value in shown)])
