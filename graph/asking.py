"""One query against a version, from its text to the bytes of its result."""

from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from graph.errors import UsageError
from graph.iri import BASE
from graph.store import Version
from graph.terms import PREFIXES

FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def ask(version: Version, query: str, form: str) -> bytes:
    """The result of a query in one of FORMATS; the usual prefixes (mea:, id:, skos:, dcterms: …) are known.

    Triples come as N-Triples, in the form `json` as JSON-LD. Raises UsageError when the query cannot be run.
    """
    try:
        return _serialize(version.open().query(query, base_iri=BASE, prefixes=PREFIXES), form)
    except (SyntaxError, ValueError, OSError) as error:
        raise UsageError(f"the query cannot be run: {error}") from error


def query_text(query: str) -> str:
    """The text of a query given as itself or as the name of a file; UsageError when that cannot be read."""
    path = Path(query)
    is_name = len(query) < 256 and "\n" not in query and "{" not in query
    if is_name and path.suffix in (".rq", ".sparql"):
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{query}: cannot be read: {error.strerror}") from error
    return query


def _serialize(result: QuerySolutions | QueryBoolean | QueryTriples, form: str) -> bytes:
    if isinstance(result, QueryTriples):
        return result.serialize(format=RdfFormat.JSON_LD if form == "json" else RdfFormat.N_TRIPLES) or b""
    if isinstance(result, QueryBoolean) and form in ("csv", "tsv"):
        return f"{str(bool(result)).lower()}\n".encode()
    return result.serialize(format=FORMATS[form]) or b""
