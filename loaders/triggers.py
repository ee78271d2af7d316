"""Patterns that look for a few literals before they run.

Most patterns find nothing in most paragraphs, and to look for a literal takes a fraction of the time of looking for a
pattern. The literals are read off the pattern, so that whoever writes one need not think of them: those with which
every match begins ("Annex", "annex"), so that the pattern is tried at these places alone, or else those of which every
match holds one, so that it is tried on texts that hold one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from sys import maxsize
from typing import Generic, TypeVar

from loaders.literals import Literals, needed, needed_words, starts
from loaders.wording import words_of

T = TypeVar("T")
F = TypeVar("F")
Matches = Iterable[re.Match[str]]

_LONG = 4000  # characters of a text that is looked through only around the place where a match is sought
_AROUND = 200  # characters before it that a match may look back at
_MOST_STARTS = 24  # beyond, looking for each place takes as long as the pattern


class Regex:
    """A regular expression that looks for its literals first; what it finds is what `regex` finds by itself."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.regex = regex = re.compile(pattern, flags)
        self.any_case = bool(regex.flags & re.IGNORECASE)
        self.literals = needed(pattern, flags)
        self.match: Callable[..., re.Match[str] | None] = regex.match
        self.fullmatch: Callable[..., re.Match[str] | None] = regex.fullmatch
        self.search: Callable[..., re.Match[str] | None] = regex.search
        self.finditer: Callable[..., Matches] = regex.finditer
        self.sub: Callable[..., str] = regex.sub
        begins = starts(pattern, flags)
        if 0 < len(begins) <= _MOST_STARTS and min(map(len, begins)) > 1:
            self.search, self.finditer = _tried_at(begins, regex, self.any_case)
        if self.literals:
            held = _if_held(self.literals, self.any_case, lambda *_: True, False)
            self.sub = lambda new, text: regex.sub(new, text) if held(text) else text
            self.search = _if_held(self.literals, self.any_case, self.search, None)
            self.finditer = _if_held(self.literals, self.any_case, self.finditer, ())

    def tried_at(self, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
        """What the pattern finds in a text, when these are all places where it may begin."""
        end = 0
        for place in sorted(places):
            if place >= end and (found := self.match(text, place)):
                yield found
                end = found.end()

    @cached_property
    def words(self) -> Literals:
        """Small words of which a text has one in which the pattern matches; none when not known."""
        return needed_words(self.regex.pattern, self.regex.flags)

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the words, which costs little where other patterns ask for them, too."""
        return not self.words or not self.words.isdisjoint(words_of(text))


class Regexes(Generic[T]):
    """Patterns that are tried one after the other, each with what it stands for: one look at a text serves all."""

    def __init__(self, rows: Iterable[tuple[Regex, T]]) -> None:
        self.rows = tuple(rows)
        words, literals = defaultdict[str, int](int), defaultdict[str, int](int)
        for number, (regex, _) in enumerate(self.rows):
            for word in regex.words:
                words[word] |= 1 << number
            for literal in () if regex.words else regex.literals:
                literals[literal if regex.any_case else folded(literal)] |= 1 << number
        unknown = (number for number, (regex, _) in enumerate(self.rows) if not (regex.words or regex.literals))
        self._always = sum(1 << number for number in unknown)
        self._words, self._literals = dict(words), tuple(sorted(literals.items()))

    def of(self, text: str) -> Sequence[tuple[Regex, T]]:
        """The rows whose pattern may match somewhere in a text, in their order."""
        found = self._always
        for word in self._words.keys() & words_of(text):
            found |= self._words[word]
        if self._literals:
            small = folded(text)
            for rows in [rows for literal, rows in self._literals if literal in small]:
                found |= rows
        return [row for number, row in enumerate(self.rows) if found >> number & 1] if found else ()


def _if_held(literals: Literals, any_case: bool, find: Callable[..., F], nothing: F) -> Callable[..., F]:
    """`find` for texts that hold one of the literals, `nothing` for others."""
    first, *more = sorted(literals)

    def found(text: str, begin: int = 0, end: int = maxsize) -> F:
        here = text if len(text) < _LONG else text[max(0, begin - _AROUND) : end]
        if first in here:
            return find(text, begin, end)
        for literal in more:
            if literal in here:
                return find(text, begin, end)
        return nothing

    def found_in_any_case(text: str, begin: int = 0, end: int = maxsize) -> F:
        small = folded(text)
        small = small if len(small) < _LONG or len(small) != len(text) else small[max(0, begin - _AROUND) : end]
        for literal in literals:
            if literal in small:
                return find(text, begin, end)
        return nothing

    return found_in_any_case if any_case else found


def _tried_at(
    begins: Literals, regex: re.Pattern[str], any_case: bool
) -> tuple[Callable[..., re.Match[str] | None], Callable[..., Matches]]:
    """`search` and `finditer` of a pattern, tried where one of the literals stands that begin its matches."""
    ordered, match = sorted(begins), regex.match

    def places(text: str, begin: int, end: int) -> list[int] | range:
        sought = folded(text) if any_case else text
        if len(sought) != len(text):
            return range(begin, min(end, len(text)))
        found = []
        for literal in ordered:
            at = sought.find(literal, begin, end)
            while at >= 0:
                found.append(at)
                at = sought.find(literal, at + 1, end)
        return sorted(found)

    def search(text: str, begin: int = 0, end: int = maxsize) -> re.Match[str] | None:
        for at in places(text, begin, end):
            if found := match(text, at, end):
                return found
        return None

    def finditer(text: str, begin: int = 0, end: int = maxsize) -> Matches:
        matches = []
        for at in places(text, begin, end):
            if at >= begin and (found := match(text, at, end)):
                matches.append(found)
                begin = found.end()
        return matches

    return search, finditer


@lru_cache(maxsize=4)  # one text is tried with many patterns
def folded(text: str) -> str:
    """The text with each character that matches a small ASCII letter in any case as that letter."""
    small = text.lower()
    return small if small.isascii() else small.replace("i̇", "i").replace("ı", "i").replace("ſ", "s")
