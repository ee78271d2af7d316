"""The single writer: checks the graphs that a worker worked out, and publishes them as a new version.

A process of its own, started with the server when writing is on. It takes one commit after another, each in a forked
child, so that memory returns and a fault ends nothing else. Readers go on with the version they have until the new
one is loaded.
"""

import hashlib
import logging
import os
import selectors
import signal
import socket
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import nquads
from graph.errors import MeagraphError, StaleError
from graph.inference import find_inconsistencies
from graph.iri import BASE
from graph.validation import validate
from server.evaluation.frames import Message, close, receive, send
from server.evaluation.processes import start_process
from server.evaluation.refusals import RefusedError
from server.writing.changes import PLAIN

if TYPE_CHECKING:
    from graph.store import Store, Version

log = logging.getLogger(__name__)
Graphs = dict[str, list[ox.Quad]]
SHOWN = 50  # violations that the problem document lists
WAITING = 16  # connections that may wait; the web process makes one at a time
STEPS = 2  # links that are followed to describe what the changed graphs speak of


def file_name(graph: str) -> str:
    """`{base}graph/own-notes` -> own-notes; a graph with any other IRI, in a scratch store, goes by a hash of it."""
    name = graph.removeprefix(f"{BASE}graph/")
    return name if PLAIN.fullmatch(name) else "x-" + hashlib.sha256(graph.encode()).hexdigest()[:16]


def commit(store: "Store", base: str, changed: Iterable[str], quads: Iterable[ox.Quad]) -> str:
    """Publish the current version with the changed graphs replaced, and give its id.

    RefusedError when the version is not the one that the change was made for, or when it violates a shape.
    """
    current = store.current()
    if current.id != base:
        raise RefusedError("stale", f"The change was made for version {base}, but {current.id} is current.")
    before = {path.stem: nquads.read(path) for path in current.graph_files()}
    new: Graphs = {file_name(graph): [] for graph in changed}
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            new[file_name(quad.graph_name.value)].append(quad)
    after = {name: graph for name, graph in (before | new).items() if graph}
    if faults := new_faults(before, after, chain.from_iterable(new.values())):
        raise RefusedError("violations", f"{len(faults)} violations.", violations=faults[:SHOWN])
    return publish(store, current, after).id


def publish(store: "Store", current: "Version", graphs: Graphs) -> "Version":
    """The graphs as a new version, with the report of the build that they go back to."""
    report = {k: v for k, v in current.report.items() if k not in ("version", "quads", "graphs")}
    return store.publish(graphs, report, base=current.id)


def new_faults(before: Graphs, after: Graphs, changed: Iterable[ox.Quad]) -> list[Message]:
    """Violations at the subjects of the changed graphs that were not there before."""
    nodes = {quad.subject for quad in changed if isinstance(quad.subject, ox.NamedNode)}
    found = faults_at(nodes, after) if nodes else []
    known = faults_at(nodes, before) if found else []
    return [fault for fault in found if fault not in known]


def faults_at(nodes: set[ox.NamedNode], graphs: Graphs) -> list[Message]:
    """What shapes and ontology say against these nodes, each as shape, node and message."""
    facts = descriptions(nodes, graphs)
    names = {node.value.removeprefix(BASE) for node in nodes}
    faults = [
        {"shape": fault.shape, "node": fault.node, "message": fault.message, "path": fault.path, "value": fault.value}
        for fault in validate(facts).violations
        if fault.node in names
    ]
    clashes = map(str, find_inconsistencies(facts, graphs.get("ontology", [])))
    return faults + [{"shape": "ontology", "node": "", "message": clash} for clash in clashes]


def descriptions(nodes: set[ox.NamedNode], graphs: Graphs) -> list[ox.Quad]:
    """All statements about the nodes, about what they lead to, and about what that leads to."""
    about: Mapping[object, list[ox.Quad]] = defaultdict(list)
    for quad in chain.from_iterable(graph for name, graph in graphs.items() if name != "ontology"):
        about[quad.subject].append(quad)
    found: list[ox.Quad] = []
    seen: set[object] = set()
    front: Set[object] = nodes
    for _ in range(STEPS + 1):
        seen |= front
        step = [quad for node in front for quad in about.get(node, ())]
        found += step
        front = {quad.object for quad in step if isinstance(quad.object, ox.NamedNode)} - seen
    return found


def answer(store: "Store", connection: socket.socket, seconds: float) -> None:
    """In the child: one commit, and what became of it."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    job, file = receive(connection)
    try:
        with os.fdopen(os.dup(file if file is not None else -1), "rb") as source:
            source.seek(0)
            version = commit(store, job["base"], job["changed"], ox.parse(source, format=ox.RdfFormat.N_QUADS))
        send(connection, {"version": version})
    except RefusedError as refused:
        send(connection, refused.message())
    except StaleError as stale:
        send(connection, RefusedError("stale", str(stale)).message())
    except (MeagraphError, MemoryError, OSError) as error:
        log.error("a write could not be published: %s", error)
        send(connection, {"failure": "unpublished", "detail": str(error)[:500]})
    finally:
        close(file)


def serve(store: "Store", seconds: float, listener: socket.socket, lifeline: int) -> None:
    """One commit after another until the lifeline is cut."""
    with selectors.DefaultSelector() as selector:
        selector.register(lifeline, selectors.EVENT_READ)
        selector.register(listener, selectors.EVENT_READ)
        while all(key.fd != lifeline for key, _ in selector.select()):
            connection, _ = listener.accept()
            with connection:
                pid = os.fork()
                if pid == 0:
                    become_commit(store, connection, seconds)
                os.waitpid(pid, 0)


def become_commit(store: "Store", connection: socket.socket, seconds: float) -> None:
    """In a freshly forked process. Never returns."""
    status = 1
    try:
        answer(store, connection, seconds)
        status = 0
    except Exception:
        log.exception("a commit failed")
    finally:
        os._exit(status)


def start_writer(store: "Store", address: str, seconds: float) -> tuple[int, int]:
    """Its pid and its lifeline; see `start_process`."""
    return start_process(address, WAITING, partial(serve, store, seconds))
