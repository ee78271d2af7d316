"""The characters of a PDF page with their places and styles, as spans of one style on one baseline."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from loaders.errors import LoadError

MAX_CHARACTERS = 4_000_000
MAX_OBJECTS = 50_000
_HYPHENS = {0x02, 0xAD, 0xFFFE}
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_HAIRLINE = 2.5
_SHORTEST_RULE = 30.0
_GAP = 0.17
_SPLIT = 2.5
_SAME_BASELINE = 0.5


@dataclass(frozen=True)
class Span:
    """Characters of one style on one baseline `y`; `size` in points as seen on the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Rule:
    """A short horizontal line, such as stands above footnotes."""

    x0: float
    x1: float
    y: float


@dataclass
class Page:
    """A page turned so that its text reads from left to right; `y` grows upwards."""

    number: int
    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True)
class _Style:
    size: float
    bold: bool
    turn: int


@dataclass(frozen=True)
class _Glyph:
    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    style: _Style


def read_pages(document: pypdfium2.PdfDocument, name: str) -> Iterator[Page]:
    """The pages of a document; LoadError when they hold more text than any document does."""
    left = MAX_CHARACTERS
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise LoadError(f"{name}: more than {MAX_CHARACTERS:,} characters of text on {index + 1} pages")
        yield _read_page(index + 1, page, text)
        text.close()
        page.close()


def _read_page(number: int, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Page:
    glyphs = list(_glyphs(text))
    turn = Counter(glyph.style.turn for glyph in glyphs).most_common(1)[0][0] if glyphs else 0
    x0, y0, x1, y1 = _turned_box(page.get_bbox(), turn)
    read = Page(number, x1 - x0, y1 - y0)
    read.spans = [
        Span(span.text, span.x0 - x0, span.x1 - x0, span.y - y0, span.size, span.bold)
        for span in _spans([glyph for glyph in glyphs if glyph.style.turn == turn], turn)
        if x0 <= (span.x0 + span.x1) / 2 <= x1 and y0 <= span.y <= y1
    ]
    read.rules = [
        Rule(left - x0, right - x0, bottom - y0)
        for left, bottom, right, top in (_turned_box(box, turn) for box in _paths(page))
        if top - bottom < _HAIRLINE and _SHORTEST_RULE < right - left < 0.6 * read.width
    ]
    return read


def _paths(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    count = min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(count):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(
            item, left, bottom, right, top
        ):
            yield left.value, bottom.value, right.value, top.value


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[_Glyph]:
    styles: dict[int, _Style] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if not code or code in (0x0A, 0x0D) or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        item = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(item, ctypes.c_void_p).value or 0
        if address not in styles:
            styles[address] = _style(text, index)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        shown = "-" if code in _HYPHENS else _character(code)
        yield _Glyph(shown, x.value, y.value, (box.left, box.bottom, box.right, box.top), styles[address])


def _character(code: int) -> str:
    ligatures = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
    if code in ligatures:
        return ligatures[code]
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _style(text: pypdfium2.PdfTextPage, index: int) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a))) if matrix.a or matrix.b else 0
    return _Style(round(size, 2) or 1.0, _is_bold(text, index), turn % 360)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, index, None, 0, flags)
    buffer = ctypes.create_string_buffer(max(1, min(length, 1000)))
    pdfium.FPDFText_GetFontInfo(text, index, buffer, len(buffer), flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(word in name for word in _BOLD_NAMES) or pdfium.FPDFText_GetFontWeight(text, index) >= 700


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page when the page is turned so that text in direction `turn` reads from left to right."""
    angle = math.radians(-turn)
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def _turned_box(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    (x0, y0), (x1, y1) = _turned(box[0], box[1], turn), _turned(box[2], box[3], turn)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _spans(glyphs: list[_Glyph], turn: int) -> Iterator[Span]:
    """Neighbours in the page's own order joined while baseline and style last; gaps become spaces."""
    text, start, end, baseline = "", 0.0, 0.0, 0.0
    style: _Style | None = None
    for glyph in glyphs:
        x0, _, x1, _ = _turned_box(glyph.box, turn)
        y = _turned(glyph.x, glyph.y, turn)[1]
        gap = x0 - end
        follows = style == glyph.style and abs(y - baseline) < _SAME_BASELINE and -0.3 < gap / glyph.style.size < _SPLIT
        if style is not None and not follows:
            yield Span(text, start, end, baseline, style.size, style.bold)
        if not follows:
            text, start, baseline, style = "", x0, y, glyph.style
        elif gap > _GAP * glyph.style.size and not text.endswith(" ") and glyph.text != " ":
            text += " "
        text, end = text + glyph.text, x1
    if style is not None:
        yield Span(text, start, end, baseline, style.size, style.bold)
