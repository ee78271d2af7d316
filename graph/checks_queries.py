"""Competency queries: a SPARQL query and, in its comments, the rows that it must and must not return.

    # Question: Which protocols belong to the climate convention?
    # Returns: Kyoto Protocol | 1997-12-11
    # Never: Minamata Convention
    # Rows: 2
    SELECT ?protocol ?adopted WHERE { … }

The cells of a row stand in the order of the variables, between bars; an unbound one is empty, an IRI below the base is
written without it. `# Rows:` is optional. An ASK query returns `true` or `false`. The usual prefixes are known.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple

from graph.checks_findings import VIOLATION, Finding
from graph.errors import UsageError
from graph.iri import BASE
from graph.terms import PREFIXES

_EXPECTATION = re.compile(r"#\s*(?P<key>Question|Returns|Never|Rows):\s*(?P<value>.*?)\s*", re.IGNORECASE)
_PARSER_LINE = re.compile(r"\b(?:at|line) (\d+)")

Row = tuple[str, ...]


@dataclass(frozen=True)
class CompetencyQuery:
    """A query file: the question in words, the query, and its expectations with the lines they stand in."""

    file: str
    text: str
    question: str
    returns: tuple[tuple[int, Row], ...]
    never: tuple[tuple[int, Row], ...]
    rows: tuple[int, str] | None


def read_query(path: Path, name: str) -> CompetencyQuery:
    """The competency query in a file; UsageError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    told = [
        (number, match["key"].lower(), match["value"])
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := _EXPECTATION.fullmatch(line.strip()))
    ]
    returns, never = (
        tuple((n, _row(value)) for n, key, value in told if key == wanted) for wanted in ("returns", "never")
    )
    question = next((value for _, key, value in told if key == "question"), path.stem)
    rows = next(((number, value) for number, key, value in told if key == "rows"), None)
    return CompetencyQuery(name, text, question, returns, never, rows)


def _row(value: str) -> Row:
    return tuple(cell.strip() for cell in value.split("|"))


def query_findings(query: CompetencyQuery, store: Store) -> Iterator[Finding]:
    """Every expectation that the answer over the store's default graph does not meet."""
    if not query.returns and not query.never and query.rows is None:
        yield Finding(query.file, 1, "query-invalid", VIOLATION, "expects nothing: write `# Returns:` or `# Never:`")
        return
    try:
        answer = list(rows(store, query.text))
    except (SyntaxError, ValueError, OSError) as error:
        yield Finding(
            query.file, _line(error), "query-invalid", VIOLATION, f"cannot be run: {str(error).splitlines()[0]}"
        )
        return
    for number, row in query.returns:
        if row not in answer:
            yield _finding(query, number, "query-missing", f"{_shown(row)} is not in the answer{_nearest(row, answer)}")
    for number, row in query.never:
        if row in answer:
            yield _finding(query, number, "query-forbidden", f"{_shown(row)} is in the answer")
    if query.rows is not None and query.rows[1] != str(len(answer)):
        yield _finding(query, query.rows[0], "query-rows", f"the answer has {len(answer)} rows, not {query.rows[1]}")


def _finding(query: CompetencyQuery, line: int, rule: str, message: str) -> Finding:
    return Finding(query.file, line, rule, VIOLATION, f"{query.question} — {message}")


def _line(error: BaseException) -> int:
    """The line in the file: the prefixes put before the query stand in one line with its first."""
    match = _PARSER_LINE.search(str(error))
    return int(match[1]) if match else 1


def rows(store: Store, query: str) -> Iterator[Row]:
    """The rows of the answer as they are written in expectations."""
    declared = " ".join(f"PREFIX {name}: <{namespace}>" for name, namespace in PREFIXES.items())
    answer = store.query(f"{declared} {query}", base_iri=BASE)
    if isinstance(answer, QueryBoolean):
        yield (str(bool(answer)).lower(),)
    elif isinstance(answer, QuerySolutions):
        for solution in answer:
            yield tuple(_cell(solution[variable]) for variable in answer.variables)
    else:
        raise ValueError("a competency query is a SELECT or an ASK")


def _cell(term: NamedNode | Literal | BlankNode | Triple | None) -> str:
    if isinstance(term, NamedNode):
        return term.value.removeprefix(BASE)
    return term.value if isinstance(term, Literal) else "" if term is None else str(term)


def _shown(row: Row) -> str:
    return " | ".join(row)


def _nearest(row: Row, answer: Iterable[Row]) -> str:
    """A row of the answer that begins alike, to see at once what is different."""
    near = sorted(other for other in answer if other[:1] == row[:1])
    return f"; the nearest row is {_shown(near[0])}" if near else ""
