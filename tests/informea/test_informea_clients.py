"""Clients against the real server: a library, and the loops of the harvesters replayed."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyodata
import pytest
import requests
from lxml import etree

from informea.feeds import DECISIONS, DRAFT_OF, Server
from server.informea.schema import MAIN, SETS

COUNT = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}count"
PORTAL = {
    "Decisions": "title,keywords,files,content,summary",
    "Meetings": "title,description",
    "CountryReports": "title,files",
    "NationalPlans": "title,files",
}


@pytest.fixture(scope="module")
def client(feed_server: Server) -> Any:
    """A pyodata client that has read the model."""
    return pyodata.Client(feed_server.feed.rstrip("/"), requests.Session())


def test_pyodata_reads_the_model(client: Any) -> None:
    assert {s.name: s.entity_type.name for s in client.schema.entity_sets} == {s.name: s.type for s in SETS.values()}
    for name in MAIN:
        kind = client.schema.entity_type(SETS[name].type)
        assert {p.name: p.nullable for p in kind.proprties()} == {
            p.name: not p.required for p in SETS[name].properties.values()
        }
        assert {p.name for p in kind.nav_proprties} == set(SETS[name].navigations)


def test_pyodata_expands(client: Any) -> None:
    entity = client.entity_sets.Decisions.get_entity("MC-5-3").expand("title,files").execute()
    assert (entity.number, entity.updated.isoformat()) == ("MC-5/3", "2023-11-03T00:00:00+00:00")
    assert [title.language for title in entity.title] == ["en"]
    assert entity.files == []


def test_pyodata_follows(client: Any) -> None:
    children = client.entity_sets.Decisions.get_entity(f"{DRAFT_OF}:draft-decision_1").nav("content").get_entities()
    assert [child.language for child in children.execute()] == ["en"]


def test_pyodata_filters_orders_pages_counts(client: Any) -> None:
    request = client.entity_sets.Decisions.get_entities()
    query = request.filter(request.treaty == "basel").order_by("updated desc,id").skip(5).top(10).count(inline=True)
    page = query.execute()
    assert (len(page), page.total_count) == (10, DECISIONS // 4)
    assert [row.id for row in page] == [row.id for row in sorted(page, key=lambda r: (-r.updated.timestamp(), r.id))]
    assert client.entity_sets.Decisions.get_entities().count().execute() == DECISIONS + 1


@pytest.mark.parametrize(
    ("lookups", "number"),
    [
        ({"number__startswith": "MC-5/"}, 62 + 1),
        ({"number__contains": "-5/", "treaty": "stockholm"}, 31),
        ({"number": "MC-5/3"}, 1),
        ({"id__in": ["MC-5-3", "MC-5-4", "none"]}, 2),
        ({"displayOrder__lte": 2, "treaty": "basel"}, 32),
    ],
)
def test_pyodata_lookups(client: Any, lookups: dict[str, Any], number: int) -> None:
    found = client.entity_sets.Decisions.get_entities().filter(**lookups).execute()
    assert len(found) == number


def portal(server: Server, name: str) -> Iterator[dict[str, Any]]:
    """The portal's crawl: how many there are, then pages of a hundred."""
    session, url = requests.Session(), f"{server.feed}{name}"
    text = session.get(f"{url}/$count", timeout=30).text.strip()
    if text in ("", "0"):
        bare = requests.Request("GET", f"{url}?$inlinecount=allpages").prepare()
        text = etree.fromstring(session.send(bare, timeout=30).content).findtext(COUNT)
    for skip in range(0, int(text), 100):
        page = f"{url}?$top=100&$skip={skip}&$expand={PORTAL[name]}&$orderby=updated%20desc,id"
        answer = session.get(page, headers={"Accept": "application/json"}, timeout=30, allow_redirects=False)
        assert answer.status_code == 200
        yield from answer.json()["d"]["results"]


def ecolex(server: Server, since: str) -> Iterator[dict[str, Any]]:
    """ECOLEX's crawl: pages of twenty until one is empty."""
    for skip in range(0, 10_000, 20):
        query = (
            f"$top=20&$skip={skip}&$format=json&$expand=title,longTitle,keywords,content,files,summary"
            f"&$filter=updated gt datetime'{since}T00:00:00'&$orderby=updated asc"
        )
        answer = requests.get(f"{server.feed}Decisions?{query}", timeout=30, allow_redirects=False)
        assert answer.status_code == 200
        rows = answer.json()["d"]["results"]
        for row in rows:
            assert isinstance(row["keywords"]["results"], list)
            assert isinstance(row["files"]["results"], list)
        yield from rows
        if not rows:
            return


def others(server: Server) -> Iterator[dict[str, Any]]:
    """Pages of five hundred until one is short; what has neither content nor summary is dropped."""
    for skip in range(0, 10_000, 500):
        rows = server.rows("Decisions", top=500, skip=skip, expand="content,summary")
        yield from (row for row in rows if row["content"]["results"] or row["summary"]["results"])
        if len(rows) < 500:
            return


def received(rows: Iterator[dict[str, Any]]) -> Counter[str]:
    """How often each key came."""
    return Counter(row["id"] for row in rows)


@pytest.mark.parametrize("name", PORTAL)
def test_portal_gets_every_row_once(feed_server: Server, name: str) -> None:
    assert received(portal(feed_server, name)) == {row["id"]: 1 for row in feed_server.rows(name)}


def test_portal_skips_nothing(feed_server: Server) -> None:
    meetings = {row["id"]: row for row in portal(feed_server, "Meetings")}
    assert all(row["start"] and row["title"]["results"] for row in meetings.values())
    for row in portal(feed_server, "Decisions"):
        assert any(title["language"] == "en" and title["value"] for title in row["title"]["results"])
        assert not row["meetingId"] or meetings[row["meetingId"]]["treaty"] == row["treaty"]


@pytest.mark.parametrize("since", ["1990-01-01", "2015-01-01", "2026-01-01"])
def test_ecolex_gets_every_row_once(feed_server: Server, since: str) -> None:
    wanted = feed_server.rows("Decisions", filter=f"updated gt datetime'{since}T00:00:00'")
    assert received(ecolex(feed_server, since)) == {row["id"]: 1 for row in wanted}


def test_others_get_every_row_once(feed_server: Server) -> None:
    assert received(others(feed_server)) == {row["id"]: 1 for row in feed_server.rows("Decisions")}
