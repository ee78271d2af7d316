"""A feed server that behaves as it is told, well or badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Handler = BaseHTTPRequestHandler
Behaviour = Callable[["Provider", Handler, str, dict[str, str]], None]


@dataclass
class Provider:
    """Rows by set; `behave` answers, `log` holds the paths that were asked for, and how many got 304."""

    behave: Behaviour
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    unchanged: int = 0
    url: str = ""

    def page(self, name: str, options: dict[str, str]) -> list[dict[str, Any]]:
        """The rows of a page."""
        skip, top = int(options.get("$skip", 0)), int(options.get("$top", 1000))
        return self.rows.get(name, [])[skip : skip + top]


def send(handler: Handler, body: bytes, status: int = 200, media: str = "application/json", **headers: str) -> None:
    """An answer with its length, unless the headers give another."""
    handler.send_response(status)
    given = {"Content-Type": media, "Content-Length": str(len(body))}
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def well(provider: Provider, handler: Handler, name: str, options: dict[str, str]) -> None:
    """As the reference provider does, with entity tags."""
    if name not in provider.rows:
        send(handler, b"{}", 404)
        return
    body = json.dumps(
        {"d": {"__count": str(len(provider.rows[name])), "results": provider.page(name, options)}}
    ).encode()
    tag = f'"{hash(body)}"'
    if handler.headers.get("If-None-Match") == tag:
        provider.unchanged += 1
        send(handler, b"", 304, ETag=tag)
    else:
        send(handler, body, ETag=tag)


def dripping(seconds: float) -> Behaviour:
    """One byte at a time."""

    def behave(_: Provider, handler: Handler, __: str, ___: dict[str, str]) -> None:
        with suppress(OSError):
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _number in range(1000):
                handler.wfile.write(b" ")
                time.sleep(seconds)

    return behave


@contextmanager
def provider(behave: Behaviour = well, **rows: list[dict[str, Any]]) -> Iterator[Provider]:
    """A server with these rows until the end of the block."""
    told = Provider(behave, rows)

    class Answering(Handler):
        def do_GET(self) -> None:  # noqa: N802  (the base class calls it so)
            path = urlsplit(self.path)
            told.log.append(unquote(self.path))
            options = {key: values[0] for key, values in parse_qs(path.query).items()}
            told.behave(told, self, path.path.rpartition("/")[2], options)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        told.url = f"http://127.0.0.1:{server.server_port}/informea.svc"
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()


def decisions(number: int) -> list[dict[str, Any]]:
    """Rows as the specification has them."""
    return [
        {
            "id": f"d{n:04}",
            "number": f"MC-{n % 5 + 1}/{n // 5 + 1}",
            "status": "active",
            "type": "decision",
            "treaty": "minamata",
            "updated": "/Date(1384878704000)/",
            "title": {"results": [{"language": "en", "value": f"Matter {n}"}]},
        }
        for n in range(number)
    ]
