"""The ontology as the tools of others read it: all its files in one graph, with more said where a test says more."""

import shutil

import pytest
from rdflib import Graph

from graph.iri import BASE
from graph.ontology import ONTOLOGY
from graph.terms import PREFIXES

TURTLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="needs Java, and none is installed")


def ontology_with(more: str = "") -> Graph:
    """The whole ontology and some Turtle."""
    graph = Graph()
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        graph.parse(path, publicID=BASE)
    return graph.parse(data=TURTLE + more, format="turtle", publicID=BASE)
