"""The search page and its data, at /search. The search itself runs in a worker (see `search`)."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from server.context import services
from server.evaluation.frames import Message
from server.evaluation.pool import QueryError
from server.media import HTML
from server.sparql import check_rate
from server.urls import link, public
from server.vocabulary import vocabulary

bp = Blueprint("finding", __name__)

JSON = "application/json"
LONGEST = 300  # characters of a search
MOST = 100  # hits in one answer


@dataclass(frozen=True)
class Search:
    """Words to look for."""

    text: str
    limit: int
    seconds: float

    @property
    def haste(self) -> str:
        """Quick for certain."""
        return "own"

    def message(self) -> Message:
        """As the worker reads it."""
        return {"kind": "search", "text": self.text, "limit": self.limit, "seconds": self.seconds}


@bp.route("/search")
def search() -> Response:
    """The things whose labels, titles, abstracts or text hold all words of `q`."""
    text, limit = request.args.get("q", "").strip(), read_limit(request.args.get("limit", "20"))
    if len(text) > LONGEST:
        raise QueryError("request", f"A search may have {LONGEST} characters.")
    media = choose_media()
    if not text and media == JSON:
        raise QueryError("request", "Say what to look for: ?q=words.")
    found = look_for(text, limit) if text else None
    if media == JSON:
        body = json.dumps(found, ensure_ascii=False)
    else:
        body = render_template("search.html", text=text, found=found)
    return Response(body, content_type=f"{media}; charset=utf-8", headers={"Vary": "Accept"})


def look_for(text: str, limit: int) -> dict[str, Any]:
    """What a worker found, each hit with the address of its page."""
    check_rate()
    answer = services().pool.run(Search(text, limit, services().settings.timeout))
    with answer.file as file:
        found: dict[str, Any] = json.load(file)
    for hit in found["hits"]:
        address = link(hit["iri"])
        hit["url"] = public(address) if address.startswith("/") else address or hit["iri"]
        hit["types"] = vocabulary().specific(hit["types"])
    return {"query": text, "version": answer.version} | found


def choose_media() -> str:
    """JSON unless a browser asks; `format=` wins."""
    name = request.args.get("format")
    if name in ("html", "json"):
        return HTML if name == "html" else JSON
    if name is not None:
        raise QueryError("not-acceptable", "A search is answered as json or html.")
    best = request.accept_mimetypes.best_match([JSON, HTML]) if request.accept_mimetypes else JSON
    if best is None:
        raise QueryError("not-acceptable", "A search is answered as JSON or HTML.")
    return best


def read_limit(text: str) -> int:
    """How many hits are wanted."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST:
        raise QueryError("request", f"limit={text!r} is no number from 1 to {MOST}.")
    return int(text)
