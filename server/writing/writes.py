"""SPARQL 1.1 Update at /update, and the Graph Store Protocol at /store.

Whoever writes shows the bearer token of the settings; cookies count for nothing, because a form on any page can be
made to send them. Graphs are read without a token. `/store?graph=IRI` and `/store?default` name a graph indirectly,
`/store/own-notes` directly: it is `{base}graph/own-notes`.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, request, url_for

from graph.iri import BASE
from server.answers import accepted_encoding, answer_file
from server.context import services
from server.evaluation.pool import QueryError
from server.media import choose
from server.urls import public
from server.writing.changes import BODY_FORMATS, UNNAMED, is_writable
from server.writing.commits import Change, Commits, GraphRequest

bp = Blueprint("writes", __name__)

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
MULTIPART = "multipart/form-data"


@bp.route("/update", methods=["POST"])
def update() -> Response:
    """Carry out an update: 204, or a problem and nothing is changed."""
    commits = allow_writing()
    change = read_update()
    outcome = commits.apply(change)
    return Response(status=204, headers={"X-Version": outcome.version})


@bp.route("/store", methods=["GET"])
@bp.route("/store/<path:name>", methods=["GET"])
def read(name: str | None = None) -> Response:
    """One graph in the format asked for."""
    graph = find_graph(name)
    media = choose(request.accept_mimetypes, request.args.get("format"), page=False).graph
    if media is None:
        raise QueryError("not-acceptable", "Graphs come as RDF.")
    answer = services().pool.run(GraphRequest(graph, media, services().settings.timeout))
    return answer_file(answer, "", accepted_encoding())[0]


@bp.route("/store", methods=["PUT", "POST", "DELETE"])
@bp.route("/store/<path:name>", methods=["PUT", "POST", "DELETE"])
def write(name: str | None = None) -> Response:
    """Replace, extend or remove a graph; a POST that names none makes a new one."""
    commits, settings = allow_writing(), services().settings
    unnamed = name is None and not request.args and request.method == "POST"
    graph = new_graph(request.get_data()) if unnamed else find_graph(name)
    if not is_writable(graph, settings):
        raise QueryError("protected", f"{graph} is none of the graphs that can be written here.")
    change = Change({"PUT": "put", "POST": "add", "DELETE": "drop"}[request.method], settings.timeout, graph=graph)
    if request.method != "DELETE":
        change = replace(change, parts=list(read_parts()))
    outcome = commits.apply(change)
    headers = {"X-Version": outcome.version}
    if outcome.existed or request.method == "DELETE":
        return Response(status=204, headers=headers)
    address = public(url_for("writes.read", graph=graph))
    return Response(f"{address}\n", 201, headers | {"Location": address}, content_type="text/plain; charset=utf-8")


def allow_writing() -> Commits:
    """The way to write, for those who show the token; QueryError for everyone else."""
    site = services()
    if site.commits is None:
        raise QueryError("read-only")
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), site.settings.token.encode()):
        raise QueryError("token")
    request.max_content_length = request.max_form_memory_size = site.settings.max_update
    if (request.content_length or 0) > site.settings.max_update:
        raise QueryError("too-large", f"It has {request.content_length:,} bytes.")
    return site.commits


def read_update() -> Change:
    """The update and its dataset, from a form or from the body itself."""
    require_utf8({FORM, DIRECT})
    parameters = request.form if request.mimetype == FORM else request.args
    updates = parameters.getlist("update") if request.mimetype == FORM else [decoded(request.get_data())]
    if len(updates) != 1 or not updates[0].strip() or "query" in parameters:
        raise QueryError("request", "One update is expected, and no query.")
    using = request.args.getlist("using-graph-uri") + request.form.getlist("using-graph-uri")
    named = request.args.getlist("using-named-graph-uri") + request.form.getlist("using-named-graph-uri")
    seconds = services().settings.timeout
    return Change("update", seconds, text=updates[0], using=tuple(using), named=tuple(named))


def find_graph(name: str | None) -> str:
    """The IRI of the graph that the address names; QueryError when it names none, or two."""
    given = request.args.getlist("graph") + ([UNNAMED.value] if "default" in request.args else [])
    if name is not None:
        given.append(f"{BASE}graph/{name}")
    if len(given) != 1 or ":" not in given[0] or request.args.get("default"):
        raise QueryError("request", "Name one graph: ?graph=IRI, ?default, or a path below /store/.")
    return given[0]


def new_graph(body: bytes) -> str:
    """The IRI for a graph that came without one: the same body to the same version gives the same IRI."""
    seed = services().pool.version.encode() + body
    return f"{BASE}graph/own-{hashlib.sha256(seed).hexdigest()[:16]}"


def read_parts() -> Iterator[dict[str, str]]:
    """The media type and text of the body, or of each file of a multipart body."""
    if request.mimetype != MULTIPART:
        require_utf8(set(BODY_FORMATS))
        yield {"media": request.mimetype, "text": decoded(request.get_data())}
        return
    for file in request.files.values():
        if file.mimetype not in BODY_FORMATS:
            raise QueryError("media-type", f"{file.filename}: {file.content_type!r} cannot be stored.")
        yield {"media": file.mimetype, "text": decoded(file.read())}
    if not request.files:
        raise QueryError("request", "There is no file in the body.")


def require_utf8(known: set[str]) -> None:
    """QueryError for another content type or another encoding."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in known or charset not in ("utf-8", "utf8", "us-ascii"):
        raise QueryError("media-type", f"Use {' or '.join(sorted(known))} in UTF-8, not {request.content_type!r}.")


def decoded(body: bytes) -> str:
    """The text; QueryError when it is not UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError("request", f"The body is not UTF-8: {error}.") from error


@bp.after_request
def name_the_scheme(response: Response) -> Response:
    """A refusal for want of the token says what it wants."""
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="meagraph"'
    return response
