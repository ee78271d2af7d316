"""The lines of a PDF page in reading order."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.pdf.glyphs import Page, Span
from loaders.runs import Run

_SMALLER = 0.85
_HIGHER = 0.1
_GAP = 0.17
_OUTLIER = 3.0


@dataclass(frozen=True)
class Line:
    """A line of text: its spans from left to right, its baseline, and the size of most of its text."""

    spans: tuple[Span, ...]
    y: float
    size: float
    page: int
    column: int = 0
    right: float = 0.0

    @property
    def x0(self) -> float:
        """Where the line starts."""
        return self.spans[0].x0

    @property
    def x1(self) -> float:
        """Where the line ends."""
        return self.spans[-1].x1

    @property
    def text(self) -> str:
        """The line's text with single spaces, markers included."""
        return " ".join("".join(run.text for run in self.runs()).split())

    @property
    def bold(self) -> bool:
        """Whether all letters of the line are bold."""
        return all(span.bold for span in self.spans if any(map(str.isalnum, span.text)))

    @property
    def has_bold(self) -> bool:
        """Whether any letter of the line is bold."""
        return any(span.bold for span in self.spans if any(map(str.isalnum, span.text)))

    def is_raised(self, span: Span) -> bool:
        """Whether a span is set as superscript."""
        return span.size <= _SMALLER * self.size and span.y > self.y + _HIGHER * self.size

    def runs(self) -> list[Run]:
        """The line as runs; a gap between spans becomes a space."""
        runs: list[Run] = []
        end = self.x0
        for span in self.spans:
            if span.x0 - end > _GAP * self.size:
                runs.append(Run(" ", span.bold))
            runs.append(Run(span.text, span.bold, self.is_raised(span)))
            end = span.x1
        return runs


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in reading order, column by column where it has two."""
    gutter = _gutter(page)
    if gutter is None:
        return _lines(page.spans, page.number)
    wide = _lines([span for span in page.spans if span.x0 < gutter < span.x1], page.number)
    left = _lines([span for span in page.spans if span.x1 <= gutter], page.number, 1)
    right = _lines([span for span in page.spans if span.x0 >= gutter], page.number, 2)
    return list(_in_bands(wide, left, right))


def with_margins(lines: list[Line]) -> list[Line]:
    """The lines with the right margin of their page and column."""
    ends: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        ends[line.page, line.column].append(line)
    margins = {place: _margin(found) for place, found in ends.items()}
    return [replace(line, right=margins[line.page, line.column]) for line in lines]


def _margin(lines: list[Line]) -> float:
    """Where the longest lines end; one that goes far beyond all others is left aside."""
    ends = sorted(lines, key=lambda line: -line.x1)
    for line, shorter in pairwise(ends):
        if line.x1 - shorter.x1 < _OUTLIER * line.size:
            return line.x1
    return ends[0].x1


def _in_bands(wide: list[Line], left: list[Line], right: list[Line]) -> Iterator[Line]:
    """Between two lines across the page: the left column, then the right one."""
    above = float("inf")
    for limit in [*wide, None]:
        bottom = limit.y if limit is not None else float("-inf")
        for column in (left, right):
            yield from (line for line in column if above > line.y >= bottom)
        if limit is not None:
            yield limit
            above = bottom


def _lines(spans: list[Span], page: int, column: int = 0) -> list[Line]:
    """Spans on one baseline are a line; smaller ones that stand a little higher belong to it."""
    rows: dict[int, list[list[Span]]] = defaultdict(list)
    found: list[list[Span]] = []
    for span in sorted(spans, key=lambda item: (-round(item.size), -item.y, item.x0)):
        if not span.text.strip():
            continue
        row = _row_for(span, rows)
        if row is None:
            row = []
            found.append(row)
            rows[int(span.y // 4)].append(row)
        row.append(span)
    lines = []
    for row in found:
        sizes: Counter[float] = Counter()
        for span in row:
            sizes[span.size] += len(span.text)
        ordered = tuple(sorted(row, key=lambda item: item.x0))
        lines.append(Line(ordered, row[0].y, max(sizes, key=lambda size: (sizes[size], size)), page, column))
    return sorted(lines, key=lambda line: (-line.y, line.x0))


def _row_for(span: Span, rows: dict[int, list[list[Span]]]) -> list[Span] | None:
    place = int(span.y // 4)
    for key in range(place - 4, place + 3):
        for row in rows.get(key, ()):
            first = row[0]
            rise = (span.y - first.y) / max(first.size, 1.0)
            if abs(rise) < 0.2 or (span.size <= _SMALLER * first.size and -0.35 < rise < 0.75 and _touches(span, row)):
                return row
    return None


def _touches(span: Span, row: list[Span]) -> bool:
    reach = row[0].size
    return any(span.x0 < other.x1 + reach and span.x1 > other.x0 - reach for other in row)


def _gutter(page: Page) -> float | None:
    """The middle of the gap between two columns of running text; None when there is one column, or a table."""
    total = sum(len(span.text) for span in page.spans)
    if total < 800:
        return None
    for step in range(40, 61):
        x = page.width * step / 100
        left = [span for span in page.spans if span.x1 <= x]
        right = [span for span in page.spans if span.x0 >= x]
        sizes = [sum(len(span.text) for span in side) for side in (left, right)]
        if min(sizes) > 0.25 * total and sum(sizes) > 0.85 * total and _is_prose(left) and _is_prose(right):
            return x
    return None


def _is_prose(spans: list[Span]) -> bool:
    """Whether most lines fill their column."""
    lines = _lines(spans, 0)
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = sum(line.x1 - line.x0 > 0.75 * width for line in lines)
    return len(lines) >= 8 and full > 0.5 * len(lines)
