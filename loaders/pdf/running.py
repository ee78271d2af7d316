"""Running headers and footers, page numbers and job numbers: lines of a PDF that are no part of its text."""

import re
from collections import Counter
from dataclasses import dataclass

from loaders.page_furniture import JOB_NUMBER
from loaders.pdf.glyphs import Page
from loaders.pdf.lines import Line

_BAND = 0.14
_SAME_PLACE = 6.0
_APART = 1.5
_SHORT = 8
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_SYMBOL = re.compile(r"[A-Z][A-Z_]+(?:\([A-Z]+\))?(?:/[A-Za-z0-9.()_-]+){1,8}(?:\s*[/-]?\s*Page\s*\d+)?")
_ANNEX = re.compile(r"(?:Annex|Appendix)\b", re.IGNORECASE)
_BROWSER = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}.*|(?:https?|file)://\S+ \d+/\d+")
_NOTE_START = re.compile(r"[*†‡]")

Places = Counter[tuple[str, int]]


@dataclass(frozen=True)
class _Edge:
    """The head or the foot of a page: its lines from the outside inwards."""

    page: Page
    lines: list[Line]
    pages: int


def without_running(pages: list[tuple[Page, list[Line]]]) -> list[list[Line]]:
    """The lines of every page without those that only run along at its head and foot."""
    places: Places = Counter(
        place for page, lines in pages for place in {_place(line) for line in lines if _is_outer(line, page)}
    )
    kept = []
    for page, lines in pages:
        inwards = sorted(lines, key=lambda line: -line.y)
        running: set[int] = set()
        for edge in (inwards, inwards[::-1]):
            running |= _running(_Edge(page, edge, len(pages)), places)
        kept.append([line for line in lines if id(line) not in running])
    return kept


def _running(edge: _Edge, places: Places) -> set[int]:
    """The outermost lines that repeat, up to the last gap between one of them and the text."""
    found: set[int] = set()
    sure: set[int] = set()
    for line, inner in zip(edge.lines, [*edge.lines[1:], None], strict=True):
        if not _is_outer(line, edge.page) or _starts_note(line):
            break
        seen = _seen(line, places)
        alone = len(found) == 0 and _is_furniture(line, edge)
        if not alone and seen < (3 if edge.pages > _SHORT or _ANNEX.match(line.text) else 2):
            break
        found.add(id(line))
        apart = inner is None or abs(line.y - inner.y) > _APART * max(line.size, inner.size)
        level = inner is not None and abs(line.y - inner.y) < 1
        if (apart or alone or seen >= max(3, edge.pages // 3)) and not level:
            sure = set(found)
    return sure


def _is_outer(line: Line, page: Page) -> bool:
    return not _BAND * page.height <= line.y <= (1 - _BAND) * page.height


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.y / _SAME_PLACE)


def _seen(line: Line, places: Places) -> int:
    text, place = _place(line)
    return sum(places[text, place + shift] for shift in (-1, 0, 1))


def _starts_note(line: Line) -> bool:
    return bool(_NOTE_START.match(line.text)) or (line.is_raised(line.spans[0]) and len(line.spans) > 1)


def _is_furniture(line: Line, edge: _Edge) -> bool:
    """Whether a single line tells by itself that it is no text: a page number, a job number, what a browser prints."""
    if _PAGE_NUMBER.fullmatch(line.text) or _BROWSER.fullmatch(line.text):
        return True
    if line.y < edge.page.height / 2:
        return bool(JOB_NUMBER.fullmatch(line.text))
    return edge.page.number > 1 and bool(_SYMBOL.fullmatch(line.text))
