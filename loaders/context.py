"""What a document's own circumstances say about its bare forms: its regime, its sections, what was named before."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from graph.registry import Registry
from graph.registry_records import DocumentSeries, Organization, Treaty
from loaders.document import Document, DocumentInfo, Unit
from loaders.findings import Finding, Thing


@dataclass
class Context:
    """The state in which a unit is resolved; names are remembered as they come.

    `home` is the regime the document belongs to (empty when none), `sections` the regime that a section's heading sets.
    """

    registry: Registry
    info: DocumentInfo
    home: str
    sections: dict[str, str] = field(default_factory=dict)
    own_annexes: frozenset[str] = frozenset()
    headings: dict[str, str] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    group: Thing | None = None  # the last of those that the registry does not list
    groups: list[Thing] = field(default_factory=list)  # all of them
    established: Thing | None = None  # the last one that the text says to be established
    kinds: dict[str, Thing] = field(default_factory=dict)  # the last ministry, the last network …
    treaties: list[str] = field(default_factory=list)  # as they were named, in the names of organs, too
    treaty: str = ""
    treaty_unit: str = ""
    _treaties: dict[tuple[str, str], Treaty | None] = field(default_factory=dict)

    def regime_of(self, unit: Unit) -> str:
        """The regime that bare forms of a unit mean: the document's own, else its section's.

        In a joint document of several conventions the section's regime, a part of the document's own, comes first.
        """
        section = self.sections.get(unit.path, "") or self.sections.get(unit.parent, "")
        below_home = section and self.registry.regime(section).parent == self.home
        return section if below_home or not self.home else self.home

    def treaty_of(self, regime: str, kind: str = "") -> Treaty | None:
        """The treaty that "the Convention" or "the Protocol" means; None for a regime of several treaties.

        Of a convention and its protocol the one that the document's own body is named after comes first.
        """
        if (regime, kind) not in self._treaties:
            self._treaties[regime, kind] = self._treaty_of(regime, kind)
        return self._treaties[regime, kind]

    def _treaty_of(self, regime: str, kind: str) -> Treaty | None:
        kinds = (kind or "convention", "protocol")
        rivals = [t for t in self.registry.treaties if t.regime == regime and t.kind in kinds]
        body = self.registry.organization(self.body()).name if self.body() else ""
        own = next((t for t in rivals if t.short in body), None)
        if own and (not kind or own.kind == kind):
            return own
        if kind == "protocol":
            return rivals[0] if len(rivals) == 1 else None
        return next(
            (t for t in self.registry.treaties if t.regime == regime and not t.parent and t.kind == "convention"), None
        )

    def body(self) -> str:
        """The slug of the body whose meeting the document is for, or whose series its symbol is of, if any."""
        return self.registry.body_meeting(self.info.meeting) or self._series_body

    @cached_property
    def _series_body(self) -> str:
        symbol = self.info.symbol or ""
        series = [s for s in self.registry.document_series if symbol and _may_publish(self.registry, self.info, s)]
        known = [(s.pattern, s.body or "") for s in series]
        known += [(s.pattern, s.body) for s in self.registry.decision_series if symbol and not s.contextual]
        return next((body for pattern, body in known if re.fullmatch(pattern, symbol)), "")

    def secretariat_of_body(self) -> str:
        """The only secretariat that a body of no regime has, or what it is a unit of; empty when there is none."""
        body = self.body()
        served = {body, self.registry.organization(body).unit_of} if body else set()
        own = [o.slug for o in self.registry.organizations if o.cls == "Secretariat" and o.unit_of in served]
        return own[0] if len(own) == 1 else ""

    def turn_to_next_unit(self) -> None:
        """What was named here was named just before."""
        self.before, self.here = self.here, []

    def last_treaty(self, word: str) -> str:
        """The treaty of this kind that was named last, by itself or in the name of an organ; empty if there is none."""
        return next((s for s in reversed(self.treaties) if self.registry.treaty(s).kind == word), "")

    def name(self, slug: str) -> None:
        """Remember that an organization was named, and before it what it is a unit of."""
        parent = self.registry.organization(slug).unit_of
        if parent and parent not in self.named:
            self.named.append(parent)
        if slug in self.named:
            self.named.remove(slug)
        self.named.append(slug)
        self.here.append(slug)
        if "group" in self.registry.organization(slug).name.casefold():
            self.group = None

    def last_named(self, candidates: tuple[str, ...]) -> str:
        """The candidate that was named last, or an empty string."""
        return next((slug for slug in reversed(self.named) if slug in candidates), "")

    def closest(self, unit: Unit, candidates: list[str]) -> list[str]:
        """The candidate whose name shares most words with the unit, else with its section's heading; else all."""
        for text in (unit.text, self.headings.get(unit.parent, "")):
            words = set(re.findall(r"[a-z]{5,}", text.casefold()))
            shared = {slug: len(words & self._own_words(slug, candidates)) for slug in candidates}
            best = max(shared.values())
            if best and list(shared.values()).count(best) == 1:
                return [slug for slug in candidates if shared[slug] == best]
        return candidates

    def _own_words(self, slug: str, rivals: list[str]) -> set[str]:
        """The words that only this candidate's name has among its rivals."""
        names = {s: set(re.findall(r"[a-z]{5,}", self.registry.organization(s).name.casefold())) for s in rivals}
        others = set().union(*(words for rival, words in names.items() if rival != slug))
        return names[slug] - others

    def beside(self, unit: Unit, candidates: tuple[str, ...]) -> str:
        """The only candidate that acts for a regime whose treaty or organizations the unit named before, if any."""
        regimes = {regime for slug in self.here for regime in self.registry.organization(slug).acts_for}
        if self.treaty and self.treaty_unit == unit.path:
            regimes.add(self.registry.treaty(self.treaty).regime or "")
        near = [slug for slug in candidates if regimes.intersection(self.registry.organization(slug).acts_for)]
        return near[0] if len(near) == 1 else ""

    def of_regime(self, candidates: tuple[str, ...], regime: str) -> list[str]:
        """The candidates that act for a regime, else for one of those that it joins."""
        acting = {slug: self.registry.organization(slug).acts_for for slug in candidates if regime}
        own = [slug for slug, regimes in acting.items() if regime in regimes]
        return own or [
            s for s, regimes in acting.items() if any(self.registry.regime(r).parent == regime for r in regimes)
        ]


def _may_publish(registry: Registry, info: DocumentInfo, series: DocumentSeries) -> bool:
    """Whether a series is of the document's publisher, or of a convention that its publisher serves with others."""
    if series.publisher == info.publisher or info.joint or not registry.knows("organizations", info.publisher):
        return series.publisher == info.publisher
    regime = registry.regime(series.regime) if series.regime else None
    return regime is not None and regime.parent in registry.organization(info.publisher).acts_for


def home_regime(registry: Registry, info: DocumentInfo) -> str:
    """The regime a document belongs to: of its meeting's body, its symbol's series, or its publisher."""
    body = registry.body_meeting(info.meeting)
    if body and registry.organization(body).acts_for:
        return _one(registry.organization(body))
    own = [s for s in registry.document_series if info.symbol and s.regime and _may_publish(registry, info, s)]
    if series := next((s for s in own if re.fullmatch(s.pattern, info.symbol)), None):
        return series.regime or ""
    if info.publisher and registry.knows("organizations", info.publisher):
        return _one(registry.organization(info.publisher))
    return ""


def _one(organization: Organization) -> str:
    return organization.acts_for[0] if len(organization.acts_for) == 1 else ""


def runs_in_heading(unit: Unit, findings: list[Finding]) -> bool:
    """Whether a paragraph begins with the name of a treaty as its heading: "Basel Convention – In decision …"."""
    first = findings[0] if findings and unit.kind in ("Paragraph", "ListItem") else None
    named = first is not None and not first.start and bool(first.values) and first.values[0][0] == "treaties"
    return bool(named and first and _DASH.match(unit.text, first.end))


_DASH = re.compile(r"\s+[–—-]\s|:\s")


def section_regimes(registry: Registry, document: Document, treaties_named: dict[str, set[str]]) -> dict[str, str]:
    """The regime that each section is about: its heading names exactly one treaty, or the section around it does.

    `treaties_named` gives the treaties that the heading of a section names, by the section's path; also those of
    paragraphs that begin with a heading, for their points.
    """
    regimes: dict[str, str] = {}
    for unit in document.units:
        if unit.kind != "Section" and unit.path not in treaties_named:
            if unit.parent in regimes:
                regimes[unit.path] = regimes[unit.parent]
            continue
        named = treaties_named.get(unit.path, set())
        own = {registry.treaty(slug).regime or "" for slug in named} - {""}
        if len(own) == 1:
            regimes[unit.path] = own.pop()
        elif unit.parent in regimes and not named:
            regimes[unit.path] = regimes[unit.parent]
    return regimes
