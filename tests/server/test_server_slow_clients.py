"""Clients that say, send or read little: there may be more of them than threads, and nobody waits for them."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from running import Server, publish, small_graph, start, stop

MANY = 250  # several times as many as there are threads
SOON = 1.0  # seconds
HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
LARGE = quote("SELECT * { ?s <http://example.org/p> ?o . ?s2 <http://example.org/p> ?o2 } LIMIT 4000")
SAID = {
    "nothing": b"",
    "part of a head": HEAD + b"X-Slow: ",
    "part of a body": POST + b"Content-Length: 500\r\n\r\nASK",
    "part of a long body": POST + b"Content-Length: 59000\r\n\r\nASK",
    "a request and part of another": HEAD + b"\r\n" + HEAD,
    "a request for what is not read": b"GET /sparql?query=" + LARGE.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n",
}


def connect(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(10)
    client.connect((address.hostname, address.port))
    return client


def is_healthy(server: Server) -> bool:
    """Whether a client that reads and writes as fast as it can is answered."""
    with connect(server) as client:
        client.sendall(HEAD + b"\r\n")
        return client.recv(65536).startswith(b"HTTP/1.1 200")


@contextlib.contextmanager
def crowd(server: Server, said: bytes) -> Iterator[list[socket.socket]]:
    """Many connections, on each of which this is said."""
    clients = []
    for _ in range(MANY):
        clients.append(connect(server))
        clients[-1].sendall(said)
    yield clients
    for client in clients:
        client.close()


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_nobody_waits_for_the_slow(server: Server, said: bytes) -> None:
    with crowd(server, said) as clients:
        for _ in range(3):
            begin = time.monotonic()
            assert is_healthy(server)
            assert time.monotonic() - begin < SOON
            for client in clients:
                with contextlib.suppress(OSError):
                    client.sendall(b"x" if said else b"")


@pytest.mark.parametrize("size", [3, 20_000, 59_000])
def test_what_comes_in_pieces_is_answered_when_it_is_there(server: Server, size: int) -> None:
    request = POST + b"Content-Length: %d\r\n\r\nASK {}" % size + b" " * (size - 6)
    with connect(server) as client:
        for place in range(0, len(request), max(40, len(request) // 20)):
            client.sendall(request[place : place + max(40, len(request) // 20)])
            time.sleep(0.01)
        assert client.recv(65536).startswith(b"HTTP/1.1 200" if size > 3 else b"HTTP/1.1 400")


def test_what_is_read_in_pieces_is_whole(server: Server) -> None:
    with connect(server) as client:
        head = b"GET /sparql.csv?query=" + LARGE.encode() + b" HTTP/1.1\r\n"
        client.sendall(head + b"Host: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while piece := client.recv(20_000):
            answer += piece
            time.sleep(0.02)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert body.count(b"\r\n") == 4001


def test_a_part_of_a_request_ends_with_its_connection(server: Server) -> None:
    with connect(server) as client:
        client.sendall(SAID["part of a body"])
        client.shutdown(socket.SHUT_WR)
        assert not client.recv(65536).startswith(b"HTTP/1.1 200")


def test_more_connections_than_files_may_be_open(tmp_path: Path) -> None:
    server = start(publish(tmp_path, dict(small_graph())), "sh", "-c", 'ulimit -n 300; exec "$@"', "sh")
    with crowd(server, SAID["part of a head"]), crowd(server, SAID["nothing"]) as clients:
        assert is_healthy(server)
        clients[-1].sendall(HEAD + b"\r\n")
        assert clients[-1].recv(65536).startswith(b"HTTP/1.1 200")  # who came last may still ask
    stop(server)
