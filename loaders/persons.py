"""The persons that a text names."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.iri import key_of
from graph.registry import Registry
from loaders.attributions import NAME, said_by
from loaders.document import Unit
from loaders.findings import Mention, Thing
from loaders.names import NameIndex
from loaders.triggers import Regex

_TITLED = Regex(rf"(?<!\w)(?:Mr|Ms|Mrs|Dr|Prof|H\.E)\.?\s+(?:Dr\.\s+)?(?P<name>{NAME})")
_BRACKETS = Regex(r"\((?P<inside>[^()]{3,60})\)")
_BEHIND = Regex(rf"\s+{_BRACKETS.regex.pattern}")
_IN_BRACKETS = Regex(rf"(?<![\w-])(?P<name>{NAME})\s+{_BRACKETS.regex.pattern}")
_ADDRESS = Regex(r"\S+@\S+")
_SIGNED = Regex(rf"^(?P<name>{NAME})(?:,.*)?$", re.MULTILINE)
_LEAD = Regex(r"^(?:Mr|Ms|Mrs|Dr|Prof|H\.E)\.?\s+|^(?:For|The|And|Co-Chair|Chair|Dear|Geneva)\s+")
ROLES = (
    (Regex(r"[Cc]o-?[Cc]hair|\bco-chaired|chair(?:person|man|woman)ship", re.IGNORECASE), "Co-chair"),
    (Regex(r"\bExecutive Secretary\b"), "Executive Secretary"),
    (Regex(r"\bExecutive Director\b"), "Executive Director"),
    (Regex(r"\bDirector[- ]General\b"), "Director General"),
    (Regex(r"\bPresident\b|\bpresided\b"), "President"),
    (Regex(r"\bVice-President\b"), "Vice-President"),
    (Regex(r"\bChair\b|(?<![\w-])chaired\b"), "Chair"),
    (Regex(r"\bMinister\b"), "Minister"),
    (Regex(r"\bDirector\b"), "Director"),
    (Regex(r"\b(?:Head|Chief)\b"), "Head"),
    (Regex(r"\bCoordinator\b"), "Coordinator"),
    (Regex(r"\bOfficer\b"), "Officer"),
    (Regex(r"\bmembers?\b"), "Member"),
)


@dataclass(frozen=True)
class PersonMention:
    """A person at a place of a unit."""

    start: int
    end: int
    thing: Thing


class PersonFinder:
    """Finds persons in the units of a document, and knows countries by their names."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.names = {alias: person.slug for person in registry.persons for alias in (person.name, *person.aliases)}
        self.countries = {alias.casefold(): c.slug for c in registry.countries for alias in (c.name, *c.aliases)}
        self.known = Regex("|".join(sorted(map(re.escape, self.names), key=len, reverse=True)) or r"(?!)")
        self.index = NameIndex()
        for name in self.names:
            self.index.add(name, "persons", self.names[name])

    def find(self, unit: Unit, taken: list[Mention]) -> list[PersonMention]:
        """The persons that a unit names, in order, none inside another mention."""
        found: dict[tuple[int, int], PersonMention] = {}
        for start, end in self._spans(unit):
            lead = _LEAD.match(unit.text[start:end])
            begin = start + (lead.end() if lead else 0)
            overlapping = any(begin < m.end and m.start < end for m in taken)
            if overlapping or any(begin < e and s < end for s, e in found) or " " not in unit.text[begin:end]:
                continue
            found[begin, end] = PersonMention(begin, end, self._thing(unit.text[begin:end]))
        return [found[span] for span in sorted(found)]

    def _spans(self, unit: Unit) -> Iterator[tuple[int, int]]:
        for match in self.known.finditer(unit.text) if self.index.may_be_in(unit.text) else ():
            yield match.span()
        for match in _TITLED.finditer(unit.text):
            yield match.span("name")
        if said := said_by(unit.text):
            yield said.span("name")
        if any(self._is_of_person(match["inside"]) for match in _BRACKETS.finditer(unit.text)):
            for match in _IN_BRACKETS.finditer(unit.text):
                if self._is_of_person(match["inside"]) and not _is_title(match["name"]):
                    yield match.span("name")
        if unit.path.endswith("signature"):
            for match in _SIGNED.finditer(unit.text):
                if len(match["name"].split()) > 1 and not _is_title(match["name"]):
                    yield match.span("name")

    def _is_of_person(self, inside: str) -> bool:
        """Whether brackets hold what stands behind the name of a person: a country or an address."""
        return bool(self.country(inside) or _ADDRESS.fullmatch(inside))

    def _thing(self, name: str) -> Thing:
        printed = " ".join(name.split())
        slug = self.names.get(printed)
        if slug:
            return Thing(f"person/{slug}")
        bare = "".join(c for c in unicodedata.normalize("NFKD", printed) if not unicodedata.combining(c))
        return Thing(f"person/{key_of(bare).lower()}", "Person", "", printed)

    def country(self, text: str) -> str:
        """The slug of the country of this name; empty when there is none."""
        return self.countries.get(re.sub(r"^the ", "", text.strip().casefold()), "")

    def state_behind(self, unit: Unit, person: PersonMention) -> str:
        """The State in brackets behind a name, "Ms. Doe (Peru)"; empty when there is none."""
        match = _BEHIND.match(unit.text, person.end)
        return self.country(match["inside"]) if match else ""


def with_full_names(unit: Unit, persons: list[PersonMention], fuller: dict[str, Thing]) -> list[PersonMention]:
    """The persons, "Mr. Example Doe" as the Peter Example Doe named before; `fuller` has the ends of names so far."""
    found = []
    for person in persons:
        words = unit.text[person.start : person.end].split()
        thing = fuller.get(" ".join(words), person.thing)
        for first in range(1, len(words) - 1):
            fuller.setdefault(" ".join(words[first:]), thing)
        found.append(replace(person, thing=thing))
    return found


def _is_title(name: str) -> bool:
    """Whether words in capitals are what someone is, and not a name: "Scientific Officer"."""
    return any(regex.search(name) for regex, _ in ROLES)
