"""Named graphs as sorted N-Quads files: the same statements give the same bytes, and what is at fault is named."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from graph import nquads
from graph.errors import DataError, StoreError
from graph.iri import graph_iri, thing
from graph.terms import MEA, TYPE, english, plain

A, B = thing("org", "a"), thing("org", "b")
ONE, TWO = graph_iri("one"), graph_iri("two")
STATEMENTS = [Quad(A, MEA.label, plain("x"), ONE), Quad(A, MEA.text, english("Thé\n“x”"), ONE), Quad(B, TYPE, A, ONE)]


def test_lines_are_sorted_and_each_is_there_once() -> None:
    found = nquads.lines([*reversed(STATEMENTS), *STATEMENTS])
    assert found == sorted(found)
    assert len(found) == len(STATEMENTS)
    assert all(line.endswith(" .\n") and line.count("\n") == 1 for line in found)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "one.nq"
    assert nquads.write(path, [*STATEMENTS, STATEMENTS[0]]) == len(STATEMENTS)
    assert set(nquads.read(path)) == set(STATEMENTS)
    assert nquads.write(tmp_path / "again.nq", nquads.read(path)) == len(STATEMENTS)
    assert (tmp_path / "again.nq").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("at", ["subject", "object"])
def test_a_blank_node_cannot_be_published(at: str) -> None:
    quad = Quad(BlankNode(), TYPE, A, ONE) if at == "subject" else Quad(A, MEA.label, BlankNode(), ONE)
    with pytest.raises(DataError, match="a blank node cannot be published"):
        nquads.lines([quad])


def test_quads_go_to_their_graphs() -> None:
    other = Quad(A, MEA.label, plain("x"), TWO)
    assert nquads.by_graph([STATEMENTS[0], other]) == {"one": [STATEMENTS[0]], "two": [other]}


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        (DefaultGraph(), "outside every named graph"),
        (BlankNode(), "outside every named graph"),
        (NamedNode("http://example.org/graph/one"), "an unknown named graph: .*example.org/graph/one"),
        (thing("doc", "one"), "not a named graph of this model: .*/doc/one"),
        (thing("graph", "one", "two"), "not a named graph of this model: .*/graph/one/two"),
    ],
)
def test_a_statement_in_no_graph_of_ours_is_refused(graph: NamedNode | BlankNode | DefaultGraph, words: str) -> None:
    with pytest.raises(DataError, match=words):
        nquads.by_graph([Quad(A, TYPE, B, graph)])


def test_only_the_running_text_is_left_out() -> None:
    assert nquads.without_text(STATEMENTS) == [STATEMENTS[0], STATEMENTS[2]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nq", "<a:s> <a:p> <a:o> <a:g> .\n"),
        ("a.trig", "<a:g> { <a:s> <a:p> <a:o> }"),
        ("a.jsonld", '{"@id": "a:g", "@graph": [{"@id": "a:s", "a:p": [{"@id": "a:o"}]}]}'),
    ],
)
def test_formats_with_graphs(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    expected = Quad(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"), NamedNode("a:g"))
    assert nquads.read(tmp_path / name) == [expected]
    assert nquads.read(tmp_path / name, "one") == [expected]


@pytest.mark.parametrize(("graph", "expected"), [(None, DefaultGraph()), ("one", ONE)])
def test_triples_go_to_the_graph_given(tmp_path: Path, graph: str | None, expected: NamedNode) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<a:s> <a:p> 1 .", encoding="utf-8")
    assert [quad.graph_name for quad in nquads.read(path, graph)] == [expected]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.nq", b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> .\n", r"a\.nq: not valid N-Quads: .*line 2"),
        ("a.ttl", b"<s> <p> <o> .", r"a\.ttl: not valid Turtle: .*line 1"),
        ("a.nt", b'<a:s> <a:p> "\xe8" .', r"a\.nt: not valid N-Triples"),
        ("a.csv", b"a,b", r"a\.csv: unknown RDF format, expected one of \.nq, \.trig"),
        ("missing.nq", None, r"missing\.nq: cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError, match=words):
        nquads.read(tmp_path / name)


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    for name, content in (("a", "1"), ("b", "2"), ("c", "1")):
        (tmp_path / name).write_text(content, encoding="utf-8")
    a, b, c = (tmp_path / name for name in "abc")
    assert nquads.digest([a, b]) == nquads.digest([b, a])
    assert len({nquads.digest(paths) for paths in ([a, b], [a], [c], [a, c])}) == 4


def test_the_union_is_sorted_and_without_graphs(tmp_path: Path) -> None:
    nquads.write_union(tmp_path / "union.nt", [STATEMENTS, [Quad(A, MEA.label, plain("x"), TWO)]])
    found = (tmp_path / "union.nt").read_text(encoding="utf-8").splitlines()
    assert found == sorted(found)
    assert len(found) == len(STATEMENTS)
    assert {quad.graph_name for quad in nquads.read(tmp_path / "union.nt")} == {DefaultGraph()}


def test_a_literal_keeps_its_spelling(tmp_path: Path) -> None:
    """Dates and numbers are printed as the text gives them, never in canonical form."""
    quad = Quad(A, MEA.amount, Literal("007.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")), ONE)
    nquads.write(tmp_path / "one.nq", [quad])
    assert nquads.read(tmp_path / "one.nq") == [quad]
