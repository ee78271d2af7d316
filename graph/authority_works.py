"""Works by their identifiers: which node `Minamata art. 22` or `MC-3/11` is, and what is known of it."""

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from graph import iri
from graph.errors import AuthorityError
from graph.registry import Registry
from graph.registry_records import DecisionSeries
from graph.terms import DCTERMS, MEA, SKOS, TYPE, english, plain

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

# "art. 22", "Annex A", "Annex A part I" behind the treaty's name.
_PROVISION = re.compile(r"(?:art\. (?P<art>\d+[A-Z]?)|Annex (?P<annex>[A-Z]+|\d)(?: part (?P<part>[IVX]+|\d))?)")


def described(node: NamedNode, cls: str, name: str, identifier: str = "") -> Iterator[Statement]:
    """The class, the name and, where there is one, the identifier of a thing."""
    yield node, TYPE, MEA[cls]
    yield node, SKOS.prefLabel, english(name)
    if identifier:
        yield node, DCTERMS.identifier, plain(identifier)


def work_statements(registry: Registry, identifier: str) -> tuple[NamedNode, list[Statement]]:
    """The provision or decision of an identifier, and what describes it: a provision is described with its treaty.

    AuthorityError when no treaty and no series of decisions knows the identifier.
    """
    node = _provision(registry, identifier)
    if node:
        return node, []
    series, groups = _decision(registry, identifier)
    return iri.decision(identifier), list(_decision_statements(registry, identifier, series, groups))


def _provision(registry: Registry, identifier: str) -> NamedNode | None:
    for treaty in registry.treaties:
        match = _PROVISION.fullmatch(identifier.removeprefix(f"{treaty.citation} "))
        if match is None:
            continue
        steps = tuple((kind, number) for kind, number in match.groupdict().items() if number)
        listed = {("art", article.number) for article in treaty.articles}
        listed |= {("annex", annex.label) for annex in treaty.annexes}
        parts = {part for annex in treaty.annexes if annex.label == match["annex"] for part in annex.parts}
        if steps[0] in listed and (len(steps) == 1 or match["part"] in parts):
            return iri.provision(treaty.slug, steps)
    return None


def _decision(registry: Registry, identifier: str) -> tuple[DecisionSeries, dict[str, str | None]]:
    """The series whose pattern gives the identifier, printed as it is or without the body's name before it."""
    words = identifier.split(" ")
    for printed in (" ".join(words[start:]) for start in range(len(words))):
        for series in registry.decision_series:
            match = re.fullmatch(series.pattern, printed)
            if match and series.identifier(match.groupdict()) == identifier:
                return series, match.groupdict()
    raise AuthorityError(f"no treaty and no series of decisions has {identifier!r}")


def _decision_statements(
    registry: Registry, identifier: str, series: DecisionSeries, groups: dict[str, str | None]
) -> Iterator[Statement]:
    node = iri.decision(identifier)
    yield from described(node, "Decision", f"{series.kind.capitalize()} {identifier}", identifier)
    yield node, MEA.adoptedBy, iri.thing("org", series.body)
    if series.regime:
        yield node, MEA.ofRegime, iri.thing("regime", series.regime)
    if meeting := registry.meeting_of(series, groups):
        yield node, MEA.adoptedAt, iri.thing("meeting", meeting)


def document_statements(registry: Registry, symbol: str) -> Iterator[Statement]:
    """What the symbol of a document tells; AuthorityError when no series has it."""
    for series in registry.document_series:
        match = re.fullmatch(series.pattern, symbol)
        if match is None:
            continue
        node = iri.document(symbol)
        yield from described(node, "InformationDocument" if "/INF/" in symbol else "MeetingDocument", symbol, symbol)
        if series.regime:
            yield node, MEA.ofRegime, iri.thing("regime", series.regime)
        if meeting := registry.meeting_of(series, match.groupdict()):
            yield node, MEA.forMeeting, iri.thing("meeting", meeting)
        return
    raise AuthorityError(f"no series of symbols has {symbol!r}")
