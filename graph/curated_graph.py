"""The curated layer: what a person read in a document, one reviewed file each, as quads of graph/curated.

An abstract is a sentence in words of our own about one text unit; a fact is something that the rules do not reach. Both
name the unit by its printed place, so they survive a new reading of the document. What names a place or a thing that is
not in the build is left out and said.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from pyoxigraph import Literal, NamedNode, Quad

from graph.errors import AuthorityError
from graph.iri import BASE, document, graph_iri
from graph.ontology import ontology_quads
from graph.terms import DCTERMS, MEA, OWL, PREFIXES, RDFS, TYPE, XSD, date_literal, decimal, english, plain

CURATED = Path(__file__).parent / "curated"
SITUATIONS = {
    "Cooperation": "cooperation",
    "FundingFlow": "flow",
    "Membership": "membership",
    "Observation": "observation",
}

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")

Graphs = Mapping[str, list[Quad]]


def curated_graphs(graphs: Graphs, progress: Callable[[str], None], folder: Path = CURATED) -> dict[str, list[Quad]]:
    """The graph `curated` about the documents among the graphs, sorted; nothing when there is nothing to say.

    Give the graphs of the documents, of the authority data and of the ontology. Raises AuthorityError that names
    a file at fault.
    """
    described = {quad.subject for quads in graphs.values() for quad in quads if quad.predicate == TYPE}
    found: set[Quad] = set()
    for path in sorted(folder.glob("*.yaml")):
        content = _read(path)
        if content["document"] in graphs:
            curated = _Curated(content, graphs[content["document"]], described)
            found.update(curated.quads())
            for note in curated.left_out:
                progress(f"curated {path.name}: {note}")
    return {"curated": sorted(found, key=str)} if found else {}


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise AuthorityError(f"{path}: {error}") from error
    fault = best_match(_validator().iter_errors(content))
    if fault is not None:
        place = ".".join(str(step) for step in fault.absolute_path)
        raise AuthorityError(f"{path.name}: {place + ': ' if place else ''}{fault.message}")
    if content["document"] != path.stem:
        raise AuthorityError(f"{path.name}: is about {content['document']!r}, so that must be its name")
    return dict(content)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((CURATED / "schema.json").read_text(encoding="utf-8")))


class _Curated:
    """The content of one file, in a build that has its document."""

    def __init__(self, content: dict[str, Any], quads: list[Quad], described: set[Any]) -> None:
        self.content, self.described = content, described
        here = {q.subject for q in quads if q.predicate == MEA.inDocument and q.object == document(content["document"])}
        labels = ((q.object, q.subject) for q in quads if q.predicate == MEA.label and q.subject in here)
        self.units = {label.value: unit for label, unit in labels if isinstance(label, Literal)}
        self.counted: Counter[str] = Counter()
        self.left_out: list[str] = []

    def quads(self) -> Iterator[Quad]:
        graph = graph_iri("curated")
        for subject, predicate, value in (*self._abstracts(), *self._facts()):
            yield Quad(subject, predicate, value, graph)

    def _abstracts(self) -> Iterator[tuple[NamedNode, NamedNode, Literal]]:
        for label, sentence in self.content["abstracts"].items():
            unit = self.units.get(label)
            if isinstance(unit, NamedNode):
                yield unit, DCTERMS.abstract, english(sentence)
            else:
                self.left_out.append(f"there is no {label!r}")

    def _facts(self) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        for fact in self.content.get("facts", ()):
            unit = self.units.get(fact["paragraph"])
            said = [(name, value) for name, values in fact["says"].items() for value in _several(values)]
            told = [(_property(name), _value(name, value)) for name, value in said]
            things = [value for _, value in told if isinstance(value, NamedNode)]
            if "about" in fact:
                things.append(NamedNode(BASE + fact["about"]))
            unknown = sorted(thing.value for thing in things if thing not in self.described)
            if not isinstance(unit, NamedNode):
                self.left_out.append(f"there is no {fact['paragraph']!r}")
            elif unknown:
                self.left_out.append(f"{fact['paragraph']}: nothing is known of {', '.join(unknown)}")
            else:
                yield from self._statements(fact, unit, told)

    def _statements(
        self, fact: dict[str, Any], unit: NamedNode, told: list[tuple[NamedNode, NamedNode | Literal]]
    ) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
        if "about" in fact:
            subject = NamedNode(BASE + fact["about"])
        else:
            stem = f"{unit.value}/{SITUATIONS[fact['is']]}_c"  # the loaders count without the letter
            self.counted[stem] += 1
            subject = NamedNode(f"{stem}{self.counted[stem]}")
            yield subject, TYPE, MEA[fact["is"]]
        yield subject, MEA.evidencedBy, unit
        for predicate, value in told:
            yield subject, predicate, value


def _several(values: str | list[str]) -> list[str]:
    return [values] if isinstance(values, str) else values


def _property(name: str) -> NamedNode:
    prefix, _, local = name.rpartition(":")
    if prefix and prefix not in PREFIXES:
        raise AuthorityError(f"curated: unknown prefix in {name!r}")
    term = NamedNode(PREFIXES[prefix or "mea"] + local)
    if term not in _declared():
        raise AuthorityError(f"curated: the ontology has no property {name!r}")
    return term


@cache
def _declared() -> dict[NamedNode, NamedNode | None]:
    """Every property that the ontology declares, with the range of its values or owl:Thing for things."""
    quads = ontology_quads()
    ranges = {q.subject: q.object for q in quads if q.predicate == RDFS.range}
    declared: dict[NamedNode, NamedNode | None] = {}
    for quad in quads:
        if quad.predicate == TYPE and isinstance(quad.subject, NamedNode):
            if quad.object == OWL.ObjectProperty:
                declared[quad.subject] = OWL.Thing
            elif quad.object in (OWL.DatatypeProperty, OWL.AnnotationProperty):
                found = ranges.get(quad.subject)
                declared[quad.subject] = found if isinstance(found, NamedNode) else None
    return declared


def _value(name: str, value: str) -> NamedNode | Literal:
    """The value as its property asks: a thing, a number, a date where it looks like one, else a string."""
    kind = _declared()[_property(name)]
    if kind == OWL.Thing:
        return NamedNode(BASE + value)
    if kind == XSD.decimal:
        return decimal(value)
    return date_literal(value) if kind is None and _DATE.fullmatch(value) else plain(value)
