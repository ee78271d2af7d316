"""Finding names: a trie of words over every alias of the registry, longest match first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graph.registry import Registry
from loaders.findings import Finding
from loaders.wording import words_of

_WORD = re.compile(r"(\w+)")
_GAP = re.compile(r"[ \-‐‑–,'’/&.+()]{1,3}")


_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))  # "twenty-first"


@dataclass
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[tuple[str, str, str, int]] = field(default_factory=list)  # printed form if exact, kind, slug, breaks


@dataclass
class NameIndex:
    """Every alias, word by word. Short forms and single words match as they are printed, longer names in any case."""

    root: _Node = field(default_factory=_Node)
    aliases: set[frozenset[str]] = field(default_factory=set)  # the words of each

    def add(self, alias: str, kind: str, slug: str, exact: bool = False) -> None:
        """Register an alias of the record `slug` in the file `kind`."""
        words = _WORD.findall(alias)
        if not words:
            return
        self.aliases.add(words_of(alias))
        self.__dict__.pop("_needed", None)
        node = self.root
        for word in words:
            node = node.children.setdefault(word.casefold(), _Node())
        entry = (alias if exact or len(words) == 1 else "", kind, slug, _breaks(alias))
        if entry not in node.entries:
            node.entries.append(entry)

    def find(self, text: str) -> Iterator[Finding]:
        """The longest names from left to right; a name that several records share gives all of them."""
        pieces = _WORD.split(text)  # what stands before the first word, the word, what stands before the next …
        folded = [*" ".join(pieces[1::2]).casefold().split(" "), ""]
        first, after = self.root.children, 0
        done = end = 0
        for index in [number for number, word in enumerate(folded) if word in first]:
            node = first[folded[index]]
            if index < after or not (node.entries or folded[index + 1] in node.children):
                continue
            if index and pieces[2 * index] == "-" and folded[index - 1] in _TENS:
                continue
            length, values = self._longest(pieces, folded, index)
            if length and not self._cuts_name(pieces, folded, index, length):
                after = index + length
                start = end + sum(map(len, pieces[done : 2 * index + 1]))
                end = start + sum(map(len, pieces[2 * index + 1 : 2 * after]))
                done = 2 * after
                yield Finding(start, end, "name", "name", values)

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

    def _cuts_name(self, pieces: list[str], folded: list[str], start: int, length: int) -> bool:
        """Whether "secretariat of the United Nations" ends within a name, "the United Nations Institute for …"."""
        end = start + length
        if folded[start : start + 2] != ["secretariat", "of"]:
            return False
        return any(at + self._longest(pieces, folded, at)[0] > end for at in range(start + 2, end))

    def _longest(self, pieces: list[str], folded: list[str], start: int) -> tuple[int, tuple[tuple[str, str], ...]]:
        node = self.root
        ends = []
        for offset in range(start, len(folded)):
            child = node.children.get(folded[offset])
            if child is None or (offset > start and (gap := pieces[2 * offset]) != " " and not _GAP.fullmatch(gap)):
                break
            node = child
            if node.entries:
                ends.append((offset + 1, node.entries))
        for end, entries in reversed(ends):
            printed = "".join(pieces[2 * start + 1 : 2 * end])
            breaks = _breaks(printed)
            fitting = [entry for entry in entries if entry[0] in ("", printed) and breaks <= entry[3]]
            if fitting:
                return end - start, tuple(dict.fromkeys((kind, slug) for _, kind, slug, _ in fitting))
        return 0, ()


def _breaks(name: str) -> int:
    """How often a name pauses: in running text it does not more often than in the registry."""
    return name.count(",") + name.count(" – ") + name.count(" - ")


def build_index(registry: Registry) -> NameIndex:
    """The index of all names that the registry knows, except the implicit forms."""
    index = NameIndex()
    for kind in ("treaties", "organizations", "meetings", "persons", "systems", "countries"):
        for record in getattr(registry, kind):
            for alias in (record.name, *record.aliases):
                index.add(alias, kind, record.slug)
            for alias in (getattr(record, "short", ""), *getattr(record, "acronyms", ())):
                index.add(alias, kind, record.slug, exact=True)
    return index
