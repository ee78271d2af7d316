"""A folder of documents -> graphs: faults are reported and the others load; the graphs are what they promise."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graph.authority_graph import authority_quads
from graph.iri import BASE
from graph.registry import Registry
from graph.terms import DCTERMS, MEA, PROV, SKOS, TYPE
from loaders.errors import LoadError
from loaders.loading import Loaded, load_folder

NOTE = """\
1. At its third meeting, the Conference of the Parties requested the secretariat to report by 30 June 2024.

2. In decision MC-3/11 and document UNEP/MC/COP.4/28, UNEP – “the Programme” – gave $2 million.<sup>1</sup>

(a) Mr. Peter Example, Chair, met with WHO in May 2021.

<sup>1</sup> See decision III/1.
"""
CORPUS = Path(__file__).parents[1] / "corpus"


def silent(_: str) -> None:
    """Progress that nobody reads."""


def load(folder: Path, registry: Registry, **files: bytes) -> Loaded:
    for name, content in files.items():
        (folder / f"{name}.txt").write_bytes(content)
    return load_folder(folder, registry, silent)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bad.txt: the file is empty"),
        (b"   \n", "bad.txt: the file is empty"),
        (b"Gen\xe8ve", "bad.txt: not UTF-8: byte 0xE8 in line 1"),
        (b"a\x00b", "bad.txt: not a text file"),
        (b"---\n\n***\n", "bad.txt: no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault_and_the_others_load(
    tmp_path: Path, registry: Registry, content: bytes, words: str
) -> None:
    loaded = load(tmp_path, registry, bad=content, good=NOTE.encode())
    assert set(loaded.graphs) == {"good", "provenance"}
    assert len(loaded.faults) == 1
    assert loaded.faults[0].startswith(words)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.txt,no-such-meeting,,", "meeting 'no-such-meeting': not in graph/authority/meetings.yaml"),
        ("a.txt,,nobody,", "publisher 'nobody': not in graph/authority/organizations.yaml"),
        ("a.txt,,,Poem", "kind 'Poem': not a class of documents, which are Document, "),
    ],
)
def test_what_a_row_names_and_nobody_knows_is_ignored_and_told(
    tmp_path: Path, registry: Registry, row: str, words: str
) -> None:
    (tmp_path / "manifest.csv").write_text(f"file,meeting,publisher,kind\n{row}\nb.txt,,,\n", encoding="utf-8")
    loaded = load(tmp_path, registry, a=NOTE.encode(), b=NOTE.encode())
    assert (set(loaded.graphs), loaded.faults) == ({"a", "b", "provenance"}, [])
    assert loaded.notes[0].startswith(f"a.txt: ignored the manifest's {words}")


COVER = "UNEP/MC/COP.5/INF/77\n\nOne note\n\n1. One.\n\n2. Two.\n"


@pytest.mark.parametrize(
    ("manifest", "key", "identifiers"),
    [
        ("", "UNEP-MC-COP.5-INF-77", {"UNEP/MC/COP.5/INF/77"}),
        ("file,key\na.txt,own\n", "own", set()),
        ("file,key,symbol\na.txt,own,UNEP/MC/COP.5/INF/77\n", "own", set()),
        ("file,symbol\na.txt,UNEP/MC/COP.5/INF/77\n", "UNEP-MC-COP.5-INF-77", {"UNEP/MC/COP.5/INF/77"}),
    ],
)
def test_a_document_goes_by_its_symbol_unless_it_has_a_key(
    tmp_path: Path, registry: Registry, manifest: str, key: str, identifiers: set[str]
) -> None:
    if manifest:
        (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    loaded = load(tmp_path, registry, a=COVER.encode())
    assert set(loaded.graphs) == {key, "provenance"}
    own = [quad for quad in loaded.graphs[key] if quad.subject.value == f"{BASE}doc/{key}"]
    assert {quad.object.value for quad in own if quad.predicate == DCTERMS.identifier} == identifiers


def test_two_documents_with_one_printed_symbol_are_a_fault(tmp_path: Path, registry: Registry) -> None:
    loaded = load(tmp_path, registry, a=COVER.encode(), b=COVER.encode())
    assert loaded.faults == ["b.txt: another document has its symbol, UNEP/MC/COP.5/INF/77"]


def test_several_documents_tell_one_date_of_a_meeting(tmp_path: Path, registry: Registry) -> None:
    text = (
        "1. One.\n\n2. The sixty-first meeting of the Chemical Review Committee was held in Rome from {} June 2044.\n"
    )
    loaded = load(tmp_path, registry, a=text.format("14 to 17").encode(), b=text.format("3 to 5").encode())
    told = [quad.object.value for name in ("a", "b") for quad in loaded.graphs[name] if quad.predicate == MEA.endDate]
    assert told == ["2044-06-17"]


def test_an_empty_folder_is_refused(tmp_path: Path, registry: Registry) -> None:
    with pytest.raises(LoadError, match="no documents to load"):
        load_folder(tmp_path, registry, silent)


def test_progress_is_told(tmp_path: Path, registry: Registry) -> None:
    told: list[str] = []
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    load_folder(tmp_path, registry, told.append)
    assert told == ["[1/1] a.txt"]


def test_the_report_counts_and_lists(tmp_path: Path, registry: Registry) -> None:
    (document,) = load(tmp_path, registry, a=NOTE.encode()).report()["documents"]
    assert document["key"] == "a"
    assert document["units"] == {"Footnote": 1, "ListItem": 1, "Paragraph": 2}
    assert {"place": "footnote 1", "surface": "decision III/1"} in document["ambiguous"]


# ---- the graphs ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def quads(registry: Registry) -> list[Quad]:
    """All quads of the invented documents."""
    return [quad for graph in load_folder(CORPUS, registry, silent).graphs.values() for quad in graph]


def of(quads: list[Quad], predicate: NamedNode) -> dict[str, str]:
    return {value(quad.subject): value(quad.object) for quad in quads if quad.predicate == predicate}


def value(term: object) -> str:
    """The IRI of a node or the words of a literal."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


def test_the_surface_of_a_mention_is_exactly_its_slice(quads: list[Quad]) -> None:
    texts = of(quads, MEA.text)
    starts, ends, surfaces = (of(quads, MEA[name]) for name in ("startOffset", "endOffset", "surface"))
    units = of(quads, MEA.inUnit)
    assert surfaces
    for mention, surface in surfaces.items():
        assert texts[units[mention]][int(starts[mention]) : int(ends[mention])] == surface
        assert surface


def test_there_are_no_blank_nodes(quads: list[Quad]) -> None:
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_an_ambiguous_mention_refers_to_nothing_and_has_candidates(quads: list[Quad]) -> None:
    ambiguous = {q.subject for q in quads if q.predicate == MEA.resolution and q.object == MEA.Ambiguous}
    assert not {q.subject for q in quads if q.predicate == MEA.refersTo} & ambiguous
    candidates = [q.subject for q in quads if q.predicate == MEA.candidate]
    assert all(candidates.count(mention) > 1 for mention in ambiguous)


def test_what_is_typed_is_named(quads: list[Quad], registry: Registry) -> None:
    named = {q.subject for q in (*quads, *authority_quads(registry)) if q.predicate == SKOS.prefLabel}
    typed = {q.subject for q in quads if q.predicate == TYPE and q.object not in (MEA.Mention, PROV.Entity)}
    assert typed <= named


def test_every_fact_leads_to_its_paragraph(quads: list[Quad]) -> None:
    units = {q.subject for q in quads if q.predicate == MEA.inDocument}
    evidence = [q for q in quads if q.predicate in (MEA.evidencedBy, MEA.expressedIn, MEA.inUnit)]
    assert evidence
    assert {q.object for q in evidence} <= units


def test_units_are_numbered_in_reading_order(quads: list[Quad]) -> None:
    ordinals: dict[str, list[int]] = {}
    for quad in quads:
        if quad.predicate == MEA.ordinal and isinstance(quad.object, Literal):
            ordinals.setdefault(value(quad.graph_name), []).append(int(quad.object.value))
    assert ordinals
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in ordinals.values())


def test_the_same_input_gives_the_same_quads(registry: Registry) -> None:
    one, other = (load_folder(CORPUS, registry, silent).graphs for _ in range(2))
    assert one == other
