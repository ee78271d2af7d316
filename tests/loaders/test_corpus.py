"""The invented documents of tests/corpus against their truth: no category may fall below its floor.

The texts are in the styles of the bodies whose documents are loaded; meetings, numbers and events in them are made up.
The truth beside each (`*.json`, in the format of the gold annotations) is written from the text, never from what a
loader prints: a loader that disagrees is wrong until a reader agrees with it. `"debatable"` marks what readers may see
differently.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.registry import Registry
from loaders.analysis import Analysis, Analyst
from loaders.findings import Thing
from loaders.manifest import list_documents
from loaders.reading import SUFFIXES, read_document

CORPUS = Path(__file__).parents[1] / "corpus"
FLOORS = {"structure": 0.97, "citations": 0.85, "treaties": 0.85, "organizations": 0.95, "operative": 0.85}
FRONT = {"header", "title", "signature", "chapeau", "annex title", "annex chapeau", "annex I title", "annex I chapeau"}

Fact = tuple[str, str]


@dataclass
class Tally:
    """Hits, misses and spurious facts of one category."""

    hits: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)

    def count(self, document: str, wanted: list[tuple[set[Fact], bool]], found: set[Fact]) -> None:
        """Compare; each wanted fact is a set of ways to say it, and whether it must be found."""
        for ways, certain in wanted:
            self.hits += certain and bool(ways & found)
            if certain and not ways & found:
                self.missed.append(f"{document} {min(ways)}")
        allowed = {fact for ways, _ in wanted for fact in ways}
        self.spurious += [f"{document} {fact}" for fact in sorted(found - allowed)]

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + len(self.missed) + len(self.spurious))


def place(label: str, truth: dict[str, Any]) -> str:
    """A printed place; nothing where the document has no numbers, and `front` for all that stands around the text."""
    if truth["labels"] == "sections":
        return ""
    return "front" if label in FRONT else label.removeprefix("para ")


# ---- what the truth says ------------------------------------------------------------------------------------------


def wanted(truth: dict[str, Any], category: str) -> Iterator[tuple[set[Fact], bool]]:
    for item in truth[category]:
        where = "" if category == "structure" else place(item["label"], truth)
        yield {(where, name.casefold()) for name in names_in(item, category)}, not item.get("debatable", False)


def names_in(item: dict[str, Any], category: str) -> list[str]:
    match category:
        case "structure":
            return [item["label"]]
        case "citations":
            return [item["id"]]
        case "treaties":
            return [item["treaty"]]
        case "organizations":
            return [item["name"], *item.get("alternatives", ())]
        case _:
            return [item["act"].replace(" ", "-")]


# ---- what the loader says -----------------------------------------------------------------------------------------


def found(
    analysis: Analysis, registry: Registry, truth: dict[str, Any], category: str
) -> set[tuple[str, frozenset[str]]]:
    """(place, names) of every fact; a thing goes by all its names."""
    facts = set()
    for unit in analysis.document.units:
        where = place(unit.label, truth)
        if category == "operative":
            facts |= {(where, frozenset({act.type})) for act in analysis.acts.get(unit.path, ())}
            continue
        for mention in analysis.mentions[unit.path]:
            names = names_of(mention.things[0], registry, category) if len(mention.things) == 1 else frozenset()
            facts |= {(where, names)} if names else set()
    return facts


def names_of(thing: Thing, registry: Registry, category: str) -> frozenset[str]:
    kind, _, slug = thing.path.partition("/")
    if category == "citations" and thing.identifier and kind in ("decision", "doc", "sdg", "treaty"):
        return frozenset({thing.identifier.casefold()})
    if category == "treaties" and kind == "treaty" and "/" not in slug:
        treaty = registry.treaty(slug)
        return frozenset(name.casefold() for name in (treaty.name, treaty.short, *treaty.aliases))
    if category == "organizations" and kind == "org":
        bodies = [(o.name, *o.aliases, *o.acronyms) for o in registry.organizations if o.slug == slug]
        states = [(c.name, *c.aliases) for c in registry.countries if c.slug == slug]
        return frozenset(name.casefold() for names in (*bodies, *states) for name in names)
    return frozenset()


def say_as_wanted(facts: set[tuple[str, frozenset[str]]], ways: set[Fact]) -> set[Fact]:
    """Each fact by the name that the truth uses, else by its first."""
    said = set()
    for where, names in facts:
        known = [name for name in sorted(names) if (where, name) in ways]
        said |= {(where, name) for name in known or [min(names)]}
    return said


# ---- comparison ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tallies(registry: Registry, analyst: Analyst) -> dict[str, Tally]:
    tallies = {category: Tally() for category in FLOORS}
    for path, info in list_documents(CORPUS, SUFFIXES).documents:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert truth["document"] == info.key
        analysis = analyst.analyse(read_document(path, info))
        for category, tally in tallies.items():
            items = list(wanted(truth, category))
            if category == "structure":
                labels = {("", unit.label.casefold()) for unit in analysis.document.units}
                tally.count(info.key, items, labels & {fact for ways, _ in items for fact in ways})
            else:
                ways = {fact for names, _ in items for fact in names}
                tally.count(info.key, items, say_as_wanted(found(analysis, registry, truth, category), ways))
    return tallies


@pytest.mark.parametrize("category", FLOORS)
def test_no_category_falls_below_its_floor(tallies: dict[str, Tally], category: str) -> None:
    tally = tallies[category]
    assert tally.hits
    assert tally.f1 >= FLOORS[category], "\n".join([f"{tally.f1:.3f}", *tally.missed, "spurious:", *tally.spurious])


def test_every_text_has_its_truth_and_its_row() -> None:
    listing = list_documents(CORPUS, SUFFIXES)
    assert listing.faults == []
    assert [note for note in listing.notes if ".json" not in note] == []
    assert {path.with_suffix(".json").name for path, _ in listing.documents} == {p.name for p in CORPUS.glob("*.json")}


def test_footnotes_find_their_hosts(analyst: Analyst) -> None:
    for path, info in list_documents(CORPUS, SUFFIXES).documents:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        document = analyst.analyse(read_document(path, info)).document
        for item in (item for item in truth["structure"] if "host" in item):
            note = next(unit for unit in document.units if unit.label == item["label"])
            assert document.unit(note.note_of).label == item["host"], f"{info.key}, {item['label']}"
