#!/usr/bin/env python3
"""Time a table of 100,000 rows as CSV from several endpoints over the same graph, in turn.

    bench/csv_table.py ours=http://127.0.0.1:8000/sparql oxigraph=http://127.0.0.1:7878/query

Prints a Markdown table: medians in milliseconds until the first byte and until the last, and how large the answer is on
the wire. A new query has a comment with a running number, so that no answer comes from memory. `--encoding gzip` asks
for a compressed answer; a server that does not compress sends it as it is.
"""

import argparse
import http.client
import itertools
import statistics
import sys
import time
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

NUMBER = itertools.count(int(time.time() * 1000))
ROWS = 100_000
QUERIES = {
    "statements": f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS}",
    "statements of typed things": f"SELECT ?s ?type ?p ?o {{ ?s ?p ?o . ?s a ?type }} LIMIT {ROWS}",
}


@dataclass(frozen=True)
class Answer:
    """Seconds until the first and the last byte, bytes on the wire."""

    first: float
    last: float
    size: int


def ask(endpoint: str, text: str, encoding: str) -> Answer:
    """The query's answer on a connection of its own; AssertionError when rows are missing."""
    place = urlsplit(endpoint)
    connection = http.client.HTTPConnection(place.netloc, timeout=120)
    connection.connect()
    headers = {"Accept": "text/csv", "Accept-Encoding": encoding, "Content-Type": "application/sparql-query"}
    start = time.perf_counter()
    connection.request("POST", place.path, text, headers)
    response = connection.getresponse()
    first = time.perf_counter() - start
    body = response.read()
    last = time.perf_counter() - start
    connection.close()
    packed = response.headers["Content-Encoding"] == "gzip"
    rows = (zlib.decompress(body, 16 + zlib.MAX_WBITS) if packed else body).count(b"\n") - 1
    assert (response.status, rows) == (200, ROWS), f"{endpoint}: {response.status}, {rows} rows"
    return Answer(first, last, len(body))


def measure(endpoints: dict[str, str], text: str, fresh: bool, rounds: int, encoding: str) -> dict[str, list[Answer]]:
    """The answers of each endpoint, asked in turn after a first round that does not count."""
    found: dict[str, list[Answer]] = {name: [] for name in endpoints}
    for number in range(rounds + 1):
        for name, endpoint in endpoints.items():
            answer = ask(endpoint, f"{text} #{next(NUMBER)}" if fresh else text, encoding)
            found[name] += [answer] if number else []
    return found


def line(case: str, name: str, answers: list[Answer]) -> str:
    """One row of the table."""
    first, last = (statistics.median(times) * 1000 for times in zip(*((a.first, a.last) for a in answers), strict=True))
    return f"| {case} | {name} | {first:.0f} | {last:.0f} | {answers[0].size:,} |\n"


def main() -> None:
    """Print one line for each query, new and repeated, and each endpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("endpoints", nargs="+", metavar="NAME=URL", help="query endpoints")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--encoding", choices=("identity", "gzip"), default="identity")
    arguments = parser.parse_args()
    endpoints = dict(endpoint.split("=", 1) for endpoint in arguments.endpoints)
    out = sys.stdout
    out.write("| 100,000 rows as CSV | server | first byte ms | last byte ms | bytes |\n|---|---|---:|---:|---:|\n")
    for case, text in QUERIES.items():
        for kind in ("new", "repeated"):
            found = measure(endpoints, text, kind == "new", arguments.rounds, arguments.encoding)
            for name, answers in found.items():
                out.write(line(f"{case}, {kind}", name, answers))


if __name__ == "__main__":
    main()
