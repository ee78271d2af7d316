"""Full-text search without SPARQL: an index of labels, titles, abstracts and text, built once for each version.

It is made in the nursery and shared by all workers forked from it. All words have to occur, the last one may be the
beginning of a word; rare words and words of a name count most.
"""

import math
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from graph.terms import DCTERMS, MEA, SKOS, TYPE

FIELDS = {  # what is searched, and how much a word in it counts
    SKOS.prefLabel: 8,
    DCTERMS.identifier: 8,
    SKOS.altLabel: 6,
    DCTERMS.title: 5,
    DCTERMS.abstract: 3,
    MEA.text: 1,
}
NAMES = (SKOS.prefLabel, DCTERMS.title, DCTERMS.identifier)
PASSAGES = (MEA.text, DCTERMS.abstract)
WORD = re.compile(r"\w+")
COMMON = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "is",
    "it",
    "of",
    "on",
    "or",
    "that",
    "the",
    "to",
    "with",
}
MOST_WORDS = 16  # of a search; further ones are left out of account
MOST_ENDINGS = 200  # words that the beginning of a word may stand for
AROUND = 90  # characters shown on each side of the first word found


def words(text: str) -> list[str]:
    """The words in lower case and without accents.

    >>> words("Décision MC-5/12 on the Artisanal miners")
    ['decision', 'mc', '5', '12', 'artisanal', 'miners']
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return [word for word in WORD.findall(plain) if word not in COMMON]


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    iri: str
    label: str
    types: list[str]
    snippet: str


@dataclass(frozen=True)
class Found:
    """The first hits, best first, and how many there are."""

    total: int
    hits: list[Hit]


class Index:
    """Which words occur where, for the default graph of a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self.things: list[ox.NamedNode] = []
        self.places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        numbers: dict[object, int] = {}
        for predicate, weight in FIELDS.items():
            for quad in store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    number = numbers.setdefault(quad.subject, len(numbers))
                    if number == len(self.things):
                        self.things.append(quad.subject)
                    for word in set(words(quad.object.value)):
                        self.places[word].append(number * 16 + weight)
        self.sorted = sorted(self.places)

    def search(self, text: str, limit: int) -> Found:
        """The things that hold all these words."""
        wanted = words(text)[:MOST_WORDS]
        if not wanted:
            return Found(0, [])
        scores = self.scores(self.endings(wanted[-1]))
        for word in wanted[:-1]:
            more = self.scores([word])
            scores = {thing: score + more[thing] for thing, score in scores.items() if thing in more}
        best = sorted(
            scores, key=lambda thing: (-scores[thing], len(self.things[thing].value), self.things[thing].value)
        )
        return Found(len(best), [self.describe(self.things[thing], wanted) for thing in best[:limit]])

    def endings(self, start: str) -> list[str]:
        """The words that begin like this."""
        found = islice(self.sorted, bisect_left(self.sorted, start), None)
        return [word for word in islice(found, MOST_ENDINGS) if word.startswith(start)]

    def scores(self, alternatives: list[str]) -> dict[int, float]:
        """What each thing gets for one of these words: the best of its fields."""
        scores: dict[int, float] = {}
        for word in alternatives:
            places = self.places.get(word, array("I"))
            rarity = math.log(1 + len(self.things) / max(len(places), 1))
            for place in places:
                thing, weight = divmod(place, 16)
                scores[thing] = max(scores.get(thing, 0.0), weight * rarity)
        return scores

    def describe(self, thing: ox.NamedNode, wanted: list[str]) -> Hit:
        """With its name, its classes, and the place in its text."""
        name = next((value for p in NAMES for value in self.values(thing, p)), "")
        passage = next((value for p in PASSAGES for value in self.values(thing, p)), "")
        return Hit(thing.value, name, sorted(self.values(thing, TYPE)), cut(passage, wanted))

    def values(self, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
        """Texts or IRIs."""
        quads = self.store.quads_for_pattern(thing, predicate, None, ox.DefaultGraph())
        return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal | ox.NamedNode)]


def cut(text: str, wanted: list[str]) -> str:
    """The text around the first of the words.

    >>> cut("x " * 80 + "mercury", ["mercury"])[:5]
    '… x x'
    """
    places = (match.start() for match in WORD.finditer(text) if set(words(match.group())) & set(wanted))
    start = max(0, next(places, 0) - AROUND)
    piece = text[start : start + 2 * AROUND].strip()
    return ("… " if start else "") + piece + (" …" if start + 2 * AROUND < len(text) else "")
