"""What is asked again in the same bytes is answered in the same bytes, as long as the same version is served."""

import re
import socket
import time
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from running import Server, small_graph

from graph.iri import BASE
from server.answers import SMALL

ANY = quote("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3")
OWN = ox.NamedNode(f"{BASE}graph/x")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
KNOWN = re.compile(r'meagraph_cached_answers_total\{known="request"\} (\d+)')


def request(path: str, *headers: str, body: str = "", method: str = "", version: str = "1.1") -> bytes:
    """A request as a client sends it."""
    length = [f"Content-Length: {len(body)}"] if body else []
    lines = [f"{method or ('POST' if body else 'GET')} {path} HTTP/{version}", "Host: example.org", *headers, *length]
    return ("\r\n".join([*lines, "", ""]) + body).encode()


def form(query: str) -> bytes:
    """A query by POST."""
    return request("/sparql", f"Content-Type: {FORM}", body=f"query={quote(query)}")


def connect(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), timeout=5)


def read_answer(client: socket.socket) -> bytes:
    """One answer with a length, or with none, without its date."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += client.recv(1)
    length = re.search(rb"(?i)content-length: (\d+)", answer)
    left = int(length[1]) if length else 0
    while left > 0:
        piece = client.recv(left)
        answer, left = answer + piece, left - len(piece)
    return re.sub(rb"Date: [^\r]*\r\n", b"Date: now\r\n", answer)


def ask(server: Server, *pieces: bytes) -> bytes:
    """The answer to a request, sent whole or in pieces on a connection of its own."""
    with connect(server) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number, piece in enumerate(pieces):
            if number:
                client.settimeout(0.1)
                with pytest.raises(TimeoutError):
                    client.recv(1)
                client.settimeout(5)
            client.sendall(piece)
        return read_answer(client)


def repeats(server: Server) -> int:
    """How many requests were answered because their bytes were known."""
    found = KNOWN.search(server.get("/metrics").text)
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    "sent",
    [
        request(f"/sparql?query={ANY}"),
        request(f"/sparql.csv?query={ANY}", "Accept-Encoding: gzip"),
        request("/sparql", f"Content-Type: {DIRECT}", "Accept: text/csv", body="ASK {}"),
        form(COUNT),
        request("/sparql", "Accept: text/turtle"),
        request("/"),
        request("/id/regime/minamata", "Accept: text/html"),
        request("/id/regime/minamata.ttl", "Accept-Encoding: br"),
    ],
    ids=lambda sent: sent.split(b"\r\n")[0].decode()[:40],
)
def test_a_request_is_answered_as_before(server: Server, sent: bytes) -> None:
    first, before = ask(server, sent), repeats(server)
    assert first.startswith(b"HTTP/1.1 200")
    assert [ask(server, sent), ask(server, sent)] == [first, first]
    assert repeats(server) == before + 2


def test_what_a_client_has_already_is_not_sent_again(server: Server) -> None:
    tag = re.search(rb"ETag: ([^\r]+)", ask(server, request(f"/sparql?query={ANY}")))
    assert tag
    sent, before = request(f"/sparql?query={ANY}", f"If-None-Match: {tag[1].decode()}"), repeats(server)
    first = ask(server, sent)
    assert first.startswith(b"HTTP/1.1 304")
    assert (ask(server, sent), repeats(server)) == (first, before + 1)


@pytest.mark.parametrize(
    "sent",
    [
        form("SELECT (RAND() AS ?r) {}"),
        form("SELECT * { ?s ?p"),
        request(f"/sparql?query={ANY}", "Authorization: Bearer mine"),
        request(f"/sparql?query={ANY}", "Cookie: who=me"),
        request(f"/sparql?query={ANY}", "Connection: close"),
        request(f"/sparql?query={ANY}", version="1.0"),
        request(f"/sparql?query={ANY}", *[f"X-{n}: " + "x" * 8000 for n in range(9)]),
        request("/id/regime/no-such"),
        request("/metrics"),
    ],
    ids=["new each time", "wrong", "with a token", "with a cookie", "the last", "old", "long", "not there", "counters"],
)
def test_other_requests_are_read_each_time(server: Server, sent: bytes) -> None:
    before = repeats(server)
    ask(server, sent)
    ask(server, sent)
    assert repeats(server) == before


def test_the_answer_to_a_head_has_no_body(server: Server) -> None:
    sent = request(f"/sparql?query={ANY}", method="HEAD")
    with connect(server) as client:
        client.sendall(sent + request("/health"))
        answers = client.recv(65536)
        while not answers.endswith(b"ok\n"):
            answers += client.recv(65536)
    assert re.findall(rb"\r\n\r\n([^\r]*)", answers) == [b"HTTP/1.1 200 OK", b"ok\n"]


def test_what_comes_in_pieces_is_read_to_its_end(server: Server) -> None:
    whole = form(COUNT)
    head, _, body = whole.partition(b"\r\n\r\n")
    expected = ask(server, whole)
    assert ask(server, head[:30], whole[30:]) == expected
    assert ask(server, head + b"\r\n\r\n", body) == expected
    assert ask(server, head + b"\r\n\r\n" + body[:5], body[5:]) == expected
    assert ask(server, head[:30], whole[30:]) == expected  # the piece before was not taken for a request
    assert b"boolean" in ask(server, form("ASK {}"))


def test_known_requests_sent_at_once_are_answered_in_order(server: Server) -> None:
    sent = [form(COUNT), request("/id/regime/minamata"), form(COUNT)]
    expected = [ask(server, each) for each in sent]
    with connect(server) as client:
        client.sendall(b"".join(sent))
        assert [read_answer(client) for _ in sent] == expected


def test_a_new_version_is_asked_anew(own_server: Server) -> None:
    graphs, count = dict(small_graph()), own_server.count()
    first = ask(own_server, form(COUNT))
    assert ask(own_server, form(COUNT)) == first
    more = ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/b"), ox.Literal("c"), OWN)
    own_server.store.publish(graphs | {"x": [more]}, {})
    later, end = first, time.monotonic() + 10
    while later == first and time.monotonic() < end:
        later = ask(own_server, form(COUNT))
    assert f'"{count + 1}"'.encode() in later
    assert ask(own_server, form(COUNT)) == later


def test_a_long_answer_is_not_kept(server: Server) -> None:
    query = "SELECT * { ?a <http://example.org/p> ?b . VALUES ?c { " + f'"{"long" * 150}"' + " } }"
    before = repeats(server)
    first = ask(server, form(query))
    assert len(first) > SMALL
    assert ask(server, form(query)) == first
    assert repeats(server) == before


def test_who_reads_slowly_gets_all_and_holds_up_nobody(server: Server) -> None:
    query = "SELECT * { ?a <http://example.org/p> ?b . VALUES ?c { " + f'"{"long" * 80}"' + " } }"
    expected = ask(server, form(query))
    assert SMALL / 2 < len(expected) < SMALL
    address, before = urlsplit(server.url), repeats(server)
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect((address.hostname, address.port))
        slow.settimeout(5)
        for _ in range(5):  # the first by a thread, the others where nobody may wait
            slow.sendall(form(query))
            assert ask(server, request("/health")).endswith(b"ok\n")
            assert read_answer(slow) == expected
    assert repeats(server) == before + 5
