"""Find and resolve everything in a structured document."""

import re
from dataclasses import dataclass, field, replace

from graph.registry import Registry
from loaders import things
from loaders.activities import ActivityFinder
from loaders.activity_clauses import Activity
from loaders.acts import Act, acts_of_paragraph
from loaders.context import Context, home_regime, runs_in_heading, section_regimes
from loaders.cooperation import Statement, find_cooperation
from loaders.cover import completed
from loaders.dates import find_dates
from loaders.document import Document, Instrument, Unit
from loaders.finding import Finders, build_finders
from loaders.findings import Mention, Thing
from loaders.memberships import Membership, MembershipFinder
from loaders.money import Figure, Flow, find_figures, find_flows
from loaders.money_tables import find_listed
from loaders.persons import PersonFinder, with_full_names
from loaders.reported_acts import ProseActs
from loaders.resolve import Resolver
from loaders.sentences import sentences
from loaders.triggers import Regex
from loaders.wording import words_of


@dataclass
class Analysis:
    """A document and all that was found in it, by the path of the unit."""

    document: Document
    home: str
    body: str
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    acts: dict[str, list[Act]] = field(default_factory=dict)
    activities: list[Activity] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    cooperation: list[Statement] = field(default_factory=list)
    adopted: dict[str, Thing] = field(default_factory=dict)
    unresolved: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Analyst:
    """Analyses documents with one registry; build it once, use it for many."""

    registry: Registry
    finders: Finders
    activities: ActivityFinder
    persons: PersonFinder
    memberships: MembershipFinder

    def analyse(self, document: Document) -> Analysis:
        """Everything found in a document, resolved by its own context."""
        sentences.cache_clear()
        find_dates.cache_clear()
        words_of.cache_clear()
        document = completed(document, self.registry, self.finders)
        findings = {unit.path: self.finders.find(unit.text) for unit in document.units}
        headings = {
            unit.path: {slug for f in findings[unit.path] for kind, slug in f.values if kind == "treaties"}
            for unit in document.units
            if unit.kind == "Section" or runs_in_heading(unit, findings[unit.path])
        }
        home = home_regime(self.registry, document.info)
        sections = section_regimes(self.registry, document, headings)
        annexes = frozenset(u.label.removeprefix("annex ") for u in document.units if u.region and u.path == u.region)
        titles = {unit.path: unit.text for unit in document.units if unit.kind == "Section"}
        context = Context(self.registry, document.info, home, sections, annexes, titles)
        resolver = Resolver(self.registry, context, self.finders.implicit.candidates)
        bodies = (f"{home}{suffix}" for suffix in ("-cop", "-mop"))
        own = context.body()
        body = next((f"org/{s}" for s in bodies if self.registry.knows("organizations", s)), own and f"org/{own}")
        analysis = Analysis(document, home, body)
        for unit in document.units:
            analysis.mentions[unit.path] = resolver.resolve(unit, findings[unit.path])
        analysis.unresolved = resolver.unresolved
        self._persons(analysis)
        self._adopted(analysis)
        self._acts(analysis)
        self._figures(analysis)
        self._captions(analysis)
        analysis.activities = self.activities.find(analysis)
        self._cooperation(analysis)
        return analysis

    def _adopted(self, analysis: Analysis) -> None:
        """Which decision each adopted text is, by its number and the body it begins with; unknown ones stay out."""
        for instrument in analysis.document.instruments:
            if instrument.draft or not instrument.number:
                continue
            issuer = self._issuer_of(analysis, instrument.path)
            found = list(self.finders.decisions.find(f"decision {instrument.number}"))
            series = {f.rule: self.registry.series(f.rule) for f in found}
            own = [f for f in found if f"org/{series[f.rule].body}" == issuer] or found
            if len(own) == 1:
                thing = things.decision(self.registry, series[own[0].rule], dict(own[0].values))
                analysis.adopted[instrument.path] = thing

    def _acts(self, analysis: Analysis) -> None:
        prose = ProseActs(self.registry)
        declares = analysis.document.info.kind != "Letter"  # where "we" are a body
        for unit in analysis.document.units:
            mentions = analysis.mentions[unit.path]
            if unit.kind in ("OperativeParagraph", "PreambularParagraph"):
                acts = acts_of_paragraph(unit, mentions, self._issuer(analysis, unit), self.registry)
            elif unit.kind in ("Paragraph", "ListItem") and not unit.instrument:
                acts = self._acts_of_point(prose, analysis, unit) or prose.find(unit, mentions, analysis.body, declares)
            else:
                acts = []
            if acts:
                analysis.acts[unit.path] = acts

    def _acts_of_point(self, prose: ProseActs, analysis: Analysis, unit: Unit) -> list[Act]:
        """The acts that a list item tells of the body that the paragraph above it ends with."""
        if unit.kind != "ListItem" or unit.parent not in analysis.mentions:
            return []
        above = analysis.document.unit(unit.parent)
        return prose.of_point(unit, analysis.mentions[unit.path], above, analysis.mentions[unit.parent])

    def _persons(self, analysis: Analysis) -> None:
        fuller: dict[str, Thing] = {}
        for unit in analysis.document.units:
            mentions = analysis.mentions[unit.path]
            others = [m for m in mentions if not m.things[0].path.startswith("person/")]
            persons = with_full_names(unit, self.persons.find(unit, others), fuller)
            found = self.memberships.find(analysis.document, unit, persons, analysis.mentions)
            analysis.memberships.extend(m for m in found if m.organization)
            if not persons and len(others) == len(mentions):
                continue
            named = [Mention(p.start, p.end, (p.thing,), "Explicit", "person") for p in persons]
            analysis.mentions[unit.path] = sorted((*others, *named), key=lambda m: (m.start, m.end))

    def _figures(self, analysis: Analysis) -> None:
        above = ""
        for unit in analysis.document.units:
            mentions = analysis.mentions[unit.path]
            if unit.kind not in ("Section", "Footnote"):
                stated = list(find_flows(unit, mentions))
                analysis.flows.extend(stated or find_listed(unit, mentions, above))
                analysis.figures.extend(find_figures(unit))
            above = f"{above} {unit.text}" if unit.kind == "Heading" and len(unit.text) < _SHORT else unit.text

    def _cooperation(self, analysis: Analysis) -> None:
        own = self.registry.secretariat_of(analysis.home)
        home = f"org/{own}" if own else ""
        for unit in analysis.document.units:
            if unit.kind not in ("Heading", "Section", "Footnote") and not unit.instrument:
                analysis.cooperation.extend(find_cooperation(self.registry, unit, analysis.mentions[unit.path], home))

    def _captions(self, analysis: Analysis) -> None:
        """The day that a caption gives, "Reporting Rate (02/10/2020)", dates the rates of its section that it names."""
        parents = {unit.path: unit.parent for unit in analysis.document.units}
        for unit in analysis.document.units:
            match = _DATED_CAPTION.search(unit.text) if unit.kind == "Heading" else None
            if match:
                day = f"{match['year']}-{match['month']}-{match['day']}"
                words = set(re.findall(r"[a-z]{5,}", unit.text[: match.start()].casefold()))
                analysis.figures = [
                    replace(f, as_of=day) if _is_dated_by(f, words) and parents[f.unit] == unit.parent else f
                    for f in analysis.figures
                ]

    def _issuer(self, analysis: Analysis, unit: Unit) -> str:
        """The body that a decision's chapeau names, else the document's own."""
        return self._issuer_of(analysis, unit.instrument)

    def _issuer_of(self, analysis: Analysis, instrument: str) -> str:
        chapeau = analysis.mentions.get(f"{instrument}/chapeau", [])
        return next((m.things[0].path for m in chapeau if m.things[0].path.startswith("org/")), analysis.body)


_SHORT = 60  # characters of the head of a table that stands alone
_DATED_CAPTION = Regex(r"\((?P<day>[0-3]\d)/(?P<month>[01]\d)/(?P<year>\d{4})\)")


def _is_dated_by(figure: Figure, words: set[str]) -> bool:
    """Whether a rate's own words share one with a caption."""
    return figure.of == "per cent" and not words.isdisjoint(re.findall(r"[a-z]{5,}", figure.measures.casefold()))


def instrument_of(analysis: Analysis, unit: Unit) -> Instrument | None:
    """The draft decision or decision that a unit belongs to."""
    return next((i for i in analysis.document.instruments if i.path == unit.instrument), None)


def build_analyst(registry: Registry) -> Analyst:
    """The analyst for a registry; compiling its finders takes a moment."""
    persons = PersonFinder(registry)
    memberships = MembershipFinder(registry, persons)
    return Analyst(registry, build_finders(registry), ActivityFinder(registry), persons, memberships)
