"""What the pages of a plain text repeat: the symbol at their heads, page numbers, lines that hold one, job numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

JOB_NUMBER = re.compile(
    r"(?:[A-Z]{1,2}\.?\s?\d{2}-?\d{3,6}|\d{2}-\d{5})(?:\s*\([A-Z]\))?(?:\s+\d{6})*(?:\s+\d{1,2}/\d{1,2})?\W*"
    r"|\d{1,2}/\d{1,2}\s+\d{2}-\d{5}"
)
_LONGEST = 120
_COVER = 30  # lines
_SYMBOL = re.compile(
    r"(?<![\w/])(?:[A-Z][A-Za-z]*(?:\([A-Z]+\))?(?:/[\w.()-]+){1,8}(?<![.,;])"
    r"|(?:CoP|SC|AC|PC)\d{1,2} (?:Doc|Inf)\. \d[\d.]*)"
)
_HEAD = re.compile(rf"(?P<left>{_SYMBOL.pattern})(?:\s{{3,}}.+)?|.+\s{{3,}}(?P<right>{_SYMBOL.pattern})")
_LONE_NUMBER = re.compile(r"\d{1,3}")
_DATE_OF_JOB = re.compile(r"\d{6}")
_PAGE = r"(?P<page>\d{1,3})(?:\s?(?:/|of)\s?\d{1,3})?"
_NUMBERED = (
    re.compile(
        rf"(?P<words>(?:.{{0,110}}(?:\s{{2,}}|\s[|•·–—-]\s|\t))?(?:[Pp](?:age|\.)\s+|[-–]\s?)?){_PAGE}(?:\s?[-–])?"
    ),
    re.compile(rf"{_PAGE}(?P<words>(?:\s?[|•·–—]\s|\s{{2,}}|\t).{{3,110}})"),
)


def without_furniture(lines: Sequence[str]) -> list[str]:
    """The lines, those that only tell the page empty, so that every other keeps its number."""
    bare = [line.strip() for line in lines]
    gone = _symbols(bare)
    gone |= _beside(bare, gone)
    gone |= _running_numbers(bare)
    return ["" if index in gone else line for index, line in enumerate(lines)]


def _symbols(lines: Sequence[str]) -> set[int]:
    """Where the symbol that the cover prints stands again by itself, or at the edge of a line, apart from its words."""
    first = {
        match[0]: index for index, line in reversed([*enumerate(lines[:_COVER])]) for match in _SYMBOL.finditer(line)
    }
    found = set()
    for index, line in enumerate(lines):
        match = _HEAD.fullmatch(line) if len(line) < _LONGEST and ("/" in line or " " in line) else None
        if match and first.get(match["left"] or match["right"], index) < index:
            found.add(index)
    return found


def _beside(lines: Sequence[str], symbols: set[int]) -> set[int]:
    """Where page and job numbers stand next to such a symbol, to one another or to the end of the text."""
    found: set[int] = set()
    filled = [index for index, line in enumerate(lines) if line]
    for place, index in enumerate(filled):
        job = len(lines[index]) < _LONGEST and JOB_NUMBER.fullmatch(lines[index]) is not None
        dated = bool(found) and place > 0 and filled[place - 1] in found and _DATE_OF_JOB.fullmatch(lines[index])
        if not job and not dated and not _LONE_NUMBER.fullmatch(lines[index]):
            continue
        around = [filled[near] for near in (place - 1, place + 1) if 0 <= near < len(filled)]
        ends = bool(symbols) and place == len(filled) - 1
        if dated or ends or any(near in symbols for near in around) or (job and _stands_alone(lines, index)):
            found.add(index)
    return found


def _running_numbers(lines: Sequence[str]) -> set[int]:
    """Where lines stand that differ in nothing but a number, which rises by one or two from each to the next."""
    places = defaultdict[str, list[tuple[int, int]]](list)
    for index, line in enumerate(lines):
        if 0 < len(line) < _LONGEST and (line[-1].isdigit() or line[0].isdigit() or line[-1] in "-–"):
            match = next((m for shape in _NUMBERED if (m := shape.fullmatch(line))), None)
            if match and _stands_alone(lines, index):
                places[match["words"].strip()].append((index, int(match["page"])))
    running = [found for words, found in places.items() if _are_pages(words, [page for _, page in found])]
    return {index for found in running for index, _ in found}


def _are_pages(words: str, numbers: list[int]) -> bool:
    """Whether numbers behind the same words, or alone, are those of pages; few are only when they begin the count."""
    if len(numbers) < 3 and (numbers[0] > 3 or (words and len(numbers) == 1)):
        return False
    return all(0 < after - before < 3 for before, after in pairwise(numbers))


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """Whether a line has nothing above and below it, the symbol of the document aside."""
    around = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return all(not line or _SYMBOL.fullmatch(line) for line in around)
