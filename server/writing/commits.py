"""The web process's side of writing: a worker says what would change, the writer publishes it, readers follow."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from server.evaluation.frames import HangupError, Message, receive, send
from server.evaluation.pool import Answer, Pool, QueryError

TRIES = 3  # when another process publishes between our reading and our writing
LOOK = 0.005  # seconds between two looks at the version that is served


@dataclass(frozen=True)
class Change:
    """What a client wants changed. `kind` is update, put, add or drop; the last three are about one graph."""

    kind: str
    seconds: float
    text: str = ""
    using: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    graph: str = ""
    parts: list[dict[str, str]] = field(default_factory=list)

    @property
    def haste(self) -> str:
        """It takes its time."""
        return "none"

    def message(self) -> Message:
        """As the worker reads it."""
        return {
            "kind": self.kind,
            "seconds": self.seconds,
            "text": self.text,
            "using": self.using,
            "named": self.named,
            "graph": self.graph,
            "parts": self.parts,
        }


@dataclass(frozen=True)
class GraphRequest:
    """One named graph in one format."""

    graph: str
    media: str
    seconds: float

    @property
    def haste(self) -> str:
        """Quick for certain."""
        return "own"

    def message(self) -> Message:
        """As the worker reads it."""
        return {"kind": "graph", "seconds": self.seconds, "graph": self.graph, "media": self.media}


@dataclass(frozen=True)
class Outcome:
    """The version with the change in it, and whether the graph was there before."""

    version: str
    existed: bool


class Commits:
    """One write at a time; it returns when its version is served, so that the writer reads what it wrote."""

    def __init__(self, pool: Pool, address: str) -> None:
        self.pool, self.address = pool, address
        self.lock = threading.Lock()

    def apply(self, change: Change) -> Outcome:
        """Carry out the change, all of it or nothing; QueryError says why nothing was changed."""
        with self.turn():
            for _ in range(TRIES):
                answer = self.pool.run(change)
                with answer.file:
                    outcome = self.publish(answer)
                if outcome:
                    return outcome
                time.sleep(self.pool.settings.poll)
        raise QueryError("stale")

    def publish(self, answer: Answer) -> Outcome | None:
        """None when the change was worked out on a version that is no longer current."""
        existed = bool(answer.told["existed"])
        if not answer.told["changed"]:
            return Outcome(answer.version, existed)
        reply = self.ask_writer({"base": answer.version, "changed": answer.told["changed"]}, answer.file.fileno())
        if reply.get("failure") == "stale":
            return None
        if "failure" in reply:
            raise QueryError(reply["failure"], reply["detail"], more=reply.get("more"))
        self.await_version(reply["version"])
        return Outcome(reply["version"], existed)

    def ask_writer(self, message: Message, file: int) -> Message:
        """What the writer made of the changed graphs in the file."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(self.pool.settings.write_seconds + LOOK)
                connection.connect(self.address)
                send(connection, message, file)
                return receive(connection)[0]
        except (HangupError, OSError) as error:
            raise QueryError("unpublished", f"The writer did not answer: {error}") from error

    def await_version(self, version: str) -> None:
        """Until readers get it; QueryError when it is published but not served in time."""
        end = time.monotonic() + self.pool.settings.write_seconds
        self.pool.served.ring()
        while self.pool.version != version:
            if time.monotonic() > end:
                raise QueryError("unpublished", f"Version {version} is published, but not served yet.")
            time.sleep(LOOK)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The right to write; QueryError when others write for too long."""
        if not self.lock.acquire(timeout=self.pool.settings.queue_wait):
            raise QueryError("busy", "Another write takes its time.")
        try:
            yield
        finally:
            self.lock.release()
