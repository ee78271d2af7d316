"""A query worker: the only process that parses or evaluates what a client sent.

It is forked from the nursery, which has the graph in memory, and serves one query after another over a socket.
It also works out what an update would change, in its own copy of the graph, and then ends (see `changes`).
What holds it: an address-space limit, an alarm that ends it at the deadline (the kernel's, so native code cannot
miss it), no free file descriptor while a query runs (so no connection can be opened), and caps on rows and bytes.
The result goes to a file that the web process opened, so a slow client holds no worker.
"""

import gc
import json
import logging
import os
import re
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.iri import BASE
from graph.terms import PREFIXES
from server import changes
from server.frames import HangupError, Message, close, receive, send
from server.keywords import service_targets
from server.loaded import Loaded
from server.refusals import RefusedError
from server.settings import Settings
from server.tables import write_table

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
TABLE = "application/x-meagraph-table"  # rows for our own pages, see `tables`
ROW_MARKS = {  # what stands between rows and cannot stand inside a value
    "application/sparql-results+json": b'},{"',
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\r\n",
    "text/tab-separated-values": b"\n",
    "application/n-triples": b"\n",
    "application/n-quads": b"\n",
}
FORM_NAMES = {"solutions": "table", "graph": "graph"}
# A slash in a local name has to be escaped, so `id:` makes Turtle longer, not shorter.
TURTLE_PREFIXES = {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "id"}
Bindable = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
POSITION = re.compile(r"^error at (\d+):(\d+): ")


class CapError(OSError):
    """The result outgrew a cap, named by the message."""


@dataclass
class Spool:
    """The writable side of a result: counts bytes and rows, and stops the query at the caps."""

    file: int
    max_bytes: int
    max_rows: int
    mark: bytes | None = None
    size: int = 0
    rows: int = 0
    tail: bytes = b""

    def write(self, data: bytes) -> int:
        """All of `data`, or CapError."""
        self.size += len(data)
        if self.size > self.max_bytes:
            raise CapError("bytes")
        if self.mark:
            seen = self.tail + data
            self.rows += seen.count(self.mark)
            self.tail = seen[len(seen) - len(self.mark) + 1 :] if len(self.mark) > 1 else b""
            if self.rows > self.max_rows:
                raise CapError("rows")
        view = memoryview(data)
        while view:
            view = view[os.write(self.file, view) :]
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered."""


class Worker:
    """Serves the queries that come over one connection until it is closed or told to retire."""

    def __init__(self, connection: socket.socket, graphs: Loaded, version: str, settings: Settings) -> None:
        self.connection, self.graphs = connection, graphs
        self.version, self.settings = version, settings
        self.idle, self.retired, self.patient = True, False, False

    def run(self) -> None:
        """Until the web process hangs up; SystemExit when told to retire."""
        signal.signal(signal.SIGTERM, self.retire)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        limit_memory(self.settings.max_memory)
        send(self.connection, {"pid": os.getpid(), "version": self.version})
        start = resident()
        while not self.retired:
            self.idle = True
            job, file = receive(self.connection)
            self.idle = False
            if job["patient"] and not self.patient:
                self.patient = bool(os.nice(PATIENCE))  # the quick lane and the web server come first
            try:
                answer = self.answer(job, file)
            finally:
                close(file)
            self.retired = self.retired or resident() > start + BLOAT
            send(self.connection, answer | ({"leaves": True} if self.retired else {}))

    def retire(self, _signal: int, _frame: FrameType | None) -> None:
        """A newer version is published: leave now when idle, else after this query."""
        self.retired = True
        if self.idle:
            raise SystemExit(0)

    def answer(self, job: Message, file: int | None) -> Message:
        """What the web process is told about the result in the file; failures are named by `failure`."""
        try:
            with deadline(job["seconds"]):
                return {"version": self.version} | self.perform(job, file if file is not None else -1)
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

    def perform(self, job: Message, file: int) -> Message:
        """A query, a search, a graph, or a change; a worker that changed its copy of the graph leaves."""
        match job["kind"]:
            case "query":
                return self.evaluate(job, file)
            case "graph":
                return self.read_graph(job, file)
            case "search":
                found = self.graphs.index.search(job["text"], job["limit"])
                Spool(file, self.settings.max_bytes, max_rows=0).write(json.dumps(asdict(found)).encode())
                return {"media": "application/json"}
            case _:
                self.retired = True
                return self.change(job, file)

    def change(self, job: Message, file: int) -> Message:
        """The writable graphs that an update or a graph sent would change, as N-Quads; `existed`: the graph named."""
        targets = service_targets(job["text"]) if job["kind"] == "update" else []
        with no_descriptors(unless=bool(targets)):
            draft = changes.Draft(self.graphs.whole, self.settings)
            existed = draft.perform(job)
            quads = changes.named(draft.changes(), self.version)
        spool = Spool(file, self.settings.max_bytes, max_rows=0)
        flat = (quad for graph in quads.values() for quad in graph)
        ox.serialize(flat, cast("IO[bytes]", spool), format=ox.RdfFormat.N_QUADS)
        return {"media": "application/n-quads", "changed": [g.value for g in quads], "existed": existed}

    def read_graph(self, job: Message, file: int) -> Message:
        """One named graph for the Graph Store Protocol."""
        graph = changes.graph_node(job["graph"])
        if graph != changes.UNNAMED and not self.graphs.whole.contains_named_graph(graph):
            raise RefusedError("unknown", f"There is no graph {graph.value}.")
        triples = changes.with_blanks(
            quad.triple for quad in self.graphs.whole.quads_for_pattern(None, None, None, graph)
        )
        spool = cast("IO[bytes]", Spool(file, self.settings.max_bytes, max_rows=0))
        ox.serialize(triples, spool, format=GRAPH_FORMATS[job["media"]], prefixes=TURTLE_PREFIXES)
        return {"media": job["media"]}

    def evaluate(self, job: Message, file: int) -> Message:
        """Run the query and write its result: `media` is what was written."""
        query = job["query"]
        targets = service_targets(query)
        if targets is None or not set(targets) <= set(self.settings.service_allow):
            raise RefusedError("federation", "SERVICE names an endpoint that is not on the list here.")
        with no_descriptors(unless=bool(targets)):
            graphs = dataset(job)
            store = self.graphs.whole if graphs else self.graphs.suits(query)
            result = store.query(query, base_iri=BASE, **graphs, substitutions=bound_terms(job))
            return self.write(result, job["formats"], file, job.get("head", 0))

    def write(self, result: object, formats: dict[str, str | None], file: int, head: int) -> Message:
        """Serialise in the format asked for this form of query; RefusedError when none of those asked fits."""
        form = "graph" if isinstance(result, ox.QueryTriples) else "solutions"
        media = formats.get(form)
        if media is None:
            raise RefusedError("not-acceptable", f"None of the media types accepted fits a {FORM_NAMES[form]}.")
        spool = Spool(file, self.settings.max_bytes, self.settings.max_rows, ROW_MARKS.get(media))
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


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """The kernel ends this process when the time is over, whatever it is doing."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def no_descriptors(unless: bool) -> Iterator[None]:
    """No file, socket or pipe can be opened inside; those open already keep working."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft if unless else 0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def resident() -> int:
    """Bytes of this process that are its own, not shared with the nursery: what it allocated, or altered."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return (int(fields[1]) - int(fields[2])) * resource.getpagesize()


def limit_memory(allowance: int) -> None:
    """So many bytes of address space beyond what the loaded graph takes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + allowance
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def become_worker(make: Callable[[], Worker]) -> None:
    """Run a worker in a freshly forked process and leave without running the parent's exit handlers."""
    status = 1
    try:
        gc.freeze()
        make().run()
        status = 0
    except (HangupError, SystemExit):
        status = 0
    except Exception:
        log.exception("a worker failed")
    finally:
        os._exit(status)
