"""All attacks at once, and while they run the next simple query is answered.

The light part runs with every test; `slow` adds the heavy one: fifty clients, large bodies, memory before and after.
"""

import contextlib
import multiprocessing
import random
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from running import JSON, Server, memory, publish, small_graph, start, stop

SPO = "?s{0} ?p{0} ?o{0}"
PRODUCT = " . ".join(SPO.format(n) for n in range(4))
TRAP = "http://127.0.0.1:{port}/"
DEEP = 20_000
QUERIES = {
    "nested parentheses": "SELECT * { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }",
    "nested not": "SELECT * { FILTER(" + "!" * DEEP + "true) }",
    "long sum": "SELECT (" + "1+" * DEEP + "1 AS ?x) {}",
    "long or": "SELECT * { FILTER(" + "?x=1||" * DEEP + "?x=1) }",
    "nested groups": "SELECT * " + "{" * DEEP + "}" * DEEP,
    "nested optional": "SELECT * { " + "OPTIONAL { ?s ?p ?o " * 3000 + "}" * 3000 + " }",
    "nested subselect": "SELECT * { " + "{ SELECT * { " * 3000 + "} }" * 3000 + " }",
    "nested exists": "SELECT * { " + "FILTER EXISTS { ?s ?p ?o " * 2000 + "}" * 2000 + " }",
    "nested lists": "ASK { ?s ?p " + "(" * DEEP + ")" * DEEP + " }",
    "nested blank nodes": "ASK { ?s ?p " + "[ ?p " * 5000 + "1" + "]" * 5000 + " }",
    "unions": "SELECT * { " + " UNION ".join("{ ?s ?p ?o }" for _ in range(5000)) + " }",
    "product of unions": "SELECT (COUNT(*) AS ?n) { " + "{ ?s ?p ?o } UNION { ?o ?p ?s } " * 30 + " }",
    "nested path": "ASK { ?s " + "(" * 5000 + "<http://e/p>" + ")*" * 5000 + " ?o }",
    "long path": "ASK { ?s " + "/".join(["<http://e/p>"] * 5000) + " ?o }",
    "any path": "SELECT (COUNT(*) AS ?n) { ?s (<http://e/p>|!<http://e/p>)* ?o . ?o (<http://e/q>|!<http://e/q>)* ?z }",
    "values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(100)))} }}" for n in range(8))
    + " }",
    "doubling": "SELECT (STRLEN(?x40) AS ?n) { BIND('aaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " }",
    "replace": "SELECT (STRLEN(" + "REPLACE(" * 9 + '"aaaaaaaaaa"' + ',"a","aaaaaaaaaa")' * 9 + ") AS ?n) {}",
    "regex": 'SELECT (REGEX("' + "a" * 60 + 'b", "(a+)+$") AS ?x) {}',
    "large regex": 'SELECT (REGEX("a", "((a{1,1000}){1,1000}){1,1000}") AS ?x) {}',
    "product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "sorted product": f"SELECT * {{ {PRODUCT} }} ORDER BY ?o0 ?o1 ?o2 ?o3",
    "grouped product": f"SELECT ?o0 ?o1 ?o2 (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?o0 ?o1 ?o2",
    "distinct product": f"SELECT DISTINCT * {{ {PRODUCT} }}",
    "concatenated product": f"SELECT (GROUP_CONCAT(?o0) AS ?x) {{ {PRODUCT} }}",
    "constructed product": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {PRODUCT} }}",
    "described": f"DESCRIBE * {{ {PRODUCT} }}",
    "grouped by anything": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY (STRUUID() AS ?key)",
    "groups concatenated": "SELECT ?p0 (GROUP_CONCAT(CONCAT(STR(?s0), STR(?o1)); SEPARATOR='long, long') AS ?x) "
    f"{{ {PRODUCT} }} GROUP BY ?p0",
    "huge list": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(map(str, range(30_000))) + ")) }",
    "huge list of a product": "SELECT * { "
    + PRODUCT
    + " FILTER(?o0 NOT IN ("
    + ",".join(map(str, range(20_000)))
    + ")) }",
    "huge values": "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 90_000 + "} VALUES ?y { 1 1 1 1 } ?s ?p ?o }",
    "many options": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o " + "OPTIONAL { ?s ?p ?q } OPTIONAL { ?r ?p ?o } " * 30 + "}",
    "many differences": "SELECT * { ?s ?p ?o " + "MINUS { ?s ?x ?y . ?a ?b ?c } " * 300 + "}",
    "many variables": "SELECT * { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(5000)) + " }",
    "many prefixes": "".join(f"PREFIX p{n}: <http://e/{'x' * 20}> " for n in range(3500)) + "ASK {}",
    "huge template": "CONSTRUCT { " + "?s ?p [] , [] . " * 8000 + "} { ?s ?p ?o }",
    "regex on a product": f"SELECT * {{ {PRODUCT} FILTER(REGEX(CONCAT(?o0, ?o1), '(.*a){{20}}$')) }}",
    "alternatives": 'SELECT (REGEX("' + "a" * 5000 + 'b", "^(a|aa|aaa)*(a|b|ab)*c$") AS ?x) {}',
    "hashes": "SELECT (" + "SHA512(" * 5000 + "'a'" + ")" * 5000 + " AS ?x) {}",
    "exponent": "SELECT (1e99999999999 * 1e99999999999 AS ?x) (xsd:integer('" + "9" * 10_000 + "') AS ?y) {}",
    "service": f"SELECT * {{ SERVICE <{TRAP}> {{ ?s ?p ?o }} }}",
    "silent service": f"SELECT * {{ SERVICE SILENT <{TRAP}> {{ ?s ?p ?o }} }}",
    "variable service": f"SELECT * {{ VALUES ?g {{ <{TRAP}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
    "escaped service": f"SELECT * {{ \\u0053ERVICE <{TRAP}> {{ ?s ?p ?o }} }}",
    "hidden service": f"SELECT * {{ FILTER(?a<?b#x>'''\n) SERVICE <{TRAP}> {{ ?s ?p ?o }} #'''\n }}",
    "from": f"SELECT * FROM <{TRAP}> {{ ?s ?p ?o }}",
    "from named": f"SELECT * FROM NAMED <{TRAP}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "load": f"LOAD <{TRAP}>",
    "nul": "SELECT * { ?s ?p 'a\0b' }",
    "surrogates": "SELECT ('\\uD800' AS ?x) {}",
    "huge number": "SELECT (" + "9" * 50_000 + " * " + "9" * 50_000 + " AS ?x) {}",
    "huge limit": "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999999",
    "seconds": "SELECT (xsd:dateTime('9999999999999-01-01T00:00:00Z') AS ?x) {}",
}
STATUSES = {200, 400, 403, 413, 500, 503, 504, 507}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, with a token, so that updates can be tried as well."""
    running = start(
        publish(tmp_path_factory.mktemp("hostile"), dict(small_graph())),
        MEAGRAPH_TOKEN="secret",
        MEAGRAPH_TIMEOUT="0.5",
        MEAGRAPH_MAX_QUERY="200000",
    )
    yield running
    stop(running)


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """Listens; a connection to it is a fault."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        yield listener


def fell_for(trap: socket.socket) -> bool:
    """Whether anybody connected."""
    try:
        trap.accept()[0].close()
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("name", QUERIES)
def test_each_attack_ends_with_a_status(target: Server, trap: socket.socket, name: str) -> None:
    query = QUERIES[name].replace("{port}", str(trap.getsockname()[1]))
    answer = target.query(query, f"{JSON}, text/turtle;q=0.5")
    assert answer.status_code in STATUSES
    assert answer.status_code == 200 or answer.json()["kind"]
    asked = time.monotonic()
    assert target.query(f"ASK {{}} # {random.random()}").json()["boolean"] is True
    assert time.monotonic() - asked < 0.5
    assert not fell_for(trap)


def send_raw(url: str, data: bytes, pause: float = 0.0) -> bytes:
    """What comes back for bytes on a bare connection, which is then dropped."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as client, contextlib.suppress(OSError):
        for start_at in range(0, len(data), 65_536):
            client.sendall(data[start_at : start_at + 65_536])
            time.sleep(pause)
        client.settimeout(2)
        return client.recv(4096)
    return b""


HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: "
RAW = {
    "5 MB of a query": HEAD + b"5000000\r\n\r\n" + b"#" * 5_000_000,
    "5 MB announced, none sent": HEAD + b"5000000\r\n\r\n",
    "a length that is no number": HEAD + b"many\r\n\r\n",
    "a negative length": HEAD + b"-1\r\n\r\nASK {}",
    "invalid UTF-8": HEAD + b"9\r\n\r\nASK {'\xff\xfe",
    "an endless header": b"GET / HTTP/1.1\r\nX: " + b"a" * 1_000_000,
    "a thousand headers": b"GET / HTTP/1.1\r\nHost: x\r\n"
    + b"".join(b"X-%d: 1\r\n" % n for n in range(1000))
    + b"\r\n",
    "a long path": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00" * 100,
    "two lengths": HEAD + b"6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x",
    "broken chunks": b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "escapes in a path": b"GET /id/%00%ff/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "half a form": b"POST /store?default HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 20\r\n\r\n--b\r\nContent-Dispositi",
}


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_request_does_no_harm(target: Server, name: str) -> None:
    answer = send_raw(target.url, RAW[name])
    assert not answer or answer.split()[1][:1] == b"4"
    assert target.query("ASK {}").json()["boolean"] is True


@pytest.mark.parametrize("body", ["[" * 100_000, "{" * 100_000, '{"@context":"' + TRAP + '","a":1}', "<a/>" * 10_000])
@pytest.mark.parametrize(
    "media", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_hostile_graphs(target: Server, trap: socket.socket, media: str, body: str) -> None:
    answer = requests.put(
        f"{target.url}/store/own-hostile",
        data=body.replace("{port}", str(trap.getsockname()[1])),
        headers={"Authorization": "Bearer secret", "Content-Type": media},
        timeout=30,
    )
    assert 400 <= answer.status_code < 500
    assert not fell_for(trap)


def test_entities_are_not_expanded(target: Server) -> None:
    names = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    document = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "lol">{names}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = document + (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        '<rdf:Description rdf:about="http://e/s"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
    )
    headers = {"Authorization": "Bearer secret", "Content-Type": "application/rdf+xml"}
    for entity in ("&e9;", "&x;"):
        answer = requests.put(f"{target.url}/store/own-xml", data=body.format(entity), headers=headers, timeout=30)
        assert 400 <= answer.status_code < 520
    assert "root:" not in target.get("/store/own-xml", "text/turtle").text


def attack(url: str, port: int, seed: int, end: float) -> None:
    """Send the queries in any order; some clients vanish at once. Whoever is turned away comes back soon."""
    chosen = random.Random(seed)
    bodies = [query.replace("{port}", str(port)).encode() for query in QUERIES.values()]
    headers = {"Accept": JSON, "Content-Type": "application/sparql-query"}
    while time.monotonic() < end:
        with contextlib.suppress(requests.RequestException):
            requests.post(f"{url}/sparql", chosen.choice(bodies), timeout=chosen.choice((0.05, 5)), headers=headers)
        time.sleep(0.25)


def spoil(url: str, data: bytes, end: float) -> None:
    """Send what is no request, slowly, and vanish."""
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            send_raw(url, data[:300_000], pause=0.1)


def rampage(url: str, port: int, seconds: float) -> None:
    """In a process of its own: fifty attackers and one vandal for each kind of broken request."""
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=attack, args=(url, port, seed, end)) for seed in range(50)]
    threads += [threading.Thread(target=spoil, args=(url, data, end)) for data in RAW.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def time_calls(call: Callable[[], None], seconds: float) -> list[float]:
    """How long each of the calls took, one after another with a pause."""
    taken, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        call()
        taken.append(time.monotonic() - began)
        time.sleep(0.02)
    return taken


@pytest.mark.slow
def test_everything_at_once(tmp_path: Path, trap: socket.socket) -> None:
    limits = {"MEAGRAPH_TIMEOUT": "2", "MEAGRAPH_MAX_QUERY": "200000", "MEAGRAPH_QUEUE": "16"}
    target = start(publish(tmp_path, dict(small_graph())), **limits)
    before = memory(target)
    crowd = multiprocessing.get_context("spawn").Process(target=rampage, args=(target.url, trap.getsockname()[1], 20.0))
    crowd.start()
    time.sleep(2)
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(target.query(f"SELECT * {{ ?s ?p ?o }} LIMIT 3 # {random.random()}").status_code)

    taken = sorted(time_calls(ask, 16))
    crowd.join()
    crowd.close()
    time.sleep(3)
    assert set(statuses) == {200}
    assert statistics.median(taken) <= 0.1  # with all clients on the same two cores
    assert taken[int(len(taken) * 0.99) - 1] <= 0.5
    assert memory(target) < before + 100_000_000
    assert target.query("ASK { # fresh\n}").json()["boolean"] is True
    assert not fell_for(trap)
    stop(target)
