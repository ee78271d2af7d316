"""The curated layer: every place and thing exists, faults are named, and no sentence is the document's own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import NamedNode, Quad

from graph import building, nquads
from graph.curated_graph import CURATED, curated_graphs
from graph.errors import AuthorityError
from graph.iri import BASE, path_of
from graph.registry import Registry
from graph.terms import DCTERMS, MEA, TYPE

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "graph" / "published"
DOCUMENTS = ROOT.parent / "shared" / "documents"
FILES = sorted(CURATED.glob("*.yaml"))
NOTE = "minamata-cop-5-capacity-building"
LETTER = "MC-COP5-2023-190"
RUN = 14  # so many words in a row are a quotation

Graphs = dict[str, list[Quad]]


@pytest.fixture(scope="module")
def published() -> Graphs:
    """The published graphs, less those that a build adds."""
    files = [path for path in PUBLISHED.glob("*.nq") if path.stem not in ("inferred", "curated")]
    return {path.stem: nquads.read(path) for path in files}


def curated(graphs: Graphs, folder: Path = CURATED) -> tuple[list[Quad], list[str]]:
    notes: list[str] = []
    return curated_graphs(graphs, notes.append, folder).get("curated", []), notes


def written(folder: Path, **content: Any) -> Path:
    whole = {"document": NOTE, "reviewed": "2026-11-21", "abstracts": {"1": "A sentence of our own."}} | content
    (folder / f"{NOTE}.yaml").write_text(yaml.safe_dump(whole), encoding="utf-8")
    return folder


def test_every_place_and_thing_is_in_the_published_graph(published: Graphs) -> None:
    quads, notes = curated(published)
    assert notes == []
    told = sum(len(yaml.safe_load(path.read_text())["abstracts"]) for path in FILES)
    assert len([quad for quad in quads if quad.predicate == DCTERMS.abstract]) == told > 200
    assert quads == sorted(quads, key=str)
    assert {quad.graph_name for quad in quads} == {NamedNode(BASE + "graph/curated")}


def test_every_section_and_numbered_paragraph_has_an_abstract(published: Graphs) -> None:
    quads, _ = curated(published)
    told = {quad.subject for quad in quads if quad.predicate == DCTERMS.abstract}
    for document in (path.stem for path in FILES):
        units = published[document]
        labels = {quad.subject: quad.object.value for quad in units if quad.predicate == MEA.label}
        sections = {quad.subject for quad in units if quad.predicate == TYPE and quad.object == MEA.Section}
        numbered = {unit for unit, label in labels.items() if re.fullmatch(r"\d+", label)}
        assert {labels[unit] for unit in (sections | numbered) - told} == set(), document


def test_the_draft_on_capacity_building_was_adopted(published: Graphs) -> None:
    quads, _ = curated(published)
    adopted = [(path_of(q.subject), path_of(q.object)) for q in quads if q.predicate == MEA.adoptedAs]
    assert adopted == [(f"doc/{NOTE}/draft-decision_1", "decision/MC-5-12")]


@pytest.mark.parametrize("missing", [NOTE, LETTER])
def test_a_fact_about_two_documents_needs_both(missing: str, published: Graphs) -> None:
    quads, notes = curated({name: quads for name, quads in published.items() if name != missing})
    assert not [quad for quad in quads if quad.predicate == MEA.adoptedAs]
    assert not [quad for quad in quads if quad.subject.value.startswith(f"{BASE}doc/{missing}/")]
    assert [note for note in notes if "draft-decision_1" in note] == (
        []
        if missing == LETTER
        else [f"curated {LETTER}.yaml: para 3: nothing is known of {BASE}doc/{NOTE}/draft-decision_1"]
    )


def test_without_its_documents_there_is_no_curated_graph(published: Graphs) -> None:
    assert curated_graphs({"authority": published["authority"]}, print) == {}


def test_it_conforms_and_contradicts_nothing(published: Graphs, registry: Registry) -> None:
    documents = {name: published[name] for name in (NOTE, LETTER, "provenance")}
    candidate = building.complete(documents, registry, lambda _: None)
    assert candidate.faults() == []
    assert candidate.graphs["curated"]


def test_numbers_and_dates_have_their_types(published: Graphs) -> None:
    quads, _ = curated(published)
    found = {
        quad.predicate: str(quad.object) for quad in quads if path_of(quad.subject).endswith("caption_2/observation_c1")
    }
    assert found[MEA.value] == '"79.8"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert found[MEA.asOf] == '"2020-10-02"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert found[MEA.unit] == '"per cent"'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"abstracts": {"1": "no capital."}}, r"abstracts\.1"),
        ({"abstracts": {"1": "No full stop at the end"}}, r"abstracts\.1"),
        ({"abstracts": {}}, "abstracts"),
        ({"document": "another"}, "is about 'another'"),
        ({"more": 1}, "more"),
        ({"facts": [{"paragraph": "1", "says": {"place": "Oslo"}}]}, r"facts\.0"),
        ({"facts": [{"paragraph": "1", "is": "Meeting", "says": {"place": "Oslo"}}]}, r"facts\.0"),
        ({"facts": [{"paragraph": "1", "about": "org/unep", "says": {"noProperty": "x"}}]}, "no property 'noProperty'"),
        ({"facts": [{"paragraph": "1", "about": "org/unep", "says": {"x:place": "x"}}]}, "unknown prefix"),
    ],
)
def test_a_file_at_fault_is_refused(content: dict[str, Any], message: str, tmp_path: Path, published: Graphs) -> None:
    with pytest.raises(AuthorityError, match=message):
        curated(published, written(tmp_path, **content))


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path, published: Graphs) -> None:
    (tmp_path / "broken.yaml").write_text("a: [")
    with pytest.raises(AuthorityError, match=r"broken\.yaml"):
        curated(published, tmp_path)


def test_what_is_in_no_place_is_left_out_and_said(tmp_path: Path, published: Graphs) -> None:
    facts = [
        {"paragraph": "99", "about": "org/unep", "says": {"hasPartner": "org/who"}},
        {"paragraph": "1", "about": "org/unep", "says": {"hasPartner": "org/nobody"}},
    ]
    folder = written(tmp_path, abstracts={"98": "There is no such paragraph."}, facts=facts)
    quads, notes = curated(published, folder)
    assert quads == []
    assert [note.partition(": ")[2] for note in notes] == [
        "there is no '98'",
        "there is no '99'",
        f"1: nothing is known of {BASE}org/nobody",
    ]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


@pytest.mark.documents
@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the documents are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_is_the_documents_own(path: Path) -> None:
    known = {run for document in DOCUMENTS.glob("*.txt") for run in runs(document.read_text(encoding="utf-8"))}
    assert [" ".join(run) for run in runs(path.read_text(encoding="utf-8")) if run in known] == []
