"""The ontology's own rules: documented terms, OWL 2 RL and DL, stable bytes, no unlisted external term."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.errors import DataError
from graph.iri import BASE
from graph.ontology import ONTOLOGY, is_genid, ontology_quads, skolemized
from graph.terms import DCTERMS, MEA, OWL, RDF, RDFS, SKOS, TYPE, XSD, Namespace

QUADS = ontology_quads()
TRIPLES = {(q.subject, q.predicate, q.object) for q in QUADS}
ONTOLOGY_IRI = NamedNode(MEA.iri.removesuffix("#"))
VANN = Namespace("http://purl.org/vocab/vann/")
PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def values(subject: object, predicate: NamedNode) -> list[object]:
    return [o for s, p, o in TRIPLES if s == subject and p == predicate]


def of_type(*kinds: NamedNode) -> set[NamedNode]:
    return {s for s, p, o in TRIPLES if p == TYPE and o in kinds and isinstance(s, NamedNode)}


def own(terms: set[NamedNode]) -> list[NamedNode]:
    return sorted((t for t in terms if t.value.startswith(MEA.iri)), key=str)


TERMS = own({s for s, _, _ in TRIPLES if isinstance(s, NamedNode)})
CONCEPTS = sorted((c for c in of_type(SKOS.Concept) if c.value.startswith(BASE)), key=lambda concept: concept.value)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.value.rpartition("#")[2])
def test_every_term_has_one_label_one_definition_and_its_home(term: NamedNode) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        (text,) = values(term, predicate)
        assert isinstance(text, Literal) and text.language == "en"
    assert values(term, RDFS.isDefinedBy) == [ONTOLOGY_IRI]
    declared = [k for k in values(term, TYPE) if k in PROPERTY_KINDS | {OWL.Class, OWL.NamedIndividual}]
    assert len(declared) == 1


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_no_two_terms_of_a_kind_share_a_label_or_definition(predicate: NamedNode) -> None:
    for kinds in ({OWL.Class}, PROPERTY_KINDS, {OWL.NamedIndividual}):
        texts = Counter(str(text) for term in own(of_type(*kinds)) for text in values(term, predicate))
        repeated = {text for text, count in texts.items() if count > 1}
        assert repeated == set()


@pytest.mark.parametrize(
    "predicate",
    [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.creator,
        DCTERMS.license,
        DCTERMS.created,
        DCTERMS.issued,
        DCTERMS.bibliographicCitation,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
        OWL.versionIRI,
        OWL.versionInfo,
        OWL.priorVersion,
    ],
)
def test_the_header_is_complete(predicate: NamedNode) -> None:
    assert len(values(ONTOLOGY_IRI, predicate)) == 1


def test_the_header_tells_one_version_and_the_one_before() -> None:
    header = (OWL.versionInfo, OWL.versionIRI, OWL.priorVersion, DCTERMS.bibliographicCitation)
    version, iri, prior, citation = (values(ONTOLOGY_IRI, predicate)[0].value for predicate in header)
    assert iri == f"{ONTOLOGY_IRI.value}/{version}"
    assert f"version {version}," in citation
    before = prior.removeprefix(f"{ONTOLOGY_IRI.value}/")
    assert [int(part) for part in before.split(".")] < [int(part) for part in version.split(".")]


def test_the_bytes_are_stable_and_hold_no_blank_node() -> None:
    assert ontology_quads() == QUADS == sorted(QUADS, key=str)
    assert not [q for q in QUADS if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    assert any(is_genid(q.subject) for q in QUADS)


def test_a_blank_node_is_named_by_what_it_says() -> None:
    def chain(*names: str) -> list[Triple]:
        one, two = (BlankNode(name) for name in names)
        return [Triple(MEA.a, MEA.b, one), Triple(one, MEA.c, two), Triple(two, MEA.d, Literal("x"))]

    assert set(skolemized(chain("p", "q"))) == set(skolemized(reversed(chain("z", "y"))))
    looped = BlankNode("p")
    with pytest.raises(DataError, match="leads back"):
        list(skolemized([Triple(looped, MEA.a, looped)]))


def test_lists_that_end_alike_have_no_node_in_common() -> None:
    def ending(owner: NamedNode, first: NamedNode, name: str) -> list[Triple]:
        head, tail = BlankNode(name), BlankNode(name + "2")
        return [
            Triple(owner, OWL.propertyChainAxiom, head), Triple(head, RDF.first, first), Triple(head, RDF.rest, tail),
            Triple(tail, RDF.first, MEA.actsForRegime), Triple(tail, RDF.rest, RDF.nil),
        ]  # fmt: skip

    told = list(skolemized([*ending(MEA.a, MEA.isUnitOf, "p"), *ending(MEA.b, MEA.hasParticipant, "q")]))
    assert len({triple.subject for triple in told} - {MEA.a, MEA.b}) == 4


def test_a_file_that_cannot_be_parsed_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    with pytest.raises(DataError, match=r"broken\.ttl"):
        ontology_quads(tmp_path)


@pytest.mark.parametrize(
    "construct",
    [
        OWL.unionOf,
        OWL.complementOf,
        OWL.oneOf,
        OWL.allValuesFrom,
        OWL.someValuesFrom,
        OWL.cardinality,
        OWL.minCardinality,
        OWL.maxCardinality,
        OWL.qualifiedCardinality,
        OWL.imports,
        OWL.sameAs,
    ],
)
def test_constructs_outside_the_profile_are_absent(construct: NamedNode) -> None:
    assert not [t for t in TRIPLES if t[1] == construct]


def test_ranges_are_classes_or_datatypes_of_owl_2_rl() -> None:
    allowed = of_type(OWL.Class) | {XSD.string, XSD.integer, XSD.decimal}
    used = {o for _, p, o in TRIPLES if p in (RDFS.range, RDFS.domain)}
    assert used <= allowed


def test_every_class_and_property_in_an_axiom_is_declared() -> None:
    classes, properties = of_type(OWL.Class), of_type(*PROPERTY_KINDS)
    for s, p, o in TRIPLES:
        if p in (RDFS.subClassOf, OWL.disjointWith):
            assert {s, o} <= classes, (s, o)
        if p in (RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty):
            assert {s, o} <= properties, (s, o)
        if p == OWL.onProperty:
            assert o in properties


def test_only_simple_properties_have_the_restricted_characteristics() -> None:
    """OWL 2 DL: what is transitive or follows from a chain is neither irreflexive, asymmetric nor functional."""
    composite = of_type(OWL.TransitiveProperty) | {s for s, p, _ in TRIPLES if p == OWL.propertyChainAxiom}
    simple_only = of_type(OWL.IrreflexiveProperty, OWL.AsymmetricProperty, OWL.FunctionalProperty)
    assert not composite & simple_only
    assert not {s for s, p, o in TRIPLES if p == RDFS.subPropertyOf and s in composite and o in simple_only}


def test_external_terms_are_those_listed() -> None:
    language = tuple(namespace.iri for namespace in (RDF, RDFS, OWL, XSD))
    ours = (BASE, MEA.iri.removesuffix("#"))
    used = {term.value for triple in TRIPLES for term in triple if isinstance(term, NamedNode)}
    external = sorted(iri for iri in used if not iri.startswith((*language, *ours)))
    assert (ONTOLOGY / "external-terms.txt").read_text().split() == external


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.value.removeprefix(BASE))
def test_every_concept_is_documented_and_in_a_collection(concept: NamedNode) -> None:
    for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.inScheme, SKOS.topConceptOf):
        assert len(values(concept, predicate)) == 1, predicate
    assert values(concept, SKOS.inScheme) == values(concept, SKOS.topConceptOf)
    assert [s for s, p, o in TRIPLES if p == SKOS.member and o == concept]


def test_collections_hold_described_concepts_only() -> None:
    assert {o for _, p, o in TRIPLES if p == SKOS.member} == set(CONCEPTS)


def test_the_base_is_spelled_in_no_turtle_file() -> None:
    for path in (*ONTOLOGY.glob("*.ttl"), *(ONTOLOGY.parent / "shapes").glob("*.ttl")):
        assert BASE not in path.read_text(), path


def test_shapes_use_terms_of_the_ontology_only() -> None:
    defined = {term.value.removeprefix(MEA.iri) for term in TERMS}
    for path in (ONTOLOGY.parent / "shapes").glob("*.ttl"):
        used = set(re.findall(r"\bmea:(\w+)", path.read_text()))
        assert used <= defined, path


def test_quads_are_in_the_graph_of_the_ontology() -> None:
    assert {q.graph_name for q in QUADS} == {NamedNode(BASE + "graph/ontology")}
    assert all(isinstance(q, Quad) for q in QUADS)
