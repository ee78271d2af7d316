"""Who said or signed it: a line, or the end of a quotation, with a name, an office and the house it is held in."""

import re
from collections.abc import Iterable, Iterator

from loaders.findings import Finding
from loaders.triggers import Regex

_PARTICLE = r"(?:de|da|dos|del|di|van|von|ten|ter|zu|zur|dela|du|dal|della|der|den|bin|ben|al|el|la|le)"
_CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w'’-]*[\w]"
NAME = rf"{_CAPITAL}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+)*(?:{_CAPITAL}|[A-Z]\.)){{1,4}}"
"""A regular expression for the name of a person: two to five words in capitals, with particles between them."""

_OFFICE = (
    r"(?:[\w'’&/-]+\s+){0,5}?(?i:director|president|secretary|chair(?:person|man|woman)?|co-chair|coordinator|minister|officer"
    r"|head|chief|lead|leader|manager|advis[eo]r|professor|founder|specialist|scientist|ambassador|commissioner|governor"
    r"|mayor|member|representative|focal point)(?:\s+(?:of|for|on)\s+[^,.;:()]{3,60})?"
)
HOUSE = "house of a person"
_SAID_BY = Regex(
    r"(?:\A|[”\"]\s+)(?:[—–-]+\s*)?(?:(?:Dr|Mr|Ms|Mrs|Prof|H\.E)\.?\s+)*"
    rf"(?P<name>{NAME}),\s+{_OFFICE}(?:,\s+(?P<house>[A-Z][^.;:()]{{3,120}}))?\Z"
)
_LONGEST = 600


def said_by(text: str) -> re.Match[str] | None:
    """The `name` and the office that end a text, with the `house` behind them if it is named; else None."""
    if len(text) > _LONGEST or text[-1:] in (".", ";", ":", ")", "") or "," not in text:
        return None
    return _SAID_BY.search(text)


def find_houses(text: str, names: Iterable[Finding]) -> Iterator[Finding]:
    """The house in an attribution, "Jane Doe, Director, Example Centre, Peru", unless its name is known."""
    said = said_by(text)
    if said is None or not said["house"]:
        return
    begin, end = said.span("house")
    named = list(names)
    country = next((n for n in named if n.end == end and n.values[0][0] == "countries"), None)
    if country and text[: country.start].endswith(", "):
        end = country.start - len(", ")
    if not any(n.start < end and begin < n.end for n in named if n is not country):
        yield Finding(begin, end, "unlisted", HOUSE, text=text[begin:end])
