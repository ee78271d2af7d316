"""Rows for our own pages: the first so many of a result, as JSON that `read_table` turns into cells."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import pyoxigraph as ox

TABLE = "application/x-meagraph-table"  # the media type of what is written here, for our own pages
Encoded = list[str | None]


class Writable(Protocol):
    """Where a table is written."""

    def write(self, data: bytes) -> int:
        """Take all of `data`."""


@dataclass(frozen=True)
class Cell:
    """One term of a result. `kind` is `iri`, `blank`, `literal` or `triple`."""

    kind: str
    value: str
    language: str = ""
    datatype: str = ""

    def __str__(self) -> str:
        return self.value


Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """Rows lack the variables that are unbound in them. `more`: the result goes on."""

    variables: list[str]
    rows: list[Row]
    more: bool = False
    boolean: bool | None = None


def write_table(result: object, spool: Writable, head: int) -> None:
    """Write the first `head` rows."""
    if isinstance(result, ox.QueryBoolean):
        spool.write(json.dumps({"boolean": bool(result)}).encode())
        return
    variables, rows = as_rows(result)
    taken = list(islice(rows, head + 1))
    body = {"variables": variables, "rows": taken[:head], "more": len(taken) > head}
    spool.write(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))


def as_rows(result: object) -> tuple[list[str], Iterable[list[Encoded | None]]]:
    """Variable names and encoded rows; a graph becomes rows of three."""
    if isinstance(result, ox.QueryTriples):
        triples = ([encode(t.subject), encode(t.predicate), encode(t.object)] for t in result)
        return ["subject", "predicate", "object"], triples
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
        return names, ([encode(term) for term in solution] for solution in result)
    raise ValueError(f"Unexpected query result {result!r}")


def encode(term: object) -> Encoded | None:
    """A term as a short list; None for an unbound variable."""
    match term:
        case None:
            return None
        case ox.NamedNode(value=value):
            return ["iri", value]
        case ox.BlankNode(value=value):
            return ["blank", value]
        case ox.Literal():
            return ["literal", term.value, term.language or "", term.datatype.value]
        case ox.Triple():
            return ["triple", str(term)]
    raise ValueError(f"Unexpected term {term!r}")


def read_table(body: bytes) -> Table:
    """The table that `write_table` wrote."""
    data = json.loads(body)
    if "boolean" in data:
        return Table([], [], boolean=data["boolean"])
    names = data["variables"]
    rows = [
        {name: Cell(*cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in data["rows"]
    ]
    return Table(names, rows, data["more"])
