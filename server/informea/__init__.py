"""The InforMEA feed: OData v2 at /informea.svc/, as the portal and other harvesters read it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, Response, request
from werkzeug.datastructures import MIMEAccept

from server.context import Services, services
from server.evaluation.refusals import QueryError
from server.informea import atom, verbose_json
from server.informea.facts import read_material
from server.informea.mapping import Mapping
from server.informea.metadata import write_metadata
from server.informea.options import Options, apply_options, read_options
from server.informea.pieces import ILLEGAL
from server.informea.problems import ODataError
from server.informea.schema import SETS, EntitySet, Row
from server.memo import PerVersion
from server.problems import FAILURES

bp = Blueprint("informea", __name__)

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
JSON, ATOM, XML = "application/json", "application/atom+xml", "application/xml"
OFFERS = {ATOM: ATOM, XML: ATOM, "text/xml": ATOM, "application/atomsvc+xml": ATOM, JSON: JSON, "text/json": JSON}
FORMATS = {"json": JSON, "atom": ATOM, "xml": ATOM}
STEP = re.compile(r"(\$?\w+)(?:\((?:(?:id=)?(?:guid)?'((?:[^']|'')*)')?\))?(?:/|$)")
Index = dict[str, dict[str, Row]]


@dataclass(frozen=True)
class Target:
    """What an address leads to: rows of a set, one of them, or their number."""

    entity_set: EntitySet
    rows: list[Row]
    single: bool = False
    count: bool = False


class Feed:
    """The entities of one version, by set and by key."""

    def __init__(self, site: Services, today: date) -> None:
        self.index: Index = {name: {} for name in SETS}
        for name, rows in Mapping(read_material(site.pool), today).rows().items():
            self.add(SETS[name], rows)

    def add(self, entity_set: EntitySet, rows: list[Row]) -> None:
        """Take in rows and their children; the first of two with one key stays."""
        for row in rows:
            self.index[entity_set.name].setdefault(row.id, row)
            for name, children in row.children.items():
                self.add(SETS[entity_set.navigations[name]], children)

    def find(self, path: str) -> Target:
        """`Decisions('MC-5-3')/title`; ODataError 404 when a step leads nowhere."""
        steps = read_steps(path)
        name, key = steps[0]
        if name not in SETS:
            raise ODataError(404, f"There is no entity set {name!r}.")
        target = pick(Target(SETS[name], list(self.index[name].values())), key)
        for name, key in steps[1:]:
            target = follow(target, name, key)
        return target


def read_steps(path: str) -> list[tuple[str, str | None]]:
    """Name and key of each part of a path."""
    steps: list[tuple[str, str | None]] = []
    place = 0
    while place < len(path):
        match = STEP.match(path, place)
        if match is None or len(steps) > 3:
            raise ODataError(404, f"{path[place:]!r} leads nowhere.")
        steps.append((match[1], None if match[2] is None else match[2].replace("''", "'")))
        place = match.end()
    return steps


def pick(target: Target, key: str | None) -> Target:
    """The row with this key; all of them without one."""
    if key is None:
        return target
    for row in target.rows:
        if row.id == key:
            return Target(target.entity_set, [row], single=True)
    raise ODataError(404, f"There is no {target.entity_set.type} with the key {key!r}.")


def follow(target: Target, name: str, key: str | None) -> Target:
    """One step on: the number of rows, or the children of a row."""
    if name == "$count" and not target.count and not target.single:
        return Target(target.entity_set, target.rows, count=True)
    navigation = target.entity_set.navigation(name)
    if navigation is None or not target.single:
        raise ODataError(404, f"{name!r} cannot follow {target.entity_set.name}.")
    entity_set = SETS[target.entity_set.navigations[navigation]]
    return pick(Target(entity_set, target.rows[0].children.get(navigation, [])), key)


HELD: PerVersion[Feed] = PerVersion()


def feed() -> Feed:
    """That of the version being served. The day counts: meetings come to their end."""
    site, today = services(), datetime.now(UTC).date()
    return HELD.get(lambda: f"{site.pool.version} {today}", lambda: Feed(site, today))


@bp.route("/informea.svc/", methods=METHODS, merge_slashes=False)
def root() -> Response:
    """The names of the entity sets."""
    check_method()
    if chosen_format() == JSON:
        return answer(verbose_json.write_service(), JSON)
    return answer(atom.write_service(), "application/atomsvc+xml")


@bp.route("/informea.svc/<path:path>", methods=METHODS, merge_slashes=False)
def show(path: str) -> Response:
    """An entity set, its size, an entity, its children, or the model."""
    check_method()
    if path == "$metadata":
        return answer(write_metadata(), XML)
    target = feed().find(path)
    media, options = chosen_format(), read_options(request.args, target.entity_set)
    if target.single:
        return answer_entity(target, options, media)
    page = apply_options(options, target.rows)
    if target.count:
        return answer(str(page.total).encode(), "text/plain")
    if media == JSON:
        return answer(verbose_json.write_collection(target.entity_set, page, options), JSON)
    body = atom.write_collection(target.entity_set, page, options, path)
    return answer(body, f"{ATOM};type=feed")


def answer_entity(target: Target, options: Options, media: str) -> Response:
    """One entity."""
    row = target.rows[0]
    if media == JSON:
        return answer(verbose_json.write_entity(target.entity_set, row, options), JSON)
    return answer(atom.write_entity(target.entity_set, row, options), f"{ATOM};type=entry")


def check_method() -> None:
    """ODataError for everything that would change something."""
    if request.method not in ("GET", "HEAD"):
        raise ODataError(405, f"The feed is for reading; {request.method} is not.")


def chosen_format() -> str:
    """By `$format`, else by the Accept header without its parameters; Atom when nothing is said."""
    name = request.args.get("$format", "").strip().lower().partition(";")[0]
    if name:
        found = FORMATS.get(name) or OFFERS.get(name)
        if found is None:
            raise ODataError(406, f"$format={name!r} is neither json nor atom.")
        return found
    accept = MIMEAccept([(media.partition(";")[0].strip(), quality) for media, quality in request.accept_mimetypes])
    if not accept:
        return ATOM
    offer = accept.best_match(OFFERS)
    if offer is None:
        raise ODataError(406, f"The feed comes as {ATOM} or {JSON}.")
    return OFFERS[offer]


def answer(body: bytes, media: str, status: int = 200) -> Response:
    """The response with the protocol's version and, when all is well, an entity tag."""
    response = Response(body, status, content_type=f"{media};charset=utf-8")
    response.headers["DataServiceVersion"] = "2.0"
    response.vary.add("Accept")
    if status == 200:
        response.add_etag()
        response.cache_control.no_cache = True
        response.make_conditional(request.environ)
    return response


@bp.errorhandler(ODataError)
def on_odata_error(error: ODataError) -> Response:
    """In the format that the client reads, as far as that can be told."""
    message = ILLEGAL.sub("", error.message)
    try:
        media = chosen_format()
    except ODataError:
        media = ATOM
    if media == JSON:
        response = answer(verbose_json.write_error(error.status, message), JSON, error.status)
    else:
        response = answer(atom.write_error(error.status, message), XML, error.status)
    if error.status == 405:
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


@bp.errorhandler(QueryError)
def on_query_error(error: QueryError) -> Response:
    """The graph could not be read now."""
    failure = FAILURES[error.kind]
    response = on_odata_error(ODataError(failure.status, failure.title))
    if failure.retry_after:
        response.headers["Retry-After"] = str(failure.retry_after)
    return response
