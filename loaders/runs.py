"""Styled runs of text, as HTML, DOCX and PDF deliver them -> the blocks that plain text would give.

A run holds its text as it stands, with `\\n` for a line break. Markers are taken out of the text, white space is
collapsed, and what a block is (a bullet, a footnote) is read from how it starts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from loaders import inline
from loaders.document import Block, Marker
from loaders.errors import LoadError

MAX_CHARACTERS = 20_000_000
_TAIL = 16


@dataclass(frozen=True)
class Run:
    """A piece of text in one style. `note` is the key of a footnote whose marker stands here; the text is then empty.

    `target` names the footnote that a marker leads to, where the format links the two.
    """

    text: str
    bold: bool = False
    raised: bool = False
    note: str = ""
    target: str = ""


@dataclass(frozen=True)
class Passage:
    """A block with the footnotes its markers lead to, and the places that links can lead to."""

    block: Block
    targets: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


BREAK = Run("\n")

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]|[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]{1,3}")
_NOTE_MARK = re.compile(r"\s*[(\[]?(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,4})[)\]]?\s*")
_UNIT = re.compile(r"(?:^|[\s\d/.(])(?:[kcdmµμ]?m|ha|s)$")
_POWER = re.compile(r"(?:^|[^\d/.–-])10$")
_STARS = re.compile(r"(?<=\S)(\*{1,3})(?=\s|$)")
_TO_SUPERSCRIPT = str.maketrans("0123456789-–−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")

_BULLET = re.compile(r"(?:[-–•·▪■●○◦‣⁃∙§✓➢\uf0a7\uf0b7\uf0d8\uf02d]|o(?=\s{2}|\t))\s+(?=\S)")
_STARRED = re.compile(r"(\*{1,3})\s+(?=\S)|(\*{1,3})(?=[A-Z][a-z])")
_LEADER = re.compile(r".*\S\s*(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})\s*")
_NUMBERED = re.compile(r"(\d{1,3})\.\s+(?=[^\s\d])")
_LETTERED = re.compile(r"\((?:[a-z]{1,2}|[ivx]{1,5})\)\s+\S")
_OUTLINE = re.compile(r"(?:[IVX]{1,6}|[A-Z])\.\s+(?=[A-Z“\"])[^.;]{2,150}")


def starts_item(line: str, last_number: int | None = None) -> bool:
    """Whether a line starts a point, a bullet or a numbered paragraph (one that follows on, if the last is known)."""
    if match := _NUMBERED.match(line):
        return last_number is None or int(match[1]) in (1, last_number + 1)
    if _OUTLINE.fullmatch(line) and len(line) < 130:
        return True
    return any(pattern.match(line) for pattern in (_LETTERED, _BULLET, _STARRED))


def number_of(line: str) -> int:
    """The number that a line starts with, such as 12 in `12. The …`; 0 when there is none."""
    match = _NUMBERED.match(line)
    return int(match[1]) if match else 0


def passages(runs: Iterable[Run], kind: str = "paragraph", level: int = 0, line: int = 0) -> list[Passage]:
    """The blocks of one paragraph: one, or several where a line break stands before a new point; none of no text."""
    found = []
    for part in _lines(list(runs)):
        passage = _passage(part, kind, level, line)
        if passage is not None:
            found.append(passage)
    return found


def plain(runs: Iterable[Run]) -> str:
    """The bare text of runs, without markers."""
    return " ".join(_INVISIBLE.sub("", "".join(run.text for run in runs if not run.note)).split())


def bounded(blocks: list[Block], name: str) -> list[Block]:
    """The blocks themselves; LoadError when they hold no text, or more than any document does."""
    size = sum(len(block.text) for block in blocks)
    if size > MAX_CHARACTERS:
        raise LoadError(f"{name}: {size:,} characters of text, more than the limit of {MAX_CHARACTERS:,}")
    if not blocks:
        raise LoadError(f"{name}: no text in this file")
    return blocks


def _lines(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs cut at the line breaks before a new point; other line breaks stay as white space."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=piece, note="", target="")] for piece in rest)
    current, begun = list(lines[0]), bool(plain(lines[0]))
    for line in lines[1:]:
        text = plain(line)
        if begun and starts_item(text):
            yield current
            current, begun = [], False
        else:
            current.append(Run(" "))
        current.extend(line)
        begun = begun or bool(text)
    yield current


def _passage(runs: list[Run], kind: str, level: int, line: int) -> Passage | None:
    text, markers, targets = _compile(runs)
    kind, key = _kind(text, kind, markers)
    if kind == "footnote" and key:
        markers = markers[1:]
    if kind in ("bullet", "starred"):
        text, markers = _drop_start(text, markers, _BULLET if kind == "bullet" else _STARRED)
    if not text:
        return None
    bold = _is_bold(runs)
    return Passage(Block(text, kind, line, level if kind == "heading" else 0, key, bold, markers), targets)


def _kind(text: str, kind: str, markers: tuple[Marker, ...]) -> tuple[str, str]:
    """What the start of a paragraph makes of it, and the key of a footnote."""
    if kind in ("paragraph", "heading") and _LEADER.fullmatch(text):
        return "contents", ""
    if kind != "paragraph":
        return kind, ""
    if markers and markers[0].offset == 0:
        return "footnote", markers[0].key
    if match := _STARRED.match(text):
        return "starred", match[1] or match[2]
    return ("bullet" if _BULLET.match(text) else kind), ""


def _drop_start(text: str, markers: tuple[Marker, ...], pattern: re.Pattern[str]) -> tuple[str, tuple[Marker, ...]]:
    match = pattern.match(text)
    cut = match.end() if match else 0
    return text[cut:], tuple(Marker(max(0, marker.offset - cut), marker.key) for marker in markers)


def _is_bold(runs: list[Run]) -> bool:
    lettered = [run for run in runs if any(character.isalnum() for character in run.text) and not run.raised]
    return bool(lettered) and all(run.bold for run in lettered)


class _Text:
    """Text put together from pieces, with collapsed white space; `tail` is its end."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.tail = ""

    def add(self, piece: str) -> None:
        """Append a piece."""
        clean = re.sub(r"\s+", " ", _INVISIBLE.sub("", piece))
        clean = clean.lstrip() if not self.length or self.tail.endswith(" ") else clean
        if clean:
            self._parts.append(clean)
            self.length += len(clean)
            self.tail = (self.tail + clean)[-_TAIL:]

    def close_up(self) -> None:
        """Take the space off the end."""
        if self.tail.endswith(" "):
            self._parts[-1], self.length, self.tail = self._parts[-1][:-1], self.length - 1, self.tail[:-1]

    def __str__(self) -> str:
        return "".join(self._parts)


def _compile(runs: list[Run]) -> tuple[str, tuple[Marker, ...], tuple[str, ...]]:
    """The text with collapsed white space, its markers, and what the markers lead to."""
    text = _Text()
    markers: list[Marker] = []
    for run in runs:
        for piece, key in _pieces(run, text.tail):
            if key:
                markers.append(Marker(text.length - text.tail.endswith(" "), key))
                continue
            if run.raised and piece.strip():
                text.close_up()
            text.add(piece)
    whole, markers = _take_stars(str(text), markers)
    kept = whole.rstrip()
    inside = tuple(Marker(min(marker.offset, len(kept)), marker.key) for marker in markers)
    return kept, inside, tuple(run.target for run in runs if run.target)


def _pieces(run: Run, before: str) -> Iterator[tuple[str, str]]:
    """A run as (text, "") and ("", key of a marker)."""
    if run.note:
        yield "", run.note
    elif run.raised and (match := _NOTE_MARK.fullmatch(run.text)) and not _is_exponent(before, match[1]):
        yield "", match[1]
    elif run.raised and re.fullmatch(r"\s*[-–−]?\d{1,3}\s*", run.text):
        yield run.text.strip().translate(_TO_SUPERSCRIPT), ""
    else:
        end = 0
        for mark in _SUPERSCRIPT.finditer(run.text):
            yield run.text[end : mark.start()], ""
            end = mark.end()
            key = mark[0].translate(inline.SUPERSCRIPTS)
            exponent = _is_exponent(before + run.text[max(0, mark.start() - _TAIL) : mark.start()], key)
            yield (mark[0], "") if exponent else ("", key)
        yield run.text[end:], ""


def _is_exponent(before: str, key: str) -> bool:
    """Whether a raised figure is an exponent: m², km³, 10⁶."""
    if key in ("2", "3") and _UNIT.search(before.rstrip()):
        return True
    return key.isdigit() and bool(_POWER.search(before.rstrip()))


def _take_stars(text: str, markers: list[Marker]) -> tuple[str, list[Marker]]:
    """Asterisks behind a word are markers."""
    begun = len(text) - len(text.lstrip("* "))
    pieces, end, taken = [], 0, 0
    starts, sizes, stars = [], [0], []
    for match in _STARS.finditer(text, begun):
        pieces.append(text[end : match.start()])
        end = match.end()
        stars.append(Marker(match.start() - taken, match[1]))
        taken += end - match.start()
        starts.append(match.start())
        sizes.append(taken)
    moved = [Marker(marker.offset - sizes[bisect_left(starts, marker.offset)], marker.key) for marker in markers]
    return "".join([*pieces, text[end:]]), sorted([*moved, *stars], key=lambda marker: marker.offset)


_LABEL_CELL = re.compile(r"\d{1,3}\.|\((?:[a-z]{1,2}|[ivx]{1,5})\)|[-–•]")
_LONG_ROW = 400
CELL_GLUE = " | "


def row_passages(cells: list[list[Passage]], layout: bool = False) -> list[Passage]:
    """The blocks of a table row: one with all its cells, or each cell's own where the table only lays out the page."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or layout:
        return [passage for cell in filled for passage in cell]
    first, *others = filled[0]
    if not others and _LABEL_CELL.fullmatch(first.block.text):
        (body, *more), *rest = filled[1:]
        return [joined([first, body], " "), *more, *(passage for cell in rest for passage in cell)]
    everything = [passage for cell in filled for passage in cell]
    notes = [passage for passage in everything if passage.block.kind == "footnote"]
    size = sum(len(passage.block.text) for passage in everything)
    if len(everything) > len(filled) + len(notes) and size > _LONG_ROW:
        return everything
    texts = [[passage for passage in cell if passage not in notes] for cell in filled]
    return [joined([joined(cell, " ") for cell in texts if cell], CELL_GLUE), *notes]


def joined(parts: list[Passage], glue: str) -> Passage:
    """One paragraph out of several."""
    text = ""
    markers: list[Marker] = []
    for part in parts:
        start = len(text) + len(glue) * bool(text)
        text = f"{text}{glue}{part.block.text}" if text else part.block.text
        markers.extend(Marker(marker.offset + start, marker.key) for marker in part.block.markers)
    first = parts[0].block
    bold = all(part.block.bold for part in parts)
    block = Block(text, "paragraph", first.line, 0, "", bold, tuple(markers))
    targets = tuple(target for part in parts for target in part.targets)
    return Passage(block, targets, tuple(anchor for part in parts for anchor in part.anchors))
