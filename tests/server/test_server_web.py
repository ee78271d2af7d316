"""How the web server treats connections: request after request on one, several at once, no answer in pieces."""

import re
import socket
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from running import Server

from server.web import LINGER, TURNS


def connect(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), timeout=5)


@pytest.mark.parametrize("pause", [0, 2 * LINGER / 1000], ids=["at its heels", "a little later"])
def test_a_connection_carries_request_after_request(server: Server, pause: float) -> None:
    address = urlsplit(server.url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=5)
    for _ in range(TURNS + 10):
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b"ok\n"
        time.sleep(pause)
    connection.close()


def test_requests_sent_at_once_are_answered_in_order(server: Server) -> None:
    paths = ["health", "nowhere", "health"]
    with connect(server) as client:
        client.sendall("".join(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths).encode())
        client.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: client.recv(65536), b""))
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"404", b"200"]


def test_a_short_answer_comes_in_one_piece(server: Server) -> None:
    with connect(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = client.recv(65536)
    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"\r\n\r\nok\n")


def test_those_who_do_not_hang_up_hold_up_nobody(server: Server) -> None:
    staying = [connect(server) for _ in range(30)]
    for client in staying:
        client.sendall(b"GET /health HTTP/1.0\r\n\r\n")
    for client in staying:
        assert client.recv(65536).endswith(b"ok\n")
    with connect(server) as client:
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(65536).endswith(b"ok\n")
    for client in staying:
        client.close()
