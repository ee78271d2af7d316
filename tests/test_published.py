"""The published graph: made from the documents as the loaders stand, conforming, sorted, and without their text."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from graph import building, nquads
from graph.registry import Registry
from graph.terms import DCTERMS, MEA, SKOS
from loaders.loading import load_folder

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "graph" / "published"
DOCUMENTS = ROOT.parent / "shared" / "documents"
LONGEST_RUN = 13  # words in a row of a document that the published graph may hold, names and titles apart
WORD = re.compile(r"\w[\w'’-]*")
Run = tuple[str, ...]


def needs_documents(test: object) -> object:
    """Marks a test that reads the documents themselves, which are not in this repository."""
    skip = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not here")
    return pytest.mark.documents(skip(test))


@pytest.fixture(scope="module")
def published() -> dict[str, list[Quad]]:
    """The quads of each published graph."""
    return {path.stem: nquads.read(path) for path in sorted(PUBLISHED.glob("*.nq"))}


def test_only_graph_files_are_published(published: dict[str, list[Quad]]) -> None:
    assert {path.suffix for path in PUBLISHED.iterdir()} == {".nq"}
    assert {"authority", "inferred", "ontology", "provenance"} < published.keys()
    assert len(building.document_names(published)) == 5


def test_every_statement_is_in_the_graph_of_its_file(published: dict[str, list[Quad]]) -> None:
    assert {name: set(nquads.by_graph(quads)) for name, quads in published.items()} == {n: {n} for n in published}


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.nq")), ids=lambda path: path.stem)
def test_the_lines_are_sorted_and_have_no_blank_nodes(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert content == "".join(nquads.lines(nquads.read(path)))
    assert not re.search(r"(^| )_:", content, re.MULTILINE)


def test_no_running_text_is_published(published: dict[str, list[Quad]]) -> None:
    assert MEA.text not in {quad.predicate for quads in published.values() for quad in quads}


def test_the_published_graph_conforms(published: dict[str, list[Quad]]) -> None:
    assert building.check(published, lambda _: None).faults() == []


# ---- against the documents ----------------------------------------------------------------------------------------


@needs_documents
def test_the_published_graph_is_what_the_loaders_make(registry: Registry) -> None:
    loaded = load_folder(DOCUMENTS, registry, lambda _: None)
    assert loaded.faults == []
    graphs = building.without_text(building.complete(loaded.graphs, registry, lambda _: None).graphs)
    made = {name: "".join(nquads.lines(quads)) for name, quads in graphs.items()}
    held = {path.stem: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.nq")}
    differing = sorted(name for name in made.keys() | held.keys() if made.get(name) != held.get(name))
    assert not differing, f"graph/published is not what the loaders make of {differing}; repair: make published"


def words_of(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


def runs(text: str) -> set[Run]:
    """Every stretch of words that is longer than allowed by one."""
    words = words_of(text).split()
    return {tuple(words[start : start + LONGEST_RUN + 1]) for start in range(len(words) - LONGEST_RUN)}


def names(graphs: dict[str, list[Quad]]) -> list[str]:
    """The titles of documents and the long names of what is reviewed, longest first: they may be printed."""
    found = {
        words_of(quad.object.value)
        for name, quads in graphs.items()
        for quad in quads
        if isinstance(quad.object, Literal)
        if quad.predicate == DCTERMS.title
        or (name == "authority" and quad.predicate in (SKOS.prefLabel, SKOS.altLabel))
    }
    return sorted((name for name in found if name.count(" ") > 2), key=len, reverse=True)


@needs_documents
def test_no_sentence_of_a_document_is_published(published: dict[str, list[Quad]]) -> None:
    theirs = {run for path in DOCUMENTS.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    literals = {quad.object.value for quads in published.values() for quad in quads if isinstance(quad.object, Literal)}
    copied = sorted(text for text in literals if theirs & runs(text))
    assert copied, "titles of the documents are found, at least"
    printable = names(published)
    assert [text for text in copied if any(theirs & runs(part) for part in between(printable, text))] == []


def between(printable: list[str], text: str) -> list[str]:
    """What is left of a text when the names in it are taken out."""
    text = words_of(text)
    for name in printable:
        text = text.replace(name, " | ")
    return text.split("|")
