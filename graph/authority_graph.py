"""The registry as quads of graph/authority: everything that documents refer to by name.

What registered activities carry out or yield (a decision, a document) is described here, too.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from graph import iri
from graph.authority_works import Statement, described, document_statements, work_statements
from graph.registry import Registry
from graph.registry_records import (
    Annex,
    Article,
    Country,
    Meeting,
    Organization,
    Person,
    Regime,
    RegisteredActivity,
    Segment,
    System,
    Topic,
    Treaty,
)
from graph.terms import DCTERMS, FOAF, MEA, ORG, RDFS, SKOS, date_literal, english, plain

INFORMEA_TREATY = "https://www.informea.org/treaties/"
INFORMEA_TERM = "http://www.informea.org/terms/"

T = TypeVar("T")


def authority_quads(registry: Registry) -> list[Quad]:
    """All quads of graph/authority, sorted, without blank nodes; the same registry gives the same list."""
    graph = iri.graph_iri("authority")
    return sorted({Quad(s, p, o, graph) for s, p, o in _statements(registry)}, key=str)


def _statements(registry: Registry) -> Iterator[Statement]:
    yield from _each(registry.regimes, _regime)
    yield from _each(registry.treaties, _treaty)
    yield from _each(registry.organizations, _organization)
    yield from _each(registry.countries, _country)
    yield from _each(registry.persons, _person)
    yield from _each(registry.topics, _topic)
    yield from _each(registry.systems, _system)
    yield from _each(registry.meetings, lambda meeting: _meeting(registry, meeting))
    yield from _each(registry.activities, lambda activity: _activity(registry, activity))


def _each(records: Iterable[T], describe: Callable[[T], Iterator[Statement]]) -> Iterator[Statement]:
    for record in records:
        yield from describe(record)


def _also(node: NamedNode, names: Iterable[str]) -> Iterator[Statement]:
    for name in names:
        yield node, SKOS.altLabel, english(name)


def _links(node: NamedNode, predicate: NamedNode, kind: str, slugs: Iterable[str]) -> Iterator[Statement]:
    for slug in slugs:
        yield node, predicate, iri.thing(kind, slug)


def _dates(node: NamedNode, start: str | None, end: str | None) -> Iterator[Statement]:
    for predicate, day in ((MEA.startDate, start), (MEA.endDate, end)):
        if day:
            yield node, predicate, date_literal(day)


def _regime(regime: Regime) -> Iterator[Statement]:
    node = iri.thing("regime", regime.slug)
    yield from described(node, "Regime", regime.name)
    yield from _also(node, regime.aliases)
    if regime.parent:
        yield node, MEA.subRegimeOf, iri.thing("regime", regime.parent)


# ---- treaties ---------------------------------------------------------------------------------------------------


def _treaty(treaty: Treaty) -> Iterator[Statement]:
    node = iri.thing("treaty", treaty.slug)
    yield from described(node, "Treaty", treaty.name, treaty.short)
    yield from _also(node, {treaty.short, *treaty.aliases} - {treaty.name})
    if treaty.regime:
        yield node, MEA.ofRegime, iri.thing("regime", treaty.regime)
    if treaty.parent:
        yield node, DCTERMS.relation, iri.thing("treaty", treaty.parent)
    for predicate, day in ((DCTERMS.issued, treaty.adopted), (DCTERMS.valid, treaty.in_force)):
        if day:
            yield node, predicate, date_literal(day)
    yield from _join_keys(node, treaty)
    for article in treaty.articles:
        yield from _article(treaty, article)
    for annex in treaty.annexes:
        yield from _annex(treaty, annex)


def _join_keys(node: NamedNode, treaty: Treaty) -> Iterator[Statement]:
    """The names that InforMEA and ECOLEX have for a treaty; its identifier stays its short name."""
    if treaty.informea_code:
        yield node, SKOS.notation, plain(treaty.informea_code)
        yield node, RDFS.seeAlso, NamedNode(INFORMEA_TREATY + treaty.informea_code)
    if treaty.informea_uuid:
        yield node, SKOS.exactMatch, NamedNode(f"urn:uuid:{treaty.informea_uuid}")
    if treaty.ecolex:
        yield node, SKOS.notation, plain(treaty.ecolex)


def _article(treaty: Treaty, article: Article) -> Iterator[Statement]:
    node = iri.provision(treaty.slug, (("art", article.number),))
    name = f"{treaty.short}, article {article.number}"
    yield from described(node, "Article", _titled(name, article.title), f"{treaty.citation} art. {article.number}")
    yield from _part(node, iri.thing("treaty", treaty.slug))


def _annex(treaty: Treaty, annex: Annex) -> Iterator[Statement]:
    node = iri.provision(treaty.slug, (("annex", annex.label),))
    name, identifier = f"{treaty.short}, Annex {annex.label}", f"{treaty.citation} Annex {annex.label}"
    yield from described(node, "Annex", _titled(name, annex.title), identifier)
    yield from _part(node, iri.thing("treaty", treaty.slug))
    for part in annex.parts:
        below = iri.provision(treaty.slug, (("annex", annex.label), ("part", part)))
        yield from described(below, "AnnexPart", f"{name}, part {part}", f"{identifier} part {part}")
        yield from _part(below, node)


def _titled(name: str, title: str) -> str:
    return f"{name}: {title}" if title else name


def _part(part: NamedNode, whole: NamedNode) -> Iterator[Statement]:
    yield part, MEA.isDirectPartOf, whole
    yield whole, MEA.hasDirectPart, part


# ---- agents -----------------------------------------------------------------------------------------------------


def _organization(organization: Organization) -> Iterator[Statement]:
    node = iri.thing("org", organization.slug)
    yield from described(node, organization.cls, organization.name)
    yield from _also(node, (*organization.aliases, *organization.acronyms))
    yield from _links(node, MEA.actsForRegime, "regime", organization.acts_for)
    if organization.cls == "GoverningBody":
        yield from _links(node, MEA.ofRegime, "regime", organization.acts_for)
    if organization.unit_of:
        yield node, MEA.isUnitOf, iri.thing("org", organization.unit_of)
    if organization.homepage:
        yield node, FOAF.homepage, NamedNode(organization.homepage)


def _country(country: Country) -> Iterator[Statement]:
    node = iri.thing("org", country.slug)
    yield from described(node, "State", country.name)
    yield from _also(node, country.aliases)
    yield node, SKOS.notation, plain(country.iso2)
    yield node, SKOS.notation, plain(country.iso3)
    if country.un_group:
        yield node, ORG.memberOf, iri.thing("org", country.un_group)


def _person(person: Person) -> Iterator[Statement]:
    node = iri.thing("person", person.slug)
    yield from described(node, "Person", person.name)
    yield from _also(node, person.aliases)


# ---- topics and systems -----------------------------------------------------------------------------------------


def _topic(topic: Topic) -> Iterator[Statement]:
    node = iri.thing("topic", topic.slug)
    yield from described(node, "Topic", topic.label)
    yield from _also(node, set(topic.aliases) - {topic.label})
    if topic.broader:
        yield node, SKOS.broader, iri.thing("topic", topic.broader)
    if topic.definition:
        yield node, SKOS.definition, english(topic.definition)
    if topic.informea_term:
        yield node, SKOS.exactMatch, NamedNode(INFORMEA_TERM + topic.informea_term)


def _system(system: System) -> Iterator[Statement]:
    node = iri.thing("system", system.slug)
    yield from described(node, "InformationSystem", system.name)
    yield from _also(node, system.aliases)
    if system.operator:
        yield node, DCTERMS.publisher, iri.thing("org", system.operator)


# ---- meetings and activities ------------------------------------------------------------------------------------


def _meeting(registry: Registry, meeting: Meeting) -> Iterator[Statement]:
    node = iri.thing("meeting", meeting.slug)
    yield from described(node, "Meeting", meeting.name)
    yield from _also(node, (meeting.short, *meeting.aliases))
    yield node, MEA.hasOrganizer, iri.thing("org", meeting.body)
    yield from _links(node, MEA.ofRegime, "regime", registry.organization(meeting.body).acts_for)
    yield from _dates(node, meeting.start, meeting.end)
    for number, segment in enumerate(meeting.segments, 1):
        for place in _places(registry, segment):
            yield node, MEA.place, place
        if len(meeting.segments) > 1:
            yield from _segment(registry, meeting, number, segment)


def _segment(registry: Registry, meeting: Meeting, number: int, segment: Segment) -> Iterator[Statement]:
    """A stretch of a meeting that was held in several, with dates and places of its own."""
    whole, node = iri.thing("meeting", meeting.slug), iri.thing("meeting", meeting.slug, f"segment_{number}")
    yield from described(node, "Meeting", f"{meeting.name}, segment {number}")
    yield node, MEA.hasOrganizer, iri.thing("org", meeting.body)
    yield node, MEA.isDirectPartOf, whole
    yield whole, MEA.hasDirectPart, node
    yield from _dates(node, segment.start, segment.end)
    for place in _places(registry, segment):
        yield node, MEA.place, place


def _places(registry: Registry, segment: Segment) -> Iterator[Literal]:
    if segment.place:
        state = f", {registry.country(segment.country).name}" if segment.country else ""
        yield plain(segment.place + state)
    if segment.online:
        yield plain("online")


def _activity(registry: Registry, activity: RegisteredActivity) -> Iterator[Statement]:
    """Its aliases are turns of phrase and no names, so they are hidden labels."""
    node = iri.thing("activity", activity.slug)
    yield from described(node, activity.cls, activity.name)
    for alias in activity.aliases:
        yield node, SKOS.hiddenLabel, english(alias)
    yield from _dates(node, activity.start, activity.end)
    yield from _links(node, MEA.hasOrganizer, "org", activity.organizers)
    yield from _links(node, MEA.hasPartner, "org", activity.partners)
    yield from _links(node, MEA.hasParticipant, "org", activity.participants)
    yield from _links(node, MEA.hasFunder, "org", activity.funders)
    yield from _links(node, MEA.topic, "topic", activity.topics)
    for identifier in activity.implements:
        work, statements = work_statements(registry, identifier)
        yield node, MEA.implements, work
        yield from statements
    for symbol in activity.outputs:
        yield node, MEA.hasOutput, iri.document(symbol)
        yield from document_statements(registry, symbol)
