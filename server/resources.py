"""Every IRI below the base leads here: data by negotiation, `.ttl` or `?format=`, else a page."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request

from graph.iri import thing
from graph.terms import DCTERMS, MEA, RDFS, SKOS, TYPE
from server import resource_queries as queries
from server.answers import accepted_encoding, answer_file, entity_tag
from server.context import services
from server.evaluation.pool import Job, QueryError
from server.evaluation.tables import Cell, Row
from server.media import JSON_LD, SHORT_GRAPHS, TURTLE, Choice, choose
from server.memo import of_one_version
from server.passages import Passage, split_text
from server.urls import link, shorten
from server.vocabulary import vocabulary

bp = Blueprint("resources", __name__)

SUFFIXES = {*SHORT_GRAPHS, "html"}
SHOWN = 25  # values of one property, or things that point here by one property
UNITS_SHOWN = 100
LABELS = (SKOS.prefLabel.value, DCTERMS.title.value, RDFS.label.value, MEA.label.value, MEA.verbPhrase.value)
# Shown elsewhere on the page, or of no use to a reader.
HIDDEN = {SKOS.prefLabel.value, TYPE.value, MEA.text.value, MEA.hasPart.value}
HIDDEN_OF_DOCUMENT = {MEA[name].value for name in ("hasDirectPart", "mentions", "cites")}
HIDDEN_INCOMING = {
    MEA[name].value
    for name in ("inUnit", "inDocument", "isPartOf", "isDirectPartOf", "mentions", "cites", "expressedIn", "actOf")
}


@dataclass(frozen=True)
class Property:
    """One property with its values, or with the things that have it: the first few, and how many there are."""

    iri: str
    values: list[Row]
    number: int


@dataclass(frozen=True)
class Thing:
    """What a page says of anything."""

    iri: str
    label: str
    types: list[Cell]
    properties: list[Property]
    incoming: list[Property]

    @property
    def kinds(self) -> list[str]:
        """The most specific of its classes."""
        return vocabulary().specific([cell.value for cell in self.types])

    def has_type(self, name: str) -> bool:
        """Whether one of its classes is this one of our ontology."""
        return any(cell.value == MEA[name].value for cell in self.types)


@bp.route("/id/<path:path>")
@of_one_version
def show(path: str) -> Response:
    """The page or the data of `{base}{path}`."""
    stem, dot, suffix = path.rpartition(".")
    short = suffix if dot and suffix in SUFFIXES else request.args.get("format")
    try:
        iri = thing(stem if dot and suffix in SUFFIXES else path).value
    except ValueError as error:
        raise QueryError("unknown", str(error)) from error
    choice = choose(request.accept_mimetypes, short, page=True)
    if not choice.html and choice.graph is None:
        raise QueryError("not-acceptable", "Things come as RDF or HTML.")
    if not services().pool.table(queries.KNOWN, thing=iri).boolean:
        raise QueryError("unknown", f"{iri} does not occur in the graph.")
    return with_links(page(iri) if choice.html else data(iri, choice), iri)


def with_links(response: Response, iri: str) -> Response:
    """Says in its head what else there is about this thing, and its IRI."""
    response.headers.add("Link", f'<{iri}>; rel="canonical"')
    for short, media in (("ttl", TURTLE), ("jsonld", JSON_LD)):
        response.headers.add("Link", f'<{link(iri)}?format={short}>; rel="alternate"; type="{media}"')
    return response


def data(iri: str, choice: Choice) -> Response:
    """What is said of it, with the labels of what it points to; a named graph whole."""
    text = queries.GRAPH_DATA if shorten(iri).startswith("graph/") else queries.DATA
    job = Job(text, graph=choice.graph, bind={"thing": iri}, seconds=services().settings.timeout)
    answer, encoding = services().pool.run(job), accepted_encoding()
    return answer_file(answer, entity_tag(answer.version, job, f"{iri} {encoding}"), encoding)[0]


def page(iri: str) -> Response:
    """The page of a document, of a text unit, of a named graph, or of anything else."""
    found = read_thing(iri)
    shown: dict[str, Any] = {"thing": found, "acts": rows(queries.ACTS, iri)}
    if shorten(iri).startswith("graph/"):
        template, more = "resource.html", {"quads": rows(queries.GRAPH_SIZE, iri)[0]["n"]}
    elif any(prop.iri == MEA.inDocument.value for prop in found.properties):
        template, more = "unit.html", unit_parts(iri)
    elif any(prop.iri == MEA.key.value for prop in found.properties):
        template, more = "document.html", document_parts(iri) | {"acts": []}
    else:
        template, more = "resource.html", {}
    html = render_template(template, **shown | {"places": by_document(rows(queries.PLACES, iri, 500))} | more)
    return Response(html, content_type="text/html; charset=utf-8", headers={"Vary": "Accept"})


def rows(query: str, iri: str, head: int = 1000, **bind: str) -> list[Row]:
    """Those of one of our queries about this thing."""
    return services().pool.table(query, head, thing=iri, **bind).rows


def read_thing(iri: str) -> Thing:
    """Label, classes, properties and what points here."""
    grouped: dict[str, list[Row]] = {}
    for row in rows(queries.PROPERTIES, iri, 5000):
        grouped.setdefault(row["p"].value, []).append(row)
    types = [row["o"] for row in grouped.get(TYPE.value, [])]
    hidden = HIDDEN | HIDDEN_OF_DOCUMENT if MEA.key.value in grouped else HIDDEN
    properties = [Property(name, values[:SHOWN], len(values)) for name, values in grouped.items() if name not in hidden]
    return Thing(iri, label_of(iri, grouped), types, properties, read_incoming(iri))


def label_of(iri: str, grouped: dict[str, list[Row]]) -> str:
    """The best label that there is, else the path of the IRI."""
    for name in LABELS:
        if name in grouped:
            return grouped[name][0]["o"].value
    return shorten(iri)


def read_incoming(iri: str) -> list[Property]:
    """What points here, by property, without what the page shows in another place."""
    return [
        Property(name, rows(queries.SOURCES, iri, SHOWN, property=name), int(row["n"].value))
        for row in rows(queries.INCOMING, iri)
        if (name := row["p"].value) not in HIDDEN_INCOMING
    ]


def document_parts(iri: str) -> dict[str, Any]:
    """One stretch of the document's text units in reading order, each with what it mentions and its acts."""
    found: dict[str, Row] = {}
    kinds: dict[str, list[str]] = {}
    for row in rows(queries.UNITS, iri, 30_000):
        found.setdefault(row["unit"].value, row)
        kinds.setdefault(row["unit"].value, []).append(row["kind"].value)
    first = request.args.get("from", 0, type=int)
    units = list(found.values())[max(first, 0) :][:UNITS_SHOWN]
    return {
        "units": units,
        "kinds": {name: vocabulary().specific(kinds[name])[0] for name in (unit["unit"].value for unit in units)},
        "first": first,
        "total": len(found),
        "step": UNITS_SHOWN,
        "mentions": by_unit(rows(queries.UNIT_MENTIONS, iri, 50_000)),
        "unit_acts": by_unit(rows(queries.UNIT_ACTS, iri, 20_000)),
    }


def by_unit(found: list[Row]) -> dict[str, list[Row]]:
    """Rows by their text unit."""
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["unit"].value, []).append(row)
    return grouped


def by_document(found: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Places by document: the first row of each with all of its rows."""
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["document"].value, []).append(row)
    return [(places[0], places) for places in grouped.values()]


def unit_parts(iri: str) -> dict[str, Any]:
    """Where a text unit stands, its text with the mentions marked, and what was found in it."""
    position = rows(queries.POSITION, iri, 1)[0]
    mentions = rows(queries.MENTIONS, iri)
    text = position["text"].value if "text" in position else ""
    passages: list[Passage] = split_text(text, mentions) if text else []
    return {
        "position": position,
        "previous": next(iter(rows(queries.PREVIOUS, iri, 1)), None),
        "following": next(iter(rows(queries.NEXT, iri, 1)), None),
        "mentions": mentions,
        "passages": passages,
        "findings": rows(queries.FINDINGS, iri),
    }
