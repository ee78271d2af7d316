"""The runs of a DOCX paragraph: text, tabs, breaks, symbols and note markers, with tracked changes accepted."""

from collections.abc import Iterator

from lxml import etree

from loaders.docx.notes import Notes
from loaders.docx.package import attribute, child, local_name
from loaders.docx.styles import Styles, is_on
from loaders.runs import BREAK, Run

_TRANSPARENT = {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
_LONGEST_MARK = 4
_TEXT = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_BOX_HOLDERS = {"drawing", "pict", "object"}
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings")
_PRIVATE = 0xF000


class RunReader:
    """Reads runs; collects the notes and the text boxes met on the way until they are taken."""

    def __init__(self, styles: Styles, notes: dict[str, Notes]) -> None:
        self._styles = styles
        self._series = notes
        self._notes: list[tuple[str, etree._Element]] = []
        self._boxes: list[etree._Element] = []
        self._fields: list[bool] = []
        self._custom: tuple[str, str] | None = None

    def open_section(self, section: etree._Element) -> None:
        """Number the notes that follow as a section says."""
        for series in self._series.values():
            series.open_section(section)

    def take_notes(self) -> list[tuple[str, etree._Element]]:
        """The notes met since the last call: (printed key, element)."""
        taken, self._notes = self._notes, []
        return taken

    def take_boxes(self) -> list[etree._Element]:
        """The contents of the text boxes met since the last call."""
        taken, self._boxes = self._boxes, []
        return taken

    def read(self, paragraph: etree._Element, style: str) -> list[Run]:
        """The runs of a paragraph of a style."""
        return list(self._inline(paragraph, style))

    def _inline(self, container: etree._Element, style: str) -> Iterator[Run]:
        for element in container:
            kind = local_name(element)
            if kind == "r":
                yield from self._run(element, style)
            elif kind in ("oMath", "oMathPara"):
                yield Run("".join(item.text or "" for item in element.iter() if local_name(item) == "t"))
            elif kind == "AlternateContent":
                picked = next(iter(element), None)
                yield from self._inline(picked, style) if picked is not None else ()
            elif kind in _TRANSPARENT:
                yield from self._inline(element, style)

    def _run(self, run: etree._Element, style: str) -> Iterator[Run]:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            return
        bold, raised = self._is_bold(properties, style), self._is_raised(properties)
        for element in run:
            for piece in self._piece(element):
                yield piece if piece is BREAK or piece.note else Run(piece.text, bold, raised)

    def _is_bold(self, properties: etree._Element | None, style: str) -> bool:
        own = is_on(properties, "b")
        if own is None:
            own = self._styles.is_on(attribute(child(properties, "rStyle")), "b")
        return bool(self._styles.is_on(style, "b") if own is None else own)

    def _is_raised(self, properties: etree._Element | None) -> bool:
        own = attribute(child(properties, "vertAlign"))
        return own == "superscript" if own else self._styles.is_raised(attribute(child(properties, "rStyle")))

    def _piece(self, element: etree._Element) -> Iterator[Run]:
        kind = local_name(element)
        if kind == "fldChar":
            self._field(attribute(element, "fldCharType"))
        elif kind in ("footnoteReference", "endnoteReference"):
            yield from self._reference(kind.removesuffix("Reference"), element)
        elif kind == "AlternateContent":
            for piece in next(iter(element), ()):
                yield from self._piece(piece)
        elif kind in _BOX_HOLDERS:
            self._boxes.extend(_boxes(element))
        elif not any(self._fields):
            text = _text(element)
            if text.strip() and self._custom:
                yield from self._custom_mark(text)
            elif kind == "br":
                yield from self._break(element)
            elif kind == "lastRenderedPageBreak":
                self._turn_page()
            elif text:
                yield Run(text)

    def _field(self, kind: str) -> None:
        """The instruction of a field is no text; its result is."""
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _reference(self, kind: str, element: etree._Element) -> Iterator[Run]:
        identifier = attribute(element, "id")
        if attribute(element, "customMarkFollows") in ("1", "true", "on"):
            self._custom = (kind, identifier)
            return
        note = self._series[kind].get(identifier)
        if note is not None:
            key = self._series[kind].next_key()
            self._notes.append((key, note))
            yield Run("", note=key)

    def _custom_mark(self, text: str) -> Iterator[Run]:
        """The text behind a reference that prints its own mark: that mark, unless it is too long for one."""
        kind, identifier = self._custom or ("", "")
        self._custom = None
        is_mark = len(text.strip()) <= _LONGEST_MARK
        key = text.strip() if is_mark else "*"
        note = self._series[kind].get(identifier)
        if note is not None:
            self._notes.append((key, note))
        yield Run("", note=key)
        if not is_mark:
            yield Run(text)

    def _break(self, element: etree._Element) -> Iterator[Run]:
        if attribute(element, "type") == "page":
            self._turn_page()
        yield BREAK

    def _turn_page(self) -> None:
        for series in self._series.values():
            series.turn_page()


def _text(element: etree._Element) -> str:
    kind = local_name(element)
    if kind == "t":
        return element.text or ""
    return _symbol(element) if kind == "sym" else _TEXT.get(kind, "")


def _symbol(element: etree._Element) -> str:
    """The character of a symbol font: asterisks and the like as they are, anything beyond as a bullet."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    if not attribute(element, "font").lower().startswith(_SYMBOL_FONTS):
        return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else ""
    code -= _PRIVATE if code >= _PRIVATE else 0
    return chr(code) if chr(code) in "*+-=()/.,:;[]0123456789" else "•"


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, the outermost only, of the first of two alternatives."""
    for item in element:
        if local_name(item) == "txbxContent":
            yield item
        elif local_name(item) == "AlternateContent":
            yield from _boxes(item[0]) if len(item) else ()
        else:
            yield from _boxes(item)
