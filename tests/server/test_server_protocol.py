"""The SPARQL 1.1 Protocol and HTTP, case by case."""

import csv
import io
import json
from typing import Any

import pytest
import requests
from running import JSON, Server

from graph.iri import BASE

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
XML, CSV, TSV = "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
TURTLE, NT, RDF_XML, JSON_LD = "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"
TRIG, NQ = "application/trig", "application/n-quads"
PROBLEM = "application/problem+json"
SELECT = 'SELECT ?n ?s { VALUES (?n ?s) { (1 "one, two") (UNDEF "été") } }'
CONSTRUCT = "CONSTRUCT { <http://e/s> <http://e/p> 1 , 2 } WHERE {}"
ONE, TWO, THREE = (f"{BASE}graph/{name}" for name in ("one", "two", "three"))
IN_ONE, IN_TWO, IN_THREE = (f"<http://example.org/{name}> a ?t{name}" for name in ("one", "two", "three"))


def media(answer: requests.Response) -> str:
    return answer.headers["Content-Type"].partition(";")[0]


def ask(server: Server, **request: Any) -> requests.Response:
    method = request.pop("method", "GET")
    headers = {"Accept": JSON} | request.pop("headers", {})
    return requests.request(method, f"{server.url}/sparql", headers=headers, timeout=30, **request)


@pytest.mark.parametrize(
    "request_parts",
    [
        {"params": {"query": "ASK {}"}},
        {"method": "POST", "data": {"query": "ASK {}"}},
        {"method": "POST", "data": "ASK {}", "headers": {"Content-Type": DIRECT}},
        {"method": "POST", "data": "ASK {}", "headers": {"Content-Type": DIRECT + "; charset=UTF-8"}},
        {"method": "POST", "data": "query=ASK%7B%7D", "headers": {"Content-Type": FORM + "; charset=utf-8"}},
        {"params": {"query": "ASK {}", "default-graph-uri": "http://example.org/unknown"}},
    ],
)
def test_query_operation(server: Server, request_parts: dict[str, Any]) -> None:
    answer = ask(server, **request_parts)
    assert (answer.status_code, answer.json()["boolean"]) == (200, True)


@pytest.mark.parametrize(
    ("query", "default", "named", "expected"),
    [
        (f"ASK {{ {IN_ONE} . {IN_TWO} . {IN_THREE} }}", [], [], True),
        (f"ASK {{ {IN_ONE} . {IN_TWO} }}", [ONE, TWO], [], True),
        (f"ASK {{ {IN_THREE} }}", [ONE, TWO], [], False),
        (f"ASK {{ GRAPH ?g {{ {IN_ONE} }} GRAPH ?h {{ {IN_TWO} }} }}", [], [ONE, TWO], True),
        (f"ASK {{ GRAPH ?g {{ {IN_THREE} }} }}", [], [ONE, TWO], False),
        (f"ASK {{ {IN_ONE} }}", [], [ONE], False),
        (f"ASK {{ GRAPH ?g {{ {IN_ONE} }} }}", [ONE], [], False),
        (f"ASK {{ {IN_THREE} GRAPH ?g {{ {IN_ONE} }} }}", [THREE], [ONE], True),
        (f"ASK FROM <{THREE}> {{ {IN_ONE} }}", [ONE], [], True),
        (f"ASK FROM <{ONE}> {{ {IN_ONE} }}", [], [], True),
        (f"ASK FROM <{ONE}> {{ {IN_TWO} }}", [], [], False),
        (f"ASK FROM NAMED <{ONE}> {{ GRAPH ?g {{ {IN_ONE} }} }}", [], [], True),
        ('ASK { ?from a ?t FILTER("FROM" != "x") } # FROM', [], [], True),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_dataset(server: Server, method: str, query: str, default: list[str], named: list[str], expected: bool) -> None:
    pairs = {"query": query, "default-graph-uri": default, "named-graph-uri": named}
    answer = ask(server, method=method, **{"params" if method == "GET" else "data": pairs})
    assert answer.json()["boolean"] is expected


@pytest.mark.parametrize(
    ("request_parts", "status"),
    [
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ({"params": {"query": ""}}, 400),
        ({"params": {"query": "ASK {"}}, 400),
        ({"params": {"query": "SELECT * { ?s nope:p ?o }"}}, 400),
        ({"params": {"query": "INSERT DATA { <http://e/s> <http://e/p> 1 }"}}, 400),
        ({"params": {"query": "LOAD <http://127.0.0.1/>"}}, 400),
        ({"params": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
        ({"params": {"query": "ASK {}", "timeout": "soon"}}, 400),
        ({"method": "POST", "data": {"foo": "bar"}}, 400),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 400),
        ({"method": "POST", "data": b'ASK { "\xff" }', "headers": {"Content-Type": DIRECT}}, 400),
        ({"method": "POST", "data": "", "headers": {"Content-Type": DIRECT}}, 400),
        ({"method": "POST", "data": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "data": "ASK {}", "headers": {"Content-Type": DIRECT + "; charset=utf-16"}}, 415),
        ({"method": "POST", "data": b"ASK {}"}, 415),
        ({"method": "POST", "data": {"query": "ASK {}" + " " * 60_000}}, 413),
        ({"method": "PUT", "data": "x"}, 405),
        ({"method": "DELETE"}, 405),
        ({"params": {"query": "ASK {}", "format": "docx"}}, 406),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ({"params": {"query": "ASK {}"}, "headers": {"Accept": ";;q=x,/,"}}, 406),
        ({"params": {"query": SELECT}, "headers": {"Accept": TURTLE}}, 406),
        ({"params": {"query": CONSTRUCT}, "headers": {"Accept": CSV}}, 406),
    ],
)
def test_refusals_are_problems(server: Server, request_parts: dict[str, Any], status: int) -> None:
    answer = ask(server, **request_parts)
    assert (answer.status_code, media(answer)) == (status, PROBLEM)
    assert answer.json()["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_syntax_error_names_its_place(server: Server) -> None:
    problem = server.query("SELECT * WHERE {\n ?s ?p }").json()
    assert (problem["line"], problem["column"]) == (2, 9)
    assert problem["detail"].startswith("Line 2, column 9: ")


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        *((SELECT, form, form) for form in (JSON, XML, CSV, TSV)),
        *(("ASK {}", form, form) for form in (JSON, XML, CSV, TSV)),
        *((CONSTRUCT, form, form) for form in (TURTLE, NT, RDF_XML, JSON_LD, TRIG, NQ)),
        *(("DESCRIBE <http://example.org/one>", form, form) for form in (TURTLE, NT, RDF_XML, JSON_LD)),
        (SELECT, "*/*", JSON),
        (CONSTRUCT, "*/*", TURTLE),
        (SELECT, "application/json", JSON),
        (SELECT, "text/xml", XML),
        (CONSTRUCT, "application/json", JSON_LD),
        (SELECT, f"{CSV};q=0.2, {JSON};q=0.9", JSON),
        (SELECT, f"{XML};q=0.3,{TSV};q=0.7,{JSON};q=0.5", TSV),
        (SELECT, f"{JSON};q=0, {CSV}", CSV),
        (SELECT, "Text/CSV", CSV),
        (SELECT, f"image/png, {JSON};q=0.5", JSON),
        (SELECT, f"{TURTLE}, {JSON};q=0.8", JSON),
        (CONSTRUCT, f"{JSON}, {TURTLE};q=0.8", TURTLE),
        (SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_negotiation(server: Server, query: str, accept: str, expected: str) -> None:
    answer = server.query(query, accept)
    assert (answer.status_code, media(answer)) == (200, expected)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("short", "query", "expected"),
    [
        ("csv", SELECT, CSV),
        ("srj", SELECT, JSON),
        ("xml", SELECT, XML),
        ("ttl", CONSTRUCT, TURTLE),
        ("nq", CONSTRUCT, NQ),
    ],
)
def test_format_by_name(server: Server, short: str, query: str, expected: str) -> None:
    by_suffix = requests.get(f"{server.url}/sparql.{short}", {"query": query}, timeout=30)
    by_parameter = server.query(query, "text/html", format=short)
    assert [media(by_suffix), media(by_parameter)] == [expected, expected]


def test_values_survive(server: Server) -> None:
    rows = list(csv.reader(io.StringIO(server.query(SELECT, CSV).content.decode())))
    assert rows == [["n", "s"], ["1", "one, two"], ["", "été"]]
    assert server.query(SELECT, JSON).json()["head"]["vars"] == ["n", "s"]


def test_head_has_headers_only(server: Server) -> None:
    answer = ask(server, method="HEAD", params={"query": "ASK {}"})
    assert (answer.status_code, media(answer), answer.content) == (200, JSON, b"")


def test_preflight(server: Server) -> None:
    answer = ask(
        server, method="OPTIONS", headers={"Origin": "https://e.example", "Access-Control-Request-Method": "POST"}
    )
    assert answer.ok
    assert "POST" in answer.headers["Allow"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_entity_tags(server: Server) -> None:
    first = ask(server, params={"query": SELECT})
    again = ask(server, params={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"]})
    other = ask(server, params={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"], "Accept": CSV})
    assert [again.status_code, again.content, other.status_code] == [304, b"", 200]


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?x) {}", "SELECT (RAND() AS ?x) {}"])
def test_volatile_queries_have_no_tag_and_no_memory(server: Server, query: str) -> None:
    answers = [server.query(query) for _ in range(2)]
    assert "ETag" not in answers[0].headers
    assert answers[0].json() != answers[1].json()


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
    ],
)
def test_compression(server: Server, accepted: str, expected: str | None) -> None:
    query = "SELECT * { VALUES ?x { " + " ".join(map(str, range(600))) + " } }"
    for _ in range(2):  # from a worker, then from memory
        answer = requests.get(
            f"{server.url}/sparql", {"query": query}, headers={"Accept-Encoding": accepted}, timeout=30
        )
        assert answer.headers.get("Content-Encoding") == expected
        assert len(answer.json()["results"]["bindings"]) == 600
    for path in ("/", "/static/meagraph.css"):
        answer = server.get(path, **{"Accept-Encoding": accepted})
        assert (answer.headers.get("Content-Encoding"), answer.headers["Vary"]) == (expected, answer.headers["Vary"])
        assert "meagraph" in answer.text or "margin" in answer.text
    assert "Content-Encoding" not in server.get("/health", **{"Accept-Encoding": accepted}).headers


def test_service_description(server: Server) -> None:
    answer = server.get("/sparql", NT)
    assert (answer.status_code, media(answer)) == (200, NT)
    for part in (
        "sparql-service-description#Service",
        "void#classPartition",
        "shacl#declare",
        "shacl#select",
        "/sparql>",
    ):
        assert part in answer.text
    well_known = server.get("/.well-known/void", JSON_LD)
    assert media(well_known) == JSON_LD
    assert json.loads(well_known.text)


def test_limits_are_announced(server: Server) -> None:
    headers = server.query("ASK {}").headers
    assert [headers[f"X-{name}"] for name in ("Query-Timeout", "Max-Rows", "Max-Bytes")] == ["2", "5000", "3000000"]
