"""24,000 requests while five versions are published: none fails, none mixes versions, none goes back to an older one.

Each edition of the graph carries its number in every statement that a reader sees, and in how many there are.
"""

import http.client
import itertools
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from running import JSON, Server, publish, start, stop

from graph.iri import decision, document, graph_iri, thing
from graph.store import Store
from graph.terms import DCTERMS, MEA, RDFS, SKOS, TYPE, english, integer, plain

REQUESTS, CLIENTS, EDITIONS = 24_000, 8, 6
THINGS = 40
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
LABELS = f"{{ ?thing a <{MEA.Organization.value}> ; <{SKOS.prefLabel.value}> ?label }}"
SELECT, IN_GRAPHS, SORTED = (
    f"SELECT * {LABELS}",
    f"SELECT ?label {{ GRAPH ?g {LABELS} }}",
    f"SELECT ?label {LABELS} ORDER BY DESC(?label) ?thing",
)
CONSTRUCT = f"CONSTRUCT {{ ?thing <{DCTERMS.title.value}> ?label }} {LABELS}"
TREATY = thing("treaty", "minamata")
OF_TREATY: list[tuple[ox.NamedNode, ox.NamedNode]] = [
    (TYPE, MEA.Treaty),
    (MEA.ofRegime, thing("regime", "minamata")),
    (RDFS.seeAlso, ox.NamedNode("https://www.informea.org/treaties/minamata")),
    (SKOS.exactMatch, ox.NamedNode("http://www.informea.org/terms/minamata")),
]
NUMBER = itertools.count()
Graphs = dict[str, list[ox.Quad]]


def edition(number: int) -> Graphs:
    """So many organizations more than the edition before, related to the first; a paper, and decisions."""
    graph, label = graph_iri("numbers"), english(f"edition {number}")
    things = [thing("org", f"thing-{n}") for n in range(THINGS + number)]
    decisions = [decision(f"MC-1/{n + 1}") for n in range(THINGS + number)]
    facts = [(node, TYPE, MEA.Organization) for node in things]
    facts += [(node, DCTERMS.relation, things[0]) for node in things]
    facts += [(node, TYPE, MEA.Decision) for node in decisions]
    facts += [(node, MEA.ofRegime, thing("regime", "minamata")) for node in decisions]
    facts += [(node, name, label) for node in decisions for name in (SKOS.prefLabel, DCTERMS.title)]
    facts += [(node, SKOS.prefLabel, label) for node in things]
    facts += [(TREATY, predicate, value) for predicate, value in OF_TREATY]
    return {
        "numbers": [ox.Quad(*fact, graph) for fact in facts],
        "paper": list(paper(number, label)) if number % 2 else [],
    }


def paper(number: int, label: ox.Literal) -> Iterator[ox.Quad]:
    """One text unit, which only every other edition has."""
    graph, node = graph_iri("paper"), document("UNEP/MC/COP.1/1")
    unit = ox.NamedNode(f"{node.value}/para_1")
    for predicate, value in (
        (TYPE, MEA.Paragraph),
        (MEA.inDocument, node),
        (MEA.label, plain("para. 1")),
        (MEA.ordinal, integer(1)),
        (MEA.text, english(f"This is edition {number}.")),
        (SKOS.prefLabel, label),
    ):
        yield ox.Quad(unit, predicate, value, graph)


@dataclass(frozen=True)
class Editions:
    """The graphs of each edition, the id of its version, and the signs by which its answers are known."""

    graphs: list[Graphs]
    ids: list[str]

    def seen_in(self, body: bytes) -> set[int]:
        """The numbers of the editions that show in an answer."""
        return {number for number in range(EDITIONS) if any(sign in body for sign in self.signs(number))}

    def signs(self, number: int) -> Iterator[bytes]:
        """The labels, the id, and how many statements and organizations there are."""
        statements = sum(len(quads) for quads in self.graphs[number].values())
        yield f"edition {number}".encode()
        yield self.ids[number][:12].encode()
        yield f'triples> "{statements}"'.encode()
        yield f"<strong>{statements}</strong> statements".encode()
        yield f"<strong>{THINGS + number}</strong> organizations".encode()


def make_editions(scratch: Path) -> Editions:
    """All of them, published once elsewhere, since the id of a version is the hash of its content."""
    graphs = [edition(number) for number in range(EDITIONS)]
    store = Store(scratch)
    return Editions(graphs, [store.publish(each, {}).id for each in graphs])


@dataclass(frozen=True)
class Question:
    """A request, new text or not, and how often its answer names the edition: `often` for each thing, or not known."""

    method: str
    path: str
    accept: str
    body: str = ""
    media: str = ""
    often: int = 0
    statuses: tuple[int, ...] = (200,)

    def send(self, connection: http.client.HTTPConnection, tag: str) -> http.client.HTTPResponse:
        """On this connection, which is never opened anew; `tag`: of the answer that the client has already."""
        fill = str(next(NUMBER))
        headers = {"Accept": self.accept} | ({"Content-Type": self.media} if self.media else {})
        headers |= {"If-None-Match": tag} if tag else {}
        connection.request(
            self.method, self.path.replace("UNIQUE", fill), self.body.replace("UNIQUE", fill) or None, headers
        )
        return connection.getresponse()


def get(query: str, accept: str, often: int = 1, more: str = "") -> Question:
    """A query by GET."""
    return Question("GET", f"/sparql?query={quote(query)}{more}", accept, often=often)


QUESTIONS = {
    "JSON from memory": get(SELECT, JSON),
    "JSON": get(f"{SELECT} # UNIQUE", JSON),
    "CSV by form": Question("POST", "/sparql", "text/csv", f"query={quote(SELECT)}%23UNIQUE", FORM, 1),
    "TSV of named graphs": Question("POST", "/sparql", "text/tab-separated-values", f"{IN_GRAPHS} # UNIQUE", DIRECT, 1),
    "XML, sorted": get(f"{SORTED} # UNIQUE", "application/sparql-results+xml"),
    "XML, sorted, from memory": get(SORTED, "application/sparql-results+xml"),
    "Turtle": get(f"{CONSTRUCT} # UNIQUE", "text/turtle"),
    "N-Triples by POST": Question("POST", "/sparql", "application/n-triples", CONSTRUCT, DIRECT, 1),
    "JSON-LD": get(f"{CONSTRUCT} # UNIQUE", "application/ld+json"),
    "RDF/XML from memory": get(CONSTRUCT, "application/rdf+xml"),
    "the query page": get(f"{SELECT} # UNIQUE", "text/html"),
    "the service description": Question("GET", "/sparql", "application/n-triples"),
    "the home page": Question("GET", "/", "text/html"),
    "a page": Question("GET", "/id/org/thing-0", "text/html"),
    "a page that comes and goes": Question("GET", "/id/doc/UNEP-MC-COP.1-1/para_1", "text/html", statuses=(200, 404)),
    "data": Question("GET", "/id/org/thing-0.ttl", "text/turtle"),
    "a search": Question("GET", "/search?q=edition&limit=100", "application/json"),
    "the feed": Question("GET", "/informea.svc/Decisions?$expand=title&$top=500", "application/json", often=2),
}


@dataclass(frozen=True)
class Seen:
    """An answer: when it was asked for and finished, and which edition it was from."""

    name: str
    asked: float
    finished: float
    number: int


@dataclass
class Log:
    """What all clients saw."""

    requests: int = 0
    answers: list[Seen] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    tags: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self) -> None:
        """One request more was answered."""
        with self.lock:
            self.requests += 1


@dataclass
class Client:
    """One connection on which one question follows another."""

    server: Server
    editions: Editions
    log: Log
    seed: int
    latest: dict[str, tuple[str, int]] = field(default_factory=dict)

    def run(self) -> None:
        """Its share of the requests; whatever goes wrong is a fault in the log."""
        chosen, connection = random.Random(self.seed), http.client.HTTPConnection(urlsplit(self.server.url).netloc)
        try:
            connection.connect()
            connection.auto_open = 0
            for _ in range(REQUESTS // CLIENTS):
                name = chosen.choice(list(QUESTIONS))
                self.ask(name, connection, with_tag=chosen.random() < 0.3)
        except (OSError, http.client.HTTPException) as error:
            self.log.faults.append(f"client {self.seed}: {error!r}")
        finally:
            connection.close()

    def ask(self, name: str, connection: http.client.HTTPConnection, with_tag: bool) -> None:
        """Send one question and note the answer."""
        question, asked = QUESTIONS[name], time.monotonic()
        known = self.latest.get(name, ("", -1)) if with_tag else ("", -1)
        response = question.send(connection, known[0])
        body, finished = response.read(), time.monotonic()
        self.log.count()
        if response.status == 304:
            self.log.answers.append(Seen(name, asked, finished, known[1]))
        elif response.status not in question.statuses:
            self.log.faults.append(f"{name}: {response.status} {body[:300]!r}")
        elif response.status == 200:
            self.note(name, Seen(name, asked, finished, self.number_of(name, body)), response.headers["ETag"])

    def number_of(self, name: str, body: bytes) -> int:
        """The one edition that the answer is from, -1 and a fault when it is not whole."""
        found, often = self.editions.seen_in(body), QUESTIONS[name].often
        number = found.pop() if len(found) == 1 else -1
        if found or number < 0 or (often and body.count(b"edition ") != often * (THINGS + number)):
            self.log.faults.append(f"{name}: {self.editions.seen_in(body)}, {body.count(b'edition ')} times")
        return number

    def note(self, name: str, seen: Seen, tag: str | None) -> None:
        """Keep the answer and its entity tag."""
        self.log.answers.append(seen)
        if tag:
            self.log.tags[name, tag].add(seen.number)
            self.latest[name] = (tag, seen.number)


def await_served(server: Server, identity: str) -> float:
    """The moment at which the server says that it serves this version."""
    for _ in range(2000):
        if server.get("/ready").json()["version"] == identity:
            return time.monotonic()
        time.sleep(0.02)
    raise AssertionError(f"version {identity} was not served")


def went_back(answers: list[Seen]) -> list[Seen]:
    """Answers from an older edition than one that had been read completely before they were asked for."""
    finished, newest, found = sorted(answers, key=lambda seen: seen.finished), -1, []
    done = iter(finished)
    ahead = next(done, None)
    for seen in sorted(answers, key=lambda seen: seen.asked):
        while ahead and ahead.finished < seen.asked:
            newest, ahead = max(newest, ahead.number), next(done, None)
        if seen.number < newest:
            found.append(seen)
    return found


def publish_all(server: Server, editions: Editions, log: Log, threads: list[threading.Thread]) -> dict[int, float]:
    """Each edition after its share of the requests; when it was served, by its number."""
    served = {0: 0.0}
    for number in range(1, EDITIONS):
        least = number * REQUESTS // EDITIONS
        while log.requests < least and any(thread.is_alive() for thread in threads):
            time.sleep(0.02)
        assert server.store.publish(editions.graphs[number], {}).id == editions.ids[number]
        served[number] = await_served(server, editions.ids[number])
    return served


@pytest.mark.slow
def test_no_answer_fails_mixes_versions_or_goes_back(tmp_path: Path) -> None:
    editions, log = make_editions(tmp_path / "scratch"), Log()
    limits = {"MEAGRAPH_TIMEOUT": "30", "MEAGRAPH_QUEUE": str(CLIENTS)}
    server = start(publish(tmp_path / "store", dict(editions.graphs[0])), **limits)
    threads = [threading.Thread(target=Client(server, editions, log, seed).run) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    served = publish_all(server, editions, log, threads)
    for thread in threads:
        thread.join()
    stop(server)
    assert log.faults == []
    assert log.requests == REQUESTS
    assert {seen.number for seen in log.answers} == set(range(EDITIONS))
    assert [
        seen for seen in log.answers for number, at in served.items() if seen.asked > at and seen.number < number
    ] == []
    assert went_back(log.answers) == []
    assert {key: numbers for key, numbers in log.tags.items() if len(numbers) > 1} == {}
