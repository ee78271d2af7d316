"""One polite request at a time to another provider's feed, within limits that hold whatever the other side does."""

import email.utils
import http.client
import socket
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from loaders.errors import LoadError

AGENT = "meagraph-harvest (+https://w3id.org/meagraph)"
CHUNK = 65_536
MOST_REDIRECTS = 5
AGAIN = (408, 425, 429, 500, 502, 503, 504)  # statuses after which a later try may succeed


class FeedError(LoadError):
    """The feed cannot be read; the message names the address and why."""


class RefusedError(FeedError):
    """The server answered with a status that will not change: `status`."""

    def __init__(self, url: str, status: int, reason: str) -> None:
        super().__init__(f"{url}: the server answers {status} {reason}")
        self.status = status


@dataclass(frozen=True)
class Limits:
    """What a harvest may cost."""

    seconds: float = 60.0  # for one answer, from connecting to its last byte
    max_bytes: int = 50_000_000  # of one answer
    tries: int = 4  # of one request
    pause: float = 1.0  # seconds between two requests
    backoff: float = 2.0  # seconds before the second try, doubled each time
    longest_wait: float = 60.0  # seconds that a Retry-After is obeyed
    pages: int = 10_000  # of one entity set


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is None when nothing changed since."""

    body: bytes | None
    media: str
    etag: str
    modified: str


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects to http and https, never from https to http."""

    max_redirections = max_repeats = MOST_REDIRECTS

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request to go on with; FeedError when it would go in the open. Other schemes are refused before."""
        if req.type == "https" and urllib.parse.urlsplit(newurl).scheme == "http":
            raise FeedError(f"{req.full_url}: redirects to {newurl!r}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass
class Watch:
    """Cuts the connections of a request when its time is over: no other time-out stops one byte a second."""

    seconds: float
    sockets: list[socket.socket] = field(default_factory=list)
    late: bool = False

    def __enter__(self) -> "Watch":
        self.timer = threading.Timer(self.seconds, self.cut)
        self.timer.daemon = True
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()

    def cut(self) -> None:
        """End every connection that the request opened."""
        self.late = True
        for connection in self.sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def make_opener(watch: Watch) -> urllib.request.OpenerDirector:
    """An opener for http and https only, whose connections are watched."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.sockets.append(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.sockets.append(self.sock)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req, context=ssl.create_default_context())

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        PlainHandler(),
        SecureHandler(),
        Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


class Fetcher:
    """Asks one address after the other, with a pause between, and again after a failure that may pass."""

    def __init__(self, limits: Limits, sleep: Callable[[float], None] = time.sleep) -> None:
        self.limits, self.sleep = limits, sleep
        self.requests = 0

    def get(self, url: str, etag: str = "", modified: str = "") -> Answer:
        """The answer; FeedError when it does not come, RefusedError when the server will not give it."""
        last: FeedError | None = None
        for attempt in range(self.limits.tries):
            if self.requests:
                self.sleep(self.limits.pause)
            self.requests += 1
            try:
                return self.ask(url, etag, modified)
            except TryAgainError as error:
                last = FeedError(f"{url}: {error} ({attempt + 1} tries)")
                if attempt + 1 < self.limits.tries:
                    self.sleep(error.wait or self.limits.backoff * 2**attempt)
        raise last or FeedError(f"{url}: was not asked")

    def ask(self, url: str, etag: str, modified: str) -> Answer:
        """One try."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": AGENT}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        with Watch(self.limits.seconds) as watch:
            try:
                request = urllib.request.Request(url, headers=headers)
                with make_opener(watch).open(request, timeout=self.limits.seconds) as response:
                    answer = read_answer(url, response, self.limits)
                failure: Exception | None = None
            except urllib.error.HTTPError as error:
                return self.refused(url, error)
            except (TryAgainError, OSError, http.client.HTTPException, ValueError) as error:
                failure = error
        if watch.late:
            raise FeedError(f"{url}: took more than {self.limits.seconds:g} seconds") from failure
        if failure:
            raise TryAgainError(f"the connection failed: {failure}") from failure
        return answer

    def refused(self, url: str, error: urllib.error.HTTPError) -> Answer:
        """304 is an answer; statuses that may pass are worth another try."""
        with error:
            if error.code == 304:
                return Answer(None, "", "", "")
            if error.code in AGAIN:
                wait = min(retry_after(error.headers.get("Retry-After", "")), self.limits.longest_wait)
                raise TryAgainError(f"the server answers {error.code} {error.reason}", wait)
            if 300 <= error.code < 400:
                target = error.headers.get("Location", "")
                far = urllib.parse.urlsplit(target).scheme in ("", "http", "https")
                said = f"more than {MOST_REDIRECTS} redirects" if far else f"redirects to {target!r}"
                raise FeedError(f"{url}: {said}")
            raise RefusedError(url, error.code, str(error.reason))


class TryAgainError(Exception):
    """A failure that may pass after `wait` seconds, 0 when the server did not say."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


def read_answer(url: str, response: Any, limits: Limits) -> Answer:
    """The whole body, checked against its announced length; FeedError when it is too long."""
    parts, size = [], 0
    while chunk := response.read(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limits.max_bytes:
            raise FeedError(f"{url}: the answer is longer than {limits.max_bytes:,} bytes")
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) != size:
        raise TryAgainError(f"only {size:,} of {announced} bytes came")
    named = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Answer(b"".join(parts), response.headers.get_content_type(), *named)


def retry_after(text: str) -> float:
    """Seconds: a number, or a date in the future; 0 when neither."""
    if text.isdigit():
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
