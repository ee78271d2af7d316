"""The document model that every format gives: blocks as read, units as structured."""

from dataclasses import dataclass, field
from functools import cached_property

from graph.iri import key_of


@dataclass(frozen=True)
class Marker:
    """A footnote marker that stood at `offset` of a clean text: `1`, `*`."""

    offset: int
    key: str


@dataclass(frozen=True)
class Block:
    """One run of text as its format delivers it, free of markup.

    `kind`: paragraph, heading, bullet, contents, footnote (then `key` is its marker) or starred (`*` or `**` before it:
    a bullet or a footnote, which only the rest of the document can tell). `level`: of a marked heading, else 0.
    """

    text: str
    kind: str = "paragraph"
    line: int = 0
    level: int = 0
    key: str = ""
    bold: bool = False
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True)
class DocumentInfo:
    """What is known of a document before it is read: a manifest row, or nothing but its file name.

    `kind` is a class of the model below mea:Document, `meeting`, `publisher` are slugs of authority records.
    """

    file: str
    key: str
    symbol: str = ""
    reference: str = ""
    kind: str = "Document"
    title: str = ""
    issued: str = ""
    language: str = "en"
    meeting: str = ""
    agenda_item: str = ""
    publisher: str = ""
    named: bool = True  # whether the key was given, or made from a symbol or reference, and not from the file's name
    joint: bool = False  # whether its cover has the symbols of several conventions

    @property
    def identifier(self) -> str:
        """The symbol, else the reference, as printed; empty when there is neither."""
        return self.symbol or self.reference

    @property
    def names_itself(self) -> bool:
        """Whether the key is made from the identifier, so that whoever cites that finds the document."""
        return bool(self.identifier) and key_of(self.identifier) == self.key


@dataclass
class Unit:
    """One text unit: its path below the document's IRI, its class, its printed place and its text.

    `note_of` is the path of the unit that holds a footnote's marker. `instrument` is the path of the draft decision
    (or decision) the unit belongs to, `region` that of the annex. `year` is that of a yearly report, which its days
    without a year are in. Offsets of all findings count in `text`.
    """

    path: str
    kind: str
    label: str
    text: str
    parent: str = ""
    line: int = 0
    note_of: str = ""
    instrument: str = ""
    region: str = ""
    year: str = ""
    markers: list[Marker] = field(default_factory=list)


@dataclass(frozen=True)
class Instrument:
    """A draft decision, or an adopted decision, whose text the document holds."""

    path: str
    number: str
    title: str
    draft: bool


@dataclass
class Document:
    """A structured document: its units in reading order and the instruments among them."""

    info: DocumentInfo
    units: list[Unit]
    instruments: list[Instrument]
    sha256: str = ""
    notes: list[str] = field(default_factory=list)

    def unit(self, path: str) -> Unit:
        """The unit at a path; KeyError when there is none."""
        return self._by_path[path]

    @property
    def header(self) -> Unit | None:
        """The lines above the text, with symbol, date and place; None when there are none."""
        return self._by_path.get("header")

    @cached_property
    def _by_path(self) -> dict[str, Unit]:
        return {unit.path: unit for unit in self.units}
