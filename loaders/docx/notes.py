"""Footnotes and endnotes of a DOCX file: which number each marker prints, and the text of the note."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from loaders.docx.numbering import formatted
from loaders.docx.package import Package, attribute, child, local_name, number

NoteText = Callable[[etree._Element], str]


@dataclass
class _Series:
    """The automatic numbers of footnotes, or of endnotes."""

    style: str
    start: int
    restart: str
    next: int


class Notes:
    """The notes of one kind (`footnote`, `endnote`) by their identifier, and the numbering of their markers."""

    def __init__(self, package: Package, kind: str, style: str) -> None:
        self.kind = kind
        part = package.related(package.main, f"{kind}s")
        root = package.tree(part) if part else None
        self._notes = {
            attribute(item, "id"): item
            for item in (root if root is not None else ())
            if local_name(item) == kind and attribute(item, "type") in ("", "normal")
        }
        settings = package.related(package.main, "settings")
        common = child(package.tree(settings) if settings else None, f"{kind}Pr")
        self._common = (style, common)
        self._series = _Series(style, 1, "continuous", 1)
        self.open_section(None)

    def open_section(self, section: etree._Element | None) -> None:
        """Take over how a section numbers its notes; restarts the numbers where it says so."""
        style, common = self._common
        layers = [common, child(section, f"{self.kind}Pr")]
        said = {
            name: value
            for layer in layers
            for name in ("numFmt", "numStart", "numRestart")
            if (value := attribute(child(layer, name)))
        }
        old = self._series
        start = number(said.get("numStart", ""), 1)
        restart = said.get("numRestart", "continuous")
        following = start if restart != "continuous" or old.next == old.start else old.next
        self._series = _Series(said.get("numFmt", style), start, restart, following)

    def turn_page(self) -> None:
        """Restart the numbers where they count by page."""
        if self._series.restart == "eachPage":
            self._series.next = self._series.start

    def next_key(self) -> str:
        """The next automatic number as printed."""
        self._series.next += 1
        return formatted(self._series.next - 1, self._series.style)

    def get(self, identifier: str) -> etree._Element | None:
        """The element of a note; None when the file lacks it."""
        return self._notes.get(identifier)
