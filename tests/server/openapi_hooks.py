"""A check that schemathesis adds to its own: a body is what its Content-Type says. See test_server_openapi.py."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import schemathesis
from lxml import etree, html

PROBLEM = "application/problem+json"


def read_table(media: str) -> Callable[[bytes], None]:
    """Rows that are all as wide as the first, or a truth value."""
    separator = "," if media == "text/csv" else "\t"

    def read(data: bytes) -> None:
        widths = {len(row) or 1 for row in csv.reader(io.StringIO(data.decode()), delimiter=separator)}
        assert len(widths) <= 1

    return read


def read_rdf(media: str) -> Callable[[bytes], None]:
    """Statements to the end."""
    form = ox.RdfFormat.from_media_type(media)
    return lambda data: [None for _ in ox.parse(data, format=form, base_iri="http://e/")].clear()


def read_results(media: str) -> Callable[[bytes], None]:
    """A table or a truth value."""
    form = ox.QueryResultsFormat.from_media_type(media)

    def read(data: bytes) -> None:
        found = ox.parse_query_results(data, format=form)
        assert isinstance(found, ox.QueryBoolean) or list(found) is not None

    return read


READERS: dict[str, Callable[[bytes], Any]] = {
    "application/json": json.loads,
    PROBLEM: json.loads,
    "text/plain": bytes.decode,
    "text/html": html.document_fromstring,
    "application/xml": etree.fromstring,
    "application/gzip": gzip.decompress,
    "application/sparql-query": bytes.decode,
}
TABLES = ("text/csv", "text/tab-separated-values")
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml")
RDF = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig")
READERS |= {media: read_table(media) for media in TABLES} | {media: read_results(media) for media in RESULTS}
READERS |= {media: read_rdf(media) for media in (*RDF, "application/n-quads")}


@schemathesis.check
def bodies_are_what_they_say(_context: object, response: schemathesis.Response, _case: schemathesis.Case) -> None:
    """AssertionError when there is no reader, or it fails; errors are problems or pages."""
    media = response.headers.get("content-type", [""])[0].partition(";")[0]
    if response.content:
        assert response.status_code < 400 or media in (PROBLEM, "text/html")
        try:
            READERS[media](response.content)
        except (KeyError, ValueError, SyntaxError, OSError, etree.Error) as error:
            raise AssertionError(f"{media}: {error!r}") from error
