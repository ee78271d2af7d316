"""The description of everything over HTTP but SPARQL itself, as OpenAPI 3.1 at /openapi.json."""

import json
from typing import Any

from flask import Blueprint, Response, request

from server.context import services
from server.finding import LONGEST, MOST
from server.media import GRAPHS, HTML, PROBLEM, SHORT_GRAPHS, SHORT_SOLUTIONS, SOLUTIONS

bp = Blueprint("openapi", __name__)

Document = dict[str, Any]
TEXT, JSON = "text/plain", "application/json"
GRAPH_MEDIA, TABLE_MEDIA = sorted(set(GRAPHS.values())), sorted(set(SOLUTIONS.values()))
STRING: Document = {"type": "string"}
HIT = {
    "type": "object",
    "required": ["iri", "url", "label", "types", "snippet"],
    "properties": {
        "iri": STRING,
        "url": STRING,
        "label": STRING,
        "types": {"type": "array", "items": STRING},
        "snippet": STRING,
    },
}
FOUND = {
    "type": "object",
    "required": ["query", "version", "total", "hits"],
    "properties": {
        "query": STRING,
        "version": STRING,
        "total": {"type": "integer", "minimum": 0},
        "hits": {"type": "array", "items": HIT},
    },
}
READY = {
    "type": "object",
    "required": ["ready", "version"],
    "properties": {"ready": {"type": "boolean"}, "version": STRING},
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {"type": STRING, "title": STRING, "status": {"type": "integer"}, "detail": STRING, "kind": STRING},
}
NAMES = {
    400: "The request is at fault",
    401: "The bearer token is missing or wrong",
    403: "Not to be written",
    404: "There is no such thing",
    405: "This method is not offered here",
    406: "No acceptable format",
    410: "No longer kept",
    413: "Too large",
    415: "This content type is not taken",
    422: "The graph would violate the shapes",
    429: "Too many requests from this address",
    500: "A fault of the server",
    503: "Busy, or not loaded yet",
    504: "It took too long",
    507: "A limit of the server was reached",
}
GZIP, XML = "application/gzip", "application/xml"
BUSY = (429, 500, 503, 504, 507)


@bp.route("/openapi.json")
def describe() -> Response:
    """The whole document."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "meagraph", "version": "1", "description": "Everything over HTTP but SPARQL itself."},
        "servers": [{"url": services().settings.base_url or request.script_root or "/"}],
        "paths": paths(),
        "components": {
            "schemas": {"Problem": PROBLEM_SCHEMA, "Found": FOUND, "Ready": READY},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return Response(json.dumps(document, indent=1), content_type=JSON)


def paths() -> Document:
    """By path and method."""
    page, graph, answer = [HTML], [HTML, *GRAPH_MEDIA], [HTML, *GRAPH_MEDIA, *TABLE_MEDIA]
    return {
        "/": {"get": operation("The home page", page)},
        "/queries": {"get": operation("The example queries", page, [query("keyword", "Only those with this keyword")])},
        "/queries/{name}": {
            "get": operation(
                "One example query", [HTML, "application/sparql-query"], [part("name"), TEXT_FORMAT], (404,)
            )
        },
        "/ontology": {"get": operation("The ontology", graph, [FORMAT], (406, *BUSY))},
        "/ontology/{version}": {
            "get": operation("The ontology, of this version", graph, [part("version"), FORMAT], (404, 406, *BUSY))
        },
        "/id/{path}": {"get": operation("A thing, as page or data", graph, [part("path"), FORMAT], (404, 406, *BUSY))},
        "/search": {"get": operation("Full-text search", [HTML, JSON], SEARCH, (400, 406, *BUSY), "Found")},
        "/q": {"post": operation("Make a short link", [TEXT], (), (400, 413, 415, *BUSY), body=LINK_BODY, status=201)},
        "/q/{key}": {
            "get": operation(
                "The answer to a stored query", answer, [part("key"), ANSWER_FORMAT], (400, 404, 406, 410, *BUSY)
            )
        },
        "/store": {
            "get": operation("Read a graph", GRAPH_MEDIA, GRAPH, (400, 404, 406, *BUSY)),
            "put": writing("Replace a graph", GRAPH),
            "post": writing("Add to a graph, or make one", GRAPH),
            "delete": writing("Remove a graph", GRAPH),
        },
        "/health": {"get": operation("The web server answers", [TEXT])},
        "/ready": {"get": operation("The graph is loaded and queries are answered", [JSON], (), (503,), "Ready")},
        "/metrics": {"get": operation("Counters for Prometheus", [TEXT])},
        "/.well-known/void": {"get": operation("To the service description", page, status=303)},
        "/dumps/": {"get": operation("The dumps of the current version", page)},
        "/dumps/current/{file}": {"get": operation("To a dump of now", page, [part("file")], (404,), status=307)},
        "/dumps/{identity}/{file}": {
            "get": operation("A dump", [GZIP, TEXT], [part("identity"), part("file")], (404,))
        },
        "/robots.txt": {"get": operation("What crawlers may read", [TEXT])},
        "/sitemap.xml": {"get": operation("The list of sitemaps", [XML])},
        "/sitemap-{number}.xml": {"get": operation("Addresses of pages", [XML], [part("number")], (404, *BUSY))},
        "/openapi.json": {"get": operation("This document", [JSON])},
    }


def part(name: str) -> Document:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def query(name: str, description: str, required: bool = False, **schema: Any) -> Document:
    """A parameter after the question mark."""
    schema = {"type": "string"} | schema
    return {"name": name, "in": "query", "description": description, "required": required, "schema": schema}


BY_NAME = "A format by its short name, instead of an Accept header"
FORMAT = query("format", BY_NAME, enum=["", "html", *SHORT_GRAPHS])
ANSWER_FORMAT = query("format", BY_NAME, enum=["", "html", *sorted({*SHORT_SOLUTIONS, *SHORT_GRAPHS})])
TEXT_FORMAT = query("format", "The bare query", enum=["", "rq"])
GRAPH = [query("graph", "The IRI of the graph", format="iri"), query("default", "The graph without a name", enum=[""])]
SEARCH = [
    query("q", "Words that all have to occur; only the page can do without", maxLength=LONGEST),
    query("limit", "How many hits", type="integer", minimum=1, maximum=MOST),
    query("format", "html or json, instead of an Accept header", enum=["html", "json"]),
]
LINK_BODY = {
    "application/x-www-form-urlencoded": {
        "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string", "minLength": 1}}}
    }
}
TURTLE_BODY = {media: {"schema": STRING} for media in ("text/turtle", "application/n-triples")}


def operation(
    summary: str,
    media: list[str],
    parameters: list[Document] | tuple[()] = (),
    problems: tuple[int, ...] = (),
    schema: str = "",
    body: Document | None = None,
    status: int = 200,
) -> Document:
    """One method of one path."""
    described = {JSON: {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    content = {name: {"schema": described.get(name, {})} for name in media}
    responses: Document = {str(status): {"description": summary, "content": content}}
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}, HTML: {"schema": STRING}}
    responses |= {str(n): {"description": NAMES[n], "content": problem} for n in sorted({*problems, 405})}
    found: Document = {"summary": summary, "parameters": list(parameters), "responses": responses}
    if body:
        found["requestBody"] = {"required": True, "content": body}
    return found


def writing(summary: str, parameters: list[Document]) -> Document:
    """A method that needs the token."""
    refusals = (400, 401, 403, 404, 413, 415, 422, *BUSY)
    body = None if summary.startswith("Remove") else TURTLE_BODY
    found = operation(summary, [TEXT], parameters, refusals, body=body, status=201)
    found["responses"] |= {"204": {"description": "Done"}}
    return found | {"security": [{"token": []}]}
