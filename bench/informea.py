#!/usr/bin/env python3
"""Time an InforMEA feed: the requests that harvesters send.

    bench/informea.py http://127.0.0.1:8000/informea.svc

Prints a Markdown table: median and 99th percentile in milliseconds, and the size of the answer.
"""

import argparse
import statistics
import sys
import time

import requests

ALL = "title,longTitle,summary,content,keywords,files"
DOCUMENTS = "title,description,files,identifiers,keywords,referenceToEntities,tags,types,authors,treaties"
CASES = (
    ("number of decisions", "Decisions/$count"),
    ("100 decisions, all expansions, JSON", f"Decisions?$top=100&$expand={ALL}&$orderby=updated desc,id&$format=json"),
    ("100 decisions, all expansions, Atom", f"Decisions?$top=100&$expand={ALL}&$orderby=updated desc,id"),
    (
        "20 decisions after a date",
        f"Decisions?$top=20&$format=json&$expand={ALL}&$filter=updated gt datetime'2015-01-01T00:00:00'"
        "&$orderby=updated asc",
    ),
    ("100 meetings", "Meetings?$top=100&$expand=title,description&$format=json"),
    ("100 documents, all expansions", f"Documents?$top=100&$expand={DOCUMENTS}&$format=json"),
    ("the model", "$metadata"),
)


def main() -> None:
    """Print one line for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="address of the service root")
    parser.add_argument("--rounds", type=int, default=50)
    arguments = parser.parse_args()
    out = sys.stdout
    out.write("| request | median ms | p99 ms | bytes |\n|---|---:|---:|---:|\n")
    with requests.Session() as session:
        session.get(f"{arguments.url.rstrip('/')}/", timeout=60).raise_for_status()
        for name, path in CASES:
            taken = []
            for _ in range(arguments.rounds):
                start = time.perf_counter()
                answer = session.get(f"{arguments.url.rstrip('/')}/{path}", timeout=60)
                answer.raise_for_status()
                taken.append((time.perf_counter() - start) * 1000)
            p99 = sorted(taken)[int(len(taken) * 0.99) - 1]
            out.write(f"| {name} | {statistics.median(taken):.1f} | {p99:.1f} | {len(answer.content):,} |\n")


if __name__ == "__main__":
    main()
