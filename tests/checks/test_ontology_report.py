"""The report that the ROBOT tool makes of an ontology, rule by rule: none finds anything in ours.

Each rule is a query for what is wrong, with an example of what it must find. Left out are the rules on conventions of
the OBO ontologies that we do not follow: subsets, synonym types, cross-references, obsolete labels.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store

from graph import nquads
from graph.iri import BASE
from graph.ontology import GENID, ontology_quads
from graph.terms import MEA, OWL, PREFIXES, RDF, RDFS, TYPE

PUBLISHED = Path(__file__).parents[2] / "graph" / "published"
SPARQL = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
TURTLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
OURS = f'FILTER (STRSTARTS(STR(?entity), "{MEA.iri}") || STRSTARTS(STR(?entity), "{BASE}")) '
GENIDS = f'FILTER (!STRSTARTS(STR(?entity), "{GENID}")) '
KINDS = "VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty owl:NamedIndividual } "
ENTITY = KINDS + "?entity a ?kind . " + OURS + GENIDS
TEXTS = "VALUES ?text { rdfs:label skos:prefLabel skos:altLabel skos:definition skos:example skos:scopeNote } "
NAMES = "VALUES ?name { rdfs:label skos:prefLabel } "
DEPRECATED = "?other owl:deprecated true . "
CLASS_LINK = (
    "VALUES ?link { rdfs:subClassOf owl:equivalentClass owl:disjointWith rdfs:domain rdfs:range owl:someValuesFrom }"
)
PROPERTY_LINK = "VALUES ?link { rdfs:subPropertyOf owl:equivalentProperty owl:inverseOf owl:onProperty }"
BUILT_IN = (
    "(STRSTARTS(STR(?value), STR(owl:)) || STRSTARTS(STR(?value), STR(rdf:)) || STRSTARTS(STR(?value), STR(rdfs:)))"
)


class Rule(NamedTuple):
    """A pattern in which ?entity is at fault, and Turtle in which it is found."""

    pattern: str
    broken: str


RULES = {
    "annotation_whitespace": Rule(
        TEXTS + '?entity ?text ?value . FILTER (REGEX(?value, "^\\\\s|\\\\s$|\\\\s\\\\s")) ' + OURS,
        'mea:A skos:definition "A thing. "@en .',
    ),
    "deprecated_boolean_datatype": Rule(
        "?entity owl:deprecated ?value . FILTER (DATATYPE(?value) != xsd:boolean)", 'mea:A owl:deprecated "true" .'
    ),
    "deprecated_class_reference": Rule(
        DEPRECATED + CLASS_LINK + "?entity ?link ?other . FILTER NOT EXISTS { ?entity owl:deprecated true }",
        "mea:A rdfs:subClassOf mea:B . mea:B owl:deprecated true .",
    ),
    "deprecated_property_reference": Rule(
        DEPRECATED + PROPERTY_LINK + "?entity ?link ?other . FILTER NOT EXISTS { ?entity owl:deprecated true }",
        "mea:a rdfs:subPropertyOf mea:b . mea:b owl:deprecated true .",
    ),
    "duplicate_definition": Rule(
        ENTITY
        + "?entity skos:definition ?value . ?other skos:definition ?value ; a ?kind . FILTER (?other != ?entity)",
        'mea:A a owl:Class ; skos:definition "Same."@en . mea:B a owl:Class ; skos:definition "Same."@en .',
    ),
    "duplicate_label": Rule(
        ENTITY
        + "?entity rdfs:label ?value . ?other rdfs:label ?own ; a ?kind . "
        + "FILTER (?other != ?entity && LCASE(STR(?own)) = LCASE(STR(?value)))",
        'mea:A a owl:Class ; rdfs:label "same"@en . mea:B a owl:Class ; rdfs:label "Same"@en .',
    ),
    "duplicate_exact_synonym": Rule(
        "?entity skos:altLabel ?value . ?other skos:altLabel ?value . FILTER (?other != ?entity) " + OURS,
        'mea:A skos:altLabel "same"@en . mea:B skos:altLabel "same"@en .',
    ),
    "duplicate_label_synonym": Rule(
        NAMES + "?entity ?name ?value ; skos:altLabel ?value . " + OURS,
        'mea:A rdfs:label "same"@en ; skos:altLabel "same"@en .',
    ),
    "equivalent_pair": Rule(
        "?entity owl:equivalentClass ?other . ?other a owl:Class . FILTER (ISIRI(?other)) "
        + GENIDS
        + f'FILTER (!STRSTARTS(STR(?other), "{GENID}"))',
        "mea:A owl:equivalentClass mea:B . mea:B a owl:Class .",
    ),
    "equivalent_class_axiom_no_genus": Rule(
        "?entity owl:equivalentClass/owl:intersectionOf ?list . "
        "FILTER NOT EXISTS { ?list rdf:rest*/rdf:first ?genus . ?genus a owl:Class } " + GENIDS,
        "mea:A owl:equivalentClass [ owl:intersectionOf ( [ a owl:Restriction ; owl:hasValue mea:x ] ) ] .",
    ),
    "illegal_use_of_built_in_vocabulary": Rule(
        "?entity ?link ?value . FILTER (?link NOT IN (rdf:type, rdf:rest, rdfs:range, owl:someValuesFrom)) "
        f"FILTER (ISIRI(?value) && {BUILT_IN})",
        "mea:A rdfs:subClassOf owl:Class .",
    ),
    "redefined_built_in_vocabulary": Rule(
        f"?value ?link ?anything . BIND (?value AS ?entity) FILTER {BUILT_IN}", 'owl:Class rdfs:label "mine"@en .'
    ),
    "invalid_entity_uri": Rule(
        KINDS + '?entity a ?kind . FILTER (!REGEX(STR(?entity), "^(https?://[^ ]+|urn:.+)$"))',
        "<relative> a owl:Class . <mailto:x> a owl:Class .",
    ),
    "label_formatting": Rule(
        NAMES + '?entity ?name ?value . FILTER (REGEX(?value, "<[^>]+>|[\\\\t\\\\n\\\\r]")) ' + OURS,
        'mea:A rdfs:label "<i>italics</i>"@en .',
    ),
    "label_whitespace": Rule(
        NAMES + '?entity ?name ?value . FILTER (REGEX(?value, "^\\\\s|\\\\s$|\\\\s\\\\s")) ' + OURS,
        'mea:A rdfs:label "two  blanks"@en .',
    ),
    "lowercase_definition": Rule(
        '?entity skos:definition ?value . FILTER (REGEX(?value, "^[a-z]")) ' + OURS,
        'mea:A skos:definition "a thing."@en .',
    ),
    "definition_without_full_stop": Rule(
        '?entity skos:definition ?value . FILTER (!REGEX(?value, "[.]$")) ' + OURS,
        'mea:A skos:definition "A thing"@en .',
    ),
    "missing_definition": Rule(ENTITY + "FILTER NOT EXISTS { ?entity skos:definition ?value }", "mea:A a owl:Class ."),
    "missing_label": Rule(ENTITY + "FILTER NOT EXISTS { ?entity rdfs:label ?value }", "mea:A a owl:Class ."),
    "multiple_definitions": Rule(
        "?entity skos:definition ?value , ?other . FILTER (?value != ?other && LANG(?value) = LANG(?other))",
        'mea:A skos:definition "One."@en , "Two."@en .',
    ),
    "multiple_labels": Rule(
        NAMES + "?entity ?name ?value , ?other . FILTER (?value != ?other && LANG(?value) = LANG(?other))",
        'mea:A rdfs:label "one"@en , "two"@en .',
    ),
    "multiple_equivalent_classes": Rule(
        "?entity owl:equivalentClass ?value , ?other . FILTER (?value != ?other)",
        "mea:A owl:equivalentClass mea:B , mea:C .",
    ),
    "misused_replaced_by": Rule(
        "?entity dcterms:isReplacedBy ?value . FILTER NOT EXISTS { ?entity owl:deprecated true }",
        "mea:A dcterms:isReplacedBy mea:B .",
    ),
    "missing_ontology_description": Rule(
        "?entity a owl:Ontology . FILTER NOT EXISTS { ?entity dcterms:description ?value }", "<o> a owl:Ontology ."
    ),
    "missing_ontology_license": Rule(
        "?entity a owl:Ontology . FILTER NOT EXISTS { ?entity dcterms:license ?value }", "<o> a owl:Ontology ."
    ),
    "missing_ontology_title": Rule(
        "?entity a owl:Ontology . FILTER NOT EXISTS { ?entity dcterms:title ?value }", "<o> a owl:Ontology ."
    ),
    "missing_language": Rule(
        TEXTS + '?entity ?text ?value . FILTER (LANG(?value) = "") ' + OURS, 'mea:A rdfs:label "thing" .'
    ),
    "undefined_term": Rule(
        f'?any ?link ?entity . FILTER (ISIRI(?entity) && STRSTARTS(STR(?entity), "{MEA.iri}")) '
        "FILTER NOT EXISTS { ?entity a ?kind }",
        "mea:A rdfs:subClassOf mea:Missing .",
    ),
    "missing_home": Rule(
        ENTITY + "FILTER NOT EXISTS { ?entity rdfs:isDefinedBy/rdf:type owl:Ontology }", "mea:A a owl:Class ."
    ),
    "two_kinds_at_once": Rule(  # OWL 2 DL allows an IRI as class and individual, but not as two kinds of property
        ENTITY + "?entity a ?other . FILTER (?other != ?kind && ?other IN (owl:Class, owl:ObjectProperty, "
        "owl:DatatypeProperty, owl:AnnotationProperty, owl:NamedIndividual))",
        "mea:a a owl:ObjectProperty , owl:DatatypeProperty .",
    ),
}

ROOTS = {
    "Activity", "Agent", "InformationSystem", "Mention", "MinamataBRSActivity", "OperativeAct", "Regime", "Resolution",
    "Situation", "SourceFile", "TextUnit", "Work",
}  # fmt: skip


def faults(store: Store, pattern: str) -> Iterator[str]:
    answer = store.query(f"{SPARQL} SELECT DISTINCT ?entity WHERE {{ {pattern} }}")
    assert isinstance(answer, QuerySolutions)
    return (str(solution["entity"]) for solution in answer)


@pytest.fixture(scope="module")
def ontology() -> Store:
    """The ontology as a store."""
    store = Store()
    store.extend(Quad(*quad.triple) for quad in ontology_quads())
    return store


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_nothing(rule: str, ontology: Store) -> None:
    assert list(faults(ontology, RULES[rule].pattern)) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_it_is_made_for(rule: str) -> None:
    store = Store()
    store.load(TURTLE + RULES[rule].broken, format=RdfFormat.TURTLE, base_iri="relative:")
    assert list(faults(store, RULES[rule].pattern))


def test_only_the_roots_have_no_superclass_of_ours(ontology: Store) -> None:
    superclass = f'?entity rdfs:subClassOf ?above . FILTER (STRSTARTS(STR(?above), "{MEA.iri}"))'
    without = faults(ontology, f"?entity a owl:Class . {OURS} {GENIDS} FILTER NOT EXISTS {{ {superclass} }}")
    skos = {"Topic", "SustainableDevelopmentGoal"}
    assert {name.rpartition("#")[2].rstrip(">") for name in without} == ROOTS | skos


def test_every_property_of_the_published_graph_is_declared(ontology: Store) -> None:
    declared = {quad.subject for quad in ontology.quads_for_pattern(None, TYPE, None)}
    used = {quad.predicate for path in PUBLISHED.glob("*.nq") for quad in nquads.read(path)}
    language = tuple(namespace.iri for namespace in (RDF, RDFS, OWL))
    assert {term for term in used - declared if not term.value.startswith(language)} == set()
