"""Statements written as N-Quads and read as quads all at once, which takes a fraction of building them one by one.

Terms are strings here, as N-Quads writes them. Every one was made by pyoxigraph, or of one that was.
"""

from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import terms
from graph.iri import BASE


class Namespace:
    """`MEA.Mention` and `MEA["Mention"]` give the IRI of that name."""

    def __init__(self, namespace: terms.Namespace) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> str:
        return self[name]

    def __getitem__(self, name: str) -> str:
        """The IRI of a name, made once."""
        term: str | None = self.__dict__.get(name)
        if term is None:
            term = self.__dict__[name] = str(self._namespace[name])
        return term


DCTERMS, MEA, ORG, SKOS = map(Namespace, (terms.DCTERMS, terms.MEA, terms.ORG, terms.SKOS))
TYPE = str(terms.TYPE)


@lru_cache(maxsize=4096)
def resource(path: str) -> str:
    """The IRI of a path below the base; ValueError when it cannot be one."""
    return str(NamedNode(BASE + path))


def below(resource: str, step: str) -> str:
    """The IRI one step below another: a unit's `mention_1`."""
    return f"{resource[:-1]}/{step}>"


def text(value: str, language: str) -> str:
    """A text in a language."""
    return str(Literal(value, language=language))


def english(value: str) -> str:
    """`"waste"@en`."""
    return f"{Literal(value)}@en"


def plain(value: str) -> str:
    """An xsd:string."""
    return str(Literal(value))


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^{_INTEGER}'


def decimal(value: str) -> str:
    """An xsd:decimal with the digits given."""
    return str(terms.decimal(value))


def date_literal(value: str) -> str:
    """A year, month or date; otherwise ValueError."""
    return str(terms.date_literal(value))


_INTEGER = str(terms.XSD.integer)


class Statements:
    """The statements of one named graph."""

    def __init__(self, graph: NamedNode) -> None:
        self._lines: list[str] = []
        self._end = f"{graph} .\n"

    def add(self, subject: str, predicate: str, *values: str) -> None:
        """State one or several values of a property."""
        for value in values:
            self._lines.append(f"{subject} {predicate} {value} {self._end}")

    def quads(self) -> list[Quad]:
        """All statements, in order."""
        return list(parse("".join(self._lines), format=RdfFormat.N_QUADS, lenient=True))
