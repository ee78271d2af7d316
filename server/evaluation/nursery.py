"""Where query workers come from: a keeper process, and one nursery process for each version of the graph.

    web process ── connects ──> nursery (graph in memory, one thread) ── forks ──> worker on that connection
    keeper ── watches the `current` link, starts a nursery for a new version, retires the old one

The keeper holds no data, so a new version never shares memory with the old. A connection made while one nursery
hands over to the next waits in the listening socket, which both inherit. When a worker has ended, its nursery
writes how on the same connection: {"ended": -9}.
"""

import ctypes
import gc
import logging
import mmap
import os
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from graph.errors import MeagraphError
from server.evaluation.frames import HangupError, send
from server.evaluation.loaded import load
from server.evaluation.processes import start_process
from server.evaluation.workers import Worker, become_worker
from server.settings import Settings

if TYPE_CHECKING:
    from graph.store import Store, Version

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
STATUS_LENGTH = 256
WAITING = 256  # connections that wait to become workers


class Served:
    """The version that workers answer from, in memory shared by all processes forked after its creation.

    `ring` asks the keeper to look for a new version at once.
    """

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, STATUS_LENGTH)
        self.bell, self.button = os.pipe()
        os.set_blocking(self.bell, False)
        os.set_blocking(self.button, False)

    def ring(self) -> None:
        """A new version is there."""
        with suppress(BlockingIOError):
            os.write(self.button, b".")

    def heard(self) -> None:
        """Silence the bell."""
        with suppress(BlockingIOError):
            os.read(self.bell, 4096)

    @property
    def version(self) -> str:
        """Empty until the first version is loaded."""
        return self.memory[:STATUS_LENGTH].rstrip(b"\0").decode()

    @version.setter
    def version(self, value: str) -> None:
        self.memory[:STATUS_LENGTH] = value.encode()[:STATUS_LENGTH].ljust(STATUS_LENGTH, b"\0")


class Nursery:
    """Forks a worker for each connection until it is told to retire; then sees its workers out."""

    def __init__(self, listener: socket.socket, version: "Version", settings: Settings) -> None:
        self.listener, self.settings, self.version = listener, settings, version.id
        self.graphs = load(version)
        self.workers: dict[int, socket.socket] = {}
        self.retired = False

    def run(self) -> None:
        """Until retired and without workers."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            while not self.retired:
                if selector.select(timeout=0.05):
                    self.accept()
                self.reap()
        self.listener.close()
        while self.workers:
            self.retire_workers()
            time.sleep(0.05)
            self.reap()

    def accept(self) -> None:
        """One connection, one worker; the connection may be gone, or taken by the other nursery."""
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        connection.setblocking(True)
        pid = os.fork()
        if pid == 0:
            become_worker(lambda: self.make_worker(connection))
        self.workers[pid] = connection

    def make_worker(self, connection: socket.socket) -> Worker:
        """In the child: keep this connection only."""
        die_with_parent()
        self.listener.close()
        for other in self.workers.values():
            other.close()
        return Worker(connection, self.graphs, self.version, self.settings)

    def reap(self) -> None:
        """Tell the web process of every worker that has ended, and how."""
        while self.workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self.workers.pop(pid) as connection, suppress(HangupError):
                send(connection, {"ended": os.waitstatus_to_exitcode(status)})

    def retire_workers(self) -> None:
        """Idle workers leave at once, busy ones after their query. Told again and again: one may be just forked."""
        for pid in self.workers:
            os.kill(pid, signal.SIGTERM)


class Keeper:
    """Starts a nursery for each new version; ends when the process that started it is gone."""

    def __init__(
        self, store: "Store", listener: socket.socket, lifeline: int, served: Served, settings: Settings
    ) -> None:
        self.store, self.listener, self.lifeline = store, listener, lifeline
        self.served, self.settings = served, settings
        self.nursery = 0
        self.version = ""
        self.broken = ""
        self.wait = 0.0

    def run(self) -> None:
        """Until the lifeline is cut."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.lifeline, selectors.EVENT_READ)
            selector.register(self.served.bell, selectors.EVENT_READ)
            while all(key.fd != self.lifeline for key, _ in selector.select(timeout=self.wait)):
                self.served.heard()
                self.look()
                self.wait = self.settings.poll
        if self.nursery:
            os.kill(self.nursery, signal.SIGTERM)

    def look(self) -> None:
        """Replace the nursery when it died or a new version is current."""
        self.collect()
        try:
            version = self.store.current()
        except MeagraphError as error:
            log.warning("no version to serve: %s", error)
            return
        if self.nursery == 0 or version.id not in (self.version, self.broken):
            self.replace(version)

    def collect(self) -> None:
        """Note the end of a nursery, ours or one that retired."""
        with suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                if pid == self.nursery:
                    log.error("the nursery of version %s died", self.version)
                    self.nursery = 0

    def replace(self, version: "Version") -> None:
        """Load the version in a new process; hand over when it is ready, keep the old one when it is not."""
        ready, tell_ready = os.pipe()
        may_start, start = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(start)
            raise_nursery(self.listener, version, self.settings, tell_ready, may_start)
        os.close(tell_ready)
        os.close(may_start)
        loaded = os.read(ready, 1)
        if loaded and self.nursery:
            os.kill(self.nursery, signal.SIGTERM)
        if loaded:
            self.nursery, self.version, self.served.version = pid, version.id, version.id
            os.write(start, b".")
            log.info("serving version %s", version.id)
        self.broken = "" if loaded else version.id
        os.close(ready)
        os.close(start)


def raise_nursery(
    listener: socket.socket, version: "Version", settings: Settings, tell_ready: int, may_start: int
) -> None:
    """In a fresh process: load, say so, wait for the word, serve. Never returns."""
    status = 1
    try:
        die_with_parent()
        nursery = Nursery(listener, version, settings)
        gc.freeze()
        signal.signal(signal.SIGTERM, lambda *_: setattr(nursery, "retired", True))
        os.write(tell_ready, b".")
        os.close(tell_ready)
        if os.read(may_start, 1):
            os.close(may_start)
            nursery.run()
        status = 0
    except (MeagraphError, OSError, ValueError, SyntaxError) as error:
        log.error("version %s cannot be served: %s", version.id, error)
    finally:
        os._exit(status)


def start_keeper(store: "Store", address: str, served: Served, settings: Settings) -> tuple[int, int]:
    """Its pid and its lifeline; see `start_process`."""

    def keep(listener: socket.socket, lifeline: int) -> None:
        listener.setblocking(False)
        Keeper(store, listener, lifeline, served, settings).run()

    return start_process(address, WAITING, keep)


def die_with_parent() -> None:
    """Where the kernel offers it, this process ends when its parent does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
