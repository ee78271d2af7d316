"""Short links that keep: a long query is stored under a hash of itself, and `/q/{key}` answers it for ever.

No link is dropped to make room for another; when the room is used up, new ones are refused. An operator takes a link
back by emptying its file, and it answers 410 from then on.
"""

import hashlib
import os
import re
import threading
from pathlib import Path

from flask import Blueprint, Response, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from server.context import services
from server.evaluation.pool import QueryError
from server.sparql import check_rate, read_parameters, respond
from server.urls import public

bp = Blueprint("links", __name__)

KEY = re.compile(r"[0-9a-f]{20}")
BLOCK = 4096  # bytes that the smallest file takes


class Links:
    """The stored queries in a folder, which is made with the first of them."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes
        self.lock = threading.Lock()

    def keep(self, query: str) -> str:
        """The key of the query, stored now unless it is there; QueryError when there is no room."""
        body = query.encode("utf-8", "surrogatepass")
        key = hashlib.sha256(body).hexdigest()[:20]
        path = self.folder / f"{key}.rq"
        with self.lock:
            if not path.exists():
                self.store(path, body)
        return key

    def store(self, path: Path, body: bytes) -> None:
        """Write the file in one step."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            used = sum(max(entry.stat().st_size, BLOCK) for entry in os.scandir(self.folder))
            if used + max(len(body), BLOCK) > self.max_bytes:
                raise QueryError("no-room")
            scratch = path.with_suffix(".new")
            scratch.write_bytes(body)
            scratch.replace(path)
        except OSError as error:
            raise QueryError("no-room", f"The link could not be stored: {error.strerror}.") from error

    def find(self, key: str) -> str:
        """The query; QueryError when there is none, or none any more."""
        if not KEY.fullmatch(key):
            raise QueryError("unknown", f"{key!r} is no short link.")
        try:
            query = (self.folder / f"{key}.rq").read_bytes().decode("utf-8", "surrogatepass")
        except OSError as error:
            raise QueryError("unknown", f"There is no link {key}.") from error
        if not query:
            raise QueryError("gone", f"The link {key} was taken back.")
        return query


@bp.route("/q", methods=["POST"])
def make() -> Response:
    """Store a query and say where: 201 with its address."""
    check_rate()
    parameters = read_parameters()
    if "query" not in parameters:
        raise QueryError("request", "There is no query= parameter and no query in the body.")
    address = public(url_for("links.show", key=services().links.keep(parameters["query"])))
    response = Response(f"{address}\n", 201, content_type="text/plain; charset=utf-8")
    response.headers["Location"] = address
    return response


@bp.route("/q/<key>")
@bp.route("/q/<key>.<short>")
def show(key: str, short: str | None = None) -> AnyResponse:
    """The answer to a stored query, as /sparql gives it."""
    parameters = MultiDict(request.args.items(multi=True))
    parameters["query"] = services().links.find(key)
    return respond(parameters, short or parameters.get("format"))
