"""The words of a query that can be keywords: outside strings, comments, IRIs, names and variables.

This is a scan, not a parser. It decides what a worker may be asked to do; that a worker cannot open a connection
is enforced by the kernel (see `workers`), whatever the scan believes.

>>> sorted(keywords('SELECT * FROM <http://e/service> { ?s ex:load "SERVICE" } # LOAD'))
['FROM', 'SELECT']
"""

import re
from collections.abc import Iterator

TOKEN = re.compile(
    r"""
    (?P<comment> \#[^\n\r]* )
  | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<bound>   [?$@][\w-]+ )                      # ?from, $from, @en
  | (?P<name>    [\w.-]*:(?:[\w.:%-]|\\.)* )        # ex:from, from:ex
  | (?P<word>    [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)
VOLATILE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode|service)\b", re.IGNORECASE)


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """The kind and text of every token but comments and punctuation."""
    for match in TOKEN.finditer(ESCAPE.sub(codepoint, query)):
        if match.lastgroup and match.lastgroup != "comment":
            yield match.lastgroup, match.group()


def codepoint(escape: re.Match[str]) -> str:
    """The character that `\\u0053` stands for; SPARQL reads these before it splits a query into tokens."""
    number = int(escape.group(1) or escape.group(2), 16)
    return chr(number) if number <= 0x10FFFF else "?"


def keywords(query: str) -> set[str]:
    """Every word in capitals."""
    return {text.upper() for kind, text in tokens(query) if kind == "word"}


def service_targets(query: str) -> list[str] | None:
    """The IRIs that SERVICE names, or None when it names a variable or when anything else is spelled like it.

    >>> service_targets("SELECT * { SERVICE <http://e/> { ?s ?p 'service' } }") is None
    True
    >>> service_targets("SELECT ?service { ?service ?p 'service' }")
    []
    """
    found: list[str] = []
    previous = ""
    for kind, text in tokens(query):
        if previous == "SERVICE" and kind == "iri":
            found.append(text[1:-1])
        if not (previous == "SERVICE" and text.upper() == "SILENT"):
            previous = text.upper() if kind == "word" else ""
    if "SERVICE" not in keywords(query):
        return []
    return found if len(found) == len(SERVICE.findall(ESCAPE.sub(codepoint, query))) else None


def is_volatile(query: str) -> bool:
    """Whether the same query may give another answer on the same data, so that it must not be cached."""
    return VOLATILE.search(ESCAPE.sub(codepoint, query)) is not None
