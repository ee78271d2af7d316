"""`$filter` of OData v2 -> a function of a row. Written for rows in memory: nothing of it reaches the store.

treaty eq 'basel' and (updated gt datetime'2020-01-01T00:00:00' or not substringof('waste', number))
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.informea.mapping import TREATY_ALIASES
from server.informea.problems import ODataError
from server.informea.schema import EntitySet, Row, Value
from server.informea.values import value_of

LONGEST = 4_000  # characters of an expression
DEEPEST = 40  # parentheses, functions and negations inside each other

TOKEN = re.compile(
    r"""\s*(?:
      (?P<datetime> datetime'[^']*' )
    | (?P<guid>     guid'[^']*' )
    | (?P<string>   '(?:[^']|'')*' )
    | (?P<number>   -?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?[LlDdFfMm]?(?!\w) )
    | (?P<word>     [A-Za-z_]\w* )
    | (?P<mark>     [(),] )
    )""",
    re.VERBOSE,
)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d{1,7})?)?(Z?))?")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
KINDS = {"String": "text", "Address": "text", "DateTime": "date", "Boolean": "truth"}
# Name, kinds of the arguments, kind of the result, what it does.
FUNCTIONS: dict[str, tuple[tuple[str, ...], str, Callable[..., Value]]] = {
    "substringof": (("text", "text"), "truth", lambda part, whole: part in whole),
    "startswith": (("text", "text"), "truth", str.startswith),
    "endswith": (("text", "text"), "truth", str.endswith),
    "tolower": (("text",), "text", str.lower),
    "toupper": (("text",), "text", str.upper),
    "trim": (("text",), "text", str.strip),
    "length": (("text",), "number", len),
}
CONSTANTS: dict[str, Value] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Term:
    """A part of the expression: its kind (`text date number truth null`) and its value for a row."""

    kind: str
    value: Callable[[Row], Value]
    constant: Value = None
    member: str = ""


def parse_filter(text: str, entity_set: EntitySet) -> Callable[[Row], bool]:
    """The function that tells whether a row passes; ODataError with the place when it cannot be read."""
    if len(text) > LONGEST:
        raise ODataError(400, f"$filter has {len(text)} characters; {LONGEST} are the limit.")
    term = Parser(read_tokens(text), entity_set).whole()
    if term.kind != "truth":
        raise ODataError(400, f"$filter is a {term.kind}, not a condition.")
    return lambda row: term.value(row) is True


def read_tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of each token."""
    found, place, text = [], 0, text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise ODataError(400, f"$filter cannot be read at {text[place : place + 20]!r}.")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


class Parser:
    """Reads the tokens of one expression from left to right; `or` binds least, then `and`, `not`, comparisons."""

    def __init__(self, tokens: list[tuple[str, str]], entity_set: EntitySet) -> None:
        self.tokens, self.entity_set = [*tokens, ("end", "the end")], entity_set
        self.place = self.depth = 0

    def whole(self) -> Term:
        """All of it."""
        term = self.disjunction()
        if self.kind != "end":
            raise self.unexpected()
        return term

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        return self.tokens[self.place][0]

    @property
    def text(self) -> str:
        """The text of the next token."""
        return self.tokens[self.place][1]

    def unexpected(self) -> ODataError:
        """The error that names the next token."""
        return ODataError(400, f"$filter: {self.text!r} is not expected there.")

    def accepts(self, text: str) -> bool:
        """Whether the next token is this; it is taken when it is."""
        if self.text != text or self.kind not in ("word", "mark"):
            return False
        self.place += 1
        return True

    def expect(self, text: str) -> None:
        """Take this token."""
        if not self.accepts(text):
            raise self.unexpected()

    def disjunction(self) -> Term:
        """`a or b or c`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise ODataError(400, f"$filter is nested more than {DEEPEST} deep.")
        parts = [self.conjunction()]
        while self.accepts("or"):
            parts.append(self.conjunction())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else connect(any, parts)

    def conjunction(self) -> Term:
        """`a and b and c`."""
        parts = [self.negation()]
        while self.accepts("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else connect(all, parts)

    def negation(self) -> Term:
        """`not a`."""
        negations = 0
        while self.accepts("not"):
            negations += 1
        term = self.comparison()
        if not negations:
            return term
        (condition,) = conditions([term])
        wanted = negations % 2 == 0
        return Term("truth", lambda row: condition(row) is wanted)

    def comparison(self) -> Term:
        """`a eq b`, or a condition alone."""
        left = self.operand()
        if self.kind == "word" and self.text in COMPARISONS:
            name = self.text
            self.place += 1
            return compare(name, left, self.operand())
        return left

    def operand(self) -> Term:
        """A literal, a property, a function or a parenthesis."""
        kind, text = self.kind, self.text
        if self.accepts("("):
            inner = self.disjunction()
            self.expect(")")
            return inner
        self.place += kind != "end"
        if kind == "word" and self.text == "(" and text in FUNCTIONS:
            return self.call(text)
        if kind == "word" and text not in CONSTANTS:
            return self.member(text)
        if kind in ("end", "mark"):
            self.place -= kind == "mark"
            raise self.unexpected()
        return literal(kind, text)

    def member(self, name: str) -> Term:
        """The value of a property."""
        found = self.entity_set.properties.get(name)
        if found is None:
            raise ODataError(400, f"$filter: {self.entity_set.type} has no property {name!r} to filter by.")
        return Term(KINDS.get(found.kind, "number"), lambda row: value_of(row, found), member=name)

    def call(self, name: str) -> Term:
        """`name(a, b)`."""
        wanted, result, function = FUNCTIONS[name]
        arguments = []
        self.expect("(")
        for number, kind in enumerate(wanted):
            if number:
                self.expect(",")
            arguments.append(self.disjunction())
            if arguments[-1].kind not in (kind, "null"):
                raise ODataError(400, f"$filter: {name} takes a {kind} there, not a {arguments[-1].kind}.")
        self.expect(")")

        def apply(row: Row) -> Value:
            values = [argument.value(row) for argument in arguments]
            return None if None in values else function(*values)

        return Term(result, apply)


def conditions(terms: list[Term]) -> list[Callable[[Row], bool]]:
    """The same as functions that give true or false; ODataError for a term that is no condition."""
    for term in terms:
        if term.kind != "truth":
            raise ODataError(400, f"$filter: a {term.kind} stands where a condition is expected.")
    return [lambda row, value=term.value: value(row) is True for term in terms]  # type: ignore[misc]


def connect(combine: Callable[..., bool], terms: list[Term]) -> Term:
    """Several conditions as one."""
    functions = conditions(terms)
    return Term("truth", lambda row: combine(function(row) for function in functions))


def compare(name: str, left: Term, right: Term) -> Term:
    """Two values of the same kind, or a value and null. Nothing is greater or less than null."""
    if left.kind != right.kind and "null" not in (left.kind, right.kind):
        raise ODataError(400, f"$filter: a {left.kind} cannot be compared with a {right.kind}.")
    left, right = with_alias(left, right.member), with_alias(right, left.member)
    function, ordered = COMPARISONS[name], name not in ("eq", "ne")

    def apply(row: Row) -> bool:
        one, other = left.value(row), right.value(row)
        return False if ordered and None in (one, other) else function(one, other)

    return Term("truth", apply)


def with_alias(term: Term, compared: str) -> Term:
    """A treaty's code in the spelling that the feed uses, where it is compared with a treaty."""
    code = TREATY_ALIASES.get(str(term.constant)) if compared == "treaty" else None
    return Term("text", lambda row: code, code) if code else term


def literal(kind: str, text: str) -> Term:
    """A constant."""
    if kind == "word":
        value = CONSTANTS[text]
        return Term("null" if value is None else "truth", lambda row: value, value)
    if kind == "string":
        string = text[1:-1].replace("''", "'")
        return Term("text", lambda row: string, string)
    if kind == "guid":
        return Term("text", lambda row: text[5:-1], text[5:-1])
    if kind == "datetime":
        when = read_moment(text[9:-1])
        return Term("date", lambda row: when, when)
    number = float(text.rstrip("LlDdFfMm"))
    return Term("number", lambda row: number, number)


def read_moment(text: str) -> datetime:
    """`2013-11-19T16:38:24` as a date and time of UTC without saying so."""
    match = MOMENT.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        seconds = match[3] or ":00"
        return (
            datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}{seconds}+00:00")
            .astimezone(UTC)
            .replace(tzinfo=None)
        )
    except ValueError:
        raise ODataError(400, f"$filter: {text!r} is not a date and time such as 2020-01-31T00:00:00.") from None
