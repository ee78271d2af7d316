"""What a page is about in the words of schema.org, for search engines: one block of JSON-LD in its head."""

from typing import Any

from flask import Blueprint, url_for

from graph.iri import path_of
from graph.terms import DCTERMS, MEA, RDFS, SKOS
from server.context import services
from server.discovery.catalogue import KEYWORDS, LICENSE, SUMMARY, TITLE
from server.discovery.dumps import FORMS, WHOLE
from server.resources import Thing
from server.urls import public

bp = Blueprint("structured", __name__)

CONTEXT = "https://schema.org"
ONLINE = "online"
# Our class, schema.org's, most special first.
KINDS = (
    ("Treaty", "Legislation"),
    ("Decision", "Legislation"),
    ("DraftDecision", "Legislation"),
    ("Meeting", "Event"),
    ("Workshop", "EducationEvent"),
    ("Training", "EducationEvent"),
    ("Webinar", "Event"),
    ("Report", "Report"),
    ("Letter", "DigitalDocument"),
    ("MeetingDocument", "DigitalDocument"),
    ("InformationDocument", "DigitalDocument"),
    ("Publication", "DigitalDocument"),
    ("Guidance", "DigitalDocument"),
    ("Organization", "Organization"),
    ("Person", "Person"),
)


@bp.app_context_processor
def offer() -> dict[str, Any]:
    """`structured_data` in every template."""
    return {"structured_data": structured_data, "dataset_data": dataset_data}


def structured_data(thing: Thing) -> dict[str, Any] | None:
    """The JSON-LD of a thing; None when schema.org has no good word for it."""
    kind = next((theirs for ours, theirs in KINDS if thing.has_type(ours)), None)
    if kind is None:
        return None
    about: dict[str, Any] = {"@context": CONTEXT, "@type": kind, "@id": thing.iri, "name": thing.label}
    about |= {"url": page_of(thing), "identifier": first(thing, DCTERMS.identifier.value), "sameAs": same_as(thing)}
    if kind == "Legislation":
        about |= legislation(thing)
    elif kind in ("Event", "EducationEvent"):
        about |= event(thing)
    elif kind in ("Report", "DigitalDocument"):
        about |= document(thing)
    return {name: value for name, value in about.items() if value}


def page_of(thing: Thing) -> str:
    """The address of its page."""
    return public(url_for("resources.show", path=path_of(thing.iri)))


def values(thing: Thing, iri: str) -> list[str]:
    """The values of a property; things by their label."""
    rows = next((prop.values for prop in thing.properties if prop.iri == iri), [])
    return [(row["label"] if "label" in row else row["o"]).value for row in rows]


def first(thing: Thing, iri: str) -> str:
    """The first value, empty when there is none."""
    return next(iter(values(thing, iri)), "")


def same_as(thing: Thing) -> list[str]:
    """Its addresses elsewhere."""
    found = [value for prop in (SKOS.exactMatch, RDFS.seeAlso) for value in values(thing, prop.value)]
    return [value for value in found if value.startswith(("http:", "https:", "urn:"))]


def legislation(thing: Thing) -> dict[str, Any]:
    """A treaty, a decision or a draft."""
    return {
        "legislationIdentifier": first(thing, DCTERMS.identifier.value) or first(thing, MEA.provisionalNumber.value),
        "legislationDate": first(thing, DCTERMS.issued.value),
        "legislationPassedBy": agents(values(thing, MEA.adoptedBy.value)),
        "legislationType": next(ours for ours, _ in KINDS if thing.has_type(ours)),
        "isPartOf": first(thing, MEA.ofRegime.value),
    }


def event(thing: Thing) -> dict[str, Any]:
    """A meeting or a workshop with its dates and places."""
    places = values(thing, MEA.place.value)
    located = [{"@type": "Place", "name": place, "address": place} for place in places if place != ONLINE]
    if ONLINE in places:
        located.append({"@type": "VirtualLocation", "url": page_of(thing)})
    return {
        "startDate": first(thing, MEA.startDate.value),
        "endDate": first(thing, MEA.endDate.value),
        "location": located,
        "organizer": agents(values(thing, MEA.hasOrganizer.value)),
    }


def document(thing: Thing) -> dict[str, Any]:
    """A document with its date and its author."""
    return {
        "datePublished": first(thing, DCTERMS.issued.value),
        "inLanguage": first(thing, DCTERMS.language.value),
        "author": agents(values(thing, DCTERMS.creator.value)),
    }


def agents(names: list[str]) -> list[dict[str, str]]:
    """Organizations by name."""
    return [{"@type": "Organization", "name": name} for name in names]


def dataset_data() -> dict[str, Any]:
    """The whole graph, for the home page."""
    version = services().pool.version
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": form.media,
            "contentUrl": public(url_for("dumps.download", identity=version, file=f"{WHOLE}.{form.suffix}.gz")),
        }
        for form in FORMS.values()
    ]
    home = public(url_for("site.home"))
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": home,
        "name": TITLE,
        "description": SUMMARY,
        "url": home,
        "license": LICENSE.value,
        "version": version,
        "keywords": list(KEYWORDS),
        "creator": {"@type": "Organization", "name": "meagraph", "url": home},
        "isAccessibleForFree": True,
        "distribution": files,
    }
