"""What search engines ask for first: robots.txt and the sitemaps."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import NotFound

from graph.iri import BASE, path_of
from server.context import services
from server.discovery.dumps import published, served_version
from server.evaluation.pool import Pool
from server.memo import PerVersion
from server.urls import public

bp = Blueprint("sitemap", __name__)

LARGEST = 50_000  # addresses of one sitemap, by the protocol
LIMIT = 1_000_000
PAGES = ("site.home", "sparql.sparql", "site.queries", "vocabulary.show", "dumps.index")
# Things that a reader may look for: what has a name and is no piece of a text, no act and no mention.
NAMED = """
PREFIX mea: <https://w3id.org/meagraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing WHERE {
  ?thing skos:prefLabel ?name .
  FILTER NOT EXISTS { ?thing mea:inDocument ?document }
  FILTER NOT EXISTS { ?thing mea:expressedIn ?unit }
} ORDER BY ?thing"""
HELD: PerVersion[list[str]] = PerVersion()


def paths() -> list[str]:
    """The paths of all things worth a place, below the base."""
    pool = services().pool
    return HELD.get(lambda: pool.version, lambda: list(named_things(pool)))


def named_things(pool: Pool) -> Iterator[str]:
    """Those of the version being served."""
    for row in pool.table(NAMED, LIMIT).rows:
        if str(row["thing"]).startswith(BASE):
            yield path_of(str(row["thing"]))


@bp.route("/robots.txt")
def robots() -> Response:
    """Everything may be read but for the answers to queries."""
    text = f"User-agent: *\nDisallow: /sparql?\nSitemap: {public(url_for('sitemap.index'))}\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@bp.route("/sitemap.xml")
def index() -> Response:
    """The list of sitemaps."""
    number = -(-len(paths()) // LARGEST)
    places = [public(url_for("sitemap.part", number=n)) for n in range(number + 1)]
    return answer("sitemap_index.xml", places)


@bp.route("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """The pages around the endpoint in the first, things in the others."""
    found = paths()[(number - 1) * LARGEST : number * LARGEST] if number else []
    if number and not found:
        raise NotFound(f"There is no sitemap {number}.")
    pages = [url_for("resources.show", path=path) for path in found] or [url_for(page) for page in PAGES]
    return answer("sitemap.xml", [public(page) for page in pages])


def answer(template: str, places: list[str]) -> Response:
    """The addresses, dated as the version is."""
    day = published(served_version()).date().isoformat()
    response = Response(render_template(template, places=places, day=day), content_type="application/xml")
    response.add_etag()
    return response
