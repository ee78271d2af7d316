"""HermiT, an OWL 2 DL reasoner, on the ontology: no class is unsatisfiable, and a contradiction is seen as one.

Needs Java; `make test-all` runs it.
"""

from pathlib import Path

import pytest
from ontologies import needs_java, ontology_with
from rdflib import SKOS

owlready2 = pytest.importorskip("owlready2")

pytestmark = [pytest.mark.slow, needs_java]


def unsatisfiable(folder: Path, more: str) -> set[str]:
    """The names of the classes that can have no instance, with some Turtle added to the whole ontology."""
    graph = ontology_with(more)
    graph.remove((None, SKOS.closeMatch, None))  # makes individuals of classes, of which the bridge then loses sight
    file = folder / "ontology.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    with world.get_ontology(file.as_uri()).load():
        owlready2.sync_reasoner_hermit(world, debug=0)
    return {str(cls.name) for cls in world.inconsistent_classes()} - {"Nothing"}


def test_no_class_is_unsatisfiable(tmp_path: Path) -> None:
    assert unsatisfiable(tmp_path, "") == set()


@pytest.mark.parametrize(
    ("classes", "names"),
    [
        ("mea:Wrong a owl:Class ; rdfs:subClassOf mea:Person , mea:Organization .", {"Wrong"}),
        ("mea:Wrong a owl:Class ; rdfs:subClassOf mea:Decision , mea:DraftDecision .", {"Wrong"}),
        ("mea:Meeting rdfs:subClassOf mea:Agent .", {"Meeting"}),
        ("mea:Report rdfs:subClassOf mea:Treaty .", {"Report"}),
    ],
)
def test_an_unsatisfiable_class_is_named(classes: str, names: set[str], tmp_path: Path) -> None:
    assert unsatisfiable(tmp_path, classes) == names


@pytest.mark.parametrize(
    "facts",
    [
        "<x> a mea:Decision , mea:DraftDecision .",
        "<x> mea:cooperatesWith <x> .",
        "<x> mea:hasDirectPart <y> . <y> mea:hasDirectPart <x> .",
        "<x> a mea:Fund . <a> mea:hasFunder <b> . <b> mea:hasFunder <x> .",
    ],
)
def test_contradicting_facts_make_it_inconsistent(facts: str, tmp_path: Path) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        unsatisfiable(tmp_path, facts)
