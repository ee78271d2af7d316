"""The lines of a plain text, gathered into what its blocks are: a group ends at a blank line, at a rule, and where the
next line starts something new (a number that follows on, a letter, a bullet, a footnote, a heading, a preamble).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders import inline, numbering
from loaders.acts import begins_preamble
from loaders.page_furniture import without_furniture

_RULE = re.compile(r"(?:[-_=]\s?){3,}|(?:\*\s?){3,}")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_CONTENTS_LINE = re.compile(r".*\S(?:\t+|\s*\.{4,}\s*|\s{4,})(?:</?b>|\*\*|\s)*\d{1,4}(?:</?b>|\*\*|\s)*")
_NUMBERED = re.compile(r"(?:\*\*)?(\d{1,3})\.(?:\*\*)?\s+(?=[^\s\d])")
_LETTERED = re.compile(r"(?:\(([a-z]{1,2}|[ivx]{1,5})|[a-z])\)\s+\S")
_BULLET = re.compile(r"(?:[-•–▪●◦]|\+|\d{1,2}\))\s+(?=\S)")
_STARRED = re.compile(r"(?:\\?\*){1,3}\s+(?=\S)")
_FOOTNOTE = re.compile(r"(?:<sup>\s*(\d{1,3}|\*+)\s*</sup>|([⁰¹²³⁴-⁹]{1,3}))\s*(?=\S)")
_BARE_NOTE = re.compile(r"(?:\[(?P<boxed>\d{1,2})\]|(?P<bare>\d{1,2}))\s+(?=[A-Z“\"])(?!.*\S\s{3,}\S)")
_OPENS = re.compile(r"[<⁰¹²³⁴-⁹\\*•–▪●◦+(\d-]|[A-Z]{1,6}\.|[a-z]\)")  # how any of these but headings begins
_ENDS_WITH_NUMBER = re.compile(r"[\d>*]")
_OUTLINE_HEADING = re.compile(r"(?:\*\*)?(?:[IVX]{1,6}|[A-Z])\.(?:\*\*)?\s+(?:\*\*)?(?=[A-Z“\"])[^.;]{2,150}")


@dataclass
class Lines:
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
    r"(?<=\S)\[\d{1,2}\]|(?:(?<=[a-z][.,;:)”\"])|(?<=\d[;:)])|(?<=\d{4}[,.]))\d{1,2}(?=\s|$)|(?<=[a-z]{3})\d{1,2}(?=[\s.,;]|$)"
)


@dataclass
class _BareNotes:
    """Footnotes without raised numbers, if their marker stands at a word above: "focal points.1", "1 The report"."""

    lines: list[str]
    last: int = 0
    seen: int = 0  # of the lines, those in which markers were looked for
    marks: set[str] = field(default_factory=set)

    def start(self, line: str, above: int) -> Lines | None:
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
        return Lines("footnote", key, lines=[line[match.end() :]])


def groups(text: str) -> Iterator[Lines]:
    """The groups of lines of a text, in order; some are empty."""
    yield from _Gatherer(text.splitlines()).groups()


class _Gatherer:
    """Reads lines from the first to the last and gathers them."""

    def __init__(self, printed: list[str]) -> None:
        self.printed = printed
        self.lines = without_furniture(printed)
        self.notes = _BareNotes(self.lines)
        self.current = Lines()
        self.last_number = 0
        self.taken = -1  # the last line that was put to its number above
        self.width = _width(self.lines)

    def groups(self) -> Iterator[Lines]:
        """The groups, each when the next one begins."""
        for index, raw in enumerate(self.lines):
            line = raw.strip().lstrip("> ") if raw.startswith(">") else raw.strip()
            if index <= self.taken:
                continue
            if not line or (line[0] in "-_=*" and _RULE.fullmatch(line)):
                yield self.current
                self.current = Lines()
                continue
            line, started = self._read(index, line)
            if started or self._begins(line, raw):
                yield self.current
                self.current = started or Lines()
                self.current.line, self.current.first = index + 1, raw
                self.current.lines = self.current.lines or [line]
            else:
                self.current.lines.append(line)
            self.current.last = raw
            if started and (match := _NUMBERED.match(line)):
                self.last_number = int(match[1])
        yield self.current

    def _read(self, index: int, line: str) -> tuple[str, Lines | None]:
        """The line, with the one below it if it is a number alone; and the group that it starts, if it starts one."""
        if _LONE.fullmatch(line) and (below := _next_filled(self.lines, index)):
            numbered = f"{line} {self.lines[below].strip()}"
            note = self.notes.start(numbered, index) if line.isdigit() else None
            if note or (below == index + 1 and _is_number(line, self.last_number)):
                line, self.taken = numbered, below
            if note:
                return line, note
        started = _start(line, not self.current.lines, self.last_number)
        if not self.current.lines or self.current.kind in ("footnote", "starred") or self._is_cut(index):
            started = self.notes.start(line, index) or started
        return line, started

    def _begins(self, line: str, raw: str) -> bool:
        """Whether a line that starts nothing by a mark of its own begins a group."""
        current = self.current
        marked = current.kind == "heading" and current.level > 0
        if not current.lines or marked or _is_indented(raw, current) or _is_new(line, current.lines):
            return True
        ends = self.width > _UNWRAPPED or len(current.last.strip()) < _SHORT * self.width
        return ends and line[:1].isupper() and _SENTENCE_END.search(current.lines[-1]) is not None

    def _is_cut(self, index: int) -> bool:
        """Whether the text breaks off above a line and the page ends soon below it: so a footnote stands in a cut."""
        below = range(index + 1, min(index + _LONGEST_NOTE, len(self.lines)))
        ends = any(self.printed[i].strip() and not self.lines[i] for i in below)
        return ends and not _PARAGRAPH_END.search(self.current.last)


_LONGEST_NOTE = 6  # lines
_SHORT = 0.75  # of a full line: what ends there with a full stop ends a paragraph
_UNWRAPPED = 160  # longer lines are paragraphs
_SENTENCE_END = re.compile(r"[.!?:][”\"’)]?\d{0,2}$")


def _width(lines: list[str]) -> int:
    """How long the full lines of a text are that has no blank lines between its paragraphs; 0 for any other."""
    filled = sorted(len(line.strip()) for line in lines if line.strip())
    if len(filled) < _FEW_LINES or len(lines) - len(filled) > _FEW_BLANK * len(lines):
        return 0
    return filled[9 * len(filled) // 10]


_FEW_LINES, _FEW_BLANK = 20, 0.08
# A number or letter that stands alone on its line, above what it numbers.
_LONE = re.compile(r"(?P<number>\d{1,3})\.?|(?:[IVX]{1,5}|[A-Z])\.|\((?:[a-z]{1,2}|[ivx]{1,5})\)")


def _next_filled(lines: list[str], index: int) -> int:
    """The next line that is not empty, at most one empty line further on; 0 when there is none."""
    return next((i for i in (index + 1, index + 2) if i < len(lines) and lines[i].strip()), 0)


def _is_number(line: str, last_number: int) -> bool:
    """Whether a line is the number of a paragraph that follows on, of a heading or of a point."""
    return not line.isdigit() and (not line[0].isdigit() or int(line[:-1]) in (1, last_number + 1))


def _is_new(line: str, above: list[str]) -> bool:
    """Whether a line begins what no mark begins: an annex, the name of a body that decides, a preamble, a decision."""
    bare, last = line.strip(_MARKS), above[-1].strip(_MARKS)
    if not (bare[:1].isupper() or bare[:1].isdigit()):
        return False
    if _BOLD.fullmatch(above[-1]) and not line.startswith("**"):
        return True
    ends = _CHAPEAU.fullmatch(last) or _COMMA_END.search(last)
    return bool(
        _ANNEX.fullmatch(bare)
        or _ANNEX.fullmatch(last)
        or _DECISION.match(bare)
        or numbering.CITES_DECISION.match(bare)
        or (_CHAPEAU.fullmatch(bare) and not _COMMA_END.search(last))
        or (ends and begins_preamble(bare))
    )


_MARKS = "*_ "  # of bold and slanted words
_ANNEX = re.compile(
    r"(?:Annex|ANNEX|Appendix)(?:\s+(?:[IVX]{1,5}|\d{1,2}|[A-Z]))?(?:\s+to\s+(?:draft\s+)?(?:decision|resolution)\s[^.;]{3,40})?"
)
_DECISION = re.compile(
    r"(?:Draft (?:decision|resolution) )?"
    r"(?:[A-Z]{2,5}(?:\.Ex)?-\d+/(?:\d+|\[[^\]]*\])|[IVXL]+/\d+|\d{1,2}/\d{1,3})[.:]\s+[A-Z]"
)
_CHAPEAU = re.compile(
    r"The (?:[\w-]+ ){0,4}(?:Conference of the Parties|Meeting of the Parties|Assembly|Council|Committee)"
    r"(?: (?:of|to) [^.;]+)?,"
)
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_COMMA_END = re.compile(r"[,;]\d{0,2}$")


def _is_indented(raw: str, current: Lines) -> bool:
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


def _start(line: str, after_blank: bool, last_number: int) -> Lines | None:
    """What a line starts, when it starts anything; `after_blank` makes it likelier."""
    if match := _MARKDOWN_HEADING.fullmatch(line):
        return Lines("heading", level=len(match[1]), lines=[match[2]])
    if _ENDS_WITH_NUMBER.match(line[-1]) and _CONTENTS_LINE.fullmatch(line):
        return Lines("contents", lines=[line])
    if not _OPENS.match(line):
        return None
    if match := _FOOTNOTE.match(line):
        key = match[1] or match[2].translate(inline.SUPERSCRIPTS)
        return Lines("footnote", key, lines=[line[match.end() :]])
    if match := _STARRED.match(line):
        return Lines("starred", match[0].strip().replace("\\", ""), lines=[line[match.end() :]])
    if match := _BULLET.match(line):
        return Lines("bullet", lines=[line[match.end() :]])
    if match := _NUMBERED.match(line):
        follows = int(match[1]) in (1, last_number + 1)
        return Lines(lines=[line]) if after_blank or follows else None
    if _LETTERED.match(line) or (_OUTLINE_HEADING.fullmatch(line) and len(line) < 130):
        return Lines(lines=[line])
    return None
