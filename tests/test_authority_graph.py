"""The registry as quads: IRIs, identifiers and names as the graph model has them."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graph import iri
from graph.authority_graph import authority_quads
from graph.authority_works import document_statements, work_statements
from graph.errors import AuthorityError
from graph.registry import Registry, load_registry
from graph.terms import DCTERMS, MEA, ORG, SKOS, TYPE, english, plain


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def quads(registry: Registry) -> list[Quad]:
    return authority_quads(registry)


def values(quads: list[Quad], path: str, predicate: NamedNode) -> set[str]:
    """The values as strings, our own IRIs without the base, terms of the ontology without their namespace."""
    node = NamedNode(iri.BASE + path)
    found = {q.object for q in quads if q.subject == node and q.predicate == predicate}
    return {str(o.value).removeprefix(iri.BASE).removeprefix(MEA.iri) for o in found if not isinstance(o, BlankNode)}  # type: ignore[union-attr]


def test_the_same_registry_gives_the_same_list(registry: Registry, quads: list[Quad]) -> None:
    assert authority_quads(registry) == quads == sorted(set(quads), key=str)


def test_all_in_one_graph_without_blank_nodes(quads: list[Quad]) -> None:
    assert {q.graph_name for q in quads} == {iri.graph_iri("authority")}
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_everything_has_one_class_and_one_name(quads: list[Quad]) -> None:
    subjects = {q.subject for q in quads}
    for predicate in (TYPE, SKOS.prefLabel):
        stated = [q.subject for q in quads if q.predicate == predicate]
        assert len(stated) == len(set(stated))
        assert set(stated) == subjects


def test_whatever_is_referred_to_is_described(quads: list[Quad]) -> None:
    subjects = {q.subject for q in quads}
    ours = {q.object for q in quads if isinstance(q.object, NamedNode) and q.object.value.startswith(iri.BASE)}
    assert ours <= subjects


def test_labels_are_english(quads: list[Quad]) -> None:
    labels = {SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition}
    for quad in quads:
        if quad.predicate in labels:
            assert isinstance(quad.object, Literal) and quad.object.language == "en", quad


FACTS = [
    ("regime/basel", TYPE, {"Regime"}),
    ("regime/basel", MEA.subRegimeOf, {"regime/brs"}),
    ("treaty/minamata", TYPE, {"Treaty"}),
    ("treaty/minamata", DCTERMS.identifier, {"Minamata Convention"}),
    ("treaty/minamata", SKOS.prefLabel, {"Minamata Convention on Mercury"}),
    ("treaty/minamata", SKOS.notation, {"minamataunep", "TRE-160007"}),
    ("treaty/minamata", SKOS.exactMatch, {"urn:uuid:fb7708d6-7a42-4f8e-9e5a-f03da26db46f"}),
    ("treaty/minamata", MEA.ofRegime, {"regime/minamata"}),
    ("treaty/kyoto", DCTERMS.relation, {"treaty/unfccc"}),
    ("treaty/minamata/art_14", TYPE, {"Article"}),
    ("treaty/minamata/art_14", DCTERMS.identifier, {"Minamata art. 14"}),
    ("treaty/minamata/art_14", MEA.isDirectPartOf, {"treaty/minamata"}),
    ("treaty/minamata/annex_A", DCTERMS.identifier, {"Minamata Annex A"}),
    (
        "treaty/minamata/annex_A",
        MEA.hasDirectPart,
        {"treaty/minamata/annex_A/part_I", "treaty/minamata/annex_A/part_II"},
    ),
    ("treaty/minamata/annex_A/part_I", TYPE, {"AnnexPart"}),
    ("treaty/minamata/annex_A/part_I", DCTERMS.identifier, {"Minamata Annex A part I"}),
    ("org/minamata-secretariat", TYPE, {"Secretariat"}),
    ("org/minamata-secretariat", MEA.actsForRegime, {"regime/minamata"}),
    ("org/basel-secretariat", MEA.isUnitOf, {"org/brs-secretariat"}),
    ("org/minamata-cop", MEA.ofRegime, {"regime/minamata"}),
    ("org/norway", TYPE, {"State"}),
    ("org/norway", SKOS.notation, {"NO", "NOR"}),
    ("org/norway", ORG.memberOf, {"org/western-european-and-other-states"}),
    ("person/monika-stankiewicz", SKOS.prefLabel, {"Monika Stankiewicz"}),
    ("person/andreas-gossnitzer", SKOS.prefLabel, {"Andreas Gössnitzer"}),
    ("topic/mercury-waste", SKOS.broader, {"topic/mercury"}),
    ("system/kronos", TYPE, {"InformationSystem"}),
    ("meeting/minamata-cop-5", TYPE, {"Meeting"}),
    ("meeting/minamata-cop-5", MEA.startDate, {"2023-10-30"}),
    ("meeting/minamata-cop-5", MEA.endDate, {"2023-11-03"}),
    ("meeting/minamata-cop-5", MEA.place, {"Geneva, Switzerland"}),
    ("meeting/minamata-cop-5", MEA.hasOrganizer, {"org/minamata-cop"}),
    ("meeting/minamata-cop-5", MEA.ofRegime, {"regime/minamata"}),
    ("meeting/minamata-cop-4", MEA.place, {"online", "Bali, Indonesia"}),
    ("activity/joint-study-biodiversity", MEA.hasOrganizer, {"org/minamata-secretariat", "org/brs-secretariat"}),
    ("activity/joint-study-biodiversity", MEA.hasOutput, {"doc/UNEP-MC-COP.4-INF-13"}),
    (
        "activity/minamata-first-effectiveness-evaluation",
        MEA.implements,
        {"treaty/minamata/art_22", "decision/MC-4-11"},
    ),
    ("doc/UNEP-MC-COP.4-INF-13", TYPE, {"InformationDocument"}),
    ("doc/UNEP-MC-COP.4-INF-13", MEA.forMeeting, {"meeting/minamata-cop-4"}),
    ("decision/MC-4-11", DCTERMS.identifier, {"MC-4/11"}),
    ("decision/MC-4-11", MEA.adoptedAt, {"meeting/minamata-cop-4"}),
    ("decision/MC-4-11", MEA.adoptedBy, {"org/minamata-cop"}),
]


@pytest.mark.parametrize(
    ("path", "predicate", "expected"),
    FACTS,
    ids=[f"{path}-{p.value.rpartition('#')[2] or p.value}" for path, p, _ in FACTS],
)
def test_facts(quads: list[Quad], path: str, predicate: NamedNode, expected: set[str]) -> None:
    assert values(quads, path, predicate) == expected


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("org/gef", {"GEF", "Global Environmental Facility"}),
        ("treaty/minamata", {"Minamata Convention"}),
        ("meeting/minamata-cop-5", {"Minamata COP-5"}),
        ("org/iran", {"Iran", "Islamic Republic of Iran"}),
    ],
)
def test_other_names(quads: list[Quad], path: str, names: set[str]) -> None:
    assert names <= values(quads, path, SKOS.altLabel)


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("Minamata art. 22", "treaty/minamata/art_22"),
        ("Minamata Annex A part I", "treaty/minamata/annex_A/part_I"),
        ("Montreal Protocol art. 10A", "treaty/montreal/art_10A"),
        ("MC-3/11", "decision/MC-3-11"),
        ("BC IX/10", "decision/BC-IX-10"),
        ("UNGA 73/333", "decision/UNGA-73-333"),
        ("UNEP GC 24/3 IV", "decision/UNEP-GC-24-3-IV"),
        ("UNFCCC 1/CP.21", "decision/UNFCCC-1-CP.21"),
        ("CBD XIV/26", "decision/CBD-XIV-26"),
    ],
)
def test_works_by_identifier(registry: Registry, identifier: str, path: str) -> None:
    node, statements = work_statements(registry, identifier)
    assert iri.path_of(node) == path
    assert not statements or (node, DCTERMS.identifier, plain(identifier)) in statements


@pytest.mark.parametrize(
    "identifier", ["Minamata art. 36", "Minamata Annex A part III", "Minamata Annex F", "73/333", "the decision"]
)
def test_unknown_works_are_refused(registry: Registry, identifier: str) -> None:
    with pytest.raises(AuthorityError, match=identifier):
        work_statements(registry, identifier)


def test_symbols_tell_kind_and_meeting(registry: Registry) -> None:
    node = iri.document("UNEP/MC/COP.4/20")
    assert set(document_statements(registry, "UNEP/MC/COP.4/20")) == {
        (node, TYPE, MEA.MeetingDocument),
        (node, SKOS.prefLabel, english("UNEP/MC/COP.4/20")),
        (node, DCTERMS.identifier, plain("UNEP/MC/COP.4/20")),
        (node, MEA.ofRegime, iri.thing("regime", "minamata")),
        (node, MEA.forMeeting, iri.thing("meeting", "minamata-cop-4")),
    }
    with pytest.raises(AuthorityError, match="MC-5/12"):
        list(document_statements(registry, "MC-5/12"))
