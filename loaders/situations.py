"""Situations as quads: memberships, funding flows, reported figures and statements of cooperation."""

from collections import Counter
from typing import TYPE_CHECKING

from loaders.memberships import Membership
from loaders.money import Figure, Flow
from loaders.statements import MEA, ORG, SKOS, TYPE, below, date_literal, decimal, english, plain, resource

if TYPE_CHECKING:
    from loaders.triples import DocumentGraph


class SituationWriter:
    """Adds the situations of a document to its graph; each kind is numbered within its unit."""

    def __init__(self, graph: "DocumentGraph") -> None:
        self.graph = graph
        self.counts: Counter[str] = Counter()

    def write(self) -> None:
        """All situations of the analysis."""
        for membership in self.graph.analysis.memberships:
            self._membership(self._situation("membership", "Membership", membership.unit), membership)
        for flow in self.graph.analysis.flows:
            self._flow(self._situation("flow", "FundingFlow", flow.unit), flow)
        for figure in self.graph.analysis.figures:
            self._figure(self._situation("observation", "Observation", figure.unit), figure)
        for statement in self.graph.analysis.cooperation:
            node = self._situation("cooperation", "Cooperation", statement.unit)
            self.graph.add(node, MEA.party, *(resource(path) for path in statement.parties))
            for activity in self.graph.analysis.activities:
                overlaps = activity.start < statement.end and statement.start < activity.end
                if activity.unit == statement.unit and overlaps:
                    self.graph.add(node, MEA.concerns, self.graph.activity_node(activity))

    def _situation(self, name: str, cls: str, unit: str) -> str:
        """A new situation of a unit, numbered by its kind."""
        self.counts[f"{unit}/{name}"] += 1
        node = below(self.graph.unit_node(unit), f"{name}_{self.counts[f'{unit}/{name}']}")
        self.graph.add(node, TYPE, MEA[cls])
        self.graph.add(node, MEA.evidencedBy, self.graph.unit_node(unit))
        place = self.graph.place_of(self.graph.document.unit(unit))
        self.graph.add(node, SKOS.prefLabel, english(f"{name.capitalize()} {self.counts[f'{unit}/{name}']} ({place})"))
        return node

    def _membership(self, node: str, membership: Membership) -> None:
        self.graph.add(node, ORG.member, self.graph.describe(membership.person))
        if membership.organization:
            self.graph.add(node, ORG.organization, resource(membership.organization))
        if membership.role:
            self.graph.add(node, MEA.roleName, plain(membership.role))
        if membership.country:
            self.graph.add(node, MEA.country, resource(membership.country))

    def _flow(self, node: str, flow: Flow) -> None:
        self.graph.add(node, MEA.amount, decimal(flow.amount))
        self.graph.add(node, MEA.currency, plain(flow.currency))
        self.graph.add(node, MEA.qualifier, plain(flow.qualifier))
        if flow.status:
            self.graph.add(node, MEA.status, resource(f"status/{flow.status}"))
        if flow.payer:
            self.graph.add(node, MEA.payer, resource(flow.payer))
        if flow.payee:
            self.graph.add(node, MEA.payee, resource(flow.payee))
        if flow.begins:
            self.graph.add(node, MEA.startDate, date_literal(flow.begins))
        if flow.ends:
            self.graph.add(node, MEA.endDate, date_literal(flow.ends))

    def _figure(self, node: str, figure: Figure) -> None:
        self.graph.add(node, MEA.value, decimal(figure.value))
        self.graph.add(node, MEA.unit, plain(figure.of))
        self.graph.add(node, MEA.measures, plain(figure.measures))
        if figure.as_of:
            self.graph.add(node, MEA.asOf, date_literal(figure.as_of))
