"""Compiles the OWL axioms of an ontology into tables that the inference looks up by predicate or class.

Only the axioms are read; no class or property is named here. An OWL construct that the tables cannot express is
refused, so that the closure can never silently say less than the ontology. The tables cover, of OWL 2 RL: subclasses,
equivalent classes, intersections, owl:hasValue, owl:someValuesFrom, subproperties, equivalent, inverse, symmetric and
transitive properties, property chains, domains and ranges; and for consistency disjoint classes, irreflexive,
asymmetric and functional properties.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.errors import DataError
from graph.terms import OWL, RDF, RDFS, TYPE

Term = NamedNode | BlankNode | Literal | Triple

SCHEMA = {
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.equivalentProperty,
    OWL.inverseOf, OWL.propertyChainAxiom, OWL.onProperty, OWL.hasValue, OWL.someValuesFrom, OWL.intersectionOf,
    OWL.disjointWith, OWL.members,
}  # fmt: skip
HARMLESS = {OWL.versionIRI, OWL.versionInfo, OWL.deprecated, OWL.priorVersion, OWL.backwardCompatibleWith}
TYPES = {
    OWL.Ontology, OWL.Class, OWL.Restriction, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
    OWL.NamedIndividual, OWL.AllDisjointClasses, OWL.SymmetricProperty, OWL.TransitiveProperty,
    OWL.IrreflexiveProperty, OWL.AsymmetricProperty, OWL.FunctionalProperty,
}  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """The axioms by the term that triggers them. Classes include the nodes of class expressions."""

    superclasses: dict[Term, set[Term]]  # class -> every class above it, not itself
    parts: dict[Term, list[tuple[Term, frozenset[Term]]]]  # member -> (intersection, all its members)
    value_of: dict[Term, list[tuple[Term, Term]]]  # class -> (property, value) that each instance has
    value_class: dict[tuple[Term, Term], set[Term]]  # (property, value) -> classes of what has it
    some_by_property: dict[Term, list[tuple[Term, Term]]]  # property -> (filler, class)
    some_by_filler: dict[Term, list[tuple[Term, Term]]]  # filler -> (property, class)
    domains: dict[Term, set[Term]]
    ranges: dict[Term, set[Term]]
    superproperties: dict[Term, set[Term]]
    inverses: dict[Term, set[Term]]
    symmetric: frozenset[Term]
    transitive: frozenset[Term]
    chains: dict[Term, list[tuple[tuple[Term, ...], int, Term]]]  # step -> (all steps, its position, result)
    disjoint: frozenset[frozenset[Term]]  # pairs of classes
    irreflexive: frozenset[Term]
    asymmetric: frozenset[Term]
    functional: frozenset[Term]


class _Axioms:
    """The triples of an ontology by predicate and by subject."""

    def __init__(self, ontology: Iterable[Quad]) -> None:
        self.pairs: dict[Term, set[tuple[Term, Term]]] = defaultdict(set)
        self.about: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
        for quad in ontology:
            self.pairs[quad.predicate].add((quad.subject, quad.object))
            self.about[quad.subject, quad.predicate].add(quad.object)

    def of_type(self, kind: NamedNode) -> frozenset[Term]:
        return frozenset(s for s, o in self.pairs[TYPE] if o == kind)

    def table(self, predicate: NamedNode) -> dict[Term, set[Term]]:
        table: dict[Term, set[Term]] = defaultdict(set)
        for subject, value in self.pairs[predicate]:
            table[subject].add(value)
        return table

    def one(self, subject: Term, predicate: NamedNode) -> Term:
        values = self.about[subject, predicate]
        if len(values) != 1:
            raise DataError(f"{subject} needs exactly one {predicate}, has {len(values)}")
        return next(iter(values))

    def items(self, head: Term) -> tuple[Term, ...]:
        """The members of an RDF list in order: walked, because a path query would lose the order."""
        found = []
        while head != RDF.nil:
            found.append(self.one(head, RDF.first))
            head = self.one(head, RDF.rest)
        return tuple(found)


def compile_rules(ontology: Iterable[Quad]) -> Rules:
    """The tables of an ontology; DataError names an OWL construct that they cannot express."""
    axioms = _Axioms(ontology)
    _refuse_unknown(axioms)
    intersections = {c: frozenset(axioms.items(head)) for c, head in axioms.pairs[OWL.intersectionOf]}
    parts: dict[Term, list[tuple[Term, frozenset[Term]]]] = defaultdict(list)
    for whole, members in intersections.items():
        for member in members:
            parts[member].append((whole, members))
    inverses = _both_ways(axioms.pairs[OWL.inverseOf])
    superproperties = axioms.table(RDFS.subPropertyOf)
    for one, others in _both_ways(axioms.pairs[OWL.equivalentProperty]).items():
        superproperties[one] |= others
    value_of, value_class = _has_value(axioms)
    by_property, by_filler = _some_values(axioms)
    return Rules(
        _superclasses(axioms, intersections), parts, value_of, value_class, by_property, by_filler,
        axioms.table(RDFS.domain), axioms.table(RDFS.range), superproperties, inverses,
        axioms.of_type(OWL.SymmetricProperty), axioms.of_type(OWL.TransitiveProperty), _chains(axioms),
        _disjoint(axioms), axioms.of_type(OWL.IrreflexiveProperty), axioms.of_type(OWL.AsymmetricProperty),
        axioms.of_type(OWL.FunctionalProperty),
    )  # fmt: skip


def _refuse_unknown(axioms: _Axioms) -> None:
    for predicate in axioms.pairs:
        if str(predicate).startswith(f"<{OWL.iri}") and predicate not in SCHEMA | HARMLESS:
            raise DataError(f"the inference has no rule for {predicate}")
    for subject, kind in axioms.pairs[TYPE]:
        if str(kind).startswith(f"<{OWL.iri}") and kind not in TYPES:
            raise DataError(f"the inference has no rule for {kind}, the type of {subject}")


def _both_ways(pairs: Iterable[tuple[Term, Term]]) -> dict[Term, set[Term]]:
    table: dict[Term, set[Term]] = defaultdict(set)
    for one, other in pairs:
        table[one].add(other)
        table[other].add(one)
    return table


def _superclasses(axioms: _Axioms, intersections: dict[Term, frozenset[Term]]) -> dict[Term, set[Term]]:
    direct = axioms.table(RDFS.subClassOf)
    for one, others in _both_ways(axioms.pairs[OWL.equivalentClass]).items():
        direct[one] |= others
    for whole, members in intersections.items():
        direct[whole] |= members
    closed: dict[Term, set[Term]] = {}
    for start in list(direct):
        above: set[Term] = set()
        waiting = [start]
        while waiting:
            for upper in direct.get(waiting.pop(), ()):
                if upper not in above:
                    above.add(upper)
                    waiting.append(upper)
        closed[start] = above - {start}
    return closed


def _has_value(
    axioms: _Axioms,
) -> tuple[dict[Term, list[tuple[Term, Term]]], dict[tuple[Term, Term], set[Term]]]:
    value_of: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
    value_class: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
    for restriction, value in axioms.pairs[OWL.hasValue]:
        on = axioms.one(restriction, OWL.onProperty)
        value_of[restriction].append((on, value))
        value_class[on, value].add(restriction)
    return value_of, value_class


def _some_values(
    axioms: _Axioms,
) -> tuple[dict[Term, list[tuple[Term, Term]]], dict[Term, list[tuple[Term, Term]]]]:
    by_property: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
    by_filler: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
    for restriction, filler in axioms.pairs[OWL.someValuesFrom]:
        on = axioms.one(restriction, OWL.onProperty)
        by_property[on].append((filler, restriction))
        by_filler[filler].append((on, restriction))
    return by_property, by_filler


def _chains(axioms: _Axioms) -> dict[Term, list[tuple[tuple[Term, ...], int, Term]]]:
    chains: dict[Term, list[tuple[tuple[Term, ...], int, Term]]] = defaultdict(list)
    for result, head in axioms.pairs[OWL.propertyChainAxiom]:
        steps = axioms.items(head)
        for position, step in enumerate(steps):
            chains[step].append((steps, position, result))
    return chains


def _disjoint(axioms: _Axioms) -> frozenset[frozenset[Term]]:
    pairs = {frozenset(pair) for pair in axioms.pairs[OWL.disjointWith]}
    for axiom in axioms.of_type(OWL.AllDisjointClasses):
        members = axioms.items(axioms.one(axiom, OWL.members))
        pairs |= {frozenset((one, other)) for one in members for other in members if one != other}
    return frozenset(pairs)
