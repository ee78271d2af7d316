#!/usr/bin/env python3
"""Time an endpoint: small queries, repeated queries, large results, pages, several clients at once.

    bench/endpoint.py http://127.0.0.1:8000

Prints a Markdown table: median and 99th percentile in milliseconds, and requests a second. Every query carries a
running number, so that no answer comes from memory, unless the row says so.
"""

import argparse
import itertools
import statistics
import sys
import threading
import time
from collections.abc import Callable

import requests

NUMBER = itertools.count(int(time.time() * 1000))
SMALL = "SELECT * { ?s a ?type } LIMIT 10"
LARGE = "SELECT * { ?s ?p ?o } LIMIT 50000"
COUNT = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
Call = Callable[[requests.Session], requests.Response]


def query(url: str, text: str, accept: str, fresh: bool = True) -> Call:
    """Sends a query, made unique by a comment unless `fresh` is false."""

    def call(session: requests.Session) -> requests.Response:
        body = f"{text} #{next(NUMBER)}" if fresh else text
        return session.post(f"{url}/sparql", {"query": body}, headers={"Accept": accept}, timeout=60)

    return call


def page(url: str, path: str) -> Call:
    """Fetches a page as a browser does."""
    return lambda session: session.get(url + path, headers={"Accept": "text/html"}, timeout=60)


def measure(call: Call, rounds: int, clients: int) -> tuple[list[float], float]:
    """Seconds of each request, and requests a second of all clients together."""
    taken: list[float] = []

    def client() -> None:
        with requests.Session() as session:
            for _ in range(rounds):
                start = time.perf_counter()
                call(session).raise_for_status()
                taken.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(taken) / (time.perf_counter() - start)


def main() -> None:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="address of the site")
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    url, json = arguments.url.rstrip("/"), "application/sparql-results+json"
    cases: list[tuple[str, Call, int, int]] = [
        ("small query", query(url, SMALL, json), arguments.rounds, 1),
        ("small query, 8 clients", query(url, SMALL, json), arguments.rounds, 8),
        ("repeated query, from memory", query(url, SMALL, json, fresh=False), arguments.rounds, 1),
        ("count of all statements by property", query(url, COUNT, json), 10, 1),
        ("50,000 rows as JSON", query(url, LARGE, json), 10, 1),
        ("50,000 rows as CSV", query(url, LARGE, "text/csv"), 10, 1),
        ("home page", page(url, "/"), arguments.rounds, 1),
    ]
    out = sys.stdout
    out.write("| case | median ms | p99 ms | requests/s |\n|---|---:|---:|---:|\n")
    for name, call, rounds, clients in cases:
        taken, rate = measure(call, rounds, clients)
        p99 = sorted(taken)[int(len(taken) * 0.99) - 1]
        out.write(f"| {name} | {statistics.median(taken) * 1000:.1f} | {p99 * 1000:.1f} | {rate:.0f} |\n")


if __name__ == "__main__":
    main()
