"""Our classes as InforMEA's entities: which value of theirs comes from which property of ours.

| theirs | ours |
|---|---|
| Treaty | mea:Treaty with an InforMEA code (rdfs:seeAlso) and UUID (skos:exactMatch) |
| Decision | mea:Decision and mea:DraftDecision of the regime of such a treaty |
| Meeting | mea:Meeting of such a regime that has a start |
| Document | mea:Document that has a title, or is of such a regime |
| CountryReport, NationalPlan | none |

Nothing is dated by a clock, except that a meeting is over from the day after its end.
"""

from collections.abc import Iterable
from datetime import date, datetime

from graph.iri import BASE, path_of
from graph.terms import MEA
from server.informea.facts import Facts, Material
from server.informea.pieces import (
    Values,
    joined,
    last_moment,
    make_row,
    moment,
    order_of,
    text_children,
    with_english,
)
from server.informea.schema import Row

# Entities with no date of their own are as old as the last review of the authority data; nothing is younger.
DATA_DATE = datetime(2026, 1, 1)
TREATY_PAGE = "https://www.informea.org/treaties/"
TERMS = "http://www.informea.org/terms/"
SEAT = "CH"  # where the four secretariats are: the country of a meeting that was held online only
ONLINE = "online"
ADOPTED, DRAFT = "active", "draft"
STATUSES = ("amended", "retired", "adopted")  # kept as they were harvested
EVENTS = {"EventCancelled": "cancelled", "EventPostponed": "postponed"}
KINDS = ("decision", "resolution", "recommendation")
MEETING_TYPES = (("GoverningBody", "cop"), ("SubsidiaryBody", "subsidiary"), ("ConferenceSeries", "conference"))
TREATY_ALIASES = {"minamata": "minamataunep"}  # spellings of codes that filters may use


class Mapping:
    """The entities that one version gives on one day, by entity set."""

    def __init__(self, material: Material, today: date) -> None:
        self.of, self.today = material, today
        served = [t for t in material.treaties.values() if code_of(t) and t.first("exactMatch")]
        self.codes = {regime: code_of(treaty) for treaty in served for regime in treaty.all("ofRegime")}
        self.countries = {name: iso2(state) for state in material.states.values() for name in names_of(state)}
        self.sources = {d: doc for doc in material.documents.values() for d in doc.all("containsInstrument")}
        self.treaty_facts = served

    def rows(self) -> dict[str, list[Row]]:
        """The rows of each set, in the order of their ids."""
        meetings = [self.meeting(facts) for facts in self.of.meetings.values() if self.has_start(facts)]
        self.meeting_ids = {(row.id, row.values["treaty"]) for row in meetings}
        decisions = [self.decision(facts) for facts in self.of.decisions.values() if self.code(facts)]
        drafts = [self.draft(facts) for facts in self.of.drafts.values() if self.code(facts)]
        documents = [self.document(d) for d in self.of.documents.values() if d.first("title") or self.code(d)]
        found = {
            "Decisions": [*decisions, *drafts],
            "Meetings": meetings,
            "Treaties": [self.treaty(facts) for facts in self.treaty_facts],
            "Documents": documents,
            "CountryReports": [],
            "NationalPlans": [],
        }
        return {name: sorted(rows, key=lambda row: row.id) for name, rows in found.items()}

    def code(self, facts: Facts) -> str:
        """The code of the treaty that a thing belongs to, empty when it is none of those served."""
        return next((self.codes[regime] for regime in facts.all("ofRegime") if regime in self.codes), "")

    def has_start(self, meeting: Facts) -> bool:
        """Whether harvesters would take it."""
        return bool(self.code(meeting) and meeting.first("startDate"))

    # ---- treaties and meetings ----------------------------------------------------------------------------------

    def treaty(self, facts: Facts) -> Row:
        """A treaty; its id is its code."""
        code, homepage = code_of(facts), (b.first("homepage") for b in self.secretariats(facts))
        values: Values = {
            "id": code,
            "UUID": facts.first("exactMatch").removeprefix("urn:uuid:"),
            "url": TREATY_PAGE + code,
            "titleEnglish": facts.first("identifier") or facts.label,
            "officialNameEnglish": facts.label,
            "treatyWebsiteURL": next((page for page in homepage if page), None),
        }
        return make_row(
            values, title=text_children([("en", facts.label)]), description=text_children(facts.texts("description"))
        )

    def secretariats(self, treaty: Facts) -> list[Facts]:
        """Those that act for its regime, the most special first."""
        regimes = set(treaty.all("ofRegime"))
        found = [b for b in self.of.bodies.values() if b.is_a("Secretariat") and regimes & set(b.all("actsForRegime"))]
        return sorted(found, key=lambda body: (len(body.all("actsForRegime")), body.iri))

    def meeting(self, facts: Facts) -> Row:
        """A meeting; its id is the last part of its IRI."""
        start, end = facts.first("startDate"), facts.first("endDate")
        places = [place for place in facts.all("place") if place != ONLINE]
        city, _, country = places[0].rpartition(", ") if places else ("", "", "")
        values: Values = {
            "id": facts.slug,
            "treaty": self.code(facts),
            "start": moment(start),
            "end": moment(end) if end else None,
            "updated": self.changed(facts, end or start),
            "url": address(facts),
            "kind": "official",
            "type": self.meeting_type(facts),
            "status": EVENTS.get(facts.first("eventStatus").rpartition("/")[2]) or self.meeting_status(start, end),
            "location": "; ".join(facts.all("place")) or None,
            "city": city or country or None,
            "country": self.countries.get(country) or SEAT,
            "virtual": ONLINE in facts.all("place"),
        }
        return make_row(
            values, title=text_children([("en", facts.label)]), description=text_children(facts.texts("description"))
        )

    def meeting_type(self, meeting: Facts) -> str:
        """By the class of the body that meets."""
        bodies = [self.of.bodies[iri] for iri in meeting.all("hasOrganizer") if iri in self.of.bodies]
        return next((kind for cls, kind in MEETING_TYPES for body in bodies if body.is_a(cls)), "working")

    def meeting_status(self, start: str, end: str) -> str:
        """`over` after its last day, `nodate` when no day is known, else `confirmed`."""
        if last_moment(end or start).date() < self.today:
            return "over"
        return "confirmed" if len(start) == len("2025-11-03") else "nodate"

    # ---- decisions ----------------------------------------------------------------------------------------------

    def decision(self, facts: Facts) -> Row:
        """An adopted decision; its id is the last part of its IRI."""
        meeting = self.of.meetings.get(facts.first("adoptedAt"))
        source, number = self.sources.get(facts.iri), facts.first("identifier") or facts.label
        when = source.first("issued") if source else ""
        said = facts.first("creativeWorkStatus")
        values: Values = {"id": facts.slug, "number": number, "displayOrder": order_of(number)}
        values["status"] = said if said in STATUSES else ADOPTED
        when = when or facts.first("issued") or (meeting.first("endDate") if meeting else "")
        return self.instrument(facts, values | {"published": moment(when) if when else None}, meeting, when)

    def draft(self, facts: Facts) -> Row:
        """A draft decision; its id is `{document}:{part}`, since a slash is awkward in an address."""
        source = self.sources.get(facts.iri, Facts(facts.iri))
        number = facts.first("provisionalNumber") or facts.label
        key = path_of(facts.iri).removeprefix("doc/").replace("/", ":")
        meeting, issued = self.of.meetings.get(source.first("forMeeting")), source.first("issued")
        values: Values = {"id": key, "number": number, "status": DRAFT}
        values["published"] = moment(issued) if issued else None
        return self.instrument(facts, values, meeting, issued or (meeting.first("endDate") if meeting else ""))

    def instrument(self, facts: Facts, values: Values, meeting: Facts | None, when: str) -> Row:
        """What decisions and drafts have in common."""
        kind = facts.label.partition(" ")[0].lower()
        values |= {
            "link": address(facts),
            "type": kind if kind in KINDS else "decision",
            "treaty": self.code(facts),
            "updated": self.changed(facts, when),
        }
        values |= self.held_at(facts, meeting)
        content = facts.texts("description") or joined(self.of.text.get(facts.iri, []))
        summary = facts.texts("abstract") or [("en", self.circumstances(facts, meeting, values))]
        return make_row(
            values,
            title=text_children(with_english(facts.texts("title"), facts.label)),
            longTitle=text_children(facts.texts("alternative")),
            summary=text_children(summary),
            content=text_children(content),
            keywords=[self.term(topic) for topic in self.topics(facts)],
            files=self.files(facts),
        )

    def held_at(self, facts: Facts, meeting: Facts | None) -> Values:
        """The id of a meeting that is in the same treaty's Meetings, else a name."""
        if meeting and (meeting.slug, self.code(facts)) in self.meeting_ids:
            return {"meetingId": meeting.slug, "meetingUrl": address(meeting)}
        body = self.of.bodies.get(facts.first("adoptedBy"))
        named = meeting or body
        return {"meetingTitle": named.label if named else self.code(facts)}

    def circumstances(self, facts: Facts, meeting: Facts | None, values: Values) -> str:
        """One sentence in our own words for harvesters that drop what has neither content nor summary."""
        verb = "Draft submitted to" if values["status"] == DRAFT else "Adopted at"
        where = meeting.label if meeting else values.get("meetingTitle")
        return f"{values['number']}. {verb}: {where}."

    def topics(self, facts: Facts) -> list[Facts]:
        """The topics of a work."""
        return [self.of.topics[iri] for iri in self.of.about.get(facts.iri, []) if iri in self.of.topics]

    def term(self, topic: Facts) -> Values:
        """A keyword of a decision: InforMEA's own term where the topic has one."""
        theirs = informea_term(topic)
        return {"id": topic.slug, "namespace": TERMS if theirs else BASE + "topic/", "term": topic.label}

    # ---- documents ----------------------------------------------------------------------------------------------

    def document(self, facts: Facts) -> Row:
        """A document; its id is its key."""
        meeting, issued = self.of.meetings.get(facts.first("forMeeting")), facts.first("issued")
        when, code = issued or (meeting.first("endDate") if meeting else ""), self.code(facts)
        values: Values = {
            "id": facts.slug,
            "published": moment(issued) if issued else None,
            "updated": self.changed(facts, when),
            "treaty": code or None,
        }
        codes = sorted({self.codes[regime] for regime in facts.all("ofRegime") if regime in self.codes})
        return make_row(
            values,
            title=text_children(with_english(facts.texts("title"), facts.label)),
            description=text_children(facts.texts("description")),
            files=([page_file(facts)] if facts.first("title") else []) + self.files(facts),
            identifiers=[named("symbol", s) for s in facts.all("identifier")] + [named("uri", facts.iri)],
            keywords=[self.concept(topic) for topic in self.topics(facts)],
            referenceToEntities=list(self.references(facts, meeting)),
            tags=[],
            types=[{"id": name, "value": name} for name in classes_of(facts)],
            authors=[self.author(iri) for iri in facts.all("creator")],
            treaties=[{"id": found, "value": found} for found in codes],
        )

    def references(self, facts: Facts, meeting: Facts | None) -> Iterable[Values]:
        """Its meeting, and the decisions it cites, as far as the feed has them."""
        if meeting:
            yield {"id": f"meeting-{meeting.slug}", "type": "meeting", "refId": meeting.slug}
        for iri in self.of.cited.get(facts.iri, []):
            if iri in self.of.decisions and self.code(self.of.decisions[iri]):
                slug = self.of.decisions[iri].slug
                yield {"id": f"decision-{slug}", "type": "decision", "refId": slug}

    def concept(self, topic: Facts) -> Values:
        """A keyword of a document."""
        about = {"literalForm": topic.label, "scope": "topic", "sourceURL": topic.iri}
        return {"id": topic.slug, **about, "termURI": informea_term(topic) or None}

    def author(self, iri: str) -> Values:
        """Who wrote or issued it."""
        body = self.of.bodies.get(iri, Facts(iri))
        return {"id": body.slug, "name": body.label, "type": "organization"}

    def changed(self, facts: Facts, when: str) -> datetime:
        """When it changed: as its source said, else by its own date, and never after the review."""
        day = facts.first("modified") or when
        return min(last_moment(day), DATA_DATE) if day else DATA_DATE

    def files(self, facts: Facts) -> list[Values]:
        """The files that its source listed."""
        found = [self.of.files[iri] for iri in facts.all("hasFormat") if iri in self.of.files]
        return [linked_file(number, file) for number, file in enumerate(found, 1)]


def code_of(treaty: Facts) -> str:
    """The InforMEA code, from the address of the treaty's page there."""
    pages = (page for page in treaty.all("seeAlso") if page.startswith(TREATY_PAGE))
    return next((page.removeprefix(TREATY_PAGE) for page in pages), "")


def iso2(state: Facts) -> str:
    """The ISO 3166 alpha-2 code of a State."""
    return next((code for code in state.all("notation") if len(code) == 2), "")


def names_of(state: Facts) -> list[str]:
    """The names of a State, its proper name last."""
    return [*state.all("altLabel"), *state.all("prefLabel")]


def informea_term(topic: Facts) -> str:
    """The topic's IRI in InforMEA's glossary, as http; empty when it has none."""
    matches = (iri.replace("https:", "http:", 1) for iri in topic.all("exactMatch"))
    return next((iri for iri in matches if iri.startswith(TERMS)), "")


def address(facts: Facts) -> str:
    """The path of its page on this site."""
    return f"/id/{path_of(facts.iri)}"


def named(name: str, value: str) -> Values:
    """One identifier of a document."""
    return {"id": name, "name": name, "value": value}


def classes_of(document: Facts) -> list[str]:
    """The last parts of its own classes, without those that every document has."""
    names = (iri.removeprefix(MEA.iri) for iri in document.all("type") if iri.startswith(MEA.iri))
    found = [name for name in names if name not in ("Document", "Work")]
    return found or ["Document"]


def page_file(document: Facts) -> Values:
    """The page of a loaded document as its file."""
    about = {"mimeType": "text/html", "language": document.first("language") or "en"}
    return {"id": "html", "url": address(document), **about, "filename": f"{document.slug}.html"}


def linked_file(number: int, file: Facts) -> Values:
    """A file of another site."""
    about = {"mimeType": file.first("format") or "application/octet-stream", "language": file.first("language") or "en"}
    return {"id": f"file{number}", "url": file.iri, **about, "filename": file.first("title") or None}
