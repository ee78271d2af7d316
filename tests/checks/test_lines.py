"""Where things are first described, in each format."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from graph.checks_lines import scan, xml_error_line
from graph.iri import BASE
from graph.terms import PREFIXES

ROOT = Path(__file__).parents[2]
X = "http://x/"
TURTLE = r"""# <http://x/no> a comment .
@prefix x: <http://x/> .
PREFIX : <http://x/#>
@base <http://x/base/> .
x:one a x:Class ; x:p 1.5 , "a . <http://x/no> \" b"@en-GB , '''c
. <http://x/no>''' ; x:q [ x:p x:two ; x:r ( x:three ) ] .
x:two x:p <rel> ; x:p x:dotted.name .
<rel> x:p x:esc\,aped .
:hash x:p true .
_:blank x:p 3. x:last x:p 'e'^^x:type .
"""
TRIG = """@prefix x: <http://x/> .
x:graph {
  x:one x:p x:two .
  x:two x:p 1
}
GRAPH x:other {
 x:three x:p x:four }
"""
QUADS = '<http://x/one> <http://x/p> <http://x/two> .\n\n# no\n<http://x/two> <http://x/p> "<http://x/no>" .\n'
JSON_LD = """{"@context": [{"x": "http://x/", "id": "@id"}, {"@base": "http://x/base/"}],
 "@graph": [
  {"id": "x:one", "x:p": {"id": "x:two"},
   "x:q": "a \\" { [ string"},
  {"@id": "rel", "x:p": [{"@id": "http://x/three"}]},
  {"x:p": 1, "@id": "x:two"}]}
"""
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/" xml:base="http://x/">
 <rdf:Description rdf:about="one">
  <x:p rdf:resource="two"/></rdf:Description>
 <x:C rdf:ID="three" xml:base="http://x/deep/"/>
</rdf:RDF>
"""


@pytest.mark.parametrize(
    ("text", "form", "subjects"),
    [
        (
            TURTLE,
            RdfFormat.TURTLE,
            {"one": 5, "two": 7, "base/rel": 8, "#hash": 9, "_:blank": 10, "last": 10},
        ),
        (TRIG, RdfFormat.TRIG, {"one": 3, "two": 4, "three": 7}),
        (QUADS, RdfFormat.N_QUADS, {"one": 1, "two": 4}),
        (JSON_LD, RdfFormat.JSON_LD, {"one": 3, "base/rel": 5, "two": 6}),
        (XML, RdfFormat.RDF_XML, {"one": 2, "deep/#three": 4}),
    ],
    ids=lambda value: str(value) if isinstance(value, RdfFormat) else "",
)
def test_first_lines_of_what_is_described(text: str, form: RdfFormat, subjects: dict[str, int]) -> None:
    assert {iri.removeprefix(X): line for iri, line in scan(text, form).subjects.items()} == subjects


@pytest.mark.parametrize(
    ("text", "form", "iri", "line"),
    [
        (TURTLE, RdfFormat.TURTLE, "three", 6),
        (TURTLE, RdfFormat.TURTLE, "dotted.name", 7),
        (TURTLE, RdfFormat.TURTLE, "esc,aped", 8),
        (TRIG, RdfFormat.TRIG, "four", 7),
        (JSON_LD, RdfFormat.JSON_LD, "three", 5),
        (XML, RdfFormat.RDF_XML, "two", 3),
    ],
)
def test_first_lines_of_what_is_only_named(text: str, form: RdfFormat, iri: str, line: int) -> None:
    assert scan(text, form).of(X + iri) == line


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.RDF_XML, RdfFormat.N3])
@pytest.mark.parametrize("text", ["", "<<<", '{"a": ', "@prefix", "@prefix a:", "}}]])", "x:a . } \x00"])
def test_what_is_malformed_gives_fewer_lines_and_no_error(text: str, form: RdfFormat) -> None:
    assert len(scan(text, form).subjects) <= 1


def test_relative_iris_are_below_the_base() -> None:
    assert scan("<org/unep> a <x> .", RdfFormat.TURTLE).subjects == {BASE + "org/unep": 1}


@pytest.mark.parametrize(("text", "line"), [("<a>\n<b>\n</a>", 3), ("<a/>", 1)])
def test_the_line_where_a_text_stops_being_xml(text: str, line: int) -> None:
    assert xml_error_line(text) == line


TURTLE_FILES = sorted(
    path for folder in ("ontology", "shapes", "tests/shapes") for path in (ROOT / folder).glob("*.ttl")
)
FORMS = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.RDF_XML, RdfFormat.JSON_LD)


def subjects_of(text: str | bytes, form: RdfFormat) -> set[str]:
    return {
        quad.subject.value for quad in parse(text, format=form, base_iri=BASE) if isinstance(quad.subject, NamedNode)
    }


@pytest.mark.parametrize("path", TURTLE_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_scan_finds_the_subjects_that_the_parser_finds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = {iri for iri in scan(text, RdfFormat.TURTLE).subjects if not iri.startswith("_:")}
    assert found == subjects_of(text, RdfFormat.TURTLE)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_scan_finds_the_subjects_in_every_format(form: RdfFormat) -> None:
    triples = [
        quad.triple for quad in parse(path=ROOT / "tests/shapes/base.ttl", format=RdfFormat.TURTLE, base_iri=BASE)
    ]
    text = (serialize(triples, format=form, prefixes=PREFIXES) or b"").decode()
    lines = scan(text, form).subjects
    assert lines.keys() == subjects_of(text, form)
    for iri, line in lines.items():
        assert re.split("[/#:]", iri)[-1] in text.split("\n")[line - 1]
