"""Plain text and Markdown: a file's bytes -> blocks.

Lines are joined into blocks; a block ends at a blank line, at a rule, and where the next line starts something new
(a number that follows on, a letter, a bullet, a footnote, a heading).
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders import inline, letters
from loaders.attributions import NAME
from loaders.document import Block, Marker
from loaders.errors import LoadError
from loaders.page_furniture import without_furniture

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


_RULE = re.compile(r"(?:[-_=]\s?){3,}|(?:\*\s?){3,}")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_CONTENTS_LINE = re.compile(r".*\S(?:\t+|\s*\.{4,}\s*|\s{4,})(?:</?b>|\*\*|\s)*\d{1,4}(?:</?b>|\*\*|\s)*")
_NUMBERED = re.compile(r"(?:\*\*)?(\d{1,3})\.(?:\*\*)?\s+(?=[^\s\d])")
_LETTERED = re.compile(r"\(([a-z]{1,2}|[ivx]{1,5})\)\s+\S")
_BULLET = re.compile(r"(?:[-•–▪●◦]|\+)\s+(?=\S)")
_STARRED = re.compile(r"(?:\\?\*){1,3}\s+(?=\S)")
_FOOTNOTE = re.compile(r"(?:<sup>\s*(\d{1,3}|\*+)\s*</sup>|([⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_BARE_NOTE = re.compile(r"(?:\[(?P<boxed>\d{1,2})\]|(?P<bare>\d{1,2}))\s+(?=[A-Z“\"])(?!.*\S\s{3,}\S)")
_OPENS = re.compile(r"[<⁰¹²³⁴-⁹\\*•–▪●◦+(\d-]|[A-Z]{1,6}\.")  # how any of these but headings begins
_ENDS_WITH_NUMBER = re.compile(r"[\d>*]")
_OUTLINE_HEADING = re.compile(r"(?:\*\*)?(?:[IVX]{1,6}|[A-Z])\.(?:\*\*)?\s+(?:\*\*)?(?=[A-Z“\"])[^.;]{2,150}")


@dataclass
class _Lines:
    """The lines of the block being read."""

    kind: str = "paragraph"
    key: str = ""
    level: int = 0
    line: int = 0
    lines: list[str] = field(default_factory=list)
    first: str = ""  # its first and its last line as they are printed
    last: str = ""


_ADDENDUM = re.compile(r"\b(?:Add|Rev|Corr|No)\.\d+")
_BARE_MARK = re.compile(
    r"(?<=\S)\[\d{1,2}\]|(?:(?<=[a-z][.,;:)”\"])|(?<=\d[;:)]))\d{1,2}(?=\s|$)|(?<=[a-z]{3})\d{1,2}(?=[\s.,;]|$)"
)


@dataclass
class _BareNotes:
    """Footnotes without raised numbers, if their marker stands at a word above: "focal points.1", "1 The report"."""

    lines: list[str]
    last: int = 0
    seen: int = 0  # of the lines, those in which markers were looked for
    marks: set[str] = field(default_factory=set)

    def start(self, line: str, above: int) -> _Lines | None:
        """The footnote that a line below so many others starts, if it starts one."""
        match = _BARE_NOTE.match(line)
        if not match or (match["bare"] and int(match["bare"]) not in (1, self.last + 1)):
            return None
        for earlier in self.lines[self.seen : above]:
            self.marks |= {mark[0] for mark in _BARE_MARK.finditer(_ADDENDUM.sub("", earlier))}
        self.seen = above
        key = match["boxed"] or match["bare"]
        if (f"[{key}]" if match["boxed"] else key) not in self.marks:
            return None
        self.last = int(key)
        return _Lines("footnote", key, lines=[line[match.end() :]])


def read(text: str) -> list[Block]:
    """The blocks of a text, in order, with the number of the line each starts in."""
    blocks: list[Block] = []
    signing = False
    for group in _groups(text):
        signing = signing or bool(group.lines and letters.CLOSING.fullmatch(group.lines[0]))
        for part in _line_by_line(group) if signing or _is_signature(group) else [group]:
            blocks.extend(_blocks_of(part))
    return blocks


def _line_by_line(group: _Lines) -> list[_Lines]:
    """The lines under a letter one by one, name, title and house; a group that is prose stays whole."""
    if group.kind != "paragraph" or not all(line[:1].isupper() for line in group.lines):
        return [group]
    return [_Lines(line=group.line + index, lines=[line]) for index, line in enumerate(group.lines)]


def _is_signature(group: _Lines) -> bool:
    """Whether lines are a name, the office below it and the house, as they stand under a foreword."""
    short = 1 < len(group.lines) < 5 and all(len(line) < _LONGEST_LINE for line in group.lines)
    return short and bool(_SIGNED.fullmatch(group.lines[0]) and _OFFICE.search(group.lines[1]))


_LONGEST_LINE = 70
_SIGNED = re.compile(rf"(?:(?:H\.E\.|Dr\.?|Mr\.|Ms\.|Mrs\.|Prof\.)\s+)?{NAME}")
_OFFICE = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){0,3}(?:Secretary(?:-General)?|Director(?:-General)?|President|Chair(?:person)?|Minister|Head|Chief"
    r"|Coordinator|Officer)\b"
)


def _groups(text: str) -> Iterator[_Lines]:
    current, last_number = _Lines(), 0
    lines = without_furniture(text.splitlines())
    notes = _BareNotes(lines)
    for number, raw in enumerate(lines, 1):
        line = raw.strip().lstrip("> ") if raw.startswith(">") else raw.strip()
        if not line or (line[0] in "-_=*" and _RULE.fullmatch(line)):
            yield current
            current = _Lines()
            continue
        started = _start(line, not current.lines, last_number)
        if not current.lines or current.kind in ("footnote", "starred"):
            started = notes.start(line, number - 1) or started
        if started or not current.lines or _is_indented(raw, current):
            yield current
            current = started or _Lines()
            current.line, current.first = number, raw
            current.lines = current.lines or [line]
        elif current.kind == "heading" and current.level:
            yield current
            current = _Lines(line=number, lines=[line])
        else:
            current.lines.append(line)
        current.last = raw
        if started and (match := _NUMBERED.match(line)):
            last_number = int(match[1])
    yield current


def _is_indented(raw: str, current: _Lines) -> bool:
    """Whether a line without a blank one above it begins a paragraph, as those of the text do that are indented."""
    if current.kind != "paragraph" or not _PARAGRAPH_END.search(current.last) or not raw.lstrip()[:1].isupper():
        return False
    deeper = _depth(raw) - _depth(current.last)
    indented = _depth(current.first) - _depth(current.last) >= _INDENT and _OPENS.match(current.lines[0]) is None
    return deeper >= _INDENT and (indented or (len(current.lines) == 1 and current.lines[0].startswith("The ")))


def _depth(line: str) -> int:
    return len(line.expandtabs()) - len(line.expandtabs().lstrip())


_INDENT = 3
_PARAGRAPH_END = re.compile(r"[.;:,]\d{0,2}\s*$")


def _start(line: str, after_blank: bool, last_number: int) -> _Lines | None:
    """What a line starts, when it starts anything; `after_blank` makes it likelier."""
    if match := _MARKDOWN_HEADING.fullmatch(line):
        return _Lines("heading", level=len(match[1]), lines=[match[2]])
    if _ENDS_WITH_NUMBER.match(line[-1]) and _CONTENTS_LINE.fullmatch(line):
        return _Lines("contents", lines=[line])
    if not _OPENS.match(line):
        return None
    if match := _FOOTNOTE.match(line):
        key = match[1] or match[2].translate(inline.SUPERSCRIPTS)
        return _Lines("footnote", key, lines=[line[match.end() :]])
    if match := _STARRED.match(line):
        return _Lines("starred", match[0].strip().replace("\\", ""), lines=[line[match.end() :]])
    if match := _BULLET.match(line):
        return _Lines("bullet", lines=[line[match.end() :]])
    if match := _NUMBERED.match(line):
        follows = int(match[1]) in (1, last_number + 1)
        return _Lines(lines=[line]) if after_blank or follows else None
    if _LETTERED.match(line) or (_OUTLINE_HEADING.fullmatch(line) and len(line) < 130):
        return _Lines(lines=[line])
    return None


def _blocks_of(group: _Lines) -> Iterator[Block]:
    if not group.lines:
        return
    raw = " ".join(group.lines)
    for part in inline.split_glued(raw) if group.kind in ("paragraph", "heading") else [raw]:
        text, markers = inline.clean(part)
        if text:
            yield Block(
                text, group.kind, group.line, group.level, group.key, inline.is_bold(part), _inside(text, markers)
            )


def _inside(text: str, markers: tuple[Marker, ...]) -> tuple[Marker, ...]:
    return tuple(Marker(min(marker.offset, len(text)), marker.key) for marker in markers)
