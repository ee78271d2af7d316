"""The footnotes of a PDF page: small lines at its foot, most often under a short rule."""

import re
from dataclasses import dataclass, field

from loaders.pdf.glyphs import Page
from loaders.pdf.lines import Line

_NOT_LARGER = 1.02
_SMALL = 0.93
_RULE_INSET = 40.0
_STARRED = re.compile(r"(\*{1,4}|[†‡§])\s*\S")
_NUMBERED = re.compile(r"(\d{1,3})\s+\S")
_KEY = re.compile(r"\d{1,3}|\*{1,4}|[†‡§]|[a-z]")


@dataclass
class NoteLines:
    """The lines of one footnote; without a key they go on from the page before.

    `gathered`: the notes of several pages stand together, so that the page does not tell where the marker is.
    """

    key: str
    page: int
    lines: list[Line] = field(default_factory=list)
    gathered: bool = False


def split_notes(page: Page, lines: list[Line], body_size: float) -> tuple[list[Line], list[NoteLines]]:
    """The lines of a page without its footnotes, and the footnotes."""
    foot, ruled = _under_rule(page, lines, body_size), True
    if not foot:
        foot, ruled = _small_foot(lines, body_size), False
    notes: list[NoteLines] = []
    for line in foot:
        key = note_key(line, ruled)
        if key or not notes:
            notes.append(NoteLines(key, page.number))
        notes[-1].lines.append(line)
    keys = [note.key for note in notes]
    for note in notes:
        note.gathered = len(set(keys)) < len(keys)
    chosen = {id(line) for line in foot}
    return [line for line in lines if id(line) not in chosen], notes


def note_key(line: Line, ruled: bool) -> str:
    """The mark that a footnote's first line starts with; empty when it starts with none."""
    first = line.spans[0]
    shown = first.text.strip()
    if line.is_raised(first) and _KEY.fullmatch(shown):
        return shown
    match = _STARRED.match(line.text) or (_NUMBERED.match(line.text) if ruled else None)
    return match[1] if match else ""


def _under_rule(page: Page, lines: list[Line], body_size: float) -> list[Line]:
    left = min((line.x0 for line in lines), default=0.0)
    for rule in sorted(page.rules, key=lambda item: -item.y):
        if rule.y > 0.7 * page.height or rule.x0 > left + _RULE_INSET:
            continue
        below = [line for line in lines if line.y < rule.y]
        small = all(line.size <= _NOT_LARGER * body_size for line in below)
        if below and small and (note_key(below[0], True) or below[0].size <= _SMALL * body_size):
            return below
    return []


def _small_foot(lines: list[Line], body_size: float) -> list[Line]:
    """The small lines that end the page, from the first that starts with a mark."""
    start = len(lines)
    while start and lines[start - 1].size <= _SMALL * body_size:
        start -= 1
    while start < len(lines) and not note_key(lines[start], False):
        start += 1
    return lines[start:]
