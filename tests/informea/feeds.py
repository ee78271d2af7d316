"""A generated graph with many decisions, and the real server over it in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import requests

from graph.authority_graph import authority_quads
from graph.iri import decision, document, graph_iri, thing
from graph.nquads import by_graph
from graph.registry import load_registry
from graph.store import Store
from graph.terms import DCTERMS, MEA, SKOS, TYPE, date_literal, english, integer, plain

ROOT = Path(__file__).parents[2]
SERIES = (("MC", "minamata", 6), ("BC", "basel", 16), ("RC", "rotterdam", 12), ("SC", "stockholm", 12))
DECISIONS = 1500
DOCUMENTS = 40
DRAFT_OF = "UNEP-MC-COP.5-99"
JSON = {"Accept": "application/json"}


@dataclass
class Server:
    """A running server and its store."""

    url: str
    store: Store
    process: subprocess.Popen[bytes]

    @property
    def feed(self) -> str:
        """The service root."""
        return f"{self.url}/informea.svc/"

    def get(self, path: str, headers: dict[str, str] | None = None, **options: Any) -> requests.Response:
        """A GET below the service root, without following redirects; `options` are written with a `$`."""
        given = {f"${name}": value for name, value in options.items()}
        return requests.get(self.feed + path, given, headers=headers, timeout=30, allow_redirects=False)

    def rows(self, path: str, **options: Any) -> list[dict[str, Any]]:
        """The results of a collection in JSON."""
        answer = self.get(path, JSON, **options)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["d"]["results"]
        return found


def numbers(decisions: int) -> Iterator[tuple[str, str, int]]:
    """Identifier, regime and meeting of so many decisions."""
    for number in range(decisions):
        prefix, regime, meetings = SERIES[number % 4]
        meeting = number // 4 % meetings + 1
        yield f"{prefix}-{meeting}/{number // 4 // meetings + 1}", regime, meeting


def decision_quads(decisions: int) -> Iterator[ox.Quad]:
    """The decisions: every fifth has a French title, every seventh no meeting."""
    graph = graph_iri("generated")
    for n, (identifier, regime, meeting) in enumerate(numbers(decisions)):
        node = decision(identifier)
        yield ox.Quad(node, TYPE, MEA.Decision, graph)
        yield ox.Quad(node, SKOS.prefLabel, english(f"Decision {identifier}"), graph)
        yield ox.Quad(node, DCTERMS.identifier, plain(identifier), graph)
        yield ox.Quad(node, DCTERMS.title, english(f"Matter {n} & <others>'\x0b"), graph)
        yield ox.Quad(node, MEA.ofRegime, thing("regime", regime), graph)
        yield ox.Quad(node, MEA.adoptedBy, thing("org", f"{regime}-cop"), graph)
        if n % 5 == 0:
            yield ox.Quad(node, DCTERMS.title, ox.Literal(f"Matière {n}", language="fr"), graph)
        if n % 7:
            yield ox.Quad(node, MEA.adoptedAt, thing("meeting", f"{regime}-cop-{meeting}"), graph)


def document_quads() -> Iterator[ox.Quad]:
    """Documents, the last of which holds a draft decision with two paragraphs and a topic."""
    graph = graph_iri("papers")
    for n in range(DOCUMENTS):
        symbol = f"UNEP/MC/COP.5/{60 + n}"
        node = document(symbol)
        yield ox.Quad(node, TYPE, MEA.MeetingDocument, graph)
        yield ox.Quad(node, MEA.key, plain(node.value.rpartition("/")[2]), graph)
        yield ox.Quad(node, DCTERMS.identifier, plain(symbol), graph)
        yield ox.Quad(node, SKOS.prefLabel, english(symbol), graph)
        yield ox.Quad(node, DCTERMS.title, english(f"Paper {n}"), graph)
        yield ox.Quad(node, DCTERMS.language, plain("en"), graph)
        yield ox.Quad(node, DCTERMS.issued, date_literal(f"2023-07-{n % 28 + 1:02}"), graph)
        yield ox.Quad(node, DCTERMS.creator, thing("org", "minamata-secretariat"), graph)
        yield ox.Quad(node, MEA.ofRegime, thing("regime", "minamata"), graph)
        yield ox.Quad(node, MEA.forMeeting, thing("meeting", "minamata-cop-5"), graph)
    yield from draft_quads(document("UNEP/MC/COP.5/99"), graph)


def draft_quads(node: ox.NamedNode, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """A draft decision, its paragraphs, a decision that one of them cites, and an activity with a topic."""
    draft = ox.NamedNode(f"{node.value}/draft-decision_1")
    yield ox.Quad(node, MEA.containsInstrument, draft, graph)
    yield ox.Quad(draft, TYPE, MEA.DraftDecision, graph)
    yield ox.Quad(draft, MEA.provisionalNumber, plain("MC-5/[--]"), graph)
    yield ox.Quad(draft, SKOS.prefLabel, english("Draft decision Mercury"), graph)
    yield ox.Quad(draft, DCTERMS.title, english("Mercury"), graph)
    yield ox.Quad(draft, MEA.ofRegime, thing("regime", "minamata"), graph)
    for number, text in enumerate(("Requests the secretariat to report;", "Decides to meet again."), 1):
        unit = ox.NamedNode(f"{draft.value}/op_{number}")
        yield ox.Quad(unit, TYPE, MEA.OperativeParagraph, graph)
        yield ox.Quad(unit, MEA.inDocument, node, graph)
        yield ox.Quad(unit, MEA.isPartOf, draft, graph)
        yield ox.Quad(unit, MEA.isDirectPartOf, draft, graph)
        yield ox.Quad(unit, MEA.label, plain(f"op. {number}"), graph)
        yield ox.Quad(unit, SKOS.prefLabel, english(f"op. {number}"), graph)
        yield ox.Quad(unit, MEA.ordinal, integer(number), graph)
        yield ox.Quad(unit, MEA.text, english(text), graph)
        yield ox.Quad(unit, MEA.cites, decision("MC-1/1"), graph)
    activity = thing("activity", "report")
    yield ox.Quad(activity, TYPE, MEA.Reporting, graph)
    yield ox.Quad(activity, SKOS.prefLabel, english("Report"), graph)
    yield ox.Quad(activity, MEA.evidencedBy, ox.NamedNode(f"{draft.value}/op_1"), graph)
    yield ox.Quad(activity, MEA.topic, thing("topic", "mercury-waste"), graph)


def publish(path: Path, decisions: int = DECISIONS) -> Store:
    """A store with the authority data, the decisions and the documents."""
    graphs = by_graph([*authority_quads(load_registry()), *decision_quads(decisions), *document_quads()])
    store = Store(path)
    store.publish(graphs, {"documents": []})
    return store


@contextmanager
def running(store: Store, **environment: str) -> Iterator[Server]:
    """A server for this store, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "meagraph", "serve", "--data", str(store.path), "--port", str(port)]
    quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    limits = {"MEAGRAPH_WORKERS": "1", "MEAGRAPH_POLL": "0.1"}
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | limits | environment, **quiet)
    try:
        await_ready(f"http://127.0.0.1:{port}", process)
        yield Server(f"http://127.0.0.1:{port}", store, process)
    finally:
        process.terminate()
        process.wait(20)


def await_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until /ready says so; fails after fifteen seconds."""
    for _ in range(300):
        try:
            if requests.get(f"{url}/ready", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            assert process.poll() is None, "the server ended"
        time.sleep(0.05)
    raise AssertionError("the server did not become ready")
