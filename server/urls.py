"""Every address in our pages: IRIs of the graph lead to their pages on this server, others stay as they are."""

from flask import request, url_for
from werkzeug.exceptions import BadRequest

from graph.iri import BASE, path_of
from graph.terms import MEA, PREFIXES
from server.context import services

ONTOLOGY = MEA.iri.removesuffix("#")


def link(iri: str) -> str:
    """Where a page should lead for this IRI; empty when it cannot be followed."""
    if iri.startswith(BASE):
        return url_for("resources.show", path=path_of(iri))
    if iri == ONTOLOGY or iri.startswith(MEA.iri):
        return url_for("vocabulary.show", _anchor=iri.removeprefix(MEA.iri).removeprefix(ONTOLOGY) or None)
    return iri if iri.startswith(("http://", "https://")) else ""


def shorten(iri: str) -> str:
    """`mea:cites` or `doc/UNEP-MC-COP.4-20` for reading; other IRIs in full."""
    if iri.startswith(BASE):
        return path_of(iri)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def has_addresses() -> bool:
    """Whether addresses can be made for this request: not when its Host header is no name of a host."""
    return not isinstance(request.routing_exception, BadRequest)


def endpoint_url() -> str:
    """The public address of the SPARQL endpoint."""
    return public(url_for("sparql.sparql"))


def public(path: str) -> str:
    """The full address of a path of this site, as clients outside must spell it."""
    base = services().settings.base_url.rstrip("/")
    if base:
        return base + path.removeprefix(request.script_root)
    return request.host_url.rstrip("/") + path


def query_link(query: str) -> str:
    """The query page with this query in it, run."""
    return url_for("sparql.sparql", query=query, format="html")
