"""InforMEA's entities as our quads: the other direction of the feed that we serve.

A decision is known by its number, a meeting by the reviewed registry, a document by its symbol; so what several
feeds and documents say of one thing meets on one node. What cannot be placed is skipped with a reason.
"""

import re
from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode

from graph import iri
from graph.authority_works import Statement
from graph.iri import BASE
from graph.registry import Registry
from graph.registry_records import DecisionSeries, Meeting, Treaty
from graph.terms import DCTERMS, MEA, RDFS, SCHEMA, SKOS, TYPE, date_literal, english, plain
from loaders.informea.reading import Fields, children, day, files, text, texts, truth

ALIASES = {"minamata": "minamataunep"}
KINDS = ("decision", "resolution", "recommendation")
STATUSES = ("amended", "retired", "adopted")
EVENTS = {"cancelled": SCHEMA.EventCancelled, "postponed": SCHEMA.EventPostponed}
TERMS = re.compile(r"https?://www\.informea\.org/terms/(.+)")
SYMBOL = re.compile(r"[A-Z0-9][A-Za-z0-9.()_-]*(?:/[A-Za-z0-9.()_-]+)+")
DRAFT_ID = re.compile(r"([A-Za-z0-9.-]+):([a-z]+-decision_\d+)")
CLASSES = ("MeetingDocument", "InformationDocument", "Letter", "Report", "Publication", "Guidance")
OTHER = "other"  # where documents of no treaty go
UNSAFE = re.compile(r"[^A-Za-z0-9./ -]+")
Statements = Iterator[Statement]


class SkipError(Exception):
    """The row cannot be placed; the message says why."""


class RowMapping:
    """Rows -> the slug of their treaty and statements; `note` hears what is lost."""

    def __init__(self, registry: Registry, note: Callable[[str], None]) -> None:
        self.registry, self.note = registry, note
        self.treaties = {treaty.informea_code: treaty for treaty in registry.treaties if treaty.informea_code}
        self.names = {
            name.lower(): organization.slug
            for organization in registry.organizations
            for name in (organization.name, *organization.aliases)
        }
        self.topics = {name.lower(): t.slug for t in registry.topics for name in (*t.aliases, t.label)}
        self.topics |= {topic.informea_term: topic.slug for topic in registry.topics if topic.informea_term}
        self.meetings: dict[str, NamedNode] = {}
        self.decisions: dict[str, NamedNode] = {}

    def treaty(self, row: Fields) -> Treaty:
        """The treaty that a row names; SkipError when we do not know it."""
        code = text(row, "treaty").lower()
        found = self.treaties.get(ALIASES.get(code, code))
        if found is None or not found.regime:
            raise SkipError(f"the treaty {code!r} is not in the registry" if code else "it names no treaty")
        return found

    # ---- meetings -----------------------------------------------------------------------------------------------

    def meeting(self, row: Fields) -> tuple[str, Statements]:
        """A meeting: that of the registry when slug or name say so, else a new one."""
        treaty, names, start = self.treaty(row), texts(row, "title", "titles"), day(row.get("start"))
        if not names:
            raise SkipError("it has no title")
        if not start:
            raise SkipError("it has no start")
        known = self.known_meeting(text(row, "id"), treaty, names)
        node = iri.thing("meeting", known.slug if known else f"informea-{treaty.slug}-{iri.key_of(text(row, 'id'))}")
        self.meetings[text(row, "id")] = node
        return treaty.slug, self.meeting_statements(row, node, treaty, names)

    def known_meeting(self, key: str, treaty: Treaty, names: dict[str, str]) -> Meeting | None:
        """The registered meeting of this slug, or with one of these names, in the treaty's regime."""
        wanted = {name.lower() for name in names.values()}
        for meeting in self.registry.meetings:
            if treaty.regime not in self.registry.organization(meeting.body).acts_for:
                continue
            if meeting.slug == key or wanted & {n.lower() for n in (meeting.name, meeting.short, *meeting.aliases)}:
                return meeting
        return None

    def meeting_statements(self, row: Fields, node: NamedNode, treaty: Treaty, names: dict[str, str]) -> Statements:
        """Names, dates, place and organizer."""
        start, end = day(row.get("start")), day(row.get("end"))
        yield node, TYPE, MEA.Meeting
        yield from worded(node, SKOS.prefLabel, named_in_english(names))
        yield from worded(node, DCTERMS.description, texts(row, "description", "descriptions"))
        yield node, MEA.ofRegime, iri.thing("regime", str(treaty.regime))
        yield node, MEA.startDate, date_literal(start)
        if end and end >= start:
            yield node, MEA.endDate, date_literal(end)
        for place in self.places(row):
            yield node, MEA.place, plain(place)
        if text(row, "type") == "cop" and self.registry.knows("organizations", f"{treaty.slug}-cop"):
            yield node, MEA.hasOrganizer, iri.thing("org", f"{treaty.slug}-cop")
        if text(row, "status") in EVENTS:
            yield node, SCHEMA.eventStatus, EVENTS[text(row, "status")]
        yield from self.common(row, node)

    def places(self, row: Fields) -> list[str]:
        """`Bali, Indonesia` as our own feed writes it, else city and country; `online` when it is virtual."""
        location, city, code = text(row, "location"), text(row, "city"), text(row, "country").upper()
        state = next((c.name for c in self.registry.countries if code in (c.iso2, c.iso3)), "")
        found = location.split("; ") if location else [", ".join(filter(None, (city, state)))]
        if truth(row.get("virtual")) and "online" not in found:
            found = [*(found if city or location else []), "online"]
        return [place for place in found if place]

    # ---- decisions ----------------------------------------------------------------------------------------------

    def decision(self, row: Fields) -> tuple[str, Statements]:
        """A decision, or a draft when its status says so."""
        treaty, number = self.treaty(row), text(row, "number")
        if not number:
            raise SkipError("it has no number")
        if text(row, "status").lower() == "draft":
            return treaty.slug, self.draft_statements(row, treaty, number)
        series, identifier = self.identify(treaty, number)
        return treaty.slug, self.decision_statements(row, treaty, series, identifier)

    def identify(self, treaty: Treaty, number: str) -> tuple[DecisionSeries | None, str]:
        """The series of a number and its identifier: `X/2` of the CBD -> `CBD X/2`; SkipError for another regime's."""
        printed = (number, number.partition(" ")[2])
        for series in self.registry.decision_series:
            found = next(filter(None, (series.identify(form) for form in printed if form)), None)
            if found and series.regime == treaty.regime:
                return series, found
            if found and not series.contextual:
                raise SkipError(f"the number {number!r} belongs to another treaty than {treaty.short}")
        plainer = " ".join(UNSAFE.sub(" ", number).split()).strip("-/. ")
        if not plainer:
            raise SkipError(f"no identifier can be made of the number {number!r}")
        return None, plainer if plainer.startswith(treaty.citation) else f"{treaty.citation} {plainer}"

    def decision_statements(
        self, row: Fields, treaty: Treaty, series: DecisionSeries | None, identifier: str
    ) -> Statements:
        """Number, names, meeting and body of a decision."""
        node, kind = iri.decision(identifier), text(row, "type").lower()
        self.decisions[text(row, "id")] = node
        label = f"{(kind if kind in KINDS else 'decision').capitalize()} {identifier}"
        yield node, TYPE, MEA.Decision
        yield node, SKOS.prefLabel, english(label)
        yield node, DCTERMS.identifier, plain(identifier)
        yield from self.instrument(row, node, treaty, label)
        if text(row, "status").lower() in STATUSES:
            yield node, SCHEMA.creativeWorkStatus, plain(text(row, "status").lower())
        body = self.registry.organization(series.body) if series else None
        if body and body.cls == "GoverningBody":
            yield node, MEA.adoptedBy, iri.thing("org", body.slug)
        meeting = self.meeting_of(row, series, identifier)
        if meeting:
            yield node, MEA.adoptedAt, meeting
        yield from dated(node, DCTERMS.issued, day(row.get("published")))

    def meeting_of(self, row: Fields, series: DecisionSeries | None, identifier: str) -> NamedNode | None:
        """The meeting that the number tells, else the one that the row names."""
        if series and series.meeting:
            forms = (identifier, identifier.partition(" ")[2])
            match = next(filter(None, (re.fullmatch(series.pattern, form) for form in forms)), None)
            slug = self.registry.meeting_of(series, match.groupdict()) if match else ""
            return iri.thing("meeting", slug) if slug else None
        return self.meetings.get(text(row, "meetingId"))

    def draft_statements(self, row: Fields, treaty: Treaty, number: str) -> Statements:
        """A draft decision in its document, which is described as far as the row tells."""
        ours = DRAFT_ID.fullmatch(text(row, "id"))
        key, part = (
            ours.groups() if ours else (f"informea-{treaty.slug}-{iri.key_of(text(row, 'id'))}", "draft-decision_1")
        )
        document, node = iri.thing("doc", key), iri.thing("doc", key, part)
        title = named_in_english(texts(row, "title", "titles")).get("en", number)
        yield node, TYPE, MEA.DraftDecision
        yield node, MEA.provisionalNumber, plain(number)
        yield node, SKOS.prefLabel, english(f"Draft decision {title}")
        yield from self.instrument(row, node, treaty, "")
        yield from dated(node, DCTERMS.issued, day(row.get("published")))
        yield document, TYPE, MEA.Document
        yield document, SKOS.prefLabel, english(f"Document with {number}")
        yield document, MEA.containsInstrument, node
        yield document, MEA.ofRegime, iri.thing("regime", str(treaty.regime))
        if text(row, "meetingId") in self.meetings:
            yield document, MEA.forMeeting, self.meetings[text(row, "meetingId")]

    def instrument(self, row: Fields, node: NamedNode, treaty: Treaty, label: str) -> Statements:
        """What decisions and drafts have in common; a title that only repeats the label is none."""
        titles = {code: title for code, title in texts(row, "title", "titles").items() if title != label}
        yield from worded(node, DCTERMS.title, titles)
        yield from worded(node, DCTERMS.alternative, texts(row, "longTitle", "longTitles"))
        yield from worded(node, DCTERMS.abstract, texts(row, "summary", "summaries"))
        yield from worded(node, DCTERMS.description, texts(row, "content", "contents"))
        yield node, MEA.ofRegime, iri.thing("regime", str(treaty.regime))
        for child in children(row, "keywords", "keyword"):
            yield from self.subject(node, text(child, "term") or text(child, "value"), "")
        yield from self.common(row, node)

    def subject(self, node: NamedNode, name: str, address: str) -> Statements:
        """The topic of a keyword, by its address in the glossary or its exact name."""
        term = TERMS.fullmatch(address)
        slug = self.topics.get(term[1]) if term else None
        slug = slug or self.topics.get(name.lower())
        if slug:
            yield node, DCTERMS.subject, iri.thing("topic", slug)
        elif name:
            self.note(f"no topic is called {name!r}")

    # ---- documents ----------------------------------------------------------------------------------------------

    def document(self, row: Fields) -> tuple[str, Statements]:
        """A document, by its symbol or the IRI that our own feed gives."""
        titles, treaty = texts(row, "title", "titles"), self.treaty(row) if text(row, "treaty") else None
        if not titles:
            raise SkipError("it has no title")
        named = {text(i, "name").lower(): text(i, "value") for i in children(row, "identifiers", "identifier")}
        symbol = next((value for name, value in named.items() if "symbol" in name and SYMBOL.fullmatch(value)), "")
        own = named.get("uri", "").removeprefix(f"{BASE}doc/")
        if named.get("uri", "").startswith(f"{BASE}doc/") and iri.key_of(own) == own:
            node = iri.document(own)
        else:
            key = f"informea-{treaty.slug if treaty else OTHER}-{iri.key_of(text(row, 'id'))}"
            node = iri.document(symbol) if symbol else iri.document(key)
        return treaty.slug if treaty else OTHER, self.document_statements(row, node, treaty, symbol)

    def document_statements(self, row: Fields, node: NamedNode, treaty: Treaty | None, symbol: str) -> Statements:
        """Names, date, authors, topics and meeting."""
        titles = named_in_english(texts(row, "title", "titles"))
        kinds = [text(child, "value") for child in children(row, "types", "type")]
        yield node, TYPE, MEA[next((kind for kind in kinds if kind in CLASSES), "Document")]
        yield node, MEA.key, plain(node.value.rpartition("/")[2])
        yield node, SKOS.prefLabel, english(symbol or titles["en"])
        yield from worded(node, DCTERMS.title, {c: title for c, title in titles.items() if title != symbol})
        yield from worded(node, DCTERMS.description, texts(row, "description", "descriptions"))
        if symbol and node == iri.document(symbol):
            yield node, DCTERMS.identifier, plain(symbol)
        yield from dated(node, DCTERMS.issued, day(row.get("published")))
        if treaty:
            yield node, MEA.ofRegime, iri.thing("regime", str(treaty.regime))
        for child in children(row, "referenceToEntities", "referenceToEntity"):
            kind, key = text(child, "type").lower(), text(child, "refId")
            if kind == "meeting" and key in self.meetings:
                yield node, MEA.forMeeting, self.meetings[key]
            if kind == "decision" and key in self.decisions:
                yield node, DCTERMS.references, self.decisions[key]
        yield from self.authors(row, node)
        for child in children(row, "keywords", "keyword"):
            yield from self.subject(node, text(child, "literalForm") or text(child, "value"), text(child, "termURI"))
        yield from self.common(row, node)

    def authors(self, row: Fields, node: NamedNode) -> Statements:
        """Organizations that the registry knows by this very name."""
        for child in children(row, "authors", "author"):
            name = text(child, "name") or text(child, "value")
            if name.lower() in self.names:
                yield node, DCTERMS.creator, iri.thing("org", self.names[name.lower()])
            elif name:
                self.note(f"no organization is called {name!r}")

    # ---- all of them --------------------------------------------------------------------------------------------

    def common(self, row: Fields, node: NamedNode) -> Statements:
        """When it changed, where its page is, and its files."""
        yield from dated(node, DCTERMS.modified, day(row.get("updated")))
        page = text(row, "link") or text(row, "url")
        if page and not page.endswith(f"/id/{iri.path_of(node)}"):
            yield from self.address(node, RDFS.seeAlso, page)
        for url, kind, language, name in files(row):
            if url.endswith(f"/id/{iri.path_of(node)}"):
                continue
            for subject, predicate, file in self.address(node, DCTERMS.hasFormat, url):
                yield subject, predicate, file
                about = ((DCTERMS["format"], kind), (DCTERMS.language, language), (DCTERMS.title, name))
                yield from (
                    (file, prop, plain(value)) for prop, value in about if value and isinstance(file, NamedNode)
                )

    def address(self, node: NamedNode, predicate: NamedNode, url: str) -> Statements:
        """A link, when it can be one."""
        try:
            yield node, predicate, NamedNode(url.replace(" ", "%20"))
        except ValueError:
            self.note(f"not an address: {url!r}")


def file_statements(file: NamedNode | Literal, kind: str, language: str, name: str) -> Statements:
    """Media type, language and name of a file."""
    for predicate, value in ((DCTERMS["format"], kind), (DCTERMS.language, language), (DCTERMS.title, name)):
        if value and isinstance(file, NamedNode):
            yield file, predicate, plain(value)


def named_in_english(names: dict[str, str]) -> dict[str, str]:
    """The names with one in English: the first of the others when there is none."""
    return names if "en" in names or not names else names | {"en": next(iter(names.values()))}


def worded(node: NamedNode, predicate: NamedNode, values: dict[str, str]) -> Statements:
    """One text for each language."""
    for language, value in values.items():
        yield node, predicate, Literal(value, language=language)


def dated(node: NamedNode, predicate: NamedNode, when: str) -> Statements:
    """A date when there is one."""
    if when:
        yield node, predicate, date_literal(when)
