"""The media types that a query can be answered in, as tables; negotiation is werkzeug's.

An offer is a media type that clients ask for; it leads to the type that is sent.
"""

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
JSON_LD = "application/ld+json"
TRIG = "application/trig"
N_QUADS = "application/n-quads"
HTML = "text/html"
PROBLEM = "application/problem+json"

# The first is the default; the last of each are names that clients use for want of better ones.
SOLUTIONS = {m: m for m in (JSON, XML, CSV, TSV)} | {
    "application/json": JSON,
    "application/xml": XML,
    "text/xml": XML,
}
GRAPHS = {m: m for m in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD, TRIG, N_QUADS)} | {
    "application/json": JSON_LD,
    "application/xml": RDF_XML,
    "text/xml": RDF_XML,
    "application/x-turtle": TURTLE,
    "text/plain": N_TRIPLES,
}

# `format=` and the suffix of a path. One short name may stand for a table and for a graph.
SHORT_SOLUTIONS = {
    "json": JSON,
    "srj": JSON,
    "xml": XML,
    "srx": XML,
    "csv": CSV,
    "tsv": TSV,
}
SHORT_GRAPHS = {
    "ttl": TURTLE,
    "turtle": TURTLE,
    "nt": N_TRIPLES,
    "ntriples": N_TRIPLES,
    "rdf": RDF_XML,
    "rdfxml": RDF_XML,
    "xml": RDF_XML,
    "jsonld": JSON_LD,
    "json": JSON_LD,
    "trig": TRIG,
    "nq": N_QUADS,
    "nquads": N_QUADS,
}
EXTENSIONS = {
    JSON: "srj",
    XML: "srx",
    CSV: "csv",
    TSV: "tsv",
    TURTLE: "ttl",
    N_TRIPLES: "nt",
    RDF_XML: "rdf",
    JSON_LD: "jsonld",
    TRIG: "trig",
    N_QUADS: "nq",
}
CHARSET = {CSV, TSV, TURTLE, TRIG, HTML, "text/plain"}  # types that carry the parameter


@dataclass(frozen=True)
class Choice:
    """What to answer a table or a graph in; both None: nothing acceptable. `html`: our page instead."""

    solutions: str | None = None
    graph: str | None = None
    html: bool = False

    def __bool__(self) -> bool:
        return self.html or self.solutions is not None or self.graph is not None


@lru_cache(maxsize=512)
def choose(accept: MIMEAccept, short: str | None, page: bool) -> Choice:
    """By `format=` or suffix when there is one, else by the Accept header; `page`: HTML is on offer.

    >>> choose(MIMEAccept([("text/csv", 1)]), None, page=True)
    Choice(solutions='text/csv', graph=None, html=False)
    >>> choose(MIMEAccept([("text/html", 1), ("*/*", 0.8)]), None, page=True).html
    True
    """
    if short:
        return choose_by_name(short)
    if not accept:
        return Choice(JSON, TURTLE)
    if page and prefers_html(accept):
        return Choice(html=True)
    return Choice(best(accept, SOLUTIONS), best(accept, GRAPHS))


def choose_by_name(short: str) -> Choice:
    """`csv`, `ttl`, `html` or a full media type; an unknown name gives an empty choice."""
    name = short.strip().lower()
    if name in ("html", HTML):
        return Choice(html=True)
    return Choice(SHORT_SOLUTIONS.get(name, SOLUTIONS.get(name)), SHORT_GRAPHS.get(name, GRAPHS.get(name)))


def best(accept: MIMEAccept, offers: dict[str, str]) -> str | None:
    """The media type to send, None when the client takes none of the offers."""
    offer = accept.best_match(offers)
    return offers[offer] if offer else None


def prefers_html(accept: MIMEAccept) -> bool:
    """Whether a page is liked better than any data; `*/*` alone is not a browser."""
    return accept.best_match([JSON, TURTLE, *SOLUTIONS, *GRAPHS, HTML]) == HTML


def content_type(media: str) -> str:
    """The header's value."""
    return f"{media}; charset=utf-8" if media in CHARSET else media
