"""What the reviewed files hold, one frozen dataclass per kind of record.

The slug is the last part of the record's IRI (`org/unep`, `meeting/minamata-cop-5`); `source` says where
the facts of a record were read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What may follow the head of a document symbol: /INF/7, /28/Add.1, /L.2, /CRP.3/Rev.1; never a bare head.
SYMBOL_TAIL = r"(?:/(?:[A-Z][A-Za-z]*(?:\.?\d+)?|\d+[A-Z]?)(?![A-Za-z0-9]))+"

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def arabic(number: str) -> str:
    """The number in Arabic digits: `IX` -> `9`, `Ex-2` -> `ex-2`; digits stay as they are."""
    if not number or not set(number) <= _ROMAN.keys():
        return number.lower()
    values = [_ROMAN[letter] for letter in number]
    following = [*values[1:], 0]
    return str(sum(-v if v < n else v for v, n in zip(values, following, strict=True)))


def _filled(template: str, groups: Mapping[str, str | None]) -> str:
    return " ".join(template.format_map({name: value or "" for name, value in groups.items()}).split())


@dataclass(frozen=True)
class Regime:
    """The institutional system around a treaty; `parent` is the wider regime (basel below brs)."""

    slug: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class Article:
    """An article of a treaty; `paragraphs` is 0 when they are unnumbered or were not counted."""

    number: str
    title: str = ""
    paragraphs: int = 0


@dataclass(frozen=True)
class Annex:
    """An annex; `label` is `A` or `IV`, empty when the treaty has only one."""

    label: str
    title: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Treaty:
    """A treaty's text. `citation` begins the identifiers of its provisions: `Minamata art. 14(4)`."""

    slug: str
    name: str
    short: str
    citation: str
    kind: str
    source: str
    aliases: tuple[str, ...] = ()
    regime: str | None = None
    parent: str | None = None
    adopted: str | None = None
    in_force: str | None = None
    informea_code: str | None = None
    informea_uuid: str | None = None
    ecolex: str | None = None
    articles: tuple[Article, ...] = ()
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True)
class Organization:
    """An organization, organ, fund, partnership or group. `acronyms` match case-sensitively; `implicit` forms
    ("the secretariat") are no names: they mean this organization only where the context says so.
    """

    slug: str
    cls: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    acts_for: tuple[str, ...] = ()
    unit_of: str | None = None
    implicit: tuple[str, ...] = ()
    homepage: str | None = None


@dataclass(frozen=True)
class Segment:
    """One stretch of a meeting: dates, place and the slug of the State where it was held."""

    start: str | None = None
    end: str | None = None
    place: str | None = None
    country: str | None = None
    online: bool = False


@dataclass(frozen=True)
class Meeting:
    """A meeting of a body; the properties look through its segments."""

    slug: str
    body: str
    name: str
    short: str
    source: str
    number: int | None = None
    aliases: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()

    @property
    def start(self) -> str | None:
        """The first day of the first segment."""
        return self.segments[0].start if self.segments else None

    @property
    def end(self) -> str | None:
        """The last day of the last segment."""
        return self.segments[-1].end if self.segments else None

    @property
    def place(self) -> str | None:
        """Where it was held: the first segment that has a place."""
        return next((s.place for s in self.segments if s.place), None)

    @property
    def country(self) -> str | None:
        """The slug of the State where it was held."""
        return next((s.country for s in self.segments if s.country), None)

    @property
    def online(self) -> bool:
        """Whether any segment was held online."""
        return any(s.online for s in self.segments)


@dataclass(frozen=True)
class Example:
    """A printed number and the identifier it must give."""

    text: str
    identifier: str


@dataclass(frozen=True)
class DecisionSeries:
    """How the decisions of one body are printed. `pattern` matches the number alone, without "decision"; a
    `contextual` number (73/333, IX/10) proves nothing unless one of the `context` words stands nearby.
    """

    slug: str
    pattern: str
    template: str
    body: str
    kind: str
    source: str
    regime: str | None = None
    meeting: str | None = None
    contextual: bool = False
    context: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    non_examples: tuple[str, ...] = ()

    def identifier(self, groups: Mapping[str, str | None]) -> str:
        """The identifier that a match's named groups give: `{"meeting": "IX", "number": "10"}` -> `BC IX/10`."""
        return _filled(self.template, groups)

    def meeting_slug(self, groups: Mapping[str, str | None]) -> str | None:
        """The meeting that adopted it: `IX` -> `basel-cop-9`; None when the series does not tell."""
        if self.meeting is None or not groups.get("meeting"):
            return None
        return _filled(self.meeting, {name: arabic(value or "") for name, value in groups.items()})

    def identify(self, text: str) -> str | None:
        """The identifier of a number printed on its own, None when it is not of this series."""
        match = re.fullmatch(self.pattern, text)
        return self.identifier(match.groupdict()) if match else None


@dataclass(frozen=True)
class DocumentSeries:
    """How the symbols of a series begin; `head` is a regular expression, its group `meeting` the meeting's number."""

    slug: str
    head: str
    source: str
    regime: str | None = None
    meeting: str | None = None
    body: str | None = None
    publisher: str | None = None
    examples: tuple[str, ...] = ()
    non_examples: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """A regular expression for whole symbols of this series."""
        return self.head + SYMBOL_TAIL

    def meeting_slug(self, groups: Mapping[str, str | None]) -> str | None:
        """The meeting that a symbol belongs to: `UNEP/MC/COP.5/…` -> `minamata-cop-5`; None when unknown."""
        if self.meeting is None or not groups.get("meeting"):
            return None
        return _filled(self.meeting, {name: arabic(value or "") for name, value in groups.items()})


@dataclass(frozen=True)
class Person:
    """A person named in the documents."""

    slug: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Topic:
    """A subject; `aliases` are the surface forms by which a text is known to speak of it."""

    slug: str
    label: str
    source: str
    aliases: tuple[str, ...] = ()
    broader: str | None = None
    informea_term: str | None = None
    definition: str | None = None


@dataclass(frozen=True)
class Country:
    """A State; `un_group` is its United Nations regional group."""

    slug: str
    name: str
    iso2: str
    iso3: str
    source: str
    aliases: tuple[str, ...] = ()
    un_group: str | None = None


@dataclass(frozen=True)
class System:
    """An information system."""

    slug: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    operator: str | None = None


@dataclass(frozen=True)
class RegisteredActivity:
    """A well-known activity told in several places; an alias in a paragraph identifies it. With a `regime`, only
    in documents of that regime: other conventions have a first effectiveness evaluation, too.
    """

    slug: str
    cls: str
    name: str
    source: str
    aliases: tuple[str, ...] = ()
    regime: str | None = None
    start: str | None = None
    end: str | None = None
    organizers: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
