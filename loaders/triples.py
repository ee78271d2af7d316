"""An analysed document as quads of its own named graph, by the graph model."""

import hashlib
from collections.abc import Collection, Iterator

from pyoxigraph import Quad

from graph import iri, terms
from graph.registry import Registry
from loaders import things
from loaders.act_terms import Due
from loaders.activity_clauses import Activity
from loaders.acts import Act
from loaders.analysis import Analysis, instrument_of
from loaders.document import Document, Instrument, Unit
from loaders.findings import Mention, Thing
from loaders.situations import SituationWriter
from loaders.statements import (
    DCTERMS,
    MEA,
    SKOS,
    TYPE,
    Statements,
    below,
    date_literal,
    english,
    integer,
    plain,
    resource,
    text,
)  # fmt: skip


class DocumentGraph:
    """Collects the quads of one document."""

    def __init__(self, analysis: Analysis, registry: Registry, known: Collection[str], dated: set[str]) -> None:
        self.analysis = analysis
        self.registry = registry
        self.known = known
        self.dated = dated
        self.document = analysis.document
        self.path = iri.path_of(iri.thing("doc", self.document.info.key))
        self.node = resource(self.path)
        self.statements = Statements(iri.graph_iri(self.document.info.key))
        self.add = self.statements.add
        self.described: set[str] = set()

    def unit_node(self, path: str) -> str:
        """The IRI of a unit, or of the document for an empty path."""
        return resource(f"{self.path}/{path}") if path else self.node

    def build(self) -> list[Quad]:
        """All quads of the document."""
        self._document()
        self._instruments()
        for ordinal, unit in enumerate(self.document.units, 1):
            self._unit(unit, ordinal)
        for unit in self.document.units:
            self._mentions(unit)
            for number, act in enumerate(self.analysis.acts.get(unit.path, ()), 1):
                self._act(unit, number, act)
        for activity in self.analysis.activities:
            self._activity(activity)
        SituationWriter(self).write()
        return self.statements.quads()

    # ---- the document and its units

    def _document(self) -> None:
        info, node = self.document.info, self.node
        name = info.identifier if info.names_itself else info.title or info.key
        self.add(node, TYPE, MEA[info.kind])
        self.add(node, MEA.key, plain(info.key))
        self.add(node, SKOS.prefLabel, english(name))
        self.add(node, DCTERMS.language, plain(info.language))
        self.add(node, DCTERMS.title, text(info.title or info.key, info.language))
        if info.names_itself:
            self.add(node, DCTERMS.identifier, plain(info.identifier))
        if info.issued:
            self.add(node, DCTERMS.issued, date_literal(info.issued))
        if info.publisher:
            self.add(node, DCTERMS.creator, resource(f"org/{info.publisher}"))
        if info.meeting:
            self.add(node, MEA.forMeeting, self.describe(things.meeting_named(self.registry, info.meeting)))
        if info.agenda_item:
            self.add(node, MEA.agendaItem, plain(info.agenda_item))
        if self.analysis.home:
            self.add(node, MEA.ofRegime, resource(f"regime/{self.analysis.home}"))

    def _instruments(self) -> None:
        for instrument in self.document.instruments:
            if not instrument.draft:
                self._adopted(instrument)
                continue
            node = self.unit_node(instrument.path)
            title = instrument.title or instrument.number
            self.add(self.node, MEA.containsInstrument, node)
            self.add(node, TYPE, MEA.DraftDecision)
            self.add(node, SKOS.prefLabel, english(f"Draft decision {title}"))
            self.add(node, DCTERMS.title, english(title))
            if instrument.number:
                self.add(node, MEA.provisionalNumber, plain(instrument.number))
            if self.analysis.home:
                self.add(node, MEA.ofRegime, resource(f"regime/{self.analysis.home}"))

    def _adopted(self, instrument: Instrument) -> None:
        """An adopted decision is the node of its number, not one of the document's own."""
        thing = self.analysis.adopted.get(instrument.path)
        if thing:
            node = self.describe(thing)
            self.add(self.node, MEA.containsInstrument, node)
            self.add(node, DCTERMS.title, english(instrument.title or thing.label))

    def _instrument_node(self, unit: Unit) -> str | None:
        """The draft decision or decision that a unit belongs to."""
        adopted = self.analysis.adopted.get(unit.instrument)
        if adopted:
            return resource(adopted.path)
        instrument = instrument_of(self.analysis, unit)
        return self.unit_node(instrument.path) if instrument and instrument.draft else None

    def _unit(self, unit: Unit, ordinal: int) -> None:
        node, info = self.unit_node(unit.path), self.document.info
        parent = self.unit_node(unit.parent)
        self.add(node, TYPE, MEA[unit.kind])
        self.add(node, MEA.label, plain(unit.label))
        self.add(node, SKOS.prefLabel, english(f"{info.identifier or info.key}, {unit.label}"))
        self.add(node, MEA.inDocument, self.node)
        self.add(node, MEA.isDirectPartOf, parent)
        self.add(parent, MEA.hasDirectPart, node)
        self.add(node, MEA.ordinal, integer(ordinal))
        self.add(node, MEA.text, text(unit.text, info.language))
        if unit.note_of:
            self.add(node, MEA.noteOf, self.unit_node(unit.note_of))

    # ---- mentions

    def _mentions(self, unit: Unit) -> None:
        node = self.unit_node(unit.path)
        for number, mention in enumerate(self.analysis.mentions[unit.path], 1):
            self._mention(node, unit, below(node, f"mention_{number}"), mention)
            if len(mention.things) == 1:
                target = resource(mention.things[0].path)
                self.add(node, MEA.cites if mention.cites else MEA.mentions, target)

    def _mention(self, node: str, unit: Unit, own: str, mention: Mention) -> None:
        self.add(own, TYPE, MEA.Mention)
        self.add(own, MEA.inUnit, node)
        self.add(own, MEA.surface, plain(unit.text[mention.start : mention.end]))
        self.add(own, MEA.startOffset, integer(mention.start))
        self.add(own, MEA.endOffset, integer(mention.end))
        self.add(own, MEA.resolution, MEA[mention.resolution])
        relation = MEA.candidate if mention.resolution == "Ambiguous" else MEA.refersTo
        for thing in mention.things:
            self.add(own, relation, self.describe(thing))

    def describe(self, thing: Thing) -> str:
        """The node of a thing, described here when the authority does not know it."""
        node = resource(thing.path)
        if not thing.cls or thing.path in self.described or iri.BASE + thing.path in self.known:
            return node
        self.described.add(thing.path)
        self.add(node, TYPE, MEA[thing.cls])
        self.add(node, SKOS.prefLabel, english(thing.label))
        if thing.identifier:
            self.add(node, DCTERMS.identifier, plain(thing.identifier))
        if thing.path.startswith("doc/"):
            self.add(node, MEA.key, plain(thing.path.removeprefix("doc/")))
        for relation, path in thing.facts:
            self.add(node, MEA[relation], resource(path))
            if relation == "isDirectPartOf":
                self._describe_parent(path, node)
        return node

    def _describe_parent(self, path: str, child: str) -> None:
        """The wider provision of a cited paragraph, up to the treaty."""
        self.add(resource(path), MEA.hasDirectPart, child)
        _, slug, *rest = path.split("/")
        if rest:
            steps = tuple((step.partition("_")[0], step.partition("_")[2]) for step in rest)
            self.describe(things.provision(self.registry.treaty(slug), steps))

    # ---- acts

    def _act(self, unit: Unit, number: int, act: Act) -> None:
        unit_node = self.unit_node(unit.path)
        node = below(unit_node, f"act_{number}")
        self.add(node, TYPE, MEA.OperativeAct)
        self.add(node, SKOS.prefLabel, english(f"{act.verb_phrase or act.type} ({self.place_of(unit)})"))
        self.add(node, MEA.expressedIn, unit_node)
        self.add(node, MEA.evidencedBy, unit_node)
        self.add(node, MEA.actType, resource(f"act-type/{act.type}"))
        if act.verb_phrase:
            self.add(node, MEA.verbPhrase, plain(act.verb_phrase))
        if act.issuer:
            self.add(node, MEA.issuedBy, resource(act.issuer))
        for addressee in act.addressees:
            self.add(node, MEA.addressee, self.describe(addressee))
        self._terms_of(node, act)
        instrument = self._instrument_node(unit)
        if instrument:
            self.add(node, MEA.actOf, instrument)
        elif act.decision:
            self.add(node, MEA.actOf, resource(act.decision))
        for mention in self.analysis.mentions[unit.path]:
            if mention.cites and act.start <= mention.start < act.end:
                self.add(node, MEA.cites, resource(mention.things[0].path))

    def _terms_of(self, node: str, act: Act) -> None:
        """Condition and due date or meeting, as far as they were said."""
        if act.condition:
            self.add(node, MEA.condition, plain(act.condition))
        self._due(node, (act.due_date, act.due_meeting, act.due_text), *act.also_due)

    def _due(self, node: str, *terms: Due) -> None:
        for date, meeting, words in terms:
            if date:
                self.add(node, MEA.dueDate, date_literal(date))
            if meeting:
                self.add(node, MEA.dueMeeting, resource(meeting))
            if words:
                self.add(node, MEA.dueText, plain(words))

    # ---- activities

    def _dates(self, activity: Activity, node: str) -> None:
        """Begin and end; one that would end before it begins has no end."""
        begins, ends = activity.begins, activity.ends
        if not (begins or ends) or (activity.slug and node in self.dated):
            return
        if activity.slug:
            self.dated.add(node)
        if begins:
            self.add(node, MEA.startDate, date_literal(begins))
        shared = min(len(begins), len(ends))
        if ends and begins[:shared] <= ends[:shared]:
            self.add(node, MEA.endDate, date_literal(ends))

    def _activity(self, activity: Activity) -> None:
        unit_node = self.unit_node(activity.unit)
        node = self.activity_node(activity)
        self.add(node, TYPE, MEA[activity.cls])
        self.add(node, MEA.evidencedBy, unit_node, *map(self.unit_node, activity.also_told))
        if activity.label or not activity.slug:
            self.add(node, SKOS.prefLabel, english(activity.label or activity.cls))
        if activity.status:
            self.add(node, MEA.status, resource(f"status/{activity.status}"))
        self._dates(activity, node)
        self._due(node, activity.due)
        for role, thing in activity.roles:
            self.add(node, MEA[role], self.describe(thing))
        for thing in activity.implements:
            self.add(node, MEA.implements, self.describe(thing))
        for thing in activity.outputs:
            self.add(node, MEA.hasOutput, self.describe(thing))
        if activity.decision:
            self.add(node, MEA.hasMandate, resource(activity.decision))
        if activity.act:
            self.add(self.unit_node(activity.act), MEA.requestsActivity, node)

    def activity_node(self, activity: Activity) -> str:
        """A registered activity has its slug; any other the hash of its unit and normalised label."""
        if "/" in activity.slug:
            return resource(activity.slug)
        if activity.slug:
            return resource(f"activity/{activity.slug}")
        words = " ".join(activity.label.casefold().split())
        identity = hashlib.sha256(f"{self.document.info.key}/{activity.unit} {activity.cls} {words}".encode())
        return resource(f"activity/{identity.hexdigest()[:12]}")

    def place_of(self, unit: Unit) -> str:
        """The document and printed place of a unit, for labels."""
        info = self.document.info
        return f"{info.identifier or info.key}, {unit.label}"


def document_quads(
    analysis: Analysis, registry: Registry, known: Collection[str] = frozenset(), dated: set[str] | None = None
) -> list[Quad]:
    """The quads of graph/{key}; nodes that the authority describes (`known` IRIs) are not described again.

    Nodes that several documents may tell of have the dates of the first that gives them: they are kept in `dated`.
    """
    return DocumentGraph(analysis, registry, known, set() if dated is None else dated).build()


def provenance_quads(document: Document) -> Iterator[Quad]:
    """Where a document's graph comes from: its file, by name and SHA-256."""
    graph = iri.graph_iri("provenance")
    source = iri.thing("file", document.info.key)
    own = iri.graph_iri(document.info.key)
    yield Quad(own, terms.PROV.wasDerivedFrom, source, graph)
    yield Quad(own, terms.TYPE, terms.PROV.Entity, graph)
    yield Quad(source, terms.TYPE, terms.PROV.Entity, graph)
    yield Quad(source, terms.DCTERMS.title, terms.plain(document.info.file), graph)
    yield Quad(source, terms.SKOS.prefLabel, terms.english(document.info.file), graph)
    yield Quad(source, terms.MEA.sha256, terms.plain(document.sha256), graph)
