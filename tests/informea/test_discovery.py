"""How others find the graph: catalogue, dumps, sitemaps, and what pages say to search engines."""

import base64
import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import extruct
import pyoxigraph as ox
import pyshacl
import pytest
import requests
from lxml import etree
from rdflib import RDF, SH, Graph, URIRef

from informea.feeds import DRAFT_OF, Server

SHAPES = Path(__file__).parents[2] / "shapes/dcat/dcat-ap.ttl"
NAMESPACE = "https://w3id.org/meagraph/shapes#"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def get(server: Server, path: str, **headers: str) -> requests.Response:
    """A GET of a path, with redirects."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.get(server.url + path, headers=names, timeout=30)


# ---- the catalogue ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """DCAT-AP as shapes."""
    return Graph().parse(SHAPES)


@pytest.fixture(scope="module")
def catalogue(feed_server: Server) -> Graph:
    """What /.well-known/void says."""
    answer = get(feed_server, "/.well-known/void", Accept="text/turtle")
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=answer.text, format="turtle")


def broken(data: Graph, shapes: Graph) -> set[str]:
    """The shapes that fire."""
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes)
    assert isinstance(results, Graph)
    return {str(shape).removeprefix(NAMESPACE) for shape in results.objects(None, SH.sourceShape)}


def test_the_catalogue_conforms_without_a_warning(catalogue: Graph, shapes: Graph) -> None:
    assert broken(catalogue, shapes) == set()


@pytest.mark.parametrize("shape", sorted(map(str, Graph().parse(SHAPES).subjects(RDF.type, SH.PropertyShape))))
def test_each_shape_fires(catalogue: Graph, shapes: Graph, shape: str) -> None:
    target, path = (shapes.value(URIRef(shape), term) for term in (SH.targetClass, SH.path))
    assert target
    assert path
    poorer = Graph() + catalogue
    for node in catalogue.subjects(RDF.type, target):
        poorer.remove((node, path, None))  # type: ignore[arg-type]
    assert shape.removeprefix(NAMESPACE) in broken(poorer, shapes)


def test_the_catalogue_holds_dumps_and_services(feed_server: Server, catalogue: Graph) -> None:
    rows: Any = catalogue.query(
        """PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?size ?sum {
          ?file dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }"""
    )
    assert len(rows) == 3
    for row in rows:
        content = requests.get(str(row.url), timeout=30).content
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(row.size), str(row.sum).lower())
    services: Any = catalogue.objects(None, URIRef("http://www.w3.org/ns/dcat#endpointURL"))
    assert {str(service) for service in services} == {f"{feed_server.url}/sparql", feed_server.feed}


@pytest.mark.parametrize("path", ["/", "/ontology", "/dumps/", "/id/meeting/minamata-cop-4", "/nothing"])
def test_every_page_points_to_it(feed_server: Server, path: str) -> None:
    page = etree.HTML(get(feed_server, path, Accept="text/html").text)
    assert page.xpath("//link[@rel='describedby']/@href") == ["/.well-known/void"]


# ---- dumps ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dump(feed_server: Server) -> str:
    """The path of the dump of everything as N-Quads."""
    return f"/dumps/{feed_server.store.current().id}/meagraph.nq.gz"


def quads(content: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    """What a dump holds."""
    return set(ox.parse(gzip.decompress(content), format=form))


@pytest.mark.parametrize(
    ("name", "form"),
    [("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("ttl", ox.RdfFormat.TURTLE)],
)
@pytest.mark.parametrize("graph", ["meagraph", "papers"])
def test_dump_is_the_version(feed_server: Server, graph: str, name: str, form: ox.RdfFormat) -> None:
    answer = get(feed_server, f"/dumps/current/{graph}.{name}.gz")
    wanted = [
        q for q in feed_server.store.current().quads() if graph == "meagraph" or q.graph_name.value.endswith(graph)
    ]
    found = quads(answer.content, form)
    if name == "ttl":
        assert {quad.triple for quad in found} == {quad.triple for quad in wanted}
    else:
        assert found == set(wanted)


def test_checksums(feed_server: Server, dump: str) -> None:
    answer = get(feed_server, dump)
    digest = hashlib.sha256(answer.content)
    assert get(feed_server, f"{dump}.sha256").text == f"{digest.hexdigest()}  meagraph.nq.gz\n"
    assert answer.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert answer.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert answer.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status", "part"),
    [
        ({"Range": "bytes=0-9"}, 206, slice(0, 10)),
        ({"Range": "bytes=100-"}, 206, slice(100, None)),
        ({"Range": "bytes=-7"}, 206, slice(-7, None)),
        ({"Range": "bytes=0-9", "If_Range": '"another"'}, 200, slice(None)),
        ({"Range": "bytes=999999999-"}, 416, None),
        ({"If_None_Match": "*"}, 304, slice(0, 0)),
        ({"If_Modified_Since": "Tue, 01 Jan 2999 00:00:00 GMT"}, 304, slice(0, 0)),
        ({"If_Modified_Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200, slice(None)),
    ],
)
def test_ranges_and_conditions(
    feed_server: Server, dump: str, headers: dict[str, str], status: int, part: slice | None
) -> None:
    whole = get(feed_server, dump)
    answer = get(feed_server, dump, **headers)
    assert answer.status_code == status
    if part is not None:
        assert answer.content == whole.content[part]
    if status in (200, 206):
        assert answer.headers["Accept-Ranges"] == "bytes"


def test_curl_resumes(feed_server: Server, dump: str, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl here")
    whole, target = get(feed_server, dump).content, tmp_path / "dump.gz"
    target.write_bytes(whole[:1000])
    command = [curl, "-sS", "--fail", "-C", "-", "-w", "%{http_code} %{size_download}", "-o", str(target)]
    said = subprocess.run([*command, feed_server.url + dump], capture_output=True, check=True, text=True)
    assert said.stdout == f"206 {len(whole) - 1000}"
    assert target.read_bytes() == whole


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/0000000000000000/meagraph.nq.gz",
        "/dumps/../meagraph.nq.gz",
        "/dumps/current/nothing.nq.gz",
        "/dumps/current/authority.nq",
        "/dumps/current/authority.exe.gz",
        "/dumps/current/..%2F..%2Freport.json.gz",
        "/dumps/current/.nq.gz",
        "/dumps/current/x.sha256",
    ],
)
def test_no_such_dump(feed_server: Server, path: str) -> None:
    assert get(feed_server, path).status_code == 404


def test_the_page_lists_what_there_is(feed_server: Server, dump: str) -> None:
    page = etree.HTML(get(feed_server, "/dumps/", Accept="text/html").text)
    links = page.xpath("//main//td/a/@href")
    assert dump in links
    assert len(links) == 2 * 3 * (1 + len(feed_server.store.current().graph_files()))


# ---- search engines ---------------------------------------------------------------------------------------------


def test_robots(feed_server: Server) -> None:
    lines = get(feed_server, "/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /sparql?", f"Sitemap: {feed_server.url}/sitemap.xml"]


def test_sitemaps_lead_to_pages(feed_server: Server) -> None:
    index = etree.fromstring(get(feed_server, "/sitemap.xml").content)
    addresses = [str(loc.text) for loc in index.iterfind("*/s:loc", SITEMAP)]
    maps = [etree.fromstring(requests.get(address, timeout=30).content) for address in addresses]
    places = [str(loc.text) for part in maps for loc in part.iterfind("*/s:loc", SITEMAP)]
    assert len(places) == len(set(places)) > 2000
    assert f"{feed_server.url}/id/decision/MC-5-3" in places
    assert not [place for place in places if "/op_" in place]
    for place in places[:6] + places[6::400]:
        assert requests.get(place, headers={"Accept": "text/html"}, timeout=30).status_code == 200, place
    assert get(feed_server, "/sitemap-2.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("/", {"@type": "Dataset", "isAccessibleForFree": True}),
        (
            "/id/treaty/minamata",
            {"@type": "Legislation", "legislationIdentifier": "Minamata Convention", "legislationDate": "2013-10-10"},
        ),
        ("/id/decision/MC-5-3", {"@type": "Legislation", "legislationIdentifier": "MC-5/3", "name": "Decision MC-5/3"}),
        (f"/id/doc/{DRAFT_OF}/draft-decision_1", {"@type": "Legislation", "legislationIdentifier": "MC-5/[--]"}),
        (
            "/id/meeting/minamata-cop-5",
            {
                "@type": "Event",
                "startDate": "2023-10-30",
                "endDate": "2023-11-03",
                "location": [{"@type": "Place", "name": "Geneva, Switzerland", "address": "Geneva, Switzerland"}],
            },
        ),
        (f"/id/doc/{DRAFT_OF}", {"@type": "DigitalDocument", "datePublished": "2023-07-12", "inLanguage": "en"}),
    ],
)
def test_json_ld(feed_server: Server, path: str, members: dict[str, Any]) -> None:
    page = get(feed_server, path, Accept="text/html")
    assert page.status_code == 200
    (found,) = extruct.extract(page.text, base_url=page.url, syntaxes=["json-ld"])["json-ld"]
    assert {name: found.get(name) for name in members} == members
    assert found["@context"] == "https://schema.org"


def test_join_keys(feed_server: Server) -> None:
    page = get(feed_server, "/id/treaty/minamata", Accept="text/html").text
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert set(found["sameAs"]) == {
        "https://www.informea.org/treaties/minamataunep",
        "urn:uuid:fb7708d6-7a42-4f8e-9e5a-f03da26db46f",
    }
