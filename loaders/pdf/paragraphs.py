"""Lines of a PDF -> its paragraphs, by spacing, indents, sizes and what a line starts with."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.hyphens import Vocabulary
from loaders.pdf.lines import Line
from loaders.pdf.notes import NoteLines
from loaders.pdf.words import join_lines
from loaders.runs import Passage, Run, number_of, passages, starts_item

_ENDED = re.compile(r"[.:;?!…][”\"’')\]]*\W*(?:\d{1,3}|\*+)?$")
_SAME_SIZE = 0.08
_WIDER = 1.25
_INDENT = 0.9
_HEADING = 1.12
_LONGEST_HEADING = 250
_DEFAULT_LEADING = 1.2


@dataclass
class Paragraph:
    """The lines of one paragraph."""

    lines: list[Line]


def body_size(lines: list[Line]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def group_lines(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs that lines in reading order make."""
    leadings = _leadings(lines)
    paragraphs: list[Paragraph] = []
    last_number = 0
    for line in lines:
        current = paragraphs[-1] if paragraphs else None
        if current is None or _opens(current.lines, line, leadings, last_number):
            paragraphs.append(Paragraph([line]))
            last_number = number_of(line.text) or last_number
        else:
            current.lines.append(line)
    return paragraphs


def _leadings(lines: list[Line]) -> dict[int, float]:
    """The distance of lines within a paragraph, for every size: the smallest that is no exception."""
    steps: dict[int, Counter[float]] = defaultdict(Counter)
    for line, following in pairwise(lines):
        step = line.y - following.y
        if line.page == following.page and 0.9 < step / line.size < 2.2 and abs(line.size - following.size) < 0.5:
            steps[round(line.size)][round(2 * step) / 2] += 1
    return {size: _least(found) for size, found in steps.items()}


def _least(steps: Counter[float]) -> float:
    enough = min(max(2, 0.05 * steps.total()), max(steps.values()))
    return min(step for step, count in steps.items() if count >= enough)


def _opens(before: list[Line], line: Line, leadings: dict[int, float], last_number: int) -> bool:
    """Whether a line starts a new paragraph."""
    last = before[-1]
    if abs(line.size - last.size) > _SAME_SIZE * last.size:
        return True
    if (last.bold and not line.has_bold) or (line.bold and not last.has_bold):
        return True
    step = last.y - line.y
    apart = line.page != last.page or step <= 0
    leading = leadings.get(round(line.size), _DEFAULT_LEADING * line.size)
    if not apart and step > _WIDER * leading:
        return True
    if starts_item(line.text, last_number):
        return True
    if not last.bold and _first_word_fitted(last, line):
        return True
    if apart:
        return last.bold or bool(_ENDED.search(last.text))
    return _is_indented(before, line)


def _first_word_fitted(last: Line, line: Line) -> bool:
    """Whether the first word of a line had found room on the line before, so that the break was meant."""
    if last.text.endswith(("-", "/", "–")):
        return False
    first = line.spans[0]
    word = first.text.strip().split(" ")[0]
    width = (first.x1 - first.x0) * len(word) / max(1, len(first.text))
    return last.x1 + width + 1.2 * line.size < last.right


def _is_indented(before: list[Line], line: Line) -> bool:
    """Whether a line starts elsewhere than the lines before it make it expect."""
    last = before[-1]
    shift = line.x0 - last.x0
    if abs((line.x0 + line.x1) - (last.x0 + last.x1)) < line.size and shift:
        return False
    if len(before) > 1:
        return abs(shift) > _INDENT * line.size
    return shift > _INDENT * line.size and not starts_item(last.text)


class Composer:
    """Makes blocks of paragraphs and footnotes; headings get their level by size."""

    def __init__(self, lines: list[Line], size: float) -> None:
        self._vocabulary = Vocabulary(line.text for line in lines)
        self._size = size
        larger = {round(line.size, 1) for line in lines if line.size >= _HEADING * size}
        self._levels = {found: min(rank, 6) for rank, found in enumerate(sorted(larger, reverse=True), 1)}
        self._count = 0

    def passages(self, paragraph: Paragraph) -> list[Passage]:
        """The blocks of a paragraph."""
        number = self._count + 1
        self._count += len(paragraph.lines)
        runs = self._join(paragraph.lines)
        level = self._levels.get(round(paragraph.lines[0].size, 1), 0)
        is_heading = level and sum(len(run.text) for run in runs) <= _LONGEST_HEADING
        return passages(runs, "heading" if is_heading else "paragraph", level, number)

    def note(self, note: NoteLines) -> list[Passage]:
        """The block of a footnote."""
        runs = self._join(note.lines)
        found = passages(_without_key(runs, note.key), "footnote", line=self._count)
        anchors = () if note.gathered else (_anchor(note.page, note.key),)
        return [replace(passage, block=replace(passage.block, key=note.key), anchors=anchors) for passage in found[:1]]

    def _join(self, lines: list[Line]) -> list[Run]:
        joined: list[Run] = []
        for line in lines:
            runs = [_linked(run, line.page) for run in line.runs()]
            joined = join_lines(joined, runs, self._vocabulary) if joined else runs
        return joined


def _linked(run: Run, page: int) -> Run:
    """A raised run with the footnote of its page that it may lead to."""
    return replace(run, target=_anchor(page, run.text.strip())) if run.raised else run


def _anchor(page: int, key: str) -> str:
    return f"page {page} note {key}"


def _without_key(runs: list[Run], key: str) -> list[Run]:
    """The runs of a footnote without the mark before it."""
    for index, run in enumerate(runs):
        if run.text.strip():
            rest = run.text.lstrip().removeprefix(key)
            return [Run(rest, run.bold), *runs[index + 1 :]]
    return runs
