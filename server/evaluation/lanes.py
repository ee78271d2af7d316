"""Workers that queries wait for: a bounded number runs, a bounded number waits, for a bounded time."""

import io
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from server.evaluation.frames import Message, read, receive
from server.evaluation.refusals import QueryError, RetiredError

RETIRED = (0, -signal.SIGTERM)
DEATHS = {-signal.SIGALRM: "time-out", -signal.SIGPROF: "time-out"}
DEATHS |= {-signal.SIGABRT: "memory", -signal.SIGSEGV: "nesting"}


class Handle:
    """One worker at the other end of a connection. It says hello when it is ready."""

    def __init__(self, address: str) -> None:
        self.file = spare_file()
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
        self.close()

    def close(self) -> None:
        """The worker leaves when it notices."""
        self.connection.close()
        self.file.close()

    def take_result(self, message: Message) -> IO[bytes]:
        """A short result, which came behind the message; else the file, and the next one gets another."""
        if message["body"]:
            return io.BytesIO(read(self.connection, message["body"]))
        file, self.file = self.file, spare_file()
        return file


def spare_file() -> IO[bytes]:
    """An empty file without a name, for one result."""
    return tempfile.TemporaryFile()  # closed by those who read the result


class Lane:
    """At most `workers` of its tasks run, at most `queue` wait; everyone else is told to come back."""

    def __init__(self, address: str, workers: int, queue: int, patience: float) -> None:
        self.address, self.workers, self.queue, self.patience = address, workers, queue, patience
        self.seats = threading.BoundedSemaphore(workers)
        self.lock = threading.Lock()
        self.waiting = 0
        self.idle: list[Handle] = []

    def fill(self) -> None:
        """Have every worker forked."""
        self.idle = [Handle(self.address) for _ in range(self.workers)]

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

    def replace(self, handle: Handle) -> None:
        """End a worker and have the next one forked while nobody waits for it."""
        handle.kill()
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
            if self.waiting >= self.queue:
                raise QueryError("busy", f"{self.waiting} queries are waiting already.")
            self.waiting += 1
        try:
            if not self.seats.acquire(timeout=self.patience):
                raise QueryError("busy", f"None was free for {self.patience:g} seconds.")
        finally:
            with self.lock:
                self.waiting -= 1
