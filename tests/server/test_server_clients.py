"""Libraries that people use, against the real server."""

from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from running import Server
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from graph.iri import BASE
from server.examples import load_examples

LABELS = f"SELECT ?label {{ <{BASE}activity/joint> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}"


def converted(server: Server, query: str, form: str, method: str = "GET") -> Any:
    """What SPARQLWrapper makes of the answer."""
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)
    client.setQuery(query)
    client.setReturnFormat(form)
    return client.queryAndConvert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_tables(server: Server, method: str) -> None:
    table = converted(server, LABELS, JSON, method)
    assert table["results"]["bindings"][0]["label"]["value"] == "Joint workshop"
    assert converted(server, LABELS, CSV, method).split() == [b"label", b"Joint", b"workshop"]
    assert "Joint workshop" in converted(server, LABELS, XML, method).toxml()


def test_sparqlwrapper_reads_graphs(server: Server) -> None:
    text = converted(server, f"DESCRIBE <{BASE}activity/joint>", TURTLE)
    assert len(Graph().parse(data=text, format="turtle")) == 6


def test_rdflib_store(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql"))
    rows: Any = graph.query(LABELS)
    assert [str(row.label) for row in rows] == ["Joint workshop"]
    assert len(list(graph.triples((URIRef(f"{BASE}activity/joint"), None, None)))) == 6


@pytest.mark.parametrize("name", sorted(load_examples()))
def test_examples_run(server: Server, name: str) -> None:
    answer = server.query(load_examples()[name].text)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("name", ["brs-minamata-cooperation", "requests-to-the-minamata-secretariat"])
def test_the_first_examples_find_something(server: Server, name: str) -> None:
    assert server.query(load_examples()[name].text).json()["results"]["bindings"]
