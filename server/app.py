"""The application: wiring only."""

from typing import TYPE_CHECKING

from flask import Flask, Response, g, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from server import finding, informea, links, operations, problems, resources, site, sparql, vocabulary
from server.answers import compress
from server.context import Services
from server.discovery import description, dumps, openapi, sitemap, structured
from server.evaluation.pool import Pool
from server.examples import load_examples
from server.limits import RateLimit
from server.metrics import Metrics
from server.recent import Recent
from server.settings import Settings
from server.urls import endpoint_url, has_addresses, link, query_link, shorten
from server.writing import writes
from server.writing.commits import Commits

if TYPE_CHECKING:
    from graph.store import Store

AREAS = (
    sparql.bp,
    description.bp,
    site.bp,
    resources.bp,
    vocabulary.bp,
    operations.bp,
    writes.bp,
    informea.bp,
    dumps.bp,
    sitemap.bp,
    structured.bp,
    finding.bp,
    links.bp,
    openapi.bp,
)
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
)


def create_app(store: "Store", pool: Pool, settings: Settings, commits: Commits | None = None) -> Flask:
    """The endpoint and its pages over a pool of workers; without `commits` nothing can be written."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = 12 * settings.max_query + 100_000
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(link=link, shorten=shorten, query_link=query_link, endpoint_url=endpoint_url)
    app.jinja_env.globals.update(settings=settings, label_of=lambda iri: vocabulary.vocabulary().label(iri))
    app.extensions["meagraph"] = Services(
        store,
        pool,
        settings,
        Recent(settings.cache_bytes // 2),
        Metrics(),
        RateLimit(settings.rate, settings.burst),
        load_examples(),
        commits,
        links.Links(store.path / "links", settings.link_bytes),
    )
    for area in AREAS:
        app.register_blueprint(area)
    problems.register(app)
    app.after_request(compress)
    app.after_request(add_headers)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n, x_prefix=n)  # type: ignore[method-assign]
    return app


def add_headers(response: Response) -> Response:
    """Anyone's script may read our answers; our pages load nothing from elsewhere."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "*, ETag, Retry-After, X-Query-Timeout, X-Max-Rows"
    response.headers["X-Content-Type-Options"] = "nosniff"
    links = (("openapi.describe", "service-desc"), ("description.well_known", "describedby"))
    for name, relation in links if has_addresses() else ():
        response.headers.add("Link", f'<{url_for(name)}>; rel="{relation}"')
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = (
            ", ".join(sorted(response.allow)) or "GET, HEAD, POST, OPTIONS"
        )
        response.headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    if response.mimetype == "text/html":
        styles = "'self' 'unsafe-inline'" if g.get("editor") else "'self'"
        response.headers["Content-Security-Policy"] = CONTENT_POLICY + f"style-src {styles}"
        response.headers["Referrer-Policy"] = "same-origin"
    return response
