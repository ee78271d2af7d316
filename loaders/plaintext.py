"""Plain text and Markdown: a file's bytes -> blocks.

Lines are gathered in groups, and each group is joined into a block, words divided at the end of a line, too.
"""

import codecs
import re
from collections.abc import Iterator

from loaders import inline, letters
from loaders.attributions import NAME
from loaders.document import Block, Marker
from loaders.errors import LoadError
from loaders.hyphens import Vocabulary
from loaders.line_groups import Lines, groups

SUFFIXES = (".txt", ".md", ".markdown")
MAX_BYTES = 50_000_000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, or UTF-16 with its mark.

    Raises LoadError that names the file and the line and byte at fault; no encoding is ever guessed.
    """
    if len(content) > MAX_BYTES:
        raise LoadError(f"{name}: {len(content):,} bytes, more than the limit of {MAX_BYTES:,}")
    mark, encoding = byte_order_mark(content)
    text = decode_as(content[len(mark) :], encoding or "utf-8", name)
    if "\x00" in text:
        raise LoadError(
            f"{name}: not a text file: a NUL character in line {text[: text.index(chr(0))].count(chr(10)) + 1}"
        )
    if not text.strip():
        raise LoadError(f"{name}: the file is empty")
    return text


def byte_order_mark(content: bytes) -> tuple[bytes, str]:
    """The mark that a file begins with and the encoding it stands for; both empty when there is none."""
    return next(((mark, encoding) for mark, encoding in _BOMS if content.startswith(mark)), (b"", ""))


def decode_as(content: bytes, encoding: str, name: str) -> str:
    """The bytes behind the mark as text; LoadError that names the line and byte at fault."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LoadError(
            f"{name}: not {encoding.upper()}: byte 0x{content[error.start]:02X} in line {line}; save the file as UTF-8"
        ) from error


def read_bytes(content: bytes, name: str) -> list[Block]:
    """The blocks of a text file; LoadError when it is no text."""
    return read(decode(content, name))


def read(text: str) -> list[Block]:
    """The blocks of a text, in order, with the number of the line each starts in."""
    blocks: list[Block] = []
    vocabulary = Vocabulary(text.splitlines() if _DIVIDED.search(text) else ())
    signing = False
    for group in groups(text):
        signing = signing or bool(group.lines and letters.CLOSING.fullmatch(group.lines[0]))
        for part in _line_by_line(group) if signing or _is_signature(group) else [group]:
            blocks.extend(_blocks_of(part, vocabulary))
    return blocks


def _line_by_line(group: Lines) -> list[Lines]:
    """The lines under a letter one by one, name, title and house; a group that is prose stays whole."""
    if group.kind != "paragraph" or not all(line.lstrip("*_ ")[:1].isupper() for line in group.lines):
        return [group]
    return [Lines(line=group.line + index, lines=[line]) for index, line in enumerate(group.lines)]


def _is_signature(group: Lines) -> bool:
    """Whether lines are a name, the office below it and the house, as they stand under a foreword."""
    short = 1 < len(group.lines) < 5 and all(len(line) < _LONGEST_LINE for line in group.lines)
    return short and bool(_SIGNED.fullmatch(group.lines[0]) and _OFFICE.search(group.lines[1]))


_DIVIDED = re.compile(r"\w[-‐]\s*\n")
_LONGEST_LINE = 70
_SIGNED = re.compile(rf"(?:(?:H\.E\.|Dr\.?|Mr\.|Ms\.|Mrs\.|Prof\.)\s+)?{NAME}")
_OFFICE = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){0,3}(?:Secretary(?:-General)?|Director(?:-General)?|President|Chair(?:person)?|Minister|Head|Chief"
    r"|Coordinator|Officer)\b"
)


def _blocks_of(group: Lines, vocabulary: Vocabulary) -> Iterator[Block]:
    if not group.lines:
        return
    raw = vocabulary.joined(group.lines)
    for part in inline.split_glued(raw) if group.kind in ("paragraph", "heading") else [raw]:
        text, markers = inline.clean(part)
        if text:
            yield Block(
                text, group.kind, group.line, group.level, group.key, inline.is_bold(part), _inside(text, markers)
            )


def _inside(text: str, markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
    return tuple(Marker(min(marker.offset, len(text)), marker.key) for marker in markers)
