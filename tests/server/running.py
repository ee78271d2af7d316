"""A real server in its own process, over a small graph, with limits low enough to be reached in a second."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import requests

from graph.iri import BASE
from graph.store import Store

ROOT = Path(__file__).parents[2]
LIMITS = {
    "MEAGRAPH_TIMEOUT": "2",
    "MEAGRAPH_MAX_MEMORY": "200000000",
    "MEAGRAPH_MAX_ROWS": "5000",
    "MEAGRAPH_MAX_BYTES": "3000000",
    "MEAGRAPH_MAX_QUERY": "60000",
    "MEAGRAPH_WORKERS": "2",
    "MEAGRAPH_QUEUE": "4",
    "MEAGRAPH_MAX_UPDATE": "1000000",
    "MEAGRAPH_POLL": "0.1",
}
START = """
import sys
from pathlib import Path
from graph.store import Store
from server.serve import run
run(Store(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""
JSON = "application/sparql-results+json"


@dataclass
class Server:
    """A running server and its store."""

    url: str
    store: Store
    process: subprocess.Popen[bytes]

    def query(self, query: str, accept: str = JSON, **parameters: str) -> requests.Response:
        """The answer to a query by POST."""
        return requests.post(
            f"{self.url}/sparql", {"query": query, **parameters}, headers={"Accept": accept}, timeout=30
        )

    def get(self, path: str, accept: str | None = None, **headers: str) -> requests.Response:
        """The answer to a GET of a path."""
        given = {"Accept": accept} if accept else {}
        return requests.get(self.url + path, headers=given | headers, timeout=30)

    def count(self) -> int:
        """How many statements the graph has: the simple query that must always be answered."""
        answer = self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert answer.status_code == 200, answer.text
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def small_graph() -> dict[str, list[ox.Quad]]:
    """The graphs of data.trig by name, and one with enough statements to make a product expensive."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in ox.parse(path=str(Path(__file__).parent / "data.trig"), base_iri=BASE):
        assert isinstance(quad, ox.Quad)
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value.rpartition("/")[2]].append(quad)
    filler, part = ox.NamedNode(BASE + "graph/filler"), ox.NamedNode("http://example.org/p")
    graphs["filler"] = [
        ox.Quad(ox.NamedNode(f"http://example.org/{n}"), part, ox.Literal(f"value {n}"), filler) for n in range(2000)
    ]
    return graphs


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(store: Store, *before: str, **environment: str) -> Server:
    """A server in a process of its own, ready; `before` are the words of a command that runs it."""
    port = free_port()
    process = subprocess.Popen(
        [*before, sys.executable, "-c", START, str(store.path), str(port)],
        cwd=ROOT,
        env=os.environ | LIMITS | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://127.0.0.1:{port}", store, process)
    await_ready(server)
    return server


def await_ready(server: Server) -> None:
    """Until /ready says so; fails after ten seconds."""
    for _ in range(200):
        try:
            if requests.get(f"{server.url}/ready", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            assert server.process.poll() is None, "the server ended"
        time.sleep(0.05)
    raise AssertionError("the server did not become ready")


def stop(server: Server) -> None:
    """End the server as an operator would."""
    server.process.terminate()
    assert server.process.wait(20) == 0


def memory(server: Server) -> int:
    """Bytes of memory that the processes of a server do not share with each other."""
    pids, found = [server.process.pid], 0
    while pids:
        pid = pids.pop()
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            found += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
        pids += [int(line) for line in listed.stdout.split()]
    return found


def publish(path: Path, graphs: dict[str, Iterable[ox.Quad]]) -> Store:
    """A store with these graphs as its current version."""
    store = Store(path)
    store.publish(graphs, {})
    return store
