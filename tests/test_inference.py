"""The compiled rules against owlrl, and one positive and one negative example for each chain, inverse and view."""

from pathlib import Path

import owlrl
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import OWL, RDFS, Graph, URIRef

from graph import nquads, terms
from graph.checks import reachable
from graph.errors import DataError
from graph.inference import cooperation_quads, find_inconsistencies, infer
from graph.iri import BASE, path_of
from graph.ontology import GENID, ontology_quads, skolemized

PUBLISHED = Path(__file__).parents[1] / "graph" / "published"
PREFIX = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in terms.PREFIXES.items())


def quads(turtle: str) -> list[Quad]:
    """Turtle with relative IRIs and the usual prefixes, blank nodes named."""
    parsed = parse(PREFIX + turtle, format=RdfFormat.TURTLE, base_iri=BASE)
    return [Quad(t.subject, t.predicate, t.object) for t in skolemized(q.triple for q in parsed)]


def short(quad: Quad) -> str:
    """`org/a mea:cooperatesWith org/b`."""
    return " ".join(_short(term) for term in (quad.subject, quad.predicate, quad.object))


def _short(term: object) -> str:
    if not isinstance(term, NamedNode):
        return str(term)
    if term.value.startswith(BASE):
        return path_of(term)
    return next(
        (f"{p}:{term.value[len(iri) :]}" for p, iri in terms.PREFIXES.items() if term.value.startswith(iri)), str(term)
    )


def inferred(turtle: str) -> set[str]:
    return {short(quad) for quad in infer(quads(turtle), ontology_quads())}


def owlrl_says(data: list[Quad], ontology: list[Quad]) -> set[str]:
    """owlrl's closure, filtered as `graph.inference` documents."""
    told = [Quad(q.subject, q.predicate, q.object) for q in (*data, *cooperation_quads(data), *ontology)]
    graph = Graph().parse(data=serialize(told, format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    vocabulary = {q.subject.value for q in ontology}
    asserted = {short(q) for q in (*data, *ontology)}
    named = {t.value for q in data for t in (q.subject, q.object) if isinstance(t, NamedNode)}
    kept = Graph()
    for s, p, o in graph:
        useless = p == OWL.sameAs or o in {OWL.Thing, RDFS.Resource} or str(o).startswith(GENID)
        if isinstance(s, URIRef) and str(s) in named - vocabulary and not useless and not str(p).startswith(GENID):
            kept.add((s, p, o))
    text = kept.serialize(format="nt", encoding="utf-8")
    return {short(q) for q in parse(text, format=RdfFormat.N_TRIPLES)} - asserted


KINDS = """
<c/Cat> rdfs:subClassOf <c/Animal> . <c/Animal> rdfs:subClassOf <c/Being> .
<c/Feline> owl:equivalentClass <c/Cat> .
<p/owns> rdfs:subPropertyOf <p/has> ; owl:inverseOf <p/ownedBy> ; rdfs:domain <c/Person> ; rdfs:range <c/Being> .
<p/holds> owl:equivalentProperty <p/has> .
<p/near> a owl:SymmetricProperty . <p/above> a owl:TransitiveProperty .
<p/grand> owl:propertyChainAxiom ( <p/up> <p/up> <p/near> ) .
<c/Red> owl:equivalentClass [ a owl:Restriction ; owl:onProperty <p/colour> ; owl:hasValue <x/red> ] .
<c/RedCat> owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( <c/Red> <c/Cat> ) ] .
<c/Marked> owl:intersectionOf ( <c/Cat> [ a owl:Restriction ; owl:onProperty <p/mark> ; owl:hasValue "x" ] ) .
[ a owl:Restriction ; owl:onProperty <p/owns> ; owl:someValuesFrom <c/Cat> ] rdfs:subClassOf <c/CatOwner> .
[ a owl:Restriction ; owl:onProperty <p/owns> ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf <c/Owner> .
"""
KINDS_DATA = """
<x/tom> a <c/Feline> ; <p/colour> <x/red> ; <p/mark> "x" . <x/red2> a <c/RedCat> , <c/Marked> .
<x/ann> <p/owns> <x/tom> , <x/car> . <x/car> <p/ownedBy> <x/bob> . <x/bob> <p/holds> <x/hat> .
<x/a> <p/near> <x/b> ; <p/above> <x/b> . <x/b> <p/above> <x/c> . <x/c> <p/above> <x/d> , <x/a> .
<x/k> <p/up> <x/l> . <x/l> <p/up> <x/m> . <x/m> <p/near> <x/n> ; <p/up> <x/k> .
"""
SAMPLE = """
<regime/basel> a mea:Regime ; mea:subRegimeOf <regime/brs> . <regime/brs> a mea:Regime .
<org/mc> a mea:Secretariat ; mea:actsForRegime <regime/minamata> .
<org/brs> a mea:Secretariat ; mea:actsForRegime <regime/basel> . <org/unit> mea:isUnitOf <org/brs> .
<activity/study> a mea:Study ; mea:hasOrganizer <org/mc> ; mea:hasPartner <org/unit> ; mea:startDate "2021"^^xsd:gYear .
<doc/d> a mea:MeetingDocument ; mea:key "d" ; mea:hasDirectPart <doc/d/sec_1> ; mea:forMeeting <meeting/m> .
<doc/d/para_1> a mea:Paragraph ; mea:isDirectPartOf <doc/d/sec_1> ; mea:inDocument <doc/d> ;
    mea:cites <decision/MC-1-1> ; mea:text "A text."@en ; mea:ordinal 2 .
<doc/d/para_1/act_1> a mea:OperativeAct ; mea:requestsActivity <activity/study> ; mea:actOf <decision/MC-1-1> ;
    mea:actType <act-type/request> ; mea:addressee <org/mc> .
<doc/d/para_1/mention_1> mea:inUnit <doc/d/para_1> ; mea:refersTo <org/brs> ; mea:surface "BRS" .
<doc/d/para_1/cooperation_1> mea:party <org/mc> , <org/brs> , <org/unit> ; mea:concerns <activity/study> .
<doc/d/para_1/flow_1> mea:payer <org/mc> ; mea:amount 12.5 ; mea:currency "USD" ; mea:funds <activity/study> .
<doc/d/para_1/membership_1> a mea:Membership ; org:member <person/p> ; org:organization <org/mc> .
"""


def test_every_kind_of_axiom_gives_what_owlrl_gives() -> None:
    data, ontology = quads(KINDS_DATA), quads(KINDS)
    ours = {short(quad) for quad in infer(data, ontology)}
    assert ours == owlrl_says(data, ontology)
    assert len(ours) == 40


def test_our_ontology_gives_what_owlrl_gives() -> None:
    data, ontology = quads(SAMPLE), ontology_quads()
    ours = {short(quad) for quad in infer(data, ontology)}
    assert ours == owlrl_says(data, ontology)
    assert "activity/study rdf:type mea:MinamataBRSActivity" in ours


def test_a_published_letter_gives_what_owlrl_gives() -> None:
    letter = nquads.read(PUBLISHED / "MC-COP5-2023-190.nq")
    data = [*letter, *reachable(letter, nquads.read(PUBLISHED / "authority.nq"))]
    ours = {short(quad) for quad in infer(data, ontology_quads())}
    assert ours == owlrl_says(data, ontology_quads())
    assert len(ours) > 500


@pytest.mark.slow
def test_the_whole_published_graph_gives_what_owlrl_gives() -> None:
    names = {path.stem for path in PUBLISHED.glob("*.nq")} - {"inferred", "ontology"}
    data = [quad for name in sorted(names) for quad in nquads.read(PUBLISHED / f"{name}.nq")]
    ours = {short(quad) for quad in infer(data, ontology_quads())}
    assert ours == owlrl_says(data, ontology_quads())
    assert ours == {short(quad) for quad in nquads.read(PUBLISHED / "inferred.nq")}


UNIT = "<org/u> mea:isUnitOf <org/o> . "
MANDATE = "<a/1> mea:requestsActivity <activity/x> ; mea:actOf <decision/d> . "
BOTH = "<activity/x> a mea:Activity ; mea:involvesRegime <regime/minamata> , <regime/brs> . "


FOLLOWS = [
    (
        "<org/o> mea:actsForRegime <regime/b> . <regime/b> mea:subRegimeOf <regime/brs> .",
        "org/o mea:actsForRegime regime/brs",
    ),
    (
        "<regime/a> mea:subRegimeOf <regime/b> . <regime/b> mea:subRegimeOf <regime/c> .",
        "regime/a mea:subRegimeOf regime/c",
    ),
    (UNIT + "<org/o> mea:actsForRegime <regime/b> .", "org/u mea:actsForRegime regime/b"),
    (
        UNIT + "<org/t> mea:isUnitOf <org/u> . <org/o> mea:actsForRegime <regime/b> .",
        "org/t mea:actsForRegime regime/b",
    ),
    (
        "<activity/x> mea:hasFunder <org/o> . <org/o> mea:actsForRegime <regime/b> .",
        "activity/x mea:involvesRegime regime/b",
    ),
    (MANDATE, "activity/x mea:hasMandate decision/d"),
    (MANDATE, "activity/x mea:requestedBy a/1"),
    (BOTH, "activity/x rdf:type mea:MinamataBRSActivity"),
    ("<activity/x> a mea:MinamataBRSActivity .", "activity/x mea:involvesRegime regime/brs"),
    ("<activity/x> a mea:MinamataBRSActivity .", "activity/x rdf:type prov:Activity"),
    ("<activity/x> mea:hasHost <org/o> .", "org/o mea:participatesIn activity/x"),
    ("<org/o> mea:participatesIn <activity/x> .", "activity/x mea:hasParticipant org/o"),
    ("<d/1> mea:hasDirectPart <d/2> . <d/3> mea:isDirectPartOf <d/2> .", "d/1 mea:hasPart d/3"),
    ("<d/1> mea:hasPart <d/2> .", "d/2 mea:isPartOf d/1"),
    ("<d/1> mea:hasDirectPart <d/2> .", "d/2 mea:isDirectPartOf d/1"),
    ("<d/2> mea:isDirectPartOf <d/1> .", "d/1 mea:hasDirectPart d/2"),
    ("<activity/x> mea:requestedBy <a/1> .", "a/1 mea:requestsActivity activity/x"),
    ("<d/1> mea:cites <treaty/t> .", "d/1 mea:mentions treaty/t"),
    ("<c/1> mea:party <org/a> , <org/b> .", "org/b mea:cooperatesWith org/a"),
    ("<org/a> mea:cooperatesWith <org/b> .", "org/b mea:cooperatesWith org/a"),
    ("<org/a> a mea:Fund .", "org/a rdf:type org:Organization"),
]
FOLLOWS_NOT = [
    # the whole does not act for the regime of its unit, nor does the wider regime's body act for the narrower
    (UNIT + "<org/u> mea:actsForRegime <regime/b> .", "org/o mea:actsForRegime regime/b"),
    (
        "<org/o> mea:actsForRegime <regime/brs> . <regime/b> mea:subRegimeOf <regime/brs> .",
        "org/o mea:actsForRegime regime/b",
    ),
    (
        "<activity/x> mea:topic <topic/t> . <org/o> mea:actsForRegime <regime/b> .",
        "activity/x mea:involvesRegime regime/b",
    ),
    (
        "<a/1> mea:requestsActivity <activity/x> . <a/2> mea:actOf <decision/d> .",
        "activity/x mea:hasMandate decision/d",
    ),
    (
        "<activity/x> a mea:Activity ; mea:involvesRegime <regime/minamata> .",
        "activity/x rdf:type mea:MinamataBRSActivity",
    ),
    ("<activity/x> mea:hasParticipant <org/a> , <org/b> .", "org/a mea:cooperatesWith org/b"),
    ("<c/1> mea:party <org/a> , <org/b> .", "org/a mea:cooperatesWith org/a"),
    ("<c/1> mea:party <org/a> , <org/b> . <c/2> mea:party <org/b> , <org/c> .", "org/a mea:cooperatesWith org/c"),
    ("<d/1> mea:hasPart <d/2> .", "d/1 mea:hasDirectPart d/2"),
    ("<d/2> mea:isPartOf <d/1> .", "d/2 mea:isDirectPartOf d/1"),
    ("<d/1> mea:hasDirectPart <d/2> .", "d/2 mea:hasPart d/1"),
    ("<d/1> mea:hasPart <d/2> , <d/3> .", "d/2 mea:isPartOf d/3"),
    ("<a/1> mea:requestsActivity <activity/x> .", "activity/x mea:requestsActivity a/1"),
    ("<activity/x> mea:hasMandate <decision/d> . <a/1> mea:actOf <decision/d> .", "activity/x mea:requestedBy a/1"),
    (UNIT + "<org/o> mea:participatesIn <activity/x> .", "activity/x mea:hasParticipant org/u"),
    (UNIT + "<activity/x> mea:hasParticipant <org/u> .", "org/o mea:participatesIn activity/x"),
    ("<d/1> mea:hasDirectPart <d/2> . <d/2> mea:mentions <org/a> .", "d/1 mea:mentions org/a"),
    ("<d/1> mea:mentions <treaty/t> .", "d/1 mea:cites treaty/t"),
    ("<activity/x> mea:hasParticipant <org/o> .", "activity/x mea:hasOrganizer org/o"),
]


@pytest.mark.parametrize(("turtle", "follows"), FOLLOWS)
def test_what_follows(turtle: str, follows: str) -> None:
    assert follows in inferred(turtle)


@pytest.mark.parametrize(("turtle", "does_not_follow"), FOLLOWS_NOT)
def test_what_does_not_follow(turtle: str, does_not_follow: str) -> None:
    assert does_not_follow not in inferred(turtle)


@pytest.mark.parametrize("examples", [FOLLOWS, FOLLOWS_NOT])
def test_each_chain_inverse_and_defined_class_has_an_example(examples: list[tuple[str, str]]) -> None:
    """By the predicate, or the class, of what follows."""
    shown = {term for _, told in examples for term in told.split()[1:]}
    chained = {q.subject for q in ontology_quads() if q.predicate == terms.OWL.propertyChainAxiom}
    paired = {term for q in ontology_quads() if q.predicate == terms.OWL.inverseOf for term in (q.subject, q.object)}
    defined = {q.subject for q in ontology_quads() if q.predicate == terms.OWL.equivalentClass}
    assert {_short(term) for term in chained | paired | defined} <= shown
    assert (len(chained), len(paired), len(defined)) == (3, 8, 1)


def test_only_new_triples_about_the_data_are_returned_sorted_in_their_graph() -> None:
    found = infer(quads(SAMPLE), ontology_quads())
    assert found == sorted(set(found), key=str)
    assert {path_of(q.graph_name) for q in found if isinstance(q.graph_name, NamedNode)} == {"graph/inferred"}
    assert not {q.triple for q in found} & {q.triple for q in (*quads(SAMPLE), *ontology_quads())}
    assert not [q for q in found if "ontology#" in q.subject.value or q.subject.value.startswith(GENID)]
    assert found == infer(reversed(quads(SAMPLE)), ontology_quads())


@pytest.mark.parametrize(
    ("turtle", "axiom", "triples"),
    [
        ("<x> a mea:Decision , mea:DraftDecision .", "disjoint classes", 2),
        ("<x> a mea:Regime , mea:Treaty .", "disjoint classes", 2),
        ("<x> a mea:Fund . <a> mea:hasFunder <b> . <b> mea:hasFunder <x> .", "disjoint classes", 2),
        ("<x> mea:cooperatesWith <x> .", "irreflexive property", 1),
        ("<x> mea:hasDirectPart <y> . <y> mea:hasDirectPart <x> .", "asymmetric property", 2),
        ("<m> mea:inUnit <u> , <v> .", "functional property", 2),
        ('<m> mea:surface "a" , "b" .', "functional property", 2),
    ],
)
def test_inconsistencies_name_the_axiom_and_the_triples(turtle: str, axiom: str, triples: int) -> None:
    data = quads(turtle)
    found = find_inconsistencies([*data, *infer(data, ontology_quads())], ontology_quads())
    assert axiom in {clash.axiom for clash in found}
    assert {len(clash.triples) for clash in found if clash.axiom == axiom} == {triples}
    assert all(str(clash).startswith(clash.axiom) for clash in found)


def test_a_sound_graph_has_no_inconsistency() -> None:
    data = quads(SAMPLE)
    assert find_inconsistencies([*data, *infer(data, ontology_quads())], ontology_quads()) == []


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("<c/A> owl:unionOf ( <c/B> <c/C> ) .", "unionOf"),
        ("<c/A> owl:hasKey ( <p/k> ) .", "hasKey"),
        ("<p/r> a owl:ReflexiveProperty .", "ReflexiveProperty"),
        ("<r> a owl:Restriction ; owl:hasValue <x> .", "exactly one"),
    ],
)
def test_an_axiom_without_a_rule_is_refused(turtle: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        infer([], quads(turtle))


def test_identity_is_refused() -> None:
    with pytest.raises(DataError, match="sameAs"):
        infer(quads("<a> owl:sameAs <b> ."), ontology_quads())
