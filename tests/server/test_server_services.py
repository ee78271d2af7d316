"""Search, short links, the OpenAPI description, Link headers, and all of it below a proxy's prefix."""

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import requests
from running import Server, publish, small_graph, start, stop

from graph.iri import BASE
from graph.store import Store
from server.app import AREAS, create_app
from server.evaluation.nursery import Served
from server.evaluation.pool import Pool, QueryError
from server.evaluation.search import Index
from server.memo import of_one_version
from server.settings import Settings

LABEL, TEXT = (
    ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
    ox.NamedNode("https://w3id.org/meagraph/ontology#text"),
)


@pytest.fixture(scope="module")
def index() -> Index:
    """Over four things."""
    store = ox.Store()
    for name, predicate, text in (
        ("a", LABEL, "Mercury waste"),
        ("b", LABEL, "Waste management in Côte d’Ivoire"),
        ("c", TEXT, "The secretariat of the Basel Convention reported on mercury waste. " * 3),
        ("d", LABEL, "UNEP/MC/COP.4/20"),
    ):
        store.add(ox.Quad(ox.NamedNode(f"http://e/{name}"), predicate, ox.Literal(text)))
    return Index(store)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mercury waste", "ac"),
        ("WASTE mercury", "ac"),
        ("waste", "abc"),
        ("cote", "b"),
        ("secret", "c"),
        ("secret basel", ""),
        ("basel secret", "c"),
        ("MC/COP.4/20", "d"),
        ("of the", ""),
        ("", ""),
        ('"; DROP ALL', ""),
    ],
)
def test_search_finds_all_words(index: Index, text: str, expected: str) -> None:
    found = index.search(text, 10)
    assert "".join(hit.iri[-1] for hit in found.hits) == expected
    assert found.total == len(expected)


def test_search_as_data(server: Server) -> None:
    found = server.get("/search?q=minamata+secretariat&limit=1").json()
    assert found["hits"][0]["iri"] == f"{BASE}org/minamata-secretariat"
    assert found["hits"][0]["url"] == f"{server.url}/id/org/minamata-secretariat"
    assert found["version"] == server.store.current().id
    assert [
        server.get(f"/search{q}").status_code for q in ("", "?q=a&limit=0", "?q=a&format=xml", "?q=" + "a" * 301)
    ] == [
        400,
        400,
        406,
        400,
    ]


def test_short_links(server: Server) -> None:
    query = "SELECT (1 AS ?x) {} # " + "long" * 2000
    made = [requests.post(f"{server.url}/q", {"query": query}, timeout=30) for _ in range(2)]
    assert [(m.status_code, m.headers["Location"]) for m in made] == [(201, made[0].headers["Location"])] * 2
    address = made[0].headers["Location"]
    assert made[0].text.strip() == address
    assert requests.get(f"{address}.csv", timeout=30).text == "x\r\n1\r\n"
    assert requests.get(address, headers={"Accept": "text/csv"}, timeout=30).headers["X-Max-Rows"]
    page = requests.get(address, headers={"Accept": "text/html"}, timeout=30)
    assert "SELECT (1 AS ?x)" in page.text
    (server.store.path / "links" / f"{address[-20:]}.rq").write_text("", encoding="utf-8")
    assert requests.get(address, timeout=30).status_code == 410


def test_links_take_so_much_room_and_no_more(tmp_path: Path) -> None:
    from server.links import Links

    links = Links(tmp_path / "links", 9000)
    keys = [links.keep(f"ASK {{}} # {n}") for n in (1, 2, 1)]
    with pytest.raises(QueryError) as refused:
        links.keep("ASK {} # 3")
    assert (refused.value.kind, keys[0], len(set(keys))) == ("no-room", keys[2], 2)
    assert links.find(keys[1]) == "ASK {} # 2"
    shutil.rmtree(links.folder)
    for key in (keys[0], "../../x", "0" * 20):
        with pytest.raises(QueryError):
            links.find(key)


def test_link_headers(server: Server) -> None:
    general = server.get("/sparql?query=ASK{}").links
    assert {general["service-desc"]["url"], general["describedby"]["url"]} == {"/openapi.json", "/.well-known/void"}
    links = server.get("/id/org/minamata-secretariat", "text/html").headers["Link"]
    assert '</id/org/minamata-secretariat?format=ttl>; rel="alternate"; type="text/turtle"' in links
    data = server.get("/id/org/minamata-secretariat", "text/turtle").links
    assert data["canonical"]["url"] == f"{BASE}org/minamata-secretariat"


def test_every_route_is_described(server: Server) -> None:
    described = set(server.get("/openapi.json").json()["paths"])
    app = create_app(server.store, Pool("", Served(), Settings()), Settings())
    elsewhere = {bp.name for bp in AREAS if "informea" in bp.name} | {"static"}
    found = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] not in elsewhere
    }
    own_names = {"/sparql", "/sparql.{short}", "/update", "/q/{key}.{short}", "/store/{name}"}
    assert found - own_names == described


def test_below_a_prefix(tmp_path: Path) -> None:
    running = start(publish(tmp_path, dict(small_graph())), MEAGRAPH_PROXIES="1")
    proxy = {"X-Forwarded-Prefix": "/mea", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "data.example.org"}
    page = running.get("/", "text/html", **proxy).text
    assert not re.findall(r'(?:href|src|action)="/(?!mea/)[^"]*"', page)
    assert "https://data.example.org/mea/sparql" in page
    assert "<https://data.example.org/mea/sparql>" in running.get("/sparql", "application/n-triples", **proxy).text
    assert running.get("/openapi.json", **proxy).json()["servers"] == [{"url": "/mea"}]
    hits = running.get("/search?q=joint", **proxy).json()["hits"]
    assert hits[0]["url"] == "https://data.example.org/mea/id/activity/joint"
    made = requests.post(f"{running.url}/q", {"query": "ASK {}"}, headers=proxy, timeout=30)
    assert made.headers["Location"].startswith("https://data.example.org/mea/q/")
    stop(running)


def test_a_view_that_meets_a_new_version_is_run_again(tmp_path: Path) -> None:
    served = Served()
    app = create_app(Store(tmp_path), Pool("", served, Settings()), Settings())
    arrivals = iter(["", "v2", "v3", ""])

    @of_one_version
    def view(fails: str) -> str:
        before, served.version = served.version, next(arrivals) or served.version
        if fails in (before, "always"):
            raise LookupError(before)
        return before

    with app.app_context():
        served.version = "v1"
        with pytest.raises(LookupError, match="v1"):
            view("always")
        assert view("v2") == "v3"


def test_dumps_are_of_the_version_that_is_served(tmp_path: Path) -> None:
    running = start(publish(tmp_path, dict(small_graph())), MEAGRAPH_POLL="600")
    identity = running.store.current().id
    assert running.store.publish({}, {}).id != identity
    assert identity in running.get("/dumps/").text
    assert f"/dumps/{identity}/meagraph.nq.gz" in running.get("/dumps/current/meagraph.nq.gz").url
    assert f"/dumps/{identity}/meagraph.nq.gz" in running.get("/sparql", "application/n-triples").text
    stop(running)
