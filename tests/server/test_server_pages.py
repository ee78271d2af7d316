"""Pages as a browser gets them, and the data behind every IRI."""

import re
from html.parser import HTMLParser

import pytest
import rdflib
import requests
from running import Server

from graph.iri import BASE

HTML = "text/html"
VOID = {"meta", "link", "input", "br", "img", "hr"}
DATA_FORMATS = [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")]


class Checker(HTMLParser):
    """Notes tags that do not match, and what the page links to and loads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(given.get("href") or "")
        is_data = given.get("type") == "application/ld+json"
        if (tag in ("script", "img") and not is_data) or (tag == "link" and given.get("rel") in ("stylesheet", "icon")):
            self.loads.append(given.get("src") or given.get("href") or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()


def check(answer: requests.Response) -> Checker:
    """The page, well nested, with one heading of the first level and nothing loaded from elsewhere."""
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    checker = Checker()
    checker.feed(answer.text)
    assert not checker.open
    assert len(set(checker.ids)) == len(checker.ids)
    assert all(address.startswith("/static/") for address in checker.loads)
    assert all(checker.links), "a link without an address"
    assert "viewport" in answer.text
    return checker


@pytest.mark.parametrize(
    ("path", "status", "parts"),
    [
        ("/", 200, ["Run this query", "BRS", "documents", "/queries/brs-minamata-cooperation"]),
        ("/queries", 200, ["requests-to-the-minamata-secretariat", "deadlines"]),
        ("/queries?keyword=deadlines", 200, ["requests-to-the-minamata-secretariat"]),
        ("/queries/brs-minamata-cooperation", 200, ["PREFIX mea:", "BASE &lt;"]),
        ("/queries/nothing", 404, ["no example query"]),
        ("/sparql", 200, ["textarea", "up to 2 seconds", "PREFIX skos:"]),
        ("/sparql?query=ASK{}", 200, ["Answer: yes"]),
        ("/sparql?query=SELECT*{?s+?p+?o}", 200, ["500 rows, the first of more", "<table>"]),
        ("/sparql?query=SELECT*{%0A?s+?p}", 400, ["Line 2, column", 'data-line="2"', "SELECT*"]),
        ("/sparql?query=SELECT*{<http://nowhere.example>+?p+?o}", 200, ["Nothing matches"]),
        (
            "/ontology",
            200,
            ['id="Document"', "The last part of a document's IRI", "Version Info", "github.com/rdflib/pyLODE"],
        ),
        ("/ontology/1.2.3", 200, ["Version Info"]),
        ("/ontology/1.2.4", 404, ["not version 1.2.4 of the ontology, but 1.2.3"]),
        ("/id/doc/TEST-1", 200, ["A test &lt;document&gt; &amp; its title", "para_2/act_1", "Decision MC-5/12"]),
        ("/id/doc/TEST-1/para_1", 200, ["<mark>", "the &lt;secretariat&gt; met", "Joint workshop", "2 →", "Explicit"]),
        ("/id/doc/TEST-1/para_2", 200, ["Requests", "← 1", "para 3 →", "Minamata COP-6"]),
        ("/id/decision/MC-5-12", 200, ["Where it is cited", "TEST/1", "/id/doc/TEST-1/para_1"]),
        ("/id/org/minamata-secretariat", 200, ["acts for regime", "addressee", "What points here"]),
        ("/id/graph/TEST-1", 200, ["named graph of"]),
        ("/id/org/nobody", 404, ["does not occur"]),
        ("/id/org/%7Bx%7D", 404, ["Nothing is known"]),
        ("/nowhere", 404, ["Not Found"]),
        ("/search", 200, ["All words have to occur"]),
        ("/search?q=joint+workshop", 200, ["1 found", "/id/activity/joint", "Workshop"]),
        ("/search?q=<secretariat>+met", 200, ["1 found", "/id/doc/TEST-1/para_1", "the &lt;secretariat&gt; met"]),
        ("/search?q=nothing+like+it", 200, ["Nothing holds all these words"]),
        ("/search?q=a&limit=no", 400, ["is no number"]),
        ("/q/00000000000000000000", 404, ["There is no link"]),
    ],
)
def test_pages(server: Server, path: str, status: int, parts: list[str]) -> None:
    answer = server.get(path, HTML)
    assert answer.status_code == status
    check(answer)
    text = re.sub(r"\s+", " ", answer.text)
    assert [part for part in parts if part.lower() not in text.lower()] == []


@pytest.mark.parametrize("path", ["/id/doc/TEST-1", "/id/doc/TEST-1/para_1"])
def test_a_place_is_called_by_its_most_specific_class(server: Server, path: str) -> None:
    """Paragraph 1 is a text unit and a provenance entity, too, as everything like it is."""
    text = server.get(path, HTML).text
    assert "paragraph" in text
    assert [word for word in ("text unit", ">entity<") if word in text] == []


def test_every_link_leads_somewhere(server: Server) -> None:
    seen: set[str] = set()
    todo = ["/"]
    while todo:
        path = todo.pop()
        answer = server.get(path, HTML)
        assert answer.status_code == 200, path
        for link in check(answer).links if HTML in answer.headers["Content-Type"] else []:
            target = link.partition("#")[0]
            local = target.startswith("/") and "act-type" not in target
            if local and "query=" not in target and target not in seen:
                seen.add(target)
                todo.append(target)
    assert len(seen) > 20


@pytest.mark.parametrize(("media", "form"), DATA_FORMATS)
def test_things_as_data(server: Server, media: str, form: str) -> None:
    answer = server.get("/id/doc/TEST-1", media)
    graph = rdflib.Graph().parse(data=answer.text, format=form)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, media)
    assert (rdflib.URIRef(BASE + "doc/TEST-1"), None, rdflib.Literal("TEST-1")) in graph


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/id/doc/TEST-1.ttl", 200),
        ("/id/doc/TEST-1?format=jsonld", 200),
        ("/id/graph/one.nt", 200),
        ("/ontology?format=ttl", 200),
        ("/id/org/nobody.ttl", 404),
        ("/id/doc/TEST-1?format=csv", 406),
    ],
)
def test_data_by_address(server: Server, path: str, status: int) -> None:
    answer = server.get(path, "*/*")
    assert answer.status_code == status
    assert "html" not in answer.headers["Content-Type"]


def test_a_named_graph_comes_whole(server: Server) -> None:
    assert server.get("/id/graph/one.nt").text.count("\n") == 1


def test_the_form_makes_a_link(server: Server) -> None:
    answer = server.query("ASK {}", HTML, **{"from": "page", "format": "html"})
    assert [r.status_code for r in answer.history] == [303]
    assert answer.url.endswith("query=ASK+%7B%7D&format=html")
    assert "Answer: yes" in answer.text


def test_a_long_query_gets_a_short_link(server: Server) -> None:
    answer = server.query("ASK {}" + "#" * 5000, HTML, **{"from": "page", "format": "html"})
    assert re.fullmatch(rf"{server.url}/q/[0-9a-f]{{20}}\?format=html", answer.url)
    assert (answer.status_code, "Answer: yes" in answer.text) == (200, True)


def test_operations(server: Server) -> None:
    assert server.get("/health").text == "ok\n"
    assert server.get("/ready").json() == {"ready": True, "version": server.store.current().id}
    metrics = server.get("/metrics").text
    assert re.search(r'^meagraph_requests_total\{area="sparql",status="\d+"\} \d+$', metrics, re.MULTILINE)
    assert all(re.fullmatch(r"#.*|[a-z_]+(\{.*\})? [\d.e+-]+", line) for line in metrics.splitlines())
