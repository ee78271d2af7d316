"""Finding names: a trie of words over every alias of the registry, longest match first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from graph.registry import Registry
from loaders.findings import Finding
from loaders.wording import words_of

Values = tuple[tuple[str, str], ...]

_WORD_CHARACTER = re.compile(r"\w")
_GAP = re.compile(r"[ \-‐‑–,'’/&.+()]{1,3}")


_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))  # "twenty-first"


class _Folding(dict[int, str]):
    """For `str.translate`: letters and digits in one case, one for one, and a space for what stands between words."""

    def __missing__(self, code: int) -> str:
        forms = chr(code).casefold(), chr(code).lower(), chr(code)
        in_word = _WORD_CHARACTER.match(chr(code))
        self[code] = next(form for form in forms if len(form) == 1) if in_word else " "
        return self[code]


_FOLDED = _Folding()


@dataclass
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[tuple[str, str, str, int]] = field(default_factory=list)  # printed form if exact, kind, slug, breaks


class _Reading(NamedTuple):
    """A text, its words, and where each begins; an empty word ends them."""

    text: str
    words: list[str]
    starts: list[int]

    def end(self, after: int) -> int:
        """Where the last word before another one ends."""
        return self.starts[after] - 1


@dataclass
class NameIndex:
    """Every alias, word by word. Short forms and single words match as they are printed, longer names in any case."""

    root: _Node = field(default_factory=_Node)
    aliases: set[frozenset[str]] = field(default_factory=set)  # the words of each

    def add(self, alias: str, kind: str, slug: str, exact: bool = False) -> None:
        """Register an alias of the record `slug` in the file `kind`."""
        words = alias.translate(_FOLDED).split()
        if not words:
            return
        self.aliases.add(words_of(alias))
        self.__dict__.pop("_needed", None)
        node = self.root
        for word in words:
            node = node.children.setdefault(word, _Node())
        entry = (alias if exact or len(words) == 1 else "", kind, slug, _breaks(alias))
        if entry not in node.entries:
            node.entries.append(entry)

    def find(self, text: str) -> Iterator[Finding]:
        """The longest names from left to right; a name that several records share gives all of them."""
        words = text.translate(_FOLDED).split(" ")  # none between two that are no words
        first, after = self.root.children, 0
        begun = [number for number, word in enumerate(words) if word in first]
        if not begun:
            return
        lengths = [0, *accumulate(map(len, words))]
        read = _Reading(text, [*words, ""], [length + number for number, length in enumerate(lengths)])
        for index in begun:
            node = first[words[index]]
            following = read.words[index + 1]
            if index < after or not (node.entries or not following or following in node.children):
                continue
            if index and words[index - 1] in _TENS and text[read.starts[index] - 1] == "-":
                continue
            end, values = self._longest(read, index)
            if values and not self._cuts_name(read, index, end):
                after = end
                yield Finding(read.starts[index], read.end(end), "name", "name", values)

    def may_be_in(self, text: str) -> bool:
        """Whether a text has all words of some name."""
        words, by_word = words_of(text), self._needed
        return "" in by_word or any(needs <= words for word in by_word.keys() & words for needs in by_word[word])

    @cached_property
    def _needed(self) -> dict[str, list[frozenset[str]]]:
        """The words of each alias, by the one that fewest aliases have."""
        counts = Counter(word for words in self.aliases for word in words)
        rows = defaultdict[str, list[frozenset[str]]](list)
        for words in self.aliases:
            rows[min(words, key=lambda word: (counts[word], -len(word), word), default="")].append(words)
        return dict(rows)

    def _cuts_name(self, read: _Reading, start: int, end: int) -> bool:
        """Whether "secretariat of the United Nations" ends within a name, "the United Nations Institute for …"."""
        if read.words[start : start + 2] != ["secretariat", "of"]:
            return False
        return any(self._longest(read, at)[0] > end for at in range(start + 2, end))

    def _longest(self, read: _Reading, start: int) -> tuple[int, Values]:
        """Where the longest name that begins with a word ends, and what it names."""
        text, words, starts = read
        node: _Node | None = self.root.children.get(words[start])
        ends, at = [], start
        while node:
            at += 1
            if node.entries:
                ends.append((at, node.entries))
            gap = starts[at] - 1
            while at < len(words) - 1 and not words[at]:
                at += 1
            node = node.children.get(words[at])
            if node and text[gap : starts[at]] != " " and not _GAP.fullmatch(text, gap, starts[at]):
                break
        for end, entries in reversed(ends):
            printed = text[starts[start] : read.end(end)]
            breaks = _breaks(printed)
            fitting = [entry for entry in entries if entry[0] in ("", printed) and breaks <= entry[3]]
            if fitting:
                return end, tuple(dict.fromkeys((kind, slug) for _, kind, slug, _ in fitting))
        return 0, ()


def _breaks(name: str) -> int:
    """How often a name pauses: in running text it does not more often than in the registry."""
    return name.count(",") + name.count(" – ") + name.count(" - ")


_CENTRE = re.compile(
    r"(?:Basel|Stockholm|Basel and Stockholm) Convention (?:Regional|Coordinating) Centre "
    r"(?P<where>(?:(?P<seat>in)|for) .+)"
)


def build_index(registry: Registry) -> NameIndex:
    """The index of all names that the registry knows, except the implicit forms."""
    index = NameIndex()
    for kind in ("treaties", "organizations", "meetings", "persons", "systems", "countries"):
        for record in getattr(registry, kind):
            for alias in (record.name, *record.aliases):
                index.add(alias, kind, record.slug)
            for alias in (getattr(record, "short", ""), *getattr(record, "acronyms", ())):
                index.add(alias, kind, record.slug, exact=True)
    countries = {country.name for country in registry.countries}
    for organization in registry.organizations:
        # "regional centre in Senegal", "the centre in Dakar", "Ministry of the Environment, Japan"
        for centre in filter(None, map(_CENTRE.fullmatch, (organization.name, *organization.aliases))):
            index.add(f"regional centre {centre['where']}", "organizations", organization.slug)
            if centre["seat"]:
                joint = f"Basel and Stockholm Convention Regional Centre {centre['where']}"
                index.add(joint, "organizations", organization.slug)
                index.add(f"the centre {centre['where']}", "organizations", organization.slug)
        head, of, country = organization.name.rpartition(" of ")
        if of and organization.cls == "GovernmentBody" and country.removeprefix("the ") in countries:
            index.add(f"{head}, {country.removeprefix('the ')}", "organizations", organization.slug)
    return index
