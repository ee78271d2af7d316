"""In which line of a source file a thing is first described, by a light scan: the parser does not tell.

Only what is needed for a place is read: IRIs, prefixes, the ends of statements. A file that the parser accepts gives
right lines; of any other file the parser has already named the line at fault.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.parsers import expat

from pyoxigraph import RdfFormat

from graph.iri import BASE

RDF_XML_SUBJECT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
RDF_XML_ID = "http://www.w3.org/1999/02/22-rdf-syntax-ns# ID"
RDF_XML_OBJECT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# resource"
XML_BASE = "http://www.w3.org/XML/1998/namespace base"

_TURTLE = re.compile(
    r"""
    (?P<skip> \#[^\n]*                                                     # comment
      | \"{3} (?:[^"\\] | \\. | "(?!""))* "{3} | '{3} (?:[^'\\] | \\. | '(?!''))* '{3}
      | " (?:[^"\\\n] | \\.)* " | ' (?:[^'\\\n] | \\.)* '                  # strings
      | [+-]? (?:\d+\.\d+ | \.\d+ | \d+) (?:[eE][+-]?\d+)? )               # numbers
    | <(?P<iri> [^<>"{}|^`\x00-\x20]* )>
    | (?P<directive> @?(?i:prefix|base) )(?=\s)
    | (?P<blank> _:[\w.-]*[\w-] )
    | (?P<prefix> (?:[^\W\d_][\w.-]*)? ):(?P<local> (?:[\w:%-] | \\. | \.(?=[\w:%\\-]))* )
    | @?[^\W\d_][\w-]*                                                     # a, true, @en
    | (?P<mark> [.;,\[\](){}] )
    """,
    re.VERBOSE | re.DOTALL,
)
_N_QUADS = re.compile(r"\s*(?:<(?P<subject>[^>]*)>|(?P<blank>_:\S+))")
_ANGLED = re.compile(r"<([^<>\s]*)>")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_JSON = re.compile(r'(?P<string>"(?:[^"\\]|\\.)*")(?P<key>\s*:)?|(?P<mark>[{}])', re.DOTALL)


@dataclass
class Lines:
    """First lines: of the things a file describes, and of those it names only."""

    subjects: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)

    def of(self, iri: str) -> int | None:
        """Where the thing is described, else where it is named first."""
        return self.subjects.get(iri) or self.mentions.get(iri)


def scan(text: str, form: RdfFormat) -> Lines:
    """The first lines of a text in that format; what is malformed gives fewer lines, never an error."""
    lines = Lines()
    scanner = _SCANNERS.get(form)
    if scanner:
        scanner(text, lines)
    return lines


def _resolved(base: str, iri: str) -> str:
    """The IRI against the base; an absolute one stays as it is, with its empty fragment."""
    try:
        return iri if _SCHEME.match(iri) else urljoin(base, iri)
    except ValueError:  # in JSON any string comes here, not only IRIs
        return iri


class _Counter:
    """The line of a position that only grows."""

    def __init__(self, text: str) -> None:
        self.text, self.position, self.line = text, 0, 1

    def at(self, position: int) -> int:
        self.line += self.text.count("\n", self.position, position)
        self.position = position
        return self.line


class _Turtle:
    """Follows where a subject may stand: at the start, after the end of a statement, after a brace."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.lines, self.counter = lines, _Counter(text)
        self.base, self.prefixes = BASE, dict[str, str]()
        self.depth, self.subject_next, self.last = 0, True, ""
        self.tokens = _TURTLE.finditer(text)

    def run(self) -> None:
        for token in self.tokens:
            if token["directive"]:
                self._directive(token["directive"])
            elif token["mark"]:
                self._mark(token["mark"])
            elif (term := self._term(token)) is not None:
                self._place(term, self.counter.at(token.start()))

    def _directive(self, word: str) -> None:
        name = next(self.tokens, None) if word.lower().endswith("prefix") else None
        iri = next(self.tokens, None)
        if iri is None or iri["iri"] is None:
            return
        target = _resolved(self.base, iri["iri"])
        if name is None:
            self.base = target
        else:
            self.prefixes[name["prefix"] or ""] = target

    def _term(self, token: re.Match[str]) -> str | None:
        if token["iri"] is not None:
            return _resolved(self.base, token["iri"])
        if token["local"] is not None:
            return self.prefixes.get(token["prefix"], "") + re.sub(r"\\(.)", r"\1", str(token["local"]))
        blank: str | None = token["blank"]
        return blank

    def _place(self, term: str, line: int) -> None:
        if self.subject_next and self.depth == 0:
            self.last = "" if term in self.lines.subjects else term
            self.lines.subjects.setdefault(term, line)
            self.subject_next = False
        else:
            self.lines.mentions.setdefault(term, line)

    def _mark(self, mark: str) -> None:
        if mark in "{}":
            if mark == "{" and not self.subject_next:
                self.lines.subjects.pop(self.last, None)  # it was the name of a graph
            self.depth, self.subject_next = 0, True
        elif mark in "[(":
            self.depth, self.subject_next = self.depth + 1, False
        elif mark in "])":
            self.depth -= 1
        elif mark == "." and self.depth == 0:
            self.subject_next = True


def _scan_turtle(text: str, lines: Lines) -> None:
    _Turtle(text, lines).run()


def _scan_n_quads(text: str, lines: Lines) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        match = _N_QUADS.match(line)
        if match:
            lines.subjects.setdefault(match["subject"] or match["blank"], number)
            for iri in _ANGLED.findall(line):
                lines.mentions.setdefault(iri, number)


def _scan_json_ld(text: str, lines: Lines) -> None:
    """An object with an `@id` and something else describes a thing, one with an `@id` alone names it."""
    counter, context = _Counter(text), _JsonContext(text)
    objects: list[tuple[str | None, int, int]] = []  # (its id, the line of it, number of other keys)
    key = ""
    for token in _JSON.finditer(text):
        line = counter.at(token.start())
        if token["mark"] == "{":
            objects.append((None, line, 0))
        elif token["mark"]:
            iri, at, keys = objects.pop() if objects else (None, 0, 0)
            if iri is not None:
                (lines.subjects if keys else lines.mentions).setdefault(iri, at)
        elif token["key"]:
            key = json.loads(token["string"], strict=False)
            if objects and key not in context.ids:
                objects[-1] = (*objects[-1][:2], objects[-1][2] + 1)
        else:
            value = json.loads(token["string"], strict=False)
            iri = context.expand(value)
            lines.mentions.setdefault(iri, line)
            if objects and key in context.ids and not value.startswith("@"):
                objects[-1] = (iri, line, objects[-1][2])


class _JsonContext:
    """The prefixes, the base and the aliases of `@id` of every context in a JSON-LD text."""

    def __init__(self, text: str) -> None:
        self.base, self.prefixes, self.ids = BASE, dict[str, str](), {"@id"}
        try:
            for context in _contexts(json.loads(text)):
                self._read(context)
        except ValueError:
            return

    def _read(self, context: dict[str, object]) -> None:
        for name, value in context.items():
            meaning = value.get("@id") if isinstance(value, dict) else value
            if name == "@base" and isinstance(value, str):
                self.base = _resolved(BASE, value)
            elif meaning == "@id":
                self.ids.add(name)
            elif isinstance(meaning, str) and not meaning.startswith("@"):
                self.prefixes[name] = meaning

    def expand(self, value: str) -> str:
        prefix, colon, rest = value.partition(":")
        if colon and prefix in self.prefixes and not rest.startswith("//"):
            return self.expand(self.prefixes[prefix]) + rest
        return _resolved(self.base, value)


def _contexts(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for item in value:
            yield from _contexts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "@context":
                yield from (c for c in (item if isinstance(item, list) else [item]) if isinstance(c, dict))
            else:
                yield from _contexts(item)


def _scan_rdf_xml(text: str, lines: Lines) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    bases = [BASE]

    def start(_name: str, attributes: dict[str, str]) -> None:
        line = parser.CurrentLineNumber
        bases.append(urljoin(bases[-1], attributes.get(XML_BASE, "")))
        if RDF_XML_SUBJECT in attributes:
            lines.subjects.setdefault(urljoin(bases[-1], attributes[RDF_XML_SUBJECT]), line)
        if RDF_XML_ID in attributes:
            lines.subjects.setdefault(urljoin(bases[-1], "#" + attributes[RDF_XML_ID]), line)
        if RDF_XML_OBJECT in attributes:
            lines.mentions.setdefault(urljoin(bases[-1], attributes[RDF_XML_OBJECT]), line)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: bases.pop()
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return


def xml_error_line(text: str) -> int:
    """The line where a text stops being XML, 1 when it is XML: the RDF/XML parser does not tell."""
    try:
        expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError as error:
        return error.lineno
    return 1


_SCANNERS: dict[RdfFormat, Callable[[str, Lines], None]] = {
    RdfFormat.TURTLE: _scan_turtle,
    RdfFormat.TRIG: _scan_turtle,
    RdfFormat.N_TRIPLES: _scan_n_quads,
    RdfFormat.N_QUADS: _scan_n_quads,
    RdfFormat.JSON_LD: _scan_json_ld,
    RdfFormat.RDF_XML: _scan_rdf_xml,
}
