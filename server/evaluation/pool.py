"""The web process's side of the query workers: who waits, who runs, and what became of a query."""

import os
import select
import socket
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Protocol, cast

from server.evaluation.frames import HangupError, Message, send
from server.evaluation.keywords import is_simple
from server.evaluation.lanes import Handle, Lane
from server.evaluation.nursery import Served
from server.evaluation.refusals import QueryError as QueryError
from server.evaluation.refusals import RetiredError
from server.evaluation.tables import TABLE, Table, read_table
from server.settings import Settings

GRACE = 2.0  # seconds that the kernel's alarm may be late before the pool itself ends a worker
HANDOVER = 0.02  # seconds between two tries while one version gives way to the next
QUICK_WORKERS = 2
QUICK_SECONDS = 0.25  # for a query that looks quick; when it is not, it starts anew among the slow
QUICK_WORK = 0.05  # seconds of them at work


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class Job:
    """A query, its dataset, and the media type wanted for each form of result (None: not acceptable).

    It may take so many `seconds`, and be at work for `work` of them (0: for all).
    """

    query: str
    solutions: str | None = None
    graph: str | None = None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    seconds: float = 30.0
    work: float = 0.0
    head: int = 0
    bind: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    @property
    def haste(self) -> str:
        """Our own queries are quick, those of clients perhaps."""
        if self.own or self.bind:
            return "own"
        return "perhaps" if is_simple(self.query) else "none"

    def message(self) -> Message:
        """As the worker reads it."""
        return {
            "kind": "query",
            "query": self.query,
            "formats": {"solutions": self.solutions, "graph": self.graph},
            "default": self.default,
            "named": self.named,
            "seconds": self.seconds,
            "work": self.work,
            "head": self.head,
            "bind": dict(self.bind),
            "short": True,
        }


class Task(Protocol):
    """What a worker can be asked to do."""

    @property
    def seconds(self) -> float:
        """After these the worker is stopped."""

    @property
    def haste(self) -> str:
        """`own`: quick for certain; `perhaps`: to be tried for a moment; `none`: takes its time."""

    def message(self) -> Message:
        """As the worker reads it."""


@dataclass(frozen=True)
class Answer:
    """A finished result: an open file at its beginning, which the receiver closes; `told` is what else was said."""

    file: IO[bytes]
    media: str
    version: str
    size: int
    told: Message = field(default_factory=dict)


class Pool:
    """Two lanes of workers. What is quick by its form, and what our own pages ask, never waits behind what is slow."""

    def __init__(self, address: str, served: Served, settings: Settings) -> None:
        self.served, self.settings = served, settings
        self.slow = Lane(address, settings.workers, settings.queue, settings.queue_wait)
        self.quick = Lane(address, QUICK_WORKERS, settings.queue, settings.queue_wait)
        self.ended: Counter[str] = Counter()

    @property
    def version(self) -> str:
        """Of the graph that a query sent now would meet."""
        return self.served.version

    def start(self) -> None:
        """Have every worker forked before the first query."""
        self.slow.fill()
        self.quick.fill()

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return self.slow.waiting + self.quick.waiting

    def run(self, job: Task, client: socket.socket | None = None) -> Answer:
        """The result; QueryError names what stopped it. A client that hangs up ends its query."""
        if job.haste == "none" or job.seconds <= QUICK_SECONDS:
            return self.run_in(self.slow, job, client)
        if job.haste == "own":
            return self.run_in(self.quick, job, client)
        try:
            return self.run_in(self.quick, replace(cast(Job, job), seconds=QUICK_SECONDS, work=QUICK_WORK), client)
        except QueryError as failure:
            if failure.kind != "time-out":
                raise
        return self.run_in(self.slow, job, client)

    def run_in(self, lane: Lane, job: Task, client: socket.socket | None) -> Answer:
        """The same in one lane."""
        with lane.seat():
            for _ in range(50):
                handle = lane.take()
                try:
                    return self.attempt(lane, handle, job, client)
                except (RetiredError, HangupError):
                    handle.close()
                    time.sleep(HANDOVER)
        raise QueryError("crash", "No worker stayed to answer.")

    def table(self, query: str, head: int = 1000, **bind: str) -> Table:
        """The first rows of one of our own queries, with IRIs bound to its variables."""
        job = Job(query, TABLE, TABLE, seconds=self.settings.timeout, head=head, bind=bind, own=True)
        answer = self.run(job)
        with answer.file as file:
            return read_table(file.read())

    def attempt(self, lane: Lane, handle: Handle, job: Task, client: socket.socket | None) -> Answer:
        """Send the query to this worker and wait for its answer."""
        try:
            handle.greet(self.version)
            send(handle.connection, job.message() | {"patient": lane is self.slow}, handle.file.fileno())
            await_answer(handle.connection, client, job.seconds + GRACE)
            message = handle.expect()
            file = handle.take_result(message)
        except (QueryError, ClientGoneError) as end:
            self.ended[end.kind if isinstance(end, QueryError) else "client-gone"] += 1
            lane.replace(handle)
            raise
        if message.get("leaves"):
            handle.close()
            handle = Handle(lane.address)
        lane.give_back(handle)
        return finish(message, file)

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
        raise QueryError(message["failure"], message["detail"], place, message.get("more"))
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return Answer(file, message["media"], message["version"], size, message)


def await_answer(worker: socket.socket, client: socket.socket | None, seconds: float) -> None:
    """Until the worker speaks; QueryError when it is late, ClientGoneError when the client hung up."""
    end = time.monotonic() + seconds
    poll = select.poll()
    for watched in (worker, client):
        if watched is not None:
            poll.register(watched, select.POLLIN)
    while True:
        ready = {number for number, _ in poll.poll(max(0.0, end - time.monotonic()) * 1000)}
        if worker.fileno() in ready:
            return
        if not ready or client is None:
            raise QueryError("time-out")
        if is_closed(client):
            raise ClientGoneError
        poll.unregister(client)  # it sent more already: its next request


def is_closed(client: socket.socket) -> bool:
    """Whether the peer has hung up; a look that takes nothing out of the socket."""
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
