"""Answers to requests that are, byte for byte, what was asked before.

Of a short answer that is known, most of the time goes into reading its request and finding the one who answers. So the
web server keeps what it sent to a request whose answer depends on nothing but its bytes, its sender (a proxy is
believed what others are not) and the version served, and looks at the bytes that wait in a connection before anything
reads them. Of a request a digest is kept.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gunicorn import SERVER
from gunicorn.util import http_date, is_hoppish
from werkzeug.wsgi import ClosingIterator

from server.context import Services
from server.operations import ANSWERED, Answered
from server.recent import Recent

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
REPEATED = ("GET", "POST")
OVERHEAD = 500  # bytes that an answer takes in memory besides its own
PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_TRANSFER_ENCODING", "HTTP_EXPECT")


@dataclass(frozen=True)
class Repeat:
    """An answer as it goes over the wire: up to its date, from there to the end of its head, and its body."""

    answered: Answered
    start: bytes
    rest: bytes
    body: bytes


class Repeats:
    """The answers given last, for the web server's threads."""

    def __init__(self, site: Services) -> None:
        self.site = site
        self.known = Recent[Repeat](site.settings.cache_bytes // 2)
        self.heard = threading.local()

    def find(self, sender: str, request: bytes) -> bytes | None:
        """The answer to this request, when it is known for the version being served; it is counted and logged."""
        start = time.perf_counter()
        repeat = self.known.get(key_of(sender, request))
        if repeat is None or repeat.answered.version != self.site.pool.version:
            return None
        answer = b"".join((repeat.start, http_date().encode(), repeat.rest, repeat.body))
        self.site.metrics.count_cached("request")
        repeat.answered.told.tell(self.site.metrics, time.perf_counter() - start)
        return answer

    def forget_heard(self) -> None:
        """Before a request is handled in this thread."""
        self.heard.answer = None

    def keep(self, sender: str, request: bytes) -> None:
        """What this thread has just answered is the answer to a request of these bytes, if they are all of it."""
        heard = getattr(self.heard, "answer", None)
        _, end, body = request.partition(b"\r\n\r\n")
        if heard and end and len(body) == heard[0]:
            repeat = heard[1]
            self.known.put(key_of(sender, request), repeat, len(repeat.rest) + len(repeat.body) + OVERHEAD)

    def listen(self, application: Application) -> Application:
        """The application; what it answers is heard, where it says that it will answer the same again."""

        def heard(environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
            status, headers = "", list[tuple[str, str]]()

            def start(*said: Any) -> Any:
                nonlocal status, headers
                status, headers = said[:2]
                return start_response(*said)

            pieces = application(environ, start)
            if ANSWERED not in environ or not is_repeated(environ):
                return pieces
            body = whole(pieces)
            length = int(environ.get("CONTENT_LENGTH") or 0)
            self.heard.answer = length, repeat_of(environ[ANSWERED], status, headers, body)
            return [body]

        return heard


def is_repeated(environ: Environment) -> bool:
    """Whether a request is of a kind that is answered again, from its bytes alone."""
    plain = environ["REQUEST_METHOD"] in REPEATED and environ["SERVER_PROTOCOL"] == "HTTP/1.1"
    return plain and not any(name in environ for name in PERSONAL)


def repeat_of(answered: Answered, status: str, headers: list[tuple[str, str]], body: bytes) -> Repeat:
    """The answer with the head that gunicorn gives it."""
    start = f"HTTP/1.1 {status}\r\nServer: {SERVER}\r\nDate: "
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers if not is_hoppish(name))
    rest = f"\r\nConnection: keep-alive\r\n{lines}\r\n"
    return Repeat(answered, start.encode("latin-1"), rest.encode("latin-1"), body)


def key_of(sender: str, request: bytes) -> bytes:
    """A digest of a request."""
    return hashlib.sha256(b"%s\n%s" % (sender.encode(), request)).digest()


def whole(pieces: Iterable[bytes]) -> bytes:
    """The body of an answer, which is over."""
    try:
        return b"".join(pieces)
    finally:
        if isinstance(pieces, ClosingIterator):
            pieces.close()
