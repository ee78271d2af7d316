"""Reports: paragraphs without numbers under headings."""

import re
from dataclasses import replace
from itertools import pairwise

from loaders import numbering
from loaders.document import Block, DocumentInfo, Unit
from loaders.numbered import is_numbered_title
from loaders.units import UnitBuilder, slug

_NAME = re.compile(
    r"(?:H\.E\. |Mr\. |Ms\. |Mrs\. |Dr\. )?[A-ZÀ-Þ][\w'’.-]+(?: (?:de|da|van|von|bin|al-)?[A-ZÀ-Þ]?[\w'’.-]+){1,4}"
)
_YEARLY = re.compile(r"\breport\b|\byear in review\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w/–-])(?:19|20)\d\d(?![\w/–-])")
_LONGEST_TITLE = 120
_ROLE = re.compile(r"\b(?:Secretary|President|Director|[Cc]hair|Minister|Officer|Head|Coordinator|Ambassador)\b")


class ReportBuilder(UnitBuilder):
    """Reads a report by its headings: `section 5.1 para 2`, or `Foreword para 3` where headings have no number."""

    def __init__(self, info: DocumentInfo) -> None:
        super().__init__()
        self.info = info
        self.scope = ""
        self.count = 0
        self.captions = 0
        self.numbered = False

    def read(self, blocks: list[Block]) -> None:
        """Build all units from the blocks."""
        blocks = _without_contents(_with_numbers(_with_headings(blocks)))
        start = self._end_of_cover(blocks)
        self.joined("header", blocks[:start])
        for index, block in enumerate(blocks[start:], start):
            self._place(block, blocks[index + 1] if index + 1 < len(blocks) else None)
        year = self._year()
        for unit in self.units:
            unit.year = year

    def _year(self) -> str:
        """The year that a yearly report has in its title, or else on its cover; empty when there is no such year."""
        cover = next((unit.text for unit in self.units if unit.path == "header"), "")
        title = next((text for text in (self.info.title, cover) if text and _YEARLY.search(text)), "")
        years = set(_YEAR.findall(title[:_LONGEST_TITLE]))
        return years.pop() if len(years) == 1 else ""

    def _end_of_cover(self, blocks: list[Block]) -> int:
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if block.kind == "heading" and following and len(following.text) > 60 and following.kind != "heading":
                return self._first_of_headings(blocks, index)
            if block.kind == "paragraph" and len(block.text) > 200:
                return index
        return 0

    def _first_of_headings(self, blocks: list[Block], index: int) -> int:
        """Where the numbered headings begin that stand right above a heading: "1. Work" above "1.1 Past"."""
        while index and blocks[index - 1].kind == "heading" and is_numbered_title(blocks[index - 1]):
            index -= 1
        return index

    def _place(self, block: Block, following: Block | None) -> None:
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "footnote" or self.is_star_note(block):
            self.footnote(block)
        elif block.kind in ("bullet", "starred"):
            self.count += 1
            self.bullet(block, self.section)
        elif self._is_signature(block, following):
            self.add(
                f"{self._prefix()}signature", "Heading", f"{self.scope} signature".strip(), block, parent=self.section
            )
        elif self.units and self._goes_on(self.units[-1], block):
            self.extend(self.units[-1], block)
        elif block.bold and len(block.text) < 100:
            self.captions += 1
            label = f"{self.scope} caption {self.captions}".strip()
            self.add(f"{self._prefix()}caption_{self.captions}", "Heading", label, block, parent=self.section)
        elif not self.announced_point(block):
            self.count += 1
            self.unnumbered(f"{self.scope} para {self.count}".strip(), block, self.section)

    def _prefix(self) -> str:
        return f"{self.section}/" if self.section else ""

    def _goes_on(self, above: Unit, block: Block) -> bool:
        """Whether a block is the office or the house below a name."""
        next_line = above.line + above.text.count("\n") + 1
        return above.label.endswith("signature") and (block.line == next_line or bool(_ROLE.search(block.text)))

    def _is_signature(self, block: Block, following: Block | None) -> bool:
        if following is None or not _NAME.fullmatch(block.text):
            return False
        if not block.bold and following.line != block.line + 1:  # a line by itself, the office on the next one
            return False
        return bool(_ROLE.search(following.text)) and len(following.text) < 300 and not following.text.endswith(".")

    def _heading(self, block: Block) -> None:
        match = numbering.DECIMAL.fullmatch(block.text)
        if match and match[2]:
            self.numbered = True
            self._open(f"sec_{match[1]}", f"section {match[1]}", f"heading {match[1]}", block, match[2])
        elif self.numbered and block.level != 1:
            self.heading(block, self.section)
        else:
            self._open(f"sec_{slug(block.text)}", block.text, f"heading {block.text}", block, block.text)

    def _open(self, path: str, scope: str, label: str, block: Block, text: str) -> None:
        parent = path.rpartition(".")[0]
        unit = self.add(path, "Section", label, block, text, parent if parent in self._paths else "")
        self.section, self.scope, self.count, self.captions = unit.path, scope, 0, 0


def _with_headings(blocks: list[Block]) -> list[Block]:
    """The blocks of a report that marks no headings in its text: those that the contents list, or that have a number.

    Without either, short lines that stand alone before prose or bullets are its headings.
    """
    prose = next((number for number, block in enumerate(blocks) if _is_prose(block)), len(blocks))
    if any(block.kind == "heading" for block in blocks[prose:]):
        return blocks
    listed = {_title(block.text) for block in blocks if block.kind == "contents"}
    titles = {b for b in blocks if b.kind == "paragraph" and (is_numbered_title(b) or _title(b.text) in listed)}
    titles = titles or {b for b, after in pairwise(blocks) if _stands_as_title(b, after)}
    return [replace(block, kind="heading") if block in titles else block for block in blocks]


def _stands_as_title(block: Block, after: Block) -> bool:
    text = after.kind == "bullet" or _is_prose(after)
    return block.kind == "paragraph" and text and _LONE_TITLE.fullmatch(block.text) is not None


def _is_prose(block: Block) -> bool:
    long = len(block.text) > _LONGEST_TITLE or (len(block.text) > _LONGEST_TITLE // 2 and block.text.endswith("."))
    return block.kind == "paragraph" and long


_LONE_TITLE = re.compile(r"[A-Z][^.,;:!|]{2,78}[^.,;:!\s]")


def _title(line: str) -> str:
    """A title as it stands in a list of contents, without its number, dots and page."""
    return _TITLE_EDGES.sub("", line).casefold()


_PAGED = re.compile(r"(.*\S)\s+\d{1,3}")
_TITLE_EDGES = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+|(?:\s*\.{3,}\s*|\s{2,}|\t)\d{1,3}$")


def _with_numbers(blocks: list[Block]) -> list[Block]:
    """Join a heading that is only a number with the heading that follows it."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and last.kind == block.kind == "heading" and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*\.?", last.text):
            joined[-1] = Block(f"{last.text} {block.text}", "heading", last.line, last.level, markers=block.markers)
        else:
            joined.append(block)
    return joined


def _without_contents(blocks: list[Block]) -> list[Block]:
    """Leave out a list of contents and its heading: its lines repeat titles that stand elsewhere."""
    titles = {_title(block.text) for block in blocks if block.kind == "heading"}
    return [
        block
        for index, block in enumerate(blocks)
        if block.kind != "contents"
        and not (
            block.kind == "bullet" and _PAGED.fullmatch(block.text) and _title(_PAGED.sub(r"\1", block.text)) in titles
        )
        and not (block.kind == "heading" and index + 1 < len(blocks) and blocks[index + 1].kind == "contents")
    ]
