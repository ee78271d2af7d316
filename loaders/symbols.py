"""Finding the symbols of documents, joint and listed ones, too: "UNEP/MC/COP.6/INF/20 and INF/21"."""

import re
from collections.abc import Iterator

from graph.registry import Registry
from loaders.findings import Finding
from loaders.numbering import roman_value
from loaders.triggers import Regex

_SEGMENT = r"(?:[A-Z][A-Za-z]*(?:\.[A-Za-z]+)*(?:\.?\d+)?|\d+[A-Z]?|\[-*\])"
_SYMBOL = Regex(
    rf"[A-Z](?<![\w/.@-].)[A-Za-z]*(?:\([A-Z]+\))?(?:\.\d+)?/(?:{_SEGMENT}/)*{_SEGMENT}(?:/(?:Rev|Add|Corr)\.\s?\d+)*(?![\w/])"
)


def known_symbols(registry: Registry) -> Regex:
    """Whole symbols of every series of the registry."""
    patterns = [re.sub(r"\(\?P<\w+>", "(?:", series.pattern) for series in registry.document_series]
    return Regex(rf"(?<![\w/.@-])(?:{'|'.join(patterns)})(?![\w/])")


def find_symbols(text: str, known: Regex) -> Iterator[Finding]:
    """Symbols of documents, of known series or of the same shape; joint symbols give one finding each."""
    if "/" not in text:
        return
    for match in known.finditer(text):
        yield Finding(match.start(), match.end(), "symbol", "document symbol", text=match[0])
        yield from _range_of_symbols(text, match)
        yield from _short_symbols(text, match)
    for match in _SYMBOL.finditer(text):
        symbol = match[0].rstrip(".")
        head = symbol.partition("/")[0]
        if re.search(r"\d", symbol) and not roman_value(head) and (symbol.count("/") > 1 or "." in symbol):
            yield Finding(match.start(), match.start() + len(symbol), "symbol", "shape of a symbol", text=symbol)


_TO_SYMBOL = Regex(r"\s?(?P<dash>[–-]|(?<=\s)to\b)\s?(?P<head>[A-Z][^\s,;()]*/)?(?P<last>\d{1,3})(?![\w/]|[.,]\d)")
_LONGEST_RANGE = 30
RANGE = "range of symbols"


def _range_of_symbols(text: str, first: re.Match[str]) -> Iterator[Finding]:
    """The documents between two symbols, "COP.6/INF/20 to UNEP/MC/COP.6/INF/22", and up to the last of "INF/2–5"."""
    head, _, number = first[0].rpartition("/")
    until = _TO_SYMBOL.match(text, first.end())
    if until is None or not number.isdigit() or (until["head"] or f"{head}/") != f"{head}/":
        return
    numbers = range(int(number) + 1, int(until["last"]) + (until["head"] is None))
    end = until.end("dash") if until["head"] else until.end()
    for between in numbers if len(numbers) <= _LONGEST_RANGE else ():
        yield Finding(until.start("dash"), end, "symbol", RANGE, text=f"{head}/{between}")


_SHORT = Regex(r"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<short>(?:INF/\d{1,3}|(?:Add|Corr|Rev)\.\d{1,2}))(?![\w/]|\.\d)")
_LAST_PART = re.compile(r"(?:/INF)?/[\d.]+(?:/(?:Add|Corr|Rev)\.\d+)*$")


def _short_symbols(text: str, first: re.Match[str]) -> Iterator[Finding]:
    """The documents of which a list prints the end only: "UNEP/MC/COP.6/INF/20 and INF/21", "COP.6/9 and Add.1"."""
    stem, end = _LAST_PART.sub("", first[0]), first.end()
    while short := _SHORT.match(text, end):
        head = stem if short["short"].startswith("INF") else first[0]
        yield Finding(*short.span("short"), "symbol", "end of a symbol", text=f"{head}/{short['short']}")
        end = short.end()
