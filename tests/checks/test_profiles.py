"""The ontology is in OWL 2 DL and in OWL 2 RL, say the profile checkers of the OWL API, which come with HermiT.

Needs Java; `make test-all` runs it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from ontologies import needs_java, ontology_with

from graph.ontology import ontology_quads

jpype = pytest.importorskip("jpype")
owlready2 = pytest.importorskip("owlready2")

pytestmark = [pytest.mark.slow, needs_java]
HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
PROFILES = ("OWL2DLProfile", "OWL2RLProfile")

Load = Callable[[Iterable[str]], Any]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads N-Triples as an ontology of the OWL API."""
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(HERMIT)])
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    file = tmp_path / "ontology.ttl"

    def loaded(lines: Iterable[str]) -> Any:
        # Declarations first: the reader may otherwise overlook an annotation before the declaration of its property.
        ordered = sorted(lines, key=lambda line: ("rdf-syntax-ns#type>" not in line, line))
        file.write_text("\n".join(ordered), encoding="utf-8")
        return manager.loadOntologyFromOntologyDocument(jpype.java.io.File(str(file)))

    return loaded


def written(more: str = "") -> list[str]:
    return [line for line in ontology_with(more).serialize(format="nt").splitlines() if line]


def served() -> list[str]:
    """The same without blank nodes, as the endpoint gives it."""
    return [f"{quad.triple} ." for quad in ontology_quads()]


def violations(ontology: Any, profile: str) -> set[str]:
    """The kinds of violations of a profile, as the OWL API names them."""
    checker = jpype.JClass(f"org.semanticweb.owlapi.profiles.{profile}")()
    return {str(found.getClass().getSimpleName()) for found in checker.checkOntology(ontology).getViolations()}


@pytest.mark.parametrize("form", [written, served])
def test_the_ontology_is_in_both_profiles_and_every_triple_understood(
    form: Callable[[], list[str]], load: Load
) -> None:
    ontology = load(form())
    told = ontology.getOWLOntologyManager().getOntologyFormat(ontology).getOntologyLoaderMetaData()
    assert [str(triple) for triple in told.getUnparsedTriples()] == []
    assert ontology.getLogicalAxiomCount() > 500
    assert {kind for profile in PROFILES for kind in violations(ontology, profile)} == set()


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("mea:Work rdfs:subClassOf mea:Missing .", "UseOfUndeclaredClass"),
        ("mea:cites rdfs:subPropertyOf mea:missing .", "UseOfUndeclaredObjectProperty"),
        ("mea:country a owl:DatatypeProperty .", "IllegalPunning"),
        ("mea:hasPart a owl:FunctionalProperty .", "UseOfNonSimplePropertyInFunctionalPropertyAxiom"),
        ("mea:involvesRegime a owl:AsymmetricProperty .", "UseOfNonSimplePropertyInAsymmetricObjectPropertyAxiom"),
        ("mea:cites owl:propertyChainAxiom ( mea:inUnit mea:cites mea:hasPart ) .", "UseOfPropertyInChainCausesCycle"),
    ],
)
def test_what_leaves_owl_2_dl_is_named(more: str, kind: str, load: Load) -> None:
    assert violations(load(written(more)), "OWL2DLProfile") == {kind}


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        (
            "mea:Work rdfs:subClassOf [ a owl:Class ; owl:unionOf ( mea:Report mea:Letter ) ] .",
            "UseOfNonSuperClassExpression",
        ),
        (
            "mea:Fund owl:equivalentClass [ a owl:Class ; owl:complementOf mea:Work ] .",
            "UseOfNonEquivalentClassExpression",
        ),
        ("[ a owl:Class ; owl:complementOf mea:Agent ] rdfs:subClassOf mea:Work .", "UseOfNonSubClassExpression"),
        ("mea:startDate rdfs:range xsd:date .", "UseOfIllegalDataRange"),
    ],
)
def test_what_leaves_owl_2_rl_is_named(more: str, kind: str, load: Load) -> None:
    ontology = load(written(more))
    assert violations(ontology, "OWL2DLProfile") == set()
    assert violations(ontology, "OWL2RLProfile") == {kind}
