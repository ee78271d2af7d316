"""The web process's side of the query workers: who waits, who runs, and what became of a query."""

import os
import select
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from server.frames import HangupError, Message, receive, send
from server.nursery import Served
from server.settings import Settings
from server.tables import Table, read_table
from server.workers import TABLE

GRACE = 2.0  # seconds that the kernel's alarm may be late before the pool itself ends a worker
HANDOVER = 0.02  # seconds between two tries while one version gives way to the next
RETIRED = (0, -signal.SIGTERM)
DEATHS = {-signal.SIGALRM: "time-out", -signal.SIGABRT: "memory", -signal.SIGSEGV: "nesting"}


class QueryError(Exception):
    """`kind` is a key of `problems.FAILURES`; `place` holds line and column of a syntax error."""

    def __init__(self, kind: str, detail: str = "", place: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail, self.place = kind, detail, place or {}


class RetiredError(Exception):
    """The worker left before it took the query; another one will."""


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class Job:
    """A query, its dataset, and the media type wanted for each form of result (None: not acceptable)."""

    query: str
    solutions: str | None = None
    graph: str | None = None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    seconds: float = 30.0
    head: int = 0
    bind: Mapping[str, str] = field(default_factory=dict)

    def message(self) -> Message:
        """As the worker reads it."""
        return {
            "query": self.query,
            "formats": {"solutions": self.solutions, "graph": self.graph},
            "default": self.default,
            "named": self.named,
            "seconds": self.seconds,
            "head": self.head,
            "bind": dict(self.bind),
        }


@dataclass(frozen=True)
class Answer:
    """A finished result: an open file at its beginning, which the receiver closes."""

    file: IO[bytes]
    media: str
    version: str
    size: int


class Handle:
    """One worker at the other end of a connection. It says hello when it is ready."""

    def __init__(self, address: str) -> None:
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(60)
        self.connection.connect(address)
        self.pid, self.version = 0, ""

    def greet(self, version: str) -> None:
        """Wait for a new worker's hello; RetiredError when it answers from another version than this."""
        if not self.pid:
            hello = self.expect()
            self.pid, self.version = int(hello["pid"]), hello["version"]
        if self.version != version:
            raise RetiredError

    def expect(self) -> Message:
        """The next message; RetiredError or QueryError when it tells how the worker ended."""
        message, _ = receive(self.connection)
        if "ended" not in message:
            return message
        if message["ended"] in RETIRED:
            raise RetiredError
        known = DEATHS.get(message["ended"])
        raise QueryError(known or "crash", "" if known else f"The worker ended with {message['ended']}.")

    def kill(self) -> None:
        """End the worker now; its nursery clears up."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.connection.close()


class Pool:
    """At most `workers` queries run, at most `queue` wait; everyone else is told to come back."""

    def __init__(self, address: str, served: Served, settings: Settings) -> None:
        self.address, self.served, self.settings = address, served, settings
        self.seats = threading.BoundedSemaphore(settings.workers)
        self.lock = threading.Lock()
        self.waiting = 0
        self.idle: list[Handle] = []
        self.ended: dict[str, int] = {}

    @property
    def version(self) -> str:
        """Of the graph that a query sent now would meet."""
        return self.served.version

    def start(self) -> None:
        """Have every worker forked before the first query."""
        self.idle = [Handle(self.address) for _ in range(self.settings.workers)]

    def run(self, job: Job, client: socket.socket | None = None) -> Answer:
        """The result; QueryError names what stopped it. A client that hangs up ends its query."""
        with self.seat():
            for _ in range(50):
                handle = self.take()
                try:
                    return self.attempt(handle, job, client)
                except (RetiredError, HangupError):
                    handle.connection.close()
                    time.sleep(HANDOVER)
        raise QueryError("crash", "No worker stayed to answer.")

    def table(self, query: str, head: int = 1000, **bind: str) -> Table:
        """The first rows of one of our own queries, with IRIs bound to its variables."""
        job = Job(query, TABLE, TABLE, seconds=self.settings.timeout, head=head, bind=bind)
        answer = self.run(job)
        with answer.file as file:
            return read_table(file.read())

    def attempt(self, handle: Handle, job: Job, client: socket.socket | None) -> Answer:
        """Send the query to this worker and wait for its answer."""
        file = tempfile.TemporaryFile()  # noqa: SIM115  (handed on to the caller)
        try:
            handle.greet(self.version)
            send(handle.connection, job.message(), file.fileno())
            await_answer(handle.connection, client, job.seconds + GRACE)
            message = handle.expect()
        except (QueryError, ClientGoneError) as end:
            self.discard(handle, end.kind if isinstance(end, QueryError) else "client-gone")
            file.close()
            raise
        except (RetiredError, HangupError):
            file.close()
            raise
        self.give_back(handle)
        return finish(message, file)

    def take(self) -> Handle:
        """An idle worker, the last used first, else a new one."""
        with self.lock:
            if self.idle:
                return self.idle.pop()
        try:
            return Handle(self.address)
        except OSError as error:
            raise QueryError("unavailable", str(error)) from error

    def give_back(self, handle: Handle) -> None:
        """The worker is free for the next query."""
        with self.lock:
            self.idle.append(handle)

    def discard(self, handle: Handle, why: str) -> None:
        """Count the end of a worker and have the next one forked while nobody waits for it."""
        handle.kill()
        with self.lock:
            self.ended[why] = self.ended.get(why, 0) + 1
        with suppress(OSError):
            self.give_back(Handle(self.address))

    @contextmanager
    def seat(self) -> Iterator[None]:
        """The right to run a query; QueryError when too many wait or the wait is too long."""
        if not self.seats.acquire(blocking=False):
            self.wait_for_seat()
        try:
            yield
        finally:
            self.seats.release()

    def wait_for_seat(self) -> None:
        """Until a query ends, in a bounded queue and for a bounded time."""
        with self.lock:
            if self.waiting >= self.settings.queue:
                raise QueryError("busy", f"{self.waiting} queries are waiting already.")
            self.waiting += 1
        try:
            if not self.seats.acquire(timeout=self.settings.queue_wait):
                raise QueryError("busy", f"None was free for {self.settings.queue_wait:g} seconds.")
        finally:
            with self.lock:
                self.waiting -= 1

    def is_ready(self) -> bool:
        """Whether a trivial query is answered."""
        try:
            return self.table("ASK {}").boolean is True
        except QueryError:
            return False


def finish(message: Message, file: IO[bytes]) -> Answer:
    """The answer, its file rewound; QueryError when the worker said so."""
    if "failure" in message:
        file.close()
        place: dict[str, int] = {name: message[name] for name in ("line", "column") if name in message}
        raise QueryError(message["failure"], message["detail"], place)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return Answer(file, message["media"], message["version"], size)


def await_answer(worker: socket.socket, client: socket.socket | None, seconds: float) -> None:
    """Until the worker speaks; QueryError when it is late, ClientGoneError when the client hung up."""
    end = time.monotonic() + seconds
    watched: list[Any] = [worker] if client is None else [worker, client]
    while True:
        readable, _, _ = select.select(watched, [], [], max(0.0, end - time.monotonic()))
        if worker in readable:
            return
        if not readable:
            raise QueryError("time-out")
        if client is not None and is_closed(client):
            raise ClientGoneError
        watched = [worker]  # the client sent more already: its next request


def is_closed(client: socket.socket) -> bool:
    """Whether the peer has hung up; a look that takes nothing out of the socket."""
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
