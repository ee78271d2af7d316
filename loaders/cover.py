"""What the cover of a document says of it where nobody else has: its symbol, meeting and publisher."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from graph.iri import key_of
from graph.registry import Registry
from graph.registry_records import DecisionSeries, DocumentSeries
from loaders.citations import DecisionFinder
from loaders.document import Document
from loaders.finding import Finders
from loaders.phrases import find_meetings
from loaders.things import ordinal
from loaders.triggers import Regex

_COVER = ("header", "title")


@dataclass(frozen=True)
class _Printed:
    """A symbol on a cover, with its series and the groups of the series' head."""

    symbol: str
    series: DocumentSeries
    groups: dict[str, str]


def completed(document: Document, registry: Registry, finders: Finders) -> Document:
    """The document with the blanks of its description filled from its cover; what is known stays.

    The symbol in its first lines tells meeting and publisher; without one the number of the decision that it is tells
    the meeting, or the name of the meeting itself. A joint document, with a symbol for each of several conventions of
    one regime, is published by the regime's secretariat and is of no single meeting.
    """
    printed = [found for unit in document.units if unit.path in _COVER for found in _printed(unit.text, registry)]
    info = document.info
    if not printed:
        meeting = (
            info.meeting or _adopted_at(document, registry, finders.decisions) or _named(document, registry, finders)
        )
        publisher = info.publisher or _producer(document, registry, finders)
        return replace(document, info=replace(info, meeting=meeting, publisher=publisher))
    first, joint = printed[0], len({found.series.regime for found in printed}) > 1
    symbol = info.symbol or (first.symbol if not info.reference else "")
    return replace(
        document,
        info=replace(
            info,
            key=info.key if info.named or joint else key_of(symbol),
            symbol=symbol,
            meeting=info.meeting or ("" if joint else _meeting_of(registry, first.series, first.groups)),
            publisher=info.publisher or _publisher(printed, registry),
            joint=joint,
        ),
    )


def _printed(text: str, registry: Registry) -> Iterator[_Printed]:
    if "/" not in text:
        return
    found = [
        (match.start(), _Printed(match[0], series, match.groupdict()))
        for series in registry.document_series
        for match in _whole(series.pattern).finditer(text)
    ]
    yield from (printed for _, printed in sorted(found, key=lambda pair: pair[0]))


@cache
def _whole(pattern: str) -> Regex:
    return Regex(rf"(?<![\w/.@-]){pattern}(?![\w/])")


def _publisher(printed: list[_Printed], registry: Registry) -> str:
    regimes = {found.series.regime for found in printed if found.series.regime}
    parents = {registry.regime(regime).parent for regime in regimes}
    if len(regimes) > 1 and len(parents) == 1 and (parent := parents.pop()):
        return registry.secretariat_of(parent)
    return printed[0].series.publisher or ""


def _producer(document: Document, registry: Registry, finders: Finders) -> str:
    """The only secretariat that the cover of a report names; empty when there is none."""
    header = document.header.text if document.header else ""
    named = {slug for name in finders.names.find(header) for kind, slug in name.values if kind == "organizations"}
    secretariats = [slug for slug in named if registry.organization(slug).cls == "Secretariat"]
    return secretariats[0] if len(secretariats) == 1 and document.info.kind == "Report" else ""


def _adopted_at(document: Document, registry: Registry, decisions: DecisionFinder) -> str:
    """The meeting that adopted the decision whose number begins a line of the cover; empty when several fit."""
    for unit in document.units:
        if unit.path in _COVER or unit.path.endswith("_1/title"):
            opening = [f for f in decisions.find(unit.text) if not f.start or unit.text[f.start - 1] == "\n"]
            if len(opening) == 1:
                return _meeting_of(registry, registry.series(opening[0].rule), dict(opening[0].values))
    return ""


def _meeting_of(registry: Registry, series: DecisionSeries | DocumentSeries, groups: Mapping[str, str | None]) -> str:
    """The meeting that a number or symbol tells, be it listed or a later one; empty when it tells none."""
    slug = series.meeting_slug(groups) or ""
    return slug if registry.body_meeting(slug) else ""


def _named(document: Document, registry: Registry, finders: Finders) -> str:
    """The first meeting that the cover names, "Conference of the Parties … Sixth meeting"; empty when none is known."""
    header = document.header.text if document.header else ""
    numbers = {found.start: found for found in find_meetings(header) if found.values[0][0] == "nth"}
    for name in finders.names.find(header):
        numbered = next((numbers[at] for at in numbers if at >= name.end and not header[name.end : at].strip()), None)
        for kind, slug in name.values:
            meeting = f"{slug}-{ordinal(numbered.values[0][1])}" if numbered and kind == "organizations" else slug
            if kind in ("meetings", "organizations") and registry.body_meeting(meeting):
                return meeting
    return ""
