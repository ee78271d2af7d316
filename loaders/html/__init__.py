"""HTML: a file's bytes -> the blocks that the same document would give as plain text.

Of a saved web page only the page's own text is read; the numbers of ordered lists are printed into the text.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from loaders.damage import named
from loaders.document import Block
from loaders.docx.numbering import formatted
from loaders.errors import LoadError
from loaders.hosting import place_notes
from loaders.html.furniture import is_note_place, strip_furniture
from loaders.html.lists import ListPlace, list_place
from loaders.plaintext import byte_order_mark, decode_as
from loaders.runs import BREAK, Passage, Run, bounded, passages, plain, row_passages, starts_item

SUFFIXES = (".html", ".htm", ".xhtml")
MAX_BYTES = 10_000_000
MAX_TAGS = 250_000

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LATIN = {"iso8859-1", "ascii"}
_HEAD = 4096
_PRINTED_LABEL = re.compile(r"(?:\d{1,3}[.)]|\([a-z]{1,5}\)|[a-z][.)]|[IVXLA-Z]{1,6}\.)\s", re.DOTALL)

_BLOCKS = {
    "p", "div", "section", "article", "main", "blockquote", "pre", "address", "figure", "figcaption", "dl", "dt", "dd",
    "fieldset", "legend", "details", "summary", "center", "header", "footer", "aside", "form", "body", "hgroup", "menu",
    "hr", "ul", "ol", "li", "table", "caption", "html",
}  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_BOLD = {"b", "strong", "th"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[a-z]|[ivx]{1,5}|\*{1,4}|[†‡§])\s*[\])]?")
_BACK = re.compile(r"[↩↑^⏎⮐\ufe0e\s]+")


def read_bytes(content: bytes, name: str) -> list[Block]:
    """The blocks of an HTML file; LoadError when it cannot be decoded, is empty, too deep or too large."""
    if len(content) > MAX_BYTES:
        raise LoadError(f"{name}: {len(content):,} bytes, more than the limit of {MAX_BYTES:,}")
    with named(name, "HTML"):
        body = _body(_decode(content, name), name)
        return bounded(place_notes(_Walker().read(strip_furniture(body))), name)


def _decode(content: bytes, name: str) -> str:
    mark, encoding = byte_order_mark(content)
    if not mark:
        declared = _DECLARED.search(content, 0, _HEAD) or _XML_DECLARED.search(content, 0, _HEAD)
        encoding = _known(declared[1].decode("ascii"), name) if declared else "utf-8"
    text = decode_as(content[len(mark) :], encoding, name)
    if "\x00" in text:
        raise LoadError(f"{name}: not a text file: it holds a NUL character")
    if not text.strip():
        raise LoadError(f"{name}: the file is empty")
    return text


def _known(declared: str, name: str) -> str:
    """The codec of a declared character set; Latin-1 is read as Windows-1252, as browsers do."""
    try:
        codec = codecs.lookup(declared).name
        "".encode(codec)
    except LookupError as error:
        raise LoadError(f"{name}: declares an unknown character set {declared!r}") from error
    if codec in _LATIN:
        return "cp1252"
    return "utf-8" if codec.startswith("utf-16") else codec


def _body(text: str, name: str) -> etree._Element:
    if "<!ENTITY" in text:
        raise LoadError(f"{name}: declares entities, which no HTML file does")
    if text.count("<") > MAX_TAGS:
        raise LoadError(f"{name}: {text.count('<'):,} tags, more than the limit of {MAX_TAGS:,}")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(re.sub(r"\A\s*<\?xml[^>]*>", "", text).encode("utf-8"), parser)
    deep = next((entry for entry in parser.error_log if "Excessive depth" in entry.message), None)
    if deep is not None:
        raise LoadError(f"{name}: elements nested too deep in line {deep.line}")
    if root is None:
        raise LoadError(f"{name}: no text in this file")
    body = root.find("body")
    return root if body is None else body


class _Walker:
    """Walks the elements of a page in order and cuts their text into blocks."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._anchors: list[str] = []
        self._waiting: list[str] = []
        self._lists: list[ListPlace] = []
        self._line = 0
        self._notes = 0

    def read(self, element: etree._Element) -> list[Passage]:
        """The blocks of an element."""
        return [*self._block(element, Run("")), *self._flush()]

    def _block(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        """The blocks inside an element; text of its own goes on in the block that is open."""
        self._text(element.text, style)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, _styled(child, style))
            self._text(child.tail, style)

    def _element(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        tag = str(element.tag)
        if tag == "br":
            self._runs.append(BREAK)
        elif match := _HEADING.fullmatch(tag):
            yield from self._alone(element, style, "heading", int(match[1]))
        elif tag == "table":
            yield from self._flush()
            yield from self._table(element, style)
        elif tag in ("ul", "ol", "menu"):
            yield from self._list(element, style)
        elif self._is_note_body(element):
            yield from self._note(element, style)
        elif tag == "li":
            yield from self._item(element, style)
        elif tag in _BLOCKS:
            yield from self._alone(element, style, "paragraph", 0)
        else:
            yield from self._inline(element, style)

    def _alone(self, element: etree._Element, style: Run, kind: str, level: int) -> Iterator[Passage]:
        yield from self._flush()
        self._line = _line_of(element) or self._line
        self._anchor(element)
        yield from self._block(element, style)
        yield from self._flush(kind, level)

    def _inline(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        self._anchor(element)
        target = (element.get("href") or "").partition("#")[2]
        text = "".join(str(text) for text in element.itertext()) if target else ""
        if target and is_note_place(element) and (match := _MARK.fullmatch(text.strip())):
            self._runs.append(Run("", note=match[1], target=target))
        elif element.get("role") == "doc-backlink" or (target and _BACK.fullmatch(text)):
            return
        else:
            yield from self._block(element, style)

    def _list(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        yield from self._flush()
        self._lists.append(list_place(element))
        yield from self._block(element, style)
        yield from self._flush()
        self._lists.pop()

    def _item(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        yield from self._flush()
        self._line = _line_of(element) or self._line
        place = self._lists[-1] if self._lists else ListPlace()
        label = place.next_label(element)
        first = True
        for passage in [*self._block(element, style), *self._flush()]:
            yield _labelled(passage, label, place.bullets) if first else passage
            first = False

    def _is_note_body(self, element: etree._Element) -> bool:
        """Whether an element holds a footnote: by its role, or as an item with a footnote's identifier."""
        if element.get("role") in ("doc-footnote", "doc-endnote"):
            return True
        if element.tag not in ("li", "aside"):
            return False
        if element.get("id") and is_note_place(element):
            return True
        return any(is_note_place(parent) for parent in element.iterancestors("ol", "ul", "section", "div"))

    def _note(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        """A footnote: its key is the mark printed before it, else its number in the list of notes."""
        yield from self._flush()
        place = self._lists[-1] if self._lists else ListPlace()
        counted = place.next_value(element)
        inner = list(self._block(element, style))
        inner.extend(self._flush())
        anchors = tuple(item.get("id") or item.get("name") or "" for item in element.iter())
        for index, passage in enumerate(inner):
            block = passage.block
            if index:
                yield Passage(replace(block, kind="footnote", key=inner[0].block.key or str(counted)), (), anchors)
            else:
                key = block.key if block.kind in ("footnote", "starred") else formatted(counted, place.style)
                inner[0] = Passage(replace(block, kind="footnote", key=key, level=0), (), anchors)
                yield inner[0]

    def _table(self, element: etree._Element, style: Run) -> Iterator[Passage]:
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
        for row in rows:
            cells = []
            for cell in row.iterchildren("td", "th"):
                self._line = _line_of(cell) or self._line
                cells.append([*self._block(cell, _styled(cell, style)), *self._flush()])
            yield from row_passages(cells)
        caption = element.find("caption")
        if caption is not None:
            yield from self._alone(caption, style, "paragraph", 0)

    def _text(self, text: str | None, style: Run) -> None:
        if text:
            self._runs.append(replace(style, text=re.sub(r"[\t\n\r\f ]+", " ", text)))

    def _anchor(self, element: etree._Element) -> None:
        self._waiting.extend(name for name in (element.get("id"), element.get("name")) if name)

    def _flush(self, kind: str = "paragraph", level: int = 0) -> list[Passage]:
        """The blocks of the runs gathered so far; their anchors go with them."""
        runs, self._runs = self._runs, []
        if not plain(runs) and not any(run.note for run in runs):
            return []
        anchors, self._waiting = tuple(self._waiting), []
        found = [passage for part in _paragraphs(runs) for passage in passages(part, kind, level, self._line)]
        return [replace(passage, anchors=anchors) for passage in found]


def _line_of(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _paragraphs(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs cut where two line breaks follow each other."""
    current: list[Run] = []
    breaks = 0
    for run in runs:
        if run is BREAK:
            breaks += 1
        elif run.text.strip() or run.note:
            if breaks > 1:
                yield current
                current = []
            breaks = 0
        current.append(run)
    yield current


def _styled(element: etree._Element, style: Run) -> Run:
    """The style of the text inside an element."""
    said = element.get("style") or ""
    if element.tag in _BOLD or _BOLD_STYLE.search(said):
        style = replace(style, bold=True)
    if element.tag == "sup" or _RAISED_STYLE.search(said):
        style = replace(style, raised=True)
    return style


def _labelled(passage: Passage, label: str, bullets: bool) -> Passage:
    """The first block of a list item with its number, unless that is printed in the text already."""
    block = passage.block
    if block.kind != "paragraph" or _PRINTED_LABEL.match(block.text) or starts_item(block.text):
        return passage
    if bullets:
        return replace(passage, block=replace(block, kind="bullet"))
    if not label:
        return passage
    shift = len(label) + 1
    markers = tuple(replace(marker, offset=marker.offset + shift) for marker in block.markers)
    return replace(passage, block=replace(block, text=f"{label} {block.text}", markers=markers))
