"""Queries that break other endpoints. Each ends with a clear status, and the next query is answered."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from running import JSON, Server, await_ready, publish, small_graph, start, stop

from graph.iri import BASE
from server.evaluation.confinement import deadline, no_descriptors

PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NESTED = "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
BOMB = "REPLACE(" * 9 + '"aaaaaaaaaa"' + ',"a","aaaaaaaaaa")' * 9
DESYNC = "SELECT * { FILTER(?a<?b#x>'''\n) SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } #'''\n }"


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        (f"SELECT (COUNT(*) AS ?n) {PRODUCT}", 504, "time-out"),
        (f"SELECT * {PRODUCT} ORDER BY ?c ?f ?i", 507, "memory"),
        (f"SELECT (STRLEN({BOMB}) AS ?n) {{}}", 507, "memory"),
        (f"SELECT * {PRODUCT}", 507, "rows"),
        ("CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }", 507, "bytes"),
        (NESTED, 400, "nesting"),
        ("SELECT * " + "{" * 20_000 + "}" * 20_000, 400, "nesting"),
        ("SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }", 403, "federation"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9999/> { ?s ?p ?o } }", 403, "federation"),
        ("SELECT * { ?x ?y ?z SERVICE ?x { ?s ?p ?o } }", 403, "federation"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }", 403, "federation"),
        ("LOAD <http://127.0.0.1:9999/>", 400, "syntax"),
    ],
)
def test_attacks_are_stopped(server: Server, query: str, status: int, kind: str) -> None:
    before = server.count()
    problem = server.query(query, f"{JSON}, text/turtle;q=0.5").json()
    assert (problem["status"], problem["kind"]) == (status, kind)
    assert ("limit" in problem) == (status in (504, 507))
    asked = time.monotonic()
    assert server.count() == before
    assert time.monotonic() - asked < 1


@pytest.mark.parametrize(
    "query",
    [
        'SELECT (REGEX("' + "a" * 40 + 'b", "(a+)+$") AS ?x) {}',
        "SELECT ?service { ?service ?p 'SERVICE' } # LOAD",
        "SELECT * FROM <http://127.0.0.1:9999/> { ?s ?p ?o }",
    ],
)
def test_harmless_queries_run(server: Server, query: str) -> None:
    assert server.query(query).status_code == 200


def test_a_service_that_the_scan_misses_still_opens_no_connection(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        server.query(DESYNC.replace("9999", str(listener.getsockname()[1])))
        with pytest.raises(TimeoutError):
            listener.accept()
    server.count()


def test_no_socket_can_be_opened_while_a_query_runs() -> None:
    with no_descriptors(unless=False), pytest.raises(OSError, match="Too many open files"):
        socket.socket()
    socket.socket().close()


@pytest.mark.parametrize(
    ("times", "idle", "end"),
    [
        ((0.05,), True, -signal.SIGALRM),
        ((0.05,), False, -signal.SIGALRM),
        ((5, 0.05), False, -signal.SIGPROF),
        ((0.2, 0.05), True, -signal.SIGALRM),
    ],
)
def test_the_deadline_ends_the_process(times: tuple[float, ...], idle: bool, end: int) -> None:
    pid = os.fork()
    if not pid:
        with deadline(*times):
            while True:
                time.sleep(0.01 if idle else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == end


def test_a_client_can_ask_for_less_time(server: Server) -> None:
    asked = time.monotonic()
    assert server.query(f"SELECT (COUNT(*) AS ?n) {PRODUCT}", timeout="0.2").status_code == 504
    assert time.monotonic() - asked < 1.5


def test_too_many_queries_are_told_to_come_back(server: Server) -> None:
    statuses: Counter[int] = Counter()

    def slow() -> None:
        answer = server.query(f"SELECT (COUNT(*) AS ?n) {PRODUCT}", timeout="0.6")
        statuses[answer.status_code] += 1
        assert answer.status_code != 503 or answer.headers["Retry-After"]

    threads = [threading.Thread(target=slow) for _ in range(10)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert server.get("/health").text == "ok\n"
    for thread in threads:
        thread.join()
    assert statuses == {504: 6, 503: 4}  # two run, four wait, the rest are turned away


def test_a_client_that_hangs_up_frees_its_worker(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    query = f"SELECT+(COUNT(*)+AS+?n)+{PRODUCT.replace(' ', '+')}"
    for _ in range(2):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.1)
    asked = time.monotonic()
    server.count()
    assert time.monotonic() - asked < 1
    assert 'meagraph_workers_ended_total{cause="client-gone"} 2' in server.get("/metrics").text


def test_slow_clients_hold_no_worker(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    clients = [socket.create_connection((host, int(port))) for _ in range(4)]
    for client in clients:
        client.sendall(b"GET /sparql.nt?query=CONSTRUCT+WHERE{?s+?p+?o} HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.2)
    server.count()
    for client in clients:
        client.close()


def test_new_versions_are_served_without_a_failed_request(own_server: Server) -> None:
    seen: list[Any] = []
    stop = threading.Event()

    def reader() -> None:
        while not stop.is_set():
            answer = own_server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
            seen.append((answer.status_code, int(answer.text.split()[-1]), answer.headers["ETag"]))

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    graphs = small_graph()
    before, sizes = own_server.count(), []
    for number in range(2):
        name = ox.NamedNode(f"{BASE}graph/new{number}")
        graphs[f"new{number}"] = [ox.Quad(name, ox.NamedNode("http://example.org/p"), ox.Literal("new"), name)]
        own_server.store.publish(graphs, {})
        sizes.append(await_count(own_server, before + number + 1))
    stop.set()
    for thread in threads:
        thread.join()
    assert {status for status, _, _ in seen} == {200}
    assert {count for _, count, _ in seen} == {before, *sizes}
    assert len({tag for _, _, tag in seen}) == 3


def await_count(server: Server, expected: int) -> int:
    """Until the graph has this size."""
    for _ in range(100):
        if (found := server.count()) == expected:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{found} statements, not {expected}")


def test_processes_that_die_are_replaced(own_server: Server) -> None:
    keeper, web = sorted(children(own_server.process.pid), key=lambda pid: not children(pid))
    os.kill(children(keeper)[0], signal.SIGKILL)  # the nursery
    assert own_server.count()
    os.kill(web, signal.SIGKILL)
    time.sleep(0.5)
    await_ready(own_server)
    assert own_server.count()
    own_server.process.terminate()
    assert own_server.process.wait(20) == 0
    time.sleep(0.3)
    assert not [pid for pid in (keeper, web) if running(pid)]


def children(pid: int) -> list[int]:
    """Process ids of the children."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def running(pid: int) -> bool:
    """Whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_rate_limit(tmp_path: Path) -> None:
    limits = {"MEAGRAPH_RATE": "0.01", "MEAGRAPH_BURST": "2", "MEAGRAPH_PROXIES": "1"}
    server = start(publish(tmp_path, dict(small_graph())), **limits)
    address = {"X-Forwarded-For": "192.0.2.1"}
    answers = [server.get(f"/sparql?query=ASK{{FILTER({n})}}", JSON, **address) for n in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "2"
    assert server.get("/sparql?query=ASK{FILTER(0)}", JSON, **address).status_code == 200  # from memory
    assert server.get("/sparql?query=ASK{FILTER(2)}", JSON, **{"X-Forwarded-For": "192.0.2.2"}).status_code == 200
    assert [server.query("ASK {}").status_code for _ in range(4)] == [200] * 4
    assert server.get("/health", **address).status_code == 200
    stop(server)
