"""Update and Graph Store Protocol: who may write what, that a write is whole or nothing, and that readers follow."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import requests
from rdflib import Graph
from rdflib.compare import isomorphic
from running import ROOT, Server, publish, small_graph, start, stop

from graph import nquads
from graph.iri import BASE

TOKEN = {"Authorization": "Bearer secret"}
TURTLE, NT = "text/turtle", "application/n-triples"
DIRECT, FORM = "application/sparql-update", "application/x-www-form-urlencoded"
NOTES, AUTHORITY, TREATY = f"{BASE}graph/own-notes", f"{BASE}graph/authority", f"{BASE}regime/minamata"
PEOPLE = "@prefix f: <http://xmlns.com/foaf/0.1/> . <http://e/a> f:knows [ f:name 'B' ; f:knows <http://e/c> ] ."
EVERY = "GRAPH ?a { ?b ?c ?d }"
PRODUCT = f"{{ {EVERY} {EVERY.replace('?', '?x')} {EVERY.replace('?', '?y')} }}"
SUITE = ROOT.parent / "shared/conformance/protocol_suite.py"


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes writes with the token `secret`."""
    running = start(publish(tmp_path_factory.mktemp("writable"), dict(small_graph())), MEAGRAPH_TOKEN="secret")
    yield running
    stop(running)


def store(server: Server, method: str, body: str | bytes | None = None, **given: Any) -> requests.Response:
    """A request to /store, with the token and as Turtle unless something else is given."""
    headers = {"Content-Type": TURTLE, "Accept": NT} | TOKEN | given.pop("headers", {})
    path = given.pop("path", "")
    data = body.encode() if isinstance(body, str) else body
    params = given.pop("params", {} if path else {"graph": NOTES})
    return requests.request(
        method, f"{server.url}/store{path}", params=params, data=data, headers=headers, timeout=30, **given
    )


def update(server: Server, text: str | bytes, headers: dict[str, str] = TOKEN, **params: Any) -> requests.Response:
    """A direct update."""
    data = text.encode() if isinstance(text, str) else text
    headers = {"Content-Type": DIRECT} | headers
    return requests.post(f"{server.url}/update", params=params, data=data, headers=headers, timeout=30)


def holds(server: Server, pattern: str) -> bool:
    """Whether the pattern matches now."""
    found: bool = server.query(f"ASK {{ {pattern} }}").json()["boolean"]
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer other"},
        {"Authorization": "Basic c2VjcmV0OnNlY3JldA=="},
        {"Authorization": "Bearer"},
        {"Cookie": "token=secret; Authorization=Bearer secret"},
    ],
)
def test_only_the_bearer_token_opens_the_door(writable: Server, headers: dict[str, str]) -> None:
    answers = [update(writable, "CLEAR SILENT GRAPH <http://e/g>", headers)]
    for method in ("PUT", "POST", "DELETE"):
        answers.append(
            requests.request(method, f"{writable.url}/store", params={"graph": NOTES}, headers=headers, timeout=30)
        )
    assert [a.status_code for a in answers] == [401] * 4
    assert all(a.headers["WWW-Authenticate"].startswith("Bearer") for a in answers)


def test_without_a_token_in_the_settings_nothing_is_written(server: Server) -> None:
    assert [update(server, "CLEAR ALL").status_code, store(server, "PUT", PEOPLE).status_code] == [403, 403]
    assert store(server, "GET", params={"graph": f"{BASE}graph/one"}).text.count("\n") == 1


def test_a_graph_is_put_read_extended_and_removed(writable: Server) -> None:
    assert store(writable, "HEAD").status_code == 404
    assert store(writable, "PUT", PEOPLE).status_code == 201
    assert isomorphic(Graph().parse(data=store(writable, "GET").text, format="nt"), Graph().parse(data=PEOPLE))
    assert holds(writable, f"GRAPH <{NOTES}> {{ <http://e/a> ?p ?b }} ?b ?q 'B' FILTER(ISIRI(?b))")
    assert store(writable, "POST", "<http://e/a> <http://e/p> 1 .").status_code == 204
    assert store(writable, "GET", path="/own-notes").text.count("\n") == 4
    assert store(writable, "PUT", PEOPLE).status_code == 204
    assert store(writable, "HEAD").headers["Content-Type"].startswith(NT)
    assert store(writable, "DELETE").status_code == 204
    assert [store(writable, m).status_code for m in ("DELETE", "GET")] == [404, 404]
    assert not holds(writable, "<http://e/a> ?p ?o")


def test_a_new_graph_gets_an_address(writable: Server) -> None:
    made = store(writable, "POST", "<http://e/new> <http://e/p> 1 .", params={"": None})
    assert made.status_code == 201
    assert requests.get(made.headers["Location"], headers={"Accept": NT}, timeout=30).text.count("\n") == 1


def test_files_of_a_form_make_one_graph(writable: Server) -> None:
    files = {n: (f"{n}.ttl", f"<http://e/m> <http://e/{n}> [] .", TURTLE) for n in ("p", "q")}
    answer = requests.post(f"{writable.url}/store/own-form", files=files, headers=TOKEN, timeout=30)
    assert answer.status_code == 201
    assert store(writable, "GET", path="/own-form").text.count("\n") == 2


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("INSERT DATA { <http://e/d> <http://e/p> 1 }", "<http://e/d> ?p 1", True),
        ("DELETE WHERE { <http://e/d> ?p ?o }", "<http://e/d> ?p 1", False),
        (f"INSERT DATA {{ GRAPH <{NOTES}> {{ <http://e/x> a <rel> }} }}", f"GRAPH ?g {{ ?s a <{BASE}rel> }}", True),
        (f"COPY <{AUTHORITY}> TO <{BASE}graph/own-copy>", f"GRAPH <{BASE}graph/own-copy> {{ <{TREATY}> ?p ?o }}", True),
        (f"DROP GRAPH <{BASE}graph/own-copy>", f"GRAPH <{BASE}graph/own-copy> {{ ?s ?p ?o }}", False),
    ],
)
def test_updates(writable: Server, text: str, pattern: str, expected: bool) -> None:
    answer = update(writable, text)
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["X-Version"] == writable.store.current().id
    assert holds(writable, pattern) is expected


def test_the_dataset_of_an_update_by_parameters(writable: Server) -> None:
    text = f"INSERT {{ GRAPH <{BASE}graph/own-u> {{ ?s <http://e/was> ?t }} }} WHERE {{ ?s a ?t }} # WHERE"
    assert update(writable, text, **{"using-graph-uri": f"{BASE}graph/one"}).status_code == 204
    assert store(writable, "GET", path="/own-u").text.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("LOAD <http://127.0.0.1:9/>", 403, "federation"),
        ("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <http://e/g>", 403, "federation"),
        ("INSERT {} WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "federation"),
        ("INSERT {} WHERE { ?s ?p ?x SERVICE ?x { ?a ?b ?c } }", 403, "federation"),
        ("DROP ALL", 403, "protected"),
        (f"CLEAR GRAPH <{AUTHORITY}>", 403, "protected"),
        (f"INSERT DATA {{ GRAPH <{AUTHORITY}> {{ <http://e/s> <http://e/p> 1 }} }}", 403, "protected"),
        (
            f"WITH <{AUTHORITY}> DELETE {{ ?s a ?t }} INSERT {{ ?s a <http://e/T> }} WHERE {{ ?s a ?t }}",
            403,
            "protected",
        ),
        ("INSERT DATA { GRAPH <http://e/elsewhere> { <http://e/s> <http://e/p> 1 } }", 403, "protected"),
        (f"INSERT DATA {{ GRAPH <{BASE}graph/own-a/b> {{ <http://e/s> <http://e/p> 1 }} }}", 403, "protected"),
        (
            f"INSERT DATA {{ GRAPH <{NOTES}> {{ <http://e/s> <http://e/p> 1 }} }} ; CREATE GRAPH <{NOTES}>",
            400,
            "update",
        ),
        ("CLEAR XYZ", 400, "syntax"),
        ("SELECT * {}", 400, "syntax"),
        (" ", 400, "request"),
        (b"INSERT DATA { <http://e/s> <http://e/p> '\xff' }", 400, "request"),
        (f"INSERT {{ <http://e/s> <http://e/p> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {PRODUCT} }}", 504, "time-out"),
        ("INSERT DATA { <http://e/s> <http://e/p> " + "(" * 20_000 + ")" * 20_000 + " }", 400, "nesting"),
    ],
)
def test_updates_that_change_nothing(writable: Server, text: str | bytes, status: int, kind: str) -> None:
    before = writable.store.current().id
    problem = update(writable, text).json()
    assert (problem["status"], problem["kind"]) == (status, kind)
    assert writable.store.current().id == before


@pytest.mark.parametrize(
    ("request_parts", "status"),
    [
        ({"method": "PUT", "body": "<a> <b> "}, 400),
        ({"method": "PUT", "body": b"<a> <b> '\xff' ."}, 400),
        ({"method": "PUT", "body": "x", "headers": {"Content-Type": "application/x-nonsense"}}, 415),
        ({"method": "PUT", "body": PEOPLE, "headers": {"Content-Type": f"{TURTLE}; charset=utf-16"}}, 415),
        ({"method": "PUT", "body": PEOPLE, "params": {"graph": AUTHORITY}}, 403),
        ({"method": "DELETE", "params": {"graph": AUTHORITY}}, 403),
        ({"method": "PUT", "body": PEOPLE, "params": {"graph": "no iri"}}, 400),
        ({"method": "PUT", "body": PEOPLE, "params": {"graph": f"{NOTES} >"}}, 403),
        ({"method": "GET", "params": {"graph": "http://e/ >"}}, 400),
        ({"method": "GET", "params": {"graph": NOTES, "default": ""}}, 400),
        ({"method": "GET", "params": {}}, 400),
        ({"method": "GET", "params": {"graph": "http://e/none"}}, 404),
        ({"method": "GET", "params": {"graph": AUTHORITY}, "headers": {"Accept": "image/png"}}, 406),
        ({"method": "PATCH", "body": PEOPLE}, 405),
        ({"method": "PUT", "body": "#" * 2_000_000}, 413),
    ],
)
def test_refusals_of_the_graph_store(writable: Server, request_parts: dict[str, Any], status: int) -> None:
    before = writable.store.current().id
    answer = store(writable, **request_parts)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert writable.store.current().id == before


def test_a_violation_names_shape_and_node(writable: Server) -> None:
    broken = f"<{BASE}doc/X/para_1/mention_1> a <https://w3id.org/meagraph/ontology#Mention> ."
    answer = store(writable, "PUT", broken)
    assert answer.status_code == 422
    assert {v["node"] for v in answer.json()["violations"]} == {"doc/X/para_1/mention_1"}
    assert all(v["shape"] and v["message"] for v in answer.json()["violations"])
    assert not holds(writable, f"<{BASE}doc/X/para_1/mention_1> ?p ?o")


def test_the_same_writes_give_the_same_version(tmp_path: Path) -> None:
    seen = []
    for name in ("a", "b"):
        running = start(publish(tmp_path / name, dict(small_graph())), MEAGRAPH_TOKEN="secret")
        store(running, "PUT", PEOPLE)
        update(running, "INSERT DATA { [] <http://e/p> [] }")
        stop(running)
        seen.append(running.store.current().id)
        assert len(nquads.by_graph(running.store.current().quads())["own-default"]) == 1
    assert seen[0] == seen[1]


def test_readers_see_whole_writes_only(writable: Server) -> None:
    graph, seen, done = f"{BASE}graph/own-pair", [], threading.Event()
    store(writable, "PUT", "<http://e/l> <http://e/n> 0 . <http://e/r> <http://e/n> 0 .", params={"graph": graph})

    def reader() -> None:
        while not done.is_set():
            rows = writable.query(f"SELECT ?n {{ GRAPH <{graph}> {{ ?s <http://e/n> ?n }} }}")
            seen.append((rows.status_code, tuple(b["n"]["value"] for b in rows.json()["results"]["bindings"])))

    threads = [threading.Thread(target=reader) for _ in range(2)]
    for thread in threads:
        thread.start()
    writes = [
        update(writable, f"WITH <{graph}> DELETE {{ ?s ?p ?n }} INSERT {{ ?s ?p {n} }} WHERE {{ ?s ?p ?n }}")
        for n in range(1, 6)
    ]
    done.set()
    for thread in threads:
        thread.join()
    assert {w.status_code for w in writes} == {204}
    assert {status for status, _ in seen} == {200}
    assert {found for _, found in seen} <= {(str(n), str(n)) for n in range(6)}


def test_writers_at_once_wait_for_each_other(writable: Server) -> None:
    statuses = []

    def writer(number: int) -> None:
        statuses.append(update(writable, f"INSERT DATA {{ <http://e/w> <http://e/n> {number} }}").status_code)

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 6
    rows = writable.query("SELECT ?n { <http://e/w> <http://e/n> ?n }").json()["results"]["bindings"]
    assert len(rows) == 6


def test_an_update_reaches_no_other_server(writable: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for text in (
            f"LOAD <{address}>",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"INSERT {{}} WHERE {{ FILTER(?a<?b#x>'''\n) }} ; LOAD <{address}> #'''\n",
            f"\\u004cOAD <{address}>",
        ):
            assert update(writable, text).status_code >= 400
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.slow
@pytest.mark.skipif(not SUITE.exists(), reason="the conformance suite is not here")
def test_the_conformance_suite_on_a_scratch_store(tmp_path: Path) -> None:
    first = ox.NamedNode(f"{BASE}graph/own-first")
    quad = ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o"), first)
    running = start(publish(tmp_path, {"own-first": [quad]}), MEAGRAPH_TOKEN="secret", MEAGRAPH_WRITABLE="*")
    url = running.url
    places = ["--update-url", f"{url}/update", "--gsp-url", f"{url}/store", "--gsp-direct-url", f"{url}/store"]
    found = subprocess.run(
        [sys.executable, str(SUITE), f"{url}/sparql", *places, "-q", "--fail-on", "MAY"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"SPARQL_TOKEN": "secret"},
    )
    stop(running)
    assert found.returncode == 0, found.stdout


def test_a_commit_that_dies_changes_nothing(tmp_path: Path) -> None:
    running = start(publish(tmp_path, dict(small_graph())), MEAGRAPH_TOKEN="secret", MEAGRAPH_WRITE_SECONDS="0.05")
    before = running.store.current().id
    assert store(running, "PUT", PEOPLE).status_code == 500
    time.sleep(0.2)
    assert (running.store.current().id, running.count()) == (before, running.count())
    stop(running)
