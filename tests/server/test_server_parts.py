"""The parts that need no server."""

import doctest
import importlib
from pathlib import Path

import pytest

from graph.errors import DataError, UsageError
from server.evaluation.keywords import is_volatile, keywords, service_targets
from server.evaluation.tables import Cell, Row
from server.examples import load_examples, read_example
from server.passages import split_text
from server.settings import Settings

MODULES = ["settings", "limits", "memo", "media", "examples", "evaluation.keywords", "evaluation.search"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"server.{name}")).failed == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <http://e/x> {}", {"SELECT", "FROM"}),
        ("ASK { ?from ?p 'FROM' } # FROM", {"ASK"}),
        ('ASK { ?s ?p """a " FROM""" , "\\" FROM" }', {"ASK"}),
        ("ASK { from:x x:from ?o . _:from ?p 'x'@from }", {"ASK"}),
        ("ASK { <http://e/FROM> ?p ?o FILTER(?a < 3 && ?b > 2) }", {"ASK", "FILTER"}),
        ("\\u0041SK {}", {"ASK"}),
    ],
)
def test_keywords(query: str, expected: set[str]) -> None:
    assert keywords(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s ?p 'service' }", []),
        ("ASK { SERVICE <http://e/> {} }", ["http://e/"]),
        ("ASK { service silent <http://e/> {} SERVICE <http://f/> {} }", ["http://e/", "http://f/"]),
        ("ASK { SERVICE ?x {} }", None),
        ("ASK { SERVICE ex:x {} }", None),
        ("ASK { SERVICE <http://e/> {} FILTER(?a<?b#x>'''\n) SERVICE <http://f/> {} #'''\n }", None),
    ],
)
def test_service_targets(query: str, expected: list[str] | None) -> None:
    assert service_targets(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [("ASK {}", False), ("SELECT (now() AS ?x) {}", True), ("SELECT (\\u0055UID() AS ?x) {}", True)],
)
def test_volatile(query: str, expected: bool) -> None:
    assert is_volatile(query) is expected


def mention(start: int, end: int, surface: str) -> Row:
    return {
        "start": Cell("literal", str(start)),
        "end": Cell("literal", str(end)),
        "surface": Cell("literal", surface),
    }


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([], ["a bc de"]),
        ([(2, 4, "bc")], ["a ", "*bc", " de"]),
        ([(0, 1, "a"), (2, 7, "bc de"), (2, 4, "bc")], ["*a", " ", "*bc de"]),
        ([(2, 4, "xx"), (5, 99, "de")], ["a bc de"]),
    ],
)
def test_mentions_are_marked(mentions: list[tuple[int, int, str]], expected: list[str]) -> None:
    passages = split_text("a bc de", [mention(*given) for given in mentions])
    assert [("*" if p.mention else "") + p.text for p in passages] == expected


@pytest.mark.parametrize(
    ("environment", "field", "value"),
    [
        ({"MEAGRAPH_TIMEOUT": "2.5"}, "timeout", 2.5),
        ({"MEAGRAPH_WORKERS": "3"}, "workers", 3),
        ({"MEAGRAPH_SERVICE_ALLOW": "http://a/ http://b/"}, "service_allow", ("http://a/", "http://b/")),
        ({"MEAGRAPH_BASE_URL": "https://e.example/x"}, "base_url", "https://e.example/x"),
    ],
)
def test_settings(environment: dict[str, str], field: str, value: object) -> None:
    assert getattr(Settings.from_environment(environment), field) == value


@pytest.mark.parametrize("environment", [{"MEAGRAPH_TIMEOUT": "long"}, {"MEAGRAPH_WORKERS": "0"}])
def test_bad_settings(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Settings.from_environment(environment)


def test_arguments_win_over_the_environment() -> None:
    assert Settings.from_environment({"MEAGRAPH_WORKERS": "3"}, workers=5, queue=None).workers == 5


def test_examples_follow_the_form() -> None:
    found = load_examples()
    assert next(iter(found)) == "brs-minamata-cooperation"
    assert all(e.title and e.comment and e.keywords and e.text for e in found.values())


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"


@pytest.mark.parametrize(
    "text",
    [
        "not turtle",
        HEAD + '<query/x> sh:select "SELECT * {}" .',
        HEAD + '<query/x> a sh:SPARQLSelectExecutable ; sh:select "SELECT * {}" .',
        HEAD + '<query/y> a sh:SPARQLAskExecutable ; rdfs:label "t" ; rdfs:comment "c" ; sh:ask "ASK {}" .',
    ],
)
def test_broken_examples_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.ttl"):
        read_example(path)
