"""Start everything: the keeper of query workers first, while this process has one thread, then gunicorn."""

import logging
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from graph.errors import MeagraphError
from server.app import create_app
from server.evaluation.nursery import Served, start_keeper
from server.evaluation.pool import Pool
from server.evaluation.processes import see_out
from server.settings import Settings
from server.web import WebWorker
from server.writing.commits import Commits
from server.writing.writer import start_writer

if TYPE_CHECKING:
    from graph.store import Store

SPARE_THREADS = 64  # beyond those that run or wait for queries, for pages and for clients that send slowly
OPEN_FILES = 65_536  # that are asked for, when the system lets a process have so many
FILES_OF_THREAD = 3  # besides its client: a query worker, what it sends, a copy
MOST_CONNECTIONS = 10_000
LONGEST_LINE = 8190  # bytes of a request line; longer queries go by POST


class Gunicorn(BaseApplication):  # type: ignore[misc]
    """One web process with threads; the work is done by the query workers."""

    def __init__(self, app: Flask, pool: Pool, options: dict[str, Any]) -> None:
        self.app, self.pool, self.options = app, pool, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        self.pool.start()
        return self.app


def run(store: "Store", host: str = "127.0.0.1", port: int = 8000, settings: Settings | None = None) -> None:
    """Serve the current version, and each later one, until told to stop. StoreError when there is none."""
    settings = settings or Settings.from_environment()
    store.current()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.INFO)
    folder, served, process = Path(tempfile.mkdtemp(prefix="meagraph-")), Served(), os.getpid()
    address, desk = str(folder / "workers"), str(folder / "writer")
    # The last started holds the lifelines of those before it, so it has to end first.
    started = [start_writer(store, desk, settings.write_seconds)] if settings.token else []
    started.append(start_keeper(store, address, served, settings))
    try:
        await_first_version(served, started[-1][0])
        pool = Pool(address, served, settings)
        app = create_app(store, pool, settings, Commits(pool, desk) if settings.token else None)
        Gunicorn(app, pool, options(host, port, settings)).run()
    finally:
        if os.getpid() == process:  # gunicorn's own children leave through here as well
            for pid, lifeline in reversed(started):
                see_out(pid, lifeline)
            shutil.rmtree(folder, ignore_errors=True)


def await_first_version(served: Served, keeper: int) -> None:
    """Until the graph is in memory; MeagraphError when the keeper ends before."""
    while not served.version:
        if os.waitpid(keeper, os.WNOHANG)[0]:
            raise MeagraphError("the graph could not be loaded; see the log above")
        time.sleep(0.02)


def options(host: str, port: int, settings: Settings) -> dict[str, Any]:
    """Gunicorn's settings; connections, as many as this process may open files for."""
    threads = settings.workers + 2 * settings.queue + SPARE_THREADS
    left = open_files() - FILES_OF_THREAD * threads - SPARE_THREADS
    return {
        "bind": f"{host}:{port}",
        "workers": 1,
        "worker_class": WebWorker,
        "threads": threads,
        "worker_connections": max(threads + SPARE_THREADS, min(left, MOST_CONNECTIONS)),
        "timeout": 120,
        "graceful_timeout": int(settings.timeout) + 5,
        "keepalive": 15,
        "limit_request_line": LONGEST_LINE,
        "proc_name": "meagraph",
        "control_socket_disable": True,
    }


def open_files() -> int:
    """How many files this process may have open: as many as it is allowed to ask for, up to `OPEN_FILES`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return OPEN_FILES if soft == resource.RLIM_INFINITY else soft
