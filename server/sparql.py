"""The SPARQL 1.1 Protocol query operation, at /sparql and /sparql.{format}."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from graph.terms import PREFIXES
from server.answers import accepted_encoding, answer_bytes, answer_file, entity_tag
from server.context import services
from server.discovery.description import describe_service
from server.evaluation.keywords import is_volatile
from server.evaluation.pool import Job, QueryError
from server.evaluation.tables import TABLE, read_table
from server.media import Choice, choose
from server.problems import FAILURES, describe

bp = Blueprint("sparql", __name__)

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
LONGEST_LINK = 4000  # characters of a query that still makes a link which every client can carry
EDITOR = Path(__file__).parent / "static/editor/editor.js"  # there when `make editor` has been run
LONGEST_REMEMBERED = 10_000  # characters of a query whose answer may be kept; longer ones are not even looked through
Parameters = MultiDict[str, str]


@bp.route("/sparql", methods=["GET", "POST"])
@bp.route("/sparql.<short>", methods=["GET", "POST"])
def sparql(short: str | None = None) -> AnyResponse:
    """The answer to a query; without one the service description, or the form for browsers."""
    parameters = read_parameters()
    name = short or parameters.get("format")
    if "query" not in parameters:
        return without_query(name)
    if parameters.get("from") == "page" and (address := address_of(parameters["query"], name)):
        return redirect(address, 303)
    return respond(parameters, name)


def address_of(query: str, name: str | None) -> str | None:
    """A link to the query: with its text, or a short one when it is long; None when no room is left for that."""
    if len(query) < LONGEST_LINK:
        return url_for("sparql.sparql", query=query, format=name)
    try:
        return url_for("links.show", key=services().links.keep(query), format=name)
    except QueryError:
        return None


def respond(parameters: Parameters, name: str | None) -> Response:
    """The answer to a query in the format that is named or negotiated."""
    choice = choose(request.accept_mimetypes, name, page=True)
    if not choice:
        raise QueryError("not-acceptable", "The service description lists the formats on offer.")
    return show_page(parameters) if choice.html else answer_query(make_job(parameters, choice))


def without_query(name: str | None) -> AnyResponse:
    """By GET: what this service is. A POST has to bring a query."""
    if request.method == "POST":
        raise QueryError("request", "There is no query= parameter and no query in the body.")
    choice = choose(request.accept_mimetypes, name, page=True)
    if choice.html:
        return form_page()
    if choice.graph is None:
        raise QueryError("not-acceptable", "The service description comes as RDF or HTML.")
    return describe_service(choice.graph)


def read_parameters() -> Parameters:
    """The protocol's parameters from URL and body, checked; the query is one string if there is one."""
    parameters: Parameters = MultiDict(request.args.items(multi=True))
    if request.method == "POST":
        read_body(parameters)
    if len(parameters.getlist("query")) > 1:
        raise QueryError("request", "There is more than one query.")
    if "update" in parameters:
        raise QueryError("request", "Updates are not taken here.")
    query = parameters.get("query")
    if query is not None and not query.strip():
        raise QueryError("request", "The query is empty.")
    if query and len(query) > services().settings.max_query:
        raise QueryError("too-long", f"It has {len(query):,} characters.")
    return parameters


def read_body(parameters: Parameters) -> None:
    """Add what the body of a POST holds: a form, or the query itself."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in (FORM, DIRECT) or charset not in ("utf-8", "utf8", "us-ascii"):
        raise QueryError("media-type", f"Use {FORM} or {DIRECT} in UTF-8, not {request.content_type!r}.")
    if request.mimetype == FORM:
        parameters.update(request.form)
        return
    try:
        parameters.add("query", request.get_data().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise QueryError("request", f"The query is not UTF-8: {error}.") from error


def check_rate() -> None:
    """QueryError when this address asks too often."""
    if not services().rate.allows(request.remote_addr or ""):
        raise QueryError("rate", "Wait a moment.")


def make_job(parameters: Parameters, choice: Choice) -> Job:
    """What a worker is asked to do."""
    return Job(
        parameters["query"],
        choice.solutions,
        choice.graph,
        tuple(parameters.getlist("default-graph-uri")),
        tuple(parameters.getlist("named-graph-uri")),
        read_timeout(parameters.get("timeout")),
    )


def read_timeout(text: str | None) -> float:
    """Seconds that the client is willing to wait, at most the server's own limit."""
    longest = services().settings.timeout
    if not text:
        return longest
    try:
        seconds = float(text)
    except ValueError as error:
        raise QueryError("request", f"timeout={text!r} is not a number of seconds.") from error
    return min(max(seconds, 0.05), longest)


def answer_query(job: Job) -> Response:
    """From memory, as 304, or from a worker; only the last counts against the rate."""
    site, encoding = services(), accepted_encoding()
    lasting = len(job.query) <= LONGEST_REMEMBERED and not is_volatile(job.query)
    version = site.pool.version
    tag = entity_tag(version, job, encoding) if lasting else ""
    if lasting and request.if_none_match.contains_weak(tag):
        g.version = version
        return not_modified(tag)
    known = site.cache.get(tag) if lasting else None
    if known:
        g.version = version
        site.metrics.count_cached("query")
        return answer_bytes(known)
    check_rate()
    answer = site.pool.run(job, client_socket())
    tag = entity_tag(answer.version, job, encoding) if lasting else ""
    response, body = answer_file(answer, tag, encoding)
    if lasting and body:
        g.version = answer.version
        site.cache.put(body.tag, body, len(body.data))
    return response


def not_modified(tag: str) -> Response:
    """304 with the headers that the full answer would have had."""
    response = Response(status=304)
    response.set_etag(tag, weak=True)
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


def client_socket() -> Any:
    """The connection to the client, where the web server tells; a query ends when it is closed."""
    return request.environ.get("gunicorn.socket")


def form_page() -> Response:
    """The form with nothing in it but an example."""
    site = services()
    example = site.examples.get(request.args.get("example", "")) or next(iter(site.examples.values()), None)
    return page({"query": example.text if example else "SELECT * { ?s ?p ?o } LIMIT 10", "example": example})


def show_page(parameters: Parameters) -> Response:
    """The form with the query in it, and the first rows of its result below, or what is wrong with it."""
    site = services()
    shown: dict[str, Any] = {"query": parameters["query"]}
    job = make_job(parameters, Choice(TABLE, TABLE))
    try:
        check_rate()
        answer = site.pool.run(with_head(job, site.settings.page_rows), client_socket())
    except QueryError as failure:
        return failed_page(shown, failure)
    with answer.file as file:
        return page(shown | {"table": read_table(file.read())})


def with_head(job: Job, rows: int) -> Job:
    """The same for the first rows only."""
    return replace(job, head=rows)


def failed_page(shown: Mapping[str, Any], failure: QueryError) -> Response:
    """The form again, with the problem."""
    response = page(dict(shown) | {"problem": describe(failure, services().settings)})
    response.status_code = FAILURES[failure.kind].status
    if FAILURES[failure.kind].retry_after:
        response.headers["Retry-After"] = str(FAILURES[failure.kind].retry_after)
    return response


def page(shown: dict[str, Any]) -> Response:
    """The query page."""
    g.editor = EDITOR.exists()  # its results come with styles of their own
    shown |= {"examples": list(services().examples.values()), "prefixes": PREFIXES, "editor": g.editor}
    response = Response(render_template("sparql.html", **shown), content_type="text/html; charset=utf-8")
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


@bp.after_app_request
def announce_limits(response: Response) -> Response:
    """Every answer of the endpoint names the limits that a query meets."""
    if request.blueprint in ("sparql", "links"):
        settings = services().settings
        response.headers["X-Query-Timeout"] = f"{settings.timeout:g}"
        response.headers["X-Max-Rows"] = str(settings.max_rows)
        response.headers["X-Max-Bytes"] = str(settings.max_bytes)
    return response
