"""What follows from the asserted quads by the axioms of the ontology, and what contradicts them.

`infer` says exactly what an OWL 2 RL reasoner says about the data, less what is of no use to anybody:

- triples about the terms of the ontology itself, and about literals;
- `x a owl:Thing`, `x owl:sameAs x`, and membership of class expressions that have no name.

Names are unique: different IRIs are different things. So a functional property with two values is no hidden identity
but a fault, which `find_inconsistencies` reports, and asserting owl:sameAs is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.errors import DataError
from graph.iri import graph_iri
from graph.ontology import is_genid
from graph.rules import Rules, compile_rules
from graph.terms import MEA, OWL, TYPE

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[int, int, int]

INFERRED = graph_iri("inferred")


def infer(quads: Iterable[Quad], ontology: Iterable[Quad]) -> list[Quad]:
    """The entailed triples that are not asserted, as sorted quads of graph/inferred."""
    quads, ontology = list(quads), list(ontology)
    closure = Closure(compile_rules(ontology))
    told = {closure.fact(q.subject, q.predicate, q.object) for q in (*quads, *ontology)}
    closure.extend(told)
    closure.extend(closure.fact(q.subject, q.predicate, q.object) for q in cooperation_quads(quads))
    closure.run()
    vocabulary = {closure.id_of(q.subject) for q in ontology}
    hidden = {i for i, term in enumerate(closure.terms) if is_genid(term)} | {closure.id_of(OWL.Thing)}
    new = (
        closure.triple(fact)
        for fact in closure.facts
        if fact not in told and fact[0] not in vocabulary and hidden.isdisjoint(fact)
    )
    return sorted((Quad(*triple, INFERRED) for triple in new), key=str)


def cooperation_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Each two parties of one mea:Cooperation cooperate with each other, never with themselves.

    The one rule that OWL cannot say: a chain of the inverse of mea:party and mea:party would make everybody cooperate
    with themselves. `infer` applies it before the axioms.
    """
    parties: dict[Term, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == MEA.party and isinstance(quad.object, NamedNode):
            parties[quad.subject].add(quad.object)
    found = {pair for group in parties.values() for pair in combinations(sorted(group, key=str), 2)}
    both = found | {(other, one) for one, other in found}
    return sorted((Quad(one, MEA.cooperatesWith, other, INFERRED) for one, other in both), key=str)


class Closure:
    """A set of facts that grows until the rules add nothing. Terms are numbers inside.

    Semi-naive: each fact is taken once, indexed, and joined with the facts taken before it.
    """

    def __init__(self, rules: Rules) -> None:
        self.numbers: dict[Term, int] = {}
        self.terms: list[Term] = []
        self.is_literal: list[bool] = []
        self.facts: set[Fact] = set()
        self.waiting: list[Fact] = []
        self.type, self.thing = self.id_of(TYPE), self.id_of(OWL.Thing)
        self._number_class_rules(rules)
        self._number_property_rules(rules)
        self.joined = self.transitive | self.chains.keys() | self.some_by_property.keys()
        self.objects: dict[tuple[int, int], list[int]] = defaultdict(list)  # (property, subject) -> objects
        self.subjects: dict[tuple[int, int], list[int]] = defaultdict(list)  # (property, object) -> subjects

    def _number_class_rules(self, rules: Rules) -> None:
        n = self.id_of
        self.superclasses = {n(c): [n(s) for s in above] for c, above in rules.superclasses.items()}
        self.parts = {n(c): [(n(w), [n(m) for m in ms]) for w, ms in x] for c, x in rules.parts.items()}
        self.value_of = {n(c): [(n(p), n(v)) for p, v in x] for c, x in rules.value_of.items()}
        self.value_class = {(n(p), n(v)): [n(c) for c in x] for (p, v), x in rules.value_class.items()}
        self.valued = {p for p, _ in self.value_class}
        self.some_by_property = {n(p): [(n(f), n(c)) for f, c in x] for p, x in rules.some_by_property.items()}
        self.some_by_filler = {n(f): [(n(p), n(c)) for p, c in x] for f, x in rules.some_by_filler.items()}

    def _number_property_rules(self, rules: Rules) -> None:
        n = self.id_of
        self.domains = {n(p): [n(c) for c in x] for p, x in rules.domains.items()}
        self.ranges = {n(p): [n(c) for c in x] for p, x in rules.ranges.items()}
        self.superproperties = {n(p): [n(q) for q in x] for p, x in rules.superproperties.items()}
        self.inverses = {n(p): [n(q) for q in x] for p, x in rules.inverses.items()}
        for p in map(n, rules.symmetric):
            self.inverses.setdefault(p, []).append(p)
        self.transitive = {n(p) for p in rules.transitive}
        self.chains = {
            n(p): [([n(s) for s in steps], at, n(result)) for steps, at, result in x] for p, x in rules.chains.items()
        }

    def id_of(self, term: Term) -> int:
        number = self.numbers.get(term)
        if number is None:
            number = self.numbers[term] = len(self.terms)
            self.terms.append(term)
            self.is_literal.append(isinstance(term, Literal))
        return number

    def fact(self, subject: Term, predicate: Term, value: Term) -> Fact:
        if predicate == OWL.sameAs:
            raise DataError(f"owl:sameAs is not used here: {subject} and {value}")
        return self.id_of(subject), self.id_of(predicate), self.id_of(value)

    def triple(self, fact: Fact) -> tuple[NamedNode, NamedNode, NamedNode | Literal]:
        subject, predicate, value = (self.terms[number] for number in fact)
        if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)):
            raise DataError(f"only IRIs can be described: {subject} {predicate} {value}")
        if not isinstance(value, NamedNode | Literal):
            raise DataError(f"neither an IRI nor a literal: {value}")
        return subject, predicate, value

    def extend(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            if fact not in self.facts:
                self.facts.add(fact)
                self.waiting.append(fact)

    def run(self) -> None:
        while self.waiting:
            subject, predicate, value = self.waiting.pop()
            if predicate in self.joined:
                self.objects[predicate, subject].append(value)
                self.subjects[predicate, value].append(subject)
                self.extend(list(self._joins(subject, predicate, value)))
            if predicate == self.type:
                self.extend(self._of_type(subject, value))
            else:
                self.extend(self._of_property(subject, predicate, value))

    def _of_type(self, subject: int, kind: int) -> Iterator[Fact]:
        """What an instance of a class is and has besides."""
        for above in self.superclasses.get(kind, ()):
            yield subject, self.type, above
        for whole, members in self.parts.get(kind, ()):
            if all((subject, self.type, member) in self.facts for member in members):
                yield subject, self.type, whole
        for predicate, value in self.value_of.get(kind, ()):
            yield subject, predicate, value
        for predicate, above in self.some_by_filler.get(kind, ()):
            for owner in self.subjects.get((predicate, subject), ()):
                yield owner, self.type, above

    def _of_property(self, subject: int, predicate: int, value: int) -> Iterator[Fact]:
        """What one triple says besides, without looking at any other."""
        for above in self.superproperties.get(predicate, ()):
            yield subject, above, value
        for kind in self.domains.get(predicate, ()):
            yield subject, self.type, kind
        if predicate in self.valued:
            for kind in self.value_class.get((predicate, value), ()):
                yield subject, self.type, kind
        if not self.is_literal[value]:
            for inverse in self.inverses.get(predicate, ()):
                yield value, inverse, subject
            for kind in self.ranges.get(predicate, ()):
                yield value, self.type, kind

    def _joins(self, subject: int, predicate: int, value: int) -> Iterator[Fact]:
        """What one triple says together with triples taken before: transitivity, chains, owl:someValuesFrom."""
        if predicate in self.transitive:
            for start in self.subjects.get((predicate, subject), ()):
                yield start, predicate, value
            for end in self.objects.get((predicate, value), ()):
                yield subject, predicate, end
        for steps, at, result in self.chains.get(predicate, ()):
            starts = self._follow({subject}, reversed(steps[:at]), self.subjects)
            ends = self._follow({value}, steps[at + 1 :], self.objects)
            for start in starts:
                for end in ends:
                    yield start, result, end
        for filler, kind in self.some_by_property.get(predicate, ()):
            if filler == self.thing or (value, self.type, filler) in self.facts:
                yield subject, self.type, kind

    def _follow(self, nodes: set[int], steps: Iterable[int], index: dict[tuple[int, int], list[int]]) -> set[int]:
        for step in steps:
            nodes = {next_node for node in nodes for next_node in index.get((step, node), ())}
        return nodes


@dataclass(frozen=True)
class Inconsistency:
    """Triples that cannot hold together, and the axiom that says so."""

    axiom: str
    triples: tuple[Triple, ...]

    def __str__(self) -> str:
        return f"{self.axiom}: " + " | ".join(map(str, self.triples))


def find_inconsistencies(quads: Iterable[Quad], ontology: Iterable[Quad]) -> list[Inconsistency]:
    """Every clash among the quads, sorted. Give the asserted and the inferred quads together."""
    rules = compile_rules(ontology)
    triples = {Triple(q.subject, q.predicate, q.object) for q in quads}
    found = [*_disjoint_clashes(rules, triples), *_property_clashes(rules, triples)]
    return sorted(found, key=str)


def _disjoint_clashes(rules: Rules, triples: set[Triple]) -> Iterator[Inconsistency]:
    classes: dict[Term, set[Term]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == TYPE:
            classes[triple.subject].add(triple.object)
    for subject, kinds in classes.items():
        for pair in combinations(sorted(kinds, key=str), 2):
            if frozenset(pair) in rules.disjoint:
                yield Inconsistency("disjoint classes", tuple(_typed(subject, kind) for kind in pair))


def _typed(subject: Term, kind: Term) -> Triple:
    if isinstance(subject, Literal):
        raise DataError(f"a literal has no class: {subject}")
    return Triple(subject, TYPE, kind)


def _property_clashes(rules: Rules, triples: set[Triple]) -> Iterator[Inconsistency]:
    values: dict[tuple[Term, Term], list[Triple]] = defaultdict(list)
    for triple in triples:
        if triple.predicate in rules.irreflexive and triple.subject == triple.object:
            yield Inconsistency("irreflexive property", (triple,))
        if triple.predicate in rules.asymmetric and isinstance(triple.object, NamedNode):
            back = Triple(triple.object, triple.predicate, triple.subject)
            if back in triples and str(triple) < str(back):
                yield Inconsistency("asymmetric property", (triple, back))
        if triple.predicate in rules.functional:
            values[triple.subject, triple.predicate].append(triple)
    for several in values.values():
        if len(several) > 1:
            yield Inconsistency("functional property", tuple(sorted(several, key=str)))
