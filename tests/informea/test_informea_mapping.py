"""From our things to InforMEA's entities, without a server."""

from datetime import date, datetime

import pytest

from graph.iri import BASE
from graph.terms import MEA
from server.evaluation.tables import Cell
from server.informea.facts import Facts, Material
from server.informea.mapping import DATA_DATE, Mapping
from server.informea.pieces import last_moment, make_row, moment, order_of, text_children

REGIME = f"{BASE}regime/minamata"


def facts(path: str, **values: str | list[str]) -> Facts:
    """A thing with these values."""
    terms = {
        name: [Cell("literal", v) for v in ([value] if isinstance(value, str) else value)]
        for name, value in values.items()
    }
    return Facts(BASE + path, terms)


def mapping(*meetings: Facts, today: date = date(2026, 6, 1), **more: dict[str, Facts]) -> Mapping:
    """One treaty, one State, a body, and the meetings."""
    page = "https://www.informea.org/treaties/minamataunep"
    treaty = facts("treaty/minamata", seeAlso=page, exactMatch="urn:uuid:1", ofRegime=REGIME, prefLabel="Minamata")
    bodies = {
        f"{BASE}org/cop": facts("org/cop", type=MEA.GoverningBody.value, prefLabel="The Conference"),
        f"{BASE}org/group": facts("org/group", type=MEA.SubsidiaryBody.value, prefLabel="The Group"),
    }
    state = facts("org/indonesia", prefLabel="Indonesia", altLabel="Republic of Indonesia", notation=["ID", "IDN"])
    given = {
        "decisions": {},
        "drafts": {},
        "documents": {},
        "topics": {},
        "files": {},
        "text": {},
        "about": {},
        "cited": {},
    }
    met = {meeting.iri: meeting for meeting in meetings}
    return Mapping(Material({treaty.iri: treaty}, met, bodies=bodies, states={state.iri: state}, **given | more), today)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"startDate": "2026-06-01", "endDate": "2026-06-02", "place": "Bali, Indonesia"},
            {"status": "confirmed", "country": "ID", "city": "Bali", "virtual": False, "updated": DATA_DATE},
        ),
        (
            {"startDate": "2026-05-30", "endDate": "2026-05-31", "place": ["online", "Bali, Republic of Indonesia"]},
            {"status": "over", "country": "ID", "virtual": True, "location": "online; Bali, Republic of Indonesia"},
        ),
        ({"startDate": "2020-02-01", "endDate": "2020-02-03"}, {"status": "over", "updated": datetime(2020, 2, 3)}),
        ({"startDate": "2020-02"}, {"status": "over", "start": datetime(2020, 2, 1), "updated": datetime(2020, 2, 29)}),
        ({"startDate": "2026-06"}, {"status": "nodate", "end": None}),
        ({"startDate": "2027"}, {"status": "nodate", "start": datetime(2027, 1, 1), "country": "CH"}),
        ({"startDate": "2020", "hasOrganizer": f"{BASE}org/cop"}, {"type": "cop"}),
        ({"startDate": "2020", "hasOrganizer": f"{BASE}org/group"}, {"type": "subsidiary"}),
        ({"startDate": "2020"}, {"type": "working", "kind": "official", "treaty": "minamataunep"}),
    ],
)
def test_meeting(values: dict[str, str | list[str]], expected: dict[str, object]) -> None:
    (row,) = mapping(facts("meeting/m-1", ofRegime=REGIME, prefLabel="M", **values)).rows()["Meetings"]
    assert {name: row.values.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "meeting",
    [facts("meeting/m-1", ofRegime=REGIME, prefLabel="M"), facts("meeting/m-1", startDate="2020", prefLabel="M")],
    ids=["no start", "no treaty"],
)
def test_a_meeting_that_is_not_served_is_named_by_its_decisions(meeting: Facts) -> None:
    made = facts("decision/MC-1-2", ofRegime=REGIME, identifier="MC-1/2", adoptedAt=meeting.iri, prefLabel="Decision")
    rows = mapping(meeting, decisions={made.iri: made}).rows()
    assert rows["Meetings"] == []
    assert [(r.values.get("meetingId"), r.values["meetingTitle"]) for r in rows["Decisions"]] == [(None, "M")]


@pytest.mark.parametrize(
    ("label", "kind"), [("Resolution 5/3", "resolution"), ("Decision MC-1/2", "decision"), ("Waste", "decision")]
)
def test_kind_of_decision(label: str, kind: str) -> None:
    made = facts("decision/MC-1-2", ofRegime=REGIME, identifier="MC-1/2", prefLabel=label)
    (row,) = mapping(decisions={made.iri: made}).rows()["Decisions"]
    assert (row.values["type"], row.values["meetingTitle"], row.values["published"]) == (kind, "minamataunep", None)
    assert row.values["updated"] == DATA_DATE


def test_glossary_terms_are_written_with_http() -> None:
    topic = facts("topic/pops", prefLabel="POPs", exactMatch="https://www.informea.org/terms/pops")
    made = facts("decision/MC-1-2", ofRegime=REGIME, identifier="MC-1/2", prefLabel="Decision MC-1/2")
    known = {"topics": {topic.iri: topic}, "about": {made.iri: [topic.iri]}}
    (row,) = mapping(decisions={made.iri: made}, **known).rows()["Decisions"]  # type: ignore[arg-type]
    keyword = {"id": "MC-1-2-pops", "namespace": "http://www.informea.org/terms/", "term": "POPs"}
    assert [child.values for child in row.children["keywords"]] == [keyword]


def test_other_languages_and_illegal_characters_are_left_out() -> None:
    row = make_row({"id": "x"}, title=text_children([("en", "a\x00b\ufffe\U0001f41f"), ("pt", "c")]))
    assert [child.values for child in row.children["title"]] == [
        {"id": "x-en", "language": "en", "value": "ab\U0001f41f"}
    ]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2024", (2024, 1, 1), (2024, 12, 31)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2023-12", (2023, 12, 1), (2023, 12, 31)),
        ("2024-02-03", (2024, 2, 3), (2024, 2, 3)),
    ],
)
def test_moments(day: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert (moment(day), last_moment(day)) == (datetime(*first), datetime(*last))


@pytest.mark.parametrize(("number", "order"), [("MC-5/12", 12), ("IX/10", 10), ("MC-5/[--]", None), ("24/3 IV", None)])
def test_order(number: str, order: int | None) -> None:
    assert order_of(number) == order
