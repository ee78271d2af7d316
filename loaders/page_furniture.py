"""What the pages of a plain text repeat: page numbers, running lines that hold one, job numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

JOB_NUMBER = re.compile(r"[A-Z]{1,2}\.?\s?\d{2}-?\d{3,6}(?:\s*\([A-Z]\))?(?:\s+\d{6})*\W*")
_LONGEST = 80
_SYMBOL = re.compile(r"[A-Z][A-Za-z]*(?:\([A-Z]+\))?(?:/[\w.()-]+){1,8}")
_PAGE = r"(?P<page>\d{1,3})(?:\s?(?:/|of)\s?\d{1,3})?"
_NUMBERED = (
    re.compile(rf"(?P<words>(?:.{{0,70}}(?:\s{{2,}}|\s[|•·–—-]\s|\t))?(?:[Pp]age\s+|[-–]\s?)?){_PAGE}(?:\s?[-–])?"),
    re.compile(rf"{_PAGE}(?P<words>(?:\s?[|•·–—]\s|\s{{2,}}|\t).{{3,70}})"),
)


def without_furniture(lines: Sequence[str]) -> list[str]:
    """The lines, those that only tell the page empty, so that every other keeps its number."""
    kept = list(lines)
    for index in _page_numbers(lines) | {i for i, line in enumerate(lines) if _is_job_number(lines, i, line)}:
        kept[index] = ""
    return kept


def _is_job_number(lines: Sequence[str], index: int, line: str) -> bool:
    return len(line) < _LONGEST and JOB_NUMBER.fullmatch(line.strip()) is not None and _stands_alone(lines, index)


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Where lines stand that differ in nothing but a number, which rises by one or two from each to the next."""
    places = defaultdict[str, list[tuple[int, int]]](list)
    for index, raw in enumerate(lines):
        line = raw.strip()
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
    around = [lines[i].strip() for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return all(not line or _SYMBOL.fullmatch(line) for line in around)
