"""DOCX: a file's bytes -> the blocks that the same document would give as plain text.

Automatic numbers are printed into the text, tracked changes count as accepted, headers and footers are left out.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from loaders.damage import named
from loaders.document import Block
from loaders.docx.inline import RunReader
from loaders.docx.notes import Notes
from loaders.docx.numbering import Label, Numbering
from loaders.docx.package import Package, attribute, child, local_name
from loaders.docx.styles import Styles
from loaders.errors import LoadError
from loaders.runs import Passage, Run, bounded, passages, plain, row_passages

SUFFIXES = (".docx",)
MAX_BYTES = 200_000_000
MAX_PARAGRAPHS = 100_000

_TRANSPARENT = {"ins", "moveTo", "customXml", "smartTag", "sdtContent", "sdt"}
_LONGEST_HEADING = 250


def read_bytes(content: bytes, name: str) -> list[Block]:
    """The blocks of a DOCX file; LoadError when it is none, or is damaged, encrypted, empty or too large."""
    if len(content) > MAX_BYTES:
        raise LoadError(f"{name}: {len(content):,} bytes, more than the limit of {MAX_BYTES:,}")
    with named(name, "DOCX"):
        package = Package(content, name)
        root = package.tree(package.main)
        body = child(root, "body")
        if body is None:
            raise LoadError(f"{name}: not a DOCX file: it has no document body")
        reader = _BodyReader(package, body)
        return bounded([passage.block for passage in reader.read(body)], name)


def _picked(element: etree._Element) -> etree._Element | None:
    """The first alternative of an mc:AlternateContent."""
    return next(iter(element), None)


def _is_former(section: etree._Element) -> bool:
    """Whether it is what a tracked change keeps of a section's earlier state."""
    parent = section.getparent()
    return parent is not None and local_name(parent) == "sectPrChange"


class _BodyReader:
    """Reads the paragraphs and tables of a document, each with the footnotes that hang on it."""

    def __init__(self, package: Package, body: etree._Element) -> None:
        def part(kind: str) -> etree._Element | None:
            found = package.related(package.main, kind)
            return package.tree(found) if found else None

        self._name = package.name
        self.styles = Styles(part("styles"))
        self.numbering = Numbering(part("numbering"), self.styles)
        notes = {
            "footnote": Notes(package, "footnote", "decimal"),
            "endnote": Notes(package, "endnote", "lowerRoman"),
        }
        self.runs = RunReader(self.styles, notes)
        self._sections = [item for item in body.iter() if local_name(item) == "sectPr" and not _is_former(item)]
        self._carried: list[Run] = []
        self._line = 0
        self._begun = False
        self._next_section()

    def read(self, container: etree._Element) -> Iterator[Passage]:
        """The blocks of a container of paragraphs and tables."""
        for element in container:
            kind = local_name(element)
            if kind == "p":
                yield from self._paragraph_with_notes(element)
            elif kind == "tbl":
                yield from self._table(element)
            elif kind == "AlternateContent":
                picked = _picked(element)
                yield from self.read(picked) if picked is not None else ()
            elif kind in _TRANSPARENT:
                yield from self.read(element)

    def _next_section(self) -> None:
        section = self._sections.pop(0) if self._sections else None
        if section is not None:
            self.runs.open_section(section)

    def _paragraph_with_notes(self, element: etree._Element) -> Iterator[Passage]:
        yield from self._paragraph(element)
        boxes = self.runs.take_boxes()
        for box in boxes:
            yield from self.read(box)
        yield from self._notes()
        if child(element, "pPr", "sectPr") is not None:
            self._next_section()

    def _paragraph(self, element: etree._Element) -> Iterator[Passage]:
        self._line += 1
        if self._line > MAX_PARAGRAPHS:
            raise LoadError(f"{self._name}: more than {MAX_PARAGRAPHS:,} paragraphs")
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle")) or self.styles.default
        runs = [*self._carried, *self.runs.read(element, style)]
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = runs
            return
        self._carried = []
        if not plain(runs) and child(mark, "vanish") is not None:
            return
        label = self.numbering.label(properties, style)
        found = self._labelled(runs, label, style, properties)
        self._begun = self._begun or bool(found)
        yield from found

    def _labelled(self, runs: list[Run], label: Label, style: str, properties: etree._Element | None) -> list[Passage]:
        text = plain(runs)
        if not text:
            return []
        if self.styles.is_contents(style):
            return passages(runs, "contents", line=self._line)
        level = self._heading_level(style, properties)
        if level and len(text) <= _LONGEST_HEADING:
            return passages(_before(label, runs), "heading", level, self._line)
        return passages(_before(label, runs), "bullet" if label.bullet else "paragraph", 0, self._line)

    def _heading_level(self, style: str, properties: etree._Element | None) -> int:
        own = attribute(child(properties, "outlineLvl"))
        if own.isdigit():
            return int(own) + 1 if int(own) < 9 else 0
        return self.styles.heading_level(style)

    def _notes(self) -> Iterator[Passage]:
        for key, element in self.runs.take_notes():
            runs = [
                run
                for paragraph in element.iter()
                if local_name(paragraph) == "p"
                for run in self._note_runs(paragraph)
            ]
            for number, passage in enumerate(passages(_without_mark(runs, key), "footnote", line=self._line)):
                block = passage.block
                yield Passage(replace(block, key=key) if number == 0 else replace(block, kind="paragraph"))
        self.runs.take_boxes()

    def _note_runs(self, paragraph: etree._Element) -> list[Run]:
        style = attribute(child(paragraph, "pPr", "pStyle"))
        return [*(replace(run, text=run.text.replace("\n", " ")) for run in self.runs.read(paragraph, style)), Run(" ")]

    def _table(self, element: etree._Element) -> Iterator[Passage]:
        layout = not self._begun
        for row in _members(element, "tr"):
            if child(row, "trPr", "del") is None:
                cells = [list(self.read(cell)) for cell in _members(row, "tc")]
                yield from row_passages(cells, layout)
        self._begun = True


def _members(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside content controls and insertions."""
    for item in element:
        if local_name(item) == kind:
            yield item
        elif local_name(item) in _TRANSPARENT:
            yield from _members(item, kind)


def _before(label: Label, runs: list[Run]) -> list[Run]:
    """The runs behind the printed number of their paragraph; the number is as bold as they are."""
    if not label.text:
        return runs
    bold = all(run.bold for run in runs if run.text.strip())
    return [Run(f"{label.text} ", bold), *runs]


def _without_mark(runs: list[Run], key: str) -> list[Run]:
    """The runs of a note without the mark that an author typed before it."""
    for index, run in enumerate(runs):
        if not run.text.strip() and not run.note:
            continue
        if run.note == key:
            return runs[index + 1 :]
        if run.text.strip() == key or (not key.isalnum() and run.text.lstrip().startswith(key)):
            return [replace(run, text=run.text.lstrip().removeprefix(key)), *runs[index + 1 :]]
        break
    return runs
