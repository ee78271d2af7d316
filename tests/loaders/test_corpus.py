"""The invented documents of two folders against their truth: no category may fall below its floor.

`tests/corpus` was written beside the rules, `tests/corpus_by_others` by people who did not know them: what it scores is
nearer to what a reader's own documents score. The texts are in the styles of the bodies whose documents are loaded;
meetings, numbers and events in them are made up.

`tests/readings` is the truth of three real documents, read by others, too; their texts lie beside the repository.

The truth beside each (`*.json`, in the format of the gold annotations) is written from the text, never from what a
loader prints: a loader that disagrees is wrong until a reader agrees with it. `"debatable"` marks what readers may see
differently.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph.building import complete
from graph.registry import Registry
from loaders.analysis import Analysis, Analyst
from loaders.findings import Thing
from loaders.loading import load_folder, with_known_references
from loaders.manifest import list_documents
from loaders.reading import SUFFIXES, read_document

TESTS = Path(__file__).parents[1]
DOCUMENTS = TESTS.parents[1] / "shared" / "documents"
FLOORS = {
    "corpus": {"structure": 0.99, "citations": 0.985, "treaties": 0.98, "organizations": 0.98, "operative": 0.98},
    "corpus_by_others": {
        "structure": 0.99,
        "citations": 0.97,
        "treaties": 0.965,
        "organizations": 0.955,
        "operative": 0.955,
    },
}
READINGS = {"citations": 0.96, "treaties": 0.96, "operative": 0.9}
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
    """A printed place; nothing where the truth has none by number, and `front` for all that stands around the text."""
    if truth["labels"] != "numbered":
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


@dataclass(frozen=True)
class Found:
    """A fact by all its names; one that is not `sure` may be found, and is never spurious."""

    place: str
    names: frozenset[str]
    sure: bool = True


def found(analysis: Analysis, registry: Registry, truth: dict[str, Any], category: str) -> Iterator[Found]:
    for unit in analysis.document.units:
        where = place(unit.label, truth)
        if category == "operative":
            yield from (Found(where, frozenset({act.type})) for act in analysis.acts.get(unit.path, ()))
            continue
        for mention in analysis.mentions[unit.path]:
            if len(mention.things) == 1 and (names := names_of(mention.things[0], registry, category)):
                yield Found(where, frozenset(n.casefold() for n in names), is_sure(mention.things[0].path))


def names_of(thing: Thing, registry: Registry, category: str) -> tuple[str, ...]:
    """The names under which a category knows a thing; a meeting goes by those of its body."""
    kind, _, slug = thing.path.partition("/")
    if category == "citations" and thing.identifier and kind in ("decision", "doc", "sdg", "treaty"):
        return (thing.identifier,)
    if category == "treaties" and kind == "treaty" and "/" not in slug:
        treaty = registry.treaty(slug)
        return treaty.name, treaty.short, *treaty.aliases
    if category == "organizations" and kind == "meeting" and registry.knows("meetings", slug):
        kind, slug = "org", registry.meeting(slug).body
    if category == "organizations" and kind == "org":
        states = [(c.name, *c.aliases) for c in registry.countries if c.slug == slug]
        bodies = [(o.name, *o.aliases, *o.acronyms) for o in registry.organizations if o.slug == slug]
        return next(iter((*states, *bodies)), ())
    return ()


def is_sure(path: str) -> bool:
    """Whether a mention counts as spurious when the truth does not have it: not a meeting, not just "parties"."""
    return not path.startswith("meeting/") and not path.endswith("-parties")


def say_as_wanted(facts: Iterable[Found], ways: set[Fact]) -> set[Fact]:
    """Each fact by the name that the truth uses, else by its first."""
    said = set()
    for fact in facts:
        known = {(fact.place, name) for name in fact.names} & ways
        said |= known or ({(fact.place, min(fact.names))} if fact.sure else set())
    return said


# ---- comparison ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tallies(registry: Registry, analyst: Analyst) -> dict[str, dict[str, Tally]]:
    """By folder and category."""
    return {
        folder: tally(TESTS / folder, TESTS / folder, floors, registry, analyst) for folder, floors in FLOORS.items()
    }


def tally(
    folder: Path, truths: Path, floors: dict[str, float], registry: Registry, analyst: Analyst
) -> dict[str, Tally]:
    """The documents of a folder that have a truth against it, by category."""
    tallies = {category: Tally() for category in floors}
    for path, info in list_documents(folder, SUFFIXES).documents:
        known = truths / f"{path.stem}.json"
        if not known.exists():
            continue
        truth = json.loads(known.read_text(encoding="utf-8"))
        assert truth["document"] == info.key
        analysis = analyst.analyse(read_document(path, with_known_references(info, registry)[0]))
        for category, counts in tallies.items():
            items = list(wanted(truth, category))
            if category == "structure":
                labels = {("", unit.label.casefold()) for unit in analysis.document.units}
                counts.count(info.key, items, labels & {fact for ways, _ in items for fact in ways})
            else:
                ways = {fact for names, _ in items for fact in names}
                counts.count(info.key, items, say_as_wanted(found(analysis, registry, truth, category), ways))
    return tallies


@pytest.mark.parametrize(
    ("folder", "category"), [(folder, name) for folder, floors in FLOORS.items() for name in floors]
)
def test_no_category_falls_below_its_floor(tallies: dict[str, dict[str, Tally]], folder: str, category: str) -> None:
    tally = tallies[folder][category]
    assert tally.hits
    floor = FLOORS[folder][category]
    assert tally.f1 >= floor, "\n".join([f"{tally.f1:.3f}", *tally.missed, "spurious:", *tally.spurious])


@pytest.mark.skipif(not DOCUMENTS.exists(), reason="the documents are not beside the repository")
def test_real_documents_are_read_as_others_read_them(registry: Registry, analyst: Analyst) -> None:
    tallies = tally(DOCUMENTS, TESTS / "readings", READINGS, registry, analyst)
    assert {category: tally.f1 >= READINGS[category] for category, tally in tallies.items()} == dict.fromkeys(
        READINGS, True
    ), {category: (round(tally.f1, 3), tally.missed, tally.spurious) for category, tally in tallies.items()}


@pytest.mark.parametrize("folder", FLOORS)
def test_every_text_has_its_truth_and_its_row(folder: str) -> None:
    listing = list_documents(TESTS / folder, SUFFIXES)
    assert listing.faults == []
    assert [note for note in listing.notes if ".json" not in note] == []
    texts = {path.with_suffix(".json").name for path, _ in listing.documents}
    assert texts == {path.name for path in (TESTS / folder).glob("*.json")}


@pytest.mark.parametrize("folder", FLOORS)
def test_a_build_of_the_folder_passes_the_shapes(folder: str, registry: Registry) -> None:
    loaded = load_folder(TESTS / folder, registry, silent)
    assert loaded.faults == []
    assert len(loaded.graphs) > 20
    assert complete(loaded.graphs, registry, silent).faults() == []


def silent(_: str) -> None:
    """Progress that nobody reads."""


@pytest.mark.parametrize("folder", FLOORS)
def test_footnotes_find_their_hosts(folder: str, analyst: Analyst, registry: Registry) -> None:
    for path, info in list_documents(TESTS / folder, SUFFIXES).documents:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        document = analyst.analyse(read_document(path, with_known_references(info, registry)[0])).document
        for item in (item for item in truth["structure"] if "host" in item and "footnote" in item["label"]):
            notes = [unit for unit in document.units if unit.label == item["label"]]
            hosts = [document.unit(note.note_of).label for note in notes]
            assert hosts in ([], [item["host"]]), f"{info.key}, {item['label']}"
