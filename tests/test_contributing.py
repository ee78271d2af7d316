"""CONTRIBUTING.md, followed to the letter: each of its blocks is added where it says, and does what it says."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from places import Place, read

from graph.iri import BASE, graph_iri
from graph.registry import AUTHORITY, Registry, load_registry
from graph.validation import SHAPES, validate
from loaders import activity_words, acts, citations
from loaders.analysis import build_analyst
from server.examples import read_example

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Block:
    """A fenced block that names its file, and below which key of the file it goes."""

    path: str
    key: str
    text: str


def find_blocks() -> Iterator[Block]:
    for text in re.findall(r"^```(?:yaml|turtle)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        path, _, key = text.partition("\n")[0].removeprefix("# ").partition(": ")
        yield Block(path, key, text)


BLOCKS = list(find_blocks())


def block(path: str) -> Block:
    """The only block for a file."""
    (found,) = [block for block in BLOCKS if block.path == path]
    return found


def test_every_block_names_its_file() -> None:
    new = {"tests/shapes/place-name.ttl", "server/queries/regimes-by-name.ttl"}
    assert {block.path for block in BLOCKS if not (ROOT / block.path).exists()} == new


# ---- a treaty and an organization ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The registry of a copy of the authority files with the blocks of the page in their places."""
    folder = tmp_path_factory.mktemp("contributing") / "authority"
    shutil.copytree(AUTHORITY, folder)
    for item in BLOCKS:
        path = folder / Path(item.path).name
        if item.path.startswith("graph/authority/"):
            rows = [*load(path.read_text(encoding="utf-8")), *load(item.text)]
            rows.sort(key=lambda row: row["slug"])
            path.write_text(yaml.dump(rows, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    return load_registry(folder)


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def note(extended: Registry) -> list[Place]:
    """The paragraphs of the note that the page shows."""
    (text,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    facts = {"meeting": "example-cop-1", "publisher": "example-secretariat"}
    analysis = build_analyst(extended).analyse(read(text, **facts))
    return [Place(analysis, unit) for unit in analysis.document.units]


ROWS = re.findall(r"^\| (.+?) \| `(.+?)` \| (cited|mentioned) \|$", PAGE, re.MULTILINE)


def test_the_note_belongs_to_the_new_regime(note: list[Place]) -> None:
    assert [place.unit.path for place in note] == ["para_1", "para_2"]
    assert note[0].analysis.home == "example"
    assert note[0].analysis.unresolved == []


def test_the_words_refer_to_what_the_page_says(note: list[Place]) -> None:
    found = [
        (place.surface(mention), thing.path, "cited" if mention.cites else "mentioned")
        for place in note
        for mention in place.mentions
        for thing in mention.things
    ]
    assert sorted(found) == sorted(ROWS)


def test_the_series_pass_their_own_examples(extended: Registry) -> None:
    decisions, symbols = extended.series("example"), extended.symbols("example-cop")
    assert [decisions.identify(e.text) for e in decisions.examples] == [e.identifier for e in decisions.examples]
    assert [decisions.identify(text) for text in decisions.non_examples] == [None] * len(decisions.non_examples)
    assert all(re.fullmatch(symbols.pattern, text) for text in symbols.examples)
    assert not any(re.fullmatch(symbols.pattern, text) for text in symbols.non_examples)


@pytest.mark.parametrize("name", ["Example Institute for Rivers", "Institute for Example Rivers", "EXIR"])
def test_the_organization_is_found_by_each_of_its_names(extended: Registry, name: str) -> None:
    analysis = build_analyst(extended).analyse(read(f"1. One.\n\n2. The report of the {name} was late.\n"))
    assert Place(analysis, analysis.document.unit("para_2")).paths() == ["org/example-river-institute"]


# ---- words --------------------------------------------------------------------------------------------------------


def with_block(folder: Path, item: Block) -> Path:
    """A copy of the block's file with the block at its end, or at the end of the list below its key."""
    data = load((ROOT / item.path).read_text(encoding="utf-8"))
    (data[item.key] if item.key else data).extend(load(item.text))
    path = folder / Path(item.path).name
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_the_way_to_cite_finds_its_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = citations.load_patterns(with_block(tmp_path, block("loaders/data/citations.yaml")))
    monkeypatch.setattr(citations, "load_patterns", lambda: patterns)
    for text, places in patterns[-1].examples:
        found = [f for f in citations.find_provisions(text) if f.rule == patterns[-1].name]
        assert ["/".join(f"{kind}_{number}" for kind, number in f.values) for f in found] == list(places)
    assert not any(patterns[-1].regex.search(text) for text in patterns[-1].counter_examples)


def test_the_verb_is_read_and_its_concept_is_in_the_scheme(tmp_path: Path) -> None:
    verb = acts.load_verbs(with_block(tmp_path, block("loaders/data/verbs.yaml")))[-1]
    assert (verb.present[0], verb.past, verb.gerund) == ("Deplores", ("deplored",), ("Deploring",))
    scheme = (ROOT / "ontology" / "schemes.ttl").read_text(encoding="utf-8") + block("ontology/schemes.ttl").text
    concepts = {
        quad.subject.value.removeprefix(BASE)
        for quad in ox.parse(scheme.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
        if isinstance(quad.subject, ox.NamedNode) and quad.predicate.value.endswith("#inScheme")
    }
    assert f"act-type/{verb.type}" in concepts


def test_the_word_for_activities_is_found_in_its_example(tmp_path: Path) -> None:
    words = activity_words.load_words(with_block(tmp_path, block("loaders/data/activities.yaml")))
    example = words.verbs.rows[-1][1]["example"]
    assert [match[0] for match, _ in words.verbs_in(example)] == ["mapped"]


# ---- a shape and a query ------------------------------------------------------------------------------------------


def test_the_fixture_breaks_the_shape_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(SHAPES, tmp_path, dirs_exist_ok=True)
    shape = block("shapes/activities.ttl")
    with (tmp_path / "activities.ttl").open("a", encoding="utf-8") as file:
        file.write(shape.text)
    base = (ROOT / "tests" / "shapes" / "base.ttl").read_text(encoding="utf-8")
    triples = ox.parse((base + block("tests/shapes/place-name.ttl").text).encode(), **TURTLE)
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph_iri("note")) for t in triples]
    assert [(v.shape, v.severity) for v in validate(quads, tmp_path).results] == [("place-name", "Violation")]


TURTLE: Any = {"format": ox.RdfFormat.TURTLE, "base_iri": BASE}


def test_the_query_can_be_run(tmp_path: Path) -> None:
    item = block("server/queries/regimes-by-name.ttl")
    path = tmp_path / Path(item.path).name
    path.write_text(item.text, encoding="utf-8")
    example = read_example(path)
    store = ox.Store()
    store.load(path=ROOT / "tests" / "shapes" / "base.ttl", **TURTLE)
    solutions: Any = store.query(example.text)
    assert [row["name"].value for row in solutions] == ["BRS regime", "Basel regime", "Minamata regime"]
