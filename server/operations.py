"""For those who run the server: health, readiness, metrics, and one log line for each request."""

import json
import logging
import time
from dataclasses import dataclass

from flask import Blueprint, Response, g, request

from server.answers import SMALL
from server.context import services
from server.evaluation.refusals import QueryError
from server.metrics import Metrics

bp = Blueprint("operations", __name__)
ANSWERED = "meagraph.answered"  # in the WSGI environment, where the same request will be answered alike: an `Answered`
access_log = logging.getLogger("meagraph.access")


@dataclass(frozen=True)
class Told:
    """What the log says of a request. Never the query: people's questions are theirs."""

    area: str
    method: str
    path: str
    status: int
    bytes: int | None
    media: str | None

    def tell(self, metrics: Metrics, seconds: float) -> None:
        """One line of JSON and one count."""
        metrics.observe(self.area, self.status, seconds)
        line = {
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "bytes": self.bytes,
            "media": self.media,
        }
        access_log.info(json.dumps(line))


@dataclass(frozen=True)
class Answered:
    """The version that an answer is of, on which and on the request alone it depends."""

    version: str
    told: Told


@bp.route("/health")
def health() -> Response:
    """The web process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.route("/ready")
def ready() -> Response:
    """A worker answers from a loaded version; else 503."""
    pool = services().pool
    loaded = bool(pool.version) and pool.is_ready()
    body = json.dumps({"ready": loaded, "version": pool.version})
    return Response(body + "\n", 200 if loaded else 503, content_type="application/json")


@bp.route("/metrics")
def metrics() -> Response:
    """In the Prometheus text format."""
    pool = services().pool
    text = services().metrics.text(pool.ended, pool.waiting, pool.version)
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


@bp.before_app_request
def note_start() -> None:
    """When the request began."""
    g.start = time.perf_counter()


@bp.before_app_request
def refuse_packed() -> None:
    """QueryError for a compressed body, which nothing here unpacks."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise QueryError("media-type", f"Send the body as it is, not as {encoding!r}.")


@bp.after_app_request
def log_request(response: Response) -> Response:
    """Tell of the request; and the web server, whether it may give the same answer again."""
    seconds = time.perf_counter() - g.get("start", time.perf_counter())
    area, size = request.blueprint or "none", response.content_length
    told = Told(area, request.method, request.path, response.status_code, size, response.mimetype)
    told.tell(services().metrics, seconds)
    if "version" in g and response.is_sequence and (size or 0) <= SMALL:
        request.environ[ANSWERED] = Answered(g.version, told)
    return response
