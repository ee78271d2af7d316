"""A small complete graph conforms; each broken copy of it is refused with the shape, the node and the paragraph."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from folders import KEY, write_folder
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import SH, URIRef

from graph import building
from graph.errors import ViolationError
from graph.iri import BASE, graph_iri, thing
from graph.registry import Registry
from graph.store import Store
from graph.terms import DCTERMS, MEA, TYPE, date_literal, integer, plain
from graph.validation import shapes_graph
from loaders.loading import load_folder

Graphs = dict[str, list[Quad]]
SHAPES = "https://w3id.org/meagraph/shapes#"
SHAPE_GRAPH = shapes_graph()
DRAFT = f"doc/{KEY}/draft-decision_1"
OPERATIVE = f"{DRAFT}/op_1"


def silent(_: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture(scope="module")
def whole(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> building.Candidate:
    """The invented folder with everything that a build adds."""
    folder = write_folder(tmp_path_factory.mktemp("documents"))
    return building.complete(load_folder(folder, registry, silent).graphs, registry, silent)


@pytest.fixture(scope="module")
def small(whole: building.Candidate) -> Graphs:
    """The same with only those authority records that the document needs, so that checking takes a moment."""
    needed = reachable(whole.graphs[KEY], whole.graphs["authority"])
    return {name: quads if name != "authority" else needed for name, quads in whole.graphs.items()} | {
        "inferred": [quad for quad in whole.graphs["inferred"] if quad.subject in {q.subject for q in needed}]
    }


def reachable(start: Iterable[Quad], quads: list[Quad]) -> list[Quad]:
    """What is said of the things that `start` names, of the things that these name, and so on."""
    waiting, seen = {term for quad in start for term in (quad.subject, quad.object)}, set()
    while waiting:
        seen |= waiting
        waiting = {quad.object for quad in quads if quad.subject in seen} - seen
    return [quad for quad in quads if quad.subject in seen]


def test_a_small_complete_graph_conforms(whole: building.Candidate) -> None:
    assert whole.faults() == []
    assert set(whole.graphs) == {KEY, "authority", "ontology", "inferred", "provenance"}
    assert all(whole.graphs.values())


def test_it_has_every_kind_of_finding(whole: building.Candidate) -> None:
    kinds = {quad.object for quad in whole.graphs[KEY] if quad.predicate == TYPE}
    wanted = "Mention OperativeAct Decision DraftDecision Workshop FundingFlow Cooperation OperativeParagraph"
    assert {MEA[name] for name in wanted.split()} <= kinds


def test_the_small_copy_conforms(small: Graphs) -> None:
    assert building.check(small, silent).faults() == []


# ---- broken copies ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """One property of one node gets another value, or none: the shape that says so, and where.

    `node` is a path below the base, or the name of a class that one node of the document has.
    """

    node: str
    predicate: NamedNode
    value: NamedNode | Literal | None
    shape: str
    place: str
    said: str = ""  # the value that is printed, if it is


BROKEN = {
    "a decision out of its meeting": Broken(
        "Decision",
        MEA.adoptedAt,
        thing("meeting", "minamata-cop-5"),
        "decision-number-fits-meeting",
        KEY,
        "meeting/minamata-cop-5",
    ),
    "a decision of another regime": Broken(
        "Decision", MEA.ofRegime, thing("regime", "basel"), "decision-number-fits-regime", KEY, "regime/basel"
    ),
    "an end before its start": Broken(
        "Workshop", MEA.endDate, date_literal("2021-04"), "end-not-before-start", f"{KEY}, 2", "2021-04"
    ),
    "a deadline that is no date": Broken(
        f"{OPERATIVE}/act_1", MEA.dueDate, plain("soon"), "act-due-date", f"{KEY}, annex op. 1", "soon"
    ),
    "a surface that is not in the text": Broken(
        f"doc/{KEY}/para_1/mention_1", MEA.surface, plain("MC-9/40"), "mention-slice", f"{KEY}, 1", "MC-9/40"
    ),
    "offsets that do not fit the surface": Broken(
        f"doc/{KEY}/para_1/mention_1", MEA.endOffset, integer(9), "mention-length", f"{KEY}, 1", "MC-4/40"
    ),
    "a request without addressee": Broken(
        f"{OPERATIVE}/act_1", MEA.addressee, None, "act-addressee", f"{KEY}, annex op. 1", "act-type/request"
    ),
    "a request to nobody known": Broken(
        f"{OPERATIVE}/act_1",
        MEA.addressee,
        thing("org", "nobody"),
        "act-addressee-agent",
        f"{KEY}, annex op. 1",
        "org/nobody",
    ),
    "a draft with an adopted number": Broken(DRAFT, DCTERMS.identifier, plain("MC-5/12"), "draft-unnumbered", KEY),
    "a cooperation of one": Broken("Cooperation", MEA.party, thing("org", "gmp"), "cooperation-parties", f"{KEY}, 4"),
    "money without a currency": Broken("FundingFlow", MEA.currency, None, "money-currency", f"{KEY}, 3"),
    "an unknown status": Broken(
        "Workshop", MEA.status, thing("status", "hoped-for"), "status-known", f"{KEY}, 2", "status/hoped-for"
    ),
    "an act without evidence": Broken(
        f"{OPERATIVE}/act_1", MEA.evidencedBy, None, "extracted-evidence", f"{KEY}, annex op. 1"
    ),
    "a paragraph without its place": Broken(OPERATIVE, MEA.label, None, "unit-label", KEY),
}


def find(graphs: Graphs, name: str) -> NamedNode:
    """The node at a path, or the only one of a class."""
    if "/" in name:
        return NamedNode(BASE + name)
    (node,) = {quad.subject for quad in graphs[KEY] if quad.predicate == TYPE and quad.object == MEA[name]}
    assert isinstance(node, NamedNode)
    return node


def broken_copy(graphs: Graphs, broken: Broken) -> Graphs:
    """The graphs, with the property of the node replaced in the document's graph."""
    node = find(graphs, broken.node)
    kept = [quad for quad in graphs[KEY] if (quad.subject, quad.predicate) != (node, broken.predicate)]
    new = [] if broken.value is None else [Quad(node, broken.predicate, broken.value, graph_iri(KEY))]
    return {**graphs, KEY: [*kept, *new]}


def expected_line(graphs: Graphs, broken: Broken) -> str:
    """The whole line that says what is wrong, with the message that the shape has."""
    node = find(graphs, broken.node).value.removeprefix(BASE)
    message = SHAPE_GRAPH.value(URIRef(SHAPES + broken.shape), SH.message)
    said = broken.said and f" [{broken.said}]"
    return f"Violation {broken.shape}: {node} ({broken.place}): {message}{said}"


@pytest.fixture
def served(tmp_path: Path, small: Graphs) -> Store:
    """A store that serves the small graph."""
    store = Store(tmp_path)
    building.publish(store, building.unchecked(small), {})
    return store


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_copy_is_refused_and_what_was_served_stays(served: Store, small: Graphs, broken: Broken) -> None:
    before = served.current()
    candidate = building.check(broken_copy(small, broken), silent)
    with pytest.raises(ViolationError) as refused:
        building.publish(served, candidate, {})
    assert str(refused.value).splitlines() == ["not published: 1 violations", expected_line(small, broken)]
    assert served.current() == before


def add(graphs: Graphs, *quads: tuple[NamedNode, NamedNode, NamedNode]) -> Graphs:
    return {**graphs, KEY: [*graphs[KEY], *(Quad(*quad, graph_iri(KEY)) for quad in quads)]}


def test_a_cooperation_with_oneself_breaks_shape_and_axiom(small: Graphs) -> None:
    body = thing("org", "gmp")
    faults = building.check(add(small, (body, MEA.cooperatesWith, body)), silent).faults()
    assert [fault.partition(": ")[0] for fault in faults] == [
        "Violation cooperation-not-with-self",
        "Inconsistency irreflexive property",
    ]
    assert all("org/gmp" in fault and KEY in fault for fault in faults)


def test_a_draft_that_is_a_decision_breaks_shape_and_axiom(small: Graphs) -> None:
    faults = building.check(add(small, (thing(*DRAFT.split("/")), TYPE, MEA.Decision)), silent).faults()
    assert any(fault.startswith(f"Violation draft-not-decision: {DRAFT} ({KEY}): ") for fault in faults)
    (clash,) = [fault for fault in faults if fault.startswith("Inconsistency")]
    assert clash.startswith("Inconsistency disjoint classes: ")
    assert clash.endswith(f"(in {KEY})")


def test_a_thing_that_is_nowhere_described_is_refused(small: Graphs) -> None:
    copy = add(small, (thing("doc", KEY, "para_1"), MEA.mentions, thing("org", "nobody")))
    (fault,) = building.check(copy, silent).faults()
    assert fault.startswith("Violation known-thing: org/nobody")


def test_violations_are_published_when_they_are_allowed(served: Store, small: Graphs) -> None:
    broken = BROKEN["money without a currency"]
    candidate = building.check(broken_copy(small, broken), silent)
    before = served.current()
    version = building.publish(served, candidate, {}, allow_violations=True)
    assert served.current() == version != before
    assert version.report["violations"] == [expected_line(small, broken)]


def test_warnings_hinder_nothing(served: Store, small: Graphs) -> None:
    candidate = building.check(broken_copy(small, Broken("Decision", MEA.ofRegime, None, "", "")), silent)
    assert candidate.conforms
    warnings = building.publish(served, candidate, {}).report["warnings"]
    assert [warning.partition(":")[0] for warning in warnings] == ["Warning decision-regime"]


def test_the_documents_are_the_graphs_that_are_not_ours(whole: building.Candidate) -> None:
    assert building.document_names(whole.graphs) == [KEY]


def test_without_text_only_the_text_is_missing(whole: building.Candidate) -> None:
    left = building.without_text(whole.graphs)
    missing = {quad for name, quads in whole.graphs.items() for quad in set(quads) - set(left[name])}
    assert {quad.predicate for quad in missing} == {MEA.text}
    assert {quad.graph_name for quad in missing} == {graph_iri(KEY)}
