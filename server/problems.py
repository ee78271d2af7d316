"""Errors as clients see them: problem details (RFC 9457), or a page when a browser asks."""

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import BadRequest, HTTPException

from server.evaluation.pool import ClientGoneError, QueryError
from server.media import PROBLEM, prefers_html
from server.settings import Settings
from server.urls import has_addresses


@dataclass(frozen=True)
class Failure:
    """What a kind of failure is called, its status, and the setting that it ran into."""

    status: int
    title: str
    limit: str = ""
    retry_after: int = 0


FAILURES = {
    "syntax": Failure(400, "The query is not valid SPARQL 1.1"),
    "nesting": Failure(400, "The query is nested too deeply"),
    "dataset": Failure(400, "A graph's name is not an IRI"),
    "request": Failure(400, "The request does not follow the SPARQL protocol"),
    "too-long": Failure(413, "The query is too long", "max_query"),
    "media-type": Failure(415, "This content type cannot be queried"),
    "federation": Failure(403, "This endpoint sends no requests to other endpoints"),
    "not-acceptable": Failure(406, "No acceptable format"),
    "unknown": Failure(404, "Nothing is known about this"),
    "token": Failure(401, "Writing needs the bearer token of this endpoint"),
    "read-only": Failure(403, "Nothing can be written on this endpoint"),
    "protected": Failure(403, "These graphs cannot be written"),
    "update": Failure(400, "The update could not be carried out"),
    "violations": Failure(422, "The graph would violate the shapes; nothing was changed"),
    "stale": Failure(503, "Another version was published meanwhile", "", 2),
    "unpublished": Failure(500, "The change could not be published"),
    "too-large": Failure(413, "The body is too large", "max_update"),
    "no-room": Failure(507, "There is no room for more links", "link_bytes"),
    "gone": Failure(410, "This is no longer kept"),
    "rate": Failure(429, "Too many queries from your address", "rate", 2),
    "time-out": Failure(504, "The query took too long and was stopped", "timeout"),
    "memory": Failure(507, "The query needed too much memory and was stopped", "max_memory"),
    "rows": Failure(507, "The result has too many rows", "max_rows"),
    "bytes": Failure(507, "The result is too large", "max_bytes"),
    "evaluation": Failure(500, "The query could not be evaluated"),
    "crash": Failure(500, "The query ended its worker"),
    "busy": Failure(503, "All workers are busy", "workers", 3),
    "unavailable": Failure(503, "The graph is not loaded yet", "", 3),
}
ADVICE = {
    "time-out": "Add LIMIT, name a graph, or make the patterns more selective.",
    "rows": "Ask for fewer with LIMIT and OFFSET; nothing was cut off silently.",
    "bytes": "Ask for fewer rows or variables; nothing was cut off silently.",
    "memory": "ORDER BY, DISTINCT and GROUP BY hold the whole result: narrow it first.",
    "nesting": "Parentheses, paths or expressions are nested beyond what the parser can hold.",
    "federation": "Run SERVICE in your own client, or ask the operator to allow the endpoint.",
}


def describe(failure: QueryError, settings: Settings) -> dict[str, Any]:
    """The members of the problem: title, status, detail, and line and column or the limit where there is one."""
    known = FAILURES[failure.kind]
    advice = ADVICE.get(failure.kind, "")
    body: dict[str, Any] = {"type": "about:blank", "title": known.title, "status": known.status}
    if failure.place:
        body["detail"] = "Line {line}, column {column}: ".format(**failure.place) + failure.detail
    elif failure.detail or advice:
        body["detail"] = " ".join(text for text in (failure.detail, advice) if text)
    if known.limit:
        body["limit"] = {known.limit: getattr(settings, known.limit)}
    return body | {"kind": failure.kind} | dict(failure.place) | dict(failure.more)


def answer_problem(body: dict[str, Any], retry_after: int = 0, query: str = "") -> Response:
    """The problem in the form that the client reads."""
    if prefers_html(request.accept_mimetypes) and has_addresses():
        text, media = render_template("problem.html", problem=body, query=query), "text/html"
    else:
        text, media = json.dumps(body, ensure_ascii=False), PROBLEM
    response = Response(text, body["status"], content_type=f"{media}; charset=utf-8" if query else media)
    response.headers["Content-Type"] = media if media == PROBLEM else f"{media}; charset=utf-8"
    response.vary.add("Accept")
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def on_query_error(failure: QueryError) -> Response:
    """Status, title and limit come from the table."""
    settings = current_app.extensions["meagraph"].settings
    query = ""
    with suppress(HTTPException, ParseException):  # a body that cannot be read is not read for an error page either
        query = request.values.get("query", "")
    return answer_problem(describe(failure, settings), FAILURES[failure.kind].retry_after, query)


def on_http_error(error: HTTPException) -> Response:
    """404, 405 and the rest of werkzeug's own, with their headers (Allow)."""
    body = {"type": "about:blank", "title": error.name, "status": error.code, "detail": error.description}
    response = answer_problem(body)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def on_broken_body(error: Exception) -> Response:
    """Chunks that are none, which the web server meets when the body is read."""
    return on_http_error(BadRequest(f"The body cannot be read: {error}"))


def on_client_gone(_: ClientGoneError) -> Response:
    """Nobody reads it; the status is for the log."""
    return Response(status=499)


def register(app: Flask) -> None:
    """Every error leaves through here."""
    app.register_error_handler(QueryError, on_query_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(ParseException, on_broken_body)
    app.register_error_handler(ClientGoneError, on_client_gone)
