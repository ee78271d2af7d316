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
  | (?P<brace>   [{}] )
    """,
    re.VERBOSE | re.DOTALL,
)
SIMPLE_WORDS = {"PREFIX", "BASE", "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "NAMED", "GRAPH", "LIMIT"}
SIMPLE_WORDS |= {"DISTINCT", "COUNT", "AS", "A", "FILTER", "OFFSET", "TRUE", "FALSE"}
SIMPLE_LENGTH, SIMPLE_VARIABLES, SIMPLE_ROWS = 4000, 4, 1000
LIMIT = re.compile(r"\blimit\s+(\d{1,18})", re.IGNORECASE)
PATH = re.compile(r"[|^!/+]|[x)]\s*\*|[x)]\?")  # in the outline of a query, where x is an IRI or a name
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)
GRAPH_WORDS = re.compile(r"(?<![?$\w])(?:graph|from)\b", re.IGNORECASE)
VOLATILE = re.compile(r"\b(?:now|rand|uuid|struuid|bnode|service)\b", re.IGNORECASE)


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """The kind and text of every token but comments and punctuation other than braces."""
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


def insert_before_where(update: str, clauses: str) -> str:
    """The update with these clauses before each WHERE outside braces, but not in DELETE WHERE, which takes none.

    >>> insert_before_where("INSERT { ?s ?p 1 } WHERE { { SELECT ?s WHERE { ?s ?p ?o } } }", "USING <http://e/g>")
    'INSERT { ?s ?p 1 } USING <http://e/g> WHERE { { SELECT ?s WHERE { ?s ?p ?o } } }'
    """
    text = ESCAPE.sub(codepoint, update)
    parts: list[str] = []
    depth, done, previous = 0, 0, ""
    for match in TOKEN.finditer(text):
        if match.lastgroup == "comment":
            continue
        token = match.group().upper()
        depth += {"{": 1, "}": -1}.get(token, 0)
        if match.lastgroup == "word" and token == "WHERE" and depth == 0 and previous != "DELETE":
            parts += [text[done : match.start()], clauses, " "]
            done = match.start()
        previous = token
    return "".join([*parts, text[done:]])


def names_graphs(query: str) -> bool:
    """Whether GRAPH or FROM may be a keyword in it; a string or a comment with these words counts as well.

    No scan into tokens, which could go wrong: without the letters there is no keyword.

    >>> names_graphs("SELECT ?graph { ?from mea:cites ?o }"), names_graphs("ASK { graph?g{ ?s ?p ?o } }")
    (False, True)
    """
    return any(GRAPH_WORDS.search(text) for text in (query, ESCAPE.sub(codepoint, query)))


def is_simple(query: str) -> bool:
    """Whether the query is plain enough to be tried at once: few variables and rows, no paths, no sorting or grouping.

    A guess that costs little when it is wrong: such a query gets a fraction of a second before it has to queue.

    >>> [is_simple(q) for q in ("ASK { ?s ?p ?o . ?a ?b ?c }", "ASK { ?s <p>* ?o }", "SELECT * {} ORDER BY ?x")]
    [False, False, False]
    >>> [is_simple(q) for q in ("SELECT * { ?s <p> ?o }", "SELECT * { ?s ?p ?o } LIMIT 1", "ASK {}")]
    [True, True, True]
    >>> [is_simple(q) for q in ("SELECT * { ?s ?p ?o }", "SELECT * { ?s <p> ?o } LIMIT 100000")]
    [False, False]
    """
    if len(query) > SIMPLE_LENGTH or not keywords(query) <= SIMPLE_WORDS or not has_few_rows(query):
        return False
    letters = {"comment": " ", "iri": "x", "string": "s", "bound": "v", "name": "x", "word": "w", "brace": " "}
    outline = TOKEN.sub(lambda match: letters[match.lastgroup or "comment"], ESCAPE.sub(codepoint, query))
    variables = {text[1:] for kind, text in tokens(query) if kind == "bound" and text[0] != "@"}
    return len(variables) <= SIMPLE_VARIABLES and not PATH.search(outline)


def has_few_rows(query: str) -> bool:
    """Whether a limit says so or, where there is none, a query with variables names something that they lead to.

    >>> [has_few_rows(q) for q in ("PREFIX e: <e> SELECT * { ?s ?p ?o }", "PREFIX e: <e> SELECT * { e:s ?p ?o }")]
    [False, True]
    """
    if limits := LIMIT.findall(query):
        return max(map(int, limits)) <= SIMPLE_ROWS
    found = list(tokens(query))
    declared = sum({"PREFIX": 2, "BASE": 1}.get(text.upper(), 0) for kind, text in found if kind == "word")
    named = sum(kind in ("iri", "name", "string") for kind, _ in found) - declared
    return named > 0 or all(kind != "bound" for kind, _ in found)


def is_volatile(query: str) -> bool:
    """Whether the same query may give another answer on the same data, so that it must not be cached."""
    return VOLATILE.search(ESCAPE.sub(codepoint, query)) is not None
