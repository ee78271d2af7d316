"""Paragraphs cut in two by a page break or a footnote are made whole again, and what stands at its edges left out."""

import re
from dataclasses import replace

from loaders import numbering
from loaders.acts import begins_preamble
from loaders.document import Block, Marker
from loaders.triggers import Regex

_ENDED = Regex(r"[.:;?!…][”\"’')\]]*$")
_SOFT_ENDED = Regex(r"[,)”\"]$")
_SENTENCES = Regex(r"[a-z)]\.\d{0,2} [A-Z]|\b[a-z]+$")
_HANGS = Regex(  # no paragraph ends with one of these
    r"\b(?:the|an?|of|to|by|in|on|at|for|with|from|and|or|that|which|its|their|no|than|article|paragraph|decision)$"
)
_STOPPED = Regex(r"[.;:,)”\"]\d{0,2}$")
_BETWEEN = {"footnote", "starred"}
_OF_COVER = Regex(
    r"^(?:Matters for|Item \d|Agenda item|Note by|Report (?:of|by|on))\b|\bagenda\W*$"
    r"|\bItem \d+[^.]{0,12} of the .{0,12}agenda\b"
)
_RUNNING_HEAD = re.compile(
    r"(?P<symbol>[A-Z][A-Za-z]*(?:/[\w.()-]+){1,8})?\s*(?:[Pp]age\s+\d{1,3}|\d{1,3}\s?/\s?\d{1,3})?"
)
LONG = 80


def without_running_heads(blocks: list[Block]) -> list[Block]:
    """The blocks without those that are only the symbol printed on the cover, a page number, or both."""
    kept: list[Block] = []
    for block in blocks:
        head = _RUNNING_HEAD.fullmatch(block.text) if len(block.text) < LONG and block.kind != "footnote" else None
        if head and kept and (not head["symbol"] or any(head["symbol"] in earlier.text for earlier in kept[:15])):
            continue
        kept.append(block)
    return kept


def join_cut(blocks: list[Block]) -> list[Block]:
    """The blocks with every cut paragraph joined; footnotes that stood in the cut follow it."""
    joined: list[Block] = []
    open_at: int | None = None
    for block in blocks:
        if open_at is not None and _continues(joined[open_at], block):
            joined[open_at] = _merge(joined[open_at], block)
            continue
        joined.append(block)
        if block.kind in ("paragraph", "bullet"):
            open_at = len(joined) - 1
        elif block.kind not in _BETWEEN:
            open_at = None
    return joined


def _continues(first: Block, second: Block) -> bool:
    if second.kind != "paragraph" or second.bold or first.bold or _ENDED.search(first.text):
        return False
    if _starts_item(second.text):
        return False
    if _HANGS.search(first.text) and len(first.text) > 40:
        return True
    if second.text[0].islower() and not second.text.startswith(("www.", "http")):
        return len(first.text) > 40
    if _OF_COVER.search(first.text):
        return False
    if _is_unfinished(first.text) and _STOPPED.search(second.text):
        return True
    prose = len(first.text) >= LONG and bool(_SENTENCES.search(first.text)) and not numbering.OUTLINE.match(first.text)
    return prose and second.text[0].isalpha() and len(second.text) >= LONG and not _SOFT_ENDED.search(first.text)


def _is_unfinished(text: str) -> bool:
    """Whether a numbered paragraph, a point or a preamble breaks off: all of them end with a sign."""
    known = numbering.PARAGRAPH.match(text) or numbering.POINT.match(text) or begins_preamble(text)
    return bool(known) and len(text) >= LONG and not _STOPPED.search(text)


def _starts_item(text: str) -> bool:
    return any(pattern.match(text) for pattern in (numbering.PARAGRAPH, numbering.POINT, numbering.OUTLINE))


def _merge(first: Block, second: Block) -> Block:
    glue = "" if re.search(r"\w-$", first.text) else " "
    shift = len(first.text) + len(glue)
    markers = first.markers + tuple(Marker(marker.offset + shift, marker.key) for marker in second.markers)
    return replace(first, text=first.text + glue + second.text, markers=markers)
