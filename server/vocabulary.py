"""The ontology as a page and as data, and the human names of its terms for all other pages."""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from graph.iri import graph_iri
from graph.terms import MEA
from server.answers import accepted_encoding, answer_file, entity_tag
from server.context import services
from server.media import choose
from server.memo import PerVersion
from server.pool import Job, Pool, QueryError
from server.tables import Row

bp = Blueprint("vocabulary", __name__)

TERMS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?graph ?term ?kind ?label ?definition ?example WHERE { GRAPH ?graph {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty owl:NamedIndividual }
  ?term a ?kind ; rdfs:label ?label .
  OPTIONAL { ?term skos:definition ?definition }
  OPTIONAL { ?term skos:example ?example }
} FILTER(ISIRI(?term)) } ORDER BY LCASE(STR(?label)) ?example"""

RELATIONS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT ?graph ?term ?relation ?other WHERE { GRAPH ?graph {
  VALUES ?relation { rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf }
  ?term ?relation ?other FILTER(ISIRI(?term) && ISIRI(?other))
} } ORDER BY ?term ?relation ?other"""

DATA = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"

SUBCLASS = "is a kind of"
RELATION_NAMES = {
    "subClassOf": SUBCLASS,
    "subPropertyOf": "is a special case of",
    "domain": "of",
    "range": "leads to",
    "inverseOf": "inverse of",
}
KIND_NAMES = {
    "Class": "Classes",
    "ObjectProperty": "Properties that lead to things",
    "DatatypeProperty": "Properties that hold values",
    "AnnotationProperty": "Annotations",
    "NamedIndividual": "Individuals",
}
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Term:
    """A class or property with what the ontology says of it."""

    iri: str
    kind: str
    label: str
    definition: str
    example: str
    relations: list[tuple[str, str]]

    @property
    def name(self) -> str:
        """The part after the `#`: the anchor on the page."""
        return self.iri.removeprefix(MEA.iri)


@dataclass(frozen=True)
class Vocabulary:
    """All terms of our ontology by IRI."""

    terms: dict[str, Term]

    def label(self, iri: str) -> str:
        """The label of the ontology, else the name in words: `refersTo` becomes `refers to`."""
        if iri in self.terms:
            return self.terms[iri].label
        return WORDS.sub(" ", re.split(r"[/#]", iri)[-1]).lower()

    def narrower(self, iri: str) -> list[str]:
        """The classes directly below this one."""
        return [term.iri for term in self.terms.values() if (SUBCLASS, iri) in term.relations]

    def groups(self) -> list[tuple[str, list[Term]]]:
        """Terms of our own namespace under the heading of their kind."""
        own = [term for term in self.terms.values() if term.iri.startswith(MEA.iri)]
        pairs = ((heading, [t for t in own if t.kind == kind]) for kind, heading in KIND_NAMES.items())
        return [(heading, terms) for heading, terms in pairs if terms]


HELD: PerVersion[Vocabulary] = PerVersion()


def vocabulary() -> Vocabulary:
    """That of the version being served."""
    pool = services().pool
    return HELD.get(lambda: pool.version, lambda: read_vocabulary(pool))


def read_vocabulary(pool: Pool) -> Vocabulary:
    """From the graph of the ontology; empty when the store has none."""
    graph = graph_iri("ontology").value
    relations: dict[str, list[tuple[str, str]]] = {}
    for row in pool.table(RELATIONS, head=20_000, graph=graph).rows:
        name = RELATION_NAMES[str(row["relation"]).rpartition("#")[2]]
        relations.setdefault(str(row["term"]), []).append((name, str(row["other"])))
    terms: dict[str, Term] = {}
    for row in pool.table(TERMS, head=20_000, graph=graph).rows:
        terms.setdefault(str(row["term"]), read_term(row, relations))
    return Vocabulary(terms)


def read_term(row: Row, relations: dict[str, list[tuple[str, str]]]) -> Term:
    """One row of TERMS."""
    texts = {name: str(row[name]) if name in row else "" for name in ("label", "definition", "example")}
    iri = str(row["term"])
    return Term(iri, str(row["kind"]).rpartition("#")[2], relations=relations.get(iri, []), **texts)


@bp.route("/ontology")
def show() -> Response:
    """The page for browsers, the graph of the ontology for everyone else."""
    choice = choose(request.accept_mimetypes, request.args.get("format"), page=True)
    if choice.html:
        page = render_template("ontology.html", groups=vocabulary().groups())
        return Response(page, content_type="text/html; charset=utf-8", headers={"Vary": "Accept"})
    if choice.graph is None:
        raise QueryError("not-acceptable", "The ontology comes as RDF or HTML.")
    job = Job(DATA, graph=choice.graph, bind={"graph": graph_iri("ontology").value})
    answer, encoding = services().pool.run(job), accepted_encoding()
    return answer_file(answer, entity_tag(answer.version, job, encoding), encoding)[0]
