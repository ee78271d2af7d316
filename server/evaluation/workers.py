"""A query worker: the only process that parses or evaluates what a client sent.

It is forked from the nursery, which has the graph in memory, and serves one query after another over a socket.
It also works out what an update would change, in its own copy of the graph, and then ends (see `changes`).
What holds it: an address-space limit, an alarm that ends it at the deadline (the kernel's, so native code cannot
miss it), no free file descriptor while a query runs (so no connection can be opened), and caps on rows and bytes.
A long result goes to a file that the web process opened, so a slow client holds no worker.
"""

import gc
import json
import logging
import os
import re
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from types import FrameType
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.iri import BASE
from graph.terms import PREFIXES
from server.evaluation.confinement import allocated, deadline, limit_memory, no_descriptors
from server.evaluation.frames import HangupError, Message, close, receive, send
from server.evaluation.keywords import service_targets
from server.evaluation.loaded import Loaded
from server.evaluation.refusals import RefusedError
from server.evaluation.spool import HELD, ROW_MARKS, CapError, Spool
from server.evaluation.tables import TABLE, write_table
from server.settings import Settings
from server.writing import changes

log = logging.getLogger(__name__)

RESULT_FORMATS = {
    form.media_type.partition(";")[0]: form
    for form in (
        ox.QueryResultsFormat.JSON,
        ox.QueryResultsFormat.XML,
        ox.QueryResultsFormat.CSV,
        ox.QueryResultsFormat.TSV,
    )
}
GRAPH_FORMATS = {
    form.media_type.partition(";")[0]: form
    for form in (
        ox.RdfFormat.TURTLE,
        ox.RdfFormat.N_TRIPLES,
        ox.RdfFormat.RDF_XML,
        ox.RdfFormat.JSON_LD,
        ox.RdfFormat.TRIG,
        ox.RdfFormat.N_QUADS,
    )
}
PATIENCE = 5  # how far slow queries stand back, as nice says it
BLOAT = 100_000_000  # bytes that a worker may keep from the queries behind it; then the next is forked
FORM_NAMES = {"solutions": "table", "graph": "graph"}
# A slash in a local name has to be escaped, so `id:` makes Turtle longer, not shorter.
TURTLE_PREFIXES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}
Bindable = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
POSITION = re.compile(r"^error at (\d+):(\d+): ")


class Worker:
    """Serves the queries that come over one connection until it is closed or told to retire."""

    def __init__(self, connection: socket.socket, graphs: Loaded, version: str, settings: Settings) -> None:
        self.connection, self.graphs = connection, graphs
        self.version, self.settings = version, settings
        self.idle, self.retired, self.patient = True, False, False

    def run(self) -> None:
        """Until the web process hangs up or told to retire."""
        limit_memory(self.settings.max_memory)
        send(self.connection, {"pid": os.getpid(), "version": self.version})
        start = allocated()
        while not self.retired:
            self.idle = True
            job, file = receive(self.connection)
            self.idle = False
            if job["patient"] and not self.patient:
                self.patient = bool(os.nice(PATIENCE))  # the quick lane and the web server come first
            spool = Spool(-1 if file is None else file, self.settings.max_bytes, HELD if job.get("short") else 0)
            try:
                answer = self.answer(job, spool)
            finally:
                close(file)
            self.retired = self.retired or allocated() > start + BLOAT
            body = b"" if "failure" in answer else bytes(spool.held)
            send(self.connection, answer | ({"leaves": True} if self.retired else {}), body=body)

    def retire(self, _signal: int, _frame: FrameType | None) -> None:
        """A newer version is published: leave now when idle, else after this query."""
        self.retired = True
        if self.idle:
            raise SystemExit(0)

    def answer(self, job: Message, spool: Spool) -> Message:
        """What the web process is told about the result; failures are named by `failure`."""
        try:
            with deadline(job["seconds"], job.get("work", 0.0)):
                return {"version": self.version} | self.perform(job, spool)
        except RefusedError as refused:
            return refused.message()
        except SyntaxError as error:
            return syntax_failure(str(error))
        except CapError as cap:
            return {"failure": str(cap), "detail": ""}
        except MemoryError:
            return {"failure": "memory", "detail": ""}
        except (OSError, ValueError, RuntimeError) as error:
            return {"failure": "evaluation", "detail": str(error)[:500]}

    def perform(self, job: Message, spool: Spool) -> Message:
        """A query, a search, a graph, or a change; a worker that changed its copy of the graph leaves."""
        match job["kind"]:
            case "query":
                return self.evaluate(job, spool)
            case "graph":
                return self.read_graph(job, spool)
            case "search":
                found = self.graphs.index.search(job["text"], job["limit"])
                spool.write(json.dumps(asdict(found)).encode())
                return {"media": "application/json"}
            case _:
                self.retired = True
                return self.change(job, spool)

    def change(self, job: Message, spool: Spool) -> Message:
        """The writable graphs that an update or a graph sent would change, as N-Quads; `existed`: the graph named."""
        targets = service_targets(job["text"]) if job["kind"] == "update" else []
        with no_descriptors(unless=bool(targets)):
            draft = changes.Draft(self.graphs.whole, self.settings)
            existed = draft.perform(job)
            quads = changes.named(draft.changes(), self.version)
        flat = (quad for graph in quads.values() for quad in graph)
        ox.serialize(flat, cast("IO[bytes]", spool), format=ox.RdfFormat.N_QUADS)
        return {"media": "application/n-quads", "changed": [g.value for g in quads], "existed": existed}

    def read_graph(self, job: Message, spool: Spool) -> Message:
        """One named graph for the Graph Store Protocol."""
        graph = changes.graph_node(job["graph"])
        if graph != changes.UNNAMED and not self.graphs.whole.contains_named_graph(graph):
            raise RefusedError("unknown", f"There is no graph {graph.value}.")
        triples = changes.with_blanks(
            quad.triple for quad in self.graphs.whole.quads_for_pattern(None, None, None, graph)
        )
        output = cast("IO[bytes]", spool)
        ox.serialize(triples, output, format=GRAPH_FORMATS[job["media"]], prefixes=TURTLE_PREFIXES)
        return {"media": job["media"]}

    def evaluate(self, job: Message, spool: Spool) -> Message:
        """Run the query and write its result: `media` is what was written."""
        query = job["query"]
        targets = service_targets(query)
        if targets is None or not set(targets) <= set(self.settings.service_allow):
            raise RefusedError("federation", "SERVICE names an endpoint that is not on the list here.")
        with no_descriptors(unless=bool(targets)):
            graphs = dataset(job)
            store = self.graphs.whole if graphs else self.graphs.suits(query)
            result = store.query(query, base_iri=BASE, **graphs, substitutions=bound_terms(job))
            return self.write(result, job["formats"], spool, job.get("head", 0))

    def write(self, result: object, formats: dict[str, str | None], spool: Spool, head: int) -> Message:
        """Serialise in the format asked for this form of query; RefusedError when none of those asked fits."""
        form = "graph" if isinstance(result, ox.QueryTriples) else "solutions"
        media = formats.get(form)
        if media is None:
            raise RefusedError("not-acceptable", f"None of the media types accepted fits a {FORM_NAMES[form]}.")
        spool.max_rows, spool.mark = self.settings.max_rows, ROW_MARKS.get(media)
        if media == TABLE:
            write_table(result, spool, head)
            return {"media": media}
        output = cast("IO[bytes]", spool)
        if isinstance(result, ox.QueryTriples):
            ox.serialize(result, output, format=GRAPH_FORMATS[media], prefixes=TURTLE_PREFIXES)
        elif isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            result.serialize(output, format=RESULT_FORMATS[media])
        return {"media": media}


def dataset(job: Message) -> dict[str, Any]:
    """The arguments that select the dataset: the protocol's graphs, else none: FROM, or the store's union of graphs."""
    try:
        default, named = ([ox.NamedNode(iri) for iri in job.get(key, ())] for key in ("default", "named"))
    except ValueError as error:
        raise RefusedError("dataset", str(error)) from error
    if default or named:
        return {"default_graph": default, "named_graphs": named}
    return {}


def bound_terms(job: Message) -> dict[ox.Variable, Bindable]:
    """The IRIs that our own pages bind to variables of their queries."""
    return {ox.Variable(name): ox.NamedNode(iri) for name, iri in job.get("bind", {}).items()}


def syntax_failure(message: str) -> Message:
    """The parser's message with its line and column taken apart."""
    found = POSITION.match(message)
    place = {"line": int(found[1]), "column": int(found[2])} if found else {}
    text = message[found.end() :] if found else message
    if "Prefix not found" in text:
        text = "a prefix is not declared"
    return {"failure": "syntax", "detail": text[:500]} | place


def become_worker(make: Callable[[], Worker]) -> None:
    """Be a worker, in a freshly forked process; never returns.

    The work is done in a second thread, because the allocator gives that one memory of its own. The first one's is
    shared with the nursery and full of gaps: what is put there makes the kernel copy a page each time.
    """
    gc.freeze()
    worker = make()
    with suppress(SystemExit):  # when told to retire
        signal.signal(signal.SIGTERM, worker.retire)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        threading.Thread(target=work, args=(worker,)).start()
        while True:
            signal.pause()
    os._exit(0)


def work(worker: Worker) -> None:
    """Run it and leave without the parent's exit handlers."""
    status = 1
    try:
        worker.run()
        status = 0
    except HangupError:
        status = 0
    except Exception:
        log.exception("a worker failed")
    finally:
        os._exit(status)
