"""The example queries on the published graph: each runs and says what the documents say."""

from typing import Any

import pyoxigraph as ox
import pytest

from graph.iri import BASE
from graph.terms import MEA
from server.examples import FOLDER, Example, load_examples

EXAMPLES = load_examples()

NOTE = "doc/minamata-cop-4-international-cooperation"
CAPACITY = "doc/minamata-cop-5-capacity-building"
REPORT = "doc/UNEP-MINAMATACONVENTION-2021-1"
LETTER = "doc/MC-COP5-2023-190"
SECRETARIAT = "Secretariat of the Minamata Convention on Mercury"

Row = dict[str, str]


@pytest.fixture(scope="module")
def tables(published: ox.Store) -> dict[str, list[Row]]:
    """The rows of every query, as strings: our IRIs without the base, what is not bound left out."""
    return {name: rows(published, example) for name, example in EXAMPLES.items()}


def rows(store: ox.Store, example: Example) -> list[Row]:
    found: Any = store.query(example.text, use_default_graph_as_union=True)
    names = [variable.value for variable in found.variables]
    return [{name: short(row[name]) for name in names if row[name] is not None} for row in found]


def short(term: Any) -> str:
    return str(term.value).removeprefix(BASE).removeprefix(MEA.iri)


def count(table: list[Row], wanted: Row) -> int:
    return sum(wanted.items() <= row.items() for row in table)


# Rows that must be there: the columns given have these values.
PRESENT: list[tuple[str, Row]] = [
    ("brs-minamata-cooperation", {"outputs": "UNEP/MC/COP.4/INF/17", "document": NOTE, "place": "27"}),
    ("brs-minamata-cooperation", {"outputs": "UNEP/MC/COP.4/INF/13", "document": NOTE, "place": "32"}),
    ("brs-minamata-cooperation", {"outputs": "UNEP/MC/COP.4/INF/14", "document": NOTE, "place": "33"}),
    (
        "brs-minamata-cooperation",
        {"label": "Joint task force on programmatic cooperation", "document": NOTE, "place": "26"},
    ),
    (
        "brs-minamata-cooperation",
        {
            "activity": "activity/basel-mercury-waste-guidelines-update",
            "document": REPORT,
            "place": "section 1.2 para 6",
        },
    ),
    (
        "brs-minamata-cooperation",
        {"activity": "activity/minamata-website-brs-hosting", "document": REPORT, "place": "section 7.2 para 5"},
    ),
    ("brs-minamata-legal-basis", {"document": NOTE, "basis": "Minamata art. 24(4)", "place": "26"}),
    ("brs-minamata-legal-basis", {"document": REPORT, "basis": "MC-1/11", "place": "section 9 para 2"}),
    (
        "requests-to-the-minamata-secretariat",
        {"verb": "Also requests", "document": NOTE, "place": "annex op. 6", "due": "at its fifth meeting"},
    ),
    ("requests-to-the-minamata-secretariat", {"document": CAPACITY, "place": "annex op. 9"}),
    ("what-decisions-set-in-motion", {"decision": "MC-5/3", "relation": "mandates", "place": "bullet 3"}),
    ("what-decisions-set-in-motion", {"decision": "MC-2/11", "relation": "act", "document": CAPACITY, "place": "4"}),
    ("who-funds-what", {"funder": "European Union", "amount": "500000", "currency": "EUR", "document": REPORT}),
    ("who-funds-what", {"funder": "European Union", "document": CAPACITY, "place": "15"}),
    ("what-implements-an-article", {"activity": "activity/mercury-waste-thresholds", "document": REPORT}),
    ("deadlines-by-date", {"date": "2024-06-30", "decision": "MC-5/5", "document": LETTER, "place": "bullet 4"}),
    ("deadlines-by-date", {"date": "2025-03-31", "decision": "MC-5/6", "document": LETTER, "place": "bullet 5"}),
    ("cooperation-with-the-minamata-secretariat", {"organization": "org/who", "document": NOTE, "place": "21"}),
    ("cooperation-with-the-minamata-secretariat", {"organization": "org/gmp", "document": CAPACITY, "place": "19"}),
    (
        "paragraphs-of-an-article",
        {"provision": "Minamata art. 14(2)", "document": CAPACITY, "place": "1", "times": "2"},
    ),
    ("most-cited-decisions", {"decision": "MC-3/11", "paragraphs": "3"}),
    ("documents-two-citations-apart", {"from": REPORT, "to": NOTE, "link": "both cite", "through": "MC-3/11"}),
    ("acts-naming-the-global-mercury-partnership", {"type": "invite", "document": NOTE, "place": "annex op. 3"}),
    ("acts-naming-the-global-mercury-partnership", {"type": "request", "document": LETTER, "place": "para 3"}),
    ("draft-decisions", {"number": "MC-5/[--]", "document": CAPACITY, "operative": "9"}),
    ("draft-decision-paragraphs", {"verb": "Calls upon", "document": CAPACITY, "place": "annex op. 4"}),
    ("organizations-most-involved", {"organization": "org/minamata-secretariat", "name": SECRETARIAT}),
    ("persons-and-roles", {"person": "Monika Stankiewicz", "role": "Executive Secretary", "document": LETTER}),
    ("co-chairs-of-expert-groups", {"person": "Darren Byrne", "country": "Ireland", "role": "Co-chair"}),
    ("parts-of-annexes", {"provision": "Minamata Annex A part I", "document": LETTER, "place": "bullet 4"}),
    ("activities-on-exact-days", {"start": "2020-11-26", "document": NOTE, "place": "10"}),
    ("amounts-of-money", {"amount": "2819717", "currency": "USD", "place": "bullet 1"}),
    ("reported-figures", {"value": "79.8", "unit": "per cent", "document": REPORT, "place": "section 3 para 4"}),
    ("documents-cited-across-regimes", {"document": NOTE, "cites": "UNEP/CHW.15/INF/44", "place": "footnote 3"}),
    ("number-collisions", {"symbol": "UNEP/MC/COP.5/12", "decision": "MC-5/12"}),
    ("number-collisions", {"symbol": "UNEP/MC/COP.5/INF/7", "decision": "MC-5/7"}),
    ("meetings-by-date", {"meeting": "meeting/minamata-cop-5", "start": "2023-10-30", "end": "2023-11-03"}),
    ("topics", {"topic": "topic/asgm"}),
    ("where-a-treaty-is-mentioned", {"surface": "Basel Convention", "document": LETTER, "place": "bullet 14"}),
    ("what-a-paragraph-says", {"kind": "mentions", "finding": "treaty/minamata/art_24/para_4"}),
    ("what-a-paragraph-says", {"kind": "cooperation"}),
    ("mentions-to-review", {"surface": "the Secretariat", "meaning": SECRETARIAT, "document": REPORT}),
    ("information-systems", {"name": "KRONOS", "document": REPORT}),
    ("regimes-named-together", {"one": "Basel Convention", "other": "Stockholm Convention"}),
    ("cooperation-network", {"one": "UNEP Global Mercury Partnership", "other": SECRETARIAT}),
    ("named-graphs", {"graph": "graph/MC-COP5-2023-190", "file": "letter-2023-190.txt"}),
    ("named-graphs", {"graph": "graph/authority"}),
]

# Rows that must not be there.
ABSENT: list[tuple[str, Row]] = [
    ("brs-minamata-cooperation", {"document": LETTER}),
    ("brs-minamata-legal-basis", {"document": LETTER}),
    ("brs-minamata-legal-basis", {"basis": "Minamata art. 9"}),
    ("requests-to-the-minamata-secretariat", {"document": CAPACITY, "place": "annex op. 4"}),
    ("what-decisions-set-in-motion", {"decision": "MC-5/[--]"}),
    ("what-implements-an-article", {"activity": "activity/planetgold-programme"}),
    ("deadlines-by-date", {"date": "2023-11-03"}),
    ("cooperation-with-the-minamata-secretariat", {"organization": "org/minamata-secretariat"}),
    ("paragraphs-of-an-article", {"provision": "Minamata art. 13(3)"}),
    ("most-cited-decisions", {"decision": "UNEP/MC/COP.5/12"}),
    ("documents-two-citations-apart", {"from": NOTE, "to": NOTE}),
    ("acts-naming-the-global-mercury-partnership", {"document": NOTE, "place": "annex op. 7"}),
    ("draft-decisions", {"adopted": "MC-5/18"}),
    ("draft-decision-paragraphs", {"document": LETTER}),
    ("co-chairs-of-expert-groups", {"person": "Monika Stankiewicz"}),
    ("activities-on-exact-days", {"start": "2023-06"}),
    ("documents-cited-across-regimes", {"cites": "UNEP/MC/COP.4/INF/13"}),
    ("number-collisions", {"symbol": "UNEP/MC/COP.5/1"}),
    ("number-collisions", {"symbol": "UNEP/MC/COP.5/INF/32"}),
    ("where-a-treaty-is-mentioned", {"document": CAPACITY, "place": "annex op. 3"}),
    ("information-systems", {"name": "FAOLEX"}),
]


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_query_finds_something(published: ox.Store, example: Example) -> None:
    found: Any = published.query(example.text, use_default_graph_as_union=True)
    assert list(found)


@pytest.mark.parametrize(("name", "row"), PRESENT)
def test_the_row_is_there(tables: dict[str, list[Row]], name: str, row: Row) -> None:
    assert count(tables[name], row), tables[name]


@pytest.mark.parametrize(("name", "row"), ABSENT)
def test_the_row_is_not_there(tables: dict[str, list[Row]], name: str, row: Row) -> None:
    assert not count(tables[name], row)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_a_query_explains_itself(example: Example) -> None:
    assert example.title and len(example.comment) > 40
    assert len(example.keywords) >= 2


def test_no_row_comes_twice(tables: dict[str, list[Row]]) -> None:
    assert {name for name, table in tables.items() if any(table.count(row) > 1 for row in table)} == set()


def test_every_query_has_a_row_to_check() -> None:
    assert {name for name, _ in PRESENT} == set(EXAMPLES)


def test_positions_order_the_page() -> None:
    assert [example.position for example in EXAMPLES.values()] == list(range(1, len(EXAMPLES) + 1))


def test_the_base_stands_in_no_query() -> None:
    assert not [path.name for path in FOLDER.glob("*.ttl") if BASE in path.read_text(encoding="utf-8")]


def test_deadlines_come_in_date_order(tables: dict[str, list[Row]]) -> None:
    for name, column in (("deadlines-by-date", "date"), ("activities-on-exact-days", "start")):
        dates = [row[column] for row in tables[name]]
        assert dates == sorted(dates)
