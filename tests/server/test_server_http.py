"""HTTP as clients rarely speak it: old versions, pipelines, ranges, odd escapes, packed and endless bodies, HEAD."""

import contextlib
import gzip
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest
from running import Server, memory

ASK = "/sparql?query=ASK%7B%7D"
DIRECT = "Content-Type: application/sparql-query\r\n"
POST = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{DIRECT}"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode()
BOMB = gzip.compress(b"ASK {}" + b" " * 50_000_000)
FORM = CHUNKED.replace(b"sparql-query", b"x-www-form-urlencoded")
END = b"HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def talk(server: Server, data: bytes) -> bytes:
    """Everything that comes back for these bytes until the server closes the connection, or is silent for a while."""
    place, received = urlsplit(server.url), b""
    with socket.create_connection((place.hostname, place.port), timeout=2) as client:
        with contextlib.suppress(OSError):
            client.sendall(data)
        with contextlib.suppress(OSError):
            while piece := client.recv(65_536):
                received += piece
    return received


def statuses(answer: bytes) -> list[int]:
    """Those of all answers on a connection."""
    return [int(found) for found in re.findall(rb"HTTP/1\.[01] (\d{3}) ", answer)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f"GET {ASK} HTTP/1.0\r\n\r\n", [200]),
        (f"GET {ASK} HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /health HTTP/1.0\r\n\r\n", [200, 200]),
        ("GET /health\r\n\r\n", [400]),
        (f"GET {ASK} HTTP/2.0\r\nHost: x\r\n\r\n", [400]),
        ("GET http://x/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [200]),
        ("CONNECT x:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [404]),
        ("TRACE /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405]),
        ("HACK /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", [405]),
        ("GET /health HTTP/1.1\r\nHost : x\r\n\r\n", [400]),
        ("GET /health HTTP/1.1\r\nHost: x\r\nX: 1\r\n folded\r\n\r\n", [400]),
        (f"{POST}Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {{}}", [400]),
        (f"{POST}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", [400]),
        (f"{POST}Transfer-Encoding: x\r\n\r\n0\r\n\r\n", [501]),
        (f"{POST}Content-Length: 6\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nASK {{}}", [100, 200]),
    ],
)
def test_versions_and_methods(server: Server, data: str, expected: list[int]) -> None:
    assert statuses(talk(server, data.encode())) == expected


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    asked = [f"SELECT ({number} AS ?n) {{}}" for number in range(40)]
    lines = [f"GET /sparql.csv?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n" for query in asked]
    answer = talk(server, "".join(lines).encode() + END)
    assert statuses(answer) == [200] * 41
    assert re.findall(rb"\r\n\r\nn\r\n(\d+)\r\n", answer) == [str(number).encode() for number in range(40)]


def test_a_long_pipeline_that_nobody_reads_holds_no_worker(server: Server) -> None:
    place = urlsplit(server.url)
    with socket.create_connection((place.hostname, place.port), timeout=1) as client:
        line = b"GET /sparql.nt?query=CONSTRUCT+WHERE{?s+?p+?o} HTTP/1.1\r\nHost: x\r\n\r\n"
        with contextlib.suppress(OSError):
            client.sendall(line * 20_000)
        assert server.count()
    assert server.count()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/sparql?query=%", 400),
        ("/sparql?query=%zz", 400),
        ("/sparql?query=ASK%7B%7D%00", 400),
        ("/sparql?query=%c0%af", 400),
        ("/sparql?query=%ff%fe", 400),
        ("/sparql?query=%2541SK%257B%257D", 400),
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400),
        ("/sparql?query=ASK%7B%7D&query", 400),
        ("/sparql?%71uery=ASK%7B%7D", 200),
        ("/%73parql?query=ASK%7B%7D", 200),
        ("/sparql?query=ASK%7B%7D&format=json%0d%0aX-Injected:%201", 406),
        ("/sparql.json%0d%0aX-Injected:%201?query=ASK%7B%7D", 406),
        ("/sparql%00?query=ASK%7B%7D", 404),
        ("/sparql%2f..%2fhealth", 404),
        ("/static/..%2fapp.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("/static/%252e%252e%252fapp.py", 404),
        ("/dumps/..%2f..%2fcurrent/report.json", 404),
        ("/dumps/%2e%2e/current", 404),
        ("/q/..%2f..%2fcurrent%2freport.json", 404),
        ("/id/%ff", 404),
        ("/id/a%0d%0ab", 404),
        ("/id/" + "a/" * 1000, 404),
    ],
)
def test_escapes(server: Server, target: str, status: int) -> None:
    answer = talk(server, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert statuses(answer) == [status]
    assert b"\nX-Injected" not in answer
    assert b"create_app" not in answer


@pytest.mark.parametrize("host", ['x"><script>alert(1)</script>', "x y", "x\\", "", "a" * 5000])
def test_the_name_of_the_host_is_not_believed_to_be_harmless(server: Server, host: str) -> None:
    answer = talk(server, f"GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
    assert statuses(answer)[0] < 500
    assert b"<script>alert" not in answer


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (CHUNKED + b"6\r\nASK {}\r\n0\r\n\r\n" + END, 200),
        (CHUNKED + b"3;x=y\r\nASK\r\n3\r\n {}\r\n0\r\nX: trailer\r\n\r\n" + END, 200),
        (CHUNKED + b"-1\r\n#\r\n0\r\n\r\n", 400),
        (FORM.replace(b"encoded", b"encoded; charset=x") + b"-1\r\n", 415),
        (FORM + b"-1\r\n", 400),
        (CHUNKED + b"6;" + b"x" * 200_000 + b"\r\nASK {}\r\n0\r\n\r\n", 400),
        (f"{POST}Content-Encoding: gzip\r\nContent-Length: {len(BOMB)}\r\n\r\n".encode() + BOMB, 415),
        (f"{POST}Content-Encoding: br\r\nContent-Length: 6\r\n\r\nASK {{}}".encode(), 415),
        (f"{POST}Content-Encoding: identity\r\nContent-Length: 6\r\n\r\nASK {{}}".encode() + END, 200),
    ],
    ids=["chunks", "trailers", "negative", "charset", "form", "extension", "gzip", "br", "identity"],
)
def test_bodies(server: Server, data: bytes, status: int) -> None:
    assert statuses(talk(server, data))[:1] == [status]


@pytest.mark.parametrize(
    "chunks",
    [(b"8000\r\n" + b"#" * 0x8000 + b"\r\n") * 200, b"1\r\n#\r\n" * 900_000, b"f" * 15 + b"\r\n" + b"#" * 9_000_000],
    ids=["endless", "small", "huge"],
)
def test_bodies_without_end(server: Server, chunks: bytes) -> None:
    before = memory(server)
    assert statuses(talk(server, CHUNKED + chunks)) in ([], [413])  # the answer is lost when the client still sends
    assert server.count()
    assert memory(server) < before + 30_000_000


CHANGING = ("/metrics", "/sparql")  # one counts, the other has blank nodes


def paths(server: Server) -> list[str]:
    """An address for each path of the OpenAPI document that can be read, and of the endpoint."""
    values = {"name": "brs-minamata-cooperation", "path": "org/minamata-secretariat", "number": "1", "key": "nothing"}
    values |= {"version": "1.2.3", "identity": server.store.current().id, "file": "meagraph.nq.gz"}
    described = server.get("/openapi.json").json()["paths"]
    found = [path.format(**values) for path, methods in described.items() if "get" in methods]
    more = ("/informea.svc/Decisions", "/static/meagraph.css", "/sparql", ASK, f"{ASK}&format=html", "/nothing")
    return [*found, *more]


@dataclass(frozen=True)
class Answer:
    """One answer, and all bytes that came after its head."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: Server, method: str, path: str, **headers: str) -> Answer:
    """The answer to a request on a connection of its own."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *(f"{name}: {value}" for name, value in headers.items())]
    answer = talk(server, "\r\n".join([*lines, "Connection: close", "", ""]).encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    pairs = (line.partition(": ") for line in head.decode("latin-1").split("\r\n")[1:])
    return Answer(statuses(head)[0], {name.lower(): value for name, _, value in pairs}, body)


def test_head_is_get_without_a_body(server: Server) -> None:
    for path in paths(server):
        head, get = ask(server, "HEAD", path), ask(server, "GET", path)
        assert (path, head.status, head.body) == (path, get.status, b"")
        assert (path, head.headers["content-type"]) == (path, get.headers["content-type"])
        if path not in CHANGING:
            assert (path, head.headers.get("content-length")) == (path, get.headers.get("content-length"))


@pytest.mark.parametrize(
    "wanted", ["bytes=0-9", "bytes=-5", "bytes=999999999-", "bytes=9-0", "bytes=" + "0-," * 1000 + "0-", "lines=1-2"]
)
def test_ranges(server: Server, wanted: str) -> None:
    for path in paths(server):
        part, whole = ask(server, "GET", path, Range=wanted), ask(server, "GET", path)
        assert (path, part.status) in [(path, whole.status), (path, 206), (path, 416)]
        if part.status == 206:
            first, last = map(int, re.findall(r"\d+", part.headers["content-range"])[:2])
            assert (path, part.body) == (path, whole.body[first : last + 1])
        elif part.status == whole.status and path not in CHANGING:
            assert (path, part.body) == (path, whole.body)


def test_the_description_is_not_sent_twice(server: Server) -> None:
    tags = {ask(server, "GET", "/sparql", Accept=accept).headers["etag"] for accept in ("text/turtle", "*/*")}
    assert len(tags) == 1
    assert ask(server, "GET", "/sparql", Accept="application/trig").headers["etag"] not in tags
    assert ask(server, "GET", "/sparql", **{"If-None-Match": tags.pop()}).status == 304
