"""What the version served says of treaties, meetings, decisions and documents: fixed queries, grouped by thing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.terms import MEA
from server.evaluation.pool import Pool
from server.evaluation.tables import Cell, Row

PROLOGUE = """
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <https://schema.org/>
"""

OF_CLASS = (
    PROLOGUE
    + """
SELECT ?class ?thing ?p ?o WHERE {
  ?thing a ?class ; ?p ?o .
  VALUES ?p {
    rdf:type skos:prefLabel skos:altLabel skos:notation skos:exactMatch rdfs:seeAlso
    dcterms:identifier dcterms:title dcterms:alternative dcterms:abstract dcterms:description dcterms:issued
    dcterms:modified dcterms:language dcterms:creator dcterms:hasFormat
    schema:creativeWorkStatus schema:eventStatus
    mea:ofRegime mea:actsForRegime mea:provisionalNumber mea:adoptedAt mea:adoptedBy mea:forMeeting
    mea:containsInstrument mea:hasOrganizer mea:startDate mea:endDate mea:place foaf:homepage
  }
} ORDER BY ?thing ?p ?o"""
)

TEXTS = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?n ?text WHERE {
  { ?thing a mea:Decision } UNION { ?thing a mea:DraftDecision }
  { ?unit mea:isPartOf ?thing } UNION { ?unit mea:isDirectPartOf ?thing }
  ?unit mea:text ?text ; mea:ordinal ?n .
} ORDER BY ?thing ?n"""
)

TOPICS = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?topic WHERE {
  { ?thing dcterms:subject ?topic . ?topic a mea:Topic }
  UNION { ?activity mea:topic ?topic ; mea:evidencedBy ?unit . ?unit mea:inDocument ?thing }
  UNION { ?activity mea:topic ?topic ; mea:evidencedBy ?unit . ?unit mea:isPartOf ?thing . ?thing a mea:DraftDecision }
  UNION { ?activity mea:topic ?topic ; mea:evidencedBy ?unit . ?unit mea:isPartOf ?thing . ?thing a mea:Decision }
} ORDER BY ?thing ?topic"""
)

CITED = (
    PROLOGUE
    + """
SELECT DISTINCT ?thing ?work WHERE {
  { ?unit mea:inDocument ?thing ; mea:cites ?work } UNION { ?thing dcterms:references ?work }
  ?work a mea:Decision
} ORDER BY ?thing ?work"""
)

FILES = (
    PROLOGUE
    + """
SELECT ?thing ?p ?o WHERE {
  ?work dcterms:hasFormat ?thing . ?thing ?p ?o .
  VALUES ?p { dcterms:format dcterms:language dcterms:title }
} ORDER BY ?thing ?p ?o"""
)

DOCUMENT_CLASSES = (
    "Document",
    "MeetingDocument",
    "InformationDocument",
    "Letter",
    "Report",
    "Publication",
    "Guidance",
)
BODY_CLASSES = (
    "Organization",
    "Secretariat",
    "GoverningBody",
    "SubsidiaryBody",
    "UNEntity",
    "IntergovernmentalOrganization",
    "Fund",
    "Partnership",
    "RegionalCentre",
    "GovernmentBody",
    "NonGovernmentalOrganization",
    "ConferenceSeries",
)
LAST_PART = re.compile(r"[/#]")
LIMIT = 1_000_000  # rows of one query; the pool's own limits are reached before


@dataclass
class Facts:
    """What is said of one thing: terms by the last part of the property's IRI, sorted."""

    iri: str
    terms: dict[str, list[Cell]] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        """Every value."""
        return [cell.value for cell in self.terms.get(name, ())]

    def first(self, name: str) -> str:
        """The first value, empty when there is none."""
        return next(iter(self.all(name)), "")

    def texts(self, name: str) -> list[tuple[str, str]]:
        """Language and value of each text, one for each language."""
        return list({cell.language or "en": cell.value for cell in self.terms.get(name, ())}.items())

    def is_a(self, name: str) -> bool:
        """Whether this is among its classes."""
        return MEA[name].value in self.all("type")

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]

    @property
    def label(self) -> str:
        """Its name in English where it has one, else in any language."""
        labels = dict(self.texts("prefLabel"))
        return labels.get("en") or next(iter(labels.values()), self.slug)


Things = dict[str, Facts]


@dataclass(frozen=True)
class Material:
    """All that the feed is made of; things by IRI."""

    treaties: Things
    meetings: Things
    decisions: Things
    drafts: Things
    documents: Things
    bodies: Things
    states: Things
    topics: Things
    files: Things
    text: dict[str, list[str]]
    about: dict[str, list[str]]
    cited: dict[str, list[str]]


def read_material(pool: Pool) -> Material:
    """From the version that the pool serves."""
    return Material(
        read_things(pool, "Treaty"),
        read_things(pool, "Meeting"),
        read_things(pool, "Decision"),
        read_things(pool, "DraftDecision"),
        read_things(pool, *DOCUMENT_CLASSES),
        read_things(pool, *BODY_CLASSES),
        read_things(pool, "State"),
        read_things(pool, "Topic"),
        grouped(pool.table(FILES, LIMIT).rows),
        read_pairs(pool, TEXTS, "text"),
        read_pairs(pool, TOPICS, "topic"),
        read_pairs(pool, CITED, "work"),
    )


def read_things(pool: Pool, *classes: str) -> Things:
    """The things of these classes by IRI, in the order of their IRIs."""
    tables = (pool.table(OF_CLASS, LIMIT, **{"class": MEA[name].value}) for name in classes)
    return grouped(row for table in tables for row in table.rows)


def grouped(rows: Iterable[Row]) -> Things:
    """Rows of thing, property and value by thing, in the order of the IRIs."""
    found: Things = {}
    for row in rows:
        add_fact(found.setdefault(str(row["thing"]), Facts(str(row["thing"]))), row)
    return dict(sorted(found.items()))


def add_fact(facts: Facts, row: Row) -> None:
    """Take in one row of OF_CLASS, once."""
    terms = facts.terms.setdefault(LAST_PART.split(str(row["p"]))[-1], [])
    if row["o"] not in terms:
        terms.append(row["o"])


def read_pairs(pool: Pool, query: str, name: str) -> dict[str, list[str]]:
    """The values of a query's variable by thing, in the order of the rows."""
    found: dict[str, list[str]] = {}
    for row in pool.table(query, LIMIT).rows:
        found.setdefault(str(row["thing"]), []).append(str(row[name]))
    return found
